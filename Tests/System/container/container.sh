# shellcheck shell=bash
# A container for the tests: start, commands inside, reboot, stop. Expects `work`, a folder that is deleted at the end.

boot=""

# container_start ROOT [NSPAWN-ARGUMENT…]
container_start() {
    local root=$1
    shift
    mkdir "$work/layer"
    setsid unshare --mount --propagation private \
        bash "$here/container/boot.sh" "$root" "$work/layer" "$@" < /dev/null > "$work/boot.log" 2>&1 &
    boot=$!
    container_answers || { cat "$work/boot.log" >&2; return 1; }
}

# The container's first process: the child of systemd-nspawn, which is boot.sh's.
leader() {
    local nspawn
    nspawn=$(pgrep -P "$boot" -x systemd-nspawn) && pgrep -P "$nspawn" | head -n 1
}

inside() {
    local process
    process=$(leader) || { echo "the container does not run" >&2; return 125; }
    nsenter --target "$process" --mount --uts --ipc --net --pid --cgroup --root --wdns=/ -- \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}
inside_as() { # inside_as USER COMMAND…
    local user=$1
    shift
    inside runuser -u "$user" -- "$@"
}
install_inside() { inside apt-get -qq install -y --no-install-recommends "$@"; }

# Waits until everything has started: "running", or "degraded", which a check of its own tells.
container_answers() {
    local end=$((SECONDS + 180))
    until inside systemctl is-system-running --wait 2> /dev/null | grep -qE 'running|degraded'; do
        kill -0 "$boot" 2> /dev/null && [ $SECONDS -lt $end ] || return 1
        sleep 0.05
    done
}

container_reboot() {
    local before end=$((SECONDS + 60))
    before=$(leader)
    inside systemctl reboot > /dev/null 2>&1
    while [ "$(leader)" = "$before" ]; do [ $SECONDS -lt $end ] || return 1; sleep 0.05; done
    container_answers
}

# Whatever happened: its processes end with its first one, its mounts with boot.sh.
container_stop() {
    local process
    [ -n "$boot" ] || return 0
    if process=$(leader) && [ -n "$process" ]; then kill -KILL "$process" 2> /dev/null; else kill "$boot" 2> /dev/null; fi
    wait "$boot" 2> /dev/null
    boot=""
}
