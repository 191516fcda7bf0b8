/*
 * aspect: what may be typed in the cells of a template's aspects on a marksheet.
 */
#ifndef ACTIONS_ASPECT_H
#define ACTIONS_ASPECT_H

#include "actions/marksheet.h"

/*
 * Read what was typed for an aspect: a grade of its scale, a mark, a number, yes or no, words;
 * or a reason ("Abs"). *ret_text is how it is recorded. ERR_INVALID with a message and a hint.
 */
MUST_USE enum err_code aspect_read(struct context *context, const struct aspect *aspect,
        const char *typed, const char **ret_text, struct err *err);

/* The same for an entered column of the template; none for numbers and words. */
MUST_USE enum err_code aspect_choices(struct context *context, const struct aspect *aspect,
        struct cell_choice **ret_choices, size_t *ret_n, struct err *err);

#endif
