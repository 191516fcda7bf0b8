/*
 * recognise: what kind of file this is, by its content. The name is never believed.
 *
 * A Common Transfer File by its root element; CSV files by the columns of their header
 * line; a framework by its first directive.
 */
#ifndef EXCHANGE_RECOGNISE_H
#define EXCHANGE_RECOGNISE_H

#include <stdbool.h>

#include "exchange/record.h"
#include "exchange/source.h"

enum {
    RECOGNISE_NOTE_SIZE = 240
};

/*
 * The kind of `source` (never FILE_MAPPED: a mapping is named by a person). The source
 * is read from its beginning and rewound.
 *
 * Errors: ERR_INVALID with the file when it is nothing that is understood; the message
 * says what was found, the hint what is understood. ERR_MEMORY, ERR_IO.
 */
MUST_USE enum err_code recognise_file(struct source *source, enum file_kind *ret_kind,
        struct err *err);

/*
 * Whether the name of a transfer file (sssssss_TTT_ddddddd_nnn.xml) and its header
 * disagree about who sends or receives it; `note` is then a sentence about it. Other
 * names say nothing and do not disagree. L, X and M in a place of digits (an authority,
 * nobody known) match nothing in particular.
 */
bool recognise_ctf_name(const char *name, const struct ctf_header *header,
        char note[RECOGNISE_NOTE_SIZE]);

#endif
