#include <stdio.h>
#include <string.h>

#include "actions/marksheet.h"
#include "base/clock.h"
#include "base/text.h"

/* The scale that holds, for every subject, why there is no grade. */
static const char reasons[] = "reasons";

const char *entry_state_word(enum entry_state state)
{
    static const char *const words[ENTRY_STATE__MAX] = {
        [ENTRY_UNCHANGED] = "unchanged",
        [ENTRY_SAVED] = "saved",
        [ENTRY_SAME] = "saved",
        [ENTRY_CONFLICT] = "conflict",
        [ENTRY_INVALID] = "invalid",
        [ENTRY_REFUSED] = "refused",
    };

    return words[state];
}

/* "67", "67.5", "67m", "67 marks": the number, and whether it says that it is a mark. */
static bool read_mark(const char *typed, int64_t *ret_milli, bool *ret_said)
{
    static const char *const words[] = { "m", "mark", "marks" };
    size_t n = strspn(typed, "0123456789.");
    char number[24];
    const char *rest = typed + n;

    if (n == 0 || n >= sizeof(number))
        return false;
    memcpy(number, typed, n);
    number[n] = '\0';
    rest += strspn(rest, " ");
    *ret_said = false;
    for (size_t i = 0; i < COUNT(words); i++)
        *ret_said = *ret_said || text_eq_fold(rest, words[i]);
    return (*rest == '\0' || *ret_said) && text_milli(number, ret_milli);
}

enum err_code cell_read(const struct context *context, const struct sheet *sheet, size_t pupil,
        size_t column, const char *typed, struct value *ret_value, int64_t *ret_mark,
        struct err *err)
{
    const struct framework *fw = context->fw;
    int stage = sheet->cohort.pupils[pupil].stage;
    int subject = sheet->cohort.subjects[column];
    int scale = framework_scale(fw, reasons);
    int64_t milli = 0;
    bool said = false;
    bool number = read_mark(typed, &milli, &said);
    struct err ignored;
    enum err_code code = ERR_INVALID;

    if (!said)
        code = framework_read_grade(fw, -1, stage, subject, typed, ret_value, err);
    if (code == ERR_INVALID && scale >= 0 &&
            framework_read_grade(fw, scale, -1, -1, typed, ret_value, &ignored) == ERR_OK)
        code = ERR_OK;
    if (code == ERR_OK) {
        *ret_mark = MARK_NONE;
        return ERR_OK;
    }
    if (!number)
        return code;
    code = framework_read_mark(fw, stage, subject, NULL,
            calendar_year(&context->reckoning.calendar, context->today), milli, ret_value,
            said ? err : &ignored);
    if (code == ERR_OK)
        *ret_mark = milli;
    return code == ERR_NOT_FOUND || code == ERR_INVALID ? ERR_INVALID : code;
}

/* ---- what a column may take ---- */

static bool better(const struct scale_rule *rule, const struct scale_rule *than)
{
    int special = (rule->subject >= 0 ? 1 : 0) + (rule->stage >= 0 ? 2 : 0);
    int other = (than->subject >= 0 ? 1 : 0) + (than->stage >= 0 ? 2 : 0);

    /* for the stage and the subject, then for the subject, then for the stage */
    static const int rank[] = { 0, 2, 1, 3 };

    return rank[special] > rank[other];
}

static const struct scale_rule *rule_for(const struct framework *fw, int stage, int subject)
{
    const struct scale_rule *best = NULL;

    for (int i = 0; i < fw->rule_n; i++) {
        const struct scale_rule *rule = &fw->rules[i];

        if ((rule->stage >= 0 && rule->stage != stage) ||
                (rule->subject >= 0 && rule->subject != subject))
            continue;
        if (best == NULL || better(rule, best))
            best = rule;
    }
    return best;
}

struct choices {
    struct arena *arena;
    struct cell_choice *items;
    size_t n;
};

static bool is_there(const struct choices *choices, const char *code)
{
    for (size_t i = 0; i < choices->n; i++) {
        if (text_eq_fold(choices->items[i].code, code))
            return true;
    }
    return false;
}

static bool add_scale(struct choices *choices, const struct framework *fw, int scale,
        bool reason)
{
    enum {
        MANY = 60 /* a ladder of stepping stones is typed, not chosen */
    };
    const struct scale *s = &fw->scales[scale];

    if (s->kind == SCALE_GRADES && s->grade_n > MANY)
        return true;
    for (int i = s->first_grade; i < s->first_grade + s->grade_n; i++) {
        const struct grade *grade = &fw->grades[i];

        if (grade->status != reason || is_there(choices, grade->code))
            continue;
        choices->items =
                arena_grow(choices->arena, choices->items, choices->n, sizeof(*choices->items));
        if (choices->items == NULL)
            return false;
        choices->items[choices->n++] = (struct cell_choice){ grade->code, grade->name, reason };
    }
    return true;
}

static bool add_rule(struct choices *choices, const struct framework *fw,
        const struct scale_rule *rule, bool reason)
{
    bool fits = true;

    for (int i = 0; rule != NULL && i < rule->scale_n && fits; i++)
        fits = add_scale(choices, fw, rule->scales[i], reason);
    return fits;
}

enum err_code cell_choices(struct context *context, const struct sheet *sheet, size_t column,
        struct cell_choice **ret_choices, size_t *ret_n, struct err *err)
{
    const struct framework *fw = context->fw;
    struct choices choices = { .arena = context->arena };
    int scale = framework_scale(fw, reasons);
    int before = -2;
    bool fits = true;

    for (size_t p = 0; p < sheet->cohort.pupil_n && fits; p++) {
        int stage = sheet->cohort.pupils[p].stage;

        if (stage == before)
            continue;
        before = stage;
        fits = add_rule(&choices, fw, rule_for(fw, stage, sheet->cohort.subjects[column]),
                false);
    }
    for (size_t p = 0; p < sheet->cohort.pupil_n && p < 1 && fits; p++)
        fits = add_rule(&choices, fw,
                rule_for(fw, sheet->cohort.pupils[p].stage, sheet->cohort.subjects[column]),
                true);
    if (fits && scale >= 0)
        fits = add_scale(&choices, fw, scale, true);
    if (!fits)
        return err_memory(err);
    *ret_choices = choices.items;
    *ret_n = choices.n;
    return ERR_OK;
}

const char *recorded_clock(const char *recorded_at, struct date today,
        char buffer[CELL_CLOCK_SIZE])
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
        "Aug", "Sep", "Oct", "Nov", "Dec" };
    struct date day;
    char text[DATE_TEXT_SIZE];
    int minute;

    buffer[0] = '\0';
    if (strlen(recorded_at) < 16)
        return buffer;
    memcpy(text, recorded_at, DATE_TEXT_SIZE - 1);
    text[DATE_TEXT_SIZE - 1] = '\0';
    if (!date_parse_iso(text, &day))
        return buffer;
    minute = clock_local_minute(day, clock_stamp_minute(recorded_at));
    if (day.ymd == today.ymd)
        (void)snprintf(buffer, CELL_CLOCK_SIZE, "%02d:%02d", minute / 60, minute % 60);
    else
        (void)snprintf(buffer, CELL_CLOCK_SIZE, "%02d:%02d on %d %s", minute / 60, minute % 60,
                date_day(day), months[date_month(day) - 1]);
    return buffer;
}
