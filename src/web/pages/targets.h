/*
 * targets: the alerts on targets, /targets: the report `targets` with its filters. A target is
 * set on the pupil's page.
 */
#ifndef WEB_PAGES_TARGETS_H
#define WEB_PAGES_TARGETS_H

#include "web/route.h"

extern const struct route targets_routes[];
extern const size_t targets_route_n;

#endif
