#include "school/review_state.h"

#include "base/attr.h"
#include "base/text.h"

static const char *const words[REVIEW_STATE__MAX] = {
    [REVIEW_DRAFT] = "draft",
    [REVIEW_OPEN] = "open",
    [REVIEW_CLOSING] = "closing",
    [REVIEW_CLOSED] = "closed",
    [REVIEW_FINAL] = "final",
};

const char *review_state_word(enum review_state state)
{
    return words[state];
}

struct date review_state_end(struct date to)
{
    return date_from_number(date_number(to) + 1);
}

bool review_state_takes(enum review_state state)
{
    return state == REVIEW_OPEN || state == REVIEW_CLOSING;
}

enum review_state review_state_on(const char *kept, struct date to, struct date today)
{
    enum review_state state = REVIEW_DRAFT;

    while (state < REVIEW_STATE__MAX && !text_eq(words[state], kept))
        state++;
    if (state == REVIEW_STATE__MAX)
        return REVIEW_CLOSED;
    if (!review_state_takes(state) || today.ymd <= to.ymd)
        return state;
    return today.ymd == review_state_end(to).ymd ? REVIEW_CLOSING : REVIEW_CLOSED;
}

bool review_subjects_hold(const char *subjects, const char *code)
{
    return text_empty(subjects) || text_in_list(subjects, code);
}
