#!/bin/bash
# Makes the demo's private directory: configuration, thirty people, nested groups.
#   directory.sh DIR SUFFIX
set -euo pipefail
dir=$1
suffix=$2

mkdir -p "$dir/db" "$dir/run"
chmod 700 "$dir" "$dir/db"

cat > "$dir/slapd.conf" <<CONF
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload syncprov
moduleload ppolicy
pidfile $dir/run/slapd.pid
argsfile $dir/run/slapd.args
# Whoever runs the demo is the administrator, over the local socket only.
authz-regexp "gidNumber=$(id -g)\\\\+uidNumber=$(id -u),cn=peercred,cn=external,cn=auth" "cn=admin,$suffix"

database mdb
suffix "$suffix"
rootdn "cn=admin,$suffix"
directory $dir/db
maxsize 268435456
index objectClass eq
index entryUUID,entryCSN eq
index uid,mail,cn,member eq
limits dn.exact="cn=latchkey,ou=services,$suffix" size=unlimited time=unlimited

# The least that Latchkey needs: write passwords (not manage: history and quality stay enforced), read and
# delete the lock, read when the password was changed, read the rest.
access to attrs=userPassword
  by dn.exact="cn=latchkey,ou=services,$suffix" =w
  by self =xw
  by anonymous auth
  by * none
access to attrs=pwdAccountLockedTime
  by dn.exact="cn=latchkey,ou=services,$suffix" =zrsc
  by * none
access to *
  by dn.exact="cn=latchkey,ou=services,$suffix" read
  by self read
  by * none

overlay syncprov
syncprov-checkpoint 100 1
syncprov-sessionlog 1000
overlay ppolicy
ppolicy_default "cn=default,ou=policies,$suffix"
ppolicy_use_lockout
CONF

entry() { printf '%s\n' "$@"; echo; }
hash=$(/usr/sbin/slappasswd -h '{SSHA}' -s 'Spring-2026')
service=$(/usr/sbin/slappasswd -h '{SSHA}' -T "$(dirname "$dir")/bind-password")
{
    entry "dn: $suffix" "objectClass: domain" "dc: $(echo "$suffix" | sed 's/^dc=\([^,]*\).*/\1/')"
    for unit in people groups services policies; do
        entry "dn: ou=$unit,$suffix" "objectClass: organizationalUnit" "ou: $unit"
    done
    entry "dn: cn=default,ou=policies,$suffix" "objectClass: device" "objectClass: pwdPolicy" "cn: default" \
        "pwdAttribute: userPassword" "pwdMaxFailure: 4" "pwdLockout: TRUE" "pwdMinLength: 10" "pwdInHistory: 3" \
        "pwdCheckQuality: 2"
    entry "dn: cn=latchkey,ou=services,$suffix" "objectClass: applicationProcess" \
        "objectClass: simpleSecurityObject" "cn: latchkey" "userPassword: $service"
    number=0
    while read -r login given family; do
        number=$((number + 1))
        entry "dn: uid=$login,ou=people,$suffix" "objectClass: inetOrgPerson" "uid: $login" "givenName: $given" \
            "sn: $family" "cn: $given $family" "mail: $login@demo.example" \
            "telephoneNumber: +1202555$(printf '%04d' $((100 + number)))" "userPassword: $hash"
    done < "$(dirname "$0")/people.txt"
    group() {
        local name=$1
        shift
        printf 'dn: cn=%s,ou=groups,%s\nobjectClass: groupOfNames\ncn: %s\n' "$name" "$suffix" "$name"
        for member in "$@"; do printf 'member: %s,%s\n' "$member" "$suffix"; done
        echo
    }
    people() { sed -n "$1,$2p" "$(dirname "$0")/people.txt" | awk '{ print "uid=" $1 ",ou=people" }'; }
    # shellcheck disable=SC2046
    group kitchen $(people 1 6)
    # shellcheck disable=SC2046
    group library $(people 7 14)
    # shellcheck disable=SC2046
    group workshop $(people 15 22)
    group staff cn=kitchen,ou=groups cn=library,ou=groups cn=workshop,ou=groups
    group everybody cn=staff,ou=groups cn=guests,ou=groups
    # shellcheck disable=SC2046
    group guests $(people 23 30) cn=everybody,ou=groups
} > "$dir/people.ldif"
/usr/sbin/slapadd -q -f "$dir/slapd.conf" -b "$suffix" -l "$dir/people.ldif"
