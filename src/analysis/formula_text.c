#include <string.h>

#include "analysis/formula_run_in.h"
#include "base/text.h"

enum {
    ITEM_SIZE = 64
};

static const char *answer_text(uint8_t answer)
{
    if (answer == ANSWER_MISSING)
        return NULL;
    return answer == ANSWER_YES ? "yes" : "no";
}

/* The value of pupil i in writing, in `buffer` where it must be made; NULL: missing. */
static const char *item_text(const struct run *run, const struct node *node, size_t i,
        char buffer[ITEM_SIZE])
{
    const void *items = reg_items(run, node);

    if (item_missing(run, node, i))
        return NULL;
    switch (node->type) {
    case FORMULA_YES_NO:
        return answer_text(((const uint8_t *)items)[i]);
    case FORMULA_NUMBER:
    case FORMULA_POINTS:
        return text_from_milli(((const int64_t *)items)[i], buffer);
    case FORMULA_GRADE:
        return framework_value_text(run->formula->fw, ((const struct value *)items)[i], buffer);
    case FORMULA_DATE:
        return date_text(((const struct date *)items)[i], buffer);
    case FORMULA_TEXT:
        return ((const char *const *)items)[i];
    case FORMULA_NOTHING:
    case FORMULA_TYPE__MAX:
        break;
    }
    return NULL;
}

static const char *join(struct run *run, const char *a, const char *b)
{
    size_t a_n, b_n;
    char *joined;

    if (a == NULL || b == NULL)
        return NULL;
    a_n = strlen(a);
    b_n = strlen(b);
    if (a_n + b_n > FORMULA_TEXT_BYTES)
        return NULL;
    joined = arena_alloc(&run->scratch, a_n + b_n + 1);
    if (joined == NULL) {
        run->out_of_memory = true;
        return NULL;
    }
    memcpy(joined, a, a_n);
    memcpy(joined + a_n, b, b_n);
    return joined;
}

void run_join(struct run *run, const struct node *node)
{
    const char **out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        char left[ITEM_SIZE], right[ITEM_SIZE];

        out[i] = join(run, item_text(run, node->args[0], i, left),
                item_text(run, node->args[1], i, right));
    }
}
