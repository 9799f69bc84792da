# shellcheck shell=bash
# Each line of the sandbox denies what it claims: the same probe is allowed without any line, denied with that line alone,
# and denied under the whole unit as it is installed, for the daemon's own user.

readonly unit=/lib/systemd/system/latchkeyd.service
declare -A without=() unprivileged=() within_unit=()
covered=()

# read_probes MAP < "NAME allowed|denied ERRNO" lines
read_probes() {
    local -n map=$1
    local name said
    while read -r name said; do map[$name]=$said; done
}
probe() { # probe NAME [PROPERTY…]
    local name=$1
    shift
    inside systemd-run --quiet --wait --pipe --collect --property=RuntimeMaxSec=30 "${@/#/--property=}" \
        python3 -B /opt/latchkey-tests/probe.py "$name" 2>&1
}

# What a service must not see or touch, and a queue that stands outside of it.
inside sh -c '
    mkdir -p /opt/latchkey-marks /usr/lib/modules; cp /usr/bin/id /opt/latchkey-marks/set-uid-id
    chmod 4755 /opt/latchkey-marks/set-uid-id
    touch /opt/latchkey-marks/owned /root/mark /tmp/mark /usr/lib/modules/mark; chmod 644 /tmp/mark
    printf "\270\024\000\000\000\315\200\303" > /opt/latchkey-marks/foreign-call # mov $20, %eax; int $0x80; ret
    python3 -c "import ctypes; ctypes.CDLL(None).msgget(4711, 0o1666)"'
# A device that is none of the few that every service may have; opening it does nothing.
for device in fuse loop-control net/tun hwrng; do
    [ ! -c "/dev/$device" ] || { inside mknod -m 666 /opt/latchkey-marks/device c $(stat -c '0x%t 0x%T' "/dev/$device"); break; }
done

# A copy of the unit that runs the probes in the daemon's place; its sandbox is the installed one, line by line.
install_probe_unit() { # install_probe_unit NAME [SED-COMMAND]
    inside sh -c "sed -e '/^\(Type\|NotifyAccess\|Sockets\|WatchdogSec\|Restart\|RestartSec\|RestartPreventExitStatus\)=/d' \
        -e 's|^ExecStart=.*|ExecStart=/usr/bin/python3 -B /opt/latchkey-tests/probe.py all|' -e '/^\[Install\]/,\$d' \
        ${2:+-e '$2'} $unit > /run/systemd/system/$1.service
        printf 'Type=oneshot\nStandardOutput=truncate:/run/$1.out\n' >> /run/systemd/system/$1.service
        systemctl daemon-reload; systemctl start $1.service; cat /run/$1.out"
}
read_probes without < <(probe all)
read_probes unprivileged < <(probe all User=latchkey)
read_probes within_unit < <(install_probe_unit latchkey-probe)
declare -A with_code=()
read_probes with_code < <(install_probe_unit latchkey-probe-code 's|^SystemCallErrorNumber=.*|SystemCallErrorNumber=EUCLEAN|')

denial() { # denial LINE PROBE [PROPERTY…]
    local line=$1 name=$2 alone control=${without[$2]-}
    shift 2
    [[ " $* " != *" User=latchkey "* ]] || control=${unprivileged[$name]-}
    inside grep -qxF -- "$line" "$unit" || { echo "the unit has no such line"; return 1; }
    is "$control" allowed || { echo "  (the control run, without the line)"; return 1; }
    alone=$(probe "$name" "$line" "$@")
    [[ "$alone" = "$name denied "* ]] || { echo "with this line alone: $alone"; return 1; }
    # What the filter refuses is known by the number that nothing else gives.
    local -n whole=within_unit
    [[ " $* " != *" SystemCallErrorNumber=EUCLEAN "* ]] || local -n whole=with_code
    [[ "${whole[$name]-}" = denied\ * ]] || { echo "in the whole unit: ${whole[$name]-nothing}"; return 1; }
}
denies() { # denies LINE PROBE [PROPERTY…]
    covered+=("$1")
    check "$1 denies $2" denial "$@"
}
denies NoNewPrivileges=yes become-root User=latchkey
denies CapabilityBoundingSet= chown
denies ProtectSystem=strict write-system
denies ProtectHome=yes read-home
denies PrivateTmp=yes shared-tmp
denies PrivateDevices=yes console
denies DevicePolicy=closed device
denies PrivateIPC=yes message-queue
denies PrivateMounts=yes mount-namespace
denies ProtectHostname=yes host-name
denies ProtectClock=yes set-clock
denies ProtectKernelTunables=yes write-tunable
denies ProtectKernelModules=yes kernel-modules
denies ProtectKernelLogs=yes kernel-log
denies ProtectControlGroups=yes control-group
denies ProtectProc=invisible other-processes User=latchkey
denies ProcSubset=pid kernel-figures
denies "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6" netlink
denies "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6" packet
denies RestrictNamespaces=yes namespace
denies RestrictRealtime=yes real-time
denies RestrictSUIDSGID=yes set-uid-file
denies LockPersonality=yes personality
denies MemoryDenyWriteExecute=yes write-and-execute
denies SystemCallArchitectures=native foreign-call
denies LimitCORE=0 core-file
for name in mount trace load-kernel; do denies SystemCallFilter=@system-service "$name" SystemCallErrorNumber=EUCLEAN; done
for name in change-root affinity; do denies "SystemCallFilter=~@privileged @resources" "$name" SystemCallErrorNumber=EUCLEAN; done
for name in mount trace load-kernel change-root affinity; do
    check "$name is refused by the filter itself, and by nothing before it" is "${with_code[$name]-}" "denied EUCLEAN"
done
. "$here/suites/sandbox-rest.sh"
