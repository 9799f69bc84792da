#!/bin/sh
# Puts what was built where it belongs. Manual pages and completions come from the programs themselves.
#   etc/install.sh BUILT DESTDIR PREFIX UNITDIR
set -eu
built=$1 destination=$2 prefix=$3 units=$4
cd "$(dirname "$0")/.."

share="$destination$prefix/share"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
put() { # put MODE FILE PATH
    install -D -m "$1" "$2" "$3"
}

version=$("$built/latchkeyd" --version)
for program in latchkeyd latchkeyctl; do
    put 0755 "$built/$program" "$destination$prefix/bin/$program"
    "$built/$program" --experimental-dump-help > "$work/help.json"
    python3 -B etc/manual/command.py "$version" < "$work/help.json" > "$work/$program.8"
    put 0644 "$work/$program.8" "$share/man/man8/$program.8"
    for shell in bash zsh fish; do "$built/$program" --generate-completion-script $shell > "$work/$program.$shell"; done
    sed -i 1d "$work/$program.bash" # it is read, never run
    put 0644 "$work/$program.bash" "$share/bash-completion/completions/$program"
    # Debian's shells look for what packages bring in folders of its own.
    if [ "$prefix" = /usr ]; then functions=vendor-completions; else functions=site-functions; fi
    put 0644 "$work/$program.zsh" "$share/zsh/$functions/_$program"
    put 0644 "$work/$program.fish" "$share/fish/vendor_completions.d/$program.fish"
done
python3 -B etc/manual/configuration.py "$version" < etc/latchkey.yaml > "$work/latchkey.yaml.5"
put 0644 "$work/latchkey.yaml.5" "$share/man/man5/latchkey.yaml.5"

for unit in latchkeyd.service latchkeyd-frontend.socket latchkeyd-admin.socket; do
    sed "s|=/usr/bin/|=$prefix/bin/|" "systemd/$unit" > "$work/$unit"
    put 0644 "$work/$unit" "$destination$units/$unit"
done
put 0644 systemd/latchkey.sysusers.conf "$destination$prefix/lib/sysusers.d/latchkey.conf"
put 0644 systemd/latchkey.tmpfiles.conf "$destination$prefix/lib/tmpfiles.d/latchkey.conf"

examples="$share/doc/latchkey/examples"
put 0644 etc/latchkey.yaml "$examples/latchkey.yaml"
for file in etc/examples/*; do put 0755 "$file" "$examples/${file##*/}"; done
for file in etc/policies/*.yaml; do put 0644 "$file" "$examples/policies/${file##*/}"; done
for file in systemd/examples/*.conf; do put 0644 "$file" "$examples/systemd/${file##*/}"; done
for file in etc/templates/*.yaml; do put 0644 "$file" "$share/latchkey/templates/${file##*/}"; done
python3 -B etc/blocklist.py > "$work/blocklist.txt"
put 0644 "$work/blocklist.txt" "$share/latchkey/blocklist.txt"
# Which steps of the vault's schema this version knows: a package of an older one reads it before it takes this one's place.
etc/vault-schema.sh > "$work/vault-schema"
put 0644 "$work/vault-schema" "$share/latchkey/vault-schema"
