#include <string.h>

#include "base/text.h"
#include "school/template_in.h"

const struct template_shown template_shown[] = {
    { "prior", "PRIOR", "the result of the stage before" },
    { "target", "TARGET", "the target for the end of the stage" },
    { "progress-target", "PROGRESS_TARGET", "the progress target of this term" },
    { "prediction", "PREDICTION", "the prediction for the end of the stage" },
    { "latest", "LATEST", "what this review has" },
    { "previous", "COLUMN(\"previous\")", "what the review before had" },
    { "gap", "GAP", "points now less those of the progress target" },
    { "steps", "STEPS", "the same in steps" },
    { "flag", "FLAG", "above, on or below" },
    { "gender", "GENDER", "F or M" },
    { "sen", "SEN", "the code of special educational needs" },
    { "ethnicity", "ETHNICITY", "its code" },
    { "language", "LANGUAGE", "the code of the first language" },
    { "eal", "EAL", "English as an additional language" },
    { "premium", "PUPIL_PREMIUM", "pupil premium" },
    { "meals", "FSM", "free school meals" },
    { "looked-after", "LOOKED_AFTER", "in care" },
    { "gifted", "GIFTED", "gifted and talented" },
    { "registration", "REGISTRATION", "the registration group" },
    { "house", "HOUSE", "the house" },
    { "year", "YEAR", "the year group" },
    { "age", "AGE", "in whole years" },
    { "born", "BORN", "the date of birth" },
    { "birth-term", "BIRTH_TERM", "autumn, spring or summer" },
    { "prior-band", "PRIOR_BAND", "low, middle or high" },
};
const size_t template_shown_n = COUNT(template_shown);

static enum err_code add_column(struct template_reading *r, enum template_column_kind kind,
        struct template_column **ret_column)
{
    struct template *out = r->out;
    const char *name = NULL;
    struct template_column *column;
    enum err_code code = template_name(r, "the name of the column", &name);

    if (code != ERR_OK)
        return code;
    if (out->column_n == TEMPLATE_COLUMNS)
        return template_refuse(r, "a template has at most %d columns", TEMPLATE_COLUMNS);
    if (template_column(out, name) >= 0 || text_eq_fold(name, "previous"))
        return template_refuse(r, "there is a column called \"%.80s\" already", name);
    column = arena_grow(r->arena, out->columns, out->column_n, sizeof(*column));
    if (column == NULL)
        return err_memory(r->err);
    out->columns = column;
    column += out->column_n++;
    *column = (struct template_column){ .name = name,
        .kind = kind,
        .aspect = -1,
        .shows = "",
        .formula = "",
        .type = "",
        .scale = "",
        .row = r->row };
    r->has_table = false;
    *ret_column = column;
    return ERR_OK;
}

enum err_code template_read_enter(struct template_reading *r)
{
    struct template_column *column = NULL;
    const char *aspect = NULL;
    enum err_code code = add_column(r, TEMPLATE_ENTERED, &column);

    if (code == ERR_OK)
        code = template_code(r, "the aspect", &aspect);
    if (code != ERR_OK)
        return code;
    column->aspect = template_aspect(r->out, aspect);
    if (column->aspect < 0)
        return template_refuse(r, "there is no aspect %.40s in a line above this one", aspect);
    for (size_t i = 0; i + 1 < r->out->column_n; i++) {
        if (r->out->columns[i].aspect == column->aspect)
            return template_refuse(r, "the aspect %.40s is entered in another column already",
                    aspect);
    }
    return template_end(r);
}

enum err_code template_read_show(struct template_reading *r)
{
    struct template_column *column = NULL;
    const char *word = NULL;
    enum err_code code = add_column(r, TEMPLATE_SHOWN, &column);

    if (code == ERR_OK)
        code = template_need(r, "what is shown", &word);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < template_shown_n; i++) {
        if (!text_eq_fold(template_shown[i].word, word))
            continue;
        column->shows = template_shown[i].word;
        column->formula = template_shown[i].formula;
        return template_end(r);
    }
    return template_refuse(r,
            "\"%.40s\" cannot be shown: prior, target, progress-target, latest, previous, gap, "
            "flag, gender, sen and others can",
            word);
}

static enum err_code read_range(struct template_reading *r, struct template_column *column)
{
    enum err_code code = template_number(r, "the lowest value", &column->lowest);
    const char *to = NULL;

    if (code == ERR_OK)
        code = template_need(r, "the word to", &to);
    if (code == ERR_OK && !text_eq_fold(to, "to"))
        return template_refuse(r, "a range is written \"from 0 to 20\"");
    if (code == ERR_OK)
        code = template_number(r, "the highest value", &column->highest);
    if (code == ERR_OK && column->lowest > column->highest)
        return template_refuse(r, "the lowest value is above the highest");
    column->has_range = true;
    return code;
}

static bool is_type(const char *word)
{
    static const char *const types[] = { "number", "points", "grade", "text", "yes-no",
        "date" };

    for (size_t i = 0; i < COUNT(types); i++) {
        if (text_eq_fold(types[i], word))
            return true;
    }
    return false;
}

static enum err_code read_property(struct template_reading *r, struct template_column *column,
        const char *word)
{
    if (is_type(word) && column->type[0] == '\0') {
        column->type = word;
        return ERR_OK;
    }
    if (text_eq_fold(word, "from") && !column->has_range)
        return read_range(r, column);
    if (text_eq_fold(word, "scale") && column->scale[0] == '\0')
        return template_code(r, "the scale", &column->scale);
    return template_refuse(r,
            "\"%.40s\" has no meaning here: a calculated column says number, points, grade, "
            "text, yes-no or date, \"from 0 to 20\" and \"scale nc\"",
            word);
}

enum err_code template_read_calculate(struct template_reading *r)
{
    struct template_column *column = NULL;
    const char *word = NULL;
    enum err_code code = add_column(r, TEMPLATE_CALCULATED, &column);

    while (code == ERR_OK) {
        code = template_word(r, &word);
        if (code != ERR_OK || word == NULL)
            break;
        code = read_property(r, column, word);
    }
    return code;
}

/* The column that a formula or colour belongs to: the one above. */
static enum err_code last_column(struct template_reading *r,
        struct template_column **ret_column)
{
    if (r->out->column_n == 0 || r->has_table)
        return template_refuse(r, "this line stands under no column");
    *ret_column = &r->out->columns[r->out->column_n - 1];
    return ERR_OK;
}

enum err_code template_read_formula(struct template_reading *r)
{
    struct template_column *column = NULL;
    const char *text = NULL;
    enum err_code code = last_column(r, &column);

    if (code == ERR_OK)
        code = template_rest(r, "the formula", &text);
    if (code != ERR_OK)
        return code;
    if (column->kind != TEMPLATE_CALCULATED)
        return template_refuse(r, "only a calculated column has a formula");
    if (column->colour_n != 0)
        return template_refuse(r, "the formula stands above the colours of its column");
    if (column->formula[0] != '\0')
        text = arena_printf(r->arena, "%s\n%s", column->formula, text);
    if (text == NULL)
        return err_memory(r->err);
    column->formula = text;
    return ERR_OK;
}

enum err_code template_read_colour(struct template_reading *r)
{
    static const char *const flags[] = { "well-below", "below", "on", "above", "well-above" };
    struct template_column *column = NULL;
    struct template_colour colour = { .flag = "", .row = r->row };
    const char *flag = NULL;
    enum err_code code = last_column(r, &column);

    if (code == ERR_OK)
        code = template_need(r, "the colour", &flag);
    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < COUNT(flags); i++) {
        if (text_eq_fold(flags[i], flag))
            colour.flag = flags[i];
    }
    if (colour.flag[0] == '\0')
        return template_refuse(r,
                "\"%.40s\" is no colour: they are well-below, below, on, above, well-above",
                flag);
    if (column->colour_n == TEMPLATE_COLOURS)
        return template_refuse(r, "a column has at most %d colours", TEMPLATE_COLOURS);
    code = template_name(r, "the word beside the sign", &colour.word);
    if (code == ERR_OK)
        code = template_rest(r, "the formula", &colour.formula);
    if (code != ERR_OK)
        return code;
    column->colours = arena_grow(r->arena, column->colours, column->colour_n, sizeof(colour));
    if (column->colours == NULL)
        return err_memory(r->err);
    column->colours[column->colour_n++] = colour;
    return ERR_OK;
}
