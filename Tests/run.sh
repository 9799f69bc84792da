#!/bin/bash
# Runs a command that tests (Tests/run.sh swift test ...) and says once more at the end what failed: it stands among
# thousands of lines otherwise.
set -uo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT

"$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
if [ "$status" != 0 ]; then
    printf '\nWhat failed (exit status %s):\n' "$status"
    sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -a -A2 -E '✘ .*recorded an issue|Fatal error|error: ' | cut -c 1-400 | head -40
fi
exit "$status"
