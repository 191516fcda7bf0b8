#include <stdlib.h>
#include <string.h>

#include "actions/cohort_load.h"
#include "actions/report.h"
#include "base/text.h"
#include "reports/build.h"
#include "school/review_state.h"

struct asked {
    struct context *context;
    const struct cohort *cohort;
    struct expectation expectation;
    const struct review *review;
    bool *expected, *entered;
    const char **group;
};

static size_t subject_place(const struct cohort *cohort, int subject)
{
    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (cohort->subjects[s] == subject)
            return s;
    }
    return cohort->subject_n;
}

static bool is_asked(const struct asked *asked, size_t p, size_t s)
{
    const struct cohort *cohort = asked->cohort;
    const struct review *review = asked->review;

    if (review == NULL)
        return true;
    return cohort->pupils[p].year >= review->first_year &&
           cohort->pupils[p].year <= review->last_year &&
           review_subjects_hold(review->subjects,
                   cohort->fw->subjects[cohort->subjects[s]].code);
}

/* The teaching group of each pupil and subject on the day. */
static enum err_code find_groups(struct asked *asked, struct err *err)
{
    struct context *context = asked->context;
    const struct cohort *cohort = asked->cohort;
    struct pupil_group_list groups = { 0 };
    enum err_code code = store_groups(context->store, context->school.school_id, context->arena,
            &groups, err);

    for (size_t i = 0; i < groups.n && code == ERR_OK; i++) {
        size_t s =
                subject_place(cohort, framework_subject(context->fw, groups.items[i].subject));

        if (!text_eq(groups.items[i].type, "teaching") || s == cohort->subject_n)
            continue;
        for (size_t p = 0; p < cohort->pupil_n; p++) {
            const struct cohort_pupil *pupil = &cohort->pupils[p];

            for (size_t g = 0; g < pupil->group_n; g++) {
                if (text_eq(pupil->groups[g], groups.items[i].name))
                    asked->group[cohort_cell(cohort, p, s)] = groups.items[i].name;
            }
        }
    }
    return code;
}

static void expect(struct asked *asked)
{
    const struct cohort *cohort = asked->cohort;
    const struct expectation *e = &asked->expectation;

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        for (size_t s = 0; s < cohort->subject_n; s++) {
            size_t cell = cohort_cell(cohort, p, s);
            bool judged = value_is_set(cohort->now[cell]);

            asked->expected[cell] =
                    is_asked(asked, p, s) && (judged || value_is_set(cohort->target[cell]) ||
                                                     asked->group[cell] != NULL);
            asked->entered[cell] = judged && cohort->now_date[cell].ymd >= e->from.ymd &&
                                   cohort->now_date[cell].ymd <= e->to.ymd;
        }
    }
}

/* The review asked for, else the one open now, else the term. */
static enum err_code choose_time(struct asked *asked, const char *name, struct date *day,
        struct err *err)
{
    struct context *context = asked->context;
    const struct calendar *calendar = &context->reckoning.calendar;
    int period = calendar_period(calendar, *day);
    int year = calendar_year(calendar, *day);
    struct review_list list = { 0 };
    enum err_code code = store_reviews(context->store, context->school.school_id,
            context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK && name != NULL; i++) {
        if (text_eq_fold(list.items[i].name, name))
            asked->review = &list.items[i];
    }
    if (code != ERR_OK)
        return code;
    if (name != NULL && asked->review == NULL) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no review called %s", name);
        return err_hint(err, "List the reviews with `attain review list`.");
    }
    if (asked->review != NULL) {
        asked->expectation.review = asked->review->name;
        asked->expectation.from = asked->review->from;
        asked->expectation.to = asked->review->to;
        if (asked->review->to.ymd < day->ymd)
            *day = asked->review->to;
        return ERR_OK;
    }
    asked->expectation.review = arena_printf(context->arena, "the %s term %d/%02d",
            calendar->periods[period].name, year - 1, year % 100);
    asked->expectation.to = calendar_period_end(calendar, year, period);
    asked->expectation.from =
            period == 0
                    ? calendar_year_start(calendar, year)
                    : date_from_number(
                              date_number(calendar_period_end(calendar, year, period - 1)) + 1);
    return asked->expectation.review == NULL ? err_memory(err) : ERR_OK;
}

static enum err_code make_room(struct asked *asked, struct err *err)
{
    struct arena *arena = asked->context->arena;
    size_t cells = asked->cohort->pupil_n * asked->cohort->subject_n + 1;

    asked->expected = arena_array(arena, cells, sizeof(bool));
    asked->entered = arena_array(arena, cells, sizeof(bool));
    asked->group = arena_array(arena, cells, sizeof(*asked->group));
    if (asked->expected == NULL || asked->entered == NULL || asked->group == NULL)
        return err_memory(err);
    asked->expectation.expected = asked->expected;
    asked->expectation.entered = asked->entered;
    asked->expectation.group = asked->group;
    asked->expectation.asks =
            asked->review != NULL && text_eq(asked->review->asks, "likely")
                    ? "likely at the end"
                    : "working at, or likely at the end where a stage is judged so";
    return ERR_OK;
}

enum err_code report_run_missing(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct cohort_options options = { .characteristics = true };
    struct asked asked = { .context = context };
    struct filters narrowed = *filters;
    struct context on_day = *context;
    struct date day = date_is_set(filters->as_at) ? filters->as_at : context->today;
    struct loaded loaded;
    struct frame frame;
    enum err_code code = choose_time(&asked, filters->review, &day, err);

    if (code != ERR_OK)
        return code;
    narrowed.review = NULL;
    on_day.today = day;
    code = cohort_load(&on_day, &narrowed, &options, &loaded, err);
    if (code != ERR_OK)
        return code;
    asked.cohort = &loaded.cohort;
    code = make_room(&asked, err);
    if (code == ERR_OK)
        code = find_groups(&asked, err);
    if (code != ERR_OK)
        return code;
    expect(&asked);
    frame = report_frame(context, filters, &loaded);
    *ret_report = build_missing(context->arena, &frame, &loaded.cohort, &asked.expectation);
    return ERR_OK;
}
