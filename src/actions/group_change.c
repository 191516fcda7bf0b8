/* The one writer of groups: rows gathered, then one import in one transaction. */

#include <string.h>

#include "actions/gate.h"
#include "actions/group_in.h"
#include "base/text.h"

enum {
    NEAR_EDITS = 5
};

static enum err_code unknown_group(const struct pupil_group_list *list, const char *name,
        struct err *err)
{
    const char *near = NULL;
    size_t least = NEAR_EDITS;

    (void)err_set(err, ERR_NOT_FOUND, "there is no group called %.80s", name);
    for (size_t i = 0; i < list->n; i++) {
        size_t distance = text_distance(list->items[i].name, name, NEAR_EDITS);

        if (distance < least) {
            least = distance;
            near = list->items[i].name;
        }
    }
    if (near != NULL)
        return err_hint(err, "There is \"%.80s\".", near);
    return err_hint(err, "List them with `attain group list`.");
}

static enum err_code all_groups(struct context *context, struct pupil_group_list *ret_list,
        struct err *err)
{
    return store_groups(context->store, context->school.school_id, context->arena, ret_list,
            err);
}

/* Of several with one name the school's own is meant. */
enum err_code group_find(struct context *context, const char *name,
        struct pupil_group *ret_group, struct err *err)
{
    struct pupil_group_list list = { 0 };
    const struct pupil_group *found = NULL;
    enum err_code code = all_groups(context, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        bool own = text_eq(list.items[i].type, "user") || text_eq(list.items[i].type, "rule");

        if (text_eq_fold(list.items[i].name, name) && (found == NULL || own))
            found = &list.items[i];
    }
    if (found == NULL)
        return unknown_group(&list, name == NULL ? "" : name, err);
    *ret_group = *found;
    return ERR_OK;
}

enum err_code group_by_id(struct context *context, int64_t group_id,
        struct pupil_group *ret_group, struct err *err)
{
    struct pupil_group_list list = { 0 };
    enum err_code code = all_groups(context, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (list.items[i].group_id == group_id) {
            *ret_group = list.items[i];
            return ERR_OK;
        }
    }
    if (code != ERR_OK)
        return code;
    (void)err_set(err, ERR_NOT_FOUND, "there is no such group here");
    return err_hint(err, "Choose one on the page Groups.");
}

struct date group_day(const struct context *context, struct date day)
{
    return date_is_set(day) ? day : context->today;
}

static const char *type_phrase(const char *type)
{
    static const char *const words[][2] = {
        { "registration", "a registration group" },
        { "year", "a year group" },
        { "house", "a house" },
        { "teaching", "a teaching group" },
        { "user", "a group whose pupils are put in by hand" },
        { "rule", "a group by rule" },
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (text_eq(words[i][0], type))
            return words[i][1];
    }
    return type;
}

enum err_code group_want_type(const struct pupil_group *group, const char *type,
        struct err *err)
{
    if (text_eq(group->type, type))
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "%.80s is %s", group->name, type_phrase(group->type));
    if (text_eq(group->type, "rule"))
        return err_hint(err, "Its pupils follow from its formula: change that instead.");
    if (text_eq(group->type, "user"))
        return err_hint(err, "Make another group for a rule.");
    return err_hint(err, "It comes with the school's files: import groups.csv.");
}

static size_t count_characters(const char *text)
{
    size_t n = 0;

    while (text_next(&text) != 0)
        n++;
    return n;
}

static bool has_control(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return true;
    }
    return false;
}

enum err_code group_words(struct context *context, const char *typed, const char *what,
        size_t most, bool may_miss, const char **ret_text, struct err *err)
{
    char *text = arena_text(context->arena, typed == NULL ? "" : typed);
    size_t n;

    if (text == NULL)
        return err_memory(err);
    text = text_trim(text);
    if (text_utf8_valid(text, strlen(text)) != strlen(text) || has_control(text)) {
        (void)err_set(err, ERR_INVALID, "%s has a character that cannot be kept", what);
        return err_hint(err, "Type it again instead of pasting it.");
    }
    n = count_characters(text);
    if (n == 0 && !may_miss) {
        (void)err_set(err, ERR_INVALID, "%s is missing", what);
        return err_hint(err, "Write at least a word.");
    }
    if (n > most) {
        (void)err_set(err, ERR_INVALID, "%s has %zu characters and may have %zu", what, n,
                most);
        return err_hint(err, "Shorten it.");
    }
    *ret_text = text;
    return ERR_OK;
}

/* ---- writing ---- */

bool group_may_change(const struct context *context)
{
    return context->gate == NULL ||
           gate_may(context->gate, ACTION_ENTER, FIELD_IDENTITY, NULL).yes;
}

enum err_code group_open(struct context *context, struct err *err)
{
    enum err_code code = store_begin(context->store, err);

    if (code != ERR_OK || group_may_change(context))
        return code;
    store_rollback(context->store);
    (void)err_set(err, ERR_FORBIDDEN, "groups are not yours to change");
    return err_hint(err, "The data manager, the head and senior leaders can.");
}

enum err_code group_begin(struct group_change *change, struct context *context,
        const char *name, struct err *err)
{
    *change = (struct group_change){ .context = context };
    return group_find(context, name, &change->group, err);
}

enum err_code group_add_member(struct group_change *change, const struct membership *row,
        struct err *err)
{
    change->members = arena_grow(change->context->arena, change->members, change->member_n,
            sizeof(*change->members));
    if (change->members == NULL)
        return err_memory(err);
    change->members[change->member_n++] = *row;
    return ERR_OK;
}

enum err_code group_add_rule(struct group_change *change, const struct group_rule *row,
        struct err *err)
{
    change->rules = arena_grow(change->context->arena, change->rules, change->rule_n,
            sizeof(*change->rules));
    if (change->rules == NULL)
        return err_memory(err);
    change->rules[change->rule_n++] = *row;
    return ERR_OK;
}

enum err_code group_add_intervention(struct group_change *change,
        const struct intervention *row, struct err *err)
{
    change->interventions = arena_grow(change->context->arena, change->interventions,
            change->intervention_n, sizeof(*change->interventions));
    if (change->interventions == NULL)
        return err_memory(err);
    change->interventions[change->intervention_n++] = *row;
    return ERR_OK;
}

static enum err_code make_group(struct group_change *change, struct err *err)
{
    struct context *context = change->context;
    int64_t school_id = context->school.school_id;
    enum err_code code =
            store_take_numbers(context->store, school_id, 1, &change->group.group_id, err);

    return code == ERR_OK ? store_group_add(context->store, school_id, &change->group, err)
                          : code;
}

static enum err_code write_rows(struct group_change *change, struct err *err)
{
    struct store *store = change->context->store;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < change->member_n && code == ERR_OK; i++) {
        change->members[i].group_id = change->group.group_id;
        code = store_add_membership(store, &change->members[i], err);
    }
    for (size_t i = 0; i < change->rule_n && code == ERR_OK; i++) {
        change->rules[i].group_id = change->group.group_id;
        code = store_add_group_rule(store, &change->rules[i], err);
    }
    for (size_t i = 0; i < change->intervention_n && code == ERR_OK; i++) {
        change->interventions[i].group_id = change->group.group_id;
        code = store_add_intervention(store, &change->interventions[i], err);
    }
    return code;
}

static enum err_code write_change(struct group_change *change, int64_t *ret_import_id,
        struct err *err)
{
    struct context *context = change->context;
    int64_t n = (int64_t)(change->member_n + change->rule_n + change->intervention_n);
    struct import import = { .kind = "group",
        .file = change->what,
        .added = n + change->make,
        .unchanged = change->unchanged,
        .recorded_by = context->who,
        .recorded_at = context->stamp };
    enum err_code code = change->make ? make_group(change, err) : ERR_OK;

    if (code == ERR_OK)
        code = store_import_begin(context->store, context->school.school_id, &import, n, err);
    if (code == ERR_OK)
        code = write_rows(change, err);
    if (code == ERR_OK)
        code = store_import_end(context->store, err);
    if (code == ERR_OK)
        *ret_import_id = import.import_id;
    return code;
}

enum err_code group_close(struct group_change *change, enum err_code code,
        struct group_outcome *ret_outcome, struct err *err)
{
    struct store *store = change->context->store;
    struct group_outcome outcome = { .said = "Nothing was to be changed." };
    bool any = change->make || change->member_n + change->rule_n + change->intervention_n != 0;

    if (code == ERR_OK && any && change->what == NULL)
        code = err_memory(err);
    if (code == ERR_OK && any) {
        outcome.said = change->what;
        code = write_change(change, &outcome.import_id, err);
    }
    if (code == ERR_OK)
        code = store_commit(store, err);
    if (code != ERR_OK) {
        store_rollback(store);
        return code;
    }
    outcome.group_id = change->group.group_id;
    *ret_outcome = outcome;
    return ERR_OK;
}
