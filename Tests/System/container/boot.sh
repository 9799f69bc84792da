#!/bin/bash
# boot.sh ROOT LAYER [NSPAWN-ARGUMENT…]: boots ROOT with its own systemd until it is powered off; reboots go on with the
# same content. Runs in a mount namespace of its own: what is mounted here, the layer too, is gone when it ends.
set -u
root=$1 layer=$2
shift 2

# systemd wants cgroup v2 alone, also on a host that has v1 (or both).
umount -R -l /sys/fs/cgroup 2> /dev/null
mount -t cgroup2 cgroup2 /sys/fs/cgroup || exit 1
group=/sys/fs/cgroup/latchkey-tests-$$
mkdir "$group" && echo $$ > "$group/cgroup.procs" || exit 1
leave() {
    echo $$ > /sys/fs/cgroup/cgroup.procs
    find "$group" -depth -type d -exec rmdir {} \;
}
trap leave EXIT

mount -t tmpfs tmpfs "$layer" && mkdir "$layer/upper" "$layer/work" "$layer/root" || exit 1
mount -t overlay overlay -o "lowerdir=$root,upperdir=$layer/upper,workdir=$layer/work" "$layer/root" || exit 1

status=133
while [ "$status" -eq 133 ]; do
    # Without bpf(2) IPAddressDeny= and DevicePolicy= would not be enforced, and nobody would say so. The other calls are
    # let through so that a refusal is the unit's, not the container's.
    systemd-nspawn --quiet --directory="$layer/root" --register=no --keep-unit --private-network \
        --console=read-only --capability=CAP_SYSLOG --system-call-filter="bpf @keyring clock_settime" "$@" --boot
    status=$?
done
exit "$status"
