/*
 * pupil_notes: the notes on a pupil's page, and writing and withdrawing one,
 * /pupils/{id}/notes.
 */
#ifndef WEB_PAGES_PUPIL_NOTES_H
#define WEB_PAGES_PUPIL_NOTES_H

#include "web/pages/pupil_parts.h"

enum {
    PUPIL_NOTE_INPUT_N = 5
};
extern const struct input pupil_note_inputs[PUPIL_NOTE_INPUT_N];

/* Fill the part of the notes, as of the page's day; what was typed stays as it is. */
MUST_USE enum err_code pupil_fill_notes(const struct pupil_page *page, struct pupil_view *view,
        struct err *err);

/* POST: do=add with kind and body, do=withdraw with note and why. */
enum err_code pupil_change_notes(struct request *request, struct response *response,
        struct err *err);

#endif
