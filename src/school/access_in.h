/*
 * access_in: the table behind `may`.
 *
 * A cell is scopes and conditions in one number: bit s is enum scope s; from CELL_NEED on
 * enum need; from CELL_IF on what must be given for the cell to hold at all.
 */
#ifndef SCHOOL_ACCESS_IN_H
#define SCHOOL_ACCESS_IN_H

#include "school/access.h"

enum {
    CELL_NEED_SHIFT = 16,
    CELL_IF_OPTION = 1 << 24, /* o the school allows it */
    CELL_IF_EXTRA = 1 << 25,  /* d the grant has it (delegated, given) */
};

struct access_rule {
    enum action action;
    enum field field;
    uint32_t cells[ROLE__MAX];
    unsigned option, extra; /* which, for cells with CELL_IF_... */
};

extern const struct access_rule access_rules[];
extern const size_t access_rule_n;

const struct access_rule *access_rule_find(enum action action, enum field field);

/* Marks, targets, predictions and comments belong to a subject. */
bool field_has_subject(enum field field);

#endif
