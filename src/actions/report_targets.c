#include "actions/cohort_load.h"
#include "actions/places.h"
#include "actions/report.h"
#include "actions/shelf_in.h"
#include "base/text.h"
#include "reports/build.h"

enum {
    RECENT_DAYS = 365
};

/* Judgements of the last year, cell by cell, for "below any recent attainment". */
struct recent_load {
    struct context *context;
    const struct cohort *cohort;
    struct date since;
    struct recent_values *cells; /* one a cell */
    struct places places;
};

static enum err_code take_recent(void *data, const struct fact *fact, struct err *err)
{
    struct recent_load *r = data;
    const struct cohort *cohort = r->cohort;
    struct recent_values *cell;
    struct value *values;
    long place;
    int s;

    if (fact->date.ymd < r->since.ymd || cohort->pupil_n == 0)
        return ERR_OK;
    place = places_find(&r->places, fact->pupil_id);
    s = cohort_column(cohort, framework_subject(cohort->fw, fact->subject));
    if (place < 0 || s < 0)
        return ERR_OK;
    cell = &r->cells[cohort_cell(cohort, (size_t)place, (size_t)s)];
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
    bool kept = false;
    enum err_code code = ERR_OK;

    r->since = date_from_number(date_number(cohort->day) - RECENT_DAYS);
    r->cells = arena_array(context->arena, cohort->pupil_n * cohort->subject_n + 1,
            sizeof(*r->cells));
    if (r->cells == NULL)
        return err_memory(err);
    code = places_make(&r->places, context->arena, cohort->pupils, cohort->pupil_n, err);
    for (size_t p = 0; p < cohort->pupil_n; p++) {
        for (size_t s = 0; s < cohort->subject_n; s++) {
            r->cells[cohort_cell(cohort, p, s)].pupil = p;
            r->cells[cohort_cell(cohort, p, s)].subject = s;
        }
    }
    if (code == ERR_OK && loaded->snapshot != NULL)
        code = snapshot_recent(context, loaded->snapshot, r->since, take_recent, r, &kept, err);
    for (size_t i = 0; i < COUNT(kinds) && code == ERR_OK && !kept; i++)
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
