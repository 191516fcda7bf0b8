#include "exchange/ctf_read.h"

#include <string.h>

#include "base/text.h"
#include "exchange/ctf_pupil_in.h"
#include "exchange/recognise.h"
#include "exchange/xml.h"

enum {
    HEADER_MAX = 32 * 1024 * 1024,
    VERSION_FIRST = 7,
    VERSION_LAST = 25
};

struct reading {
    const char *file;
    const struct sink *sink;
    struct arena arena; /* the header's */
    struct ctf_header header;
    bool has_header;
    bool has_data;
    bool in_data; /* inside the element that holds the pupils */
};

static bool is_root(const char *name)
{
    return text_eq_fold(name, "CTfile") || text_eq_fold(name, "ATfile");
}

static bool is_data(const char *name)
{
    return text_eq_fold(name, "CTFpupilData") || text_eq_fold(name, "ATFpupilData");
}

static enum err_code on_start(void *data, int depth, const char *name, bool *ret_gather,
        struct err *err)
{
    struct reading *reading = data;

    if (depth == 1 && !is_root(name)) {
        err_set(err, ERR_INVALID,
                "this is XML, but no Common Transfer File: it begins with <%.60s>", name);
        err_hint(err, "A transfer file begins with <CTfile>.");
        return err_where(err, reading->file, 0, NULL);
    }
    if (depth == 2) {
        reading->in_data = is_data(name);
        reading->has_data = reading->has_data || reading->in_data;
        *ret_gather = !reading->in_data;
    }
    if (depth == 3)
        *ret_gather = true;
    return ERR_OK;
}

static enum err_code note(const struct reading *reading, const char *text, struct err *err)
{
    if (reading->sink->on_note == NULL)
        return ERR_OK;
    return reading->sink->on_note(reading->sink->data, text, err);
}

static enum err_code note_version(const struct reading *reading, struct err *err)
{
    char text[160];
    const char *version = reading->header.version;
    int64_t milli;

    if (text_milli(version, &milli) && milli >= VERSION_FIRST * 1000 &&
            milli < (VERSION_LAST + 1) * 1000)
        return ERR_OK;
    (void)snprintf(text, sizeof(text),
            "The file says it is version \"%.20s\"; versions %d to %d are known. It was read "
            "as "
            "they are.",
            version, VERSION_FIRST, VERSION_LAST);
    return note(reading, text, err);
}

static enum err_code take_header(struct reading *reading, const struct xml_node *node,
        struct err *err)
{
    struct ctf_header header;
    char text[RECOGNISE_NOTE_SIZE];
    enum err_code rc;

    rc = ctf_header_read(node, &reading->arena, &header, err);
    if (rc != ERR_OK)
        return rc;
    reading->has_header = true;
    if (reading->sink->on_header != NULL)
        rc = reading->sink->on_header(reading->sink->data, &header, err);
    reading->header = header;
    if (rc == ERR_OK)
        rc = note_version(reading, err);
    if (rc == ERR_OK && recognise_ctf_name(reading->file, &header, text))
        rc = note(reading, text, err);
    return rc;
}

/* The header's texts must outlive its tree. */
static enum err_code keep_header(struct reading *reading, const struct xml_node *node,
        struct err *err)
{
    struct buf buf = buf_make(&reading->arena, XML_PIECE_MAX);
    const char *xml;
    struct xml_node *first;
    enum err_code rc;

    xml_write(&buf, node, -1);
    rc = buf_end(&buf, &xml, NULL, err);
    if (rc == ERR_OK)
        rc = xml_parse(&reading->arena, reading->file, xml, &first, err);
    return rc == ERR_OK ? take_header(reading, first, err) : rc;
}

static enum err_code not_kept(const struct reading *reading, const struct xml_node *node,
        struct err *err)
{
    char text[160];

    (void)snprintf(text, sizeof(text),
            "The element %.60s on line %ld stands outside the header and the pupils and was "
            "left "
            "out.",
            node->name, node->line);
    return note(reading, text, err);
}

static enum err_code on_piece(void *data, int depth, const struct xml_node *node,
        struct arena *arena, struct err *err)
{
    struct reading *reading = data;
    const struct sink *sink = reading->sink;
    struct ctf_pupil pupil;
    enum err_code rc;

    if (depth == 2 && text_eq_fold(node->name, "Header") && !reading->has_header)
        return keep_header(reading, node, err);
    if (depth != 3 || !text_eq_fold(node->name, "Pupil"))
        return not_kept(reading, node, err);
    rc = ctf_pupil_read(node, &reading->header, reading->file, arena, &pupil, err);
    if (rc == ERR_OK && sink->on_pupil != NULL)
        rc = sink->on_pupil(sink->data, &pupil.pupil, err);
    for (size_t i = 0; rc == ERR_OK && i < pupil.result_n && sink->on_result != NULL; i++)
        rc = sink->on_result(sink->data, &pupil.results[i], err);
    return rc;
}

enum err_code ctf_read(struct source *source, const struct sink *sink, struct err *err)
{
    struct reading reading = {
        .file = source->name,
        .sink = sink,
        .arena = { .limit = HEADER_MAX },
    };
    const struct xml_handler handler = { &reading, on_start, on_piece };
    enum err_code rc = xml_read(source, &handler, err);

    if (rc == ERR_OK && (!reading.has_header || !reading.has_data)) {
        err_set(err, ERR_INVALID, "the transfer file has no %s",
                reading.has_header ? "CTFpupilData, so no pupils" : "Header");
        err_hint(err, "Ask the sender to make the file again.");
        rc = err_where(err, source->name, 0, NULL);
    }
    arena_free(&reading.arena);
    return rc;
}
