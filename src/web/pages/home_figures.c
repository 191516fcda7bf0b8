#include "web/pages/home_figures.h"

#include <stdlib.h>
#include <string.h>

#include "actions/cohort_load.h"
#include "actions/review.h"
#include "base/text.h"
#include "school/review_state.h"
#include "web/worker.h"

struct work {
    struct context *context;
    struct figures *figures;
    const struct cohort *cohort;
};

static enum err_code add_pupil(struct work *work, size_t p, const struct figures_pupil *counted,
        struct err *err)
{
    const struct cohort_pupil *pupil = &work->cohort->pupils[p];
    struct figures *figures = work->figures;
    struct figures_pupil *added = arena_grow(&figures->arena, figures->pupils, figures->pupil_n,
            sizeof(*figures->pupils));

    if (added == NULL)
        return err_memory(err);
    figures->pupils = added;
    added = &added[figures->pupil_n++];
    *added = *counted;
    added->id = pupil->id;
    added->surname = arena_text(&figures->arena, pupil->surname);
    added->forename = arena_text(&figures->arena, pupil->forename);
    added->registration =
            arena_text(&figures->arena, pupil->registration == NULL ? "" : pupil->registration);
    added->year = pupil->year;
    added->sen = !text_empty(pupil->sen) && !text_eq(pupil->sen, "N");
    added->worst = arena_text(&figures->arena, counted->worst);
    if (added->surname == NULL || added->forename == NULL || added->registration == NULL ||
            added->worst == NULL)
        return err_memory(err);
    return ERR_OK;
}

/* Count one pupil's subjects, and keep the pupil when one is below. */
static enum err_code count_pupil(struct work *work, size_t p, struct err *err)
{
    const struct cohort *cohort = work->cohort;
    struct figures_pupil counted = { 0 };
    int16_t stage = cohort->pupils[p].stage;

    if (stage >= 0)
        work->figures->stages[stage].pupils++;
    for (size_t s = 0; s < cohort->subject_n; s++) {
        size_t cell = cohort_cell(cohort, p, s);
        enum flag flag = (enum flag)cohort->flag[cell];

        counted.n[flag]++;
        if (stage >= 0)
            work->figures->stages[stage].n[flag]++;
        if ((flag == FLAG_BELOW || flag == FLAG_WELL_BELOW) &&
                cohort->steps[cell] < counted.worst_steps) {
            counted.worst_steps = cohort->steps[cell];
            counted.worst = cohort->fw->subjects[cohort->subjects[s]].name;
        }
    }
    return counted.worst == NULL ? ERR_OK : add_pupil(work, p, &counted, err);
}

static void count_review(struct work *work, const struct review *review,
        struct figures_review *counted)
{
    const struct cohort *cohort = work->cohort;

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        int year = cohort->pupils[p].year;

        for (size_t s = 0; s < cohort->subject_n; s++) {
            size_t cell = cohort_cell(cohort, p, s);
            bool judged = value_is_set(cohort->now[cell]);

            if (year < review->first_year || year > review->last_year ||
                    !review_subjects_hold(review->subjects,
                            cohort->fw->subjects[cohort->subjects[s]].code) ||
                    (!judged && !value_is_set(cohort->target[cell])))
                continue;
            counted->expected++;
            counted->entered += judged && cohort->now_date[cell].ymd >= review->from.ymd;
        }
    }
}

static enum err_code count_reviews(struct work *work, struct err *err)
{
    struct context *c = work->context;
    struct figures *figures = work->figures;
    struct review_list list = { 0 };
    enum err_code code = review_read(c, &list, err);

    figures->reviews = arena_array(&figures->arena, list.n + 1, sizeof(*figures->reviews));
    if (code == ERR_OK && figures->reviews == NULL)
        return err_memory(err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct review *review = &list.items[i];
        struct figures_review *counted = &figures->reviews[figures->review_n];

        if (!text_eq(review->state, "open") && !text_eq(review->state, "closing"))
            continue;
        counted->name = arena_text(&figures->arena, review->name);
        if (counted->name == NULL)
            return err_memory(err);
        counted->from = review->from;
        counted->to = review->to;
        count_review(work, review, counted);
        figures->review_n++;
    }
    return code;
}

/* The most steps below first; then the most subjects. */
static int by_need(const void *a, const void *b)
{
    const struct figures_pupil *x = a;
    const struct figures_pupil *y = b;
    int xn = 2 * x->n[FLAG_WELL_BELOW] + x->n[FLAG_BELOW];
    int yn = 2 * y->n[FLAG_WELL_BELOW] + y->n[FLAG_BELOW];

    if (xn != yn)
        return yn - xn;
    return x->worst_steps != y->worst_steps ? x->worst_steps - y->worst_steps
                                            : strcmp(x->surname, y->surname);
}

static enum err_code name_stages(struct work *work, struct err *err)
{
    const struct framework *fw = work->context->fw;
    struct figures *figures = work->figures;

    figures->stage_n = (size_t)fw->stage_n;
    figures->stages =
            arena_array(&figures->arena, figures->stage_n + 1, sizeof(*figures->stages));
    if (figures->stages == NULL)
        return err_memory(err);
    for (size_t i = 0; i < figures->stage_n; i++) {
        figures->stages[i].name = arena_text(&figures->arena, fw->stages[i].name);
        if (figures->stages[i].name == NULL)
            return err_memory(err);
    }
    return ERR_OK;
}

static enum err_code reckon(struct figures *figures, struct context *context, struct err *err)
{
    const struct filters everybody = { 0 };
    const struct cohort_options options = { .all_subjects = true };
    struct loaded loaded = { 0 };
    struct work work = { context, figures, &loaded.cohort };
    enum err_code code = cohort_load(context, &everybody, &options, &loaded, err);

    if (code == ERR_OK)
        code = name_stages(&work, err);
    for (size_t p = 0; code == ERR_OK && p < loaded.cohort.pupil_n; p++)
        code = count_pupil(&work, p, err);
    if (code == ERR_OK)
        code = count_reviews(&work, err);
    if (code != ERR_OK)
        return code;
    figures->on_roll = (int)loaded.school_n;
    if (figures->pupil_n > 1)
        qsort(figures->pupils, figures->pupil_n, sizeof(*figures->pupils), by_need);
    return ERR_OK;
}

void figures_free(struct figures *figures)
{
    if (figures == NULL)
        return;
    arena_free(&figures->arena);
    mem_free(figures);
}

static bool fresh(const struct figures *figures, const struct context *context, int64_t now)
{
    return figures != NULL && figures->school_id == context->school.school_id &&
           figures->today.ymd == context->today.ymd && now - figures->made < FIGURES_SECONDS &&
           now >= figures->made;
}

enum err_code figures_of(struct worker *worker, struct context *context, int64_t now,
        const struct figures **ret_figures, struct err *err)
{
    struct figures *figures;
    enum err_code code;

    if (!fresh(worker->figures, context, now)) {
        figures = mem_alloc(sizeof(*figures));
        if (figures == NULL)
            return err_memory(err);
        code = reckon(figures, context, err);
        if (code != ERR_OK) {
            figures_free(figures);
            return code;
        }
        figures->school_id = context->school.school_id;
        figures->today = context->today;
        figures->made = now;
        figures_free(worker->figures);
        worker->figures = figures;
    }
    *ret_figures = worker->figures;
    return ERR_OK;
}
