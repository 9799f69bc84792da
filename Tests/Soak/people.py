"""Those who use the daemon: people who register and reset, people who only begin, administrators who look people up."""
import http.client
import json
import os
import threading
import time

from processes import UnixConnection

PASSWORD = "Spring-2026"


class Refused(Exception):
    """Something else than what was expected: counted where it came, and the end of this person's attempt."""


class Mailboxes:
    """Codes by the login of those to whom they went. What is read is deleted: a spool that only grows is no gateway."""

    def __init__(self, spool):
        self.spool, self.codes, self.arrived = spool, {}, threading.Condition()
        self.messages = 0

    def collect(self):
        for entry in os.scandir(self.spool):
            if entry.name.startswith(".") or not entry.is_file():
                continue
            with open(entry.path) as file:
                message = json.load(file)
            os.unlink(entry.path)
            with self.arrived:
                self.messages += 1
                if "code" in message:
                    self.codes[message["to"].partition("@")[0]] = message["code"]
                    self.arrived.notify_all()
        time.sleep(0.005)

    def code(self, login, seconds=30):
        with self.arrived:
            self.arrived.wait_for(lambda: login in self.codes, seconds)
            return self.codes.pop(login, None)


class Client:
    """One connection that stays open, as a front end's does."""

    def __init__(self, socket, watch):
        self.connection, self.watch, self.token = UnixConnection(socket), watch, None

    def call(self, method, path, body=None, expected=200, kind=None, excusable=True):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is not None:
            headers["Content-Type"] = "application/json"
        wall, began = time.time(), time.monotonic()
        try:
            self.connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = self.connection.getresponse()
            status, text = answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            status, text = 0, repr(error).encode()
        took = time.monotonic() - began
        told = f"{method} {path}: {status} {text.decode(errors='replace')[:300]}"
        self.watch.record(kind, wall, took, (expected,), status, told, excusable)
        if status != expected:
            raise Refused(told)
        return json.loads(text)


class Resets:
    """One person after another registers an address and resets the password."""

    # A sign-in that the directory leaves unanswered is counted: the second within this time would shut the person out.
    SIGN_IN_WINDOW = 15 * 60

    def __init__(self, daemon, watch, mailboxes, random, numbers):
        self.client, self.watch, self.mailboxes = Client(daemon.frontend, watch), watch, mailboxes
        self.random, self.numbers, self.at = random, numbers, 0
        # How often each has reset; and when those whose first sign-in was cut off may come again.
        self.passwords, self.waits = {}, {}
        self.count = 0

    def step(self):
        number = self.numbers[self.at % len(self.numbers)]
        self.at += 1
        if self.waits.get(number, 0) > time.monotonic():
            return
        try:
            if number not in self.passwords:
                self.waits[number] = time.monotonic() + self.SIGN_IN_WINDOW
                self.register(f"u{number:07d}")
                self.passwords[number] = 0
                del self.waits[number]
            self.reset(f"u{number:07d}", number)
            self.count += 1
        except Refused:
            pass
        finally:
            self.client.token = None
        time.sleep(self.random.uniform(0, 0.4))

    def register(self, login):
        signed_in = self.client.call("POST", "/v1/sign-ins", {"login": login, "password": PASSWORD}, 201)
        self.client.token = signed_in["token"]
        added = self.client.call("POST", "/v1/registration/methods",
                                 {"kind": "email", "address": f"{login}@private.example"}, 201)
        self.prove(f"/v1/registration/methods/{added['method']['id']}/challenges", {},
                   "/v1/registration/challenges", login)
        self.client.token = None

    def reset(self, login, number):
        begun = self.client.call("POST", "/v1/resets", {"login": login, "purpose": "reset"}, 201)
        self.client.token = begun["token"]
        self.prove("/v1/resets/current/challenges", {"methodId": begun["methods"][0]["id"]},
                   "/v1/resets/current/challenges", login)
        self.passwords[number] += 1
        outcome = self.client.call("PUT", "/v1/resets/current/password",
                                   {"password": f"Password {self.passwords[number]:04d} of {login}"})
        if outcome.get("outcome") != "applied":
            self.watch.record(None, time.time(), 0, (), 0, f"{login}: the reset was {outcome}", True)

    def prove(self, opens, body, answers, login):
        began = time.time()
        self.mailboxes.codes.pop(login, None)
        challenge = self.client.call("POST", opens, body, 201)
        code = self.mailboxes.code(login)
        if code is None:
            self.watch.record(None, began, time.time() - began, (), 0, f"{login}: no code arrived in 30 s", True)
            raise Refused(login)
        self.client.call("POST", f"{answers}/{challenge['id']}/response", {"code": code})


class Starts:
    """Resets that nobody goes on with, for people who are there and for names that are not."""

    def __init__(self, daemon, watch, random, people):
        self.client, self.random, self.people = Client(daemon.frontend, watch), random, people
        self.count = 0

    def step(self):
        letter = self.random.choice("uuux")
        body = {"login": f"{letter}{self.random.randrange(self.people):07d}", "purpose": "reset"}
        try:
            self.client.call("POST", "/v1/resets", body, 201, kind="reset starts")
            self.count += 1
        except Refused:
            pass
        time.sleep(self.random.uniform(0, 0.2))


class Lookups:
    """The mirror answers also while slapd is away: nothing excuses a failure here."""

    def __init__(self, daemon, watch, random, people):
        self.client, self.random, self.people = Client(daemon.admin, watch), random, people
        self.count = 0

    def step(self):
        login = f"u{self.random.randrange(self.people):07d}"
        try:
            user = self.client.call("GET", f"/v1/admin/users/{login}", kind="lookups", excusable=False)
            if user["login"] != login:
                self.client.watch.record(None, time.time(), 0, (), 0, f"asked for {login}, got {user}", False)
            self.count += 1
        except Refused:
            pass
        time.sleep(self.random.uniform(0, 0.04))


def burst(daemon, watch, random, people):
    """Many at once, so that pools of connections are as full as they get."""
    def ask(source):
        lookups, starts = Lookups(daemon, watch, source, people), Starts(daemon, watch, source, people)
        for _ in range(10):
            starts.step()
            lookups.step()
        for one in (lookups, starts):
            one.client.connection.close()
    threads = [threading.Thread(target=ask, args=(type(random)(random.random()),)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
