# shellcheck shell=bash
# Credentials, the drop-ins that are shipped, and a boot: what an operator sets up once.

readonly examples=/usr/share/doc/latchkey/examples/systemd
readonly drop_ins=/etc/systemd/system/latchkeyd.service.d
main_pid() { inside systemctl show --value --property MainPID latchkeyd; }
restart() {
    inside sh -c 'systemctl daemon-reload; systemctl reset-failed latchkeyd; systemctl restart latchkeyd' || inside systemctl status --no-pager latchkeyd
}
# Everybody is there, and ada's methods can be opened: the mirror goes on, and the vault has its key.
serves() {
    within 20 people_are 30 && inside_as player latchkeyctl methods list ada | grep -q verified
}
people_are() { is "$(inside_as player latchkeyctl --json status | inside jq .users)" "$1"; }

credential() { inside stat -c '%a %U' "/run/credentials/latchkeyd.service/$1"; }
check "the secrets are handed over as files that nobody can write" is "$(credential vault-key)" "$(credential bind-password)"
measured "mode and owner of a credential: $(credential vault-key)"
readable() { inside_as "$1" cat /run/credentials/latchkeyd.service/vault-key; }
check "and that no other user reads" refuses readable player
check "root's own files have mode 600" is "$(inside stat -c '%a %U' /etc/latchkey/vault-key /etc/latchkey/bind-password | sort -u)" "600 root"
told() { inside sh -c "tr '\0' '\n' < /proc/$(main_pid)/environ; tr '\0' '\n' < /proc/$(main_pid)/cmdline" | grep -F "$(inside cat "/etc/latchkey/$1")"; }
check "no secret stands in the daemon's environment or arguments" refuses told bind-password
check "nor does the key" refuses told vault-key

inside mkdir -p "$drop_ins"
encrypt() { inside systemd-creds encrypt --with-key=host --name="$1" "/etc/latchkey/$1" "/etc/latchkey/$1.cred"; }
inside systemd-creds setup > /dev/null 2>&1
check "credentials are encrypted with the host's key" eval 'encrypt vault-key && encrypt bind-password'
inside sh -c "mkdir -m 700 /root/plain; mv /etc/latchkey/vault-key /etc/latchkey/bind-password /root/plain"
inside cp "$examples/encrypted-credentials.conf" "$drop_ins"
check "with the shipped drop-in the daemon starts from encrypted credentials alone" restart
check "and opens the same vault" serves
inside sh -c "head -c 40 /etc/latchkey/vault-key.cred > /root/short; cp /etc/latchkey/vault-key.cred /root/whole; cp /root/short /etc/latchkey/vault-key.cred"
check "a credential that somebody cut short starts nothing" refuses inside sh -c 'systemctl reset-failed latchkeyd; systemctl restart latchkeyd'
inside cp /root/whole /etc/latchkey/vault-key.cred
inside sh -c "rm $drop_ins/encrypted-credentials.conf; mv /root/plain/* /etc/latchkey"

# Addresses of the container's own loopback device stand for other hosts.
inside ip address add 192.0.2.1/32 dev lo
exposure() { inside systemd-analyze security --no-pager latchkeyd.service | grep -o 'level for.*: [0-9.]*' | grep -o '[0-9.]*$'; }
before=$(exposure)
inside cp "$examples/site-servers.conf" "$drop_ins"
check "with the shipped drop-in that names the site's servers the daemon reaches its directory" restart
check "and serves" serves
after=$(exposure)
measured "exposure: $before; with the site's servers named: $after"
check "its exposure is lower than without" test "${after/./}" -lt "${before/./}"
check "and without it at most 1.2" test "${before/./}" -le 12
inside rm "$drop_ins/site-servers.conf"

edit() { inside sed -i "$1" /etc/latchkey/latchkey.yaml; }
same=$(main_pid)
edit 's/^log: .*//; $a log: { level: debug }'
check "a reload puts the changed configuration in force" inside systemctl reload latchkeyd
check "in the same process" is "$(main_pid)" "$same"
logged() { inside journalctl _COMM=latchkeyd --output=cat --no-pager | grep -q "$1"; }
check "and says so" within 5 logged 'read again and is in force'
edit 's/^log: .*/log: { level: loud }/'
inside systemctl reload latchkeyd
check "one with a fault is refused with its line, and the old one stays" within 5 logged 'the one in force stays.*log.level'
check "and it serves on" serves
edit 's/^log: .*//'
check "put right, it is in force again" inside systemctl reload latchkeyd

check "after a reboot" container_reboot
check "the sockets and the daemon are there by themselves" within 20 is \
    "$(inside systemctl is-active latchkeyd.service latchkeyd-frontend.socket latchkeyd-admin.socket | sort -u)" active
check "with the same people and the same vault" serves
check "and nothing has failed" is "$(inside systemctl is-system-running)" running
measured "boot: $(inside systemd-analyze | head -n 1)"
started() { inside systemctl show --value --property "$1" latchkeyd; }
measured "the daemon was ready $((($(started ActiveEnterTimestampMonotonic) - $(started ExecMainStartTimestampMonotonic)) / 1000)) ms after it was started"
