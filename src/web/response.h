/*
 * response: what is answered, apart from how it is sent.
 *
 * A zeroed response is "nothing was answered" and becomes an error page. Bodies live in the
 * request's arena or are constant. Header values with a line end are refused silently: the
 * header is left out.
 */
#ifndef WEB_RESPONSE_H
#define WEB_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "web/html.h"

enum {
    RESPONSE_HEADERS = 8
};

struct response_header {
    const char *name;
    const char *value;
};

/* The headers that every answer carries, whatever it is. */
extern const struct response_header response_always[];
extern const size_t response_always_n;

struct response {
    int status;
    const char *type; /* media type; text types get their charset here */
    const char *body;
    size_t n;
    bool lasting; /* an asset: may be cached for ever; else Cache-Control: no-store */
    bool encoded; /* the body is already gzip */
    bool plain;   /* never compress it */
    struct response_header headers[RESPONSE_HEADERS];
    size_t headers_n;
    unsigned reference;  /* of a failure; 0: none. For the log */
    const char *failure; /* its detail, for the log; no personal data */
};

/* A page. Errors: what html_end reports. */
MUST_USE enum err_code response_page(struct response *response, int status, struct html *html,
        struct err *err);

/* Any body. `type` is a constant. */
void response_body(struct response *response, int status, const char *type, const char *body,
        size_t n);

/* 303: see this address of ours, with GET. */
void response_go(struct response *response, struct url url);

/* Add a header; `value` must outlive the response. */
void response_header(struct response *response, const char *name, const char *value);

/*
 * Offer the body as a file: Content-Disposition with the name in ASCII and in UTF-8.
 * Never put a person's name into it. ERR_MEMORY.
 */
MUST_USE enum err_code response_attach(struct response *response, const char *filename,
        struct arena *arena, struct err *err);

/*
 * Set the session cookie: `attain` over plain HTTP, `__Host-attain` with Secure over TLS;
 * HttpOnly, SameSite=Lax, Path=/. `value` "" removes it. ERR_MEMORY.
 */
MUST_USE enum err_code response_cookie(struct response *response, const char *value,
        bool secure, struct arena *arena, struct err *err);

/* The name of that cookie. */
const char *response_cookie_name(bool secure);

/* The status an error code stands for: 422, 404, 403, 409 or 500. */
int response_status(enum err_code code);

#endif
