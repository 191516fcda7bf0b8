/* The plans of an import: of the chosen school, or of each school that the file names. */

#include "actions/import_in.h"
#include "base/text.h"

static const char default_framework[] = "england-2008";

enum err_code import_newest(struct context *context, int64_t school_id, int64_t *ret_newest,
        struct err *err)
{
    struct arena arena = { 0 };
    struct import_list list = { 0 };
    int64_t newest = 0;
    enum err_code code = store_imports(context->store, school_id, &arena, &list, err);

    for (size_t i = 0; i < list.n; i++)
        newest = list.items[i].import_id > newest ? list.items[i].import_id : newest;
    arena_free(&arena);
    if (code == ERR_OK)
        *ret_newest = newest;
    return code;
}

static struct import_school *add_school(struct import_run *run)
{
    struct arena *arena = run->context->arena;
    struct import_school **more =
            arena_grow(arena, run->schools, run->school_n, sizeof(struct import_school *));
    struct import_school *school = more == NULL ? NULL : arena_alloc(arena, sizeof(*school));

    if (school == NULL)
        return NULL;
    school->context = *run->context;
    run->schools = more;
    return school;
}

/* From now on the run frees the plan, begun or not. */
static enum err_code begin_school(struct import_run *run, struct import_school *school,
        struct err *err)
{
    enum err_code code = ERR_OK;

    run->last = run->school_n;
    run->schools[run->school_n++] = school;
    if (run->several)
        code = import_newest(run->context, school->context.school.school_id, &school->newest,
                err);
    if (code != ERR_OK)
        return code;
    return plan_begin(&school->plan, &school->context, run->outcome.kind,
            run->options->match_names, &run->writer, err);
}

static struct import_school *find_school(struct import_run *run, const char *laestab)
{
    if (run->last < run->school_n &&
            text_eq(run->schools[run->last]->context.school.laestab, laestab))
        return run->schools[run->last];
    for (size_t i = 0; i < run->school_n; i++) {
        if (text_eq(run->schools[i]->context.school.laestab, laestab)) {
            run->last = i;
            return run->schools[i];
        }
    }
    return NULL;
}

static enum err_code no_school(const struct import_run *run, struct err *err)
{
    (void)err_set(err, ERR_USAGE, "%s belongs to a school, and none is chosen",
            run->outcome.file);
    return err_hint(err, "Name it with --school LAESTAB.");
}

enum err_code import_plan_of(struct import_run *run, const char *laestab,
        struct plan **ret_plan, struct err *err)
{
    const char *wanted = laestab != NULL ? laestab : run->context->school.laestab;
    struct import_school *school;
    enum err_code code = ERR_OK;

    if (wanted == NULL)
        return no_school(run, err);
    school = find_school(run, wanted);
    if (school == NULL) {
        school = add_school(run);
        if (school == NULL)
            return err_memory(err);
        if (laestab != NULL && !text_eq(laestab, run->context->school.laestab))
            code = context_choose_school(&school->context, laestab, err);
        if (code == ERR_OK)
            code = begin_school(run, school, err);
    }
    if (code == ERR_OK)
        *ret_plan = &school->plan;
    return code;
}

/* The framework's own years of each stage; NULL when memory is out. */
static struct stage_years *own_years(const struct context *context)
{
    struct stage_years *years =
            arena_array(context->arena, (size_t)context->fw->stage_n, sizeof(*years));

    for (int i = 0; i < context->fw->stage_n && years != NULL; i++) {
        years[i].first = context->fw->stages[i].first_year;
        years[i].last = context->fw->stages[i].last_year;
    }
    return years;
}

/* A school that is not on record: it reckons like the chosen one, or by default. */
static enum err_code make_school(struct import_run *run, const struct school_record *record,
        const char *laestab, struct err *err)
{
    struct import_school *school = add_school(run);
    struct arena *arena = run->context->arena;
    struct context *context = school == NULL ? NULL : &school->context;

    if (context == NULL)
        return err_memory(err);
    if (!context->has_school) {
        enum err_code code = framework_load(context, default_framework, -1, &context->fw, err);

        if (code != ERR_OK)
            return code;
        context->reckoning.calendar = calendar_default();
        context->stage_years = own_years(context);
    }
    school->made = true;
    context->school = (struct school){
        .school_id = -1,
        .laestab = arena_text(arena, laestab),
        .name = arena_text(arena, text_empty(record->name) ? laestab : record->name),
        .phase = arena_text(arena, record->phase == NULL ? "" : record->phase),
        .framework = context->has_school ? context->school.framework : default_framework,
    };
    if (context->school.laestab == NULL || context->school.name == NULL ||
            context->school.phase == NULL || context->stage_years == NULL)
        return err_memory(err);
    context->has_school = true;
    return begin_school(run, school, err);
}

enum err_code import_school_named(struct import_run *run, const struct school_record *record,
        struct err *err)
{
    struct school_list list = { 0 };
    struct plan *plan = NULL;
    char laestab[LAESTAB_SIZE];
    enum err_code code = laestab_parse(record->laestab, laestab, err);

    if (code == ERR_OK)
        code = store_schools(run->context->store, run->context->arena, &list, err);
    if (code != ERR_OK || find_school(run, laestab) != NULL)
        return code;
    for (size_t i = 0; i < list.n; i++) {
        if (text_eq(list.items[i].laestab, laestab))
            return import_plan_of(run, list.items[i].laestab, &plan, err);
    }
    return make_school(run, record, laestab, err);
}

/* ---- writing ---- */

static enum err_code check_unmoved(struct import_run *run, struct import_school *school,
        struct err *err)
{
    int64_t newest = 0;
    enum err_code code =
            import_newest(run->context, school->context.school.school_id, &newest, err);

    if (code != ERR_OK || newest == school->newest)
        return code;
    (void)err_set(err, ERR_CONFLICT,
            "somebody else saved in school %s while %s was read, so nothing was written there",
            school->context.school.laestab, run->outcome.file);
    return err_hint(err, "Import the file again: what is written already stays unchanged.");
}

static enum err_code apply_one(struct import_run *run, struct import_school *school,
        struct err *err)
{
    int64_t id = 0;
    enum err_code code = ERR_OK;

    if (school->made)
        code = store_school_add(run->context->store, &school->context.school,
                &school->context.school.school_id, err);
    else if (run->several)
        code = check_unmoved(run, school, err);
    if (code == ERR_OK)
        code = plan_apply(&school->plan, run->outcome.file, &id, err);
    if (code != ERR_OK)
        return code;
    if (run->outcome.id == 0)
        run->outcome.id = id;
    return !run->several ? ERR_OK
                         : outcome_note(&run->writer, err, "School %s: import %lld.",
                                   school->context.school.laestab, (long long)id);
}

enum err_code import_apply_schools(struct import_run *run, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < run->school_n && code == ERR_OK; i++) {
        if (run->several)
            code = store_begin(run->context->store, err);
        if (code == ERR_OK)
            code = apply_one(run, run->schools[i], err);
        if (code == ERR_OK && run->several)
            code = store_commit(run->context->store, err);
    }
    return code;
}

void import_schools_end(struct import_run *run)
{
    for (size_t i = 0; i < run->school_n; i++)
        plan_end(&run->schools[i]->plan);
}
