#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "exchange/csv.h"
#include "exchange/csv_files.h"
#include "exchange/mapping.h"
#include "pupils/upn.h"

enum {
    SCHOOL_MAX = 20000,
    ROW_ARENA_MAX = 8 * 1024 * 1024,
    ATTRIBUTE_MAX = 64
};

/* A school met in the file, and how many of its rows. */
struct school {
    const char *cell, *laestab;
    int rows;
};

struct reading {
    const struct mapping *mapping;
    const struct sink *sink;
    struct csv csv;
    struct arena arena; /* header and schools */
    struct arena row;   /* freed with each row */
    const char *file;
    const char *header[CSV_COLUMN_MAX];
    bool used[CSV_COLUMN_MAX];
    size_t header_n;
    struct school *schools;
    size_t school_n;
    struct school *school; /* of this row, or NULL */
    const char *upn;       /* of this row's pupil, or NULL */
    bool refused;          /* this row has been */
    struct err *err;
};

static enum err_code find(struct reading *reading, const char *column, const char *value,
        const char *reason)
{
    struct finding finding = { reading->csv.row, column, value, reason };

    reading->refused = true;
    if (reading->sink->on_finding == NULL)
        return ERR_OK;
    return reading->sink->on_finding(reading->sink->data, &finding, reading->err);
}

static int column_at(const struct reading *reading, const char *name, size_t n)
{
    char text[256];

    if (n >= sizeof(text))
        return -1;
    memcpy(text, name, n);
    text[n] = '\0';
    for (size_t i = 0; i < reading->header_n; i++) {
        if (csv_column_is(reading->header[i], text))
            return (int)i;
    }
    return -1;
}

static enum err_code want_column(struct reading *reading, const char *name, size_t n)
{
    int at = column_at(reading, name, n);

    if (at >= 0) {
        reading->used[at] = true;
        return ERR_OK;
    }
    err_set(reading->err, ERR_INVALID,
            "the column %.*s, which the mapping %.60s uses, is missing",
            (int)(n > 100 ? 100 : n), name, reading->mapping->name);
    err_hint(reading->err, "Check that this is the right mapping for the file.");
    return err_where(reading->err, reading->file, reading->csv.row, NULL);
}

/* The next {column} of a text: its name and length; false when there is none. */
static bool next_place(const char *text, const char **ret_open, size_t *ret_n)
{
    const char *open = strchr(text, '{');
    const char *close = open == NULL ? NULL : strchr(open, '}');

    if (close == NULL)
        return false;
    *ret_open = open;
    *ret_n = (size_t)(close - open - 1);
    return true;
}

static enum err_code want_places(struct reading *reading, const char *text)
{
    const char *open;
    size_t n;
    enum err_code rc = ERR_OK;

    while (rc == ERR_OK && text != NULL && next_place(text, &open, &n)) {
        rc = want_column(reading, open + 1, n);
        text = open + n + 2;
    }
    return rc;
}

static enum err_code want_all(struct reading *reading)
{
    const struct mapping *mapping = reading->mapping;
    enum err_code rc = want_places(reading, mapping->school_name);

    if (rc == ERR_OK && mapping->school_column != NULL)
        rc = want_column(reading, mapping->school_column, strlen(mapping->school_column));
    for (size_t s = 0; s < mapping->section_n; s++) {
        const struct mapping_section *section = &mapping->sections[s];

        for (size_t i = 0; rc == ERR_OK && i < section->field_n; i++) {
            const struct mapping_field *field = &section->fields[i];

            rc = field->column == NULL
                         ? want_places(reading, field->text)
                         : want_column(reading, field->column, strlen(field->column));
        }
    }
    return rc;
}

static enum err_code note_unused(struct reading *reading)
{
    struct buf buf = buf_make(&reading->arena, CSV_RECORD_MAX);
    const char *text;
    enum err_code rc;

    for (size_t i = 0; i < reading->header_n; i++) {
        if (reading->used[i] || *reading->header[i] == '\0')
            continue;
        buf_add(&buf, buf.n == 0 ? "Columns that the mapping does not use: " : ", ");
        buf_add(&buf, reading->header[i]);
    }
    if (buf.n == 0 && !buf.failed)
        return ERR_OK;
    buf_add_char(&buf, '.');
    rc = buf_end(&buf, &text, NULL, reading->err);
    if (rc != ERR_OK || reading->sink->on_note == NULL)
        return rc;
    return reading->sink->on_note(reading->sink->data, text, reading->err);
}

static enum err_code read_header(struct reading *reading)
{
    struct csv *csv = &reading->csv;
    bool more;
    enum err_code rc = csv_next(csv, &more, reading->err);

    if (rc != ERR_OK)
        return rc;
    if (!more) {
        err_set(reading->err, ERR_INVALID, "the file is empty");
        err_hint(reading->err, "Its first line should name the columns.");
        return err_where(reading->err, reading->file, 0, NULL);
    }
    reading->header_n = csv->field_n;
    for (size_t i = 0; i < csv->field_n; i++) {
        reading->header[i] = arena_text(&reading->arena, csv_cell_trim(csv->fields[i]));
        if (reading->header[i] == NULL)
            return err_memory(reading->err);
    }
    rc = want_all(reading);
    return rc == ERR_OK ? note_unused(reading) : rc;
}

/* A constant with the cells of this row in its places; NULL without memory. */
static const char *fill_in(struct reading *reading, const char *text)
{
    struct buf buf = buf_make(&reading->row, CSV_RECORD_MAX);
    const char *open;
    const char *whole;
    size_t n;

    if (strchr(text, '{') == NULL)
        return text;
    while (next_place(text, &open, &n)) {
        int at = column_at(reading, open + 1, n);

        buf_add_n(&buf, text, (size_t)(open - text));
        buf_add(&buf, at < 0 ? "" : reading->csv.fields[at]);
        text = open + n + 2;
    }
    buf_add(&buf, text);
    return buf_end(&buf, &whole, NULL, reading->err) == ERR_OK ? whole : NULL;
}

/* What a table of values says for a cell; NULL when it refuses it. */
static const char *look_up(const struct mapping_table *table, const char *cell)
{
    for (size_t i = 0; i < table->n; i++) {
        if (text_eq_fold(table->from[i], cell))
            return table->to[i];
    }
    if (*cell == '\0')
        return "";
    return table->otherwise == MAPPING_KEEP    ? cell
           : table->otherwise == MAPPING_EMPTY ? ""
                                               : NULL;
}

/* The value of a field in this row. *ret_value is NULL when the row was refused for it. */
static enum err_code value_of(struct reading *reading, const struct mapping_field *field,
        const char **ret_value)
{
    int at = field->column == NULL ? -1
                                   : column_at(reading, field->column, strlen(field->column));
    const char *value = at < 0 ? fill_in(reading, field->text) : reading->csv.fields[at];

    if (value == NULL)
        return err_memory(reading->err);
    *ret_value = value;
    if (field->table < 0)
        return ERR_OK;
    *ret_value = look_up(&reading->mapping->tables[field->table], value);
    if (*ret_value != NULL)
        return ERR_OK;
    return find(reading, field->column, value,
            "the mapping's table of values does not have it");
}

/* The LAESTAB that a cell is by the mapping's pattern; "" when it is none. */
static const char *laestab_of(struct reading *reading, const char *cell)
{
    const char *pattern = reading->mapping->school_laestab;
    size_t digits = strspn(pattern, "0123456789");
    size_t room = 7 - digits;
    char number[8];
    size_t n = 0;

    if (*pattern == '\0') {
        for (; *cell != '\0' && n < 8; cell++) {
            if (*cell != '/' && *cell != ' ')
                number[n++] = *cell;
            if (n == 8)
                return "";
        }
        number[n] = '\0';
        return n == 7 && strspn(number, "0123456789") == 7
                       ? arena_bytes(&reading->arena, number, 7)
                       : "";
    }
    if (reading->mapping->school_column == NULL)
        return pattern;
    while (cell[0] == '0' && cell[1] != '\0')
        cell++;
    n = strlen(cell);
    if (n == 0 || n > room || strspn(cell, "0123456789") != n)
        return "";
    return arena_printf(&reading->arena, "%.*s%.*s%s", (int)digits, pattern, (int)(room - n),
            "0000000", cell);
}

static enum err_code new_school(struct reading *reading, const char *cell)
{
    struct school_record record = {
        .row = reading->csv.row,
        .name = reading->mapping->school_name,
        .phase = reading->mapping->school_phase,
    };
    const char *laestab = laestab_of(reading, cell);
    const char *copy = arena_text(&reading->arena, cell);
    struct school *more;

    if (laestab != NULL && *laestab == '\0')
        return find(reading, reading->mapping->school_column, cell,
                "it cannot be made the number of a school");
    if (reading->school_n == SCHOOL_MAX)
        return find(reading, reading->mapping->school_column, cell,
                "the file has more schools than can be taken in at once");
    more = arena_grow(&reading->arena, reading->schools, reading->school_n, sizeof(*more));
    if (more == NULL || copy == NULL || laestab == NULL)
        return err_memory(reading->err);
    reading->schools = more;
    reading->school = &more[reading->school_n++];
    *reading->school = (struct school){ copy, laestab, 0 };
    if (reading->sink->on_school == NULL)
        return ERR_OK;
    record.laestab = laestab;
    if (record.name != NULL && (record.name = fill_in(reading, record.name)) == NULL)
        return err_memory(reading->err);
    return reading->sink->on_school(reading->sink->data, &record, reading->err);
}

/* The school of this row, handed over the first time it is met. */
static enum err_code take_school(struct reading *reading)
{
    const struct mapping *mapping = reading->mapping;
    const char *cell = "";

    if (mapping->school_laestab == NULL)
        return ERR_OK;
    if (mapping->school_column != NULL)
        cell = reading->csv.fields[column_at(reading, mapping->school_column,
                strlen(mapping->school_column))];
    if (reading->school != NULL && text_eq(reading->school->cell, cell))
        return ERR_OK;
    reading->school = NULL;
    for (size_t i = 0; i < reading->school_n && reading->school == NULL; i++) {
        if (text_eq(reading->schools[i].cell, cell))
            reading->school = &reading->schools[i];
    }
    return reading->school == NULL ? new_school(reading, cell) : ERR_OK;
}

union record {
    struct pupil_record pupil;
    struct result_record result;
    struct group_record group;
};

/* Fill a record from a section; attributes of a pupil go to `attributes`. */
static enum err_code fill_record(struct reading *reading, const struct mapping_section *section,
        union record *record, struct attribute_record *attributes, size_t *attribute_n)
{
    *attribute_n = 0;
    for (size_t i = 0; i < section->field_n; i++) {
        const struct mapping_field *field = &section->fields[i];
        const char *value;
        enum err_code rc = value_of(reading, field, &value);

        if (rc != ERR_OK || value == NULL)
            return rc;
        if (field->offset >= 0)
            memcpy((char *)record + field->offset, &value, sizeof(value));
        else if (*value != '\0' && *attribute_n < ATTRIBUTE_MAX)
            attributes[(*attribute_n)++] =
                    (struct attribute_record){ field->field, value, NULL, NULL };
    }
    return ERR_OK;
}

/* The record's own UPN, written as it should be, or the pupil's of this row. */
static enum err_code settle_upn(struct reading *reading, const char **upn)
{
    char *copy;

    if (*upn == NULL || reading->mapping->anonymous) {
        *upn = reading->upn;
        return ERR_OK;
    }
    copy = arena_text(&reading->row, *upn);
    if (copy == NULL)
        return err_memory(reading->err);
    *upn = upn_normalise(copy);
    return ERR_OK;
}

static enum err_code hand_pupil(struct reading *reading, struct pupil_record *pupil)
{
    char reason[UPN_REASON_SIZE];
    enum err_code rc = settle_upn(reading, &pupil->upn);

    if (rc != ERR_OK)
        return rc;
    if (reading->mapping->anonymous) {
        if (pupil->forename == NULL)
            pupil->forename = "Pupil";
        if (pupil->surname == NULL)
            pupil->surname = arena_printf(&reading->row, "%04d", reading->school->rows);
        if (pupil->surname == NULL)
            return err_memory(reading->err);
    }
    if (upn_check(pupil->upn, reason) == UPN_WRONG)
        return find(reading, "upn", pupil->upn, reason);
    reading->upn = pupil->upn;
    return reading->sink->on_pupil == NULL
                   ? ERR_OK
                   : reading->sink->on_pupil(reading->sink->data, pupil, reading->err);
}

static enum err_code hand_result(struct reading *reading, struct result_record *result)
{
    enum err_code rc;

    if (text_empty(result->grade) && text_empty(result->mark))
        return ERR_OK;
    rc = settle_upn(reading, &result->upn);
    if (rc != ERR_OK || reading->sink->on_result == NULL)
        return rc;
    return reading->sink->on_result(reading->sink->data, result, reading->err);
}

static enum err_code hand_group(struct reading *reading, struct group_record *group)
{
    enum err_code rc = settle_upn(reading, &group->upn);

    if (rc != ERR_OK || text_empty(group->group) || reading->sink->on_group == NULL)
        return rc;
    return reading->sink->on_group(reading->sink->data, group, reading->err);
}

static enum err_code take_section(struct reading *reading,
        const struct mapping_section *section)
{
    struct attribute_record attributes[ATTRIBUTE_MAX];
    const char *laestab = reading->school == NULL ? NULL : reading->school->laestab;
    union record record;
    size_t attribute_n;
    enum err_code rc;

    memset(&record, 0, sizeof(record));
    rc = fill_record(reading, section, &record, attributes, &attribute_n);
    if (rc != ERR_OK || reading->refused)
        return rc;
    switch (section->part) {
    case MAPPING_PUPIL:
        record.pupil.row = reading->csv.row;
        record.pupil.laestab = laestab;
        record.pupil.attributes = attributes;
        record.pupil.attribute_n = attribute_n;
        return hand_pupil(reading, &record.pupil);
    case MAPPING_RESULT:
        record.result.row = reading->csv.row;
        record.result.laestab = laestab;
        return hand_result(reading, &record.result);
    case MAPPING_GROUP:
        record.group.row = reading->csv.row;
        record.group.laestab = laestab;
        return hand_group(reading, &record.group);
    case MAPPING_PART__MAX:
    default:
        return ERR_OK;
    }
}

static enum err_code make_upn(struct reading *reading)
{
    char upn[UPN_SIZE];

    if (!upn_make_temporary(reading->school->laestab, 0, reading->school->rows++, upn))
        return find(reading, NULL, NULL, "the school has more pupils than temporary numbers");
    reading->upn = arena_text(&reading->row, upn);
    return reading->upn == NULL ? err_memory(reading->err) : ERR_OK;
}

static enum err_code read_row(struct reading *reading)
{
    struct csv *csv = &reading->csv;
    enum err_code rc;

    reading->refused = false;
    reading->upn = NULL;
    if (csv->fault != NULL)
        return find(reading, NULL, NULL, csv->fault);
    if (csv->field_n != reading->header_n)
        return find(reading, NULL, NULL, "the row has more or fewer fields than the header");
    for (size_t i = 0; i < csv->field_n; i++)
        csv->fields[i] = csv_cell_trim(csv->fields[i]);
    rc = take_school(reading);
    if (rc == ERR_OK && !reading->refused && reading->mapping->anonymous)
        rc = make_upn(reading);
    for (size_t i = 0; i < reading->mapping->section_n; i++) {
        if (rc != ERR_OK || reading->refused)
            break;
        rc = take_section(reading, &reading->mapping->sections[i]);
    }
    return rc;
}

static enum err_code read_all(struct reading *reading, struct source *source)
{
    enum err_code rc = csv_open(&reading->csv, source, reading->err);
    bool more = true;

    if (rc == ERR_OK)
        rc = read_header(reading);
    while (rc == ERR_OK) {
        rc = csv_next(&reading->csv, &more, reading->err);
        if (rc != ERR_OK || !more)
            break;
        rc = read_row(reading);
        arena_free(&reading->row);
    }
    return rc;
}

enum err_code mapping_read(const struct mapping *mapping, struct source *source,
        const struct sink *sink, struct err *err)
{
    struct reading *reading = mem_alloc(sizeof(*reading));
    enum err_code rc;

    if (reading == NULL)
        return err_memory(err);
    reading->mapping = mapping;
    reading->sink = sink;
    reading->file = source->name;
    reading->row.limit = ROW_ARENA_MAX;
    reading->err = err;
    rc = read_all(reading, source);
    csv_close(&reading->csv);
    arena_free(&reading->arena);
    arena_free(&reading->row);
    mem_free(reading);
    return rc;
}
