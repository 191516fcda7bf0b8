/*
 * template: HTML templates to C, at build time.
 *
 * A template is an HTML file whose first line declares what it draws:
 *
 *     {{view struct progress_view from "web/pages/progress.h"}}
 *     {{view none}}
 *
 * and becomes `void page_NAME(struct html *out, const struct progress_view *view)` (NAME is
 * the file's name, '-' as '_'; without the second parameter for `none`). In it:
 *
 *     {{title}} {{pupil.surname}} {{frame->school}}   a value: a field of the view, as in C
 *     {{#if count}} ... {{else}} ... {{/if}}          {{#if !count}} too
 *     {{#each rows as row}} {{row.name}} {{/each}}    fields `rows` and `rows_n` (size_t)
 *     {{>sprite}} {{>pupil_row row}}                  another template, with what it draws
 *     {{#wrap layout frame}} ... {{/wrap}}            inside another template's {{slot}}
 *     {{! words for the reader of the template }}
 *
 * A field that does not exist, or has a type that cannot stand there, is an error of the C
 * compiler at the template's own line. This compiler follows the HTML around each value and
 * refuses every place where escaping cannot make it safe (template_html.h).
 */
#ifndef TOOLS_TEMPLATE_H
#define TOOLS_TEMPLATE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"

struct template_source {
    const char *path; /* as it should stand in messages */
    const char *text; /* NUL-terminated */
};

struct template_output {
    const char *header; /* declares every page function */
    const char *source; /* defines them; includes `header_name` */
};

/*
 * Compile all templates together, for they call each other. ERR_INVALID with file, line and
 * element for the first fault; ERR_MEMORY.
 */
MUST_USE enum err_code template_compile(const struct template_source *sources, size_t n,
        const char *header_name, struct arena *arena, struct template_output *ret_output,
        struct err *err);

#endif
