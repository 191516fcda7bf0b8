/*
 * heading: what a request's headers say, judged before anything is read.
 *
 * One interpretation of a message's length or none: a request that names two lengths, or a
 * length and a transfer coding, is refused, and so is a body where none belongs.
 */
#ifndef WEB_HEADING_H
#define WEB_HEADING_H

#include "web/request.h"

enum {
    HEADING_MAX = 16384,
    HEADING_FIELDS = 100
};

struct heading {
    size_t bytes;
    size_t fields;
    int hosts;
    int lengths;
    int codings;
    bool broken;
    uint64_t length;     /* of the body, when lengths is 1 */
    const char *cookies; /* the Cookie header; the first one counts */
};

/* Take one header into account and, where the program needs it, into *request. */
void heading_add(struct heading *heading, struct request *request, const char *name,
        const char *value);

/*
 * Whether a header was folded over lines, by where name and value lie in memory.
 * libmicrohttpd 0.9 joins the second line to the header's name, so that "Content-Length" may
 * vanish or come from nowhere; a header that was not folded still stands as it came: name,
 * colon (now a NUL), blanks, value. For that library's pointers only.
 */
bool heading_is_folded(const char *name, const char *value);

/* 0, or the status to refuse with: 400, 431. */
int heading_judge(const struct heading *heading, enum method method);

/* Whether a body comes. */
bool heading_has_body(const struct heading *heading);

#endif
