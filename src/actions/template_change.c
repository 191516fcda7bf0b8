#include <stdio.h>
#include <string.h>

#include "actions/import_in.h"
#include "actions/template.h"
#include "base/buf.h"
#include "base/text.h"
#include "exchange/source.h"

static enum err_code finish(struct store *store, bool keep, enum err_code code, struct err *err)
{
    if (code == ERR_OK && keep)
        code = store_commit(store, err);
    store_rollback(store);
    return code;
}

/* ---- another code ---- */

/* The body with its `template` line for another code. */
static enum err_code rename_body(struct context *context, const struct template *template,
        const char *as, const char **body, struct err *err)
{
    struct buf buf = buf_make(context->arena, TEMPLATE_BYTES + 256);
    const char *at = *body;

    while (*at != '\0') {
        size_t n = strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n');
        const char *word = at + strspn(at, " \t");

        if (text_starts(word, "template ") || text_starts(word, "template\t")) {
            buf_printf(&buf, "template %s \"", as);
            for (const char *c = template->name; *c != '\0'; c++) {
                buf_add(&buf, *c == '"' ? "\"" : "");
                buf_add_char(&buf, *c);
            }
            buf_add(&buf, "\"\n");
            buf_add(&buf, at + n);
            break;
        }
        buf_add_n(&buf, at, n);
        at += n;
    }
    return buf_end(&buf, body, NULL, err);
}

static enum err_code check_code(const char *as, struct err *err)
{
    static const char allowed[] =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    if (as == NULL || (*as != '\0' && strlen(as) <= TEMPLATE_CODE_BYTES &&
                              as[strspn(as, allowed)] == '\0'))
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "\"%.60s\" cannot be the code of a template", as);
    return err_hint(err, "Use letters, digits and hyphens, at most %d.", TEMPLATE_CODE_BYTES);
}

/* ---- taking in ---- */

struct taking {
    struct context *context;
    struct template template;
    const char *body;
    struct aspect *aspects; /* new or changed */
    size_t aspect_n, superseded;
    bool changed; /* the file */
    struct template_outcome *outcome;
    struct err *err;
};

static enum err_code note(struct taking *t, const char *text)
{
    struct template_outcome *outcome = t->outcome;

    outcome->notes = arena_grow(t->context->arena, outcome->notes, outcome->note_n,
            sizeof(*outcome->notes));
    if (outcome->notes == NULL || text == NULL)
        return err_memory(t->err);
    outcome->notes[outcome->note_n++] = text;
    return ERR_OK;
}

static enum err_code take_aspect(struct taking *t, const struct aspect *aspect,
        const struct aspect_list *known)
{
    struct arena *arena = t->context->arena;
    const struct aspect *old = NULL;

    for (size_t i = 0; i < known->n; i++) {
        if (text_eq_fold(known->items[i].code, aspect->code))
            old = &known->items[i];
    }
    if (old != NULL && !aspect_same_meaning(old, aspect)) {
        (void)err_set(t->err, ERR_INVALID,
                "the aspect %s is a %s%s%s already: what was entered by it would mean "
                "something "
                "else",
                old->code, aspect_kind_word(old->kind), old->scale[0] == '\0' ? "" : " of ",
                old->scale);
        (void)err_hint(t->err, "Give this one another code.");
        return err_where(t->err, t->template.code, aspect->row, NULL);
    }
    if (old != NULL && aspect_same(old, aspect))
        return ERR_OK;
    t->aspects = arena_grow(arena, t->aspects, t->aspect_n, sizeof(*aspect));
    if (t->aspects == NULL)
        return err_memory(t->err);
    t->aspects[t->aspect_n] = *aspect;
    if (old != NULL) {
        t->superseded++;
        t->aspects[t->aspect_n].code = old->code;
    }
    t->aspect_n++;
    return note(t, arena_printf(arena, "Aspect %s, %s: %s.", aspect->code, aspect->name,
                           old == NULL ? "new" : "changed"));
}

static enum err_code compare(struct taking *t)
{
    struct context *context = t->context;
    struct aspect_list known = { 0 };
    struct named_text_list files = { 0 };
    enum err_code code = store_templates(context->store, context->school.school_id,
            context->arena, &files, t->err);

    t->changed = true;
    for (size_t i = 0; i < files.n && code == ERR_OK; i++) {
        if (!text_eq_fold(files.items[i].name, t->template.code))
            continue;
        t->template.code = files.items[i].name;
        t->changed = !text_eq(files.items[i].body, t->body);
        t->superseded += t->changed;
    }
    if (code == ERR_OK)
        code = store_aspects(context->store, context->school.school_id, context->arena, &known,
                t->err);
    for (size_t i = 0; i < t->template.aspect_n && code == ERR_OK; i++)
        code = take_aspect(t, &t->template.aspects[i], &known);
    return code;
}

static enum err_code write(struct taking *t, const char *file)
{
    struct context *context = t->context;
    size_t n = t->aspect_n + t->changed;
    struct import import = {
        .kind = "template",
        .file = file,
        .added = (int64_t)(n - t->superseded),
        .unchanged = n == 0,
        .superseded = (int64_t)t->superseded,
        .recorded_by = context->who,
        .recorded_at = context->stamp,
    };
    enum err_code code = store_import_begin(context->store, context->school.school_id, &import,
            (int64_t)n, t->err);

    if (code == ERR_OK && t->changed)
        code = store_add_template(context->store, t->template.code, t->body, false, t->err);
    for (size_t i = 0; i < t->aspect_n && code == ERR_OK; i++)
        code = store_add_aspect(context->store, &t->aspects[i], false, t->err);
    if (code == ERR_OK)
        code = store_import_end(context->store, t->err);
    t->outcome->id = import.import_id;
    return code;
}

static enum err_code take(struct taking *t, const char *file)
{
    struct template_outcome *outcome = t->outcome;
    enum err_code code = compare(t);

    if (code == ERR_OK)
        code = write(t, file);
    if (code == ERR_OK)
        code = template_load(t->context, t->template.code, &outcome->held, t->err);
    if (code != ERR_OK)
        return code;
    outcome->changed = t->changed || t->aspect_n > 0;
    outcome->said = arena_printf(t->context->arena,
            "%s (%s): %zu columns%s; %zu of %zu formulas accepted.",
            outcome->held.template.name, outcome->held.template.code,
            outcome->held.template.column_n, outcome->changed ? "" : ", nothing changed",
            outcome->held.accepted_n, outcome->held.asked_n);
    return outcome->said == NULL ? err_memory(t->err) : ERR_OK;
}

static enum err_code need_school(const struct context *context, struct err *err)
{
    if (context->has_school)
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "a template belongs to a school, and none is chosen");
    return err_hint(err, "Name it with --school LAESTAB.");
}

enum err_code template_import(struct context *context, const char *file, const char *bytes,
        size_t n, const char *as, bool preview, struct template_outcome *ret_outcome,
        struct err *err)
{
    struct template_outcome outcome = { .preview = preview };
    struct taking t = { .context = context, .outcome = &outcome, .err = err };
    struct template_trial *trials = NULL;
    size_t trial_n = 0;
    enum err_code code = need_school(context, err);

    if (code == ERR_OK)
        code = template_parse(file, bytes, n, context->arena, &t.template, err);
    if (code == ERR_OK)
        code = check_code(as, err);
    if (code != ERR_OK)
        return code;
    t.body = arena_bytes(context->arena, bytes, n);
    if (t.body == NULL)
        return err_memory(err);
    if (as != NULL) {
        code = rename_body(context, &t.template, as, &t.body, err);
        t.template.code = as;
    }
    if (code == ERR_OK)
        code = template_try(context, &t.template, &trials, &trial_n, err);
    if (code == ERR_OK)
        code = store_begin(context->store, err);
    if (code != ERR_OK)
        return code;
    code = finish(context->store, !preview, take(&t, file), err);
    if (code != ERR_OK)
        return code;
    if (preview)
        outcome.id = 0;
    *ret_outcome = outcome;
    return ERR_OK;
}

enum err_code template_import_file(struct context *context, const char *path, const char *as,
        bool preview, struct template_outcome *ret_outcome, struct err *err)
{
    struct source source = { 0 };
    const char *bytes = "";
    const char *name;
    size_t n = 0;
    enum err_code code = source_open(&source, path, err);

    if (code != ERR_OK)
        return code;
    name = arena_text(context->arena, source.name);
    code = name == NULL
                   ? err_memory(err)
                   : import_read_all(&source, TEMPLATE_BYTES, context->arena, &bytes, &n, err);
    source_close(&source);
    return code == ERR_OK ? template_import(context, name, bytes == NULL ? "" : bytes, n, as,
                                    preview, ret_outcome, err)
                          : code;
}

/* ---- accepting ---- */

static enum err_code check_seen(const struct template_held *held, const char *seen,
        struct err *err)
{
    char now[TEMPLATE_SEEN_SIZE];

    if (seen == NULL || text_eq_fold(seen, template_seen(held, now)))
        return ERR_OK;
    (void)err_set(err, ERR_CONFLICT, "the template %s is not as it was when it was looked at",
            held->template.code);
    return err_hint(err, "Look at its extreme cases again: `attain template check %s`.",
            held->template.code);
}

static enum err_code write_acceptances(struct context *context,
        const struct template_held *held, struct template_outcome *outcome, struct err *err)
{
    int64_t n = (int64_t)(held->asked_n - held->accepted_n);
    struct import import = {
        .kind = "acceptance",
        .file = held->template.code,
        .added = n,
        .unchanged = (int64_t)held->accepted_n,
        .recorded_by = context->who,
        .recorded_at = context->stamp,
    };
    enum err_code code =
            store_import_begin(context->store, context->school.school_id, &import, n, err);

    for (size_t i = 0; i < held->template.column_n && code == ERR_OK; i++) {
        if (held->states[i].asks && !held->states[i].accepted)
            code = store_add_acceptance(context->store, held->template.code,
                    held->template.columns[i].name, held->states[i].hash, err);
    }
    if (code == ERR_OK)
        code = store_import_end(context->store, err);
    outcome->id = import.import_id;
    return code;
}

static enum err_code accept(struct context *context, const char *code, const char *seen,
        struct template_outcome *outcome, struct err *err)
{
    struct template_held held = { 0 };
    struct template_trial *trials = NULL;
    size_t n = 0;
    enum err_code failed = template_load(context, code, &held, err);

    if (failed == ERR_OK)
        failed = check_seen(&held, seen, err);
    if (failed == ERR_OK)
        failed = template_try(context, &held.template, &trials, &n, err);
    outcome->changed = held.accepted_n < held.asked_n;
    if (failed == ERR_OK && outcome->changed)
        failed = write_acceptances(context, &held, outcome, err);
    if (failed == ERR_OK)
        failed = template_load(context, code, &outcome->held, err);
    if (failed != ERR_OK)
        return failed;
    outcome->said =
            outcome->changed
                    ? arena_printf(context->arena,
                              "%zu columns of %s accepted: they may be used.",
                              held.asked_n - held.accepted_n, held.template.name)
                    : arena_printf(context->arena, "Nothing in %s waits to be accepted.",
                              held.template.name);
    return outcome->said == NULL ? err_memory(err) : ERR_OK;
}

enum err_code template_accept(struct context *context, const char *code, const char *seen,
        struct template_outcome *ret_outcome, struct err *err)
{
    struct template_outcome outcome = { 0 };
    enum err_code failed = need_school(context, err);

    if (failed == ERR_OK)
        failed = store_begin(context->store, err);
    if (failed != ERR_OK)
        return failed;
    failed = finish(context->store, true, accept(context, code, seen, &outcome, err), err);
    if (failed == ERR_OK)
        *ret_outcome = outcome;
    return failed;
}

/* ---- taking away, choosing ---- */

static enum err_code withdraw(struct context *context, const char *code, struct err *err)
{
    struct template_held held = { 0 };
    struct import import = {
        .kind = "template",
        .superseded = 1,
        .recorded_by = context->who,
        .recorded_at = context->stamp,
    };
    enum err_code failed = template_load(context, code, &held, err);

    if (failed == ERR_OK && !held.own) {
        (void)err_set(err, ERR_NOT_FOUND, "the template %s comes with the program",
                held.template.code);
        return err_hint(err, "It cannot be taken away; nobody needs to use it.");
    }
    import.file = held.template.code;
    if (failed == ERR_OK)
        failed = store_import_begin(context->store, context->school.school_id, &import, 1, err);
    if (failed == ERR_OK)
        failed = store_add_template(context->store, held.template.code, "", true, err);
    return failed == ERR_OK ? store_import_end(context->store, err) : failed;
}

enum err_code template_withdraw(struct context *context, const char *code, struct err *err)
{
    enum err_code failed = need_school(context, err);

    if (failed == ERR_OK)
        failed = store_begin(context->store, err);
    if (failed != ERR_OK)
        return failed;
    return finish(context->store, true, withdraw(context, code, err), err);
}

static enum err_code choose(struct context *context, int64_t marksheet_id, const char *code,
        struct err *err)
{
    struct template_held held = { .template = { .code = "" } };
    struct marksheet marksheet = { 0 };
    struct import import = {
        .kind = "marksheet-template",
        .added = 1,
        .recorded_by = context->who,
        .recorded_at = context->stamp,
    };
    enum err_code failed = store_marksheet(context->store, context->school.school_id,
            marksheet_id, context->arena, &marksheet, err);

    if (failed == ERR_OK && *code != '\0')
        failed = template_load(context, code, &held, err);
    if (failed != ERR_OK || text_eq(marksheet.template, held.template.code))
        return failed;
    import.file = held.template.code;
    failed = store_import_begin(context->store, context->school.school_id, &import, 1, err);
    if (failed == ERR_OK)
        failed = store_add_marksheet_template(context->store, marksheet_id, held.template.code,
                err);
    return failed == ERR_OK ? store_import_end(context->store, err) : failed;
}

enum err_code marksheet_choose(struct context *context, int64_t marksheet_id, const char *code,
        struct err *err)
{
    enum err_code failed = need_school(context, err);

    if (failed == ERR_OK)
        failed = store_begin(context->store, err);
    if (failed != ERR_OK)
        return failed;
    return finish(context->store, true, choose(context, marksheet_id, code, err), err);
}
