/*
 * Fuzz target: transfer files. The first byte chooses which allocation fails (0: none); the
 * rest is the file. Each pupil read is written out again: what was kept must be readable.
 */
#include <stdint.h>
#include <stdlib.h>

#include "exchange/ctf_read.h"
#include "exchange/ctf_write.h"
#include "exchange/recognise.h"

enum {
    RESULT_MAX = 64
};

struct fuzzing {
    struct ctf_writer writer;
    struct arena arena;
    struct buf buf;
};

static enum err_code on_header(void *data, const struct ctf_header *header, struct err *err)
{
    struct fuzzing *fuzzing = data;
    const struct output output = output_to_buf(&fuzzing->buf);

    return ctf_write_begin(&fuzzing->writer, &output, header, err);
}

static enum err_code on_pupil(void *data, const struct pupil_record *pupil, struct err *err)
{
    struct fuzzing *fuzzing = data;
    enum err_code rc = ctf_write_pupil(&fuzzing->writer, pupil, NULL, 0, err);

    if (rc == ERR_INVALID)
        abort();
    return rc;
}

static enum err_code on_result(void *data, const struct result_record *result, struct err *err)
{
    const struct pupil_record pupil = { .upn = result->upn };
    struct fuzzing *fuzzing = data;

    return ctf_write_pupil(&fuzzing->writer, &pupil, result, 1, err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzzing fuzzing = { .arena = { .limit = (size_t)64 << 20 } };
    const struct sink sink = {
        .data = &fuzzing,
        .on_header = on_header,
        .on_pupil = on_pupil,
        .on_result = on_result,
    };
    struct source source;
    enum file_kind kind;
    struct err err = { 0 };
    enum err_code rc;

    if (size == 0)
        return 0;
    fuzzing.buf = buf_make(&fuzzing.arena, (size_t)8 << 20);
    fuzzing.writer.output = output_to_buf(&fuzzing.buf);
    source_memory(&source, "fuzz.xml", (const char *)data + 1, size - 1);
    (void)recognise_file(&source, &kind, &err);
    arena_fault(data[0] == 0 ? -1 : data[0], 0);
    source.at = 0;
    rc = ctf_read(&source, &sink, &err);
    if (arena_fault_fired() && rc == ERR_OK)
        abort();
    arena_fault(-1, 0);
    if (rc != ERR_OK && (err.code != rc || err.message[0] == '\0'))
        abort();
    arena_free(&fuzzing.arena);
    return 0;
}
