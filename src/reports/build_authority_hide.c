/* Small numbers of the report `authority`: trust 5.4 over years, schools and groups. */
#include "base/text.h"
#include "reports/build_authority_in.h"
#include "reports/suppress.h"

static bool is_telling(const struct attained *one)
{
    return suppress_is_small(one->roll) || suppress_is_small(one->count) ||
           suppress_is_small(one->of - one->count);
}

/* Of counts that add up to a total that is shown: hide the small ones, and where that is one
   alone the smallest beside it. `hide` has the same stride as the counts. */
static void hide_block(const struct attained *const *cells, bool *const *hide, size_t n)
{
    size_t hidden = 0;
    size_t least = n;

    for (size_t i = 0; i < n; i++) {
        *hide[i] = is_telling(cells[i]);
        hidden += *hide[i];
    }
    for (size_t i = 0; i < n; i++) {
        if (!*hide[i] && cells[i]->roll > 0 &&
                (least == n || cells[i]->count < cells[least]->count))
            least = i;
    }
    if (hidden == 1 && least < n)
        *hide[least] = true;
}

/* Room for one block of `n` counts. */
struct block {
    const struct attained **cells;
    bool **hide;
    size_t n;
};

static struct block block_of(struct authority_build *b, size_t n)
{
    struct arena *arena = b->report->arena;
    struct block block = { arena_array(arena, n + 1, sizeof(*block.cells)),
        arena_array(arena, n + 1, sizeof(*block.hide)), 0 };

    if (block.cells == NULL || block.hide == NULL)
        b->report->failed = true;
    return block;
}

static void block_add(struct block *block, const struct attained *cell, bool *hide)
{
    block->cells[block->n] = cell;
    block->hide[block->n++] = hide;
}

/* Schools of one body add up to that body's roll. */
static void hide_schools(struct authority_build *b, struct block *block, size_t y)
{
    const struct authority *in = b->in;

    for (int tagged = 0; tagged < 2; tagged++) {
        block->n = 0;
        for (size_t s = 0; s < in->school_n; s++) {
            if (in->schools[s].tagged[y] == (tagged != 0))
                block_add(block, &b->measure->schools[s * in->year_n + y],
                        &b->hide_school[s * in->year_n + y]);
        }
        hide_block(block->cells, block->hide, block->n);
    }
}

/* Groups of one cut add up to the whole. They stand in blocks: each is taken at its first. */
static void hide_groups(struct authority_build *b, struct block *block, size_t y)
{
    const struct authority_measure *measure = b->measure;

    for (size_t first = 0; first < measure->group_n; first++) {
        bool done = false;

        block->n = 0;
        for (size_t g = 0; g < measure->group_n; g++) {
            if (!text_eq(measure->groups[g].by, measure->groups[first].by))
                continue;
            done = done || g < first;
            block_add(block, &measure->groups[g].years[y],
                    &b->hide_group[g * b->in->year_n + y]);
        }
        if (!done)
            hide_block(block->cells, block->hide, block->n);
    }
}

static void hide_bodies(struct authority_build *b, struct block *block, size_t y)
{
    const struct roll_up *sum = &b->measure->years[y];
    size_t year_n = b->in->year_n;

    b->hide_body[BODY_AUTHORITY * year_n + y] = is_telling(&sum->all);
    block->n = 0;
    block_add(block, &sum->body[1], &b->hide_body[BODY_SUPPORTED * year_n + y]);
    block_add(block, &sum->body[0], &b->hide_body[BODY_NOT_SUPPORTED * year_n + y]);
    hide_block(block->cells, block->hide, block->n);
}

void authority_begin_measure(struct authority_build *b, const struct authority_measure *measure)
{
    struct arena *arena = b->report->arena;
    size_t year_n = b->in->year_n;
    size_t most = b->in->school_n > measure->group_n ? b->in->school_n : measure->group_n;
    struct block block = block_of(b, most + 2);

    b->measure = measure;
    b->hide_body = arena_array(arena, (size_t)BODY__MAX * year_n, sizeof(bool));
    b->hide_school = arena_array(arena, b->in->school_n * year_n + 1, sizeof(bool));
    b->hide_group = arena_array(arena, measure->group_n * year_n + 1, sizeof(bool));
    if (b->hide_body == NULL || b->hide_school == NULL || b->hide_group == NULL)
        b->report->failed = true;
    for (size_t y = 0; y < year_n && b->suppress && !b->report->failed; y++) {
        hide_bodies(b, &block, y);
        hide_schools(b, &block, y);
        hide_groups(b, &block, y);
    }
}
