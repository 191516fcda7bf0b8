/*
 * syntax: small checkers of JSON, CSV and HTML that share nothing with the renderers.
 */
#ifndef TESTS_REPORTS_SYNTAX_H
#define TESTS_REPORTS_SYNTAX_H

#include <stddef.h>

/* Where `text` stops being one JSON value (RFC 8259); NULL when all of it is one. */
const char *syntax_json(const char *text);

/* The fields of each record when all have the same, else -1; -1 also for bad quotes. */
int syntax_csv(const char *text);

/*
 * NULL when every tag is closed in order, attributes are quoted and known to be harmless (no
 * style, no on...), ids are unique and #-references have their id; else what is wrong.
 */
const char *syntax_html(const char *text);

#endif
