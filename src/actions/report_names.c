#include "actions/cohort_load.h"
#include "actions/report.h"
#include "base/text.h"
#include "reports/build.h"

static enum err_code check_asked(const struct context *context, const struct filters *filters,
        struct err *err)
{
    if (filters->measure == NULL) {
        (void)err_set(err, ERR_USAGE, "the report names needs to know which figure");
        return err_hint(err, "Name its measure with --measure; the summary lists them.");
    }
    if (framework_measure(context->fw, filters->measure) < 0) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no measure called %s", filters->measure);
        return err_hint(err, "Run the summary to see them all.");
    }
    if (filters->value != NULL && filters->by_n != 1) {
        (void)err_set(err, ERR_USAGE, "a value needs the one cut that it is a value of");
        return err_hint(err, "Give both: --by gender --value F.");
    }
    return ERR_OK;
}

enum err_code report_run_names(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct cohort_options options = { .all_subjects = true,
        .derived = true,
        .predictions = filters->basis == BASIS_PREDICTION,
        .results = true };
    struct loaded loaded;
    struct frame frame;
    enum err_code code = check_asked(context, filters, err);

    if (code == ERR_OK)
        code = cohort_load(context, filters, &options, &loaded, err);
    if (code != ERR_OK)
        return code;
    frame = report_frame(context, filters, &loaded);
    *ret_report = build_names(context->arena, &frame, &loaded.cohort,
            &context->fw->measures[framework_measure(context->fw, filters->measure)],
            filters->value);
    return ERR_OK;
}
