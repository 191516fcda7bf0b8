#include "actions/import.h"

#include <string.h>

#include "actions/import_in.h"
#include "base/text.h"

/* ---- the sink: each record to its plan ---- */

static enum err_code on_header(void *data, const struct ctf_header *header, struct err *err)
{
    struct plan *plan = NULL;
    enum err_code code = import_plan_of(data, NULL, &plan, err);

    return code == ERR_OK ? plan_header(plan, header, err) : code;
}

static enum err_code on_pupil(void *data, const struct pupil_record *record, struct err *err)
{
    struct plan *plan = NULL;
    enum err_code code = import_plan_of(data, record->laestab, &plan, err);

    return code == ERR_OK ? plan_pupil(plan, record, err) : code;
}

static enum err_code on_result(void *data, const struct result_record *record, struct err *err)
{
    struct plan *plan = NULL;
    enum err_code code = import_plan_of(data, record->laestab, &plan, err);

    return code == ERR_OK ? plan_result(plan, record, err) : code;
}

static enum err_code on_group(void *data, const struct group_record *record, struct err *err)
{
    struct plan *plan = NULL;
    enum err_code code = import_plan_of(data, record->laestab, &plan, err);

    return code == ERR_OK ? plan_group(plan, record, err) : code;
}

static enum err_code on_history(void *data, const struct history_record *record,
        struct err *err)
{
    struct plan *plan = NULL;
    enum err_code code = import_plan_of(data, record->laestab, &plan, err);

    return code == ERR_OK ? plan_history(plan, record, err) : code;
}

static enum err_code on_school(void *data, const struct school_record *record, struct err *err)
{
    struct import_run *run = data;

    return run->shared != NULL ? import_shared_school(run, record, err)
                               : import_school_named(run, record, err);
}

static enum err_code on_national(void *data, const struct national_record *record,
        struct err *err)
{
    struct import_run *run = data;

    return run->shared == NULL ? ERR_OK : import_shared_national(run, record, err);
}

static enum err_code on_finding(void *data, const struct finding *finding, struct err *err)
{
    struct import_run *run = data;

    return outcome_refuse(&run->writer, finding, err, "%s", finding->reason);
}

static enum err_code on_note(void *data, const char *text, struct err *err)
{
    struct import_run *run = data;

    return outcome_note(&run->writer, err, "%s", text);
}

/* ---- one import ---- */

static enum err_code begin(struct import_run *run, struct err *err)
{
    enum file_kind kind = run->outcome.kind;

    if (kind == FILE_SCHOOLS || kind == FILE_NATIONAL)
        return import_shared_begin(run, err);
    if (run->context->has_school || run->several)
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "%s belongs to a school, and none is chosen",
            run->outcome.file);
    return err_hint(err, "Name it with --school LAESTAB.");
}

static enum err_code read_records(struct import_run *run, record_source_fn fn, void *data,
        struct err *err)
{
    const struct sink sink = { run, on_header, on_pupil, on_result, on_group, on_history,
        on_school, on_national, on_finding, on_note };
    enum err_code code = fn(data, &sink, err);

    for (size_t i = 0; i < run->school_n && code == ERR_OK; i++)
        code = plan_finish(&run->schools[i]->plan, err);
    if (code == ERR_OK && run->school_n == 0 && run->shared == NULL && !run->several) {
        struct plan *plan = NULL; /* a file without rows is an import all the same */

        code = import_plan_of(run, NULL, &plan, err);
    }
    return code;
}

/* The counts, and the refusals in order. */
static void finish_outcome(struct import_run *run)
{
    struct import_outcome *outcome = &run->outcome;

    for (size_t i = 0; i < run->school_n; i++) {
        outcome->added += run->schools[i]->plan.added;
        outcome->unchanged += run->schools[i]->plan.unchanged;
        outcome->superseded += run->schools[i]->plan.superseded;
    }
    outcome_sort(outcome);
}

static bool is_to_be_written(const struct import_run *run)
{
    return !run->options->preview &&
           !(run->options->all_or_nothing && run->outcome.refused_n != 0);
}

static enum err_code apply(struct import_run *run, struct err *err)
{
    if (run->shared != NULL)
        import_shared_end(run);
    finish_outcome(run);
    if (!is_to_be_written(run))
        return ERR_OK;
    return run->shared != NULL ? import_shared_apply(run, err) : import_apply_schools(run, err);
}

/* The file is read within the transaction that writes it, so that nobody writes between
   the comparison and the writing. With several schools each has its own, later. */
static enum err_code run_import(struct import_run *run, record_source_fn fn, void *data,
        struct err *err)
{
    bool locked = !run->options->preview && !run->several;
    enum err_code code = begin(run, err);

    if (code == ERR_OK && locked)
        code = store_begin(run->context->store, err);
    if (code == ERR_OK)
        code = read_records(run, fn, data, err);
    if (code == ERR_OK)
        code = apply(run, err);
    if (code == ERR_OK && locked && is_to_be_written(run))
        code = store_commit(run->context->store, err);
    store_rollback(run->context->store);
    return code;
}

static enum err_code import_all(struct import_run *run, const char *file, record_source_fn fn,
        void *data, struct import_outcome *ret_outcome, struct err *err)
{
    enum err_code code;

    run->writer = (struct outcome_writer){ run->context->arena, &run->outcome };
    run->outcome.file = arena_text(run->context->arena, file);
    run->outcome.preview = run->options->preview;
    if (run->outcome.file == NULL)
        return err_memory(err);
    code = run_import(run, fn, data, err);
    if (code == ERR_OK && is_to_be_written(run))
        code = import_alerts(run, err);
    import_schools_end(run);
    if (code == ERR_OK)
        *ret_outcome = run->outcome;
    return code;
}

enum err_code import_records(struct context *context, const char *file, enum file_kind kind,
        record_source_fn fn, void *data, const struct import_options *options,
        struct import_outcome *ret_outcome, struct err *err)
{
    struct import_run run = { .context = context, .options = options };

    run.outcome.kind = kind;
    run.several = kind == FILE_MAPPED;
    return import_all(&run, file, fn, data, ret_outcome, err);
}
