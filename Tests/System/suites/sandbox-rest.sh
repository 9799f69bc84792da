# shellcheck shell=bash
# What no probe of one process shows: what is allowed all the same, what goes with the service, what the kernel says of
# the daemon itself, and that no line of the sandbox was forgotten.

check "in the whole unit the directory can be reached" is "${within_unit[loopback]-}" allowed
check "a call that the filter refuses is an error, not the end" is "${within_unit[refused-call]-}" "denied EPERM"

covered+=(SystemCallErrorNumber=EPERM SystemCallFilter=~setpriority:0)
check "setpriority(2) is refused without a word: nothing fails, and nothing changes" is \
    "$(probe priority SystemCallFilter=@system-service "SystemCallFilter=~@privileged @resources" SystemCallFilter=~setpriority:0)" \
    "priority denied 0"
check "without that line it would fail" is \
    "$(probe priority SystemCallFilter=@system-service "SystemCallFilter=~@privileged @resources" SystemCallErrorNumber=EPERM)" \
    "priority denied EPERM"

# Of a user who runs nothing else, or there is a next one who may want it.
queues() { inside ipcs -q | grep -c stranger; }
leave_queue() { probe leave-queue User=stranger "$@" > /dev/null; queues; }
covered+=(RemoveIPC=yes)
check "RemoveIPC=yes takes away what the service left" is "$(leave_queue RemoveIPC=yes)" 0
check "which stays without it" is "$(leave_queue RemoveIPC=no)" 1

covered+=(KeyringMode=private)
probe leave-key KeyringMode=inherit > /dev/null
keyring() { probe keyring "$@"; }
check "KeyringMode=private: a key of the caller's keyring is not found" is "$(keyring KeyringMode=private)" "keyring denied ENOKEY"
check "which is found without it" is "$(keyring KeyringMode=inherit)" "keyring allowed"

covered+=(AmbientCapabilities=)
of_daemon() { inside sed -n "s/^$1:[[:space:]]*//p" "/proc/$(main_pid)/status"; }
check "the daemon has no capability, and can get none" is \
    "$(of_daemon CapEff) $(of_daemon CapPrm) $(of_daemon CapBnd) $(of_daemon CapAmb) $(of_daemon NoNewPrivs)" \
    "0000000000000000 0000000000000000 0000000000000000 0000000000000000 1"
check "its system calls are filtered" is "$(of_daemon Seccomp)" 2
check "it is its own user" is "$(of_daemon Uid | tr '\t' '\n' | sort -u)" "$(inside id -u latchkey)"

# The whole section from NoNewPrivileges= on is the sandbox.
forgotten() {
    local line
    inside sed -n '/^NoNewPrivileges=/,/^\[Install\]/{/^[A-Z]/p}' "$unit" | while read -r line; do
        printf '%s\n' "${covered[@]}" | grep -qxF -- "$line" || echo "$line"
    done
}
check "no line of the sandbox is without a probe" silent forgotten

# Who may be talked to: the shipped drop-in lets this host through, and nobody else.
inside ip address add 192.0.2.1/32 dev lo 2> /dev/null
inside systemd-run --quiet --unit=elsewhere python3 -m http.server --bind 192.0.2.1 3891
is_allowed() { is "$(probe elsewhere)" "elsewhere allowed"; }
check "without the drop-in other hosts are reached" within 5 is_allowed
site() { probe "$1" IPAddressDeny=any IPAddressAllow=localhost; }
refused_elsewhere() { [[ "$(site elsewhere)" = "elsewhere denied "* ]]; }
check "with it they are not" refused_elsewhere
check "and this host's servers are" is "$(site loopback)" "loopback allowed"
