# shellcheck shell=bash
# What all suites say, and how they count.

passed=0 failed=0

# check SENTENCE COMMAND…: one line of output; what the command said follows a failure.
check() {
    local sentence=$1 said
    shift
    if said=$("$@" 2>&1); then
        printf 'ok      %s\n' "$sentence"
        passed=$((passed + 1))
    else
        printf 'FAILED  %s\n%s\n' "$sentence" "$said" | sed '2,$s/^/        /'
        failed=$((failed + 1))
    fi
}

# The rest of the arguments must fail.
refuses() { ! "$@"; }

# The rest of the arguments must succeed and say nothing at all.
silent() {
    local said
    said=$("$@" 2>&1) && [ -z "$said" ] || { printf '%s\n' "${said:-failed}"; return 1; }
}

# is GOT WANTED
is() { [ "$1" = "$2" ] || { printf "expected '%s', got '%s'\n" "$2" "$1"; return 1; }; }

# within SECONDS COMMAND…: tries until it succeeds.
within() {
    local end=$((SECONDS + $1)) said
    shift
    until said=$("$@" 2>&1); do
        [ $SECONDS -lt "$end" ] || { printf '%s\n' "$said"; return 1; }
        sleep 0.05
    done
}

# A figure that was measured, for whoever reads the output.
measured() { printf '        %s\n' "$*"; }

# Milliseconds since a value of $EPOCHREALTIME.
since() { echo $(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 1000)); }

sum_up() {
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
}
