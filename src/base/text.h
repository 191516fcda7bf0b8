/*
 * text: small questions about NUL-terminated UTF-8 texts. No locale, no allocation.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

/* Equal, letter for letter; NULL equals only NULL. */
bool text_eq(const char *a, const char *b);

/* Equal when A-Z count as a-z. */
bool text_eq_fold(const char *a, const char *b);

/* Order as by strcmp of the ASCII-folded texts. */
int text_cmp_fold(const char *a, const char *b);

/* Whether `text` is NULL or "". */
bool text_empty(const char *text);

/* 0 to 9, whatever the locale. */
static inline bool text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether a word is in a list joined by commas ("ENG,MAT"); NULL and "" hold nothing. */
bool text_in_list(const char *list, const char *word);

/* Whether `text` begins with `start`. */
bool text_starts(const char *text, const char *start);

/* Cut spaces, tabs, CR, LF and no-break spaces from both ends, in place; returns the new
   start. */
char *text_trim(char *text);

/* A-Z to a-z, and back, in place; returns text. */
char *text_lower(char *text);
char *text_upper(char *text);

/* The length of the valid UTF-8 (no surrogates, no overlong forms) that `bytes` starts with;
   NUL bytes count as characters. */
size_t text_utf8_valid(const char *bytes, size_t n);

/*
 * The character *text points at; steps *text behind it. A byte that is no part of
 * valid UTF-8 gives U+FFFD and is stepped over alone. 0 at the end, without a step.
 */
uint32_t text_next(const char **text);

/* How many columns of a terminal one character takes: 0 for combining marks, 2 for wide ones.
 */
size_t text_char_width(uint32_t c);

/* How many columns of a terminal the text takes: characters less combining marks, wide ones
   two, a byte that is not UTF-8 one. */
size_t text_width(const char *text);

/*
 * Fold for searching and sorting names: lower case, accents off the letters of
 * Latin-1 and Latin Extended-A, apostrophes, hyphens and combining marks dropped.
 * Writes at most size - 1 bytes, whole characters only, and a NUL.
 * "O'Shea-Núñez" folds to "osheanunez".
 */
void text_fold_name(const char *text, char *buffer, size_t size);

/* A whole decimal integer, optional sign, nothing else; false when it is not, or does not fit.
 */
MUST_USE bool text_int(const char *text, int64_t *ret_value);

/*
 * A decimal number ("12", "-0.25", "4.5") in thousandths, rounded half away from
 * zero. At most 12 digits before the point. False when it is not one.
 */
MUST_USE bool text_milli(const char *text, int64_t *ret_milli);

/* Thousandths as the shortest decimal text: 4500 is "4.5", -250 is "-0.25"; returns buffer. */
enum {
    TEXT_MILLI_SIZE = 24
};
const char *text_from_milli(int64_t milli, char buffer[TEXT_MILLI_SIZE]);

/* Copy what fits, whole characters only; always terminated (size is at least 1); returns
   whether all of it fitted. */
bool text_copy(char *buffer, size_t size, const char *text);

/*
 * How far two texts are apart in single-letter edits (ASCII-folded), at most `limit`; for
 * "did you mean". Texts that differ over more than 128 characters count as `limit` apart.
 */
size_t text_distance(const char *a, const char *b, size_t limit);

#endif
