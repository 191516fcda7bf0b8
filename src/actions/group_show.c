/* Groups as trees: all of the school's own, and one with its pupils, rules and purposes. */

#include <stdlib.h>
#include <string.h>

#include "actions/group_in.h"
#include "actions/listing_in.h"
#include "actions/roll.h"
#include "base/text.h"

static bool is_own(const struct pupil_group *group)
{
    return text_eq(group->type, "user") || text_eq(group->type, "rule");
}

static bool is_in(const struct cohort_pupil *pupil, const char *name)
{
    for (size_t g = 0; g < pupil->group_n; g++) {
        if (text_eq_fold(pupil->groups[g], name))
            return true;
    }
    return false;
}

static int64_t count_in(const struct loaded *loaded, const char *name)
{
    int64_t n = 0;

    for (size_t p = 0; p < loaded->cohort.pupil_n; p++)
        n += is_in(&loaded->cohort.pupils[p], name);
    return n;
}

/* The newest row of the group that begins on or before the day and holds. */
static const struct group_rule *rule_on(const struct group_rule_list *list, int64_t group_id,
        struct date day)
{
    const struct group_rule *found = NULL;

    for (size_t i = 0; i < list->n; i++) {
        const struct group_rule *row = &list->items[i];
        bool last = i + 1 == list->n || row[1].group_id != group_id ||
                    row[1].from.ymd != row->from.ymd;

        if (row->group_id == group_id && last && row->from.ymd <= day.ymd && !row->withdrawn)
            found = row;
    }
    return found == NULL || (date_is_set(found->to) && found->to.ymd < day.ymd) ? NULL : found;
}

static bool holds(const struct intervention_list *list, size_t i)
{
    const struct intervention *row = &list->items[i];
    bool last = i + 1 == list->n || row[1].group_id != row->group_id ||
                row[1].from.ymd != row->from.ymd;

    return last && !row->withdrawn;
}

/* Of the last that is on record. */
static const char *purpose_of(const struct intervention_list *list, int64_t group_id)
{
    const char *said = NULL;

    for (size_t i = 0; i < list->n; i++) {
        if (list->items[i].group_id == group_id && holds(list, i))
            said = list->items[i].purpose;
    }
    return said;
}

/* ---- all ---- */

static const struct column list_columns[] = {
    { .key = "group", .label = "Group", .type = COLUMN_TEXT },
    { .key = "type", .label = "Kind", .type = COLUMN_TEXT },
    { .key = "pupils", .label = "Pupils", .type = COLUMN_INTEGER },
    { .key = "rule", .label = "Rule", .type = COLUMN_TEXT },
    { .key = "purpose", .label = "Purpose", .type = COLUMN_TEXT },
};

struct own_lists {
    struct loaded loaded;
    struct pupil_group_list groups;
    struct group_rule_list rules;
    struct intervention_list interventions;
};

static enum err_code read_lists(struct context *context, struct date day,
        struct own_lists *lists, struct err *err)
{
    struct filters filters = { .as_at = day };
    int64_t school_id = context->school.school_id;
    enum err_code code = roll_load_groups(context, &filters, &lists->loaded, err);

    if (code == ERR_OK)
        code = store_groups(context->store, school_id, context->arena, &lists->groups, err);
    if (code == ERR_OK)
        code = store_group_rules(context->store, school_id, day, context->arena, &lists->rules,
                err);
    if (code == ERR_OK)
        code = store_interventions(context->store, school_id, day, context->arena,
                &lists->interventions, err);
    return code;
}

enum err_code group_list_report(struct context *context, struct report **ret_report,
        struct err *err)
{
    struct report *report = listing_begin(context, "groups", "The school's own groups");
    struct table *table = report_table(report, "groups", "The school's own groups",
            list_columns, COUNT(list_columns));
    struct own_lists lists = { 0 };
    enum err_code code = read_lists(context, (struct date){ 0 }, &lists, err);

    for (size_t i = 0; i < lists.groups.n && code == ERR_OK; i++) {
        const struct pupil_group *group = &lists.groups.items[i];
        const struct group_rule *rule = rule_on(&lists.rules, group->group_id, context->today);
        struct row *row;

        if (!is_own(group))
            continue;
        row = table_row(report, table);
        cell_text(report, row, 0, group->name);
        cell_text(report, row, 1, text_eq(group->type, "rule") ? "by rule" : "by hand");
        cell_number(row, 2, count_in(&lists.loaded, group->name) * 1000);
        if (rule != NULL)
            cell_text(report, row, 3, rule->formula);
        cell_text(report, row, 4, purpose_of(&lists.interventions, group->group_id));
        row->link = report_text(report, "/groups/%lld", (long long)group->group_id);
    }
    if (code != ERR_OK)
        return code;
    if (table->row_n == 0)
        table->empty = "The school has made no group of its own yet.";
    report_note(report,
            "How to read this: pupils are those on roll who are in the group today. "
            "Who is in a group by rule follows from its formula, each day anew.");
    return listing_end(report, ret_report, err);
}

/* ---- one ---- */

static const struct column pupil_columns[] = {
    { .key = "upn", .label = "UPN", .type = COLUMN_TEXT, .quiet = true },
    { .key = "surname", .label = "Surname", .type = COLUMN_TEXT },
    { .key = "forename", .label = "Forename", .type = COLUMN_TEXT, .join = "Pupil" },
    { .key = "year_group", .label = "Year", .type = COLUMN_GRADE },
    { .key = "registration", .label = "Form", .type = COLUMN_GRADE },
    { .key = "id", .label = "No.", .type = COLUMN_INTEGER, .quiet = true },
    { .key = "from", .label = "In since", .type = COLUMN_DATE }, /* not of a group by rule */
    { .key = "to", .label = "Until", .type = COLUMN_DATE },
};
static const struct column rule_columns[] = {
    { .key = "rule", .label = "Rule", .type = COLUMN_TEXT },
    { .key = "from", .label = "From", .type = COLUMN_DATE },
    { .key = "to", .label = "To", .type = COLUMN_DATE },
    { .key = "by", .label = "By", .type = COLUMN_TEXT },
    { .key = "recorded", .label = "Recorded", .type = COLUMN_TEXT },
    { .key = "state", .label = "State", .type = COLUMN_TEXT },
};
static const struct column purpose_columns[] = {
    { .key = "purpose", .label = "Purpose", .type = COLUMN_TEXT },
    { .key = "from", .label = "From", .type = COLUMN_DATE },
    { .key = "to", .label = "To", .type = COLUMN_DATE },
    { .key = "staff", .label = "Done by", .type = COLUMN_TEXT },
    { .key = "cost", .label = "Cost", .type = COLUMN_TEXT },
    { .key = "by", .label = "Recorded by", .type = COLUMN_TEXT, .minor = true },
};

/* The rows of one pupil in one group. */
static const struct membership *membership_of(const struct membership_list *list,
        int64_t group_id, int64_t pupil_id, struct date day)
{
    size_t n;

    for (size_t i = 0; i < list->n; i += n) {
        const struct membership *rows = &list->items[i];
        const struct membership *found = NULL;

        for (n = 1; i + n < list->n && rows[n].group_id == rows->group_id &&
                    rows[n].pupil_id == rows->pupil_id;)
            n++;
        if (rows->group_id != group_id || rows->pupil_id != pupil_id)
            continue;
        for (size_t k = 0; k < n; k++) {
            if ((k + 1 == n || rows[k + 1].from.ymd != rows[k].from.ymd) &&
                    rows[k].from.ymd <= day.ymd && !rows[k].withdrawn)
                found = &rows[k];
        }
        return found;
    }
    return NULL;
}

static enum err_code put_pupils(struct context *context, struct report *report,
        const struct pupil_group *group, const struct loaded *loaded, struct err *err)
{
    struct membership_list members = { 0 };
    bool by_rule = text_eq(group->type, "rule");
    struct table *table = report_table(report, "pupils", "Pupils in the group", pupil_columns,
            COUNT(pupil_columns) - (by_rule ? 2 : 0));
    enum err_code code = store_memberships(context->store, context->school.school_id,
            loaded->recorded, context->arena, &members, err);

    for (size_t p = 0; p < loaded->cohort.pupil_n && code == ERR_OK; p++) {
        const struct cohort_pupil *pupil = &loaded->cohort.pupils[p];
        const struct membership *member;
        struct row *row;

        if (!is_in(pupil, group->name))
            continue;
        member = membership_of(&members, group->group_id, pupil->id, loaded->day);
        row = table_row(report, table);
        cell_text(report, row, 0, pupil->upn);
        cell_text(report, row, 1, pupil->surname);
        cell_text(report, row, 2, pupil->forename);
        if (pupil->year != COHORT_YEAR_UNKNOWN)
            cell_text(report, row, 3, framework_year_text(pupil->year));
        cell_text(report, row, 4, pupil->registration);
        cell_number(row, 5, pupil->id * 1000);
        if (!by_rule && member != NULL && date_is_set(member->from))
            cell_number(row, 6, member->from.ymd);
        if (!by_rule && member != NULL && date_is_set(member->to))
            cell_number(row, 7, member->to.ymd);
        row->link = report_text(report, "/pupils/%lld", (long long)pupil->id);
    }
    if (table->row_n == 0)
        table->empty = "Nobody on roll is in the group on this day.";
    report->counted = (int64_t)table->row_n;
    report->of = (int64_t)loaded->school_n;
    return code;
}

static enum err_code put_rules(struct context *context, struct report *report,
        const struct pupil_group *group, const struct loaded *loaded, struct err *err)
{
    struct group_rule_list list = { 0 };
    struct table *table;
    enum err_code code = store_group_rules(context->store, context->school.school_id,
            loaded->recorded, context->arena, &list, err);

    if (code != ERR_OK || !text_eq(group->type, "rule"))
        return code;
    table = report_table(report, "rules", "Its rule, and those it had", rule_columns,
            COUNT(rule_columns));
    for (size_t i = 0; i < list.n; i++) {
        const struct group_rule *rule = &list.items[i];
        bool last = i + 1 == list.n || rule[1].group_id != rule->group_id ||
                    rule[1].from.ymd != rule->from.ymd;
        struct row *row;

        if (rule->group_id != group->group_id)
            continue;
        row = table_row(report, table);
        cell_text(report, row, 0, rule->formula);
        if (date_is_set(rule->from))
            cell_number(row, 1, rule->from.ymd);
        if (date_is_set(rule->to))
            cell_number(row, 2, rule->to.ymd);
        cell_text(report, row, 3, rule->recorded_by);
        cell_text(report, row, 4, report_text(report, "%.10s", rule->recorded_at));
        cell_text(report, row, 5,
                rule == rule_on(&list, group->group_id, loaded->day) ? "in force"
                : last && !rule->withdrawn                           ? "of other days"
                                                                     : "replaced");
    }
    return ERR_OK;
}

static enum err_code put_purposes(struct context *context, struct report *report,
        const struct pupil_group *group, const struct loaded *loaded, struct err *err)
{
    struct intervention_list list = { 0 };
    struct table *table = NULL;
    char day[DATE_TEXT_SIZE];
    enum err_code code = store_interventions(context->store, context->school.school_id,
            loaded->recorded, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct intervention *in = &list.items[i];
        struct row *row;

        if (in->group_id != group->group_id || !holds(&list, i))
            continue;
        if (table == NULL)
            table = report_table(report, "interventions", "What it was made for",
                    purpose_columns, COUNT(purpose_columns));
        row = table_row(report, table);
        cell_text(report, row, 0, in->purpose);
        cell_number(row, 1, in->from.ymd);
        if (date_is_set(in->to))
            cell_number(row, 2, in->to.ymd);
        cell_text(report, row, 3, in->staff);
        if (in->pence != PENCE_NONE)
            cell_text(report, row, 4, group_pounds(report->arena, in->pence));
        cell_text(report, row, 5, in->recorded_by);
        row->link = listing_link(report,
                report_text(report,
                        "/reports/intervention?value=%s&group=", date_text(in->from, day)),
                group->name);
    }
    return code;
}

enum err_code group_report(struct context *context, const struct pupil_group *group,
        struct date day, struct report **ret_report, struct err *err)
{
    struct report *report = listing_begin(context, "group", group->name);
    struct filters filters = { .as_at = day, .group = group->name };
    struct loaded loaded = { 0 };
    enum err_code code = roll_load(context, &filters, &loaded, err);

    if (code != ERR_OK)
        return code;
    report->as_at = loaded.day;
    report->population = group->name;
    code = put_pupils(context, report, group, &loaded, err);
    if (code == ERR_OK)
        code = put_rules(context, report, group, &loaded, err);
    if (code == ERR_OK)
        code = put_purposes(context, report, group, &loaded, err);
    if (code != ERR_OK)
        return code;
    report->says = report_text(report, "%lld %s in the group.", (long long)report->counted,
            report->counted == 1 ? "pupil is" : "pupils are");
    report_note(report,
            "How to read this: pupils are those on roll who are in the group on this "
            "day. Who was in it when stays on record.");
    if (text_eq(group->type, "rule"))
        report_note(report, "Who is in it follows from the rule in force on the day, and from "
                            "what you may see of the pupils.");
    return listing_end(report, ret_report, err);
}
