#include <stdlib.h>

#include "actions/cohort_in.h"
#include "analysis/formula.h"

enum err_code load_compile(struct context *context, const struct cohort *cohort, int subject,
        const char *text, const struct load_rules *rules, const struct formula **ret_formula,
        struct err *err)
{
    struct formula_source source = { 0 };
    enum err_code code = formula_stages(cohort, context->arena, &source, err);

    if (subject >= 0)
        source.subject = context->fw->subjects[subject].code;
    if (rules != NULL) {
        source.groups = rules->known;
        source.group_n = rules->known_n;
    }
    if (code == ERR_OK)
        code = formula_compile(context->arena, context->fw, text, &source, ret_formula, err);
    return code == ERR_OK ? formula_require(*ret_formula, FORMULA_YES_NO, err) : code;
}

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a;
    const int64_t *y = b;

    return (*x > *y) - (*x < *y);
}

/* The pupils for whom the formula says yes; missing is not yes. */
static enum err_code keep_yes(struct context *context, const struct cohort *cohort,
        const struct formula_column *column, struct load_only *ret_only, struct err *err)
{
    int64_t *ids = arena_array(context->arena, cohort->pupil_n + 1, sizeof(*ids));
    size_t n = 0;

    if (ids == NULL)
        return err_memory(err);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        if (column->answers[p] == ANSWER_YES)
            ids[n++] = cohort->pupils[p].id;
    }
    qsort(ids, n, sizeof(*ids), by_number);
    *ret_only = (struct load_only){ ids, n };
    return ERR_OK;
}

enum err_code load_where(struct context *context, const struct filters *filters,
        struct load_only *ret_only, struct err *err)
{
    static const struct cohort_options everything = { .all_subjects = true,
        .derived = true,
        .characteristics = true,
        .predictions = true,
        .results = true };
    struct filters without = *filters;
    const struct formula *formula = NULL;
    struct formula_column column = { 0 };
    struct loaded loaded;
    enum err_code code;

    without.where = NULL;
    code = cohort_load(context, &without, &everything, &loaded, err);
    if (code == ERR_OK)
        code = load_compile(context, &loaded.cohort, loaded.subject, filters->where, NULL,
                &formula, err);
    if (code == ERR_OK)
        code = formula_run(formula, &loaded.cohort, filters->basis, context->arena, &column,
                err);
    return code == ERR_OK ? keep_yes(context, &loaded.cohort, &column, ret_only, err) : code;
}
