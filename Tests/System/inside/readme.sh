#!/bin/bash
# What README says to type, as it stands there.   readme.sh README set_up, then reset, then run_verbs
set -uo pipefail
readme=$1
cd /root || exit 1

# indented WORDS: the commands of the indented block that has the words.
indented() { awk -v words="$1" '/^    / { text = text substr($0, 5) "\n"; next } { if (text ~ words) printf "%s", text; text = "" } END { if (text ~ words) printf "%s", text }' "$readme"; }
fenced() { awk -v words="$1" '/^```/ { if (open && text ~ words) { printf "%s", text; exit } open = !open; text = ""; next } open { text = text $0 "\n" }' "$readme"; }

set_up() {
    # The package stands in for the build, and the smallest useful configuration for the editor.
    indented 'systemctl start latchkeyd-frontend' | sed '/^make deb/d' > commands
    sed -i '/^cp /r /dev/stdin' commands <<< 'cp smallest.yaml /etc/latchkey/latchkey.yaml'
    fenced 'name: everybody' > smallest.yaml
    bash -euo pipefail commands
}

# One command a line, without its comment.
verbs() { indented "$1" | sed -E 's/ {2,}#.*//; s/ {2,}(latchkeyctl)/\n\1/g; s/; (latchkeyctl)/\n\1/g' | grep '^latchkeyctl'; }

# Each must succeed, but those that go on until they are stopped, and those that ask for what is not there.
run_verbs() {
    local failed=0 command status limit wanted said
    cp smallest.yaml new.yaml
    indented 'vault export-user' | grep '^install ' | bash -e
    # Office phones are called: with the program that README names.
    printf '#!/bin/sh\ncat > /dev/null\n' | install -m 755 /dev/stdin /usr/local/bin/place-call
    sed -i 's/methods: \[email\]/methods: [email, office-phone]/; /^  email:/r /dev/stdin' /etc/latchkey/latchkey.yaml < <(fenced 'place-call' | grep '^  voice:')
    latchkeyctl reload
    printf 'login,kind,value,extension,label\nanna,office-phone,+12025550100,12,desk\n' > phones.csv
    while IFS= read -r command; do
        # README says that each verb but the listings takes a reason.
        case "$command" in *methods*|*passes*|*freeze*|*require*) ! [[ $command =~ \ (list|report) ]] && command+=" --reason 'README'" ;; esac
        case "$command" in
            *--watch*) limit=3 wanted=124 ;;
            *0a1b2c3d*) limit=60 wanted=1 ;;
            *) limit=60 wanted=0 ;;
        esac
        said=$(timeout "$limit" bash -c "$command" 2>&1 < /dev/null)
        status=$?
        printf '%s\t%s\n' "$status" "$command"
        [ "$status" = "$wanted" ] || { printf '%s\n' "$said"; failed=1; }
    done < <(verbs 'latchkeyctl status'; verbs 'methods list anna'; verbs 'vault export-user')
    return $failed
}

# code_after COUNT: waits for the next mail after those with a code in it; notices of what happened have none.
code_after() {
    local number=$1 path
    while :; do
        number=$((number + 1))
        path=/var/mail/out/$(printf %04d "$number")
        until [ -e "$path" ]; do sleep 0.02; done
        python3 -c 'import email, re, sys
parts = [part for part in email.message_from_file(open(sys.argv[1])).walk() if not part.is_multipart()]
code = re.search(r"\b\d{6,8}\b", "".join(part.get_payload(decode=True).decode() for part in parts))
sys.exit(print(code[0]) if code else 1)' "$path" && return
    done
}

# A person registers with the example client, and resets with README's lines.
reset() {
    { echo Spring-2026; code_after 0; code_after 1; echo 'first new password of anna'; } |
        runuser -u www-data -- bash /usr/share/doc/latchkey/examples/reset.sh /run/latchkey/frontend.sock anna anna@example.org
    fenced 'A reset: start it' > /srv/example/reset.sh
    code_after 2 | runuser -u www-data -- bash -euo pipefail /srv/example/reset.sh
}

"${@:2}"
