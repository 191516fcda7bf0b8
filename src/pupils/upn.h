/*
 * upn: unique pupil numbers, and unique learner numbers.
 *
 * A UPN has 13 characters: a check letter, the three digits of the authority and the
 * four of the school that gave it, the two of the year, and a serial of three. A
 * temporary one has a letter in place of the last digit. The letters are the 23 of
 * the alphabet without I, O and S, worth 0 to 22. The check letter is the one whose
 * worth is the sum of characters 2 to 13, each times its place, modulo 23.
 *
 * A ULN has 10 digits, the first not 0; their sum, weighted 10 to 1, leaves 10 modulo 11.
 *
 * Source: the Unique Pupil Number data standard and the rule for learner numbers.
 * Pure: no store, no clock, no allocation.
 */
#ifndef PUPILS_UPN_H
#define PUPILS_UPN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

enum {
    UPN_SIZE = 14,
    UPN_REASON_SIZE = 160
};

enum upn_kind {
    UPN_WRONG,
    UPN_PERMANENT,
    UPN_TEMPORARY,
};

/*
 * What `upn` is, small letters counting as capitals. For UPN_WRONG `reason` says why
 * ("the check letter should be P, not Q"), lower case without full stop; else it is "".
 * `reason` may be NULL. Whether the authority exists is another question: upn_la_known.
 */
enum upn_kind upn_check(const char *upn, char reason[UPN_REASON_SIZE]);

/*
 * Capitals, without spaces and hyphens, in place (a UPN typed by hand). Returns text;
 * nothing else is changed, so a wrong number stays recognisable.
 */
char *upn_normalise(char *text);

/*
 * The check letter of the twelve characters after it (eleven digits, then a digit or
 * a letter); 0 when they cannot be part of a UPN.
 */
char upn_letter(const char *rest);

/*
 * Whether characters 2 to 4 are an authority of England (past or present), of Wales
 * (660 to 681), or one of the other codes in use (001 to 005, 701 to 708). An unknown
 * authority is worth a warning, not a refusal. `upn` has at least four characters.
 */
bool upn_la_known(const char *upn);

/*
 * A permanent number of the school `laestab` (seven digits), `year` (two digits are
 * used) and `serial` (0 to 999). False when an argument does not fit; buffer is then
 * untouched.
 */
MUST_USE bool upn_make(const char *laestab, int year, int serial, char buffer[UPN_SIZE]);

/*
 * The `number`th (from 0) temporary number of a school: `number` 0 to 2299 in the given
 * year (00A, 00B ... 99Z), those past it in the years after. As upn_make otherwise.
 */
MUST_USE bool upn_make_temporary(const char *laestab, int year, int number,
        char buffer[UPN_SIZE]);

/* Whether `uln` is a learner number that could have been issued; `reason` as above. */
MUST_USE bool uln_check(const char *uln, char reason[UPN_REASON_SIZE]);

#endif
