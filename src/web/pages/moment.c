#include "web/pages/moment.h"

#include <string.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/text.h"

const char *moment_text(struct arena *arena, int64_t seconds)
{
    char text[DATE_LONG_SIZE];
    int minute;
    struct date day = clock_local(seconds, &minute);

    return arena_printf(arena, "%s, %02d:%02d", date_long(day, text), minute / 60, minute % 60);
}

const char *moment_stamp(struct arena *arena, const char *stamp)
{
    struct date day;
    char iso[11];
    char text[DATE_LONG_SIZE];
    int minute;

    (void)text_copy(iso, sizeof(iso), stamp);
    if (strlen(stamp) < 16 || !date_parse_iso(iso, &day))
        return stamp;
    minute = clock_local_minute(day, clock_stamp_minute(stamp));
    return arena_printf(arena, "%s, %02d:%02d", date_long(day, text), minute / 60, minute % 60);
}

struct problems_view problem_of(struct arena *arena, const char *field, const struct err *why)
{
    struct problem *problem = arena_array(arena, 1, sizeof(*problem));
    char *words = arena_printf(arena, "%s.%s%s", why->message, why->hint[0] == '\0' ? "" : " ",
            why->hint);

    if (problem == NULL || words == NULL)
        return (struct problems_view){ 0 };
    if (words[0] >= 'a' && words[0] <= 'z')
        words[0] = (char)(words[0] - 'a' + 'A');
    *problem = (struct problem){ field, words };
    return (struct problems_view){ problem, 1 };
}
