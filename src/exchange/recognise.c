#include "exchange/recognise.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "exchange/csv.h"
#include "exchange/csv_files.h"
#include "exchange/xml.h"

enum {
    LOOK_SIZE = 4096
};

static const char understood[] =
        "Understood are Common Transfer Files, frameworks, and tables "
        "(CSV) of pupils, results, "
        "groups, histories, schools and national figures with a header line.";

static enum err_code refuse(const struct source *source, struct err *err)
{
    err_hint(err, "%s", understood);
    return err_where(err, source->name, 0, NULL);
}

/* Files that are no text, by how they begin. */
static const char *binary_of(const char *bytes, size_t n)
{
    static const struct {
        const char *start;
        size_t n;
        const char *what;
    } binaries[] = {
        { "PK\x03\x04", 4,
                "a spreadsheet (XLSX) or another ZIP file; save it as \"CSV UTF-8\"" },
        { "\xD0\xCF\x11\xE0", 4, "an old spreadsheet (XLS); save it as \"CSV UTF-8\"" },
        { "%PDF", 4, "a PDF, which holds no table to read" },
        { "SQLite format 3", 15, "a database; name it with --db" },
    };

    for (size_t i = 0; i < COUNT(binaries); i++) {
        if (n >= binaries[i].n && memcmp(bytes, binaries[i].start, binaries[i].n) == 0)
            return binaries[i].what;
    }
    return NULL;
}

/* Whether the text begins with a '<', behind a byte-order mark and blanks. */
static bool is_xml(const char *bytes, size_t n)
{
    size_t at = 0;

    while (at < n && strchr("\xEF\xBB\xBF\xFF\xFE \t\r\n", bytes[at]) != NULL)
        at++;
    return at < n && bytes[at] == '<';
}

static enum err_code first_name(void *data, int depth, const char *name, bool *ret_gather,
        struct err *err)
{
    (void)depth;
    *ret_gather = false;
    (void)text_copy(data, LOOK_SIZE, name);
    return err_set(err, ERR_CONFLICT, "the first element is all that is asked for");
}

static enum err_code no_piece(void *data, int depth, const struct xml_node *node,
        struct arena *arena, struct err *err)
{
    (void)data;
    (void)depth;
    (void)node;
    (void)arena;
    (void)err;
    return ERR_OK;
}

static enum err_code recognise_xml(struct source *source, enum file_kind *ret_kind,
        struct err *err)
{
    char name[LOOK_SIZE] = "";
    const struct xml_handler handler = { name, first_name, no_piece };
    struct err inner = { 0 };
    enum err_code rc = source_rewind(source, err);

    if (rc != ERR_OK)
        return rc;
    rc = xml_read(source, &handler, &inner);
    if (rc != ERR_CONFLICT && rc != ERR_OK) {
        *err = inner;
        return rc;
    }
    if (!text_eq_fold(name, "CTfile") && !text_eq_fold(name, "ATfile")) {
        err_set(err, ERR_INVALID,
                "this is XML, but no Common Transfer File: it begins with <%.60s>", name);
        return refuse(source, err);
    }
    *ret_kind = FILE_CTF;
    return ERR_OK;
}

/* Whether a line is a framework's: its first word, the others follow behind a blank. */
static bool is_framework(const char *line)
{
    static const char *const words[] = { "framework", "metric", "scale", "grade", "status",
        "subject", "derive", "stage", "rule", "source", "boundaries", "measure" };
    size_t n = strcspn(line, " \t");

    for (size_t i = 0; i < COUNT(words); i++) {
        if (strlen(words[i]) == n && strncmp(words[i], line, n) == 0)
            return line[n] != '\0' &&
                   (strpbrk(line, ",;") == NULL || strpbrk(line, "=\"") != NULL);
    }
    return false;
}

/* The first line of a text that is not blank and no comment. */
static const char *first_line(char *text)
{
    char *at = text_starts(text, "\xEF\xBB\xBF") ? text + 3 : text;

    while (*at != '\0') {
        size_t n = strcspn(at, "\r\n");
        char *next = at[n] == '\0' ? at + n : at + n + 1;
        const char *line;

        at[n] = '\0';
        line = text_trim(at);
        if (*line != '\0' && *line != '#')
            return line;
        at = next;
    }
    return "";
}

static enum err_code recognise_csv(struct source *source, struct csv *csv,
        enum file_kind *ret_kind, struct err *err)
{
    enum file_kind kind;
    bool more;
    enum err_code rc = source_rewind(source, err);

    if (rc == ERR_OK)
        rc = csv_open(csv, source, err);
    if (rc == ERR_OK)
        rc = csv_next(csv, &more, err);
    if (rc != ERR_OK)
        return rc;
    if (!more) {
        err_set(err, ERR_INVALID, "the file is empty");
        return refuse(source, err);
    }
    kind = csv_file_kind(csv->fields, csv->field_n);
    if (kind == FILE_UNKNOWN) {
        err_set(err, ERR_INVALID,
                "the first line names no table that is known: it begins with \"%.60s\"%s",
                csv->fields[0], csv->field_n > 1 ? " and more columns" : "");
        return refuse(source, err);
    }
    *ret_kind = kind;
    return ERR_OK;
}

static enum err_code recognise_text(struct source *source, enum file_kind *ret_kind,
        struct err *err)
{
    struct csv *csv = mem_alloc(sizeof(*csv));
    enum err_code rc;

    if (csv == NULL)
        return err_memory(err);
    rc = recognise_csv(source, csv, ret_kind, err);
    csv_close(csv);
    mem_free(csv);
    return rc;
}

enum err_code recognise_file(struct source *source, enum file_kind *ret_kind, struct err *err)
{
    char look[LOOK_SIZE + 1] = { 0 };
    enum file_kind kind = FILE_FRAMEWORK;
    const char *binary;
    size_t n = 0;
    size_t more = 1;
    enum err_code rc = source_rewind(source, err);

    while (rc == ERR_OK && more != 0 && n < LOOK_SIZE) {
        rc = source_read(source, look + n, LOOK_SIZE - n, &more, err);
        n += rc == ERR_OK ? more : 0;
    }
    if (rc != ERR_OK)
        return rc;
    binary = binary_of(look, n);
    if (binary != NULL) {
        err_set(err, ERR_INVALID, "this is %s", binary);
        return refuse(source, err);
    }
    if (is_xml(look, n))
        rc = recognise_xml(source, &kind, err);
    else if (!is_framework(first_line(look)))
        rc = recognise_text(source, &kind, err);
    if (rc == ERR_OK)
        rc = source_rewind(source, err);
    if (rc == ERR_OK)
        *ret_kind = kind;
    return rc;
}

/* Whether seven characters of a name and an authority and school disagree. */
static bool differs(const char *seven, const char *lea, const char *estab)
{
    for (int i = 0; i < 7; i++) {
        const char *part = i < 3 ? lea : estab;
        size_t at = (size_t)(i < 3 ? i : i - 3);

        if (text_empty(part) || strlen(part) <= at)
            return false;
        if (isdigit((unsigned char)seven[i]) && isdigit((unsigned char)part[at]) &&
                seven[i] != part[at])
            return true;
    }
    return false;
}

/* sssssss_TTT_ddddddd_nnn.xml */
static bool is_transfer_name(const char *name)
{
    static const char pattern[] = "ccccccc_ccc_ccccccc_ddd.";

    for (size_t i = 0; pattern[i] != '\0'; i++) {
        bool fits = pattern[i] == 'c'   ? isalnum((unsigned char)name[i]) != 0
                    : pattern[i] == 'd' ? isdigit((unsigned char)name[i]) != 0
                                        : name[i] == pattern[i];

        if (!fits)
            return false;
    }
    return true;
}

bool recognise_ctf_name(const char *name, const struct ctf_header *header,
        char note[RECOGNISE_NOTE_SIZE])
{
    const char *who = NULL;

    if (name == NULL || !is_transfer_name(name))
        return false;
    if (differs(name, header->source_lea, header->source_estab))
        who = "comes from";
    else if (differs(name + 12, header->dest_lea, header->dest_estab))
        who = "is for";
    if (who == NULL)
        return false;
    (void)snprintf(note, RECOGNISE_NOTE_SIZE,
            "The file's name says that it %s %.7s, its header says %.10s%.10s. The header is "
            "believed.",
            who, text_eq(who, "is for") ? name + 12 : name,
            text_eq(who, "is for") ? header->dest_lea : header->source_lea,
            text_eq(who, "is for") ? header->dest_estab : header->source_estab);
    return true;
}
