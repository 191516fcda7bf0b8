#include <stdio.h>
#include <string.h>

#include "analysis/extreme_in.h"
#include "base/text.h"

static const char *const kind_words[EXTREME__MAX] = {
    [EXTREME_USUAL] = "usual",
    [EXTREME_LOWEST] = "lowest",
    [EXTREME_BEFORE] = "just before a change",
    [EXTREME_AFTER] = "just after a change",
    [EXTREME_HIGHEST] = "highest",
    [EXTREME_MISSING] = "missing",
    [EXTREME_ABSENT] = "absent",
    [EXTREME_OTHER_SCALE] = "on another scale",
    [EXTREME_ALL_LOWEST] = "everything lowest",
    [EXTREME_ALL_HIGHEST] = "everything highest",
    [EXTREME_ALL_MISSING] = "everything missing",
};

const char *extreme_words(enum extreme extreme)
{
    return kind_words[extreme];
}

/* ---- the columns beside, made up ---- */

static const struct extreme_column *column_beside(const struct trial *trial, const char *name)
{
    for (size_t i = 0; i < trial->ask->column_n; i++) {
        if (text_eq_fold(trial->ask->columns[i].name, name))
            return &trial->ask->columns[i];
    }
    return NULL;
}

static bool is_own(const struct trial *trial, const struct formula_need *need)
{
    return trial->formula != NULL && need->kind == FORMULA_NEED_COLUMN &&
           text_eq_fold(need->name, trial->ask->column);
}

static bool offers(void *context, const struct formula_need *need,
        struct formula_offer *ret_offer)
{
    const struct trial *trial = context;
    const struct extreme_column *column;

    if (need->kind != FORMULA_NEED_COLUMN)
        return false;
    if (is_own(trial, need)) {
        enum formula_type type = formula_type_of(trial->formula);

        ret_offer->type = type == FORMULA_POINTS ? FORMULA_NUMBER : type;
        ret_offer->scale = trial->ask->scale;
        return true;
    }
    column = column_beside(trial, need->name);
    if (column == NULL)
        return false;
    ret_offer->type = column->type;
    ret_offer->scale = column->scale;
    return true;
}

static int input_of(const struct trial *trial, const struct formula_need *need)
{
    for (size_t i = 0; i < trial->input_n; i++) {
        const struct formula_input *in = &trial->inputs[i].in;

        if (in->reads == READS_NEED && in->need.kind == need->kind &&
                text_eq_fold(in->need.name, need->name))
            return (int)i;
    }
    return -1;
}

static struct formula_column beside_column(struct trial *trial, int input,
        enum formula_type type)
{
    struct arena *arena = trial->arena;
    size_t n = trial->row_n;
    int64_t *numbers = arena_array(arena, n + 1, sizeof(*numbers));
    struct value *grades = arena_array(arena, n + 1, sizeof(*grades));
    uint8_t *answers = arena_array(arena, n + 1, sizeof(*answers));
    struct date *dates = arena_array(arena, n + 1, sizeof(*dates));
    const char **texts = arena_array(arena, n + 1, sizeof(*texts));

    if (numbers == NULL || grades == NULL || answers == NULL || dates == NULL || texts == NULL)
        return (struct formula_column){ 0 };
    for (size_t i = 0; i < n; i++) {
        const struct trial_value *value = trial->rows[i].of[input];

        numbers[i] = value->missing ? FORMULA_NO_NUMBER : value->number;
        grades[i] = value->missing ? VALUE_NONE : value->grade;
        answers[i] = value->missing ? ANSWER_MISSING : value->answer;
        dates[i] = value->missing ? (struct date){ 0 } : value->date;
        texts[i] = value->missing ? NULL : value->text;
    }
    return (struct formula_column){ .type = type,
        .n = n,
        .answers = answers,
        .numbers = numbers,
        .grades = grades,
        .dates = dates,
        .texts = texts };
}

static enum err_code fill(void *context, const struct formula_need *need,
        const struct cohort *cohort, struct arena *arena, struct formula_column *ret_column,
        struct err *err)
{
    struct trial *trial = context;
    struct formula_column column;
    int input = input_of(trial, need);

    (void)cohort;
    (void)arena;
    if (is_own(trial, need) && trial->result.n == trial->row_n) {
        *ret_column = trial->result;
        if (ret_column->type == FORMULA_POINTS)
            ret_column->type = FORMULA_NUMBER;
        return ERR_OK;
    }
    if (input < 0)
        return err_set(err, ERR_INVALID, "the column \"%s\" is not to be had here", need->name);
    column = beside_column(trial, input, trial->inputs[input].in.type);
    if (column.n != trial->row_n)
        return err_memory(err);
    *ret_column = column;
    return ERR_OK;
}

static bool table(void *context, const char *name, struct formula_table *ret_table)
{
    const struct trial *trial = context;
    const struct formula_source *own = trial->ask->source;

    return own->table != NULL && own->table(own->context, name, ret_table);
}

/* ---- compiling ---- */

static enum err_code compile_rule(struct trial *trial, size_t i)
{
    const struct extreme_rule *rule = &trial->ask->rules[i];
    struct err *err = trial->err;
    enum err_code code = formula_compile(trial->arena, trial->ask->fw, rule->formula,
            &trial->source, &trial->rules[i], err);

    if (code == ERR_OK)
        code = formula_require(trial->rules[i], FORMULA_YES_NO, err);
    if (code == ERR_INVALID) {
        char message[sizeof(err->message)];

        (void)text_copy(message, sizeof(message), err->message);
        (void)snprintf(err->message, sizeof(err->message), "colour \"%.60s\": %.220s",
                rule->word, message);
    }
    return code;
}

static enum err_code compile_all(struct trial *trial)
{
    const struct extreme_ask *ask = trial->ask;
    const struct formula *formula = NULL;
    enum err_code code = formula_compile(trial->arena, ask->fw, ask->formula, &trial->source,
            &formula, trial->err);

    if (code == ERR_OK && ask->type != FORMULA_NOTHING)
        code = formula_require(formula, ask->type, trial->err);
    if (code != ERR_OK)
        return code;
    trial->formula = formula;
    trial->rules = arena_array(trial->arena, ask->rule_n + 1, sizeof(struct formula *));
    if (trial->rules == NULL)
        return err_memory(trial->err);
    for (size_t i = 0; i < ask->rule_n && code == ERR_OK; i++)
        code = compile_rule(trial, i);
    return code;
}

/* ---- inputs ---- */

static enum err_code add_inputs(struct trial *trial, const struct formula_input_list *list)
{
    trial->inputs = arena_array(trial->arena, list->n + 1, sizeof(*trial->inputs));
    if (trial->inputs == NULL)
        return err_memory(trial->err);
    for (size_t i = 0; i < list->n; i++) {
        enum err_code code;

        if (list->items[i].reads == READS_NEED && is_own(trial, &list->items[i].need))
            continue;
        if (trial->input_n == TRIAL_INPUTS) {
            (void)err_set(trial->err, ERR_INVALID,
                    "the formula reads more than %d different values", TRIAL_INPUTS);
            return err_hint(trial->err, "Take a part of it into a column of its own.");
        }
        trial->inputs[trial->input_n].in = list->items[i];
        code = trial_values(trial, &trial->inputs[trial->input_n++]);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

static enum err_code find_inputs(struct trial *trial)
{
    struct formula_input_list list = { 0 };
    enum err_code code = formula_inputs(trial->formula, trial->arena, &list, trial->err);

    if (code == ERR_OK)
        code = formula_literals(trial->formula, trial->arena, &trial->literals, trial->err);
    for (size_t i = 0; i < trial->ask->rule_n && code == ERR_OK; i++) {
        code = formula_inputs(trial->rules[i], trial->arena, &list, trial->err);
        if (code == ERR_OK)
            code = formula_literals(trial->rules[i], trial->arena, &trial->literals,
                    trial->err);
    }
    return code == ERR_OK ? add_inputs(trial, &list) : code;
}

/* ---- rows ---- */

static const struct trial_value no_value = { .missing = true,
    .grade = { POINTS_NONE, 0, -1, -1 },
    .number = FORMULA_NO_NUMBER,
    .answer = ANSWER_MISSING };

static struct trial_row *add_row(struct trial *trial, enum extreme kind, int input, int value)
{
    struct trial_row *row = &trial->rows[trial->row_n++];

    *row = (struct trial_row){ kind, input, value, NULL };
    row->of = arena_array(trial->arena, trial->input_n + 1, sizeof(*row->of));
    if (row->of == NULL)
        return NULL;
    for (size_t i = 0; i < trial->input_n; i++)
        row->of[i] = &trial->inputs[i].values[trial->inputs[i].usual];
    return row;
}

static bool add_one(struct trial *trial, enum extreme kind, int input, int value,
        const struct trial_value *what)
{
    struct trial_row *row = add_row(trial, kind, input, value);

    if (row != NULL)
        row->of[input] = what;
    return row != NULL;
}

static bool add_rows_of(struct trial *trial, int i)
{
    const struct trial_input *input = &trial->inputs[i];
    bool good = true;

    for (size_t v = 0; v < input->value_n; v++)
        good = add_one(trial, EXTREME_USUAL, i, (int)v, &input->values[v]) && good;
    good = add_one(trial, EXTREME_MISSING, i, -1, &no_value) && good;
    if (input->has_absent && !trial->ask->entered)
        good = add_one(trial, EXTREME_ABSENT, i, -1, &input->absent) && good;
    if (input->has_other && !trial->ask->entered)
        good = add_one(trial, EXTREME_OTHER_SCALE, i, -1, &input->other) && good;
    return good;
}

static bool add_all(struct trial *trial, enum extreme kind)
{
    struct trial_row *row = add_row(trial, kind, -1, -1);

    for (size_t i = 0; i < trial->input_n && row != NULL; i++) {
        const struct trial_input *input = &trial->inputs[i];

        row->of[i] = kind == EXTREME_ALL_LOWEST    ? &input->values[0]
                     : kind == EXTREME_ALL_HIGHEST ? &input->values[input->value_n - 1]
                                                   : &no_value;
    }
    return row != NULL;
}

static enum err_code make_rows(struct trial *trial)
{
    size_t n = 4;
    bool good;

    for (size_t i = 0; i < trial->input_n; i++)
        n += trial->inputs[i].value_n + 3;
    trial->rows = arena_array(trial->arena, n, sizeof(*trial->rows));
    if (trial->rows == NULL)
        return err_memory(trial->err);
    good = add_row(trial, EXTREME_USUAL, -1, -1) != NULL;
    for (size_t i = 0; i < trial->input_n && good; i++)
        good = add_rows_of(trial, (int)i);
    if (trial->input_n > 0 && good)
        good = add_all(trial, EXTREME_ALL_LOWEST) && add_all(trial, EXTREME_ALL_HIGHEST) &&
               add_all(trial, EXTREME_ALL_MISSING);
    return good ? ERR_OK : err_memory(trial->err);
}

/* ---- the made-up class ---- */

static void make_pupil(const struct trial *trial, struct cohort_pupil *pupil)
{
    const struct extreme_ask *ask = trial->ask;
    const struct stage *stage = ask->stage < 0 ? NULL : &ask->fw->stages[ask->stage];
    int periods = ask->stage_years * ask->reckoning->calendar.period_n;

    *pupil = (struct cohort_pupil){ .upn = "A000000000000",
        .surname = "Surname",
        .forename = "Forename",
        .year = stage == NULL ? COHORT_YEAR_UNKNOWN
                              : stage->first_year + (ask->stage_years - 1) / 2,
        .stage = (int16_t)ask->stage,
        .year_stage = -1,
        .stage_years = ask->stage_years,
        .period = stage == NULL ? 0 : (periods + 1) / 2 };
}

static enum err_code make_cohort(struct trial *trial)
{
    const struct framework *fw = trial->ask->fw;
    int16_t *subjects = arena_array(trial->arena, (size_t)fw->subject_n + 1, sizeof(*subjects));
    size_t n = 0;
    bool all = false;

    trial->pupils = arena_array(trial->arena, trial->row_n, sizeof(*trial->pupils));
    if (subjects == NULL || trial->pupils == NULL)
        return err_memory(trial->err);
    for (size_t i = 0; i < trial->row_n; i++)
        make_pupil(trial, &trial->pupils[i]);
    for (size_t i = 0; i < trial->input_n; i++)
        all = all || trial->inputs[i].in.reads == READS_BAND;
    for (int s = 0; s < fw->subject_n; s++) {
        bool read = all;

        for (size_t i = 0; i < trial->input_n && !read; i++)
            read = trial->inputs[i].in.subject == s;
        if (read)
            subjects[n++] = (int16_t)s;
    }
    return cohort_make(trial->arena, fw, trial->ask->reckoning, trial->ask->day, trial->pupils,
            trial->row_n, subjects, n, &trial->cohort, trial->err);
}

static enum err_code run_rules(struct trial *trial)
{
    for (size_t r = 0; r < trial->ask->rule_n; r++) {
        struct formula_column column = { 0 };
        enum err_code code = formula_run(trial->rules[r], &trial->cohort, BASIS_ATTAINMENT,
                trial->arena, &column, trial->err);

        if (code != ERR_OK)
            return code;
        for (size_t i = 0; i < trial->row_n; i++) {
            if (trial->colour[i] < 0 && column.answers[i] == ANSWER_YES)
                trial->colour[i] = (int)r;
        }
    }
    return ERR_OK;
}

static enum err_code run_all(struct trial *trial)
{
    enum err_code code = make_cohort(trial);

    trial->colour = arena_array(trial->arena, trial->row_n, sizeof(*trial->colour));
    trial->texts = arena_array(trial->arena, trial->row_n, sizeof(*trial->texts));
    if (code == ERR_OK && (trial->colour == NULL || trial->texts == NULL))
        return err_memory(trial->err);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < trial->row_n; i++) {
        trial->colour[i] = -1;
        trial_set(trial, i);
    }
    cohort_reckon(&trial->cohort);
    code = formula_run(trial->formula, &trial->cohort, BASIS_ATTAINMENT, trial->arena,
            &trial->result, trial->err);
    if (code == ERR_OK)
        code = run_rules(trial);
    for (size_t i = 0; i < trial->row_n && code == ERR_OK; i++)
        code = trial_result_text(trial, i, &trial->texts[i]);
    return code;
}

enum err_code extreme_try(struct arena *arena, const struct extreme_ask *ask,
        struct extreme_sheet *ret_sheet, struct err *err)
{
    int16_t stage = (int16_t)ask->stage;
    struct trial trial = { .arena = arena, .ask = ask, .source = *ask->source, .err = err };
    struct extreme_sheet sheet = { .scale = -1 };
    enum err_code code;

    trial.source.stages = ask->stage < 0 ? NULL : &stage;
    trial.source.stage_n = ask->stage < 0 ? 0 : 1;
    trial.source.context = &trial;
    trial.source.offers = offers;
    trial.source.fill = fill;
    trial.source.table = table;
    code = compile_all(&trial);
    if (code == ERR_OK)
        code = find_inputs(&trial);
    if (code == ERR_OK)
        code = make_rows(&trial);
    if (code == ERR_OK)
        code = run_all(&trial);
    if (code == ERR_OK)
        code = trial_cases(&trial, &sheet);
    if (code == ERR_OK)
        *ret_sheet = sheet;
    return code;
}
