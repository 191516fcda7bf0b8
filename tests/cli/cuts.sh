#!/usr/bin/env bash
# Pupils divided in every way: sets and teachers, two ways at once, gaps; own measures; saved
# reports. The school of contract.sh, figures by hand beside them.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

report() {
    attain report "$@" --json --today 2026-03-27
}

attain init --name "Hill School" --laestab 806/4001 --today 2026-02-15 >/dev/null
status "the school's files are taken" 0 attain import "$data/pupils.csv" "$data/results.csv" \
    "$data/groups.csv" "$data/late.csv" --today 2026-03-20 --json

# --- sets and teachers: Amy (3b) and Ben (3b after his correction) are in 5/Ma1.
status "a teacher with a class" 0 attain user add --username adeyemi --name "Ms Adeyemi" \
    --role teacher --scope group:5/Ma1 --from 2026-01-05 --today 2026-02-15
status "a teacher whose time is over" 0 attain user add --username brook --name "Mr Brook" \
    --role teacher --scope group:5/Ma1 --from 2025-09-03 --to 2025-12-31 --today 2026-02-15
same "by set: nobody of the two at Level 4" "set|5/Ma1|0|2|0.0" \
    "$(report summary --measure ks2-l4-mat --by set | rows - group value count of percent)"
same "by teacher on the day" "teacher|Ms Adeyemi|0|2" \
    "$(report summary --measure ks2-l4-mat --by teacher | rows - group value count of)"
same "a set of another subject is not one of science" "" \
    "$(report aps --subject SCI --by set | rows - value)"

# --- two ways at once, and gaps: Level 4+ by targets in Years 5 and 6: Amy, Cat, Fay and Mia
# reach it, Ben does, Kit does not. Amy and Kit have free meals.
crossed="$(report summary --measure ks2-l4-mat --basis target --by gender --cross fsm)"
same "a row for each pair" "\
gender*fsm|F*N|3|3|100.0
gender*fsm|F*Y|1|1|100.0
gender*fsm|M*N|1|1|100.0
gender*fsm|M*Y|0|1|0.0" "$(rows - group value count of percent <<<"$crossed")"
gapped="$(report summary --measure ks2-l4-mat --basis target --by gender)"
# Girls 4 of 4 less boys 1 of 2: 50 points; half of two boys is one pupil. Wilson: 4 of 4 is
# 51.0-100, 1 of 2 is 9.5-90.5, so Newcombe's low is 50 - sqrt(49.0^2 + 40.5^2) = -13.6,
# the high 50 + sqrt(0 + 40.5^2) = 90.5.
same "the gap between two groups, with its interval and in pupils" \
    "gender|F|M|4|4|1|2|50.0|-13.6|90.5|1" \
    "$(value '"|".join(str(a["tables"][1]["rows"][0][k]) for k in "group value against count of against_count against_of gap low high gap_pupils".split())' <<<"$gapped")"
same "each pair against the rest" \
    "F*N|rest 3/3 2/3 F*Y|rest 1/1 4/5 M*N|rest 1/1 4/5 M*Y|rest 0/1 5/5" \
    "$(value '" ".join("%s|%s %d/%d %d/%d" % (r["value"], r["against"], r["count"], r["of"], r["against_count"], r["against_of"]) for r in a["tables"][1]["rows"])' <<<"$crossed")"
same "no table of gaps where nothing is divided" 1 \
    "$(report summary --measure ks2-l4-mat | value 'len(a["tables"])')"
same "a cut crossed with itself is that cut" "gender|F gender|M" \
    "$(report summary --measure ks2-l4-mat --basis target --by gender --cross gender | rows - group value | paste -sd' ')"
same "a second cut alone is the first" "fsm" \
    "$(report summary --measure ks2-l4-mat --basis target --cross fsm | rows - group | sort -u)"
same "the names behind a pair" "Kit" \
    "$(report names --measure ks2-l4-mat --basis target --by gender --cross fsm --value 'M*Y' | rows - forename | sort | paste -sd' ')"
status "a crossing of nothing known" 1 report summary --by gender --cross shoes
says "is refused with what there is" "ethnicity-main" "$work/out"
status "a report that does not cross" 2 report targets --by gender --cross fsm
says "says so" "two ways at once" "$work/out"

# --- progress by a cut: contract.sh has the flags. In mathematics of Years 5 and 6: girls Amy
# below, Cat well below, Fay below, Mia above; boys Ben on; Kit has no judgement.
same "below, on and above by gender" "\
gender|F|4|4|3|75.0|0|0.0|1|25.0
gender|M|1|1|0|0.0|1|100.0|0|0.0" \
    "$(report progress --subject MAT --where 'YEAR = 5 OR YEAR = 6' --by gender | value '"\n".join("|".join(str(r[k]) for k in "group value pupils judgements below below_percent on on_percent above above_percent".split()) for t in a["tables"] if t["name"] == "by" for r in t["rows"])')"
same "average points two ways at once" "\
gender*fsm|F*N
gender*fsm|F*Y
gender*fsm|M*N" "$(report aps --subject MAT --year-group 5 --by gender --cross fsm | rows - group value)"

# --- saved reports
status "a report is saved" 0 attain report save "Year 5 by sex" summary --year-group 5 --by gender \
    --measure ks2-l4-mat --basis target --json --today 2026-03-27
number=$(value 'a["id"]' <"$work/out")
same "and run again with its filters" "gender|F|3|3 gender|M|1|2" \
    "$(report run "year 5 by sex" | rows - group value count of | paste -sd' ')"
same "with others instead of its own" "fsm|N|3|3 fsm|Y|1|2" \
    "$(report run "Year 5 by sex" --by fsm | rows - group value count of | paste -sd' ')"
status "the list" 0 attain report list --json
same "says what it holds" "Year 5 by sex|summary|year-group=5 by=gender measure=ks2-l4-mat basis=target|the school" \
    "$(rows - name report filters shared <"$work/out")"
status "saved again it is replaced" 0 attain report save "Year 5 by sex" progress --share head_of_year --json
same "under its number" "$number" "$(value 'a["id"]' <"$work/out")"
same "with the new report" "progress|head of year" "$(attain report list --json | rows - report shared)"
status "a name is needed" 1 attain report save "" progress
status "a report that there is" 1 attain report save X nothing
status "a role that there is" 1 attain report save X progress --share king
says "says whom" "school or a role of staff" "$work/err"
status "words are missing" 2 attain report save X
status "removed" 0 attain report remove "Year 5 by sex"
status "it is not run any more" 1 attain report run "Year 5 by sex"
same "but stays on record" 3 "$(python3 -c 'import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("select count(*) from saved_report").fetchone()[0])' "$db")"
same "nothing changes a row of it" "append-only" "$(python3 -c 'import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1]).execute("update saved_report set name = 1")
except sqlite3.Error as e:
    print("append-only")' "$db")"

finish
