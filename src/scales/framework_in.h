/*
 * framework_in: the names and values behind struct framework, for the files of src/scales
 * only. How files become a framework is in framework_draft_in.h.
 */
#ifndef SCALES_FRAMEWORK_IN_H
#define SCALES_FRAMEWORK_IN_H

#include "scales/framework.h"

/* Whether there is nothing but spaces to see. */
bool is_blank(const char *text);

/* framework_index.c: names (case and spaces ignored) to indexes, in one table by scope. */
enum scope {
    SCOPE_METRIC,
    SCOPE_SCALE,
    SCOPE_SUBJECT,
    SCOPE_STAGE,
    SCOPE_MEASURE,
    SCOPE_SOURCE,
    SCOPE_GRADES, /* + the scale's index */
};
struct name_slot {
    const char *text;
    uint32_t hash;
    int32_t scope;
    int32_t index;
};
struct names {
    struct name_slot *slots;
    uint32_t size, n; /* size: a power of two, or 0 */
};
enum names_result {
    NAMES_ADDED,
    NAMES_TAKEN,
    NAMES_MEMORY
};

/* The length of the blank (space, tab, wide or narrow no-break space) that `text` begins with.
 */
size_t name_blank(const char *text);

int names_find(const struct names *names, int scope, const char *text);
enum names_result names_add(struct arena *arena, struct names *names, int scope,
        const char *text, int index);

/* Whether `text` begins with `prefix` (case and spaces ignored) and goes on; *ret_rest is
   what follows. */
bool name_after(const char *text, const char *prefix, const char **ret_rest);

struct stored_slot {
    const char *scale, *grade;
    uint32_t hash;
    struct value value;
};

struct framework_index {
    struct names names;
    struct stored_slot *stored;
    uint32_t stored_size;
    int16_t *metric_of_scale;
    const char *const **prefixes; /* by scale: NULL or a list ending in NULL */
    int16_t *rule_of;             /* [stage + 1][subject + 1], -1: none */
};

/* Enter every grade for framework_stored. */
MUST_USE enum err_code index_stored(struct framework *fw, struct arena *arena, struct err *err);

/* ladder.c: the value of a grade, of a number on a numeric scale. */
struct value value_of_grade(const struct framework *fw, int grade);
struct value value_of_number(const struct framework *fw, int scale, int32_t number);

/* grade.c: read `text` as a number of a numeric scale. */
enum number_read {
    NUMBER_OK,
    NUMBER_NOT,
    NUMBER_OUTSIDE,
    NUMBER_PLACES
};
enum number_read number_read(const struct framework *fw, int scale, const char *text,
        struct value *ret_value);

#endif
