#include "actions/note.h"

#include <string.h>

#include "actions/marksheet.h"
#include "base/text.h"
#include "store/notes.h"

const struct note_kind note_kinds[NOTE_KINDS] = {
    { "note", "Note" },
    { "concern", "Concern" },
    { "contact", "Contact with home" },
    { "intervention", "Intervention" },
};

static const struct note_kind *find_kind(const char *code)
{
    for (size_t i = 0; i < NOTE_KINDS; i++) {
        if (text_eq(note_kinds[i].code, code))
            return &note_kinds[i];
    }
    return NULL;
}

/* ---- what was typed ---- */

/* CR LF, and a CR alone, to LF. */
static void mend_lines(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        if (*from == '\r' && from[1] == '\n')
            continue;
        *to++ = *from;
        if (*from == '\r')
            to[-1] = '\n';
    }
    *to = '\0';
}

static bool has_control(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (((unsigned char)*c < ' ' && *c != '\n' && *c != '\t') || *c == 0x7f)
            return true;
    }
    return false;
}

static size_t count_characters(const char *text)
{
    size_t n = 0;

    while (text_next(&text) != 0)
        n++;
    return n;
}

/* `what` is "the note" or "the reason". */
static enum err_code read_words(struct context *context, const char *typed, const char *what,
        size_t most, const char **ret_text, struct err *err)
{
    char *text = arena_text(context->arena, typed == NULL ? "" : typed);
    size_t n;

    if (text == NULL)
        return err_memory(err);
    mend_lines(text);
    if (text_utf8_valid(text, strlen(text)) != strlen(text) || has_control(text)) {
        (void)err_set(err, ERR_INVALID, "%s has a character that cannot be kept", what);
        return err_hint(err, "Type it again instead of pasting it.");
    }
    text = text_trim(text);
    n = count_characters(text);
    if (n == 0) {
        (void)err_set(err, ERR_INVALID, "%s is empty", what);
        return err_hint(err, "Write at least a word.");
    }
    if (n > most) {
        (void)err_set(err, ERR_INVALID, "%s has %zu characters and may have %zu", what, n,
                most);
        return err_hint(err, "Shorten it, or write it in two.");
    }
    *ret_text = text;
    return ERR_OK;
}

/* ---- writing ---- */

static enum err_code write_row(struct gate *gate, struct note_row *row, int64_t *ret_no,
        struct err *err)
{
    struct context *context = gate->context;

    row->account_id = gate->person.account_id;
    row->recorded_by = gate->person.username;
    row->recorded_at = context->stamp;
    return store_note_add(context->store, context->school.school_id, row, ret_no, err);
}

static enum err_code finish(struct store *store, enum err_code code, struct err *err)
{
    if (code == ERR_OK)
        code = store_commit(store, err);
    if (code != ERR_OK)
        store_rollback(store);
    return code;
}

enum err_code note_add(struct gate *gate, const struct cohort_pupil *pupil, const char *kind,
        const char *body, int64_t *ret_no, struct err *err)
{
    struct context *context = gate->context;
    const struct note_kind *known = find_kind(kind);
    struct note_row row = { .pupil_id = pupil->id };
    struct access_pupil asked = { 0 };
    enum err_code code;

    if (known == NULL) {
        (void)err_set(err, ERR_INVALID, "\"%s\" is no kind of note", kind == NULL ? "" : kind);
        return err_hint(err, "It is note, concern, contact or intervention.");
    }
    row.kind = known->code;
    code = read_words(context, body, "the note", NOTE_MAX, &row.body, err);
    if (code == ERR_OK)
        code = gate_pupil(gate, pupil, NULL, &asked, err);
    if (code == ERR_OK)
        code = store_begin(context->store, err);
    if (code != ERR_OK)
        return code;
    code = gate_ask(gate, ACTION_ENTER, FIELD_NOTES, &asked, err);
    if (code == ERR_OK)
        code = write_row(gate, &row, ret_no, err);
    return finish(context->store, code, err);
}

/* ---- reading ---- */

static enum err_code read_rows(const struct gate *gate, int64_t pupil_id, struct date as_at,
        struct note_row_list *ret_list, struct err *err)
{
    struct context *context = gate->context;
    const char *until = "9999";

    if (date_is_set(as_at))
        until = arena_printf(context->arena, "%04d-%02d-%02dT23:59:59Z", date_year(as_at),
                date_month(as_at), date_day(as_at));
    if (until == NULL)
        return err_memory(err);
    return store_notes(context->store, context->school.school_id, pupil_id, until,
            context->arena, ret_list, err);
}

static enum err_code begin_note(struct context *context, const struct note_row *row,
        struct note *note, struct err *err)
{
    const struct note_kind *kind = find_kind(row->kind);

    *note = (struct note){ .note_no = row->note_no,
        .account_id = row->account_id,
        .kind = kind == NULL ? row->kind : kind->label,
        .body = row->body,
        .at = row->recorded_at };
    return recorder_name(context, row->recorded_by, &note->who, err);
}

static enum err_code end_note(struct context *context, const struct note_row *row,
        struct note *note, struct err *err)
{
    note->withdrawn = true;
    note->body = "";
    note->withdrawn_at = row->recorded_at;
    note->reason = row->body;
    return recorder_name(context, row->recorded_by, &note->withdrawn_who, err);
}

/* Rows come by note, the note itself first. */
static enum err_code gather(struct context *context, const struct note_row_list *rows,
        struct note_list *ret_list, struct err *err)
{
    struct note_list list = { arena_array(context->arena, rows->n + 1, sizeof(*list.items)),
        0 };
    enum err_code code = list.items == NULL ? err_memory(err) : ERR_OK;

    for (size_t i = 0; i < rows->n && code == ERR_OK; i++) {
        const struct note_row *row = &rows->items[i];

        if (row->withdrawn && list.n > 0 && list.items[list.n - 1].note_no == row->note_no)
            code = end_note(context, row, &list.items[list.n - 1], err);
        else if (!row->withdrawn)
            code = begin_note(context, row, &list.items[list.n++], err);
    }
    for (size_t i = 0; i < list.n / 2; i++) {
        struct note other = list.items[i];

        list.items[i] = list.items[list.n - 1 - i];
        list.items[list.n - 1 - i] = other;
    }
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

static struct may_answer may_note(const struct gate *gate, enum action action,
        const struct cohort_pupil *pupil)
{
    struct access_pupil asked = { 0 };
    struct err ignored;

    if (gate_pupil(gate, pupil, NULL, &asked, &ignored) != ERR_OK)
        return (struct may_answer){ .why = "" };
    return gate_may(gate, action, FIELD_NOTES, &asked);
}

bool note_may_add(const struct gate *gate, const struct cohort_pupil *pupil)
{
    return may_note(gate, ACTION_ENTER, pupil).yes;
}

static bool may_take_back(const struct gate *gate, struct may_answer enters,
        const struct note *note)
{
    return enters.yes && !note->withdrawn &&
           (enters.scope == SCOPE_SCHOOL || note->account_id == gate->person.account_id);
}

enum err_code note_read(const struct gate *gate, const struct cohort_pupil *pupil,
        struct date as_at, struct note_list *ret_list, bool *ret_sees, struct err *err)
{
    struct may_answer enters = may_note(gate, ACTION_ENTER, pupil);
    struct note_row_list rows = { 0 };
    struct note_list list = { 0 };
    bool sees = may_note(gate, ACTION_VIEW, pupil).yes;
    enum err_code code = ERR_OK;

    if (sees)
        code = read_rows(gate, pupil->id, as_at, &rows, err);
    if (code == ERR_OK)
        code = gather(gate->context, &rows, &list, err);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++)
        list.items[i].mine = may_take_back(gate, enters, &list.items[i]);
    *ret_list = list;
    *ret_sees = sees;
    return ERR_OK;
}

/* ---- taking back ---- */

static enum err_code find_note(const struct gate *gate, int64_t pupil_id, int64_t note_no,
        struct note *ret_note, struct err *err)
{
    struct note_row_list rows = { 0 };
    struct note_list list = { 0 };
    enum err_code code = read_rows(gate, pupil_id, (struct date){ 0 }, &rows, err);

    if (code == ERR_OK)
        code = gather(gate->context, &rows, &list, err);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].note_no != note_no)
            continue;
        *ret_note = list.items[i];
        return ERR_OK;
    }
    (void)err_set(err, ERR_NOT_FOUND, "the pupil has no such note");
    return err_hint(err, "Open the pupil's page again: it lists the notes.");
}

static enum err_code ask_take_back(struct gate *gate, const struct access_pupil *asked,
        const struct note *note, struct err *err)
{
    enum err_code code = gate_ask(gate, ACTION_ENTER, FIELD_NOTES, asked, err);

    if (code != ERR_OK)
        return code;
    if (note->withdrawn) {
        (void)err_set(err, ERR_CONFLICT, "this note is withdrawn already");
        return err_hint(err, "Nothing more is to be done.");
    }
    if (may_take_back(gate, gate_may(gate, ACTION_ENTER, FIELD_NOTES, asked), note))
        return ERR_OK;
    (void)err_set(err, ERR_FORBIDDEN, "you may withdraw only the notes you wrote");
    return err_hint(err, "Ask %s, or the data manager.", note->who);
}

static enum err_code take_back(struct gate *gate, const struct access_pupil *asked,
        struct note_row *row, struct err *err)
{
    struct note note = { 0 };
    int64_t no = 0;
    enum err_code code = find_note(gate, row->pupil_id, row->note_no, &note, err);

    if (code == ERR_OK)
        code = ask_take_back(gate, asked, &note, err);
    return code == ERR_OK ? write_row(gate, row, &no, err) : code;
}

enum err_code note_withdraw(struct gate *gate, const struct cohort_pupil *pupil,
        int64_t note_no, const char *reason, struct err *err)
{
    struct context *context = gate->context;
    struct note_row row = { .pupil_id = pupil->id,
        .note_no = note_no,
        .kind = "",
        .withdrawn = true };
    struct access_pupil asked = { 0 };
    enum err_code code =
            read_words(context, reason, "the reason", NOTE_REASON_MAX, &row.body, err);

    if (code == ERR_OK)
        code = gate_pupil(gate, pupil, NULL, &asked, err);
    if (code == ERR_OK)
        code = store_begin(context->store, err);
    if (code != ERR_OK)
        return code;
    return finish(context->store, take_back(gate, &asked, &row, err), err);
}
