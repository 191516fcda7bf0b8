#include "actions/filters.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "scales/framework.h"

const struct filter_info filter_infos[] = {
    { "year-group", "N", "one NC year: R, 1 .. 13" },
    { "subject", "CODE", "one subject, by code or name: MAT" },
    { "group", "NAME", "pupils in a group on the day" },
    { "registration", "NAME", "one registration group: 5B" },
    { "upn", "UPN", "one pupil" },
    { "review", "NAME", "judgements made for one review" },
    { "where", "FORMULA",
            "pupils for whom a formula says yes: 'SEN = \"S\" AND GAP(\"MAT\") < 0'" },
    { "basis", "WORD", "target, prediction or attainment; summary takes several, or all" },
    { "by", "LIST", "cut by " CUT_WORDS },
    { "cross", "CUT", "divide by a second of these at once: --by gender --cross fsm" },
    { "measure", "ID", "one measure of the summary: ks2-l4-eng" },
    { "value", "VALUE", "of the one cut --by, for names: F; for intervention its first day" },
    { "flag", "WORD", "rows of progress with well-below, below, on, above or well-above" },
    { "as-at", "DATE", "as the file stood on that day" },
    { "model", "NAME", "predictions of one model" },
    { "years", "A-B", "school years by their end year: 2004-2008" },
    { "over", "WORD", "trend: terms, reviews or years" },
    { "follow", "WORD",
            "trend: cohort (the same pupils back in time) or year-group (whoever was in it)" },
    { "column", "WORD", "compare: points, gap, progress, prior, or a formula giving a number" },
    { "x", "FORMULA", "scatter: what lies across, 'PRIOR(\"MAT\")'; profile: a subject" },
    { "y", "FORMULA", "scatter: what stands upright; profile: a subject" },
    { "from", "POINT",
            "matrix: prior, target, prediction, now, result, a review or a date; default: "
            "prior" },
    { "to", "POINT", "matrix: the same; default: now" },
    { "sets", "SETS",
            "overlap: two to six formulas, with names: 'Meals: FSM; Needs: SEN <> \"N\"'" },
    { "region", "PART",
            "overlap: the names of one part: AB is who is in the first two sets alone, A+ "
            "everybody in the first, none who is in no set" },
};
const size_t filter_info_n = COUNT(filter_infos);

static enum err_code wrong(struct err *err, const char *name, const char *value,
        const char *right)
{
    (void)err_set(err, ERR_INVALID, "\"%s\" is not a value for --%s", value, name);
    return err_hint(err, "%s", right);
}

static enum err_code set_by(struct filters *filters, const char *value, struct err *err)
{
    char word[32];
    const char *at = value;

    filters->by_n = 0;
    filters->by_subject = text_eq_fold(value, "subject");
    if (filters->by_subject)
        return ERR_OK;
    while (*at != '\0') {
        size_t n = strcspn(at, ",");

        if (n >= sizeof(word) || filters->by_n == FILTER_CUTS)
            return wrong(err, "by", value, "Name up to four cuts, commas between: gender,sen.");
        memcpy(word, at, n);
        word[n] = '\0';
        if (!cut_parse(word, &filters->by[filters->by_n]))
            return wrong(err, "by", word, "It is one of " CUT_WORDS ".");
        filters->by_n++;
        at += n;
        if (*at == ',')
            at++;
    }
    return ERR_OK;
}

/* One basis more; one that was named before is not taken twice. */
static void add_basis(struct filters *filters, enum basis basis)
{
    bool known = filters->has_basis && filters->basis == basis;

    for (size_t i = 0; i < filters->beside_n; i++)
        known = known || filters->beside[i] == basis;
    if (known)
        return;
    if (filters->has_basis)
        filters->beside[filters->beside_n++] = basis;
    else
        filters->basis = basis;
    filters->has_basis = true;
}

static enum err_code set_basis(struct filters *filters, const char *value, struct err *err)
{
    char word[16];
    const char *at = text_eq_fold(value, "all") ? "attainment,target,prediction" : value;

    filters->has_basis = false;
    filters->beside_n = 0;
    do {
        size_t n = strcspn(at, ",");
        enum basis basis;

        (void)snprintf(word, sizeof(word), "%.*s", (int)n, at);
        if (n >= sizeof(word) || !basis_parse(word, &basis))
            return wrong(err, "basis", value,
                    "It is target, prediction or attainment, several with commas, or all.");
        add_basis(filters, basis);
        at += n + (at[n] == ',');
    } while (*at != '\0');
    return ERR_OK;
}

static enum err_code set_cross(struct filters *filters, const char *value, struct err *err)
{
    if (text_empty(value))
        filters->cross = CUT_NONE;
    else if (!cut_parse(value, &filters->cross))
        return wrong(err, "cross", value, "It is one of " CUT_WORDS ".");
    return ERR_OK;
}

static enum err_code set_flag(struct filters *filters, const char *value, struct err *err)
{
    for (int flag = FLAG_NONE + 1; flag < FLAG__MAX; flag++) {
        if (text_eq_fold(value, flag_code((enum flag)flag))) {
            filters->flag = (enum flag)flag;
            return ERR_OK;
        }
    }
    return wrong(err, "flag", value, "It is well-below, below, on, above or well-above.");
}

static enum err_code set_years(struct filters *filters, const char *value, struct err *err)
{
    char copy[24];
    int64_t first = 0;
    int64_t last = 0;
    char *dash;

    if (!text_copy(copy, sizeof(copy), value))
        return wrong(err, "years", value, "Give end years: 2004-2008.");
    dash = strchr(copy, '-');
    if (dash != NULL)
        *dash++ = '\0';
    if (!text_int(copy, &first) || !text_int(dash == NULL ? copy : dash, &last) ||
            first < 1900 || last > 2199 || first > last || last - first > 40)
        return wrong(err, "years", value, "Give end years: 2004-2008.");
    filters->first_school_year = (int)first;
    filters->last_school_year = (int)last;
    return ERR_OK;
}

static enum err_code set_over(struct filters *filters, const char *value, struct err *err)
{
    static const char *const words[] = { "terms", "reviews", "years" };

    for (size_t i = 0; i < COUNT(words); i++) {
        if (text_eq_fold(value, words[i])) {
            filters->over = (enum over)i;
            filters->has_over = true;
            return ERR_OK;
        }
    }
    return wrong(err, "over", value, "It is terms, reviews or years.");
}

static enum err_code set_follow(struct filters *filters, const char *value, struct err *err)
{
    if (!text_eq_fold(value, "cohort") && !text_eq_fold(value, "year-group"))
        return wrong(err, "follow", value, "It is cohort or year-group.");
    filters->follow_year = text_eq_fold(value, "year-group");
    filters->has_follow = true;
    return ERR_OK;
}

static enum err_code set_checked(struct filters *filters, const char *name, const char *value,
        bool *ret_known, struct err *err)
{
    *ret_known = true;
    if (text_eq(name, "year-group")) {
        if (!framework_year_parse(value, &filters->year))
            return wrong(err, name, value, "Give an NC year: N1, N2, R, 1 .. 13.");
        filters->has_year = true;
    } else if (text_eq(name, "basis")) {
        return set_basis(filters, value, err);
    } else if (text_eq(name, "flag")) {
        return set_flag(filters, value, err);
    } else if (text_eq(name, "as-at")) {
        if (!date_parse(value, &filters->as_at))
            return wrong(err, name, value, "Give a date: 2026-03-27 or 27/3/2026.");
    } else if (text_eq(name, "by")) {
        return set_by(filters, value, err);
    } else if (text_eq(name, "cross")) {
        return set_cross(filters, value, err);
    } else if (text_eq(name, "years")) {
        return set_years(filters, value, err);
    } else if (text_eq(name, "over")) {
        return set_over(filters, value, err);
    } else if (text_eq(name, "follow")) {
        return set_follow(filters, value, err);
    } else {
        *ret_known = false;
    }
    return ERR_OK;
}

enum err_code filters_set(struct filters *filters, const char *name, const char *value,
        bool *ret_known, struct err *err)
{
    const struct {
        const char *name;
        const char **field;
    } texts[] = {
        { "subject", &filters->subject },
        { "group", &filters->group },
        { "registration", &filters->registration },
        { "upn", &filters->upn },
        { "review", &filters->review },
        { "model", &filters->model },
        { "where", &filters->where },
        { "measure", &filters->measure },
        { "value", &filters->value },
        { "column", &filters->column },
        { "x", &filters->x },
        { "y", &filters->y },
        { "from", &filters->from },
        { "to", &filters->to },
        { "sets", &filters->sets },
        { "region", &filters->region },
    };

    for (size_t i = 0; i < COUNT(texts); i++) {
        if (!text_eq(name, texts[i].name))
            continue;
        *ret_known = true;
        *texts[i].field = text_empty(value) ? NULL : value;
        return ERR_OK;
    }
    return set_checked(filters, name, value, ret_known, err);
}
