#include <stdlib.h>

#include "actions/cohort_load.h"
#include "actions/report.h"
#include "actions/shelf_in.h"
#include "base/text.h"
#include "reports/build.h"

enum {
    RECENT_DAYS = 365
};

struct id_place;

/* Judgements of the last year, cell by cell, for "below any recent attainment". */
struct recent_load {
    struct context *context;
    const struct cohort *cohort;
    struct date since;
    struct recent_values *cells; /* one a cell */
    struct id_place *index;      /* pupils by id */
};

struct id_place {
    int64_t id;
    size_t place;
};

static int by_id(const void *a, const void *b)
{
    const struct id_place *x = a;
    const struct id_place *y = b;

    return (x->id > y->id) - (x->id < y->id);
}

static size_t subject_place(const struct cohort *cohort, int subject)
{
    for (size_t s = 0; s < cohort->subject_n; s++) {
        if (cohort->subjects[s] == subject)
            return s;
    }
    return cohort->subject_n;
}

static enum err_code take_recent(void *data, const struct fact *fact, struct err *err)
{
    struct recent_load *r = data;
    const struct cohort *cohort = r->cohort;
    struct id_place key = { .id = fact->pupil_id };
    struct id_place *found;
    struct recent_values *cell;
    struct value *values;
    size_t s;

    if (fact->date.ymd < r->since.ymd || cohort->pupil_n == 0)
        return ERR_OK;
    found = bsearch(&key, r->index, cohort->pupil_n, sizeof(key), by_id);
    s = subject_place(cohort, framework_subject(cohort->fw, fact->subject));
    if (found == NULL || s == cohort->subject_n)
        return ERR_OK;
    cell = &r->cells[cohort_cell(cohort, found->place, s)];
    values = arena_grow(r->context->arena, cell->values, cell->n, sizeof(*values));
    if (values == NULL)
        return err_memory(err);
    cell->values = values;
    values[cell->n++] = framework_stored(cohort->fw, fact->scale, fact->grade);
    return ERR_OK;
}

static enum err_code load_recent(struct recent_load *r, const struct loaded *loaded,
        struct err *err)
{
    static const enum fact_kind kinds[] = { FACT_ASSESSMENT, FACT_LIKELY };
    struct context *context = r->context;
    const struct cohort *cohort = r->cohort;
    enum err_code code = ERR_OK;

    r->since = date_from_number(date_number(cohort->day) - RECENT_DAYS);
    r->index = arena_array(context->arena, cohort->pupil_n + 1, sizeof(*r->index));
    r->cells = arena_array(context->arena, cohort->pupil_n * cohort->subject_n + 1,
            sizeof(*r->cells));
    if (r->index == NULL || r->cells == NULL)
        return err_memory(err);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        r->index[p] = (struct id_place){ cohort->pupils[p].id, p };
        for (size_t s = 0; s < cohort->subject_n; s++) {
            r->cells[cohort_cell(cohort, p, s)].pupil = p;
            r->cells[cohort_cell(cohort, p, s)].subject = s;
        }
    }
    qsort(r->index, cohort->pupil_n, sizeof(*r->index), by_id);
    if (loaded->snapshot != NULL)
        return snapshot_recent(context, loaded->snapshot, r->since, take_recent, r, err);
    for (size_t i = 0; i < COUNT(kinds) && code == ERR_OK; i++)
        code = store_facts_since(context->store, context->school.school_id,
                &(struct fact_question){ kinds[i], 0, NULL, loaded->day, loaded->recorded },
                r->since, take_recent, r, err);
    return code;
}

enum err_code report_run_targets(struct context *context, const struct filters *filters,
        struct report **ret_report, struct err *err)
{
    struct cohort_options options = { 0 };
    struct recent_load recent = { .context = context };
    struct loaded loaded;
    struct frame frame;
    enum err_code code = cohort_load(context, filters, &options, &loaded, err);

    if (code != ERR_OK)
        return code;
    recent.cohort = &loaded.cohort;
    code = load_recent(&recent, &loaded, err);
    if (code != ERR_OK)
        return code;
    frame = report_frame(context, filters, &loaded);
    *ret_report = build_targets(context->arena, &frame, &loaded.cohort, recent.cells,
            loaded.cohort.pupil_n * loaded.cohort.subject_n);
    return ERR_OK;
}
