#!/usr/bin/env bash
# Backups from outside: made while others write, killed on the way, on a full disk, damaged in
# every way; and the way back. A backup is good and proved, or nobody takes it for one.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
day=(--today 2026-03-27)
mounted=
trap '[ -z "$mounted" ] || umount "$mounted"; rm -rf "$work"' EXIT
bk=$work/bk

facts() {
    attain verify --json | value 'a["facts"] if a["sound"] else "not sound: " + a["findings"][0]'
}

attain init --name "Hill School" --laestab 8064001 >/dev/null
attain import "$data/pupils.csv" "${day[@]}" >/dev/null
attain import "$data/results.csv" "${day[@]}" >/dev/null
before=$(facts)

# --- wrong usage
status "backup of nothing" 2 attain backup
status "backup and check at once" 2 attain backup --to "$bk" --check "$bk"
status "backup with a word too many" 2 attain backup "$bk"
status "backup to nowhere" 2 attain backup --to ""
status "restore of nothing" 2 attain restore
status "restore of two" 2 attain restore a b
status "a drill that replaces" 2 attain restore "$bk" --drill --replace
for command in backup restore; do
    status "help $command" 0 "$ATTAIN" help "$command"
    says "help $command names it" "attain $command"
done

# --- made, checked, brought back
status "no backup yet" 1 attain backup --check "$work"
says "no backup yet, in words" "there is no backup in" "$work/err"
status "a folder that is not there" 1 attain backup --check "$bk"
status "a database that is not there" 1 "$ATTAIN" --db "$work/none.db" backup --to "$bk"
[ ! -e "$bk" ] && good "nothing was made for it" || wrong "nothing was made for it"
status "a backup" 0 attain backup --to "$bk" "${day[@]}"
one=$bk/attain-2026-03-27-000000
says "it says where" "$one"
same "two files, for their owner alone" "600 attain.db
600 manifest.json" "$(cd "$one" && stat -c '%a %n' *)"
same "the folder too" 700 "$(stat -c %a "$one")"
same "b2sum finds the same digest" "$(value 'a["blake2b_256"]' <"$one/manifest.json")" \
    "$(b2sum -l 256 "$one/attain.db" | cut -d' ' -f1)"
same "the manifest's rows and heads are the file's" "$(sqlite3 "$one/attain.db" \
    "SELECT (SELECT count(*) FROM result) || ' ' || (SELECT hash FROM link ORDER BY link_no DESC LIMIT 1)")" \
    "$(value 'str(a["rows"]["result"]) + " " + a["chains"][0]["head"]' <"$one/manifest.json")"
status "the same second again" 1 attain backup --to "$bk" "${day[@]}"
says "the same second, in words" "of this second" "$work/err"
status "check by its folder" 0 attain backup --check "$one" --json
same "check answers JSON" "[true, \"$one\", $before]" \
    "$(value '[a["sound"], a["backup"], a["manifest"]["facts"]]' <"$work/out")"
status "check by the folder of all, with a slash" 0 attain backup --check "$bk/"
same "and left it as it was" 2 "$(find "$one" -type f | wc -l)"
status "restore where there is a database" 1 attain restore "$bk"
says "it says how" "--replace" "$work/err"
status "the same as JSON" 1 attain restore "$bk" --json
same "an error as JSON" conflict "$(value 'a["error"]["code"]' <"$work/out")"
status "restore elsewhere" 0 "$ATTAIN" --db "$work/new.db" restore "$bk" --json
same "restore answers JSON" '[false, true, null, true]' \
    "$(value '[a["drill"], a["restored"].endswith("new.db"), a["kept"], a["milliseconds"] >= 0]' <"$work/out")"
same "everything is in it" "$before" "$("$ATTAIN" --db "$work/new.db" verify --json | value 'a["facts"]')"
same "for its owner alone" 600 "$(stat -c %a "$work/new.db")"
status "a drill" 0 attain restore "$bk" --drill
says "it counts" "result"
says "it is recorded" "The drill is recorded"
status "a drill without a database" 0 "$ATTAIN" --db "$work/none.db" restore "$bk" --drill --json
same "it says so" '[true, false, true]' \
    "$(value '[a["drill"], a["recorded"], "no database" in a["note"]]' <"$work/out")"
[ ! -e "$work/none.db" ] && good "and makes none" || wrong "and makes none"
attain import "$data/groups.csv" "${day[@]}" >/dev/null 2>&1
status "restore over it" 0 attain restore "$bk" --replace
same "it is as it was" "$before" "$(facts)"
[ -s "$db.before-restore" ] && good "the other is kept" || wrong "the other is kept"
same "no other file is left" "" "$(find "$work" -name '*part*' -o -name 'a.db-*')"

# --- damaged in every way
broken() {
    local name=$1 words=$2
    status "$name: check" 1 attain backup --check "$bad_one"
    says "$name: in words" "$words" "$work/err"
    same "$name: in one line" 1 "$(wc -l <"$work/err")"
    status "$name: restore" 1 "$ATTAIN" --db "$work/broken.db" restore "$bad_one"
    status "$name: drill" 1 "$ATTAIN" --db "$work/broken.db" restore "$bad_one" --drill
    same "$name: nothing was made" "" "$(find "$work" -maxdepth 1 -name 'broken.db*')"
    rm -rf "$bad_one"
    cp -r "$one" "$bad_one"
}
bad_one=$work/bad/attain-2026-03-27-000000
mkdir "$work/bad"
cp -r "$one" "$bad_one"
printf 'X' | dd of="$bad_one/attain.db" bs=1 seek=100000 conv=notrunc 2>/dev/null
broken "a byte changed" "is damaged"
truncate -s 50000 "$bad_one/attain.db"
broken "cut short" "cut short"
: >"$bad_one/attain.db"
broken "empty" "cut short"
rm "$bad_one/attain.db"
broken "no copy" "could not read"
rm "$bad_one/manifest.json"
broken "no manifest" "has no manifest.json"
truncate -s 300 "$bad_one/manifest.json"
broken "half a manifest" "manifest is damaged"
sed -i 's/"schema":/"schema":9/' "$bad_one/manifest.json"
broken "of a newer program" "newer Attain"
sed -i 's/"pupil":13/"pupil":14/' "$bad_one/manifest.json"
broken "other counts" "13 rows of pupil, not 14"
rm -rf "$bad_one"
cp -r "$one" "$bad_one"
mv "$bad_one" "$bad_one.part"
bad_one=$bad_one.part
broken "cut short while it was made" "cut short"
rm -rf "$work/bad"

# --- the database itself is unsound
cp "$db" "$work/odd.db"
sqlite3 "$work/odd.db" "DROP TRIGGER result_no_update; UPDATE result SET grade = '5a' WHERE seq = (SELECT max(seq) FROM result)"
status "an unsound database" 1 "$ATTAIN" --db "$work/odd.db" backup --to "$work/odd" "${day[@]}"
says "it says so" "not sound" "$work/err"
status "and the check does" 1 attain backup --check "$work/odd"
status "as JSON" 1 "$ATTAIN" --db "$work/odd.db" backup --to "$work/odd" --today 2026-03-28 --json
same "it is not called sound" false "$(value 'a["sound"]' <"$work/out")"

# --- while another process writes without a pause
writer() {
    local i=0
    while [ ! -e "$work/stop" ]; do
        i=$((i + 1))
        printf 'upn,subject,kind,date,grade\n' >"$work/w.csv"
        tail -n +2 "$data/pupils.csv" | cut -d, -f1 | while read -r upn; do
            printf '%s,SCI,test,%s,\n' "$upn" "$(date -d "2000-01-01 +$i days" +%F)"
        done | sed "s/,\$/,4c/" >>"$work/w.csv"
        "$ATTAIN" --db "$db" import "$work/w.csv" "${day[@]}" >/dev/null 2>"$work/w.err" || true
    done
}
writer &
writer_pid=$!
odd=
last=$before
grew=0
for i in $(seq 1 12); do
    to=$(date -d "2026-04-01 +$i days" +%F)
    attain backup --to "$bk" --today "$to" >/dev/null 2>"$work/err" || odd="$odd $i: $(cat "$work/err");"
    n=$(attain backup --check "$bk" --json | value 'a["manifest"]["facts"] if a["sound"] else -1')
    [ "$n" -ge "$last" ] || odd="$odd $i: $n facts after $last;"
    [ "$n" -le "$last" ] || grew=$((grew + 1))
    last=$n
done
touch "$work/stop"
wait "$writer_pid"
same "twelve backups while another process writes: each proved ($last facts)" "" "$odd"
[ "$grew" -gt 2 ] && good "it did write meanwhile" || wrong "it did write meanwhile" "$grew" "$(cat "$work/w.err")"
status "the last of them comes back" 0 "$ATTAIN" --db "$work/during.db" restore "$bk"
same "as it was proved" "$last" "$("$ATTAIN" --db "$work/during.db" verify --json | value 'a["facts"]')"

# --- killed on the way
began=$(date +%s%N)
attain backup --to "$work/whole" "${day[@]}" >/dev/null
whole=$(($(date +%s%N) - began))
odd=
cut=0
for i in $(seq 1 20); do
    rm -rf "$work/killed"
    mkdir "$work/killed"
    "$ATTAIN" --db "$db" backup --to "$work/killed" "${day[@]}" >/dev/null 2>&1 &
    pid=$!
    sleep "$(awk -v t="$whole" -v i="$i" 'BEGIN { printf "%.4f", t * (i - 0.5) / 20 / 1e9 }')"
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    if [ -e "$work/killed/attain-2026-03-27-000000" ]; then
        attain backup --check "$work/killed" >/dev/null 2>"$work/err" || odd="$odd $i: $(cat "$work/err");"
    else
        cut=$((cut + 1))
        attain backup --check "$work/killed" >/dev/null 2>&1 && odd="$odd $i: taken for a good one;"
    fi
done 2>/dev/null
same "killed at twenty moments: whole, or no backup ($cut cut short)" "" "$odd"
[ "$cut" -gt 0 ] && good "some were killed in time" || wrong "some were killed in time"
now=$(facts)
odd=
for i in $(seq 1 20); do
    rm -f "$work/k.db"*
    cp "$work/new.db" "$work/k.db"
    "$ATTAIN" --db "$work/k.db" restore "$bk" --replace >/dev/null 2>&1 &
    pid=$!
    sleep "$(awk -v t="$whole" -v i="$i" 'BEGIN { printf "%.4f", t * (i - 0.5) / 20 / 1e9 }')"
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    n=$("$ATTAIN" --db "$work/k.db" verify --json | value 'a["facts"] if a["sound"] else -1')
    case $n in
    "$before" | "$last") ;;
    *) odd="$odd $i: $n;" ;;
    esac
    "$ATTAIN" --db "$work/k.db" restore "$bk" --replace >/dev/null 2>"$work/err" || odd="$odd $i: $(cat "$work/err");"
done 2>/dev/null
same "a restore killed at twenty moments: the old or the new, and the next works" "" "$odd"

# --- a full disk, and a file that may not grow
mkdir "$work/small"
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size=100k attain-test "$work/small" 2>/dev/null; then
    mounted=$work/small
    status "a full disk: backup" 1 attain backup --to "$work/small" "${day[@]}"
    says "a full disk, in words" "the disk is full" "$work/err"
    same "nothing half done is left" "" "$(ls "$work/small")"
    status "a full disk: restore" 1 "$ATTAIN" --db "$work/small/a.db" restore "$bk"
    says "a full disk on the way back, in words" "the disk is full" "$work/err"
    same "nothing half done is left of it" "" "$(ls "$work/small")"
    status "a full disk: drill" 1 env TMPDIR="$work/small" "$ATTAIN" --db "$db" restore "$bk" --drill
    same "nothing half done is left of a drill" "" "$(ls "$work/small")"
    umount "$work/small" && mounted=
else
    echo "skipped - a full disk: a small file system can be mounted only by root"
fi
status "a file that may not grow: backup" 1 bash -c \
    'trap "" XFSZ; ulimit -f 60; exec "$@"' - "$ATTAIN" --db "$db" backup --to "$work/small" "${day[@]}"
[ -s "$work/err" ] && good "a file that may not grow, in words" || wrong "a file that may not grow, in words"
same "nothing half done is left there" "" "$(ls "$work/small")"
status "a file that may not grow: restore" 1 bash -c \
    'trap "" XFSZ; ulimit -f 60; exec "$@"' - "$ATTAIN" --db "$work/small/a.db" restore "$bk"
same "nor after a restore" "" "$(ls "$work/small")"

# --- places that may not be used
chmod 755 "$work"
as_reader=()
[ "$(id -u)" != 0 ] || as_reader=(setpriv --reuid 65534 --regid 65534 --clear-groups)
if "${as_reader[@]}" "$ATTAIN" help >/dev/null 2>&1; then
    chmod 500 "$work/small"
    [ "$(id -u)" != 0 ] || chown 65534 "$bk"
    chmod 000 "$bk"
    status "a folder that may not be read" 1 "${as_reader[@]}" "$ATTAIN" --db "$db" backup --check "$bk"
    [ -s "$work/err" ] && good "in words" || wrong "in words"
    chmod 700 "$bk"
    [ "$(id -u)" != 0 ] || chown 0 "$bk"
    chmod 644 "$db"
    status "a folder that may not be written" 1 "${as_reader[@]}" "$ATTAIN" --db "$db" backup --to "$work/small"
    says "that in words" "could not" "$work/err"
    mkdir -m 777 "$work/open"
    status "a database that may only be read" 0 "${as_reader[@]}" "$ATTAIN" --db "$db" backup --to "$work/open"
    says "it says that it is not noted" "does not say that this backup was made"
    chmod 600 "$db"
    chmod 755 "$work/small"
else
    echo "skipped - places that may not be used: nobody else may run $ATTAIN here"
fi
status "a file instead of a folder" 1 attain backup --to "$db"
says "a file, in words" "is not a folder" "$work/err"
status "a folder whose parent is missing" 1 attain backup --to "$work/no/such"

# --- somebody has the database open
if python3 -c 'import sqlite3' 2>/dev/null; then
    coproc HOLD { python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("SELECT count(*) FROM school").fetchone()
print("held", flush=True)
sys.stdin.read()' "$db"; }
    hold_pid=$HOLD_PID
    read -r _ <&"${HOLD[0]}"
    status "a database in use is not replaced" 1 attain restore "$bk" --replace
    says "in use, in words" "another program has" "$work/err"
    status "but it can be copied" 0 attain backup --to "$work/open2" "${day[@]}"
    eval "exec ${HOLD[1]}>&-"
    wait "$hold_pid" 2>/dev/null
    same "and is as it was" "$now" "$(facts)"
    status "when nobody has, it is" 0 attain restore "$bk" --replace
else
    echo "skipped - a database in use: this python has no sqlite3"
fi

# --- nobody listens
status "no room for the answer of a check" 1 bash -c '"$@" >/dev/full' - "$ATTAIN" --db "$db" backup --check "$bk"
finish
