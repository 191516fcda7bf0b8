/*
 * ctf_write: pupils as a Common Transfer File.
 *
 * Begin with the header, then one call for each pupil, then the end. UTF-8, no namespace,
 * elements in the order of the format, two spaces a level. A pupil's records are those
 * ctf_read gives, brought up to date by whoever hands them over:
 *
 * - rests go out as they came, save what the school has changed since: a child of
 *   BasicDetails, the first language, InCare; entries of the SEN and free-meals histories
 *   that are new are added by their start, a period that has ended since gets its end.
 *   Entries that came with the file are never taken out. An attribute whose rest is not
 *   there (the pupil came by pupils.csv) makes its element; attributes the format has no
 *   place for (house, registration ...) are left out.
 *   Of several records of one attribute the one with the latest `from` holds.
 * - contacts go out as their XML, or made of their fields where there is none;
 * - results with an origin go out as they came, the others as a StageAssessment with
 *   Locale ENG, the Year of the date, Subject and Component (REA stands under ENG), Method
 *   TT for tests and mocks, NA (not assessed) for predictions, else TA, or what the source
 *   begins with, and a qualifier: by the scale ("nc-decimal" ND, "p" NP, "nc..." NL), else EG
 *   at KS4 and KS5, NM for numbers, NL for levels, NC for the rest. A likely grade and a
 *   prediction are both estimates (E); the Method tells the teacher's from the model's.
 *
 * The element for the sex is Gender below version 23, Sex from it on.
 */
#ifndef EXCHANGE_CTF_WRITE_H
#define EXCHANGE_CTF_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "exchange/output.h"
#include "exchange/record.h"

struct ctf_writer {
    struct output output;
    bool sex; /* the version says Sex, not Gender */
};

/*
 * Write everything before the first pupil. Fields of `header` that are NULL or "" are
 * left out, save: version, by default the last two digits of academic_year (2012 is "12.0")
 * or "12.0"; qualifier, by default "full"; document_name.
 *
 * Errors: ERR_INVALID when rest_xml cannot be read, ERR_MEMORY, those of the output.
 */
MUST_USE enum err_code ctf_write_begin(struct ctf_writer *writer, const struct output *output,
        const struct ctf_header *header, struct err *err);

/* Errors as above; for ERR_INVALID the message names the pupil's UPN. */
MUST_USE enum err_code ctf_write_pupil(struct ctf_writer *writer,
        const struct pupil_record *pupil, const struct result_record *results, size_t result_n,
        struct err *err);

/* The parts of a result that has no origin; false without memory. Texts of the record are
   borrowed. */
struct ctf_parts;
MUST_USE bool ctf_write_parts(const struct result_record *result, struct arena *arena,
        struct ctf_parts *ret_parts);

MUST_USE enum err_code ctf_write_end(struct ctf_writer *writer, struct err *err);

#endif
