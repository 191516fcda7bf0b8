/*
 * review_progress: how far a review has got, by class, subject and teacher, and what is
 * missing.
 */
#ifndef ACTIONS_REVIEW_PROGRESS_H
#define ACTIONS_REVIEW_PROGRESS_H

#include "actions/context.h"
#include "reports/tree.h"

/*
 * The report `missing` for the review, with a table `teachers` (teacher, missing, entered, of,
 * percent) behind it. A class with several teachers counts for each; a class without one
 * stands under "nobody". Errors: those of report_run.
 */
MUST_USE enum err_code review_progress(struct context *context, const char *review,
        struct report **ret_report, struct err *err);

#endif
