#!/usr/bin/env bash
# How sets of pupils overlap. The school of contract.sh; who stands where is worked out by hand
# beside each figure.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

overlap() {
    attain report overlap "$@" --today 2026-03-27
}

attain init --name "Hill School" --laestab 806/4001 --today 2026-02-15 >/dev/null
status "the school's files are taken" 0 attain import "$data/pupils.csv" "$data/results.csv" \
    "$data/groups.csv" "$data/late.csv" --today 2026-03-20 --json

# --- the ready sets in Year 5, mathematics. Free meals: Amy, Kit. Special needs: Ben, Kit. Below
# target: Amy below, Cat well below; Ben on, Mia above, Kit without a judgement and so left out.
ready() {
    overlap --subject MAT --year-group 5 --json "$@"
}
same "every part of three sets" "\
ABC|0|4|0.0
AC|1|4|25.0
AB|0|4|0.0
BC|0|4|0.0
B|1|4|25.0
C|1|4|25.0
A|0|4|0.0
none|1|4|25.0
all|4|4|100.0" "$(ready | rows regions region count of percent)"
same "in words" "Free meals and Below target, not Special needs|Free meals, Below target" \
    "$(ready | rows regions label sets | sed -n 2p)"
same "the sets, and who has no answer" "\
A|Free meals|1|4|25.0|0
B|Special needs|1|4|25.0|0
C|Below target|2|4|50.0|1" "$(ready | rows sets set name count of percent without_value)"
same "counted and left out" "4 of 5" \
    "$(ready | value '"%d of %d" % (a["population"]["counted"], a["population"]["of"])')"
same "the picture has sets and parts" "venn 3 8" \
    "$(ready | value '"%s %d %d" % (a["charts"][0]["kind"], sum(s["role"] == "set" for s in a["charts"][0]["series"]), len(a["charts"][0]["series"][3]["points"]))')"
status "as text" 0 overlap --subject MAT --year-group 5
says "one sentence" "0 of 4 pupils are in all three sets. 1 is in none."
says "who is left out is said" "1 pupil has no answer to at least one set"
says "few pupils: a caution" "Only 4 pupils are counted"

# --- who stands in a part
same "exactly these sets" "Amy" "$(ready --region AC | rows pupils forename)"
same "everybody in a set" "Amy|AC Cat|C" \
    "$(ready --region c+ | rows pupils forename region | paste -sd' ')"
same "outside all" "Mia" "$(ready --region none | rows pupils forename)"
same "nobody there" "Nobody stands there." "$(ready --region ABC | value 'a["notes"][-1]')"
overlap --subject MAT --year-group 5 --region AC --format csv >"$work/out"
says "as a file the names" "W806400119001,Archer,Amy,5,5A,AC"
status "a part there is not" 1 overlap --region D
says "says what there is" "The sets are A to C" "$work/err"

# --- sets as formulas. Amy: meals, girl. Ben: needs. Cat, Mia: girl, 5B. Kit: meals, needs, 5B.
own='FSM; Needs: SEN <> "N"; Girls: GENDER = "F"; 5B: REGISTRATION = "5B";'
same "four sets, most pupils first, nobody only outside all" "\
CD|2
B|1
AC|1
ABD|1
none|0
all|5" "$(overlap --year-group 5 --json --sets "$own" | rows regions region count)"
same "past three a picture of another kind" "upset" \
    "$(overlap --year-group 5 --json --sets "$own" | value 'a["charts"][0]["kind"]')"
same "a formula is its own name" "FSM|FSM" \
    "$(overlap --year-group 5 --json --sets "$own" | rows sets name formula | sed -n 1p)"
same "by the basis asked for" "target|1" \
    "$(overlap --year-group 5 --json --basis target --sets 'FSM; VALUE("MAT") >= "5c"' |
        value '"%s|%d" % (a["basis"], a["tables"][1]["rows"][1]["count"])')"
same "no basis where none is asked for" "null" "$(ready | value 'a["basis"]')"
same "of the pupils of a formula" "AB|1 B|2 A|0 none|0 all|3" \
    "$(overlap --year-group 5 --json --where 'GENDER = "F"' \
        --sets 'FSM; REGISTRATION = "5A" OR REGISTRATION = "5B"' |
        rows regions region count | paste -sd' ')"
status "as a page" 0 overlap --year-group 5 --format html --sets "$own"
says "with a picture" "A full dot: in the set."

# --- nobody
status "nobody fits" 0 overlap --year-group 7
says "says so" "No pupil on roll on this day fits these filters."
status "nobody has an answer" 0 overlap --year-group 5 --sets 'FSM; PREDICTION("MAT") >= "4c"'
says "says why" "Nobody here has an answer to every set"
same "and which set has none" "B|5" \
    "$(overlap --year-group 5 --json --sets 'FSM; PREDICTION("MAT") >= "4c"' | rows sets set without_value | tail -1)"

# --- what is wrong is told with its place in the whole text
status "a wrong name" 1 overlap --sets 'FSM; Low: LATST("MAT") < "3b"'
says "at its place" "character 11: LATST is not a name of the formula language. Did you mean LATEST?" "$work/err"
status "a grade is no condition" 1 overlap --sets 'FSM; Now: LATEST("MAT")'
says "with the set's name" "set Now: the formula gives a grade, not yes or no" "$work/err"
status "one set" 1 overlap --sets FSM
says "is too few" "needs at least two sets" "$work/err"
status "seven sets" 1 overlap --sets 'FSM; EAL; YEAR=1; YEAR=2; YEAR=3; YEAR=4; YEAR=5'
says "are too many" "more than 6 sets" "$work/err"
finish
