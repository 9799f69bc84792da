"""SSSD's enumeration of the same directory, in a mount namespace of its own: nothing of the machine's SSSD is touched."""
import datetime
import os
import re
import signal
import subprocess
import time

from processes import SERVICE, SUFFIX, private_file

CONFIGURATION = """[sssd]
services = nss
domains = bench
[nss]
[domain/bench]
debug_level = 6
debug_microseconds = true
id_provider = ldap
auth_provider = none
access_provider = permit
ldap_uri = {uri}
ldap_search_base = {suffix}
ldap_default_bind_dn = {service}
ldap_default_authtok = {secret}
ldap_schema = rfc2307bis
ldap_user_object_class = inetOrgPerson
ldap_user_uid_number = employeeNumber
ldap_user_gid_number = employeeNumber
ldap_group_object_class = groupOfNames
ldap_group_gid_number = businessCategory
ldap_user_uuid = entryUUID
ldap_group_uuid = entryUUID
ldap_enumeration_refresh_offset = 0
ldap_enumeration_refresh_timeout = {patience}
ldap_enumeration_search_timeout = {patience}
enumerate = true
min_id = 1
timeout = {patience}
"""

# SSSD's paths are fixed: memory stands in their place for this one process and its children.
ROOM = """set -e
for place in /var/lib/sss /var/log/sssd /run; do mount -t tmpfs none $place; done
mkdir -p /var/lib/sss/db /var/lib/sss/pipes/private /var/lib/sss/mc /var/lib/sss/pubconf/krb5.include.d
exec /usr/sbin/sssd -i --config="$1" --logger=stderr
"""
STEP = re.compile(r"^\((\d+-\d+-\d+ +\d+:\d+:\d+):(\d+)\).*Task \[Enumeration \[id\] of bench\]: (executing|finished|failed)")


def is_there():
    return os.path.exists("/usr/sbin/sssd") and os.geteuid() == 0


def enumeration(slapd, directory, patience):
    """Seconds from the beginning of the first enumeration to its end; None where it did not end in time."""
    configuration, log = f"{directory}/sssd.conf", f"{directory}/sssd.log"
    private_file(configuration, CONFIGURATION.format(
        uri=slapd.uri, suffix=SUFFIX, service=SERVICE, secret=slapd.secret, patience=patience))
    with open(log, "wb") as file:
        child = subprocess.Popen(["unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child",
                                  "bash", "-c", ROOM, "sssd", configuration],
                                 stdin=subprocess.DEVNULL, stdout=file, stderr=file)
    try:
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and child.poll() is None:
            steps = read(log)
            if "failed" in steps:
                return None
            if "finished" in steps:
                return (steps["finished"] - steps["executing"]).total_seconds()
            time.sleep(0.5)
        return None
    finally:
        # It does not end in good time while it writes; with the namespace's first process all of them end.
        child.send_signal(signal.SIGKILL)
        child.wait()


def read(log):
    steps = {}
    with open(log, errors="replace") as file:
        for line in file:
            found = STEP.match(line)
            if found:
                at = datetime.datetime.strptime(" ".join(found[1].split()), "%Y-%m-%d %H:%M:%S")
                steps.setdefault(found[3], at + datetime.timedelta(microseconds=int(found[2])))
    return steps
