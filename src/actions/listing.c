#include "actions/listing_in.h"

#include <stdlib.h>
#include <string.h>

#include "actions/group.h"
#include "base/buf.h"
#include "base/text.h"

struct report *listing_begin(const struct context *context, const char *name, const char *title)
{
    struct report *report = report_make(context->arena, name);

    report->school = context->school.name;
    report->title = title;
    report->as_at = context->today;
    return report;
}

enum err_code listing_end(struct report *report, struct report **ret_report, struct err *err)
{
    enum err_code code = report_end(report, err);

    if (code == ERR_OK)
        *ret_report = report;
    return code;
}

/* ---- groups ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The groups of the kept pupils, a name for each membership, sorted. */
static const char **memberships(struct context *context, const struct cohort *cohort,
        const bool *keep, size_t *ret_n)
{
    size_t total = 0;
    size_t n = 0;
    const char **names;

    for (size_t p = 0; p < cohort->pupil_n; p++)
        total += cohort->pupils[p].group_n;
    names = arena_array(context->arena, total + 1, sizeof(*names));
    for (size_t p = 0; p < cohort->pupil_n && names != NULL; p++) {
        for (size_t g = 0; (keep == NULL || keep[p]) && g < cohort->pupils[p].group_n; g++)
            names[n++] = cohort->pupils[p].groups[g];
    }
    if (names != NULL)
        qsort(names, n, sizeof(*names), by_text);
    *ret_n = n;
    return names;
}

static int64_t count_of(const char *const *names, size_t n, const char *name)
{
    size_t low = 0;
    size_t high = n;
    int64_t count = 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(names[middle], name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < n && text_eq(names[low++], name))
        count++;
    return count;
}

static const char *type_word(const char *type)
{
    static const char *const words[][2] = {
        { "registration", "Registration group" },
        { "year", "Year group" },
        { "house", "House" },
        { "teaching", "Teaching group" },
        { "user", "Group of the school's own" },
        { "rule", "Group by rule" },
    };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (text_eq(words[i][0], type))
            return words[i][1];
    }
    return type;
}

const char *listing_link(struct report *report, const char *address, const char *value)
{
    struct buf buf = buf_make(report->arena, 600);
    const char *text = NULL;
    struct err err;

    buf_add(&buf, address);
    for (; *value != '\0'; value++) {
        unsigned char c = (unsigned char)*value;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';

        if (plain)
            buf_add_char(&buf, (char)c);
        else
            buf_printf(&buf, "%%%02X", c);
    }
    if (buf_end(&buf, &text, NULL, &err) != ERR_OK)
        report->failed = true;
    return text;
}

enum err_code listing_groups(struct context *context, const struct loaded *loaded,
        const bool *keep, struct report **ret_report, struct err *err)
{
    static const struct column columns[] = {
        { .key = "group", .label = "Group", .type = COLUMN_TEXT },
        { .key = "type", .label = "Kind", .type = COLUMN_TEXT },
        { .key = "subject", .label = "Subject", .type = COLUMN_GRADE },
        { .key = "pupils", .label = "Pupils", .type = COLUMN_INTEGER },
    };
    struct report *report = listing_begin(context, "groups", "Groups");
    struct table *table =
            report_table(report, "groups", "Groups with pupils today", columns, COUNT(columns));
    struct pupil_group_list list = { 0 };
    size_t n = 0;
    const char **names = memberships(context, &loaded->cohort, keep, &n);
    enum err_code code =
            store_groups(context->store, context->school.school_id, context->arena, &list, err);

    if (code == ERR_OK && names == NULL)
        code = err_memory(err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct pupil_group *group = &list.items[i];
        int64_t count = count_of(names, n, group->name);
        struct row *row;
        bool own;

        own = text_eq(group->type, "user") || text_eq(group->type, "rule");
        if (count == 0 && (!own || keep != NULL || !group_may_change(context)))
            continue;
        row = table_row(report, table);
        cell_text(report, row, 0, group->name);
        cell_text(report, row, 1, type_word(group->type));
        cell_text(report, row, 2, group->subject);
        cell_number(row, 3, count * 1000);
        row->link = own ? report_text(report, "/groups/%lld", (long long)group->group_id)
                        : listing_link(report, "/reports/progress?group=", group->name);
    }
    if (code != ERR_OK)
        return code;
    if (table->row_n == 0)
        table->empty = "No group has pupils today. Groups come with groups.csv.";
    report->says = report_text(report, "%zu groups have pupils today.", table->row_n);
    report_note(report,
            "How to read this: choose a group to see its progress, or one of the school's "
            "own to see who is in it. A group holds "
            "the pupils who belong to it today; who belonged to it when stays on "
            "record.");
    return listing_end(report, ret_report, err);
}

/* ---- pupils ---- */

/* "SEN", "PP", "EAL" ... of those the school has on record. */
static const char *needs_text(struct report *report, const struct cohort_pupil *pupil)
{
    bool sen = !text_empty(pupil->sen) && !text_eq(pupil->sen, "N");

    return report_text(report, "%s%s%s", sen ? "SEN" : "",
            sen && text_starts(pupil->pupil_premium == NULL ? "" : pupil->pupil_premium, "Y")
                    ? ", "
                    : "",
            text_starts(pupil->pupil_premium == NULL ? "" : pupil->pupil_premium, "Y") ? "PP"
                                                                                       : "");
}

static void put_pupil(struct report *report, struct table *table,
        const struct cohort_pupil *pupil, bool upns, bool needs)
{
    struct row *row = table_row(report, table);

    if (upns)
        cell_text(report, row, 0, pupil->upn);
    cell_text(report, row, 1, pupil->surname);
    cell_text(report, row, 2, pupil->forename);
    if (pupil->year != COHORT_YEAR_UNKNOWN)
        cell_text(report, row, 3, framework_year_text(pupil->year));
    cell_text(report, row, 4, pupil->registration);
    if (needs)
        cell_text(report, row, 5, needs_text(report, pupil));
    cell_number(row, 6, pupil->id * 1000);
    row->link = report_text(report, "/pupils/%lld", (long long)pupil->id);
}

enum err_code listing_pupils(struct context *context, const struct loaded *loaded,
        const bool *keep, bool upns, bool needs, const char *what, struct report **ret_report,
        struct err *err)
{
    static const struct column columns[] = {
        { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
        { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
        { .key = "forename", .label = "Forename", .type = COLUMN_TEXT, .join = "Pupil" },
        { .key = "year_group", .label = "Year", .type = COLUMN_GRADE },
        { .key = "registration", .label = "Form", .type = COLUMN_GRADE },
        { .key = "needs", .label = "Needs", .type = COLUMN_TEXT, .minor = true },
        { .key = "id", .label = "No.", .type = COLUMN_INTEGER, .quiet = true },
    };
    struct report *report = listing_begin(context, "pupils", "Pupils");
    struct table *table = report_table(report, "pupils", what, columns, COUNT(columns));

    for (size_t p = 0; p < loaded->cohort.pupil_n; p++) {
        if (keep == NULL || keep[p])
            put_pupil(report, table, &loaded->cohort.pupils[p], upns, needs);
    }
    if (table->row_n == 0)
        table->empty = "Nobody on roll today whom you may see fits this.";
    report->population = what;
    report->counted = (int64_t)table->row_n;
    report->of = report->counted;
    return listing_end(report, ret_report, err);
}
