#include "school/review_state.h"

#include "base/text.h"
#include "check.h"

/* Last day 28 February 2010 (no leap year), so that the day after is 1 March; and others. */
static void an_open_review_is_closing_for_a_day_and_then_closed(void **state)
{
    static const struct {
        const char *row, *kept;
        int to, today;
        const char *want;
        bool takes;
    } rows[] = {
        { "before its last day", "open", 20100228, 20100201, "open", true },
        { "on its last day", "open", 20100228, 20100228, "open", true },
        { "the day after", "open", 20100228, 20100301, "closing", true },
        { "two days after", "open", 20100228, 20100302, "closed", false },
        { "a leap year", "open", 20080228, 20080229, "closing", true },
        { "after a leap day", "open", 20080228, 20080301, "closed", false },
        { "over the end of the year", "open", 20091231, 20100101, "closing", true },
        { "next year", "open", 20091231, 20101231, "closed", false },
        { "kept as closing", "closing", 20100228, 20100228, "closing", true },
        { "kept as closing, over", "closing", 20100228, 20100302, "closed", false },
        { "a draft stays one", "draft", 20100228, 20100301, "draft", false },
        { "closed by hand", "closed", 20100228, 20100201, "closed", false },
        { "closed, the day after", "closed", 20100228, 20100301, "closed", false },
        { "final", "final", 20100228, 20100301, "final", false },
        { "an unknown word", "ajar", 20100228, 20100201, "closed", false },
        { "no word", "", 20100228, 20100201, "closed", false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        enum review_state got = review_state_on(rows[i].kept, (struct date){ rows[i].to },
                (struct date){ rows[i].today });

        CHECK_TEXT(rows[i].row, review_state_word(got), rows[i].want);
        CHECK_INT(rows[i].row, review_state_takes(got), rows[i].takes);
    }
    CHECK_INT("the end", review_state_end((struct date){ 20100228 }).ymd, 20100301);
}

TESTS(TEST(an_open_review_is_closing_for_a_day_and_then_closed))
