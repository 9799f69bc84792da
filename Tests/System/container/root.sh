# shellcheck shell=bash
# A bare Debian 12 in a folder outside of the repository, made once and never changed: containers have a layer above it.
# What is installed into them later lies in its cache of packages, since they have no network.

readonly release=bookworm
readonly mirror=${LATCHKEY_DEBIAN_MIRROR:-http://deb.debian.org/debian}
readonly cache=${LATCHKEY_TEST_CACHE:-/var/cache/latchkey-tests}
readonly base=systemd,systemd-sysv,dbus,python3,procps,iproute2
readonly later="slapd ldap-utils curl jq openssl libcurl4 libldap-2.5-0 libsqlite3-0 libstdc++6 ca-certificates"

# Prints the root's folder.
root_folder() { printf '%s/%s-%s' "$cache" "$release" "$(cksum <<< "$base $later" | cut -d' ' -f1)"; }

make_root() {
    local root
    root=$(root_folder)
    [ ! -d "$root" ] || return 0
    rm -rf "$cache/$release"-*
    mkdir -p "$cache"
    debootstrap --variant=minbase --include="$base" "$release" "$root.new" "$mirror" > "$cache/debootstrap.log" 2>&1 \
        || { tail -n 5 "$cache/debootstrap.log" >&2; return 1; }
    # shellcheck disable=SC2086
    chroot "$root.new" env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y --no-install-recommends --download-only $later > /dev/null || return 1
    printf 'slapd slapd/no_configuration boolean true\n' | chroot "$root.new" debconf-set-selections || return 1
    mv "$root.new" "$root"
}
