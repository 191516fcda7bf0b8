#!/usr/bin/env bash
# The report authority: four schools whose figures are worked out by hand beside them.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

report() {
    attain report authority --json --today 2008-03-27 "$@"
}

# upn LAESTAB YEAR N: a UPN with its check letter (weights 2 to 13, modulo 23).
upn() {
    python3 -c '
import sys
digits = sys.argv[1] + "%02d" % int(sys.argv[2]) + "%03d" % int(sys.argv[3])
total = sum(int(d) * w for d, w in zip(digits, range(2, 14)))
print("ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + digits)' "$@"
}

cat >"$work/schools.csv" <<'CSV'
laestab,name,phase,tag,from,to
8062001,Acklam Primary,primary,supported,2006-12-01,
8062002,Brambles Primary,primary,,,
8062003,Caldicotes Primary,primary,pilot,2005-09-01,
8064004,Dormans School,secondary,,,
CSV
cat >"$work/national.csv" <<'CSV'
body,measure,subject,year,percent
national,ks2-l4-mat,MAT,2006,76
national,ks2-l4-mat,MAT,2007,77
authority,ks2-l4-mat,MAT,2007,12.3
national,ks2-l4-eng,ENG,2007,80
CSV
attain init --name "Acklam Primary" --laestab 8062001 --today 2008-01-10 >/dev/null
status "schools and their tags" 0 attain import "$work/schools.csv" "$work/national.csv" --today 2008-01-10

# school LAESTAB: its pupils of 2006 and 2007, from lines "n sex year grade..." on stdin with
# the grades of mathematics, reading and writing at Key Stage 2 and of mathematics at Key Stage 1.
school() {
    local n sex year mat rea wri ks1 id
    echo "upn,surname,forename,dob,sex,year_group,entry_date" >"$work/pupils.csv"
    echo "upn,subject,kind,stage,date,grade" >"$work/results.csv"
    while read -r n sex year mat rea wri ks1; do
        id=$(upn "$1" 2 "$n")
        echo "$id,Pupil,P$n,$((year - 11))-03-01,$sex,7,2002-09-01" >>"$work/pupils.csv"
        [ "$mat" = - ] || echo "$id,MAT,result,KS2,$year-05-12,$mat" >>"$work/results.csv"
        [ "$rea" = - ] || echo "$id,REA,result,KS2,$year-05-12,$rea" >>"$work/results.csv"
        [ "$wri" = - ] || echo "$id,WRI,result,KS2,$year-05-12,$wri" >>"$work/results.csv"
        [ "$ks1" = - ] || echo "$id,MAT,result,KS1,$((year - 4))-05-12,$ks1" >>"$work/results.csv"
    done
    attain import "$work/pupils.csv" "$work/results.csv" --school "$1" --today 2008-01-10 \
        >"$work/out" 2>"$work/err" || wrong "the files of $1" "$(cat "$work/out" "$work/err")"
}

# Mathematics, level 4 and above:
#   2006  Acklam 4 4 3 3: 2 of 4, 50.0%; Brambles 4 3 5: 2 of 3, 66.667; Caldicotes 3 4: 1 of 2, 50.0
#   2007  Acklam 4 4 4 absent: 3 of 4, 75.0; Brambles 4 4 3 3 N: 2 of 5, 40.0; Caldicotes 5 4 3: 66.667
# Together 5 of 9, 55.556, printed 55.6; and 7 of 12, 58.333, printed 58.3: +2.7 as printed.
# Acklam is supported from December 2006: 75.0 in 2007. The others: (50 + 66.667 + 50)/3 = 55.556,
# (40 + 66.667)/2 = 53.333: 55.6, 53.3, -2.3.
school 8062001 <<'ROWS'
1 F 2006 4 4 3 2b
2 M 2006 4 4 4 3c
3 F 2006 3 5 4 1a
4 M 2006 3 3 3 2c
5 F 2007 4 - - 2a
6 M 2007 4 - - 2a
7 F 2007 4 - - 3c
8 M 2007 A - - 2a
ROWS
school 8062002 <<'ROWS'
1 F 2006 4 - - -
2 M 2006 3 - - -
3 F 2006 5 - - -
4 M 2007 4 - - -
5 F 2007 4 - - -
6 M 2007 3 - - -
7 F 2007 3 - - -
8 M 2007 N - - -
ROWS
school 8062003 <<'ROWS'
1 F 2006 3 - - -
2 M 2006 4 - - -
3 F 2007 5 - - -
4 M 2007 4 - - -
5 F 2007 3 - - -
ROWS

keys="measure subject body roll_2006 roll_2007 percent_2006 percent_2007 change_2006 change_2007 change_total"
attained="\
ks2-l4-mat|MAT|authority|9|12|55.6|58.3|-|2.7|2.7
ks2-l4-mat|MAT|national|-|-|76.0|77.0|-|1.0|1.0
ks2-l4-mat|MAT|supported|0|4|-|75.0|-|-|-
ks2-l4-mat|MAT|not-supported|9|8|55.6|53.3|-|-2.3|-2.3"
status "needs no school" 0 report --years 2006-2007 --measure ks2-l4-mat
cp "$work/out" "$work/mat"
same "attainment as a sum of schools, national, supported and others" "$attained" \
    "$(rows attainment $keys <"$work/mat")"
same "a row a school and year" "\
8062001|2006|false|4|50.0
8062001|2007|true|4|75.0
8062002|2006|false|3|66.7
8062002|2007|false|5|40.0
8062003|2006|false|2|50.0
8062003|2007|false|3|66.7" "$(rows schools laestab year supported roll percent <"$work/mat")"
same "CSV is the table attainment with the keys as header" \
    "measure,label,subject,body,roll_2006,roll_2007,percent_2006,percent_2007,change_2006,change_2007,change_total" \
    "$(report --years 2006-2007 --measure ks2-l4-mat --format csv | sed -n 1p | tr -d '\r')"

# English of Acklam in 2006, reading and writing: 4 3 is (27 + 21)/2 = 24, level 4; 4 4 is 27; 5 4
# is (33 + 27)/2 = 30, level 5; 3 3 is 21: 3 of 4 at level 4. Both subjects: the first two.
figure() {
    local id=$1
    shift
    report --years 2006-2007 --measure "$id" "$@" |
        rows attainment subject body roll_2006 percent_2006 roll_2007 percent_2007 | tr '\n' ' '
}
same "English from reading and writing" \
    "ENG|authority|4|75.0|0|- ENG|national|-|-|-|80.0 " "$(figure ks2-l4-eng)"
same "both, of those with a result in both; no one subject" "-|authority|4|50.0|0|- " \
    "$(figure ks2-l4-eng-mat)"
# Two levels from Key Stage 1, whole levels: 2006 2 to 4, 3 to 4, 1 to 3, 2 to 3: 2 of 4. 2007: 2 to 4
# twice, 3 to 4, and one absent who is not counted: 2 of 3. Who has no Key Stage 1 is on the roll only.
same "two levels of progress, of those with both" \
    "MAT|authority|9|50.0|12|66.7 MAT|supported|0|-|4|66.7 MAT|not-supported|9|50.0|8|- " \
    "$(figure ks2-2lp-mat)"

# Girls 2006: Acklam 4 3, Brambles 4 5, Caldicotes 3: 3 of 5; boys 4 3, 3, 4: 2 of 4. Girls 2007: Acklam
# 4 4, Brambles 4 3, Caldicotes 5 3: 4 of 6; boys 4 absent, 4 3 N, 4: 3 of 6.
same "cut by gender" "\
gender|F|5|6|60.0|66.7|6.7
gender|M|4|6|50.0|50.0|0.0" \
    "$(report --years 2006-2007 --measure ks2-l4-mat --by gender |
        rows groups group value roll_2006 roll_2007 percent_2006 percent_2007 change_total)"

same "two ways at once" "gender*fsm|F*unclassified|5|6" \
    "$(report --years 2006-2007 --measure ks2-l4-mat --by gender --cross fsm |
        rows groups group value roll_2006 roll_2007 | sed -n 1p)"

# A girl of Acklam goes on to Dormans, which takes over her result: she is counted once.
moved=$(upn 8062001 2 5)
cat >"$work/pupils.csv" <<CSV
upn,surname,forename,dob,sex,year_group,entry_date
$moved,Pupil,P5,1996-03-01,F,7,2007-09-03
CSV
cat >"$work/results.csv" <<CSV
upn,subject,kind,stage,date,grade
$moved,MAT,result,KS2,2007-05-12,4
CSV
status "a pupil's results come along to the next school" 0 attain import "$work/pupils.csv" \
    "$work/results.csv" --school 8064004 --today 2008-01-10
same "and are counted where they were won" "$attained" \
    "$(report --years 2006-2007 --measure ks2-l4-mat | rows attainment $keys)"

# A correction of 1 February: Brambles's third pupil of 2006 had 3. 4 of 9.
cat >"$work/late.csv" <<CSV
upn,subject,kind,stage,date,grade
$(upn 8062002 2 3),MAT,result,KS2,2006-05-12,3
CSV
status "a correction" 0 attain import "$work/late.csv" --school 8062002 --today 2008-02-01
same "holds" "44.4" "$(report --years 2006-2007 --measure ks2-l4-mat | rows attainment percent_2006 | sed -n 1p)"
same "as at a day before it, it does not" "55.6" \
    "$(report --years 2006-2007 --measure ks2-l4-mat --as-at 2008-01-20 | rows attainment percent_2006 | sed -n 1p)"

same "one school when one is named" "8062003|2006|50.0 8062003|2007|66.7 " \
    "$(report --years 2006-2007 --measure ks2-l4-mat --school 8062003 | rows schools laestab year percent | tr '\n' ' ')"
same "without --years the last that have results, five of them" \
    '["change_2003", "change_2004", "change_2005", "change_2006", "change_2007"]' \
    "$(report | value '[c["key"] for c in a["tables"][0]["columns"] if c["key"].startswith("change_2")]')"
same "without --measure all that have results" \
    "ks1-l2-mat ks2-l4-rea ks2-l4-wri ks2-l4-eng ks2-l4-mat ks2-l4-eng-mat ks2-l5-rea ks2-l5-wri ks2-l5-eng ks2-l5-mat ks2-l5-eng-mat ks2-2lp-eng ks2-2lp-mat " \
    "$(report --years 2002-2007 | rows attainment measure | awk '!seen[$0]++' | tr '\n' ' ')"
same "then the schools' columns are named by measure" "66.7" \
    "$(report --years 2007-2007 | rows schools laestab percent_ks2_l4_mat | sed -n 's/^8062003|//p')"
same "--subject: every measure with it" "ks2-l4-mat ks2-l4-eng-mat ks2-l5-mat ks2-l5-eng-mat ks2-2lp-mat " \
    "$(report --years 2006-2006 --subject Mathematics | rows attainment measure | uniq | grep ks2 | tr '\n' ' ')"
status "a page for the browser" 0 attain report authority --today 2008-03-27 --measure ks2-l4-mat \
    --years 2006-2007 --format html
says "with a chart and its figures" "The same as a table"

status "years without a result are an empty report" 0 report --years 1990-1991
same "with no rows" "0" "$(value 'len(a["tables"][0]["rows"])' <"$work/out")"
says "and it says why" "No school has a final result of a stage that is asked about"

status "no such measure" 1 report --measure ks2-l9-eng
says "is said" "there is no measure called ks2-l9-eng"
status "no such subject" 1 report --subject XYZ
says "is said too" "there is no subject called XYZ"
status "a filter that it cannot serve" 1 report --year-group 6
says "names it" "cannot be narrowed by --year-group"
status "schools' own groups do not add up" 1 report --by registration
says "and says so" "schools cannot be added up by registration"
status "years that are none" 1 report --years x
rm -f "$db"*
attain init --name "Empty School" --laestab 8064009 --today 2008-01-10 >/dev/null
status "a school without results" 0 report
says "is an empty report" "No school has a final result"
finish
