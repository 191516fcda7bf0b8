/*
 * tree: a report before it is written as text, JSON, CSV, HTML (later PDF, XLSX).
 *
 * Builders fill the tree, renderers walk it; neither knows the other. Everything lives
 * in the report's arena. Builder calls keep the first failure and report_end reports it.
 *
 * The parts are those of contract section 4 and the furniture of `trust.md` 7: title,
 * one sentence that says what it shows, who is counted, how to read it, cautions, source
 * and freshness, filters, who may see it, when made.
 */
#ifndef REPORTS_TREE_H
#define REPORTS_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "targets/flag.h"

enum column_type {
    COLUMN_TEXT,
    COLUMN_GRADE,   /* text, shown centred */
    COLUMN_INTEGER, /* cell.number is the whole number x 1000 */
    COLUMN_NUMBER,  /* thousandths */
    COLUMN_POINTS,  /* thousandths; at least two decimals in JSON, one on paper */
    COLUMN_PERCENT, /* thousandths of a percent; one decimal, half away from zero */
    COLUMN_DATE,    /* cell.number is yyyymmdd */
    COLUMN_FLAG,    /* cell.number is enum flag; text is its code ("well-below") in JSON */
    COLUMN_BOOL,    /* number 0 or 1 */
};

enum cell_state {
    CELL_MISSING, /* null, shown as an en dash */
    CELL_SET,
    CELL_SUPPRESSED, /* "c": hidden because it is small */
};

struct cell {
    enum cell_state state;
    const char *text; /* of a missing cell: why ("not entered"), for paper; or NULL */
    int64_t number;
};

struct column {
    const char *key; /* lower case with underscores */
    const char *label;
    enum column_type type;
    const char *unit; /* "points", or NULL */
    const char *sub;  /* on paper and screen: small words under the label ("end of spring") */
    bool quiet;       /* left out of terminal and paper for width; always in JSON and CSV */
    bool minor;       /* gives way in a narrow terminal and on a phone; stays on paper */
    bool signed_;     /* gains are written with + */
    /* On paper and screen this column stands behind the one before it, after a comma, under
       this heading: surname and forename as "Pupil: Clegg, Tyler". NULL: it stands alone. */
    const char *join;
};

struct row {
    struct cell *cells; /* one a column */
    const char *link;   /* what a click on the row opens ("/pupils/12"), or NULL */
    uint32_t cell_n;
    bool total; /* sums up the rows before it: set in bold under a line */
};

struct table {
    const char *name, *title;
    const char *caption; /* a sentence, or NULL */
    struct column *columns;
    size_t column_n;
    struct row *rows;
    size_t row_n;
    const char *empty; /* why there are no rows, in a sentence; NULL when there are */
    struct table *next;
};

struct chart_point {
    int64_t x; /* date number or period, thousandths */
    int64_t y; /* thousandths */
    const char *label;
    enum flag flag;   /* shapes the point's mark; FLAG_NONE: a plain dot */
    const char *link; /* what a click on it opens, within this server; or NULL */
};

/*
 * Kind "line": role "band-low" and "band-high" (the corridor), "line" (dotted, with a tick
 * at each point), "points" (joined, a mark each), "start" (a square), "target" (a ring).
 * Kinds "bar" and "stacked": role "bar", or a flag's code ("well-below") for its colour; the
 * points' labels name the bars, in the same order in every series.
 * Kind "box": role "box", one series a group under its name, with five points labelled low,
 * lower quartile, median, upper quartile, high (x the group's place); role "dots", under the
 * same name, single values, where a group is small.
 * Kind "scatter": role "points" (x, y; label: who), role "line" for a line to compare with.
 * Kind "matrix": role "row", one series a row; points: x the column's place, y the count,
 * label the column's, flag its colour.
 * Kinds "venn" (two or three sets) and "upset" (more): role "set", one series a set with one
 * point (x its place from 0, y its size); role "region", points with x the bit mask of the
 * sets (bit 0 the first set, 0 outside all), y the count, label who that is.
 */
struct chart_series {
    const char *name;
    const char *role;
    struct chart_point *points;
    size_t point_n;
};

/* A labelled place on an axis. */
struct chart_tick {
    int64_t at; /* thousandths, as x or y of the points */
    const char *label;
    bool strong; /* a level among sub-levels, a year among terms */
};

struct chart {
    const char *name, *title, *kind, *description;
    const char *caption; /* a sentence under the title, or NULL */
    const char *unit;    /* of y: "%", "points"; or NULL */
    const char *x_title; /* heads the first column of the figures; or NULL */
    const char *y_title; /* of a scatter: what stands on y; NULL: its points' name */
    struct chart_tick *x_ticks, *y_ticks;
    size_t x_tick_n, y_tick_n;
    int64_t mark_x;         /* one upright line, such as today */
    const char *mark_label; /* NULL: there is none */
    struct chart_series *series;
    size_t series_n;
    struct chart *next;
};

struct text_list {
    const char **items;
    size_t n;
};

enum {
    REPORT_HIDDEN = -1, /* counted and of: hidden because they are small */
    REPORT_KNOWN = 512
};

struct report {
    struct arena *arena;
    bool failed;
    const char *name;  /* "progress" */
    const char *title; /* measure, group, date */
    const char *says;  /* one sentence that a head could read aloud */
    const char *school;
    struct date as_at;
    const char *basis;      /* "attainment", "target", "prediction"; NULL where it has none */
    const char *population; /* "Year 5, Mathematics" */
    int64_t counted, of;
    struct text_list filters;
    struct text_list notes;    /* "How to read this: ..." first */
    struct text_list cautions; /* small groups and the like; JSON puts them behind the notes */
    const char *freshness;     /* "Latest judgement 14 November 2026; 3 of 24 classes not yet
                                  entered." */
    const char *audience;      /* who may see it */
    struct table *tables, *last_table;
    struct chart *charts, *last_chart;
    const char *known[REPORT_KNOWN]; /* texts of cells, to be shared */
};

/* An empty report called `name` in `arena`; never NULL (a dummy when memory is out). */
struct report *report_make(struct arena *arena, const char *name);

void report_filter(struct report *report, const char *fmt, ...) PRINTF(2, 3);
void report_note(struct report *report, const char *fmt, ...) PRINTF(2, 3);
void report_caution(struct report *report, const char *fmt, ...) PRINTF(2, 3);
/* A formatted text in the report's arena; "" after a failure. */
const char *report_text(struct report *report, const char *fmt, ...) PRINTF(2, 3);

/* A table with a copy of the columns (their texts, name and title are borrowed for the arena's
   life); never NULL. */
struct table *report_table(struct report *report, const char *name, const char *title,
        const struct column *columns, size_t column_n);

/* A new row of missing cells; never NULL (a dummy is returned after a failure). Use it before
   the next row of the same table is made. */
struct row *table_row(struct report *report, struct table *table);

/* The text is copied; NULL or "": missing. */
void cell_text(struct report *report, struct row *row, size_t column, const char *text);
void cell_number(struct row *row, size_t column, int64_t number);
/* FLAG_NONE: missing. */
void cell_flag(struct row *row, size_t column, enum flag flag);
/* Missing, and why: "not entered", "no target". JSON and CSV have plain nulls. */
void cell_missing(struct report *report, struct row *row, size_t column, const char *why);
void cell_suppressed(struct row *row, size_t column);

/* Names, titles, labels and descriptions are copied; the results are never NULL. Use a series
   before the next one of its chart is made. */
struct chart *report_chart(struct report *report, const char *name, const char *title,
        const char *kind, const char *description);
struct chart_series *chart_series(struct report *report, struct chart *chart, const char *name,
        const char *role);
void chart_point(struct report *report, struct chart_series *series, int64_t x, int64_t y,
        const char *label);
/* As chart_point, with a mark shaped by the flag. */
void chart_flagged(struct report *report, struct chart_series *series, int64_t x, int64_t y,
        const char *label, enum flag flag);
/* What a click on the point last added to the series opens; copied. */
void chart_link(struct report *report, struct chart_series *series, const char *link);
/* A labelled place on the axis; without any on y the renderer chooses round numbers. */
void chart_x_tick(struct report *report, struct chart *chart, int64_t at, const char *label,
        bool strong);
void chart_y_tick(struct report *report, struct chart *chart, int64_t at, const char *label,
        bool strong);

/* The first failure of the calls above. */
MUST_USE enum err_code report_end(struct report *report, struct err *err);

/* x / n as thousandths of a percent rounded half away from zero to one decimal: 2/3 is 66700.
   n must not be 0. */
int64_t report_percent(int64_t x, int64_t n);

#endif
