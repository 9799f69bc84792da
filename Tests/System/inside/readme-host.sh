#!/bin/bash
# A host as README's examples name it: the directory ldaps://ldap1.example.org with a certificate of the site's authority,
# a service account, anna in the group staff, and a mail server on port 25.   readme-host.sh README
set -euo pipefail
readme=$1
dir=/srv/example
suffix=dc=example,dc=org
mkdir -p "$dir/db" /var/mail/out
chmod 711 "$dir"

# The block of README that holds the words.
block() { awk -v words="$1" '/^```/ { if (open && text ~ words) printf "%s", text; open = !open; text = ""; next } open { text = text $0 "\n" }' "$readme"; }

echo '127.0.0.1 ldap1.example.org' >> /etc/hosts
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=ExampleCA -keyout "$dir/ca.key" \
    -out /usr/local/share/ca-certificates/example.crt 2> /dev/null
openssl req -newkey rsa:2048 -nodes -subj /CN=ldap1.example.org -keyout "$dir/key.pem" -out "$dir/request.pem" 2> /dev/null
openssl x509 -req -in "$dir/request.pem" -CA /usr/local/share/ca-certificates/example.crt -CAkey "$dir/ca.key" -days 30 \
    -extfile <(echo 'subjectAltName=DNS:ldap1.example.org') -out "$dir/certificate.pem" 2> /dev/null
update-ca-certificates > /dev/null

{
    printf 'include /etc/ldap/schema/%s.schema\n' core cosine inetorgperson
    printf 'modulepath /usr/lib/ldap\nmoduleload back_mdb\nmoduleload syncprov\nmoduleload ppolicy\n'
    printf 'TLSCertificateFile %s\nTLSCertificateKeyFile %s\n' "$dir/certificate.pem" "$dir/key.pem"
    printf 'database mdb\nsuffix "%s"\nrootdn "cn=admin,%s"\ndirectory %s\nindex entryUUID,entryCSN,uid,member eq\n' \
        "$suffix" "$suffix" "$dir/db"
    printf 'overlay ppolicy\nppolicy_default "cn=default,%s"\nppolicy_use_lockout\n' "$suffix"
    block 'access to attrs=userPassword'
} > "$dir/slapd.conf"
secret=$(sed -n "s/.*printf %s '\(.*\)' > .*bind-password.*/\1/p" "$readme")
ldap_entry() { printf '%s\n' "$@"; echo; }
{
    ldap_entry "dn: $suffix" "objectClass: domain" "dc: example"
    for unit in people groups services; do ldap_entry "dn: ou=$unit,$suffix" "objectClass: organizationalUnit" "ou: $unit"; done
    ldap_entry "dn: cn=default,$suffix" "objectClass: device" "objectClass: pwdPolicy" "cn: default" \
        "pwdAttribute: userPassword" "pwdMaxFailure: 4" "pwdLockout: TRUE" "pwdInHistory: 3" "pwdCheckQuality: 2"
    ldap_entry "dn: cn=latchkey,ou=services,$suffix" "objectClass: applicationProcess" "objectClass: simpleSecurityObject" \
        "cn: latchkey" "userPassword: $(slappasswd -n -s "$secret")"
    ldap_entry "dn: uid=anna,ou=people,$suffix" "objectClass: inetOrgPerson" "uid: anna" "cn: Anna Example" "sn: Example" \
        "mail: anna@example.org" "userPassword: $(slappasswd -n -s Spring-2026)"
    ldap_entry "dn: uid=alice,ou=people,$suffix" "objectClass: inetOrgPerson" "uid: alice" "cn: Alice Example" "sn: Example"
    ldap_entry "dn: cn=staff,ou=groups,$suffix" "objectClass: groupOfNames" "cn: staff" "member: uid=anna,ou=people,$suffix"
} | slapadd -q -f "$dir/slapd.conf" -b "$suffix"
chown -R openldap "$dir/db" "$dir"/*.pem

cat > "$dir/mail.py" <<'P'
import asyncore, itertools, os, smtpd
number = itertools.count(1)
class Server(smtpd.SMTPServer):
    def process_message(self, peer, sender, recipients, data, **_):
        path = "/var/mail/out/%04d" % next(number)
        with open(path + ".new", "wb") as file:
            file.write(data)
        os.rename(path + ".new", path)
Server(("127.0.0.1", 25), None)
asyncore.loop()
P
systemd-run --quiet --unit=example-directory /usr/sbin/slapd -d 0 -u openldap -f "$dir/slapd.conf" -h ldaps://ldap1.example.org
systemd-run --quiet --unit=example-mail /usr/bin/python3 -W ignore "$dir/mail.py"
# Debian's tools know the system's authorities only with the recommended libldap-common.
export LDAPTLS_CACERT=/etc/ssl/certs/ca-certificates.crt
until ldapsearch -x -LLL -H ldaps://ldap1.example.org -s base -b "" 1.1 > /dev/null 2>&1; do sleep 0.05; done
