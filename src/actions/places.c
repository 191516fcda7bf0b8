#include "actions/places.h"

#include <stdlib.h>

struct placed {
    int64_t id;
    uint32_t at;
};

static int by_id(const void *a, const void *b)
{
    const struct placed *x = a;
    const struct placed *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

enum err_code places_make(struct places *places, struct arena *arena,
        const struct cohort_pupil *pupils, size_t n, struct err *err)
{
    struct placed *placed = arena_array(arena, n + 1, sizeof(*placed));
    struct places made = { .ids = arena_array(arena, n + 1, sizeof(*made.ids)),
        .at = arena_array(arena, n + 1, sizeof(*made.at)),
        .n = n };

    if (placed == NULL || made.ids == NULL || made.at == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++)
        placed[i] = (struct placed){ pupils[i].id, (uint32_t)i };
    qsort(placed, n, sizeof(*placed), by_id);
    for (size_t i = 0; i < n; i++) {
        made.ids[i] = placed[i].id;
        made.at[i] = placed[i].at;
    }
    *places = made;
    return ERR_OK;
}

long places_find(const struct places *places, int64_t pupil_id)
{
    size_t low = 0;
    size_t high = places->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (places->ids[middle] < pupil_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < places->n && places->ids[low] == pupil_id ? (long)places->at[low] : -1;
}
