"""Resets: how many, how fast, what the directory alone would take, and whether the first answer tells who is there."""
import bisect
import getpass
import json
import subprocess
import time

from figures import Sample
from processes import GROUPS, PEOPLE, RESETS, SERVICE, TICKS, Latchkeyd, Slapd

CLIENTS = 16
PASSWORD = "Spring-2026"
# People of one round of the write-back alone.
WRITES = 300
# People who reset before anything is measured.
WARM_UP = 200


def separation(one, other):
    """The probability that a value of `one` is larger than one of `other` (Mann–Whitney's U as a share; 0.5: no
    telling), and the largest distance of their distributions (Kolmogorov–Smirnov's; 0: none)."""
    one, other = sorted(one), sorted(other)
    larger = sum(bisect.bisect_left(other, value) + bisect.bisect_right(other, value) for value in one) / 2
    distance = max(abs(bisect.bisect_right(one, value) / len(one) - bisect.bisect_right(other, value) / len(other))
                   for value in one + other)
    return larger / (len(one) * len(other)), distance


class ResetBenchmark:
    def __init__(self, options, report, random):
        self.options, self.report, self.random = options, report, random
        self.directory = options.directory
        # In each round others reset: after three messages within an hour, the next one would have to wait.
        self.each = options.resets
        self.people = WARM_UP + options.rounds * self.each
        # Those who never register.
        self.others = max(self.people // 4, 100)
        self.slapd = self.daemon = None
        self.passwords = 0

    def run(self):
        print(f"Filling a private directory with {self.people} people who register, and {self.others} who do not ...",
              flush=True)
        try:
            everybody = self.people + self.others
            self.slapd = Slapd(f"{self.directory}/reset-ldap", everybody, max(everybody // 100, 1), everybody,
                               resettable=True)
            self.daemon = Latchkeyd(f"{self.options.bin}/latchkeyd", f"{self.directory}/daemon", self.slapd,
                                    RESETS.format(user=getpass.getuser()))
            self.play("register", 0, self.people, PASSWORD)
            self.complete_resets()
            self.write_back()
            self.first_answers()
        finally:
            for process in (self.daemon, self.slapd):
                if process:
                    process.end()

    def ask(self, command):
        return json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)

    def play(self, what, first, count, password):
        return self.ask([f"{self.directory}/resets", what, self.daemon.frontend, self.daemon.spool, str(CLIENTS),
                         str(first), str(count), password])

    def firsts(self):
        """The first of the people of each round."""
        return range(WARM_UP, self.people, self.each)

    def new_password(self):
        """None of anybody's last three."""
        self.passwords += 1
        return f"Password {self.passwords:04d} of"

    # Complete resets

    def complete_resets(self):
        self.play("reset", 0, WARM_UP, self.new_password())
        rounds = [self.reset_round(first) for first in self.firsts()]
        for name, form, unit in (
                (f"complete resets, {CLIENTS} clients", "{:.0f}", "/s"),
                ("  p50 of POST /resets under that load", "{:.1f}", "ms"),
                ("  p99 of POST /resets under that load", "{:.1f}", "ms"),
                ("  p99 of the code's way to the spool", "{:.1f}", "ms"),
                ("  p99 of PUT …/password under that load", "{:.1f}", "ms"),
                ("  CPU of the daemon for each", "{:.2f}", "ms"),
                ("  CPU of slapd for each", "{:.2f}", "ms"),
                ("  CPU of the load itself for each", "{:.2f}", "ms")):
            values = [figures[name.strip()] for figures in rounds]
            self.report.say(name, f"{Sample(values).text(form=form)} {unit}", values=values)

    def reset_round(self, first):
        ticks = self.daemon.ticks(), self.slapd.ticks()
        result = self.play("reset", first, self.each, self.new_password())
        took = [(process.ticks() - before) * 1000 / TICKS for process, before in zip((self.daemon, self.slapd), ticks)]
        return {
            f"complete resets, {CLIENTS} clients": self.each / result["seconds"],
            "p50 of POST /resets under that load": Sample(result["start"]).at(0.5),
            "p99 of POST /resets under that load": Sample(result["start"]).at(0.99),
            "p99 of the code's way to the spool": Sample(result["code"]).at(0.99),
            "p99 of PUT …/password under that load": Sample(result["password"]).at(0.99),
            "CPU of the daemon for each": took[0] / self.each,
            "CPU of slapd for each": took[1] / self.each,
            "CPU of the load itself for each": result["cpu"] * 1000 / self.each,
        }

    # The write-back alone

    def write_back(self):
        count = min(WRITES, self.each)
        daemon, proven, bare = [], [], []
        for first in self.firsts():
            daemon.append(count / self.play("prove", first, count, self.new_password())["seconds"])
            proven.append(count / self.write("proven", first, count))
            bare.append(count / self.write("bare", first, count))
        mine = Sample(daemon)
        self.report.say("write-backs of proven sessions, 1 client", f"{mine.text(form='{:.0f}')} /s", per_second=daemon)
        for name, values in (("the same operation and its searches in C", proven), ("the bare operation in C", bare)):
            other = Sample(values)
            ratio = mine.over(other)
            self.report.say(f"  {name}", f"{other.text(form='{:.0f}')} /s", per_second=values)
            self.report.say("    a write-back has", f"{ratio.text(form='{:.2f}')} of its rate", ratios=ratio.values)

    def write(self, what, first, count):
        return self.ask([f"{self.directory}/writeback", self.slapd.uri, SERVICE, self.slapd.password_file, PEOPLE,
                         GROUPS, str(first), str(count), self.new_password(), what])

    # What the first answer tells

    def first_answers(self):
        """Resets are begun for people of four kinds in turns; the times of all other kinds are compared with those of
        people who can reset."""
        half = self.people // 2
        self.lock(range(half, self.people))
        kinds = {
            "registered": lambda: f"u{self.random.randrange(half):07d}",
            "not registered": lambda: f"u{self.people + self.random.randrange(self.others):07d}",
            "locked": lambda: f"u{half + self.random.randrange(self.people - half):07d}",
            "unknown": lambda: f"x{self.random.randrange(10_000_000):07d}",
        }
        order, logins = [], []
        for _ in range(self.options.starts):
            names = list(kinds)
            self.random.shuffle(names)
            order += names
            logins += [kinds[name]() for name in names]
        listing = f"{self.directory}/logins"
        with open(listing, "w") as file:
            file.writelines(f"{login}\n" for login in logins)
        took = self.ask([f"{self.directory}/resets", "start", self.daemon.frontend, listing])
        times = {name: [value for kind, value in zip(order, took) if kind == name] for name in kinds}
        for name, values in times.items():
            sample = Sample(values)
            larger, distance = separation(values, times["registered"])
            compared = "" if name == "registered" else f", AUC {larger:.3f}, KS {distance:.3f} against registered"
            self.report.say(f"POST /resets, {name}", f"p50 {sample.at(0.5):.3f} ms, p90 {sample.at(0.9):.3f} ms{compared}",
                            ms=values, auc=larger, ks=distance)

    def lock(self, numbers):
        """By failed attempts, as far as the directory knows."""
        administrator = self.slapd.administrator()
        locked = time.strftime("%Y%m%d%H%M%SZ", time.gmtime())
        for number in numbers:
            administrator.replace(f"uid=u{number:07d},{PEOPLE}", "pwdAccountLockedTime", locked)
        administrator.close()
