# shellcheck shell=bash
# Another version over this one and back, with everybody's data in place; and what removing and purging leave.

readonly work_deb="$work/repacked"
# repack NAME VERSION [STEP]: the package as a later build of the same tree; STEP: one whose vault has that step more.
repack() {
    rm -rf "$work_deb"
    dpkg-deb -R "$work/packages/latchkey.deb" "$work_deb"
    sed -i "s/^Version: .*/Version: $2/" "$work_deb/DEBIAN/control"
    if [ -n "${3:-}" ]; then
        echo "$3" >> "$work_deb/usr/share/latchkey/vault-schema"
        sed -i "s/^known=\"/&$3 /" "$work_deb/DEBIAN/preinst"
    fi
    dpkg-deb -Znone --build "$work_deb" "$work/packages/$1.deb" > /dev/null
}
dpkg_install() { inside dpkg --install "/opt/packages/$1.deb"; }
version_is() { is "$(inside dpkg-query -W -f '${db:Status-Status} ${Version}' latchkey)" "installed $1"; }
steps() { inside python3 -c 'import sqlite3; print(*[row[0] for row in sqlite3.connect("file:/var/lib/latchkey/vault.sqlite?mode=ro", uri=True).execute("SELECT identifier FROM grdb_migrations")])' | tr ' ' '\n' | sort; }
check "the shipped list of the vault's schema is what the daemon wrote" \
    is "$(steps)" "$(inside sort /usr/share/latchkey/vault-schema)"

current=$(inside dpkg-query -W -f '${Version}' latchkey)
check "a later build, and one whose vault has a step more, are made" eval 'repack later "$current+later" && repack next "$current+next" of-next'
generation() { inside_as player latchkeyctl --json status | inside jq .freshness.generation; }
before="$(generation)" was=$(main_pid)
inside rm -f /run/upgraded
# Requests go on all the time; every one of them wants its answer.
knock --until /run/upgraded > "$work/knocks" 2>&1 &
knocking=$!
check "an upgrade with data in place" dpkg_install later
check "serves the same people from the same vault" serves
inside touch /run/upgraded
wait "$knocking"
lost=$?
check "while it was under way every request was answered" eval 'cat "$work/knocks"; [ "$lost" -eq 0 ]'
measured "$(head -n 1 "$work/knocks")"
check "the daemon was restarted" test "$(main_pid)" != "$was"
check "the mirror went on where it was" test "$(generation)" -ge "$before"
check "the new version is there" version_is "$current+later"
check "back to a version that knows the vault's schema" dpkg_install latchkey
check "works, with the same data" serves

check "an upgrade to a version whose vault has a step more" dpkg_install next
refused() { ! dpkg_install latchkey > "$work/refusal" 2>&1 && grep -F 'does not know the step "of-next"' "$work/refusal"; }
check "back from there is refused, with the reason" refused
check "the later version stays installed" version_is "$current+next"
check "and goes on serving" serves

# If somebody forces it, the daemon itself refuses to open what it does not know.
vault_step() { inside python3 -c 'import sqlite3, sys; database = sqlite3.connect("/var/lib/latchkey/vault.sqlite"); database.execute(sys.argv[1], ["of-next"]); database.commit()' "$1"; }
inside systemctl stop latchkeyd 2> /dev/null
vault_step 'INSERT INTO grdb_migrations VALUES (?)'
check "a daemon does not open a later version's vault" refuses inside systemctl start latchkeyd
check "ends with status 78" is "$(inside systemctl show --value --property ExecMainStatus latchkeyd)" 78
check "and says so" eval 'inside journalctl -u latchkeyd --no-pager --output=cat | grep -q "was written by a later version of Latchkey"'
vault_step 'DELETE FROM grdb_migrations WHERE identifier = ?'
check "with its own it starts" restart
check "and serves" serves

check "the package is removed" inside apt-get -qq remove -y latchkey
check "the daemon and its sockets are gone" refuses inside sh -c 'pgrep -x latchkeyd || ls /run/latchkey/*.sock'
check "configuration and state are not" inside ls /etc/latchkey/vault-key /var/lib/latchkey/vault.sqlite
purge() { inside apt-get -qq purge -y latchkey > "$work/purge" 2>&1 && grep 'deleting /var/lib/latchkey.*vault.sqlite' "$work/purge"; }
check "a purge says what it deletes" purge
check "and then nothing is left of it" refuses inside sh -c 'ls -d /etc/latchkey /var/lib/latchkey /etc/systemd/system/*/latchkeyd*'
check "and nothing has failed" eval 'inside systemctl reset-failed; is "$(inside systemctl is-system-running)" running'
