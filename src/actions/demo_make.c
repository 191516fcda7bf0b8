#include "actions/demo_make.h"

#include <stdio.h>
#include <unistd.h>

#include "actions/group.h"
#include "actions/import.h"
#include "actions/review.h"
#include "base/text.h"
#include "demo/demo.h"

struct step {
    const char *what, *file;
    enum file_kind kind;
    record_source_fn fn;
};

/* Everything must be accepted: a refusal is a fault of the demo itself. */
static enum err_code take(struct context *context, const struct step *step, struct demo *demo,
        struct err *err)
{
    struct import_options options = { .kind = step->kind };
    struct import_outcome outcome = { 0 };
    enum err_code code = import_records(context, step->file, step->kind, step->fn, demo,
            &options, &outcome, err);

    if (code != ERR_OK || outcome.refused_n == 0)
        return code;
    return err_set(err, ERR_INVALID, "the demo's %s are refused: row %ld, %s \"%s\": %s",
            step->what, outcome.refused[0].row, outcome.refused[0].column,
            outcome.refused[0].value, outcome.refused[0].reason);
}

struct review demo_review_kept(const struct demo_review *in)
{
    return (struct review){ .name = in->name,
        .asks = in->asks,
        .first_year = in->first_year,
        .last_year = in->last_year,
        .subjects = in->subjects,
        .from = in->from,
        .to = in->to };
}

static enum err_code make_reviews(struct context *context, const struct demo *demo,
        struct err *err)
{
    struct demo_review in;
    enum err_code code = ERR_OK;

    for (size_t i = 0; code == ERR_OK && demo_review(demo, i, &in); i++) {
        const struct review review = demo_review_kept(&in);

        code = review_define(context, &review, err);
        if (code == ERR_OK && text_eq(in.state, "open"))
            code = review_open(context, in.name, "demo", err);
        else if (code == ERR_OK)
            code = review_close(context, in.name, err);
    }
    return code;
}

/* What the groups were made for, and one group by rule. */
static enum err_code make_groups(struct context *context, const struct demo *demo,
        struct err *err)
{
    struct demo_intervention in;
    struct group_outcome outcome;
    enum err_code code = ERR_OK;

    for (size_t i = 0; code == ERR_OK && demo_intervention(demo, i, &in); i++) {
        const struct intervention row = { .from = in.from,
            .to = in.to,
            .purpose = in.purpose,
            .staff = in.staff,
            .pence = in.pence };

        code = group_intervene(context, in.group, &row, &outcome, err);
        if (code == ERR_NOT_FOUND) /* chance put nobody in */
            code = ERR_OK;
    }
    if (code == ERR_OK && demo->school == DEMO_MAIN)
        code = group_add(context, "Looked after", "LOOKED_AFTER", (struct date){ 0 },
                (struct date){ 0 }, &outcome, err);
    return code;
}

static enum err_code set_up(struct context *context, const struct demo_school *school,
        struct err *err)
{
    enum err_code code = ERR_OK;

    if (school->ks3_last == 8)
        code = context_set(context, "years.KS3", "7-8", err);
    if (code == ERR_OK && school->ks3_last == 8)
        code = context_set(context, "years.KS4", "9-11", err);
    /* The demo's people have no phones. */
    return code == ERR_OK ? context_set(context, "access.second-factor", "optional", err)
                          : code;
}

static enum err_code make_school(const char *path, struct demo *demo,
        void (*progress)(const char *what), struct err *err)
{
    static const struct step steps[] = {
        { "pupils", "demo pupils", FILE_PUPILS, demo_pupils },
        { "groups", "demo groups", FILE_GROUPS, demo_groups },
        { "results", "demo results", FILE_RESULTS, demo_results },
    };
    const struct demo_school *school = &demo_schools[demo->school];
    struct context_options options = { .db = path,
        .mode = STORE_WRITE,
        .today = demo->today,
        .who = "demo" };
    struct arena arena = { 0 };
    struct context context = { 0 };
    enum err_code code = context_open(&context, &arena, &options, err);

    if (code == ERR_OK)
        code = context_choose_school(&context, school->laestab, err);
    if (code == ERR_OK)
        code = set_up(&context, school, err);
    for (size_t i = 0; i < COUNT(steps) && code == ERR_OK; i++) {
        if (progress != NULL)
            progress(arena_printf(&arena, "%s: %s", school->name, steps[i].what));
        code = take(&context, &steps[i], demo, err);
    }
    if (code == ERR_OK)
        code = make_reviews(&context, demo, err);
    if (code == ERR_OK)
        code = make_groups(&context, demo, err);
    context_close(&context);
    arena_free(&arena);
    return code;
}

static enum err_code make_authority(const char *path, struct demo *demo, struct err *err)
{
    static const struct step steps[] = {
        { "schools", "demo schools", FILE_SCHOOLS, demo_schools_emit },
        { "national figures", "demo national figures", FILE_NATIONAL, demo_national },
    };
    struct context_options options = { .db = path,
        .mode = STORE_CREATE,
        .today = demo->today,
        .who = "demo" };
    struct arena arena = { 0 };
    struct context context = { 0 };
    enum err_code code = context_open(&context, &arena, &options, err);

    for (size_t i = 0; i < COUNT(steps) && code == ERR_OK; i++)
        code = take(&context, &steps[i], demo, err);
    context_close(&context);
    arena_free(&arena);
    return code;
}

enum err_code demo_make(const char *path, struct date today, void (*progress)(const char *what),
        struct err *err)
{
    char beside[1100];
    struct demo demo = { .today = today };
    enum err_code code;

    if (access(path, F_OK) == 0) {
        (void)err_set(err, ERR_CONFLICT, "there is already a file %s", path);
        return err_hint(err, "Move it away, or name another with --db.");
    }
    (void)snprintf(beside, sizeof(beside), "%s.making", path);
    (void)unlink(beside);
    code = make_authority(beside, &demo, err);
    for (int i = 0; i < DEMO_SCHOOL_N && code == ERR_OK; i++) {
        demo.school = i;
        code = make_school(beside, &demo, progress, err);
    }
    if (code == ERR_OK && rename(beside, path) != 0)
        code = err_set(err, ERR_IO, "the demo could not be put at %s", path);
    if (code != ERR_OK)
        (void)unlink(beside);
    return code;
}

const char *demo_main_laestab(void)
{
    return demo_schools[DEMO_MAIN].laestab;
}

const char *demo_note(void)
{
    return demo_notice;
}
