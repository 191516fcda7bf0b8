/*
 * build_authority_in: what the two parts of the report `authority` share: filling its tables,
 * and which small numbers of a measure are hidden.
 */
#ifndef REPORTS_BUILD_AUTHORITY_IN_H
#define REPORTS_BUILD_AUTHORITY_IN_H

#include "reports/build.h"

enum authority_body {
    BODY_AUTHORITY,
    BODY_NATIONAL,
    BODY_SUPPORTED,
    BODY_NOT_SUPPORTED,
    BODY__MAX,
};

struct authority_build {
    struct report *report;
    const struct authority *in;
    struct table *attainment, *schools, *groups;
    size_t fixed; /* columns before those of the years */
    bool suppress;

    /* Of the measure that is being shown; what of it is hidden: */
    const struct authority_measure *measure;
    bool *hide_body;   /* [body * year_n + y]; only bodies of pupils */
    bool *hide_school; /* [s * year_n + y] */
    bool *hide_group;  /* [g * year_n + y] */
};

/* Take up a measure: where small numbers are hidden, settle which of it. */
void authority_begin_measure(struct authority_build *b,
        const struct authority_measure *measure);

#endif
