#include "pupils/upn.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
enum {
    LETTER_N = 23,
    LENGTH = 13,
    TEMPORARY_A_YEAR = 100 * LETTER_N
};

/* Authorities of England past and present, and the ranges of Wales and the rest. */
static const struct {
    int16_t first, last;
} authorities[] = {
    { 1, 5 },
    { 201, 213 },
    { 301, 320 },
    { 330, 336 },
    { 340, 344 },
    { 350, 359 },
    { 370, 373 },
    { 380, 384 },
    { 390, 394 },
    { 420, 420 },
    { 660, 681 },
    { 701, 708 },
    { 800, 803 },
    { 805, 808 },
    { 810, 813 },
    { 815, 816 },
    { 820, 823 },
    { 825, 826 },
    { 830, 831 },
    { 835, 841 },
    { 845, 846 },
    { 850, 852 },
    { 855, 857 },
    { 860, 861 },
    { 865, 896 },
    { 908, 909 },
    { 916, 916 },
    { 919, 919 },
    { 921, 921 },
    { 925, 926 },
    { 928, 929 },
    { 931, 931 },
    { 933, 933 },
    { 935, 938 },
    { 940, 943 },
};

static char capital(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* What a check or trailing letter is worth; -1 for no letter of the alphabet. */
static int letter_worth(char c)
{
    const char *found = c == '\0' ? NULL : strchr(letters, capital(c));

    return found == NULL ? -1 : (int)(found - letters);
}

char upn_letter(const char *rest)
{
    int sum = 0;

    for (int i = 0; i < LENGTH - 1; i++) {
        int worth = -1;

        if (text_is_digit(rest[i]))
            worth = rest[i] - '0';
        else if (i == LENGTH - 2)
            worth = letter_worth(rest[i]);
        if (worth < 0)
            return '\0';
        sum += worth * (i + 2);
    }
    return rest[LENGTH - 1] == '\0' ? letters[sum % LETTER_N] : '\0';
}

static void explain(char *reason, const char *fmt, ...) PRINTF(2, 3);

static void explain(char *reason, const char *fmt, ...)
{
    va_list args;

    if (reason == NULL)
        return;
    va_start(args, fmt);
    (void)vsnprintf(reason, UPN_REASON_SIZE, fmt, args);
    va_end(args);
}

/* Why the twelve characters behind a check letter cannot be right. */
static void explain_characters(const char *upn, char *reason)
{
    for (int i = 1; i < LENGTH - 1; i++) {
        if (!text_is_digit(upn[i])) {
            explain(reason, "character %d should be a digit", i + 1);
            return;
        }
    }
    explain(reason, "the last character should be a digit, or for a temporary number a letter "
                    "other than I, O and S");
}

enum upn_kind upn_check(const char *upn, char reason[UPN_REASON_SIZE])
{
    size_t n = upn == NULL ? 0 : strlen(upn);
    char right;

    explain(reason, "%s", "");
    if (n == 0) {
        explain(reason, "the UPN is missing");
        return UPN_WRONG;
    }
    if (n != LENGTH) {
        explain(reason, "a UPN has 13 characters, this has %zu", n);
        return UPN_WRONG;
    }
    if (letter_worth(upn[0]) < 0) {
        explain(reason, "the first character should be a letter other than I, O and S");
        return UPN_WRONG;
    }
    right = upn_letter(upn + 1);
    if (right == '\0') {
        explain_characters(upn, reason);
        return UPN_WRONG;
    }
    if (capital(upn[0]) != right) {
        explain(reason, "the check letter should be %c, not %c", right, capital(upn[0]));
        return UPN_WRONG;
    }
    return text_is_digit(upn[LENGTH - 1]) ? UPN_PERMANENT : UPN_TEMPORARY;
}

char *upn_normalise(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        if (*from != ' ' && *from != '-' && *from != '\t')
            *to++ = capital(*from);
    }
    *to = '\0';
    return text;
}

bool upn_la_known(const char *upn)
{
    int code = 0;

    for (int i = 1; i <= 3; i++) {
        if (!text_is_digit(upn[i]))
            return false;
        code = code * 10 + (upn[i] - '0');
    }
    for (size_t i = 0; i < COUNT(authorities); i++) {
        if (code >= authorities[i].first && code <= authorities[i].last)
            return true;
    }
    return false;
}

static bool seven_digits(const char *laestab)
{
    size_t n = 0;

    while (laestab != NULL && text_is_digit(laestab[n]))
        n++;
    return n == 7 && laestab[n] == '\0';
}

bool upn_make(const char *laestab, int year, int serial, char buffer[UPN_SIZE])
{
    char rest[UPN_SIZE];

    if (!seven_digits(laestab) || year < 0 || serial < 0 || serial > 999)
        return false;
    (void)snprintf(rest, sizeof(rest), "%.7s%02d%03d", laestab, year % 100, serial);
    buffer[0] = upn_letter(rest);
    memcpy(buffer + 1, rest, LENGTH);
    return true;
}

bool upn_make_temporary(const char *laestab, int year, int number, char buffer[UPN_SIZE])
{
    char rest[UPN_SIZE];

    if (!seven_digits(laestab) || year < 0 || year > 9999 || number < 0 ||
            number / TEMPORARY_A_YEAR > 99)
        return false;
    (void)snprintf(rest, sizeof(rest), "%.7s%02d%02d%c", laestab,
            (year + number / TEMPORARY_A_YEAR) % 100, number / LETTER_N % 100,
            letters[number % LETTER_N]);
    buffer[0] = upn_letter(rest);
    memcpy(buffer + 1, rest, LENGTH);
    return true;
}

bool uln_check(const char *uln, char reason[UPN_REASON_SIZE])
{
    int sum = 0;
    int n = 0;

    explain(reason, "%s", "");
    while (uln != NULL && n < 10 && text_is_digit(uln[n])) {
        sum += (uln[n] - '0') * (10 - n);
        n++;
    }
    if (n != 10 || uln[n] != '\0') {
        explain(reason, "a ULN has 10 digits");
        return false;
    }
    if (uln[0] == '0') {
        explain(reason, "a ULN does not begin with 0");
        return false;
    }
    if (sum % 11 != 10) {
        explain(reason, "the last digit does not fit the others; one of them is mistyped");
        return false;
    }
    return true;
}
