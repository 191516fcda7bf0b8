/*
 * paper: how cells are written for a person, on screen, in a terminal and in print.
 *
 * Minus is U+2212, gains have + where the column says so, no value is an en dash with its
 * reason, nought is 0, a figure hidden because it is small is "c". Numbers of a column
 * have the same count of decimal places; the unit stands in the head.
 */
#ifndef REPORTS_RENDER_PAPER_H
#define REPORTS_RENDER_PAPER_H

#include "reports/tree.h"

enum paper_align {
    PAPER_LEFT,
    PAPER_CENTRE,
    PAPER_RIGHT
};

struct paper_column {
    const struct column *column;
    size_t at;   /* its place in the table */
    bool joined; /* the next column of the table stands with it */
    const char *label;
    const char *unit; /* stands under the label, or NULL */
    enum paper_align align;
    int places; /* decimal places shown */
};

/* The table's columns as they stand on paper: joined ones as one, and in front the first
   that is not quiet, which heads the rows. NULL when memory is out. */
struct paper_column *paper_columns(struct arena *arena, const struct table *table,
        size_t *ret_n);

/* The cell's text (of a flag: sign, space, word); NULL when memory is out. */
const char *paper_cell(struct arena *arena, const struct paper_column *column,
        const struct row *row);

/* A number of the given type and unit as paper_cell writes it; NULL when memory is out. */
const char *paper_number(struct arena *arena, const struct column *column, int places,
        int64_t number);

/* The flag of a set flag cell, FLAG_NONE when it is none of the known ones. */
enum flag paper_flag(const struct cell *cell);

/* The flag with this code, FLAG_NONE when there is none. */
enum flag paper_flag_named(const char *code);

/* The code of a flag cell, or NULL. */
const char *paper_flag_code(const struct cell *cell);

/* Thousandths rounded half away from zero to so many decimal places (0 to 3). */
int64_t paper_round(int64_t milli, int places);

/* Whether any cell of the report is in this state. */
bool paper_has(const struct report *report, enum cell_state state);

/* "Current attainment, as at 27 March 2026"; "" when neither is known; NULL: memory is out. */
const char *paper_basis(struct arena *arena, const struct report *report);

/* "57 of 64: Year 5, mathematics"; "" when nothing is known; NULL when memory is out. */
const char *paper_population(struct arena *arena, const struct report *report);

/* A note without its "How to read this: ", which a heading says already; NULL when memory is
   out. */
const char *paper_note(struct arena *arena, const char *note);

#endif
