/*
 * Fuzz target: tables and mappings. The first byte chooses which allocation fails (0: none),
 * the second the kind of table; the rest is the file. For a mapping it is the mapping, a line
 * of dashes, and the table.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/csv_files.h"
#include "exchange/mapping.h"
#include "exchange/recognise.h"

/* Touch every byte of a text, so that one that is gone is noticed. */
static size_t touched;

static void touch(const char *text)
{
    touched += text == NULL ? 0 : strlen(text);
}

static enum err_code on_pupil(void *data, const struct pupil_record *pupil, struct err *err)
{
    (void)data;
    (void)err;
    touch(pupil->upn);
    touch(pupil->surname);
    for (size_t i = 0; i < pupil->attribute_n; i++)
        touch(pupil->attributes[i].value);
    return ERR_OK;
}

static enum err_code on_result(void *data, const struct result_record *result, struct err *err)
{
    (void)data;
    (void)err;
    touch(result->upn);
    touch(result->grade);
    touch(result->mark);
    touch(result->source);
    touch(result->laestab);
    return ERR_OK;
}

static enum err_code on_finding(void *data, const struct finding *finding, struct err *err)
{
    (void)data;
    (void)err;
    touch(finding->column);
    touch(finding->value);
    touch(finding->reason);
    return ERR_OK;
}

static enum err_code on_note(void *data, const char *text, struct err *err)
{
    (void)data;
    (void)err;
    touch(text);
    return ERR_OK;
}

static enum err_code read_mapped(const char *bytes, size_t n, const struct sink *sink,
        struct err *err)
{
    const char *dashes = n < 4 ? NULL : memmem(bytes, n, "\n--\n", 4);
    struct arena arena = { .limit = (size_t)16 << 20 };
    struct mapping mapping;
    struct source source;
    size_t map_n = dashes == NULL ? n : (size_t)(dashes - bytes) + 1;
    enum err_code rc = mapping_parse("fuzz.map", bytes, map_n, &arena, &mapping, err);

    if (rc == ERR_OK && dashes != NULL) {
        source_memory(&source, "fuzz.csv", dashes + 4, n - map_n - 3);
        rc = mapping_read(&mapping, &source, sink, err);
    }
    arena_free(&arena);
    return rc;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum file_kind kinds[] = { FILE_PUPILS, FILE_RESULTS, FILE_GROUPS,
        FILE_HISTORY, FILE_SCHOOLS, FILE_NATIONAL, FILE_MAPPED };
    const struct sink sink = {
        .on_pupil = on_pupil,
        .on_result = on_result,
        .on_finding = on_finding,
        .on_note = on_note,
    };
    const char *bytes = (const char *)data + 2;
    enum file_kind kind;
    struct source source;
    struct err err = { 0 };
    enum err_code rc;

    if (size < 2)
        return 0;
    source_memory(&source, "fuzz.csv", bytes, size - 2);
    (void)recognise_file(&source, &kind, &err);
    kind = kinds[data[1] % COUNT(kinds)];
    source.at = 0;
    arena_fault(data[0] == 0 ? -1 : data[0], 0);
    rc = kind == FILE_MAPPED ? read_mapped(bytes, size - 2, &sink, &err)
                             : csv_file_read(&source, kind, &sink, &err);
    if (arena_fault_fired() && rc == ERR_OK)
        abort();
    arena_fault(-1, 0);
    if (rc != ERR_OK && (err.code != rc || err.message[0] == '\0'))
        abort();
    return 0;
}
