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

# --- measures of the school's own. In Years 5 and 6 mathematics now: Amy 3b, Ben 3b, Cat 3a, Eve
# 4c by her result, Fay 4c, Mia 4c; Kit nothing.
status "a measure is added" 0 attain measure add secure-3 'VALUE("MAT") >= "3a"' \
    --label "3a or better in mathematics" --years 5-6 --today 2026-03-27
own() { report summary --measure secure-3 "$@"; }
same "it counts of whom the formula says yes" "secure-3|3a or better in mathematics|5,6|4|6|66.7|1" \
    "$(own | rows - measure label years count of percent without_value)"
same "by any cut: Cat, Eve, Fay and Mia are girls" "F|4|5 M|0|1" \
    "$(own --by gender | rows - value count of | paste -sd' ')"
# Targets: Amy 4b, Ben 4c, Cat 5c, Fay 4b, Mia 4a or so reach it, Kit has 3b or below.
same "on another basis" "$(report summary --where 'TARGET("MAT") >= "3a" AND (YEAR = 5 OR YEAR = 6)' \
    --measure ks2-l4-mat --basis target | value 'a["population"]["of"]')" \
    "$(own --basis target | value 'a["tables"][0]["rows"][0]["count"]')"
same "the names behind it, with what it looks at" "Amy|3b|no Ben|3b|no Cat|3a|yes Eve|4c|yes Fay|4c|yes Kit|-|- Mia|4c|yes" \
    "$(report names --measure secure-3 | rows - forename value met | sed 's/true/yes/;s/false/no/;s/True/yes/;s/False/no/' | sort | paste -sd' ')"
same "over time it ends where it stands now" "4|6" \
    "$(report trend --measure secure-3 | rows - count of | tail -n 1)"
status "a forecast goes by results" 1 report forecast --measure secure-3
says "and says where a formula is followed" "The report trend follows it"
status "it may look at a characteristic" 0 attain measure add fsm-secure \
    'FSM = "true" AND VALUE("MAT") >= "3b"' --years 5-6 --today 2026-03-27
same "Amy has free meals and 3b; of Kit it is not known" "1|6" \
    "$(report summary --measure fsm-secure | rows - count of)"
status "a formula that is wrong" 1 attain measure add bad 'VALUE("MAT" >= "3a"' --json
same "says where" '["formula", 1, "20"]' \
    "$(value '[a["error"]["where"][k] for k in ("file", "row", "column")]' <"$work/out")"
status "a formula that gives a grade" 1 attain measure add bad 'VALUE("MAT")'
says "says what it gives" "not yes or no" "$work/err"
status "the framework's own measures are not changed" 1 attain measure add ks2-l4-mat 'YEAR = 5'
says "says why" "a measure of the framework" "$work/err"
status "an id is lower case" 1 attain measure add "High Readers" 'YEAR = 5'
status "years are years" 1 attain measure add x 'YEAR = 5' --years 11-7
status "words are missing" 2 attain measure add x
status "it may be changed" 0 attain measure add secure-3 'VALUE("MAT") >= "4c"' --years 5-6
says "which it says" "changed"
same "and counts anew" "3|6" "$(own | rows - count of)"
status "and ended" 0 attain measure end secure-3
status "then it is no measure" 1 report summary --measure secure-3
status "nor ended twice" 1 attain measure end secure-3
same "the list keeps it" "fsm-secure|in force secure-3|ended" \
    "$(attain measure list --json | rows - measure state | paste -sd' ')"
status "its id may be used again" 0 attain measure add secure-3 'VALUE("MAT") >= "3a"' --years 5-6

# --- bases side by side, and what figures are held against. Level 4+ in mathematics: now Eve,
# Fay and Mia of six; targets of Amy, Ben, Cat, Fay and Mia, not Kit's.
both="$(report summary --measure ks2-l4-mat --basis attainment,target)"
same "two bases in one row" "3|6|50.0|5|6|83.3" \
    "$(rows - count of percent target_count target_of target_percent <<<"$both")"
same "the first keeps the contract's keys" attainment "$(value 'a["basis"]' <<<"$both")"
same "all three" "attainment_count target_count prediction_count" \
    "$(report summary --measure ks2-l4-mat --basis all | value '" ".join(k for k in ("attainment_count", "target_count", "prediction_count") if k in a["tables"][0]["rows"][0] or k == "attainment_count")')"
same "one basis has no further columns" 0 \
    "$(report summary --measure ks2-l4-mat | value 'sum("target_count" == c["key"] for c in a["tables"][0]["columns"])')"
status "another report has one basis" 2 report aps --basis all
status "a basis that is none" 1 report summary --basis target,hope
status "the school's target" 0 attain settings target.ks2-l4-mat.2026 85
status "for a measure that there is" 1 attain settings target.ks2-l4-nat.2026 85
status "in percent" 1 attain settings target.ks2-l4-mat.2026 850
printf 'body,measure,subject,year,percent\nnational,ks2-l4-mat,MAT,2024,73\nnational,ks2-l4-mat,MAT,2025,74.5\nnational,ks2-l4-mat,MAT,2027,99\n' >"$work/national.csv"
status "national figures" 0 attain import "$work/national.csv"
same "stand beside the figure: the newest until this year" "85.0|74.5|85.0|-" \
    "$(report summary --measure ks2-l4-mat | rows - school_target national national_target floor)"
same "a floor that is known" "53.0|30.0" \
    "$(report summary --measure ks4-5ac-em | rows - national_target floor)"
same "last year had no target of the school's" "-|74.5" \
    "$(attain report summary --measure ks2-l4-mat --json --today 2025-03-27 | rows - school_target national)"

# --- Ivy, Year 11: 5b in mathematics at Key Stage 2, likely B, target A. B is three levels on.
same "three levels by likely grade and by target" "1|1|1|1" \
    "$(report summary --measure ks4-3lp-mat --year-group 11 --basis attainment,target | rows - count of target_count target_of)"
# From 6b at Key Stage 3 a B is two levels.
same "two levels are from the result of Key Stage 3" "1|1|0" \
    "$(report summary --measure ks4-2lp-mat --year-group 11 | rows - count of without_value)"

finish
