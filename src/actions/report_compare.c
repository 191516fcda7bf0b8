#include "actions/figures.h"
#include "actions/gate.h"
#include "actions/report.h"
#include "base/text.h"
#include "reports/build_figures.h"

/* By which groups: what was asked for; else the subjects side by side, or the sets of the one
   subject. Who sees counts alone is not shown groups as small as a set unasked. */
static enum err_code choose_cut(const struct context *context, const struct filters *filters,
        enum cut *ret_cut, struct err *err)
{
    if (filters->by_n > 1) {
        (void)err_set(err, ERR_USAGE, "compare divides pupils in one way at a time");
        return err_hint(err, "Give one word: --by set.");
    }
    if (filters->by_n == 1)
        *ret_cut = filters->by[0];
    else if (filters->by_subject || filters->subject == NULL)
        *ret_cut = CUT_NONE;
    else if (context->gate != NULL &&
             !gate_may(context->gate, ACTION_VIEW, FIELD_IDENTITY, NULL).yes)
        *ret_cut = CUT_YEAR;
    else
        *ret_cut = CUT_SET;
    return ERR_OK;
}

static enum compare_column read_column(const char *word)
{
    static const struct {
        const char *word;
        enum compare_column column;
    } words[] = {
        { "points", COMPARE_POINTS },
        { "gap", COMPARE_GAP },
        { "progress", COMPARE_PROGRESS },
        { "prior", COMPARE_PRIOR },
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (word == NULL || text_eq_fold(word, words[i].word))
            return words[i].column;
    }
    return COMPARE_FORMULA;
}

/* One column of figures for each subject of the cohort that is compared. */
static enum err_code run_formulas(struct context *context, const struct filters *filters,
        const struct loaded *loaded, struct compare_question *question, struct err *err)
{
    const struct cohort *cohort = &loaded->cohort;
    struct figures *figures =
            arena_array(context->arena, cohort->subject_n + 1, sizeof(*figures));
    enum err_code code = ERR_OK;

    if (figures == NULL)
        return err_memory(err);
    for (size_t s = 0; s < cohort->subject_n && code == ERR_OK; s++) {
        if (loaded->subject < 0 || cohort->subjects[s] == loaded->subject)
            code = figures_formula(context, filters, loaded, cohort->subjects[s],
                    filters->column, &figures[s], err);
    }
    question->formulas = figures;
    return code;
}

enum err_code report_run_compare(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct compare_question question = { .column = read_column(filters->column),
        .only = filters->value };
    struct cohort_options options = { .derived = true,
        .predictions = filters->basis == BASIS_PREDICTION,
        .results = true };
    struct filters asked = *filters;
    struct loaded loaded;
    struct frame frame;
    bool chosen = false;
    enum err_code code = choose_cut(context, filters, &question.cut, err);

    if (code == ERR_OK && question.cut != CUT_NONE) {
        code = figures_subject(context, filters, &asked, &chosen, err);
        asked.by[0] = question.cut;
        asked.by_n = 1;
    }
    if (question.column == COMPARE_FORMULA)
        options = figures_everything;
    options.aggregate = filters->value == NULL;
    if (code == ERR_OK)
        code = cohort_load(context, &asked, &options, &loaded, err);
    if (code == ERR_OK && question.column == COMPARE_FORMULA && loaded.suppress) {
        (void)err_set(err, ERR_FORBIDDEN,
                "your role sees counts only, and a formula may tell of single pupils");
        return err_hint(err, "Compare points, gap, progress or prior.");
    }
    if (code == ERR_OK && question.column == COMPARE_FORMULA)
        code = run_formulas(context, &asked, &loaded, &question, err);
    if (code != ERR_OK)
        return code;
    question.suppress = loaded.suppress;
    frame = report_frame(context, &asked, &loaded);
    *ret_report = build_compare(context->arena, &frame, &loaded.cohort, &question);
    if (chosen)
        figures_say_subject(context, &loaded, *ret_report);
    return ERR_OK;
}
