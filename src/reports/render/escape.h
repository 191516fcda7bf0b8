/*
 * escape: one escaper for each format. Whatever bytes come in, what goes out is valid
 * UTF-8 that its format cannot mistake for markup: bytes that are not UTF-8 become U+FFFD.
 */
#ifndef REPORTS_RENDER_ESCAPE_H
#define REPORTS_RENDER_ESCAPE_H

#include "base/buf.h"

/*
 * For element content and for attributes in either kind of quotes: & < > " ' become
 * references; control characters other than tab and line feed, and noncharacters, become
 * U+FFFD.
 */
void escape_html(struct buf *buf, const char *text);

/* A JSON string with its quotes, or null for NULL. Control characters, U+2028 and U+2029
   are written as \u. */
void escape_json(struct buf *buf, const char *text);

/*
 * A CSV field after RFC 4180: quoted when it holds a quote, a comma or a line break.
 * A text that begins with = + - @ tab, CR or LF, which a spreadsheet would take for a
 * formula, gets a ' in front when `defuse` is set.
 */
void escape_csv(struct buf *buf, const char *text, bool defuse);

/* For a terminal: line breaks and tabs become spaces; every other control character and
   the characters that turn the direction of writing become U+FFFD. */
void escape_terminal(struct buf *buf, const char *text);

#endif
