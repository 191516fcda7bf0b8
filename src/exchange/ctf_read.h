/*
 * ctf_read: a Common Transfer File as records, streamed pupil by pupil.
 *
 * Reads full and partial files of any version, with or without a namespace, elements in
 * any order, Gender or Sex (and Admissions Transfer Files, which are built alike).
 * exchange/xml.h has the limits and what is refused.
 *
 * For each pupil the sink gets one pupil_record, then its result_records. `row` is the
 * line. UPNs are in capitals without blanks; whether they are right is for the taker.
 *
 * What a pupil's record holds:
 * - the identity; former_upn from BasicDetails;
 * - attributes: year_group, ethnicity, language (the first), fsm ("Y", a record for each
 *   period, from and to), sen (a record for each entry, from its start; a later one ends
 *   an earlier one), looked_after (Y or N), uln, uci, entry_date and leaving_date only
 *   when the school history has an entry for the school the file is sent to, and every
 *   other plain child of BasicDetails under its name in small letters
 *   (preferred_surname, enrol_status ...);
 * - contacts, each with its whole XML;
 * - rests: the whole XML of every child of Pupil but the identity, the contacts and the
 *   results, path = its name; children of one name are one rest. Also, under the names
 *   Pupil, UPN ..., Contacts and StageAssessments, what these have besides the plain
 *   (attributes, unknown parts; in StageAssessments the results that have them, whole).
 *   So everything goes out again; layout and comments do not.
 *
 * A result: subject = the Component where that is a subject (REA, WRI, MAT ...), else the
 * Subject. kind by ResultStatus: R and P result, I assessment, E prediction, T target.
 * stage = Stage (Y03 is Y3). grade = Result. scale: "nc-decimal" for decimal levels
 * (ND, NF with a point), "p" for P levels, else NULL. date = ResultDate, else 30 June of
 * Year: where only the year is known the result belongs to that summer.
 * source = Method alone for plain judgements (qualifiers NL NP NC EG LG) of the subject;
 * else followed by the Component and the qualifier ("TT CHK NY"); "P" is added to a
 * provisional result and the locale where it is not ENG. Two results that would still
 * look like one with two grades are set apart by qualifier or number, so a file that
 * comes twice changes nothing. origin keeps all parts as they came.
 */
#ifndef EXCHANGE_CTF_READ_H
#define EXCHANGE_CTF_READ_H

#include "exchange/record.h"
#include "exchange/source.h"

/*
 * Read the whole of `source` into `sink`. on_header comes before the pupils where the
 * header stands before them, as it should. on_note is told when the file's name and the
 * header disagree, the version is not known to have existed, or an element is not kept
 * because it stands outside the header and the pupils.
 *
 * Errors: ERR_INVALID with file and line when it is no transfer file, holds no pupils'
 * data, is cut off or beyond a limit; ERR_MEMORY, ERR_IO; any code the sink returns.
 * Records may have been handed over before an error: the taker discards them.
 */
MUST_USE enum err_code ctf_read(struct source *source, const struct sink *sink,
        struct err *err);

#endif
