"""What the measurements start, and end by its id: a private slapd, and latchkeyd."""
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse

from ldapwrite import Administrator

SUFFIX = "dc=bench,dc=example"
SERVICE = f"cn=latchkey,ou=services,{SUFFIX}"
ADMINISTRATOR = f"cn=admin,{SUFFIX}"
PEOPLE, GROUPS = f"ou=people,{SUFFIX}", f"ou=groups,{SUFFIX}"
USERS_FILTER, ROLES_FILTER = "(objectClass=inetOrgPerson)", "(objectClass=groupOfNames)"
TICKS = os.sysconf("SC_CLK_TCK")

SLAPD = """include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload syncprov
{modules}pidfile {dir}/slapd.pid
sizelimit unlimited
sortvals member
tool-threads 2
database mdb
suffix {suffix}
rootdn {administrator}
rootpw {secret}
directory {dir}/db
maxsize 17179869184
index objectClass eq
index entryUUID,entryCSN eq
index uid,mail,cn,member eq
{access}access to attrs=userPassword by anonymous auth by * none
access to * by dn.exact="{service}" read by * none
limits dn.exact="{service}" size=unlimited time=unlimited
overlay syncprov
syncprov-checkpoint 1000 10
syncprov-sessionlog 100000
{overlays}"""

# What a directory has beside that in which people reset passwords: a password policy, and the right to write (not to
# manage, so that quality and history are enforced).
RESETTABLE = {
    "modules": "moduleload ppolicy\n",
    "access": f'''access to attrs=userPassword by dn.exact="{SERVICE}" =w by anonymous auth by * none
access to attrs=pwdAccountLockedTime by dn.exact="{SERVICE}" =zrsc by * none
''',
    "overlays": f'''overlay ppolicy
ppolicy_default "cn=default,ou=policies,{SUFFIX}"
ppolicy_use_lockout
''',
}
READ_ONLY = {"modules": "", "access": "", "overlays": ""}

LATCHKEY = """demo: true
directory:
  servers: ["{uri}"]
  bind: {{ mechanism: simple, dn: "{service}", password: "file:{secret}" }}
users: {{ base: "{people}", filter: {users} }}
roles: {{ base: "{groups}", filter: {roles} }}
policies:
  - {{ name: everybody, methods: [email], register: {{ minimum: 1 }}, reset: {{ gates: 1 }} }}
delivery:
  email: {{ transport: spool, directory: "{dir}/spool" }}
sockets: {{ frontend: "{dir}/frontend.sock", admin: "{dir}/admin.sock" }}
state: "{dir}/state"
vault: {{ key: "file:{dir}/vault-key" }}
log: {{ level: {level} }}
{more}"""

# The load is one front end without client addresses, and each person resets once in a round: what would hold it up is
# raised as far as the configuration allows.
RESETS = """frontends:
  - {{ name: bench, user: "{user}", may: [sign-in, register, reset] }}
limits:
  person: {{ messagesPerHour: 100000, messagesPerDay: 100000 }}
  destination: {{ messagesPerHour: 100000, messagesPerDay: 100000 }}
  frontend: {{ sessionsPerMinute: 100000 }}
"""


def private_file(path, text):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def until(what, condition, seconds=60, pause=0.01):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError(f"waited {seconds} s in vain: {what}")
        time.sleep(pause)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Process:
    """A child that is ended by its id."""

    def __init__(self, command, log):
        self.started = time.monotonic()
        with open(log, "ab") as file:
            self.child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        self.log = log

    def check(self):
        if self.child.poll() is not None:
            with open(self.log, errors="replace") as file:
                raise RuntimeError(f"{self.child.args[0]} ended with {self.child.returncode}:\n{file.read()[-2000:]}")

    def ticks(self):
        with open(f"/proc/{self.child.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def peak_kib(self):
        with open(f"/proc/{self.child.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmHWM:"))

    def end(self):
        if self.child.poll() is not None:
            return
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(20)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


class Slapd(Process):
    """A private server on loopback, filled with made-up people before it starts."""

    def __init__(self, directory, people, groups, memberships, resettable=False):
        self.resettable = resettable
        os.makedirs(f"{directory}/db", mode=0o700)
        self.secret = os.urandom(12).hex()
        self.password_file = f"{directory}/bind-password"
        private_file(self.password_file, self.secret)
        private_file(f"{directory}/slapd.conf", SLAPD.format(
            dir=directory, suffix=SUFFIX, administrator=ADMINISTRATOR, service=SERVICE, secret=self.secret,
            **(RESETTABLE if resettable else READ_ONLY)))
        self.fill(directory, people, groups, memberships)
        self.port = free_port()
        self.uri = f"ldap://127.0.0.1:{self.port}"
        super().__init__(["/usr/sbin/slapd", "-d", "0", "-f", f"{directory}/slapd.conf", "-h", self.uri + "/"],
                         f"{directory}/slapd.log")
        until("slapd answers", self.answers)

    def fill(self, directory, people, groups, memberships):
        ldif = f"{directory}/people.ldif"
        here = os.path.dirname(os.path.abspath(__file__))
        with open(os.open(ldif, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            subprocess.run(["/usr/bin/python3", f"{here}/generate.py", str(people), str(groups), str(memberships),
                            self.secret] + ["policy"] * self.resettable, stdout=file, check=True)
        subprocess.run(["/usr/sbin/slapadd", "-q", "-f", f"{directory}/slapd.conf", "-b", SUFFIX, "-l", ldif],
                       check=True, stderr=subprocess.DEVNULL)
        os.unlink(ldif)

    def answers(self):
        self.check()
        try:
            self.administrator().close()
            return True
        except OSError:
            return False

    def administrator(self):
        return Administrator(self.port, ADMINISTRATOR, self.secret)


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(30)
        self.sock.connect(self.path)

    def read(self, path):
        self.request("GET", path)
        answer = self.getresponse()
        return answer.status, answer.read()


class Latchkeyd(Process):
    """A daemon with an empty state; `ready` is the time from its start to the first 200 of /ready, in seconds."""

    def __init__(self, binary, directory, slapd, more="", level="error"):
        shutil.rmtree(directory, ignore_errors=True)
        for part in ("", "/state", "/spool"):
            os.mkdir(directory + part, 0o700)
        key = subprocess.run(["base64"], input=os.urandom(32), stdout=subprocess.PIPE, check=True).stdout.decode()
        private_file(f"{directory}/vault-key", key)
        private_file(f"{directory}/latchkey.yaml", LATCHKEY.format(
            uri=slapd.uri, service=SERVICE, secret=slapd.password_file, dir=directory, people=PEOPLE, groups=GROUPS,
            users=USERS_FILTER, roles=ROLES_FILTER, level=level, more=more))
        self.frontend, self.spool = f"{directory}/frontend.sock", f"{directory}/spool"
        self.admin = f"{directory}/admin.sock"
        self.command = [binary, "--config", f"{directory}/latchkey.yaml"]
        self.resume()

    def resume(self):
        """Starts it with the state that is there."""
        self.connection = UnixConnection(self.admin)
        super().__init__(self.command, os.path.dirname(self.admin) + "/latchkeyd.log")
        try:
            until("latchkeyd is ready", self.is_ready, seconds=600, pause=0.005)
        except BaseException:
            self.end()
            raise
        self.ready = time.monotonic() - self.started

    def is_ready(self):
        """Asks on one connection that stays open: the question must not cost what it measures."""
        self.check()
        try:
            status, _ = self.connection.read("/ready")
        except (OSError, http.client.HTTPException):
            self.connection.close()
            return False
        if status == 200:
            self.connection.close()
        return status == 200
