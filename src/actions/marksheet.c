#include "actions/marksheet.h"

#include <string.h>

#include "base/text.h"
#include "store/people.h"

enum err_code recorder_name(struct context *context, const char *username,
        const char **ret_name, struct err *err)
{
    struct account account = { 0 };
    bool found = false;
    enum err_code code = store_account_by_name(context->store, username, context->arena,
            &account, &found, err);

    if (code != ERR_OK)
        return code;
    *ret_name = found && !text_empty(account.name) ? account.name
                                                   : arena_text(context->arena, username);
    return *ret_name == NULL ? err_memory(err) : ERR_OK;
}

enum err_code cell_history(struct context *context, const struct sheet *sheet, size_t pupil,
        size_t column, struct cell_word_list *ret_list, struct err *err)
{
    const struct cohort *cohort = &sheet->cohort;

    if (pupil >= cohort->pupil_n || column >= sheet->column_n)
        return err_set(err, ERR_NOT_FOUND, "there is no such cell");
    return store_cell_history(context->store, context->school.school_id,
            cohort->pupils[pupil].id, cohort->fw->subjects[cohort->subjects[column]].code,
            sheet->kind, context->arena, ret_list, err);
}

/* ---- the list ---- */

/* A pupil such as those of the group are, to ask whether anything of it may be seen. */
static struct may_answer may_group(const struct context *context, const struct person *person,
        enum action action, const struct marksheet *marksheet, unsigned met)
{
    char first[32];
    size_t n = strcspn(marksheet->subjects, ",");
    struct access_pupil pupil = {
        .school_id = context->school.school_id,
        .year = COHORT_YEAR_UNKNOWN,
        .registration = text_eq(marksheet->group_type, "registration") ? marksheet->group : "",
        .groups = &marksheet->group,
        .group_n = 1,
        .subject = first,
    };

    (void)access_year(marksheet->year, &pupil.year);
    if (n >= sizeof(first))
        n = sizeof(first) - 1;
    memcpy(first, marksheet->subjects, n);
    first[n] = '\0';
    return may_with(person, action, FIELD_MARKS, &pupil, context->today, met);
}

enum err_code sheet_list(struct context *context, const struct person *person,
        struct sheet_listed **ret_items, size_t *ret_n, struct err *err)
{
    struct marksheet_list list = { 0 };
    struct sheet_listed *items;
    size_t n = 0;
    enum err_code code = store_marksheets(context->store, context->school.school_id,
            context->today, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    items = arena_array(context->arena, list.n + 1, sizeof(*items));
    if (items == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        const struct marksheet *marksheet = &list.items[i];
        bool open = review_takes(&marksheet->review, context->today);
        unsigned met = NEED_REASON | (open ? NEED_WINDOW : 0U);

        if (!may_group(context, person, ACTION_VIEW, marksheet, met).yes)
            continue;
        items[n++] = (struct sheet_listed){
            .marksheet = *marksheet,
            .open = open,
            .enters = open && may_group(context, person, ACTION_ENTER, marksheet, met).yes,
        };
    }
    *ret_items = items;
    *ret_n = n;
    return ERR_OK;
}

/* ---- making one ---- */

static enum err_code find_group(struct context *context, const char *name, const char *type,
        const char *subjects, int64_t *ret_id, struct err *err)
{
    struct pupil_group_list list = { 0 };
    const struct pupil_group *found = NULL;
    enum err_code code =
            store_groups(context->store, context->school.school_id, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct pupil_group *group = &list.items[i];
        bool of_subject = group->subject[0] == '\0' || text_starts(subjects, group->subject);

        if (text_eq_fold(group->name, name) && text_eq(group->type, type) &&
                (found == NULL || of_subject))
            found = group;
    }
    if (code != ERR_OK)
        return code;
    if (found == NULL) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no %s group called %s", type, name);
        return err_hint(err, "Groups come with groups.csv; the name must be the same.");
    }
    *ret_id = found->group_id;
    return ERR_OK;
}

static enum err_code find_review(struct context *context, const char *name, int64_t *ret_id,
        struct err *err)
{
    struct review_list list = { 0 };
    enum err_code code = store_reviews(context->store, context->school.school_id,
            context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (text_eq_fold(list.items[i].name, name)) {
            *ret_id = list.items[i].review_id;
            return ERR_OK;
        }
    }
    if (code != ERR_OK)
        return code;
    (void)err_set(err, ERR_NOT_FOUND, "there is no review called %s", name);
    return err_hint(err, "List the reviews with `attain review list`.");
}

static enum err_code check_subjects(const struct framework *fw, const char *subjects,
        struct err *err)
{
    char code[32];
    int count = 0;

    for (const char *at = subjects; *at != '\0';) {
        size_t n = strcspn(at, ",");

        if (n == 0 || n >= sizeof(code))
            return err_set(err, ERR_INVALID, "\"%s\" is not a list of subjects", subjects);
        memcpy(code, at, n);
        code[n] = '\0';
        if (framework_subject(fw, code) < 0)
            return err_set(err, ERR_NOT_FOUND, "there is no subject called %s", code);
        at += n + (at[n] == ',');
        count++;
    }
    if (count >= 1 && count <= MARKSHEET_SUBJECTS)
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "a marksheet has 1 to %d subjects, not %d",
            MARKSHEET_SUBJECTS, count);
    return err_hint(err, "Make another marksheet for the others.");
}

enum err_code marksheet_define(struct context *context, const char *name, const char *group,
        const char *group_type, const char *subjects, const char *review, int64_t *ret_id,
        struct err *err)
{
    struct marksheet made = { .name = name, .subjects = subjects };
    struct marksheet_list list = { 0 };
    enum err_code code = check_subjects(context->fw, subjects, err);

    if (code == ERR_OK)
        code = find_group(context, group, group_type, subjects, &made.group_id, err);
    if (code == ERR_OK)
        code = find_review(context, review, &made.review.review_id, err);
    if (code == ERR_OK)
        code = store_marksheets(context->store, context->school.school_id, context->today,
                context->arena, &list, err);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        const struct marksheet *old = &list.items[i];

        if (old->group_id == made.group_id && text_eq(old->subjects, subjects) &&
                old->review.review_id == made.review.review_id) {
            *ret_id = old->marksheet_id;
            return ERR_OK;
        }
    }
    return store_marksheet_add(context->store, context->school.school_id, &made, ret_id, err);
}
