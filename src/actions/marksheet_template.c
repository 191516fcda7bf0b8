/* The template of a marksheet: read with the sheet and kept beside it. */

#include <string.h>

#include "actions/marksheet_in.h"
#include "analysis/formula.h"
#include "base/text.h"

static int first_stage(const struct sheet_load *load)
{
    for (size_t i = 0; i < load->pupil_n; i++) {
        if (load->pupils[i].stage >= 0)
            return load->pupils[i].stage;
    }
    return -1;
}

/* ---- what a formula needs that a marksheet may not have ---- */

struct looking {
    struct sheet_load *load;
    struct context *context; /* its arena is thrown away with the request */
    struct sheet_template *own;
    size_t column; /* whose formulas are looked at */
    struct err *err;
};

static bool offers(void *context, const struct formula_need *need,
        struct formula_offer *ret_offer)
{
    const struct looking *l = context;

    for (size_t i = 0; i <= l->column + 1 && need->kind == FORMULA_NEED_COLUMN; i++) {
        if (i > l->own->held.template.column_n ||
                !text_eq_fold(l->own->types[i].name, need->name))
            continue;
        ret_offer->type = l->own->types[i].type;
        ret_offer->scale = l->own->types[i].scale;
        return true;
    }
    return false;
}

static bool table(void *context, const char *name, struct formula_table *ret_table)
{
    struct looking *l = context;

    return template_table_of(&l->own->held.template, name, ret_table);
}

static void wait_for(struct looking *l, const char *why)
{
    if (l->own->waits[l->column] == NULL)
        l->own->waits[l->column] = why;
}

static bool has_subject(const struct sheet_load *load, int subject)
{
    for (size_t i = 0; i < load->subject_n; i++) {
        if (load->subjects[i] == subject)
            return true;
    }
    return false;
}

/* The subjects that a formula reads, and the parts that they are made from. */
static void add_subjects(struct looking *l, const struct formula_uses *uses)
{
    const struct framework *fw = l->context->fw;

    for (size_t i = 0; i < uses->subject_n; i++) {
        load_add_subject(l->load, uses->subjects[i]);
        if (!has_subject(l->load, uses->subjects[i]))
            wait_for(l, "It reads more subjects than a marksheet has room for.");
        for (int d = 0; d < fw->derived_n; d++) {
            for (int k = 0;
                    fw->derived[d].subject == uses->subjects[i] && k < fw->derived[d].from_n;
                    k++)
                load_add_subject(l->load, fw->derived[d].from[k]);
        }
    }
}

static enum err_code look_at(struct looking *l, const char *text)
{
    int16_t stage = (int16_t)l->own->stage;
    const struct framework *fw = l->context->fw;
    struct formula_source source = { .subject = fw->subjects[l->load->subjects[0]].code,
        .stages = stage < 0 ? NULL : &stage,
        .stage_n = stage >= 0,
        .context = l,
        .offers = offers,
        .fill = template_fills_nothing,
        .table = table };
    const struct formula *formula = NULL;
    const struct formula_uses *uses;
    struct err why = { 0 };
    enum err_code code = formula_compile(l->context->arena, fw, text, &source, &formula, &why);

    if (code == ERR_INVALID) {
        wait_for(l, "Its formula does not fit the subject or key stage of this marksheet.");
        return ERR_OK;
    }
    if (code != ERR_OK) {
        *l->err = why;
        return code;
    }
    uses = formula_uses(formula);
    if (uses->groups)
        wait_for(l, "Its formula asks for groups, which a marksheet does not read.");
    if (uses->results)
        wait_for(l, "Its formula asks for RESULT or VALUE, which a marksheet does not read.");
    add_subjects(l, uses);
    return ERR_OK;
}

static enum err_code look_at_column(struct looking *l)
{
    const struct template_column *column = &l->own->held.template.columns[l->column];
    const struct template_state *state = &l->own->held.states[l->column];
    enum err_code code = ERR_OK;

    if (state->asks && !state->accepted)
        wait_for(l, state->who == NULL ? "Its extreme cases wait to be accepted."
                                       : "Its formula was changed and waits to be accepted.");
    if (column->formula[0] != '\0')
        code = look_at(l, column->formula);
    for (size_t i = 0; i < column->colour_n && code == ERR_OK; i++)
        code = look_at(l, column->colours[i].formula);
    return code;
}

/* ---- reading ---- */

static enum err_code take_types(struct looking *l, struct context *kept)
{
    struct sheet_template *own = l->own;
    size_t n = 0;
    struct err why = { 0 };
    enum err_code code =
            template_columns_before(kept, &own->held.template, l->load->subjects[0], own->stage,
                    own->held.template.column_n, &own->types, &n, &why);

    if (code == ERR_INVALID)
        return ERR_NOT_FOUND; /* it fits nobody here: the sheet goes without it */
    if (code != ERR_OK)
        *l->err = why;
    return code;
}

static enum err_code look_at_all(struct looking *l, struct context *kept)
{
    size_t n = l->own->held.template.column_n;
    enum err_code code;

    l->own->waits = arena_array(kept->arena, n + 1, sizeof(*l->own->waits));
    if (l->own->waits == NULL)
        return err_memory(l->err);
    code = take_types(l, kept);
    for (l->column = 0; l->column < n && code == ERR_OK; l->column++)
        code = look_at_column(l);
    return code;
}

enum err_code load_sheet_template(struct sheet_load *load, struct err *err)
{
    struct context kept = *load->context;
    struct sheet_template *own = arena_alloc(load->arena, sizeof(*own));
    struct looking l = { .load = load, .context = load->context, .own = own, .err = err };
    struct err why = { 0 };
    enum err_code code;

    if (own == NULL)
        return err_memory(err);
    kept.arena = load->arena;
    own->stage = first_stage(load);
    code = template_load(&kept, load->sheet->marksheet.template, &own->held, &why);
    if (code == ERR_OK)
        code = look_at_all(&l, &kept);
    else if (code != ERR_NOT_FOUND && code != ERR_INVALID)
        *err = why;
    if (code == ERR_NOT_FOUND || code == ERR_INVALID)
        return ERR_OK;
    if (code == ERR_OK)
        code = store_aspect_values(load->context->store, &load->scope,
                load->sheet->marksheet.review.name, load->arena, &own->said, err);
    if (code == ERR_OK)
        load->sheet->template = own;
    return code;
}

const char *sheet_template_name(const struct sheet *sheet)
{
    return sheet->template == NULL ? NULL : sheet->template->held.template.name;
}
