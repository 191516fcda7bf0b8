#include "actions/review_progress.h"

#include "actions/report.h"
#include "base/text.h"
#include "store/people.h"

enum {
    C_GROUP,
    C_SUBJECT,
    C_MISSING,
    C_ENTERED,
    C_OF
};

struct teacher_count {
    const char *name;
    int64_t missing, entered, of;
};

struct teachers {
    struct context *context;
    struct grant_row_list grants;
    struct account_list accounts;
    struct teacher_count *counts;
    size_t count_n;
};

static const char *name_of(const struct teachers *t, int64_t account_id)
{
    for (size_t i = 0; i < t->accounts.n; i++) {
        if (t->accounts.items[i].account_id == account_id)
            return t->accounts.items[i].name;
    }
    return "somebody unknown";
}

static enum err_code count_for(struct teachers *t, const char *name, const struct row *row,
        struct err *err)
{
    struct teacher_count *count = NULL;

    for (size_t i = 0; i < t->count_n; i++) {
        if (text_eq(t->counts[i].name, name))
            count = &t->counts[i];
    }
    if (count == NULL) {
        struct teacher_count *items =
                arena_grow(t->context->arena, t->counts, t->count_n, sizeof(*items));

        if (items == NULL)
            return err_memory(err);
        t->counts = items;
        count = &items[t->count_n++];
        *count = (struct teacher_count){ .name = name };
    }
    count->missing += row->cells[C_MISSING].number;
    count->entered += row->cells[C_ENTERED].number;
    count->of += row->cells[C_OF].number;
    return ERR_OK;
}

static bool teaches(const struct grant *grant, const struct row *row, struct date today)
{
    return grant->role == ROLE_TEACHER && grant_in_force(grant, today) &&
           (grant->kind == GRANT_GROUP || grant->kind == GRANT_REGISTRATION) &&
           text_eq(grant->value, row->cells[C_GROUP].text) &&
           (text_empty(grant->subject) || text_eq(grant->subject, row->cells[C_SUBJECT].text));
}

static enum err_code count_class(struct teachers *t, const struct row *row, struct err *err)
{
    bool found = false;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < t->grants.n && code == ERR_OK; i++) {
        const struct grant_row *given = &t->grants.items[i];

        if (!teaches(&given->grant, row, t->context->today))
            continue;
        found = true;
        code = count_for(t, name_of(t, given->account_id), row, err);
    }
    return code == ERR_OK && !found ? count_for(t, "nobody", row, err) : code;
}

static struct table *find_table(const struct report *report, const char *name)
{
    struct table *table = report->tables;

    while (table != NULL && !text_eq(table->name, name))
        table = table->next;
    return table;
}

static void add_table(struct report *report, const struct teachers *t)
{
    static const struct column columns[] = {
        { .key = "teacher", .label = "Teacher", .type = COLUMN_TEXT },
        { .key = "missing", .label = "Missing", .type = COLUMN_INTEGER },
        { .key = "entered", .label = "Entered", .type = COLUMN_INTEGER },
        { .key = "of", .label = "Of", .type = COLUMN_INTEGER },
        { .key = "percent", .label = "Share", .type = COLUMN_PERCENT, .unit = "%" },
    };
    struct table *table =
            report_table(report, "teachers", "By teacher", columns, COUNT(columns));

    for (size_t i = 0; i < t->count_n; i++) {
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, t->counts[i].name);
        cell_number(row, 1, t->counts[i].missing);
        cell_number(row, 2, t->counts[i].entered);
        cell_number(row, 3, t->counts[i].of);
        if (t->counts[i].of > 0)
            cell_number(row, 4, report_percent(t->counts[i].entered, t->counts[i].of));
    }
    if (t->count_n == 0)
        table->empty = "No class is asked for anything.";
}

enum err_code review_progress(struct context *context, const char *review,
        struct report **ret_report, struct err *err)
{
    struct filters filters = { .review = review };
    struct teachers teachers = { .context = context };
    struct report *report = NULL;
    const struct table *classes;
    enum err_code code = report_run(context, report_find("missing"), &filters, &report, err);

    if (code == ERR_OK)
        code = store_grants(context->store, context->school.school_id, context->arena,
                &teachers.grants, err);
    if (code == ERR_OK)
        code = store_accounts(context->store, context->arena, &teachers.accounts, err);
    if (code != ERR_OK)
        return code;
    classes = find_table(report, "classes");
    for (size_t i = 0; classes != NULL && i < classes->row_n && code == ERR_OK; i++)
        code = count_class(&teachers, &classes->rows[i], err);
    if (code == ERR_OK) {
        add_table(report, &teachers);
        code = report_end(report, err);
    }
    if (code == ERR_OK)
        *ret_report = report;
    return code;
}
