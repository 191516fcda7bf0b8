/*
 * marksheet: the page on which a group's judgements are entered, its autosave and its
 * machine twins.
 *
 * One POST form. A cell is `cell.PUPIL.SUBJECT`, its revision `rev.PUPIL.SUBJECT`; the names
 * are the same for everybody and after saving. Posting without a button saves; `keep` names a
 * cell that is left as another has saved it. Asked for application/json the same POST answers
 * the state of every cell sent:
 *
 *     {"saved":1,"entered":24,"of":28,"cells":[{"name":"cell.12.MAT","state":"saved",
 *      "value":"3a","revision":815,"when":"15:42","flag":"on","word":"On","gap":"+0.7"}]}
 *
 * state: unchanged, saved, conflict (with theirs, who, when), invalid, refused (with message
 * and hint). `value` and `revision` are what stands now.
 */
#ifndef WEB_PAGES_MARKSHEET_H
#define WEB_PAGES_MARKSHEET_H

#include "actions/marksheet.h"
#include "web/pages/layout.h"
#include "web/route.h"

extern const struct route marksheet_routes[];
extern const size_t marksheet_route_n;

struct sheet_head {
    struct url url;        /* sorts by it */
    const char *label;     /* "Working at" */
    const char *small;     /* "this review", or NULL */
    const char *css;       /* classes */
    const char *id;        /* of a column to write in, or NULL */
    const char *direction; /* "ascending" in the column sorted by, or NULL */
    const char *arrow;     /* the same as a sign */
};

/* What one cell of the table shows: exactly one of text, tags, entry, flag. */
struct sheet_shown {
    const char *css;
    bool is_text, is_tags, is_entry, is_flag;
    const char *text;  /* is_text, "" a dash; is_entry: what stands in the input */
    const char *extra; /* is_entry: in words behind it ("67 marks"), or NULL */

    bool sen, premium, eal; /* is_tags */

    bool writes;         /* is_entry: an input, else text */
    const char *subject; /* its code; the id is unique with the pupil's */
    int64_t pupil;
    int64_t revision;
    int64_t most;         /* bytes that the input takes */
    const char *state;    /* class: "", " todo", " bad", " two" */
    bool saved, bad, two; /* the sign beside it */
    const char *title;    /* "Saved at 15:42: see its history" */
    struct url history;   /* text NULL: none */
    const char *note;     /* id of the message that describes it, or NULL */

    const char *flag; /* is_flag: class, "" none */
    const char *sign; /* id of the symbol: "s-below" */
    const char *word; /* "Below", "Not entered" */
    bool brief;       /* the word is only read out: many columns, little room */
    struct url why;   /* text NULL: none */
};

/* A line under a pupil: not understood, or changed by another too. */
struct sheet_message {
    const char *id;
    bool two;
    const char *strong, *words;
    const char *name;       /* of the cell, for the buttons */
    const char *keep, *use; /* "Keep 3a"; NULL: no button */
};

struct sheet_line {
    const char *words, *strong, *value;
    bool total;
};

/* What opens beside a row: why is this below, or what was said in the cell. */
struct sheet_panel {
    const char *title, *says, *under;
    struct sheet_line *lines;
    size_t lines_n;
    struct url close;
    struct url pupil;
    const char *pupil_words;
};

struct sheet_row {
    int64_t id;
    struct url url; /* of the pupil */
    const char *surname, *forename;
    struct sheet_shown *cells;
    size_t cells_n;
    struct sheet_message *messages;
    size_t messages_n;
    struct sheet_panel *panels; /* none or one */
    size_t panels_n;
};

struct sheet_chip {
    struct url url;
    const char *label;
    const char *sign; /* id of a symbol, or NULL */
    size_t n;
    bool here;
};

struct sheet_choice {
    const char *code, *name;
};
struct sheet_choices {
    const char *subject;
    struct sheet_choice *items;
    size_t items_n;
};

struct sheet_radio {
    const char *id, *label;
    bool here;
};

struct sheet_hidden {
    const char *name, *value;
};

/* A colour of the template, and what it means. */
struct sheet_sign {
    const char *css, *sign, *word, *column, *formula;
};

/* A column of the template that stays empty, and why. */
struct sheet_wait {
    const char *column, *why;
};

struct marksheet_view {
    struct layout_view layout;
    struct problems_view problems;
    struct conflicts_view conflicts;
    const char *heading, *under, *css;
    const char *review, *closes;
    bool closing; /* its last day is over; entries are taken today only */
    size_t entered, of;
    int part;         /* of 280, for the bar */
    const char *said; /* "22 saved.", or NULL */
    size_t missing;
    const char *first_missing; /* id of the first empty cell */
    int64_t sheet, account;
    struct url action, list, blank;
    bool writes, wants_reason;
    const char *reason;
    const char *shut; /* why nothing can be entered, or NULL */
    struct sheet_hidden *hidden;
    size_t hidden_n;
    struct sheet_chip *chips;
    size_t chips_n;
    struct sheet_radio *radios;
    size_t radios_n;
    struct sheet_chip *extras; /* further columns */
    size_t extras_n;
    const char *order; /* "All 28 pupils, by surname." */
    struct sheet_head *heads;
    size_t heads_n;
    struct sheet_row *rows;
    size_t rows_n;
    struct sheet_choices *choices;
    size_t choices_n;
    const char *borderline; /* "the lower grade", or NULL */
    bool flags;
    const char *one, *well; /* "one sub-level", "two or more" */
    bool beside; /* what explains the sheet stands beside it: one column to write in */
    struct url csv, json;
    const char *template; /* its name, or NULL */
    struct url choose;    /* where another is chosen; text NULL: not by this person */
    struct sheet_sign *legend;
    size_t legend_n;
    struct sheet_wait *waits;
    size_t waits_n;
};

#endif
