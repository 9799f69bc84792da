#!/usr/bin/env python3
"""What a reset page does, with Python's standard library: sign in, register an address, then reset the password.

    etc/examples/reset.py SOCKET LOGIN ADDRESS

Passwords and codes are read from standard input.
"""
import http.client
import json
import socket
import sys


class Problem(Exception):
    """A refusal (RFC 9457). Branch on `type`: it stays."""

    def __init__(self, document):
        super().__init__(document["detail"])
        self.type = document["type"].rsplit("/", 1)[1]
        self.retry_after = document.get("retryAfter")


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=60)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Latchkey:
    def __init__(self, path):
        self.connection = Connection(path)

    def call(self, method, path, body=None, token=None):
        headers = {"Content-Type": "application/json", "Accept-Language": "en"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        self.connection.request(method, "/v1" + path, json.dumps(body or {}), headers)
        response = self.connection.getresponse()
        document = json.loads(response.read() or "{}")
        if response.status >= 400:
            raise Problem(document)
        return document


def ask(question):
    print(f"{question}: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().rstrip("\n")


def register(latchkey, signed_in, address):
    token = signed_in["token"]
    method = latchkey.call("POST", "/registration/methods", {"kind": "email", "address": address}, token)["method"]
    challenge = latchkey.call("POST", f"/registration/methods/{method['id']}/challenges", token=token)
    response = {"code": ask("Code from the mail")}
    latchkey.call("POST", f"/registration/challenges/{challenge['id']}/response", response, token)


def prove(latchkey, token, method):
    challenge = latchkey.call("POST", "/resets/current/challenges", {"methodId": method["id"]}, token)
    while True:
        response = {"code": ask(f"Code sent to {method['hint']}")}
        try:
            return latchkey.call("POST", f"/resets/current/challenges/{challenge['id']}/response", response, token)
        except Problem as problem:
            # A wrong code may be typed again, until the challenge is closed.
            if problem.type != "wrong-code":
                raise
            print(problem, file=sys.stderr)


def main(path, login, address):
    latchkey = Latchkey(path)
    signed_in = latchkey.call("POST", "/sign-ins", {"login": login, "password": ask("Password")})
    if not signed_in["registration"]["registered"]:
        register(latchkey, signed_in, address)

    # Later, with the password forgotten.
    reset = latchkey.call("POST", "/resets", {"login": login, "purpose": "reset"})
    token = reset["token"]
    while reset["gates"]["passed"] < reset["gates"]["required"]:
        reset = prove(latchkey, token, reset["methods"][reset["gates"]["passed"]])
    password = {"password": ask("New password")}
    for rule in latchkey.call("POST", "/password-checks", password, token)["rules"]:
        print("yes" if rule["satisfied"] else "no ", rule["text"], file=sys.stderr)
    print(latchkey.call("PUT", "/resets/current/password", password, token)["outcome"])


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except Problem as problem:
        sys.exit(f"{problem.type}: {problem}")
