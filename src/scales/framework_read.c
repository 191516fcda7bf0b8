#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "scales/framework_draft_in.h"

/* "unknown key", with all those there are. */
static enum err_code unknown_key(struct reading *r, const struct directive_spec *spec,
        const char *word)
{
    char known[200] = "";
    size_t n = 0;

    for (size_t i = 0; i < spec->key_n && n < sizeof(known); i++)
        n += (size_t)snprintf(known + n, sizeof(known) - n, "%s%s", i == 0 ? "" : ", ",
                spec->keys[i].word);
    (void)reading_refuse(r, "unknown key %.40s in a %s line", word, spec->word);
    if (spec->key_n == 0)
        return err_hint(r->err, "A %s line has no keys.", spec->word);
    return err_hint(r->err, "A %s line may have %s.", spec->word, known);
}

static enum err_code read_key(struct reading *r, const struct directive_spec *spec,
        const struct word *word, struct item *item, struct field *fields)
{
    enum err_code code;

    for (size_t i = 0; i < spec->key_n; i++) {
        if (!text_eq(spec->keys[i].word, word->key))
            continue;
        if (item_field(item, spec->keys[i].key) != NULL)
            return reading_refuse(r, "%s is given twice", word->key);
        code = read_value(r, &spec->keys[i], word->value, &fields[item->field_n]);
        if (code == ERR_OK)
            item->field_n++;
        return code;
    }
    return unknown_key(r, spec, word->key);
}

/* The words without a key: the code, then the name. */
static enum err_code read_plain(struct reading *r, const struct directive_spec *spec,
        char *value, struct item *item)
{
    if (is_blank(value))
        return reading_refuse(r, "the %s line has an empty code or name", spec->word);
    if (spec->code > 0 && item->code == NULL) {
        if (strlen(value) > 60)
            return reading_refuse(r, "the code of this %s is longer than 60 bytes", spec->word);
        item->code = value;
    } else if (spec->name > 0 && item->name == NULL) {
        item->name = value;
    } else {
        return reading_refuse(r, "\"%.40s\" does not belong in a %s line", value, spec->word);
    }
    return ERR_OK;
}

static enum err_code read_words(struct reading *r, const struct directive_spec *spec,
        struct item *item)
{
    struct field *fields = NULL;
    enum err_code code = ERR_OK;

    fields = arena_array(r->draft->arena, (size_t)r->line.word_n, sizeof(*fields));
    if (fields == NULL)
        return err_memory(r->err);
    item->fields = fields;
    for (int i = 1; i < r->line.word_n && code == ERR_OK; i++) {
        const struct word *word = &r->line.words[i];

        code = word->key == NULL ? read_plain(r, spec, word->value, item)
                                 : read_key(r, spec, word, item, fields);
    }
    if (code != ERR_OK)
        return code;
    if (spec->code == 2 && item->code == NULL)
        return reading_refuse(r, "the %s line has no code", spec->word);
    if (spec->name == 2 && item->name == NULL)
        return reading_refuse(r, "the %s line has no name", spec->word);
    for (size_t i = 0; i < spec->key_n; i++)
        if (spec->keys[i].needed && item_field(item, spec->keys[i].key) == NULL)
            return reading_refuse(r, "the %s line has no %s=", spec->word, spec->keys[i].word);
    return ERR_OK;
}

static enum err_code add_to_scale(struct reading *r, struct item *item)
{
    if (r->scale == NULL)
        return reading_refuse(r, "a %s line has no scale line above it",
                directive_specs[item->directive].word);
    if (r->scale->last_child == NULL)
        r->scale->child = item;
    else
        r->scale->last_child->next = item;
    r->scale->last_child = item;
    return ERR_OK;
}

/* The earlier item of the same code, which is replaced; NULL when there is none. */
static struct item **same_code(struct items *items, const struct item *item)
{
    for (int i = 0; i < items->n && item->code != NULL; i++)
        if (item->directive == DIRECTIVE_FRAMEWORK ||
                text_eq_fold(items->list[i]->code, item->code))
            return &items->list[i];
    return NULL;
}

static enum err_code keep(struct reading *r, struct item *item)
{
    struct items *items = &r->draft->items[item->directive];
    struct item **earlier = same_code(items, item);
    struct item **list;

    if (earlier != NULL && (*earlier)->file_no == item->file_no)
        return reading_refuse(r, "the %s %.60s is already in line %ld of this file",
                directive_specs[item->directive].word, item->code, (*earlier)->row);
    if (earlier != NULL) {
        *earlier = item;
        return ERR_OK;
    }
    if (items->n == KIND_MAX_ITEMS)
        return reading_refuse(r, "there are more than %d %s lines", KIND_MAX_ITEMS,
                directive_specs[item->directive].word);
    list = arena_grow(r->draft->arena, items->list, (size_t)items->n, sizeof(struct item *));
    if (list == NULL)
        return err_memory(r->err);
    items->list = list;
    items->list[items->n++] = item;
    return ERR_OK;
}

static enum err_code unknown_directive(struct reading *r, const char *word)
{
    for (int i = 0; i < DIRECTIVE__MAX; i++) {
        if (text_distance(word, directive_specs[i].word, 3) > 2)
            continue;
        (void)reading_refuse(r, "unknown directive %.40s", word);
        return err_hint(r->err, "Did you mean %s?", directive_specs[i].word);
    }
    (void)reading_refuse(r, "unknown directive %.40s", word);
    return err_hint(r->err,
            "A line begins with framework, metric, scale, grade, status, subject, "
            "derive, stage, rule, source, boundaries or measure.");
}

static enum err_code read_directive(struct reading *r)
{
    const char *word = r->line.words[0].value;
    struct item *item;
    enum err_code code;
    int i = 0;

    if (r->line.words[0].key != NULL)
        return unknown_directive(r, r->line.words[0].key);
    while (i < DIRECTIVE__MAX && !text_eq(directive_specs[i].word, word))
        i++;
    if (i == DIRECTIVE__MAX)
        return unknown_directive(r, word);
    item = arena_alloc(r->draft->arena, sizeof(*item));
    if (item == NULL)
        return err_memory(r->err);
    item->directive = (enum directive)i;
    item->file = r->file;
    item->row = r->line.row;
    item->file_no = r->draft->file_n;
    code = read_words(r, &directive_specs[i], item);
    if (code != ERR_OK)
        return code;
    if (i == DIRECTIVE_GRADE || i == DIRECTIVE_STATUS)
        return add_to_scale(r, item);
    r->scale = i == DIRECTIVE_SCALE ? item : NULL;
    return keep(r, item);
}

static enum err_code read_line(struct reading *r, char *text, size_t n)
{
    enum err_code code;

    if (r->line.row > FILE_MAX_LINES)
        return reading_refuse(r, "the file has more than %d lines", FILE_MAX_LINES);
    if (n > LINE_MAX_BYTES)
        return reading_refuse(r, "the line is longer than %d bytes", LINE_MAX_BYTES);
    if (memchr(text, '\0', n) != NULL)
        return reading_refuse(r, "the line has a NUL byte in it: this is not a text file");
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] < ' ' && text[i] != '\t')
            return reading_refuse(r, "the line has a control character in it at byte %zu",
                    i + 1);
    if (text_utf8_valid(text, n) < n)
        return reading_refuse(r, "the line is not UTF-8; save the file as UTF-8");
    code = line_split(text, r->file, &r->line, r->err);
    if (code != ERR_OK || r->line.word_n == 0)
        return code;
    return read_directive(r);
}

static enum err_code read_lines(struct reading *r, char *text, size_t n)
{
    enum err_code code = ERR_OK;
    size_t at = n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    while (at < n && code == ERR_OK) {
        char *end = memchr(text + at, '\n', n - at);
        size_t length = end == NULL ? n - at : (size_t)(end - (text + at));
        size_t next = at + length + 1;

        if (length > 0 && text[at + length - 1] == '\r')
            length--;
        text[at + length] = '\0';
        r->line.row++;
        code = read_line(r, text + at, length);
        at = next;
    }
    return code;
}

struct framework_draft *framework_begin(struct arena *arena)
{
    struct framework_draft *draft = arena_alloc(arena, sizeof(*draft));

    if (draft != NULL)
        draft->arena = arena;
    return draft;
}

enum err_code framework_read(struct framework_draft *draft, const char *file, const char *bytes,
        size_t n, struct err *err)
{
    struct reading r = { .draft = draft, .err = err };
    enum err_code code;
    bool before;
    char *text;

    if (draft == NULL)
        return err_memory(err);
    before = draft->refused;
    draft->refused = true;
    draft->file_n++;
    text = arena_bytes(draft->arena, bytes, n);
    r.file = arena_text(draft->arena, file == NULL ? "" : file);
    if (text == NULL || r.file == NULL)
        return err_memory(err);
    code = read_lines(&r, text, n);
    draft->refused = before || code != ERR_OK;
    return code;
}
