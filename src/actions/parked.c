#include "actions/parked.h"

#include "actions/marksheet.h"
#include "actions/roll.h"
#include "store/marksheets.h"

static void name_pupil(struct arena *arena, const struct cohort *cohort,
        struct parked_line *line)
{
    line->pupil = "not on roll";
    line->registration = "";
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        const struct cohort_pupil *pupil = &cohort->pupils[p];

        if (pupil->id != line->pupil_id)
            continue;
        line->pupil = arena_printf(arena, "%s %s", pupil->forename, pupil->surname);
        line->registration = pupil->registration == NULL ? "" : pupil->registration;
        return;
    }
}

static enum err_code fill_line(struct context *context, const struct cohort *cohort,
        const struct parked_entry *entry, struct parked_line *line, struct err *err)
{
    int subject = framework_subject(context->fw, entry->subject);

    *line = (struct parked_line){ .parked_id = entry->parked_id,
        .pupil_id = entry->pupil_id,
        .marksheet_id = entry->marksheet_id,
        .subject = subject < 0 ? entry->subject : context->fw->subjects[subject].name,
        .typed = entry->typed,
        .why = entry->reason,
        .at = entry->recorded_at };
    name_pupil(context->arena, cohort, line);
    if (line->pupil == NULL)
        return err_memory(err);
    return recorder_name(context, entry->recorded_by, &line->who, err);
}

enum err_code parked_read(struct context *context, struct parked_lines *ret_lines,
        struct err *err)
{
    static const struct filters all = { 0 };
    struct parked_list list = { 0 };
    struct parked_lines lines = { 0 };
    struct loaded loaded = { 0 };
    enum err_code code =
            store_parked(context->store, context->school.school_id, context->arena, &list, err);

    if (code == ERR_OK && list.n > 0)
        code = roll_load(context, &all, &loaded, err);
    if (code != ERR_OK)
        return code;
    lines.items = arena_array(context->arena, list.n + 1, sizeof(*lines.items));
    if (lines.items == NULL)
        return err_memory(err);
    for (size_t i = list.n; i-- > 0 && code == ERR_OK;)
        code = fill_line(context, &loaded.cohort, &list.items[i], &lines.items[lines.n++], err);
    if (code == ERR_OK)
        *ret_lines = lines;
    return code;
}

/* Still there, for two may press the button at once. */
static enum err_code find(struct context *context, int64_t parked_id, struct err *err)
{
    struct parked_list list = { 0 };
    enum err_code code =
            store_parked(context->store, context->school.school_id, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (list.items[i].parked_id == parked_id)
            return ERR_OK;
    }
    if (code != ERR_OK)
        return code;
    (void)err_set(err, ERR_NOT_FOUND, "there is no such late entry any more");
    return err_hint(err, "Somebody has dealt with it meanwhile.");
}

enum err_code parked_settle(struct gate *gate, int64_t parked_id, struct err *err)
{
    struct context *context = gate->context;
    enum err_code code = store_begin(context->store, err);

    if (code != ERR_OK)
        return code;
    code = gate_ask(gate, ACTION_WINDOW, FIELD_NONE, NULL, err);
    if (code == ERR_OK)
        code = find(context, parked_id, err);
    if (code == ERR_OK)
        code = store_parked_settle(context->store, context->school.school_id, parked_id,
                gate->person.username, context->stamp, err);
    if (code == ERR_OK)
        code = store_commit(context->store, err);
    if (code != ERR_OK)
        store_rollback(context->store);
    return code;
}
