#include "analysis/formula.h"
#include "analysis/measure.h"

/* Ask one formula; one that does not fit this cohort's framework answers nobody. */
static enum err_code ask(const struct cohort *cohort, const char *text,
        const struct formula_source *source, struct arena *arena,
        struct formula_measure *measure, struct err *err)
{
    const struct formula *formula = NULL;
    const struct formula_uses *uses;
    struct err why = { 0 };
    enum err_code code = formula_compile(arena, cohort->fw, text, source, &formula, &why);

    if (code == ERR_OK)
        code = formula_require(formula, FORMULA_YES_NO, &why);
    if (code == ERR_INVALID)
        return ERR_OK;
    if (code != ERR_OK) {
        *err = why;
        return code;
    }
    uses = formula_uses(formula);
    measure->subjects = uses->subjects;
    measure->subject_n = uses->subject_n;
    for (int basis = 0; basis <= BASIS_PREDICTION && code == ERR_OK; basis++) {
        struct formula_column column = { 0 };

        if (basis == 0 || uses->basis)
            code = formula_run(formula, cohort, (enum basis)basis, arena, &column, err);
        measure->answers[basis] =
                basis == 0 || uses->basis ? column.answers : measure->answers[0];
    }
    return code;
}

bool framework_has_formulas(const struct framework *fw)
{
    for (int i = 0; i < fw->measure_n; i++) {
        if (fw->measures[i].kind == MEASURE_FORMULA)
            return true;
    }
    return false;
}

enum err_code cohort_ask_formulas(struct cohort *cohort, struct arena *arena, struct err *err)
{
    const struct framework *fw = cohort->fw;
    struct formula_source source = { 0 };
    struct formula_measure *formulas;
    enum err_code code;

    if (!framework_has_formulas(fw))
        return ERR_OK;
    formulas = arena_array(arena, (size_t)fw->measure_n, sizeof(*formulas));
    if (formulas == NULL)
        return err_memory(err);
    code = formula_stages(cohort, arena, &source, err);
    for (int i = 0; i < fw->measure_n && code == ERR_OK; i++) {
        if (fw->measures[i].kind == MEASURE_FORMULA)
            code = ask(cohort, fw->measures[i].formula, &source, arena, &formulas[i], err);
    }
    if (code == ERR_OK)
        cohort->formulas = formulas;
    return code;
}
