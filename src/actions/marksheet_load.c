#include <string.h>

#include "actions/marksheet_in.h"
#include "base/text.h"

bool review_takes(const struct review *review, struct date today)
{
    return (text_eq(review->state, "open") || text_eq(review->state, "closing")) &&
           today.ymd <= review->to.ymd;
}

static bool has_subject(const struct sheet_load *load, int subject)
{
    for (size_t i = 0; i < load->subject_n; i++) {
        if (load->subjects[i] == subject)
            return true;
    }
    return false;
}

static void add_subject(struct sheet_load *load, int subject)
{
    if (load->subject_n == MARKSHEET_SUBJECTS || has_subject(load, subject))
        return;
    load->subjects[load->subject_n] = (int16_t)subject;
    load->scope.subjects[load->subject_n++] = load->context->fw->subjects[subject].code;
}

/* The columns, then the parts of those whose prior attainment may be a mean of others'. */
static enum err_code find_columns(struct sheet_load *load, struct err *err)
{
    const struct framework *fw = load->context->fw;
    char code[32];

    for (const char *at = load->sheet->marksheet.subjects; *at != '\0';) {
        size_t n = strcspn(at, ",");
        int subject = -1;

        if (n < sizeof(code)) {
            memcpy(code, at, n);
            code[n] = '\0';
            subject = framework_subject(fw, code);
        }
        if (subject >= 0)
            add_subject(load, subject);
        at += n + (at[n] == ',');
    }
    load->sheet->column_n = load->subject_n;
    if (load->subject_n == 0)
        return err_set(err, ERR_INVALID, "the marksheet's subject %s is not in the framework",
                load->sheet->marksheet.subjects);
    for (int i = 0; i < fw->derived_n; i++) {
        if (!has_subject(load, fw->derived[i].subject))
            continue;
        for (int j = 0; j < fw->derived[i].from_n; j++)
            add_subject(load, fw->derived[i].from[j]);
    }
    return ERR_OK;
}

/* What may not be seen of a subject's values is taken out; who may write is noted. */
static void apply_access(struct sheet_load *load)
{
    struct sheet *sheet = load->sheet;
    struct cohort *cohort = &sheet->cohort;

    for (size_t p = 0; p < load->pupil_n; p++) {
        for (size_t c = 0; c < cohort->subject_n; c++) {
            const struct cohort_pupil *pupil = &load->pupils[p];
            size_t cell = cohort_cell(cohort, p, c);
            int column = c < sheet->column_n ? (int)c : 0;
            bool marks = sheet_may(load, ACTION_VIEW, FIELD_MARKS, pupil, column).yes;
            bool targets = sheet_may(load, ACTION_VIEW, FIELD_TARGETS, pupil, column).yes;

            sheet->sees_targets = sheet->sees_targets || targets;
            if (!targets)
                cohort->target[cell] = cohort->adjustment[cell] = VALUE_NONE;
            if (!marks)
                cohort->prior[cell] = cohort->now[cell] = VALUE_NONE;
            if (!marks && c < sheet->column_n)
                *sheet_cell(sheet, p, c) = SHEET_CELL_NONE;
        }
    }
}

static void note_entry(struct sheet_load *load)
{
    struct sheet *sheet = load->sheet;

    for (size_t p = 0; p < load->pupil_n; p++) {
        for (size_t c = 0; c < sheet->column_n; c++) {
            const struct cohort_pupil *pupil = &load->pupils[p];
            struct may_answer answer =
                    sheet_may(load, ACTION_ENTER, FIELD_MARKS, pupil, (int)c);
            bool enters =
                    answer.yes && sheet_may(load, ACTION_VIEW, FIELD_MARKS, pupil, (int)c).yes;

            sheet_cell(sheet, p, c)->enters = enters && sheet->open;
            sheet->enters = sheet->enters || (enters && sheet->open);
            if (enters && (answer.needs & NEED_REASON) != 0)
                sheet->wants_reason = true;
        }
    }
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

/* Entries of parts are not loaded; a derived column's own cells must stay as they are. */
static void derive(struct sheet *sheet)
{
    struct cohort *cohort = &sheet->cohort;

    cohort_derive(cohort);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        for (size_t c = 0; c < sheet->column_n; c++)
            cohort->now[cohort_cell(cohort, p, c)] = sheet_cell(sheet, p, c)->value;
    }
}

static enum err_code load_columns(struct sheet_load *load, struct err *err)
{
    struct context *context = load->context;
    struct sheet *sheet = load->sheet;
    int16_t *subjects = arena_array(context->arena, load->subject_n, sizeof(*subjects));
    enum err_code code;

    if (subjects == NULL)
        return err_memory(err);
    memcpy(subjects, load->subjects, load->subject_n * sizeof(*subjects));
    code = cohort_make(context->arena, context->fw, &context->reckoning, context->today,
            load->pupils, load->pupil_n, subjects, load->subject_n, &sheet->cohort, err);
    if (code == ERR_OK)
        code = load_sheet_values(load, err);
    if (code != ERR_OK)
        return code;
    apply_access(load);
    note_entry(load);
    derive(sheet);
    set_against(sheet);
    cohort_reckon(&sheet->cohort);
    return ERR_OK;
}

static enum err_code refuse_unseen(struct err *err)
{
    (void)err_set(err, ERR_NOT_FOUND, "there is no such marksheet");
    return err_hint(err, "Choose one from the list of marksheets.");
}

enum err_code sheet_load(struct context *context, const struct person *person,
        int64_t marksheet_id, const struct sheet_options *options, struct sheet *ret_sheet,
        struct err *err)
{
    static const struct sheet_options plain = { 0 };
    struct sheet sheet = { 0 };
    struct sheet_load load = {
        .context = context,
        .person = person,
        .options = options == NULL ? &plain : options,
        .sheet = &sheet,
        .scope = { .school_id = context->school.school_id, .day = context->today },
    };
    enum err_code code = store_marksheet(context->store, context->school.school_id,
            marksheet_id, context->arena, &sheet.marksheet, err);

    if (code != ERR_OK)
        return code;
    sheet.open = review_takes(&sheet.marksheet.review, context->today);
    if (!fact_kind_parse(sheet.marksheet.review.asks, &sheet.kind))
        return err_set(err, ERR_INVALID, "the review asks for nothing that can be entered");
    load.scope.group_id = sheet.marksheet.group_id;
    code = find_columns(&load, err);
    if (code == ERR_OK)
        code = load_sheet_pupils(&load, err);
    if (code == ERR_OK && load.pupil_n == 0)
        code = refuse_unseen(err);
    if (code == ERR_OK)
        code = load_columns(&load, err);
    if (code == ERR_OK)
        *ret_sheet = sheet;
    return code;
}
