#!/bin/bash
# What only a real systemd shows: a fresh Debian 12 is booted, the package installed into it, and everything played there.
#   run.sh [SUITE…]     all of them in their order, or those named (units and manual need no container, readme needs no
#                       other; the rest build on install and story). LATCHKEY_PACKAGE=FILE: that package, not one built here
set -u
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.." || exit 1
[ "$(id -u)" -eq 0 ] || { echo "run.sh: systemd needs root" >&2; exit 1; }
readonly all=(units manual install story service backup faults sandbox upgrade readme)
suites=("$@")
[ $# -gt 0 ] || suites=("${all[@]}")

etc/install-dependencies.sh system || exit 1
. "$here/check.sh"
. "$here/container/root.sh"
. "$here/container/container.sh"
work=$(mktemp -d) || exit 1
trap 'container_stop; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The package under test: made here, or one that was.
provide_package() {
    local package=${LATCHKEY_PACKAGE:-}
    mkdir "$work/packages"
    if [ -z "$package" ]; then
        make deb > "$work/deb.log" 2>&1 || { tail -n 40 "$work/deb.log" >&2; return 1; }
        package=$(ls .build/deb/latchkey_*.deb)
    fi
    cp "$package" "$work/packages/latchkey.deb"
}

# Booted once, for all suites that play in it.
boot_container() {
    [ -z "$boot" ] || return 0
    make_root || return 1
    local begun=$EPOCHREALTIME
    container_start "$(root_folder)" --bind-ro="$here/inside:/opt/latchkey-tests" --bind-ro="$PWD/etc/demo:/opt/latchkey-demo" \
        --bind-ro="$work/packages:/opt/packages" || return 1
    measured "Debian's systemd is up $(since "$begun") ms after the container was started"
}

provide_package || exit 1
for suite in "${suites[@]}"; do
    printf '\n%s\n' "$suite"
    case "$suite" in
        units | manual) ;;
        *) boot_container || { echo "the container did not come up" >&2; exit 1; } ;;
    esac
    # shellcheck source=/dev/null
    . "$here/suites/$suite.sh" || exit 1
done
sum_up
