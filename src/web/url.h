/*
 * url: addresses inside this program, as a type of their own.
 *
 * A page template takes only a struct url in href, src and action, so an address in a page
 * was made here, never from text that a person typed. Every part that varies is
 * percent-encoded. Addresses hold ids only: no name, UPN or mark may stand in one.
 *
 * Texts live in the arena given. When memory is out the text is NULL; html_end then reports
 * ERR_MEMORY, so callers need not check.
 */
#ifndef WEB_URL_H
#define WEB_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct url {
    const char *text;
};

enum {
    URL_MAX = 4096
}; /* the longest address the server takes, in bytes */

struct url url_home(void);
struct url url_sign_in(void);
struct url url_sign_out(void);
struct url url_account(void);
struct url url_marksheets(void);
struct url url_marksheet(struct arena *arena, int64_t id);
struct url url_pupils(void);
struct url url_pupil(struct arena *arena, int64_t id);
struct url url_targets(void);
struct url url_reviews(void);
struct url url_groups(void);
struct url url_reports(void);
struct url url_report(struct arena *arena, const char *name);
struct url url_imports(void);
struct url url_import(struct arena *arena, int64_t id);
struct url url_exports(void);
struct url url_settings(struct arena *arena, const char *part); /* NULL: the index */
struct url url_me(void);
struct url url_help(struct arena *arena, const char *topic); /* NULL: the index */

/* Where an embedded file of src/web/static stands, with its hash; the home page if unknown. */
struct url url_asset(const char *name);

/* `base`/part: one more segment. */
struct url url_under(struct arena *arena, struct url base, const char *part);
struct url url_under_id(struct arena *arena, struct url base, int64_t id);

/* With `name=value` behind the address (value NULL or "": unchanged). */
struct url url_with(struct arena *arena, struct url url, const char *name, const char *value);

/* The machine twin: `extension` ("json", "csv", "xlsx", "pdf") on the path. */
struct url url_twin(struct arena *arena, struct url url, const char *extension);

/* With #id behind it. */
struct url url_place(struct arena *arena, struct url url, const char *id);

/*
 * An address that came from outside (a form's "return to"): taken when it is a path of this
 * program (one '/' first, no host, no control characters, no backslash), else false.
 */
MUST_USE bool url_own(const char *text, struct url *ret_url);

#endif
