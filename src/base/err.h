/*
 * err: why an operation stopped.
 *
 * A function that can fail returns enum err_code and takes a struct err as its
 * last argument. On ERR_OK it has set its ret_ arguments and left *err alone.
 * On any other code it has filled *err and left its ret_ arguments alone.
 *
 * An err holds its own text: reporting ERR_MEMORY allocates nothing.
 *
 * message  for the user: what is wrong with which data; lower case, no full stop
 * hint     for the user: what to do; a sentence, or ""
 * where    file, row and column of the data complained of, when there is one
 * detail   for the log only: SQL state, errno
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/attr.h"

enum err_code {
    ERR_OK = 0,
    ERR_MEMORY,    /* an allocation failed, or the arena's limit was reached */
    ERR_INVALID,   /* the data breaks a rule the user can read about */
    ERR_USAGE,     /* the command line is wrong */
    ERR_NOT_FOUND, /* nothing has that key */
    ERR_CLOSED,    /* the window or review for this change is shut */
    ERR_FORBIDDEN, /* the role may not do this */
    ERR_CONFLICT,  /* somebody else changed it first */
    ERR_IO,        /* a file could not be read or written */
    ERR_STORE,     /* the database refused or failed; see detail */
    ERR__MAX,
};

struct err {
    enum err_code code;
    char message[320];
    char hint[240];
    char detail[240];
    char file[200];
    long row;        /* 1 is the header line; 0: none */
    char column[64]; /* "" when there is none */
};

/* Fill *err with `code` and the message and return `code`: a failure is one line. The arguments
   may be texts of *err itself. What does not fit is cut after a whole character. */
enum err_code err_set(struct err *err, enum err_code code, const char *fmt, ...) PRINTF(3, 4);

/* Add the hint to an err already set; returns its code. */
enum err_code err_hint(struct err *err, const char *fmt, ...) PRINTF(2, 3);

/* Add the detail for the log to an err already set; returns its code. */
enum err_code err_detail(struct err *err, const char *fmt, ...) PRINTF(2, 3);

/* Say which file, row (0: none) and column (NULL: none) an err is about. */
enum err_code err_where(struct err *err, const char *file, long row, const char *column);

/* "out of memory", without allocating. */
enum err_code err_memory(struct err *err);

/* The word for a code in machine-readable output: "invalid", "not_found" ... */
const char *err_code_name(enum err_code code);

#endif
