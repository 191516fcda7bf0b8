#!/usr/bin/env bash
# Each house-rule checker finds a planted violation, with file and line, and passes without.
set -euo pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/plant.sh"

plant tools/layers.txt <<'X'
base:
scales: base
store: base scales
web: base scales
X
good='#include "scales/grade.h"

#include <string.h>

#include "base/err.h"

/* malloc(1) in a comment, and below "exit(1)" in a text, are nobody'"'"'s business. */
int grade_of(const char *text)
{
    if (strcmp(text, "exit(1)") == 0)
        return 1;
    return 0;
}'
plant src/scales/grade.c <<<"$good"
plant src/scales/grade.h <<'X'
#ifndef SCALES_GRADE_H
#define SCALES_GRADE_H

int grade_of(const char *text);

#endif
X
plant src/base/err.h <<'X'
#ifndef BASE_ERR_H
#define BASE_ERR_H
#endif
X

for checker in layers banned sizes words headers; do
    passes "check-$checker passes a clean tree" "$tools/check-$checker" "$tree"
done

# --- layers
plant src/scales/bad.c <<'X'
#include "scales/grade.h"
#include "web/page.h"
X
refuses "a lower folder may not include a higher one" \
    "src/scales/bad.c:2: scales may not include web" "$tools/check-layers" "$tree"
plant src/scales/bad.c <<'X'
#include "grade.h"
X
refuses "a header is named below src" 'src/scales/bad.c:1: write the path below src' \
    "$tools/check-layers" "$tree"
plant src/scales/bad.c <<'X'

#include <sqlite3.h>
X
refuses "sqlite3.h stays in store" "src/scales/bad.c:2: <sqlite3.h> may not be included here" \
    "$tools/check-layers" "$tree"
plant src/web/bad.c <<'X'
#include "scales/table_in.h"
X
refuses "a header ending _in.h is private" "src/web/bad.c:1: scales/table_in.h is private" \
    "$tools/check-layers" "$tree"
plant src/web/bad.c <<'X'
int f(void) { return store_begin(s, e); }
X
refuses "a page changes nothing itself" "src/web/bad.c:1:store_begin changes what is stored" \
    "$tools/check-layers" "$tree"
rm "$tree/src/web/bad.c"
plant src/pages/bad.c <<'X'
#include "base/err.h"
X
refuses "a folder must be on the map" "src/pages/bad.c:1: pages is not in tools/layers.txt" \
    "$tools/check-layers" "$tree"
rm -r "$tree/src/pages"

# --- banned
for call in 'malloc(1)' 'strcpy(a, b)' 'atoi(a)' 'time(NULL)' 'printf("x")' 'exit(1)' \
    'sqlite3_exec(a)'; do
    plant src/scales/bad.c <<X
int f(void)
{
    return $call;
}
X
    refuses "${call%%(*} is banned" "src/scales/bad.c:3: ${call%%(*}:" \
        "$tools/check-banned" "$tree"
done
plant src/scales/bad.c <<'X'
int f(struct pool *pool)
{
    return pool->free(pool) + snprintf_of(pool) + my_free(pool);
}
X
passes "a member or a longer name is not a banned function" "$tools/check-banned" "$tree"
plant src/scales/bad.c <<<'int f;'
plant src/store/query.c <<'X'
int f(void)
{
    return sqlite3_exec(0);
}
X
passes "what is banned elsewhere may stand in its own place" "$tools/check-banned" "$tree"

# --- sizes
{
    printf 'int f(void)\n{\n'
    for _ in $(seq 71); do printf '    f();\n'; done
    printf '}\n'
} | plant src/scales/bad.c
refuses "a function of 71 lines is too long" "src/scales/bad.c:2: f has 71 lines; at most 70" \
    "$tools/check-sizes" "$tree"
{
    printf 'int f(void)\n{\n'
    for _ in $(seq 70); do printf '    f();\n'; done
    printf '}\n'
} | plant src/scales/bad.c
passes "a function of 70 lines is not" "$tools/check-sizes" "$tree"
for _ in $(seq 601); do echo; done | plant src/scales/bad.c
refuses "a file of 601 lines is too long" "the file has 601 lines; at most 600" \
    "$tools/check-sizes" "$tree"
plant src/scales/bad.c <<<'int f;'
for _ in $(seq 251); do echo; done | plant src/scales/bad.h
refuses "a header of 251 lines is too long" "the file has 251 lines; at most 250" \
    "$tools/check-sizes" "$tree"
plant tools/sizes-allowed.txt <<'X'
# path ceiling reason
src/scales/bad.h 260 a test
X
passes "a file on the list may be longer" "$tools/check-sizes" "$tree"
rm "$tree/src/scales/bad.h"
refuses "an entry that lets off nothing is an error" "tools/sizes-allowed.txt:2: src/scales/bad.h does not need its 260" \
    "$tools/check-sizes" "$tree"
rm "$tree/tools/sizes-allowed.txt"
plant src/scales/bad.c <<'X'
int f(int a, int b, int c, int d, int e,
        int g, int h, int i, int j)
{
    return a;
}
X
refuses "nine parameters are too many" "src/scales/bad.c:3: f takes 9 parameters; at most 8" \
    "$tools/check-sizes" "$tree"
plant tools/sizes-allowed.txt <<<'src/scales/bad.c:f 9 a library calls it'
passes "a function on the list may take more" "$tools/check-sizes" "$tree"
rm "$tree/tools/sizes-allowed.txt"
plant src/scales/bad.c <<'X'
int f(int a)
{
    if (a) {
        while (a) {
            for (;;) {
                if (a) {
                    do {
                        a--;
                    } while (a);
                }
            }
        }
    }
    return a;
}
X
refuses "five levels of nesting are too many" "src/scales/bad.c:2: f nests 5 deep; at most 4" \
    "$tools/check-sizes" "$tree"
plant src/scales/bad.c <<<'int f;'

# --- words
for word in "TO""DO" "FIX""ME" "X""XX" "HA""CK"; do
    plant src/scales/bad.c <<<"/* $word: later */"
    refuses "$word does not stay" "src/scales/bad.c:1: unfinished work" \
        "$tools/check-words" "$tree"
done
plant src/scales/bad.c <<<'const char *const lea = "XXX";'
passes "a code in quotes is no such word" "$tools/check-words" "$tree"
plant src/scales/bad.c <<<"/* see /wo""rk/main/notes */"
refuses "a path of one machine does not stay" "src/scales/bad.c:1: a path of one machine" \
    "$tools/check-words" "$tree"
plant src/scales/bad.c <<<'int f;'

# --- headers
plant src/scales/bad.h <<'X'
#ifndef SCALES_BAD_H
#define SCALES_BAD_H

size_t f(void);

#endif
X
refuses "a header includes what it uses" "src/scales/bad.h:1: does not compile alone" \
    "$tools/check-headers" "$tree"
plant src/scales/bad.h <<'X'
#ifndef BAD_H
#define BAD_H
#endif
X
refuses "a header's guard is named after its path" "its guard is not SCALES_BAD_H" \
    "$tools/check-headers" "$tree"
rm "$tree/src/scales/bad.h"

# --- format
if command -v clang-format >/dev/null; then
    cp "$tools/../.clang-format" "$tree/"
    plant src/scales/bad.c <<<'int   f;'
    refuses "layout is clang-format's" "src/scales/bad.c:1:" "$tools/check-format" "$tree"
    plant src/scales/bad.c <<<'int f;'
    passes "check-format passes a clean tree" "$tools/check-format" "$tree"
else
    echo "skipped - check-format: clang-format is not installed"
fi
