/* schools.csv and national.csv: what belongs to no single school. */

#include <string.h>

#include "actions/import_in.h"
#include "base/text.h"

static const char default_framework[] = "england-2008";
static const char no_school[] = "0000000";

struct shared_school {
    struct school school; /* school_id 0: not on record */
    bool changed;         /* its name or phase */
};

struct shared_tag {
    size_t school;
    struct school_tag tag;
};

struct shared_figure {
    struct national_figure figure;
    bool fresh;
};

struct import_shared {
    struct chunks schools, tags, figures;
    struct index by_laestab, by_figure;
    int64_t added, unchanged, superseded;
};

static struct shared_school *school_at(const struct import_shared *shared, size_t i)
{
    return chunks_at(&shared->schools, i);
}

static enum err_code add_school(struct import_shared *shared, const struct school *school,
        size_t *ret_at, struct err *err)
{
    struct shared_school *more = chunks_add(&shared->schools);

    if (more == NULL)
        return err_memory(err);
    more->school = *school;
    *ret_at = shared->schools.n - 1;
    return index_put(&shared->by_laestab, hash_of_text(school->laestab), *ret_at, err);
}

static uint32_t figure_hash(const struct national_figure *figure)
{
    uint64_t hash = hash_text(hash_text(HASH_START, figure->body), figure->measure);

    return hash_end(hash_number(hash_text(hash, figure->subject), (uint64_t)figure->year));
}

static struct shared_figure *find_figure(const struct import_shared *shared,
        const struct national_figure *wanted)
{
    uint32_t hash = figure_hash(wanted);
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&shared->by_figure, hash, &cursor, &i)) {
        struct shared_figure *item = chunks_at(&shared->figures, i);

        if (item->figure.year == wanted->year && text_eq(item->figure.body, wanted->body) &&
                text_eq(item->figure.measure, wanted->measure) &&
                text_eq(item->figure.subject, wanted->subject))
            return item;
    }
    return NULL;
}

static enum err_code add_figure(struct import_shared *shared,
        const struct national_figure *figure, bool fresh, struct err *err)
{
    struct shared_figure *more = chunks_add(&shared->figures);

    if (more == NULL)
        return err_memory(err);
    *more = (struct shared_figure){ *figure, fresh };
    return index_put(&shared->by_figure, figure_hash(figure), shared->figures.n - 1, err);
}

enum err_code import_shared_begin(struct import_run *run, struct err *err)
{
    struct arena *arena = run->context->arena;
    struct import_shared *shared = arena_alloc(arena, sizeof(*shared));
    struct school_list schools = { 0 };
    struct national_list figures = { 0 };
    enum err_code code;
    size_t at = 0;

    if (shared == NULL)
        return err_memory(err);
    shared->schools = chunks_make(arena, sizeof(struct shared_school));
    shared->tags = chunks_make(arena, sizeof(struct shared_tag));
    shared->figures = chunks_make(arena, sizeof(struct shared_figure));
    shared->by_laestab.arena = shared->by_figure.arena = arena;
    code = store_schools(run->context->store, arena, &schools, err);
    for (size_t i = 0; i < schools.n && code == ERR_OK; i++)
        code = add_school(shared, &schools.items[i], &at, err);
    if (code == ERR_OK)
        code = store_national(run->context->store, arena, &figures, err);
    for (size_t i = 0; i < figures.n && code == ERR_OK; i++)
        code = add_figure(shared, &figures.items[i], false, err);
    run->shared = shared;
    return code;
}

static enum err_code refuse(struct import_run *run, long row, const char *column,
        const char *value, const char *reason, struct err *err)
{
    struct finding where = { row, column, value, NULL };

    return outcome_refuse(&run->writer, &where, err, "%s", reason);
}

/* ---- schools.csv ---- */

/* The days of a tag, or a refusal. */
static enum err_code read_days(struct import_run *run, const struct school_record *record,
        struct school_tag *tag, bool *ret_good, struct err *err)
{
    const char *reason = "there is no such day; a date is written 2004-09-01 or 01/09/2004";

    *ret_good = false;
    if (!text_empty(record->from) && !date_parse(record->from, &tag->from))
        return refuse(run, record->row, "from", record->from, reason, err);
    if (!text_empty(record->to) && !date_parse(record->to, &tag->to))
        return refuse(run, record->row, "to", record->to, reason, err);
    if (date_is_set(tag->to) && tag->to.ymd < tag->from.ymd)
        return refuse(run, record->row, "to", record->to, "the tag ends before it begins", err);
    *ret_good = true;
    return ERR_OK;
}

static size_t find_school(const struct import_shared *shared, const char *laestab)
{
    size_t cursor = INDEX_START;
    size_t i;

    while (index_next(&shared->by_laestab, hash_of_text(laestab), &cursor, &i)) {
        if (text_eq(school_at(shared, i)->school.laestab, laestab))
            return i;
    }
    return PLAN_NONE;
}

/* A new name or phase of a school on record. */
static bool update(struct shared_school *item, const char *name, const char *phase)
{
    bool changed = false;

    if (!text_empty(name) && !text_eq(item->school.name, name)) {
        item->school.name = name;
        changed = true;
    }
    if (!text_empty(phase) && !text_eq(item->school.phase, phase)) {
        item->school.phase = phase;
        changed = true;
    }
    item->changed = item->changed || changed;
    return changed;
}

/* Whether the school has this tag with these days already, on record or from an earlier row. */
static enum err_code has_tag(struct import_run *run, size_t at, const char *name,
        const struct school_tag *tag, bool *ret_has, struct err *err)
{
    struct import_shared *shared = run->shared;
    struct school_tag_list list = { 0 };
    int64_t id = school_at(shared, at)->school.school_id;
    enum err_code code = ERR_OK;

    *ret_has = false;
    for (size_t i = 0; i < shared->tags.n; i++) {
        const struct shared_tag *other = chunks_at(&shared->tags, i);

        *ret_has = *ret_has || (other->school == at && text_eq(other->tag.tag, name) &&
                                       other->tag.from.ymd == tag->from.ymd &&
                                       other->tag.to.ymd == tag->to.ymd);
    }
    if (id != 0)
        code = store_school_tags(run->context->store, id, run->context->arena, &list, err);
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        const struct school_tag *other = &list.items[i];

        *ret_has = *ret_has ||
                   (!other->withdrawn && text_eq(other->tag, name) &&
                           other->from.ymd == tag->from.ymd && other->to.ymd == tag->to.ymd);
    }
    return code;
}

static enum err_code take_school(struct import_run *run, const struct school_record *record,
        const char *laestab, const struct school_tag *tag, struct err *err)
{
    struct import_shared *shared = run->shared;
    struct arena *arena = run->context->arena;
    const char *name = arena_text(arena, record->name == NULL ? "" : record->name);
    const char *phase = arena_text(arena, record->phase == NULL ? "" : record->phase);
    struct school school = { 0, arena_text(arena, laestab), name, phase,
        run->context->has_school ? run->context->school.framework : default_framework };
    struct shared_tag *more = NULL;
    size_t at = find_school(shared, laestab);
    bool made = at == PLAN_NONE;
    bool changed = false;
    bool known = false;
    enum err_code code = ERR_OK;

    if (name == NULL || phase == NULL || school.laestab == NULL)
        return err_memory(err);
    if (made && *name == '\0')
        return refuse(run, record->row, "name", "", "a new school needs a name", err);
    if (made)
        code = add_school(shared, &school, &at, err);
    else
        changed = update(school_at(shared, at), name, phase);
    if (code == ERR_OK && !text_empty(record->tag))
        code = has_tag(run, at, record->tag, tag, &known, err);
    if (code == ERR_OK && !text_empty(record->tag) && !known) {
        more = chunks_add(&shared->tags);
        if (more == NULL)
            return err_memory(err);
        *more = (struct shared_tag){ at, *tag };
        more->tag.tag = arena_text(arena, record->tag);
        if (more->tag.tag == NULL)
            return err_memory(err);
    }
    shared->added += made || more != NULL;
    shared->superseded += !made && more == NULL && changed;
    shared->unchanged += !made && more == NULL && !changed;
    return code;
}

enum err_code import_shared_school(struct import_run *run, const struct school_record *record,
        struct err *err)
{
    char laestab[LAESTAB_SIZE];
    struct school_tag tag = { 0 };
    struct err why = { 0 };
    bool good = false;
    enum err_code code;

    if (laestab_parse(record->laestab, laestab, &why) != ERR_OK || text_eq(laestab, no_school))
        return refuse(run, record->row, "laestab", record->laestab,
                "it is not a school's number; it has seven digits: 8064001 or 806/4001", err);
    code = read_days(run, record, &tag, &good, err);
    return code == ERR_OK && good ? take_school(run, record, laestab, &tag, err) : code;
}

/* ---- national.csv ---- */

/* A percentage in thousandths: "79", "79.4", "79.4%". */
static bool parse_percent(const char *text, int64_t *ret_percent)
{
    char copy[24];
    size_t n;

    if (text == NULL || !text_copy(copy, sizeof(copy), text))
        return false;
    n = strlen(copy);
    if (n > 0 && copy[n - 1] == '%')
        copy[n - 1] = '\0';
    return text_milli(text_trim(copy), ret_percent) && *ret_percent >= 0 &&
           *ret_percent <= 100000;
}

static enum err_code read_figure(struct import_run *run, const struct national_record *record,
        struct national_figure *figure, bool *ret_good, struct err *err)
{
    int64_t year = 0;

    *ret_good = false;
    if (text_empty(record->body))
        return refuse(run, record->row, "body", "", "whose figure it is, is missing", err);
    if (text_empty(record->measure))
        return refuse(run, record->row, "measure", "", "the measure is missing", err);
    if (record->year == NULL || !text_int(record->year, &year) || year < 1900 || year > 2199)
        return refuse(run, record->row, "year", record->year,
                "it is no year; the year is the one that ends on 31 August, 2008", err);
    if (!parse_percent(record->percent, &figure->percent))
        return refuse(run, record->row, "percent", record->percent,
                "it is not a percentage from 0 to 100", err);
    figure->year = (int)year;
    figure->body = arena_text(run->context->arena, record->body);
    figure->measure = arena_text(run->context->arena, record->measure);
    figure->subject =
            arena_text(run->context->arena, record->subject == NULL ? "" : record->subject);
    if (figure->body == NULL || figure->measure == NULL || figure->subject == NULL)
        return err_memory(err);
    *ret_good = true;
    return ERR_OK;
}

enum err_code import_shared_national(struct import_run *run,
        const struct national_record *record, struct err *err)
{
    struct import_shared *shared = run->shared;
    struct national_figure figure = { 0 };
    struct shared_figure *old;
    bool good = false;
    enum err_code code = read_figure(run, record, &figure, &good, err);

    if (code != ERR_OK || !good)
        return code;
    old = find_figure(shared, &figure);
    if (old == NULL) {
        shared->added++;
        return add_figure(shared, &figure, true, err);
    }
    shared->unchanged += old->figure.percent == figure.percent;
    if (old->figure.percent != figure.percent) {
        shared->superseded++;
        old->figure.percent = figure.percent;
        old->fresh = true;
    }
    return ERR_OK;
}

void import_shared_end(struct import_run *run)
{
    run->outcome.added += run->shared->added;
    run->outcome.unchanged += run->shared->unchanged;
    run->outcome.superseded += run->shared->superseded;
}

/* ---- writing ---- */

/* School number 0, made when it is first needed. */
static enum err_code need_zero(struct import_run *run, struct err *err)
{
    struct school school = { 0, no_school, "No single school", "", "" };
    int64_t newest = 0;
    int64_t id = 0;
    struct err why = { 0 };
    enum err_code code = import_newest(run->context, 0, &newest, err);

    if (code != ERR_OK || newest != 0)
        return code;
    code = store_school_add(run->context->store, &school, &id, &why);
    if (code == ERR_CONFLICT)
        return ERR_OK;
    if (code != ERR_OK)
        *err = why;
    return code;
}

static struct import import_row(const struct import_run *run)
{
    return (struct import){
        .kind = file_kind_name(run->outcome.kind),
        .file = run->outcome.file,
        .recorded_by = run->context->who,
        .recorded_at = run->context->stamp,
    };
}

/* A school's tags are facts of that school, so they stand in an import of its own. */
static enum err_code write_tags(struct import_run *run, size_t school, struct err *err)
{
    struct import_shared *shared = run->shared;
    struct import import = import_row(run);
    enum err_code code;

    for (size_t i = 0; i < shared->tags.n; i++)
        import.added += ((struct shared_tag *)chunks_at(&shared->tags, i))->school == school;
    if (import.added == 0)
        return ERR_OK;
    code = store_import_begin(run->context->store, school_at(shared, school)->school.school_id,
            &import, import.added, err);
    for (size_t i = 0; i < shared->tags.n && code == ERR_OK; i++) {
        const struct shared_tag *tag = chunks_at(&shared->tags, i);

        if (tag->school == school)
            code = store_add_school_tag(run->context->store, &tag->tag, err);
    }
    return code == ERR_OK ? store_import_end(run->context->store, err) : code;
}

static enum err_code write_schools(struct import_run *run, struct err *err)
{
    struct import_shared *shared = run->shared;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < shared->schools.n && code == ERR_OK; i++) {
        struct shared_school *item = school_at(shared, i);

        if (item->school.school_id == 0)
            code = store_school_add(run->context->store, &item->school, &item->school.school_id,
                    err);
        else if (item->changed)
            code = store_school_rename(run->context->store, &item->school, err);
        if (code == ERR_OK)
            code = write_tags(run, i, err);
    }
    return code;
}

static enum err_code write_figures(struct import_run *run, struct err *err)
{
    struct import_shared *shared = run->shared;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < shared->figures.n && code == ERR_OK; i++) {
        const struct shared_figure *item = chunks_at(&shared->figures, i);
        int change;

        if (item->fresh)
            code = store_national_put(run->context->store, &item->figure, &change, err);
    }
    return code;
}

enum err_code import_shared_apply(struct import_run *run, struct err *err)
{
    struct import import = import_row(run);
    enum err_code code = need_zero(run, err);

    import.added = run->outcome.added;
    import.unchanged = run->outcome.unchanged;
    import.superseded = run->outcome.superseded;
    import.refused = (int64_t)run->outcome.refused_n;
    if (code == ERR_OK)
        code = store_import_begin(run->context->store, 0, &import, 0, err);
    if (code == ERR_OK)
        code = store_import_end(run->context->store, err);
    if (code == ERR_OK)
        code = write_schools(run, err);
    if (code == ERR_OK)
        code = write_figures(run, err);
    if (code == ERR_OK)
        run->outcome.id = import.import_id;
    return code;
}
