# shellcheck shell=bash
# The units, without starting anything: `systemd-analyze verify` has nothing to say, the sandbox scores well enough, the
# contract with the daemon stands in the units, and these checks can fail.

readonly highest_exposure=12 # tenths; redis-server, the best application of Debian 12, has 1.2
units=(latchkeyd.service latchkeyd-frontend.socket latchkeyd-admin.socket)

# A copy of the units whose program exists, so that it works where Latchkey is not installed.
copy_units() {
    mkdir -p "$1"
    for unit in "${units[@]}"; do
        sed "s|^ExecStart=/usr/bin/latchkeyd |ExecStart=/bin/true |" "systemd/$unit" > "$1/$unit" || return 1
    done
}

# systemd-analyze exits 0 on an unknown key and only says so: silence is the proof.
verify_is_silent() {
    local said status
    said=$(cd "$1" && SYSTEMD_UNIT_PATH="$1:" systemd-analyze verify --man=no "${units[@]/#/$1/}" 2>&1)
    status=$?
    [ -z "$said" ] && [ "$status" -eq 0 ] && return 0
    printf 'exit %s: %s\n' "$status" "$said"
    return 1
}

exposure_is_low() {
    local said
    said=$(systemd-analyze security --offline=yes --no-pager --threshold="$highest_exposure" "$1/latchkeyd.service" 2>&1) \
        && return 0
    printf '%s\n' "$said" | grep -E '✗|Overall' || printf '%s\n' "$said"
    return 1
}

# Each line must stand in the unit as it is; the daemon and its clients rely on it.
unit_says() {
    local unit=$1 line missing=0
    shift
    for line in "$@"; do
        grep -qxF -- "$line" "systemd/$unit" || { printf 'missing in %s: %s\n' "$unit" "$line"; missing=1; }
    done
    return $missing
}

configured_first() {
    for unit in "${units[@]}"; do unit_says "$unit" ConditionPathExists=/etc/latchkey/latchkey.yaml || return 1; done
}

unit_never_sets() {
    local unit=$1 key
    shift
    for key in "$@"; do
        ! grep -E "^$key=" "systemd/$unit" || return 1
    done
}

# broken NAME UNIT SED-COMMAND: a copy of the units with one of them spoilt; prints the folder.
broken() {
    local folder="$work/$1"
    copy_units "$folder" && sed -i "$3" "$folder/$2" && ! cmp -s "$work/good/$2" "$folder/$2" && printf '%s' "$folder"
}

copy_units "$work/good"

check "systemd-analyze verify has nothing to say about the three units" verify_is_silent "$work/good"
check "the service's exposure is at most 1.2" exposure_is_low "$work/good"
measured "$(systemd-analyze security --offline=yes --no-pager "$work/good/latchkeyd.service" | tail -n 1)"

check "the service says when it is ready, is watched, and is not restarted on a wrong configuration" \
    unit_says latchkeyd.service Type=notify NotifyAccess=main WatchdogSec=30 Restart=on-failure RestartPreventExitStatus=78
check "the service runs the program with its configuration on both sockets" \
    unit_says latchkeyd.service "ExecStart=/usr/bin/latchkeyd --config /etc/latchkey/latchkey.yaml" \
    "Sockets=latchkeyd-frontend.socket latchkeyd-admin.socket"
check "secrets come as credentials" \
    unit_says latchkeyd.service LoadCredential=bind-password:/etc/latchkey/bind-password \
    LoadCredential=vault-key:/etc/latchkey/vault-key
check "no memory of the daemon reaches a disk" unit_says latchkeyd.service LimitCORE=0 MemorySwapMax=0
check "nothing starts before there is a configuration" configured_first
check "peers' uids stay visible, and stopping the service takes no socket away" \
    unit_never_sets latchkeyd.service PrivateUsers RuntimeDirectory DynamicUser
for name in frontend admin; do
    check "the $name socket has its path, name, group and mode" \
        unit_says "latchkeyd-$name.socket" "ListenStream=/run/latchkey/$name.sock" "FileDescriptorName=$name" \
        "SocketGroup=latchkey-$name" SocketMode=0660 DirectoryMode=0755 Service=latchkeyd.service
done

# What is on this machine already, systemd-sysusers passes over in silence.
names_accounts() {
    local said
    said=$(systemd-sysusers --dry-run "$PWD/systemd/latchkey.sysusers.conf" 2>&1) || { echo "$said"; return 1; }
    for account in latchkey latchkey-frontend latchkey-admin; do
        getent group "$account" > /dev/null || grep -q "'$account'" <<< "$said" || { echo "no $account: $said"; return 1; }
    done
}
check "sysusers.d makes the account and both groups" names_accounts
mkdir -p "$work/root/etc"
printf 'root:x:0:0::/:/bin/sh\nlatchkey:x:990:990::/:/bin/sh\n' > "$work/root/etc/passwd"
printf 'root:x:0:\nlatchkey:x:990:\n' > "$work/root/etc/group"
makes_folder() {
    local said
    said=$(systemd-tmpfiles --root="$work/root" --create "$PWD/systemd/latchkey.tmpfiles.conf" 2>&1)
    [ -d "$work/root/etc/latchkey" ] && [ "$(stat -c %a "$work/root/etc/latchkey")" = 750 ] || { echo "$said"; return 1; }
}
check "tmpfiles.d makes the configuration's folder for the daemon alone" makes_folder

unknown_key=$(broken unknown-key latchkeyd.service 's/^WatchdogSec=/WatchdogSecs=/')
check "verify notices an unknown key" refuses verify_is_silent "${unknown_key:?}"
unknown_socket_key=$(broken unknown-socket-key latchkeyd-admin.socket 's/^SocketMode=/SocketModes=/')
check "verify notices an unknown key in a socket unit" refuses verify_is_silent "${unknown_socket_key:?}"
no_program=$(broken no-program latchkeyd.service 's|^ExecStart=.*|ExecStart=/nonexistent/latchkeyd|')
check "verify notices a program that is not there" refuses verify_is_silent "${no_program:?}"
open_filter=$(broken open-filter latchkeyd.service '/^SystemCallFilter=/d')
check "the exposure notices a missing system call filter" refuses exposure_is_low "${open_filter:?}"
all_capabilities=$(broken all-capabilities latchkeyd.service '/^CapabilityBoundingSet=/d')
check "the exposure notices a missing bound on capabilities" refuses exposure_is_low "${all_capabilities:?}"
check "a missing line is noticed" refuses unit_says latchkeyd.service Type=simple
check "a forbidden key is noticed" refuses unit_never_sets latchkeyd.service UMask
