#include "exchange/mapping.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

enum {
    LINE_MAX_SIZE = 4096,
    WORD_MAX = 16
};

struct parsing {
    const char *file;
    long row;
    struct arena *arena;
    struct mapping *out;
    int table; /* the table that lines are added to, -1: none */
    char *words[WORD_MAX];
    size_t word_n;
    struct err *err;
};

struct known_field {
    const char *name;
    int offset;
};

#define AT(record, field)                                                                      \
    {                                                                                          \
#field, (int)offsetof(struct record, field)                                            \
    }

static const struct known_field pupil_fields[] = { AT(pupil_record, upn),
    AT(pupil_record, former_upn), AT(pupil_record, surname), AT(pupil_record, forename),
    AT(pupil_record, dob), AT(pupil_record, sex) };

static const struct known_field result_fields[] = { AT(result_record, upn),
    AT(result_record, subject), AT(result_record, kind), AT(result_record, stage),
    AT(result_record, date), AT(result_record, review), AT(result_record, grade),
    AT(result_record, mark), AT(result_record, max_mark), AT(result_record, scale),
    AT(result_record, source) };

static const struct known_field group_fields[] = { AT(group_record, upn),
    AT(group_record, group), AT(group_record, type), AT(group_record, subject),
    AT(group_record, from), AT(group_record, to) };

static const struct {
    const char *word;
    const struct known_field *fields;
    size_t n;
    const char *names;
} parts[MAPPING_PART__MAX] = {
    [MAPPING_PUPIL] = { "pupil", pupil_fields, COUNT(pupil_fields), "" },
    [MAPPING_RESULT] = { "result", result_fields, COUNT(result_fields),
            "upn, subject, kind, stage, date, review, grade, mark, max_mark, scale, source" },
    [MAPPING_GROUP] = { "group", group_fields, COUNT(group_fields),
            "upn, group, type, subject, from, to" },
};

static enum err_code refuse(struct parsing *parsing, const char *fmt, ...) PRINTF(2, 3);

static enum err_code refuse(struct parsing *parsing, const char *fmt, ...)
{
    char message[240];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    err_set(parsing->err, ERR_INVALID, "%s", message);
    err_hint(parsing->err, "The manual's page on mappings shows how a mapping is written.");
    return err_where(parsing->err, parsing->file, parsing->row, NULL);
}

/* Cut a line into words in place; a word may stand in quotation marks. */
static enum err_code split(struct parsing *parsing, char *line)
{
    parsing->word_n = 0;
    for (;;) {
        char *end;

        line += strspn(line, " \t");
        if (*line == '\0')
            return ERR_OK;
        if (parsing->word_n == WORD_MAX)
            return refuse(parsing, "the line has more than %d words", WORD_MAX);
        if (*line == '"') {
            line++;
            end = strchr(line, '"');
            if (end == NULL)
                return refuse(parsing, "a quotation mark is not closed");
        } else {
            end = line + strcspn(line, " \t");
        }
        parsing->words[parsing->word_n++] = line;
        line = *end == '\0' ? end : end + 1;
        *end = '\0';
    }
}

static bool word_is(const struct parsing *parsing, size_t at, const char *word)
{
    return at < parsing->word_n && text_eq_fold(parsing->words[at], word);
}

static const char *copy_word(struct parsing *parsing, size_t at)
{
    const char *copy = arena_text(parsing->arena, parsing->words[at]);

    if (copy == NULL)
        err_memory(parsing->err);
    return copy;
}

/* One word behind the directive, kept in *ret_text. */
static enum err_code one_word(struct parsing *parsing, size_t at, const char **ret_text)
{
    if (parsing->word_n != at + 1)
        return refuse(parsing, "%s takes one word (put several in quotation marks)",
                parsing->words[at - 1]);
    *ret_text = copy_word(parsing, at);
    return *ret_text == NULL ? ERR_MEMORY : ERR_OK;
}

static bool is_pattern(const char *text)
{
    size_t digits = strspn(text, "0123456789");

    return strlen(text) == 7 && digits + strspn(text + digits, "N") == 7 && digits >= 3;
}

/* school from column C as laestab [P] / school laestab P / school name T / school phase W */
static enum err_code read_school(struct parsing *parsing)
{
    struct mapping *out = parsing->out;
    bool column = word_is(parsing, 1, "from") && word_is(parsing, 2, "column") &&
                  word_is(parsing, 4, "as") && word_is(parsing, 5, "laestab");
    size_t at = column ? 6 : 2;

    if (word_is(parsing, 1, "name"))
        return one_word(parsing, 2, &out->school_name);
    if (word_is(parsing, 1, "phase"))
        return one_word(parsing, 2, &out->school_phase);
    if (!column && !word_is(parsing, 1, "laestab"))
        return refuse(parsing,
                "a school line is \"school from column C as laestab 999NNNN\", "
                "\"school laestab 9994001\", \"school name T\" or \"school phase "
                "P\"");
    if (parsing->word_n > at + 1 || (parsing->word_n == at && !column))
        return refuse(parsing,
                "laestab takes one word: seven digits, or N for those of the cell");
    if (parsing->word_n > at && !is_pattern(parsing->words[at]))
        return refuse(parsing,
                "%.40s is no LAESTAB: seven digits, or at least three and then N "
                "for the digits of the cell",
                parsing->words[at]);
    if (column && (out->school_column = copy_word(parsing, 3)) == NULL)
        return ERR_MEMORY;
    out->school_laestab = parsing->word_n > at ? copy_word(parsing, at) : "";
    return out->school_laestab == NULL ? ERR_MEMORY : ERR_OK;
}

static enum err_code begin_section(struct parsing *parsing, enum mapping_part part)
{
    struct mapping *out = parsing->out;
    struct mapping_section *more;

    if (parsing->word_n != 1)
        return refuse(parsing, "%s stands alone on its line", parsing->words[0]);
    more = arena_grow(parsing->arena, out->sections, out->section_n, sizeof(*more));
    if (more == NULL)
        return err_memory(parsing->err);
    out->sections = more;
    more[out->section_n++] = (struct mapping_section){ .part = part };
    parsing->table = -1;
    return ERR_OK;
}

/* Find where a field goes; a pupil's unknown ones are attributes. */
static bool find_field(enum mapping_part part, const char *name, int *ret_offset)
{
    for (size_t i = 0; i < parts[part].n; i++) {
        if (text_eq_fold(parts[part].fields[i].name, name)) {
            *ret_offset = parts[part].fields[i].offset;
            return true;
        }
    }
    *ret_offset = -1;
    return part == MAPPING_PUPIL && strspn(name, "abcdefghijklmnopqrstuvwxyz_") == strlen(name);
}

static int find_table(const struct mapping *mapping, const char *name)
{
    for (size_t i = 0; i < mapping->table_n; i++) {
        if (text_eq_fold(mapping->tables[i].name, name))
            return (int)i;
    }
    return -1;
}

static enum err_code add_field(struct parsing *parsing, const struct mapping_field *field)
{
    struct mapping *out = parsing->out;
    struct mapping_section *section;
    struct mapping_field *more;
    struct mapping_field full = *field;

    if (out->section_n == 0)
        return refuse(parsing, "this line belongs under pupil, result or group");
    section = &out->sections[out->section_n - 1];
    if (!find_field(section->part, field->field, &full.offset))
        return refuse(parsing, "%.40s is no field of a %s%s%s", field->field,
                parts[section->part].word,
                *parts[section->part].names == '\0' ? "" : ": there are ",
                parts[section->part].names);
    for (size_t i = 0; i < section->field_n; i++) {
        if (text_eq_fold(section->fields[i].field, field->field))
            return refuse(parsing, "%.40s is given twice", field->field);
    }
    more = arena_grow(parsing->arena, section->fields, section->field_n, sizeof(*more));
    if (more == NULL)
        return err_memory(parsing->err);
    section->fields = more;
    more[section->field_n++] = full;
    return ERR_OK;
}

/* column C -> F [using T] */
static enum err_code read_column(struct parsing *parsing)
{
    struct mapping_field field = { .table = -1 };
    bool using = parsing->word_n == 6 && word_is(parsing, 4, "using");

    if (!word_is(parsing, 2, "->") || (parsing->word_n != 4 && !using))
        return refuse(parsing, "a column line is \"column NAME -> field\" or \"column NAME -> "
                               "field using TABLE\"");
    if (using)
        field.table = find_table(parsing->out, parsing->words[5]);
    if (using && field.table < 0)
        return refuse(parsing, "there is no table of values %.40s above", parsing->words[5]);
    field.column = copy_word(parsing, 1);
    field.field = copy_word(parsing, 3);
    if (field.column == NULL || field.field == NULL)
        return ERR_MEMORY;
    return add_field(parsing, &field);
}

/* constant F VALUE */
static enum err_code read_constant(struct parsing *parsing)
{
    struct mapping_field field = { .table = -1 };

    if (parsing->word_n != 3)
        return refuse(parsing, "a constant line is \"constant field VALUE\"; put a value of "
                               "several words in quotation marks");
    field.field = copy_word(parsing, 1);
    field.text = copy_word(parsing, 2);
    if (field.field == NULL || field.text == NULL)
        return ERR_MEMORY;
    return add_field(parsing, &field);
}

static enum err_code begin_values(struct parsing *parsing)
{
    struct mapping *out = parsing->out;
    struct mapping_table *more;
    const char *name = NULL;
    enum err_code rc = one_word(parsing, 1, &name);

    if (rc != ERR_OK)
        return rc;
    if (find_table(out, name) >= 0)
        return refuse(parsing, "there is a table of values %.40s already", name);
    more = arena_grow(parsing->arena, out->tables, out->table_n, sizeof(*more));
    if (more == NULL)
        return err_memory(parsing->err);
    out->tables = more;
    more[out->table_n] = (struct mapping_table){ .name = name };
    parsing->table = (int)out->table_n++;
    return ERR_OK;
}

/* FROM -> TO, in a table of values */
static enum err_code read_value(struct parsing *parsing)
{
    struct mapping_table *table = &parsing->out->tables[parsing->table];
    const char **from = arena_grow(parsing->arena, table->from, table->n, sizeof(*from));
    const char **to = arena_grow(parsing->arena, table->to, table->n, sizeof(*to));

    if (from == NULL || to == NULL)
        return err_memory(parsing->err);
    table->from = from;
    table->to = to;
    from[table->n] = copy_word(parsing, 0);
    to[table->n] = copy_word(parsing, 2);
    if (from[table->n] == NULL || to[table->n] == NULL)
        return ERR_MEMORY;
    table->n++;
    return ERR_OK;
}

static enum err_code read_otherwise(struct parsing *parsing)
{
    static const char *const words[] = { "refuse", "keep", "empty" };

    for (size_t i = 0; i < COUNT(words) && parsing->table >= 0; i++) {
        if (parsing->word_n == 2 && word_is(parsing, 1, words[i])) {
            parsing->out->tables[parsing->table].otherwise = (enum mapping_otherwise)i;
            return ERR_OK;
        }
    }
    return refuse(parsing,
            "\"otherwise refuse\", \"otherwise keep\" or \"otherwise empty\" may "
            "end a table of values");
}

static enum err_code read_kind(struct parsing *parsing)
{
    enum file_kind kind = FILE_UNKNOWN;

    if (parsing->word_n == 2)
        kind = file_kind_parse(parsing->words[1]);
    if (kind != FILE_PUPILS && kind != FILE_RESULTS && kind != FILE_GROUPS)
        return refuse(parsing, "kind is pupils, results or groups");
    parsing->out->kind = kind;
    return ERR_OK;
}

static enum err_code read_line(struct parsing *parsing)
{
    if (word_is(parsing, 1, "->") && parsing->word_n == 3 && parsing->table >= 0)
        return read_value(parsing);
    for (int part = 0; part < MAPPING_PART__MAX; part++) {
        if (word_is(parsing, 0, parts[part].word))
            return begin_section(parsing, (enum mapping_part)part);
    }
    if (word_is(parsing, 0, "map"))
        return one_word(parsing, 1, &parsing->out->name);
    if (word_is(parsing, 0, "about"))
        return one_word(parsing, 1, &parsing->out->about);
    if (word_is(parsing, 0, "kind"))
        return read_kind(parsing);
    if (word_is(parsing, 0, "school"))
        return read_school(parsing);
    if (word_is(parsing, 0, "column"))
        return read_column(parsing);
    if (word_is(parsing, 0, "constant"))
        return read_constant(parsing);
    if (word_is(parsing, 0, "values"))
        return begin_values(parsing);
    if (word_is(parsing, 0, "otherwise"))
        return read_otherwise(parsing);
    if (word_is(parsing, 0, "pupils") && word_is(parsing, 1, "anonymous") &&
            parsing->word_n == 2) {
        parsing->out->anonymous = true;
        return ERR_OK;
    }
    return refuse(parsing, "%.40s is not understood here", parsing->words[0]);
}

static enum err_code check(struct parsing *parsing)
{
    const struct mapping *out = parsing->out;

    parsing->row = 0;
    if (out->name == NULL)
        return refuse(parsing, "a mapping begins with \"map NAME\"");
    if (out->section_n == 0)
        return refuse(parsing, "the mapping makes nothing: it has no pupil, result or group");
    if (out->anonymous && out->school_laestab == NULL)
        return refuse(parsing, "anonymous pupils need a school line, for their numbers");
    for (size_t i = 0; i < out->section_n; i++) {
        bool upn = out->anonymous || out->sections[0].part == MAPPING_PUPIL;
        const struct mapping_section *section = &out->sections[i];

        for (size_t f = 0; f < section->field_n; f++)
            upn = upn || text_eq_fold(section->fields[f].field, "upn");
        if (!upn)
            return refuse(parsing, "%s number %zu has no upn", parts[section->part].word,
                    i + 1);
    }
    return ERR_OK;
}

/* The next line, without its end, in `line`; false at the end of the bytes. */
static bool next_line(const char **at, const char *end, char line[LINE_MAX_SIZE],
        bool *ret_long)
{
    const char *stop;
    size_t n;

    if (*at == end)
        return false;
    stop = memchr(*at, '\n', (size_t)(end - *at));
    n = (size_t)((stop == NULL ? end : stop) - *at);
    *ret_long = n >= LINE_MAX_SIZE;
    if (!*ret_long) {
        memcpy(line, *at, n);
        line[n] = '\0';
    }
    *at = stop == NULL ? end : stop + 1;
    return true;
}

enum err_code mapping_parse(const char *file, const char *bytes, size_t n, struct arena *arena,
        struct mapping *ret_mapping, struct err *err)
{
    struct mapping out = { .about = "", .kind = FILE_RESULTS };
    struct parsing parsing = {
        .file = file,
        .arena = arena,
        .out = &out,
        .table = -1,
        .err = err,
    };
    const char *at = bytes;
    char line[LINE_MAX_SIZE];
    bool too_long;
    enum err_code rc = ERR_OK;

    if (text_utf8_valid(bytes, n) != n || (n != 0 && memchr(bytes, '\0', n) != NULL))
        return refuse(&parsing, "a mapping is a text in UTF-8, this is not");
    while (rc == ERR_OK && next_line(&at, bytes + n, line, &too_long)) {
        char *text;

        parsing.row++;
        if (too_long)
            return refuse(&parsing, "the line is too long");
        text = text_trim(line);
        if (*text == '\0' || *text == '#')
            continue;
        rc = split(&parsing, text);
        if (rc == ERR_OK)
            rc = read_line(&parsing);
    }
    if (rc == ERR_OK)
        rc = check(&parsing);
    if (rc == ERR_OK)
        *ret_mapping = out;
    return rc;
}
