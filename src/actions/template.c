#include "actions/template.h"

#include <string.h>

#include "base/text.h"
#include "generated/templates_embedded.h"

/* ---- what a column is made from ---- */

static bool text_has(const char *text, const char *part)
{
    size_t n = strlen(part);

    for (; *text != '\0'; text++) {
        size_t i = 0;

        while (i < n && (text[i] | 0x20) == (part[i] | 0x20))
            i++;
        if (i == n)
            return true;
    }
    return false;
}

static bool formulas_have(const struct template_column *column, const char *part)
{
    if (text_has(column->formula, part))
        return true;
    for (size_t i = 0; i < column->colour_n; i++) {
        if (text_has(column->colours[i].formula, part))
            return true;
    }
    return false;
}

static void digest_tables(struct digest *digest, const struct template *template)
{
    for (size_t t = 0; t < template->table_n; t++) {
        const struct template_table *table = &template->tables[t];

        digest_text(digest, table->name);
        digest_text(digest, table->otherwise);
        for (size_t i = 0; i < table->n; i++) {
            digest_text(digest, table->keys[i]);
            digest_text(digest, table->values[i]);
        }
    }
}

static void digest_aspect(struct digest *digest, const struct aspect *aspect)
{
    digest_text(digest, aspect->code);
    digest_int(digest, aspect->kind);
    digest_text(digest, aspect->scale);
    digest_text(digest, aspect->subject);
    digest_int(digest, aspect->lowest);
    digest_int(digest, aspect->highest);
}

/* Everything that can change what the column says; the columns before have their hash. */
static void hash_column(const struct template *template, const struct template_state *states,
        size_t i, char hash[DIGEST_HEX_SIZE])
{
    const struct template_column *column = &template->columns[i];
    struct digest digest;

    digest_start(&digest);
    digest_text(&digest, template->stages);
    digest_text(&digest, template->subject);
    digest_text(&digest, column->name);
    digest_int(&digest, column->kind);
    digest_text(&digest, column->formula);
    digest_text(&digest, column->type);
    digest_text(&digest, column->scale);
    digest_int(&digest, column->has_range);
    digest_int(&digest, column->lowest);
    digest_int(&digest, column->highest);
    if (column->aspect >= 0)
        digest_aspect(&digest, &template->aspects[column->aspect]);
    for (size_t c = 0; c < column->colour_n; c++) {
        digest_text(&digest, column->colours[c].flag);
        digest_text(&digest, column->colours[c].word);
        digest_text(&digest, column->colours[c].formula);
    }
    if (formulas_have(column, "LOOKUP"))
        digest_tables(&digest, template);
    for (size_t k = 0; k < i; k++) {
        if (formulas_have(column, template->columns[k].name))
            digest_text(&digest, states[k].hash);
    }
    (void)digest_hex(&digest, hash);
}

static void set_state(struct template_held *held, size_t i, const struct acceptance_list *list)
{
    const struct template_column *column = &held->template.columns[i];
    struct template_state *state = &held->states[i];

    hash_column(&held->template, held->states, i, state->hash);
    state->asks = column->kind == TEMPLATE_CALCULATED || column->colour_n > 0;
    for (size_t k = 0; k < list->n; k++) {
        if (!text_eq_fold(list->items[k].label, column->name))
            continue;
        state->who = list->items[k].recorded_by;
        state->when = list->items[k].recorded_at;
        state->accepted = text_eq(list->items[k].hash, state->hash);
    }
    held->asked_n += state->asks;
    held->accepted_n += state->asks && state->accepted;
}

static enum err_code hold(struct context *context, const char *code, struct template_held *held,
        struct err *err)
{
    struct acceptance_list list = { 0 };
    enum err_code failed = template_parse(code, held->body, strlen(held->body), context->arena,
            &held->template, err);

    if (failed == ERR_OK)
        failed = store_acceptances(context->store, context->school.school_id, code,
                context->arena, &list, err);
    if (failed != ERR_OK)
        return failed;
    held->template.code = code;
    held->states =
            arena_array(context->arena, held->template.column_n + 1, sizeof(*held->states));
    if (held->states == NULL)
        return err_memory(err);
    for (size_t i = 0; i < held->template.column_n; i++)
        set_state(held, i, &list);
    return ERR_OK;
}

/* ---- finding ---- */

/* "templates/ks1-ks2.template" to its code; false for another file. */
static bool embedded_code(const char *path, char code[TEMPLATE_CODE_BYTES + 1])
{
    static const char folder[] = "templates/", ending[] = ".template";
    size_t n = strlen(path);
    size_t around = sizeof(folder) - 1 + sizeof(ending) - 1;

    if (!text_starts(path, folder) || n <= around || n - around > TEMPLATE_CODE_BYTES ||
            !text_eq(path + n - (sizeof(ending) - 1), ending))
        return false;
    memcpy(code, path + sizeof(folder) - 1, n - around);
    code[n - around] = '\0';
    return true;
}

static const struct embedded *find_embedded(const char *code,
        char name[TEMPLATE_CODE_BYTES + 1])
{
    for (size_t i = 0; i < templates_embedded_n; i++) {
        if (embedded_code(templates_embedded[i].path, name) && text_eq_fold(name, code))
            return &templates_embedded[i];
    }
    return NULL;
}

static enum err_code no_template(const char *code, struct err *err)
{
    (void)err_set(err, ERR_NOT_FOUND, "there is no template called %.60s", code);
    return err_hint(err, "List them with `attain template list`.");
}

enum err_code template_load(struct context *context, const char *code,
        struct template_held *ret_held, struct err *err)
{
    struct named_text_list list = { 0 };
    struct template_held held = { 0 };
    char name[TEMPLATE_CODE_BYTES + 1] = "";
    const struct embedded *embedded = find_embedded(code, name);
    const char *file = NULL;
    enum err_code failed = store_templates(context->store, context->school.school_id,
            context->arena, &list, err);

    if (failed != ERR_OK)
        return failed;
    for (size_t i = 0; i < list.n; i++) {
        if (!text_eq_fold(list.items[i].name, code))
            continue;
        held.body = list.items[i].body;
        held.own = true;
        file = list.items[i].name;
    }
    if (held.body == NULL && embedded != NULL) {
        held.body = (const char *)embedded->bytes;
        file = arena_text(context->arena, name);
        if (file == NULL)
            return err_memory(err);
    }
    if (held.body == NULL)
        return no_template(code, err);
    failed = hold(context, file, &held, err);
    if (failed == ERR_OK)
        *ret_held = held;
    return failed;
}

/* ---- the list ---- */

static bool listed_already(const struct template_listed *items, size_t n, const char *code)
{
    for (size_t i = 0; i < n; i++) {
        if (text_eq_fold(items[i].code, code))
            return true;
    }
    return false;
}

static enum err_code list_one(struct context *context, const char *code, bool own,
        struct template_listed *listed, struct err *err)
{
    struct template_held held = { 0 };
    enum err_code failed = template_load(context, code, &held, err);

    *listed = (struct template_listed){ .code = code, .name = "", .about = "", .own = own };
    if (failed == ERR_INVALID) {
        listed->problem = arena_printf(context->arena, "Line %ld: %s.", err->row, err->message);
        *err = (struct err){ 0 };
        return listed->problem == NULL ? err_memory(err) : ERR_OK;
    }
    listed->name = held.template.name;
    listed->about = held.template.about;
    listed->column_n = held.template.column_n;
    listed->asked_n = held.asked_n;
    listed->accepted_n = held.accepted_n;
    return failed;
}

enum err_code template_list(struct context *context, struct template_listed **ret_items,
        size_t *ret_n, struct err *err)
{
    struct named_text_list own = { 0 };
    struct template_listed *items;
    size_t n = 0;
    enum err_code code = store_templates(context->store, context->school.school_id,
            context->arena, &own, err);

    if (code != ERR_OK)
        return code;
    items = arena_array(context->arena, own.n + templates_embedded_n + 1, sizeof(*items));
    if (items == NULL)
        return err_memory(err);
    for (size_t i = 0; i < own.n && code == ERR_OK; i++)
        code = list_one(context, own.items[i].name, true, &items[n++], err);
    for (size_t i = 0; i < templates_embedded_n && code == ERR_OK; i++) {
        char name[TEMPLATE_CODE_BYTES + 1];
        const char *copy;

        if (!embedded_code(templates_embedded[i].path, name) || listed_already(items, n, name))
            continue;
        copy = arena_text(context->arena, name);
        if (copy == NULL)
            return err_memory(err);
        code = list_one(context, copy, false, &items[n++], err);
    }
    if (code != ERR_OK)
        return code;
    *ret_items = items;
    *ret_n = n;
    return ERR_OK;
}

const char *template_seen(const struct template_held *held, char buffer[TEMPLATE_SEEN_SIZE])
{
    struct digest digest;
    char hash[DIGEST_HEX_SIZE];

    digest_start(&digest);
    for (size_t i = 0; i < held->template.column_n; i++)
        digest_text(&digest, held->states[i].hash);
    (void)digest_hex(&digest, hash);
    memcpy(buffer, hash, TEMPLATE_SEEN_SIZE - 1);
    buffer[TEMPLATE_SEEN_SIZE - 1] = '\0';
    return buffer;
}
