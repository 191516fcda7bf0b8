#include <string.h>

#include "base/text.h"
#include "scales/framework_draft_in.h"

static const char *const scale_kinds[] = { "grades", "number", "raw", "text", NULL };
static const char *const judged_by[] = { "assessment", "likely", NULL };
static const char *const measure_kinds[] = { "threshold", "progress", "awards", "formula",
    NULL };

static const struct key_spec metric_keys[] = {
    { KEY_ONE, "one", KEY_TYPE_TEXT, true, 0, 0, NULL },
    { KEY_MANY, "many", KEY_TYPE_TEXT, true, 0, 0, NULL },
    { KEY_PART_ONE, "part-one", KEY_TYPE_TEXT, false, 0, 0, NULL },
    { KEY_PART_MANY, "part-many", KEY_TYPE_TEXT, false, 0, 0, NULL },
    { KEY_STEP, "step", KEY_TYPE_NUMBER, false, 0, 1000, NULL },
    { KEY_LEVEL, "level", KEY_TYPE_NUMBER, false, 0, 1000, NULL },
    { KEY_FIRST_STEP, "first-step", KEY_TYPE_NUMBER, false, -10000, 10000, NULL },
};
static const struct key_spec scale_keys[] = {
    { KEY_METRIC, "metric", KEY_TYPE_TEXT, false, 0, 0, NULL },
    { KEY_KIND, "kind", KEY_TYPE_CHOICE, false, 0, 0, scale_kinds },
    { KEY_MIN, "min", KEY_TYPE_NUMBER, false, -100000, 100000, NULL },
    { KEY_MAX, "max", KEY_TYPE_NUMBER, false, -100000, 100000, NULL },
    { KEY_PLACES, "places", KEY_TYPE_WHOLE, false, 0, 7, NULL },
    { KEY_SHOW, "show", KEY_TYPE_WHOLE, false, 0, 3, NULL },
    { KEY_POINTS_PER_UNIT, "points-per-unit", KEY_TYPE_NUMBER, false, 0, 20, NULL },
    { KEY_SIZE, "size", KEY_TYPE_NUMBER, false, 0, 20, NULL },
    { KEY_FROM, "from", KEY_TYPE_WHOLE, false, 1900, 2199, NULL },
    { KEY_TO, "to", KEY_TYPE_WHOLE, false, 1900, 2199, NULL },
    { KEY_PREFIX, "prefix", KEY_TYPE_LIST, false, 0, 8, NULL },
    { KEY_SOURCE, "source", KEY_TYPE_TEXT, true, 0, 0, NULL },
};
static const struct key_spec grade_keys[] = {
    { KEY_POINTS, "points", KEY_TYPE_NUMBER, false, -10000, 10000, NULL },
    { KEY_STEP, "step", KEY_TYPE_WHOLE, false, -10000, 10000, NULL },
    { KEY_UNIT, "unit", KEY_TYPE_WHOLE, false, 1, 100, NULL },
    { KEY_LEVEL, "level", KEY_TYPE_WHOLE, false, -100, 100, NULL },
    { KEY_PRIOR_LEVEL, "prior-level", KEY_TYPE_WHOLE, false, -100, 100, NULL },
    { KEY_RUNG, "rung", KEY_TYPE_YES_NO, false, 0, 0, NULL },
    { KEY_WIDE, "wide", KEY_TYPE_YES_NO, false, 0, 0, NULL },
    { KEY_LEVEL1, "level1", KEY_TYPE_WHOLE, false, 0, 1000, NULL },
    { KEY_LEVEL2, "level2", KEY_TYPE_WHOLE, false, 0, 1000, NULL },
    { KEY_ALIAS, "alias", KEY_TYPE_LIST, false, 0, 30, NULL },
};
static const struct key_spec status_keys[] = {
    { KEY_ALIAS, "alias", KEY_TYPE_LIST, false, 0, 30, NULL },
};
static const struct key_spec subject_keys[] = {
    { KEY_CORE, "core", KEY_TYPE_YES_NO, false, 0, 0, NULL },
    { KEY_ALIAS, "alias", KEY_TYPE_LIST, false, 0, 30, NULL },
};
static const struct key_spec derive_keys[] = {
    { KEY_FROM, "from", KEY_TYPE_LIST, true, 0, 4, NULL },
};
static const struct key_spec stage_keys[] = {
    { KEY_YEARS, "years", KEY_TYPE_YEARS, true, 0, 0, NULL },
    { KEY_PREVIOUS, "previous", KEY_TYPE_LIST, false, 0, 2, NULL },
    { KEY_TRAJECTORY, "trajectory", KEY_TYPE_YES_NO, false, 0, 0, NULL },
    { KEY_JUDGED_BY, "judged-by", KEY_TYPE_CHOICE, false, 0, 0, judged_by },
    { KEY_WHOLE, "whole", KEY_TYPE_YES_NO, false, 0, 0, NULL },
};
static const struct key_spec rule_keys[] = {
    { KEY_STAGES, "stages", KEY_TYPE_LIST, false, 0, 30, NULL },
    { KEY_SUBJECTS, "subjects", KEY_TYPE_LIST, false, 0, 60, NULL },
    { KEY_SCALES, "scales", KEY_TYPE_LIST, true, 0, 8, NULL },
};
static const struct key_spec source_keys[] = {
    { KEY_RANK, "rank", KEY_TYPE_WHOLE, true, 0, 100, NULL },
};
static const struct key_spec boundaries_keys[] = {
    { KEY_STAGE, "stage", KEY_TYPE_TEXT, true, 0, 0, NULL },
    { KEY_SUBJECT, "subject", KEY_TYPE_TEXT, true, 0, 0, NULL },
    { KEY_YEAR, "year", KEY_TYPE_WHOLE, false, 1900, 2199, NULL },
    { KEY_TEST, "test", KEY_TYPE_TEXT, false, 0, 0, NULL },
    { KEY_MAX, "max", KEY_TYPE_WHOLE, false, 1, 10000, NULL },
    { KEY_SCALES, "scales", KEY_TYPE_LIST, true, 0, 8, NULL },
    { KEY_DECIMAL, "decimal", KEY_TYPE_TEXT, false, 0, 0, NULL },
    { KEY_DECIMAL_FROM, "decimal-from", KEY_TYPE_WHOLE, false, 0, 100, NULL },
    { KEY_BANDS, "bands", KEY_TYPE_LIST, true, 0, 60, NULL },
    { KEY_SOURCE, "source", KEY_TYPE_TEXT, true, 0, 0, NULL },
};
static const struct key_spec measure_keys[] = {
    { KEY_KIND, "kind", KEY_TYPE_CHOICE, true, 0, 0, measure_kinds },
    { KEY_STAGE, "stage", KEY_TYPE_TEXT, false, 0, 0, NULL },
    { KEY_YEARS, "years", KEY_TYPE_YEARS, true, 0, 0, NULL },
    { KEY_SUBJECTS, "subjects", KEY_TYPE_LIST, false, 0, 6, NULL },
    { KEY_AT_LEAST, "at-least", KEY_TYPE_WHOLE, false, 0, 100, NULL },
    { KEY_FROM, "from", KEY_TYPE_TEXT, false, 0, 0, NULL },
    { KEY_NO_PRIOR, "no-prior", KEY_TYPE_WHOLE, false, 1, 100, NULL },
    { KEY_FLOOR, "floor", KEY_TYPE_NUMBER, false, 0, 100, NULL },
    { KEY_NATIONAL_TARGET, "national-target", KEY_TYPE_NUMBER, false, 0, 100, NULL },
    { KEY_FORMULA, "formula", KEY_TYPE_TEXT, false, 0, 0, NULL },
    { KEY_WITH, "with", KEY_TYPE_LIST, false, 0, 3, NULL },
    { KEY_WITHOUT, "without", KEY_TYPE_LIST, false, 0, 3, NULL },
    { KEY_EVERYBODY, "everybody", KEY_TYPE_YES_NO, false, 0, 0, NULL },
    { KEY_TRAJECTORY, "trajectory", KEY_TYPE_YES_NO, false, 0, 0, NULL },
    { KEY_SOURCE, "source", KEY_TYPE_TEXT, true, 0, 0, NULL },
};

const struct directive_spec directive_specs[DIRECTIVE__MAX] = {
    [DIRECTIVE_FRAMEWORK] = { "framework", 2, 2, NULL, 0 },
    [DIRECTIVE_METRIC] = { "metric", 2, 0, metric_keys, COUNT(metric_keys) },
    [DIRECTIVE_SCALE] = { "scale", 2, 2, scale_keys, COUNT(scale_keys) },
    [DIRECTIVE_GRADE] = { "grade", 2, 1, grade_keys, COUNT(grade_keys) },
    [DIRECTIVE_STATUS] = { "status", 2, 1, status_keys, COUNT(status_keys) },
    [DIRECTIVE_SUBJECT] = { "subject", 2, 2, subject_keys, COUNT(subject_keys) },
    [DIRECTIVE_DERIVE] = { "derive", 2, 0, derive_keys, COUNT(derive_keys) },
    [DIRECTIVE_STAGE] = { "stage", 2, 2, stage_keys, COUNT(stage_keys) },
    [DIRECTIVE_RULE] = { "rule", 0, 0, rule_keys, COUNT(rule_keys) },
    [DIRECTIVE_SOURCE] = { "source", 2, 1, source_keys, COUNT(source_keys) },
    [DIRECTIVE_BOUNDARIES] = { "boundaries", 0, 0, boundaries_keys, COUNT(boundaries_keys) },
    [DIRECTIVE_MEASURE] = { "measure", 2, 2, measure_keys, COUNT(measure_keys) },
};

bool is_blank(const char *text)
{
    for (size_t n = name_blank(text); n > 0; n = name_blank(text))
        text += n;
    return *text == '\0';
}

static enum err_code read_number(struct reading *r, const struct key_spec *spec,
        const char *text, struct field *field)
{
    bool whole = spec->type == KEY_TYPE_WHOLE;
    int64_t unit = whole ? 1 : 1000;

    if (whole ? !text_int(text, &field->a) : !text_milli(text, &field->a))
        return reading_refuse(r, "%s=%.40s is not a %snumber", spec->word, text,
                whole ? "whole " : "");
    if (field->a < spec->min * unit || field->a > spec->max * unit)
        return reading_refuse(r, "%s=%.40s is out of range: it may run from %d to %d",
                spec->word, text, spec->min, spec->max);
    return ERR_OK;
}

static enum err_code read_choice(struct reading *r, const struct key_spec *spec,
        const char *text, struct field *field)
{
    for (field->a = 0; spec->choices[field->a] != NULL; field->a++)
        if (text_eq_fold(spec->choices[field->a], text))
            return ERR_OK;
    return reading_refuse(r, "%s=%.40s is not one of the words it may be (%s, %s ...)",
            spec->word, text, spec->choices[0], spec->choices[1]);
}

static enum err_code read_yes_no(struct reading *r, const struct key_spec *spec,
        const char *text, struct field *field)
{
    field->a = text_eq_fold(text, "yes");
    if (field->a == 0 && !text_eq_fold(text, "no"))
        return reading_refuse(r, "%s=%.40s should be yes or no", spec->word, text);
    return ERR_OK;
}

/* "3-6", "N1-R" or one year alone. */
static enum err_code read_years(struct reading *r, const struct key_spec *spec, char *text,
        struct field *field)
{
    char *dash = strchr(text, '-');
    int first = 0;
    int last = 0;
    bool good;

    if (dash != NULL)
        *dash = '\0';
    good = framework_year_parse(text, &first) &&
           framework_year_parse(dash == NULL ? text : dash + 1, &last) && first <= last;
    if (dash != NULL)
        *dash = '-';
    if (!good)
        return reading_refuse(r, "%s=%.40s is not a run of school years such as 3-6 or N1-R",
                spec->word, text);
    field->a = first;
    field->b = last;
    return ERR_OK;
}

static enum err_code read_list(struct reading *r, const struct key_spec *spec, char *text,
        struct field *field)
{
    const char **list;
    size_t n = 1;
    size_t i = 0;

    for (const char *at = text; *at != '\0'; at++)
        n += *at == ',';
    if (n > (size_t)spec->max)
        return reading_refuse(r, "%s has %zu entries, at most %d are allowed", spec->word, n,
                spec->max);
    list = arena_array(r->draft->arena, n, sizeof(*list));
    if (list == NULL)
        return err_memory(r->err);
    for (char *at = text; at != NULL; i++) {
        char *comma = strchr(at, ',');

        if (comma != NULL)
            *comma++ = '\0';
        list[i] = text_trim(at);
        if (is_blank(list[i]))
            return reading_refuse(r, "%s has an empty entry", spec->word);
        at = comma;
    }
    field->list = list;
    field->a = (int64_t)n;
    return ERR_OK;
}

enum err_code read_value(struct reading *r, const struct key_spec *spec, char *text,
        struct field *field)
{
    *field = (struct field){ .key = spec->key, .text = text };
    if (is_blank(text))
        return reading_refuse(r, "%s is empty", spec->word);
    switch (spec->type) {
    case KEY_TYPE_NUMBER:
    case KEY_TYPE_WHOLE:
        return read_number(r, spec, text, field);
    case KEY_TYPE_YES_NO:
        return read_yes_no(r, spec, text, field);
    case KEY_TYPE_YEARS:
        return read_years(r, spec, text, field);
    case KEY_TYPE_LIST:
        return read_list(r, spec, text, field);
    case KEY_TYPE_CHOICE:
        return read_choice(r, spec, text, field);
    case KEY_TYPE_TEXT:
        break;
    }
    return ERR_OK;
}
