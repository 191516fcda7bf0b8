#include <stdio.h>

#include "demo/learning_in.h"

enum {
    TERMS = 3,
    EARLIEST_BEFORE = 20,
    LATEST_AFTER = 14
};

static const struct {
    const char *name;
    int start_month, start_day, from_month, from_day, to_month, to_day;
} terms[TERMS] = {
    { "Autumn", 9, 1, 11, 1, 12, 13 },
    { "Spring", 1, 1, 2, 20, 3, 28 },
    { "Summer", 4, 16, 6, 1, 7, 11 },
};

static struct date day_in(int end_year, int month, int day)
{
    return date_make(month >= 9 ? end_year - 1 : end_year, month, day);
}

bool review_window(const struct demo *demo, int end_year, int term, struct window *ret_window)
{
    struct date today = demo->today;
    struct date start = day_in(end_year, terms[term].start_month, terms[term].start_day);
    struct date next = term + 1 < TERMS ? day_in(end_year, terms[term + 1].start_month,
                                                  terms[term + 1].start_day)
                                        : year_start(end_year + 1);
    struct window window = {
        .from = day_in(end_year, terms[term].from_month, terms[term].from_day),
        .to = day_in(end_year, terms[term].to_month, terms[term].to_day),
        .open = start.ymd <= today.ymd && today.ymd < next.ymd,
    };

    if (start.ymd > today.ymd)
        return false;
    if (window.open) {
        window.from = date_later(start,
                date_earlier(window.from, date_plus(today, -EARLIEST_BEFORE)));
        window.to = date_later(window.to, date_plus(today, LATEST_AFTER));
    }
    *ret_window = window;
    return true;
}

void review_name(int end_year, int term, bool likely, char buffer[DEMO_NAME_SIZE])
{
    (void)snprintf(buffer, DEMO_NAME_SIZE, "%s %d%s", terms[term].name,
            term == 0 ? end_year - 1 : end_year, likely ? " likely" : "");
}

bool demo_review(const struct demo *demo, size_t index, struct demo_review *ret_review)
{
    bool likely = index % 2 == 1;
    int end_year =
            school_year(demo->today) - history_years(demo->school) + (int)(index / 2 / TERMS);
    int term = (int)(index / 2 % TERMS);
    int last = demo_schools[demo->school].ks3_last;
    struct window window;

    if (index >= 2 * TERMS * ((size_t)history_years(demo->school) + 1) ||
            !review_window(demo, end_year, term, &window))
        return false;
    *ret_review = (struct demo_review){
        .asks = likely ? "likely" : "assessment",
        .first_year = likely                      ? last + 1
                      : demo->school == DEMO_MAIN ? 1
                                                  : 7,
        .last_year = likely ? year_oldest(demo->school) : last,
        .from = window.from,
        .to = window.to,
        .state = window.open ? "open" : "closed",
    };
    review_name(end_year, term, likely, ret_review->name);
    return true;
}
