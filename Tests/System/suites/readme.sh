# shellcheck shell=bash
# README word by word, on a host that knows nothing of Latchkey yet: what it says to type is taken out of the installed
# README and typed as it stands there, in a world of which the names of its examples are true.

readonly readme=/root/README.md
typed() { inside timeout 300 bash /opt/latchkey-tests/readme.sh "$readme" "$@" > "$work/typed" 2>&1 || { cat "$work/typed"; return 1; }; }

# slapd is started by its configuration alone.
inside systemctl mask --quiet slapd 2> /dev/null
install_inside /opt/packages/latchkey.deb slapd ldap-utils curl jq openssl ca-certificates > "$work/tools.log" 2>&1 || cat "$work/tools.log"
check "the package brings its README" inside sh -c "zcat -f /usr/share/doc/latchkey/README.md* > $readme"
check "the examples' directory and mail server are there" inside timeout 60 bash /opt/latchkey-tests/readme-host.sh "$readme"
check "its commands install, with the smallest useful configuration" typed set_up
check "the daemon serves" within 20 inside_as www-data curl -fsS --unix-socket /run/latchkey/frontend.sock http://localhost/ready
check "a person registers and resets with the client and the lines that it shows" typed reset
check "both resets were applied" is "$(grep -c applied "$work/typed")" 2
check "every latchkeyctl command in it does what it is for" typed run_verbs
measured "$(grep -c latchkeyctl "$work/typed") commands"
