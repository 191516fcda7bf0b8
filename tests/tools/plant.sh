# plant.sh: to be sourced by the scripts here. A small tree in a temporary folder, in which a
# violation is planted; the checker must name the place and fail, and pass without it.

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
tools=$(readlink -f "$here/../../tools")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT

# plant FILE: standard input becomes the file.
plant() {
    mkdir -p "$tree/$(dirname "$1")"
    cat >"$tree/$1"
}

# passes WHAT COMMAND...: the command succeeds and says nothing.
passes() {
    local what=$1 output
    shift
    if output=$("$@" 2>&1) && [ -z "$output" ]; then
        echo "ok - $what"
    else
        echo "not ok - $what"
        printf '%s\n' "$output"
    fi
}

# refuses WHAT TEXT COMMAND...: the command fails with 1 and its output holds the text.
refuses() {
    local what=$1 text=$2 output status=0
    shift 2
    output=$("$@" 2>&1) || status=$?
    if [ "$status" -eq 1 ] && grep -qF -- "$text" <<<"$output"; then
        echo "ok - $what"
    else
        echo "not ok - $what (status $status, looking for: $text)"
        printf '%s\n' "$output"
    fi
}
