#include "exchange/csv.h"

#include <string.h>

#include "base/arena.h"

enum {
    FILL_SIZE = 128 * 1024,
    BUFFER_SIZE = CSV_RECORD_MAX + FILL_SIZE,
};

/* What came of looking for a record in the buffer. */
enum scan {
    SCAN_DONE,
    SCAN_MORE, /* the buffer ends inside it */
    SCAN_END,  /* nothing left */
    SCAN_FAILED,
};

static enum err_code refuse(struct csv *csv, struct err *err)
{
    return err_where(err, csv->decoder.source->name, csv->row + 1, NULL);
}

static enum err_code fill(struct csv *csv, struct err *err)
{
    size_t left = csv->n - csv->at;
    size_t n;
    enum err_code rc;

    if (left != 0 && csv->at != 0)
        memmove(csv->buffer, csv->buffer + csv->at, left);
    csv->at = 0;
    csv->n = left;
    if (BUFFER_SIZE - left < FILL_SIZE) {
        err_set(err, ERR_INVALID, "this row is longer than %d bytes", CSV_RECORD_MAX);
        err_hint(err, "Check that the file is a table and that its lines end.");
        return refuse(csv, err);
    }
    rc = decoder_read(&csv->decoder, csv->buffer + left, FILL_SIZE, &n, err);
    if (rc == ERR_INVALID)
        return refuse(csv, err);
    if (rc != ERR_OK)
        return rc;
    csv->n += n;
    csv->buffer[csv->n] = '\0';
    csv->ended = n == 0;
    return ERR_OK;
}

/* The separator that the first line has most of, outside quotes. */
static char separator_of(const char *text, size_t n)
{
    static const char choices[] = { ',', ';', '\t' };
    size_t counts[COUNT(choices)] = { 0 };
    size_t best = 0;
    bool quoted = false;
    size_t at = 0;

    while (at < n && (text[at] == '\r' || text[at] == '\n'))
        at++;
    for (; at < n && (quoted || (text[at] != '\r' && text[at] != '\n')); at++) {
        if (text[at] == '"')
            quoted = !quoted;
        for (size_t i = 0; i < COUNT(choices) && !quoted; i++)
            counts[i] += text[at] == choices[i];
    }
    for (size_t i = 1; i < COUNT(choices); i++) {
        if (counts[i] > counts[best])
            best = i;
    }
    return choices[best];
}

enum err_code csv_open(struct csv *csv, struct source *source, struct err *err)
{
    enum err_code rc;

    memset(csv, 0, sizeof(*csv));
    rc = decoder_open(&csv->decoder, source, err);
    if (rc != ERR_OK)
        return rc;
    csv->buffer = mem_alloc(BUFFER_SIZE + 1);
    if (csv->buffer == NULL)
        return err_memory(err);
    rc = fill(csv, err);
    if (rc != ERR_OK)
        return rc;
    csv->separator = separator_of(csv->buffer, csv->n);
    csv->stops[(unsigned char)csv->separator] = true;
    csv->stops['\r'] = csv->stops['\n'] = csv->stops['\0'] = true;
    return ERR_OK;
}

void csv_close(struct csv *csv)
{
    decoder_close(&csv->decoder);
    mem_free(csv->buffer);
    csv->buffer = NULL;
}

static enum scan nul_byte(struct csv *csv, struct err *err)
{
    err_set(err, ERR_INVALID, "this row holds a NUL byte, which no text has");
    err_hint(err, "The file is damaged or not a text file; save it again as \"CSV UTF-8\".");
    (void)refuse(csv, err);
    return SCAN_FAILED;
}

static enum scan too_long(struct csv *csv, bool quoted, struct err *err)
{
    err_set(err, ERR_INVALID,
            quoted ? "a quotation mark opened in this row is not closed within %d bytes"
                   : "a field of this row is longer than %d bytes",
            CSV_FIELD_MAX);
    err_hint(err, "Check that the file is a table, that its lines end and its quotes match.");
    (void)refuse(csv, err);
    return SCAN_FAILED;
}

/* From behind an opening quote to the closing one; *ret_at is then behind that. */
static enum scan scan_quoted(struct csv *csv, size_t at, struct csv_span *span, size_t *ret_at,
        struct err *err)
{
    span->from = at;
    span->quoted = true;
    for (;; at++) {
        const char *quote = memchr(csv->buffer + at, '"', csv->n - at);
        size_t end = quote == NULL ? csv->n : (size_t)(quote - csv->buffer);

        if (memchr(csv->buffer + at, '\0', end - at) != NULL)
            return nul_byte(csv, err);
        if (end - span->from > CSV_FIELD_MAX)
            return too_long(csv, true, err);
        if (quote == NULL && csv->ended) {
            err_set(err, ERR_INVALID, "a quotation mark opened in this row is never closed");
            err_hint(err, "Close it, or write a quotation mark inside a field twice.");
            (void)refuse(csv, err);
            return SCAN_FAILED;
        }
        if (quote == NULL || (end + 1 == csv->n && !csv->ended))
            return SCAN_MORE;
        at = end + 1;
        if (csv->buffer[at] != '"') {
            span->to = end;
            *ret_at = at;
            return SCAN_DONE;
        }
        span->doubled = true;
    }
}

/* To the separator or line end (or the end of the buffer) that ends an unquoted text. */
static enum scan scan_plain(struct csv *csv, size_t at, struct csv_span *span, size_t *ret_at,
        struct err *err)
{
    const unsigned char *bytes = (const unsigned char *)csv->buffer;

    while (!csv->stops[bytes[at]])
        at++;
    if (at - span->from > CSV_FIELD_MAX + (size_t)span->quoted)
        return too_long(csv, span->quoted, err);
    if (at == csv->n && !csv->ended)
        return SCAN_MORE;
    if (at != csv->n && bytes[at] == '\0')
        return nul_byte(csv, err);
    *ret_at = at;
    return SCAN_DONE;
}

static enum scan scan_field(struct csv *csv, size_t at, struct csv_span *span, size_t *ret_at,
        struct err *err)
{
    enum scan scan;

    *span = (struct csv_span){ .from = at };
    if (csv->buffer[at] != '"') {
        scan = scan_plain(csv, at, span, ret_at, err);
        span->to = *ret_at;
        return scan;
    }
    scan = scan_quoted(csv, at + 1, span, &at, err);
    if (scan != SCAN_DONE)
        return scan;
    scan = scan_plain(csv, at, span, ret_at, err);
    if (scan == SCAN_DONE && *ret_at != at)
        csv->fault = "there is text behind a closing quotation mark";
    return scan;
}

/* Cut the fields out of the buffer: end each with a NUL and halve doubled quotes. */
static void finish(struct csv *csv)
{
    for (size_t i = 0; i < csv->field_n; i++) {
        const struct csv_span *span = &csv->spans[i];
        char *from = csv->buffer + span->from;
        char *to = from;

        csv->fields[i] = from;
        csv->buffer[span->to] = '\0';
        if (!span->doubled)
            continue;
        for (; *from != '\0'; from++) {
            *to++ = *from;
            if (*from == '"')
                from++;
        }
        *to = '\0';
    }
}

/* Move behind the line end at `at`. */
static void end_line(struct csv *csv, size_t at)
{
    bool cr = at < csv->n && csv->buffer[at] == '\r';

    if (at < csv->n)
        at++;
    if (cr && at == csv->n)
        csv->skip_lf = true;
    else if (cr && csv->buffer[at] == '\n')
        at++;
    csv->at = at;
}

static enum scan scan_record(struct csv *csv, struct err *err)
{
    size_t at = csv->at;
    enum scan scan;

    csv->field_n = 0;
    csv->fault = NULL;
    if (at == csv->n)
        return csv->ended ? SCAN_END : SCAN_MORE;
    for (;; at++) {
        if (csv->field_n == CSV_COLUMN_MAX) {
            err_set(err, ERR_INVALID, "this row has more than %d columns", CSV_COLUMN_MAX);
            err_hint(err, "Leave out the columns that are not needed.");
            (void)refuse(csv, err);
            return SCAN_FAILED;
        }
        scan = scan_field(csv, at, &csv->spans[csv->field_n], &at, err);
        if (scan != SCAN_DONE)
            return scan;
        csv->field_n++;
        if (at == csv->n || csv->buffer[at] != csv->separator)
            break;
    }
    end_line(csv, at);
    return SCAN_DONE;
}

static bool is_blank(const struct csv *csv)
{
    const struct csv_span *span = &csv->spans[0];

    return csv->field_n == 1 && !span->quoted && span->from == span->to;
}

enum err_code csv_next(struct csv *csv, bool *ret_more, struct err *err)
{
    for (;;) {
        enum scan scan;

        if (csv->skip_lf && csv->at < csv->n) {
            csv->at += csv->buffer[csv->at] == '\n';
            csv->skip_lf = false;
        }
        scan = scan_record(csv, err);
        if (scan == SCAN_FAILED)
            return err->code;
        if (scan == SCAN_END) {
            *ret_more = false;
            return ERR_OK;
        }
        if (scan == SCAN_MORE) {
            enum err_code rc = fill(csv, err);

            if (rc != ERR_OK)
                return rc;
            continue;
        }
        csv->row++;
        if (is_blank(csv))
            continue;
        finish(csv);
        *ret_more = true;
        return ERR_OK;
    }
}
