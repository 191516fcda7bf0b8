/*
 * reports_form: the filters of a report page: read from the query, shown as chips that can
 * be taken away one by one, and as a form to choose others. Templates `report_filters`.
 */
#ifndef WEB_PAGES_REPORTS_FORM_H
#define WEB_PAGES_REPORTS_FORM_H

#include "actions/filters.h"
#include "web/program.h"

/* The inputs of every route that takes filters. */
enum {
    REPORT_INPUT_N = 23
};
extern const struct input report_inputs[REPORT_INPUT_N];

struct form_choice {
    const char *value, *label;
    bool chosen;
};

/* A field to write in. */
struct form_text {
    const char *name, *label, *value, *example;
    const char *hint; /* stands over a wide field; NULL: it is narrow */
};

struct form_chip {
    const char *label;
    struct url url; /* the page without it */
};

/* Which selects a page offers. */
enum form_part {
    FORM_YEAR = 1 << 0,
    FORM_REGISTRATION = 1 << 1,
    FORM_GROUP = 1 << 2,
    FORM_SUBJECT = 1 << 3,
    FORM_REVIEW = 1 << 4,
    FORM_BASIS = 1 << 5,
    FORM_BY = 1 << 6,
    FORM_AS_AT = 1 << 7,
    FORM_COLUMN = 1 << 8,   /* what is compared, also by subject */
    FORM_XY = 1 << 9,       /* two formulas */
    FORM_POINTS = 1 << 10,  /* from where to where */
    FORM_SETS = 1 << 11,    /* sets as formulas */
    FORM_BESIDE = 1 << 12,  /* bases side by side */
    FORM_OVER = 1 << 20,    /* by terms, reviews or years, and whom to follow */
    FORM_YEARS = 1 << 21,   /* how far back */
    FORM_MEASURE = 1 << 22, /* one measure, chosen from all */
    FORM_PEOPLE = FORM_YEAR | FORM_REGISTRATION | FORM_GROUP,
};

struct form_select {
    const char *name, *label, *none; /* what stands for no choice: "All years" */
    struct form_choice *choices;
    size_t choices_n;
};

enum {
    FORM_SELECTS = 18,
    FORM_TEXTS = 2,
    FORM_KEPT = 3
};

struct report_form {
    struct url action;
    struct form_select selects[FORM_SELECTS];
    size_t selects_n;
    struct form_text texts[FORM_TEXTS];
    size_t texts_n;
    bool dated;
    const char *as_at;
    struct form_choice kept[FORM_KEPT]; /* hidden inputs: measure, value, flag */
    size_t kept_n;
    struct form_chip chips[16];
    size_t chips_n;
    bool open; /* show the form at once */
};

/* Read the declared filters of the request. ERR_INVALID with the first that is wrong. */
MUST_USE enum err_code report_filters_read(const struct request *request,
        struct filters *ret_filters, struct err *err);

/* ERR_FORBIDDEN when the filters ask for what this person may not divide or narrow by. */
MUST_USE enum err_code report_filters_ask(const struct visit *visit,
        const struct filters *filters, struct err *err);

/* The address with every filter of the request but `without` (NULL: all are kept), and not
   the page number. */
struct url report_url(const struct request *request, struct url base, const char *without);

/* Fill the form for a page at `action`. Errors: those of the store. */
MUST_USE enum err_code report_form_fill(const struct request *request, struct url action,
        unsigned parts, struct report_form *ret_form, struct err *err);

#endif
