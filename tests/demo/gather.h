/*
 * gather: what the tests of the demo share: every record of a school on one day, handed
 * to a function, and a few tallies over them.
 */
#ifndef TESTS_DEMO_GATHER_H
#define TESTS_DEMO_GATHER_H

#include <stdint.h>

#include "base/date.h"
#include "demo/demo.h"

/* The demo on a day written yyyy-mm-dd. */
struct demo gather_demo(int school, const char *today);

/* A hash over every field of every record of a school on that day, and how many there were. */
struct fingerprint {
    uint64_t hash;
    long schools, pupils, groups, results, national;
};
struct fingerprint gather_fingerprint(int school, const char *today);

/* The value of an attribute that holds on a day, "" when none does. */
const char *gather_attribute(const struct pupil_record *pupil, const char *attribute,
        struct date day);

/* Whether a pupil is on roll that day, by the dates in the record. */
bool gather_on_roll(const struct pupil_record *pupil, struct date day);

#endif
