/*
 * ctf_pupil: one Pupil element of a Common Transfer File as records.
 */
#ifndef EXCHANGE_CTF_PUPIL_IN_H
#define EXCHANGE_CTF_PUPIL_IN_H

#include "exchange/record.h"
#include "exchange/xml.h"

/* More results than this of one pupil are refused. */
enum {
    CTF_RESULT_MAX = 4096
};

struct ctf_pupil {
    struct pupil_record pupil;
    struct result_record *results;
    size_t result_n;
};

/* Records of `node`; they live in `arena` and borrow from node. `file` is for messages.
   Errors: ERR_INVALID (too many results), ERR_MEMORY. */
MUST_USE enum err_code ctf_pupil_read(const struct xml_node *node,
        const struct ctf_header *header, const char *file, struct arena *arena,
        struct ctf_pupil *ret_pupil, struct err *err);

/* The results in one StageAssessments element, added to those of `pupil`; what in it is
   no plain result comes as *ret_rest, a tree to be kept (NULL: nothing). */
MUST_USE enum err_code ctf_results_read(const struct xml_node *node, const char *file,
        struct arena *arena, struct ctf_pupil *pupil, struct xml_node **ret_rest,
        struct err *err);

/* The parts of a StageAssessment element, as they came. */
struct ctf_parts;
void ctf_parts_of(const struct xml_node *node, const char *stage, struct ctf_parts *ret_parts);

/* The header out of its element. `arena` owns the texts. ERR_MEMORY. */
MUST_USE enum err_code ctf_header_read(const struct xml_node *node, struct arena *arena,
        struct ctf_header *ret_header, struct err *err);

#endif
