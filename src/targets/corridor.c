#include "targets/corridor.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum {
    ONE_SUB_LEVEL = 2000,
    WIDEST = 60000
};

struct corridor_width corridor_width_default(void)
{
    return (struct corridor_width){ ONE_SUB_LEVEL, ONE_SUB_LEVEL };
}

static bool read_width(const char *text, int32_t *ret_width)
{
    int64_t milli;

    if (!text_milli(text, &milli) || milli < 0 || milli > WIDEST)
        return false;
    *ret_width = (int32_t)milli;
    return true;
}

enum err_code corridor_width_parse(const char *text, struct corridor_width *ret_width,
        struct err *err)
{
    struct corridor_width width = { 0, 0 };
    char copy[CORRIDOR_TEXT_SIZE];
    bool good = text != NULL && text_copy(copy, sizeof(copy), text);

    if (good) {
        char *lower = text_trim(copy);
        char *upper = strchr(lower, ' ');

        if (upper == NULL)
            upper = lower;
        else
            *upper++ = '\0';
        good = read_width(lower, &width.lower) && read_width(text_trim(upper), &width.upper);
    }
    if (!good) {
        (void)err_set(err, ERR_INVALID, "\"%s\" is not the width of a corridor",
                text == NULL ? "" : text);
        return err_hint(err, "Write the points below and above the line, 0 to %d: 2 2.",
                WIDEST / 1000);
    }
    *ret_width = width;
    return ERR_OK;
}

const char *corridor_width_text(struct corridor_width width, char buffer[CORRIDOR_TEXT_SIZE])
{
    char lower[TEXT_MILLI_SIZE], upper[TEXT_MILLI_SIZE];

    (void)snprintf(buffer, CORRIDOR_TEXT_SIZE, "%s %s", text_from_milli(width.lower, lower),
            text_from_milli(width.upper, upper));
    return buffer;
}

struct corridor corridor_at(const struct framework *fw, const struct trajectory *line, int k,
        struct corridor_width width)
{
    int32_t points = trajectory_points(line, k);
    struct corridor corridor = { POINTS_NONE, POINTS_NONE, POINTS_NONE, VALUE_NONE,
        VALUE_NONE };

    if (points == POINTS_NONE)
        return corridor;
    corridor.lower = points - width.lower;
    corridor.line = points;
    corridor.upper = points + width.upper;
    corridor.lower_grade = framework_nearest(fw, line->target, line->prior, corridor.lower);
    corridor.upper_grade = framework_nearest(fw, line->target, line->prior, corridor.upper);
    return corridor;
}

enum corridor_place corridor_place(const struct corridor *corridor, int32_t points)
{
    if (points == POINTS_NONE || corridor->line == POINTS_NONE)
        return CORRIDOR_UNKNOWN;
    if (points < corridor->lower)
        return CORRIDOR_UNDER;
    return points > corridor->upper ? CORRIDOR_OVER : CORRIDOR_INSIDE;
}

const char *corridor_place_words(enum corridor_place place)
{
    static const char *const words[] = {
        [CORRIDOR_UNKNOWN] = "",
        [CORRIDOR_UNDER] = "below the corridor",
        [CORRIDOR_INSIDE] = "in the corridor",
        [CORRIDOR_OVER] = "above the corridor",
    };

    return words[place];
}
