/*
 * import_outcome: what an import has to say, gathered while it goes on. Texts are copied
 * into the outcome's arena, which is the context's.
 */
#ifndef ACTIONS_IMPORT_OUTCOME_H
#define ACTIONS_IMPORT_OUTCOME_H

#include "actions/import.h"

struct outcome_writer {
    struct arena *arena;
    struct import_outcome *outcome;
};

/* A refused row (or part of it): a format for the reason, a sentence without its stop. */
MUST_USE enum err_code outcome_refuse(struct outcome_writer *writer,
        const struct finding *where, struct err *err, const char *fmt, ...) PRINTF(4, 5);

/* A sentence that refuses nothing. */
MUST_USE enum err_code outcome_note(struct outcome_writer *writer, struct err *err,
        const char *fmt, ...) PRINTF(3, 4);

/* A sentence about results kept as they came. */
MUST_USE enum err_code outcome_kept(struct outcome_writer *writer, struct err *err,
        const char *fmt, ...) PRINTF(3, 4);

MUST_USE enum err_code outcome_doubt(struct outcome_writer *writer, const struct doubt *doubt,
        struct err *err);

/* Put the refusals in the order of the file's rows. */
void outcome_sort(struct import_outcome *outcome);

#endif
