/*
 * bench_files: the files that `attain bench` brings in: an invented secondary school of
 * 1,150 pupils in Years 7 to 9, the same bytes on every machine.
 */
#ifndef CLI_BENCH_FILES_H
#define CLI_BENCH_FILES_H

#include <stdint.h>

#include "base/err.h"

enum {
    BENCH_PUPILS = 1150,
    BENCH_SUBJECTS = 12,
    BENCH_TERMS = 9,
    BENCH_CTF_RESULTS = 40, /* a pupil */
    BENCH_CELLS = BENCH_PUPILS * BENCH_SUBJECTS,
    BENCH_JUDGEMENTS = BENCH_CELLS * BENCH_TERMS
};

#define BENCH_LAESTAB "8064001"
#define BENCH_TODAY "2010-03-27"

/* Each writes one file; *ret_bytes is its size. ERR_IO. */
MUST_USE enum err_code bench_write_pupils(const char *path, int64_t *ret_bytes,
        struct err *err);
/* One judgement a pupil, subject and term: 124,200 rows. */
MUST_USE enum err_code bench_write_judgements(const char *path, int64_t *ret_bytes,
        struct err *err);
/* A prior result and a target a pupil and subject. */
MUST_USE enum err_code bench_write_lines(const char *path, int64_t *ret_bytes, struct err *err);
/* A transfer file with 40 results a pupil. */
MUST_USE enum err_code bench_write_ctf(const char *path, int64_t *ret_bytes, struct err *err);

#endif
