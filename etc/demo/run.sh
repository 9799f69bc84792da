#!/bin/bash
# Plays Latchkey's main job on a private directory with demo people, and stays up until Ctrl-C.
#   etc/demo/run.sh [--once]     --once: ends by itself, with exit status 0 only if every step held
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
suffix="dc=demo,dc=example"
once=no
[ "${1:-}" != "--once" ] || once=yes

"$root/etc/install-dependencies.sh" demo
echo "Building Latchkey (the first time takes a few minutes) ..."
(cd "$root" && swift build --quiet --product latchkeyd && swift build --quiet --product latchkeyctl)
bin=$(cd "$root" && swift build --show-bin-path)

# Sockets want short paths.
dir=$(mktemp -d /tmp/latchkey-demo.XXXXXX)
frontend="$dir/frontend.sock" spool="$dir/spool" state="$dir/state"
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 130' INT TERM

# shellcheck source=etc/demo/story.sh
. "$here/story.sh"

umask 077
mkdir "$state" "$spool"
openssl rand -base64 18 | tr -d '\n' > "$dir/bind-password" 2>/dev/null ||
    head -c 18 /dev/urandom | base64 | tr -d '\n' > "$dir/bind-password"
head -c 32 /dev/urandom | base64 > "$dir/vault-key"
bash "$here/directory.sh" "$dir/ldap" "$suffix" 2> "$dir/slapadd.log" ||
    { cat "$dir/slapadd.log" >&2; exit 1; }

ldapi="ldapi://$(printf '%s' "$dir/ldap/run/ldapi" | sed 's,/,%2F,g')"
/usr/sbin/slapd -d 0 -f "$dir/ldap/slapd.conf" -h "$ldapi" > "$dir/slapd.log" 2>&1 &
pids+=($!)
sed -e "s|@SERVER@|$ldapi|; s|@SUFFIX@|$suffix|g; s|@DIR@|$dir|g; s|@USER@|$(id -un)|g" \
    "$here/latchkey.yaml.in" > "$dir/latchkey.yaml"
until_true "slapd answers" ldapsearch -x -LLL -H "$ldapi" -s base -b "" 1.1

"$bin/latchkeyd" --check --config "$dir/latchkey.yaml"
"$bin/latchkeyd" --config "$dir/latchkey.yaml" 2> "$dir/latchkeyd.log" &
daemon=$!
pids+=("$daemon")
export LATCHKEY_ADMIN_SOCKET="$dir/admin.sock"
until_true "latchkeyd is ready" curl -fsS --unix-socket "$dir/admin.sock" http://localhost/ready

tell_the_story
[ "$once" = no ] || { say "All steps held."; exit 0; }

cat <<HINTS

Latchkey stays up until Ctrl-C. In another terminal:

  export LATCHKEY_ADMIN_SOCKET=$dir/admin.sock
  $bin/latchkeyctl status
  $bin/latchkeyctl users search li
  $bin/latchkeyctl explain ada
  $bin/latchkeyctl audit list

  # what a reset page does (the password of everybody but ada is Spring-2026):
  curl --unix-socket $frontend http://localhost/v1/sign-ins \\
       -H 'Content-Type: application/json' -d '{"login":"ben","password":"Spring-2026"}'

  # the directory's administrator is you:
  ldapsearch -Q -Y EXTERNAL -H $ldapi -b $suffix -LLL '(uid=ada)' +
  ls $spool            # messages that would have been sent
HINTS
wait "$daemon"
