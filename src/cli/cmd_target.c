#include <string.h>

#include "actions/review.h"
#include "actions/target.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"
#include "reports/render/escape.h"

static enum err_code write_outcome(const struct args *args, struct arena *arena,
        const struct target_outcome *outcome, struct err *err)
{
    struct buf buf = buf_make(arena, 1 << 16);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    if (args->json) {
        buf_printf(&buf, "{\"id\":%lld,\"said\":", (long long)outcome->id);
        escape_json(&buf, outcome->said);
        buf_add(&buf, ",\"alerts\":[");
        for (size_t i = 0; i < outcome->alert_n; i++) {
            buf_add(&buf, i == 0 ? "" : ",");
            escape_json(&buf, outcome->alerts[i]);
        }
        buf_add(&buf, "]}\n");
    } else {
        buf_printf(&buf, "%s\n", outcome->said);
        for (size_t i = 0; i < outcome->alert_n; i++)
            buf_printf(&buf, "Alert: %s\n", outcome->alerts[i]);
    }
    code = buf_end(&buf, &text, &n, err);
    return code == ERR_OK ? command_write(NULL, text, n, err) : code;
}

static enum err_code change_target(const struct args *args, struct arena *arena, bool adjust,
        struct err *err)
{
    struct context context = { 0 };
    struct target_outcome outcome = { 0 };
    const char *term = args_option(args, "term");
    const char *reason = args_option(args, "reason");
    struct target_change change = {
        .upn = args_option(args, "upn"),
        .subject = args_option(args, "subject"),
        .stage = args_option(args, "stage"),
        .scale = args_option(args, "scale"),
        .grade = args_option(args, "grade"),
        .reason = reason == NULL ? "" : reason,
    };
    enum err_code code;

    if (term != NULL && !date_parse(term, &change.term))
        return err_set(err, ERR_USAGE, "\"%s\" is not a date", term);
    code = command_open(args, arena, STORE_WRITE, true, &context, err);
    if (code != ERR_OK)
        return code;
    code = adjust ? target_adjust(&context, &change, &outcome, err)
                  : target_set(&context, &change, &outcome, err);
    if (code == ERR_OK)
        code = write_outcome(args, arena, &outcome, err);
    context_close(&context);
    return code;
}

int command_target(const struct args *args, struct arena *arena, struct err *err)
{
    const char *what = args->word_n > 1 ? args->words[1] : "";
    enum err_code code;

    if (text_eq(what, "set") || text_eq(what, "adjust"))
        code = change_target(args, arena, text_eq(what, "adjust"), err);
    else if (text_eq(what, "check"))
        code = command_run_report(args, "targets", arena, err);
    else if (text_eq(what, "list"))
        code = command_run_report(args, "progress", arena, err);
    else {
        (void)err_set(err, ERR_USAGE, "target what?");
        code = err_hint(err, "It is set, adjust, list or check.");
    }
    return code == ERR_OK ? EXIT_DONE : -1;
}

/* ---- reviews ---- */

static struct report *review_report(struct context *context, const struct review_list *list)
{
    static const struct column columns[] = {
        { .key = "name", .label = "Review", .type = COLUMN_TEXT },
        { .key = "state", .label = "State", .type = COLUMN_TEXT },
        { .key = "asks", .label = "Asks for", .type = COLUMN_TEXT },
        { .key = "years", .label = "Years", .type = COLUMN_GRADE },
        { .key = "subjects", .label = "Subjects", .type = COLUMN_TEXT },
        { .key = "from", .label = "From", .type = COLUMN_DATE },
        { .key = "to", .label = "To", .type = COLUMN_DATE },
    };
    struct report *report = report_make(context->arena, "reviews");
    struct table *table = report_table(report, "reviews", "Reviews", columns, COUNT(columns));

    report->title = "Reviews: when judgements are collected";
    report->school = context->school.name;
    report->as_at = context->today;
    for (size_t i = 0; i < list->n; i++) {
        const struct review *in = &list->items[i];
        struct row *row = table_row(report, table);

        cell_text(report, row, 0, in->name);
        cell_text(report, row, 1, in->state);
        cell_text(report, row, 2,
                text_eq(in->asks, "likely") ? "likely at the end" : "working at");
        cell_text(report, row, 3,
                report_text(report, "%s-%s", framework_year_text(in->first_year),
                        framework_year_text(in->last_year)));
        cell_text(report, row, 4, text_empty(in->subjects) ? "all" : in->subjects);
        cell_number(row, 5, in->from.ymd);
        cell_number(row, 6, in->to.ymd);
    }
    if (list->n == 0)
        table->empty = "No review has been set up yet.";
    return report;
}

static enum err_code list_reviews(const struct args *args, struct context *context,
        struct err *err)
{
    struct review_list list = { 0 };
    struct report *report;
    enum err_code code = store_reviews(context->store, context->school.school_id,
            context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    report = review_report(context, &list);
    code = report_end(report, err);
    return code == ERR_OK ? command_write_report(args, report, context->arena, err) : code;
}

static enum err_code read_years(const char *text, struct review *review, struct err *err)
{
    char copy[16] = "";
    char *dash;
    bool good = text != NULL && text_copy(copy, sizeof(copy), text);

    dash = strchr(copy, '-');
    if (dash != NULL)
        *dash++ = '\0';
    good = good && framework_year_parse(copy, &review->first_year) &&
           framework_year_parse(dash == NULL ? copy : dash, &review->last_year) &&
           review->first_year <= review->last_year;
    if (good)
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "a review needs the years it asks");
    return err_hint(err, "Give them with --years: 3-6, or R-2.");
}

static enum err_code add_review(const struct args *args, struct context *context,
        const char *name, struct err *err)
{
    const char *from = args_option(args, "from");
    const char *to = args_option(args, "to");
    const char *asks = args_option(args, "asks");
    const char *subjects = args_option(args, "subjects");
    struct review review = {
        .name = name,
        .asks = asks == NULL ? "assessment" : asks,
        .subjects = subjects == NULL ? "" : subjects,
    };
    enum err_code code = read_years(args_option(args, "years"), &review, err);

    if (code != ERR_OK)
        return code;
    if (from == NULL || to == NULL || !date_parse(from, &review.from) ||
            !date_parse(to, &review.to)) {
        (void)err_set(err, ERR_USAGE, "a review needs its first and last day");
        return err_hint(err, "Give them with --from and --to as 2026-03-27.");
    }
    return review_define(context, &review, err);
}

static enum err_code run_review(const struct args *args, struct context *context,
        const char *what, const char *name, struct err *err)
{
    enum err_code code;

    if (text_eq(what, "list"))
        return list_reviews(args, context, err);
    if (name == NULL) {
        (void)err_set(err, ERR_USAGE, "which review?");
        return err_hint(err, "Name it behind `review %s`.", what);
    }
    if (text_eq(what, "add"))
        code = add_review(args, context, name, err);
    else if (text_eq(what, "open"))
        code = review_open(context, name, args_option(args, "reason"), err);
    else
        code = review_close(context, name, err);
    return code == ERR_OK ? list_reviews(args, context, err) : code;
}

int command_review(const struct args *args, struct arena *arena, struct err *err)
{
    const char *what = args->word_n > 1 ? args->words[1] : "list";
    const char *name = args->word_n > 2 ? args->words[2] : NULL;
    struct context context = { 0 };
    enum err_code code;

    if (text_eq(what, "missing"))
        return command_run_report(args, "missing", arena, err) == ERR_OK ? EXIT_DONE : -1;
    if (!text_eq(what, "list") && !text_eq(what, "add") && !text_eq(what, "open") &&
            !text_eq(what, "close")) {
        (void)err_set(err, ERR_USAGE, "review what?");
        (void)err_hint(err, "It is list, add, open, close or missing.");
        return -1;
    }
    code = command_open(args, arena, text_eq(what, "list") ? STORE_READ : STORE_WRITE, true,
            &context, err);
    if (code != ERR_OK)
        return -1;
    code = run_review(args, &context, what, name, err);
    context_close(&context);
    return code == ERR_OK ? EXIT_DONE : -1;
}
