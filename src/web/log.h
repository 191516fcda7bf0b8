/*
 * log: one line for each answer, without personal data.
 *
 *   2026-03-27T15:50:02Z GET /pupils/{id} 200 19576 1234
 *
 * time (UTC), method, the route's pattern (never the address asked for, which could hold a
 * search), status, bytes of the body, microseconds from the first header to the last byte.
 * A failure adds its reference number and cause; control characters come out as '?'.
 */
#ifndef WEB_LOG_H
#define WEB_LOG_H

#include <stddef.h>
#include <stdint.h>

#include "web/request.h"
#include "web/response.h"

enum {
    LOG_LINE = 512
};

/* Write the line into `line`, with its line end; returns its length. */
size_t log_line(char line[LOG_LINE], const struct request *request,
        const struct response *response, int64_t microseconds);

/* Write it to a descriptor in one piece; file < 0: nowhere. */
void log_write(int file, const char *line, size_t n);

#endif
