#include <string.h>

#include "base/text.h"
#include "scales/framework_draft_in.h"

void *making_array(struct making *making, size_t n, size_t size)
{
    void *array = arena_array(making->arena, n == 0 ? 1 : n, size);

    if (array == NULL)
        (void)err_memory(making->err);
    return array;
}

enum err_code making_name(struct making *making, const struct item *item, int scope,
        const char *name, int index)
{
    switch (names_add(making->arena, &making->index->names, scope, name, index)) {
    case NAMES_TAKEN:
        return item_refuse(item, making->err, "%.60s already means something else", name);
    case NAMES_MEMORY:
        return err_memory(making->err);
    case NAMES_ADDED:
        break;
    }
    return ERR_OK;
}

/* The code, and every alias, of an item. */
static enum err_code enter_names(struct making *making, const struct item *item, int scope,
        int index)
{
    enum err_code code = making_name(making, item, scope, item->code, index);
    const char *alias;

    for (int i = 0; code == ERR_OK; i++) {
        alias = item_entry(item, KEY_ALIAS, i);
        if (alias == NULL)
            break;
        code = making_name(making, item, scope, alias, index);
    }
    return code;
}

static const char *const scope_words[] = {
    [SCOPE_METRIC] = "metric",
    [SCOPE_SCALE] = "scale",
    [SCOPE_SUBJECT] = "subject",
    [SCOPE_STAGE] = "stage",
    [SCOPE_MEASURE] = "measure",
    [SCOPE_SOURCE] = "source",
};

enum err_code making_find(struct making *making, const struct item *item, int scope,
        const char *name, int16_t *ret_index)
{
    int i = name == NULL ? -1 : names_find(&making->index->names, scope, name);

    if (name != NULL && i < 0)
        return item_refuse(item, making->err, "no %s is called %.60s", scope_words[scope],
                name);
    *ret_index = (int16_t)i;
    return ERR_OK;
}

enum err_code making_find_all(struct making *making, const struct item *item, int scope,
        enum key key, int16_t *indexes, int16_t *ret_n)
{
    enum err_code code = ERR_OK;
    int16_t n = 0;

    for (const char *name = item_entry(item, key, 0); name != NULL && code == ERR_OK;
            name = item_entry(item, key, n)) {
        code = making_find(making, item, scope, name, &indexes[n]);
        n++;
    }
    if (code == ERR_OK)
        *ret_n = n;
    return code;
}

static enum err_code make_metrics(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_METRIC];
    int room = items->n + making->draft->items[DIRECTIVE_SCALE].n;
    struct metric *metrics = making_array(making, (size_t)room, sizeof(*metrics));
    enum err_code code = metrics == NULL ? ERR_MEMORY : ERR_OK;

    making->fw->metrics = making->metrics = metrics;
    for (int i = 0; i < items->n && code == ERR_OK; i++) {
        const struct item *item = items->list[i];

        metrics[i] = (struct metric){
            .code = item->code,
            .unit_one = item_text(item, KEY_ONE),
            .unit_many = item_text(item, KEY_MANY),
            .step_points = (int32_t)item_number(item, KEY_STEP, 0),
            .level_points = (int32_t)item_number(item, KEY_LEVEL, 0),
            .step_from = (int32_t)item_number(item, KEY_FIRST_STEP, 0),
            .part_one = item_text(item, KEY_PART_ONE),
            .part_many = item_text(item, KEY_PART_MANY),
        };
        if ((metrics[i].part_one == NULL) != (metrics[i].part_many == NULL))
            return item_refuse(item, making->err, "part-one and part-many belong together");
        making->fw->metric_n++;
        code = making_name(making, item, SCOPE_METRIC, item->code, i);
    }
    return code;
}

/* The metric a scale names, or one of its own. */
static enum err_code find_metric(struct making *making, const struct item *item,
        enum scale_kind kind, int16_t *ret_metric)
{
    const char *name = item_text(item, KEY_METRIC);
    struct metric *metrics = making->metrics;
    int i = making->fw->metric_n;

    if (name == NULL && names_find(&making->index->names, SCOPE_METRIC, item->code) >= 0)
        name = item->code;
    if (name != NULL)
        return making_find(making, item, SCOPE_METRIC, name, ret_metric);
    metrics[i] = (struct metric){
        .code = item->code,
        .unit_one = kind == SCALE_GRADES ? "grade" : "point",
        .unit_many = kind == SCALE_GRADES ? "grades" : "points",
    };
    making->fw->metric_n++;
    *ret_metric = (int16_t)i;
    return making_name(making, item, SCOPE_METRIC, item->code, i);
}

static int children(const struct item *scale, enum directive directive)
{
    int n = 0;

    for (const struct item *at = scale->child; at != NULL; at = at->next)
        n += at->directive == directive;
    return n;
}

static enum err_code check_range(struct making *making, const struct item *item,
        const struct scale *scale)
{
    bool numeric = scale->kind == SCALE_NUMBER || scale->kind == SCALE_RAW;
    bool range = item_field(item, KEY_MIN) != NULL && item_field(item, KEY_MAX) != NULL;

    if (scale->kind == SCALE_GRADES && item->child == NULL)
        return item_refuse(item, making->err, "the scale %.60s has no grades", item->code);
    if (scale->kind != SCALE_GRADES && children(item, DIRECTIVE_GRADE) > 0)
        return item_refuse(item, making->err, "the scale %.60s is not one of grades",
                item->code);
    if (numeric && !range)
        return item_refuse(item, making->err,
                "the scale %.60s has no min= and max=", item->code);
    if (numeric && scale->min >= scale->max)
        return item_refuse(item, making->err, "min of the scale %.60s is not below max",
                item->code);
    if (scale->valid_to != 0 && scale->valid_to < scale->valid_from)
        return item_refuse(item, making->err, "to is before from in the scale %.60s",
                item->code);
    return ERR_OK;
}

static enum err_code make_prefixes(struct making *making, const struct item *item, int scale)
{
    const struct field *field = item_field(item, KEY_PREFIX);
    const char **list;

    if (field == NULL)
        return ERR_OK;
    list = making_array(making, (size_t)field->a + 1, sizeof(*list));
    if (list == NULL)
        return ERR_MEMORY;
    memcpy(list, field->list, (size_t)field->a * sizeof(*list));
    making->index->prefixes[scale] = list;
    return ERR_OK;
}

/* Steps of an own ladder where the file gives none: its rungs are 1, 2, 3 ... */
static void number_steps(struct grade *grades, int n)
{
    int16_t step = 0;

    for (int i = 0; i < n; i++)
        if (grades[i].step != STEP_NONE)
            return;
    for (int i = 0; i < n; i++)
        if (grades[i].rung)
            grades[i].step = ++step;
}

static struct grade make_grade(const struct item *item, int scale)
{
    struct grade grade = {
        .code = item->code,
        .name = item->name,
        .points = (int32_t)item_number(item, KEY_POINTS, POINTS_NONE),
        .scale = (int16_t)scale,
        .step = (int16_t)item_number(item, KEY_STEP, STEP_NONE),
        .unit = (int16_t)item_number(item, KEY_UNIT, 1),
        .level = (int16_t)item_number(item, KEY_LEVEL, LEVEL_NONE),
        .status = item->directive == DIRECTIVE_STATUS,
        .wide = item_number(item, KEY_WIDE, 0) != 0,
        .level2 = (int16_t)item_number(item, KEY_LEVEL2, 0),
        .level1 = (int16_t)item_number(item, KEY_LEVEL1, 0),
    };

    grade.prior_level = (int16_t)item_number(item, KEY_PRIOR_LEVEL, grade.level);
    grade.rung = item_number(item, KEY_RUNG, grade.points != POINTS_NONE) != 0;
    return grade;
}

/* What the grades below have reached. */
struct climb {
    int32_t points, rung;
    int16_t step;
};

static enum err_code check_climb(struct making *making, const struct item *item,
        const struct grade *grade, struct climb *climb)
{
    if (grade->rung && grade->points == POINTS_NONE)
        return item_refuse(item, making->err, "%.60s is a rung but has no points", item->code);
    if (grade->points != POINTS_NONE && grade->points < climb->points)
        return item_refuse(item, making->err,
                "the points of %.60s are lower than those of a grade above it in the file; "
                "list "
                "the lowest grade first",
                item->code);
    if (grade->rung && grade->points <= climb->rung)
        return item_refuse(item, making->err, "%.60s has the points of the rung before it",
                item->code);
    if (grade->step != STEP_NONE && grade->step < climb->step)
        return item_refuse(item, making->err,
                "the step of %.60s is lower than the one before it", item->code);
    if (grade->points != POINTS_NONE)
        climb->points = grade->points;
    if (grade->rung)
        climb->rung = grade->points;
    if (grade->step != STEP_NONE)
        climb->step = grade->step;
    return ERR_OK;
}

/* The grades or the statuses of one scale, behind those made so far. */
static enum err_code make_grades(struct making *making, const struct item *scale_item,
        int scale, enum directive directive, struct grade *grades)
{
    struct climb climb = { INT32_MIN, INT32_MIN, STEP_NONE };
    enum err_code code = ERR_OK;

    for (const struct item *item = scale_item->child; item != NULL && code == ERR_OK;
            item = item->next) {
        int i = making->fw->grade_n;

        if (item->directive != directive)
            continue;
        grades[i] = make_grade(item, scale);
        making->fw->grade_n++;
        code = check_climb(making, item, &grades[i], &climb);
        if (code == ERR_OK)
            code = enter_names(making, item, SCOPE_GRADES + scale, i);
    }
    return code;
}

static enum err_code make_scale(struct making *making, const struct item *item, int i,
        struct scale *scale, struct grade *grades)
{
    enum scale_kind kind = (enum scale_kind)item_number(item, KEY_KIND, SCALE_GRADES);
    bool own = item_field(item, KEY_METRIC) == NULL;
    int16_t metric = -1;
    enum err_code code = find_metric(making, item, kind, &metric);

    if (code != ERR_OK)
        return code;
    *scale = (struct scale){
        .code = item->code,
        .name = item->name,
        .metric = making->fw->metrics[metric].code,
        .kind = kind,
        .first_grade = making->fw->grade_n,
        .min = (int32_t)item_number(item, KEY_MIN, 0),
        .max = (int32_t)item_number(item, KEY_MAX, 0),
        .places = (int32_t)item_number(item, KEY_PLACES, 0),
        .points_per_unit = (int32_t)item_number(item, KEY_POINTS_PER_UNIT, 1000),
        .size = (int32_t)item_number(item, KEY_SIZE, 0),
        .valid_from = (int)item_number(item, KEY_FROM, 0),
        .valid_to = (int)item_number(item, KEY_TO, 0),
        .source = item_text(item, KEY_SOURCE),
    };
    scale->show = (int32_t)item_number(item, KEY_SHOW, -1);
    making->index->metric_of_scale[i] = metric;
    code = check_range(making, item, scale);
    if (code == ERR_OK)
        code = make_prefixes(making, item, i);
    if (code == ERR_OK)
        code = make_grades(making, item, i, DIRECTIVE_GRADE, grades);
    if (code == ERR_OK && own)
        number_steps(grades + scale->first_grade, making->fw->grade_n - scale->first_grade);
    if (code == ERR_OK)
        code = make_grades(making, item, i, DIRECTIVE_STATUS, grades);
    scale->grade_n = making->fw->grade_n - scale->first_grade;
    return code;
}

static enum err_code make_scales(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_SCALE];
    struct framework *fw = making->fw;
    size_t n = (size_t)items->n;
    size_t grade_n = 0;
    enum err_code code = ERR_OK;
    struct scale *scales;
    struct grade *grades;

    for (size_t i = 0; i < n; i++)
        for (const struct item *at = items->list[i]->child; at != NULL; at = at->next)
            grade_n++;
    if (grade_n > ALL_MAX)
        return item_refuse(items->list[0], making->err, "there are more than %d grades",
                ALL_MAX);
    scales = making_array(making, n, sizeof(*scales));
    grades = scales == NULL ? NULL : making_array(making, grade_n, sizeof(*grades));
    making->index->metric_of_scale =
            grades == NULL ? NULL : making_array(making, n, sizeof(int16_t));
    if (making->index->metric_of_scale == NULL)
        return ERR_MEMORY;
    making->index->prefixes = making_array(making, n, sizeof(*making->index->prefixes));
    if (making->index->prefixes == NULL)
        return ERR_MEMORY;
    fw->scales = scales;
    fw->grades = grades;
    for (int i = 0; i < items->n && code == ERR_OK; i++) {
        code = make_scale(making, items->list[i], i, &scales[i], grades);
        fw->scale_n++;
        if (code == ERR_OK)
            code = making_name(making, items->list[i], SCOPE_SCALE, scales[i].code, i);
    }
    return code;
}

static enum err_code make_subjects(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_SUBJECT];
    struct subject *subjects = making_array(making, (size_t)items->n, sizeof(*subjects));
    enum err_code code = subjects == NULL ? ERR_MEMORY : ERR_OK;

    making->fw->subjects = subjects;
    making->fw->subject_n = items->n;
    for (int i = 0; i < items->n && code == ERR_OK; i++) {
        const struct item *item = items->list[i];

        subjects[i] = (struct subject){
            .code = item->code,
            .name = item->name,
            .core = item_number(item, KEY_CORE, 0) != 0,
            .order = i,
        };
        code = enter_names(making, item, SCOPE_SUBJECT, i);
        if (code == ERR_OK)
            code = making_name(making, item, SCOPE_SUBJECT, item->name, i);
    }
    return code;
}

static enum err_code make_derived(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_DERIVE];
    struct derived *derived = making_array(making, (size_t)items->n, sizeof(*derived));
    enum err_code code = derived == NULL ? ERR_MEMORY : ERR_OK;

    making->fw->derived = derived;
    making->fw->derived_n = items->n;
    for (int i = 0; i < items->n && code == ERR_OK; i++) {
        const struct item *item = items->list[i];
        struct derived *one = &derived[i];

        code = making_find(making, item, SCOPE_SUBJECT, item->code, &one->subject);
        if (code == ERR_OK)
            code = making_find_all(making, item, SCOPE_SUBJECT, KEY_FROM, one->from,
                    &one->from_n);
        for (int k = 0; k < one->from_n && code == ERR_OK; k++)
            if (one->from[k] == one->subject)
                code = item_refuse(item, making->err, "%.60s cannot be derived from itself",
                        item->code);
    }
    return code;
}

static enum err_code make_head(struct making *making)
{
    const struct items *items = &making->draft->items[DIRECTIVE_FRAMEWORK];

    if (items->n == 0) {
        (void)err_set(making->err, ERR_INVALID, "no file has a framework line");
        return err_hint(making->err, "One file begins with: framework CODE \"NAME\".");
    }
    making->fw->code = items->list[items->n - 1]->code;
    making->fw->name = items->list[items->n - 1]->name;
    return ERR_OK;
}

enum err_code framework_finish(struct framework_draft *draft,
        const struct framework **ret_framework, struct err *err)
{
    static enum err_code (*const parts[])(struct making *) = { make_head, make_metrics,
        make_scales, make_subjects, make_derived, making_stages, making_rules, making_measures,
        making_boundaries };
    struct making making = { .draft = draft, .err = err };
    enum err_code code = ERR_OK;

    if (draft == NULL)
        return err_memory(err);
    if (draft->refused)
        return err_set(err, ERR_INVALID, "a file of the framework was refused");
    making.arena = draft->arena;
    making.fw = making_array(&making, 1, sizeof(*making.fw));
    making.index = making.fw == NULL ? NULL : making_array(&making, 1, sizeof(*making.index));
    if (making.index == NULL)
        return ERR_MEMORY;
    making.fw->index = making.index;
    for (size_t i = 0; i < COUNT(parts) && code == ERR_OK; i++)
        code = parts[i](&making);
    if (code == ERR_OK)
        code = index_stored(making.fw, making.arena, err);
    if (code == ERR_OK)
        *ret_framework = making.fw;
    return code;
}
