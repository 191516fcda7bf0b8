#include "actions/report.h"

#include <stdio.h>

#include "base/text.h"
#include "reports/build.h"

/* The school's target for a measure in the school year that ends in `year`; -1 none. */
static int64_t school_target(const struct context *context, const char *measure, int year)
{
    char name[100];
    const char *value;
    int64_t percent = -1;

    (void)snprintf(name, sizeof(name), "target.%s.%d", measure, year);
    value = context_setting(context, name, NULL);
    return value != NULL && text_milli(value, &percent) ? percent : -1;
}

static bool is_of(const struct national_figure *figure, const struct measure *measure,
        const struct framework *fw)
{
    if (!text_eq(figure->body, "national") || !text_eq_fold(figure->measure, measure->id))
        return false;
    return text_empty(figure->subject) ||
           (measure->subject_n == 1 &&
                   text_eq_fold(figure->subject, fw->subjects[measure->subjects[0]].code));
}

enum err_code report_goals(struct context *context, struct date day,
        const struct goal **ret_goals, struct err *err)
{
    const struct framework *fw = context->fw;
    struct goal *goals = arena_array(context->arena, (size_t)fw->measure_n + 1, sizeof(*goals));
    struct national_list national = { 0 };
    int year = date_school_year(day);
    enum err_code code =
            goals == NULL ? err_memory(err)
                          : store_national(context->store, context->arena, &national, err);

    for (int i = 0; i < fw->measure_n && code == ERR_OK; i++) {
        goals[i] = (struct goal){ school_target(context, fw->measures[i].id, year), -1, 0 };
        for (size_t f = 0; f < national.n; f++) {
            const struct national_figure *figure = &national.items[f];

            if (figure->year > year || figure->year <= goals[i].national_year ||
                    !is_of(figure, &fw->measures[i], fw))
                continue;
            goals[i].national = figure->percent;
            goals[i].national_year = figure->year;
        }
    }
    if (code == ERR_OK)
        *ret_goals = goals;
    return code;
}
