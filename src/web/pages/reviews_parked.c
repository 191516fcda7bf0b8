#include "web/pages/reviews_parked.h"
#include "web/pages/moment.h"

#include "actions/parked.h"
#include "base/text.h"
#include "web/program.h"

/* Marks of any pupil of the school stand in it. */
static bool may_see(const struct visit *visit)
{
    struct may_answer answer = gate_may(&visit->gate, ACTION_VIEW, FIELD_MARKS, NULL);

    return visit_may(visit, ACTION_WINDOW, FIELD_NONE) && answer.yes &&
           answer.scope == SCOPE_SCHOOL;
}

enum err_code reviews_fill_parked(struct request *request, struct reviews_view *view,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    struct arena *arena = request->arena;
    struct parked_lines lines = { 0 };
    struct url base = url_under(arena, url_reviews(), "parked");
    int64_t *ids;
    enum err_code code;

    if (!may_see(visit))
        return ERR_OK;
    code = parked_read(visit->context, &lines, err);
    if (code != ERR_OK || lines.n == 0)
        return code;
    view->parked = arena_array(arena, lines.n, sizeof(*view->parked));
    ids = arena_array(arena, lines.n, sizeof(*ids));
    if (view->parked == NULL || ids == NULL)
        return err_memory(err);
    for (size_t i = 0; i < lines.n; i++) {
        const struct parked_line *line = &lines.items[i];

        ids[i] = line->pupil_id;
        view->parked[view->parked_n++] = (struct reviews_parked){
            .pupil = line->pupil,
            .registration = line->registration,
            .subject = line->subject,
            .typed = text_empty(line->typed) ? "(taken back)" : line->typed,
            .who = line->who,
            .when = moment_stamp(arena, line->at),
            .why = line->why,
            .page = url_pupil(arena, line->pupil_id),
            .sheet = url_marksheet(arena, line->marksheet_id),
            .settle = url_under_id(arena, base, line->parked_id),
        };
    }
    return gate_note(&visit->gate, "view", "parked entries", ids, lines.n,
            "you open and close reviews", err);
}

enum err_code reviews_settle_parked(struct request *request, struct response *response,
        struct err *err)
{
    struct visit *visit = visit_of(request);
    int64_t id = request_id(request, "id");
    const char *what = arena_printf(request->arena, "parked entry %lld", (long long)id);
    enum err_code code;

    if (what == NULL)
        return err_memory(err);
    visit_write(request);
    code = parked_settle(&visit->gate, id, err);
    visit_wrote(request);
    if (code == ERR_OK)
        code = gate_note(&visit->gate, "settle", what, NULL, 0, "", err);
    if (code == ERR_OK)
        response_go(response, url_reviews());
    return code;
}
