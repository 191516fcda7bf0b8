#include <string.h>

#include "analysis/formula_names_in.h"
#include "analysis/formula_run_in.h"
#include "base/text.h"

bool scales_join(struct checker *c, struct node *to, const int16_t *scales, int n)
{
    int16_t *all;
    int all_n = to->scale_n;

    if (n == 0 || (to->scales == scales && to->scale_n == n))
        return true;
    if (to->scale_n == 0) {
        to->scales = scales;
        to->scale_n = n;
        return true;
    }
    all = arena_array(c->arena, (size_t)to->scale_n + (size_t)n, sizeof(*all));
    if (all == NULL) {
        (void)err_memory(c->err);
        return false;
    }
    memcpy(all, to->scales, (size_t)to->scale_n * sizeof(*all));
    for (int i = 0; i < n; i++) {
        bool known = false;

        for (int k = 0; k < all_n; k++)
            known |= all[k] == scales[i];
        if (!known)
            all[all_n++] = scales[i];
    }
    to->scales = all;
    to->scale_n = all_n;
    return true;
}

bool scales_meet(const struct checker *c, const struct node *a, const struct node *b)
{
    const int16_t *metric = c->formula->metric_of_scale;

    if (a->scale_n == 0 || b->scale_n == 0)
        return true;
    for (int i = 0; i < a->scale_n; i++) {
        for (int k = 0; k < b->scale_n; k++) {
            if (metric[a->scales[i]] == metric[b->scales[k]])
                return true;
        }
    }
    return false;
}

int grade_metric(const struct formula *formula, struct value value)
{
    return value.scale < 0 ? METRIC_PLAIN : formula->metric_of_scale[value.scale];
}

int32_t grade_key(const struct formula *formula, struct value value)
{
    const struct scale *scale;

    if (value.scale < 0)
        return KEY_NONE;
    if (value.grade >= 0)
        return formula->key_of_grade[value.grade];
    scale = &formula->fw->scales[value.scale];
    if (scale->kind == SCALE_NUMBER)
        return value.points;
    return scale->kind == SCALE_RAW ? value.number : KEY_NONE;
}

/* What a text means on the scales of one metric. */
struct meaning {
    int metric;
    bool whole; /* it stands for a whole level */
    int32_t key;
    int level;
    struct value value;
};

/* "4" where there is also 4c below it. */
static bool stands_for_level(const struct framework *fw, struct value value)
{
    const struct grade *grade;
    const struct scale *scale;

    if (value.grade < 0)
        return false;
    grade = &fw->grades[value.grade];
    scale = &fw->scales[grade->scale];
    if (grade->rung || grade->wide || grade->level == LEVEL_NONE)
        return false;
    for (int i = scale->first_grade; i < scale->first_grade + scale->grade_n; i++) {
        const struct grade *other = &fw->grades[i];

        if (other->rung && other->level == grade->level && other->points < grade->points)
            return true;
    }
    return false;
}

static bool mean_on(const struct checker *c, int scale, const char *text,
        struct meaning *ret_meaning)
{
    struct meaning meaning = { .metric = c->formula->metric_of_scale[scale] };
    struct err ignored;

    if (framework_read_grade(c->fw, scale, -1, -1, text, &meaning.value, &ignored) != ERR_OK)
        return false;
    meaning.key = grade_key(c->formula, meaning.value);
    meaning.level = framework_level(c->fw, meaning.value);
    meaning.whole = stands_for_level(c->fw, meaning.value);
    *ret_meaning = meaning;
    return true;
}

/* The scale outside `like` that has this grade; -1: none. */
static int found_elsewhere(const struct checker *c, const char *text)
{
    struct meaning meaning;

    for (int i = 0; i < c->fw->scale_n; i++) {
        if (c->fw->scales[i].kind == SCALE_GRADES && mean_on(c, i, text, &meaning))
            return i;
    }
    return -1;
}

/* The scale whose hint says what was probably meant, else the first with grades. */
static int scale_to_blame(const struct checker *c, const struct node *like, const char *text)
{
    int first = -1;

    for (int i = 0; i < like->scale_n; i++) {
        struct value value;
        struct err err;

        if (first < 0 && c->fw->scales[like->scales[i]].kind == SCALE_GRADES)
            first = like->scales[i];
        if (framework_read_grade(c->fw, like->scales[i], -1, -1, text, &value, &err) == ERR_OK)
            continue;
        if (text_starts(err.hint, "Did you mean"))
            return like->scales[i];
    }
    return first < 0 ? like->scales[0] : first;
}

/* The lowest and the highest, whether or not they are rungs. */
static enum err_code hint_grades(struct checker *c, int scale)
{
    const struct scale *s = &c->fw->scales[scale];
    const struct grade *grades = &c->fw->grades[s->first_grade];
    int last = s->grade_n - 1;

    while (last > 0 && grades[last].status)
        last--;
    if (last < 0)
        return c->err->code;
    return err_hint(c->err, "Its grades run from %.40s to %.40s.", grades[0].code,
            grades[last].code);
}

static enum err_code refuse_literal(struct checker *c, const struct node *literal,
        const struct node *like)
{
    char quote[QUOTE_SIZE];
    int blame = like->scale_n == 0 ? -1 : scale_to_blame(c, like, literal->text);
    int elsewhere = found_elsewhere(c, literal->text);
    struct value value;
    struct err err = { 0 };

    (void)formula_quote(c, like, quote);
    if (blame < 0)
        return formula_fail(c, literal->at, "no scale is known for %s", quote);
    if (framework_read_grade(c->fw, blame, -1, -1, literal->text, &value, &err) == ERR_OK)
        err.hint[0] = '\0';
    if (elsewhere < 0)
        (void)formula_fail(c, literal->at, "\"%.40s\" is not a grade of %.80s, the scale of %s",
                literal->text, c->fw->scales[blame].name, quote);
    else
        (void)formula_fail(c, literal->at, "\"%.40s\" is a grade of %.80s, but %s is on %.80s",
                literal->text, c->fw->scales[elsewhere].name, quote, c->fw->scales[blame].name);
    if (c->fw->scales[blame].kind == SCALE_GRADES && !text_starts(err.hint, "Did you mean"))
        return hint_grades(c, blame);
    return err_hint(c->err, "%s", err.hint);
}

/* One meaning for each metric of the scales of `like`, the first scale's first. */
static enum err_code find_meanings(struct checker *c, const struct node *literal,
        const struct node *like, struct meaning **ret_meanings, int *ret_n)
{
    struct meaning *meanings =
            arena_array(c->arena, (size_t)like->scale_n + 1, sizeof(*meanings));
    struct meaning status = { .metric = METRIC_MIXED };
    int n = 0;

    if (meanings == NULL)
        return err_memory(c->err);
    for (int i = 0; i < like->scale_n; i++) {
        struct meaning meaning;
        bool known = false;

        if (!mean_on(c, like->scales[i], literal->text, &meaning))
            continue;
        for (int k = 0; k < n; k++)
            known |= meanings[k].metric == meaning.metric;
        if (meaning.key == KEY_NONE)
            status = meaning;
        else if (!known)
            meanings[n++] = meaning;
    }
    if (n == 0 && status.metric != METRIC_MIXED) {
        (void)formula_fail(c, literal->at, "\"%.40s\" is recorded, but is no value to compare",
                literal->text);
        return err_hint(c->err, "ISMISSING(...) finds who has no value.");
    }
    if (n == 0)
        return refuse_literal(c, literal, like);
    *ret_meanings = meanings;
    *ret_n = n;
    return ERR_OK;
}

enum err_code grade_literal(struct checker *c, struct node *literal, const struct node *like)
{
    struct meaning *meanings = NULL;
    int n = 0, chosen = 0;
    enum err_code code = find_meanings(c, literal, like, &meanings, &n);

    if (code != ERR_OK)
        return code;
    while (chosen + 1 < n && meanings[chosen].value.grade < 0)
        chosen++;
    literal->kind = NODE_GRADE;
    literal->type = FORMULA_GRADE;
    literal->grade = meanings[chosen].value;
    return ERR_OK;
}

/* The answers of value OP literal, for every grade of the framework. */
struct verdict {
    const struct formula *formula;
    const uint8_t *truth;
    uint8_t *of_grade;
    struct meaning *meanings;
    int meaning_n;
};

static uint8_t judge(const struct verdict *verdict, struct value value)
{
    const struct framework *fw = verdict->formula->fw;
    int metric = grade_metric(verdict->formula, value);
    int32_t key = grade_key(verdict->formula, value);

    for (int i = 0; i < verdict->meaning_n && key != KEY_NONE; i++) {
        const struct meaning *meaning = &verdict->meanings[i];
        int32_t against = meaning->key;

        if (meaning->metric != metric)
            continue;
        if (meaning->whole) {
            key = framework_level(fw, value);
            against = meaning->level;
            if (key == LEVEL_NONE)
                return ANSWER_MISSING;
        }
        return verdict->truth[(key > against) - (key < against) + 1];
    }
    return ANSWER_MISSING;
}

static void run_verdict(struct run *run, const struct node *node)
{
    const struct verdict *verdict = node->extra;
    const struct value *values = reg_items(run, node->args[0]);
    const uint8_t *of_grade = verdict->of_grade;
    uint8_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        int grade = values[i].grade;

        if (grade >= 0)
            out[i] = of_grade[grade];
        else
            out[i] = values[i].scale < 0 ? ANSWER_MISSING : judge(verdict, values[i]);
    }
}

enum err_code grade_verdict(struct checker *c, struct node *node, struct node *literal,
        struct node *value, enum token_kind op)
{
    struct verdict *verdict = arena_alloc(c->arena, sizeof(*verdict));
    enum err_code code;

    if (verdict == NULL)
        return err_memory(c->err);
    verdict->of_grade = arena_array(c->arena, (size_t)c->fw->grade_n, 1);
    if (verdict->of_grade == NULL)
        return err_memory(c->err);
    verdict->formula = c->formula;
    verdict->truth = truth_of(op);
    code = find_meanings(c, literal, value, &verdict->meanings, &verdict->meaning_n);
    if (code != ERR_OK)
        return code;
    for (int i = 0; i < c->fw->grade_n; i++) {
        struct value grade = { c->fw->grades[i].points, 0, c->fw->grades[i].scale, (int16_t)i };

        verdict->of_grade[i] = judge(verdict, grade);
    }
    node->args[0] = value;
    node->arg_n = 1;
    node->extra = verdict;
    node->run = run_verdict;
    return ERR_OK;
}

void run_compare_grades(struct run *run, const struct node *node)
{
    const struct value *a = reg_items(run, node->args[0]);
    const struct value *b = reg_items(run, node->args[1]);
    const uint8_t *truth = truth_of((enum token_kind)node->detail);
    uint8_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        int32_t left = grade_key(run->formula, a[i]);
        int32_t right = grade_key(run->formula, b[i]);

        if (left == KEY_NONE || right == KEY_NONE ||
                grade_metric(run->formula, a[i]) != grade_metric(run->formula, b[i]))
            out[i] = ANSWER_MISSING;
        else
            out[i] = truth[(left > right) - (left < right) + 1];
    }
}

/* The higher or lower of those that are there; none where they are on two metrics. */
void run_extreme_grade(struct run *run, const struct node *node)
{
    struct value *out = reg_items(run, node);
    bool highest = node->detail == TOTAL_MAX;

    for (size_t i = 0; i < run->n; i++) {
        struct value best = VALUE_NONE;
        int32_t best_key = KEY_NONE;

        for (int k = 0; k < node->arg_n; k++) {
            struct value value = ((const struct value *)reg_items(run, node->args[k]))[i];
            int32_t key = grade_key(run->formula, value);

            if (key == KEY_NONE)
                continue;
            if (best_key != KEY_NONE &&
                    grade_metric(run->formula, value) != grade_metric(run->formula, best)) {
                best = VALUE_NONE;
                break;
            }
            if (best_key == KEY_NONE || (highest ? key > best_key : key < best_key)) {
                best = value;
                best_key = key;
            }
        }
        out[i] = best;
    }
}
