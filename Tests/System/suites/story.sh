# shellcheck shell=bash
# The whole story of `make demo`, played by an ordinary user on the daemon in its sandbox; and that it is quiet.

story() {
    inside_as player bash /opt/latchkey-tests/story.sh > "$work/story.log" 2>&1 || { tail -n 15 "$work/story.log"; return 1; }
}
check "the story of make demo passes as an ordinary user, with all of the sandbox on" story
measured "$(grep -c '✓' "$work/story.log") of its steps held"

# What the person's values look like is in the story; root can read the files, and finds none of them.
in_clear() { inside grep -rqa -e "$1" /var/lib/latchkey; }
check "root reads the daemon's files, and the directory's names are in them" in_clear ada@demo.example
check "the values that people registered are not" refuses in_clear ada.private
check "nor is the number" refuses in_clear 2025550142
check "state and databases are the daemon's alone" is \
    "$(inside stat -c '%a %U' /var/lib/latchkey /var/lib/latchkey/vault.sqlite /var/lib/latchkey/mirror.sqlite | sort -u | tr '\n' ' ')" \
    "600 latchkey 700 latchkey "

# The sockets' modes: who is in neither group reaches neither.
inside useradd stranger
asks() { inside_as "$1" curl -sS --unix-socket "/run/latchkey/$2.sock" -o /dev/null -w '%{http_code}' http://localhost/v1/registration; }
check "who is in neither group is refused by the front ends' socket" refuses asks stranger frontend
check "and by the administrators'" refuses asks stranger admin
inside usermod --append --groups latchkey-frontend stranger
check "a member of the group who is no front end gets 403" is "$(asks stranger frontend)" 403

daemon_log() { inside journalctl _COMM=latchkeyd --output=cat --no-pager "$@"; }
is_quiet() { ! daemon_log "$@" | grep -vE '^(latchkeyd serves|caught up with the directory|the audit ends at)( |$)'; }
check "the journal has the start and the first sync, and not a word more" is_quiet
check "and it has these" test "$(daemon_log | wc -l)" -ge 2
start_id=$(sed -n 's/^| `\([0-9a-f]*\)` | latchkeyd serves |.*/\1/p' etc/journal.md)
by_id() { inside journalctl -u latchkeyd "MESSAGE_ID=$start_id" --output=verbose --no-pager; }
check "the start is found by its id, with the version as a field" eval 'by_id | grep -q "LATCHKEY_VERSION="'
