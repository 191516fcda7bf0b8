#include "actions/cohort_load.h"

#include "actions/cohort_in.h"
#include "actions/shelf_in.h"
#include "base/buf.h"
#include "base/text.h"

static enum err_code find_subject(struct load *load, struct err *err)
{
    const struct framework *fw = load->context->fw;

    load->out->subject = -1;
    if (load->filters->subject == NULL)
        return ERR_OK;
    load->out->subject = framework_subject(fw, load->filters->subject);
    if (load->out->subject >= 0)
        return ERR_OK;
    (void)err_set(err, ERR_NOT_FOUND, "there is no subject called %s", load->filters->subject);
    return err_hint(err, "Use a code such as %s or %s, or the subject's name.",
            fw->subjects[0].code, fw->subjects[fw->subject_n - 1].code);
}

static enum err_code any_fact(void *data, const struct fact *fact, struct err *err)
{
    const char *review = ((struct load *)data)->filters->review;

    if (!text_eq_fold(fact->review, review))
        return ERR_OK;
    return err_set(err, ERR_CONFLICT, "found");
}

/* A review may be known only from the files that name it. */
static enum err_code review_is_named(struct load *load, struct err *err)
{
    static const enum fact_kind kinds[] = { FACT_ASSESSMENT, FACT_LIKELY, FACT_TEST,
        FACT_MOCK };
    struct err found;

    for (size_t i = 0; i < COUNT(kinds); i++) {
        enum err_code code = store_facts(load->context->store, load->context->school.school_id,
                &(struct fact_question){ kinds[i], 0, NULL, (struct date){ 0 },
                        (struct date){ 0 } },
                any_fact, load, &found);

        if (code == ERR_CONFLICT)
            return ERR_OK;
        if (code != ERR_OK) {
            *err = found;
            return code;
        }
    }
    (void)err_set(err, ERR_NOT_FOUND, "there is no review called %s", load->filters->review);
    return err_hint(err, "List the reviews with `attain review list`.");
}

static enum err_code find_review(struct load *load, struct err *err)
{
    struct context *context = load->context;
    struct review_list list = { 0 };
    enum err_code code;

    if (load->filters->review == NULL)
        return ERR_OK;
    code = store_reviews(context->store, context->school.school_id, context->arena, &list, err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (text_eq_fold(list.items[i].name, load->filters->review))
            load->review = &list.items[i];
    }
    if (code != ERR_OK || load->review == NULL)
        return code == ERR_OK ? review_is_named(load, err) : code;
    /* A review that is over is looked at as on its last day. */
    if (!date_is_set(load->out->recorded) && load->review->to.ymd < load->out->day.ymd)
        load->out->day = load->review->to;
    return ERR_OK;
}

static const char *add_word(struct load *load, const char **words, const char *word)
{
    if (word != NULL)
        words[load->out->filter_n++] = word;
    return word;
}

/* The filters in words, and the population's name made from them. */
static enum err_code describe(struct load *load, struct err *err)
{
    const struct filters *f = load->filters;
    struct arena *arena = load->context->arena;
    struct buf line = buf_make(arena, 1000);
    const char **words = arena_array(arena, 10, sizeof(*words));
    char day[DATE_LONG_SIZE];

    if (words == NULL)
        return err_memory(err);
    if (f->has_year)
        add_word(load, words,
                f->year == 0 ? "Reception"
                             : arena_printf(arena, "Year %s", framework_year_text(f->year)));
    if (f->registration != NULL)
        add_word(load, words, arena_printf(arena, "Registration group %s", f->registration));
    if (f->group != NULL)
        add_word(load, words, arena_printf(arena, "Group %s", f->group));
    if (f->upn != NULL)
        add_word(load, words, arena_printf(arena, "UPN %s", f->upn));
    if (load->out->subject >= 0)
        add_word(load, words, load->context->fw->subjects[load->out->subject].name);
    if (f->where != NULL)
        add_word(load, words, arena_printf(arena, "Where %s", f->where));
    if (f->review != NULL)
        add_word(load, words, arena_printf(arena, "Review %s", f->review));
    for (size_t i = 0; i < load->out->filter_n; i++)
        buf_printf(&line, "%s%s", i == 0 ? "" : ", ", words[i]);
    if (load->out->filter_n == 0 || (load->out->filter_n == 1 && load->out->subject >= 0))
        buf_add(&line,
                load->out->filter_n == 0 ? "All pupils on roll" : ", all pupils on roll");
    if (date_is_set(f->as_at))
        add_word(load, words, arena_printf(arena, "As at %s", date_long(f->as_at, day)));
    load->out->filter_words = words;
    return buf_end(&line, &load->out->description, NULL, err);
}

static bool cut_by_group(const struct filters *filters)
{
    for (size_t i = 0; i < filters->by_n; i++) {
        if (filters->by[i] == CUT_GROUP)
            return true;
    }
    return false;
}

enum err_code cohort_load(struct context *context, const struct filters *filters,
        const struct cohort_options *options, struct loaded *ret_loaded, struct err *err)
{
    struct loaded out = { .day = context->today };
    struct cohort_options wider = *options;
    struct load load = { .context = context,
        .filters = filters,
        .options = &wider,
        .out = &out };
    enum err_code code;

    if (date_is_set(filters->as_at)) {
        out.day = filters->as_at;
        out.recorded = filters->as_at;
    }
    if (date_is_set(options->day))
        out.day = options->day;
    load.all_rules = options->characteristics || cut_by_group(filters);
    wider.characteristics = wider.characteristics || load_needs_groups(context);
    if (options->results && framework_has_formulas(context->fw))
        wider.characteristics = wider.predictions = true;
    code = find_subject(&load, err);
    if (code == ERR_OK)
        code = find_review(&load, err);
    if (code == ERR_OK && filters->where != NULL)
        code = load_where(context, filters, &load.only, err);
    if (code == ERR_OK && load.review == NULL && !date_is_set(out.recorded) &&
            out.day.ymd == context->today.ymd)
        code = shelf_take(context, out.day, &load.snapshot, err);
    if (code == ERR_OK)
        code = load_population(&load, err);
    out.snapshot = load.snapshot;
    if (code == ERR_OK)
        code = load_facts(&load, err);
    if (code == ERR_OK)
        code = load_through_gate(context, &out, options->aggregate, err);
    if (code == ERR_OK && options->results)
        code = cohort_ask_formulas(&out.cohort, context->arena, err);
    if (code == ERR_OK)
        code = describe(&load, err);
    if (code == ERR_OK)
        *ret_loaded = out;
    return code;
}
