#include "actions/figures.h"
#include "actions/report.h"
#include "base/text.h"
#include "reports/build_figures.h"
#include "reports/suppress.h"

/* The batteries of the Cognitive Abilities Test, by the codes that frameworks give them. */
static const char verbal[] = "CAT-V", non_verbal[] = "CAT-N", spatial[] = "CAT-S";

static const struct suppress_columns bands_columns = { .block = { NULL, NULL, "group" },
    .count = "count",
    .of = "of",
    .derived = { "percent", "low", "high" },
    .rest = true };

static enum err_code find_battery(const struct context *context, const char *word,
        const char *usual, int *ret_subject, struct err *err)
{
    *ret_subject = framework_subject(context->fw, word == NULL ? usual : word);
    if (*ret_subject >= 0)
        return ERR_OK;
    (void)err_set(err, ERR_NOT_FOUND, "there is no subject called %s",
            word == NULL ? usual : word);
    return err_hint(err, "Name two subjects with standard scores: --x %s --y %s.", verbal,
            non_verbal);
}

enum err_code report_run_profile(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct cohort_options options = { .aggregate = true, .people = true };
    struct filters asked = *filters;
    struct profile_question question = { 0 };
    struct loaded loaded;
    struct frame frame;
    int x = -1, y = -1;
    enum err_code code = find_battery(context, filters->x, verbal, &x, err);

    if (code == ERR_OK)
        code = find_battery(context, filters->y, non_verbal, &y, err);
    asked.subject = NULL;
    if (code == ERR_OK)
        code = cohort_load(context, &asked, &options, &loaded, err);
    if (code == ERR_OK)
        code = figures_scores(context, &asked, &loaded, x, &question.x_scores, err);
    if (code == ERR_OK)
        code = figures_scores(context, &asked, &loaded, y, &question.y_scores, err);
    if (code != ERR_OK)
        return code;
    question.x = &context->fw->subjects[x];
    question.y = &context->fw->subjects[y];
    question.published =
            text_eq(question.x->code, verbal) && text_eq(question.y->code, spatial);
    question.suppress = loaded.suppress;
    frame = report_frame(context, &asked, &loaded);
    *ret_report = build_profile(context->arena, &frame, &loaded.cohort, &question);
    if (loaded.suppress)
        report_suppress(*ret_report, &bands_columns);
    return ERR_OK;
}
