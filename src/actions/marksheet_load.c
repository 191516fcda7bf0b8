#include <string.h>

#include "actions/marksheet_cache_in.h"
#include "actions/marksheet_in.h"
#include "base/text.h"
#include "school/review_state.h"

bool review_takes(const struct review *review, struct date today)
{
    return review_state_takes(review_state_on(review->state, review->to, today));
}

static bool has_subject(const struct sheet_load *load, int subject)
{
    for (size_t i = 0; i < load->subject_n; i++) {
        if (load->subjects[i] == subject)
            return true;
    }
    return false;
}

void load_add_subject(struct sheet_load *load, int subject)
{
    if (load->subject_n == MARKSHEET_SUBJECTS || has_subject(load, subject))
        return;
    load->subjects[load->subject_n] = (int16_t)subject;
    load->scope.subjects[load->subject_n++] = load->context->fw->subjects[subject].code;
}

/* The columns, then the parts of those whose prior attainment may be a mean of others'. */
static enum err_code find_columns(struct sheet_load *load, struct err *err)
{
    const struct framework *fw = load->context->fw;
    char code[32];

    for (const char *at = load->sheet->marksheet.subjects; *at != '\0';) {
        size_t n = strcspn(at, ",");
        int subject = -1;

        if (n < sizeof(code)) {
            memcpy(code, at, n);
            code[n] = '\0';
            subject = framework_subject(fw, code);
        }
        if (subject >= 0)
            load_add_subject(load, subject);
        at += n + (at[n] == ',');
    }
    load->sheet->column_n = load->subject_n;
    if (load->subject_n == 0)
        return err_set(err, ERR_INVALID, "the marksheet's subject %s is not in the framework",
                load->sheet->marksheet.subjects);
    for (int i = 0; i < fw->derived_n; i++) {
        if (!has_subject(load, fw->derived[i].subject))
            continue;
        for (int j = 0; j < fw->derived[i].from_n; j++)
            load_add_subject(load, fw->derived[i].from[j]);
    }
    return ERR_OK;
}

/* Everything the database has of the marksheet, into load->arena. */
static enum err_code load_whole(struct sheet_load *load, struct err *err)
{
    struct context *context = load->context;
    struct sheet *sheet = load->sheet;
    int16_t *subjects = arena_array(load->arena, MARKSHEET_SUBJECTS, sizeof(*subjects));
    enum err_code code;

    if (subjects == NULL)
        return err_memory(err);
    load->read_from = load->subject_n;
    code = load_sheet_pupils(load, err);
    if (code == ERR_OK && sheet->marksheet.template[0] != '\0')
        code = load_sheet_template(load, err);
    memcpy(subjects, load->subjects, load->subject_n * sizeof(*subjects));
    if (code == ERR_OK)
        code = cohort_make(load->arena, context->fw, &context->reckoning, context->today,
                load->pupils, load->pupil_n, subjects, load->subject_n, &sheet->cohort, err);
    return code == ERR_OK ? load_sheet_values(load, err) : code;
}

/* What is kept of other requests serves while nothing was recorded since. */
static enum err_code whole_of(struct sheet_load *load, struct err *err)
{
    struct context *context = load->context;
    struct sheet_cache *cache = load->options->cache;
    struct sheet_key key = { 0 };
    struct sheet_kept *kept;
    bool plain = !load->options->all && !load->options->sets;
    enum err_code code;

    load->arena = context->arena;
    if (cache == NULL || !plain)
        return load_whole(load, err);
    key = sheet_key(context, &load->sheet->marksheet);
    kept = sheet_cache_find(cache, &key);
    if (kept->good) {
        struct sheet fresh = *load->sheet;

        *load->sheet = kept->sheet;
        load->sheet->marksheet = fresh.marksheet;
        load->sheet->open = fresh.open;
        return ERR_OK;
    }
    load->arena = &kept->arena;
    code = load_whole(load, err);
    if (code == ERR_OK) {
        kept->sheet = *load->sheet;
        kept->good = true;
    }
    return code;
}

enum err_code sheet_load(struct context *context, const struct person *person,
        int64_t marksheet_id, const struct sheet_options *options, struct sheet *ret_sheet,
        struct err *err)
{
    static const struct sheet_options plain = { 0 };
    struct sheet sheet = { 0 };
    struct sheet_load load = {
        .context = context,
        .options = options == NULL ? &plain : options,
        .sheet = &sheet,
        .scope = { .school_id = context->school.school_id, .day = context->today },
    };
    enum err_code code = store_marksheet(context->store, context->school.school_id,
            marksheet_id, context->arena, &sheet.marksheet, err);

    if (code != ERR_OK)
        return code;
    sheet.open = review_takes(&sheet.marksheet.review, context->today);
    if (!fact_kind_parse(sheet.marksheet.review.asks, &sheet.kind))
        return err_set(err, ERR_INVALID, "the review asks for nothing that can be entered");
    load.scope.group_id = sheet.marksheet.group_id;
    code = find_columns(&load, err);
    if (code == ERR_OK)
        code = whole_of(&load, err);
    return code == ERR_OK ? sheet_narrow(context, person, &sheet, ret_sheet, err) : code;
}
