/*
 * template: the templates of a school's marksheets: reading, trying, accepting, changing.
 *
 * A school has its own templates (files it took in) and the ready ones that the program
 * carries; its own of the same code goes first. A column with a formula, or with colours, may
 * be used once somebody has looked at its extreme cases (analysis/extreme.h) and accepted them.
 * What is accepted is a hash of everything the column is made from: a change asks again.
 *
 * Everything lives in context->arena.
 */
#ifndef ACTIONS_TEMPLATE_H
#define ACTIONS_TEMPLATE_H

#include "actions/context.h"
#include "analysis/extreme.h"
#include "base/digest.h"
#include "reports/tree.h"
#include "school/template.h"
#include "store/templates.h"

struct template_state {
    bool asks;                  /* it has a formula to be looked at */
    bool accepted;              /* as it stands now */
    char hash[DIGEST_HEX_SIZE]; /* of what it is made from */
    const char *who, *when; /* the last that accepted it, also as it stood before; or NULL */
};

/* A template as it holds in the school. */
struct template_held {
    struct template template;
    const char *body;              /* the file */
    bool own;                      /* the school took it in; else it came with the program */
    struct template_state *states; /* one a column */
    size_t asked_n, accepted_n;    /* columns that ask, and those of them that may be used */
};

/* One of the list: of those with errors only code and problem are set. */
struct template_listed {
    const char *code, *name, *about;
    bool own;
    size_t column_n, asked_n, accepted_n;
    const char *problem; /* NULL: it can be read */
};
MUST_USE enum err_code template_list(struct context *context,
        struct template_listed **ret_items, size_t *ret_n, struct err *err);

/* ERR_NOT_FOUND when there is none of this code; ERR_INVALID when its text is wrong. */
MUST_USE enum err_code template_load(struct context *context, const char *code,
        struct template_held *ret_held, struct err *err);

/* The columns that come before, as a formula of column `i` may read them. */
MUST_USE enum err_code template_columns_before(struct context *context,
        const struct template *template, int subject, int stage, size_t i,
        struct extreme_column **ret_columns, size_t *ret_n, struct err *err);

/* The table of the template, for LOOKUP: as formula_source.table, the context is the
   template. */
bool template_table_of(void *template, const char *name, struct formula_table *ret_table);

/* As formula_source.fill, where a formula is only compiled. ERR_INVALID. */
enum err_code template_fills_nothing(void *context, const struct formula_need *need,
        const struct cohort *cohort, struct arena *arena, struct formula_column *ret_column,
        struct err *err);

/* The framework's index of the subject its formulas are tried on. */
int template_subject(const struct context *context, const struct template *template);

/*
 * Try every column that asks, at each key stage that the template is for. ERR_INVALID with
 * file and row where a scale, subject, stage or formula is wrong.
 */
struct template_trial {
    size_t column;
    int stage; /* -1: any */
    struct extreme_sheet sheet;
};
MUST_USE enum err_code template_try(struct context *context, const struct template *template,
        struct template_trial **ret_trials, size_t *ret_n, struct err *err);

/* The extreme cases as a report. Errors: those of template_load and template_try. */
MUST_USE enum err_code template_report(struct context *context, const char *code,
        struct report **ret_report, struct err *err);
/* What the template holds, column by column. */
MUST_USE enum err_code template_show(struct context *context, const char *code,
        struct report **ret_report, struct err *err);

/* Eight letters that stand for all of the hashes: what was looked at. */
enum {
    TEMPLATE_SEEN_SIZE = 9
};
const char *template_seen(const struct template_held *held, char buffer[TEMPLATE_SEEN_SIZE]);

/* ---- changes ---- */

struct template_outcome {
    int64_t id; /* of the import; 0: nothing was written */
    bool preview;
    struct template_held held; /* as it holds afterwards */
    const char *said;          /* a sentence */
    bool changed;
    const char **notes; /* aspects that are new or changed; columns that ask again */
    size_t note_n;
};

/*
 * Take a template in; `as` gives it another code (NULL: its own). Its aspects are taken in
 * with it. Errors: ERR_INVALID (file and row; also an aspect of the same code that means
 * something else); in its own transaction.
 */
MUST_USE enum err_code template_import(struct context *context, const char *file,
        const char *bytes, size_t n, const char *as, bool preview,
        struct template_outcome *ret_outcome, struct err *err);

/* The same for a file of the disk. Also ERR_IO, ERR_NOT_FOUND. */
MUST_USE enum err_code template_import_file(struct context *context, const char *path,
        const char *as, bool preview, struct template_outcome *ret_outcome, struct err *err);

/*
 * Accept every column that asks. `seen` is template_seen of what was looked at, NULL where it
 * was just shown: ERR_CONFLICT when the template has changed since. ERR_INVALID when it cannot
 * be tried.
 */
MUST_USE enum err_code template_accept(struct context *context, const char *code,
        const char *seen, struct template_outcome *ret_outcome, struct err *err);

/* Take the school's own template away: it stays on record. ERR_NOT_FOUND. */
MUST_USE enum err_code template_withdraw(struct context *context, const char *code,
        struct err *err);

/* From now on the marksheet shows this template; "" none. ERR_NOT_FOUND. */
MUST_USE enum err_code marksheet_choose(struct context *context, int64_t marksheet_id,
        const char *code, struct err *err);

#endif
