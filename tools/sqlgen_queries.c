#include "sqlgen_in.h"

#include <string.h>

static const char name_mark[] = "-- name:";
static const char roles_mark[] = "-- roles:";

struct line {
    const char *text;
    size_t n; /* without the line's end */
    long number;
};

/* The next line of `file` behind `line`; false at the end. */
static bool line_next(const struct gen_file *file, struct line *line)
{
    const char *end = file->text + file->n;
    const char *start = line->text == NULL ? file->text : line->text + line->n + 1;
    const char *stop;

    if (start >= end)
        return false;
    stop = memchr(start, '\n', (size_t)(end - start));
    line->text = start;
    line->n = (size_t)((stop == NULL ? end : stop) - start);
    line->number++;
    return true;
}

static bool line_starts(const struct line *line, const char *mark)
{
    return line->n >= strlen(mark) && strncmp(line->text, mark, strlen(mark)) == 0;
}

/* What stands behind the mark, blanks cut from both ends. */
static char *line_rest(const struct line *line, const char *mark, struct arena *arena)
{
    const char *from = line->text + strlen(mark);
    const char *end = line->text + line->n;

    while (from < end && (*from == ' ' || *from == '\t'))
        from++;
    while (end > from && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    return arena_bytes(arena, from, (size_t)(end - from));
}

static bool is_name(const char *text)
{
    if (*text < 'a' || *text > 'z')
        return false;
    for (; *text != '\0'; text++) {
        if (!sqlgen_is_word(*text) || (*text >= 'A' && *text <= 'Z'))
            return false;
    }
    return true;
}

static enum err_code check_name(const struct sqlgen_query *query,
        const struct sqlgen_queries *queries, struct err *err)
{
    if (!is_name(query->name))
        return sqlgen_refuse(err, query->file, query->line,
                "\"%s\" is not a statement's name: small letters, digits and _ only",
                query->name);
    for (size_t i = 0; i < queries->n; i++) {
        const struct sqlgen_query *other = &queries->items[i];

        if (strcmp(other->name, query->name) == 0)
            return sqlgen_refuse(err, query->file, query->line,
                    "there is another statement %s in %s:%ld", query->name, other->file,
                    other->line);
    }
    return ERR_OK;
}

/* Tidy the block's text, which ends where the next block or the file does, and add it. */
static enum err_code block_end(struct sqlgen_query *query, const char *from, const char *to,
        struct arena *arena, struct sqlgen_queries *queries, struct err *err)
{
    enum err_code code = sqlgen_tidy(from, (size_t)(to - from), query->file, query->line, arena,
            &query->text, &query->param_n, err);

    if (code == ERR_OK)
        code = check_name(query, queries, err);
    if (code != ERR_OK)
        return code;
    if (query->text[0] == '\0')
        return sqlgen_refuse(err, query->file, query->line, "%s has no statement", query->name);
    queries->items = arena_grow(arena, queries->items, queries->n, sizeof(*queries->items));
    if (queries->items == NULL)
        return err_memory(err);
    queries->items[queries->n++] = *query;
    return ERR_OK;
}

/* Before the first block only comments and empty lines may stand. */
static enum err_code check_preamble(const struct gen_file *file, const struct line *line,
        struct err *err)
{
    const char *end = line->text + line->n;
    const char *at = line->text;

    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
        at++;
    if (at == end || line_starts(line, "--"))
        return ERR_OK;
    return sqlgen_refuse(err, file->path, line->number, "a statement stands before any %s line",
            name_mark);
}

static enum err_code read_roles(struct sqlgen_query *query, const struct line *line,
        struct arena *arena, struct err *err)
{
    if (query->roles[0] != '\0')
        return sqlgen_refuse(err, query->file, line->number, "%s names its roles twice",
                query->name);
    query->roles = line_rest(line, roles_mark, arena);
    return query->roles == NULL ? err_memory(err) : ERR_OK;
}

enum err_code sqlgen_read_queries(const struct gen_file *file, struct arena *arena,
        struct sqlgen_queries *queries, struct err *err)
{
    struct sqlgen_query query = { 0 };
    struct line line = { 0 };
    const char *from = NULL;
    enum err_code code = ERR_OK;

    while (code == ERR_OK && line_next(file, &line)) {
        if (line_starts(&line, name_mark)) {
            if (from != NULL)
                code = block_end(&query, from, line.text, arena, queries, err);
            from = line.text + line.n;
            query = (struct sqlgen_query){
                .name = line_rest(&line, name_mark, arena),
                .roles = "",
                .file = file->path,
                .line = line.number,
            };
            if (code == ERR_OK && query.name == NULL)
                code = err_memory(err);
        } else if (from == NULL) {
            code = check_preamble(file, &line, err);
        } else if (line_starts(&line, roles_mark)) {
            code = read_roles(&query, &line, arena, err);
        }
    }
    if (code == ERR_OK && from != NULL)
        code = block_end(&query, from, file->text + file->n, arena, queries, err);
    return code;
}
