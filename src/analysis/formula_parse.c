#include <string.h>

#include "analysis/formula_in.h"
#include "base/text.h"

enum level {
    LEVEL_OR = 1,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_COMPARE,
    LEVEL_JOIN,
    LEVEL_ADD,
    LEVEL_MULTIPLY,
    LEVEL_SIGN
};

static enum err_code parse_level(struct checker *c, int least, struct node **ret_node);

/* Each level nests in at most this many calls, so the depth bounds the stack too. */
static enum err_code enter(struct checker *c)
{
    if (c->depth == FORMULA_DEPTH) {
        (void)formula_fail(c, c->token.at, "the formula is nested more than %d deep",
                FORMULA_DEPTH);
        return err_hint(c->err, "Take a part of it into a column of its own.");
    }
    c->depth++;
    return ERR_OK;
}

struct node *formula_node(struct checker *c, enum node_kind kind, size_t at, size_t n)
{
    struct node *node = arena_alloc(c->arena, sizeof(*node));

    if (node == NULL) {
        (void)err_memory(c->err);
        return NULL;
    }
    node->kind = kind;
    node->at = at;
    node->n = n;
    node->grade = VALUE_NONE;
    node->reg = -1;
    return node;
}

bool formula_node_add(struct checker *c, struct node *node, struct node *arg)
{
    struct node **grown =
            arena_grow(c->arena, node->args, (size_t)node->arg_n, sizeof(struct node *));

    if (grown == NULL) {
        (void)err_memory(c->err);
        return false;
    }
    node->args = grown;
    node->args[node->arg_n++] = arg;
    return true;
}

/* A node that the text itself has; these are counted. */
static struct node *written(struct checker *c, enum node_kind kind, const struct token *token)
{
    struct node *node;

    if (c->node_n == FORMULA_NODES) {
        (void)formula_fail(c, token->at, "the formula has more than %d parts", FORMULA_NODES);
        (void)err_hint(c->err, "Take a part of it into a column of its own.");
        return NULL;
    }
    c->node_n++;
    node = formula_node(c, kind, token->at, token->n);
    if (node != NULL) {
        node->op = token->kind;
        node->text = token->text;
        node->number = token->number;
    }
    return node;
}

/* The node now ends where the last word read ended. */
static void span_to(struct node *node, size_t end)
{
    node->n = end - node->at;
}

static enum err_code expected(struct checker *c, const char *what)
{
    if (c->token.kind == TOKEN_END)
        return formula_fail(c, c->token.at, "the formula ends here, but %s was expected", what);
    return formula_fail(c, c->token.at, "%.*s stands where %s was expected",
            (int)(c->token.n > 40 ? 40 : c->token.n), c->text + c->token.at, what);
}

static enum err_code close_bracket(struct checker *c, const char *what, size_t *ret_end)
{
    if (c->token.kind != TOKEN_CLOSE)
        return expected(c, what);
    *ret_end = c->token.at + c->token.n;
    return formula_next(c);
}

/* Behind the opening bracket of a function: its arguments and the closing one. */
static enum err_code parse_args(struct checker *c, struct node *node, size_t *ret_end)
{
    enum err_code code = formula_next(c);

    if (code != ERR_OK)
        return code;
    while (c->token.kind != TOKEN_CLOSE || node->arg_n > 0) {
        struct node *arg;

        if (node->arg_n == FORMULA_ARGS)
            return formula_fail(c, c->token.at, "%s has more than %d arguments",
                    node->function->about.name, FORMULA_ARGS);
        code = parse_level(c, LEVEL_OR, &arg);
        if (code != ERR_OK)
            return code;
        if (!formula_node_add(c, node, arg))
            return ERR_MEMORY;
        if (c->token.kind != TOKEN_COMMA)
            break;
        code = formula_next(c);
        if (code != ERR_OK)
            return code;
    }
    return close_bracket(c, "a comma or )", ret_end);
}

static enum err_code count_args(struct checker *c, const struct node *node)
{
    const struct function *function = node->function;

    if (node->arg_n >= function->least && node->arg_n <= function->most)
        return ERR_OK;
    if (function->most == 0)
        (void)formula_fail(c, node->at, "%s takes nothing in brackets", function->about.name);
    else if (node->arg_n < function->least)
        (void)formula_fail(c, node->at, "%s needs %s%d argument%s and has %d",
                function->about.name, function->least == function->most ? "" : "at least ",
                function->least, function->least == 1 ? "" : "s", node->arg_n);
    else
        (void)formula_fail(c, node->at, "%s takes at most %d argument%s and has %d",
                function->about.name, function->most, function->most == 1 ? "" : "s",
                node->arg_n);
    return err_hint(c->err, "Write %s.", function->about.usage);
}

static enum err_code unknown_name(struct checker *c, const struct token *name)
{
    const char *near = formula_function_near(name->text);
    int subject = framework_subject(c->fw, name->text);
    int n = (int)(name->n > 40 ? 40 : name->n);

    (void)formula_fail(c, name->at, "%.*s is not a name of the formula language", n,
            c->text + name->at);
    if (subject >= 0)
        return err_hint(c->err, "A subject stands in a value: LATEST(\"%.20s\").",
                c->fw->subjects[subject].code);
    if (near != NULL)
        return err_hint(c->err, "Did you mean %s?", near);
    return err_hint(c->err, "Put a text or a grade in quotation marks: \"%.*s\".", n,
            c->text + name->at);
}

/* YES, NO, TRUE, FALSE, MISSING. */
static bool constant(struct node *node)
{
    static const struct {
        const char *word;
        enum node_kind kind;
        uint8_t answer;
    } constants[] = {
        { "YES", NODE_ANSWER, ANSWER_YES },
        { "TRUE", NODE_ANSWER, ANSWER_YES },
        { "NO", NODE_ANSWER, ANSWER_NO },
        { "FALSE", NODE_ANSWER, ANSWER_NO },
        { "MISSING", NODE_MISSING, ANSWER_MISSING },
    };

    for (size_t i = 0; i < COUNT(constants); i++) {
        if (text_eq(node->text, constants[i].word)) {
            node->kind = constants[i].kind;
            node->answer = constants[i].answer;
            return true;
        }
    }
    return false;
}

static enum err_code parse_name(struct checker *c, struct node **ret_node)
{
    struct token name = c->token;
    struct node *node = written(c, NODE_CALL, &name);
    size_t end = name.at + name.n;
    enum err_code code;

    if (node == NULL)
        return c->err->code;
    code = formula_next(c);
    if (code != ERR_OK)
        return code;
    if (c->token.kind == TOKEN_OPEN || !constant(node)) {
        node->function = formula_function_find(name.text);
        if (node->function == NULL)
            return unknown_name(c, &name);
        if (c->token.kind == TOKEN_OPEN) {
            code = parse_args(c, node, &end);
            if (code != ERR_OK)
                return code;
        }
        span_to(node, end);
        code = count_args(c, node);
    }
    *ret_node = node;
    return code;
}

static enum err_code parse_bracket(struct checker *c, struct node **ret_node)
{
    size_t end;
    enum err_code code = formula_next(c);

    if (code == ERR_OK)
        code = parse_level(c, LEVEL_OR, ret_node);
    return code == ERR_OK ? close_bracket(c, "an operator or )", &end) : code;
}

/* NOT and the sign of a number: one operand. */
static enum err_code parse_prefix(struct checker *c, int level, struct node **ret_node)
{
    struct token sign = c->token;
    struct node *node = written(c, NODE_OPERATOR, &sign);
    struct node *operand;
    enum err_code code;

    if (node == NULL)
        return c->err->code;
    code = formula_next(c);
    if (code == ERR_OK)
        code = parse_level(c, level, &operand);
    if (code != ERR_OK)
        return code;
    if (!formula_node_add(c, node, operand))
        return ERR_MEMORY;
    span_to(node, operand->at + operand->n);
    *ret_node = node;
    return ERR_OK;
}

static bool bracket_follows(const struct checker *c)
{
    size_t at = c->read;

    while (c->text[at] != '\0' && strchr(" \t\r\n", c->text[at]) != NULL)
        at++;
    return c->text[at] == '(';
}

static enum err_code parse_word(struct checker *c, struct node **ret_node)
{
    if (bracket_follows(c))
        return parse_name(c, ret_node);
    if (c->token.kind == TOKEN_NOT)
        return parse_prefix(c, LEVEL_NOT, ret_node);
    (void)expected(c, "a value");
    return err_hint(c->err, "Write it between two conditions, or as %s(first, second).",
            c->token.text);
}

static enum err_code parse_literal(struct checker *c, enum node_kind kind,
        struct node **ret_node)
{
    struct node *node = written(c, kind, &c->token);

    if (node == NULL)
        return c->err->code;
    if (kind == NODE_TEXT && text_empty(node->text))
        node->kind = NODE_MISSING;
    *ret_node = node;
    return formula_next(c);
}

static enum err_code parse_operand(struct checker *c, struct node **ret_node)
{
    enum err_code code = enter(c);

    if (code != ERR_OK)
        return code;
    if (c->token.kind == TOKEN_NUMBER)
        code = parse_literal(c, NODE_NUMBER, ret_node);
    else if (c->token.kind == TOKEN_TEXT)
        code = parse_literal(c, NODE_TEXT, ret_node);
    else if (c->token.kind == TOKEN_NAME)
        code = parse_name(c, ret_node);
    else if (c->token.kind == TOKEN_OPEN)
        code = parse_bracket(c, ret_node);
    else if (c->token.kind == TOKEN_SUB)
        code = parse_prefix(c, LEVEL_SIGN, ret_node);
    else if (c->token.kind >= TOKEN_AND)
        code = parse_word(c, ret_node);
    else
        code = expected(c, "a value");
    c->depth--;
    return code;
}

static int level_of(enum token_kind kind)
{
    if (kind >= TOKEN_EQ && kind <= TOKEN_GE)
        return LEVEL_COMPARE;
    if (kind == TOKEN_OR)
        return LEVEL_OR;
    if (kind == TOKEN_AND)
        return LEVEL_AND;
    if (kind == TOKEN_JOIN)
        return LEVEL_JOIN;
    if (kind == TOKEN_ADD || kind == TOKEN_SUB)
        return LEVEL_ADD;
    return kind == TOKEN_MUL || kind == TOKEN_DIV ? LEVEL_MULTIPLY : 0;
}

/* left OP right, where `left` was read and c->token is OP. */
static enum err_code parse_right(struct checker *c, int level, struct node **left)
{
    struct token sign = c->token;
    struct node *node = written(c, NODE_OPERATOR, &sign);
    struct node *right;
    enum err_code code;

    if (node == NULL)
        return c->err->code;
    code = formula_next(c);
    if (code == ERR_OK)
        code = parse_level(c, level + 1, &right);
    if (code != ERR_OK)
        return code;
    if (!formula_node_add(c, node, *left) || !formula_node_add(c, node, right))
        return ERR_MEMORY;
    node->at = (*left)->at;
    span_to(node, right->at + right->n);
    *left = node;
    if (level == LEVEL_COMPARE && level_of(c->token.kind) == LEVEL_COMPARE) {
        (void)formula_fail(c, c->token.at, "comparisons cannot be chained");
        return err_hint(c->err, "Join two of them: 2 < YEAR AND YEAR < 7.");
    }
    return ERR_OK;
}

static enum err_code parse_level(struct checker *c, int least, struct node **ret_node)
{
    struct node *node = NULL;
    enum err_code code = parse_operand(c, &node);

    for (;;) {
        int level = level_of(c->token.kind);

        if (code != ERR_OK || level == 0 || level < least)
            break;
        code = parse_right(c, level, &node);
    }
    if (code == ERR_OK)
        *ret_node = node;
    return code;
}

enum err_code formula_parse(struct checker *c, struct node **ret_root)
{
    enum err_code code = formula_next(c);
    struct node *root;

    if (code != ERR_OK)
        return code;
    if (c->token.kind == TOKEN_EQ && c->token.at == 0)
        code = formula_next(c); /* a spreadsheet's habit */
    if (code == ERR_OK && c->token.kind == TOKEN_END) {
        (void)formula_fail(c, 0, "the formula is empty");
        return err_hint(c->err, "Write a condition, such as SEN = \"S\".");
    }
    if (code == ERR_OK)
        code = parse_level(c, LEVEL_OR, &root);
    if (code != ERR_OK)
        return code;
    if (c->token.kind != TOKEN_END)
        return expected(c, "an operator or the end");
    *ret_root = root;
    return ERR_OK;
}
