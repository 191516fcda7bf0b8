/*
 * report: runs a report by its name: loads the cohort it needs and hands it to its builder.
 *
 * One table of reports serves the command line, the pages and --help.
 */
#ifndef ACTIONS_REPORT_H
#define ACTIONS_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "actions/context.h"
#include "actions/filters.h"
#include "reports/tree.h"

struct report_info {
    const char *name;    /* "progress" */
    const char *summary; /* what it answers, in one line */
    bool many_schools;   /* may run over every school of the file */
    enum err_code (*run)(struct context *context, const struct filters *filters,
            struct report **ret_report, struct err *err);
};

extern const struct report_info report_infos[];
extern const size_t report_info_n;

/* NULL when there is no report of that name. */
const struct report_info *report_find(const char *name);

/*
 * Run it. The report lives in context->arena. Errors: those of cohort_load; ERR_USAGE when a
 * filter it cannot do without is missing (pupil: --upn).
 */
MUST_USE enum err_code report_run(struct context *context, const struct report_info *info,
        const struct filters *filters, struct report **ret_report, struct err *err);

/* The frame around a report of a loaded cohort. Declared for the reports' own files. */
struct frame;
struct loaded;
struct frame report_frame(const struct context *context, const struct filters *filters,
        const struct loaded *loaded);

/* What each measure of the framework is held against on a day: the school's target for that
   school year (setting target.MEASURE.YEAR), and the newest national figure until then. */
struct goal;
MUST_USE enum err_code report_goals(struct context *context, struct date day,
        const struct goal **ret_goals, struct err *err);

enum err_code report_run_pupil(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
/*
 * The report `pupil` with what is known of the pupil, for a page about one. ERR_NOT_FOUND
 * when nobody of that UPN is on roll, or the gate does not let the pupil through.
 */
MUST_USE enum err_code report_record(struct context *context, const struct filters *filters,
        struct report **ret_report, struct cohort_pupil *ret_pupil, struct err *err);
enum err_code report_run_intervention(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_missing(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_authority(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_overlap(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_trend(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_forecast(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_names(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_compare(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_scatter(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_matrix(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_profile(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);
enum err_code report_run_targets(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err);

#endif
