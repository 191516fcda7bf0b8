#!/usr/bin/env bash
# What goes wrong outside: sudden death, a full disk, a file that may only be read, another
# writer, too little memory, nobody listening, hostile files. Always: an answer in words, a
# sound file, all or nothing of an import, and the next run works.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
day=(--today 2026-03-27)
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; rm -rf "$work"' EXIT

facts() {
    attain verify --json | value 'a["facts"] if a["sound"] else "not sound: " + a["findings"][0]'
}

# 12,000 judgements in levels: the 10 pupils of Years 5 to 9, 12 subjects, 100 days.
big=$work/big.csv
python3 - "$data/pupils.csv" >"$big" <<'P'
import csv, datetime, sys
rows = csv.DictReader(open(sys.argv[1]))
upns = [row["upn"] for row in rows if 5 <= int(row["year_group"]) <= 9]
print("upn,subject,kind,date,grade")
for upn in upns:
    for subject in "ENG MAT SCI HIS GEO ART DAT ICT MUS PED FRE GER".split():
        for n in range(100):
            day = datetime.date(2023, 9, 4) + datetime.timedelta(days=9 * n)
            print(f"{upn},{subject},assessment,{day},{2 + n // 34}{'cba'[n % 3]}")
P
attain init --name "Hill School" --laestab 8064001 >/dev/null
attain import "$data/pupils.csv" "${day[@]}" >/dev/null
before=$(facts)
cp "$db" "$work/fresh.db"

# --- killed. The moments are spread evenly over the time an import takes here.
began=$(date +%s%N)
attain import "$big" "${day[@]}" >/dev/null
whole=$(($(date +%s%N) - began))
same "the whole import is 12,000 facts" $((before + 12000)) "$(facts)"
after=$((before + 12000))
none=0 all=0 other=
for i in $(seq 1 20); do
    rm -f "$db"*
    cp "$work/fresh.db" "$db"
    "$ATTAIN" --db "$db" import "$big" "${day[@]}" >/dev/null 2>&1 &
    pid=$!
    sleep "$(awk -v t="$whole" -v i="$i" 'BEGIN { printf "%.4f", t * (i - 0.5) / 20 / 1e9 }')"
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    n=$(facts)
    case $n in
    "$before") none=$((none + 1)) ;;
    "$after") all=$((all + 1)) ;;
    *) other="$other try $i: $n;" ;;
    esac
done 2>/dev/null
same "killed at twenty moments: nothing or all of it, always sound ($none nothing, $all all)" "" "$other"
[ "$none" -gt 0 ] && good "some were killed in time" || wrong "some were killed in time"
status "the next run works" 0 attain import "$big" "${day[@]}"
same "and everything is there" "$after" "$(facts)"

fresh() {
    db=${1:-$work/a.db}
    rm -f "$db"*
    cp "$work/fresh.db" "$db"
}

# --- a full disk
mkdir "$work/small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=1m attain-test "$work/small" 2>/dev/null; then
    mounted=$work/small
    fresh "$work/small/a.db"
    status "a full disk: refused" 1 attain import "$big" "${day[@]}"
    says "a full disk, in words" "the disk is full" "$work/err"
    mount -o remount,size=64m "$work/small"
    same "nothing of it was written" "$before" "$(facts)"
    status "with room it works" 0 attain import "$big" "${day[@]}"
    same "and everything is there then" "$after" "$(facts)"
    mount -o remount,size=7m "$work/small" 2>/dev/null
    head -c 20000000 /dev/zero >"$work/small/ballast" 2>/dev/null
    status "on a full disk it can still be read" 0 attain report progress "${day[@]}" --json
    status "an answer that finds no room: exit status 1" 1 attain export results -o "$work/small/out.csv" "${day[@]}"
    [ -s "$work/err" ] && good "and says so" || wrong "and says so"
    [ ! -e "$work/small/out.csv" ] && good "no half file is left" || wrong "no half file is left"
    umount "$work/small" && mounted=
else
    echo "skipped - a full disk: a small file system can be mounted only by root"
fi
fresh
status "a file that may not grow: refused" 1 bash -c \
    'trap "" XFSZ; ulimit -f 400; exec "$@"' - "$ATTAIN" --db "$db" import "$big" "${day[@]}"
[ -s "$work/err" ] && good "a file that may not grow, in words" || wrong "a file that may not grow, in words"
same "nothing of it was written" "$before" "$(facts)"

# --- a file that may only be read
fresh "$work/small/r.db"
chmod 444 "$db"
chmod 555 "$work/small"
chmod 755 "$work"
as_reader=()
[ "$(id -u)" != 0 ] || as_reader=(setpriv --reuid 65534 --regid 65534 --clear-groups)
if "${as_reader[@]}" "$ATTAIN" help >/dev/null 2>&1; then
    status "a file that may only be read is read" 0 "${as_reader[@]}" "$ATTAIN" --db "$db" report progress --json "${day[@]}"
    status "and verified" 0 "${as_reader[@]}" "$ATTAIN" --db "$db" verify
    status "but not written" 1 "${as_reader[@]}" "$ATTAIN" --db "$db" import /dev/stdin --as results "${day[@]}"
    status "nor by a setting" 1 "${as_reader[@]}" "$ATTAIN" --db "$db" settings rounding pair
    says "in words" "may only be read" "$work/err"
else
    echo "skipped - a file that may only be read: nobody else may run $ATTAIN here"
fi
chmod 755 "$work/small"

# --- another writer
fresh
if python3 -c 'import sqlite3' 2>/dev/null; then
    coproc HOLD { python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()' "$db"; }
    hold_pid=$HOLD_PID
    read -r _ <&"${HOLD[0]}"
    status "another program writes: refused" 1 env ATTAIN_BUSY_MS=50 "$ATTAIN" --db "$db" import "$big" "${day[@]}"
    says "another program writes, in words" "another program is writing to the file" "$work/err"
    status "reading goes on" 0 attain report progress --json "${day[@]}"
    eval "exec ${HOLD[1]}>&-"
    wait "$hold_pid" 2>/dev/null
    status "when it has finished it works" 0 attain import "$big" "${day[@]}"
else
    echo "skipped - another writer: this python has no sqlite3"
fi

# --- two imports at once: one after the other
fresh
attain import "$data/results.csv" "${day[@]}" >"$work/one" 2>&1 &
one=$!
attain import "$big" "${day[@]}" >"$work/two" 2>&1 &
two=$!
wait "$one" && wait "$two" && good "two imports at once are both taken" ||
    wrong "two imports at once are both taken" "$(cat "$work/one" "$work/two")"
same "and both are there" $((after + 37)) "$(facts)"

# --- too little memory
fresh
if (ulimit -v 400000 && "$ATTAIN" help >/dev/null 2>&1); then
    odd=
    said=0
    for limit in $(seq 12000 1500 48000); do
        fresh
        got=0
        (ulimit -v "$limit" && exec "$ATTAIN" --db "$db" import "$big" "${day[@]}") >"$work/out" 2>"$work/err" || got=$?
        n=$(facts)
        case "$got $n" in
        "0 $after" | "127 $before") ;; # 127: the system's loader could not begin
        "1 $before") [ -s "$work/err" ] && said=$((said + 1)) || odd="$odd $limit: no words;" ;;
        *) odd="$odd $limit: status $got, $n facts;" ;;
        esac
    done
    same "too little memory: an answer in words ($said times), nothing or all" "" "$odd"
else
    echo "skipped - too little memory: this build needs more address room than ulimit -v gives"
fi

# --- nobody listens
fresh
attain import "$big" "${day[@]}" >/dev/null
for command in "report progress" "report progress --json" "export results" "export ctf" "imports" \
    "settings" "schools" "verify" "help" "help import"; do
    # shellcheck disable=SC2086
    if attain $command "${day[@]}" >/dev/full 2>"$work/err"; then
        wrong "no room for the answer of $command: exit status 1" "exit status 0"
    elif [ -s "$work/err" ]; then good "no room for the answer of $command: exit status 1, in words"; else
        wrong "no room for the answer of $command: exit status 1, in words" "nothing was said"
    fi
done
attain export results "${day[@]}" 2>"$work/err" | head -c 10 >/dev/null
got=${PIPESTATUS[0]}
case $got in
1 | 141) good "a reader that goes away ends it quietly" ;;
*) wrong "a reader that goes away ends it quietly" "exit status $got" "$(cat "$work/err")" ;;
esac
attain report progress "${day[@]}" >&- 2>"$work/err"
got=$?
[ "$got" -le 1 ] && good "a closed output" || wrong "a closed output" "exit status $got"
attain report progress "${day[@]}" >&- 2>&- <&-
got=$?
[ "$got" -le 1 ] && good "everything closed" || wrong "everything closed" "exit status $got"
same "the file is as it was" "$after" "$(facts)"

# --- hostile files
fresh
hostile() {
    local name=$1 file=$2
    shift 2
    status "$name: refused" 1 timeout 60 "$ATTAIN" --db "$db" import "$file" "$@" "${day[@]}"
    [ -s "$work/err" ] || [ -s "$work/out" ] && good "$name: in words" || wrong "$name: in words"
    same "$name: nothing was written" "$before" "$(facts)"
}
head='<?xml version="1.0" encoding="utf-8"?>'
cat >"$work/laughs.xml" <<X
$head
<!DOCTYPE CTfile [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<CTfile><Header><DocumentName>&c;</DocumentName></Header></CTfile>
X
hostile "entities" "$work/laughs.xml"
says "entities: it is said why" "DOCTYPE" "$work/err"
cat >"$work/outside.xml" <<X
$head
<!DOCTYPE CTfile SYSTEM "file:///etc/passwd">
<CTfile/>
X
hostile "a document type from outside" "$work/outside.xml" --as ctf
attain export ctf -o "$work/whole.xml" "${day[@]}"
head -c $(($(wc -c <"$work/whole.xml") * 2 / 3)) "$work/whole.xml" >"$work/cut.xml"
hostile "a transfer file cut short" "$work/cut.xml"
{
    echo "$head<CTfile>"
    for _ in $(seq 300); do printf '<a>'; done
    for _ in $(seq 300); do printf '</a>'; done
    echo '</CTfile>'
} >"$work/deep.xml"
hostile "three hundred deep" "$work/deep.xml" --as ctf
printf '%s<CTfile><Header>\0</Header></CTfile>' "$head" >"$work/nul.xml"
hostile "a NUL in a transfer file" "$work/nul.xml" --as ctf
printf 'upn,subject,kind,date,grade\nW806400119001,MAT\0,assessment,2026-03-20,4c\n' >"$work/nul.csv"
hostile "a NUL in a table" "$work/nul.csv"
head -c 100000 /dev/urandom >"$work/noise"
hostile "noise" "$work/noise"
hostile "noise called results" "$work/noise" --as results
{
    printf 'upn'
    for i in $(seq 5000); do printf ',c%s' "$i"; done
    printf '\n'
} >"$work/wide.csv"
hostile "five thousand columns" "$work/wide.csv" --as results
{
    printf 'upn,subject,kind,date,grade\nW806400119001,MAT,assessment,2026-03-20,'
    head -c 3000000 /dev/zero | tr '\0' 4
    printf '\n'
} >"$work/long.csv"
hostile "a field of three million letters" "$work/long.csv"
printf 'upn,subject,kind,date,grade\nW806400119001,MAT,assessment,2026-03-20,"4c\n' >"$work/quote.csv"
hostile "a quotation that never ends" "$work/quote.csv"
# A formula is text to us, and is written so that a spreadsheet takes it as text.
printf 'upn,surname,forename,dob,sex,year_group\nW806400119001,=1+1,Amy,2015-10-02,F,5\n' >"$work/formula.csv"
attain import "$work/formula.csv" "${day[@]}" >/dev/null
attain report progress --format csv --upn W806400119001 "${day[@]}" >"$work/out"
lacks "a formula does not go out as one" ",=1+1" "$work/out"
# Control characters of a file must not reach the terminal.
printf 'upn,surname,forename,dob,sex,year_group\nW806400119001,A\033[31mrcher,Amy,2015-10-02,F,5\n' >"$work/escape.csv"
attain import "$work/escape.csv" "${day[@]}" >"$work/out" 2>&1
lacks "no control characters reach the terminal by an import" "$(printf '\033')" "$work/out"
attain report progress --upn W806400119001 "${day[@]}" >"$work/out" 2>&1
lacks "nor by a report" "$(printf '\033')" "$work/out"
status "after all of it the file is sound" 0 attain verify
finish
