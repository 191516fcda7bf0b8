#include "sqlgen_in.h"

#include <string.h>

static const char *const kinds[] = { "school", "shared", "node" };
static const char *const not_columns[] = { "PRIMARY", "UNIQUE", "FOREIGN", "CHECK",
    "CONSTRAINT" };

/* The columns and the primary key of a CREATE TABLE. */
struct shape {
    const char *first; /* the first column */
    const char *key;   /* the PRIMARY KEY's columns, commas between; NULL: none */
    bool recorded_at;
    const char **columns;
    size_t column_n;
};

static bool same(const char *text, const char *from, size_t n)
{
    return strlen(text) == n && strncmp(text, from, n) == 0;
}

/* The value behind `mark` when the word begins with it, else NULL. */
static const char *word_value(const char *word, const char *mark)
{
    return strncmp(word, mark, strlen(mark)) == 0 ? word + strlen(mark) : NULL;
}

static bool is_kind(const char *text)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(kinds[i], text) == 0)
            return true;
    }
    return false;
}

/* Take one word of the declaration; false when it is not understood or said twice. */
static bool take_word(struct sqlgen_table *table, const char *word)
{
    const char *kind = word_value(word, "kind=");
    const char *key = word_value(word, "key=");

    if (table->name == NULL) {
        table->name = word;
        return true;
    }
    if (kind != NULL && table->kind == NULL && is_kind(kind)) {
        table->kind = kind;
        return true;
    }
    if (key != NULL && table->key == NULL && *key != '\0') {
        table->key = key;
        return true;
    }
    if (strcmp(word, "append-only") == 0 && !table->append_only) {
        table->append_only = true;
        return true;
    }
    return false;
}

enum err_code sqlgen_read_table(const char *text, const char *file, long line,
        struct arena *arena, struct sqlgen_table *ret_table, struct err *err)
{
    struct sqlgen_table table = { 0 };

    for (;;) {
        const char *word;
        size_t n;

        text += strspn(text, " \t\r");
        n = strcspn(text, " \t\r");
        if (n == 0)
            break;
        word = arena_bytes(arena, text, n);
        if (word == NULL)
            return err_memory(err);
        if (!take_word(&table, word))
            return sqlgen_refuse(err, file, line,
                    "\"%s\" has no place in \"-- table: NAME kind=school|shared|node "
                    "[append-only] key=COLUMN,COLUMN\"",
                    word);
        text += n;
    }
    if (table.name == NULL || table.kind == NULL || table.key == NULL)
        return sqlgen_refuse(err, file, line, "a table's declaration needs name, kind and key");
    *ret_table = table;
    return ERR_OK;
}

/* Where the item that begins at `at` ends: at its comma or the closing bracket. */
static const char *item_end(const char *at)
{
    int depth = 0;

    for (; *at != '\0'; at++) {
        if (*at == '\'' || *at == '"') {
            at = strchr(at + 1, *at);
            if (at == NULL)
                return "";
        } else if (*at == '(') {
            depth++;
        } else if (depth == 0 && (*at == ')' || *at == ',')) {
            return at;
        } else if (*at == ')') {
            depth--;
        }
    }
    return at;
}

/* "PRIMARY KEY (a, b)" gives "a,b". */
static const char *key_columns(const char *from, const char *end, struct arena *arena)
{
    struct buf buf = buf_make(arena, BUF_MAX_PAGE);
    const char *open = memchr(from, '(', (size_t)(end - from));
    const char *text;
    struct err err;

    for (const char *c = open == NULL ? end : open + 1; c < end && *c != ')'; c++) {
        if (*c != ' ')
            buf_add_char(&buf, *c);
    }
    return buf_end(&buf, &text, NULL, &err) == ERR_OK ? text : NULL;
}

static bool is_column(const char *word, size_t n)
{
    for (size_t i = 0; i < COUNT(not_columns); i++) {
        if (same(not_columns[i], word, n))
            return false;
    }
    return true;
}

static enum err_code shape_item(struct shape *shape, const char *from, const char *end,
        struct arena *arena, struct err *err)
{
    size_t n = 0;
    const char *word;

    from += strspn(from, " ");
    while (sqlgen_is_word(from[n]))
        n++;
    word = arena_bytes(arena, from, n);
    if (word == NULL)
        return err_memory(err);
    if (strcmp(word, "PRIMARY") == 0)
        shape->key = key_columns(from, end, arena);
    if (!is_column(word, n))
        return ERR_OK;
    if (shape->first == NULL)
        shape->first = word;
    if (strcmp(word, "recorded_at") == 0)
        shape->recorded_at = true;
    shape->columns = arena_grow(arena, shape->columns, shape->column_n, sizeof(char *));
    if (shape->columns == NULL)
        return err_memory(err);
    shape->columns[shape->column_n++] = word;
    return ERR_OK;
}

static enum err_code shape_read(const char *create, struct arena *arena,
        struct shape *ret_shape, struct err *err)
{
    struct shape shape = { 0 };
    const char *at = strchr(create, '(');
    enum err_code code = ERR_OK;

    while (code == ERR_OK && at != NULL && *at != '\0' && *at != ')') {
        const char *end = item_end(at + 1);

        code = shape_item(&shape, at + 1, end, arena, err);
        at = end;
    }
    if (code == ERR_OK)
        *ret_shape = shape;
    return code;
}

static bool has_column(const struct shape *shape, const char *name, size_t n)
{
    for (size_t i = 0; i < shape->column_n; i++) {
        if (same(shape->columns[i], name, n))
            return true;
    }
    return false;
}

/* The first column of the key that the table does not have, with its length; NULL: none. */
static const char *missing_column(const struct shape *shape, const char *key, size_t *ret_n)
{
    while (*key != '\0') {
        size_t n = strcspn(key, ",");

        if (!has_column(shape, key, n)) {
            *ret_n = n;
            return key;
        }
        key += n;
        key += *key == ',';
    }
    return NULL;
}

static enum err_code check_shape(const struct sqlgen_table *table, const struct shape *shape,
        const char *file, long line, struct err *err)
{
    size_t n;
    const char *missing = missing_column(shape, table->key, &n);

    if (missing != NULL)
        return sqlgen_refuse(err, file, line, "%s has no column %.*s, which its key names",
                table->name, (int)n, missing);
    if (shape->key == NULL || strcmp(shape->key, table->key) != 0)
        return sqlgen_refuse(err, file, line,
                "%s declares the key %s, but its PRIMARY KEY line says %s", table->name,
                table->key, shape->key == NULL ? "nothing" : shape->key);
    if (table->append_only && !shape->recorded_at)
        return sqlgen_refuse(err, file, line,
                "%s is append-only and needs a column recorded_at", table->name);
    if (!table->append_only && shape->recorded_at)
        return sqlgen_refuse(err, file, line,
                "%s has recorded_at, which only append-only tables have", table->name);
    if (strcmp(table->kind, "school") == 0 &&
            (strcmp(shape->first, "school_id") != 0 ||
                    strncmp(table->key, "school_id", strcspn(table->key, ",")) != 0))
        return sqlgen_refuse(err, file, line,
                "%s is a school table: school_id is its first column and first in its key",
                table->name);
    return ERR_OK;
}

enum err_code sqlgen_check_table(const struct sqlgen_table *table, const char *create,
        const char *file, long line, struct arena *arena, struct err *err)
{
    const char *name = create + strlen("CREATE TABLE ");
    size_t n = strcspn(name, " (");
    struct shape shape;
    enum err_code code;

    if (!same(table->name, name, n))
        return sqlgen_refuse(err, file, line, "%s is declared, but the table made is %.*s",
                table->name, (int)n, name);
    if (create[strlen(create) - 1] != ')')
        return sqlgen_refuse(err, file, line, "%s: a CREATE TABLE ends with \");\"",
                table->name);
    code = shape_read(create, arena, &shape, err);
    if (code == ERR_OK)
        code = check_shape(table, &shape, file, line, err);
    return code;
}
