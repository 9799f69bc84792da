"""Hours of an ordinary life, for as long as LATCHKEY_SOAK says: does the daemon stay what it was after a minute?"""
import getpass
import os
import random
import signal
import statistics
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Benchmarks"))

from compare import differences  # noqa: E402
from directory import Changes, SoakedSlapd  # noqa: E402
from people import Lookups, Mailboxes, Resets, Starts, burst  # noqa: E402
from processes import RESETS, TICKS, Latchkeyd  # noqa: E402
from watch import Watch  # noqa: E402

MINUTE = 60
GROWTH_MAX = 1.05
# Of a second, in the quietest second while nobody asks.
AWAKE_MAX = 0.05
# To slapd: two pools keep 16 idle ones each, one follows, one looks after a server that is preferred.
CONNECTIONS_MAX = 34
CLIENTS = 3
# Removals are what this is about; that many of them are held is tested elsewhere.
MORE = RESETS + "sync: {{ holdRemovals: {{ over: 100%, atLeast: 10000000, groupLoss: 100% }} }}\n"


class Reloads:
    """Another rule in turns, told by the signal and by the admin socket in turns."""

    def __init__(self, daemon, watch, source):
        self.daemon, self.watch, self.random, self.count = daemon, watch, source, 0
        self.file = daemon.command[-1]
        with open(self.file) as file:
            self.text = file.read()
        self.next = time.monotonic() + self.random.uniform(5, 15)

    def step(self):
        time.sleep(0.2)
        if time.monotonic() < self.next:
            return
        self.next = time.monotonic() + self.random.uniform(10, 30)
        with open(self.file, "w") as file:
            file.write(self.text + f"passwordRules: {{ minimumLength: {15 + self.count % 2} }}\n")
        self.count += 1
        if self.random.random() < 0.5:
            self.daemon.child.send_signal(signal.SIGHUP)
        elif self.watch.ask("POST", "/v1/admin/reloads", {})["needsRestart"]:
            raise RuntimeError("a rule for passwords needs a restart")

    def seen(self):
        return sum("read again and is in force" in text for _, _, text in self.watch.log_lines())


class Soak:
    def __init__(self, directory, binaries):
        self.seconds = int(os.environ.get("LATCHKEY_SOAK") or 600)
        self.seed = int(os.environ.get("LATCHKEY_SEED") or random.SystemRandom().randrange(2**32))
        self.directory, self.binaries = directory, binaries
        self.people = max(min(self.seconds, 3600) * 4, 1000)
        self.groups = 40
        self.stopping, self.going = threading.Event(), threading.Event()
        self.resting, self.trouble = [], []
        self.slapd = self.daemon = None

    def source(self, name):
        return random.Random(f"{self.seed}/{name}")

    def run(self):
        print(f"LATCHKEY_SEED={self.seed} LATCHKEY_SOAK={self.seconds}: {self.people} people, {self.groups} groups",
              flush=True)
        try:
            self.slapd = SoakedSlapd(f"{self.directory}/ldap", self.people, self.groups, self.people, resettable=True)
            self.daemon = Latchkeyd(f"{self.binaries}/latchkeyd", f"{self.directory}/daemon", self.slapd,
                                    MORE.format(user=getpass.getuser()), level="notice")
            self.watch = Watch(self.daemon)
            return self.live()
        finally:
            self.stopping.set()
            self.going.set()
            for process in (self.daemon, self.slapd):
                if process:
                    process.end()

    # The load

    def live(self):
        mailboxes = Mailboxes(self.daemon.spool)
        self.changes = Changes(self.slapd, self.source("changes"), self.watch, self.people, self.groups)
        self.reloads = Reloads(self.daemon, self.watch, self.source("reloads"))
        self.resets = [Resets(self.daemon, self.watch, mailboxes, self.source(f"resets {client}"),
                              range(client, self.people, CLIENTS)) for client in range(CLIENTS)]
        self.starts = Starts(self.daemon, self.watch, self.source("starts"), self.people)
        self.lookups = Lookups(self.daemon, self.watch, self.source("lookups"), self.people)
        self.work = [self.changes, self.reloads, self.starts, self.lookups] + self.resets
        self.threads = [threading.Thread(target=self.repeat, args=(one,), daemon=True) for one in self.work]
        threading.Thread(target=self.collect, args=(mailboxes,), daemon=True).start()
        self.going.set()
        for thread in self.threads:
            thread.start()
        began = time.time()
        self.endure(MINUTE)
        first = self.rest()
        self.kinds = self.watch.descriptors()
        print("  at 1 minute: " + told(first), flush=True)
        self.going.set()
        self.endure(self.seconds - (time.time() - began))
        last = self.rest(first)
        print("  at the end:  " + told(last), flush=True)
        return self.report(first, last, began, time.time())

    def repeat(self, worker):
        """Until the end; whoever sees the load paused says so and waits."""
        while not self.stopping.is_set():
            if not self.going.is_set():
                with self.watch.lock:
                    self.resting.append(worker)
                self.going.wait()
                continue
            try:
                worker.step()
            except BaseException as error:
                self.trouble.append(f"{type(worker).__name__}: {error!r}")
                self.stopping.set()

    def collect(self, mailboxes):
        while not self.stopping.is_set():
            mailboxes.collect()

    def endure(self, seconds):
        end, said = time.monotonic() + seconds, time.monotonic()
        while time.monotonic() < end and not self.stopping.wait(0.5):
            self.daemon.check()
            if time.monotonic() - said > MINUTE:
                said = time.monotonic()
                print(f"  {time.strftime('%H:%M:%S')} {told(self.watch.reading())}", flush=True)

    def rest(self, before=None):
        """What stands once nobody asks: idle threads of the system's pools end after some seconds, and those that leak
        never; idle connections to the directory stay, as many as there may be, and are counted apart. Each password
        that was written is looked at again after a minute, so that rest comes later where there was a minute of load
        before."""
        self.resting.clear()
        self.going.clear()
        self.watch.wait("the load pauses", lambda: len(self.resting) == len(self.work) or self.stopping.is_set())
        burst(self.daemon, self.watch, self.source("burst"), self.people)
        readings, ticks = [], []
        while len(readings) < 10 or before and len(readings) < 2 * MINUTE and readings[-1]["threads"] > before["threads"]:
            time.sleep(1)
            readings.append(self.watch.reading())
            ticks.append(self.daemon.ticks())
        # Looks at written passwords come in heaps, twice a minute.
        self.awake = min(later - earlier for earlier, later in zip(ticks, ticks[1:])) / TICKS
        return {name: min(reading[name] for reading in readings) for name in readings[0]}

    # The end

    def report(self, first, last, began, ended):
        resets = sum(one.count for one in self.resets)
        print(f"  {self.changes.count} changes, {self.changes.restarts} restarts of slapd, {self.reloads.count} reloads, "
              f"{resets} complete resets, {self.starts.count} starts, {self.lookups.count} lookups, "
              f"{self.watch.answers} answers in all")
        for kind, values in sorted(self.watch.latencies.items()):
            print(f"  {kind}: " + drift(values, began, ended))
        faults = list(self.trouble)
        if last["memory"] > first["memory"] * GROWTH_MAX:
            faults.append(f"memory grew by {(last['memory'] / first['memory'] - 1) * 100:.1f} %")
        if last["descriptors"] > first["descriptors"]:
            more = ", ".join(f"{count} of {kind}" for kind, count in (self.watch.descriptors() - self.kinds).items())
            print(f"  more descriptors than after a minute: {more}")
        if self.awake > AWAKE_MAX:
            faults.append(f"while nobody asks, it takes {self.awake * 100:.0f} % of a processor")
        if last["connections"] > CONNECTIONS_MAX:
            faults.append(f"{last['connections']} connections to slapd stay, of {CONNECTIONS_MAX} that may")
        faults += [f"{name} grew from {first[name]} to {last[name]}" for name in ("threads", "descriptors")
                   if last[name] > first[name]]
        faults += [f"not provoked: {text}" for text in self.watch.failures + self.watch.unexplained_lines()]
        faults += self.disagreements()
        if not self.trouble and min(resets, self.changes.count, self.starts.count, self.lookups.count) == 0:
            faults.append("part of the load did nothing")
        for fault in faults[:40]:
            print(f"  FAULT {fault}")
        print("  nothing grew, nothing failed, nothing disagrees" if not faults else f"  {len(faults)} faults", flush=True)
        return 1 if faults else 0

    def disagreements(self):
        ldif = self.slapd.dump()
        found = ["not asked"]
        end = time.monotonic() + 30
        while found and time.monotonic() < end:
            found = differences(ldif, self.watch)
            if found:
                time.sleep(0.5)
        if not self.watch.ask("POST", "/v1/admin/audit/verifications", {})["intact"]:
            found.append("the audit is not intact")
        if held := self.watch.get("/v1/admin/status")["quarantine"]["removals"]:
            found.append(f"{held} removals are held")
        if (seen := self.reloads.seen()) != self.reloads.count:
            found.append(f"{self.reloads.count} reloads were asked for, the log tells of {seen}")
        return found


def told(reading):
    return (f"{reading['memory']} KiB ({reading['heap']} of them its own), {reading['threads']} threads, "
            f"{reading['descriptors']} descriptors, {reading['connections']} connections to slapd")


def drift(values, began, ended):
    """Median and p99 in the first and in the last fifth."""
    fifth = (ended - began) / 5
    parts = [sorted(took for at, took in values if begin <= at < begin + fifth) for begin in (began, ended - fifth)]
    if not all(parts):
        return "too few"
    return " → ".join(f"p50 {statistics.median(part):.2f} ms, p99 {part[int(0.99 * len(part))]:.2f} ms (of {len(part)})"
                      for part in parts)


def stop(number, _frame):
    raise SystemExit(128 + number)


signal.signal(signal.SIGTERM, stop)
sys.setswitchinterval(0.0005)
sys.exit(Soak(sys.argv[1], sys.argv[2]).run())
