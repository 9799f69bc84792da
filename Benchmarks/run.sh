#!/bin/bash
# Measures Latchkey against others, on a private directory, in one run. README.md beside this says what the figures mean.
#   Benchmarks/run.sh [--people N] [--groups N] [--memberships N] [--rounds N] [--changes N] [--sssd SECONDS] [--json FILE] [--no-build]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/.." && pwd)
swift=${SWIFT:-swift}
build=yes
arguments=()
for argument in "$@"; do
    if [ "$argument" = --no-build ]; then build=no; else arguments+=("$argument"); fi
done

"$root/etc/install-dependencies.sh" test
if [ "$build" = yes ]; then
    echo "Building the release (the first time takes some minutes) ..."
    (cd "$root" && "$swift" build -c release --static-swift-stdlib --quiet --product latchkeyd)
    (cd "$root" && "$swift" build -c release --static-swift-stdlib --quiet --product latchkeyctl)
fi
bin=$(cd "$root" && "$swift" build -c release --static-swift-stdlib --show-bin-path)

# Sockets want short paths. What is started below is ended by measure.py; here only the files go.
dir=$(mktemp -d /tmp/latchkey-bench.XXXXXX)
child=
finish() {
    if [ -n "$child" ] && kill -TERM "$child" 2>/dev/null; then wait "$child" 2>/dev/null || true; fi
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The C program to compare with is left out where there is no compiler.
compiler=$(command -v cc || command -v gcc || command -v clang || true)
if [ -n "$compiler" ]; then
    "$compiler" -O2 -o "$dir/reader" "$here/reader.c" -lldap -llber || rm -f "$dir/reader"
    "$compiler" -O2 -o "$dir/writeback" "$here/writeback.c" -lldap -llber
    "$compiler" -O2 -o "$dir/resets" "$here/resets.c" "$here/spool.c" "$here/unixhttp.c" -lpthread
fi

/usr/bin/python3 -B "$here/measure.py" --directory "$dir" --bin "$bin" ${arguments[@]+"${arguments[@]}"} &
child=$!
status=0
wait "$child" || status=$?
child=
exit "$status"
