#include "web/route.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

enum {
    SEGMENTS = 8,
    WORD_MAX = 64,
    DIGITS_MAX = 18
};

struct segments {
    const char *items[SEGMENTS];
    size_t n;
};

const char *format_extension(enum format format)
{
    static const char *const names[FORMAT__MAX] = { "", ".json", ".csv", ".xlsx", ".pdf" };

    return names[format];
}

/* Split a path at '/' and decode each part; false for what no address of ours looks like. */
static bool split(const char *path, size_t n, struct arena *arena, struct segments *segments)
{
    struct err ignored;

    if (n == 0 || path[0] != '/')
        return false;
    path++;
    n--;
    while (n != 0) {
        const char *slash = memchr(path, '/', n);
        size_t part = slash == NULL ? n : (size_t)(slash - path);
        const char *text;

        if (segments->n == SEGMENTS || part == 0 ||
                fields_decode(path, part, 0, arena, &text, &ignored) != ERR_OK)
            return false;
        if (strchr(text, '/') != NULL || text_eq(text, ".") || text_eq(text, ".."))
            return false;
        segments->items[segments->n++] = text;
        if (slash != NULL && part + 1 == n)
            return false;
        path += part + (slash != NULL ? 1 : 0);
        n -= part + (slash != NULL ? 1 : 0);
    }
    return true;
}

static bool all_of(const char *text, const char *allowed, size_t max)
{
    size_t n = strlen(text);

    return n != 0 && n <= max && strspn(text, allowed) == n;
}

#define DIGITS "0123456789"
#define WORD DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"

static bool captures(const char *pattern, size_t n, const char *text)
{
    if (n == 4 && memcmp(pattern, "{id}", n) == 0)
        return all_of(text, DIGITS, DIGITS_MAX);
    if (n == 6 && memcmp(pattern, "{file}", n) == 0)
        return all_of(text, WORD ".", WORD_MAX);
    return all_of(text, WORD, WORD_MAX);
}

/* Walk pattern and segments side by side; captures go to *ret when it is given. */
static bool matches(const char *pattern, const struct segments *segments, struct arena *arena,
        struct fields *ret)
{
    struct err ignored;

    for (size_t i = 0; i < segments->n; i++) {
        size_t n;

        if (*pattern != '/')
            return false;
        pattern++;
        n = strcspn(pattern, "/");
        if (pattern[0] == '{') {
            if (!captures(pattern, n, segments->items[i]))
                return false;
            if (ret != NULL) {
                const char *name = arena_bytes(arena, pattern + 1, n - 2);

                if (name == NULL ||
                        fields_add(ret, name, segments->items[i], arena, &ignored) != ERR_OK)
                    return false;
            }
        } else if (strlen(segments->items[i]) != n ||
                   memcmp(pattern, segments->items[i], n) != 0) {
            return false;
        }
        pattern += n;
    }
    return *pattern == '\0' || (segments->n == 0 && text_eq(pattern, "/"));
}

/* Take a known extension off the last segment; FORMAT_HTML when there is none. */
static enum format cut_extension(struct segments *segments, struct arena *arena)
{
    const char *last = segments->n == 0 ? "" : segments->items[segments->n - 1];
    const char *dot = strrchr(last, '.');

    for (enum format format = FORMAT_JSON; dot != NULL && format < FORMAT__MAX; format++) {
        char *cut;

        if (strcmp(dot, format_extension(format)) != 0)
            continue;
        cut = arena_bytes(arena, last, (size_t)(dot - last));
        if (cut == NULL || cut[0] == '\0')
            return FORMAT_HTML;
        segments->items[segments->n - 1] = cut;
        return format;
    }
    return FORMAT_HTML;
}

struct search {
    const struct route *routes;
    size_t n;
    const struct segments *segments;
    enum format format;
    bool get;
    bool post;
};

static bool offers(const struct route *route, enum format format)
{
    return format == FORMAT_HTML || (route->formats & ROUTE_FORMAT(format)) != 0;
}

static const struct route *find(struct search *search, enum method method)
{
    const struct route *found = NULL;
    enum method wanted = method == METHOD_HEAD ? METHOD_GET : method;

    for (size_t i = 0; i < search->n; i++) {
        const struct route *route = &search->routes[i];

        if (!offers(route, search->format) ||
                !matches(route->path, search->segments, NULL, NULL))
            continue;
        search->get = search->get || route->method == METHOD_GET;
        search->post = search->post || route->method == METHOD_POST;
        if (route->method == wanted && found == NULL)
            found = route;
    }
    return found;
}

static const char *allow(const struct search *search)
{
    if (search->get)
        return search->post ? "GET, HEAD, POST" : "GET, HEAD";
    return "POST";
}

int route_match(const struct route *routes, size_t n, struct request *request,
        const char **ret_allow)
{
    struct segments segments = { 0 };
    struct search search = { routes, n, &segments, FORMAT_HTML, false, false };
    const struct route *route;

    if (strlen(request->target) > URL_MAX)
        return 414;
    if (!split(request->target, strcspn(request->target, "?"), request->arena, &segments))
        return 404;
    route = find(&search, request->method);
    if (route == NULL && !search.get && !search.post) {
        search.format = cut_extension(&segments, request->arena);
        if (search.format == FORMAT_HTML)
            return 404;
        route = find(&search, request->method);
    }
    if (route == NULL) {
        *ret_allow = allow(&search);
        return search.get || search.post ? 405 : 404;
    }
    request->captures = (struct fields){ 0 };
    if (!matches(route->path, &segments, request->arena, &request->captures))
        return 500;
    request->route = route;
    request->format = search.format;
    return 0;
}

int route_takes(const char *content_type)
{
    static const char *const types[] = { "application/x-www-form-urlencoded",
        "multipart/form-data" };

    if (content_type == NULL)
        return 0;
    for (size_t i = 0; i < COUNT(types); i++) {
        size_t n = strlen(types[i]);

        if (strncasecmp(content_type, types[i], n) == 0 &&
                (content_type[n] == '\0' || strchr("; \t", content_type[n]) != NULL))
            return 0;
    }
    return 415;
}

bool route_method(const char *text, enum method *ret_method)
{
    static const char *const names[] = { "GET", "HEAD", "POST" };

    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(text, names[i]) != 0)
            continue;
        *ret_method = (enum method)i;
        return true;
    }
    return false;
}
