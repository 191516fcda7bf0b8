#include "actions/context.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "targets/corridor.h"

enum err_code context_open(struct context *context, struct arena *arena,
        const struct context_options *options, struct err *err)
{
    char day[DATE_TEXT_SIZE];

    *context = (struct context){ .arena = arena };
    context->who = options->who == NULL ? "command line" : options->who;
    context->framework_folder = options->framework_folder;
    context->today = date_is_set(options->today) ? options->today : clock_today();
    /* A day that was asked for gives the same bytes whenever it is asked for. */
    if (date_is_set(options->today))
        (void)snprintf(context->stamp, sizeof(context->stamp), "%sT00:00:00Z",
                date_text(options->today, day));
    else
        (void)clock_stamp(context->today, context->stamp);
    return store_open(options->db, options->mode, &context->store, err);
}

void context_close(struct context *context)
{
    store_close(context->store);
    context->store = NULL;
}

enum err_code laestab_parse(const char *text, char buffer[LAESTAB_SIZE], struct err *err)
{
    size_t n = 0;
    bool good = text != NULL;

    for (const char *c = text; good && *c != '\0'; c++) {
        if (*c == '/' && n == 3)
            continue;
        good = *c >= '0' && *c <= '9' && n < LAESTAB_SIZE - 1;
        if (good)
            buffer[n++] = *c;
    }
    if (!good || n != LAESTAB_SIZE - 1) {
        (void)err_set(err, ERR_INVALID, "\"%s\" is not a school's LAESTAB number",
                text == NULL ? "" : text);
        return err_hint(err,
                "It has seven digits, local authority and establishment: 8064001 or "
                "806/4001.");
    }
    buffer[n] = '\0';
    return ERR_OK;
}

static const struct school *find_school(const struct school_list *schools, const char *laestab)
{
    for (size_t i = 0; i < schools->n; i++) {
        if (text_eq(schools->items[i].laestab, laestab))
            return &schools->items[i];
    }
    return NULL;
}

static enum err_code refuse_choice(const struct school_list *schools, const char *wanted,
        struct err *err)
{
    char list[160] = "";
    size_t used = 0;

    for (size_t i = 0; i < schools->n && used + 12 < sizeof(list); i++)
        used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s", i == 0 ? "" : ", ",
                schools->items[i].laestab);
    if (schools->n == 0) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no school in this file yet");
        return err_hint(err, "Make one with `attain init --name NAME --laestab NUMBER`.");
    }
    if (wanted != NULL)
        (void)err_set(err, ERR_NOT_FOUND, "there is no school %s in this file", wanted);
    else
        (void)err_set(err, ERR_USAGE, "this file holds %zu schools: say which with --school",
                schools->n);
    return err_hint(err, "It holds: %s%s.", list, used + 12 < sizeof(list) ? "" : " and more");
}

/* "7-8" or "7": NC years. */
static bool parse_years(const char *text, struct stage_years *ret_years)
{
    char copy[16];
    char *dash;

    if (!text_copy(copy, sizeof(copy), text))
        return false;
    dash = strchr(copy, '-');
    if (dash != NULL)
        *dash++ = '\0';
    if (!framework_year_parse(text_trim(copy), &ret_years->first) ||
            !framework_year_parse(dash == NULL ? copy : text_trim(dash), &ret_years->last))
        return false;
    return ret_years->first <= ret_years->last;
}

static enum err_code wrong_setting(const char *name, const char *value, const char *right,
        struct err *err)
{
    (void)err_set(err, ERR_INVALID, "\"%s\" is not a value for the setting %s", value, name);
    return err_hint(err, "%s", right);
}

static enum err_code apply_years(struct context *context, struct stage_years *years,
        const char *name, const char *value, struct err *err)
{
    int stage = framework_stage(context->fw, name + sizeof("years.") - 1);

    if (stage < 0 || !context->fw->stages[stage].whole)
        return wrong_setting(name, value, "Name a key stage: years.KS3.", err);
    if (!parse_years(value, &years[stage]))
        return wrong_setting(name, value, "Give the first and last NC year: 7-8.", err);
    return ERR_OK;
}

/* "09-01" as 901, in a year with a 29 February. */
static bool read_month_day(const char *text, int *ret_day)
{
    char iso[DATE_TEXT_SIZE] = "2024-";
    struct date day;

    (void)text_copy(iso + 5, 6, text);
    if (!date_parse_iso(iso, &day))
        return false;
    *ret_day = date_month(day) * 100 + date_day(day);
    return true;
}

/* "09-01 10-31"; the first may lie behind the last: over the turn of a year. */
static bool read_window(const char *value, int *ret_first, int *ret_last)
{
    return strlen(value) == 11 && value[5] == ' ' && read_month_day(value, ret_first) &&
           read_month_day(value + 6, ret_last);
}

bool context_targets_open(const struct context *context, struct date day)
{
    const char *value = context_setting(context, "targets.window", "");
    int today = date_month(day) * 100 + date_day(day);
    int first = 0;
    int last = 0;

    if (!read_window(value, &first, &last))
        return false;
    return first <= last ? first <= today && today <= last : first <= today || today <= last;
}

/* Settings that are one of two words. */
static const struct two_words {
    const char *name, *one, *other;
} two_words[] = {
    { "rounding", "nearest", "pair" },
    { "tests-count", "yes", "no" },
    { "access.teachers-see-flags", "yes", "no" },
    { "access.parents-see-views", "yes", "no" },
    { "access.second-factor", "required", "optional" },
};

static enum err_code check_two_words(const char *name, const char *value, bool *ret_known,
        struct err *err)
{
    char right[60];

    *ret_known = false;
    for (size_t i = 0; i < COUNT(two_words); i++) {
        const struct two_words *two = &two_words[i];

        if (!text_eq(name, two->name))
            continue;
        *ret_known = true;
        if (text_eq(value, two->one) || text_eq(value, two->other))
            return ERR_OK;
        (void)snprintf(right, sizeof(right), "It is %s or %s.", two->one, two->other);
        return wrong_setting(name, value, right, err);
    }
    return ERR_OK;
}

static enum err_code check_window(const char *name, const char *value, struct err *err)
{
    int first;
    int last;

    if (text_empty(value) || read_window(value, &first, &last))
        return ERR_OK;
    return wrong_setting(name, value,
            "Give its first and last day as month and day: 09-01 10-31.", err);
}

static enum err_code apply_word(struct context *context, const char *name, const char *value,
        struct err *err)
{
    int64_t number;
    bool known = false;
    enum err_code code = check_two_words(name, value, &known, err);

    if (code != ERR_OK)
        return code;
    if (text_eq(name, "rounding"))
        context->reckoning.rounding = text_eq(value, "pair") ? ROUND_PAIR : ROUND_NEAREST;
    if (text_eq(name, "tests-count"))
        context->tests_count = text_eq(value, "yes");
    if (known)
        return ERR_OK;
    if (text_eq(name, "targets.window"))
        return check_window(name, value, err);
    if (!text_eq(name, "target-rate"))
        return err_set(err, ERR_NOT_FOUND, "there is no setting called %s", name);
    if (!text_int(value, &number) || number < 0 || number > 9)
        return wrong_setting(name, value, "It is a number of whole levels, 0 to 9.", err);
    context->reckoning.target_rate = (int)number;
    return ERR_OK;
}

/* target.MEASURE.YEAR = percent */
static enum err_code check_target(const char *name, const char *value, struct err *err)
{
    const char *dot = strrchr(name, '.');
    int64_t percent, year;

    if (dot - name < (int)sizeof("target.") || !text_int(dot + 1, &year) || year < 1900 ||
            year > 2199)
        return wrong_setting(name, value,
                "Name the measure and the year that ends: target.ks2-l4-mat.2026.", err);
    if (!text_milli(value, &percent) || percent < 0 || percent > 100000)
        return wrong_setting(name, value, "It is a percentage, 0 to 100.", err);
    return ERR_OK;
}

static enum err_code apply_setting(struct context *context, struct stage_years *years,
        const char *name, const char *value, struct err *err)
{
    struct corridor_width width = { 0 };
    enum err_code code;

    if (text_eq(name, "flags"))
        return flag_rule_parse(value, &context->reckoning.flags, err);
    if (text_eq(name, "calendar"))
        return calendar_parse(value, &context->reckoning.calendar, err);
    if (text_starts(name, "years."))
        return apply_years(context, years, name, value, err);
    if (text_starts(name, "prior.")) {
        int stage = framework_stage(context->fw, name + sizeof("prior.") - 1);

        if (stage < 0 || framework_stage(context->fw, value) < 0)
            return wrong_setting(name, value, "Name two key stages: prior.KS4 = KS3.", err);
        return ERR_OK;
    }
    if (text_starts(name, "target."))
        return check_target(name, value, err);
    if (!text_eq(name, "corridor"))
        return apply_word(context, name, value, err);
    code = corridor_width_parse(value, &width, err);
    if (code == ERR_OK) {
        context->reckoning.corridor_lower = width.lower;
        context->reckoning.corridor_upper = width.upper;
    }
    return code;
}

const struct setting_info setting_infos[] = {
    { "rounding", "how a progress target is written: the nearest sub-level, or a pair",
            "pair" },
    { "flags", "how many steps make each flag", "well-below -2, below -1, above 1" },
    { "corridor", "points below and above the trajectory that mark its corridor", "2 2" },
    { "calendar", "the parts of the school year and their last days (month-day)",
            "autumn 12-31, spring 04-15, summer 08-31" },
    { "target-rate", "whole levels over a key stage below which a target is flagged", "2" },
    { "targets.window", "first and last day (month-day) on which subject leaders set targets",
            "09-01 10-31" },
    { "tests-count", "whether tests and mocks count as current attainment", "no" },
    { "target.ks2-l4-mat.2026",
            "the school's target for a measure in the school year that ends then, in percent",
            "85" },
    { "years.KS3", "the NC years of a key stage (two-year Key Stage 3: 7-8)", "7-8" },
    { "prior.KS4", "whose result is the prior attainment of a key stage", "KS3" },
    { "borderline", "what staff are asked for between two grades, shown on the marksheet",
            "the lower grade" },
    { "access.teachers-see-flags",
            "whether class teachers see free school meals, pupil premium and care status of "
            "those they teach",
            "no" },
    { "access.second-factor",
            "whether roles that see the whole school need a code from their phone to sign in",
            "required" },
    { "access.parents-see-views", "whether parents see who looked at their child's record",
            "no" },
};
const size_t setting_info_n = COUNT(setting_infos);

/* Settings that change no figure: shown, or asked for where they are used. */
static bool is_words_only(const char *name)
{
    return text_eq(name, "borderline") || text_starts(name, "ctf.") ||
           text_starts(name, "access.") || text_starts(name, "targets.") ||
           text_starts(name, "backup.");
}

static enum err_code reckon_by_settings(struct context *context, struct err *err)
{
    struct stage_years *years =
            arena_array(context->arena, (size_t)context->fw->stage_n, sizeof(*years));
    struct corridor_width width = corridor_width_default();
    enum err_code code = ERR_OK;

    if (years == NULL)
        return err_memory(err);
    context->reckoning = (struct reckoning){
        .calendar = calendar_default(),
        .rounding = ROUND_NEAREST,
        .flags = flag_rule_default(),
        .corridor_lower = width.lower,
        .corridor_upper = width.upper,
        .target_rate = 2,
    };
    context->tests_count = false;
    for (int i = 0; i < context->fw->stage_n; i++) {
        years[i].first = context->fw->stages[i].first_year;
        years[i].last = context->fw->stages[i].last_year;
    }
    context->stage_years = years;
    for (size_t i = 0; i < context->settings.n && code == ERR_OK; i++) {
        const struct setting *setting = &context->settings.items[i];

        if (!is_words_only(setting->name))
            code = apply_setting(context, years, setting->name, setting->value, err);
    }
    return code;
}

static enum err_code load_school(struct context *context, struct err *err)
{
    enum err_code code = store_settings(context->store, context->school.school_id,
            context->arena, &context->settings, err);

    if (code == ERR_OK)
        code = framework_load(context, context->school.framework, context->school.school_id,
                &context->fw, err);
    return code == ERR_OK ? reckon_by_settings(context, err) : code;
}

enum err_code context_choose_school(struct context *context, const char *laestab,
        struct err *err)
{
    struct school_list schools = { 0 };
    const struct school *school = NULL;
    char number[LAESTAB_SIZE];
    enum err_code code = ERR_OK;

    if (laestab != NULL)
        code = laestab_parse(laestab, number, err);
    if (code == ERR_OK)
        code = store_schools(context->store, context->arena, &schools, err);
    if (code != ERR_OK)
        return code;
    if (laestab != NULL)
        school = find_school(&schools, number);
    else if (schools.n == 1)
        school = &schools.items[0];
    if (school == NULL)
        return refuse_choice(&schools, laestab == NULL ? NULL : number, err);
    context->school = *school;
    context->has_school = true;
    return load_school(context, err);
}

const char *context_setting(const struct context *context, const char *name,
        const char *otherwise)
{
    for (size_t i = 0; i < context->settings.n; i++) {
        if (text_eq(context->settings.items[i].name, name))
            return context->settings.items[i].value;
    }
    return otherwise;
}

int context_prior_stage(const struct context *context, int stage)
{
    char name[40] = "prior.";
    const char *value;

    (void)text_copy(name + 6, sizeof(name) - 6, context->fw->stages[stage].code);
    value = context_setting(context, name, NULL);
    return value == NULL ? context->fw->stages[stage].previous[0]
                         : framework_stage(context->fw, value);
}

int context_stage_of_year(const struct context *context, int year)
{
    for (int i = 0; i < context->fw->stage_n; i++) {
        if (context->fw->stages[i].whole && context->stage_years[i].first <= year &&
                year <= context->stage_years[i].last)
            return i;
    }
    return -1;
}

int context_stage_years(const struct context *context, int stage)
{
    return stage < 0 ? 0
                     : context->stage_years[stage].last - context->stage_years[stage].first + 1;
}

/* A target for a measure that there is, when it is set: a measure may end later. */
static enum err_code check_target_measure(const struct context *context, const char *name,
        struct err *err)
{
    char id[80];
    const char *start = name + sizeof("target.") - 1;
    const char *dot = strrchr(name, '.');

    if (!text_starts(name, "target.") || dot < start)
        return ERR_OK;
    (void)snprintf(id, sizeof(id), "%.*s", (int)(dot - start), start);
    if (framework_measure(context->fw, id) >= 0)
        return ERR_OK;
    (void)err_set(err, ERR_NOT_FOUND, "there is no measure called %s", id);
    return err_hint(err, "Run the summary to see them all.");
}

/* Put the value among the loaded settings, so that it is tried before it is stored. */
static enum err_code try_setting(struct context *context, const char *name, const char *value,
        struct err *err)
{
    struct setting_list list = { 0 };

    list.items = arena_array(context->arena, context->settings.n + 1, sizeof(*list.items));
    if (list.items == NULL)
        return err_memory(err);
    for (size_t i = 0; i < context->settings.n; i++) {
        if (!text_eq(context->settings.items[i].name, name))
            list.items[list.n++] = context->settings.items[i];
    }
    list.items[list.n].name = arena_text(context->arena, name);
    list.items[list.n].value = arena_text(context->arena, value);
    if (list.items[list.n].name == NULL || list.items[list.n].value == NULL)
        return err_memory(err);
    list.n++;
    if (text_starts(name, "access.") || text_starts(name, "targets.")) {
        enum err_code code = apply_word(context, name, value, err);

        if (code != ERR_OK)
            return code;
    }
    context->settings = list;
    return reckon_by_settings(context, err);
}

static enum err_code put_all(struct context *context, const struct setting *settings, size_t n,
        struct err *err)
{
    enum err_code code = store_begin(context->store, err);

    for (size_t i = 0; i < n && code == ERR_OK; i++)
        code = store_setting_put(context->store, context->school.school_id, settings[i].name,
                settings[i].value, err);
    if (code == ERR_OK)
        return store_commit(context->store, err);
    store_rollback(context->store);
    return code;
}

enum err_code context_set_all(struct context *context, const struct setting *settings, size_t n,
        size_t *ret_wrong, struct err *err)
{
    struct context before = *context;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        code = try_setting(context, settings[i].name, settings[i].value, err);
        if (code == ERR_OK)
            code = check_target_measure(context, settings[i].name, err);
        if (code != ERR_OK && ret_wrong != NULL)
            *ret_wrong = i;
    }
    if (code == ERR_OK)
        code = put_all(context, settings, n, err);
    if (code != ERR_OK)
        *context = before;
    return code;
}

enum err_code context_set(struct context *context, const char *name, const char *value,
        struct err *err)
{
    const struct setting setting = { name, value };

    return context_set_all(context, &setting, 1, NULL, err);
}

enum err_code school_create(struct context *context, const char *laestab, const char *name,
        const char *phase, const char *framework, int64_t *ret_school_id, struct err *err)
{
    char number[LAESTAB_SIZE];
    const struct framework *fw = NULL;
    struct school school = { .name = name, .phase = phase, .framework = framework };
    enum err_code code = laestab_parse(laestab, number, err);

    if (code == ERR_OK && text_empty(name))
        code = err_set(err, ERR_INVALID, "a school needs a name");
    if (code == ERR_OK)
        code = framework_load(context, framework, 0, &fw, err);
    if (code == ERR_OK)
        code = store_begin(context->store, err);
    if (code != ERR_OK)
        return code;
    school.laestab = number;
    code = store_school_add(context->store, &school, ret_school_id, err);
    if (code == ERR_OK)
        return store_commit(context->store, err);
    store_rollback(context->store);
    return code;
}
