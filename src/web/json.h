/*
 * json: the two things every machine answer needs: a quoted text and an error.
 */
#ifndef WEB_JSON_H
#define WEB_JSON_H

#include "base/buf.h"
#include "base/err.h"

/* `text` as a JSON string with its quotes; NULL is null. Bytes that are not UTF-8 become
 * U+FFFD. */
void json_text(struct buf *buf, const char *text);

/* {"error":{"code":...,"message":...,"hint":...,"where":{...}}}; `reference` 0 is left out. */
void json_error(struct buf *buf, const struct err *err, unsigned reference);

#endif
