#!/usr/bin/env bash
# Templates: out, changed, in again; extreme cases looked at and accepted; refusals with their line.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

today=2026-03-27
template() {
    attain template "$@" --today $today
}
attain init --name "Hill School" --laestab 8064001 --today $today >/dev/null

status "the ready templates are listed" 0 template list --json
same "four of them, nothing accepted" "fsp-ks1|0
ks1-ks2|0
ks2-ks3|0
ks4|0" "$(rows templates code accepted <"$work/out")"
status "one goes out as a file" 0 template show ks1-ks2 --export "$work/mine.template"
says "it is its own text" 'template ks1-ks2 "Key Stage 1 to Key Stage 2"' "$work/mine.template"
status "a preview" 0 template import "$work/mine.template" --as year5 --preview
says "writes nothing" "Nothing was written"
status "so it is not there" 1 template show year5
says "and is said so" "there is no template called year5" "$work/err"
status "it comes in under another code" 0 template import "$work/mine.template" --as year5
says "with its aspects" "Aspect EFFORT, Effort: new."
status "its extreme cases" 0 template check year5
says "the lowest" "lowest"
says "another scale" "on another scale"
says "not accepted yet" "not accepted yet"
seen=$(grep -o -- '--seen [0-9a-f]*' "$work/out" | head -1 | cut -d' ' -f2)
status "not what was looked at" 1 template accept year5 --seen 00000000
says "is said so" "not as it was when it was looked at" "$work/err"
status "accepted" 0 template accept year5 --seen "$seen"
says "how many" "4 columns of Key Stage 1 to Key Stage 2 accepted"
status "and on record" 0 template show year5 --format csv
says "by whom and when" "accepted by command line on 2026"

sed 's/^formula STEPS(LATEST, PRIOR)/formula STEPS(LATEST, PRIOR) - 1/' "$work/mine.template" >"$work/new.template"
status "another formula" 0 template import "$work/new.template" --as year5
says "asks again" "3 of 4 formulas accepted"
status "the column says so" 0 template show year5 --format csv
says "who had accepted it" "changed since command line accepted it"

sed 's/STEPS(LATEST, PRIOR)/STEPS(LATST, PRIOR)/' "$work/mine.template" >"$work/bad.template"
status "a wrong formula is refused" 1 template import "$work/bad.template" --as year5
says "with its place" "LATST is not a name of the formula language" "$work/err"
says "and its line" "row 26" "$work/err"
printf 'template a "A"\nshow "B" nothing\n' >"$work/bad.template"
status "a wrong word is refused" 1 template import "$work/bad.template"
says "with its line" "row 2" "$work/err"
status "no such file" 1 template import "$work/none.template"
status "no name" 2 template check
status "no such part" 2 template frobnicate
status "a marksheet that is not there" 1 template use year5 --marksheet 999
status "taken away" 0 template withdraw year5
lacks "from the list" "year5"
status "the file is sound" 0 attain verify
finish
