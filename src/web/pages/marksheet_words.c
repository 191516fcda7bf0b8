#include <string.h>

#include "base/text.h"
#include "web/pages/marksheet_in.h"

const char *column_code(const struct sheet *sheet, size_t column)
{
    return sheet->cohort.fw->subjects[sheet->cohort.subjects[column]].code;
}

const char *column_name(const struct sheet *sheet, size_t column)
{
    return sheet->cohort.fw->subjects[sheet->cohort.subjects[column]].name;
}

const char *entry_words(const struct sheet *sheet)
{
    return sheet->kind == FACT_LIKELY ? "Likely grade" : "Working at";
}

const char *prior_name(const struct sheet_page *page, int stage)
{
    int previous = stage < 0 ? -1 : context_prior_stage(page->context, stage);

    return previous < 0 ? NULL : page->context->fw->stages[previous].name;
}

const char *value_words(const struct sheet *sheet, struct arena *arena, struct value value)
{
    char buffer[VALUE_TEXT_SIZE];
    const char *text;

    if (!value_is_set(value))
        return "";
    text = framework_shown_text(sheet->cohort.fw, value, buffer);
    return text == buffer ? arena_text(arena, text) : text;
}

/* One decimal, a sign in front: "+0.7", "−1.3". */
const char *gap_words(const struct sheet *sheet, struct arena *arena, size_t pupil,
        size_t column)
{
    int32_t gap = sheet->cohort.gap[cohort_cell(&sheet->cohort, pupil, column)];
    int32_t tenths;

    if (gap == POINTS_NONE)
        return "";
    tenths = (gap < 0 ? -gap + 50 : gap + 50) / 100;
    return arena_printf(arena, "%s%d.%d",
            tenths == 0 ? ""
            : gap < 0   ? "\u2212"
                        : "+",
            (int)(tenths / 10), (int)(tenths % 10));
}

const char *progress_words(const struct sheet *sheet, struct arena *arena, size_t pupil,
        size_t column)
{
    char buffer[PROGRESS_TEXT_SIZE];
    const char *text = progress_target_text(sheet->cohort.fw,
            &sheet->cohort.progress[cohort_cell(&sheet->cohort, pupil, column)], buffer);

    return text[0] == '\0' ? "" : arena_text(arena, text);
}

enum flag sheet_flag(const struct sheet *sheet, size_t pupil, size_t column)
{
    return (enum flag)sheet->cohort.flag[cohort_cell(&sheet->cohort, pupil, column)];
}

const char *flag_css(enum flag flag)
{
    static const char *const words[FLAG__MAX] = { "", "well", "below", "on", "above", "above" };

    return words[flag];
}

const char *flag_symbol(enum flag flag)
{
    static const char *const words[FLAG__MAX] = { "s-none", "s-well", "s-below", "s-on",
        "s-above", "s-above" };

    return words[flag];
}

const char *sheet_flag_word(const struct sheet *sheet, size_t pupil, size_t column)
{
    const struct sheet_cell *cell = sheet_cell(sheet, pupil, column);
    const struct cohort *cohort = &sheet->cohort;
    enum flag flag = sheet_flag(sheet, pupil, column);

    if (flag != FLAG_NONE)
        return flag_word(flag);
    if (cell->text[0] == '\0')
        return "Not entered";
    if (!value_is_set(cell->value) || cell->value.points == POINTS_NONE) {
        const struct grade *grade =
                cell->value.grade < 0 ? NULL : &cohort->fw->grades[cell->value.grade];

        if (grade == NULL || !grade->status || text_empty(grade->name))
            return "No grade";
        return grade->name;
    }
    return value_is_set(cohort->target[cohort_cell(cohort, pupil, column)]) ? "No start"
                                                                            : "No target";
}

static const char *yes_words(const char *value)
{
    return text_empty(value) ? "" : pupil_answer_is_yes(value) ? "Yes" : "No";
}

const char *extra_words(const struct sheet *sheet, struct arena *arena, size_t pupil,
        enum sheet_extra extra)
{
    const struct cohort_pupil *p = &sheet->cohort.pupils[pupil];
    char born[DATE_LONG_SIZE];
    const char *text = "";

    switch (extra) {
    case EXTRA_SET:
        text = sheet->pupils[pupil].set;
        break;
    case EXTRA_REGISTRATION:
        text = p->registration;
        break;
    case EXTRA_SEX:
        text = p->sex;
        break;
    case EXTRA_BORN:
        return date_is_set(p->dob) ? arena_text(arena, date_long(p->dob, born)) : "";
    case EXTRA_ETHNICITY:
        text = p->ethnicity;
        break;
    case EXTRA_LANGUAGE:
        text = p->language;
        break;
    case EXTRA_FSM:
        return yes_words(p->fsm);
    case EXTRA_LOOKED_AFTER:
        return yes_words(p->looked_after);
    case EXTRA_GIFTED:
        return yes_words(p->gifted);
    case EXTRA_HOUSE:
        text = p->house;
        break;
    case EXTRA_NONE:
    case EXTRA__MAX:
        break;
    }
    return text == NULL ? "" : text;
}
