#!/usr/bin/env bash
# The figures of a school of thirteen pupils, each worked out by hand beside it.
#
# Points: sub-levels c b a of level L are 6L+1, 6L+3, 6L+5, so 2c 13, 2b 15, 2a 17, 3c 19,
# 3b 21, 3a 23, 4c 25, 4b 27, 4a 29, 5c 31, 5b 33, 5a 35, 6c 37, 6b 39, 6a 41, 7c 43. GCSE: A 52, B 46.
# 27 March 2026 lies in the spring term. Terms gone by its end: Year 3 k = 2, Year 5 k = 8,
# Year 6 k = 11 of 12; Year 8 k = 5, Year 9 k = 8 of 9. The line is p0 + (pT - p0) k / N.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

report() {
    attain report "$@" --json --today 2026-03-27
}

# Everything was on record on 15 February but three rows, which came on 20 March: a
# correction of Ben's judgement (3c to 3b), a later judgement of Mia and a result of Eve.
attain init --name "Hill School" --laestab 806/4001 --today 2026-02-15 >/dev/null
status "the school's files are taken" 0 attain import "$data/pupils.csv" "$data/results.csv" \
    "$data/groups.csv" --today 2026-02-15 --json
same "three files answer an array with their counts" \
    '[["pupils", 13, 0, 0, 0], ["results", 37, 0, 0, 0], ["groups", 4, 0, 0, 0]]' \
    "$(value '[[x["kind"], x["added"], x["unchanged"], x["superseded"], len(x["refused"])] for x in a]' <"$work/out")"
status "three rows come later" 0 attain import "$data/late.csv" --today 2026-03-20 --json
same "a correction supersedes, the others are added" '["late.csv", 2, 0, 1, []]' \
    "$(value '[a["file"], a["added"], a["unchanged"], a["superseded"], a["refused"]]' <"$work/out")"

# --- progress

keys="upn surname forename subject prior target progress_target current current_points
progress_points gap_points gap_steps flag"
status "report progress" 0 report progress
cp "$work/out" "$work/progress"
# Amy   15 + 12 x 8/12 = 23, 3a; 3b is 21: -2, one step below.
# Ben   13 + 12 x 8/12 = 21, 3b; 3b: on.
# Cat   17 + 14 x 8/12 = 26.333, nearest 4b (27, not 25); 3a is 23: -3.333, 3a-4c-4b two steps.
# Dan   15 + 6 x 2/12 = 16, half-way between 2b and 2a: the higher; 2b is 15: -1, one step.
# Eve   no prior of Key Stage 1 and no target; English is (27 + 21)/2 = 24, level 4: 4c.
# Fay   English (25 + 21)/2 = 23, 3a. Mathematics 15 + 12 x 11/12 = 26, half-way: 4b; 4c: -1, one step.
# Gus   27 + 12 x 5/9 = 33.667, nearest 5b (33, not 35); 5a is 35: +1.333, one step.
# Hal   31 + 12 x 8/9 = 41.667, nearest 6a (41, not 43); 6b is 39: -2.667, one step.
# Ivy   Key Stage 4: the likely B, 46, against the target A, 52: -6, one grade. Prior of Key Stage 2.
# Jon   Key Stage 1 has no line without a baseline.
# Kit   a target, but no prior and no judgement.  Lou left in January.
# Mia   15 + 12 x 8/12 = 23, 3a; 4c is 25: +2, one step.
same "progress rows, all by hand" "\
W806400119001|Archer|Amy|MAT|2b|4b|3a|3b|21.00|23.00|-2.00|-1|below
K806400119002|Bell|Ben|MAT|2c|4c|3b|3b|21.00|21.00|0.00|0|on
Z806400119003|Cole|Cat|MAT|2a|5c|4b|3a|23.00|26.333|-3.333|-2|well-below
N806400119004|Dunn|Dan|MAT|2b|3b|2a|2b|15.00|16.00|-1.00|-1|below
C806400119005|Evans|Eve|ENG|-|-|-|4c|24.00|-|-|-|-
C806400119005|Evans|Eve|REA|-|-|-|4b|27.00|-|-|-|-
C806400119005|Evans|Eve|WRI|-|-|-|3b|21.00|-|-|-|-
C806400119005|Evans|Eve|MAT|-|-|-|3a|23.00|-|-|-|-
R806400119006|Frost|Fay|ENG|-|-|-|3a|23.00|-|-|-|-
R806400119006|Frost|Fay|REA|-|-|-|4c|25.00|-|-|-|-
R806400119006|Frost|Fay|WRI|-|-|-|3b|21.00|-|-|-|-
R806400119006|Frost|Fay|MAT|2b|4b|4b|4c|25.00|26.00|-1.00|-1|below
F806400119007|Green|Gus|ENG|4b|6b|5b|5a|35.00|33.667|1.333|1|above
V806400119008|Hayes|Hal|MAT|5c|7c|6a|6b|39.00|41.667|-2.667|-1|below
J806400119009|Irwin|Ivy|MAT|5b|A|A|B|46.00|52.00|-6.00|-1|below
V806400119010|Jones|Jon|MAT|-|2c|-|2b|15.00|-|-|-|-
J806400119011|King|Kit|MAT|-|3a|-|-|-|-|-|-|-
M806400119013|Moss|Mia|MAT|2b|4b|3a|4c|25.00|23.00|2.00|1|above" \
    "$(rows pupils $keys <"$work/progress")"
same "a report says what it is" \
    '["progress", "Hill School", "2026-03-27", "attainment", 12]' \
    "$(value '[a["report"], a["school"], a["as_at"], a["basis"], a["population"]["of"]]' <"$work/progress")"
same "a report has a title, notes that tell how to read it, filters, tables, charts" \
    '[true, true, true, true, true]' \
    "$(value '[bool(a["title"]), a["notes"][0].startswith("How to read this:"), isinstance(a["filters"], list), isinstance(a["tables"], list), isinstance(a["charts"], list)]' <"$work/progress")"
same "every column has a key, a label and a type" true \
    "$(value 'all(c["key"] and c["label"] and c["type"] and c["key"] == c["key"].lower() for t in a["tables"] for c in t["columns"])' <"$work/progress")"
same "the gap is in points" points \
    "$(value '[c["unit"] for c in a["tables"][0]["columns"] if c["key"] == "gap_points"][0]' <"$work/progress")"

upns() {
    rows - forename | sort -u | tr '\n' ' '
}
same "--year-group" "Amy Ben Cat Kit Mia " "$(report progress --year-group 5 | upns)"
same "--registration" "Cat Kit Mia " "$(report progress --registration 5B | upns)"
same "--subject narrows the columns" "ENG" \
    "$(report progress --subject ENG --year-group 8 | rows - subject | sort -u)"
same "--subject by its name" "F806400119007" "$(report progress --subject English --year-group 8 | rows - upn)"
same "--group on the day: Cat's membership has ended" "Kit " "$(report progress --group Booster | upns)"
same "--group while it lasted" "Cat Kit " \
    "$(attain report progress --group Booster --json --today 2026-03-01 | upns)"
same "--upn" "Amy " "$(report progress --upn W806400119001 | upns)"
same "filters are said" '["Year 5", "Mathematics"]' \
    "$(report progress --year-group 5 --subject MAT | value 'a["filters"]')"

# --- as it stood: on 10 March Ben had 3c (19 - 21 = -2, one step), Mia 3c (19 - 23 = -4, two steps).
same "--as-at hides what came later" "\
K806400119002|3c|-2.00|-1|below
M806400119013|3c|-4.00|-2|well-below" \
    "$(report progress --as-at 2026-03-10 --year-group 5 | rows - upn current gap_points gap_steps flag | grep '^[KM]8')"
same "and says the day" 2026-03-10 "$(report progress --as-at 2026-03-10 | value 'a["as_at"]')"
# On 20 January nothing was on record at all; the pupils' rows came on 15 February.
status "before anything was recorded a report is empty" 0 report progress --as-at 2026-01-20
same "with no rows" 0 "$(value 'len(a["tables"][0]["rows"])' <"$work/out")"
says "and says why" "No pupil on roll on this day fits these filters."
# In November Year 5 is at the end of autumn: k = 7; Amy 15 + 12 x 7/12 = 22, half-way: 3a.
same "a day in autumn is judged by the end of autumn" "22.00|3a" \
    "$(attain report progress --today 2025-11-20 --json --upn W806400119001 | rows - progress_points progress_target)"

# --- trajectory: Amy 15 to 27 in twelve terms, one point a term; half-way goes up.
same "trajectory rows" "\
W806400119001|MAT|2023-12-31|16.00|2a|false
W806400119001|MAT|2024-04-15|17.00|2a|false
W806400119001|MAT|2024-08-31|18.00|3c|false
W806400119001|MAT|2024-12-31|19.00|3c|false
W806400119001|MAT|2025-04-15|20.00|3b|false
W806400119001|MAT|2025-08-31|21.00|3b|false
W806400119001|MAT|2025-12-31|22.00|3a|false
W806400119001|MAT|2026-04-15|23.00|3a|false
W806400119001|MAT|2026-08-31|24.00|4c|false
W806400119001|MAT|2026-12-31|25.00|4c|false
W806400119001|MAT|2027-04-15|26.00|4b|false
W806400119001|MAT|2027-08-31|27.00|4b|false" \
    "$(report trajectory --upn W806400119001 | rows - upn subject date points grade adjusted)"
same "each term has a name" 12 \
    "$(report trajectory --upn W806400119001 | rows - term | sort -u | grep -c .)"

# --- targets: Dan 2b to 3b is one level where two are the rate (4c would be two); Jon's 2c is
# below the 2b he has.
same "targets that look too low" "\
N806400119004|MAT|3b|below-rate|4c
V806400119010|MAT|2c|below-current|2b" \
    "$(report targets | rows - upn subject target reason against)"

# --- summary. Years 5 and 6 are Amy, Ben, Cat, Kit, Mia, Eve, Fay.
summary() {
    local id=$1
    shift
    report summary --measure "$id" "$@" |
        rows - measure years count of percent | tr '\n' ' ' | sed 's/ $//'
}
# Wilson 95%, z = 1.959964: of 5 of 6: (0.8333 + 0.3201)/1.6402 = 0.7032 -/+ 0.2669 gives 43.6 to 97.0.
same "targets of level 4: Amy, Ben, Cat, Fay, Mia of six (Kit has 3a, Eve none)" \
    "ks2-l4-mat|5,6|5|6|83.3|43.6|97.0" \
    "$(report summary --measure ks2-l4-mat --basis target | rows - measure years count of percent low high)"
same "targets of level 5: Cat" "ks2-l5-mat|5,6|1|6|16.7" "$(summary ks2-l5-mat --basis target)"
same "level 4 now: Fay, Mia, and Eve by her result" "ks2-l4-mat|5,6|3|6|50.0" "$(summary ks2-l4-mat)"
same "English of level 4: Eve's mean is 24, Fay's 23" "ks2-l4-eng|5,6|1|2|50.0" "$(summary ks2-l4-eng)"
same "reading of level 4" "ks2-l4-rea|5,6|2|2|100.0" "$(summary ks2-l4-rea)"
same "writing of level 4" "ks2-l4-wri|5,6|0|2|0.0" "$(summary ks2-l4-wri)"
same "both: of those with a value in both" "ks2-l4-eng-mat|5,6|1|2|50.0" "$(summary ks2-l4-eng-mat)"
# Whole levels: Amy, Ben and Cat from 2 to 3, Fay and Mia from 2 to 4; Eve and Kit have no prior.
same "two levels of progress now" "ks2-2lp-mat|5,6|2|5|40.0" "$(summary ks2-2lp-mat)"
same "two levels of progress by target" "ks2-2lp-mat|5,6|5|5|100.0" "$(summary ks2-2lp-mat --basis target)"
# Dan's line at the end of Year 4, k = 6: 15 + 6 x 6/12 = 18, which is level 3.
same "Year 4 by the trajectory" "y4-l3-mat|3,4|1|1|100.0" "$(summary y4-l3-mat --basis target)"
same "Year 4 now" "y4-l3-mat|3,4|0|1|0.0" "$(summary y4-l3-mat)"
same "five good grades counts everybody" "ks4-5ac|7,8,9,10,11|0|3|0.0" "$(summary ks4-5ac)"
same "by gender: Amy, Cat, Fay, Mia; Ben and Kit" "\
gender|F|4|4|100.0
gender|M|1|2|50.0" "$(report summary --measure ks2-l4-mat --basis target --by gender | rows - group value count of percent)"
same "by free meals: Amy and Kit" "\
1|2|50.0
4|4|100.0" "$(report summary --measure ks2-l4-mat --basis target --by fsm | rows - count of percent | sort)"
same "two cuts at once" "\
gender
sen" "$(report summary --measure ks2-l4-mat --by gender,sen | rows - group | sort -u)"
same "a summary says how many have no value" true \
    "$(report summary --measure ks2-l4-mat | value 'any("no value" in n or "without" in n or "none" in n for n in a["notes"]) or "without_value" in a["tables"][0]["rows"][0]')"

# --- aps: mathematics now is 21+21+23+15+25+25+39+15+25 = 209 over nine in levels (Eve by her
# result), and Ivy's B by itself: grades and levels do not mix. English (24+23+35)/3.
same "average points, scale by scale" "\
ENG|3|27.333
MAT|1|46.00
MAT|9|23.222
REA|2|26.00
WRI|2|21.00" "$(report aps | rows - subject count aps | sort)"

# --- missing: this term Kit has no judgement in mathematics.
same "missing" "J806400119011|MAT" "$(report missing --year-group 5 | rows - upn subject)"

# --- settings
progress_of() {
    attain report progress --today 2026-03-27 --json --upn "$1" |
        rows - progress_points progress_target gap_points gap_steps flag
}
status "rounding in pairs" 0 attain settings rounding pair
# Cat 26.333 lies between 4c and 4b: 3a is one step from the pair's near end. Dan 16 between 2b and 2a: inside.
same "a pair, and steps to its nearer end" "26.333|4c/4b|-3.333|-1|below" "$(progress_of Z806400119003)"
same "no step inside a pair" "16.00|2b/2a|-1.00|0|on" "$(progress_of N806400119004)"
same "one grade where it falls exactly on it" "23.00|3a|-2.00|-1|below" "$(progress_of W806400119001)"
attain settings rounding nearest >/dev/null
status "a two-year Key Stage 3" 0 attain settings years.KS3 7-8
# Gus: N = 6, k = 5: 27 + 12 x 5/6 = 37, 6c; 5a is 35: -2, one step.
same "six terms in a two-year Key Stage 3" "37.00|6c|-2.00|-1|below" "$(progress_of F806400119007)"
same "a summary names the school's own years" "7,8" \
    "$(report summary --measure ks3-l5-mat | rows - years)"
attain settings years.KS3 7-9 >/dev/null
same "and the framework's otherwise" "7,8,9" "$(report summary --measure ks3-l5-mat | rows - years)"
status "half-terms" 0 attain settings calendar \
    "autumn-1 10-24, autumn-2 12-31, spring-1 02-14, spring-2 04-15, summer-1 05-31, summer-2 08-31"
# N = 24, and 27 March of Year 5 lies in the 16th: the same 23 points; on 1 February the
# 15th: 15 + 12 x 15/24 = 22.5, nearest 3a (23, not 21).
same "half-terms: 24 periods" "23.00|3a|-2.00|-1|below" "$(progress_of W806400119001)"
same "half-terms: a day in the fifteenth" "22.50|3a" \
    "$(attain report progress --today 2026-02-01 --json --upn W806400119001 | rows - progress_points progress_target)"
attain settings calendar "autumn 12-31, spring 04-15, summer 08-31" >/dev/null
status "own flags" 0 attain settings flags "well-below -3, below -1, above 1"
same "two steps below are then below" "26.333|4b|-3.333|-2|below" "$(progress_of Z806400119003)"
attain settings flags "well-below -2, below -1, above 1" >/dev/null
status "prior of Key Stage 3 for Key Stage 4" 0 attain settings prior.KS4 KS3
same "Ivy's prior is then 6b" "6b" \
    "$(attain report progress --today 2026-03-27 --json --upn J806400119009 | rows - prior)"

# --- an adjusted progress target replaces the computed one, and both are shown.
status "adjust" 0 attain target adjust --upn V806400119008 --subject MAT --grade 6b \
    --term 2026-03-27 --reason "long illness" --today 2026-03-27
# 6b is 39, as he has: on.
same "the adjusted target is what counts" "39.00|6b|0.00|0|on" "$(progress_of V806400119008)"
same "both are shown on the line" "39.00|6b|true|41.667" \
    "$(report trajectory --upn V806400119008 | rows - date points grade adjusted computed_points | grep '^2026-04-15' | cut -d'|' -f2-)"
status "taken back" 0 attain target adjust --upn V806400119008 --subject MAT --grade "" \
    --term 2026-03-27 --today 2026-03-27
same "and the computed one holds again" "41.667|6a|-2.667|-1|below" "$(progress_of V806400119008)"

# --- one target
status "set a target" 0 attain target set --upn W806400119001 --subject MAT --grade 5c --today 2026-03-27 --json
# 15 + 16 x 8/12 = 25.667, nearest 4c (25, not 27); 3b is 21: -4.667, 3b-3a-4c two steps.
same "the line goes to the new target" "25.667|4c|-4.667|-2|well-below" "$(progress_of W806400119001)"
same "and the old one stays readable" "23.00|3a|-2.00|-1|below" \
    "$(attain report progress --today 2026-03-27 --as-at 2026-03-26 --json --upn W806400119001 | rows - progress_points progress_target gap_points gap_steps flag)"
status "a target below the level there is raises an alert and is taken" 0 \
    attain target set --upn W806400119001 --subject MAT --grade 3c --today 2026-03-28 --json
same "the alert" true "$(value 'len(a["alerts"]) > 0' <"$work/out")"
status "the file is sound after all this" 0 attain verify
finish
