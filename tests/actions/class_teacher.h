/*
 * class_teacher: who teaches 5B in the tests of marksheets; the first account of the school.
 */
#ifndef TESTS_ACTIONS_CLASS_TEACHER_H
#define TESTS_ACTIONS_CLASS_TEACHER_H

#include "school/access.h"

static const struct grant teacher_grant = { .role = ROLE_TEACHER,
    .kind = GRANT_GROUP,
    .value = "5B",
    .subject = "",
    .school_id = 1 };
static const struct person teacher = { .account_id = 1,
    .username = "test",
    .name = "R. Patel",
    .grants = &teacher_grant,
    .grant_n = 1 };

#endif
