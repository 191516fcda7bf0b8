#include "analysis/formula_names_in.h"
#include "analysis/formula_run_in.h"
#include "base/text.h"

static const char *const type_words[FORMULA_TYPE__MAX] = {
    [FORMULA_NOTHING] = "missing",
    [FORMULA_YES_NO] = "yes or no",
    [FORMULA_NUMBER] = "a number",
    [FORMULA_POINTS] = "points",
    [FORMULA_GRADE] = "a grade",
    [FORMULA_DATE] = "a date",
    [FORMULA_TEXT] = "a text",
};

const char *formula_type_words(enum formula_type type)
{
    return type_words[type];
}

bool is_quantity(enum formula_type type)
{
    return type == FORMULA_NUMBER || type == FORMULA_POINTS;
}

/* MISSING is of whatever type is wanted. */
static bool settled(struct node *node, enum formula_type type)
{
    if (node->type == FORMULA_NOTHING)
        node->type = type;
    return node->type == type;
}

static enum err_code wrong_type(struct checker *c, const struct node *node, const char *wanted)
{
    char quote[QUOTE_SIZE];

    return formula_fail(c, node->at, "%s is %s where %s was expected",
            formula_quote(c, node, quote), type_words[node->type], wanted);
}

enum err_code check_yes_no(struct checker *c, struct node *node, struct node **slot)
{
    char quote[QUOTE_SIZE];
    const char *right = "\"...\"";

    (void)node;
    if (settled(*slot, FORMULA_YES_NO))
        return ERR_OK;
    (void)wrong_type(c, *slot, "a condition (yes or no)");
    if ((*slot)->kind == NODE_TEXT)
        return err_hint(c->err, "Compare it with something: SEN = %s.",
                formula_quote(c, *slot, quote));
    if ((*slot)->kind == NODE_NUMBER)
        return err_hint(c->err, "Compare a value of the pupil with it: YEAR = %s.",
                formula_quote(c, *slot, quote));
    if (is_quantity((*slot)->type))
        right = "0";
    return err_hint(c->err, "Compare it with something: %s = %s.",
            formula_quote(c, *slot, quote), right);
}

/* POINTS(grade), where the text has the grade alone. */
static enum err_code points_of(struct checker *c, struct node **slot)
{
    struct node *grade = *slot;
    struct node *points = formula_node(c, NODE_CALL, grade->at, grade->n);

    if (points == NULL || !formula_node_add(c, points, grade))
        return ERR_MEMORY;
    points->checked = true;
    *slot = points;
    return call_points(c, points);
}

enum err_code check_quantity(struct checker *c, struct node **slot)
{
    if ((*slot)->type == FORMULA_GRADE)
        return points_of(c, slot);
    if ((*slot)->type == FORMULA_POINTS || settled(*slot, FORMULA_NUMBER))
        return ERR_OK;
    (void)wrong_type(c, *slot, "a number");
    if ((*slot)->kind == NODE_TEXT)
        return err_hint(c->err, "Write a number without quotation marks, a grade with its "
                                "scale: GRADE(\"4b\", \"nc\").");
    if ((*slot)->type == FORMULA_YES_NO)
        return err_hint(c->err, "Make a number of it: IF(condition, 1, 0).");
    return c->err->code;
}

enum err_code check_args(struct checker *c, struct node *node)
{
    for (int i = 0; i < node->arg_n; i++) {
        enum err_code code = formula_check(c, node->args[i]);

        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

static enum err_code date_literal(struct checker *c, struct node *literal)
{
    if (!date_parse(literal->text, &literal->date)) {
        (void)formula_fail(c, literal->at, "\"%.40s\" is not a date", literal->text);
        return err_hint(c->err, "Write \"2026-03-27\" or \"27/3/2026\".");
    }
    literal->kind = NODE_DATE;
    literal->type = FORMULA_DATE;
    return ERR_OK;
}

/* The first item that says what all are: a grade before a text, a date before a text. */
static struct node *leading(struct node **items, int n)
{
    struct node *found = NULL;

    for (int i = 0; i < n; i++) {
        if (items[i]->type == FORMULA_NOTHING)
            continue;
        if (found == NULL || found->kind == NODE_TEXT || items[i]->type == FORMULA_POINTS)
            found = items[i];
    }
    return found;
}

static enum err_code unlike(struct checker *c, const struct node *item,
        const struct node *first)
{
    char one[QUOTE_SIZE], other[QUOTE_SIZE];

    return formula_fail(c, item->at, "%s is %s, but %s is %s", formula_quote(c, item, one),
            type_words[item->type], formula_quote(c, first, other), type_words[first->type]);
}

static bool join_all(struct checker *c, struct node *node, struct node **items, int n)
{
    for (int i = 0; i < n; i++) {
        if (!scales_join(c, node, items[i]->scales, items[i]->scale_n))
            return false;
    }
    return true;
}

enum err_code check_alike(struct checker *c, struct node *node, struct node **items, int n)
{
    struct node *first = leading(items, n);
    struct node like;
    enum err_code code = ERR_OK;

    if (first == NULL)
        return formula_fail(c, node->at, "every value here is missing");
    if (!join_all(c, node, items, n))
        return ERR_MEMORY;
    like = *first;
    like.scales = node->scales;
    like.scale_n = node->scale_n;
    for (int i = 0; i < n && code == ERR_OK; i++) {
        bool literal = items[i]->kind == NODE_TEXT;

        if (literal && first->type == FORMULA_GRADE)
            code = grade_literal(c, items[i], &like);
        else if (literal && first->type == FORMULA_DATE)
            code = date_literal(c, items[i]);
        else if (!settled(items[i], first->type) &&
                 !(is_quantity(items[i]->type) && is_quantity(first->type)))
            code = unlike(c, items[i], first);
    }
    node->type = first->type;
    return code;
}

static enum token_kind flipped(enum token_kind op)
{
    switch ((int)op) {
    case TOKEN_LT:
        return TOKEN_GT;
    case TOKEN_LE:
        return TOKEN_GE;
    case TOKEN_GT:
        return TOKEN_LT;
    case TOKEN_GE:
        return TOKEN_LE;
    default:
        return op;
    }
}

static enum err_code answer_literal(struct checker *c, struct node *literal,
        const struct node *value)
{
    static const struct {
        const char *word;
        uint8_t answer;
    } words[] = {
        { "Y", ANSWER_YES },
        { "yes", ANSWER_YES },
        { "true", ANSWER_YES },
        { "N", ANSWER_NO },
        { "no", ANSWER_NO },
        { "false", ANSWER_NO },
    };
    char quote[QUOTE_SIZE];

    for (size_t i = 0; i < COUNT(words); i++) {
        if (!text_eq_fold(words[i].word, literal->text))
            continue;
        literal->kind = NODE_ANSWER;
        literal->type = FORMULA_YES_NO;
        literal->answer = words[i].answer;
        return ERR_OK;
    }
    (void)formula_fail(c, literal->at, "%s is yes or no, not \"%.40s\"",
            formula_quote(c, value, quote), literal->text);
    return err_hint(c->err, "Write %s, or NOT %s.", quote, quote);
}

static enum err_code year_literal(struct checker *c, struct node *literal)
{
    int year;

    if (!framework_year_parse(literal->text, &year)) {
        (void)formula_fail(c, literal->at, "\"%.40s\" is not a year group", literal->text);
        return err_hint(c->err, "Write a number, or \"R\", \"N1\", \"N2\".");
    }
    literal->kind = NODE_NUMBER;
    literal->type = FORMULA_NUMBER;
    literal->number = (int64_t)year * 1000;
    return ERR_OK;
}

static bool is_order(enum token_kind op)
{
    return op != TOKEN_EQ && op != TOKEN_NE;
}

static enum err_code word_literal(struct checker *c, const struct node *literal,
        const struct node *value)
{
    char quote[QUOTE_SIZE];
    const char *near;

    for (size_t i = 0; i < value->word_n; i++) {
        if (text_eq_fold(value->words[i], literal->text))
            return ERR_OK;
    }
    near = formula_nearest(literal->text, value->words, value->word_n);
    (void)formula_fail(c, literal->at, "%s is never \"%.40s\"", formula_quote(c, value, quote),
            literal->text);
    if (near != NULL)
        return err_hint(c->err, "Did you mean \"%s\"?", near);
    return err_hint(c->err, "It is one of %s, %s ... %s.", value->words[0], value->words[1],
            value->words[value->word_n - 1]);
}

static bool is_year(const struct node *node)
{
    return node->kind == NODE_CALL && node->function != NULL &&
           node->function->check == call_person_number && node->function->detail == PERSON_YEAR;
}

static enum err_code wrong_pair(struct checker *c, const struct node *a, const struct node *b)
{
    char one[QUOTE_SIZE], other[QUOTE_SIZE];
    const struct node *grade = a->type == FORMULA_GRADE ? a : b;

    (void)formula_fail(c, b->at, "%s is %s and cannot be compared with %s, %s",
            formula_quote(c, b, one), type_words[b->type], formula_quote(c, a, other),
            type_words[a->type]);
    if (b->kind == NODE_TEXT && is_quantity(a->type))
        return err_hint(c->err, "Write a number without quotation marks.");
    if (grade->type == FORMULA_GRADE && (is_quantity(a->type) || is_quantity(b->type)))
        return err_hint(c->err, "Put a grade in quotation marks, or compare LEVEL(...) or "
                                "POINTS(...) with the number.");
    return c->err->code;
}

/* What the text on the right becomes beside the value on the left. */
static enum err_code compare_literal(struct checker *c, struct node *node, struct node *value,
        struct node *literal)
{
    if (value->type == FORMULA_GRADE)
        return grade_verdict(c, node, literal, value, node->op);
    if (value->type == FORMULA_DATE)
        return date_literal(c, literal);
    if (value->type == FORMULA_YES_NO)
        return answer_literal(c, literal, value);
    if (is_year(value))
        return year_literal(c, literal);
    if (value->type == FORMULA_TEXT && value->word_n > 0)
        return word_literal(c, literal, value);
    return value->type == FORMULA_TEXT ? ERR_OK : wrong_pair(c, value, literal);
}

static enum err_code never_one_scale(struct checker *c, const struct node *a,
        const struct node *b)
{
    char one[QUOTE_SIZE], other[QUOTE_SIZE];

    (void)formula_fail(c, b->at, "%s and %s are never on the same scale",
            formula_quote(c, a, one), formula_quote(c, b, other));
    return err_hint(c->err, "Compare their whole levels: LEVEL(...).");
}

static enum err_code compare_values(struct checker *c, struct node *node)
{
    struct node *a = node->args[0], *b = node->args[1];

    if (a->type != b->type && !(is_quantity(a->type) && is_quantity(b->type)))
        return wrong_pair(c, a, b);
    if (!scales_meet(c, a, b))
        return never_one_scale(c, a, b);
    if (is_order(node->op) && (a->type == FORMULA_YES_NO || a->word_n > 0)) {
        (void)formula_fail(c, node->at, "%s has no order",
                a->type == FORMULA_YES_NO ? "yes or no" : "this word");
        return err_hint(c->err, "Compare it with = or <>.");
    }
    if (node->run == NULL)
        node->run = a->type == FORMULA_GRADE ? run_compare_grades : run_compare;
    return ERR_OK;
}

enum err_code check_compare(struct checker *c, struct node *node)
{
    struct node *a = node->args[0], *b = node->args[1];
    enum err_code code = ERR_OK;

    if (a->type == FORMULA_NOTHING || b->type == FORMULA_NOTHING) {
        (void)formula_fail(c, node->at, "nothing can be compared with MISSING");
        return err_hint(c->err, "Write ISMISSING(value).");
    }
    if (a->kind == NODE_TEXT && b->kind == NODE_TEXT) {
        (void)formula_fail(c, node->at, "both sides of this comparison are fixed texts");
        return err_hint(c->err, "Compare a value of the pupil, such as LATEST(\"MAT\").");
    }
    if (a->kind == NODE_TEXT) {
        node->args[0] = b;
        node->args[1] = a;
        node->op = flipped(node->op);
    }
    node->type = FORMULA_YES_NO;
    node->detail = (int)node->op;
    if (node->args[1]->kind == NODE_TEXT)
        code = compare_literal(c, node, node->args[0], node->args[1]);
    if (code != ERR_OK || node->arg_n == 1)
        return code;
    return compare_values(c, node);
}

/* date - date is a number of days. */
static enum err_code check_days(struct checker *c, struct node *node)
{
    struct node *a = node->args[0], *b = node->args[1];
    enum err_code code;

    if (node->op != TOKEN_SUB) {
        (void)wrong_type(c, a->type == FORMULA_DATE ? a : b, "a number");
        return err_hint(c->err, "Dates can be compared and subtracted.");
    }
    code = check_alike(c, node, node->args, 2);
    node->type = FORMULA_NUMBER;
    node->run = run_days;
    return code;
}

static enum formula_type type_of_arithmetic(const struct node *node)
{
    bool left = node->args[0]->type == FORMULA_POINTS;
    bool right = node->args[1]->type == FORMULA_POINTS;

    if (node->op == TOKEN_DIV && right)
        return FORMULA_NUMBER;
    return left || right ? FORMULA_POINTS : FORMULA_NUMBER;
}

static enum err_code check_arithmetic(struct checker *c, struct node *node)
{
    struct node **args = node->args;
    enum err_code code;

    if (args[0]->type == FORMULA_DATE || args[1]->type == FORMULA_DATE)
        return check_days(c, node);
    for (int i = 0; i < 2; i++) {
        if (args[i]->type == FORMULA_GRADE) {
            (void)wrong_type(c, args[i], "a number");
            return err_hint(c->err, "Take its points: POINTS(...), or count STEPS(a, b).");
        }
        code = check_quantity(c, &args[i]);
        if (code != ERR_OK)
            return code;
    }
    if (node->op == TOKEN_MUL && args[0]->type == FORMULA_POINTS &&
            args[1]->type == FORMULA_POINTS)
        return formula_fail(c, args[1]->at, "points cannot be multiplied by points");
    if ((node->op == TOKEN_SUB || node->op == TOKEN_DIV) && !scales_meet(c, args[0], args[1]))
        return never_one_scale(c, args[0], args[1]);
    node->type = type_of_arithmetic(node);
    node->detail = (int)node->op;
    node->run = run_arithmetic;
    return join_all(c, node, args, 2) ? ERR_OK : ERR_MEMORY;
}

static enum err_code check_minus(struct checker *c, struct node *node)
{
    enum err_code code = check_quantity(c, &node->args[0]);

    if (code != ERR_OK)
        return code;
    node->type = node->args[0]->type;
    node->run = run_minus;
    return join_all(c, node, node->args, 1) ? ERR_OK : ERR_MEMORY;
}

static enum err_code check_join(struct checker *c, struct node *node)
{
    for (int i = 0; i < 2; i++) {
        if (node->args[i]->type == FORMULA_NOTHING)
            return formula_fail(c, node->args[i]->at, "nothing can be joined to MISSING");
    }
    c->formula->makes_text = true;
    node->type = FORMULA_TEXT;
    node->run = run_join;
    return ERR_OK;
}

static enum err_code check_operator(struct checker *c, struct node *node)
{
    enum err_code code = check_args(c, node);

    if (code != ERR_OK)
        return code;
    if (node->op >= TOKEN_EQ && node->op <= TOKEN_GE)
        return check_compare(c, node);
    if (node->op == TOKEN_JOIN)
        return check_join(c, node);
    if (node->op < TOKEN_JOIN)
        return node->arg_n == 1 ? check_minus(c, node) : check_arithmetic(c, node);
    for (int i = 0; i < node->arg_n && code == ERR_OK; i++)
        code = check_yes_no(c, node, &node->args[i]);
    node->type = FORMULA_YES_NO;
    node->detail = (int)node->op;
    node->run = node->op == TOKEN_NOT ? run_not : run_logic;
    return code;
}

enum err_code formula_check(struct checker *c, struct node *node)
{
    if (node->checked)
        return ERR_OK;
    node->checked = true;
    switch (node->kind) {
    case NODE_NUMBER:
        node->type = FORMULA_NUMBER;
        return ERR_OK;
    case NODE_TEXT:
        node->type = FORMULA_TEXT;
        return ERR_OK;
    case NODE_ANSWER:
        node->type = FORMULA_YES_NO;
        return ERR_OK;
    case NODE_OPERATOR:
        return check_operator(c, node);
    case NODE_CALL:
        return node->function->check(c, node);
    case NODE_MISSING:
    case NODE_GRADE:
    case NODE_DATE:
        break;
    }
    return ERR_OK;
}
