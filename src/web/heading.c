#include "web/heading.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"

/* A length is digits and nothing else: no sign, no list, no space. */
static bool read_length(const char *text, uint64_t *ret_length)
{
    size_t n = strlen(text);
    int64_t value;

    if (n == 0 || n > 18 || strspn(text, "0123456789") != n || !text_int(text, &value))
        return false;
    *ret_length = (uint64_t)value;
    return true;
}

/* A header's name has only the characters RFC 9110 gives a token. */
static bool is_token(const char *text)
{
    static const char allowed[] = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t n = strlen(text);

    return n != 0 && strspn(text, allowed) == n;
}

static bool wants_gzip(const char *value)
{
    const char *at = strcasestr(value, "gzip");

    if (at == NULL)
        return false;
    at += strlen("gzip");
    at += strspn(at, " ;\t");
    return strncmp(at, "q=0", 3) != 0 ||
           (at[3] == '.' && strspn(at + 4, "0") != strcspn(at + 4, ", "));
}

static void add_framing(struct heading *heading, const char *name, const char *value)
{
    if (strcasecmp(name, "Content-Length") == 0) {
        heading->lengths++;
        if (!read_length(value, &heading->length))
            heading->broken = true;
    } else if (strcasecmp(name, "Transfer-Encoding") == 0) {
        heading->codings++;
        if (strcasecmp(value, "chunked") != 0)
            heading->broken = true;
    } else if (strcasecmp(name, "Host") == 0) {
        heading->hosts++;
    }
}

void heading_add(struct heading *heading, struct request *request, const char *name,
        const char *value)
{
    const struct {
        const char *name;
        const char **place;
    } wanted[] = {
        { "Host", &request->host },
        { "Origin", &request->origin },
        { "Sec-Fetch-Site", &request->fetch_site },
        { "Content-Type", &request->content_type },
        { "Accept", &request->accept },
        { "If-None-Match", &request->if_none_match },
        { "Cookie", &heading->cookies },
    };

    heading->fields++;
    heading->bytes += strlen(name) + strlen(value) + 4;
    for (const char *p = value; *p != '\0'; p++)
        if (((unsigned char)*p < 0x20 && *p != '\t') || *p == 0x7f)
            heading->broken = true;
    if (!is_token(name))
        heading->broken = true;
    add_framing(heading, name, value);
    for (size_t i = 0; i < COUNT(wanted); i++)
        if (strcasecmp(name, wanted[i].name) == 0 && *wanted[i].place == NULL)
            *wanted[i].place = value;
    if (strcasecmp(name, "Accept-Encoding") == 0)
        request->accepts_gzip = request->accepts_gzip || wants_gzip(value);
}

bool heading_is_folded(const char *name, const char *value)
{
    const char *behind = name + strlen(name) + 1;
    uintptr_t gap = (uintptr_t)value - (uintptr_t)behind; /* huge when the value lies before */

    if (value == NULL || gap > 64)
        return true;
    for (size_t i = 0; i < gap; i++)
        if (behind[i] != ' ' && behind[i] != '\t')
            return true;
    return false;
}

bool heading_has_body(const struct heading *heading)
{
    return heading->codings != 0 || (heading->lengths != 0 && heading->length != 0);
}

int heading_judge(const struct heading *heading, enum method method)
{
    if (heading->bytes > HEADING_MAX || heading->fields > HEADING_FIELDS)
        return 431;
    if (heading->broken || heading->hosts > 1 || heading->lengths > 1 || heading->codings > 1 ||
            (heading->lengths != 0 && heading->codings != 0))
        return 400;
    if (method != METHOD_POST && heading_has_body(heading))
        return 400;
    return 0;
}
