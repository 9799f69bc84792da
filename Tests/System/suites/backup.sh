# shellcheck shell=bash
# A backup and its restore with the commands that README has, under systemd: sockets that would wake the daemon, and root
# who restores what has to be the daemon's.

readonly backups=/var/lib/latchkey/backups
inside install -d -m 0700 -o latchkey "$backups"
check "a backup is made while everything goes on" inside_as player latchkeyctl vault backup "$backups"
file=$(inside sh -c "ls $backups/vault-*.sqlite")
before=$(main_pid)
# shellcheck disable=SC2086
inside systemctl stop latchkeyd.service $sockets
check "stopped with its sockets, nothing wakes the daemon" refuses asks player frontend
restore() { inside env CREDENTIALS_DIRECTORY=/etc/latchkey latchkeyd --restore "$file"; }
check "root restores the backup" restore
check "the vault is the daemon's alone, as it was" is "$(inside stat -c '%a %U' /var/lib/latchkey/vault.sqlite)" "600 latchkey"
check "the daemon is started" inside systemctl start latchkeyd
check "its sockets come with it" is "$(state_of $sockets)" "active "
check "it is another process" test "$(main_pid)" != "$before"
check "and opens what was restored" serves
