#!/bin/bash
# Plays the demo's story on the installed Latchkey, as whoever runs this: an ordinary user.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
suffix="dc=demo,dc=example"
ldapi="ldapi://${HOME//\//%2F}%2Fldap%2Frun%2Fldapi"
bin=/usr/bin
frontend=/run/latchkey/frontend.sock spool="$HOME/spool" state=/var/lib/latchkey
# shellcheck source=etc/demo/story.sh
. /opt/latchkey-demo/story.sh

# The files cannot even be listed by anybody else; what is in them, root looks at afterwards.
unreadable() { ! ls "$state" 2> /dev/null; }

until_true "latchkeyd is ready" curl -fsS --unix-socket /run/latchkey/admin.sock http://localhost/ready
tell_the_story
