"""Measures and prints; run.sh calls it."""
import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import time

import sssd
from figures import Report, Sample
from processes import (GROUPS, PEOPLE, ROLES_FILTER, SERVICE, SUFFIX, TICKS, USERS_FILTER, Latchkeyd, Slapd,
                       UnixConnection)
from resets import ResetBenchmark

EVERYTHING = ["*", "entryUUID", "entryCSN", "createTimestamp", "modifyTimestamp"]
MAPPED = ["uid", "cn", "mail", "telephoneNumber", "mobile", "preferredLanguage", "member"]
# Changes that the daemon misses while it is down.
CATCH_UP = 1_000
BOTH = f"(|{USERS_FILTER}{ROLES_FILTER})"


def timed(command):
    """Seconds of a command whose output goes nowhere."""
    started = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - started


class Benchmark:
    def __init__(self, options):
        self.options = options
        self.directory = options.directory
        self.report = Report()
        self.daemon = None
        self.slapd = None
        self.random = random.Random(7)

    def run(self):
        options = self.options
        print(f"Medians and [lowest–highest]; {os.cpu_count()} processors, everything on this machine, one run, "
              "interleaved\n", flush=True)
        if options.only != "resets":
            self.mirror()
        if options.only != "mirror":
            ResetBenchmark(options, self.report, self.random).run()
        if options.json:
            with open(options.json, "w") as file:
                json.dump(self.report.figures, file, indent=2)

    def mirror(self):
        options = self.options
        print(f"Filling a private directory: {options.people} people, {options.groups} groups, "
              f"{options.memberships} memberships ...", flush=True)
        try:
            self.slapd = Slapd(f"{self.directory}/ldap", options.people, options.groups, options.memberships)
            self.first_sync()
            self.sssd()
            self.catch_up()
            self.idle()
            self.latency()
            self.lookups()
            self.memory("peak memory at the end")
        finally:
            for process in (self.daemon, self.slapd):
                if process:
                    process.end()

    # First sync

    def contenders(self):
        slapd, here = self.slapd, self.directory
        search = ["ldapsearch", "-LLL", "-o", "ldif-wrap=no", "-x", "-H", slapd.uri, "-D", SERVICE,
                  "-y", slapd.password_file, "-b", SUFFIX, BOTH] + EVERYTHING
        found = {"ldapsearch, all attributes": search}
        if os.path.exists(f"{here}/reader"):
            reader = [f"{here}/reader", slapd.uri, SERVICE, slapd.password_file, BOTH, PEOPLE, GROUPS]
            found["C reader, all attributes"] = reader
            found["C reader, mapped attributes"] = reader + ["--"] + MAPPED
        script = [f"{os.path.dirname(os.path.abspath(__file__))}/pyreader.py"]
        found["python-ldap, all attributes"] = ["/usr/bin/python3"] + script + [
            slapd.uri, SERVICE, slapd.password_file, BOTH, SUFFIX]
        return found

    def start(self):
        if self.daemon:
            self.daemon.end()
        self.daemon = Latchkeyd(f"{self.options.bin}/latchkeyd", f"{self.directory}/daemon", self.slapd)
        return self.daemon.ready

    def first_sync(self):
        contenders = self.contenders()
        for command in contenders.values():
            timed(command)
        times = {name: [] for name in contenders}
        ready, peaks = [], []
        for _ in range(self.options.rounds):
            ready.append(self.start())
            peaks.append(self.daemon.peak_kib())
            for name, command in contenders.items():
                times[name].append(timed(command))
        self.check_count()
        mine = Sample(ready)
        per_second = self.options.people / mine.median
        self.report.say("first sync, start to /ready", f"{mine.text()} s, {per_second:.0f} people/s", seconds=ready)
        for name, values in times.items():
            other = Sample(values)
            ratio = mine.over(other)
            self.report.say(f"  {name}", f"{other.text()} s", seconds=values)
            self.report.say("    first sync is", f"{ratio.text(form='{:.2f}')} times that", ratios=ratio.values)
        peak = Sample(peaks)
        self.report.say("peak memory after the first sync", f"{peak.text(1 / 1024, '{:.1f}')} MiB", kib=peaks)

    def sssd(self):
        """Once: it takes long where it ends at all."""
        if not self.options.sssd:
            return
        if not sssd.is_there():
            raise RuntimeError("--sssd needs root and Debian's sssd-ldap")
        seconds = sssd.enumeration(self.slapd, self.directory, self.options.sssd)
        text = f"did not end within {self.options.sssd} s" if seconds is None else f"{seconds:.1f} s"
        self.report.say("SSSD's first enumeration", text, seconds=seconds)

    def check_count(self):
        """A ratio means nothing unless everybody arrived."""
        connection = UnixConnection(self.daemon.admin)
        _, body = connection.read("/v1/admin/status")
        connection.close()
        status = json.loads(body)
        held, wanted = (status["users"], status["roles"]), (self.options.people, self.options.groups)
        if held != wanted:
            raise RuntimeError(f"latchkeyd holds {held} users and roles instead of {wanted}")

    def memory(self, name):
        peak = self.daemon.peak_kib()
        self.report.say(name, f"{peak / 1024:.1f} MiB", kib=[peak])

    # Catching up

    def delta(self, cookie):
        """What ldapsearch does with a cookie (RFC 4533, refreshOnly)."""
        slapd = self.slapd
        return ["ldapsearch", "-o", "ldif-wrap=no", "-x", "-H", slapd.uri, "-D", SERVICE, "-y", slapd.password_file,
                "-b", SUFFIX, "-E", "sync=ro" + (f"/{cookie}" if cookie else ""), BOTH] + EVERYTHING

    @staticmethod
    def freshness(connection):
        return json.loads(connection.read("/v1/admin/freshness")[1])

    def await_generation(self, held):
        """Told by the change feed: asking again and again would take a processor from what is measured."""
        connection = UnixConnection(self.daemon.admin)
        connection.request("GET", f"/v1/admin/changes?after={held}")
        answer = connection.getresponse()
        while True:
            line = answer.readline()
            if not line:
                raise RuntimeError("the change feed ended")
            found = re.match(rb'data: .*"generation":(\d+)', line)
            if found and int(found[1]) > held:
                connection.close()
                return

    def cookie(self):
        output = subprocess.run(self.delta(None)[:-len(EVERYTHING)] + ["1.1"], capture_output=True, text=True, check=True)
        return re.findall(r"rid=\S+", output.stdout)[-1]

    def catch_up(self):
        """The daemon is down, 1,000 people change, it is started again."""
        cookie, administrator = self.cookie(), self.slapd.administrator()
        ready, delta = [], []
        connection = UnixConnection(self.daemon.admin)
        self.generation = self.freshness(connection)["generation"]
        connection.close()
        for round_number in range(self.options.rounds):
            self.daemon.end()
            logins = [f"u{number:07d}" for number in self.random.sample(range(self.options.people), CATCH_UP)]
            for login in logins:
                administrator.replace(f"uid={login},{PEOPLE}", "mail", f"missed{round_number}.{login}@bench.example")
            last = f"missed{round_number}.{logins[-1]}@bench.example"
            generation = self.generation
            # In turns, since whoever asks first finds the server's caches cold.
            if round_number % 2 == 1:
                delta.append(timed(self.delta(cookie)))
            self.daemon.resume()
            self.await_generation(generation)
            ready.append(time.monotonic() - self.daemon.started)
            connection = UnixConnection(self.daemon.admin)
            self.wait_for(connection, logins[-1], f'"{last}"'.encode())
            self.generation = self.freshness(connection)["generation"]
            connection.close()
            if round_number % 2 == 0:
                delta.append(timed(self.delta(cookie)))
            cookie = self.cookie()
        administrator.close()
        mine, other = Sample(ready), Sample(delta)
        self.report.say(f"catch-up after {CATCH_UP} changes, start to shown", f"{mine.text()} s", seconds=ready)
        self.report.say("  ldapsearch -E sync=ro/COOKIE", f"{other.text()} s", seconds=delta)
        ratio = mine.over(other)
        self.report.say("    catch-up is", f"{ratio.text(form='{:.2f}')} times that", ratios=ratio.values)

    # Following

    def idle(self):
        time.sleep(2)
        before, started = self.daemon.ticks(), time.monotonic()
        time.sleep(self.options.idle)
        ticks, seconds = self.daemon.ticks() - before, time.monotonic() - started
        share = 100 * ticks / TICKS / seconds
        self.report.say("idle, following", f"{ticks} ticks of {1000 // TICKS} ms in {seconds:.0f} s ({share:.2f} % of a core)",
                        ticks=ticks, seconds=seconds)

    def latency(self):
        administrator = self.slapd.administrator()
        connection = UnixConnection(self.daemon.admin)
        visible, accepted = [], []
        for number in range(self.options.changes + 5):
            login = f"u{self.random.randrange(self.options.people):07d}"
            address = f"change{number}.{login}@bench.example"
            started = time.monotonic()
            administrator.replace(f"uid={login},{PEOPLE}", "mail", address)
            answered = time.monotonic()
            self.wait_for(connection, login, f'"{address}"'.encode())
            if number >= 5:
                visible.append(time.monotonic() - started)
                accepted.append(answered - started)
            # Changes that come one by one, not a burst.
            time.sleep(0.005)
        administrator.close()
        connection.close()
        for name, values in (("change until the socket shows it", visible), ("  of which slapd's own answer", accepted)):
            sample = Sample(values)
            low, high = sample.at(0.5) * 1000, sample.at(0.99) * 1000
            self.report.say(name, f"p50 {low:.2f} ms, p99 {high:.2f} ms ({len(values)} changes)", seconds=values)

    def wait_for(self, connection, login, needle):
        deadline = time.monotonic() + 30
        while True:
            status, body = connection.read(f"/v1/admin/users/{login}")
            if status == 200 and needle in body:
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"a change of {login} did not show within 30 s")

    # The socket

    def lookups(self):
        paths = [f"/v1/admin/users/u{self.random.randrange(self.options.people):07d}" for _ in range(2000)]
        asked, constant = [], []
        self.load(["/health"], 1000)
        for _ in range(self.options.rounds):
            asked.append(self.load(paths, self.options.requests))
            constant.append(self.load(["/health"], self.options.requests))
        people, health = Sample(asked), Sample(constant)
        self.report.say("lookups of a user by login, 16 connections", f"{people.text(form='{:.0f}')} /s", per_second=asked)
        self.report.say("  the constant answer (/health)", f"{health.text(form='{:.0f}')} /s", per_second=constant)
        ratio = people.over(health)
        self.report.say("    a lookup has", f"{ratio.text(form='{:.2f}')} of its rate", ratios=ratio.values)

    def load(self, paths, requests):
        """Requests per second; every answer must have been a success."""
        listing = f"{self.directory}/paths"
        with open(listing, "w") as file:
            file.writelines(f"http://localhost{path}\n" for path in paths)
        command = ["h2load", "--h1", "-c", "16", "-n", str(requests), "-i", listing,
                   "-B", f"unix:{self.daemon.admin}"]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        succeeded = re.search(r"(\d+) succeeded", output)
        rate = re.search(r"finished in .*?, ([\d.]+) req/s", output)
        codes = re.search(r"status codes: (\d+) 2xx", output)
        if not (succeeded and rate and codes) or int(codes[1]) != requests or int(succeeded[1]) != requests:
            raise RuntimeError(f"not every request was answered well:\n{output[-800:]}")
        return float(rate[1])


def options():
    parser = argparse.ArgumentParser(description="Measures Latchkey on a private directory.")
    parser.add_argument("--directory", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--bin", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--groups", type=int, default=100)
    parser.add_argument("--memberships", type=int, default=None, help="default: as many as people")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--changes", type=int, default=200)
    parser.add_argument("--requests", type=int, default=20_000, help="for each round of lookups")
    parser.add_argument("--resets", type=int, default=2_000, help="complete resets in each round, each of another person")
    parser.add_argument("--starts", type=int, default=3_000, help="begun resets of each kind of people, to be compared")
    parser.add_argument("--only", choices=["mirror", "resets"], default=None, help="only one of the two parts")
    parser.add_argument("--idle", type=int, default=10, help="seconds to watch an idle daemon")
    parser.add_argument("--sssd", type=int, default=0, metavar="SECONDS",
                        help="also let SSSD enumerate, for at most so long (needs root and sssd-ldap)")
    parser.add_argument("--json", default=None, help="also write every measured value to this file")
    parsed = parser.parse_args()
    parsed.memberships = parsed.people if parsed.memberships is None else parsed.memberships
    return parsed


def stop(number, _frame):
    raise SystemExit(128 + number)


signal.signal(signal.SIGTERM, stop)
try:
    Benchmark(options()).run()
except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
    print(f"benchmark: {error}", file=sys.stderr)
    sys.exit(1)
