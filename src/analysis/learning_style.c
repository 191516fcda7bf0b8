#include "analysis/learning_style.h"

#include <stddef.h>

#include "base/attr.h"

int stanine_of_score(int64_t score)
{
    static const int from[] = { 74, 82, 89, 97, 104, 112, 119, 127 };
    int stanine = 1;

    for (size_t i = 0; i < COUNT(from); i++)
        stanine += score >= (int64_t)from[i] * 1000;
    return stanine;
}

enum learning_style learning_style(int64_t first, int64_t second)
{
    int apart = stanine_of_score(second) - stanine_of_score(first);
    int size = apart < 0 ? -apart : apart;
    int step = size < 2 ? 0 : size > 4 ? 3 : size - 1;

    return (enum learning_style)(STYLE_EVEN + (apart < 0 ? -step : step));
}

int learning_style_usual(enum learning_style style)
{
    static const int usual[STYLE__MAX] = { 2, 4, 11, 66, 11, 4, 2 };

    return usual[style];
}

const char *learning_style_word(enum learning_style style)
{
    static const char *const words[STYLE__MAX] = { "extreme", "moderate", "mild", "even",
        "mild", "moderate", "extreme" };

    return words[style];
}
