#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "web/pages/home.h"
#include "web/pages/home_figures.h"
#include "web/program.h"

enum {
    ALERTS_SHOWN = 10
};

static bool may_see(const struct visit *visit, const struct figures_pupil *pupil)
{
    const struct access_pupil asked = { .pupil_id = pupil->id,
        .school_id = visit->context->school.school_id,
        .year = pupil->year,
        .registration = pupil->registration,
        .sen = pupil->sen };

    return gate_may(&visit->gate, ACTION_VIEW, FIELD_IDENTITY, &asked).yes &&
           gate_may(&visit->gate, ACTION_VIEW, FIELD_MARKS, &asked).yes;
}

static struct home_alert alert_of(const struct visit *visit, const struct figures_pupil *pupil)
{
    struct arena *arena = visit->context->arena;
    bool well = pupil->n[FLAG_WELL_BELOW] > 0;
    int below = pupil->n[FLAG_WELL_BELOW] + pupil->n[FLAG_BELOW];
    int all = below + pupil->n[FLAG_ON] + pupil->n[FLAG_ABOVE] + pupil->n[FLAG_WELL_ABOVE];

    return (struct home_alert){
        .url = url_pupil(arena, pupil->id),
        .sign = well ? "s-well" : "s-below",
        .kind = well ? "well" : "below",
        .flag = flag_word(well ? FLAG_WELL_BELOW : FLAG_BELOW),
        .who = arena_printf(arena, "%s %s", pupil->forename, pupil->surname),
        .words = arena_printf(arena, "below in %d of %d subject%s, furthest in %s.", below, all,
                all == 1 ? "" : "s", pupil->worst),
        .form = pupil->registration,
    };
}

/* Pupils most below among those this person looks after; what is shown is noted. */
static enum err_code add_alerts(struct visit *visit, const struct figures *figures,
        struct home_view *view, struct err *err)
{
    int64_t ids[ALERTS_SHOWN];
    const char *why =
            may(visit->person, ACTION_VIEW, FIELD_MARKS, NULL, visit->context->today).why;

    view->alerts = arena_array(visit->context->arena, ALERTS_SHOWN, sizeof(*view->alerts));
    if (view->alerts == NULL)
        return err_memory(err);
    for (size_t i = 0; i < figures->pupil_n && view->alerts_n < ALERTS_SHOWN; i++) {
        if (!may_see(visit, &figures->pupils[i]))
            continue;
        ids[view->alerts_n] = figures->pupils[i].id;
        view->alerts[view->alerts_n++] = alert_of(visit, &figures->pupils[i]);
    }
    view->alerts_title = "Furthest below their progress targets";
    if (view->alerts_n == 0)
        return ERR_OK;
    return gate_note(&visit->gate, "view", "home", ids, view->alerts_n, why, err);
}

static enum err_code add_reviews(struct visit *visit, const struct figures *figures,
        struct home_view *view, struct err *err)
{
    struct arena *arena = visit->context->arena;

    view->reviews = arena_array(arena, figures->review_n + 1, sizeof(*view->reviews));
    if (view->reviews == NULL)
        return err_memory(err);
    for (size_t i = 0; i < figures->review_n; i++) {
        const struct figures_review *review = &figures->reviews[i];

        view->reviews[view->reviews_n++] = (struct home_review){
            .url = url_with(arena, url_report(arena, "missing"), "review", review->name),
            .name = review->name,
            .entered = home_count(arena, review->entered),
            .of = home_count(arena, review->expected),
            .missing = review->expected - review->entered,
            .part = review->expected == 0 ? 0 : review->entered * 100 / review->expected,
            .state = review->entered == review->expected
                             ? "Everything is entered"
                             : arena_printf(arena, "%s missing",
                                       home_count(arena, review->expected - review->entered)),
            .due = home_day(arena, review->to, visit->context->today),
        };
    }
    return ERR_OK;
}

/* Counts below five say too much about single pupils to those who see no names. */
static enum err_code add_stages(struct visit *visit, const struct figures *figures, bool hide,
        struct home_view *view, struct err *err)
{
    struct arena *arena = visit->context->arena;
    int minute;

    view->lines = arena_array(arena, figures->stage_n + 1, sizeof(*view->lines));
    if (view->lines == NULL)
        return err_memory(err);
    for (size_t i = 0; i < figures->stage_n; i++) {
        const struct figures_stage *stage = &figures->stages[i];
        int good = stage->n[FLAG_ON] + stage->n[FLAG_ABOVE] + stage->n[FLAG_WELL_ABOVE];
        int bad = stage->n[FLAG_BELOW] + stage->n[FLAG_WELL_BELOW];
        bool small = hide && good + bad != 0 && (stage->pupils <= 5 || good <= 5 || bad <= 5);
        int tenths = good + bad == 0 ? 0 : (good * 2000 + good + bad) / (2 * (good + bad));

        if (stage->pupils == 0)
            continue;
        view->lines[view->lines_n++] = (struct home_line){
            .name = stage->name,
            .pupils = arena_printf(arena, "%d", stage->pupils),
            .percent = small ? "c"
                       : good + bad == 0
                               ? "–"
                               : arena_printf(arena, "%d.%d%%", tenths / 10, tenths % 10),
        };
        if (!small)
            view->lines[view->lines_n - 1].bar = home_bar_of(arena, stage->n);
    }
    (void)clock_local(figures->made, &minute);
    view->lines_title = "Key stages now";
    view->lines_what = "Key stage";
    view->lines_under = arena_printf(arena,
            "Judgements in all subjects, as at %02d:%02d. c: too few to show.", minute / 60,
            minute % 60);
    return ERR_OK;
}

/* What each role leads with. */
struct interest {
    bool reviews, stages, alerts;
};

static struct interest interest_of(const struct visit *visit)
{
    struct interest in = { 0 };

    for (size_t i = 0; i < visit->person->grant_n; i++) {
        enum role role = visit->person->grants[i].role;

        in.reviews = in.reviews || role == ROLE_DATA_MANAGER || role == ROLE_HEAD ||
                     role == ROLE_SLT;
        in.stages = in.stages || role == ROLE_HEAD || role == ROLE_SLT ||
                    role == ROLE_GOVERNOR || role == ROLE_LA_ADVISER;
        in.alerts = in.alerts || role == ROLE_FORM_TUTOR || role == ROLE_HEAD_OF_YEAR ||
                    role == ROLE_SENCO;
    }
    return in;
}

enum err_code home_add_figures(struct visit *visit, struct home_view *view, struct err *err)
{
    const struct interest in = interest_of(visit);
    const struct figures *figures = NULL;
    struct may_answer sees =
            may(visit->person, ACTION_VIEW, FIELD_AGGREGATES, NULL, visit->context->today);
    enum err_code code;

    if (!visit->context->has_school || (!in.reviews && !in.stages && !in.alerts))
        return ERR_OK;
    code = figures_of(visit->worker, visit->context, visit->desk.now, &figures, err);
    if (code == ERR_OK && in.reviews)
        code = add_reviews(visit, figures, view, err);
    if (code == ERR_OK && in.stages && sees.yes)
        code = add_stages(visit, figures, (sees.needs & NEED_SUPPRESS) != 0, view, err);
    if (code == ERR_OK && in.alerts)
        code = add_alerts(visit, figures, view, err);
    return code;
}
