#include "exchange/csv_files.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "exchange/csv.h"
#include "pupils/upn.h"

enum {
    ATTRIBUTE = -1,
    ATTRIBUTE_MAX = 16
};

struct column {
    const char *name;
    int offset; /* in the record, or ATTRIBUTE */
    bool needed;
};

union record {
    struct pupil_record pupil;
    struct result_record result;
    struct group_record group;
    struct history_record history;
    struct school_record school;
    struct national_record national;
};

#define AT(record, field) (int)offsetof(struct record, field)

static const struct column pupil_columns[] = {
    { "upn", AT(pupil_record, upn), true },
    { "former_upn", AT(pupil_record, former_upn), false },
    { "surname", AT(pupil_record, surname), true },
    { "forename", AT(pupil_record, forename), true },
    { "dob", AT(pupil_record, dob), true },
    { "sex", AT(pupil_record, sex), true },
    { "year_group", ATTRIBUTE, true },
    { "registration", ATTRIBUTE, false },
    { "entry_date", ATTRIBUTE, false },
    { "leaving_date", ATTRIBUTE, false },
    { "ethnicity", ATTRIBUTE, false },
    { "language", ATTRIBUTE, false },
    { "fsm", ATTRIBUTE, false },
    { "pupil_premium", ATTRIBUTE, false },
    { "sen", ATTRIBUTE, false },
    { "looked_after", ATTRIBUTE, false },
    { "gifted", ATTRIBUTE, false },
    { "house", ATTRIBUTE, false },
};

static const struct column result_columns[] = {
    { "upn", AT(result_record, upn), true },
    { "subject", AT(result_record, subject), true },
    { "kind", AT(result_record, kind), true },
    { "date", AT(result_record, date), true },
    { "stage", AT(result_record, stage), false },
    { "review", AT(result_record, review), false },
    { "grade", AT(result_record, grade), false },
    { "mark", AT(result_record, mark), false },
    { "max_mark", AT(result_record, max_mark), false },
    { "scale", AT(result_record, scale), false },
    { "source", AT(result_record, source), false },
};

static const struct column group_columns[] = {
    { "upn", AT(group_record, upn), true },
    { "group", AT(group_record, group), true },
    { "type", AT(group_record, type), false },
    { "subject", AT(group_record, subject), false },
    { "from", AT(group_record, from), false },
    { "to", AT(group_record, to), false },
};

static const struct column history_columns[] = {
    { "upn", AT(history_record, upn), true },
    { "attribute", AT(history_record, attribute), true },
    { "value", AT(history_record, value), true },
    { "from", AT(history_record, from), false },
    { "to", AT(history_record, to), false },
};

static const struct column school_columns[] = {
    { "laestab", AT(school_record, laestab), true },
    { "name", AT(school_record, name), false },
    { "phase", AT(school_record, phase), false },
    { "tag", AT(school_record, tag), false },
    { "from", AT(school_record, from), false },
    { "to", AT(school_record, to), false },
};

static const struct column national_columns[] = {
    { "body", AT(national_record, body), true },
    { "measure", AT(national_record, measure), true },
    { "subject", AT(national_record, subject), false },
    { "year", AT(national_record, year), true },
    { "percent", AT(national_record, percent), true },
};

static const struct kind {
    enum file_kind kind;
    const struct column *columns;
    size_t column_n;
    const char *needs;
} kinds[] = {
    { FILE_RESULTS, result_columns, COUNT(result_columns),
            "upn, subject, kind, date, and grade or mark" },
    { FILE_PUPILS, pupil_columns, COUNT(pupil_columns),
            "upn, surname, forename, dob, sex and year_group" },
    { FILE_GROUPS, group_columns, COUNT(group_columns), "upn and group" },
    { FILE_HISTORY, history_columns, COUNT(history_columns), "upn, attribute and value" },
    { FILE_NATIONAL, national_columns, COUNT(national_columns),
            "body, measure, year and percent" },
    { FILE_SCHOOLS, school_columns, COUNT(school_columns), "laestab" },
};

/* One file while it is read. */
struct reading {
    struct csv csv;
    const struct kind *kind;
    const struct sink *sink;
    const char *file;
    size_t header_n;
    const struct column *columns[CSV_COLUMN_MAX]; /* NULL: not known */
};

static const struct kind *kind_of(enum file_kind kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (kinds[i].kind == kind)
            return &kinds[i];
    }
    return NULL;
}

static const char *skip_loose(const char *at)
{
    while (*at != '\0' && strchr(" _-.\t", *at) != NULL)
        at++;
    return at;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool csv_column_is(const char *cell, const char *name)
{
    for (;;) {
        cell = skip_loose(cell);
        name = skip_loose(name);
        if (small(*cell) != small(*name))
            return false;
        if (*cell == '\0')
            return true;
        cell++;
        name++;
    }
}

char *csv_cell_trim(char *cell)
{
    size_t n = strlen(cell);

    if (n == 0)
        return cell;
    if (cell[0] > ' ' && cell[0] < 0x7F && cell[n - 1] > ' ' && cell[n - 1] < 0x7F)
        return cell;
    return text_trim(cell);
}

static const struct column *column_of(const struct kind *kind, const char *cell)
{
    for (size_t i = 0; i < kind->column_n; i++) {
        if (csv_column_is(cell, kind->columns[i].name))
            return &kind->columns[i];
    }
    return kind->kind == FILE_PUPILS && csv_column_is(cell, "gender") ? column_of(kind, "sex")
                                                                      : NULL;
}

enum file_kind csv_file_kind(char *const *cells, size_t cell_n)
{
    enum file_kind best = FILE_UNKNOWN;
    size_t best_score = 0;

    for (size_t k = 0; k < COUNT(kinds); k++) {
        size_t known = 0;
        size_t score = 0;

        for (size_t i = 0; i < cell_n; i++) {
            const struct column *column = column_of(&kinds[k], cells[i]);

            known += column != NULL;
            score += column == NULL ? 0 : column->needed ? 3 : 2;
        }
        if (known >= 2 && score > best_score) {
            best = kinds[k].kind;
            best_score = score;
        }
    }
    return best;
}

/* The header's names joined by commas, each `skip`ped one left out. */
static const char *names(const struct reading *reading, bool unknown_only, struct arena *arena)
{
    struct buf buf = buf_make(arena, CSV_RECORD_MAX);
    struct err err;
    const char *text = "";

    for (size_t i = 0; i < reading->header_n; i++) {
        if (unknown_only && (reading->columns[i] != NULL || *reading->csv.fields[i] == '\0'))
            continue;
        if (buf.n != 0)
            buf_add(&buf, ", ");
        buf_add(&buf, reading->csv.fields[i]);
    }
    return buf_end(&buf, &text, NULL, &err) == ERR_OK ? text : NULL;
}

static bool has(const struct reading *reading, const char *name)
{
    for (size_t i = 0; i < reading->header_n; i++) {
        if (reading->columns[i] != NULL && text_eq(reading->columns[i]->name, name))
            return true;
    }
    return false;
}

static enum err_code missing(const struct reading *reading, const char *name,
        const char *column, struct err *err)
{
    struct arena arena = { .limit = 4 << 20 };
    const char *there = names(reading, false, &arena);

    if (there == NULL)
        err_memory(err);
    else {
        err_set(err, ERR_INVALID, "the column %s is missing; there are: %.200s", name, there);
        err_hint(err, "A %s file needs the columns %s.", file_kind_name(reading->kind->kind),
                reading->kind->needs);
        err_where(err, reading->file, reading->csv.row, column);
    }
    arena_free(&arena);
    return err->code;
}

static enum err_code check_needed(const struct reading *reading, struct err *err)
{
    const struct kind *kind = reading->kind;

    for (size_t i = 0; i < kind->column_n; i++) {
        const char *name = kind->columns[i].name;

        if (kind->columns[i].needed && !has(reading, name))
            return missing(reading, name, name, err);
    }
    if (kind->kind == FILE_RESULTS && !has(reading, "grade") && !has(reading, "mark"))
        return missing(reading, "grade (or mark)", "grade", err);
    return ERR_OK;
}

static enum err_code note_unknown(const struct reading *reading, struct err *err)
{
    struct arena arena = { .limit = 4 << 20 };
    const char *unknown = names(reading, true, &arena);
    const char *text = NULL;
    enum err_code rc = ERR_OK;

    if (unknown != NULL && *unknown != '\0')
        text = arena_printf(&arena, "Columns that are not known and were left out: %.2000s.",
                unknown);
    if (unknown == NULL || (*unknown != '\0' && text == NULL))
        rc = err_memory(err);
    else if (text != NULL && reading->sink->on_note != NULL)
        rc = reading->sink->on_note(reading->sink->data, text, err);
    arena_free(&arena);
    return rc;
}

static enum err_code read_header(struct reading *reading, struct err *err)
{
    struct csv *csv = &reading->csv;
    bool more;
    enum err_code rc = csv_next(csv, &more, err);

    if (rc != ERR_OK)
        return rc;
    if (!more) {
        err_set(err, ERR_INVALID, "the file is empty");
        err_hint(err, "Its first line should name the columns: %s.", reading->kind->needs);
        return err_where(err, reading->file, 0, NULL);
    }
    reading->header_n = csv->field_n;
    for (size_t i = 0; i < csv->field_n; i++) {
        const struct column *column;

        csv->fields[i] = csv_cell_trim(csv->fields[i]);
        column = column_of(reading->kind, csv->fields[i]);
        if (column != NULL && has(reading, column->name)) {
            err_set(err, ERR_INVALID, "the column %s stands twice", column->name);
            err_hint(err, "Leave one of them out.");
            return err_where(err, reading->file, csv->row, column->name);
        }
        reading->columns[i] = column;
    }
    rc = check_needed(reading, err);
    return rc == ERR_OK ? note_unknown(reading, err) : rc;
}

static enum err_code find(const struct reading *reading, const char *column, const char *value,
        const char *reason, struct err *err)
{
    struct finding finding = {
        .row = reading->csv.row,
        .column = column,
        .value = value,
        .reason = reason,
    };

    if (reading->sink->on_finding == NULL)
        return ERR_OK;
    return reading->sink->on_finding(reading->sink->data, &finding, err);
}

/* Why the row has the wrong number of fields, or "" when it has the right one. */
static void count_fault(const struct reading *reading, char reason[UPN_REASON_SIZE])
{
    const struct csv *csv = &reading->csv;
    size_t used = csv->field_n;

    while (used > reading->header_n && *csv->fields[used - 1] == '\0')
        used--;
    reason[0] = '\0';
    if (used != reading->header_n)
        (void)snprintf(reason, UPN_REASON_SIZE,
                "the row has %zu fields where the header has %zu; a separator inside a field "
                "needs quotation marks around it",
                used, reading->header_n);
}

static enum err_code hand_over(const struct reading *reading, union record *record,
        struct err *err)
{
    const struct sink *sink = reading->sink;
    long row = reading->csv.row;

    switch (reading->kind->kind) {
    case FILE_PUPILS:
        record->pupil.row = row;
        return sink->on_pupil == NULL ? ERR_OK
                                      : sink->on_pupil(sink->data, &record->pupil, err);
    case FILE_RESULTS:
        record->result.row = row;
        return sink->on_result == NULL ? ERR_OK
                                       : sink->on_result(sink->data, &record->result, err);
    case FILE_GROUPS:
        record->group.row = row;
        return sink->on_group == NULL ? ERR_OK
                                      : sink->on_group(sink->data, &record->group, err);
    case FILE_HISTORY:
        record->history.row = row;
        return sink->on_history == NULL ? ERR_OK
                                        : sink->on_history(sink->data, &record->history, err);
    case FILE_SCHOOLS:
        record->school.row = row;
        return sink->on_school == NULL ? ERR_OK
                                       : sink->on_school(sink->data, &record->school, err);
    case FILE_NATIONAL:
        record->national.row = row;
        return sink->on_national == NULL
                       ? ERR_OK
                       : sink->on_national(sink->data, &record->national, err);
    case FILE_UNKNOWN:
    case FILE_CTF:
    case FILE_FRAMEWORK:
    case FILE_MAPPED:
    case FILE__MAX:
    default:
        return ERR_OK;
    }
}

static enum err_code take_row(struct reading *reading, struct err *err)
{
    struct attribute_record attributes[ATTRIBUTE_MAX];
    union record record;
    size_t attribute_n = 0;
    char reason[UPN_REASON_SIZE];

    memset(&record, 0, sizeof(record));
    for (size_t i = 0; i < reading->header_n; i++) {
        const struct column *column = reading->columns[i];
        char *cell = reading->csv.fields[i];

        if (column == NULL)
            continue;
        if (text_eq(column->name, "upn") || text_eq(column->name, "former_upn"))
            upn_normalise(cell);
        if (column->offset != ATTRIBUTE)
            memcpy((char *)&record + column->offset, &cell, sizeof(cell));
        else if (*cell != '\0' && attribute_n < ATTRIBUTE_MAX)
            attributes[attribute_n++] =
                    (struct attribute_record){ column->name, cell, NULL, NULL };
    }
    if (reading->kind->kind == FILE_PUPILS) {
        record.pupil.attributes = attributes;
        record.pupil.attribute_n = attribute_n;
        if (upn_check(record.pupil.upn, reason) == UPN_WRONG)
            return find(reading, "upn", record.pupil.upn, reason, err);
    }
    return hand_over(reading, &record, err);
}

static enum err_code read_row(struct reading *reading, struct err *err)
{
    struct csv *csv = &reading->csv;
    char reason[UPN_REASON_SIZE];
    bool content = false;

    if (csv->fault != NULL)
        return find(reading, NULL, NULL, csv->fault, err);
    for (size_t i = 0; i < csv->field_n; i++) {
        csv->fields[i] = csv_cell_trim(csv->fields[i]);
        content = content || *csv->fields[i] != '\0';
    }
    if (!content)
        return ERR_OK;
    count_fault(reading, reason);
    if (*reason != '\0')
        return find(reading, NULL, NULL, reason, err);
    return take_row(reading, err);
}

static enum err_code read_all(struct reading *reading, struct source *source, struct err *err)
{
    enum err_code rc = csv_open(&reading->csv, source, err);
    bool more = true;

    if (rc == ERR_OK)
        rc = read_header(reading, err);
    while (rc == ERR_OK) {
        rc = csv_next(&reading->csv, &more, err);
        if (rc != ERR_OK || !more)
            break;
        rc = read_row(reading, err);
    }
    return rc;
}

enum err_code csv_file_read(struct source *source, enum file_kind kind, const struct sink *sink,
        struct err *err)
{
    struct reading *reading;
    enum err_code rc;

    if (kind_of(kind) == NULL) {
        err_set(err, ERR_USAGE, "%s is not a kind of CSV file", file_kind_name(kind));
        return err_hint(err,
                "Kinds are pupils, results, groups, history, schools and national.");
    }
    reading = mem_alloc(sizeof(*reading));
    if (reading == NULL)
        return err_memory(err);
    reading->kind = kind_of(kind);
    reading->sink = sink;
    reading->file = source->name;
    rc = read_all(reading, source, err);
    csv_close(&reading->csv);
    mem_free(reading);
    return rc;
}
