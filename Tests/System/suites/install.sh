# shellcheck shell=bash
# The package on a fresh Debian: it brings what it needs, starts nothing, and the story is played after the configuration.

state_of() { inside systemctl is-active "$@" | sort -u | tr '\n' ' '; }
readonly sockets="latchkeyd-frontend.socket latchkeyd-admin.socket"

# slapd is not in the way: the directory is the player's own.
inside systemctl mask --quiet slapd 2> /dev/null
check "the package installs with what it depends on" install_inside /opt/packages/latchkey.deb
# shellcheck disable=SC2086
nothing_runs() { is "$(state_of latchkeyd.service $sockets)" "inactive " && is "$(inside systemctl is-system-running)" running; }
check "before it is configured nothing runs, and nothing has failed" nothing_runs
check "its units are switched on" is "$(inside systemctl is-enabled latchkeyd.service $sockets | sort -u)" enabled
check "systemd-analyze verify has nothing to say about the installed units" \
    silent inside systemd-analyze verify --man=no /lib/systemd/system/latchkeyd.service \
    /lib/systemd/system/latchkeyd-frontend.socket /lib/systemd/system/latchkeyd-admin.socket
check "the daemon has an account of its own, and /etc/latchkey is its alone" \
    is "$(inside stat -c '%a %U %G' /etc/latchkey) $(inside getent passwd latchkey | cut -d: -f6,7)" \
    "750 root latchkey /var/lib/latchkey:/usr/sbin/nologin"

# shellcheck disable=SC2086
install_inside slapd ldap-utils curl jq openssl > "$work/tools.log" 2>&1 || cat "$work/tools.log"
check "the configuration has no faults" inside bash /opt/latchkey-tests/configure.sh

# The sockets first: whoever connects to one wakes the daemon.
inside systemctl start $sockets
check "with the sockets open the daemon does not run yet" is "$(state_of latchkeyd.service)" "inactive "
begun=$EPOCHREALTIME
check "who connects is answered: the socket starts the daemon" \
    is "$(inside_as player curl -sS --unix-socket /run/latchkey/frontend.sock http://localhost/health)" '{"status":"ok"}'
measured "the first answer came $(since "$begun") ms after the connection"
check "the daemon runs" is "$(state_of latchkeyd.service)" "active "
