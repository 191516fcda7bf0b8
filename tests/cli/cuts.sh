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

finish
