#include "demo/demo_in.h"

const struct demo_school demo_schools[DEMO_SCHOOL_N] = {
    [DEMO_MAIN] = { "8069001", "Aldermere Park School", "all-through", 1150, 8, "supported" },
    [DEMO_PARTNER] = { "8069002", "Quillhaven High School", "secondary", 200, 9, "pilot" },
};

const char demo_authority[] = "Marlshire (an invented authority)";

const char demo_notice[] = "This school is invented. Its National Curriculum levels and GCSE "
                           "grades of 2008 on today's dates are for show, until today's "
                           "framework is there; the national figures beside them are those of "
                           "2004 to 2008.";

static enum err_code emit(const struct sink *sink, int school, const char *from,
        struct err *err)
{
    const struct demo_school *of = &demo_schools[school];
    struct school_record record = {
        .row = school + 1,
        .laestab = of->laestab,
        .name = of->name,
        .phase = of->phase,
        .tag = of->tag,
        .from = from,
        .to = "",
    };

    return sink->on_school(sink->data, &record, err);
}

enum err_code demo_schools_emit(void *data, const struct sink *sink, struct err *err)
{
    const struct demo *demo = data;
    char from[DATE_TEXT_SIZE];
    enum err_code code = ERR_OK;

    if (sink->on_school == NULL)
        return ERR_OK;
    for (int school = 0; school < DEMO_SCHOOL_N && code == ERR_OK; school++) {
        int years_ago = school == DEMO_MAIN ? 3 : 1;

        (void)date_text(year_start(school_year(demo->today) - years_ago), from);
        code = emit(sink, school, from, err);
    }
    return code;
}
