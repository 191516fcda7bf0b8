#include "actions/listing_in.h"

#include "actions/review.h"
#include "base/text.h"
#include "exchange/record.h"

/* ---- reviews ---- */

static const char *years_text(struct report *report, const struct review *review)
{
    const char *first = report_text(report, "%s", framework_year_text(review->first_year));

    if (review->first_year == review->last_year)
        return first;
    return report_text(report, "%s to %s", first, framework_year_text(review->last_year));
}

static void put_review(struct report *report, struct table *table, const struct review *review)
{
    struct row *row = table_row(report, table);

    cell_text(report, row, 0, review->name);
    cell_text(report, row, 1,
            text_eq(review->asks, "likely") ? "likely at the end" : "working at");
    cell_text(report, row, 2, years_text(report, review));
    cell_text(report, row, 3, text_empty(review->subjects) ? "all" : review->subjects);
    cell_number(row, 4, review->from.ymd);
    cell_number(row, 5, review->to.ymd);
    cell_text(report, row, 6, review->state);
    row->link = report_text(report, "/reviews/%lld", (long long)review->review_id);
}

enum err_code listing_reviews(struct context *context, struct report **ret_report,
        struct err *err)
{
    static const struct column columns[] = {
        { .key = "review", .label = "Review", .type = COLUMN_TEXT },
        { .key = "asks", .label = "Asks for", .type = COLUMN_TEXT },
        { .key = "years", .label = "Years", .type = COLUMN_GRADE },
        { .key = "subjects", .label = "Subjects", .type = COLUMN_TEXT, .minor = true },
        { .key = "from", .label = "From", .type = COLUMN_DATE, .minor = true },
        { .key = "to", .label = "To", .type = COLUMN_DATE },
        { .key = "state", .label = "State", .type = COLUMN_TEXT },
    };
    struct report *report = listing_begin(context, "reviews", "The collection calendar");
    struct table *table = report_table(report, "reviews", "Reviews", columns, COUNT(columns));
    struct review_list list = { 0 };
    size_t open = 0;
    enum err_code code = review_read(context, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = list.n; i-- > 0;) {
        put_review(report, table, &list.items[i]);
        open += text_eq(list.items[i].state, "open") || text_eq(list.items[i].state, "closing");
    }
    if (list.n == 0)
        table->empty = "There is no review yet.";
    else
        report->says = report_text(report, "%zu of %zu reviews %s open.", open, list.n,
                open == 1 ? "is" : "are");
    report_note(report, "How to read this: a review asks teachers for one judgement of each "
                        "pupil and subject between two days. While it is draft nobody can "
                        "enter; open takes entries until its last day, closing "
                        "for one day more; closed keeps them; a closed "
                        "review is opened again only with a reason; final stays as it is.");
    return listing_end(report, ret_report, err);
}

enum err_code listing_review(struct context *context, int64_t review_id,
        struct review *ret_review, struct err *err)
{
    struct review_list list = { 0 };
    enum err_code code = review_read(context, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].review_id != review_id)
            continue;
        *ret_review = list.items[i];
        return ERR_OK;
    }
    (void)err_set(err, ERR_NOT_FOUND, "there is no such review");
    return err_hint(err, "The collection calendar lists them all.");
}

/* ---- names ---- */

static enum err_code take_groups(struct context *context, struct school_names *names,
        struct err *err)
{
    struct pupil_group_list list = { 0 };
    enum err_code code =
            store_groups(context->store, context->school.school_id, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    names->registrations.items = arena_array(context->arena, list.n + 1, sizeof(char *));
    names->groups.items = arena_array(context->arena, list.n + 1, sizeof(char *));
    if (names->registrations.items == NULL || names->groups.items == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n; i++) {
        bool registration = text_eq(list.items[i].type, "registration");
        struct name_list *to = registration ? &names->registrations : &names->groups;

        if (to->n == 0 || !text_eq(to->items[to->n - 1], list.items[i].name))
            to->items[to->n++] = list.items[i].name;
    }
    return ERR_OK;
}

enum err_code listing_names(struct context *context, struct school_names *ret_names,
        struct err *err)
{
    struct school_names names = { 0 };
    struct review_list list = { 0 };
    enum err_code code = take_groups(context, &names, err);

    if (code == ERR_OK)
        code = store_reviews(context->store, context->school.school_id, context->arena, &list,
                err);
    if (code != ERR_OK)
        return code;
    names.reviews.items = arena_array(context->arena, list.n + 1, sizeof(char *));
    if (names.reviews.items == NULL)
        return err_memory(err);
    for (size_t i = list.n; i-- > 0;)
        names.reviews.items[names.reviews.n++] = list.items[i].name;
    *ret_names = names;
    return ERR_OK;
}

/* ---- imports ---- */

static void put_import(struct report *report, struct table *table, const struct import *import)
{
    struct row *row = table_row(report, table);

    cell_number(row, 0, import->import_id * 1000);
    cell_text(report, row, 1, import->recorded_at);
    cell_text(report, row, 2, import->kind);
    cell_text(report, row, 3, import->file);
    cell_text(report, row, 4, import->recorded_by);
    cell_number(row, 5, import->added * 1000);
    cell_number(row, 6, import->unchanged * 1000);
    cell_number(row, 7, import->superseded * 1000);
    cell_number(row, 8, import->refused * 1000);
    if (import->undoes != 0)
        cell_number(row, 9, import->undoes * 1000);
    row->link = report_text(report, "/imports/%lld", (long long)import->import_id);
}

static bool is_file(const struct import *import)
{
    return file_kind_parse(import->kind) != FILE_UNKNOWN || import->undoes != 0;
}

enum err_code listing_imports(struct context *context, bool files_only,
        struct report **ret_report, struct err *err)
{
    static const struct column columns[] = {
        { .key = "id", .label = "No.", .type = COLUMN_INTEGER },
        { .key = "recorded_at", .label = "When", .type = COLUMN_TEXT },
        { .key = "kind", .label = "Kind", .type = COLUMN_TEXT },
        { .key = "file", .label = "File", .type = COLUMN_TEXT },
        { .key = "recorded_by", .label = "By", .type = COLUMN_TEXT, .minor = true },
        { .key = "added", .label = "Added", .type = COLUMN_INTEGER },
        { .key = "unchanged", .label = "Unchanged", .type = COLUMN_INTEGER, .minor = true },
        { .key = "superseded", .label = "Superseded", .type = COLUMN_INTEGER, .minor = true },
        { .key = "refused", .label = "Refused", .type = COLUMN_INTEGER },
        { .key = "undoes", .label = "Undoes", .type = COLUMN_INTEGER, .minor = true },
    };
    struct report *report = listing_begin(context, "imports", "Imports");
    struct table *table =
            report_table(report, "imports", "Register of imports", columns, COUNT(columns));
    struct import_list list = { 0 };
    enum err_code code = store_imports(context->store, context->school.school_id,
            context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = list.n; i-- > 0;) {
        if (!files_only || is_file(&list.items[i]))
            put_import(report, table, &list.items[i]);
    }
    if (table->row_n == 0)
        table->empty = "Nothing has been imported yet.";
    report_note(report, "How to read this: nothing is ever overwritten. An import adds rows, "
                        "and a row that supersedes another leaves it on record. Undoing an "
                        "import is itself an entry here.");
    return listing_end(report, ret_report, err);
}

enum err_code listing_import(struct context *context, int64_t import_id,
        struct import *ret_import, int64_t *ret_undone_by, struct err *err)
{
    struct import_list list = { 0 };
    const struct import *found = NULL;
    int64_t undone_by = 0;
    enum err_code code = store_imports(context->store, context->school.school_id,
            context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].import_id == import_id)
            found = &list.items[i];
        if (list.items[i].undoes == import_id && list.items[i].import_id > undone_by)
            undone_by = list.items[i].import_id;
    }
    if (found == NULL) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no import %lld here", (long long)import_id);
        return err_hint(err, "The register of imports lists them all.");
    }
    *ret_import = *found;
    *ret_undone_by = undone_by;
    return ERR_OK;
}
