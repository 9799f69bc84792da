"""The directory that never rests: entries come, go, are renamed, move between groups, are locked; slapd restarts."""
import subprocess
import time

from ldapwrite import Administrator, element, text
from processes import ADMINISTRATOR, GROUPS, PEOPLE, Process, Slapd


def attribute(name, *values):
    return element(0x30, text(name), element(0x31, *map(text, values)))


class Writer(Administrator):
    """What else an administrator does."""

    ADD, DELETE = b"\x0a\x01\x00", b"\x0a\x01\x01"

    def add(self, dn, attributes):
        listed = (attribute(name, *values) for name, values in attributes.items())
        self.call(element(0x68, text(dn), element(0x30, *listed)))

    def remove(self, dn):
        self.call(text(dn, 0x4A))

    def rename(self, dn, rdn):
        self.call(element(0x6C, text(dn), text(rdn), b"\x01\x01\xff"))

    def change(self, dn, operation, name, *values):
        change = element(0x30, operation, attribute(name, *values))
        self.call(element(0x66, text(dn), element(0x30, change)))


class SoakedSlapd(Slapd):
    def administrator(self):
        return Writer(self.port, ADMINISTRATOR, self.secret)

    def start_again(self):
        Process.__init__(self, self.child.args, self.log)

    def dump(self):
        """All entries below the people and the groups, as (DN, attributes)."""
        configuration = f"{self.log.rpartition('/')[0]}/slapd.conf"
        return subprocess.run(["/usr/sbin/slapcat", "-o", "ldif-wrap=no", "-f", configuration], check=True,
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


class Changes:
    """One change after another, and a restart now and then: on one thread, so that none of them is in doubt."""

    PER_SECOND = 10
    BETWEEN_RESTARTS = (40, 70)

    def __init__(self, slapd, random, watch, constant_people, groups):
        self.slapd, self.random, self.watch = slapd, random, watch
        self.constant_people = constant_people
        self.people, self.groups, self.locked = [], [f"g{number:05d}" for number in range(groups)], set()
        self.members = {}
        self.named = 0
        self.count = self.restarts = 0
        self.writer = slapd.administrator()
        self.plan_restart()

    def plan_restart(self):
        self.next_restart = time.monotonic() + self.random.uniform(*self.BETWEEN_RESTARTS)

    def step(self):
        if time.monotonic() > self.next_restart:
            self.restart()
        few = len(self.people) < 50
        kinds = [self.add] if few else [self.add, self.delete, self.rename, self.join, self.leave, self.lock, self.retitle,
                                        self.rename_group]
        self.random.choice(kinds)()
        self.count += 1
        time.sleep(self.random.uniform(0, 2 / self.PER_SECOND))

    def restart(self):
        with self.watch.provoked():
            self.writer.close()
            self.slapd.end()
            time.sleep(self.random.uniform(0, 4))
            self.slapd.start_again()
            self.watch.wait("slapd answers again", self.slapd.answers)
            self.writer = self.slapd.administrator()
            self.restarts += 1
            self.watch.wait("the directory is followed again", self.watch.is_live)
        self.plan_restart()

    # One change each

    def dn(self, login):
        return f"uid={login},{PEOPLE}"

    def group(self, name):
        return f"cn={name},{GROUPS}"

    def fresh(self):
        self.named += 1
        return f"c{self.named:07d}"

    def add(self):
        login = self.fresh()
        self.writer.add(self.dn(login), {
            "objectClass": ["inetOrgPerson"], "uid": [login], "cn": [f"Changing {login}"], "sn": [login],
            "mail": [f"{login}@bench.example"]})
        self.people.append(login)

    def delete(self):
        login = self.random.choice(self.people)
        self.people.remove(login)
        # As a tidy administrator does: no overlay here takes the names of the deleted out of groups.
        for group in list(self.members.pop(login, ())):
            self.writer.change(self.group(group), Writer.DELETE, "member", self.dn(login))
        self.locked.discard(login)
        self.writer.remove(self.dn(login))

    def rename(self):
        former = self.random.choice(self.people)
        login = self.fresh()
        self.writer.rename(self.dn(former), f"uid={login}")
        self.people[self.people.index(former)] = login
        groups = self.members.pop(former, set())
        for group in groups:
            self.writer.change(self.group(group), Writer.DELETE, "member", self.dn(former))
            self.writer.change(self.group(group), Writer.ADD, "member", self.dn(login))
        if groups:
            self.members[login] = groups
        if former in self.locked:
            self.locked.remove(former)
            self.locked.add(login)

    def join(self):
        login, group = self.random.choice(self.people), self.random.choice(self.groups)
        if group not in self.members.setdefault(login, set()):
            self.writer.change(self.group(group), Writer.ADD, "member", self.dn(login))
            self.members[login].add(group)

    def leave(self):
        login = self.random.choice(self.people)
        if self.members.get(login):
            group = self.members[login].pop()
            self.writer.change(self.group(group), Writer.DELETE, "member", self.dn(login))

    def lock(self):
        login = self.random.choice(self.people)
        if login in self.locked:
            self.locked.remove(login)
            self.writer.change(self.dn(login), Writer.DELETE, "pwdAccountLockedTime")
        else:
            self.locked.add(login)
            self.writer.replace(self.dn(login), "pwdAccountLockedTime", time.strftime("%Y%m%d%H%M%SZ", time.gmtime()))

    def retitle(self):
        """Also of those whose resets and lookups are under way."""
        number = self.random.randrange(self.constant_people)
        self.writer.replace(self.dn(f"u{number:07d}"), "displayName", f"Changed {self.count}")

    def rename_group(self):
        """Groups that others hold would keep the former name: nothing here rewrites it."""
        plain = [name for name in self.groups if not name.startswith("g")]
        if len(plain) < 10:
            name = f"h{self.count:07d}"
            self.writer.add(self.group(name), {"objectClass": ["groupOfNames"], "cn": [name],
                                               "member": [self.dn("u0000000")]})
            self.groups.append(name)
            return
        former, name = self.random.choice(plain), f"h{self.count:07d}"
        self.writer.rename(self.group(former), f"cn={name}")
        self.groups[self.groups.index(former)] = name
        for groups in self.members.values():
            if former in groups:
                groups.remove(former)
                groups.add(name)
