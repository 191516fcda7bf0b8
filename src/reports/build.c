#include "reports/build.h"

#include "base/text.h"

struct report *build_end(struct report *report, const struct frame *frame)
{
    report_note(report,
            "A dash means that there is no value; it is left out of every percentage. "
            "Nought is written 0.");
    if (frame->ended != NULL)
        report_note(report, "%s ended in %d: on today's dates they are for show.",
                frame->ended->name, frame->ended->valid_to);
    return report;
}

static void add_fresh(struct report *report, const struct frame *frame)
{
    char day[DATE_LONG_SIZE];

    if (date_is_set(frame->newest))
        report->freshness =
                report_text(report, "Latest judgement %s.", date_long(frame->newest, day));
    else
        report->freshness = "No judgement has been entered yet.";
}

struct report *build_begin(struct arena *arena, const char *name, const struct frame *frame,
        const struct cohort *cohort, const char *title)
{
    struct report *report = report_make(arena, name);

    report->school = frame->school;
    report->title = title;
    report->as_at = cohort->day;
    report->population = frame->description;
    report->of = (int64_t)cohort->pupil_n;
    report->audience = "staff of the school who may see these pupils";
    for (size_t i = 0; i < frame->filter_n; i++)
        report_filter(report, "%s", frame->filter_words[i]);
    add_fresh(report, frame);
    return report;
}

struct value build_value(const struct cohort *cohort, size_t cell, enum basis basis)
{
    switch (basis) {
    case BASIS_TARGET:
        return cohort->target[cell];
    case BASIS_PREDICTION:
        return cohort->prediction[cell];
    case BASIS_ATTAINMENT:
        break;
    }
    return value_is_set(cohort->result[cell]) ? cohort->result[cell] : cohort->now[cell];
}
