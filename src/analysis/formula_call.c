#include <string.h>

#include "analysis/formula_names_in.h"
#include "analysis/formula_run_in.h"
#include "base/text.h"

/* c1, v1, c2, v2 ... and perhaps a last one: conditions and values of node->args. */
static enum err_code check_choice(struct checker *c, struct node *node)
{
    struct node *values[2 * FORMULA_ARGS];
    enum err_code code = ERR_OK;
    int n = 0;

    for (int i = 0; i + 1 < node->arg_n && code == ERR_OK; i += 2) {
        code = check_yes_no(c, node, &node->args[i]);
        values[n++] = node->args[i + 1];
    }
    if (node->arg_n % 2 == 1)
        values[n++] = node->args[node->arg_n - 1];
    node->run = run_choose;
    return code == ERR_OK ? check_alike(c, node, values, n) : code;
}

enum err_code call_if(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    return code == ERR_OK ? check_choice(c, node) : code;
}

enum err_code call_ifs(struct checker *c, struct node *node)
{
    return call_if(c, node);
}

/* x OP limit, and behind it the value, as two arguments more of `choice`. */
static enum err_code add_case(struct checker *c, struct node *choice, enum token_kind op,
        struct node *x, struct node *limit, struct node *value)
{
    struct node *compare = formula_node(c, NODE_OPERATOR, limit->at, limit->n);

    if (compare == NULL || !formula_node_add(c, compare, x) ||
            !formula_node_add(c, compare, limit) || !formula_node_add(c, choice, compare) ||
            !formula_node_add(c, choice, value))
        return ERR_MEMORY;
    compare->op = op;
    compare->checked = true;
    return check_compare(c, compare);
}

/* What stands in a table as a literal at the place of the table's name. */
static struct node *table_literal(struct checker *c, const struct node *where, const char *text,
        bool number)
{
    struct node *literal =
            formula_node(c, number ? NODE_NUMBER : NODE_TEXT, where->at, where->n);

    if (literal == NULL)
        return NULL;
    literal->type = number ? FORMULA_NUMBER : FORMULA_TEXT;
    literal->checked = true;
    literal->text = arena_text(c->arena, text);
    if (literal->text == NULL) {
        (void)err_memory(c->err);
        return NULL;
    }
    if (number && !text_milli(text, &literal->number))
        literal->number = FORMULA_NO_NUMBER;
    return literal;
}

/* Numbers are taken as such where every row has one. */
static bool all_numbers(const char *const *texts, size_t n, const char *also)
{
    int64_t ignored;
    bool numbers = also == NULL || text_milli(also, &ignored);

    for (size_t i = 0; i < n && numbers; i++)
        numbers = strlen(texts[i]) <= 12 && text_milli(texts[i], &ignored);
    return numbers;
}

static enum err_code no_table(struct checker *c, const struct node *name)
{
    (void)formula_fail(c, name->at, "there is no look-up table \"%.80s\" here", name->text);
    return err_hint(c->err, "Write LOOKUP(value, key, result, ..., otherwise), or a template's "
                            "table by its name.");
}

/* LOOKUP(value, "table"): its rows as if they had been written out. */
static enum err_code expand_table(struct checker *c, struct node *node)
{
    struct node *value = node->args[0], *name = node->args[1];
    struct formula_table table = { 0 };
    bool keys, values;

    if (name->kind != NODE_TEXT || c->source->table == NULL ||
            !c->source->table(c->source->context, name->text, &table) ||
            table.n > FORMULA_TABLE_ROWS)
        return no_table(c, name);
    c->node_n += (int)(2 * table.n);
    if (c->node_n > FORMULA_NODES) {
        (void)formula_fail(c, name->at, "the formula and its tables have more than %d parts",
                FORMULA_NODES);
        return err_hint(c->err, "Take a part of it into a column of its own.");
    }
    keys = is_quantity(value->type) && all_numbers(table.keys, table.n, NULL);
    values = all_numbers(table.values, table.n, table.otherwise);
    node->args = NULL;
    node->arg_n = 0;
    if (!formula_node_add(c, node, value))
        return ERR_MEMORY;
    for (size_t i = 0; i < 2 * table.n + (table.otherwise != NULL); i++) {
        bool key = i % 2 == 0 && i < 2 * table.n;
        const char *text = i == 2 * table.n ? table.otherwise
                           : key            ? table.keys[i / 2]
                                            : table.values[i / 2];
        struct node *literal = table_literal(c, name, text, key ? keys : values);

        if (literal == NULL || !formula_node_add(c, node, literal))
            return ERR_MEMORY;
    }
    return ERR_OK;
}

enum err_code call_lookup(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);
    struct node **args;
    int n;

    if (code == ERR_OK && node->arg_n == 2)
        code = expand_table(c, node);
    args = node->args;
    n = node->arg_n;
    node->args = NULL;
    node->arg_n = 0;
    for (int i = 1; i + 1 < n && code == ERR_OK; i += 2)
        code = add_case(c, node, TOKEN_EQ, args[0], args[i], args[i + 1]);
    if (code != ERR_OK)
        return code;
    if (n % 2 == 0 && !formula_node_add(c, node, args[n - 1]))
        return ERR_MEMORY;
    return check_choice(c, node);
}

static enum err_code check_rising(struct checker *c, struct node **limits, int n)
{
    for (int i = 2; i < n; i += 2) {
        if (limits[i]->kind != NODE_NUMBER || limits[i - 2]->kind != NODE_NUMBER ||
                limits[i]->number > limits[i - 2]->number)
            continue;
        (void)formula_fail(c, limits[i]->at, "this limit is not above the one before it");
        return err_hint(c->err, "Put the lowest band first.");
    }
    return ERR_OK;
}

enum err_code call_band(struct checker *c, struct node *node)
{
    struct node **args = node->args;
    int n = node->arg_n;
    enum err_code code = check_args(c, node);

    if (code == ERR_OK && n % 2 == 1) {
        (void)formula_fail(c, args[n - 1]->at, "a limit of BAND has no value behind it");
        return err_hint(c->err, "Write BAND(value, \"low\", 12, \"middle\", 18, \"high\").");
    }
    if (code == ERR_OK)
        code = check_rising(c, args + 2, n - 2);
    node->args = NULL;
    node->arg_n = 0;
    for (int i = 2; i + 1 < n && code == ERR_OK; i += 2)
        code = add_case(c, node, TOKEN_LT, args[0], args[i], args[i - 1]);
    if (code != ERR_OK)
        return code;
    return formula_node_add(c, node, args[n - 1]) ? check_choice(c, node) : ERR_MEMORY;
}

enum err_code call_logic(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    for (int i = 0; i < node->arg_n && code == ERR_OK; i++)
        code = check_yes_no(c, node, &node->args[i]);
    node->type = FORMULA_YES_NO;
    node->detail = node->function->detail;
    node->run = run_logic;
    return code;
}

enum err_code call_not(struct checker *c, struct node *node)
{
    enum err_code code = call_logic(c, node);

    node->run = run_not;
    return code;
}

enum err_code call_total(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    node->type = FORMULA_NUMBER;
    for (int i = 0; i < node->arg_n && code == ERR_OK; i++) {
        code = check_quantity(c, &node->args[i]);
        if (code != ERR_OK)
            break;
        if (node->args[i]->type == FORMULA_POINTS)
            node->type = FORMULA_POINTS;
        if (!scales_join(c, node, node->args[i]->scales, node->args[i]->scale_n))
            code = ERR_MEMORY;
    }
    node->detail = node->function->detail;
    node->run = run_total;
    return code;
}

enum err_code call_extreme(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    if (code == ERR_OK)
        code = check_alike(c, node, node->args, node->arg_n);
    if (code != ERR_OK)
        return code;
    node->detail = node->function->detail;
    if (node->type == FORMULA_GRADE) {
        node->run = run_extreme_grade;
        return ERR_OK;
    }
    if (node->type == FORMULA_DATE) {
        node->run = run_extreme_date;
        return ERR_OK;
    }
    node->run = run_total;
    return check_quantity(c, &node->args[0]);
}

enum err_code call_count(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    for (int i = 0; i < node->arg_n; i++) {
        if (node->args[i]->type == FORMULA_NOTHING)
            node->args[i]->type = FORMULA_TEXT;
    }
    node->type = FORMULA_NUMBER;
    node->run = run_count;
    return code;
}

static bool whole_number(const struct node *node, int64_t least, int64_t most)
{
    return node->kind == NODE_NUMBER && node->number % 1000 == 0 &&
           node->number >= least * 1000 && node->number <= most * 1000;
}

enum err_code call_best(struct checker *c, struct node *node)
{
    struct node *n = node->args[0];
    enum err_code code;

    if (!whole_number(n, 1, FORMULA_ARGS)) {
        (void)formula_fail(c, n->at, "BEST begins with how many values are to be taken");
        return err_hint(c->err, "Write a whole number: %s.", node->function->about.usage);
    }
    node->number = n->number / 1000;
    node->args++;
    node->arg_n--;
    code = call_total(c, node);
    node->detail = TOTAL_BEST;
    return code;
}

enum err_code call_round(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    if (code == ERR_OK)
        code = check_quantity(c, &node->args[0]);
    if (code != ERR_OK)
        return code;
    if (node->arg_n == 2) {
        if (!whole_number(node->args[1], 0, 3))
            return formula_fail(c, node->args[1]->at,
                    "ROUND takes 0, 1, 2 or 3 decimal places");
        node->detail = (int)(node->args[1]->number / 1000);
        node->arg_n = 1;
    }
    node->type = node->args[0]->type;
    node->run = run_round;
    return scales_join(c, node, node->args[0]->scales, node->args[0]->scale_n) ? ERR_OK
                                                                               : ERR_MEMORY;
}

enum err_code call_is_missing(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    if (node->args[0]->type == FORMULA_NOTHING)
        node->args[0]->type = FORMULA_TEXT;
    node->type = FORMULA_YES_NO;
    node->run = run_is_missing;
    return code;
}

enum err_code call_if_missing(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    node->run = run_if_missing;
    return code == ERR_OK ? check_alike(c, node, node->args, node->arg_n) : code;
}

enum err_code call_date(struct checker *c, struct node *node)
{
    const char *text;
    enum err_code code = text_argument(c, node, 0, "a date", &text);

    if (code != ERR_OK)
        return code;
    if (!date_parse(text, &node->date)) {
        (void)formula_fail(c, node->args[0]->at, "\"%.40s\" is not a date", text);
        return err_hint(c->err, "Write DATE(\"2026-03-27\").");
    }
    node->kind = NODE_DATE;
    node->type = FORMULA_DATE;
    node->arg_n = 0;
    return ERR_OK;
}
