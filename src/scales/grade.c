#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "scales/framework_in.h"

enum {
    GRADE_TEXT_MAX = 60
};

/* A grade as somebody wrote it: trimmed for messages, without spaces for reading. */
struct spoken {
    char shown[GRADE_TEXT_MAX + 1];
    char tight[GRADE_TEXT_MAX + 1];
    const char *start; /* of shown, behind its leading spaces */
};

static bool spoken_make(struct spoken *spoken, const char *text)
{
    size_t n = 0;

    if (!text_copy(spoken->shown, sizeof(spoken->shown), text))
        return false;
    spoken->start = text_trim(spoken->shown);
    for (const char *at = spoken->start; *at != '\0'; at++) {
        size_t blank = name_blank(at);

        if (blank > 0)
            at += blank - 1;
        else
            spoken->tight[n++] = *at;
    }
    spoken->tight[n] = '\0';
    return true;
}

/* Decimal places that are not trailing zeros. */
static int32_t places_of(const char *text)
{
    const char *dot = strchr(text, '.');
    int32_t n = 0;

    for (int32_t i = 1; dot != NULL && dot[i] != '\0'; i++)
        if (dot[i] != '0')
            n = i;
    return n;
}

enum number_read number_read(const struct framework *fw, int scale, const char *text,
        struct value *ret_value)
{
    const struct scale *s = &fw->scales[scale];
    int64_t number;

    if (!text_milli(text, &number))
        return NUMBER_NOT;
    if (number < s->min || number > s->max)
        return NUMBER_OUTSIDE;
    if (places_of(text) > s->places)
        return NUMBER_PLACES;
    *ret_value = value_of_number(fw, scale, (int32_t)number);
    return NUMBER_OK;
}

static enum number_read read_bare(const struct framework *fw, int scale, const char *text,
        struct value *ret_value)
{
    enum scale_kind kind = fw->scales[scale].kind;
    int grade = names_find(&fw->index->names, SCOPE_GRADES + scale, text);

    if (grade >= 0) {
        *ret_value = value_of_grade(fw, grade);
        return NUMBER_OK;
    }
    if (kind == SCALE_NUMBER || kind == SCALE_RAW)
        return number_read(fw, scale, text, ret_value);
    return NUMBER_NOT;
}

/* On one scale, also behind its prefixes ("L2c", "Level 2c"). */
static enum number_read read_on(const struct framework *fw, int scale, const char *text,
        struct value *ret_value)
{
    const char *const *prefixes = fw->index->prefixes[scale];
    enum number_read got = read_bare(fw, scale, text, ret_value);
    const char *rest;

    for (size_t i = 0; got == NUMBER_NOT && prefixes != NULL && prefixes[i] != NULL; i++)
        if (name_after(text, prefixes[i], &rest))
            got = read_bare(fw, scale, rest, ret_value);
    return got;
}

/* The scales that a grade may be on. */
struct choice {
    const int16_t *scales;
    int n;
};

static const struct scale_rule *rule_at(const struct framework *fw, int stage, int subject)
{
    size_t at = (size_t)(stage + 1) * (size_t)(fw->subject_n + 1) + (size_t)(subject + 1);
    int16_t rule = fw->index->rule_of[at];

    return rule < 0 ? NULL : &fw->rules[rule];
}

/* The most special rule: of stage and subject, of the subject, of the stage, of all. */
static struct choice choose_scales(const struct framework *fw, int stage, int subject)
{
    const struct scale_rule *rule = rule_at(fw, stage, subject);

    if (rule == NULL)
        rule = rule_at(fw, -1, subject);
    if (rule == NULL)
        rule = rule_at(fw, stage, -1);
    if (rule == NULL)
        rule = rule_at(fw, -1, -1);
    if (rule == NULL)
        return (struct choice){ NULL, 0 };
    return (struct choice){ rule->scales, rule->scale_n };
}

enum {
    NEAR_MAX = 4,
    HINT_RUNGS = 12
};

/* The grades whose text is nearest to what was written, all equally near. */
struct near {
    const char *codes[NEAR_MAX];
    size_t far;
    int n;
};

static void near_add(struct near *near, const char *code, size_t far)
{
    if (near->n > 0 && far > near->far)
        return;
    if (far < near->far)
        near->n = 0;
    near->far = far;
    if (near->n < NEAR_MAX)
        near->codes[near->n++] = code;
}

/* A grade of the same length is nearer than one that needs as many edits and has another. */
static struct near near_find(const struct framework *fw, struct choice choice, const char *text)
{
    struct near near = { .far = SIZE_MAX };
    size_t limit = strlen(text) > 3 ? 2 : 1;

    for (int k = 0; k < choice.n; k++) {
        const struct scale *scale = &fw->scales[choice.scales[k]];

        for (int i = scale->first_grade; i < scale->first_grade + scale->grade_n; i++) {
            const char *code = fw->grades[i].code;
            size_t far = text_distance(text, code, limit + 1);

            if (far <= limit && far < strlen(code))
                near_add(&near, code, 2 * far + (strlen(code) != strlen(text)));
        }
    }
    return near;
}

static enum err_code hint_near(const struct near *near, struct err *err)
{
    char list[220] = "";
    size_t n = 0;

    for (int i = 0; i < near->n && n < sizeof(list); i++) {
        const char *join = i == 0 ? "" : i == near->n - 1 ? " or " : ", ";

        n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%.50s", join, near->codes[i]);
    }
    return err_hint(err, "Did you mean %s?", list);
}

/* What the scale has: its rungs if they are few, its ends, or its range. */
static enum err_code hint_scale(const struct framework *fw, int scale, struct err *err)
{
    const struct scale *s = &fw->scales[scale];
    const struct grade *grade = fw->grades + s->first_grade;
    char low[TEXT_MILLI_SIZE], high[TEXT_MILLI_SIZE];
    const char *last = "";
    char list[200] = "";
    size_t n = 0;
    int rung_n = 0;

    if (s->kind != SCALE_GRADES)
        return err_hint(err, "It is a number from %s to %s.", text_from_milli(s->min, low),
                text_from_milli(s->max, high));
    for (int i = 0; i < s->grade_n; i++) {
        if (!grade[i].rung)
            continue;
        last = grade[i].code;
        if (rung_n++ < HINT_RUNGS && n < sizeof(list))
            n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%.50s",
                    rung_n == 1 ? "" : ", ", last);
    }
    if (rung_n <= HINT_RUNGS)
        return err_hint(err, "Its grades are %s.", list);
    return err_hint(err, "Its grades run from the lowest, %s ... to %.50s.", list, last);
}

static enum err_code refuse_number(const struct framework *fw, int scale, enum number_read why,
        const char *text, struct err *err)
{
    const struct scale *s = &fw->scales[scale];

    if (why == NUMBER_PLACES) {
        (void)err_set(err, ERR_INVALID, "%s has more decimal places than %.100s allows", text,
                s->name);
        return err_hint(err, "It allows %d.", (int)s->places);
    }
    (void)err_set(err, ERR_INVALID, "%s is outside %.100s", text, s->name);
    return hint_scale(fw, scale, err);
}

static enum err_code refuse_grade(const struct framework *fw, struct choice choice,
        const struct spoken *spoken, struct err *err)
{
    const char *name = fw->scales[choice.scales[0]].name;
    struct near near = near_find(fw, choice, spoken->tight);

    (void)err_set(err, ERR_INVALID, "%s is not a grade of %.100s", spoken->start, name);
    if (near.n > 0)
        return hint_near(&near, err);
    return hint_scale(fw, choice.scales[0], err);
}

static enum err_code refuse_choice(const struct framework *fw, int stage, int subject,
        struct err *err)
{
    (void)err_set(err, ERR_INVALID, "no scale is known for grades in %s at %s",
            subject < 0 ? "any subject" : fw->subjects[subject].name,
            stage < 0 ? "no stage" : fw->stages[stage].name);
    return err_hint(err, "Name the scale beside the grade, or the stage.");
}

static enum err_code read_chosen(const struct framework *fw, struct choice choice,
        const struct spoken *spoken, struct value *ret_value, struct err *err)
{
    enum number_read why = NUMBER_NOT;
    int why_scale = -1;

    for (int i = 0; i < choice.n; i++) {
        enum number_read got = read_on(fw, choice.scales[i], spoken->tight, ret_value);

        if (got == NUMBER_OK)
            return ERR_OK;
        if (got != NUMBER_NOT && why == NUMBER_NOT) {
            why = got;
            why_scale = choice.scales[i];
        }
    }
    if (why != NUMBER_NOT)
        return refuse_number(fw, why_scale, why, spoken->start, err);
    return refuse_grade(fw, choice, spoken, err);
}

enum err_code framework_read_grade(const struct framework *fw, int scale, int stage,
        int subject, const char *text, struct value *ret_value, struct err *err)
{
    int16_t one = (int16_t)scale;
    struct choice choice = { &one, 1 };
    struct spoken spoken;

    if (text == NULL || is_blank(text))
        return err_set(err, ERR_INVALID, "no grade is given");
    if (scale < 0)
        choice = choose_scales(fw, stage, subject);
    if (choice.n == 0)
        return refuse_choice(fw, stage, subject, err);
    if (fw->scales[choice.scales[0]].kind == SCALE_TEXT) {
        *ret_value = (struct value){ POINTS_NONE, 0, choice.scales[0], -1 };
        return ERR_OK;
    }
    if (!spoken_make(&spoken, text))
        return err_set(err, ERR_INVALID, "%.40s ... is too long to be a grade", text);
    if (spoken.tight[0] == '\0')
        return err_set(err, ERR_INVALID, "no grade is given");
    return read_chosen(fw, choice, &spoken, ret_value, err);
}
