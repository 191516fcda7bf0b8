/*
 * sign_in: the page where a session begins.
 */
#ifndef WEB_PAGES_SIGN_IN_H
#define WEB_PAGES_SIGN_IN_H

#include "web/pages/layout.h"
#include "web/route.h"

struct sign_in_view {
    struct layout_view layout;
    struct problems_view problems;
    const char *username;  /* as typed */
    const char *return_to; /* the page asked for first; "" for the home page */
    const char *said;      /* why one is here ("You signed out"), or NULL */
    bool code;             /* the second step: ask for the code of the authenticator too */
};

extern const struct route sign_in_routes[];
extern const size_t sign_in_route_n;

#endif
