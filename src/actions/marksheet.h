/*
 * marksheet: a group's judgements for a review: what stands beside each cell, and saving.
 *
 * A marksheet has one column to write in for each of its subjects. What is entered are
 * facts of the review (kind as the review asks: working at, or likely at the end). A cell's
 * revision is the number of the newest fact of that review, pupil and subject, also of a
 * withdrawn one; 0 when there was none. A form sends back, with each cell, the revision
 * it was drawn from, so that a save can tell what its sender had seen.
 *
 * Every pupil and every field passes may(): what the person may not see is not in the sheet.
 *
 * Reading takes three statements however many pupils and columns there are (four with the
 * sets), one when nothing was recorded since the last reading and a cache is given. Everything
 * lives in context->arena.
 */
#ifndef ACTIONS_MARKSHEET_H
#define ACTIONS_MARKSHEET_H

#include "actions/context.h"
#include "school/access.h"
#include "school/template.h"
#include "store/marksheets.h"

enum {
    SHEET_EARLIER = 3,    /* reviews before this one that are shown */
    CELL_TYPED_MAX = 40,  /* bytes of a cell that are kept */
    CELL_CLOCK_SIZE = 24, /* "15:42", "15:42 on 3 March" */
};

/* One thing said in this review in one cell. */
struct cell_said {
    int64_t revision;
    const char *text; /* as it stands in the cell; "" taken back */
    const struct cell_said *before;
};

struct sheet_cell {
    int64_t revision;
    const char *text;             /* "3a", "Abs"; "" nothing entered */
    struct value value;           /* VALUE_NONE: nothing entered, or a reason without value */
    int64_t mark;                 /* raw mark that the grade comes from, or MARK_NONE */
    struct date date;             /* of the judgement */
    const char *recorded_at;      /* "" nothing entered */
    const struct cell_said *said; /* newest first */
    struct value earlier[SHEET_EARLIER];
    bool enters; /* the person may write here */
};

/* What is shown of a pupil beside the cohort's columns; only what the person may see. */
struct sheet_pupil {
    bool sen, premium, eal;
    const char *set; /* teaching group in the first subject; NULL when not asked for */
};

/* What stands in a cell of an entered column of the template. */
struct sheet_entry {
    int64_t revision;
    const char *text;             /* "" nothing entered */
    const char *recorded_at;      /* "" nothing entered */
    const struct cell_said *said; /* newest first */
    bool enters;                  /* the person may write here */
};

/* What an entered column is called among the columns of a form: "a-EFFORT". */
#define SHEET_ASPECT_PREFIX "a-"

/* A column of the template that the marksheet shows, for the sheet's pupils in their order. */
struct sheet_column {
    const char *name;
    const struct aspect *aspect; /* of an entered one, else NULL */
    const char *code;            /* of an entered one: "a-EFFORT" */
    struct sheet_entry *entries; /* of an entered one: one a pupil */
    const char *waits;           /* why it stays empty, a sentence; NULL */
    bool number;                 /* figures, set under one another */
    const char **texts;          /* "" nothing */
    int16_t *colour;             /* which of its colours holds, -1 none */
    const struct template_colour *colours;
    size_t colour_n;
};

struct sheet_template;

struct sheet {
    struct marksheet marksheet;
    enum fact_kind kind;
    size_t column_n;      /* columns to write in: the first of cohort.subjects; parts follow */
    struct cohort cohort; /* `now` is what this review has, `gap` and `flag` from it */
    const struct sheet_pupil *pupils;
    struct sheet_cell *cells;           /* cohort.pupil_n x column_n */
    const char *earlier[SHEET_EARLIER]; /* names of the reviews before, oldest first */
    size_t earlier_n;
    bool open;           /* the review takes entries today */
    bool enters;         /* the person may write in at least one cell */
    bool wants_reason;   /* and has to say why (a data manager) */
    bool sees_targets;   /* else targets, gaps and flags are empty */
    bool against_target; /* gaps are against the target itself, not this term's part */
    const struct sheet_template *template; /* NULL: none is chosen, or it was taken away */
    struct sheet_column *columns;          /* of the template */
    size_t columns_n;
    const int64_t *former; /* pupils who were in the group and are not today */
    size_t former_n;
};

/*
 * Sheets kept between requests of one thread, so that a sheet is read from the database only
 * when something was recorded in the school since. Not shared between threads.
 */
struct sheet_cache;
MUST_USE enum err_code sheet_cache_make(struct sheet_cache **ret_cache, struct err *err);
void sheet_cache_free(struct sheet_cache *cache);

/* What is wanted beyond the columns that are always there. */
struct sheet_options {
    bool all;                  /* every characteristic of the pupils */
    bool sets;                 /* the teaching group of each pupil in the first subject */
    struct sheet_cache *cache; /* NULL: none. Never used within a transaction that writes */
};

/* The name of the template that the sheet shows; NULL: none. */
const char *sheet_template_name(const struct sheet *sheet);

static inline struct sheet_cell *sheet_cell(const struct sheet *sheet, size_t pupil,
        size_t column)
{
    return &sheet->cells[pupil * sheet->column_n + column];
}

/*
 * The marksheet as this person sees it today. ERR_NOT_FOUND also when they may see none of
 * its pupils: its existence is private.
 */
MUST_USE enum err_code sheet_load(struct context *context, const struct person *person,
        int64_t marksheet_id, const struct sheet_options *options, struct sheet *ret_sheet,
        struct err *err);

/* One cell as a form sends it. */
struct cell_typed {
    int64_t pupil_id;
    const char *subject; /* the column */
    const char *typed;   /* as typed; "" takes an entry back */
    int64_t revision;    /* that it was drawn from */
};

/* What a form sent. */
struct sheet_sent {
    const struct cell_typed *cells;
    size_t cell_n;
    const char *reason; /* kept with the save where one is wanted; "" none */
    bool counts_only;   /* the sheet is shown only if some cell was not taken */
};

enum entry_state {
    ENTRY_UNCHANGED, /* the sender did not touch it; another's newer value stays */
    ENTRY_SAVED,
    ENTRY_SAME,     /* changed, to what stands there already */
    ENTRY_CONFLICT, /* both changed it: not written */
    ENTRY_INVALID,  /* not on the scale: not written */
    ENTRY_REFUSED,  /* may not be written any more: not written, kept for the data manager */
    ENTRY_STATE__MAX,
};

struct cell_outcome {
    const struct cell_typed *cell;
    enum entry_state state;
    size_t pupil, column; /* place in the sheet; SIZE_MAX when it has no such cell */
    size_t entry; /* place among the template's columns, when it is a cell of one; else SIZE_MAX
                   */
    const char *message;             /* a sentence; NULL when all is well */
    const char *hint;                /* a sentence, or NULL */
    const char *theirs, *who, *when; /* of a conflict: "3a", "R. Patel", "15:42" */
};

struct save_outcome {
    struct cell_outcome *cells;
    size_t cell_n;
    size_t state_n[ENTRY_STATE__MAX]; /* how many of each */
    int64_t import_id;                /* 0: nothing was written */
    struct sheet sheet;               /* as it stands after the save (see below) */
};

/*
 * Save what a form sent, in one transaction: the good cells are written, the others come
 * back with their state. With counts_only the sheet is read again only when a cell was refused,
 * invalid or in conflict; else it stands as before the save.
 * Errors: those of sheet_load; ERR_INVALID when a reason is wanted and missing. A closed
 * review is no error: every changed cell is refused and kept.
 */
MUST_USE enum err_code sheet_save(struct context *context, const struct person *person,
        int64_t marksheet_id, const struct sheet_options *options,
        const struct sheet_sent *sent, struct save_outcome *ret_outcome, struct err *err);

const char *entry_state_word(enum entry_state state); /* "saved", "conflict" ... */

/*
 * Read what was typed in a column for a pupil: a grade of the scales that serve there, a
 * reason ("Abs", "NT"), or a raw mark ("67 marks", or "67" where that is no grade), which
 * the boundaries turn into a grade. ERR_INVALID with a message and a hint.
 */
MUST_USE enum err_code cell_read(const struct context *context, const struct sheet *sheet,
        size_t pupil, size_t column, const char *typed, struct value *ret_value,
        int64_t *ret_mark, struct err *err);

/* The grades a column may take, lowest first, then the reasons; each code once. */
struct cell_choice {
    const char *code, *name; /* name may be NULL */
    bool reason;
};
MUST_USE enum err_code cell_choices(struct context *context, const struct sheet *sheet,
        size_t column, struct cell_choice **ret_choices, size_t *ret_n, struct err *err);

/* Everything said in one cell, oldest first, with who said it. ERR_NOT_FOUND. */
MUST_USE enum err_code cell_history(struct context *context, const struct sheet *sheet,
        size_t pupil, size_t column, struct cell_word_list *ret_list, struct err *err);

/* A person's name for a user name on record; the user name itself when nobody has it. */
MUST_USE enum err_code recorder_name(struct context *context, const char *username,
        const char **ret_name, struct err *err);

/* "15:42", or with the day where it is not `today`; in the machine's time zone. Returns buffer.
 */
const char *recorded_clock(const char *recorded_at, struct date today,
        char buffer[CELL_CLOCK_SIZE]);

/* The marksheets of which this person may see a pupil; `enters` tells those to write in. */
struct sheet_listed {
    struct marksheet marksheet;
    bool enters, open;
};
MUST_USE enum err_code sheet_list(struct context *context, const struct person *person,
        struct sheet_listed **ret_items, size_t *ret_n, struct err *err);

/*
 * Make a marksheet: the group by its name and type, subjects as codes joined by commas, the
 * review by its name. Within a transaction. *ret_id is its number, also when the same one
 * was there already. ERR_NOT_FOUND: group, subject, review; ERR_INVALID.
 */
MUST_USE enum err_code marksheet_define(struct context *context, const char *name,
        const char *group, const char *group_type, const char *subjects, const char *review,
        int64_t *ret_id, struct err *err);

/* Whether the review takes entries on the day. */
bool review_takes(const struct review *review, struct date today);

#endif
