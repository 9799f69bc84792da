#!/usr/bin/python3
"""Writes a made-up directory as LDIF: the same one for the same numbers (fixed seed).

    generate.py PEOPLE GROUPS MEMBERSHIPS SERVICE-PASSWORD [policy] > people.ldif

Every person has eleven attributes beside the operational ones, as an entry of a company's directory has; a tenth
of the groups holds other groups, so that roles are nested.
"""
import base64
import hashlib
import random
import sys

SUFFIX = "dc=bench,dc=example"
GIVEN = "Anna Bert Carla Dirk Emma Fritz Greta Hans Ines Jörg Karin Lars Maja Nils Olga Paul Rosa Zoë".split()
FAMILY = "Müller Schmidt Fischer Weber Meyer Wagner Becker Schulz Koch Bauer Richter Klein Wolf Neumann Braun".split()


def hashed(password):
    salt = b"benchsalt"
    return "{SSHA}" + base64.b64encode(hashlib.sha1(password.encode() + salt).digest() + salt).decode()


def line(name, value):
    if value.isascii():
        return f"{name}: {value}\n"
    return f"{name}:: {base64.b64encode(value.encode()).decode()}\n"


def frame(password):
    yield f"dn: {SUFFIX}\nobjectClass: domain\ndc: bench\n\n"
    for unit in ("people", "groups", "services"):
        yield f"dn: ou={unit},{SUFFIX}\nobjectClass: organizationalUnit\nou: {unit}\n\n"
    yield (f"dn: cn=latchkey,ou=services,{SUFFIX}\nobjectClass: applicationProcess\n"
           f"objectClass: simpleSecurityObject\ncn: latchkey\nuserPassword: {hashed(password)}\n\n")


def password_policy():
    yield f"dn: ou=policies,{SUFFIX}\nobjectClass: organizationalUnit\nou: policies\n\n"
    yield (f"dn: cn=default,ou=policies,{SUFFIX}\nobjectClass: device\nobjectClass: pwdPolicy\ncn: default\n"
           "pwdAttribute: userPassword\npwdMaxFailure: 4\npwdLockout: TRUE\npwdMinLength: 10\npwdInHistory: 3\n"
           "pwdCheckQuality: 2\n\n")


def person(number, source, secret):
    given, family = source.choice(GIVEN), source.choice(FAMILY)
    login = f"u{number:07d}"
    return (f"dn: uid={login},ou=people,{SUFFIX}\nobjectClass: inetOrgPerson\nuid: {login}\n"
            + line("cn", f"{given} {family} {number}") + line("sn", family) + line("givenName", given)
            + line("displayName", f"{family}, {given}")
            + f"mail: {login}@bench.example\ntelephoneNumber: +1 202 555 {source.randrange(10000):04d}\n"
            f"employeeNumber: {number:07d}\ndepartmentNumber: {source.randrange(200)}\n"
            f"title: Engineer {source.randrange(9)}\nuserPassword: {secret}\n\n")


def group(number, people, size, source):
    yield f"dn: cn=g{number:05d},ou=groups,{SUFFIX}\nobjectClass: groupOfNames\ncn: g{number:05d}\n"
    # A number that SSSD can take for a gid.
    yield f"businessCategory: {1_000_000 + number}\n"
    if number % 10 == 9:
        for inner in range(number - 9, number):
            yield f"member: cn=g{inner:05d},ou=groups,{SUFFIX}\n"
    for member in sorted(source.sample(range(people), min(size, people))):
        yield f"member: uid=u{member:07d},ou=people,{SUFFIX}\n"
    yield "\n"


def main():
    people, groups, memberships = (int(text) for text in sys.argv[1:4])
    source = random.Random(42)
    out = sys.stdout
    out.writelines(frame(sys.argv[4]))
    if sys.argv[5:] == ["policy"]:
        out.writelines(password_policy())
    secret = hashed("Spring-2026")
    for number in range(people):
        out.write(person(number, source, secret))
    for number in range(groups):
        out.writelines(group(number, people, memberships // max(groups, 1), source))


main()
