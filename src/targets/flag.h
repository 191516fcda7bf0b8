/*
 * flag: above, on or below, in words and signs.
 *
 * Pure. Thresholds count steps (sub-levels; grades or thirds in KS4); a school may set
 * its own (D1.2). Defaults of contract 3.4: well below two or more under, below one
 * under, on, above one or more over.
 */
#ifndef TARGETS_FLAG_H
#define TARGETS_FLAG_H

#include "base/err.h"

enum flag {
    FLAG_NONE,
    FLAG_WELL_BELOW,
    FLAG_BELOW,
    FLAG_ON,
    FLAG_ABOVE,
    FLAG_WELL_ABOVE,
    FLAG__MAX
};

struct flag_rule {
    int well_below; /* steps <= this: well below (-2) */
    int below;      /* steps <= this: below (-1) */
    int above;      /* steps >= this: above (1) */
    int well_above; /* steps >= this: well above; 0: the school does not use it */
};

struct flag_rule flag_rule_default(void);

/* Read "well-below -2, below -1, above 1[, well-above 3]"; ERR_INVALID when they do not ascend.
 */
MUST_USE enum err_code flag_rule_parse(const char *text, struct flag_rule *ret_rule,
        struct err *err);
enum {
    FLAG_RULE_SIZE = 80
};
const char *flag_rule_text(const struct flag_rule *rule, char buffer[FLAG_RULE_SIZE]);

enum flag flag_of(const struct flag_rule *rule, int steps);

const char *flag_code(enum flag flag); /* "well-below"; NULL for FLAG_NONE */
enum flag flag_find(const char *code); /* FLAG_NONE for an unknown one */
const char *flag_word(enum flag flag); /* "Well below"; "" for FLAG_NONE */
const char *flag_sign(enum flag flag); /* "▼▼"; "–" for FLAG_NONE */

#endif
