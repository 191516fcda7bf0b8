#include "actions/own_measure.h"

#include <string.h>

#include "analysis/formula.h"
#include "base/buf.h"
#include "base/text.h"

static const char file_name[] = "the school's own measures";
static const char all_years[] = "N1-13";

/* ---- as lines of a framework file ---- */

/* A quoted text of a framework file: "" is one quote, and it has no line ends. */
static void quote(struct buf *buf, const char *text)
{
    buf_add(buf, "\"");
    for (const char *c = text; *c != '\0'; c++)
        buf_printf(buf, "%s%c", *c == '"' ? "\"" : "",
                *c == '\n' || *c == '\r' || *c == '\t' ? ' ' : *c);
    buf_add(buf, "\"");
}

static void write_line(struct buf *buf, const struct own_measure *measure)
{
    buf_printf(buf, "measure %s ", measure->measure);
    quote(buf, measure->label);
    buf_printf(buf, " kind=formula years=%s formula=", measure->years);
    quote(buf, measure->formula);
    buf_add(buf, " source=\"The school's own measure\"\n");
}

enum err_code own_measures_read(struct context *context, int64_t school_id,
        struct framework_draft *draft, struct err *err)
{
    struct own_measure_list list = { 0 };
    struct buf buf = buf_make(context->arena, 1 << 20);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code =
            store_own_measures(context->store, school_id, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (!list.items[i].ended)
            write_line(&buf, &list.items[i]);
    }
    if (code == ERR_OK)
        code = buf_end(&buf, &text, &n, err);
    return code == ERR_OK && n > 0 ? framework_read(draft, file_name, text, n, err) : code;
}

/* ---- what is asked for ---- */

static enum err_code check_id(const char *id, struct err *err)
{
    size_t n = strlen(id);

    if (n > 0 && n <= OWN_MEASURE_ID_MAX && id[0] >= 'a' && id[0] <= 'z' &&
            strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == n)
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "\"%s\" is not an id of a measure", id);
    return err_hint(err, "Up to %d lower-case letters, digits and hyphens: high-readers.",
            OWN_MEASURE_ID_MAX);
}

static enum err_code check_years(const char *years, struct err *err)
{
    char copy[16];
    char *dash;
    int first, last;

    if (text_copy(copy, sizeof(copy), years)) {
        dash = strchr(copy, '-');
        if (dash != NULL)
            *dash++ = '\0';
        if (framework_year_parse(copy, &first) &&
                framework_year_parse(dash == NULL ? copy : dash, &last) && first <= last)
            return ERR_OK;
    }
    (void)err_set(err, ERR_INVALID, "\"%s\" are no NC years", years);
    return err_hint(err, "Give the first and the last: 7-11.");
}

static enum err_code check_formula(struct context *context, const char *text, struct err *err)
{
    const struct formula *formula = NULL;
    enum err_code code;

    if (strlen(text) > OWN_MEASURE_FORMULA_MAX) {
        (void)err_set(err, ERR_INVALID, "the formula has more than %d characters",
                OWN_MEASURE_FORMULA_MAX);
        return err_hint(err, "Make two measures of it.");
    }
    code = formula_compile(context->arena, context->fw, text, NULL, &formula, err);
    return code == ERR_OK ? formula_require(formula, FORMULA_YES_NO, err) : code;
}

static enum err_code check_label(const char *label, struct err *err)
{
    if (text_utf8_valid(label, strlen(label)) == strlen(label) &&
            strlen(label) <= OWN_MEASURE_LABEL_MAX && strpbrk(label, "\r\n\t") == NULL)
        return ERR_OK;
    (void)err_set(err, ERR_INVALID, "the label cannot be kept");
    return err_hint(err, "One line of up to %d characters.", OWN_MEASURE_LABEL_MAX);
}

/* The school's row of this id, or NULL. */
static const struct own_measure *find(const struct own_measure_list *list, const char *id)
{
    for (size_t i = 0; i < list->n; i++) {
        if (text_eq(list->items[i].measure, id))
            return &list->items[i];
    }
    return NULL;
}

static enum err_code check(struct context *context, const struct own_measure *what,
        const struct own_measure *known, struct err *err)
{
    enum err_code code = check_id(what->measure, err);

    if (code == ERR_OK && (known == NULL || known->ended) &&
            framework_measure(context->fw, what->measure) >= 0) {
        (void)err_set(err, ERR_INVALID, "%s is a measure of the framework", what->measure);
        code = err_hint(err,
                "Choose another id; `attain report summary` lists those there are.");
    }
    if (code == ERR_OK)
        code = check_label(what->label, err);
    if (code == ERR_OK)
        code = check_years(what->years, err);
    return code == ERR_OK ? check_formula(context, what->formula, err) : code;
}

/* ---- writing ---- */

static enum err_code write_row(struct context *context, const struct own_measure *what,
        struct err *err)
{
    struct own_measure row = *what;

    row.recorded_by = context->who;
    row.recorded_at = context->stamp;
    return store_own_measure_add(context->store, context->school.school_id, &row, err);
}

/* The framework as it stands with what was written, before it is kept. */
static enum err_code finish(struct context *context, enum err_code code, struct err *err)
{
    const struct framework *fw = NULL;

    if (code == ERR_OK)
        code = framework_load(context, context->school.framework, context->school.school_id,
                &fw, err);
    if (code == ERR_OK)
        code = store_commit(context->store, err);
    if (code != ERR_OK)
        store_rollback(context->store);
    return code;
}

enum err_code own_measure_add(struct context *context, const struct own_measure *what,
        bool *ret_changed, struct err *err)
{
    struct own_measure row = *what;
    struct own_measure_list list = { 0 };
    const struct own_measure *known;
    enum err_code code = store_begin(context->store, err);

    if (code != ERR_OK)
        return code;
    row.label = text_empty(what->label) ? what->measure : what->label;
    row.years = text_empty(what->years) ? all_years : what->years;
    row.ended = false;
    code = own_measure_list(context, &list, err);
    known = find(&list, row.measure);
    if (code == ERR_OK)
        code = check(context, &row, known, err);
    if (code == ERR_OK)
        code = write_row(context, &row, err);
    code = finish(context, code, err);
    if (code == ERR_OK)
        *ret_changed = known != NULL && !known->ended;
    return code;
}

enum err_code own_measure_end(struct context *context, const char *measure, struct err *err)
{
    struct own_measure_list list = { 0 };
    const struct own_measure *known;
    enum err_code code = store_begin(context->store, err);

    if (code != ERR_OK)
        return code;
    code = own_measure_list(context, &list, err);
    known = find(&list, measure);
    if (code == ERR_OK && (known == NULL || known->ended)) {
        (void)err_set(err, ERR_NOT_FOUND, "the school has no measure %s of its own", measure);
        code = err_hint(err, "List them with `attain measure list`.");
    }
    if (code == ERR_OK) {
        struct own_measure row = *known;

        row.ended = true;
        code = write_row(context, &row, err);
    }
    return finish(context, code, err);
}

enum err_code own_measure_list(struct context *context, struct own_measure_list *ret_list,
        struct err *err)
{
    return store_own_measures(context->store, context->school.school_id, context->arena,
            ret_list, err);
}
