/*
 * fact: a dated judgement, result, target or prediction as it stands on record.
 *
 * Facts only accumulate. Two facts with the same key (pupil, subject, kind, stage, date,
 * source) are one statement and its correction: the later recorded (greater seq) holds,
 * the earlier stays readable. A withdrawn fact says that the key has no value any more.
 */
#ifndef ASSESSMENTS_FACT_H
#define ASSESSMENTS_FACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"

enum fact_kind {
    FACT_RESULT,     /* the final outcome of a stage; another word for it is prior */
    FACT_ASSESSMENT, /* the level a pupil is working at */
    FACT_LIKELY,     /* the outcome the teacher expects at the end of the course */
    FACT_TEST,
    FACT_MOCK,
    FACT_TARGET,     /* what we aim for; `stage` is its horizon */
    FACT_PREDICTION, /* what a model says; `stage` is its horizon, `source` the model */
    FACT_KIND__MAX,
};

#define MARK_NONE INT64_MIN

struct fact {
    int64_t pupil_id;
    int64_t seq; /* 0 until it is stored */
    int64_t import_id;
    enum fact_kind kind;
    struct date date;
    const char *subject; /* code of the framework, or as the file wrote it when scale is "" */
    const char *stage;   /* "" where none was given */
    const char *source;  /* "" where none was given */
    const char *review;
    const char *scale; /* "": kept as it came, not understood */
    const char *grade;
    int64_t mark, max_mark; /* thousandths, or MARK_NONE */
    const char *origin;     /* the nine fields of a transfer file joined by '|', or "" */
    const char *recorded_at;
    bool withdrawn;
};

/* "result" .. "prediction" */
const char *fact_kind_name(enum fact_kind kind);

/* Also takes "prior" for a result; false when the word is unknown. */
bool fact_kind_parse(const char *word, enum fact_kind *ret_kind);

/* Whether both are the same statement (same key). */
bool fact_same_key(const struct fact *a, const struct fact *b);

/* Whether the two say the same (value, marks, review, origin, withdrawn). */
bool fact_same_content(const struct fact *a, const struct fact *b);

#endif
