#!/usr/bin/env bash
# What stands at the edge of the rules: an absence beside a grade, rows that answer each other,
# a file that comes again after another one, a level before Key Stage 1, a test in a transfer file.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

today=2008-03-27
counts() {
    value '[a["added"], a["unchanged"], a["superseded"], len(a["refused"])]' <"$work/out"
}
brings() {
    attain import "$1" --today "$today" --json
}
results=upn,subject,kind,stage,date,review,grade,source

attain init --name "Hill School" --laestab 8064001 --today $today >/dev/null
cat >"$work/pupils.csv" <<'X'
upn,surname,forename,dob,sex,year_group
W806400103001,Archer,Amy,1998-01-02,F,5
K806400103002,Bell,Ben,2001-09-02,M,1
X
status "two pupils" 0 brings "$work/pupils.csv"

# --- an absence has no value, so the teacher's grade is the prior attainment:
# 15 + (27 - 15) x 8/12 = 23, 3a; 3b is 21.
cat >"$work/absent.csv" <<X
$results
W806400103001,MAT,result,KS1,2005-05-01,,2c,TT
W806400103001,MAT,result,KS1,2005-06-01,,2b,TA
W806400103001,MAT,result,KS1,2005-05-20,,A,TT
W806400103001,MAT,target,KS2,2007-09-10,,4b,
W806400103001,MAT,assessment,,2008-03-01,Spring,3b,
W806400103001,SCI,result,KS1,2005-06-01,,2b,TA
W806400103001,SCI,result,KS1,2005-06-01,,A,TT
W806400103001,SCI,target,KS2,2007-09-10,,4b,
W806400103001,SCI,assessment,,2008-03-01,,3b,
X
status "results with an absence" 0 brings "$work/absent.csv"
progress() {
    attain report progress --json "$@" | rows - subject prior progress_points progress_target gap_points flag
}
# In mathematics the test of 1 May stays, as the absence of the 20th is of another day:
# 13 + (27 - 13) x 8/12 = 22.333, 3a.
want="\
MAT|2c|22.333|3a|-1.333|below
SCI|2b|23.00|3a|-2.00|below"
same "an absence does not stand before a grade" "$want" "$(progress --today $today)"
same "nor when the history is asked" "$want" "$(progress --today 2008-04-01 --as-at $today)"

# --- two rows of one key in one file: the second corrects the first, and the file that comes
# again ends where the record is.
cat >"$work/twice.csv" <<X
$results
W806400103001,HIS,assessment,,2008-03-01,,3c,
W806400103001,HIS,assessment,,2008-03-01,,3b,
W806400103001,HIS,assessment,,2008-03-01,,3a,
X
status "a file that corrects itself" 0 brings "$work/twice.csv"
same "one added, two corrected" "[1, 0, 2, 0]" "$(counts)"
before=$(attain verify --json | value 'a["facts"]')
status "the same file again" 0 brings "$work/twice.csv"
same "changes nothing" "[0, 3, 0, 0]" "$(counts)"
same "and writes nothing" "$before" "$(attain verify --json | value 'a["facts"]')"

# --- a file without a review does not deny the review on record.
cat >"$work/plain.csv" <<'X'
upn,subject,kind,date,grade
W806400103001,MAT,assessment,2008-03-01,3b
X
status "the same judgement without its review" 0 brings "$work/plain.csv"
same "is the same judgement" "[0, 1, 0, 0]" "$(counts)"

# --- levels and P levels before Key Stage 1 are read beside the profile's points; FSP 9 is 9.
cat >"$work/early.csv" <<X
$results
K806400103002,MAT,assessment,,2007-06-01,,1c,
K806400103002,REA,assessment,,2007-06-01,,P8,
K806400103002,SCI,assessment,,2007-06-01,,9,
X
status "judgements in the reception year" 0 brings "$work/early.csv"
same "a level, a P level and points" "\
MAT|1c|7.00
REA|P8|6.00
SCI|9|9.00" "$(attain report progress --today $today --json --upn K806400103002 | rows - subject current current_points | sort)"

# --- a school's own test does not become a result of the stage on its way in a transfer file.
cat >"$work/test.csv" <<'X'
upn,subject,kind,stage,date,grade
W806400103001,MAT,test,KS2,2008-03-02,4.67
X
status "a test" 0 brings "$work/test.csv"
attain export ctf --today $today -o "$work/out.xml"
db=$work/b.db
attain init --name "Hill School" --laestab 8064001 --today $today >/dev/null
status "the transfer file into an empty school" 0 brings "$work/out.xml"
same "it is a test there" "test|4.67" \
    "$(attain export results --today $today | grep 2008-03-02 | cut -d, -f3,7 | tr , '|')"
finish
