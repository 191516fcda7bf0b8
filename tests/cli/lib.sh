# What the scripts of this folder share. $ATTAIN is the program under test.
#
#   status NAME WANT COMMAND...   run it; its exit status; $work/out and $work/err hold what
#                                 it said
#   says NAME TEXT [FILE]         FILE (default $work/out) holds TEXT
#   lacks NAME TEXT [FILE]        it does not
#   same NAME WANT [GOT]          two texts are equal; GOT defaults to $work/out
#   rows TABLE KEY...             rows of a JSON report on stdin, as a|b|c; null is a dash
#   value EXPRESSION              prints a Python expression over the JSON on stdin, called a
#
# Days are given with --today; the database is $db.
set -uo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
data=$here/data
: "${ATTAIN:?names the program to try}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
db=$work/a.db
bad=0
unset ATTAIN_DB
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1}

good() {
    echo "ok - $1"
}

wrong() {
    echo "not ok - $1"
    bad=1
    shift
    printf '%s\n' "$@" | head -n 60 | sed 's/^/    /'
}

attain() {
    "$ATTAIN" --db "$db" "$@"
}

status() {
    local name=$1 want=$2 got=0
    shift 2
    "$@" >"$work/out" 2>"$work/err" </dev/null || got=$?
    if [ "$got" -eq "$want" ] && ! grep -q 'AddressSanitizer\|LeakSanitizer\|runtime error' "$work/err"; then
        good "$name"
    else
        wrong "$name" "exit status $got, not $want" "$(cat "$work/out" "$work/err")"
    fi
}

says() {
    local file=${3:-$work/out}
    if grep -qF -- "$2" "$file"; then good "$1"; else
        wrong "$1" "there is no \"$2\" in:" "$(cat "$file")"
    fi
}

lacks() {
    local file=${3:-$work/out}
    if grep -qF -- "$2" "$file"; then
        wrong "$1" "there is \"$2\" in:" "$(cat "$file")"
    else good "$1"; fi
}

same() {
    local got
    got=${3-$(cat "$work/out")}
    if [ "$got" = "$2" ]; then good "$1"; else
        wrong "$1" "$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$got"))"
    fi
}

rows() {
    python3 "$here/rows.py" "$@"
}

value() {
    python3 -c '
import json, sys
a = json.load(sys.stdin)
got = eval(sys.argv[1])
print(json.dumps(got) if isinstance(got, (bool, type(None), list, dict)) else got)' "$1"
}

finish() {
    exit "$bad"
}
