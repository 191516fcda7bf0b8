/*
 * marksheet_in: what the parts of the marksheet page share.
 */
#ifndef WEB_PAGES_MARKSHEET_IN_H
#define WEB_PAGES_MARKSHEET_IN_H

#include "web/pages/marksheet.h"
#include "web/request.h"
#include "web/response.h"

enum sheet_sort {
    SORT_PUPIL,
    SORT_GROUPS,
    SORT_EXTRA,
    SORT_PRIOR,
    SORT_TARGET,
    SORT_EARLIER_1,
    SORT_EARLIER_2,
    SORT_EARLIER_3,
    SORT_PROGRESS,
    SORT_ENTRY,
    SORT_GAP,
    SORT_FLAG,
    SORT__MAX,
};

enum sheet_show {
    SHOW_ALL,
    SHOW_TODO,
    SHOW_WELL,
    SHOW_BELOW,
    SHOW_ABOVE,
    SHOW_SEN,
    SHOW_PREMIUM,
    SHOW_EAL,
    SHOW__MAX,
};

/* A characteristic that can be shown in a column of its own. */
enum sheet_extra {
    EXTRA_NONE,
    EXTRA_SET,
    EXTRA_REGISTRATION,
    EXTRA_SEX,
    EXTRA_BORN,
    EXTRA_ETHNICITY,
    EXTRA_LANGUAGE,
    EXTRA_FSM,
    EXTRA_LOOKED_AFTER,
    EXTRA_GIFTED,
    EXTRA_HOUSE,
    EXTRA__MAX,
};

extern const char *const sheet_sort_words[SORT__MAX + 1];
extern const char *const sheet_show_words[SHOW__MAX + 1];
extern const char *const sheet_extra_words[EXTRA__MAX + 1];
extern const char *const sheet_extra_labels[EXTRA__MAX];

/* What the address asks for. */
struct sheet_asked {
    enum sheet_sort sort;
    size_t sort_column; /* which of several columns to write in */
    bool down;          /* the highest first */
    enum sheet_show show;
    enum sheet_extra extra;
    int64_t pupil; /* whose panel is open; 0 none */
    const char *subject;
    bool history;  /* the panel is the cell's history, else why */
    int64_t saved; /* how many were saved just now */
};

struct sheet_page {
    struct request *request;
    struct context *context;
    struct sheet *sheet;
    struct sheet_asked asked;
    const struct save_outcome *outcome; /* of a save that came back, or NULL */
    const char *keep;
    size_t *order; /* places in the cohort, as shown */
    size_t order_n;
};

struct sheet_asked sheet_asked_of(const struct request *request);
struct sheet_options sheet_options_of(const struct sheet_asked *asked);

/* Which pupils, in which order: page->order. ERR_MEMORY. */
enum err_code sheet_arrange(struct sheet_page *page, struct err *err);
/* Whether a pupil belongs to what is shown. */
bool sheet_shows(const struct sheet *sheet, enum sheet_show show, size_t pupil);
/* Places with no entry in any column. */
bool sheet_todo(const struct sheet *sheet, size_t pupil);

/* The page's own address with one thing asked for in another way. */
struct url sheet_url(const struct sheet_page *page, const char *name, const char *value);

/* Heads, rows, panels and messages of the table. ERR_MEMORY and what the history's read says.
 */
enum err_code sheet_table(struct sheet_page *page, struct marksheet_view *view,
        struct err *err);
/* Everything around it. */
enum err_code sheet_frame(struct sheet_page *page, struct marksheet_view *view,
        struct err *err);

/* What came of a cell in the save that came back; NULL: it was not sent. */
const struct cell_outcome *sheet_outcome(const struct sheet_page *page, size_t pupil,
        size_t column);

enum err_code sheet_why(struct sheet_page *page, size_t pupil, size_t column,
        struct sheet_panel *ret_panel, struct err *err);
enum err_code sheet_past(struct sheet_page *page, size_t pupil, size_t column,
        struct sheet_panel *ret_panel, struct err *err);

/* Words shared by page, autosave and twins. Texts live in the arena; NULL when memory is out.
 */
const char *value_words(const struct sheet *sheet, struct arena *arena, struct value value);
const char *gap_words(const struct sheet *sheet, struct arena *arena, size_t pupil,
        size_t column);
const char *progress_words(const struct sheet *sheet, struct arena *arena, size_t pupil,
        size_t column);
enum flag sheet_flag(const struct sheet *sheet, size_t pupil, size_t column);
const char *flag_css(enum flag flag); /* "well", "below" ... "" */
const char *flag_symbol(enum flag flag);
/* "Below"; without a flag why: "Not entered", "No target", "Absent". */
const char *sheet_flag_word(const struct sheet *sheet, size_t pupil, size_t column);
const char *extra_words(const struct sheet *sheet, struct arena *arena, size_t pupil,
        enum sheet_extra extra);
const char *column_code(const struct sheet *sheet, size_t column);
const char *column_name(const struct sheet *sheet, size_t column);
/* "Key Stage 1": whose result is the start of pupils in `stage` here; NULL when there is none.
 */
const char *prior_name(const struct sheet_page *page, int stage);
const char *entry_words(const struct sheet *sheet); /* "Working at" */

/* Cells of the form, and the answer to an autosave. */
enum err_code sheet_read_cells(const struct request *request, const char *keep,
        struct sheet_sent *sent, struct err *err);
enum err_code sheet_answer_json(struct sheet_page *page, struct response *response,
        struct err *err);
/* .json and .csv. */
enum err_code sheet_answer_twin(struct sheet_page *page, struct response *response,
        struct err *err);

#endif
