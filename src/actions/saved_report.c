#include "actions/saved_report.h"

#include <stdlib.h>
#include <string.h>

#include "actions/report.h"
#include "base/buf.h"
#include "base/text.h"

/* ---- who sees it ---- */

static bool holds_role(const struct gate *gate, const char *role)
{
    int wanted = role_find(role);

    for (size_t i = 0; i < gate->person.grant_n; i++) {
        if ((int)gate->person.grants[i].role == wanted)
            return true;
    }
    return false;
}

static bool is_own(const struct gate *gate, const struct saved_report *saved)
{
    return saved->account_id == (gate == NULL ? 0 : gate->person.account_id);
}

static bool may_see(const struct gate *gate, const struct saved_report *saved)
{
    if (gate == NULL || is_own(gate, saved) || text_eq(saved->shared, "school"))
        return true;
    return !text_empty(saved->shared) && holds_role(gate, saved->shared);
}

bool saved_report_may_remove(const struct gate *gate, const struct saved_report *saved)
{
    return gate == NULL || is_own(gate, saved) ||
           gate_may(gate, ACTION_SETTINGS, FIELD_NONE, NULL).yes;
}

const char *saved_report_shared_words(const struct saved_report *saved)
{
    int role = role_find(saved->shared);

    if (text_empty(saved->shared))
        return "nobody else";
    if (text_eq(saved->shared, "school"))
        return "the school";
    return role < 0 ? saved->shared : role_title((enum role)role);
}

/* ---- the list ---- */

static int by_name(const void *a, const void *b)
{
    const struct saved_report *x = a;
    const struct saved_report *y = b;
    int order = strcmp(x->name, y->name);

    return order != 0 ? order : (x->saved_no > y->saved_no) - (x->saved_no < y->saved_no);
}

enum err_code saved_report_list(struct context *context, const struct gate *gate,
        struct saved_report_list *ret_list, struct err *err)
{
    struct saved_report_list list = { 0 };
    size_t kept = 0;
    enum err_code code = store_saved_reports(context->store, context->school.school_id,
            context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        if (may_see(gate, &list.items[i]))
            list.items[kept++] = list.items[i];
    }
    list.n = kept;
    if (kept > 0)
        qsort(list.items, kept, sizeof(*list.items), by_name);
    *ret_list = list;
    return ERR_OK;
}

enum err_code saved_report_find(struct context *context, const struct gate *gate,
        const char *name, int64_t no, struct saved_report *ret_saved, struct err *err)
{
    struct saved_report_list list = { 0 };
    const struct saved_report *found = NULL;
    enum err_code code = saved_report_list(context, gate, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct saved_report *saved = &list.items[i];

        if (name == NULL ? saved->saved_no != no : !text_eq_fold(saved->name, name))
            continue;
        if (found == NULL || is_own(gate, saved))
            found = saved;
    }
    if (code != ERR_OK)
        return code;
    if (found == NULL) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no saved report %s",
                name == NULL ? "of that number" : name);
        return err_hint(err, "The list of saved reports shows those that you may run.");
    }
    *ret_saved = *found;
    return ERR_OK;
}

/* ---- filters ---- */

bool saved_report_next(const char **at, struct arena *arena, struct saved_filter *ret_filter)
{
    size_t n = strcspn(*at, "\n");
    const char *equals = memchr(*at, '=', n);
    size_t name_n = equals == NULL ? 0 : (size_t)(equals - *at);

    if (equals == NULL)
        return false;
    ret_filter->name = arena_bytes(arena, *at, name_n);
    ret_filter->value = arena_bytes(arena, equals + 1, n - name_n - 1);
    *at += n + ((*at)[n] == '\n');
    return ret_filter->name != NULL && ret_filter->value != NULL;
}

enum err_code saved_report_filters(const struct saved_report *saved, struct arena *arena,
        struct filters *filters, struct err *err)
{
    const char *at = saved->filters;
    struct saved_filter filter;
    enum err_code code = ERR_OK;

    while (code == ERR_OK && saved_report_next(&at, arena, &filter)) {
        bool known = false;

        code = filters_set(filters, filter.name, filter.value, &known, err);
        if (code == ERR_OK && !known) {
            (void)err_set(err, ERR_INVALID, "the saved report %s has a filter \"%s\"",
                    saved->name, filter.name);
            code = err_hint(err, "There is no such filter; save the report again.");
        }
    }
    return code;
}

/* The filters as text; each is tried first. */
static enum err_code write_filters(struct context *context, const struct saved_filter *filters,
        size_t n, const char **ret_text, struct err *err)
{
    struct buf buf = buf_make(context->arena, 16000);
    struct filters tried = { 0 };
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        bool known = false;

        if (text_empty(filters[i].value))
            continue;
        code = filters_set(&tried, filters[i].name, filters[i].value, &known, err);
        if (code == ERR_OK && (!known || strchr(filters[i].value, '\n') != NULL)) {
            (void)err_set(err, ERR_INVALID, "\"%s\" is no filter that can be kept",
                    filters[i].name);
            code = err_hint(err, "Keep filters of one line each; `attain help report` lists "
                                 "them.");
        }
        buf_printf(&buf, "%s=%s\n", filters[i].name, filters[i].value);
    }
    return code == ERR_OK ? buf_end(&buf, ret_text, NULL, err) : code;
}

/* ---- saving ---- */

static enum err_code check_name(const char *name, struct err *err)
{
    size_t n = 0;

    for (const char *at = name == NULL ? "" : name; text_next(&at) != 0;)
        n++;
    if (n == 0 || n > SAVED_NAME_MAX || strpbrk(name, "\r\n\t") != NULL) {
        (void)err_set(err, ERR_INVALID, "a saved report needs a name of 1 to %d characters",
                SAVED_NAME_MAX);
        return err_hint(err, "Call it by what it shows: \"Year 5 mathematics by needs\".");
    }
    return ERR_OK;
}

static enum err_code check_shared(const char *shared, struct err *err)
{
    int role = role_find(shared);

    if (text_empty(shared) || text_eq(shared, "school"))
        return ERR_OK;
    if (role >= 0 && role_staff((enum role)role))
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "\"%s\" is nobody a report can be shared with", shared);
    return err_hint(err, "Share it with school or a role of staff: head_of_year, teacher ...");
}

/* The number of the person's own report of this name, 0 when there is none. */
static enum err_code find_own(struct context *context, const struct gate *gate,
        const char *name, int64_t *ret_no, struct err *err)
{
    struct saved_report_list list = { 0 };
    enum err_code code = store_saved_reports(context->store, context->school.school_id,
            context->arena, &list, err);

    *ret_no = 0;
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (is_own(gate, &list.items[i]) && text_eq_fold(list.items[i].name, name))
            *ret_no = list.items[i].saved_no;
    }
    return code;
}

static enum err_code write_row(struct context *context, const struct gate *gate,
        const struct saved_report *row, int64_t *ret_no, struct err *err)
{
    struct saved_report own = *row;

    own.account_id = gate == NULL ? own.account_id : gate->person.account_id;
    own.recorded_by = gate == NULL ? context->who : gate->person.username;
    own.recorded_at = context->stamp;
    return store_saved_report_add(context->store, context->school.school_id, &own, ret_no, err);
}

static enum err_code finish(struct store *store, enum err_code code, struct err *err)
{
    if (code == ERR_OK)
        code = store_commit(store, err);
    if (code != ERR_OK)
        store_rollback(store);
    return code;
}

enum err_code saved_report_save(struct context *context, const struct gate *gate,
        const struct saved_report *what, const struct saved_filter *filters, size_t filter_n,
        int64_t *ret_no, struct err *err)
{
    struct saved_report row = *what;
    enum err_code code = check_name(what->name, err);

    row.shared = what->shared == NULL ? "" : what->shared;
    row.withdrawn = false;
    row.account_id = 0;
    if (code == ERR_OK && report_find(what->report) == NULL) {
        (void)err_set(err, ERR_INVALID, "there is no report called %s", what->report);
        code = err_hint(err, "`attain report` lists them.");
    }
    if (code == ERR_OK)
        code = check_shared(row.shared, err);
    if (code == ERR_OK)
        code = write_filters(context, filters, filter_n, &row.filters, err);
    if (code != ERR_OK)
        return code;
    code = store_begin(context->store, err);
    if (code != ERR_OK)
        return code;
    code = find_own(context, gate, row.name, &row.saved_no, err);
    if (code == ERR_OK)
        code = write_row(context, gate, &row, ret_no, err);
    return finish(context->store, code, err);
}

enum err_code saved_report_remove(struct context *context, const struct gate *gate, int64_t no,
        struct err *err)
{
    struct saved_report saved = { 0 };
    enum err_code code = store_begin(context->store, err);

    if (code != ERR_OK)
        return code;
    code = saved_report_find(context, gate, NULL, no, &saved, err);
    if (code == ERR_OK && !saved_report_may_remove(gate, &saved)) {
        (void)err_set(err, ERR_FORBIDDEN, "only whose report it is may remove it");
        code = err_hint(err, "Whoever changes the school's settings may, too.");
    }
    saved.withdrawn = true;
    saved.recorded_by = gate == NULL ? context->who : gate->person.username;
    saved.recorded_at = context->stamp;
    if (code == ERR_OK)
        code = store_saved_report_add(context->store, context->school.school_id, &saved, &no,
                err);
    return finish(context->store, code, err);
}
