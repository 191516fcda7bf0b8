#include <string.h>

#include "base/text.h"
#include "scales/framework_draft_in.h"

static bool same_test(const struct boundary_set *a, const struct boundary_set *b)
{
    bool named = a->test != NULL && b->test != NULL;

    return a->stage == b->stage && a->subject == b->subject && a->year == b->year &&
           (named ? text_eq_fold(a->test, b->test) : a->test == b->test);
}

/* The grade on the first of the set's scales that has it; "?" says that it is not known. */
static enum err_code find_grade(struct making *making, const struct item *item,
        const char *name, int16_t *ret_grade)
{
    int16_t scale = -1;
    enum err_code code;

    *ret_grade = -1;
    if (text_eq(name, "?"))
        return ERR_OK;
    for (int i = 0; item_entry(item, KEY_SCALES, i) != NULL; i++) {
        int grade;

        code = making_find(making, item, SCOPE_SCALE, item_entry(item, KEY_SCALES, i), &scale);
        if (code != ERR_OK)
            return code;
        grade = names_find(&making->index->names, SCOPE_GRADES + scale, name);
        if (grade < 0)
            continue;
        *ret_grade = (int16_t)grade;
        return ERR_OK;
    }
    return item_refuse(item, making->err, "%.60s is not a grade of these scales", name);
}

/* One band, "GRADE:MARK". */
static enum err_code make_band(struct making *making, const struct item *item, const char *text,
        struct boundary *band)
{
    const char *colon = strrchr(text, ':');
    int64_t mark = -1;
    char *name;

    if (colon == NULL || colon == text || !text_int(colon + 1, &mark) || mark < 0 ||
            mark > 10000)
        return item_refuse(item, making->err,
                "%.60s is not a grade, a colon and the lowest mark for it", text);
    name = arena_bytes(making->arena, text, (size_t)(colon - text));
    if (name == NULL)
        return err_memory(making->err);
    band->from = (int32_t)mark;
    return find_grade(making, item, name, &band->grade);
}

static enum err_code make_bands(struct making *making, const struct item *item,
        struct boundary_set *set)
{
    int n = (int)item_number(item, KEY_BANDS, 0);
    struct boundary *bands = making_array(making, (size_t)n, sizeof(*bands));
    enum err_code code = bands == NULL ? ERR_MEMORY : ERR_OK;

    for (int i = 0; i < n && code == ERR_OK; i++) {
        code = make_band(making, item, item_entry(item, KEY_BANDS, i), &bands[i]);
        if (code == ERR_OK && i > 0 && bands[i].from <= bands[i - 1].from)
            code = item_refuse(item, making->err, "the marks of bands= do not ascend at %.60s",
                    item_entry(item, KEY_BANDS, i));
        if (code == ERR_OK && set->max_mark > 0 && bands[i].from > set->max_mark)
            code = item_refuse(item, making->err,
                    "%.60s lies above max=", item_entry(item, KEY_BANDS, i));
    }
    set->boundaries = bands;
    set->boundary_n = n;
    return code;
}

static enum err_code check_decimal(struct making *making, const struct item *item,
        const struct boundary_set *set)
{
    const struct scale *scales = making->fw->scales;

    if (set->decimal < 0)
        return ERR_OK;
    if (scales[set->decimal].kind != SCALE_NUMBER)
        return item_refuse(item, making->err,
                "decimal= names %.60s, which is not a scale of numbers",
                scales[set->decimal].code);
    if (!text_eq(scales[set->decimal].metric, scales[set->scale].metric))
        return item_refuse(item, making->err, "decimal= names a scale of another metric");
    if (set->max_mark == 0)
        return item_refuse(item, making->err, "decimal= needs max=, the highest mark");
    return ERR_OK;
}

static enum err_code make_set(struct making *making, const struct item *item,
        struct boundary_set *set)
{
    enum err_code code;

    *set = (struct boundary_set){
        .test = item_text(item, KEY_TEST),
        .year = (int)item_number(item, KEY_YEAR, 0),
        .max_mark = (int32_t)item_number(item, KEY_MAX, 0),
        .decimal_from = (int16_t)item_number(item, KEY_DECIMAL_FROM, 1),
        .source = item_text(item, KEY_SOURCE),
    };
    code = making_find(making, item, SCOPE_STAGE, item_text(item, KEY_STAGE), &set->stage);
    if (code == ERR_OK)
        code = making_find(making, item, SCOPE_SUBJECT, item_text(item, KEY_SUBJECT),
                &set->subject);
    if (code == ERR_OK)
        code = making_find(making, item, SCOPE_SCALE, item_entry(item, KEY_SCALES, 0),
                &set->scale);
    if (code == ERR_OK)
        code = making_find(making, item, SCOPE_SCALE, item_text(item, KEY_DECIMAL),
                &set->decimal);
    if (code == ERR_OK)
        code = check_decimal(making, item, set);
    return code == ERR_OK ? make_bands(making, item, set) : code;
}

enum err_code making_boundaries(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_BOUNDARIES];
    struct boundary_set *sets = making_array(making, (size_t)items->n, sizeof(*sets));
    const struct item **from =
            sets == NULL ? NULL : making_array(making, (size_t)items->n, sizeof(*from));
    enum err_code code = from == NULL ? ERR_MEMORY : ERR_OK;

    making->fw->boundary_sets = sets;
    for (int i = 0; i < items->n && code == ERR_OK; i++) {
        const struct item *item = items->list[i];
        struct boundary_set set;
        int at = 0;

        code = make_set(making, item, &set);
        if (code != ERR_OK)
            break;
        while (at < making->fw->boundary_set_n && !same_test(&sets[at], &set))
            at++;
        if (at == making->fw->boundary_set_n)
            making->fw->boundary_set_n++;
        else if (from[at]->file_no == item->file_no)
            code = item_refuse(item, making->err,
                    "line %ld of this file already has the boundaries of this test",
                    from[at]->row);
        sets[at] = set;
        from[at] = item;
    }
    return code;
}
