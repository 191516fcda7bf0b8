#include <string.h>

#include "actions/marksheet_save_in.h"
#include "base/text.h"

const char *save_said_at(const struct cell_said *said, int64_t revision)
{
    if (revision == 0)
        return "";
    for (; said != NULL; said = said->before) {
        if (said->revision == revision)
            return said->text;
    }
    return NULL;
}

static enum err_code park(struct save *save, const struct cell_outcome *out, struct err *err)
{
    struct parked_entry *entry;

    save->parked = arena_grow(save->context->arena, save->parked, save->parked_n,
            sizeof(*save->parked));
    if (save->parked == NULL)
        return err_memory(err);
    entry = &save->parked[save->parked_n++];
    *entry = (struct parked_entry){
        .marksheet_id = save->sheet->marksheet.marksheet_id,
        .pupil_id = out->cell->pupil_id,
        .subject = out->cell->subject,
        .typed = out->cell->typed,
        .reason = out->message,
        .recorded_by = save->context->who,
        .recorded_at = save->context->stamp,
    };
    return ERR_OK;
}

enum err_code save_refuse(struct save *save, struct cell_outcome *out, const char *message,
        bool keep, struct err *err)
{
    out->state = ENTRY_REFUSED;
    out->message = message;
    out->hint = keep ? "What was typed is kept for the data manager." : NULL;
    return keep ? park(save, out, err) : ERR_OK;
}

/* ---- cells of pupils who are not in the sheet ---- */

bool save_was_in_group(const struct sheet *sheet, int64_t pupil_id)
{
    for (size_t i = 0; i < sheet->former_n; i++) {
        if (sheet->former[i] == pupil_id)
            return true;
    }
    return false;
}

static enum err_code decide_former(struct save *save, struct cell_outcome *out, struct err *err)
{
    struct context *context = save->context;
    struct cell_word_list list = { 0 };
    const char *said = out->cell->revision == 0 ? "" : NULL;
    enum err_code code;

    if (!save_was_in_group(save->sheet, out->cell->pupil_id))
        return save_refuse(save, out, "This pupil is not in the marksheet.", false, err);
    code = store_cell_history(context->store, context->school.school_id, out->cell->pupil_id,
            out->cell->subject, save->sheet->kind, context->arena, &list, err);
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].fact.seq == out->cell->revision)
            said = list.items[i].fact.withdrawn ? "" : list.items[i].fact.grade;
    }
    if (code != ERR_OK || (said != NULL && text_eq_fold(said, out->cell->typed)))
        return code;
    return save_refuse(save, out, "This pupil has left the group since the page was opened.",
            true, err);
}

/* ---- writing ---- */

static struct fact *add_fact(struct save *save, struct err *err)
{
    save->facts =
            arena_grow(save->context->arena, save->facts, save->fact_n, sizeof(*save->facts));
    if (save->facts == NULL) {
        (void)err_memory(err);
        return NULL;
    }
    return &save->facts[save->fact_n++];
}

static enum err_code write_value(struct save *save, const struct cell_outcome *out,
        struct value value, const char *text, int64_t mark, struct err *err)
{
    const struct cohort *cohort = &save->sheet->cohort;
    const struct framework *fw = cohort->fw;
    int stage = cohort->pupils[out->pupil].stage;
    struct fact *fact = add_fact(save, err);

    if (fact == NULL)
        return err->code;
    *fact = (struct fact){
        .pupil_id = out->cell->pupil_id,
        .kind = save->sheet->kind,
        .date = save->context->today,
        .subject = fw->subjects[cohort->subjects[out->column]].code,
        .stage = stage < 0 ? "" : fw->stages[stage].code,
        .source = "",
        .review = save->sheet->marksheet.review.name,
        .scale = fw->scales[value.scale].code,
        .grade = text,
        .mark = mark,
        .max_mark = MARK_NONE,
        .origin = "",
    };
    return ERR_OK;
}

/* Whether row `i` is the last said of its key. */
static bool holds(const struct cell_word_list *list, size_t i)
{
    for (size_t j = i + 1; j < list->n; j++) {
        if (fact_same_key(&list->items[i].fact, &list->items[j].fact))
            return false;
    }
    return !list->items[i].fact.withdrawn;
}

/* An entry taken back: whatever the review has of it, on whichever day, holds no more. */
static enum err_code write_nothing(struct save *save, const struct cell_outcome *out,
        struct err *err)
{
    struct context *context = save->context;
    struct cell_word_list list = { 0 };
    enum err_code code =
            store_cell_history(context->store, context->school.school_id, out->cell->pupil_id,
                    out->cell->subject, save->sheet->kind, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        struct fact *fact;

        if (!text_eq(list.items[i].fact.review, save->sheet->marksheet.review.name) ||
                !holds(&list, i))
            continue;
        fact = add_fact(save, err);
        if (fact == NULL)
            return err->code;
        *fact = list.items[i].fact;
        fact->withdrawn = true;
    }
    return code;
}

/* ---- deciding ---- */

static enum err_code tell_conflict(struct save *save, struct cell_outcome *out,
        const struct sheet_cell *cell, struct err *err)
{
    struct context *context = save->context;
    struct cell_word_list list = { 0 };
    char *when = arena_alloc(context->arena, CELL_CLOCK_SIZE);
    const char *by = "";
    const char *at = "";
    enum err_code code;

    if (when == NULL)
        return err_memory(err);
    code = store_cell_history(context->store, context->school.school_id, out->cell->pupil_id,
            out->cell->subject, save->sheet->kind, context->arena, &list, err);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].fact.seq == cell->revision) {
            by = list.items[i].recorded_by;
            at = list.items[i].fact.recorded_at;
        }
    }
    out->state = ENTRY_CONFLICT;
    out->theirs = cell->text;
    out->when = recorded_clock(at, context->today, when);
    return recorder_name(context, by, &out->who, err);
}

enum err_code save_invalid(struct save *save, struct cell_outcome *out, const struct err *why,
        struct err *err)
{
    struct arena *arena = save->context->arena;

    out->state = ENTRY_INVALID;
    out->message = arena_printf(arena, "%s.", why->message);
    out->hint = arena_text(arena, why->hint);
    return out->message == NULL || out->hint == NULL ? err_memory(err) : ERR_OK;
}

const char *save_why_not(const struct sheet *sheet)
{
    return sheet->open ? "You may not enter marks here any more."
                       : "The review is closed: nothing can be entered in it any more.";
}

static enum err_code decide(struct save *save, struct cell_outcome *out, struct err *err)
{
    const struct cell_typed *typed = out->cell;
    const struct sheet_cell *cell = sheet_cell(save->sheet, out->pupil, out->column);
    const char *said = save_said_at(cell->said, typed->revision);
    const char *text = "";
    char buffer[VALUE_TEXT_SIZE];
    struct value value = VALUE_NONE;
    int64_t mark = MARK_NONE;
    struct err why = { 0 };
    enum err_code code = ERR_OK;

    if (said != NULL && text_eq(said, typed->typed))
        return ERR_OK;
    if (strlen(typed->typed) > CELL_TYPED_MAX)
        code = err_set(&why, ERR_INVALID, "what was typed is longer than any grade");
    else if (typed->typed[0] != '\0')
        code = cell_read(save->context, save->sheet, out->pupil, out->column, typed->typed,
                &value, &mark, &why);
    if (code != ERR_OK && code != ERR_INVALID) {
        *err = why;
        return code;
    }
    if (code == ERR_OK)
        text = framework_value_text(save->sheet->cohort.fw, value, buffer);
    if (code == ERR_OK && said != NULL && text_eq(said, text) && mark == MARK_NONE)
        return ERR_OK;
    if (!cell->enters)
        return save_refuse(save, out, save_why_not(save->sheet), true, err);
    if (code != ERR_OK)
        return save_invalid(save, out, &why, err);
    if (text_eq(cell->text, text) && (mark == MARK_NONE || mark == cell->mark)) {
        out->state = ENTRY_SAME;
        return ERR_OK;
    }
    if (cell->revision != typed->revision)
        return tell_conflict(save, out, cell, err);
    out->state = ENTRY_SAVED;
    save->added += cell->text[0] == '\0';
    if (text[0] == '\0')
        return write_nothing(save, out, err);
    text = arena_text(save->context->arena, text);
    return text == NULL ? err_memory(err) : write_value(save, out, value, text, mark, err);
}

/* Where the cell stands in the sheet; false when it does not. */
static bool find_cell(const struct sheet *sheet, const struct cell_typed *typed, size_t *pupil,
        size_t *column)
{
    const struct cohort *cohort = &sheet->cohort;

    *pupil = 0;
    *column = 0;
    while (*pupil < cohort->pupil_n && cohort->pupils[*pupil].id != typed->pupil_id)
        ++*pupil;
    while (*column < sheet->column_n &&
            !text_eq(cohort->fw->subjects[cohort->subjects[*column]].code, typed->subject))
        ++*column;
    return *pupil < cohort->pupil_n && *column < sheet->column_n;
}

static enum err_code decide_all(struct save *save, struct err *err)
{
    struct save_outcome *outcome = save->outcome;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < outcome->cell_n && code == ERR_OK; i++) {
        struct cell_outcome *out = &outcome->cells[i];
        bool column, entry = false;

        out->pupil = out->column = out->entry = SIZE_MAX;
        code = save_decide_entry(save, out, &entry, err);
        if (entry || code != ERR_OK) {
            outcome->state_n[out->state]++;
            continue;
        }
        if (find_cell(save->sheet, out->cell, &out->pupil, &out->column)) {
            code = decide(save, out, err);
        } else {
            column = out->column < save->sheet->column_n;
            out->pupil = out->column = SIZE_MAX;
            code = column ? decide_former(save, out, err)
                          : save_refuse(save, out, "This marksheet has no such column.", false,
                                    err);
        }
        outcome->state_n[out->state]++;
    }
    return code;
}

static enum err_code write_facts(struct save *save, struct err *err)
{
    struct context *context = save->context;
    struct import import = {
        .kind = "marksheet",
        .file = text_empty(save->reason) ? save->sheet->marksheet.name : save->reason,
        .added = save->added,
        .superseded = (int64_t)save->outcome->state_n[ENTRY_SAVED] - save->added,
        .refused = (int64_t)save->outcome->state_n[ENTRY_INVALID],
        .recorded_by = context->who,
        .recorded_at = context->stamp,
    };
    enum err_code code = store_import_begin(context->store, context->school.school_id, &import,
            (int64_t)(save->fact_n + save->value_n), err);

    for (size_t i = 0; i < save->fact_n && code == ERR_OK; i++)
        code = store_add_fact(context->store, &save->facts[i], err);
    for (size_t i = 0; i < save->value_n && code == ERR_OK; i++)
        code = store_add_aspect_value(context->store, &save->values[i], err);
    if (code == ERR_OK)
        code = store_import_end(context->store, err);
    for (size_t i = 0; i < save->fact_n && code == ERR_OK; i++) {
        if (save->facts[i].withdrawn)
            code = store_latest_redo(context->store, context->school.school_id,
                    save->facts[i].pupil_id, save->facts[i].subject, save->facts[i].kind, err);
    }
    save->outcome->import_id = import.import_id;
    return code;
}

static enum err_code write_all(struct save *save, struct err *err)
{
    struct context *context = save->context;
    enum err_code code = ERR_OK;

    if (save->fact_n + save->value_n != 0)
        code = write_facts(save, err);
    for (size_t i = 0; i < save->parked_n && code == ERR_OK; i++)
        code = store_park(context->store, context->school.school_id, &save->parked[i], err);
    return code;
}

/* ---- the whole ---- */

/* Somebody whose role for this group has ended: nothing is shown, what was typed is kept. */
static enum err_code keep_for_former_role(struct save *save, int64_t marksheet_id,
        struct err *err)
{
    struct sheet sheet = { 0 };
    struct err first = *err;
    size_t kept;
    enum err_code code;

    if (!person_is_staff(save->person, save->context->today))
        return err->code;
    code = sheet_load(save->context, NULL, marksheet_id, NULL, &sheet, err);
    if (code != ERR_OK) {
        *err = first;
        return first.code;
    }
    for (size_t i = 0; i < sheet.cohort.pupil_n * sheet.column_n; i++)
        sheet.cells[i].enters = false;
    for (size_t c = 0; c < sheet.columns_n; c++) {
        for (size_t i = 0; sheet.columns[c].entries != NULL && i < sheet.cohort.pupil_n; i++)
            sheet.columns[c].entries[i].enters = false;
    }
    save->sheet = &sheet;
    code = decide_all(save, err);
    kept = save->parked_n;
    if (code == ERR_OK)
        code = write_all(save, err);
    if (code == ERR_OK)
        code = store_commit(save->context->store, err);
    save->sheet = NULL;
    if (code != ERR_OK)
        return code;
    if (kept == 0) {
        *err = first;
        return first.code;
    }
    (void)err_set(err, ERR_FORBIDDEN, "you may not enter marks for this group any more");
    return err_hint(err, "What was typed in %zu cells is kept for the data manager.", kept);
}

static bool must_read_again(const struct save *save)
{
    const size_t *n = save->outcome->state_n;
    size_t troubles = n[ENTRY_CONFLICT] + n[ENTRY_REFUSED] + n[ENTRY_INVALID];

    return save->fact_n + save->value_n != 0 && (!save->counts_only || troubles != 0);
}

static enum err_code save_within(struct save *save, int64_t marksheet_id,
        const struct sheet_options *options, struct err *err)
{
    struct context *context = save->context;
    struct save_outcome *outcome = save->outcome;
    enum err_code code =
            sheet_load(context, save->person, marksheet_id, options, &outcome->sheet, err);

    if (code == ERR_NOT_FOUND)
        return keep_for_former_role(save, marksheet_id, err);
    if (code != ERR_OK)
        return code;
    save->sheet = &outcome->sheet;
    code = decide_all(save, err);
    if (code == ERR_OK && outcome->sheet.wants_reason && text_empty(save->reason) &&
            save->fact_n + save->value_n != 0) {
        (void)err_set(err, ERR_INVALID, "a reason is missing");
        return err_hint(err, "Say why you enter marks for the teacher.");
    }
    if (code == ERR_OK)
        code = write_all(save, err);
    if (code == ERR_OK && must_read_again(save))
        code = sheet_load(context, save->person, marksheet_id, options, &outcome->sheet, err);
    return code == ERR_OK ? store_commit(context->store, err) : code;
}

enum err_code sheet_save(struct context *context, const struct person *person,
        int64_t marksheet_id, const struct sheet_options *options,
        const struct sheet_sent *sent, struct save_outcome *ret_outcome, struct err *err)
{
    struct save_outcome outcome = { .cell_n = sent->cell_n };
    struct save save = { .context = context,
        .person = person,
        .outcome = &outcome,
        .reason = sent->reason,
        .counts_only = sent->counts_only };
    struct sheet_options plain = { 0 };
    enum err_code code;

    outcome.cells = arena_array(context->arena, sent->cell_n + 1, sizeof(*outcome.cells));
    if (outcome.cells == NULL)
        return err_memory(err);
    for (size_t i = 0; i < sent->cell_n; i++)
        outcome.cells[i] = (struct cell_outcome){ .cell = &sent->cells[i] };
    if (options != NULL)
        plain = *options;
    plain.cache = NULL;
    code = store_begin(context->store, err);
    if (code != ERR_OK)
        return code;
    code = save_within(&save, marksheet_id, &plain, err);
    if (code != ERR_OK) {
        store_rollback(context->store);
        return code;
    }
    *ret_outcome = outcome;
    return ERR_OK;
}
