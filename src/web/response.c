#include "web/response.h"

#include <string.h>

#include "base/buf.h"

const struct response_header response_always[] = {
    { "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
            "object-src 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "X-Frame-Options", "DENY" },
    /* not no-referrer: browsers then send "Origin: null" with our own forms */
    { "Referrer-Policy", "same-origin" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
};
const size_t response_always_n = COUNT(response_always);

void response_body(struct response *response, int status, const char *type, const char *body,
        size_t n)
{
    response->status = status;
    response->type = type;
    response->body = body;
    response->n = n;
}

enum err_code response_page(struct response *response, int status, struct html *html,
        struct err *err)
{
    const char *text;
    size_t n;
    enum err_code code = html_end(html, &text, &n, err);

    if (code == ERR_OK)
        response_body(response, status, "text/html; charset=utf-8", text, n);
    return code;
}

void response_header(struct response *response, const char *name, const char *value)
{
    if (value == NULL || response->headers_n == RESPONSE_HEADERS)
        return;
    for (const char *p = value; *p != '\0'; p++)
        if (((unsigned char)*p < 0x20 && *p != '\t') || *p == 0x7f)
            return;
    response->headers[response->headers_n++] = (struct response_header){ name, value };
}

void response_go(struct response *response, struct url url)
{
    struct url own;

    if (!url_own(url.text, &own))
        own = url_home();
    response_body(response, 303, "text/plain; charset=utf-8", "", 0);
    response_header(response, "Location", own.text);
}

static bool plain(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_' || c == '.';
}

enum err_code response_attach(struct response *response, const char *filename,
        struct arena *arena, struct err *err)
{
    struct buf buf = buf_make(arena, 2048);
    const char *value;
    enum err_code code;

    buf_add(&buf, "attachment; filename=\"");
    for (const char *p = filename; *p != '\0'; p++)
        buf_add_char(&buf, plain((unsigned char)*p) ? *p : '_');
    buf_add(&buf, "\"; filename*=UTF-8''");
    for (const char *p = filename; *p != '\0'; p++) {
        if (plain((unsigned char)*p))
            buf_add_char(&buf, *p);
        else
            buf_printf(&buf, "%%%02X", (unsigned char)*p);
    }
    code = buf_end(&buf, &value, NULL, err);
    if (code == ERR_OK)
        response_header(response, "Content-Disposition", value);
    return code;
}

const char *response_cookie_name(bool secure)
{
    return secure ? "__Host-attain" : "attain";
}

enum err_code response_cookie(struct response *response, const char *value, bool secure,
        struct arena *arena, struct err *err)
{
    const char *text = arena_printf(arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s",
            response_cookie_name(secure), value, secure ? "; Secure" : "",
            value[0] == '\0' ? "; Max-Age=0" : "");

    if (text == NULL)
        return err_memory(err);
    response_header(response, "Set-Cookie", text);
    return ERR_OK;
}

int response_status(enum err_code code)
{
    switch (code) {
    case ERR_OK:
        return 200;
    case ERR_INVALID:
    case ERR_USAGE:
        return 422;
    case ERR_NOT_FOUND:
        return 404;
    case ERR_FORBIDDEN:
        return 403;
    case ERR_CLOSED:
    case ERR_CONFLICT:
        return 409;
    case ERR_MEMORY:
    case ERR_IO:
    case ERR_STORE:
    case ERR__MAX:
        break;
    }
    return 500;
}
