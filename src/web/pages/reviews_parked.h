/*
 * reviews_parked: late entries that could not be saved, on /reviews, for those who open and
 * close reviews; and putting one aside, /reviews/parked/{id}.
 */
#ifndef WEB_PAGES_REVIEWS_PARKED_H
#define WEB_PAGES_REVIEWS_PARKED_H

#include "web/pages/reviews.h"

/* Fill view->parked and note in the audit whose were shown. */
MUST_USE enum err_code reviews_fill_parked(struct request *request, struct reviews_view *view,
        struct err *err);

/* POST: dealt with. */
enum err_code reviews_settle_parked(struct request *request, struct response *response,
        struct err *err);

#endif
