/*
 * Fuzz target: sets of an overlap, and the letters of a part. What is taken stands in the
 * text where it was written.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/overlap.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_sets(const struct overlap_sets *sets, const char *text)
{
    check(sets->n >= OVERLAP_LEAST && sets->n <= OVERLAP_MOST);
    for (size_t i = 0; i < sets->n; i++) {
        const struct overlap_set *set = &sets->sets[i];

        check(set->name[0] != '\0' && set->shown[0] != '\0');
        check(strstr(text, set->shown) != NULL && strstr(set->formula, set->shown) != NULL);
        check(strlen(set->formula) <= strlen(text));
        for (size_t k = 0; k < i; k++)
            check(!text_eq_fold(sets->sets[k].name, set->name));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct overlap_sets sets = { .n = 0 };
    struct overlap_asked asked = { 0 };
    struct err err = { 0 };
    const char *text = arena_bytes(&arena, (const char *)data, size);

    check(text != NULL);
    if (overlap_read(&arena, text, &sets, &err) == ERR_OK)
        check_sets(&sets, text);
    else
        check(err.message[0] != '\0');
    if (overlap_ask(text, 3, &asked, &err) == ERR_OK)
        check(asked.mask < 8);
    arena_free(&arena);
    return 0;
}
