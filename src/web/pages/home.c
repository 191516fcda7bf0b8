#include "web/pages/home.h"

#include <string.h>

#include "actions/review.h"
#include "base/text.h"
#include "generated/pages.h"
#include "targets/flag.h"
#include "web/program.h"

struct home_note *home_note_add(struct arena *arena, struct home_note **notes, size_t *n)
{
    struct home_note *grown = arena_grow(arena, *notes, *n, sizeof(**notes));

    if (grown == NULL)
        return NULL;
    *notes = grown;
    return &grown[(*n)++];
}

const char *home_count(struct arena *arena, int n)
{
    return n < 1000 ? arena_printf(arena, "%d", n)
                    : arena_printf(arena, "%d,%03d", n / 1000, n % 1000);
}

static const char *const months[] = { "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December" };

static const char *weekday(struct date day)
{
    static const char *const names[] = { "Thursday", "Friday", "Saturday", "Sunday", "Monday",
        "Tuesday", "Wednesday" };

    return names[((date_number(day) % 7) + 7) % 7]; /* day 0 was a Thursday */
}

static const char *long_day(struct arena *arena, struct date day)
{
    return arena_printf(arena, "%s %d %s", weekday(day), date_day(day),
            months[date_month(day) - 1]);
}

const char *home_day(struct arena *arena, struct date day, struct date today)
{
    if (day.ymd == today.ymd)
        return "today";
    if (date_number(day) == date_number(today) + 1)
        return "tomorrow";
    return long_day(arena, day);
}

struct home_bar home_bar_of(struct arena *arena, const int *n)
{
    static const char *const kinds[FLAG__MAX] = { [FLAG_WELL_BELOW] = "b-well",
        [FLAG_BELOW] = "b-below",
        [FLAG_ON] = "b-on",
        [FLAG_ABOVE] = "b-above",
        [FLAG_WELL_ABOVE] = "b-above" };
    struct home_bar bar = { .below = n[FLAG_WELL_BELOW] + n[FLAG_BELOW],
        .on = n[FLAG_ON],
        .above = n[FLAG_ABOVE] + n[FLAG_WELL_ABOVE] };
    int64_t all = (int64_t)bar.below + bar.on + bar.above;
    int64_t before = 0;

    if (all == 0)
        return bar;
    for (int flag = FLAG_WELL_BELOW; flag < FLAG__MAX; flag++) {
        int64_t end = before + n[flag];

        if (n[flag] != 0)
            bar.pieces[bar.pieces_n++] = (struct home_piece){ kinds[flag],
                { before * 100000 / all }, { (end - before) * 100000 / all - 600 } };
        before = end;
    }
    for (size_t i = 0; i < bar.pieces_n; i++) {
        if (bar.pieces[i].width.milli < 300)
            bar.pieces[i].width.milli = 300;
    }
    bar.words = arena_printf(arena, "%d well below, %d below, %d on, %d above",
            n[FLAG_WELL_BELOW], n[FLAG_BELOW], bar.on, bar.above);
    return bar;
}

/* ---- the sentence ---- */

static const char *say_sheets(const struct home_view *view, struct arena *arena)
{
    int missing = 0;
    int open = 0;

    for (size_t i = 0; i < view->sheets_n; i++) {
        const struct home_sheet *sheet = &view->sheets[i];

        missing += sheet->of - sheet->entered;
        open += sheet->of != sheet->entered;
    }
    if (missing == 0)
        return "Everything asked of you is entered.";
    return arena_printf(arena, "%d judgement%s to enter in %d marksheet%s, last day %s.",
            missing, missing == 1 ? "" : "s", open, open == 1 ? "" : "s", view->sheets[0].due);
}

static const char *say_reviews(const struct home_view *view, struct arena *arena)
{
    int missing = 0;

    for (size_t i = 0; i < view->reviews_n; i++)
        missing += view->reviews[i].missing;
    if (missing == 0)
        return "Every judgement asked for in the open reviews is there.";
    return arena_printf(arena, "%s judgement%s missing in the open review%s, last day %s.",
            home_count(arena, missing), missing == 1 ? " is" : "s are",
            view->reviews_n == 1 ? "" : "s", view->reviews[0].due);
}

static bool has_role(const struct visit *visit, enum role role)
{
    for (size_t i = 0; i < visit->person->grant_n; i++) {
        if (visit->person->grants[i].role == role)
            return true;
    }
    return false;
}

static const char *say(const struct visit *visit, const struct home_view *view,
        struct arena *arena)
{
    if (view->sheets_n != 0)
        return say_sheets(view, arena);
    if (view->reviews_n != 0)
        return say_reviews(view, arena);
    if (view->alerts_n != 0)
        return arena_printf(arena, "%zu pupil%s to look at first.", view->alerts_n,
                view->alerts_n == 1 ? "" : "s");
    if (has_role(visit, ROLE_PARENT))
        return "See how your child is getting on, and what comes next.";
    if (has_role(visit, ROLE_PUPIL))
        return "See how you are getting on, and what comes next.";
    if (has_role(visit, ROLE_LA_ADVISER))
        return "Open reports to see the schools side by side.";
    if (view->lines_n != 0)
        return "How the school stands against its pupils\u2019 progress targets.";
    return "There is nothing you have to do today.";
}

/* ---- the margin ---- */

static const char *say_term(const struct visit *visit)
{
    const struct context *c = visit->context;
    const struct calendar *calendar = &c->reckoning.calendar;
    int year;
    int period;
    char *text;

    if (!c->has_school)
        return NULL;
    year = calendar_year(calendar, c->today);
    period = calendar_period(calendar, c->today);
    text = arena_printf(c->arena, "%s term %d/%02d, until %s.", calendar->periods[period].name,
            year - 1, year % 100,
            long_day(c->arena, calendar_period_end(calendar, year, period)));
    if (text != NULL && text[0] >= 'a' && text[0] <= 'z')
        text[0] = (char)(text[0] - 'a' + 'A');
    return text;
}

static struct date day_of(const struct review *review, bool begins, bool closing,
        struct date today)
{
    if (begins)
        return review->from;
    return closing ? today : review->to;
}

static const char *words_of(struct arena *arena, const char *name, bool begins, bool closing)
{
    if (begins)
        return arena_printf(arena, "%s begins", name);
    return arena_printf(arena, closing ? "%s closes" : "Last day of %s", name);
}

static enum err_code add_dates(struct visit *visit, struct home_view *view, struct err *err)
{
    struct context *c = visit->context;
    struct review_list list = { 0 };
    enum err_code code;

    if (!c->has_school || has_role(visit, ROLE_PARENT) || has_role(visit, ROLE_PUPIL))
        return ERR_OK;
    code = review_read(c, &list, err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct review *review = &list.items[i];
        bool begins = review->from.ymd > c->today.ymd;
        bool closing = text_eq(review->state, "closing");
        struct home_note *note;

        if (!closing &&
                (review->to.ymd < c->today.ymd || (!text_eq(review->state, "open") && !begins)))
            continue;
        note = home_note_add(c->arena, &view->dates, &view->dates_n);
        if (note == NULL)
            return err_memory(err);
        note->when = home_day(c->arena, day_of(review, begins, closing, c->today), c->today);
        note->words = words_of(c->arena, review->name, begins, closing);
    }
    return code;
}

struct place {
    const char *words, *path;
    bool school; /* says something of one school only */
};

/* Where people go from here, if there is such a page and they may open it. */
static const struct place places[] = {
    { "How it is going: your own page", "/me", true },
    { "Progress against targets", "/reports/progress", true },
    { "Summary of measures", "/reports/summary", true },
    { "All reports", "/reports", false },
    { "Bring files in", "/imports", true },
    { "Users and roles", "/settings/users", true },
    { "Who saw and did what", "/settings/audit", false },
};

static bool may_open(const struct request *request, const char *path)
{
    const struct app *app = visit_of(request)->app;

    for (size_t i = 0; i < app->routes_n; i++) {
        const struct route *route = &app->routes[i];

        if (route->method == METHOD_GET &&
                (text_eq(route->path, path) ||
                        (text_starts(path, "/reports/") &&
                                text_eq(route->path, "/reports/{name}"))))
            return app->may(request, route->permission);
    }
    return false;
}

static enum err_code add_links(const struct request *request, struct home_view *view,
        struct err *err)
{
    for (size_t i = 0; i < COUNT(places); i++) {
        struct home_note *note;

        if (!may_open(request, places[i].path) ||
                (places[i].school && !visit_of(request)->context->has_school))
            continue;
        note = home_note_add(request->arena, &view->links, &view->links_n);
        if (note == NULL)
            return err_memory(err);
        note->words = places[i].words;
        note->url = (struct url){ places[i].path };
    }
    return ERR_OK;
}

static enum err_code add_help(const struct request *request, struct home_view *view,
        struct err *err)
{
    const struct visit *visit = visit_of(request);
    struct home_note *note = home_note_add(request->arena, &view->help, &view->help_n);
    char *topic;

    if (note == NULL)
        return err_memory(err);
    note->words = "What the signs mean";
    note->url = url_help(request->arena, "signs");
    for (int role = 0; role < ROLE__MAX; role++) {
        if (!has_role(visit, (enum role)role))
            continue;
        note = home_note_add(request->arena, &view->help, &view->help_n);
        topic = arena_printf(request->arena, "start-%s", role_word((enum role)role));
        if (note == NULL || topic == NULL)
            return err_memory(err);
        for (char *c = topic; *c != '\0'; c++)
            *c = *c == '_' ? '-' : *c;
        note->words = arena_printf(request->arena, "A first look round for a %s",
                role_title((enum role)role));
        note->url = url_help(request->arena, topic);
    }
    return ERR_OK;
}

static enum err_code home_show(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    struct home_view view = { 0 };
    struct html html = html_make(request->arena);
    enum err_code code = home_add_sheets(visit, &view, err);

    if (code == ERR_OK)
        code = home_add_figures(visit, &view, err);
    if (code == ERR_OK)
        code = add_dates(visit, &view, err);
    if (code == ERR_OK)
        code = add_links(request, &view, err);
    if (code == ERR_OK)
        code = add_help(request, &view, err);
    if (code != ERR_OK)
        return code;
    view.heading = long_day(request->arena, visit->context->today);
    view.under = say_term(visit);
    view.says = say(visit, &view, request->arena);
    visit_layout(request, &view.layout, "Home");
    page_home(&html, &view);
    return response_page(response, 200, &html, err);
}

const struct route home_routes[] = {
    { METHOD_GET, "/", "signed-in", home_show, .menu = "Home", .help = "home" },
};
const size_t home_route_n = COUNT(home_routes);
