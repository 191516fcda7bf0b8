/*
 * overlap: sets of pupils, each given by a formula, and how they overlap (D3.2).
 *
 * Pure. A region is everybody in exactly the sets of a bit mask: bit 0 is the first set, mask 0
 * is outside all. A pupil for whom any set's formula is missing is in no region, but left
 * out: missing is neither yes nor no.
 */
#ifndef ANALYSIS_OVERLAP_H
#define ANALYSIS_OVERLAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/formula.h"
#include "base/arena.h"
#include "base/err.h"

enum {
    OVERLAP_LEAST = 2,
    OVERLAP_MOST = 6,
    OVERLAP_REGIONS = 1 << OVERLAP_MOST,
    OVERLAP_NAME = 60, /* characters of a name, of a formula that stands for one */
    OVERLAP_OUT = 0xFF
};

/* One set as it is written. */
struct overlap_set {
    const char *name; /* the formula itself where it was given none */
    const char
            *formula;  /* blanks before it, so that places in it count from the list's start */
    const char *shown; /* the formula alone */
};

struct overlap_sets {
    struct overlap_set sets[OVERLAP_MOST];
    size_t n;
};

/*
 * Read "NAME: FORMULA; NAME: FORMULA". Names may be left out, with their colon; a semicolon at
 * the end is allowed; what stands in quotation marks is the formula's. The texts live in
 * `arena`. Errors: ERR_INVALID with what is wrong and where: fewer than OVERLAP_LEAST or more
 * than OVERLAP_MOST sets, nothing between two semicolons, a name that is empty, too long or
 * there twice, more than FORMULA_BYTES in all. ERR_MEMORY.
 */
MUST_USE enum err_code overlap_read(struct arena *arena, const char *text,
        struct overlap_sets *ret_sets, struct err *err);

struct overlap {
    size_t set_n;
    int64_t counts[OVERLAP_REGIONS];
    int64_t sizes[OVERLAP_MOST];   /* pupils in the set, of those counted */
    int64_t without[OVERLAP_MOST]; /* pupils for whom the set's formula is missing */
    int64_t counted, left_out;
    uint8_t *region; /* a mask for each pupil; OVERLAP_OUT: left out */
};

/* Count n pupils; answers[i] holds set i's enum answer of each. ERR_MEMORY. */
MUST_USE enum err_code overlap_make(struct arena *arena, const uint8_t *const *answers,
        size_t set_n, size_t pupil_n, struct overlap *ret_overlap, struct err *err);

/*
 * Which regions to hide from people who may see no single pupil: those with 1 to `most` pupils,
 * and with each three more that differ from it in one of two sets, in the other and in both.
 * The total and the size of every set may then be known: a pupil could be moved around such a
 * square of four without a change in any of them, so none of its counts is given away. The
 * square with the fewest pupils is taken; where a region has none, all are hidden. Returns
 * whether any is hidden.
 */
bool overlap_hide(const struct overlap *overlap, int64_t most, bool hidden[OVERLAP_REGIONS]);

/* How many sets a mask holds. */
size_t overlap_bits(unsigned mask);

/*
 * Which pupils "AC" asks for: those in exactly the first and the third set; "AC+" in
 * those and perhaps in others; "none" those in no set. ERR_NOT_FOUND with what there is.
 */
struct overlap_asked {
    unsigned mask;
    bool more; /* others may hold them too */
};
MUST_USE enum err_code overlap_ask(const char *text, size_t set_n,
        struct overlap_asked *ret_asked, struct err *err);

static inline bool overlap_is_asked(struct overlap_asked asked, uint8_t region)
{
    return region != OVERLAP_OUT &&
           (asked.more ? (region & asked.mask) == asked.mask : region == asked.mask);
}

/* "AC", "none". */
enum {
    OVERLAP_LETTERS_SIZE = OVERLAP_MOST + 2
};
const char *overlap_letters(unsigned mask, char buffer[OVERLAP_LETTERS_SIZE]);

#endif
