"""What schemathesis must know to get beyond the doors: tokens, logins, and where it may have a backup written."""
import glob
import json
import os
import re
import urllib.request
import zlib

import schemathesis

URL = os.environ["LATCHKEY_FUZZ_URL"]
FOLDER = os.environ["LATCHKEY_FUZZ_FOLDER"]
# Who resets stands first, who signs in last.
LOGINS = os.environ.get("LATCHKEY_FUZZ_LOGINS", "alice bob carol dave erin").split()


def post(path, body):
    request = urllib.request.Request(URL + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as response:
        return json.load(response)


@schemathesis.auth(refresh_interval=None)
class Tokens:
    """A reset's token for the reset, a sign-in's for everything else that takes one."""

    known = {}

    def get(self, case, context):
        if not case.operation.definition.raw.get("security"):
            return None
        start = self.reset if case.operation.path.startswith("/v1/resets/") else self.sign_in
        if start not in self.known:
            self.known[start] = start()
        return self.known[start]

    def sign_in(self):
        return post("/v1/sign-ins", {"login": LOGINS[-1], "password": os.environ["LATCHKEY_FUZZ_PASSWORD"]})["token"]

    def reset(self):
        return post("/v1/resets", {"login": LOGINS[0], "purpose": "reset"})["token"]

    def set(self, case, data, context):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def after_call(context, case, response):
    if response.status_code == 401:
        # Its session has ended, a password was reset: the next one takes another.
        token = (response.request.headers.get("Authorization") or "").removeprefix("Bearer ")
        Tokens.known = {start: known for start, known in Tokens.known.items() if known != token}


@schemathesis.hook
def before_call(context, case, kwargs):
    # Connections that are not used again would be kept open, and the daemon takes so many at a time.
    case.headers["Connection"] = "close"
    # Nobody has the time to wait.
    if case.query and re.fullmatch(r"[0-9]{1,9}(ms|s|m)", str(case.query.get("wait", ""))):
        case.query["wait"] = "0s"
    # A backup is a file of this host: it goes where it is taken away afterwards.
    if isinstance(case.body, dict) and str(case.body.get("directory", "")).startswith("/"):
        case.body["directory"] = FOLDER
    # A made-up login is nobody's: every other one is somebody's.
    # A code is what was sent: every other one is right.
    if case.path.endswith("/response") and is_positive(case) and "code" in (case.body or {}):
        if zlib.crc32(str(case.body["code"]).encode()) % 2:
            case.body["code"] = newest_code() or case.body["code"]
    parameters = case.path_parameters or {}
    number = zlib.crc32(str(parameters.get("login")).encode())
    if "login" in parameters and is_positive(case) and number % 2:
        parameters["login"] = LOGINS[number % len(LOGINS)]


def newest_code():
    for path in sorted(glob.glob(os.environ["LATCHKEY_FUZZ_SPOOL"] + "/*.json"), reverse=True)[:20]:
        with open(path) as file:
            code = json.load(file).get("code")
        if code:
            return code
    return None


def is_positive(case):
    return case.meta is None or case.meta.generation.mode.value == "positive"
