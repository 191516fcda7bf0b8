#include "web/log.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "web/route.h"

size_t log_line(char line[LOG_LINE], const struct request *request,
        const struct response *response, int64_t microseconds)
{
    static const char *const methods[] = { "GET", "HEAD", "POST" };
    char stamp[CLOCK_STAMP_SIZE];
    const char *path = request->route == NULL ? "-" : request->route->path;
    int n = snprintf(line, LOG_LINE - 1, "%s %s %s%s %d %zu %lld",
            clock_stamp(clock_today(), stamp), methods[request->method], path,
            format_extension(request->format), response->status, response->n,
            (long long)microseconds);

    if (n > 0 && n < LOG_LINE - 1 && response->reference != 0)
        n += snprintf(line + n, (size_t)(LOG_LINE - 1 - n), " %08x %s", response->reference,
                response->failure == NULL ? "" : response->failure);
    if (n < 0)
        return 0;
    if (n > LOG_LINE - 2)
        n = LOG_LINE - 2;
    for (int i = 0; i < n; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = '?';
    line[n] = '\n';
    line[n + 1] = '\0';
    return (size_t)n + 1;
}

void log_write(int file, const char *line, size_t n)
{
    if (file >= 0 && write(file, line, n) < 0)
        return; /* a full disk must not stop the pages */
}
