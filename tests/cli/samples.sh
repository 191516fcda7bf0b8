#!/usr/bin/env bash
# Files from outside: the samples in $ATTAIN_SAMPLES, skipped where they are not.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
samples=${ATTAIN_SAMPLES:-}

# --- the Exam data of 65 London schools, by the mapping that comes with the program
exam=$samples/models/exam.csv
if [ -n "$samples" ] && [ -r "$exam" ]; then
    status "the London schools come in by a mapping" 0 attain import "$exam" --map exam-london --json
    # Two results a pupil besides the pupil: what counts is that no row was refused.
    same "no row is refused" '[]' "$(value 'a["refused"]' <"$work/out")"
    same "65 schools" 65 "$(attain schools --json | rows - laestab | sort -u | grep -c .)"
    # The exams are of 30 June 2008.
    status "average points of every school" 0 attain report aps --subject EXA --by gender --today 2008-07-15 --json
    same "4,059 pupils" 4059 "$(rows - count <"$work/out" | awk '{ n += $1 } END { print n }')"
    rows - laestab value count aps <"$work/out" | sort >"$work/got"
    # The same means from the file itself: school 1 is 9984001.
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { key = sprintf("9984%03d|%s", $at["school"], $at["sex"]); n[key]++; sum[key] += $at["normexam"] }
        END { for (key in n) printf "%s|%d|%.9f\n", key, n[key], sum[key] / n[key] }' "$exam" | sort >"$work/want"
    same "the means are those of the file, to three places" "" "$(python3 - "$work/got" "$work/want" <<'P'
import sys
def read(path):
    return {tuple(l.split("|")[:2]): l.rstrip("\n").split("|")[2:] for l in open(path)}
got, want = read(sys.argv[1]), read(sys.argv[2])
for key in sorted(set(got) | set(want)):
    g, w = got.get(key), want.get(key)
    # Results are kept in thousandths: a mean of n of them is right to half of one, and so
    # is what is printed.
    if g is None or w is None or g[0] != w[0] or abs(float(g[1]) - float(w[1])) > 0.00101:
        print(key, g, w)
P
)"
    status "one school of them" 0 attain report aps --school 9984001 --subject EXA --today 2008-07-15 --json
    # awk: 73 pupils in the first school.
    same "its pupils" "$(awk -F, '$1 == 1' "$exam" | grep -c .)" "$(rows - count <"$work/out")"
    status "the same file again" 0 attain import "$exam" --map exam-london --json
    same "changes nothing" '[0, 0]' "$(value '[a["added"], a["superseded"]]' <"$work/out")"
    status "it is all sound" 0 attain verify
else
    echo "skipped - the London schools: there is no \$ATTAIN_SAMPLES/models/exam.csv"
fi

# --- transfer files
if [ -n "$samples" ] && ls "$samples"/ctf/*.xml >/dev/null 2>&1; then
    for file in "$samples"/ctf/*.xml; do
        name=$(basename "$file")
        db=$work/$name.db
        attain init --name "Sample School" --laestab 3549002 >/dev/null
        pupils=$(grep -c '<UPN>' "$file")
        status "$name: a preview" 0 attain import "$file" --preview --json
        status "$name comes in" 0 attain import "$file" --json
        same "$name: it is seen to be a transfer file" '["ctf", []]' \
            "$(value '[a["kind"], a["refused"]]' <"$work/out")"
        attain export pupils -o "$work/pupils.csv"
        same "$name: every pupil is there" "$pupils" "$(($(grep -c . "$work/pupils.csv") - 1))"
        results=$(grep -c '<StageAssessment>' "$file")
        attain export results -o "$work/results.csv"
        [ "$(($(grep -c . "$work/results.csv") - 1))" -le "$results" ] &&
            good "$name: no result was made up" || wrong "$name: no result was made up"
        status "$name again" 0 attain import "$file" --json
        same "$name changes nothing the second time" '[0, 0]' \
            "$(value '[a["added"], a["superseded"]]' <"$work/out")"
        status "$name goes out" 0 attain export ctf -o "$work/out-$name"
        same "$name: with its results" "$results" "$(grep -c '<StageAssessment>' "$work/out-$name")"
        db=$work/$name.again.db
        attain init --name "Sample School" --laestab 3549002 >/dev/null
        status "$name: what went out comes in" 0 attain import "$work/out-$name" --json
        attain export results -o "$work/results2.csv"
        same "$name: with the same results" "$(cat "$work/results.csv")" "$(cat "$work/results2.csv")"
        status "$name: sound" 0 attain verify
    done
else
    echo "skipped - transfer files: there is no \$ATTAIN_SAMPLES/ctf"
fi
finish
