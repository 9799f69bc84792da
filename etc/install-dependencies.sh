#!/bin/sh
# Installs the Debian packages that building, the tests and the demo need, and says which. Does nothing when all are there.
#   etc/install-dependencies.sh build|demo|test|deb|system
set -eu

build="libldap2-dev libsasl2-dev libsqlite3-dev libcurl4-openssl-dev"
demo="$build slapd ldap-utils curl jq"
test="$demo openssl python3 python3-venv python3-pyotp oathtool util-linux nghttp2-client
    libsasl2-modules libsasl2-modules-gssapi-mit krb5-kdc krb5-admin-server krb5-user
    389-ds-base python3-lib389"
# A mail server, on a port of its own.
test="$test exim4-daemon-light"
# A domain controller that the tests run by themselves, on addresses of their own.
test="$test samba samba-ad-dc samba-ad-provision samba-dsdb-modules winbind krb5-config python3-samba"
deb="$build debhelper dpkg-dev lintian python3"
# A Debian of its own, booted by a systemd of its own.
system="$deb debootstrap systemd systemd-container procps util-linux man-db bash-completion zsh fish"
case "${1:-build}" in
    build) wanted=$build ;;
    demo) wanted=$demo ;;
    test) wanted=$test ;;
    deb) wanted=$deb ;;
    system) wanted=$system ;;
    *) echo "usage: $0 build|demo|test|deb|system" >&2; exit 2 ;;
esac

root=$(cd "$(dirname "$0")/.." && pwd)

# What the tests need from PyPI goes into an environment of its own below .build: versions stand in the file.
install_python() {
    python="$root/.build/python"
    wanted="$root/Tests/requirements.txt"
    cmp -s "$wanted" "$python/installed.txt" && return
    echo "Installing from PyPI: $(tr '\n' ' ' <"$wanted")"
    /usr/bin/python3 -m venv --clear "$python"
    "$python/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted"
    cp "$wanted" "$python/installed.txt"
}

command -v swift >/dev/null || { echo "Latchkey needs Swift 6.3 or later: https://www.swift.org/install/linux/" >&2; exit 1; }

missing=""
for package in $wanted; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' || missing="$missing $package"
done
if [ -z "$missing" ]; then
    [ "${1:-build}" != test ] || install_python
    exit 0
fi

echo "Installing from Debian:$missing"
run=""
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Please install as root:$missing" >&2; exit 1; }
    run="sudo"
fi
# slapd, Samba and Exim shall neither ask questions nor start a server of their own: ours are private.
printf 'slapd slapd/no_configuration boolean true\n' | $run debconf-set-selections
policy=/usr/sbin/policy-rc.d
made_policy=""
if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | $run tee $policy >/dev/null
    $run chmod +x $policy
    made_policy=yes
fi
status=0
$run apt-get -qq update || true
# shellcheck disable=SC2086
$run env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=600 $missing >/dev/null || status=$?
[ -z "$made_policy" ] || $run rm -f $policy
[ "$status" -eq 0 ] && [ "${1:-build}" = test ] && install_python
exit "$status"
