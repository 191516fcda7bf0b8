#include "analysis/extreme_in.h"
#include "base/text.h"

enum {
    CHANGES_SHOWN = 6 /* of one input: more is a slope, not a border */
};

struct choosing {
    struct trial *trial;
    struct extreme_sheet *sheet;
};

/* ---- what is odd ---- */

static bool out_of_range(const struct trial *trial, size_t i)
{
    const struct extreme_ask *ask = trial->ask;
    const struct formula_column *result = &trial->result;
    int64_t number;

    if (result->type == FORMULA_GRADE)
        return ask->scale >= 0 && value_is_set(result->grades[i]) &&
               result->grades[i].scale != ask->scale;
    if (!ask->has_range || (result->type != FORMULA_NUMBER && result->type != FORMULA_POINTS))
        return false;
    number = result->numbers[i];
    return number != FORMULA_NO_NUMBER && (number < ask->lowest || number > ask->highest);
}

static const char *range_remark(struct trial *trial, size_t i)
{
    const struct extreme_ask *ask = trial->ask;
    char lowest[TEXT_MILLI_SIZE], highest[TEXT_MILLI_SIZE];

    if (trial->result.type == FORMULA_GRADE)
        return arena_printf(trial->arena, "%s is not on the scale %s.", trial->texts[i],
                ask->fw->scales[ask->scale].name);
    return arena_printf(trial->arena, "%s is outside %s to %s.", trial->texts[i],
            text_from_milli(ask->lowest, lowest), text_from_milli(ask->highest, highest));
}

/* Something comes out although something is not there; or nothing although all is. */
static const char *remark_of(struct trial *trial, enum extreme kind, int input, size_t i)
{
    const char *name = input < 0 ? "" : trial->inputs[input].in.name;
    bool said = trial->texts[i][0] != '\0';
    bool same = text_eq(trial->texts[i], trial->texts[0]);

    if (out_of_range(trial, i))
        return range_remark(trial, i);
    if (kind == EXTREME_ALL_MISSING && said)
        return "Something comes out although nothing is known.";
    if (kind == EXTREME_MISSING && said)
        return arena_printf(trial->arena,
                same ? "%s is missing, and the answer is the usual one."
                     : "%s is missing, and something comes out: is it counted as 0 or left "
                       "out?",
                name);
    if (kind == EXTREME_ABSENT && said)
        return arena_printf(trial->arena, "%s is an absence, and something comes out.", name);
    if (kind == EXTREME_OTHER_SCALE && said)
        return arena_printf(trial->arena, "%s is on another scale, and something comes out.",
                name);
    if (kind != EXTREME_ALL_MISSING && kind != EXTREME_MISSING && kind != EXTREME_ABSENT &&
            kind != EXTREME_OTHER_SCALE && !said)
        return "Nothing comes out although nothing is missing.";
    return "";
}

/* ---- which rows are shown ---- */

static enum err_code show(struct choosing *c, enum extreme kind, int input, size_t i)
{
    struct trial *trial = c->trial;
    struct extreme_sheet *sheet = c->sheet;
    struct extreme_case *shown;
    enum err_code code = ERR_OK;

    sheet->cases = arena_grow(trial->arena, sheet->cases, sheet->case_n, sizeof(*shown));
    if (sheet->cases == NULL)
        return err_memory(trial->err);
    shown = &sheet->cases[sheet->case_n++];
    *shown = (struct extreme_case){ .kind = kind,
        .input = input,
        .result = trial->texts[i],
        .colour = trial->colour[i] < 0 ? "" : trial->ask->rules[trial->colour[i]].word,
        .remark = remark_of(trial, kind, input, i) };
    shown->values = arena_array(trial->arena, trial->input_n + 1, sizeof(*shown->values));
    if (shown->values == NULL || shown->remark == NULL)
        return err_memory(trial->err);
    sheet->odd_n += shown->remark[0] != '\0';
    for (size_t k = 0; k < trial->input_n && code == ERR_OK; k++)
        code = trial_text(trial, &trial->inputs[k], trial->rows[i].of[k], &shown->values[k]);
    return code;
}

static bool differs(const struct trial *trial, size_t a, size_t b, bool colours_only)
{
    if (trial->colour[a] != trial->colour[b])
        return true;
    return !colours_only && !text_eq(trial->texts[a], trial->texts[b]);
}

/* Rows of one input's values stand together, from `first` on. */
static size_t changes(const struct trial *trial, size_t first, size_t n, bool colours_only)
{
    size_t found = 0;

    for (size_t v = 1; v < n; v++)
        found += differs(trial, first + v - 1, first + v, colours_only);
    return found;
}

static enum err_code show_borders(struct choosing *c, int input, size_t first, size_t n)
{
    const struct trial *trial = c->trial;
    bool colours_only = trial->ask->entered || changes(trial, first, n, false) > CHANGES_SHOWN;
    enum err_code code = ERR_OK;
    size_t shown = 0;

    for (size_t v = 1; v < n && code == ERR_OK && shown < CHANGES_SHOWN; v++) {
        if (!differs(trial, first + v - 1, first + v, colours_only))
            continue;
        shown++;
        code = show(c, EXTREME_BEFORE, input, first + v - 1);
        if (code == ERR_OK)
            code = show(c, EXTREME_AFTER, input, first + v);
    }
    return code;
}

static enum err_code add_note(struct choosing *c, const char *note)
{
    struct extreme_sheet *sheet = c->sheet;

    sheet->notes =
            arena_grow(c->trial->arena, sheet->notes, sheet->note_n, sizeof(*sheet->notes));
    if (sheet->notes == NULL || note == NULL)
        return err_memory(c->trial->err);
    sheet->notes[sheet->note_n++] = note;
    return ERR_OK;
}

/* The rows of one input; *at is stepped behind them. */
static enum err_code show_input(struct choosing *c, int input, size_t *at)
{
    const struct trial *trial = c->trial;
    const struct trial_input *in = &trial->inputs[input];
    size_t first = *at, n = in->value_n;
    bool moved = changes(trial, first, n, false) > 0;
    enum err_code code = show(c, EXTREME_LOWEST, input, first);

    if (code == ERR_OK)
        code = show_borders(c, input, first, n);
    if (code == ERR_OK && n > 1)
        code = show(c, EXTREME_HIGHEST, input, first + n - 1);
    for (*at = first + n; *at < trial->row_n && code == ERR_OK; ++*at) {
        if (trial->rows[*at].input != input)
            break;
        moved = moved || differs(trial, *at, 0, false);
        code = show(c, trial->rows[*at].kind, input, *at);
    }
    if (code == ERR_OK && !moved)
        code = add_note(c, arena_printf(trial->arena,
                                   "While all else is usual, %s changes nothing: is it needed?",
                                   in->in.name));
    return code;
}

static int one_scale(const struct trial *trial)
{
    int scale = -1;

    if (trial->result.type != FORMULA_GRADE)
        return -1;
    for (size_t i = 0; i < trial->row_n; i++) {
        int this = trial->result.grades[i].scale;

        if (this >= 0 && scale >= 0 && this != scale)
            return -1;
        if (this >= 0)
            scale = this;
    }
    return scale;
}

enum err_code trial_cases(struct trial *trial, struct extreme_sheet *sheet)
{
    struct choosing c = { trial, sheet };
    size_t at = 1;
    enum err_code code;

    sheet->inputs = arena_array(trial->arena, trial->input_n + 1, sizeof(*sheet->inputs));
    if (sheet->inputs == NULL)
        return err_memory(trial->err);
    sheet->input_n = trial->input_n;
    for (size_t i = 0; i < trial->input_n; i++)
        sheet->inputs[i] = trial->inputs[i].in.name;
    sheet->type = trial->result.type;
    sheet->scale = one_scale(trial);
    code = show(&c, EXTREME_USUAL, -1, 0);
    for (size_t i = 0; i < trial->input_n && code == ERR_OK; i++)
        code = show_input(&c, (int)i, &at);
    for (; at < trial->row_n && code == ERR_OK; at++)
        code = show(&c, trial->rows[at].kind, -1, at);
    return code;
}
