#!/bin/bash
# Configures an installed Latchkey for the demo's story: its directory and a gateway for messages run as the ordinary
# user `player`, who is a member of both groups and so both front end and administrator.
set -euo pipefail
demo=/opt/latchkey-demo
home=/home/player
suffix="dc=demo,dc=example"

id player > /dev/null 2>&1 || useradd --create-home --groups latchkey-frontend,latchkey-admin player
as_player() { runuser -u player -- "$@"; }
as_player mkdir -p "$home/spool"
as_player sh -c "umask 077; head -c 18 /dev/urandom | base64 | tr -d '\n' > $home/bind-password"
as_player bash "$demo/directory.sh" "$home/ldap" "$suffix"

service() { # service NAME COMMAND : a unit of the player's
    printf '[Service]\nUser=player\nExecStart=%s\nRestart=on-failure\n[Install]\nWantedBy=multi-user.target\n' "$2" \
        > "/etc/systemd/system/$1.service"
    systemctl enable --quiet --now "$1"
}
ldapi="ldapi://${home//\//%%2F}%%2Fldap%%2Frun%%2Fldapi"
service demo-directory "/usr/sbin/slapd -d 0 -f $home/ldap/slapd.conf -h '$ldapi ldap://127.0.0.1:3890'"
service demo-gateway "/usr/bin/python3 -B /opt/latchkey-tests/gateway.py $home/spool"

umask 077
head -c 32 /dev/urandom | base64 > /etc/latchkey/vault-key
cp "$home/bind-password" /etc/latchkey/bind-password
umask 022
{
    sed -e '/^demo:/d' \
        -e 's|file:@DIR@/|credential:|; s|@DIR@/state|/var/lib/latchkey|; s|@DIR@/\([a-z]*.sock\)|/run/latchkey/\1|g' \
        -e 's|transport: spool, directory: "@DIR@/spool"|transport: http, url: "http://127.0.0.1:8025/messages"|' \
        -e "s|@SERVER@|ldap://127.0.0.1:3890|; s|@SUFFIX@|$suffix|g; s|@USER@|player|g" "$demo/latchkey.yaml.in"
    echo 'administrators: [{ group: latchkey-admin, may: [all] }]'
} > /etc/latchkey/latchkey.yaml
until as_player ldapsearch -x -LLL -H ldap://127.0.0.1:3890 -s base -b "" 1.1 > /dev/null 2>&1; do sleep 0.05; done
CREDENTIALS_DIRECTORY=/etc/latchkey latchkeyd --check
