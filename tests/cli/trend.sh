#!/usr/bin/env bash
# The reports trend and forecast, and what stands beside average points, by hand.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

today=2008-03-27
report() {
    attain report "$@" --json --today $today
}

upn() {
    python3 -c '
import sys
digits = "8064001" + "%02d" % 2 + "%03d" % int(sys.argv[1])
total = sum(int(d) * w for d, w in zip(digits, range(2, 14)))
print("ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23] + digits)' "$1"
}

attain init --name "Hill School" --laestab 8064001 --today $today >/dev/null

# Two girls and two boys of Year 5 today, and whoever was in Year 6 before: numbers 11 to 13 in
# 2006/07, 21 to 23 in 2005/06, 31 and 32 in 2004/05. Their year group is on record "since always": in
# earlier school years they were younger by as many.
{
    echo "upn,surname,forename,dob,sex,year_group,entry_date"
    for n in 1 2; do echo "$(upn $n),Ash,G$n,1998-03-01,F,5,2003-09-01"; done
    for n in 3 4; do echo "$(upn $n),Birch,B$n,1998-03-01,M,5,2003-09-01"; done
    for n in 11 12 13; do echo "$(upn $n),Cole,C$n,1996-03-01,F,7,2003-09-01"; done
    for n in 21 22 23; do echo "$(upn $n),Dunn,D$n,1995-03-01,M,8,2003-09-01"; done
    for n in 31 32; do echo "$(upn $n),Ellis,E$n,1994-03-01,M,9,2003-09-01"; done
} >"$work/pupils.csv"

# judged N DATE GRADE [KIND] [STAGE] [SUBJECT]
judged() {
    echo "$(upn "$1"),${6:-MAT},${4:-assessment},${5:-},$2,$3"
}
# Mathematics of Year 5: autumn 3b 3a 3c 4c, points 21 23 19 25: mean 22, one of four at level 4.
# Spring (to today) 3a 4c 3b 4c: 23 25 21 25, mean 23.5, two of four. Last summer 3c 3b 2a: 19 21 17,
# mean 19, none of three. Year 5 autumn is term 7 of 12: expected 15 + 7 = 22; spring 23; last summer,
# the end of Year 4, term 6: 21.
{
    echo "upn,subject,kind,stage,date,grade"
    judged 1 2007-06-01 3c; judged 2 2007-06-01 3b; judged 3 2007-06-01 2a
    judged 1 2007-11-20 3b; judged 2 2007-11-20 3a; judged 3 2007-11-20 3c; judged 4 2007-11-20 4c
    judged 1 2008-03-10 3a; judged 2 2008-03-10 4c; judged 3 2008-03-10 3b
    # Results at the end of Key Stage 2: 2005 1 of 2, 2006 2 of 3, 2007 3 of 3.
    judged 31 2005-05-12 4 result KS2; judged 32 2005-05-12 3 result KS2
    judged 21 2006-05-12 4 result KS2; judged 22 2006-05-12 5 result KS2; judged 23 2006-05-12 3 result KS2
    judged 11 2007-05-12 4 result KS2; judged 12 2007-05-12 4 result KS2; judged 13 2007-05-12 5 result KS2
} >"$work/results.csv"
cat >"$work/national.csv" <<'CSV'
body,measure,subject,year,percent
national,ks2-l4-mat,MAT,2006,76
national,ks2-l4-mat,MAT,2007,77
CSV
status "the school's files" 0 attain import "$work/pupils.csv" "$work/results.csv" \
    "$work/national.csv" --today $today

# --- the same pupils over terms

status "report trend" 0 report trend --year-group 5 --subject MAT
same "mean points by term, with the change and what is expected" "\
2006/07 summer|-|aps|MAT|3|4|-|19.00|-|21.00
2007/08 autumn|-|aps|MAT|4|4|-|22.00|3.00|22.00
2007/08 spring|-|aps|MAT|4|4|-|23.50|1.50|23.00" \
    "$(rows trend period group measure subject count of percent aps aps_change expected <"$work/out")"
same "a term that is not over goes to today" "2008-03-27" "$(rows trend date <"$work/out" | tail -n 1)"
same "a line to draw" '["line"]' "$(value '[c["kind"] for c in a["charts"]]' <"$work/out")"
# The standard of Key Stage 2 on the way to it.
same "a measure of the same pupils, term by term" "\
2006/07 summer|-|ks2-l4-mat|0|3|0.0|-|19.00
2007/08 autumn|-|ks2-l4-mat|1|4|25.0|25.0|22.00
2007/08 spring|-|ks2-l4-mat|2|4|50.0|25.0|23.50" \
    "$(report trend --year-group 5 --measure ks2-l4-mat | rows trend period group measure count of percent percent_change aps)"
same "by one cut: the girls' 3b 3a then 3a 4c, the boys' 3c 4c then 3b 4c" "\
2006/07 summer|F|0|2|20.00
2006/07 summer|M|0|1|17.00
2007/08 autumn|F|0|2|22.00
2007/08 autumn|M|1|2|22.00
2007/08 spring|F|1|2|24.00
2007/08 spring|M|1|2|23.00" \
    "$(report trend --year-group 5 --measure ks2-l4-mat --by gender | rows trend period group count of aps)"
same "--years narrows it" "2006/07 summer" \
    "$(report trend --year-group 5 --subject MAT --years 2007-2007 | rows trend period)"
same "as at a day before: what was recorded later is hidden" 0 \
    "$(report trend --year-group 5 --subject MAT --as-at 2008-01-10 | value 'len(a["tables"][0]["rows"])')"

# --- the year group over years: Year 6 of each year, 1/2, 2/3, 3/3.

status "over years" 0 report trend --measure ks2-l4-mat --over years --follow year-group
same "the same year group in successive years, and the national figure" "\
2004/05|1|2|50.0|-|-
2005/06|2|3|66.7|16.7|76.0
2006/07|3|3|100.0|33.3|77.0" \
    "$(rows trend period count of percent percent_change national <"$work/out")"

# --- reviews: judgements that lie in them

attain review add Autumn --from 2007-11-01 --to 2007-12-10 --years 1-6 --today $today >/dev/null
same "over reviews" "Autumn|4|22.00" \
    "$(report trend --year-group 5 --subject MAT --over reviews | rows trend period count aps)"

# --- forecast: 50, 66.667, 100 in 2005 to 2007. Mean 72.2222, slope 25: 2008 122.2, cut at 100. Rests
# 2.7778 -5.5556 2.7778, squares 46.2963, s = 6.8041; t(0.975, 1) = 12.7062; root(1 + 1/3 + 4/2) =
# 1.825742: half 157.85: from 0 (122.22 - 157.85 is less) to 100.
status "report forecast" 0 report forecast --measure ks2-l4-mat
same "past years and the next two" "\
2004/05|past|1|2|50.0|-|-
2005/06|past|2|3|66.7|-|-
2006/07|past|3|3|100.0|-|-
2007/08|forecast|-|-|100.0|0.0|100.0
2008/09|forecast|-|-|100.0|0.0|100.0" \
    "$(rows forecast period kind count of percent low high <"$work/out")"
says "it says that it is no target" "not a target"
says "and how it is worked out" "least squares"
status "with fewer than three years" 0 report forecast --measure ks2-l4-mat --years 2006-2007
same "there is no forecast" "past past " "$(rows forecast kind <"$work/out" | tr '\n' ' ')"
says "and it says so" "a line needs at least 3"
status "without a measure the first that has final results" 0 report forecast
same "here the mathematics of Key Stage 2" "ks2-l4-mat" "$(rows forecast measure <"$work/out" | sort -u)"
status "over terms" 1 report forecast --measure ks2-l4-mat --over terms

# --- beside average points: last term, the year group a year ago, what is expected. Last year's Year
# 5 has nothing on record.
same "aps against last term and what is expected" "MAT|23.50|22.00|-|23.00" \
    "$(report aps --year-group 5 --subject MAT | rows aps subject aps last_term last_year expected)"

# --- what is refused, and what is empty
# Two ways at once: in spring the girls' 3a 4c, the boys' 3b 4c; nobody has free meals on record.
same "a cut crossed with another" "F*unclassified|1|2
M*unclassified|1|2" \
    "$(report trend --year-group 5 --measure ks2-l4-mat --by gender --cross fsm --years 2008-2008 | rows trend group count of | tail -n 2)"

status "no such measure" 1 report trend --measure ks9
status "no such subject" 1 report trend --subject XYZ
status "two cuts" 1 report trend --by gender,sen
says "is said" "takes one cut at a time"
status "targets" 1 report trend --basis target
status "a group followed as a year" 1 report trend --follow year-group --where 'SEN = "S"'
says "says why" "chooses pupils of today"
status "no such period" 1 report trend --over weeks
status "no such way" 1 report trend --follow me
status "one review" 1 report trend --review Autumn
status "too many periods" 1 report trend --years 1970-2008
says "says how many there may be" "a trend shows 60"
status "a year without pupils" 0 report trend --year-group 12
says "is empty and says why" "No pupil fits these filters"
status "a subject that nobody has" 0 report trend --subject GER
says "likewise" "None of these pupils has a value on record"
status "a page" 0 attain report trend --measure ks2-l4-mat --over years --follow year-group --format html --today $today
says "with the figures of its chart" "The same as a table"
finish
