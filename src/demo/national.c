#include <stdio.h>

#include "base/attr.h"
#include "demo/demo_in.h"

enum {
    YEARS = 5,
    FIRST = 2004,
    NONE = -1
};

/*
 * National figures of 2004 to 2008, tenths of a per cent: DCSF statistical releases (key
 * stage 2 and 3 tests, key stage 1 and GCSE); -1 where no figure was found.
 */
static const struct figures {
    const char *measure, *subject;
    int16_t tenths[YEARS];
} figures[] = {
    { "ks1-l2-rea", "REA", { 850, 850, 840, 840, 840 } },
    { "ks1-l2-wri", "WRI", { 820, 820, 810, 800, NONE } },
    { "ks2-l4-eng", "ENG", { 775, 790, 790, 800, 810 } },
    { "ks2-l4-mat", "MAT", { 740, 751, 760, 770, 790 } },
    { "ks2-l4-sci", "SCI", { 860, 860, 870, 880, 880 } },
    { "ks2-l4-rea", "REA", { NONE, NONE, NONE, 840, 870 } },
    { "ks2-l4-wri", "WRI", { NONE, NONE, NONE, 670, 680 } },
    { "ks2-l5-eng", "ENG", { NONE, NONE, NONE, 340, 300 } },
    { "ks2-l5-mat", "MAT", { NONE, NONE, NONE, 320, 310 } },
    { "ks2-l5-sci", "SCI", { NONE, NONE, NONE, 470, 440 } },
    { "ks2-l4-eng-mat", "", { NONE, NONE, NONE, 710, 727 } },
    { "ks3-l5-eng", "ENG", { NONE, 740, 730, 740, 740 } },
    { "ks3-l5-mat", "MAT", { 730, 740, 770, 760, 770 } },
    { "ks3-l5-sci", "SCI", { 660, 700, 720, 730, 710 } },
    { "ks4-5ac", "", { 537, 563, 585, 614, 646 } },
    { "ks4-5ac-em", "", { 427, 443, 453, 463, 472 } },
};

static enum err_code give_figure(const struct figures *of, int nth, int year,
        const struct sink *sink, struct err *err)
{
    char year_text[8], percent[8];
    struct national_record record = {
        .row = (long)(of - figures) * YEARS + nth + 1,
        .body = "national",
        .measure = of->measure,
        .subject = of->subject,
        .year = year_text,
        .percent = percent,
    };

    if (of->tenths[nth] == NONE)
        return ERR_OK;
    (void)snprintf(year_text, sizeof(year_text), "%d", year % 10000);
    (void)snprintf(percent, sizeof(percent), "%d.%d", of->tenths[nth] / 10 % 1000,
            of->tenths[nth] % 10);
    return sink->on_national(sink->data, &record, err);
}

enum err_code demo_national(void *data, const struct sink *sink, struct err *err)
{
    const struct demo *demo = data;
    int last = school_year(demo->today) - 1;

    if (sink->on_national == NULL)
        return ERR_OK;
    for (size_t i = 0; i < COUNT(figures); i++) {
        for (int nth = 0; nth < YEARS; nth++) {
            int shifted = last - YEARS + 1 + nth;
            enum err_code code = give_figure(&figures[i], nth, FIRST + nth, sink, err);

            if (code == ERR_OK && shifted >= FIRST + YEARS)
                code = give_figure(&figures[i], nth, shifted, sink, err);
            if (code != ERR_OK)
                return code;
        }
    }
    return ERR_OK;
}
