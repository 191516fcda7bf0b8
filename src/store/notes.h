/*
 * notes: what staff wrote about a pupil. Append-only: a withdrawal is a row of its own, and
 * the words stay on record.
 *
 * What store/store.h says of arenas, transactions and errors holds here.
 */
#ifndef STORE_NOTES_H
#define STORE_NOTES_H

#include "store/store.h"

struct note_row {
    int64_t pupil_id;
    int64_t note_no;    /* 0 on adding: a new note */
    int64_t seq;        /* given out by the school's counter */
    const char *kind;   /* actions/note.h has the words */
    const char *body;   /* of a withdrawal: why */
    bool withdrawn;     /* this row takes the note back */
    int64_t account_id; /* who, 0: the command line */
    const char *recorded_by, *recorded_at;
};
struct note_row_list {
    struct note_row *items;
    size_t n;
};

/* Add a row; its numbers are taken from the school's. *ret_no is the note's. Within a
   transaction. */
MUST_USE enum err_code store_note_add(struct store *store, int64_t school_id,
        const struct note_row *row, int64_t *ret_no, struct err *err);

/* Every row about a pupil recorded until the stamp, by note and order of recording. */
MUST_USE enum err_code store_notes(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *until, struct arena *arena, struct note_row_list *ret_list,
        struct err *err);

#endif
