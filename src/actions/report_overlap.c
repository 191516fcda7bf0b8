#include "actions/cohort_in.h"
#include "actions/gate.h"
#include "actions/report.h"
#include "analysis/overlap.h"
#include "base/buf.h"
#include "base/text.h"
#include "reports/build.h"

/* ---- the ready sets ---- */

/* Of anybody, or as counts in which small numbers are hidden. */
static bool may_see(const struct context *context, enum field field)
{
    return context->gate == NULL ||
           may_with(&context->gate->person, context->gate_action, field, NULL, context->today,
                   context->gate->met | NEED_SUPPRESS)
                   .yes;
}

/* Whether the school records it of anybody here. */
static bool any_recorded(const struct cohort *cohort, size_t offset)
{
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        const char *const *value =
                (const char *const *)(const void *)((const char *)&cohort->pupils[p] + offset);

        if (!text_empty(*value))
            return true;
    }
    return false;
}

static void add_disadvantage(struct buf *buf, const struct cohort *cohort)
{
    if (any_recorded(cohort, offsetof(struct cohort_pupil, fsm)) ||
            !any_recorded(cohort, offsetof(struct cohort_pupil, pupil_premium)))
        buf_add(buf, "Free meals: FSM; ");
    else
        buf_add(buf, "Pupil premium: PUPIL_PREMIUM; ");
}

static void add_each_core(struct buf *buf, const struct cohort *cohort, const char *each)
{
    bool first = true;

    for (size_t s = 0; s < cohort->subject_n; s++) {
        const struct subject *subject = &cohort->fw->subjects[cohort->subjects[s]];

        if (!subject->core)
            continue;
        buf_printf(buf, "%sFLAG(\"%s\")%s", first ? "" : ", ", subject->code, each);
        first = false;
    }
}

static bool has_core(const struct cohort *cohort)
{
    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (cohort->fw->subjects[cohort->subjects[s]].core)
            return true;
    }
    return false;
}

/* Below target in the subject asked for; else in any core subject the pupil is judged in. */
static void add_below(struct buf *buf, const struct loaded *loaded)
{
    const struct cohort *cohort = &loaded->cohort;
    const struct subject *subjects = cohort->fw->subjects;

    if (loaded->subject >= 0 || !has_core(cohort)) {
        const struct subject *subject = &subjects[loaded->subject >= 0    ? loaded->subject
                                                  : cohort->subject_n > 0 ? cohort->subjects[0]
                                                                          : 0];

        buf_printf(buf,
                "Below target: FLAG(\"%s\") = \"below\" OR FLAG(\"%s\") = \"well-below\"",
                subject->code, subject->code);
        return;
    }
    buf_add(buf, "Below target: IF(COUNT(");
    add_each_core(buf, cohort, "");
    buf_add(buf, ") > 0, COUNT(");
    add_each_core(buf, cohort, " = \"below\"");
    buf_add(buf, ", ");
    add_each_core(buf, cohort, " = \"well-below\"");
    buf_add(buf, ") > 0)");
}

/* Free school meals or pupil premium, special needs, below target; without what the person who
   asks may not see of anybody. */
static enum err_code ready_sets(const struct context *context, const struct loaded *loaded,
        const char **ret_text, struct err *err)
{
    struct buf buf = buf_make(context->arena, FORMULA_BYTES);

    if (may_see(context, FIELD_DISADVANTAGE))
        add_disadvantage(&buf, &loaded->cohort);
    if (may_see(context, FIELD_SEN_SUMMARY))
        buf_add(&buf, "Special needs: SEN <> \"N\"; ");
    add_below(&buf, loaded);
    return buf_end(&buf, ret_text, NULL, err);
}

/* ---- the sets of the question ---- */

static enum err_code refuse_own(struct err *err)
{
    (void)err_set(err, ERR_FORBIDDEN,
            "your role sees counts of the whole school, and sets or parts of your own may tell "
            "of single pupils");
    return err_hint(err, "Leave them out: the report has sets that are ready.");
}

static enum err_code read_sets(const struct context *context, const struct filters *filters,
        const struct loaded *loaded, struct overlap_sets *ret_sets, struct err *err)
{
    const char *text = filters->sets;
    enum err_code code = ERR_OK;

    if (loaded->suppress && (filters->sets != NULL || filters->region != NULL))
        return refuse_own(err);
    if (text == NULL)
        code = ready_sets(context, loaded, &text, err);
    return code == ERR_OK ? overlap_read(context->arena, text, ret_sets, err) : code;
}

/* What is wrong with a set as a whole is told with its name; a place in it is a place in the
   text of all sets. */
static enum err_code name_set(const struct overlap_set *set, enum err_code code,
        struct err *err)
{
    struct err told = *err;

    if (code != ERR_INVALID || told.column[0] != '\0')
        return code;
    (void)err_set(err, ERR_INVALID, "set %s: %s", set->name, told.message);
    return err_hint(err, "%s", told.hint);
}

/* Each formula compiled once and run over the whole cohort. */
static enum err_code count(struct context *context, const struct filters *filters,
        const struct loaded *loaded, const struct overlap_sets *sets, bool *ret_by_basis,
        struct overlap *ret_overlap, struct err *err)
{
    const uint8_t *answers[OVERLAP_MOST] = { NULL };
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < sets->n && code == ERR_OK; i++) {
        const struct formula *formula = NULL;
        struct formula_column column = { 0 };

        code = load_compile(context, &loaded->cohort, loaded->subject, sets->sets[i].formula,
                NULL, &formula, err);
        code = name_set(&sets->sets[i], code, err);
        if (code == ERR_OK)
            code = formula_run(formula, &loaded->cohort, filters->basis, context->arena,
                    &column, err);
        if (code != ERR_OK)
            return code;
        *ret_by_basis = *ret_by_basis || formula_uses(formula)->basis;
        answers[i] = column.answers;
    }
    return overlap_make(context->arena, answers, sets->n, loaded->cohort.pupil_n, ret_overlap,
            err);
}

enum err_code report_run_overlap(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    bool own = filters->sets != NULL;
    /* The ready sets ask for neither predictions nor results; a formula may. */
    struct cohort_options options = { .all_subjects = true,
        .derived = true,
        .characteristics = true,
        .predictions = own,
        .aggregate = true,
        .results = own };
    struct overlap_sets sets = { .n = 0 };
    struct overlap overlap = { 0 };
    struct overlap_view view = { .sets = &sets,
        .overlap = &overlap,
        .has_region = filters->region != NULL,
        .own = own };
    struct loaded loaded;
    struct frame frame;
    enum err_code code = cohort_load(context, filters, &options, &loaded, err);

    if (code == ERR_OK)
        code = read_sets(context, filters, &loaded, &sets, err);
    if (code == ERR_OK && view.has_region)
        code = overlap_ask(filters->region, sets.n, &view.asked, err);
    if (code == ERR_OK)
        code = count(context, filters, &loaded, &sets, &view.by_basis, &overlap, err);
    if (code != ERR_OK)
        return code;
    view.suppress = loaded.suppress;
    frame = report_frame(context, filters, &loaded);
    *ret_report = build_overlap(context->arena, &frame, &loaded.cohort, &view);
    return ERR_OK;
}
