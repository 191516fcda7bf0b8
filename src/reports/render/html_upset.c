/*
 * Overlaps of any number of sets: one row a combination, a dot for each set it lies in, a bar
 * for how many. Dots and bars stand in percent of the width, type never scales.
 */
#include <stdlib.h>

#include "base/text.h"
#include "reports/render/html.h"
#include "reports/render/html_in.h"

enum {
    SETS = 6,  /* drawn; the data table has them all */
    ROWS = 24, /* combinations drawn */
    ROW = 28,
    TOP = 24,    /* the letters above the dots */
    DOTS = 40,   /* percent of the width */
    LONGEST = 48 /* percent of the width: the longest bar */
};

unsigned html_mask(const struct chart_point *region)
{
    return region->x < 0 || region->x > 1000LL * 0xFFFFFF ? 0xFFFFFFU
                                                          : (unsigned)(region->x / 1000);
}

size_t html_sets(const struct chart *chart, const struct chart_series **ret_sets, size_t most)
{
    size_t n = 0;

    for (size_t i = 0; i < chart->series_n; i++) {
        if (!text_eq(chart->series[i].role, "set"))
            continue;
        if (n < most)
            ret_sets[n] = &chart->series[i];
        n++;
    }
    return n;
}

static int bits(unsigned mask)
{
    int n = 0;

    for (; mask != 0; mask &= mask - 1)
        n++;
    return n;
}

static int by_count(const void *a, const void *b)
{
    const struct chart_point *x = *(const struct chart_point *const *)a;
    const struct chart_point *y = *(const struct chart_point *const *)b;
    unsigned mask_x = html_mask(x);
    unsigned mask_y = html_mask(y);

    if ((mask_x == 0) != (mask_y == 0))
        return mask_x == 0 ? 1 : -1;
    if (x->y != y->y)
        return x->y < y->y ? 1 : -1;
    if (bits(mask_x) != bits(mask_y))
        return bits(mask_x) - bits(mask_y);
    return (mask_x > mask_y) - (mask_x < mask_y);
}

const struct chart_point **html_regions(struct buf *buf, const struct chart *chart,
        size_t *ret_n)
{
    const struct chart_point **list = NULL;
    size_t n = 0;

    *ret_n = 0;
    for (size_t i = 0; i < chart->series_n; i++) {
        const struct chart_series *series = &chart->series[i];

        for (size_t p = 0; text_eq(series->role, "region") && p < series->point_n; p++) {
            if (series->points[p].y <= 0)
                continue;
            list = arena_grow(buf->arena, list, n, sizeof(*list));
            if (list == NULL) {
                buf->failed = true;
                return NULL;
            }
            list[n++] = &series->points[p];
        }
    }
    if (n != 0)
        qsort(list, n, sizeof(*list), by_count);
    *ret_n = n;
    return list;
}

static void dot_x(struct buf *buf, size_t set, size_t sets)
{
    html_percent(buf, (int64_t)(2 * set + 1) * DOTS, (int64_t)(2 * sets) * 100);
}

static void letters(struct buf *buf, size_t sets)
{
    for (size_t i = 0; i < sets; i++) {
        html_raw(buf, "<text class=\"strong\" text-anchor=\"middle\" y=\"14\" x=\"");
        dot_x(buf, i, sets);
        buf_printf(buf, "\">%c</text>", (char)('A' + i));
    }
    html_raw(buf, "\n");
}

/* Which sets the row lies in: full dots, joined; empty rings for the others. */
static void dots(struct buf *buf, unsigned mask, size_t sets, size_t y)
{
    size_t first = sets;
    size_t last = 0;

    for (size_t i = 0; i < sets; i++) {
        if ((mask >> i & 1u) == 0)
            continue;
        first = i < first ? i : first;
        last = i;
    }
    if (first < last) {
        html_raw(buf, "<line class=\"path\" x1=\"");
        dot_x(buf, first, sets);
        html_raw(buf, "\" x2=\"");
        dot_x(buf, last, sets);
        buf_printf(buf, "\" y1=\"%zu\" y2=\"%zu\"/>", y, y);
    }
    for (size_t i = 0; i < sets; i++) {
        buf_printf(buf, "<circle class=\"%s\" r=\"%d\" cy=\"%zu\" cx=\"",
                (mask >> i & 1u) != 0 ? "mark" : "corridor edge", (mask >> i & 1u) != 0 ? 6 : 4,
                y);
        dot_x(buf, i, sets);
        html_raw(buf, "\"/>");
    }
}

static void bar(struct buf *buf, const struct chart *chart, const struct chart_point *region,
        int64_t most, size_t y)
{
    buf_printf(buf, "<rect class=\"b\" x=\"%d%%\" y=\"%zu\" height=\"16\" width=\"", DOTS + 2,
            y - 8);
    html_percent(buf, region->y * LONGEST, most * 100);
    html_raw(buf, "\"/><svg class=\"o\" x=\"");
    html_percent(buf, (DOTS + 2) * most + region->y * LONGEST, most * 100);
    buf_printf(buf, "\" y=\"%zu\"><text class=\"strong\" x=\"6\" y=\"4\">", y);
    html_number(buf, chart, region->y);
    html_raw(buf, "</text></svg>");
}

static void row(struct buf *buf, const struct chart *chart, const struct chart_point *region,
        size_t sets, int64_t most, size_t y, bool links)
{
    bool linked = html_link_open(buf, region, links, true);

    buf_printf(buf, "<rect fill=\"transparent\" width=\"100%%\" height=\"%d\" y=\"%zu\"/>", ROW,
            y - ROW / 2);
    dots(buf, html_mask(region), sets, y);
    bar(buf, chart, region, most, y);
    if (linked)
        html_raw(buf, "</a>");
    html_raw(buf, "\n");
}

static void key(struct buf *buf, const struct chart *chart,
        const struct chart_series *const *sets, size_t n)
{
    html_raw(buf, "<ul>");
    for (size_t i = 0; i < n; i++) {
        buf_printf(buf, "<li><b>%c</b> ", (char)('A' + i));
        html_text(buf, sets[i]->name);
        html_raw(buf, " <b>");
        html_number(buf, chart, sets[i]->point_n == 0 ? 0 : sets[i]->points[0].y);
        html_raw(buf, "</b></li>");
    }
    html_raw(buf, "</ul>\n");
}

/* The last row that is drawn is that of those outside all sets, where there are any. */
static size_t at_row(const struct chart_point *const *regions, size_t n, size_t i)
{
    return i + 1 == ROWS && html_mask(regions[n - 1]) == 0 ? n - 1 : i;
}

void html_upset(struct buf *buf, const struct chart *chart, const char *id, bool links)
{
    const struct chart_series *sets[SETS];
    size_t set_n = html_sets(chart, sets, SETS);
    size_t n = 0;
    const struct chart_point **regions = html_regions(buf, chart, &n);
    size_t shown = n < ROWS ? n : ROWS;
    int64_t most = 1;

    set_n = set_n < SETS ? set_n : SETS;
    if (set_n == 0 || regions == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        most = regions[i]->y > most ? regions[i]->y : most;
    key(buf, chart, sets, set_n);
    buf_printf(buf, "<svg class=\"bars\" height=\"%zu\"", TOP + shown * ROW);
    html_chart_group(buf, chart, id, links);
    letters(buf, set_n);
    for (size_t i = 0; i < shown; i++)
        row(buf, chart, regions[at_row(regions, n, i)], set_n, most, TOP + i * ROW + ROW / 2,
                links);
    html_raw(buf, "</svg>\n");
    html_raw(buf, "<p class=\"legend\">A full dot: in the set. An empty ring: not in it.");
    if (shown < n)
        buf_printf(buf, " The %zu largest of %zu combinations are drawn; the table has all.",
                shown, n);
    if (links)
        html_raw(buf, " Choose a row to see the names.");
    html_raw(buf, "</p>\n");
}
