#include "actions/roll.h"

#include <string.h>

#include "actions/cohort_in.h"
#include "base/text.h"

enum {
    NAME_SIZE = 96
};

static enum err_code load_roll(struct context *context, const struct filters *filters,
        bool all_rules, struct loaded *ret_loaded, struct err *err)
{
    struct cohort_options options = { .characteristics = true };
    struct loaded out = { .day = context->today, .subject = -1 };
    struct load load = { .context = context,
        .filters = filters,
        .options = &options,
        .out = &out,
        .all_rules = all_rules };
    enum err_code code;

    if (date_is_set(filters->as_at))
        out.day = out.recorded = filters->as_at;
    code = load_population(&load, err);

    if (code == ERR_OK)
        code = cohort_make(context->arena, context->fw, &context->reckoning, out.day,
                load.pupils, load.pupil_n, NULL, 0, &out.cohort, err);
    if (code == ERR_OK)
        code = load_through_gate(context, &out, false, err);
    if (code == ERR_OK)
        *ret_loaded = out;
    return code;
}

enum err_code roll_load(struct context *context, const struct filters *filters,
        struct loaded *ret_loaded, struct err *err)
{
    return load_roll(context, filters, false, ret_loaded, err);
}

enum err_code roll_load_groups(struct context *context, const struct filters *filters,
        struct loaded *ret_loaded, struct err *err)
{
    return load_roll(context, filters, true, ret_loaded, err);
}

enum err_code roll_upn(struct context *context, int64_t pupil_id, const char **ret_upn,
        struct err *err)
{
    struct pupil_handle_list list = { 0 };
    enum err_code code =
            store_pupils(context->store, context->school.school_id, context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        if (list.items[i].pupil_id != pupil_id)
            continue;
        *ret_upn = list.items[i].upn;
        return ERR_OK;
    }
    (void)err_set(err, ERR_NOT_FOUND, "there is no such pupil here");
    return err_hint(err, "Look for the pupil by name.");
}

/* ---- finding ---- */

static bool parts(char c)
{
    return c == ' ' || c == ',' || c == '\t' || c == ';';
}

struct roll_words roll_words_of(const char *text)
{
    struct roll_words words = { 0 };

    while (*text != '\0' && words.n < ROLL_WORDS) {
        char piece[NAME_SIZE];
        size_t n = 0;

        while (parts(*text))
            text++;
        for (; *text != '\0' && !parts(*text); text++) {
            if (n + 1 < sizeof(piece))
                piece[n++] = *text;
        }
        piece[n] = '\0';
        text_fold_name(piece, words.words[words.n], sizeof(words.words[0]));
        if (words.words[words.n][0] != '\0')
            words.n++;
    }
    return words;
}

/* Whether a part of the name begins with the word: parts are set off by blanks and hyphens. */
static bool name_begins(const char *name, const char *word)
{
    while (name != NULL && *name != '\0') {
        char folded[NAME_SIZE];

        text_fold_name(name, folded, sizeof(folded));
        if (text_starts(folded, word))
            return true;
        name += strcspn(name, " -'");
        name += strspn(name, " -'");
    }
    return false;
}

static bool one_matches(const struct cohort_pupil *pupil, const char *word, bool upn)
{
    char folded[NAME_SIZE];

    if (name_begins(pupil->surname, word) || name_begins(pupil->forename, word))
        return true;
    if (!upn || pupil->upn == NULL)
        return false;
    text_fold_name(pupil->upn, folded, sizeof(folded));
    return text_starts(folded, word);
}

bool roll_matches(const struct cohort_pupil *pupil, const struct roll_words *words, bool upn)
{
    for (size_t i = 0; i < words->n; i++) {
        if (!one_matches(pupil, words->words[i], upn))
            return false;
    }
    return words->n > 0;
}
