#!/bin/bash
# A daemon under changes, resets, lookups, reloads and restarts of its slapd, for LATCHKEY_SOAK seconds (600), and what
# has grown at the end.   Tests/Soak/run.sh [--no-build]     LATCHKEY_SEED=N repeats the choices of a run
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
swift=${SWIFT:-swift}

"$root/etc/install-dependencies.sh" test
if [ "${1:-}" != --no-build ]; then
    echo "Building the release (the first time takes some minutes) ..."
    (cd "$root" && "$swift" build -c release --static-swift-stdlib --quiet --product latchkeyd)
fi
bin=${LATCHKEY_BIN:-$(cd "$root" && "$swift" build -c release --static-swift-stdlib --show-bin-path)}

# Sockets want short paths. What is started below is ended by soak.py; here only the files go.
dir=$(mktemp -d /tmp/latchkey-soak.XXXXXX)
child=
finish() {
    if [ -n "$child" ] && kill -TERM "$child" 2>/dev/null; then wait "$child" 2>/dev/null || true; fi
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

/usr/bin/python3 -B "$here/soak.py" "$dir" "$bin" &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
