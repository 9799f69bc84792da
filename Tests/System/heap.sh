#!/bin/bash
# What is freed is overwritten, whatever its size: the daemon's heap, in a program of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
compiler=$(command -v cc || command -v clang || echo "$(dirname "$(readlink -f "$(command -v swift)")")/clang")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$compiler" -O1 -fno-builtin -o "$dir/heap" Tests/System/heap.c Sources/CHeap/heap.c -lsqlite3
"$dir/heap"
echo "heap: what is freed, grown or shrunk leaves nothing behind"
