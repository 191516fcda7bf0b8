#include "school/template.h"

#include <string.h>

#include "base/text.h"
#include "school/template_in.h"

static const char *const kind_words[ASPECT_KIND__MAX] = {
    [ASPECT_GRADE] = "grade",
    [ASPECT_MARK] = "mark",
    [ASPECT_NUMBER] = "number",
    [ASPECT_COMMENT] = "comment",
    [ASPECT_YES_NO] = "yes-no",
};

const char *aspect_kind_word(enum aspect_kind kind)
{
    return kind_words[kind];
}

bool aspect_kind_parse(const char *word, enum aspect_kind *ret_kind)
{
    for (int i = 0; i < ASPECT_KIND__MAX; i++) {
        if (!text_eq_fold(kind_words[i], word))
            continue;
        *ret_kind = (enum aspect_kind)i;
        return true;
    }
    return false;
}

bool aspect_same_meaning(const struct aspect *a, const struct aspect *b)
{
    return a->kind == b->kind && text_eq_fold(a->scale, b->scale) &&
           text_eq_fold(a->subject, b->subject);
}

bool aspect_same(const struct aspect *a, const struct aspect *b)
{
    return aspect_same_meaning(a, b) && text_eq(a->name, b->name) && a->lowest == b->lowest &&
           a->highest == b->highest && a->from.ymd == b->from.ymd && a->to.ymd == b->to.ymd;
}

int template_column(const struct template *template, const char *name)
{
    for (size_t i = 0; i < template->column_n; i++) {
        if (text_eq_fold(template->columns[i].name, name))
            return (int)i;
    }
    return -1;
}

int template_aspect(const struct template *template, const char *code)
{
    for (size_t i = 0; i < template->aspect_n; i++) {
        if (text_eq_fold(template->aspects[i].code, code))
            return (int)i;
    }
    return -1;
}

int template_table(const struct template *template, const char *name)
{
    for (size_t i = 0; i < template->table_n; i++) {
        if (text_eq_fold(template->tables[i].name, name))
            return (int)i;
    }
    return -1;
}

/* ---- lines ---- */

static enum err_code read_template(struct template_reading *r)
{
    enum err_code code;

    if (r->out->code[0] != '\0')
        return template_refuse(r, "the template has its code and name already");
    code = template_code(r, "the code of the template", &r->out->code);
    if (code == ERR_OK)
        code = template_name(r, "the name of the template", &r->out->name);
    return code == ERR_OK ? template_end(r) : code;
}

static enum err_code read_about(struct template_reading *r)
{
    const char *text = NULL;
    enum err_code code = template_rest(r, "the sentence", &text);

    if (code != ERR_OK)
        return code;
    if (r->out->about[0] != '\0')
        text = arena_printf(r->arena, "%s %s", r->out->about, text);
    if (text == NULL)
        return err_memory(r->err);
    r->out->about = text;
    return ERR_OK;
}

static enum err_code read_stages(struct template_reading *r)
{
    enum err_code code = template_need(r, "the key stages", &r->out->stages);

    return code == ERR_OK ? template_end(r) : code;
}

static enum err_code read_subject(struct template_reading *r)
{
    enum err_code code = template_code(r, "the subject", &r->out->subject);

    return code == ERR_OK ? template_end(r) : code;
}

static enum err_code read_date(struct template_reading *r, const char *what,
        struct date *ret_date)
{
    const char *word = NULL;
    enum err_code code = template_need(r, what, &word);

    if (code == ERR_OK && !date_parse(word, ret_date))
        return template_refuse(r, "%s is a date such as 2026-09-01, not \"%.40s\"", what, word);
    return code;
}

static bool has_numbers(const struct aspect *aspect)
{
    return aspect->kind == ASPECT_MARK || aspect->kind == ASPECT_NUMBER;
}

static enum err_code read_aspect_property(struct template_reading *r, struct aspect *aspect,
        const char *word)
{
    if (text_eq_fold(word, "scale") && aspect->kind == ASPECT_GRADE)
        return template_code(r, "the scale", &aspect->scale);
    if (text_eq_fold(word, "subject"))
        return template_code(r, "the subject", &aspect->subject);
    if (text_eq_fold(word, "lowest") && aspect->kind == ASPECT_NUMBER)
        return template_number(r, "the lowest value", &aspect->lowest);
    if (text_eq_fold(word, "highest") && has_numbers(aspect))
        return template_number(r, "the highest value", &aspect->highest);
    if (text_eq_fold(word, "longest") && aspect->kind == ASPECT_COMMENT)
        return template_number(r, "the longest comment", &aspect->highest);
    if (text_eq_fold(word, "from"))
        return read_date(r, "the first day", &aspect->from);
    if (text_eq_fold(word, "to"))
        return read_date(r, "the last day", &aspect->to);
    return template_refuse(r, "\"%.40s\" has no meaning for an aspect that is a %s", word,
            kind_words[aspect->kind]);
}

static enum err_code check_aspect(struct template_reading *r, struct aspect *aspect)
{
    if (aspect->kind == ASPECT_GRADE && aspect->scale[0] == '\0')
        return template_refuse(r, "an aspect that is a grade names its scale: scale effort");
    if (has_numbers(aspect) && aspect->lowest > aspect->highest)
        return template_refuse(r, "the lowest value is above the highest");
    if (aspect->kind == ASPECT_MARK && aspect->highest % 1000 != 0)
        return template_refuse(r, "a mark is a whole number");
    if (aspect->kind == ASPECT_COMMENT &&
            (aspect->highest < 1000 || aspect->highest > 2000 * 1000 ||
                    aspect->highest % 1000 != 0))
        return template_refuse(r, "a comment has room for 1 to 2000 characters");
    if (date_is_set(aspect->to) && aspect->to.ymd < aspect->from.ymd)
        return template_refuse(r, "the last day is before the first");
    if (aspect->kind == ASPECT_COMMENT)
        aspect->highest /= 1000;
    return ERR_OK;
}

/* The numbers of a mark or number, where the line does not say them. */
static void set_range(struct aspect *aspect)
{
    if (aspect->kind == ASPECT_MARK || aspect->kind == ASPECT_NUMBER)
        aspect->highest = 1000 * 1000;
    else if (aspect->kind == ASPECT_COMMENT)
        aspect->highest = ASPECT_COMMENT_BYTES * 1000;
}

static enum err_code start_aspect(struct template_reading *r, struct aspect *aspect)
{
    const char *kind = NULL;
    enum err_code code = template_code(r, "the code of the aspect", &aspect->code);

    if (code == ERR_OK && template_aspect(r->out, aspect->code) >= 0)
        return template_refuse(r, "there is an aspect %s already", aspect->code);
    if (code == ERR_OK)
        code = template_name(r, "the name of the aspect", &aspect->name);
    if (code == ERR_OK)
        code = template_need(r, "the kind of the aspect", &kind);
    if (code != ERR_OK)
        return code;
    if (!aspect_kind_parse(kind, &aspect->kind))
        return template_refuse(r,
                "\"%.40s\" is no kind of aspect: grade, mark, number, comment or yes-no", kind);
    set_range(aspect);
    return ERR_OK;
}

static enum err_code read_aspect(struct template_reading *r)
{
    struct aspect aspect = { .scale = "", .subject = "", .row = r->row };
    struct template *out = r->out;
    const char *word = NULL;
    enum err_code code = start_aspect(r, &aspect);

    while (code == ERR_OK) {
        code = template_word(r, &word);
        if (code != ERR_OK || word == NULL)
            break;
        code = read_aspect_property(r, &aspect, word);
    }
    if (code == ERR_OK)
        code = check_aspect(r, &aspect);
    if (code != ERR_OK)
        return code;
    if (out->aspect_n == TEMPLATE_ASPECTS)
        return template_refuse(r, "a template has at most %d aspects", TEMPLATE_ASPECTS);
    out->aspects = arena_grow(r->arena, out->aspects, out->aspect_n, sizeof(aspect));
    if (out->aspects == NULL)
        return err_memory(r->err);
    out->aspects[out->aspect_n++] = aspect;
    r->has_table = false;
    return ERR_OK;
}

static enum err_code read_table(struct template_reading *r)
{
    struct template *out = r->out;
    struct template_table table = { .row = r->row };
    enum err_code code = template_name(r, "the name of the table", &table.name);

    if (code == ERR_OK)
        code = template_end(r);
    if (code != ERR_OK)
        return code;
    if (template_table(out, table.name) >= 0)
        return template_refuse(r, "there is a table \"%.80s\" already", table.name);
    if (out->table_n == TEMPLATE_TABLES)
        return template_refuse(r, "a template has at most %d tables", TEMPLATE_TABLES);
    out->tables = arena_grow(r->arena, out->tables, out->table_n, sizeof(table));
    if (out->tables == NULL)
        return err_memory(r->err);
    out->tables[out->table_n++] = table;
    r->has_table = true;
    return ERR_OK;
}

static enum err_code check_row(struct template_reading *r, const struct template_table *table,
        const char *key)
{
    if (table->n == TEMPLATE_TABLE_ROWS)
        return template_refuse(r, "a table has at most %d rows", TEMPLATE_TABLE_ROWS);
    for (size_t i = 0; i < table->n; i++) {
        if (text_eq_fold(table->keys[i], key))
            return template_refuse(r, "\"%.40s\" stands in this table already", key);
    }
    return ERR_OK;
}

static enum err_code read_row(struct template_reading *r)
{
    struct template_table *table = r->has_table ? &r->out->tables[r->out->table_n - 1] : NULL;
    const char *key = NULL, *value = NULL;
    enum err_code code = ERR_OK;

    if (table == NULL)
        return template_refuse(r, "this line stands under no table");
    code = template_name(r, "the value looked up", &key);
    if (code == ERR_OK)
        code = template_name(r, "what stands for it", &value);
    if (code == ERR_OK)
        code = template_end(r);
    if (code == ERR_OK)
        code = check_row(r, table, key);
    if (code != ERR_OK)
        return code;
    table->keys = arena_grow(r->arena, table->keys, table->n, sizeof(*table->keys));
    table->values = arena_grow(r->arena, table->values, table->n, sizeof(*table->values));
    if (table->keys == NULL || table->values == NULL)
        return err_memory(r->err);
    table->keys[table->n] = key;
    table->values[table->n++] = value;
    return ERR_OK;
}

static enum err_code read_otherwise(struct template_reading *r)
{
    struct template_table *table = r->has_table ? &r->out->tables[r->out->table_n - 1] : NULL;
    enum err_code code;

    if (table == NULL || table->otherwise != NULL)
        return template_refuse(r, "this line stands under no table, or for the second time");
    code = template_name(r, "what stands for all others", &table->otherwise);
    return code == ERR_OK ? template_end(r) : code;
}

static const struct {
    const char *word;
    enum err_code (*read)(struct template_reading *r);
} directives[] = {
    { "template", read_template },
    { "about", read_about },
    { "stages", read_stages },
    { "subject", read_subject },
    { "aspect", read_aspect },
    { "table", read_table },
    { "row", read_row },
    { "otherwise", read_otherwise },
    { "enter", template_read_enter },
    { "show", template_read_show },
    { "calculate", template_read_calculate },
    { "formula", template_read_formula },
    { "colour", template_read_colour },
};

static enum err_code read_line(struct template_reading *r, char *line)
{
    const char *word = NULL;
    enum err_code code;

    r->rest = text_trim(line);
    if (*r->rest == '\0' || *r->rest == '#')
        return ERR_OK;
    code = template_word(r, &word);
    for (size_t i = 0; i < COUNT(directives) && code == ERR_OK; i++) {
        if (!text_eq_fold(directives[i].word, word))
            continue;
        if (i != 0 && r->out->code[0] == '\0')
            return template_refuse(r, "a template begins with its code and name: "
                                      "template ks2-maths \"Key Stage 2 mathematics\"");
        return directives[i].read(r);
    }
    return code != ERR_OK
                   ? code
                   : template_refuse(r,
                             "\"%.40s\" begins no line: they begin with template, about, "
                             "stages, subject, aspect, table, row, otherwise, enter, show, "
                             "calculate, formula or colour",
                             word);
}

static enum err_code check_whole(struct template_reading *r)
{
    const struct template *out = r->out;

    r->row = 0;
    if (out->code[0] == '\0')
        return template_refuse(r, "the file holds no template");
    if (out->column_n == 0)
        return template_refuse(r, "the template %s has no column", out->code);
    for (size_t i = 0; i < out->column_n; i++) {
        r->row = out->columns[i].row;
        if (out->columns[i].kind == TEMPLATE_CALCULATED && out->columns[i].formula[0] == '\0')
            return template_refuse(r, "the column \"%.80s\" has no formula",
                    out->columns[i].name);
    }
    for (size_t i = 0; i < out->table_n; i++) {
        r->row = out->tables[i].row;
        if (out->tables[i].n == 0)
            return template_refuse(r, "the table \"%.80s\" has no row", out->tables[i].name);
    }
    return ERR_OK;
}

static enum err_code check_bytes(struct template_reading *r, const char *bytes, size_t n)
{
    if (n > TEMPLATE_BYTES)
        return template_refuse(r, "a template has at most %d bytes", TEMPLATE_BYTES);
    if (memchr(bytes, '\0', n) != NULL || text_utf8_valid(bytes, n) != n)
        return template_refuse(r, "the file is no text");
    return ERR_OK;
}

enum err_code template_parse(const char *file, const char *bytes, size_t n, struct arena *arena,
        struct template *ret_template, struct err *err)
{
    struct template out = { .code = "", .name = "", .about = "", .stages = "", .subject = "" };
    struct template_reading r = { .file = file, .arena = arena, .out = &out, .err = err };
    enum err_code code = check_bytes(&r, bytes, n);
    char *text = code == ERR_OK ? arena_bytes(arena, bytes, n) : NULL;

    if (code == ERR_OK && text == NULL)
        return err_memory(err);
    if (code == ERR_OK && text_starts(text, "\xEF\xBB\xBF"))
        text += 3;
    while (code == ERR_OK && *text != '\0') {
        size_t length = strcspn(text, "\n");
        char *next = text + length + (text[length] == '\n');

        text[length] = '\0';
        r.row++;
        code = read_line(&r, text);
        text = next;
    }
    if (code == ERR_OK)
        code = check_whole(&r);
    if (code == ERR_OK)
        *ret_template = out;
    return code;
}
