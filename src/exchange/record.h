/*
 * record: what a file says, before anybody has decided whether it is true.
 *
 * Readers of CTF, CSV and mapped files turn bytes into these records and hand them
 * one by one to a sink; nothing here knows the database. Texts are borrowed: they
 * live until the sink function returns. A field that the file does not give is
 * NULL; one it gives as empty is "".
 */
#ifndef EXCHANGE_RECORD_H
#define EXCHANGE_RECORD_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

enum file_kind {
    FILE_UNKNOWN,
    FILE_CTF,
    FILE_PUPILS,
    FILE_RESULTS,
    FILE_GROUPS,
    FILE_HISTORY,
    FILE_SCHOOLS,
    FILE_NATIONAL,
    FILE_FRAMEWORK,
    FILE_MAPPED, /* a supplier's file read through a column mapping */
    FILE__MAX,
};

/* "ctf", "pupils" ...; FILE_UNKNOWN for an unknown word. */
const char *file_kind_name(enum file_kind kind);
enum file_kind file_kind_parse(const char *name);

/*
 * A row, or a part of it, that is not taken in. Not an err: the reading goes on.
 * `row` counts from 1 with the header as row 1; in XML it is the line.
 */
struct finding {
    long row;
    const char *column;
    const char *value;
    const char *reason; /* a sentence without its full stop: what is wrong and what would be
                           right */
};

/* One dated characteristic: "sen" = "A" from 2010-10-01. Attribute names are the
   columns of pupils.csv, and those of CTF that pupils.csv does not have. */
struct attribute_record {
    const char *attribute;
    const char *value;
    const char *from; /* a date as text, or NULL: from the day of the import */
    const char *to;   /* or NULL: open */
};

struct contact_record {
    const char *order, *title, *surname, *forename, *relationship, *responsibility;
    const char *phone, *email, *address;
    const char *xml; /* the whole element as it came, or NULL */
};

/* A part of a CTF that no column models, kept to go out again: path "Attendance", its XML. */
struct rest_record {
    const char *path;
    const char *xml;
};

struct pupil_record {
    long row;
    const char *upn, *former_upn, *surname, *forename, *dob, *sex;
    const struct attribute_record *attributes;
    size_t attribute_n;
    const struct contact_record *contacts;
    size_t contact_n;
    const struct rest_record *rests;
    size_t rest_n;
    const char *laestab; /* the pupil's school, seven digits; NULL: the import's school */
};

struct result_record {
    long row;
    const char *upn;
    const char *subject, *kind, *stage, *date, *review, *grade, *mark, *max_mark, *scale,
            *source;
    /*
     * CTF only: the nine fields of the StageAssessment as they came, joined by '|':
     * Locale|Year|Subject|Method|Component|ResultStatus|ResultQualifier|Result|ResultDate
     * and, tenth, the Stage of the key stage around it. exchange/ctf_codes.h reads and
     * writes them (an element that is there but empty, or holds a '|', is marked).
     * With an origin, a subject or grade the framework does not know is kept as it
     * came and not refused.
     */
    const char *origin;
    const char *laestab; /* the pupil's school, seven digits; NULL: the import's school */
};

struct group_record {
    long row;
    const char *upn, *group, *type, *subject, *from, *to;
    const char *laestab; /* the pupil's school, seven digits; NULL: the import's school */
};

/* One dated value of one characteristic. A file of them says the whole history of each
   characteristic it names. */
struct history_record {
    long row;
    const char *upn, *attribute, *value, *from, *to;
    const char *laestab; /* the pupil's school, seven digits; NULL: the import's school */
};

struct school_record {
    long row;
    const char *laestab, *name, *phase, *tag, *from, *to;
};

struct national_record {
    long row;
    const char *body, *measure, *subject, *year, *percent;
};

/* The head of a CTF; "" where the file does not say. */
struct ctf_header {
    const char *version, *qualifier, *descriptor, *supplier, *datetime;
    const char *source_lea, *source_estab, *source_name, *academic_year;
    const char *dest_lea, *dest_estab;
    const char *rest_xml;      /* SuppInfo and anything unknown, as it came */
    const char *document_name; /* "Common Transfer File" */
    const char *source_urn, *dest_urn;
};

/*
 * Where records go. Any function may be NULL (such records are then passed over).
 * A function that returns other than ERR_OK (with *err filled) stops the reading,
 * and the reader returns that code. `data` is passed through.
 */
struct sink {
    void *data;
    enum err_code (*on_header)(void *data, const struct ctf_header *header, struct err *err);
    enum err_code (*on_pupil)(void *data, const struct pupil_record *pupil, struct err *err);
    enum err_code (*on_result)(void *data, const struct result_record *result, struct err *err);
    enum err_code (*on_group)(void *data, const struct group_record *group, struct err *err);
    enum err_code (*on_history)(void *data, const struct history_record *row, struct err *err);
    enum err_code (*on_school)(void *data, const struct school_record *school, struct err *err);
    enum err_code (
            *on_national)(void *data, const struct national_record *row, struct err *err);
    /* A row that cannot be a record (a missing column, bad quoting); it is refused. */
    enum err_code (*on_finding)(void *data, const struct finding *finding, struct err *err);
    /* Something worth saying that refuses nothing: an unknown column kept out, a name
       and header that disagree. `text` is a sentence. */
    enum err_code (*on_note)(void *data, const char *text, struct err *err);
};

#endif
