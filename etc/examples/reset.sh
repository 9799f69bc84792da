#!/bin/bash
# What a reset page does, with curl and jq: sign in, register an address, then reset the password.
#   etc/examples/reset.sh SOCKET LOGIN ADDRESS
# Passwords and codes are read from standard input, and never stand in a command line.
set -euo pipefail
socket=$1 login=$2 address=$3
token=""
exec 3<&0

say() { printf '%s\n' "$*" >&2; }
ask() { printf '%s: ' "$1" >&2; IFS= read -r -u 3 "${2?}"; }

# The token goes in by a file that is none: a command line can be seen by others.
headers() {
    echo 'Content-Type: application/json'
    [ -z "$token" ] || printf 'Authorization: Bearer %s\n' "$token"
}

# call METHOD PATH: the body comes from standard input; without one, give it </dev/null.
call() {
    local answer
    answer=$(curl -sS --fail-with-body --unix-socket "$socket" -X "$1" -H @<(headers) --data-binary @- \
        "http://localhost/v1$2") || { say "$answer"; return 1; }
    printf '%s' "$answer"
}

# member NAME: {"NAME": what standard input holds}
member() { jq -Rsc --arg name "$1" '{($name): .}'; }

ask "Password" password
signed_in=$(printf %s "$password" | member password | jq -c --arg login "$login" '. + {login: $login}' |
    call POST /sign-ins)
token=$(jq -r .token <<<"$signed_in")
say "Signed in; the registration is $(jq -r .registration.state <<<"$signed_in")."

if [ "$(jq -r .registration.registered <<<"$signed_in")" = false ]; then
    method=$(jq -nc --arg address "$address" '{kind: "email", address: $address}' |
        call POST /registration/methods | jq -r .method.id)
    challenge=$(call POST "/registration/methods/$method/challenges" </dev/null | jq -r .id)
    ask "Code from the mail" code
    registered=$(printf %s "$code" | member code | call POST "/registration/challenges/$challenge/response")
    say "Registered $(jq -r .method.hint <<<"$registered")."
fi

# Later, with the password forgotten.
token=""
reset=$(jq -nc --arg login "$login" '{login: $login, purpose: "reset"}' | call POST /resets)
token=$(jq -r .token <<<"$reset")
while [ "$(jq '.gates.required - .gates.passed' <<<"$reset")" -gt 0 ]; do
    gate=$(jq -c '.methods[.gates.passed]' <<<"$reset")
    challenge=$(jq -c '{methodId: .id}' <<<"$gate" | call POST /resets/current/challenges | jq -r .id)
    ask "Code sent to $(jq -r .hint <<<"$gate")" code
    reset=$(printf %s "$code" | member code | call POST "/resets/current/challenges/$challenge/response")
done

ask "New password" password
printf %s "$password" | member password | call POST /password-checks | jq -r '.rules[] | "\(.satisfied)\t\(.text)"' >&2
printf %s "$password" | member password | call PUT /resets/current/password | jq -r .outcome
