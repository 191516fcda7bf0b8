#!/usr/bin/env bash
# Some teachers save at once while a report and a backup run; the large one is tests/load.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

if ! python3 -c 'import asyncio, sqlite3, sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then
    echo "skipped - saving at once: python3 is missing, older than 3.8 or without sqlite3"
    exit 0
fi
python3 "$here/../load/soak.py" --attain "$ATTAIN" --today 2026-03-27 --teachers 8 --rounds 1 \
    --brief --keep "$work" || bad=1
lacks "nothing was amiss in memory" "Sanitizer" "$work/log"
finish
