#include "actions/figures.h"
#include "actions/report.h"
#include "base/text.h"
#include "reports/build_figures.h"

/* What a side shows when no formula is given: across, prior attainment; upright, what counts by
   the basis. */
static enum err_code usual(struct context *context, const struct filters *filters,
        const struct loaded *loaded, bool across, struct figures *ret_figures, struct err *err)
{
    static const char *const labels[] = {
        [BASIS_ATTAINMENT] = "Now",
        [BASIS_TARGET] = "Target",
        [BASIS_PREDICTION] = "Prediction",
    };
    enum err_code code = figures_formula(context, filters, loaded, loaded->subject,
            across ? "PRIOR" : "VALUE", ret_figures, err);

    if (code == ERR_OK)
        ret_figures->label = across ? "Prior attainment" : labels[filters->basis];
    return code;
}

/* The message says which of the two formulas is wrong. */
static enum err_code which_side(bool across, struct err *err)
{
    struct err was = *err;

    (void)err_set(err, ERR_INVALID, "formula %s: %s", across ? "x" : "y", was.message);
    (void)err_where(err, was.file, was.row, was.column);
    return err_hint(err, "%s", was.hint);
}

static enum err_code one_side(struct context *context, const struct filters *filters,
        const struct loaded *loaded, bool across, struct figures *ret_figures, struct err *err)
{
    const char *text = across ? filters->x : filters->y;
    enum err_code code = text == NULL
                                 ? usual(context, filters, loaded, across, ret_figures, err)
                                 : figures_formula(context, filters, loaded, loaded->subject,
                                           text, ret_figures, err);

    return code == ERR_INVALID && text != NULL ? which_side(across, err) : code;
}

enum err_code report_run_scatter(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct cohort_options options = { .derived = true,
        .predictions = filters->basis == BASIS_PREDICTION,
        .results = true };
    struct figures x = { 0 }, y = { 0 };
    struct filters asked;
    struct loaded loaded;
    struct frame frame;
    bool chosen = false;
    enum err_code code = figures_subject(context, filters, &asked, &chosen, err);

    if (filters->x != NULL || filters->y != NULL)
        options = figures_everything;
    if (code == ERR_OK)
        code = cohort_load(context, &asked, &options, &loaded, err);
    if (code == ERR_OK)
        code = one_side(context, &asked, &loaded, true, &x, err);
    if (code == ERR_OK)
        code = one_side(context, &asked, &loaded, false, &y, err);
    if (code != ERR_OK)
        return code;
    frame = report_frame(context, &asked, &loaded);
    *ret_report = build_scatter(context->arena, &frame, &loaded.cohort, &x, &y);
    if (chosen)
        figures_say_subject(context, &loaded, *ret_report);
    return ERR_OK;
}
