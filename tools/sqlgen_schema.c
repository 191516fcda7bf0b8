#include "sqlgen_in.h"

#include <string.h>

static const char table_mark[] = "-- table:";
static const char create_start[] = "CREATE TABLE ";

/* Where reading has come to in one migration. */
struct reader {
    const struct gen_file *file;
    struct arena *arena;
    struct sqlgen_schema *schema;
    struct sqlgen_migration migration;
    struct sqlgen_table table; /* declared for the next statement; name NULL: none */
    const char *at;
    const char *end;
    const char *from; /* where the statement being read begins; NULL: between two */
    long line;
    long from_line;
};

static enum err_code add_statement(struct reader *reader, const char *text, struct err *err)
{
    struct sqlgen_migration *m = &reader->migration;

    if (text == NULL)
        return err_memory(err);
    m->statements =
            arena_grow(reader->arena, m->statements, m->statement_n, sizeof(*m->statements));
    if (m->statements == NULL)
        return err_memory(err);
    m->statements[m->statement_n++] = text;
    return ERR_OK;
}

static enum err_code add_refusal(struct reader *reader, const char *when, struct err *err)
{
    const char *name = reader->table.name;

    return add_statement(reader,
            arena_printf(reader->arena,
                    "CREATE TRIGGER %s_no_%s BEFORE %s ON %s BEGIN SELECT RAISE(ABORT, "
                    "'%s is append-only: a recorded row is never changed or removed'); END",
                    name, strcmp(when, "UPDATE") == 0 ? "update" : "delete", when, name, name),
            err);
}

/* "k1 = NEW.k1 AND k2 = NEW.k2" for the key's columns. */
static enum err_code key_matches(struct reader *reader, const char **ret_text, struct err *err)
{
    struct buf buf = buf_make(reader->arena, BUF_MAX_PAGE);
    const char *at = reader->table.key;

    while (*at != '\0') {
        int n = (int)strcspn(at, ",");

        buf_printf(&buf, "%s%.*s = NEW.%.*s", buf.n == 0 ? "" : " AND ", n, at, n, at);
        at += n;
        at += *at == ',';
    }
    return buf_end(&buf, ret_text, NULL, err);
}

/* REPLACE deletes without firing a delete trigger, so a second row with the key is refused. */
static enum err_code add_repeat_refusal(struct reader *reader, struct err *err)
{
    const char *name = reader->table.name;
    const char *matches;
    enum err_code code = key_matches(reader, &matches, err);

    if (code != ERR_OK)
        return code;
    return add_statement(reader,
            arena_printf(reader->arena,
                    "CREATE TRIGGER %s_no_replace BEFORE INSERT ON %s "
                    "WHEN EXISTS (SELECT 1 FROM %s WHERE %s) BEGIN SELECT RAISE(ABORT, "
                    "'%s is append-only: a row with this key is recorded already'); END",
                    name, name, name, matches, name),
            err);
}

static enum err_code add_table(struct reader *reader, struct err *err)
{
    struct sqlgen_tables *tables = &reader->schema->tables;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < tables->n; i++) {
        if (strcmp(tables->items[i].name, reader->table.name) == 0)
            return sqlgen_refuse(err, reader->file->path, reader->from_line,
                    "table %s is made twice", reader->table.name);
    }
    tables->items = arena_grow(reader->arena, tables->items, tables->n, sizeof(*tables->items));
    if (tables->items == NULL)
        return err_memory(err);
    tables->items[tables->n++] = reader->table;
    if (reader->table.append_only) {
        code = add_refusal(reader, "UPDATE", err);
        if (code == ERR_OK)
            code = add_refusal(reader, "DELETE", err);
        if (code == ERR_OK)
            code = add_repeat_refusal(reader, err);
    }
    reader->table = (struct sqlgen_table){ 0 };
    return code;
}

static enum err_code create_table(struct reader *reader, const char *text, struct err *err)
{
    const char *file = reader->file->path;
    enum err_code code;

    if (reader->table.name == NULL)
        return sqlgen_refuse(err, file, reader->from_line,
                "a CREATE TABLE needs a line \"-- table: NAME kind=... key=...\" before it");
    code = sqlgen_check_table(&reader->table, text, file, reader->from_line, reader->arena,
            err);
    if (code != ERR_OK)
        return code;
    code = add_statement(reader, arena_printf(reader->arena, "%s STRICT, WITHOUT ROWID", text),
            err);
    return code == ERR_OK ? add_table(reader, err) : code;
}

/* The statement from reader->from to its ';' at `semicolon`. */
static enum err_code statement_end(struct reader *reader, const char *semicolon,
        struct err *err)
{
    const char *from = reader->from;
    const char *text;
    int param_n;
    enum err_code code = sqlgen_tidy(from, (size_t)(semicolon - from), reader->file->path,
            reader->from_line, reader->arena, &text, &param_n, err);

    reader->from = NULL;
    if (code == ERR_OK)
        code = sqlgen_types(text, reader->arena, &text, err);
    if (code != ERR_OK)
        return code;
    if (param_n > 0)
        return sqlgen_refuse(err, reader->file->path, reader->from_line,
                "a migration has no parameters");
    if (strncmp(text, create_start, strlen(create_start)) == 0)
        return create_table(reader, text, err);
    if (reader->table.name != NULL)
        return sqlgen_refuse(err, reader->file->path, reader->from_line,
                "%s is declared, but what follows is not its CREATE TABLE", reader->table.name);
    return add_statement(reader, text, err);
}

/* A whole comment line, between two statements. */
static enum err_code comment_line(struct reader *reader, struct err *err)
{
    const char *from = reader->at;
    const char *stop = memchr(from, '\n', (size_t)(reader->end - from));
    size_t mark_n = strlen(table_mark);
    const char *text;

    if (stop == NULL)
        stop = reader->end;
    reader->at = stop;
    if ((size_t)(stop - from) < mark_n || strncmp(from, table_mark, mark_n) != 0)
        return ERR_OK;
    if (reader->table.name != NULL)
        return sqlgen_refuse(err, reader->file->path, reader->line,
                "%s is declared but not made", reader->table.name);
    text = arena_bytes(reader->arena, from + mark_n, (size_t)(stop - from) - mark_n);
    if (text == NULL)
        return err_memory(err);
    return sqlgen_read_table(text, reader->file->path, reader->line, reader->arena,
            &reader->table, err);
}

/* Step over a quoted text or a comment inside a statement; at its last byte afterwards. */
static void step_over(struct reader *reader, char until)
{
    const char *stop = memchr(reader->at + 1, until, (size_t)(reader->end - reader->at - 1));
    const char *last = stop == NULL ? reader->end : stop;

    if (until == '\n' && stop != NULL)
        last = stop - 1;
    for (const char *c = reader->at; c < last; c++)
        reader->line += *c == '\n';
    reader->at = last < reader->end ? last + 1 : last;
}

static enum err_code read_next(struct reader *reader, struct err *err)
{
    char c = *reader->at;
    bool comment = c == '-' && reader->at + 1 < reader->end && reader->at[1] == '-';

    if (c == '\n')
        reader->line++;
    if (comment && reader->from == NULL)
        return comment_line(reader, err);
    if (reader->from == NULL && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        reader->from = reader->at;
        reader->from_line = reader->line;
    }
    if (comment || c == '\'' || c == '"') {
        step_over(reader, comment ? '\n' : c);
        return ERR_OK;
    }
    reader->at++;
    return c == ';' ? statement_end(reader, reader->at - 1, err) : ERR_OK;
}

/* NNNN-name.sql, and one more than the migration before. */
static enum err_code read_file_name(struct reader *reader, struct err *err)
{
    const char *path = reader->file->path;
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    size_t digits = strspn(name, "0123456789");
    struct sqlgen_migration *m = &reader->migration;

    if (digits != 4 || name[4] != '-' || strlen(name) < strlen("0000-a.sql"))
        return sqlgen_refuse(err, path, 0, "a migration's file is called NNNN-name.sql");
    for (size_t i = 0; i < digits; i++)
        m->number = m->number * 10 + (name[i] - '0');
    if (m->number != (int)reader->schema->n + 1)
        return sqlgen_refuse(err, path, 0, "the next migration's number is %04d, not %04d",
                (int)reader->schema->n + 1, m->number);
    m->name = arena_bytes(reader->arena, name + 5, strlen(name) - strlen("0000-.sql"));
    return m->name == NULL ? err_memory(err) : ERR_OK;
}

static enum err_code check_end(const struct reader *reader, struct err *err)
{
    if (reader->from != NULL)
        return sqlgen_refuse(err, reader->file->path, reader->from_line,
                "this statement is not ended by a ';'");
    if (reader->table.name != NULL)
        return sqlgen_refuse(err, reader->file->path, reader->line,
                "%s is declared but not made", reader->table.name);
    if (reader->migration.statement_n == 0)
        return sqlgen_refuse(err, reader->file->path, 0, "the migration has no statement");
    return ERR_OK;
}

enum err_code sqlgen_read_migration(const struct gen_file *file, struct arena *arena,
        struct sqlgen_schema *schema, struct err *err)
{
    struct reader reader = {
        .file = file,
        .arena = arena,
        .schema = schema,
        .at = file->text,
        .end = file->text + file->n,
        .line = 1,
    };
    enum err_code code = read_file_name(&reader, err);

    while (code == ERR_OK && reader.at < reader.end)
        code = read_next(&reader, err);
    if (code == ERR_OK)
        code = check_end(&reader, err);
    if (code != ERR_OK)
        return code;
    schema->items = arena_grow(arena, schema->items, schema->n, sizeof(*schema->items));
    if (schema->items == NULL)
        return err_memory(err);
    schema->items[schema->n++] = reader.migration;
    return ERR_OK;
}
