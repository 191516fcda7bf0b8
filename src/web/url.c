#include "web/url.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "web/asset.h"

struct url url_home(void)
{
    return (struct url){ "/" };
}

struct url url_sign_in(void)
{
    return (struct url){ "/sign-in" };
}

struct url url_sign_out(void)
{
    return (struct url){ "/sign-out" };
}

struct url url_account(void)
{
    return (struct url){ "/account" };
}

struct url url_marksheets(void)
{
    return (struct url){ "/marksheets" };
}

struct url url_marksheet(struct arena *arena, int64_t id)
{
    return url_under_id(arena, url_marksheets(), id);
}

struct url url_pupils(void)
{
    return (struct url){ "/pupils" };
}

struct url url_pupil(struct arena *arena, int64_t id)
{
    return url_under_id(arena, url_pupils(), id);
}

struct url url_targets(void)
{
    return (struct url){ "/targets" };
}

struct url url_reviews(void)
{
    return (struct url){ "/reviews" };
}

struct url url_groups(void)
{
    return (struct url){ "/groups" };
}

struct url url_reports(void)
{
    return (struct url){ "/reports" };
}

struct url url_report(struct arena *arena, const char *name)
{
    return url_under(arena, url_reports(), name);
}

struct url url_imports(void)
{
    return (struct url){ "/imports" };
}

struct url url_import(struct arena *arena, int64_t id)
{
    return url_under_id(arena, url_imports(), id);
}

struct url url_exports(void)
{
    return (struct url){ "/exports" };
}

struct url url_settings(struct arena *arena, const char *part)
{
    struct url base = { "/settings" };

    return part == NULL ? base : url_under(arena, base, part);
}

struct url url_me(void)
{
    return (struct url){ "/me" };
}

struct url url_help(struct arena *arena, const char *topic)
{
    struct url base = { "/help" };

    return topic == NULL ? base : url_under(arena, base, topic);
}

struct url url_asset(const char *name)
{
    const struct asset *asset = asset_named(name);

    return asset == NULL ? url_home() : (struct url){ asset->address };
}

/* Percent-encode everything but the unreserved characters of RFC 3986. */
static void add_encoded(struct buf *buf, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';

        if (plain)
            buf_add_char(buf, (char)c);
        else
            buf_printf(buf, "%%%02X", c);
    }
}

static struct url finish(struct buf *buf)
{
    struct err ignored;
    const char *text;

    if (buf_end(buf, &text, NULL, &ignored) != ERR_OK)
        return (struct url){ NULL };
    return (struct url){ text };
}

struct url url_under(struct arena *arena, struct url base, const char *part)
{
    struct buf buf = buf_make(arena, URL_MAX);

    if (base.text == NULL)
        return base;
    buf_printf(&buf, "%s/", text_eq(base.text, "/") ? "" : base.text);
    add_encoded(&buf, part);
    return finish(&buf);
}

struct url url_under_id(struct arena *arena, struct url base, int64_t id)
{
    char text[24];

    (void)snprintf(text, sizeof(text), "%lld", (long long)id);
    return url_under(arena, base, text);
}

static size_t before_fragment(const char *text)
{
    return strcspn(text, "#");
}

struct url url_with(struct arena *arena, struct url url, const char *name, const char *value)
{
    struct buf buf = buf_make(arena, URL_MAX);
    size_t n;

    if (url.text == NULL || text_empty(value))
        return url;
    n = before_fragment(url.text);
    buf_add_n(&buf, url.text, n);
    buf_add_char(&buf, memchr(url.text, '?', n) == NULL ? '?' : '&');
    add_encoded(&buf, name);
    buf_add_char(&buf, '=');
    add_encoded(&buf, value);
    buf_add(&buf, url.text + n);
    return finish(&buf);
}

struct url url_twin(struct arena *arena, struct url url, const char *extension)
{
    struct buf buf = buf_make(arena, URL_MAX);
    size_t n;

    if (url.text == NULL)
        return url;
    n = strcspn(url.text, "?#");
    buf_add_n(&buf, url.text, n);
    buf_add_char(&buf, '.');
    add_encoded(&buf, extension);
    buf_add(&buf, url.text + n);
    return finish(&buf);
}

struct url url_place(struct arena *arena, struct url url, const char *id)
{
    struct buf buf = buf_make(arena, URL_MAX);

    if (url.text == NULL)
        return url;
    buf_add_n(&buf, url.text, before_fragment(url.text));
    buf_add_char(&buf, '#');
    add_encoded(&buf, id);
    return finish(&buf);
}

bool url_own(const char *text, struct url *ret_url)
{
    if (text == NULL || text[0] != '/' || text[1] == '/' || strlen(text) > URL_MAX)
        return false;
    for (const char *p = text; *p != '\0'; p++)
        if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7f || *p == '\\')
            return false;
    *ret_url = (struct url){ text };
    return true;
}
