/*
 * pupil_parts: the parts of a pupil's page, from the report `pupil`.
 */
#ifndef WEB_PAGES_PUPIL_PARTS_H
#define WEB_PAGES_PUPIL_PARTS_H

#include "analysis/cohort.h"
#include "web/pages/pupil.h"

struct pupil_page {
    struct request *request;
    struct visit *visit;
    struct report *report;
    struct cohort_pupil pupil; /* as the gate lets it through */
    struct url here;
    const char *subject; /* whose flight path is asked for; "" none in particular */
    bool whole_history;
};

/* pupil.c: read the record, and note the visit. ERR_NOT_FOUND when the person may not see it.
 */
MUST_USE enum err_code pupil_open(struct request *request, struct pupil_page *page,
        struct err *err);

/* pupil.c: fill the view and answer with the page. */
MUST_USE enum err_code pupil_draw(struct pupil_page *page, struct pupil_view *view,
        struct response *response, int status, struct err *err);

/* Fill everything but the layout and what a form brought. */
MUST_USE enum err_code pupil_fill(struct pupil_page *page, struct pupil_view *view,
        struct err *err);

/* What setting this pupil's target in a subject still needs (enum need); 0 also when it may
   not be set at all. */
unsigned pupil_target_needs(const struct pupil_page *page, const char *subject);

#endif
