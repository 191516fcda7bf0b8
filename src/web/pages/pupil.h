/*
 * pupil: everything joined up about one pupil, /pupils/{id}, as far as the person may see it.
 */
#ifndef WEB_PAGES_PUPIL_H
#define WEB_PAGES_PUPIL_H

#include "web/pages/layout.h"
#include "web/pages/reports_tree.h"

enum {
    PUPIL_INPUT_N = 3,
    PUPIL_TARGET_INPUT_N = 3,
    PUPIL_HISTORY = 30 /* newest entries shown at once */
};
extern const struct input pupil_inputs[PUPIL_INPUT_N];
extern const struct input pupil_target_inputs[PUPIL_TARGET_INPUT_N];

struct pupil_tag {
    const char *code, *title;
};

struct pupil_field {
    const char *label, *value;
};

struct pupil_link {
    const char *label;
    struct url url;
    bool here;
};

/* Setting the target of the subject whose flight path is shown. */
struct pupil_target {
    const char *subject, *subject_name; /* code; NULL: no form */
    const char *grade, *reason;         /* as typed */
    bool wants_reason;
    const char *said;    /* what was saved, a sentence; or NULL */
    const char **alerts; /* what to think about, sentences */
    size_t alerts_n;
};

/* A note on the record, newest first. */
struct pupil_note {
    int64_t no;
    const char *kind, *under; /* "A. Person, 27 March 2026, 15:42" */
    const char **lines;       /* what was written; none once it is withdrawn */
    size_t lines_n;
    const char *withdrawn; /* by whom, when, why, a sentence; NULL: it stands */
    bool takes_back;       /* the person may withdraw it */
    bool here;             /* its form came back */
    const char *why;       /* as typed */
};

struct pupil_note_kind {
    const char *code, *label;
    bool here;
};

struct pupil_notes {
    bool sees, writes;
    struct url action;
    struct pupil_note *items;
    size_t items_n;
    struct pupil_note_kind kinds[4];
    size_t kinds_n;
    int most;                      /* characters of a note */
    const char *kind, *body, *why; /* as typed; NULL: nothing yet */
    int64_t no;                    /* the note to be withdrawn; 0: none */
    bool adds;                     /* the form of a new note came back */
};

struct pupil_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url pupils, form_url; /* the registration group's list; text NULL: none */
    const char *form;
    struct url here;
    const char *name, *under;
    struct pupil_tag tags[6];
    size_t tags_n;
    struct pupil_field fields[4];
    size_t fields_n;
    const char *says;
    struct html_safe subjects, chart, contacts, history, about;
    bool has_contacts;
    struct pupil_link *paths; /* the subjects that have a flight path */
    size_t paths_n;
    struct pupil_target target;
    bool target_refused; /* its form came back */
    struct pupil_notes notebook;
    struct pupil_link *groups;
    size_t groups_n;
    struct pupil_field *facts; /* what holds today */
    size_t facts_n;
    struct url history_all; /* text NULL: all are here */
    size_t history_n;
    const char *const *notes; /* the report's, without their heading */
    size_t notes_n;
    struct tree_twin twins[TREE_TWINS];
    size_t twins_n;
    struct html_safe foot;
};

enum err_code pupil_show(struct request *request, struct response *response, struct err *err);
enum err_code pupil_set_target(struct request *request, struct response *response,
        struct err *err);

#endif
