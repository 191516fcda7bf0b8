#include <string.h>

#include "actions/marksheet_in.h"

/* One narrowing: from everything to what the person may have. */
struct narrowing {
    struct context *context;
    const struct person *person;
    const struct sheet *whole;
    struct sheet *sheet;
    struct cohort_pupil *pupils;
    struct sheet_pupil *shown;
    size_t *from; /* the place of each pupil in the whole */
    size_t pupil_n;
};

static struct may_answer ask(const struct narrowing *n, enum action action, enum field field,
        const struct cohort_pupil *pupil, int column)
{
    const char *group = n->sheet->marksheet.group;
    const struct framework *fw = n->context->fw;
    unsigned met = NEED_REASON | NEED_SUPPRESS | (n->sheet->open ? NEED_WINDOW : 0U);
    struct access_pupil asked = {
        .pupil_id = pupil->id,
        .school_id = pupil->school_id,
        .year = pupil->year,
        .registration = pupil->registration == NULL ? "" : pupil->registration,
        .groups = &group,
        .group_n = 1,
        .sen = pupil->sen != NULL && pupil_answer_is_yes(pupil->sen),
        .subject = column < 0 ? NULL : fw->subjects[n->whole->cohort.subjects[column]].code,
    };

    if (n->person == NULL)
        return (struct may_answer){ .yes = action == ACTION_VIEW };
    return may_with(n->person, action, field, &asked, n->context->today, met);
}

static bool sees(const struct narrowing *n, enum field field, const struct cohort_pupil *pupil)
{
    return ask(n, ACTION_VIEW, field, pupil, -1).yes;
}

/* `pupil` as on record; what may not be seen is left out of `to`. */
static void hide(const struct narrowing *n, const struct cohort_pupil *pupil,
        struct cohort_pupil *to, struct sheet_pupil *shown)
{
    if (!sees(n, FIELD_SEN_SUMMARY, pupil)) {
        to->sen = NULL;
        shown->sen = false;
    }
    if (!sees(n, FIELD_DISADVANTAGE, pupil)) {
        to->pupil_premium = to->fsm = to->looked_after = NULL;
        shown->premium = false;
    }
    if (!sees(n, FIELD_ETHNICITY, pupil)) {
        to->language = to->ethnicity = NULL;
        shown->eal = false;
    }
    if (!sees(n, FIELD_BIRTH, pupil)) {
        to->sex = NULL;
        to->dob = (struct date){ 0 };
    }
}

static enum err_code choose_pupils(struct narrowing *n, struct err *err)
{
    struct arena *arena = n->context->arena;
    size_t all = n->whole->cohort.pupil_n;

    n->pupils = arena_array(arena, all + 1, sizeof(*n->pupils));
    n->shown = arena_array(arena, all + 1, sizeof(*n->shown));
    n->from = arena_array(arena, all + 1, sizeof(*n->from));
    if (n->pupils == NULL || n->shown == NULL || n->from == NULL)
        return err_memory(err);
    for (size_t p = 0; p < all; p++) {
        const struct cohort_pupil *pupil = &n->whole->cohort.pupils[p];

        if (!sees(n, FIELD_IDENTITY, pupil))
            continue;
        n->pupils[n->pupil_n] = *pupil;
        n->shown[n->pupil_n] = n->whole->pupils[p];
        hide(n, pupil, &n->pupils[n->pupil_n], &n->shown[n->pupil_n]);
        n->from[n->pupil_n++] = p;
    }
    if (n->pupil_n != 0)
        return ERR_OK;
    (void)err_set(err, ERR_NOT_FOUND, "there is no such marksheet");
    return err_hint(err, "Choose one from the list of marksheets.");
}

static void copy_cell(struct narrowing *n, size_t p, size_t c)
{
    struct sheet *sheet = n->sheet;
    struct cohort *to = &sheet->cohort;
    const struct cohort *from = &n->whole->cohort;
    const struct cohort_pupil *pupil = &from->pupils[n->from[p]];
    size_t cell = cohort_cell(to, p, c);
    size_t old = cohort_cell(from, n->from[p], c);
    bool writes = c < sheet->column_n;
    int column = writes ? (int)c : 0;
    bool marks = ask(n, ACTION_VIEW, FIELD_MARKS, pupil, column).yes;

    if (writes)
        *sheet_cell(sheet, p, c) = SHEET_CELL_NONE;
    if (ask(n, ACTION_VIEW, FIELD_TARGETS, pupil, column).yes) {
        sheet->sees_targets = true;
        to->target[cell] = from->target[old];
        to->target_date[cell] = from->target_date[old];
        to->adjustment[cell] = from->adjustment[old];
    }
    if (ask(n, ACTION_VIEW, FIELD_PREDICTIONS, pupil, column).yes)
        to->prediction[cell] = from->prediction[old];
    if (!marks)
        return;
    if (!writes) {
        to->now[cell] = from->now[old];
        to->now_date[cell] = from->now_date[old];
    }
    to->prior[cell] = from->prior[old];
    to->prior_date[cell] = from->prior_date[old];
    if (writes)
        *sheet_cell(sheet, p, c) = *sheet_cell(n->whole, n->from[p], c);
}

static void note_entry(struct narrowing *n, size_t p, size_t c)
{
    struct sheet *sheet = n->sheet;
    const struct cohort_pupil *pupil = &n->whole->cohort.pupils[n->from[p]];
    struct may_answer answer = ask(n, ACTION_ENTER, FIELD_MARKS, pupil, (int)c);
    bool enters =
            answer.yes && sheet->open && ask(n, ACTION_VIEW, FIELD_MARKS, pupil, (int)c).yes;

    sheet_cell(sheet, p, c)->enters = enters;
    sheet->enters = sheet->enters || enters;
    if (enters && (answer.needs & NEED_REASON) != 0)
        sheet->wants_reason = true;
}

/* Likely grades stand against the target itself, also in a stage that has a line. */
static void set_against(struct sheet *sheet)
{
    struct cohort *cohort = &sheet->cohort;

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        int stage = cohort->pupils[p].stage;
        bool line = stage >= 0 && cohort->fw->stages[stage].trajectory;

        sheet->against_target = sheet->against_target || sheet->kind == FACT_LIKELY || !line;
        if (sheet->kind != FACT_LIKELY || !line)
            continue;
        for (size_t s = 0; s < cohort->subject_n; s++)
            cohort->adjustment[cohort_cell(cohort, p, s)] =
                    cohort->target[cohort_cell(cohort, p, s)];
    }
}

/* What is entered is what the review has, also in a column that could be derived. */
static void reckon(struct sheet *sheet)
{
    struct cohort *cohort = &sheet->cohort;

    cohort_derive(cohort);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        for (size_t c = 0; c < sheet->column_n; c++) {
            size_t cell = cohort_cell(cohort, p, c);

            cohort->now[cell] = sheet_cell(sheet, p, c)->value;
            cohort->now_date[cell] = sheet_cell(sheet, p, c)->date;
        }
    }
    set_against(sheet);
    cohort_reckon(cohort);
}

enum err_code sheet_narrow(struct context *context, const struct person *person,
        const struct sheet *whole, struct sheet *ret_sheet, struct err *err)
{
    struct sheet sheet = *whole;
    struct narrowing n = { .context = context,
        .person = person,
        .whole = whole,
        .sheet = &sheet };
    size_t subject_n = whole->cohort.subject_n;
    int16_t *subjects = arena_array(context->arena, subject_n, sizeof(*subjects));
    enum err_code code = choose_pupils(&n, err);

    if (code != ERR_OK)
        return code;
    sheet.cells =
            arena_array(context->arena, n.pupil_n * whole->column_n, sizeof(*sheet.cells));
    if (subjects == NULL || sheet.cells == NULL)
        return err_memory(err);
    memcpy(subjects, whole->cohort.subjects, subject_n * sizeof(*subjects));
    sheet.pupils = n.shown;
    code = cohort_make(context->arena, context->fw, &context->reckoning, context->today,
            n.pupils, n.pupil_n, subjects, subject_n, &sheet.cohort, err);
    if (code != ERR_OK)
        return code;
    for (size_t p = 0; p < n.pupil_n; p++) {
        for (size_t c = 0; c < subject_n; c++)
            copy_cell(&n, p, c);
        for (size_t c = 0; c < sheet.column_n; c++)
            note_entry(&n, p, c);
    }
    reckon(&sheet);
    if (sheet.template != NULL)
        code = sheet_run_template(context, person, &sheet, err);
    if (code == ERR_OK)
        *ret_sheet = sheet;
    return code;
}
