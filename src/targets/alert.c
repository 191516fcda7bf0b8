#include "targets/alert.h"

#include <stdbool.h>
#include <stdio.h>

/* A question: fills the alert and returns true, or returns false. */
typedef bool alert_question(const struct framework *fw, const struct alert_facts *facts,
        struct alert *alert);

static bool is_lower(const struct framework *fw, struct value a, struct value b)
{
    int level_a, level_b, steps;

    if (!value_is_set(a) || !value_is_set(b))
        return false;
    if (framework_comparable(fw, a, b))
        return a.points < b.points;
    if (framework_steps(fw, a, b, &steps))
        return steps < 0;
    level_a = framework_level(fw, a);
    level_b = framework_level(fw, b);
    return level_a != LEVEL_NONE && level_b != LEVEL_NONE && level_a < level_b;
}

/* "Key Stage 1 result", after the stage before the target's. */
static const char *prior_name(const struct framework *fw, int stage, char buffer[64])
{
    int before = stage < 0 ? -1 : fw->stages[stage].previous[0];

    (void)snprintf(buffer, 64, "%s result", before < 0 ? "earlier" : fw->stages[before].name);
    return buffer;
}

static bool below_prior(const struct framework *fw, const struct alert_facts *facts,
        struct alert *alert)
{
    char target[VALUE_TEXT_SIZE], prior[VALUE_TEXT_SIZE], name[64];

    if (!is_lower(fw, facts->target, facts->prior))
        return false;
    alert->against = facts->prior;
    (void)snprintf(alert->sentence, sizeof(alert->sentence),
            "The target %s is below the %s, %s.",
            framework_shown_text(fw, facts->target, target), prior_name(fw, facts->stage, name),
            framework_shown_text(fw, facts->prior, prior));
    return true;
}

/* The highest of the attainments that the target is below; `now` where it is as high. */
static struct value highest_passed(const struct framework *fw, const struct alert_facts *facts)
{
    struct value highest = VALUE_NONE;

    if (is_lower(fw, facts->target, facts->now))
        highest = facts->now;
    for (size_t i = 0; i < facts->recent_n; i++) {
        struct value recent = facts->recent[i];

        if (!is_lower(fw, facts->target, recent))
            continue;
        if (!value_is_set(highest) || is_lower(fw, highest, recent))
            highest = recent;
    }
    return highest;
}

static bool below_current(const struct framework *fw, const struct alert_facts *facts,
        struct alert *alert)
{
    char target[VALUE_TEXT_SIZE], now[VALUE_TEXT_SIZE];
    struct value passed = highest_passed(fw, facts);
    bool likely = facts->stage >= 0 && fw->stages[facts->stage].judged_by == JUDGE_LIKELY;
    const char *what = likely ? "the likely grade" : "the latest assessment";

    if (!value_is_set(passed))
        return false;
    if (passed.grade != facts->now.grade || passed.number != facts->now.number)
        what = "a recent assessment";
    alert->against = passed;
    (void)snprintf(alert->sentence, sizeof(alert->sentence), "The target %s is below %s, %s.",
            framework_shown_text(fw, facts->target, target), what,
            framework_shown_text(fw, passed, now));
    return true;
}

/* The lowest rung of the target's scale that has at least this level. */
static struct value lowest_of_level(const struct framework *fw, struct value like, int level)
{
    const struct scale *scale = &fw->scales[like.scale];

    for (int i = 0; i < scale->grade_n; i++) {
        const struct grade *grade = &fw->grades[scale->first_grade + i];

        if (grade->rung && grade->level != LEVEL_NONE && grade->level >= level)
            return (struct value){ grade->points, 0, like.scale,
                (int16_t)(scale->first_grade + i) };
    }
    return VALUE_NONE;
}

/* "1 whole level above", "not a whole level above" */
static const char *levels_above(int levels, char buffer[40])
{
    if (levels <= 0)
        (void)snprintf(buffer, 40, "not a whole level above");
    else
        (void)snprintf(buffer, 40, "%d whole %s above", levels,
                levels == 1 ? "level" : "levels");
    return buffer;
}

static bool below_rate(const struct framework *fw, const struct alert_facts *facts,
        struct alert *alert)
{
    char target[VALUE_TEXT_SIZE], prior[VALUE_TEXT_SIZE], name[64], levels[40];
    int from = framework_prior_level(fw, facts->prior);
    int to = framework_level(fw, facts->target);

    if (facts->target_rate <= 0 || from == LEVEL_NONE || to == LEVEL_NONE ||
            to - from >= facts->target_rate)
        return false;
    alert->against = lowest_of_level(fw, facts->target, from + facts->target_rate);
    (void)snprintf(alert->sentence, sizeof(alert->sentence),
            "The target %s is %s the %s, %s; the school's rate is %d.",
            framework_shown_text(fw, facts->target, target), levels_above(to - from, levels),
            prior_name(fw, facts->stage, name), framework_shown_text(fw, facts->prior, prior),
            facts->target_rate);
    return true;
}

static bool pace_is_known(const struct framework *fw, const struct alert_facts *facts)
{
    return facts->stage >= 0 && fw->stages[facts->stage].trajectory &&
           value_has_points(facts->prior) && value_has_points(facts->now) &&
           facts->periods_per_year > 0 && facts->period >= facts->periods_per_year &&
           facts->period <= facts->period_n &&
           framework_comparable(fw, facts->prior, facts->target) &&
           framework_comparable(fw, facts->now, facts->target);
}

static const char *period_word(int periods_per_year)
{
    if (periods_per_year == 3)
        return "terms";
    return periods_per_year == 6 ? "half-terms" : "periods";
}

/* (a): at the target already, with a year or more to go. */
static bool reached_early(const struct framework *fw, const struct alert_facts *facts,
        struct alert *alert)
{
    char target[VALUE_TEXT_SIZE];
    int left = facts->period_n - facts->period;

    if (facts->now.points < facts->target.points || left < facts->periods_per_year)
        return false;
    alert->against = facts->now;
    (void)snprintf(alert->sentence, sizeof(alert->sentence),
            "The target %s is reached already, with %d %s to go.",
            framework_shown_text(fw, facts->target, target), left,
            period_word(facts->periods_per_year));
    return true;
}

/* (b): the pace so far leads a whole level or more above the target. */
static bool outrun(const struct framework *fw, const struct alert_facts *facts,
        struct alert *alert)
{
    char target[VALUE_TEXT_SIZE], prior[VALUE_TEXT_SIZE], now[VALUE_TEXT_SIZE],
            end[VALUE_TEXT_SIZE];
    int64_t level = framework_metric_of(fw, facts->target)->level_points;
    int64_t gained = (int64_t)facts->now.points - facts->prior.points;
    int64_t wanted = facts->target.points + level - facts->prior.points;

    if (level <= 0 || gained * facts->period_n < wanted * facts->period)
        return false;
    alert->against = framework_nearest(fw, facts->target, facts->now,
            (int32_t)(facts->prior.points + gained * facts->period_n / facts->period));
    (void)snprintf(alert->sentence, sizeof(alert->sentence),
            "At the pace so far, %s to %s in %d of %d %s, the pupil would end at %s, a whole "
            "level or more above the target %s.",
            framework_shown_text(fw, facts->prior, prior),
            framework_shown_text(fw, facts->now, now), facts->period, facts->period_n,
            period_word(facts->periods_per_year), framework_shown_text(fw, alert->against, end),
            framework_shown_text(fw, facts->target, target));
    return true;
}

static bool now_too_low(const struct framework *fw, const struct alert_facts *facts,
        struct alert *alert)
{
    if (!pace_is_known(fw, facts) || value_is_set(highest_passed(fw, facts)))
        return false;
    return outrun(fw, facts, alert) || reached_early(fw, facts, alert);
}

static bool below_prediction(const struct framework *fw, const struct alert_facts *facts,
        struct alert *alert)
{
    char target[VALUE_TEXT_SIZE], prediction[VALUE_TEXT_SIZE];

    if (!is_lower(fw, facts->target, facts->prediction))
        return false;
    alert->against = facts->prediction;
    (void)snprintf(alert->sentence, sizeof(alert->sentence),
            "The target %s is below the prediction, %s.",
            framework_shown_text(fw, facts->target, target),
            framework_shown_text(fw, facts->prediction, prediction));
    return true;
}

static const struct {
    const char *code;
    alert_question *ask;
} alerts_known[ALERT__MAX] = {
    [ALERT_BELOW_PRIOR] = { "below-prior", below_prior },
    [ALERT_BELOW_CURRENT] = { "below-current", below_current },
    [ALERT_BELOW_RATE] = { "below-rate", below_rate },
    [ALERT_NOW_TOO_LOW] = { "now-too-low", now_too_low },
    [ALERT_BELOW_PREDICTION] = { "below-prediction", below_prediction },
};

size_t alert_find(const struct framework *fw, const struct alert_facts *facts,
        struct alert alerts[ALERT__MAX])
{
    size_t n = 0;

    if (!value_is_set(facts->target))
        return 0;
    for (int kind = 0; kind < ALERT__MAX; kind++) {
        alerts[n] = (struct alert){ .kind = (enum alert_kind)kind };
        if (alerts_known[kind].ask(fw, facts, &alerts[n]))
            n++;
    }
    return n;
}

const char *alert_code(enum alert_kind kind)
{
    return alerts_known[kind].code;
}
