#!/usr/bin/env bash
# Every command from outside: exit statuses, words, JSON, and what is refused.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

# --- help and wrong usage
status "help" 0 "$ATTAIN" help
for command in demo init import imports export report target review settings schools verify bench help; do
    says "help lists $command" "  $command "
done
status "no command is help" 0 "$ATTAIN"
for command in demo init import imports export report target review settings schools verify bench; do
    status "help $command" 0 "$ATTAIN" help "$command"
    says "help $command names it" "attain $command"
    status "$command --help" 0 "$ATTAIN" "$command" --help
done
status "help of nothing known" 2 "$ATTAIN" help fly
status "no such command" 2 "$ATTAIN" fly
says "no such command, in words" 'there is no command "fly"' "$work/err"
same "one line on stderr" 1 "$(wc -l <"$work/err")"
same "nothing on stdout" "" "$(cat "$work/out")"
status "no such option" 2 attain report progress --yeargroup 5
says "the nearest option is offered" "--year-group" "$work/err"
status "an option without its value" 2 attain report progress --year-group
status "a switch with a value" 2 attain verify --rebuild=yes
status "a wrong day" 2 attain report progress --today 2026-02-30
status "a wrong command with --json" 2 "$ATTAIN" fly --json
same "an error as JSON" '["usage", true, true, true]' \
    "$(value '[a["error"]["code"], bool(a["error"]["message"]), "hint" in a["error"], "where" in a["error"]]' <"$work/out")"
status "which report?" 2 attain report
status "which file?" 2 attain import
same "a question ends with its mark alone" \
    "attain: which file? attain import FILE..., or attain import --undo NUMBER" "$(cat "$work/err")"

# --- a file that is not there
status "reading what is not there" 1 attain report progress
says "and how to make it" "attain init" "$work/err"
[ ! -e "$db" ] && good "nothing was made" || wrong "nothing was made"
status "init needs a name and a number" 2 attain init --name X
status "init with a wrong number" 1 attain init --name X --laestab 12
says "a wrong number, in words" "LAESTAB" "$work/err"
status "init with a framework nobody knows" 1 attain init --name X --laestab 8064001 --framework mars
status "init" 0 attain init --name "Hill School" --laestab 806/4001 --json
same "init answers JSON" true "$(value '"Hill School" in a["made"]' <"$work/out")"
status "the same number again" 1 attain init --name Other --laestab 8064001
says "the same number, in words" "already a school" "$work/err"
same "init makes a file for its owner alone" 600 "$(stat -c %a "$db")"

# --- an empty school
for name in progress trajectory targets missing summary aps authority trend; do
    status "report $name of an empty school" 0 attain report "$name" --json
    same "report $name says its name" "$name" "$(value 'a["report"]' <"$work/out")"
done
status "report summary of nobody in words" 0 attain report summary
status "report pupil needs a pupil" 2 attain report pupil
status "report of an unknown pupil" 1 attain report pupil --upn A000000000000
status "no such report" 2 attain report horoscope
says "the reports there are" "progress" "$work/err"
status "export of an empty school" 0 attain export results
same "an empty export is its header" \
    "upn,subject,kind,stage,date,review,grade,mark,max_mark,scale,source" "$(tr -d '\r' <"$work/out")"
status "imports of an empty school" 0 attain imports --json
same "no imports" 0 "$(value 'len(a["tables"][0]["rows"])' <"$work/out")"
status "verify an empty school" 0 attain verify --json
same "it is sound" '[true, 0, 0, []]' \
    "$(value '[a["sound"], a["links"], a["facts"], a["findings"]]' <"$work/out")"

# --- bringing in
day=(--today 2026-03-27)
status "a preview" 0 attain import "$data/pupils.csv" --preview --json "${day[@]}"
same "a preview counts and has no number" '[null, true, 13]' \
    "$(value '[a["id"], a["preview"], a["added"]]' <"$work/out")"
same "a preview writes nothing" 0 "$(attain verify --json | value 'a["facts"]')"
status "import before the command's name" 0 "$ATTAIN" --db "$db" --json --today=2026-03-27 import "$data/pupils.csv"
same "an import says all it must" \
    '["added", "file", "id", "kind", "refused", "superseded", "unchanged"]' \
    "$(value 'sorted(set(a) & {"id", "kind", "file", "added", "unchanged", "superseded", "refused"})' <"$work/out")"
status "the same file again" 0 attain import "$data/pupils.csv" --json "${day[@]}"
same "changes nothing" '[0, 13, 0]' "$(value '[a["added"], a["unchanged"], a["superseded"]]' <"$work/out")"
status "results" 0 attain import "$data/results.csv" "$data/late.csv" "$data/groups.csv" "${day[@]}"
says "results in words" "37 added, 0 unchanged, 0 superseded, 0 refused"

cat >"$work/bad.csv" <<'C'
upn,subject,kind,stage,date,grade,mark,max_mark,colour
W806400119001,MAT,assessment,,2026-03-20,4c,,,red
A806400119001,MAT,assessment,,2026-03-20,4c,,,
W806400119001,XYZ,assessment,,2026-03-20,4c,,,
W806400119001,MAT,guess,,2026-03-20,4c,,,
W806400119001,MAT,assessment,KS9,2026-03-20,4c,,,
W806400119001,MAT,assessment,,2026-03-20,9z,,,
W806400119001,MAT,assessment,,2026-02-30,4c,,,
W806400119001,MAT,assessment,,2026-03-28,4c,,,
W806400119001,MAT,result,KS2,2026-03-28,4,,,
W806400119001,MAT,test,,2026-03-20,,31,30,
W806400119001,MAT,target,KS2,2026-04-30,4b,,,
C
status "good rows are taken, bad ones refused: exit status 1" 1 \
    attain import "$work/bad.csv" --preview --json "${day[@]}"
# Rows count from 1 with the header as row 1; a target may be dated ahead.
same "each refusal has its row and column" "\
[3, \"upn\", \"A806400119001\"]
[4, \"subject\", \"XYZ\"]
[5, \"kind\", \"guess\"]
[6, \"stage\", \"KS9\"]
[7, \"grade\", \"9z\"]
[8, \"date\", \"2026-02-30\"]
[9, \"date\", \"2026-03-28\"]
[10, \"date\", \"2026-03-28\"]
[11, \"mark\", \"31\"]" \
    "$(value '"\n".join(json.dumps([r["row"], r["column"], r["value"]]) for r in a["refused"])' <"$work/out")"
same "each refusal has a reason" true "$(value 'all(len(r["reason"]) > 8 for r in a["refused"])' <"$work/out")"
same "the others would be taken" 2 "$(value 'a["added"]' <"$work/out")"
same "an unknown column is reported" true "$(value 'any("colour" in n for n in a["notes"])' <"$work/out")"
status "--all-or-nothing" 1 attain import "$work/bad.csv" --all-or-nothing --json "${day[@]}"
same "writes nothing" null "$(value 'a["id"]' <"$work/out")"
status "in words, too" 1 attain import "$work/bad.csv" --preview "${day[@]}"
says "in words: the row" "row 8"
# pupils.csv twice, results.csv, late.csv, groups.csv.
same "nothing was written by all that" 5 "$(attain imports --json | value 'len(a["tables"][0]["rows"])')"

status "a file that is not there" 1 attain import "$work/none.csv"
says "a file that is not there, by name" "none.csv" "$work/err"
status "a folder for a file" 1 attain import "$work"
printf 'red,green\n1,2\n' >"$work/odd.csv"
status "a file of no kind" 1 attain import "$work/odd.csv" --json
same "a file of no kind, as JSON" '"odd.csv"' \
    "$(value 'json.dumps(a["error"]["where"]["file"].split("/")[-1])' <"$work/out")"
: >"$work/empty.csv"
status "an empty file" 1 attain import "$work/empty.csv"
status "no such kind" 2 attain import "$data/pupils.csv" --as poem
status "--undo takes no file" 2 attain import "$data/pupils.csv" --undo 1

# Semicolons, d/m/y, a byte-order mark, Windows line ends, other order of columns.
printf '\357\273\277grade;date;kind;subject;upn\r\n4c;20/03/2026;assessment;Mathematics;W806400119001\r\n' >"$work/semi.csv"
status "another way to write the same" 0 attain import "$work/semi.csv" --json "${day[@]}"
id=$(value 'a["id"]' <"$work/out")
current() {
    attain report progress --json --upn W806400119001 "${day[@]}" "$@" | rows - current current_points
}
same "it holds now" "4c|25.00" "$(current)"

# --- undo
status "undo" 0 attain import --undo "$id" --json "${day[@]}"
same "what was before holds again" "3b|21.00" "$(current)"
status "undo twice" 1 attain import --undo "$id" "${day[@]}"
status "undo what never was" 1 attain import --undo 4711
status "undo no number" 2 attain import --undo last
same "the register keeps both" "$id" \
    "$(attain imports --json "${day[@]}" | value '[r["undoes"] for r in a["tables"][0]["rows"] if r["undoes"]][0]')"
status "sound after undoing" 0 attain verify
status "the derived tables again" 0 attain verify --rebuild
same "nothing changed by that" "3b|21.00" "$(current)"

# --- formats and places
for format in text csv html json; do
    status "report --format $format" 0 attain report progress --format "$format" "${day[@]}"
    [ -s "$work/out" ] && good "$format is not empty" || wrong "$format is not empty"
done
says "JSON by --format" '"report":"progress"'
status "no such format" 2 attain report progress --format papyrus
status "-o" 0 attain report progress --format csv -o "$work/p.csv" "${day[@]}"
same "nothing on stdout" "" "$(cat "$work/out")"
same "the header is the keys" "upn,surname,forename" "$(head -n 1 "$work/p.csv" | cut -d, -f1-3)"
same "the same bytes again" "$(cat "$work/p.csv")" "$(attain report progress --format csv "${day[@]}")"
status "-o where nothing can be written" 1 attain report progress -o /nowhere/p.csv "${day[@]}"
status "HTML is whole" 0 attain report pupil --upn W806400119001 --format html "${day[@]}"
says "HTML has a language" '<html lang="en'
lacks "HTML asks nobody for anything" "http://"

# --- names that are no names
for filter in "--year-group 14" "--basis hope" "--by shoe-size" "--as-at yesterday"; do
    # shellcheck disable=SC2086
    status "a wrong filter: $filter" 1 attain report summary $filter --json
    same "a wrong filter as JSON: $filter" true "$(value '"error" in a' <"$work/out")"
done
for filter in "--subject ZZZ" "--group Nobody" "--measure ks9-l9"; do
    # shellcheck disable=SC2086
    status "nothing has that name: $filter" 1 attain report summary $filter --json
    same "not found: $filter" not_found "$(value 'a["error"]["code"]' <"$work/out")"
done

status "nobody is in that registration group" 0 attain report summary --registration 9Z "${day[@]}"
says "and it says why it is empty" "No pupil on roll on this day fits these filters."

# --- targets
status "target what?" 2 attain target
status "a target for nobody" 2 attain target set --grade 4b
status "a target for somebody unknown" 1 attain target set --upn A000000000000 --subject MAT --grade 4b
status "a target of no grade there is" 1 attain target set --upn W806400119001 --subject MAT --grade 12
status "target set" 0 attain target set --upn W806400119001 --subject MAT --grade 5c "${day[@]}"
status "target list" 0 attain target list --upn W806400119001 --json "${day[@]}"
same "target list shows it" "5c" "$(rows - target <"$work/out")"
status "target check" 0 attain target check --json "${day[@]}"
same "target check is the report" targets "$(value 'a["report"]' <"$work/out")"

# --- reviews
status "review list of none" 0 attain review list --json
status "review add" 0 attain review add "Spring 2" --from 2026-03-20 --to 2026-04-02 --years 3-6 \
    --subjects MAT --json "${day[@]}"
same "it is open, since its days hold today" "Spring 2|open|2026-03-20|2026-04-02" \
    "$(rows - name state from to <"$work/out")"
status "review add without days" 2 attain review add Summer --years 3-6
status "review add the wrong way round" 1 attain review add Summer --from 2026-06-10 --to 2026-06-01 --years 3-6
status "review add without years" 2 attain review add Summer --from 2026-06-01 --to 2026-06-10
status "review missing" 0 attain review missing --review "Spring 2" --json "${day[@]}"
# Nothing was entered for this review: all of Years 3 to 6 who are on roll, Amy, Ben, Cat,
# Dan, Eve, Fay, Kit, Mia.
same "all eight are missing" 8 "$(rows - upn <"$work/out" | grep -c .)"
printf 'upn,subject,kind,date,review,grade\nW806400119001,MAT,assessment,2026-03-25,Spring 2,3a\n' >"$work/one.csv"
attain import "$work/one.csv" "${day[@]}" >/dev/null
same "then seven" 7 "$(attain review missing --review "Spring 2" --json "${day[@]}" | rows - upn | grep -c .)"
same "--review narrows judgements" "W806400119001|3a" \
    "$(attain report progress --review "Spring 2" --json "${day[@]}" | rows - upn current | grep -v -- '-$')"
status "review close" 0 attain review close "Spring 2" "${day[@]}"
status "opening again needs a reason" 1 attain review open "Spring 2" "${day[@]}"
status "opening again with one" 0 attain review open "Spring 2" --reason "5A was away" "${day[@]}"
status "no such review" 1 attain review close Winter
status "review what?" 2 attain review dance

# --- settings
status "settings" 0 attain settings --json
same "settings are listed" true "$(value '"rounding" in [r["name"] for r in a["tables"][0]["rows"]]' <"$work/out")"
status "a setting nobody knows" 1 attain settings colour red
status "a value nobody knows" 1 attain settings rounding upwards
status "flags the wrong way round" 1 attain settings flags "well-below 3, below 4, above 1"
status "a setting without its value" 2 attain settings rounding

# --- several schools
cat >"$work/schools.csv" <<'C'
laestab,name,phase,tag,from,to
8064001,Hill School,primary,supported,2025-09-01,
8064002,Vale School,primary,,,
C
status "schools.csv needs no --school" 0 attain import "$work/schools.csv" --json "${day[@]}"
same "schools are listed" "\
8064001|Hill School|primary
8064002|Vale School|primary" "$(attain schools --json | rows - laestab name phase)"
status "then --school must be said" 2 attain report progress
says "which there are" "8064002" "$work/err"
status "--school in either form" 0 attain report progress --school 806/4001 "${day[@]}"
status "--school with seven digits" 0 attain report progress --school 8064001 "${day[@]}"
status "no such school" 1 attain report progress --school 8069999
status "no such number" 1 attain report progress --school abc
printf 'body,measure,subject,year,percent\nnational,ks2-l4-mat,MAT,2025,74.0\nnational,ks2-l4-eng,ENG,2025,73.5\n' >"$work/national.csv"
status "national.csv needs no --school" 0 attain import "$work/national.csv" --json "${day[@]}"
same "two figures" 2 "$(value 'a["added"]' <"$work/out")"
status "once more" 0 attain import "$work/national.csv" --json "${day[@]}"
same "changes nothing" '[0, 2, 0]' "$(value '[a["added"], a["unchanged"], a["superseded"]]' <"$work/out")"

# --- out and in again: an empty school that takes the exports gives the same exports
one=(--school 8064001 "${day[@]}")
for kind in ctf pupils results targets; do
    status "export $kind" 0 attain export "$kind" -o "$work/1-$kind" "${one[@]}"
done
status "no such export" 2 attain export dreams --school 8064001
says "export pupils has the header of pupils.csv" \
    "upn,former_upn,surname,forename,dob,sex,year_group,registration,entry_date,leaving_date,ethnicity,language,fsm,pupil_premium,sen,looked_after,gifted,house" "$work/1-pupils"
# The header, Amy, Ben, Cat, Kit, Mia, and Lou with his leaving date.
same "export of one year group" 7 "$(attain export pupils --year-group 5 "${one[@]}" | grep -c .)"
first=$db
db=$work/b.db
attain init --name "Hill School" --laestab 8064001 >/dev/null
status "the exports go into an empty school" 0 attain import "$work/1-pupils" "$work/1-results" "$work/1-targets" "${day[@]}"
for kind in pupils results targets; do
    attain export "$kind" -o "$work/2-$kind" "${day[@]}"
    same "the same $kind come out" "$(cat "$work/1-$kind")" "$(cat "$work/2-$kind")"
done
db=$work/c.db
attain init --name "Hill School" --laestab 8064001 >/dev/null
status "the transfer file goes into an empty school" 0 attain import "$work/1-ctf" "${day[@]}"
attain export ctf -o "$work/2-ctf" "${day[@]}"
same "the same transfer file comes out" "$(cat "$work/1-ctf")" "$(cat "$work/2-ctf")"
same "with everybody on roll" 12 "$(grep -c '<UPN>' "$work/2-ctf")"
db=$first

# --- marks. In 2008 level 4 of the Key Stage 2 test in mathematics went from 45 to 77: of 61
# marks 4 + (61 - 45)/33 = 4.485, of 77 4 + 32/33 = 4.970. One decimal place is printed, and
# never as the next level: 4.5 and 4.9. Points are six times as much of what is kept, 4.48
# and 4.97.
db=$work/marks.db
attain init --name "Hill School" --laestab 8064001 >/dev/null
cat >"$work/marked.csv" <<'C'
upn,surname,forename,dob,sex,year_group,entry_date
C806400119005,Evans,Eve,1997-01-05,F,6,2005-09-01
R806400119006,Frost,Fay,1997-01-06,F,6,2005-09-01
C
cat >"$work/marks.csv" <<'C'
upn,subject,kind,stage,date,mark,max_mark,source
C806400119005,MAT,test,KS2,2008-05-14,61,100,TT
R806400119006,MAT,test,KS2,2008-05-14,77,100,TT
C
status "marks are taken" 0 attain import "$work/marked.csv" "$work/marks.csv" --today 2008-07-01
marks() {
    attain report progress --subject MAT --json --today 2008-07-01 | rows - current current_points | tr '\n' ' '
}
same "a test does not count unless the school says so" "-|- -|- " "$(marks)"
attain settings tests-count yes >/dev/null
same "a mark is a decimal level, never printed as the next" "4.5|26.88 4.9|29.82 " "$(marks)"
db=$first

# --- bench, once, for its shape
status "bench --json" 0 "$ATTAIN" bench --json --keep "$work/bench"
same "bench measures ten things" true "$(value 'len(a["tables"][0]["rows"]) >= 9 and a["tables"][1]["name"] == "machine"' <"$work/out")"
[ -s "$work/bench/school.db" ] && good "bench --keep keeps" || wrong "bench --keep keeps"
status "bench does not write over a folder" 1 "$ATTAIN" bench --keep "$work/bench"
finish
