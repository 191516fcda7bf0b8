#!/usr/bin/env bash
# The school's own groups: by hand and by rule, and what an intervention did, worked out by hand.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

today=2010-07-01
on() {
    attain --today $today "$@"
}
attain init --name "Hill School" --laestab 3549002 --today $today >/dev/null
# Ann and Bob will be in the group; Cat, Dan and Eve are of their year, Fay of another.
cat >"$work/pupils.csv" <<'X'
upn,surname,forename,dob,sex,year_group,registration,sen,looked_after
Z354900108001,Abel,Ann,2000-01-02,F,5,5A,N,N
N354900108002,Baker,Bob,2000-02-03,M,5,5A,N,Y
C354900108003,Clark,Cat,2000-02-03,F,5,5B,N,N
R354900108004,Dale,Dan,2000-03-03,M,5,5B,K,N
F354900108005,East,Eve,2000-04-03,F,5,5B,N,N
V354900108006,Ford,Fay,1999-04-03,F,6,6A,N,N
X
# Key Stage 1, and judgements in the autumn of 2008, the autumn of 2009 (before the group began),
# the spring (at its end) and the summer of 2010.
{
    echo upn,subject,kind,stage,date,grade
    add() {
        local upn=$1 day
        shift
        echo "$upn,MAT,result,KS1,2007-06-01,$1"
        shift
        for day in 2008-12-10 2009-12-10 2010-03-22 2010-06-20; do
            [ "$1" = - ] || echo "$upn,MAT,assessment,,$day,$1"
            shift
        done
    }
    add Z354900108001 2b 2a 3c 3a 3a
    add N354900108002 2c 2c 2b 3b 3b
    add C354900108003 2b 2a 3c 3b 3b
    add R354900108004 2c 2c 2a 3c 3b
    add F354900108005 3 3a 4c 4b 4a
    add V354900108006 2b 2a 3c 4c 4c
} >"$work/results.csv"
status "pupils" 0 on import "$work/pupils.csv"
status "results" 0 on import "$work/results.csv"

# --- by hand
status "a group is made" 0 on group add Booster
says "and can be taken back" "To take it back: attain import --undo 3"
status "two pupils in" 0 on group join Booster --upn Z354900108001,N354900108002 --from 2010-01-11
says "two pupils in" "Booster: 2 pupils in from 11 January 2010"
same "they are in it" "Abel
Baker" "$(on group show Booster --json | rows pupils surname)"
status "one out" 0 on group leave Booster --upn N354900108002 --to 2010-06-30 --json
same "one out" "Booster: 1 pupil out after 30 June 2010" "$(value 'a["said"]' <"$work/out")"
same "one is left" "Abel" "$(on group show Booster --json | rows pupils surname)"
same "a report of it has one" "Abel" \
    "$(on report progress --group booster --json | rows - surname)"
status "a pupil nobody knows" 1 on group join Booster --upn Z354900108009
says "says which" "there is no pupil with the UPN Z354900108009" "$work/err"
status "a group nobody made" 1 on group join Bosster --upn Z354900108001
says "says which there is" 'There is "Booster"' "$work/err"
status "two groups of one name" 1 on group add booster
status "no such verb" 2 on group make Booster
status "no name" 2 on group show
status "a day that is none" 2 on group join Booster --upn Z354900108001 --from 2010-02-30

# --- by rule
status "a rule" 0 on group add "Looked after" --rule LOOKED_AFTER
says "how many it has" "1 pupil is in it today"
status "a rule of marks" 0 on group add "At 3b" --rule 'LATEST("MAT") = "3b"'
status "a rule of rules" 0 on group add Either --rule 'IN("Looked after") OR IN("At 3b")'
same "who is in it" "Baker
Clark
Dale" "$(on report progress --group Either --json | rows - surname)"
same "in a formula" "Clark" "$(on report progress --where 'IN("Either") AND GENDER = "F"' \
    --json | rows - surname)"
same "as a cut" "Either|3" "$(on report aps --subject MAT --by group --json |
    rows - value of | grep Either)"
status "in a circle" 1 on group rule "Looked after" --rule 'IN("Either")'
says "names the chain" "the rule refers to itself: Looked after, Either, Looked after" "$work/err"
status "wrongly written" 1 on group rule Either --rule 'YEAR = = 5'
says "says where" "character 8: = stands where a value was expected" "$work/err"
status "nobody is put in by hand" 1 on group join Either --upn Z354900108001
says "says why" "Either is a group by rule" "$work/err"
printf 'upn,group,type,subject,from,to\nZ354900108001,Either,user,,,\n' >"$work/groups.csv"
status "nor by a file" 1 on import "$work/groups.csv"
status "no role for a rule" 1 on user add --username t --name T --role teacher --scope group:Either
says "says so" "no role can be given for it" "$work/err"
status "another from September" 0 on group rule "Looked after" --rule 'SEN = "K"' --from 2010-09-01
same "today as before" "Baker" "$(on report progress --group "Looked after" --json |
    rows - surname)"
same "then the other" "Dale" "$(attain --today 2010-09-02 report progress \
    --group "Looked after" --json | rows - surname)"
status "an end" 0 on group end "At 3b" --to 2010-06-30
same "nobody from then on" "" "$(on report progress --group "At 3b" --json | rows - surname)"
same "and in what rests on it" "Baker" "$(on report progress --group Either --json |
    rows - surname)"

# --- what an intervention did. Ann: 17, 19, 23, 23 points; Bob: 13, 15, 21, 21; Cat, who is most
# like Ann (nothing between them): 17, 19, 21, 21; Dan, who is most like Bob (2 at the start):
# 13, 17, 19, 21. Before are three terms: (19 - 17) / 3 and (15 - 13) / 3, beside 2/3 and 4/3.
# During 4 and 6 beside 2 and 2: differences 2 and 4, mean 3, standard error 1, and 12.706 of it
# either way. After 0 and 0 beside 0 and 2. Eve is too far off; Fay is in another year.
status "nothing is said of it yet" 1 on report intervention --group Booster
says "what to do" "Say so with" "$work/err"
status "an intervention" 0 on group intervention Booster --from 2010-01-11 --to 2010-03-26 \
    --purpose "Ten weeks of mathematics" --cost 300 --staff "Mrs Able"
on report intervention --group Booster --json >"$work/out"
same "before, during, after" "MAT|2|0.667|5.00|0.00|2|1.00|2.00|1.00|3.00|-9.706|15.706|-1.00" \
    "$(rows subjects subject pupils before during after pairs matched_before matched_during \
        matched_after difference low high start_apart <"$work/out")"
says "its cost" "£150.00 for each of the 2 pupils"
says "the rule" "greedy matching: Rubin 1973"
says "the caution" "This is no trial"
same "pupil by pupil" "Abel|19.00|23.00|4.00|Clark, Cat|2.00
Baker|15.00|21.00|6.00|Dale, Dan|2.00" \
    "$(on report intervention --group Booster --subject MAT --json |
        rows pupils surname start_points end_points during matched matched_during)"
status "another of the same group" 0 on group intervention Booster --from 2010-05-01 \
    --purpose "Once more"
same "the last that began is shown" "Booster, since 1 May 2010: progress of its pupils beside like ones" \
    "$(on report intervention --group Booster --json | value 'a["title"]')"
same "or the one asked for" "MAT|2" "$(on report intervention --group Booster \
    --value 2010-01-11 --json | rows subjects subject pupils)"
status "one that never was" 1 on report intervention --group Booster --value 2010-01-12
status "no day" 1 on report intervention --group Booster --value January
status "as a page" 0 on report intervention --group Booster --format html
same "by rule: the pupils of its first day" "MAT|1" "$(
    on group intervention "Looked after" --from 2010-01-11 --to 2010-03-26 --purpose x >/dev/null
    on report intervention --group "Looked after" --json | rows subjects subject pupils)"
status "without a group" 2 on report intervention
status "a cost that is none" 2 on group intervention Booster --from 2010-01-11 --purpose x --cost ten
status "without a first day" 1 on group intervention Booster --purpose x
status "an end before it begins" 1 on group intervention Booster --purpose x --from 2010-01-11 \
    --to 2010-01-10
status "sound" 0 on verify
finish
