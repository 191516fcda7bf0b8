#include "template.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "template_html.h"
#include "template_name.h"

enum {
    BLOCKS = 24,
    NAME_SIZE = 64,
    PATH_SIZE = 160,
    CHUNK = 1500
};

/* What a template says of itself in its first line. */
struct declaration {
    const char *path;
    const char *text;
    const char *body; /* behind the declaration */
    char name[NAME_SIZE];
    char type[NAME_SIZE];    /* "" for none */
    char include[PATH_SIZE]; /* the header that defines the type */
    bool wraps;              /* has a {{slot}} */
    int line;                /* of the body's first character */
};

enum block_kind {
    BLOCK_IF,
    BLOCK_ELSE,
    BLOCK_EACH,
    BLOCK_WRAP
};

struct block {
    enum block_kind kind;
    int line;
    char name[NAME_SIZE]; /* the loop's variable, or the wrapping template */
    char data[PATH_SIZE]; /* what the wrapping template draws, as C */
    struct html_state before;
    struct html_state then; /* how the first branch ended */
};

struct compiler {
    const struct declaration *all;
    size_t n;
    const struct declaration *self;
    const char *at;
    int line;
    struct html_state state;
    struct block blocks[BLOCKS];
    int blocks_n;
    int loops;
    bool slot_seen;
    struct buf literal; /* text not written yet */
    struct buf *out;
    struct err *err;
};

static enum err_code fault(struct compiler *c, const char *problem)
{
    enum err_code code =
            err_set(c->err, ERR_INVALID, "in <%s>: %s", html_here(&c->state), problem);

    (void)err_where(c->err, c->self->path, c->line, NULL);
    return code;
}

/* ---- C text ---- */

static void add_c_char(struct buf *out, unsigned char ch)
{
    if (ch == '\n')
        buf_add(out, "\\n");
    else if (ch == '"' || ch == '\\' || ch == '?')
        buf_printf(out, "\\%c", ch);
    else if (ch < 0x20 || ch >= 0x7f)
        buf_printf(out, "\\%03o", ch);
    else
        buf_add_char(out, (char)ch);
}

static void flush_literal(struct compiler *c)
{
    for (size_t from = 0; from < c->literal.n; from += CHUNK) {
        size_t n = c->literal.n - from < CHUNK ? c->literal.n - from : CHUNK;

        buf_add(c->out, "    html_raw(out, \"");
        for (size_t i = 0; i < n; i++)
            add_c_char(c->out, (unsigned char)c->literal.data[from + i]);
        buf_printf(c->out, "\", %zu);\n", n);
    }
    c->literal.n = 0;
}

static void begin_statement(struct compiler *c)
{
    flush_literal(c);
    buf_printf(c->out, "#line %d \"%s\"\n", c->line, c->self->path);
}

static void add_parameters(struct buf *out, const struct declaration *self)
{
    if (self->type[0] == '\0')
        buf_add(out, "(struct html *out)");
    else
        buf_printf(out, "(struct html *out, const struct %s *view)", self->type);
}

static void begin_function(struct compiler *c, const char *suffix)
{
    buf_printf(c->out, "\nvoid page_%s%s", c->self->name, suffix);
    add_parameters(c->out, c->self);
    buf_add(c->out, "\n{\n");
    if (c->self->type[0] != '\0')
        buf_add(c->out, "    (void)view;\n");
}

/* ---- names ---- */

static bool is_loop(const struct compiler *c, const char *name, size_t n)
{
    for (int i = 0; i < c->blocks_n; i++) {
        const struct block *block = &c->blocks[i];

        if (block->kind == BLOCK_EACH && strlen(block->name) == n &&
                memcmp(block->name, name, n) == 0)
            return true;
    }
    return false;
}

/* The C expression for a field of the view, or of a loop's item. */
static enum err_code resolve(struct compiler *c, const char *path, char ret_c[PATH_SIZE])
{
    size_t n = name_length(path);
    bool loop = is_loop(c, path, n);
    int need;

    if (!is_path(path))
        return fault(c, "a value is the name of a field: letters, digits, _ . ->");
    if (!loop && c->self->type[0] == '\0')
        return fault(c, "this template declared that it draws nothing ({{view none}})");
    if (loop && path[n] == '\0')
        need = snprintf(ret_c, PATH_SIZE, "(*%s)", path);
    else if (loop)
        need = snprintf(ret_c, PATH_SIZE, "%.*s->%s", (int)n, path,
                path + n + (path[n] == '.' ? 1 : 2));
    else
        need = snprintf(ret_c, PATH_SIZE, "view->%s", path);
    if (need < 0 || need >= PATH_SIZE)
        return fault(c, "the name is too long");
    return ERR_OK;
}

/* ---- tags ---- */

static enum err_code add_value(struct compiler *c, const char *path)
{
    static const char *const calls[] = { [CONTEXT_TEXT] = "html_put",
        [CONTEXT_ATTRIBUTE] = "html_put_attribute",
        [CONTEXT_ADDRESS] = "html_put_address" };
    enum html_context context = html_value_here(&c->state);
    char expression[PATH_SIZE];
    enum err_code code;

    if (context == CONTEXT_REFUSED)
        return fault(c, c->state.problem);
    code = resolve(c, path, expression);
    if (code != ERR_OK)
        return code;
    begin_statement(c);
    buf_printf(c->out, "    %s(out, %s);\n", calls[context], expression);
    return ERR_OK;
}

static enum err_code push_block(struct compiler *c, enum block_kind kind,
        struct block **ret_block)
{
    if (c->blocks_n == BLOCKS)
        return fault(c, "blocks are nested too deep");
    if (!html_block_here(&c->state))
        return fault(c, c->state.problem);
    c->blocks[c->blocks_n] =
            (struct block){ .kind = kind, .line = c->line, .before = c->state };
    *ret_block = &c->blocks[c->blocks_n++];
    return ERR_OK;
}

static enum err_code begin_if(struct compiler *c, const char *what)
{
    bool negative = *what == '!';
    char expression[PATH_SIZE];
    struct block *block = NULL;
    enum err_code code = resolve(c, what + (negative ? 1 : 0), expression);

    if (code == ERR_OK)
        code = push_block(c, BLOCK_IF, &block);
    if (code != ERR_OK)
        return code;
    begin_statement(c);
    buf_printf(c->out, "    if (%shtml_is(%s)) {\n", negative ? "!" : "", expression);
    return ERR_OK;
}

static enum err_code begin_each(struct compiler *c, char *what)
{
    char *as = strstr(what, " as ");
    char items[PATH_SIZE];
    struct block *block = NULL;
    enum err_code code;

    if (as == NULL || name_length(as + 4) != strlen(as + 4) || strlen(as + 4) >= NAME_SIZE)
        return fault(c, "a loop is written {{#each items as item}}");
    *as = '\0';
    code = resolve(c, what, items);
    if (code != ERR_OK)
        return code;
    if (is_loop(c, as + 4, strlen(as + 4)))
        return fault(c, "an outer loop has an item of this name");
    code = push_block(c, BLOCK_EACH, &block);
    if (code != ERR_OK)
        return code;
    (void)snprintf(block->name, sizeof(block->name), "%s", as + 4);
    begin_statement(c);
    c->loops++;
    buf_printf(c->out,
            "    for (size_t i%d = 0; i%d < %s_n; i%d++) {\n"
            "    const __typeof__(%s[0]) *%s = &%s[i%d];\n",
            c->loops, c->loops, items, c->loops, items, block->name, items, c->loops);
    return ERR_OK;
}

/* Find the template a tag calls; *what is cut behind the name, *ret_data is what follows. */
static enum err_code find_called(struct compiler *c, char *what, char ret_data[PATH_SIZE],
        const struct declaration **ret_called)
{
    char *space = strchr(what, ' ');
    char expression[PATH_SIZE];
    enum err_code code;

    if (c->state.place != PLACE_TEXT || html_value_here(&c->state) != CONTEXT_TEXT)
        return fault(c, "another template may be drawn only between elements");
    if (space != NULL)
        *space++ = '\0';
    for (size_t i = 0; i < c->n; i++)
        if (strcmp(c->all[i].name, what) == 0)
            *ret_called = &c->all[i];
    if (*ret_called == NULL)
        return fault(c, "there is no template of this name");
    if (((*ret_called)->type[0] == '\0') != (space == NULL))
        return fault(c, space == NULL ? "this template needs something to draw"
                                      : "this template draws nothing");
    ret_data[0] = '\0';
    if (space == NULL)
        return ERR_OK;
    code = resolve(c, space, expression);
    if (code == ERR_OK && snprintf(ret_data, PATH_SIZE, ", &%s", expression) >= PATH_SIZE)
        return fault(c, "the name is too long");
    return code;
}

static enum err_code add_partial(struct compiler *c, char *what)
{
    const struct declaration *called = NULL;
    char data[PATH_SIZE];
    enum err_code code = find_called(c, what, data, &called);

    if (code != ERR_OK)
        return code;
    if (called->wraps)
        return fault(c, "this template has a {{slot}}; use {{#wrap}}");
    begin_statement(c);
    buf_printf(c->out, "    page_%s(out%s);\n", called->name, data);
    return ERR_OK;
}

static enum err_code begin_wrap(struct compiler *c, char *what)
{
    const struct declaration *called = NULL;
    char data[PATH_SIZE];
    struct block *block = NULL;
    enum err_code code = find_called(c, what, data, &called);

    if (code != ERR_OK)
        return code;
    if (!called->wraps)
        return fault(c, "this template has no {{slot}}");
    code = push_block(c, BLOCK_WRAP, &block);
    if (code != ERR_OK)
        return code;
    (void)snprintf(block->name, sizeof(block->name), "%s", called->name);
    (void)snprintf(block->data, sizeof(block->data), "%s", data);
    begin_statement(c);
    buf_printf(c->out, "    page_%s_open(out%s);\n", block->name, data);
    return ERR_OK;
}

static enum err_code add_else(struct compiler *c)
{
    struct block *block = c->blocks_n == 0 ? NULL : &c->blocks[c->blocks_n - 1];

    if (block == NULL || block->kind != BLOCK_IF)
        return fault(c, "{{else}} belongs to no {{#if}}");
    if (!html_block_here(&c->state))
        return fault(c, c->state.problem);
    block->kind = BLOCK_ELSE;
    block->then = c->state;
    c->state = block->before;
    flush_literal(c);
    buf_add(c->out, "    } else {\n");
    return ERR_OK;
}

static enum err_code end_block(struct compiler *c, const char *what)
{
    static const char *const names[] = { "if", "if", "each", "wrap" };
    struct block *block = c->blocks_n == 0 ? NULL : &c->blocks[c->blocks_n - 1];

    if (block == NULL || strcmp(names[block->kind], what) != 0)
        return fault(c, "this {{/...}} closes nothing, or another block first");
    if (!html_block_here(&c->state))
        return fault(c, c->state.problem);
    if (!html_join(&c->state, block->kind == BLOCK_ELSE ? &block->then : &block->before))
        return fault(c, c->state.problem);
    begin_statement(c);
    if (block->kind == BLOCK_WRAP)
        buf_printf(c->out, "    page_%s_close(out%s);\n", block->name, block->data);
    else
        buf_add(c->out, "    }\n");
    c->blocks_n--;
    return ERR_OK;
}

static enum err_code add_slot(struct compiler *c)
{
    if (c->slot_seen || c->blocks_n != 0 || c->state.place != PLACE_TEXT ||
            html_value_here(&c->state) != CONTEXT_TEXT)
        return fault(c,
                "a template has one {{slot}}, between elements and outside every block");
    c->slot_seen = true;
    flush_literal(c);
    buf_add(c->out, "}\n");
    begin_function(c, "_close");
    return ERR_OK;
}

static enum err_code add_tag(struct compiler *c, char *tag)
{
    if (tag[0] == '!')
        return ERR_OK;
    if (strncmp(tag, "#if ", 4) == 0)
        return begin_if(c, tag + 4);
    if (strncmp(tag, "#each ", 6) == 0)
        return begin_each(c, tag + 6);
    if (strncmp(tag, "#wrap ", 6) == 0)
        return begin_wrap(c, tag + 6);
    if (strcmp(tag, "else") == 0)
        return add_else(c);
    if (strcmp(tag, "slot") == 0)
        return add_slot(c);
    if (tag[0] == '/')
        return end_block(c, tag + 1);
    if (tag[0] == '>')
        return add_partial(c, tag + 1);
    if (strncmp(tag, "view ", 5) == 0)
        return fault(c, "{{view ...}} stands first in the file, once");
    return add_value(c, tag);
}

/* ---- reading ---- */

static enum err_code read_tag(struct compiler *c)
{
    const char *end = strstr(c->at, "}}");
    size_t n = end == NULL ? 0 : (size_t)(end - c->at) - 2;
    char tag[PATH_SIZE];
    enum err_code code;

    if (end == NULL)
        return fault(c, "{{ without }}");
    if (c->at[2] != '!') {
        if (n == 0 || n >= sizeof(tag) || memchr(c->at, '\n', n + 2) != NULL)
            return fault(c, "a {{...}} is empty, too long, or spans lines");
        memcpy(tag, c->at + 2, n);
        tag[n] = '\0';
        code = add_tag(c, tag);
        if (code != ERR_OK)
            return code;
    }
    for (; c->at < end + 2; c->at++)
        c->line += *c->at == '\n';
    return ERR_OK;
}

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r';
}

/* Keep a character of the page; comments go, runs of space with a line end shrink to it. */
static void keep(struct compiler *c, char ch, enum html_place before)
{
    struct buf *literal = &c->literal;

    if (before == PLACE_COMMENT)
        return;
    if (c->state.place == PLACE_COMMENT) {
        literal->n -= literal->n < 3 ? literal->n : 3; /* the "<!-" before it */
        return;
    }
    if (!html_keeps_space(&c->state) && is_blank(ch) && literal->n != 0 &&
            is_blank(literal->data[literal->n - 1])) {
        if (ch == '\n')
            literal->data[literal->n - 1] = '\n';
        return;
    }
    buf_add_char(literal, ch == '\t' ? ' ' : ch);
}

static enum err_code read_body(struct compiler *c)
{
    while (*c->at != '\0') {
        enum html_place before = c->state.place;
        enum err_code code = ERR_OK;

        if (c->at[0] == '{' && c->at[1] == '{') {
            code = read_tag(c);
        } else if (!html_follow(&c->state, *c->at, c->line)) {
            code = fault(c, c->state.problem);
        } else {
            keep(c, *c->at, before);
            c->line += *c->at == '\n';
            c->at++;
        }
        if (code != ERR_OK)
            return code;
    }
    if (c->blocks_n != 0) {
        c->line = c->blocks[c->blocks_n - 1].line;
        return fault(c, "the block that begins here is not closed");
    }
    if (!html_end_here(&c->state))
        return fault(c, c->state.problem);
    return ERR_OK;
}

static enum err_code compile_one(struct compiler *c)
{
    enum err_code code;

    c->at = c->self->body;
    c->line = c->self->line;
    begin_function(c, c->self->wraps ? "_open" : "");
    code = read_body(c);
    if (code != ERR_OK)
        return code;
    flush_literal(c);
    buf_add(c->out, "}\n");
    return c->literal.failed ? err_memory(c->err) : ERR_OK;
}

/* ---- declarations ---- */

static enum err_code bad_declaration(const struct declaration *d, struct err *err)
{
    enum err_code code = err_set(err, ERR_INVALID,
            "a template begins with {{view struct NAME from \"HEADER\"}} or {{view none}}");

    (void)err_where(err, d->path, 1, NULL);
    return code;
}

static bool copy_name(char *name, size_t size, const char *text, size_t n)
{
    if (n == 0 || n >= size)
        return false;
    memcpy(name, text, n);
    name[n] = '\0';
    return true;
}

/* The function's name: the file's, without folder and ending. */
static bool name_template(struct declaration *d)
{
    const char *slash = strrchr(d->path, '/');
    const char *base = slash == NULL ? d->path : slash + 1;

    if (!copy_name(d->name, sizeof(d->name), base, strcspn(base, ".")))
        return false;
    for (char *p = d->name; *p != '\0'; p++)
        if (*p == '-')
            *p = '_';
    return name_length(d->name) == strlen(d->name);
}

static bool read_declaration(struct declaration *d)
{
    static const char none[] = "{{view none}}";
    static const char typed[] = "{{view struct ";
    const char *at = d->text;
    size_t n;

    d->wraps = strstr(d->text, "{{slot}}") != NULL;
    if (strncmp(at, none, strlen(none)) == 0) {
        at += strlen(none);
    } else {
        if (strncmp(at, typed, strlen(typed)) != 0)
            return false;
        at += strlen(typed);
        n = name_length(at);
        if (!copy_name(d->type, sizeof(d->type), at, n) || strncmp(at + n, " from \"", 7) != 0)
            return false;
        at += n + 7;
        n = strcspn(at, "\"\n");
        if (!copy_name(d->include, sizeof(d->include), at, n) ||
                strncmp(at + n, "\"}}", 3) != 0)
            return false;
        at += n + 3;
    }
    if (*at != '\n')
        return false;
    d->body = at + 1;
    d->line = 2;
    return name_template(d);
}

static void declare_one(struct buf *header, const struct declaration *d)
{
    static const char *const suffixes[] = { "_open", "_close" };

    if (d->type[0] != '\0')
        buf_printf(header, "struct %s;\n", d->type);
    for (int i = 0; i < (d->wraps ? 2 : 1); i++) {
        buf_printf(header, "void page_%s%s", d->name, d->wraps ? suffixes[i] : "");
        add_parameters(header, d);
        buf_add(header, ";\n");
    }
}

static enum err_code read_declarations(const struct template_source *sources, size_t n,
        struct declaration *all, struct buf *header, struct buf *source, struct err *err)
{
    for (size_t i = 0; i < n; i++) {
        all[i].path = sources[i].path;
        all[i].text = sources[i].text;
        if (!read_declaration(&all[i]))
            return bad_declaration(&all[i], err);
        declare_one(header, &all[i]);
        if (all[i].type[0] != '\0')
            buf_printf(source, "#include \"%s\"\n", all[i].include);
    }
    return ERR_OK;
}

enum err_code template_compile(const struct template_source *sources, size_t n,
        const char *header_name, struct arena *arena, struct template_output *ret_output,
        struct err *err)
{
    static const char *const made = "/* Made by tools/templates; do not edit. */\n";
    struct buf header = buf_make(arena, BUF_MAX_PAGE);
    struct buf source = buf_make(arena, BUF_MAX_PAGE);
    struct declaration *all = arena_array(arena, n + 1, sizeof(*all));
    struct compiler *c = arena_alloc(arena, sizeof(*c));
    struct template_output output;
    enum err_code code;

    if (all == NULL || c == NULL)
        return err_memory(err);
    buf_printf(&header, "%s#pragma once\n\nstruct html;\n", made);
    buf_printf(&source, "%s#include \"%s\"\n\n#include \"web/html.h\"\n", made, header_name);
    code = read_declarations(sources, n, all, &header, &source, err);
    for (size_t i = 0; code == ERR_OK && i < n; i++) {
        *c = (struct compiler){ .all = all,
            .n = n,
            .self = &all[i],
            .out = &source,
            .err = err };
        c->literal = buf_make(arena, BUF_MAX_PAGE);
        code = compile_one(c);
    }
    if (code == ERR_OK)
        code = buf_end(&header, &output.header, NULL, err);
    if (code == ERR_OK)
        code = buf_end(&source, &output.source, NULL, err);
    if (code == ERR_OK)
        *ret_output = output;
    return code;
}
