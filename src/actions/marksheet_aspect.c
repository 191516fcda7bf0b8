/* Cells of the template's aspects: what may be typed, and what becomes of it. */

#include <string.h>

#include "actions/aspect.h"
#include "actions/marksheet_save_in.h"
#include "base/text.h"

/* The scale that holds, for every subject, why there is no grade. */
static const char reasons[] = "reasons";

/* ---- reading ---- */

static enum err_code say_kind(const struct aspect *aspect, const char *typed, struct err *err)
{
    char lowest[TEXT_MILLI_SIZE], highest[TEXT_MILLI_SIZE];

    (void)err_set(err, ERR_INVALID, "\"%.40s\" is not what %s takes", typed, aspect->name);
    if (aspect->kind == ASPECT_YES_NO)
        return err_hint(err, "Type yes or no.");
    return err_hint(err, "Type a %s from %s to %s.",
            aspect->kind == ASPECT_MARK ? "whole number" : "number",
            text_from_milli(aspect->lowest, lowest), text_from_milli(aspect->highest, highest));
}

static enum err_code read_number(const struct aspect *aspect, const char *typed,
        char number[TEXT_MILLI_SIZE], const char **ret_text, struct err *err)
{
    int64_t milli = 0;

    if (strlen(typed) > 16 || !text_milli(typed, &milli) || milli < aspect->lowest ||
            milli > aspect->highest || (aspect->kind == ASPECT_MARK && milli % 1000 != 0))
        return say_kind(aspect, typed, err);
    *ret_text = text_from_milli(milli, number);
    return ERR_OK;
}

static enum err_code read_yes_no(const struct aspect *aspect, const char *typed,
        const char **ret_text, struct err *err)
{
    static const char *const yes[] = { "yes", "y", "1", "true" };
    static const char *const no[] = { "no", "n", "0", "false" };

    for (size_t i = 0; i < COUNT(yes); i++) {
        if (text_eq_fold(typed, yes[i]) || text_eq_fold(typed, no[i])) {
            *ret_text = text_eq_fold(typed, yes[i]) ? "yes" : "no";
            return ERR_OK;
        }
    }
    return say_kind(aspect, typed, err);
}

static enum err_code read_comment(const struct aspect *aspect, const char *typed,
        struct err *err)
{
    size_t n = strlen(typed);

    if ((int64_t)n > aspect->highest) {
        (void)err_set(err, ERR_INVALID, "%s has %zu bytes and may have %lld", aspect->name, n,
                (long long)aspect->highest);
        return err_hint(err, "Shorten it.");
    }
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)typed[i] < ' ' || typed[i] == 0x7f)
            n = 0;
    }
    if (n == 0 || text_utf8_valid(typed, n) != n) {
        (void)err_set(err, ERR_INVALID, "%s has a character that cannot be kept", aspect->name);
        return err_hint(err, "Type it again instead of pasting it.");
    }
    return ERR_OK;
}

enum err_code aspect_read(struct context *context, const struct aspect *aspect,
        const char *typed, const char **ret_text, struct err *err)
{
    const struct framework *fw = context->fw;
    int scale = aspect->kind == ASPECT_GRADE ? framework_scale(fw, aspect->scale) : -1;
    int reason = framework_scale(fw, reasons);
    char number[TEXT_MILLI_SIZE], grade[VALUE_TEXT_SIZE];
    const char *text = typed;
    struct value value;
    struct err ignored;
    enum err_code code = ERR_OK;

    if (aspect->kind == ASPECT_GRADE) {
        code = framework_read_grade(fw, scale, -1, -1, typed, &value, err);
        text = code == ERR_OK ? framework_value_text(fw, value, grade) : "";
    } else if (aspect->kind == ASPECT_MARK || aspect->kind == ASPECT_NUMBER) {
        code = read_number(aspect, typed, number, &text, err);
    } else if (aspect->kind == ASPECT_YES_NO) {
        code = read_yes_no(aspect, typed, &text, err);
    } else {
        code = read_comment(aspect, typed, err);
    }
    if (code == ERR_INVALID && aspect->kind != ASPECT_COMMENT && reason >= 0 &&
            framework_read_grade(fw, reason, -1, -1, typed, &value, &ignored) == ERR_OK) {
        text = framework_value_text(fw, value, grade);
        code = ERR_OK;
    }
    if (code != ERR_OK)
        return code;
    text = arena_text(context->arena, text);
    if (text == NULL)
        return err_memory(err);
    *ret_text = text;
    return ERR_OK;
}

static bool add_choice(struct context *context, struct cell_choice **items, size_t *n,
        struct cell_choice choice)
{
    struct cell_choice *grown = arena_grow(context->arena, *items, *n, sizeof(*grown));

    if (grown == NULL)
        return false;
    *items = grown;
    grown[(*n)++] = choice;
    return true;
}

enum err_code aspect_choices(struct context *context, const struct aspect *aspect,
        struct cell_choice **ret_choices, size_t *ret_n, struct err *err)
{
    const struct framework *fw = context->fw;
    int index = aspect->kind == ASPECT_GRADE ? framework_scale(fw, aspect->scale) : -1;
    struct cell_choice *items = NULL;
    size_t n = 0;
    bool fits = true;

    if (aspect->kind == ASPECT_YES_NO)
        fits = add_choice(context, &items, &n, (struct cell_choice){ "yes", NULL, false }) &&
               add_choice(context, &items, &n, (struct cell_choice){ "no", NULL, false });
    for (int i = 0; index >= 0 && i < fw->scales[index].grade_n && fits; i++) {
        const struct grade *grade = &fw->grades[fw->scales[index].first_grade + i];

        fits = add_choice(context, &items, &n,
                (struct cell_choice){ grade->code, grade->name, grade->status });
    }
    if (!fits)
        return err_memory(err);
    *ret_choices = items;
    *ret_n = n;
    return ERR_OK;
}

/* ---- deciding ---- */

static enum err_code tell_conflict(struct save *save, struct cell_outcome *out,
        const struct sheet_column *column, const struct sheet_entry *entry, struct err *err)
{
    struct context *context = save->context;
    struct aspect_value_list list = { 0 };
    char *when = arena_alloc(context->arena, CELL_CLOCK_SIZE);
    const char *by = "", *at = "";
    enum err_code code;

    if (when == NULL)
        return err_memory(err);
    code = store_aspect_cell(context->store, context->school.school_id, out->cell->pupil_id,
            column->aspect->code, save->sheet->marksheet.review.name, context->arena, &list,
            err);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].seq == entry->revision) {
            by = list.items[i].recorded_by;
            at = list.items[i].recorded_at;
        }
    }
    out->state = ENTRY_CONFLICT;
    out->theirs = entry->text;
    out->when = recorded_clock(at, context->today, when);
    return recorder_name(context, by, &out->who, err);
}

static enum err_code write_value(struct save *save, const struct cell_outcome *out,
        const struct sheet_column *column, const char *text, struct err *err)
{
    struct aspect_value *value;

    save->values = arena_grow(save->context->arena, save->values, save->value_n,
            sizeof(*save->values));
    if (save->values == NULL)
        return err_memory(err);
    value = &save->values[save->value_n++];
    *value = (struct aspect_value){ .pupil_id = out->cell->pupil_id,
        .aspect = column->aspect->code,
        .review = save->sheet->marksheet.review.name,
        .date = save->context->today,
        .value = text,
        .withdrawn = text[0] == '\0' };
    return ERR_OK;
}

/* As a judgement's cell is decided: untouched, not on its scale, somebody else's, or saved. */
static enum err_code decide(struct save *save, struct cell_outcome *out,
        const struct sheet_column *column, const struct sheet_entry *entry, struct err *err)
{
    const struct cell_typed *typed = out->cell;
    const char *said = save_said_at(entry->said, typed->revision);
    const char *text = "";
    struct err why = { 0 };
    enum err_code code = ERR_OK;

    if (said != NULL && text_eq(said, typed->typed))
        return ERR_OK;
    if (typed->typed[0] != '\0')
        code = aspect_read(save->context, column->aspect, typed->typed, &text, &why);
    if (code != ERR_OK && code != ERR_INVALID) {
        *err = why;
        return code;
    }
    if (code == ERR_OK && said != NULL && text_eq(said, text))
        return ERR_OK;
    if (!entry->enters)
        return save_refuse(save, out, save_why_not(save->sheet), true, err);
    if (code != ERR_OK)
        return save_invalid(save, out, &why, err);
    if (text_eq(entry->text, text)) {
        out->state = ENTRY_SAME;
        return ERR_OK;
    }
    if (entry->revision != typed->revision)
        return tell_conflict(save, out, column, entry, err);
    out->state = ENTRY_SAVED;
    save->added += entry->text[0] == '\0';
    return write_value(save, out, column, text, err);
}

/* A pupil or a column that is not in the sheet any more: what was changed is kept. */
static enum err_code decide_gone(struct save *save, struct cell_outcome *out,
        const char *aspect, const char *message, struct err *err)
{
    struct context *context = save->context;
    struct aspect_value_list list = { 0 };
    const char *said = out->cell->revision == 0 ? "" : NULL;
    enum err_code code =
            store_aspect_cell(context->store, context->school.school_id, out->cell->pupil_id,
                    aspect, save->sheet->marksheet.review.name, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (list.items[i].seq == out->cell->revision)
            said = list.items[i].withdrawn ? "" : list.items[i].value;
    }
    if (code != ERR_OK || (said != NULL && text_eq(said, out->cell->typed)))
        return code;
    return save_refuse(save, out, message, true, err);
}

static const struct sheet_column *find_column(const struct sheet *sheet, const char *code,
        size_t *ret_entry)
{
    for (size_t c = 0; c < sheet->columns_n; c++) {
        if (sheet->columns[c].code == NULL || !text_eq(sheet->columns[c].code, code))
            continue;
        *ret_entry = c;
        return &sheet->columns[c];
    }
    return NULL;
}

enum err_code save_decide_entry(struct save *save, struct cell_outcome *out, bool *ret_mine,
        struct err *err)
{
    const struct sheet *sheet = save->sheet;
    const struct sheet_column *column = NULL;
    const char *aspect = out->cell->subject + sizeof(SHEET_ASPECT_PREFIX) - 1;
    size_t entry = SIZE_MAX, pupil = 0;

    *ret_mine = text_starts(out->cell->subject, SHEET_ASPECT_PREFIX);
    if (!*ret_mine)
        return ERR_OK;
    column = find_column(sheet, out->cell->subject, &entry);
    while (pupil < sheet->cohort.pupil_n &&
            sheet->cohort.pupils[pupil].id != out->cell->pupil_id)
        pupil++;
    if (pupil == sheet->cohort.pupil_n) {
        if (!save_was_in_group(sheet, out->cell->pupil_id))
            return save_refuse(save, out, "This pupil is not in the marksheet.", false, err);
        return decide_gone(save, out, aspect,
                "This pupil has left the group since the page was opened.", err);
    }
    out->pupil = pupil;
    if (column == NULL)
        return decide_gone(save, out, aspect,
                "This marksheet's template has no such column any more.", err);
    out->entry = entry;
    return decide(save, out, column, &column->entries[pupil], err);
}
