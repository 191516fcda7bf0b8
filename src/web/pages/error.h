/*
 * error: the page for everything that could not be answered.
 */
#ifndef WEB_PAGES_ERROR_H
#define WEB_PAGES_ERROR_H

#include "web/pages/layout.h"

struct error_view {
    struct layout_view layout;
    const char *heading;   /* what is wrong, a sentence */
    const char *hint;      /* what to do, a sentence or "" */
    const char *reference; /* of a failure of ours; NULL: none */
    struct url home;
};

#endif
