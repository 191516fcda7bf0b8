#!/usr/bin/env bash
# compare, scatter, matrix, profile: the school of contract.sh and a set of ten, by hand.
#
# Points: sub-levels c b a of level L are 6L+1, 6L+3, 6L+5. On 27 March 2026 Year 5 has in
# mathematics: Amy 3b 21 from 2b 15, Ben 3b 21 from 2c 13 (both 5A), Cat 3a 23 from 2a 17, Mia 4c 25
# from 2b 15, Kit nothing (all 5B). Gaps to the progress target: -2, 0, -3.333, +2.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

report() {
    attain report "$@" --json --today 2026-03-27
}

year5() {
    report "$1" --year-group 5 --subject MAT "${@:2}"
}

attain init --name "Hill School" --laestab 806/4001 --today 2026-02-15 >/dev/null
status "the school's files are taken" 0 attain import "$data/pupils.csv" "$data/results.csv" \
    "$data/groups.csv" --today 2026-02-15 --json
status "and what came later" 0 attain import "$data/late.csv" --today 2026-03-20 --json

# Ten more, in Year 7 and one set: from and to in points, and by rank the same, but for two.
python3 - "$work" <<'TEN'
import sys
pairs = [("3c", "4c"), ("3b", "4b"), ("3a", "4a"), ("4c", "5c"), ("4b", "5b"),
         ("4a", "5a"), ("5c", "6c"), ("5b", "6b"), ("5a", "7c"), ("4b", "6a")]
letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
pupils = open(sys.argv[1] + "/ten.csv", "w")
print("upn,surname,forename,dob,sex,year_group,registration,entry_date", file=pupils)
results = open(sys.argv[1] + "/ten-results.csv", "w")
print("upn,subject,kind,stage,date,grade", file=results)
groups = open(sys.argv[1] + "/ten-groups.csv", "w")
print("upn,group,type,subject,from,to", file=groups)
for i, (prior, now) in enumerate(pairs):
    digits = f"806400120{100 + i}"
    upn = letters[sum(int(d) * (n + 2) for n, d in enumerate(digits)) % 23] + digits
    print(f"{upn},Zz{i},Ten,2014-01-0{i % 9 + 1},F,7,7A,2025-09-03", file=pupils)
    print(f"{upn},MAT,result,KS2,2025-07-04,{prior}", file=results)
    print(f"{upn},MAT,assessment,,2026-02-10,{now}", file=results)
    print(f"{upn},7/Ma1,teaching,MAT,2025-09-03,", file=groups)
TEN
status "ten more" 0 attain import "$work/ten.csv" "$work/ten-results.csv" "$work/ten-groups.csv" \
    --today 2026-03-20 --json

# --- compare
# Wilson 1 of 2: (0.5 + 0.9604)/2.9207 = 0.5 -/+ 0.4055: 9.5 to 90.5. One below and one on; one
# below and one above.
spread="value n mean low lower_quartile median upper_quartile high prior_mean without_value"
same "forms side by side: two values lie a quarter of the way apart" "\
5A|2|21.00|21.00|21.00|21.00|21.00|21.00|14.00|0
5B|2|24.00|23.00|23.50|24.00|24.50|25.00|16.00|1" \
    "$(year5 compare --by registration | rows groups $spread)"
same "shares below, on and above with their intervals" "\
5A|2|50.0|9.5|90.5|50.0|9.5|90.5|0.0
5B|2|50.0|9.5|90.5|0.0|0.0|65.8|50.0" \
    "$(year5 compare --by registration | rows groups value of below_percent below_low below_high on_percent on_low on_high above_percent)"
same "the same shares, one row each" "\
5A|below|1|2|50.0
5A|on|1|2|50.0
5A|above|0|2|0.0" \
    "$(year5 compare --by registration | rows standing label standing count of percent | grep 5A)"
# -3.333 and +2: the mean is -0.6665, away from nought -0.667.
same "by gap" "\
5A|-1.00|-2.00|-1.50|-0.50|0.00
5B|-0.667|-3.333|-2.00|0.667|2.00" \
    "$(year5 compare --by registration --column gap | rows groups value mean low lower_quartile upper_quartile high)"
same "by progress since Key Stage 1: 6 and 8, 6 and 10" "\
5A|7.00|6.00|8.00
5B|8.00|6.00|10.00" \
    "$(year5 compare --by registration --column progress | rows groups value mean low high)"
same "by prior attainment" "5A|14.00 5B|16.00 " \
    "$(year5 compare --by registration --column prior | rows groups value mean | tr '\n' ' ')"
same "by the basis: targets 4b and 4c, 5c, 3a and 4b" "5A|26.00|2 5B|27.00|3 " \
    "$(year5 compare --by registration --basis target | rows groups value mean n | tr '\n' ' ')"
# Amy 2 x 6, Ben 2 x 8; Cat 2 x 6, Mia 2 x 10.
same "by a formula" "5A|14.00 5B|16.00 " \
    "$(year5 compare --by registration --column '2 * (POINTS(LATEST) - POINTS(PRIOR))' | rows groups value mean | tr '\n' ' ')"
same "a set is the usual way" "set|5/Ma1|2|21.00" \
    "$(year5 compare | rows groups group value n mean)"
same "years side by side" "3|1|15.00 5|4|22.50 " \
    "$(report compare --subject MAT --by year --where 'YEAR = 3 OR YEAR = 5' | rows groups value n mean | tr '\n' ' ')"
# Year 6: Eve 24, 27, 21 and by her result 25; Fay 23, 25, 21 and 25.
same "subjects side by side" "\
ENG|2|23.50
REA|2|26.00
WRI|2|21.00
MAT|2|25.00" "$(report compare --year-group 6 --by subject | rows groups value n mean)"
same "and without a subject that is the usual way" "ENG REA WRI MAT " \
    "$(report compare --year-group 6 | rows groups value | tr '\n' ' ')"
# Everybody in mathematics: nine in levels with Eve's result besides the ten; Ivy's B by itself.
same "points of two scales do not mix" "nc|19 gcse|1 " \
    "$(report compare --by subject --subject MAT | value '[("gcse" if "GCSE" in r["scale"] else "nc") + "|" + str(r["n"]) for r in a["tables"][0]["rows"]]' | python3 -c 'import json,sys; print(" ".join(json.load(sys.stdin)), end=" ")')"
same "fewer than ten are dots, one for each" '[["5A (2)", "dots", [21, 21]], ["5B (2)", "dots", [23, 25]]]' \
    "$(year5 compare --by registration | value '[[s["name"], s["role"], [p["y"] for p in s["points"]]] for s in a["charts"][0]["series"]]')"
# 25 27 29 31 33 35 37 39 41 43, at 1 + 9p: 3.25 gives 29.5, 5.5 gives 34, 7.75 gives 38.5.
same "ten are a box of five points" \
    '["box", [["low", 25], ["lower quartile", 29.5], ["median", 34], ["upper quartile", 38.5], ["high", 43]]]' \
    "$(report compare --year-group 7 --subject MAT | value '[a["charts"][0]["series"][0]["role"], [[p["label"], p["y"]] for p in a["charts"][0]["series"][0]["points"]]]')"
same "of kind box" "box" "$(report compare --year-group 7 --subject MAT | value 'a["charts"][0]["kind"]')"
same "the pupils of a group" "Cat|23.00|2a|well-below Kit|-|-|- Mia|25.00|2b|above " \
    "$(year5 compare --by registration --value 5B | rows pupils forename measured prior flag | tr '\n' ' ')"
says "what belongs to comparing sets is said" "not a measure of anybody's teaching" <(year5 compare)
says "and how quartiles are taken" "definition 7 of Hyndman and Fan" <(year5 compare)
status "a teacher with a class" 0 attain user add --username adeyemi --name "Ms Adeyemi" \
    --role teacher --scope group:5/Ma1 --from 2026-01-05 --today 2026-02-15
same "teachers side by side" "Ms Adeyemi|2|21.00" \
    "$(year5 compare --by teacher | rows groups value n mean)"
status "nobody in a set is no failure" 0 report compare --subject SCI --year-group 5
says "and says why" "None of these pupils is in a teaching group of this subject"
status "two ways at once are refused" 2 report compare --by gender,sen
status "a formula without a number is refused" 1 report compare --subject MAT --column 'SEN'
says "in words" "gives a text, not a number"
status "other reports are not divided by subject" 1 report summary --by subject
says "in words" "only the report compare is divided by subject"

# --- scatter
same "prior attainment against now" "\
W806400119001|Archer|Amy|15.00|21.00
K806400119002|Bell|Ben|13.00|21.00
Z806400119003|Cole|Cat|17.00|23.00
M806400119013|Moss|Mia|15.00|25.00" "$(year5 scatter | rows pupils upn surname forename x y)"
same "who is left out, the means, and no correlation of four" "4|1|15|22.5|-" \
    "$(year5 scatter | rows together n left_out mean_x mean_y correlation)"
same "a line where both are as much, and the marks" \
    '["scatter", [["line", [13, 25]], ["points", [15, 13, 17, 15]]]]' \
    "$(year5 scatter | value '[a["charts"][0]["kind"], [[s["role"], [p["x"] for p in s["points"]]] for s in a["charts"][0]["series"]]]')"
# The product-moment formula in another form, over the ten pairs of points.
want=$(awk 'BEGIN { n = split("19 21 23 25 27 29 31 33 35 27", x); split("25 27 29 31 33 35 37 39 43 41", y)
    for (i = 1; i <= n; i++) { sx += x[i]; sy += y[i]; xx += x[i]^2; yy += y[i]^2; xy += x[i]*y[i] }
    printf "10|0|%.2f", (n*xy - sx*sy) / sqrt((n*xx - sx^2) * (n*yy - sy^2)) }')
same "the correlation of ten" "$want" \
    "$(report scatter --year-group 7 --subject MAT | rows together n left_out correlation)"
same "two formulas of one's own" "Amy|10|2.00 Ben|10|0.00 " \
    "$(report scatter --registration 5A --x 'AGE' --y '0 - GAP("MAT")' | rows pupils forename x y | tr '\n' ' ')"
same "and no line between different things" '["points"]' \
    "$(report scatter --registration 5A --x 'AGE' --y '0 - GAP("MAT")' | value '[s["role"] for s in a["charts"][0]["series"]]')"
status "a wrong formula is refused at its place" 1 report scatter --y 'LATST("MAT")'
says "with the side" "formula y: character 1: LATST is not a name"
status "nobody with both is no failure" 0 report scatter --subject SCI
says "and says why" "None of these pupils has both figures."
same "without a subject it takes the first core one and says so" true \
    "$(report scatter --year-group 8 | value 'any("this is English" in n for n in a["notes"])')"

# --- matrix
# Wilson 1 of 4: (0.25 + 0.4802)/1.9604 = 0.3725 -/+ 0.3269: 4.6 to 69.9.
same "from Key Stage 1 to now: grades down, whole levels across" "\
2c|1|1|0
2b|2|1|1
2a|1|1|0" "$(year5 matrix | rows matrix from of to_3 to_4)"
same "shares of each row" "2c|100.0|0.0 2b|50.0|50.0 2a|100.0|0.0 " \
    "$(year5 matrix | rows shares from to_3 to_4 | tr '\n' ' ')"
same "two levels of progress: Mia" "ks2-2lp-mat|1|4|25.0|4.6|69.9|-" \
    "$(year5 matrix | rows expected measure count of percent low high national)"
same "a row a series, a column a point, coloured by what is expected" \
    '["matrix", [["2c", [[0, 1, "3", "below"], [1, 0, "4", "on"]]], ["2b", [[0, 1, "3", "below"], [1, 1, "4", "on"]]], ["2a", [[0, 1, "3", "below"], [1, 0, "4", "on"]]]]]' \
    "$(year5 matrix | value '[a["charts"][0]["kind"], [[s["name"], [[p["x"], p["y"], p["label"], p.get("flag")] for p in s["points"]]] for s in a["charts"][0]["series"] if s["role"] == "row"]]')"
same "to the targets all make two levels or three" "2c|1|0 2b|2|0 2a|0|1 4 of 4" \
    "$(year5 matrix --to target | rows matrix from to_4 to_5 | tr '\n' ' ')$(year5 matrix --to target | rows expected count of | sed 's/|/ of /')"
same "from a day to now: Mia had 3c" "3c|0|1 3b|2|0 3a|1|0 " \
    "$(year5 matrix --from 2026-02-20 | rows matrix from to_3 to_4 | tr '\n' ' ')"
same "no progress is expected from there" 0 \
    "$(year5 matrix --from 2026-02-20 | value 'sum(t["name"] == "expected" for t in a["tables"])')"
# The autumn review holds one judgement, made for it.
printf 'upn,subject,kind,date,review,grade\nW806400119001,MAT,assessment,2025-11-20,Autumn 2025,2a\n' >"$work/autumn.csv"
status "a judgement for a review" 0 attain import "$work/autumn.csv" --today 2026-03-20
same "from a review to now: Amy" "2a|1|1" \
    "$(year5 matrix --from "Autumn 2025" | rows matrix from of to_3)"
same "and in a formula" "Amy|17.00|21.00" \
    "$(year5 scatter --x 'AT("MAT", "Autumn 2025")' --y LATEST | rows pupils forename x y)"
same "levels to grades: Ivy from 5b to B" "5b|1|1" \
    "$(report matrix --year-group 11 --subject MAT | rows matrix from of to_b)"
# All key stages: of the first six Mia and Fay make two levels; in Key Stage 3 two of the ten, not Hal.
same "several key stages stand in tables of their own" \
    '["matrix", "shares", "matrix-ks3", "shares-ks3", "matrix-ks4", "shares-ks4", "expected", "national"]' \
    "$(report matrix --subject MAT | value '[t["name"] for t in a["tables"]]')"
same "each with the progress expected of it" "ks2-2lp-mat|2|6 ks3-2lp-mat|2|11 " \
    "$(report matrix --subject MAT | rows expected measure count of | tr '\n' ' ')"
same "the pupils of a row" "Amy|2b|3b|below Mia|2b|4c|on " \
    "$(year5 matrix --value 2b | rows pupils forename from to flag | tr '\n' ' ')"
says "what is not known of the country is not guessed" "None is on file here, and none is guessed." <(year5 matrix)
printf 'body,measure,subject,year,percent\nnational,ks2-2lp-mat,MAT,2008,78\nnational,ks2-2lp-mat,MAT,2007,76\nnational,ks2-l4-mat-from-2b,MAT,2008,81\n' >"$work/national.csv"
status "figures of the country" 0 attain import "$work/national.csv" --today 2026-03-20
same "the newest stands beside what is expected" "25.0|78.0|2008" \
    "$(year5 matrix | rows expected percent national national_year)"
same "and beside a row: of two from 2b one is at Level 4" "2b|1|2|50.0|81.0|2008" \
    "$(year5 matrix | rows national from count of percent national national_year)"
status "a point that is none is refused" 1 report matrix --from autumm
says "and says which there are" "It is prior, target, prediction, now, result, a review's name or a date."
status "a day to come is refused" 1 report matrix --to 2027-01-01
status "nobody with both grades is no failure" 0 report matrix --subject SCI
says "and says why" "None of these pupils has a grade at both points."

# --- profile: stanines 4 and 6; 5 and 5; 3 and 7; 6 and 3.
printf 'upn,subject,kind,stage,date,grade,scale
W806400119001,CAT-V,test,Y5,2025-09-24,95,cat-sas
W806400119001,CAT-N,test,Y5,2025-09-24,106,cat-sas
K806400119002,CAT-V,test,Y5,2025-09-24,100,cat-sas
K806400119002,CAT-N,test,Y5,2025-09-24,100,cat-sas
Z806400119003,CAT-V,test,Y5,2025-09-24,82,cat-sas
Z806400119003,CAT-N,test,Y5,2025-09-24,112,cat-sas
M806400119013,CAT-V,test,Y5,2024-09-24,140,cat-sas
M806400119013,CAT-V,test,Y5,2025-09-24,111,cat-sas
M806400119013,CAT-N,test,Y5,2025-09-24,82,cat-sas
J806400119011,CAT-N,test,Y5,2025-09-24,90,cat-sas
' >"$work/cat.csv"
status "scores are taken" 0 attain import "$work/cat.csv" --today 2026-03-20
same "verbal against non-verbal, the newest of each" "\
Amy|95|106|11|4|6|Mild non-verbal
Ben|100|100|0|5|5|Even
Cat|82|112|30|3|7|Extreme non-verbal
Mia|111|82|-29|6|3|Moderate verbal" \
    "$(report profile --year-group 5 | rows pupils forename x y difference x_stanine y_stanine profile)"
same "the group" "\
extreme-verbal|0|4|0.0|2.0
moderate-verbal|1|4|25.0|4.0
mild-verbal|0|4|0.0|11.0
even|1|4|25.0|66.0
mild-non-verbal|1|4|25.0|11.0
moderate-non-verbal|0|4|0.0|4.0
extreme-non-verbal|1|4|25.0|2.0" \
    "$(report profile --year-group 5 | rows profile value count of percent usual_percent)"
same "a mark each and the line" '["scatter", ["line", "points"], [95, 100, 82, 111]]' \
    "$(report profile --year-group 5 | value '[a["charts"][0]["kind"], [s["role"] for s in a["charts"][0]["series"]], [p["x"] for p in a["charts"][0]["series"][1]["points"]]]')"
says "that the rule is ours is said" "this program's own choice" <(report profile --year-group 5)
same "as it stood a year before: Mia had 140, and nothing else" "" \
    "$(attain report profile --year-group 5 --json --today 2025-03-27 | rows pupils forename)"
status "nobody with both is no failure" 0 report profile --year-group 6
says "and says why" "None of these pupils has a standard score in both CAT verbal and CAT non-verbal."
status "levels are no standard scores" 0 report profile --year-group 5 --x MAT
says "so nobody has both" "None of these pupils has a standard score in both Mathematics and CAT non-verbal."
status "an unknown battery is refused" 1 report profile --x CAT-X
says "and says what to name" "--x CAT-V --y CAT-N"

# --- every format, and as at a day
for name in compare scatter matrix profile; do
    status "$name as CSV" 0 attain report "$name" --year-group 5 --subject MAT --format csv --today 2026-03-27
    status "$name as HTML" 0 attain report "$name" --year-group 5 --subject MAT --format html --today 2026-03-27
    says "with a picture" "<svg"
done
same "as at a day before Mia's 4c and Ben's 3b" "5A|20.00 5B|21.00 " \
    "$(year5 compare --by registration --as-at 2026-03-10 | rows groups value mean | tr '\n' ' ')"

finish
