/*
 * ctf_codes: the codes of the Common Transfer File and what they are called here.
 *
 * These are codes of the format itself (Common Basic Data Set), not of any assessment
 * framework: a code that is not known passes through unchanged.
 */
#ifndef EXCHANGE_CTF_CODES_H
#define EXCHANGE_CTF_CODES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

/* The parts of one StageAssessment, in the order of the format; last the Stage around it. */
enum ctf_part {
    CTF_LOCALE,
    CTF_YEAR,
    CTF_SUBJECT,
    CTF_METHOD,
    CTF_COMPONENT,
    CTF_STATUS,
    CTF_QUALIFIER,
    CTF_RESULT,
    CTF_DATE,
    CTF_STAGE,
    CTF_PART__MAX,
};

struct ctf_parts {
    const char *parts[CTF_PART__MAX]; /* NULL: no such element */
};

/* The element's name of a part: "ResultQualifier". */
const char *ctf_part_name(enum ctf_part part);

/*
 * The parts joined by '|', as result_record keeps them, and back. A part that is not there
 * is nothing, one that is there but empty "\e"; a '|' in a part is "\p", a '\' is "\\".
 * NULL and ERR_MEMORY without memory; ctf_origin_split also takes a text with fewer parts.
 */
char *ctf_origin_join(const struct ctf_parts *parts, struct arena *arena);
MUST_USE enum err_code ctf_origin_split(const char *origin, struct arena *arena,
        struct ctf_parts *ret_parts, struct err *err);

/* Whether a Component is the code of a subject of its own (reading, writing, mathematics). */
bool ctf_is_subject(const char *code);

/* The Subject that a subject's results stand under: REA and WRI under ENG, others under
   themselves. */
const char *ctf_subject_of(const char *subject);

/* R and P are "result", I "assessment" and by the method TT a "test", E by the method TA
   "likely" (the teacher's estimate) and by another "prediction", T "target"; NULL for another.
 */
const char *ctf_kind_of_status(const char *status, const char *method);

/* R for results, I for assessments, tests and mocks (a school's own test must not arrive as the
   outcome of a stage), E for likely grades and predictions, T for targets. */
const char *ctf_status_of_kind(const char *kind);

/* Y03 is "Y3" here; other stages keep their code. Back: Y3 is "Y03". */
const char *ctf_stage_read(const char *stage, struct arena *arena);
const char *ctf_stage_write(const char *stage, struct arena *arena);

/*
 * Children of BasicDetails and the attribute each is, in the order of the format.
 * Other children are attributes under their own name in small letters.
 */
struct ctf_detail {
    const char *element;
    const char *attribute;
};
extern const struct ctf_detail ctf_details[];
extern const size_t ctf_detail_n;

/* The attribute's name of a child of BasicDetails; NULL without memory. */
const char *ctf_attribute_name(const char *element, struct arena *arena);

#endif
