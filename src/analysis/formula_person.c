#include <stddef.h>
#include <string.h>

#include "analysis/formula_input.h"
#include "analysis/formula_names_in.h"
#include "analysis/formula_run_in.h"
#include "base/text.h"
#include "pupils/pupil.h"

/* Where the words of a pupil stand in struct cohort_pupil. */
static const size_t words[WORD__MAX] = {
    [WORD_SEN] = offsetof(struct cohort_pupil, sen),
    [WORD_GENDER] = offsetof(struct cohort_pupil, sex),
    [WORD_ETHNICITY] = offsetof(struct cohort_pupil, ethnicity),
    [WORD_LANGUAGE] = offsetof(struct cohort_pupil, language),
    [WORD_REGISTRATION] = offsetof(struct cohort_pupil, registration),
    [WORD_HOUSE] = offsetof(struct cohort_pupil, house),
    [WORD_SURNAME] = offsetof(struct cohort_pupil, surname),
    [WORD_FORENAME] = offsetof(struct cohort_pupil, forename),
    [WORD_UPN] = offsetof(struct cohort_pupil, upn),
    [WORD_FSM] = offsetof(struct cohort_pupil, fsm),
    [WORD_PUPIL_PREMIUM] = offsetof(struct cohort_pupil, pupil_premium),
    [WORD_LOOKED_AFTER] = offsetof(struct cohort_pupil, looked_after),
    [WORD_GIFTED] = offsetof(struct cohort_pupil, gifted),
};

static const char *word_of(const struct cohort_pupil *pupil, int which)
{
    const char *word = *(const char *const *)((const char *)pupil + words[which]);

    return text_empty(word) ? NULL : word;
}

const char **formula_word_place(struct cohort_pupil *pupil, int word)
{
    return (const char **)((char *)pupil + words[word]);
}

static void run_word(struct run *run, const struct node *node)
{
    const struct cohort_pupil *pupils = run->cohort->pupils + run->start;
    const char **out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++)
        out[i] = word_of(&pupils[i], node->detail);
}

static void run_whether(struct run *run, const struct node *node)
{
    const struct cohort_pupil *pupils = run->cohort->pupils + run->start;
    uint8_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        const char *word = word_of(&pupils[i], node->detail);

        out[i] = ANSWER_MISSING;
        if (word != NULL)
            out[i] = pupil_answer_is_yes(word) ? ANSWER_YES : ANSWER_NO;
    }
}

static enum err_code of_person(struct checker *c, struct node *node, enum formula_type type,
        void (*run)(struct run *run, const struct node *node))
{
    c->formula->uses.characteristics = true;
    node->detail = node->function->detail;
    node->type = type;
    node->run = run;
    return ERR_OK;
}

enum err_code call_word(struct checker *c, struct node *node)
{
    return of_person(c, node, FORMULA_TEXT, run_word);
}

enum err_code call_whether(struct checker *c, struct node *node)
{
    return of_person(c, node, FORMULA_YES_NO, run_whether);
}

/* The one value of a cut, or NULL where it is not on record. */
static const char *cut_word(const struct run *run, int cut, size_t pupil)
{
    const struct cut_index *index = &run->cuts[cut];
    const char *word;

    if (index->first[pupil] == index->first[pupil + 1])
        return NULL;
    word = index->values[index->of[index->first[pupil]]];
    return text_eq(word, "unclassified") ? NULL : word;
}

static void run_cut_word(struct run *run, const struct node *node)
{
    const char **out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++)
        out[i] = cut_word(run, node->detail, run->start + i);
}

static void run_cut_whether(struct run *run, const struct node *node)
{
    uint8_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        const char *word = cut_word(run, node->detail, run->start + i);

        out[i] = ANSWER_MISSING;
        if (word != NULL)
            out[i] = text_eq(word, "Y") ? ANSWER_YES : ANSWER_NO;
    }
}

enum err_code call_cut(struct checker *c, struct node *node)
{
    static const char *const bands[] = { "low", "middle", "high" };
    static const char *const terms[] = { "autumn", "spring", "summer" };
    int cut = node->function->detail;

    c->formula->cuts[cut] = true;
    if (cut == CUT_EAL)
        return of_person(c, node, FORMULA_YES_NO, run_cut_whether);
    c->formula->uses.prior |= cut == CUT_PRIOR_BAND;
    node->words = cut == CUT_PRIOR_BAND ? bands : terms;
    node->word_n = COUNT(bands);
    return of_person(c, node, FORMULA_TEXT, run_cut_word);
}

static uint8_t is_in(const struct cohort_pupil *pupil, const char *name)
{
    for (size_t g = 0; g < pupil->group_n; g++) {
        if (text_eq_fold(pupil->groups[g], name))
            return ANSWER_YES;
    }
    return ANSWER_NO;
}

static void run_in(struct run *run, const struct node *node)
{
    const struct cohort_pupil *pupils = run->cohort->pupils + run->start;
    uint8_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++)
        out[i] = is_in(&pupils[i], node->text);
}

static enum err_code unknown_group(struct checker *c, const struct node *node)
{
    const char *near = formula_nearest(node->text, c->source->groups, c->source->group_n);

    (void)formula_fail(c, node->args[0]->at, "there is no group \"%.80s\"", node->text);
    if (near == NULL && c->source->group_n > 0)
        near = c->source->groups[0];
    return near == NULL ? c->err->code : err_hint(c->err, "There is \"%.80s\".", near);
}

static enum err_code note_group(struct checker *c, const char *name)
{
    struct formula_uses *uses = &c->formula->uses;
    const char **grown;

    uses->groups = true;
    for (size_t i = 0; i < uses->group_name_n; i++) {
        if (text_eq_fold(uses->group_names[i], name))
            return ERR_OK;
    }
    grown = arena_array(c->arena, uses->group_name_n + 1, sizeof(*grown));
    if (grown == NULL)
        return err_memory(c->err);
    if (uses->group_name_n > 0)
        memcpy(grown, uses->group_names, uses->group_name_n * sizeof(*grown));
    grown[uses->group_name_n++] = name;
    uses->group_names = grown;
    return ERR_OK;
}

enum err_code call_in(struct checker *c, struct node *node)
{
    bool known = c->source->groups == NULL;
    enum err_code code = text_argument(c, node, 0, "the name of a group", &node->text);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; !known && i < c->source->group_n; i++)
        known = text_eq_fold(c->source->groups[i], node->text);
    if (!known)
        return unknown_group(c, node);
    node->arg_n = 0;
    node->type = FORMULA_YES_NO;
    node->run = run_in;
    return note_group(c, node->text);
}

static int64_t number_of(const struct run *run, const struct cohort_pupil *pupil, int which)
{
    if (which == PERSON_YEAR)
        return pupil->year == COHORT_YEAR_UNKNOWN ? FORMULA_NO_NUMBER
                                                  : (int64_t)pupil->year * 1000;
    if (!date_is_set(pupil->dob))
        return FORMULA_NO_NUMBER;
    return (int64_t)date_age(pupil->dob, run->cohort->day) * 1000;
}

static void run_person_number(struct run *run, const struct node *node)
{
    const struct cohort_pupil *pupils = run->cohort->pupils + run->start;
    int64_t *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++)
        out[i] = number_of(run, &pupils[i], node->detail);
}

enum err_code call_person_number(struct checker *c, struct node *node)
{
    return of_person(c, node, FORMULA_NUMBER, run_person_number);
}

static void run_person_date(struct run *run, const struct node *node)
{
    const struct cohort_pupil *pupils = run->cohort->pupils + run->start;
    struct date *out = reg_items(run, node);

    for (size_t i = 0; i < run->n; i++) {
        if (node->detail == PERSON_TODAY)
            out[i] = run->cohort->day;
        else
            out[i] = node->detail == PERSON_BORN ? pupils[i].dob : pupils[i].entry;
    }
}

enum err_code call_person_date(struct checker *c, struct node *node)
{
    return of_person(c, node, FORMULA_DATE, run_person_date);
}
