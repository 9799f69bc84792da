# shellcheck shell=bash
# Hung, killed, misconfigured: what systemd makes good, and what it leaves to the operator.

restarts() { inside systemctl show --value --property NRestarts latchkeyd; }
knock() { inside_as player python3 -B /opt/latchkey-tests/knock.py /run/latchkey/frontend.sock "$@"; }
readonly test_drop_in=/run/systemd/system/latchkeyd.service.d
inside mkdir -p "$test_drop_in"
inside touch /root/before

# Thirty seconds as in the unit are long for a test: only the time is another.
inside sh -c "printf '[Service]\nWatchdogSec=5\n' > $test_drop_in/watchdog.conf"
restart
hung=$(main_pid)
inside kill -STOP "$hung"
begun=$EPOCHREALTIME
check "hung on purpose: fifty connections that came meanwhile are all answered, by another process" knock 50
measured "the last was answered $(since "$begun") ms after the daemon was stopped"
check "the watchdog killed it" within 5 eval 'inside journalctl -u latchkeyd --no-pager --output=cat | grep -q "Watchdog timeout"'
check "systemd started it again by itself" test "$(restarts)" -eq 1
check "it is another process" test "$(main_pid)" != "$hung"
inside rm "$test_drop_in/watchdog.conf"
restart

killed=$(main_pid)
begun=$EPOCHREALTIME
inside kill -KILL "$killed"
check "killed by kill -9: fifty connections that came meanwhile are all answered" knock 50
measured "the last was answered $(since "$begun") ms after the kill"
check "systemd started it again by itself" test "$(restarts)" -eq 1
check "with everything that was there" serves

# Neither left its memory on the disk: neither the abort by the watchdog nor a crash.
inside kill -SEGV "$(main_pid)"
check "crashed by SIGSEGV: the connections that came meanwhile are all answered" knock 10
cores() { inside find / -xdev -newer /root/before -type f \( -name 'core' -o -name 'core.*' -o -name '*.core' \); }
check "hung, killed and crashed, it left no core file" silent cores
check "since it may have none" is "$(inside sh -c "sed -n 's/^Max core file size *//p' /proc/$(main_pid)/limits" | tr -s ' ')" "0 0 bytes "

# Restarted in the middle of requests: who is being answered is, and who comes meanwhile waits.
inside rm -f /run/restarted
knock --until /run/restarted > "$work/knocks" 2>&1 &
knocking=$!
check "five restarts under load" eval 'for _ in 1 2 3 4 5; do restart || return 1; done'
inside touch /run/restarted
wait "$knocking"
lost=$?
check "lost no request" eval 'cat "$work/knocks"; [ "$lost" -eq 0 ]'
measured "$(head -n 1 "$work/knocks")"

# systemctl is told "started" only once the sockets answer; a wrong configuration is not tried again and again.
inside sh -c 'cp /etc/latchkey/latchkey.yaml /root; echo "nonsense: 1" >> /etc/latchkey/latchkey.yaml; systemctl reset-failed latchkeyd'
check "a wrong configuration does not start" refuses inside systemctl restart latchkeyd
check "ends with status 78" is "$(inside systemctl show --value --property ExecMainStatus latchkeyd)" 78
check "is not tried again" is "$(restarts)" 0
check "and the journal names the line" eval 'inside journalctl -u latchkeyd --no-pager --output=cat | grep -q "nonsense: unknown key"'
inside cp /root/latchkey.yaml /etc/latchkey/latchkey.yaml
check "put right, it starts" restart
check "and serves" serves
