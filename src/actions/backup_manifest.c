#include <string.h>

#include "actions/backup_in.h"
#include "base/text.h"
#include "reports/render/escape.h"

enum {
    FORMAT = 1,
    DEEPEST = 16
};

/* ---- writing ---- */

static void write_text(struct buf *buf, const char *key, const char *text)
{
    buf_printf(buf, ",\n \"%s\":", key);
    escape_json(buf, text);
}

static void write_number(struct buf *buf, const char *key, int64_t number)
{
    buf_printf(buf, ",\n \"%s\":%lld", key, (long long)number);
}

static void write_counts(struct buf *buf, const struct table_count_list *counts)
{
    buf_add(buf, ",\n \"rows\":{");
    for (size_t i = 0; i < counts->n; i++) {
        buf_add(buf, i == 0 ? "\n  " : ",\n  ");
        escape_json(buf, counts->items[i].table);
        buf_printf(buf, ":%lld", (long long)counts->items[i].n);
    }
    buf_add(buf, "}");
}

static void write_heads(struct buf *buf, const struct chain_head_list *heads)
{
    buf_add(buf, ",\n \"chains\":[");
    for (size_t i = 0; i < heads->n; i++) {
        buf_add(buf, i == 0 ? "\n  {\"school\":" : ",\n  {\"school\":");
        escape_json(buf, heads->items[i].laestab);
        buf_printf(buf, ",\"links\":%lld,\"head\":", (long long)heads->items[i].link_n);
        escape_json(buf, heads->items[i].hash);
        buf_add(buf, "}");
    }
    buf_add(buf, "]");
}

void backup_manifest_write(struct buf *buf, const struct backup_manifest *manifest)
{
    buf_printf(buf, "{\"attain_backup\":%d", FORMAT);
    write_number(buf, "schema", manifest->schema);
    write_text(buf, "program", manifest->program);
    write_text(buf, "made_at", manifest->made_at);
    write_text(buf, "source", manifest->source);
    write_text(buf, "copy", manifest->copy);
    write_number(buf, "size", manifest->size);
    write_text(buf, "blake2b_256", manifest->digest);
    write_number(buf, "links", manifest->link_n);
    write_number(buf, "facts", manifest->fact_n);
    write_counts(buf, &manifest->counts);
    write_heads(buf, &manifest->heads);
    buf_printf(buf, ",\n \"sound\":%s,\n \"findings\":[",
            manifest->finding_n == 0 ? "true" : "false");
    for (size_t i = 0; i < manifest->finding_n; i++) {
        buf_add(buf, i == 0 ? "" : ",");
        escape_json(buf, manifest->findings[i]);
    }
    buf_add(buf, "]}");
}

/* ---- reading: JSON, and the first thing that is not as it should be ends it ---- */

struct reader {
    const char *at, *end;
    struct arena *arena;
    bool bad, no_memory;
};

static void skip_spaces(struct reader *r)
{
    while (r->at < r->end && strchr(" \t\r\n", *r->at) != NULL && *r->at != '\0')
        r->at++;
}

/* Whether `c` is next; it is then stepped over. */
static bool next_is(struct reader *r, char c)
{
    skip_spaces(r);
    if (r->bad || r->at >= r->end || *r->at != c)
        return false;
    r->at++;
    return true;
}

static void need(struct reader *r, char c)
{
    if (!next_is(r, c))
        r->bad = true;
}

/* \uXXXX below U+0080 is all that this program writes besides the short forms. */
static char read_escape(struct reader *r)
{
    static const char names[] = "\"\\/bfnrt";
    static const char values[] = "\"\\/\b\f\n\r\t";
    const char *found;
    int value = 0;
    char c = r->at < r->end ? *r->at++ : '\0';

    found = c == '\0' ? NULL : strchr(names, c);
    if (found != NULL)
        return values[found - names];
    r->bad = r->bad || c != 'u' || r->end - r->at < 4;
    for (int i = 0; i < 4 && !r->bad; i++) {
        static const char digits[] = "0123456789abcdef";
        const char *digit = strchr(digits, *r->at | 0x20);

        r->bad = digit == NULL || *r->at++ == '\0';
        value = r->bad ? 0 : value * 16 + (int)(digit - digits);
    }
    return value > 0 && value < 0x80 ? (char)value : '?';
}

static const char *read_text(struct reader *r)
{
    struct buf buf = buf_make(r->arena, (size_t)(r->end - r->at) + 1);
    const char *text = "";
    size_t n = 0;
    struct err err;

    need(r, '"');
    while (!r->bad && r->at < r->end && *r->at != '"') {
        char c = *r->at++;

        r->bad = r->bad || (unsigned char)c < 0x20;
        buf_add_char(&buf, c == '\\' ? read_escape(r) : c);
    }
    need(r, '"');
    if (!r->bad && buf_end(&buf, &text, &n, &err) != ERR_OK)
        r->bad = r->no_memory = true;
    return r->bad || text == NULL ? "" : text;
}

/* A whole number of at most 18 digits. */
static int64_t read_number(struct reader *r)
{
    char digits[20];
    size_t n = 0;
    int64_t value = 0;

    skip_spaces(r);
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && n < sizeof(digits) - 1)
        digits[n++] = *r->at++;
    digits[n] = '\0';
    if (n == 0 || n > 18 || !text_int(digits, &value))
        r->bad = true;
    return value;
}

static void skip_word(struct reader *r)
{
    const char *start = r->at;

    while (r->at < r->end && strchr("+-.0123456789aeflnrstuE", *r->at) != NULL &&
            *r->at != '\0')
        r->at++;
    r->bad = r->bad || r->at == start;
}

/* A value of a key that a later program may have added. */
static void skip_value(struct reader *r)
{
    int depth = 0;

    do {
        skip_spaces(r);
        if (r->at >= r->end || depth > DEEPEST) {
            r->bad = true;
        } else if (*r->at == '"') {
            (void)read_text(r);
        } else if (strchr("{[", *r->at) != NULL) {
            r->at++;
            depth++;
        } else if (strchr("]}", *r->at) != NULL) {
            r->at++;
            depth--;
        } else if (strchr(",:", *r->at) != NULL) {
            r->at++;
        } else {
            skip_word(r);
        }
    } while (!r->bad && depth > 0);
}

static void *grow(struct reader *r, void *items, size_t n, size_t size)
{
    void *more = arena_grow(r->arena, items, n, size);

    if (more == NULL)
        r->bad = r->no_memory = true;
    return more;
}

static void read_counts(struct reader *r, struct table_count_list *list)
{
    need(r, '{');
    if (next_is(r, '}'))
        return;
    do {
        struct table_count count = { .table = read_text(r) };

        need(r, ':');
        count.n = read_number(r);
        list->items = r->bad ? NULL : grow(r, list->items, list->n, sizeof(*list->items));
        if (list->items == NULL)
            return;
        list->items[list->n++] = count;
    } while (next_is(r, ','));
    need(r, '}');
}

static struct chain_head read_head(struct reader *r)
{
    struct chain_head head = { .laestab = "", .hash = "" };

    need(r, '{');
    do {
        const char *key = read_text(r);

        need(r, ':');
        if (text_eq(key, "school"))
            head.laestab = read_text(r);
        else if (text_eq(key, "links"))
            head.link_n = read_number(r);
        else if (text_eq(key, "head"))
            head.hash = read_text(r);
        else
            skip_value(r);
    } while (next_is(r, ','));
    need(r, '}');
    return head;
}

static void read_heads(struct reader *r, struct chain_head_list *list)
{
    need(r, '[');
    if (next_is(r, ']'))
        return;
    do {
        struct chain_head head = read_head(r);

        list->items = r->bad ? NULL : grow(r, list->items, list->n, sizeof(*list->items));
        if (list->items == NULL)
            return;
        list->items[list->n++] = head;
    } while (next_is(r, ','));
    need(r, ']');
}

static void read_findings(struct reader *r, struct backup_manifest *manifest)
{
    need(r, '[');
    if (next_is(r, ']'))
        return;
    do {
        const char *finding = read_text(r);

        manifest->findings = r->bad ? NULL
                                    : grow(r, manifest->findings, manifest->finding_n,
                                              sizeof(*manifest->findings));
        if (manifest->findings == NULL)
            return;
        manifest->findings[manifest->finding_n++] = finding;
    } while (next_is(r, ','));
    need(r, ']');
}

static void read_value(struct reader *r, const char *key, struct backup_manifest *manifest,
        int64_t *format)
{
    const struct {
        const char *key, **text;
    } texts[] = { { "program", &manifest->program }, { "made_at", &manifest->made_at },
        { "source", &manifest->source }, { "copy", &manifest->copy },
        { "blake2b_256", &manifest->digest } };
    const struct {
        const char *key;
        int64_t *number;
    } numbers[] = { { "attain_backup", format }, { "schema", &manifest->schema },
        { "size", &manifest->size }, { "links", &manifest->link_n },
        { "facts", &manifest->fact_n } };

    for (size_t i = 0; i < COUNT(texts); i++) {
        if (text_eq(key, texts[i].key)) {
            *texts[i].text = read_text(r);
            return;
        }
    }
    for (size_t i = 0; i < COUNT(numbers); i++) {
        if (text_eq(key, numbers[i].key)) {
            *numbers[i].number = read_number(r);
            return;
        }
    }
    if (text_eq(key, "rows"))
        read_counts(r, &manifest->counts);
    else if (text_eq(key, "chains"))
        read_heads(r, &manifest->heads);
    else if (text_eq(key, "findings"))
        read_findings(r, manifest);
    else
        skip_value(r);
}

/* Everything a check compares must be there; the copy lies in the backup's own folder. */
static bool complete(const struct backup_manifest *manifest, int64_t format)
{
    return format >= FORMAT && manifest->schema > 0 && manifest->size > 0 &&
           manifest->program != NULL && manifest->made_at != NULL && manifest->source != NULL &&
           manifest->digest != NULL && !text_empty(manifest->copy) &&
           strchr(manifest->copy, '/') == NULL && manifest->counts.n > 0;
}

enum err_code backup_manifest_read(const char *text, size_t n, struct arena *arena,
        struct backup_manifest *ret_manifest, struct err *err)
{
    struct reader r = { .at = text, .end = text + n, .arena = arena };
    struct backup_manifest manifest = { 0 };
    int64_t format = 0;

    need(&r, '{');
    do {
        const char *key = read_text(&r);

        need(&r, ':');
        if (!r.bad)
            read_value(&r, key, &manifest, &format);
    } while (next_is(&r, ','));
    need(&r, '}');
    skip_spaces(&r);
    if (r.no_memory)
        return err_memory(err);
    if (!r.bad && manifest.schema > store_schema_newest()) {
        (void)err_set(err, ERR_INVALID,
                "this backup was made by a newer Attain (schema %lld; this one knows %d)",
                (long long)manifest.schema, store_schema_newest());
        return err_hint(err, "Use the newer program. Nothing was changed.");
    }
    if (r.bad || r.at != r.end || !complete(&manifest, format)) {
        (void)err_set(err, ERR_INVALID,
                "the manifest is damaged: it does not say what the backup holds");
        return err_hint(err, "Do not rely on this backup. Check an earlier one.");
    }
    *ret_manifest = manifest;
    return ERR_OK;
}
