"""What is seen of the daemon while it runs: its size, its answers, its log; and what slapd's restarts explain."""
import collections
import contextlib
import datetime
import json
import os
import threading
import time

from processes import UnixConnection, until

TROUBLE = ("warning", "error", "critical")


class Watch:
    # Pools keep clear of a server that failed for a growing time, which a moment of following does not end.
    SETTLES = 6

    def __init__(self, daemon):
        self.daemon = daemon
        self.lock = threading.Lock()
        self.windows, self.open = [], None
        self.answers, self.failures = 0, []
        self.latencies = {}

    # What is provoked

    @contextlib.contextmanager
    def provoked(self):
        self.open = time.time()
        try:
            yield
            time.sleep(self.SETTLES)
        finally:
            self.windows.append((self.open, time.time()))
            self.open = None

    def explains(self, begin, end):
        """Whether something between the two times may come of a restart."""
        opened = self.open
        return opened is not None and end >= opened - 0.5 or any(
            begin <= last + 0.5 and end >= first - 0.5 for first, last in list(self.windows))

    def wait(self, what, condition):
        until(what, condition, seconds=120, pause=0.1)

    def is_live(self):
        return self.get("/v1/admin/status")["freshness"]["state"] == "live"

    def get(self, path):
        return self.ask("GET", path)

    def ask(self, method, path, body=None):
        """On the admin socket, outside of what is measured."""
        connection = UnixConnection(self.daemon.admin)
        try:
            connection.request(method, path, None if body is None else json.dumps(body),
                               {} if body is None else {"Content-Type": "application/json"})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status not in (200, 201, 202):
                raise RuntimeError(f"{method} {path}: {answer.status} {text[:300]}")
            return json.loads(text)
        finally:
            connection.close()

    # Answers

    def record(self, kind, began, took, expected, status, text, excusable):
        """One answer. Those that a restart may have slowed are not among the latencies."""
        with self.lock:
            self.answers += 1
            explained = self.explains(began, began + took)
            if status in expected:
                if kind and not explained:
                    self.latencies.setdefault(kind, []).append((began, took * 1000))
            elif not (excusable and explained):
                at = datetime.datetime.fromtimestamp(began).time().isoformat("milliseconds")
                self.failures.append(f"{at} {text}")

    # The process

    def reading(self):
        pid = self.daemon.child.pid
        with open(f"/proc/{pid}/status") as file:
            fields = dict(line.split(":", 1) for line in file)
        links, connections = self.links(), self.connections()
        return {"memory": int(fields["VmRSS"].split()[0]), "heap": int(fields["RssAnon"].split()[0]),
                "threads": int(fields["Threads"]),
                "descriptors": sum(link not in connections for link in links),
                # Each has two descriptors: libldap's, and the one that is listened on.
                "connections": len(connections.intersection(links))}

    def links(self):
        folder, links = f"/proc/{self.daemon.child.pid}/fd", []
        for number in os.listdir(folder):
            with contextlib.suppress(OSError):
                links.append(os.readlink(f"{folder}/{number}"))
        return links

    def connections(self):
        """The TCP connections of this host, as the links of descriptors name them. The daemon has them with slapd alone."""
        with open(f"/proc/{self.daemon.child.pid}/net/tcp") as file:
            return {f"socket:[{line.split()[9]}]" for line in file.readlines()[1:]}

    def descriptors(self):
        """How many of each kind: a file's name, or what the kernel calls it."""
        connections = self.connections()
        return collections.Counter(os.path.basename(link).partition("[")[0] for link in self.links()
                                   if link not in connections)

    # The log

    def log_lines(self):
        """Each line as (time, level, text)."""
        with open(self.daemon.log, errors="replace") as file:
            for line in file:
                stamp, _, rest = line.rstrip("\n").partition(" ")
                level, _, text = rest.partition(" ")
                try:
                    told = datetime.datetime.fromisoformat(stamp.replace("Z", "+00:00")).timestamp()
                except ValueError:
                    yield None, "critical", line.rstrip("\n")
                    continue
                yield told, level, text

    def unexplained_lines(self):
        """Times in the log are whole seconds."""
        return [f"{level} {text}" for told, level, text in self.log_lines()
                if level in TROUBLE and not (told and self.explains(told - 1, told + 1))]
