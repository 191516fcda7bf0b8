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
