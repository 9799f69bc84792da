# The steps of the demo. Each shows what it does and fails loudly when the result is not what it should be.
# Expects: dir, suffix, ldapi, bin, frontend (the socket), spool (the messages), state (the daemon's files).

old_password='Spring-2026'
new_password='a new and longer one'

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
show() { sed 's/^/    /'; }
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    [ ! -s "$dir/latchkeyd.log" ] || tail -n 20 "$dir/latchkeyd.log" >&2
    exit 1
}
expect() { # expect WHAT GOT WANTED
    [ "$2" = "$3" ] || fail "$1: expected '$3', got '$2'"
    printf '    ✓ %s: %s\n' "$1" "$2"
}

# Tries a command until it succeeds, for at most half a minute.
until_true() { # until_true WHAT COMMAND ...
    local what=$1 end=$((SECONDS + 30))
    shift
    until "$@" > /dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "$what: not within 30 seconds ($*)"
        sleep 0.05
    done
}

ctl() { "$bin/latchkeyctl" "$@"; }

# api METHOD PATH [BODY] : the answer's body; the status in $dir/status, for a caller in a subshell.
api() {
    curl -sS --unix-socket "$frontend" -X "$1" -o "$dir/answer" -w '%{http_code}' \
        ${token:+-H "Authorization: Bearer $token"} ${3:+-H 'Content-Type: application/json' --data-binary "$3"} \
        "http://localhost/v1$2" > "$dir/status"
    cat "$dir/answer"
}
status() { cat "$dir/status"; }

# The code of the newest message, read where the person would read it.
newest_message() { find "$spool" -name '*.json' | sort | tail -n 1; }
code_after() { # code_after OLDER-MESSAGE
    local end=$((SECONDS + 30))
    while [ "$(newest_message)" = "$1" ]; do
        [ $SECONDS -lt $end ] || fail "no message was delivered"
        sleep 0.05
    done
    jq -r .code "$(newest_message)"
}

dn_of() { echo "uid=$1,ou=people,$suffix"; }
binds() { ldapwhoami -x -H "$ldapi" -D "$(dn_of "$1")" -w "$2" > /dev/null 2>&1; }

tell_the_story() {
    the_mirror
    a_live_change
    a_registration
    a_lock_out_and_an_unlock
    a_reset
    the_audit
}

the_mirror() {
    say "1. People and roles of the directory are mirrored."
    ctl status | show
    ctl roles list | show
    expect "people" "$(ctl --json status | jq .users)" 30
    expect "roles" "$(ctl --json status | jq .roles)" 6
    expect "ada's roles, nested and with a cycle" \
        "$(ctl --json users show ada | jq -r '.roles | join(" ")')" "everybody guests kitchen staff"
}

name_is() { [ "$(ctl --json users show "$1" | jq -r .displayName)" = "$2" ]; }

a_live_change() {
    say "2. A change made with ldapmodify shows up live."
    printf 'dn: %s\nchangetype: modify\nreplace: cn\ncn: Ada Lindqvist-Berg\n' "$(dn_of ada)" |
        ldapmodify -Q -Y EXTERNAL -H "$ldapi" > /dev/null
    until_true "the new name is mirrored" name_is ada "Ada Lindqvist-Berg"
    ctl users show ada | show
}

# register_method BODY
register_method() {
    local method before challenge
    method=$(api POST /registration/methods "$1" | jq -r .method.id)
    expect "method added" "$(status)" 201
    before=$(newest_message)
    challenge=$(api POST "/registration/methods/$method/challenges" '{}' | jq -r .id)
    expect "code sent" "$(status)" 201
    api POST "/registration/challenges/$challenge/response" "{\"code\":\"$(code_after "$before")\"}" > /dev/null
    expect "code answered" "$(status)" 200
}

unreadable() { ! grep -rqa -e "ada.private" -e "2025550142" "$state"; }

a_registration() {
    say "3. Ada signs in and registers an address and a phone. Both stay in the vault, outside the directory."
    local answer
    token="" && answer=$(api POST /sign-ins "{\"login\":\"ada\",\"password\":\"$old_password\"}")
    expect "signed in" "$(status)" 201
    token=$(jq -r .token <<< "$answer")
    jq -r '.registration.missing[].text' <<< "$answer" | show
    register_method '{"kind":"email","address":"ada.private@mail.example"}'
    register_method '{"kind":"mobile-phone","number":"+1 202 555 0142"}'
    expect "registration" "$(api GET /registration | jq -r .state)" complete
    ctl methods list ada | show
    unreadable || fail "a private value is readable in the state files"
    printf '    ✓ neither is readable in the state files\n'
}

account_is() { [ "$(ctl --json users show "$1" | jq -r .account.state)" = "$2" ]; }

# prove : passes every gate of the reset whose token is set
prove() {
    local reset required method before challenge
    reset=$(api GET /resets/current)
    required=$(jq .gates.required <<< "$reset")
    for method in $(jq -r ".methods[:$required][].id" <<< "$reset"); do
        before=$(newest_message)
        challenge=$(api POST /resets/current/challenges "{\"methodId\":\"$method\"}" | jq -r .id)
        expect "code sent" "$(status)" 201
        api POST "/resets/current/challenges/$challenge/response" "{\"code\":\"$(code_after "$before")\"}" > /dev/null
        expect "gate passed" "$(status)" 200
    done
}

a_lock_out_and_an_unlock() {
    say "4. Ada types a wrong password four times: the directory locks her out."
    for _ in 1 2 3 4; do binds ada wrong || true; done
    until_true "the lock is mirrored" account_is ada locked
    ! binds ada "$old_password" || fail "the account is not locked"
    ctl explain ada | show
    say "   She unlocks the account herself; the password stays."
    token="" && token=$(api POST /resets '{"login":"ada","purpose":"unlock"}' | jq -r .token)
    expect "unlock begun" "$(status)" 201
    prove
    expect "outcome" "$(api POST /resets/current/unlock | jq -r .outcome)" applied
    binds ada "$old_password" || fail "the account is still locked"
    printf '    ✓ her old password binds again\n'
}

a_reset() {
    say "5. Ada forgot her password and resets it, with two proofs."
    token="" && token=$(api POST /resets '{"login":"ada","purpose":"reset"}' | jq -r .token)
    expect "reset begun" "$(status)" 201
    api PUT /resets/current/password "{\"password\":\"$new_password\"}" > /dev/null
    expect "a password before the proofs" "$(status)" 409
    prove
    expect "a password that is too short" \
        "$(api PUT /resets/current/password '{"password":"short"}' | jq -r .reason)" password-too-short
    expect "outcome" \
        "$(api PUT /resets/current/password "{\"password\":\"$new_password\"}" | jq -r .outcome)" applied
    binds ada "$new_password" || fail "the new password does not bind"
    ! binds ada "$old_password" || fail "the old password still binds"
    printf '    ✓ the new password binds, the old one does not\n'
    say "   Somebody who does not exist gets the same answer, and never a message."
    token="" && api POST /resets '{"login":"nobody","purpose":"reset"}' | jq 'del(.token)' | show
    expect "status" "$(status)" 201
}

the_audit() {
    say "6. Every decision is in the audit, chained with a key."
    ctl audit list | tail -n 8 | show
    ctl audit verify | show
}
