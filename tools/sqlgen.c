/*
 * sqlgen: the SQL files of db/ as C.
 *
 *   sqlgen --schema FOLDER --queries FOLDER --header FILE --source FILE --depfile FILE
 *
 * db/queries/ *.sql holds blocks:
 *
 *   -- name: group_latest
 *   -- roles: teacher, head      (optional)
 *   -- What it answers, in one or more lines.
 *   SELECT ... $1 ...
 *
 * Each becomes STMT_GROUP_LATEST and a row of stmt_text, stmt_name, stmt_roles and
 * stmt_params. SQLite numbers $n by first appearance, so $n is written as ?n.
 *
 * db/schema/NNNN-name.sql holds one migration each, statements ended by ';'. Before each
 * CREATE TABLE stands what it is:
 *
 *   -- table: result kind=school append-only key=school_id,pupil_id,subject_id
 *
 * For SQLite tables become STRICT and WITHOUT ROWID, and an append-only table gets three
 * triggers which refuse to change, remove or replace a row.
 */
#include "sqlgen_in.h"

#include <stdio.h>
#include <string.h>

struct options {
    const char *schema;
    const char *queries;
    const char *header;
    const char *source;
    const char *depfile;
};

static void add_upper(struct buf *out, const char *name)
{
    for (; *name != '\0'; name++)
        buf_add_char(out, *name >= 'a' && *name <= 'z' ? (char)(*name - 'a' + 'A') : *name);
}

static void add_header(struct buf *out, const struct sqlgen_queries *queries)
{
    buf_add(out, "/* Made by tools/sqlgen from db/schema and db/queries: change those. */\n"
                 "#ifndef STORE_STATEMENTS_H\n"
                 "#define STORE_STATEMENTS_H\n\n"
                 "#include <stdbool.h>\n\n"
                 "enum stmt {\n");
    for (size_t i = 0; i < queries->n; i++) {
        buf_add(out, "    STMT_");
        add_upper(out, queries->items[i].name);
        buf_add(out, ",\n");
    }
    buf_add(out, "    STMT__MAX,\n"
                 "};\n\n"
                 "/* The text for SQLite, with ?n for $n. */\n"
                 "extern const char *const stmt_text[STMT__MAX];\n"
                 "/* The name in db/queries. */\n"
                 "extern const char *const stmt_name[STMT__MAX];\n"
                 "/* The roles line as written, or \"\". */\n"
                 "extern const char *const stmt_roles[STMT__MAX];\n"
                 "/* How many parameters: the highest $n. */\n"
                 "extern const int stmt_params[STMT__MAX];\n\n"
                 "struct migration {\n"
                 "    int number; /* 1, 2, 3 ... */\n"
                 "    const char *name;\n"
                 "    const char *const *statements;\n"
                 "    int statement_n;\n"
                 "};\n\n"
                 "/* Every migration, in order. */\n"
                 "extern const struct migration migrations[];\n"
                 "extern const int migration_n;\n\n"
                 "struct table_info {\n"
                 "    const char *name;\n"
                 "    const char *kind; /* school, shared or node */\n"
                 "    bool append_only;\n"
                 "    const char *key; /* columns of the primary key, commas between */\n"
                 "};\n\n"
                 "/* Every table, in the order in which they are made. */\n"
                 "extern const struct table_info tables[];\n"
                 "extern const int table_n;\n\n"
                 "#endif\n");
}

static void add_item(struct buf *out, const char *text)
{
    gen_add_literal(out, "        ", text, strlen(text));
    buf_add(out, ",\n");
}

static void add_stmt(struct buf *out, const char *name)
{
    buf_add(out, "    [STMT_");
    add_upper(out, name);
    buf_add(out, "] =\n");
}

static void add_queries(struct buf *out, const struct sqlgen_queries *queries)
{
    buf_add(out, "const char *const stmt_text[STMT__MAX] = {\n");
    for (size_t i = 0; i < queries->n; i++) {
        add_stmt(out, queries->items[i].name);
        add_item(out, queries->items[i].text);
    }
    buf_add(out, "};\n\nconst char *const stmt_name[STMT__MAX] = {\n");
    for (size_t i = 0; i < queries->n; i++) {
        add_stmt(out, queries->items[i].name);
        add_item(out, queries->items[i].name);
    }
    buf_add(out, "};\n\nconst char *const stmt_roles[STMT__MAX] = {\n");
    for (size_t i = 0; i < queries->n; i++) {
        add_stmt(out, queries->items[i].name);
        add_item(out, queries->items[i].roles);
    }
    buf_add(out, "};\n\nconst int stmt_params[STMT__MAX] = {\n");
    for (size_t i = 0; i < queries->n; i++) {
        add_stmt(out, queries->items[i].name);
        buf_printf(out, "        %d,\n", queries->items[i].param_n);
    }
    buf_add(out, "};\n\n");
}

static void add_migrations(struct buf *out, const struct sqlgen_schema *schema)
{
    for (size_t i = 0; i < schema->n; i++) {
        const struct sqlgen_migration *m = &schema->items[i];

        buf_printf(out, "static const char *const migration_%04d[] = {\n", m->number);
        for (size_t j = 0; j < m->statement_n; j++)
            add_item(out, m->statements[j]);
        buf_add(out, "};\n\n");
    }
    buf_add(out, "const struct migration migrations[] = {\n");
    for (size_t i = 0; i < schema->n; i++) {
        const struct sqlgen_migration *m = &schema->items[i];

        buf_printf(out, "    { %d, \"%s\", migration_%04d, %zu },\n", m->number, m->name,
                m->number, m->statement_n);
    }
    buf_printf(out, "};\nconst int migration_n = %zu;\n\n", schema->n);
}

static void add_tables(struct buf *out, const struct sqlgen_tables *tables)
{
    buf_add(out, "const struct table_info tables[] = {\n");
    for (size_t i = 0; i < tables->n; i++) {
        const struct sqlgen_table *t = &tables->items[i];

        buf_printf(out, "    { \"%s\", \"%s\", %s, \"%s\" },\n", t->name, t->kind,
                t->append_only ? "true" : "false", t->key);
    }
    buf_printf(out, "};\nconst int table_n = %zu;\n", tables->n);
}

static enum err_code write_all(const struct options *options,
        const struct sqlgen_queries *queries, const struct sqlgen_schema *schema,
        struct arena *arena, struct err *err)
{
    struct buf header = buf_make(arena, BUF_MAX_PAGE);
    struct buf source = buf_make(arena, BUF_MAX_PAGE);
    enum err_code code;

    add_header(&header, queries);
    buf_add(&source, "/* Made by tools/sqlgen from db/schema and db/queries: change those. */\n"
                     "#include \"store/statements.h\"\n\n");
    add_queries(&source, queries);
    add_migrations(&source, schema);
    add_tables(&source, &schema->tables);
    code = gen_write(options->header, &header, err);
    return code == ERR_OK ? gen_write(options->source, &source, err) : code;
}

static enum err_code read_all(const struct gen_files *files, const char *schema_folder,
        struct arena *arena, struct sqlgen_queries *queries, struct sqlgen_schema *schema,
        struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; code == ERR_OK && i < files->n; i++) {
        const struct gen_file *file = &files->items[i];
        size_t n = strlen(schema_folder);

        if (strncmp(file->path, schema_folder, n) == 0 && file->path[n] == '/')
            code = sqlgen_read_migration(file, arena, schema, err);
        else
            code = sqlgen_read_queries(file, arena, queries, err);
    }
    if (code == ERR_OK && (queries->n == 0 || schema->n == 0 || schema->tables.n == 0))
        return err_set(err, ERR_INVALID, "there is no %s to make code from",
                queries->n == 0 ? "named statement" : "table");
    return code;
}

static enum err_code run(const struct options *options, struct arena *arena, struct err *err)
{
    struct gen_files files = { 0 };
    struct sqlgen_queries queries = { 0 };
    struct sqlgen_schema schema = { 0 };
    enum err_code code = gen_read_folder(options->schema, ".sql", arena, &files, err);

    if (code == ERR_OK)
        code = gen_read_folder(options->queries, ".sql", arena, &files, err);
    if (code == ERR_OK)
        code = read_all(&files, options->schema, arena, &queries, &schema, err);
    if (code == ERR_OK)
        code = write_all(options, &queries, &schema, arena, err);
    if (code == ERR_OK)
        code = gen_write_depfile(options->depfile, options->header, &files, arena, err);
    return code;
}

int main(int argc, char **argv)
{
    struct options options = { 0 };
    const struct gen_option known[] = {
        { "--schema", &options.schema },
        { "--queries", &options.queries },
        { "--header", &options.header },
        { "--source", &options.source },
        { "--depfile", &options.depfile },
    };
    struct arena arena = { 0 };
    struct err err;
    int status = 0;

    if (gen_options(argc, argv, known, COUNT(known)) != argc) {
        (void)fprintf(stderr, "usage: sqlgen --schema FOLDER --queries FOLDER --header FILE "
                              "--source FILE --depfile FILE\n");
        return 2;
    }
    if (run(&options, &arena, &err) != ERR_OK)
        status = gen_complain("sqlgen", &err);
    arena_free(&arena);
    return status;
}
