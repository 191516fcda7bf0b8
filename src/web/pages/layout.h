/*
 * layout: what every page has around it, and the parts that many pages share.
 *
 * A page's view holds a struct layout_view as `layout`; its template begins
 * `{{#wrap layout layout}}` and ends `{{/wrap}}`.
 */
#ifndef WEB_PAGES_LAYOUT_H
#define WEB_PAGES_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "web/url.h"

struct app;
struct request;

enum {
    LAYOUT_NAV = 10
};

struct nav_item {
    struct url url;
    const char *label;
    bool here;
};

struct layout_view {
    const char *title;
    bool refused;        /* a form came back: the title begins "Error:" */
    const char *school;  /* NULL: not known yet */
    const char *person;  /* who is signed in, as they are called; NULL: nobody */
    const char *notice;  /* a sentence at the top of every page (practice data); NULL: none */
    const char *printed; /* on paper only: the school, whose copy, when, how to keep it */
    const char *seen;    /* when they signed in, now and last time; a sentence */
    const char *csrf_token; /* masked afresh for each response */
    const char *theme;      /* "light", "dark", or NULL: as the machine has it */
    struct nav_item nav[LAYOUT_NAV];
    size_t nav_n;
    bool finds; /* may search for pupils */
    struct url home;
    struct url find;
    struct url account;
    struct url sign_in;
    struct url sign_out;
    struct url help;
    struct url keys;
    struct url accessibility;
    struct url style;
    struct url icon;
    struct url script; /* text NULL: none */
};

/* Fill in the assets, the addresses, the help topic and menu from the route table. */
void layout_fill(struct layout_view *layout, const struct app *app,
        const struct request *request, const char *title);

/* One thing wrong with a form. */
struct problem {
    const char *field; /* id of the input it is about */
    const char *words; /* a full sentence */
};

/* What stands at the top of a form that came back (422): template `problems`. */
struct problems_view {
    struct problem *items;
    size_t items_n;
};

/* The refused inputs of a request, with their names as ids. Empty when memory is out. */
struct problems_view problems_of(const struct request *request);

/* One value two people changed: template `conflicts` (409). */
struct conflict {
    const char *field; /* id of the input it is about */
    const char *what;  /* "Tinashe Mutasa, working at" */
    const char *who;   /* who saved the other value */
    const char *when;  /* and at what time, "15:42" */
    const char *theirs;
    const char *yours;
};

struct conflicts_view {
    struct conflict *items;
    size_t items_n;
    size_t saved_n; /* how many other values were saved */
};

#endif
