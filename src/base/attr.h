/*
 * attr: the compiler attributes this code base allows itself, and COUNT.
 */
#ifndef BASE_ATTR_H
#define BASE_ATTR_H

#include <stddef.h>

/* The result says whether the work was done; dropping it is an error. */
#define MUST_USE __attribute__((warn_unused_result))

/* Arguments are checked like printf's: format is argument f, values start at a. */
#define PRINTF(f, a) __attribute__((format(printf, f, a)))

/* Calls fn(&variable) when the variable goes out of scope. */
#define CLEANUP(fn) __attribute__((cleanup(fn)))

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
