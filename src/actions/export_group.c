#include <stdlib.h>
#include <string.h>

#include "actions/export_in.h"
#include "base/text.h"
#include "exchange/csv_write.h"

/* Whether the row is the last one recorded of its group, pupil and first day, and stands. */
static bool holds(const struct membership_list *list, size_t i)
{
    const struct membership *row = &list->items[i];
    const struct membership *next = i + 1 < list->n ? row + 1 : NULL;

    return !row->withdrawn &&
           (next == NULL || next->group_id != row->group_id ||
                   next->pupil_id != row->pupil_id || next->from.ymd != row->from.ymd);
}

static const struct pupil_group *group_of(const struct pupil_group_list *groups,
        int64_t group_id)
{
    for (size_t i = 0; i < groups->n; i++) {
        if (groups->items[i].group_id == group_id)
            return &groups->items[i];
    }
    return NULL;
}

/* One line: a membership of a pupil that is wanted. */
struct line {
    const struct membership *row;
    const char *upn;
};

static int by_group(const void *a, const void *b)
{
    const struct line *one = a;
    const struct line *other = b;
    int order;

    if (one->row->group_id != other->row->group_id)
        return one->row->group_id < other->row->group_id ? -1 : 1;
    order = strcmp(one->upn, other->upn);
    if (order != 0)
        return order;
    return one->row->from.ymd < other->row->from.ymd
                   ? -1
                   : one->row->from.ymd > other->row->from.ymd;
}

static enum err_code write_line(struct exporting *exporting, const struct pupil_group *group,
        const struct line *line, const struct output *output, struct err *err)
{
    bool failed = false;
    struct group_record record = {
        .upn = line->upn,
        .group = group->name,
        .type = group->type,
        .subject = group->subject,
        .from = exporting_day(exporting, line->row->from, &failed),
        .to = exporting_day(exporting, line->row->to, &failed),
    };
    enum err_code code = failed ? err_memory(err) : csv_write_group(output, &record, err);

    arena_free(&exporting->scratch);
    return code;
}

/* The filters ask about pupils: who is left out of pupils.csv is left out here. */
static enum err_code mark_wanted(struct exporting *exporting, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < exporting->pupils.n && code == ERR_OK; i++) {
        struct pupil_record record = { 0 };

        code = exporting_pupil(exporting, i, (struct export_choice){ 0 }, &record,
                &export_pupil_at(exporting, i)->wanted, err);
        arena_free(&exporting->scratch);
    }
    return code;
}

static enum err_code make_lines(struct exporting *exporting, struct line **ret_lines,
        size_t *ret_n, struct err *err)
{
    struct membership_list list = { 0 };
    struct line *lines = NULL;
    size_t n = 0;
    enum err_code code =
            store_memberships(exporting->context->store, exporting->context->school.school_id,
                    exporting->recorded, &exporting->arena, &list, err);

    if (code == ERR_OK) {
        lines = arena_array(&exporting->arena, list.n, sizeof(*lines));
        code = lines == NULL ? err_memory(err) : ERR_OK;
    }
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct export_pupil *pupil = exporting_find(exporting, list.items[i].pupil_id);

        if (pupil != NULL && pupil->wanted && holds(&list, i))
            lines[n++] = (struct line){ &list.items[i], pupil->upn };
    }
    if (n != 0)
        qsort(lines, n, sizeof(*lines), by_group);
    *ret_lines = lines;
    *ret_n = n;
    return code;
}

enum err_code exporting_groups(struct exporting *exporting, const struct output *output,
        struct err *err)
{
    struct pupil_group_list groups = { 0 };
    struct line *lines = NULL;
    const struct pupil_group *group = NULL;
    size_t n = 0;
    enum err_code code = mark_wanted(exporting, err);

    if (code == ERR_OK)
        code = store_groups(exporting->context->store, exporting->context->school.school_id,
                &exporting->arena, &groups, err);
    if (code == ERR_OK)
        code = make_lines(exporting, &lines, &n, err);
    if (code == ERR_OK)
        code = csv_write_group_header(output, err);
    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        if (group == NULL || group->group_id != lines[i].row->group_id)
            group = group_of(&groups, lines[i].row->group_id);
        if (group != NULL)
            code = write_line(exporting, group, &lines[i], output, err);
    }
    return code;
}
