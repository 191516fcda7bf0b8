#include "actions/figures.h"
#include "actions/report.h"
#include "base/text.h"
#include "reports/build_figures.h"

static bool asks(const char *from, const char *to, const char *word)
{
    return text_eq_fold(from, word) || text_eq_fold(to, word);
}

/* The national percentages on file. */
static enum err_code load_outside(struct context *context, struct matrix_question *question,
        struct err *err)
{
    struct national_list list = { 0 };
    struct outside *outside;
    enum err_code code = store_national(context->store, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    outside = arena_array(context->arena, list.n + 1, sizeof(*outside));
    if (outside == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        const struct national_figure *figure = &list.items[i];

        if (text_eq_fold(figure->body, "national"))
            outside[question->outside_n++] =
                    (struct outside){ figure->measure, figure->year, figure->percent };
    }
    question->outside = outside;
    return ERR_OK;
}

enum err_code report_run_matrix(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    const char *from = filters->from == NULL ? "prior" : filters->from;
    const char *to = filters->to == NULL ? "now" : filters->to;
    struct cohort_options options = { .derived = true,
        .aggregate = filters->value == NULL,
        .predictions = asks(from, to, "prediction"),
        .results = asks(from, to, "result") };
    struct matrix_question question = { .only = filters->value };
    struct filters asked;
    struct loaded loaded;
    struct frame frame;
    bool chosen = false;
    enum err_code code = figures_subject(context, filters, &asked, &chosen, err);

    if (code == ERR_OK)
        code = cohort_load(context, &asked, &options, &loaded, err);
    if (code == ERR_OK)
        code = figures_point(context, &asked, &loaded, loaded.subject, from, &question.from,
                err);
    if (code == ERR_OK)
        code = figures_point(context, &asked, &loaded, loaded.subject, to, &question.to, err);
    if (code == ERR_OK)
        code = load_outside(context, &question, err);
    if (code != ERR_OK)
        return code;
    question.suppress = loaded.suppress;
    frame = report_frame(context, &asked, &loaded);
    *ret_report = build_matrix(context->arena, &frame, &loaded.cohort, &question);
    if (chosen)
        figures_say_subject(context, &loaded, *ret_report);
    return ERR_OK;
}
