#include "scales/framework.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "scales/framework_in.h"

int framework_scale(const struct framework *fw, const char *code)
{
    return names_find(&fw->index->names, SCOPE_SCALE, code);
}

int framework_subject(const struct framework *fw, const char *code_or_name)
{
    return names_find(&fw->index->names, SCOPE_SUBJECT, code_or_name);
}

int framework_stage(const struct framework *fw, const char *code)
{
    return names_find(&fw->index->names, SCOPE_STAGE, code);
}

int framework_measure(const struct framework *fw, const char *id)
{
    return names_find(&fw->index->names, SCOPE_MEASURE, id);
}

int framework_metric(const struct framework *fw, const char *code)
{
    return names_find(&fw->index->names, SCOPE_METRIC, code);
}

int framework_source_rank(const struct framework *fw, const char *source)
{
    int i = names_find(&fw->index->names, SCOPE_SOURCE, source);

    return i < 0 ? SOURCE_RANK_OTHER : fw->sources[i].rank;
}

int framework_stage_of_year(const struct framework *fw, int year)
{
    for (int i = 0; i < fw->stage_n; i++) {
        const struct stage *stage = &fw->stages[i];

        if (stage->whole && year >= stage->first_year && year <= stage->last_year)
            return i;
    }
    return -1;
}

const struct metric *framework_metric_of(const struct framework *fw, struct value value)
{
    if (!value_is_set(value))
        return NULL;
    return &fw->metrics[fw->index->metric_of_scale[value.scale]];
}

bool framework_comparable(const struct framework *fw, struct value a, struct value b)
{
    return value_is_set(a) && value_is_set(b) && a.points != POINTS_NONE &&
           b.points != POINTS_NONE && framework_metric_of(fw, a) == framework_metric_of(fw, b);
}

/* The number with between `least` and three decimal places, no more than it needs. */
static const char *number_text(int32_t number, int least, char buffer[VALUE_TEXT_SIZE])
{
    unsigned size = number < 0 ? 0U - (unsigned)number : (unsigned)number;
    size_t end;
    int places = 3;

    (void)snprintf(buffer, VALUE_TEXT_SIZE, "%s%u.%03u", number < 0 ? "-" : "", size / 1000,
            size % 1000);
    end = strlen(buffer);
    while (places > least && buffer[end - 1] == '0') {
        end--;
        places--;
    }
    buffer[places == 0 ? end - 1 : end] = '\0';
    return buffer;
}

/* Half away from zero to `show` places, but never over into the next whole number. */
static int32_t shown_number(int32_t number, int32_t show)
{
    static const int32_t units[] = { 1000, 100, 10, 1 };
    int32_t unit = units[show];
    int32_t size = number < 0 ? -number : number;
    int32_t shown = (size + unit / 2) / unit * unit;

    if (show > 0 && shown / 1000 != size / 1000)
        shown = size / unit * unit;
    return number < 0 ? -shown : shown;
}

static const char *text_of(const struct framework *fw, struct value value, bool cut,
        char buffer[VALUE_TEXT_SIZE])
{
    const struct scale *scale;
    int32_t number = value.number;

    if (!value_is_set(value))
        return "";
    if (value.grade >= 0)
        return fw->grades[value.grade].code;
    scale = &fw->scales[value.scale];
    if (scale->kind == SCALE_TEXT)
        return "";
    if (cut && scale->show >= 0)
        number = shown_number(number, scale->show);
    return number_text(number, scale->show < 0 ? 0 : (int)scale->show, buffer);
}

const char *framework_value_text(const struct framework *fw, struct value value,
        char buffer[VALUE_TEXT_SIZE])
{
    return text_of(fw, value, false, buffer);
}

const char *framework_shown_text(const struct framework *fw, struct value value,
        char buffer[VALUE_TEXT_SIZE])
{
    return text_of(fw, value, true, buffer);
}

static const char *const year_texts[] = { "N1", "N2", "R", "1", "2", "3", "4", "5", "6", "7",
    "8", "9", "10", "11", "12", "13" };

bool framework_year_parse(const char *text, int *ret_year)
{
    for (size_t i = 0; text != NULL && i < COUNT(year_texts); i++) {
        if (!text_eq_fold(text, year_texts[i]))
            continue;
        *ret_year = (int)i - 2;
        return true;
    }
    return false;
}

const char *framework_year_text(int year)
{
    return year < -2 || year > 13 ? "" : year_texts[year + 2];
}
