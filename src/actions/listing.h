/*
 * listing: what a school has, as report trees: groups, reviews, imports. A page, JSON and CSV
 * show the same.
 */
#ifndef ACTIONS_LISTING_H
#define ACTIONS_LISTING_H

#include "actions/cohort_load.h"
#include "actions/context.h"
#include "reports/tree.h"

/*
 * Pupils in the order of the cohort: `upn surname forename year_group registration needs
 * id`.
 * `keep` has one flag a pupil (NULL: all); `upns` and `needs` say whether these columns are
 * filled. Rows link to the pupil. The title says `what`: "Year 5".
 */
MUST_USE enum err_code listing_pupils(struct context *context, const struct loaded *loaded,
        const bool *keep, bool upns, bool needs, const char *what, struct report **ret_report,
        struct err *err);

/* Every group, with how many of the kept pupils are in it today; those without one are left
   out when `keep` is given. Rows link to the group's progress report. */
MUST_USE enum err_code listing_groups(struct context *context, const struct loaded *loaded,
        const bool *keep, struct report **ret_report, struct err *err);

/* The collection calendar, newest first. Rows link to /reviews/{id}. */
MUST_USE enum err_code listing_reviews(struct context *context, struct report **ret_report,
        struct err *err);

/* The register of imports, newest first; rows link to /imports/{id}. Saves of marksheets and
   changes of reviews are in it with their kind. `files_only` leaves these out. */
MUST_USE enum err_code listing_imports(struct context *context, bool files_only,
        struct report **ret_report, struct err *err);

/* One import by number, and which one undid it (0: none). ERR_NOT_FOUND. */
MUST_USE enum err_code listing_import(struct context *context, int64_t import_id,
        struct import *ret_import, int64_t *ret_undone_by, struct err *err);

/* The review of this number. ERR_NOT_FOUND. */
MUST_USE enum err_code listing_review(struct context *context, int64_t review_id,
        struct review *ret_review, struct err *err);

/* The names of groups and reviews, for a form's choices, in the arena of the context. */
struct name_list {
    const char **items;
    size_t n;
};
struct school_names {
    struct name_list registrations, groups, reviews; /* reviews: the newest first */
};
MUST_USE enum err_code listing_names(struct context *context, struct school_names *ret_names,
        struct err *err);

#endif
