#include "analysis/cut.h"

#include <string.h>

#include "base/text.h"

static const char mark = '*';

bool cut_is_recorded(const char *value)
{
    static const char unknown[] = "unclassified";
    const char *second = strchr(value, mark);
    size_t n = second == NULL ? strlen(value) : (size_t)(second - value);

    if (n == strlen(unknown) && strncmp(value, unknown, n) == 0)
        return false;
    return second == NULL || !text_eq(second + 1, unknown);
}

bool cut_overlaps(enum cut cut)
{
    return cut == CUT_GROUP || cut == CUT_SET || cut == CUT_TEACHER;
}

bool cut_parse_name(const char *name, enum cut *ret_cut, enum cut *ret_cross)
{
    char first[32];
    const char *second = strchr(name, mark);
    size_t n = second == NULL ? strlen(name) : (size_t)(second - name);

    if (n >= sizeof(first))
        return false;
    memcpy(first, name, n);
    first[n] = '\0';
    *ret_cross = CUT_NONE;
    return cut_parse(first, ret_cut) && (second == NULL || cut_parse(second + 1, ret_cross));
}

const char *cut_words(struct arena *arena, const char *name, const char *value)
{
    const char *at = strchr(value, mark);
    enum cut cut, cross;
    const char *first, *second;

    if (!cut_parse_name(name, &cut, &cross))
        return value;
    if (cross == CUT_NONE || at == NULL)
        return cut_value_label(cut, value);
    first = arena_bytes(arena, value, (size_t)(at - value));
    if (first == NULL)
        return value;
    first = cut_value_label(cut, first);
    second = cut_value_label(cross, at + 1);
    first = arena_printf(arena, "%s; %s", first, second);
    return first == NULL ? value : first;
}

/* ---- two ways at once ---- */

struct crossing {
    struct arena *arena;
    struct cut_index first, second;
    uint32_t *place; /* one a pair: 1 where a pupil has it, then its place + 1 */
};

static size_t pair_of(const struct crossing *c, size_t i, size_t j)
{
    return (size_t)c->first.of[i] * c->second.value_n + c->second.of[j];
}

/* Count the pairs of each pupil and mark those met. */
static void meet(const struct crossing *c, size_t pupil_n, size_t *first)
{
    for (size_t p = 0; p < pupil_n; p++) {
        first[p + 1] = first[p];
        for (size_t i = c->first.first[p]; i < c->first.first[p + 1]; i++) {
            for (size_t j = c->second.first[p]; j < c->second.first[p + 1]; j++) {
                c->place[pair_of(c, i, j)] = 1;
                first[p + 1]++;
            }
        }
    }
}

static enum err_code name_pairs(const struct crossing *c, struct cut_index *index,
        struct err *err)
{
    size_t pair_n = c->first.value_n * c->second.value_n;

    index->values = arena_array(c->arena, pair_n + 1, sizeof(*index->values));
    if (index->values == NULL)
        return err_memory(err);
    for (size_t i = 0; i < pair_n; i++) {
        if (c->place[i] == 0)
            continue;
        index->values[index->value_n] =
                arena_printf(c->arena, "%s%c%s", c->first.values[i / c->second.value_n], mark,
                        c->second.values[i % c->second.value_n]);
        if (index->values[index->value_n] == NULL)
            return err_memory(err);
        c->place[i] = (uint32_t)++index->value_n;
    }
    return ERR_OK;
}

static void place_pupils(const struct crossing *c, size_t pupil_n, struct cut_index *index)
{
    size_t n = 0;

    for (size_t p = 0; p < pupil_n; p++) {
        for (size_t i = c->first.first[p]; i < c->first.first[p + 1]; i++) {
            for (size_t j = c->second.first[p]; j < c->second.first[p + 1]; j++)
                index->of[n++] = c->place[pair_of(c, i, j)] - 1;
        }
    }
}

enum err_code cut_make_crossed(struct arena *arena, const struct cohort *cohort, enum cut cut,
        enum cut cross, struct cut_index *ret_index, struct err *err)
{
    struct crossing c = { .arena = arena };
    struct cut_index index = { .cut = cut, .cross = cross };
    size_t room;
    enum err_code code = cut_make(arena, cohort, cut, &c.first, err);

    if (code == ERR_OK && cross == CUT_NONE)
        *ret_index = c.first;
    if (code != ERR_OK || cross == CUT_NONE)
        return code;
    code = cut_make(arena, cohort, cross, &c.second, err);
    if (code != ERR_OK)
        return code;
    index.name = arena_printf(arena, "%s%c%s", cut_name(cut), mark, cut_name(cross));
    index.first = arena_array(arena, cohort->pupil_n + 1, sizeof(*index.first));
    if (__builtin_mul_overflow(c.first.value_n, c.second.value_n, &room))
        return err_memory(err);
    c.place = arena_array(arena, room + 1, sizeof(*c.place));
    if (index.name == NULL || index.first == NULL || c.place == NULL)
        return err_memory(err);
    meet(&c, cohort->pupil_n, index.first);
    index.of = arena_array(arena, index.first[cohort->pupil_n], sizeof(*index.of));
    if (index.of == NULL)
        return err_memory(err);
    code = name_pairs(&c, &index, err);
    if (code != ERR_OK)
        return code;
    place_pupils(&c, cohort->pupil_n, &index);
    *ret_index = index;
    return ERR_OK;
}
