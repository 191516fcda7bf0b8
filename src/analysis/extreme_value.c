#include <stdlib.h>
#include <string.h>

#include "analysis/cut.h"
#include "analysis/extreme_in.h"
#include "base/text.h"
#include "targets/flag.h"

static enum err_code add(struct trial *trial, struct trial_input *input,
        struct trial_value value)
{
    if (input->value_n == TRIAL_VALUES)
        return ERR_OK;
    input->values =
            arena_grow(trial->arena, input->values, input->value_n, sizeof(*input->values));
    if (input->values == NULL)
        return err_memory(trial->err);
    input->values[input->value_n++] = value;
    return ERR_OK;
}

/* ---- grades ---- */

static bool has_rung(const struct framework *fw, const struct scale *scale)
{
    for (int i = 0; i < scale->grade_n; i++) {
        if (fw->grades[scale->first_grade + i].rung)
            return true;
    }
    return false;
}

/* The scale that most values of the input are on: the first that has grades. */
static int main_scale(const struct framework *fw, const struct formula_input *in)
{
    for (int i = 0; i < in->scale_n; i++) {
        if (fw->scales[in->scales[i]].kind == SCALE_GRADES)
            return in->scales[i];
    }
    return in->scale_n > 0 ? in->scales[0] : -1;
}

static struct trial_value grade_value(const struct framework *fw, int grade)
{
    const struct grade *g = &fw->grades[grade];

    return (struct trial_value){ .grade = { g->points, 0, g->scale, (int16_t)grade } };
}

static enum err_code add_grades(struct trial *trial, struct trial_input *input, int index)
{
    const struct framework *fw = trial->ask->fw;
    const struct scale *scale = &fw->scales[index];
    bool rungs = has_rung(fw, scale);
    int last = scale->grade_n - 1;
    enum err_code code = ERR_OK;

    while (last > 0 && fw->grades[scale->first_grade + last].status)
        last--;
    for (int i = 0; i <= last && code == ERR_OK; i++) {
        const struct grade *grade = &fw->grades[scale->first_grade + i];

        if (!grade->status && (!rungs || grade->rung || i == 0 || i == last))
            code = add(trial, input, grade_value(fw, scale->first_grade + i));
    }
    return code;
}

static enum err_code add_numbers_of_scale(struct trial *trial, struct trial_input *input,
        int index)
{
    const struct framework *fw = trial->ask->fw;
    const struct scale *scale = &fw->scales[index];
    int64_t step = ((int64_t)scale->max - scale->min) / 60;
    char text[TEXT_MILLI_SIZE];
    enum err_code code = ERR_OK;

    step = step < 1000 ? 1000 : (step + 999) / 1000 * 1000;
    for (int64_t at = scale->min; code == ERR_OK; at += step) {
        struct trial_value value = { 0 };
        struct err ignored;

        if (at > scale->max)
            at = scale->max;
        if (framework_read_grade(fw, index, -1, -1, text_from_milli(at, text), &value.grade,
                    &ignored) == ERR_OK)
            code = add(trial, input, value);
        if (at == scale->max)
            break;
    }
    return code;
}

static int absence_of(const struct framework *fw, const struct formula_input *in)
{
    int reasons = framework_scale(fw, "reasons");

    for (int k = 0; k <= in->scale_n; k++) {
        int index = k < in->scale_n ? in->scales[k] : reasons;

        for (int i = 0; index >= 0 && i < fw->scales[index].grade_n; i++) {
            if (fw->grades[fw->scales[index].first_grade + i].status)
                return fw->scales[index].first_grade + i;
        }
    }
    return -1;
}

static bool shares_metric(const struct framework *fw, const struct formula_input *in, int index)
{
    for (int i = 0; i < in->scale_n; i++) {
        if (text_eq(fw->scales[in->scales[i]].metric, fw->scales[index].metric))
            return true;
    }
    return false;
}

/* The highest grade of the first scale that has nothing to do with the input's. */
static int stranger_of(const struct framework *fw, const struct formula_input *in)
{
    for (int s = 0; s < fw->scale_n; s++) {
        const struct scale *scale = &fw->scales[s];

        if (scale->kind != SCALE_GRADES || !has_rung(fw, scale) || shares_metric(fw, in, s))
            continue;
        for (int i = scale->grade_n - 1; i >= 0; i--) {
            const struct grade *grade = &fw->grades[scale->first_grade + i];

            if (grade->rung && grade->points != POINTS_NONE)
                return scale->first_grade + i;
        }
    }
    return -1;
}

static enum err_code grade_values(struct trial *trial, struct trial_input *input)
{
    const struct framework *fw = trial->ask->fw;
    int scale = main_scale(fw, &input->in);
    int absence = absence_of(fw, &input->in);
    int stranger = stranger_of(fw, &input->in);
    enum err_code code = ERR_OK;

    if (scale >= 0 && fw->scales[scale].kind == SCALE_GRADES)
        code = add_grades(trial, input, scale);
    else if (scale >= 0)
        code = add_numbers_of_scale(trial, input, scale);
    input->has_absent = absence >= 0;
    if (absence >= 0)
        input->absent = grade_value(fw, absence);
    input->has_other = stranger >= 0;
    if (stranger >= 0)
        input->other = grade_value(fw, stranger);
    return code;
}

static enum err_code band_values(struct trial *trial, struct trial_input *input)
{
    const struct framework *fw = trial->ask->fw;
    int stage = trial->ask->stage < 0 ? -1 : fw->stages[trial->ask->stage].previous[0];
    int subject = framework_subject(fw, "MAT");
    struct value value;
    struct err ignored;

    for (int s = 0; s < fw->scale_n; s++) {
        const struct scale *scale = &fw->scales[s];

        if (scale->kind == SCALE_GRADES && has_rung(fw, scale) && scale->grade_n > 2 &&
                framework_read_grade(fw, -1, stage, subject,
                        fw->grades[scale->first_grade].code, &value, &ignored) == ERR_OK &&
                value.scale == s)
            return add_grades(trial, input, s);
    }
    return ERR_OK;
}

/* ---- numbers, dates, words ---- */

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a;
    const int64_t *y = b;

    return (*x > *y) - (*x < *y);
}

static void keep_number(int64_t *numbers, size_t *n, int64_t number, int64_t lowest,
        int64_t highest)
{
    if (number >= lowest && number <= highest && *n < TRIAL_VALUES)
        numbers[(*n)++] = number;
}

/* The ends, what the formula names with its neighbours, and steps between. */
static enum err_code number_values(struct trial *trial, struct trial_input *input,
        int64_t lowest, int64_t highest)
{
    int64_t numbers[TRIAL_VALUES];
    int64_t step = (highest - lowest) / 10000 * 1000;
    size_t n = 0;
    enum err_code code = ERR_OK;

    keep_number(numbers, &n, lowest, lowest, highest);
    keep_number(numbers, &n, highest, lowest, highest);
    for (size_t i = 0; i < trial->literals.number_n && i < 20; i++) {
        for (int64_t by = -1000; by <= 1000; by += 1000)
            keep_number(numbers, &n, trial->literals.numbers[i] + by, lowest, highest);
    }
    for (int64_t at = lowest + step; step > 0 && at < highest; at += step)
        keep_number(numbers, &n, at, lowest, highest);
    qsort(numbers, n, sizeof(*numbers), by_number);
    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        if (i == 0 || numbers[i] != numbers[i - 1])
            code = add(trial, input, (struct trial_value){ .number = numbers[i] });
    }
    return code;
}

static enum err_code yes_no_values(struct trial *trial, struct trial_input *input)
{
    enum err_code code =
            add(trial, input, (struct trial_value){ .answer = ANSWER_NO, .text = "N" });

    return code == ERR_OK ? add(trial, input,
                                    (struct trial_value){ .answer = ANSWER_YES, .text = "Y" })
                          : code;
}

static enum err_code add_text(struct trial *trial, struct trial_input *input, const char *text)
{
    for (size_t i = 0; i < input->value_n; i++) {
        if (text_eq_fold(input->values[i].text, text))
            return ERR_OK;
    }
    return add(trial, input, (struct trial_value){ .text = text });
}

static enum err_code text_values(struct trial *trial, struct trial_input *input)
{
    bool gender = text_eq(input->in.name, "GENDER");
    enum err_code code = ERR_OK;

    if (input->in.reads == READS_LANGUAGE || gender) {
        code = add_text(trial, input, gender ? "F" : "ENG");
        return code == ERR_OK ? add_text(trial, input, gender ? "M" : "FRA") : code;
    }
    for (size_t i = 0; i < trial->literals.text_n && i < 40 && code == ERR_OK; i++) {
        if (!text_empty(trial->literals.texts[i]))
            code = add_text(trial, input, trial->literals.texts[i]);
    }
    return code == ERR_OK ? add_text(trial, input, "any other") : code;
}

static struct date years_before(struct date day, int years, int month, int day_of_month)
{
    return date_make(date_year(day) - years, month, day_of_month);
}

/* From eighteen years old to three, one in each term of birth. */
static enum err_code date_values(struct trial *trial, struct trial_input *input)
{
    static const int months[] = { 1, 5, 9 };
    struct date day = trial->ask->day;
    enum err_code code = ERR_OK;

    for (int years = 18; years >= 3 && code == ERR_OK; years--) {
        for (size_t m = 0; m < COUNT(months) && code == ERR_OK; m++)
            code = add(trial, input,
                    (struct trial_value){ .date = years_before(day, years, months[m], 1) });
    }
    for (size_t i = 0; i < trial->literals.date_n && i < 10 && code == ERR_OK; i++) {
        for (int by = -1; by <= 1 && code == ERR_OK; by++)
            code = add(trial, input,
                    (struct trial_value){
                            .date = date_from_number(
                                    date_number(trial->literals.dates[i]) + by) });
    }
    return code;
}

static int by_date(const void *a, const void *b)
{
    const struct trial_value *x = a;
    const struct trial_value *y = b;

    return (x->date.ymd > y->date.ymd) - (x->date.ymd < y->date.ymd);
}

static enum err_code need_values(struct trial *trial, struct trial_input *input)
{
    const struct extreme_ask *ask = trial->ask;
    int64_t lowest = -100 * 1000, highest = 100 * 1000;

    for (size_t i = 0; i < ask->column_n; i++) {
        if (!text_eq_fold(ask->columns[i].name, input->in.need.name))
            continue;
        if (ask->columns[i].has_range) {
            lowest = ask->columns[i].lowest;
            highest = ask->columns[i].highest;
        }
    }
    switch (input->in.type) {
    case FORMULA_GRADE:
        return grade_values(trial, input);
    case FORMULA_YES_NO:
        return yes_no_values(trial, input);
    case FORMULA_DATE:
        return date_values(trial, input);
    case FORMULA_TEXT:
        return text_values(trial, input);
    case FORMULA_NUMBER:
    case FORMULA_POINTS:
    case FORMULA_NOTHING:
    case FORMULA_TYPE__MAX:
        break;
    }
    return number_values(trial, input, lowest, highest);
}

static enum err_code find_values(struct trial *trial, struct trial_input *input)
{
    switch (input->in.reads) {
    case READS_LATEST:
    case READS_PRIOR:
    case READS_TARGET:
    case READS_PREDICTION:
    case READS_RESULT:
        return grade_values(trial, input);
    case READS_BAND:
        return band_values(trial, input);
    case READS_NEED:
        return need_values(trial, input);
    case READS_ANSWER:
    case READS_GROUP:
        return yes_no_values(trial, input);
    case READS_YEAR:
        return number_values(trial, input, -2000, 13000);
    case READS_BORN:
    case READS_ENTRY:
        return date_values(trial, input);
    case READS_WORD:
    case READS_LANGUAGE:
    case READS__MAX:
        break;
    }
    return text_values(trial, input);
}

enum err_code trial_values(struct trial *trial, struct trial_input *input)
{
    enum err_code code = find_values(trial, input);

    if (code == ERR_OK && input->value_n == 0)
        code = add(trial, input, (struct trial_value){ .missing = true, .grade = VALUE_NONE });
    if (code != ERR_OK)
        return code;
    if (input->in.type == FORMULA_DATE)
        qsort(input->values, input->value_n, sizeof(*input->values), by_date);
    input->usual = input->value_n / 2;
    return ERR_OK;
}

/* ---- texts ---- */

static bool is_grade(const struct trial_input *input)
{
    return input->in.type == FORMULA_GRADE || input->in.reads == READS_BAND;
}

enum err_code trial_text(struct trial *trial, const struct trial_input *input,
        const struct trial_value *value, const char **ret_text)
{
    char grade[VALUE_TEXT_SIZE], number[TEXT_MILLI_SIZE], date[DATE_TEXT_SIZE];
    const char *text = "";

    if (!value->missing && is_grade(input))
        text = framework_value_text(trial->ask->fw, value->grade, grade);
    else if (!value->missing && input->in.type == FORMULA_YES_NO)
        text = value->answer == ANSWER_YES ? "yes" : "no";
    else if (!value->missing && input->in.type == FORMULA_DATE)
        text = date_text(value->date, date);
    else if (!value->missing && input->in.type == FORMULA_TEXT)
        text = value->text;
    else if (!value->missing)
        text = text_from_milli(value->number, number);
    *ret_text = arena_text(trial->arena, text);
    return *ret_text == NULL ? err_memory(trial->err) : ERR_OK;
}

enum err_code trial_result_text(struct trial *trial, size_t i, const char **ret_text)
{
    const struct formula_column *result = &trial->result;
    char grade[VALUE_TEXT_SIZE], number[TEXT_MILLI_SIZE], date[DATE_TEXT_SIZE];
    const char *text = "";

    switch (result->type) {
    case FORMULA_YES_NO:
        text = result->answers[i] == ANSWER_YES  ? "yes"
               : result->answers[i] == ANSWER_NO ? "no"
                                                 : "";
        break;
    case FORMULA_NUMBER:
    case FORMULA_POINTS:
        if (result->numbers[i] != FORMULA_NO_NUMBER)
            text = text_from_milli(result->numbers[i], number);
        break;
    case FORMULA_GRADE:
        text = framework_value_text(trial->ask->fw, result->grades[i], grade);
        break;
    case FORMULA_DATE:
        text = date_text(result->dates[i], date);
        break;
    case FORMULA_TEXT:
        text = result->texts[i] == NULL ? "" : result->texts[i];
        break;
    case FORMULA_NOTHING:
    case FORMULA_TYPE__MAX:
        break;
    }
    *ret_text = arena_text(trial->arena, text);
    return *ret_text == NULL ? err_memory(trial->err) : ERR_OK;
}

/* ---- into the class ---- */

static void set_grade(struct trial *trial, const struct trial_input *input, size_t i,
        struct value value)
{
    struct cohort *cohort = &trial->cohort;
    struct value *const columns[] = { cohort->now, cohort->prior, cohort->target,
        cohort->prediction, cohort->result };
    int s = cohort_column(cohort, input->in.subject);

    if (s >= 0)
        columns[input->in.reads][cohort_cell(cohort, i, (size_t)s)] = value;
}

static void set_band(struct trial *trial, size_t i, struct value value)
{
    for (size_t s = 0; s < trial->cohort.subject_n; s++)
        trial->cohort.prior[cohort_cell(&trial->cohort, i, s)] = value;
}

static void set_group(struct trial *trial, const struct trial_input *input,
        struct cohort_pupil *pupil, const struct trial_value *value)
{
    const char **groups;

    if (value->missing || value->answer != ANSWER_YES)
        return;
    groups = arena_array(trial->arena, pupil->group_n + 1, sizeof(*groups));
    if (groups == NULL)
        return;
    if (pupil->group_n > 0)
        memcpy(groups, pupil->groups, pupil->group_n * sizeof(*groups));
    groups[pupil->group_n++] = input->in.group;
    pupil->groups = groups;
}

static void set_person(struct trial *trial, const struct trial_input *input, size_t i,
        const struct trial_value *value)
{
    struct cohort_pupil *pupil = &trial->pupils[i];
    enum formula_reads reads = input->in.reads;

    if (reads == READS_WORD || reads == READS_ANSWER || reads == READS_LANGUAGE)
        *formula_word_place(pupil, input->in.word) = value->missing ? NULL : value->text;
    else if (reads == READS_YEAR)
        pupil->year = value->missing ? COHORT_YEAR_UNKNOWN : (int)(value->number / 1000);
    else if (reads == READS_BORN)
        pupil->dob = value->missing ? (struct date){ 0 } : value->date;
    else if (reads == READS_ENTRY)
        pupil->entry = value->missing ? (struct date){ 0 } : value->date;
    else if (reads == READS_GROUP)
        set_group(trial, input, pupil, value);
}

void trial_set(struct trial *trial, size_t i)
{
    for (size_t k = 0; k < trial->input_n; k++) {
        const struct trial_input *input = &trial->inputs[k];
        const struct trial_value *value = trial->rows[i].of[k];

        if (input->in.reads == READS_BAND && !value->missing)
            set_band(trial, i, value->grade);
    }
    for (size_t k = 0; k < trial->input_n; k++) {
        const struct trial_input *input = &trial->inputs[k];
        const struct trial_value *value = trial->rows[i].of[k];

        if (input->in.reads <= READS_RESULT)
            set_grade(trial, input, i, value->missing ? VALUE_NONE : value->grade);
        else
            set_person(trial, input, i, value);
    }
}
