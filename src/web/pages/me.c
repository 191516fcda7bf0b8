#include "web/pages/me.h"

#include "actions/cohort_load.h"
#include "actions/roll.h"
#include "base/text.h"
#include "generated/pages.h"
#include "web/pages/reports_tree.h"
#include "web/program.h"

struct work {
    struct visit *visit;
    struct context on; /* of the day that is released */
    struct me_view *view;
    bool own; /* a pupil looks at their own page */
};

/* The last day of the newest closed review: what stood then has been released. */
static enum err_code find_release(struct work *work, struct err *err)
{
    struct context *c = work->visit->context;
    struct review_list list = { 0 };
    enum err_code code = store_reviews(c->store, c->school.school_id, c->arena, &list, err);

    work->on.today = (struct date){ 0 };
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct review *review = &list.items[i];

        if ((text_eq(review->state, "closed") || text_eq(review->state, "final")) &&
                review->to.ymd < c->today.ymd && review->to.ymd > work->on.today.ymd)
            work->on.today = review->to;
    }
    work->view->released = date_is_set(work->on.today);
    return code;
}

struct face {
    const char *sign, *kind, *word;
};

static struct face face_of(enum flag flag)
{
    static const struct face faces[FLAG__MAX] = {
        [FLAG_NONE] = { "s-none", "", "Not compared" },
        [FLAG_WELL_BELOW] = { "s-well", "well", "Well below" },
        [FLAG_BELOW] = { "s-below", "below", "Below" },
        [FLAG_ON] = { "s-on", "on", "On" },
        [FLAG_ABOVE] = { "s-above", "above", "Above" },
        [FLAG_WELL_ABOVE] = { "s-above", "above", "Well above" },
    };

    return faces[flag];
}

static const char *next_of(const struct work *work, const struct cohort *cohort, size_t cell)
{
    struct arena *arena = work->on.arena;
    char text[PROGRESS_TEXT_SIZE];
    char target[VALUE_TEXT_SIZE];
    const char *step = progress_target_text(cohort->fw, &cohort->progress[cell], text);
    const char *ask = work->own ? "Ask your teacher" : "Ask the teacher";

    switch ((enum flag)cohort->flag[cell]) {
    case FLAG_WELL_BELOW:
    case FLAG_BELOW:
        return text_empty(step) ? arena_printf(arena, "%s what would help most.", ask)
                                : arena_printf(arena, "Next step: %s. %s what would help most.",
                                          step, ask);
    case FLAG_ON:
        return "Keep going: this is the way to the target.";
    case FLAG_ABOVE:
    case FLAG_WELL_ABOVE:
        return "Ahead of the way to the target. A higher one may be right.";
    case FLAG_NONE:
    case FLAG__MAX:
        break;
    }
    if (!value_is_set(cohort->target[cell]))
        return "No target is set yet.";
    return value_is_set(cohort->now[cell])
                   ? arena_printf(arena, "On towards %s.",
                             framework_shown_text(cohort->fw, cohort->target[cell], target))
                   : "Not judged yet.";
}

static void add_subject(struct work *work, const struct cohort *cohort, size_t s,
        struct me_child *child)
{
    size_t cell = cohort_cell(cohort, 0, s);
    struct face face = face_of((enum flag)cohort->flag[cell]);
    struct arena *arena = work->on.arena;
    char text[VALUE_TEXT_SIZE];
    const char *now =
            arena_text(arena, framework_shown_text(cohort->fw, cohort->now[cell], text));
    const char *target =
            arena_text(arena, framework_shown_text(cohort->fw, cohort->target[cell], text));

    if (!value_is_set(cohort->now[cell]) && !value_is_set(cohort->target[cell]))
        return;
    child->subjects[child->subjects_n++] = (struct me_subject){
        .name = cohort->fw->subjects[cohort->subjects[s]].name,
        .now = text_empty(now) ? "–" : now,
        .target = text_empty(target) ? "–" : target,
        .sign = face.sign,
        .kind = face.kind,
        .flag = face.word,
        .next = next_of(work, cohort, cell),
    };
}

static void say(const struct cohort *cohort, struct arena *arena, struct me_child *child)
{
    int good = 0;
    int all = 0;

    for (size_t s = 0; s < cohort->subject_n; s++) {
        enum flag flag = (enum flag)cohort->flag[cohort_cell(cohort, 0, s)];

        all += flag != FLAG_NONE;
        good += flag >= FLAG_ON;
    }
    child->says = all == 0 ? "There is nothing to compare yet."
                           : arena_printf(arena,
                                     "On the way to the target, or ahead, in %d of "
                                     "%d subjects.",
                                     good, all);
}

static enum err_code add_child(struct work *work, int64_t pupil_id, struct err *err)
{
    struct arena *arena = work->on.arena;
    const struct cohort_options options = { .all_subjects = true, .characteristics = true };
    struct filters filters = { 0 };
    struct loaded loaded = { 0 };
    struct me_child *child = &work->view->children[work->view->children_n];
    const struct cohort_pupil *pupil;
    enum err_code code = roll_upn(&work->on, pupil_id, &filters.upn, err);

    if (code == ERR_OK)
        code = cohort_load(&work->on, &filters, &options, &loaded, err);
    if (code == ERR_NOT_FOUND || (code == ERR_OK && loaded.cohort.pupil_n != 1))
        return ERR_OK; /* not here on that day */
    if (code != ERR_OK)
        return code;
    pupil = &loaded.cohort.pupils[0];
    child->name = arena_printf(arena, "%s %s", pupil->forename, pupil->surname);
    child->form = pupil->registration;
    child->subjects = arena_array(arena, loaded.cohort.subject_n + 1, sizeof(*child->subjects));
    if (child->name == NULL || child->subjects == NULL)
        return err_memory(err);
    for (size_t s = 0; s < loaded.cohort.subject_n; s++)
        add_subject(work, &loaded.cohort, s, child);
    say(&loaded.cohort, arena, child);
    work->view->children_n++;
    return gate_note(&work->visit->gate, "view", "me", &pupil_id, 1,
            work->own ? "it is your own record" : "it is your child", err);
}

static enum err_code add_children(struct work *work, struct err *err)
{
    const struct person *person = work->visit->person;
    enum err_code code = ERR_OK;

    work->view->children =
            arena_array(work->on.arena, person->grant_n + 1, sizeof(*work->view->children));
    if (work->view->children == NULL)
        return err_memory(err);
    for (size_t i = 0; i < person->grant_n && code == ERR_OK; i++) {
        const struct grant *grant = &person->grants[i];

        if (grant->kind != GRANT_PUPIL)
            continue;
        work->own = grant->role == ROLE_PUPIL;
        code = add_child(work, grant->pupil_id, err);
    }
    return code;
}

static struct report *as_report(const struct work *work)
{
    static const struct column columns[] = {
        { .key = "pupil", .label = "Pupil", .type = COLUMN_TEXT },
        { .key = "subject", .label = "Subject", .type = COLUMN_TEXT },
        { .key = "current", .label = "Working at", .type = COLUMN_TEXT },
        { .key = "target", .label = "Target", .type = COLUMN_TEXT },
        { .key = "flag", .label = "How it goes", .type = COLUMN_TEXT },
        { .key = "next", .label = "What comes next", .type = COLUMN_TEXT },
    };
    const struct me_view *view = work->view;
    struct report *report = report_make(work->on.arena, "me");
    struct table *table =
            report_table(report, "subjects", view->heading, columns, COUNT(columns));

    report->title = view->heading;
    report->school = work->on.school.name;
    report->as_at = work->on.today;
    for (size_t i = 0; i < view->children_n; i++) {
        for (size_t s = 0; s < view->children[i].subjects_n; s++) {
            const struct me_subject *subject = &view->children[i].subjects[s];
            struct row *row = table_row(report, table);

            cell_text(report, row, 0, view->children[i].name);
            cell_text(report, row, 1, subject->name);
            cell_text(report, row, 2, text_eq(subject->now, "–") ? NULL : subject->now);
            cell_text(report, row, 3, text_eq(subject->target, "–") ? NULL : subject->target);
            cell_text(report, row, 4, subject->flag);
            cell_text(report, row, 5, subject->next);
        }
    }
    return report;
}

static enum err_code answer(struct request *request, struct response *response,
        struct work *work, struct err *err)
{
    struct me_view *view = work->view;
    struct html html = html_make(request->arena);
    struct report *report;
    enum err_code code;

    if (request->format != FORMAT_HTML) {
        report = as_report(work);
        code = report_end(report, err);
        if (code == ERR_OK)
            (void)tree_answer(request, report, response, &code, err);
        return code;
    }
    visit_layout(request, &view->layout, view->heading);
    page_me(&html, view);
    return response_page(response, 200, &html, err);
}

static enum err_code me_show(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = page_visit(request, ACTION_VIEW);
    struct me_view view = { .json = url_twin(request->arena, url_me(), "json"),
        .help = url_help(request->arena, "me") };
    struct work work = { .visit = visit, .on = *visit->context, .view = &view };
    char text[DATE_LONG_SIZE];
    enum err_code code = ERR_OK;

    /* What is shown was released: the day is that of a closed review. */
    visit->gate.met |= NEED_RELEASED;
    if (visit->context->has_school)
        code = find_release(&work, err);
    if (code == ERR_OK && view.released)
        code = add_children(&work, err);
    if (code != ERR_OK)
        return code;
    view.heading = work.own || view.children_n == 0 ? "How I am getting on"
                                                    : "How my child is getting on";
    view.under = view.released ? arena_printf(request->arena,
                                         "As it stood on %s, when the "
                                         "last review closed.",
                                         date_long(work.on.today, text))
                               : "";
    return answer(request, response, &work, err);
}

const struct route me_routes[] = {
    { METHOD_GET, "/me", "ask", me_show, .formats = PAGE_TWINS, .menu = "My page",
            .help = "me" },
};
const size_t me_route_n = COUNT(me_routes);
