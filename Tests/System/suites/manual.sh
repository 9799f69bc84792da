# shellcheck shell=bash
# Manual pages and completions, as the package brings them; and that `make install` brings the same.

tree="$work/tree"
dpkg-deb -x "$work/packages/latchkey.deb" "$tree"
page() { MANWIDTH=200 man --local-file "$tree/usr/share/man/$1.gz"; }
renders() { silent sh -c "man --warnings=w --local-file '$tree/usr/share/man/$1.gz' 2>&1 > /dev/null"; }

# Every command and every option of the program's help stands in its page.
tells_all() { # tells_all PROGRAM
    "$tree/usr/bin/$1" --experimental-dump-help > "$work/help.json"
    page "man8/$1.8" > "$work/page"
    python3 -B - "$work/help.json" "$work/page" <<'PYTHON'
import json, sys
text = " ".join(open(sys.argv[2]).read().split())
missing = []
def walk(command):
    missing.extend(name["name"] for each in command.get("arguments", []) for name in each.get("names", [])
                   if name["kind"] == "long" and "--" + name["name"] not in text)
    if " ".join(command["abstract"].split()).rstrip(".").lower() not in text.lower():
        missing.append(command["commandName"])
    for each in command.get("subcommands", []):
        if each["commandName"] != "help":
            walk(each)
walk(json.load(open(sys.argv[1]))["command"])
sys.exit("not in the page: %s" % missing if missing else 0)
PYTHON
}

# Every option of the example configuration stands in latchkey.yaml(5), with what is said of it.
tells_every_option() {
    page man5/latchkey.yaml.5 | tr -s ' \n' '  ' > "$work/page"
    local word missing=0
    for word in $(grep -oE '[A-Za-z]+: ' etc/latchkey.yaml | sort -u); do
        grep -qF -- "$word" "$work/page" || { echo "not in the page: $word"; missing=1; }
    done
    return $missing
}

for entry in man8/latchkeyd.8 man8/latchkeyctl.8 man5/latchkey.yaml.5; do
    check "${entry#*/} is a manual page without a warning" renders "$entry"
done
check "latchkeyctl(8) has every verb and option of --help" tells_all latchkeyctl
check "latchkeyd(8) has every option of --help" tells_all latchkeyd
check "latchkey.yaml(5) has every option" tells_every_option

completes() { # completes WORD… : what bash would offer after latchkeyctl WORD…
    bash -c '. /usr/share/bash-completion/bash_completion; . "$0"; shift 0
        COMP_WORDS=(latchkeyctl "$@" "") COMP_CWORD=$(($# + 1)) COMP_LINE="latchkeyctl $* " COMP_POINT=${#COMP_LINE}
        $(complete -p latchkeyctl | sed "s/.*-F \([^ ]*\).*/\1/") latchkeyctl "" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf "%s\n" "${COMPREPLY[@]}"' "$tree/usr/share/bash-completion/completions/latchkeyctl" "$@"
}
offers() { # offers WANTED WORD…
    local wanted=$1
    shift
    completes "$@" | grep -qxE "$wanted ?" || completes "$@"
}
check "bash offers verbs" offers quarantine
check "bash offers what a verb can do" offers release quarantine
for program in latchkeyd latchkeyctl; do
    check "the completions of $program are scripts of bash, zsh and fish" sh -c "
        bash -n '$tree/usr/share/bash-completion/completions/$program' &&
        zsh -n '$tree/usr/share/zsh/vendor-completions/_$program' &&
        fish --no-execute '$tree/usr/share/fish/vendor_completions.d/$program.fish'"
done

same_as_installed() {
    make -s install-files DESTDIR="$work/installed" UNITDIR=/lib/systemd/system > /dev/null || return 1
    diff <(cd "$work/installed" && find . -type f | sort) \
        <(cd "$tree" && find . -type f | sed 's/\(man[0-9].*\)\.gz$/\1/' | grep -vE 'doc/latchkey/[^/]*$|lintian' | sort)
}
check "make install brings the same files as the package" same_as_installed
check "lintian has nothing to say" silent lintian --allow-root --fail-on warning --tag-display-limit 0 "$work/packages/latchkey.deb"
