/*
 * imports: bringing files in, /imports: upload, look at what would happen, apply; the
 * register of imports; and one import with its undoing, /imports/{id}.
 */
#ifndef WEB_PAGES_IMPORTS_H
#define WEB_PAGES_IMPORTS_H

#include "actions/import.h"
#include "web/pages/layout.h"
#include "web/pages/reports_tree.h"

enum {
    IMPORTS_UPLOAD = 64 << 20, /* bytes of one file */
    IMPORTS_SHOWN = 500        /* refused rows shown on the page */
};

struct kind_choice {
    const char *value, *label;
    bool chosen;
};

struct imports_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url action;
    const struct kind_choice *kinds;
    size_t kinds_n;
    bool whole; /* all or nothing was ticked */
    struct tree_view tree;
};

/* What an import did or would do. */
struct import_row {
    long row;
    const char *column, *value, *reason;
};

struct import_preview_view {
    struct layout_view layout;
    struct url imports, action;
    const char *file, *kind;
    bool applied;       /* else it is a preview */
    struct url written; /* the import's page; text NULL: nothing was written */
    const char *says;
    int64_t added, unchanged, superseded;
    size_t refused;
    struct import_row *rows;
    size_t rows_n;
    const char *more; /* how many refused rows are not shown; NULL: none */
    const char *const *notes;
    size_t notes_n;
    const char *const *kept;
    size_t kept_n;
    const char *token, *kind_value, *whole; /* hidden inputs of the form that applies */
    bool can_apply;
    struct tree_twin twins[1];
    size_t twins_n;
};

struct import_view {
    struct layout_view layout;
    struct problems_view problems;
    struct url imports, action;
    const char *title, *under;
    int64_t added, unchanged, superseded, refused;
    const char *says; /* what became of it, a sentence */
    bool can_undo;
    const char *done; /* what was just done; or NULL */
    struct url other; /* the import that undid it, or that it undoes */
    const char *other_label;
};

/* What /imports and a preview share: an outcome as the contract's JSON. */
MUST_USE enum err_code import_json(const struct request *request,
        const struct import_outcome *outcome, struct response *response, struct err *err);

enum err_code import_show(struct request *request, struct response *response, struct err *err);
enum err_code import_undo_post(struct request *request, struct response *response,
        struct err *err);

extern const struct route imports_routes[];
extern const size_t imports_route_n;

#endif
