#include "targets/flag.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/text.h"

enum {
    STEPS_MOST = 1000
};

static const struct {
    const char *code, *word, *sign;
} flags[FLAG__MAX] = {
    [FLAG_NONE] = { NULL, "", "–" },
    [FLAG_WELL_BELOW] = { "well-below", "Well below", "▼▼" },
    [FLAG_BELOW] = { "below", "Below", "▼" },
    [FLAG_ON] = { "on", "On", "●" },
    [FLAG_ABOVE] = { "above", "Above", "▲" },
    [FLAG_WELL_ABOVE] = { "well-above", "Well above", "▲▲" },
};

struct flag_rule flag_rule_default(void)
{
    return (struct flag_rule){ .well_below = -2, .below = -1, .above = 1, .well_above = 0 };
}

/* The rule's number that a flag's word names; NULL for an unknown word. */
static int *rule_part(struct flag_rule *rule, const char *word)
{
    if (text_eq_fold(word, flags[FLAG_WELL_BELOW].code))
        return &rule->well_below;
    if (text_eq_fold(word, flags[FLAG_BELOW].code))
        return &rule->below;
    if (text_eq_fold(word, flags[FLAG_ABOVE].code))
        return &rule->above;
    return text_eq_fold(word, flags[FLAG_WELL_ABOVE].code) ? &rule->well_above : NULL;
}

static enum err_code read_part(char *item, struct flag_rule *rule, struct err *err)
{
    char *space = strrchr(item, ' ');
    int64_t steps = 0;
    int *part = NULL;

    if (space != NULL) {
        *space = '\0';
        part = rule_part(rule, text_trim(item));
        *space = ' ';
    }
    if (part == NULL || !text_int(space + 1, &steps) || steps == 0 || steps > STEPS_MOST ||
            steps < -STEPS_MOST) {
        (void)err_set(err, ERR_INVALID, "\"%s\" is not a threshold of a flag", item);
        return err_hint(err, "Write for example: well-below -2, below -1, above 1.");
    }
    if (*part != 0)
        return err_set(err, ERR_INVALID, "\"%s\" says a threshold a second time", item);
    *part = (int)steps;
    return ERR_OK;
}

static bool ascends(const struct flag_rule *rule)
{
    return rule->well_below < rule->below && rule->below < 0 && rule->above > 0 &&
           (rule->well_above == 0 || rule->well_above > rule->above);
}

enum err_code flag_rule_parse(const char *text, struct flag_rule *ret_rule, struct err *err)
{
    struct flag_rule rule = { 0, 0, 0, 0 };
    char copy[2 * FLAG_RULE_SIZE];
    char *next;

    if (text == NULL || !text_copy(copy, sizeof(copy), text))
        return err_set(err, ERR_INVALID, "the thresholds of the flags are missing or too long");
    for (char *item = copy; item != NULL; item = next) {
        enum err_code code;

        next = strchr(item, ',');
        if (next != NULL)
            *next++ = '\0';
        code = read_part(text_trim(item), &rule, err);
        if (code != ERR_OK)
            return code;
    }
    if (!ascends(&rule)) {
        (void)err_set(err, ERR_INVALID, "the thresholds \"%s\" do not ascend", text);
        return err_hint(err, "Well below is less than below, below is less than 0, above is "
                             "more than 0, well above is more than above.");
    }
    *ret_rule = rule;
    return ERR_OK;
}

const char *flag_rule_text(const struct flag_rule *rule, char buffer[FLAG_RULE_SIZE])
{
    int n = snprintf(buffer, FLAG_RULE_SIZE, "well-below %d, below %d, above %d",
            rule->well_below, rule->below, rule->above);

    if (rule->well_above != 0 && n > 0 && n < FLAG_RULE_SIZE)
        (void)snprintf(buffer + n, FLAG_RULE_SIZE - (size_t)n, ", well-above %d",
                rule->well_above);
    return buffer;
}

enum flag flag_of(const struct flag_rule *rule, int steps)
{
    if (steps <= rule->well_below)
        return FLAG_WELL_BELOW;
    if (steps <= rule->below)
        return FLAG_BELOW;
    if (rule->well_above != 0 && steps >= rule->well_above)
        return FLAG_WELL_ABOVE;
    return steps >= rule->above ? FLAG_ABOVE : FLAG_ON;
}

static enum flag known(enum flag flag)
{
    return (unsigned)flag < FLAG__MAX ? flag : FLAG_NONE;
}

const char *flag_code(enum flag flag)
{
    return flags[known(flag)].code;
}

const char *flag_word(enum flag flag)
{
    return flags[known(flag)].word;
}

const char *flag_sign(enum flag flag)
{
    return flags[known(flag)].sign;
}

enum flag flag_find(const char *code)
{
    for (int i = FLAG_WELL_BELOW; i < FLAG__MAX; i++) {
        if (text_eq_fold(flag_code((enum flag)i), code))
            return (enum flag)i;
    }
    return FLAG_NONE;
}
