#include "actions/export.h"

#include <stdio.h>
#include <string.h>

#include "actions/export_in.h"
#include "base/text.h"
#include "exchange/csv_write.h"
#include "exchange/ctf_write.h"

/* ---- CSV ---- */

static enum err_code write_pupils(struct exporting *exporting, const struct output *output,
        struct err *err)
{
    enum err_code code = csv_write_pupil_header(output, err);

    for (size_t i = 0; i < exporting->pupils.n && code == ERR_OK; i++) {
        struct pupil_record record = { 0 };
        bool there = false;

        code = exporting_pupil(exporting, i, (struct export_choice){ 0 }, &record, &there, err);
        if (code == ERR_OK && there)
            code = csv_write_pupil(output, &record, err);
        arena_free(&exporting->scratch);
    }
    return code;
}

static enum err_code write_history_of(const struct pupil_record *pupil,
        const struct output *output, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < pupil->attribute_n && code == ERR_OK; i++) {
        const struct attribute_record *from = &pupil->attributes[i];

        code = csv_write_history(output,
                &(struct history_record){ .upn = pupil->upn,
                        .attribute = from->attribute,
                        .value = from->value,
                        .from = from->from,
                        .to = from->to },
                err);
    }
    return code;
}

static enum err_code write_history(struct exporting *exporting, const struct output *output,
        struct err *err)
{
    enum err_code code = csv_write_history_header(output, err);

    for (size_t i = 0; i < exporting->pupils.n && code == ERR_OK; i++) {
        struct pupil_record record = { 0 };
        bool there = false;

        code = exporting_pupil(exporting, i,
                (struct export_choice){ .dated = true, .whole = true }, &record, &there, err);
        if (code == ERR_OK && there)
            code = write_history_of(&record, output, err);
        arena_free(&exporting->scratch);
    }
    return code;
}

static enum err_code write_results_of(struct exporting *exporting, size_t pupil,
        const struct output *output, int64_t *left_out, struct err *err)
{
    struct result_record *results = NULL;
    size_t n = 0;
    enum err_code code = exporting_results(exporting, pupil, &results, &n, err);

    for (size_t i = 0; i < n && code == ERR_OK; i++) {
        if (text_empty(results[i].scale))
            (*left_out)++;
        else
            code = csv_write_result(output, &results[i], err);
    }
    return code;
}

static enum err_code write_results(struct exporting *exporting, const struct output *output,
        int64_t *left_out, struct err *err)
{
    enum err_code code = csv_write_result_header(output, err);

    for (size_t i = 0; i < exporting->pupils.n && code == ERR_OK; i++) {
        struct pupil_record record = { 0 };
        bool there = false;

        if (export_pupil_at(exporting, i)->facts == EXPORT_NONE)
            continue;
        code = exporting_pupil(exporting, i, (struct export_choice){ 0 }, &record, &there, err);
        if (code == ERR_OK && there)
            code = write_results_of(exporting, i, output, left_out, err);
        arena_free(&exporting->scratch);
    }
    return code;
}

/* ---- transfer file ---- */

static enum err_code load_more(struct exporting *exporting, struct err *err)
{
    struct store *store = exporting->context->store;
    int64_t school_id = exporting->context->school.school_id;
    enum err_code code =
            store_contacts(store, school_id, 0, &exporting->arena, &exporting->contacts, err);

    return code == ERR_OK ? store_ctf_parts(store, school_id, 0, &exporting->arena,
                                    &exporting->parts, err)
                          : code;
}

static enum err_code add_contacts(struct exporting *exporting, int64_t pupil_id,
        struct pupil_record *record, struct err *err)
{
    struct contact_record *list = NULL;

    for (size_t i = 0; i < exporting->contacts.n; i++) {
        const struct contact *from = &exporting->contacts.items[i];

        if (from->pupil_id != pupil_id || from->withdrawn)
            continue;
        list = arena_grow(&exporting->scratch, list, record->contact_n, sizeof(*list));
        if (list == NULL)
            return err_memory(err);
        list[record->contact_n++] =
                (struct contact_record){ from->place[0] == '-' ? NULL : from->place,
                    from->title, from->surname, from->forename, from->relationship,
                    from->responsibility, from->phone, from->email, from->address, from->xml };
    }
    record->contacts = list;
    return ERR_OK;
}

static enum err_code add_rests(struct exporting *exporting, int64_t pupil_id,
        struct pupil_record *record, struct err *err)
{
    struct rest_record *list = NULL;

    for (size_t i = 0; i < exporting->parts.n; i++) {
        const struct ctf_part *from = &exporting->parts.items[i];

        if (from->pupil_id != pupil_id || from->withdrawn)
            continue;
        list = arena_grow(&exporting->scratch, list, record->rest_n, sizeof(*list));
        if (list == NULL)
            return err_memory(err);
        list[record->rest_n++] = (struct rest_record){ from->path, from->xml };
    }
    record->rests = list;
    return ERR_OK;
}

static enum err_code write_ctf_pupil(struct exporting *exporting, size_t pupil,
        struct ctf_writer *writer, struct err *err)
{
    int64_t pupil_id = export_pupil_at(exporting, pupil)->pupil_id;
    struct pupil_record record = { 0 };
    struct result_record *results = NULL;
    size_t n = 0;
    bool there = false;
    enum err_code code = exporting_pupil(exporting, pupil,
            (struct export_choice){ .dated = true, .on_roll = true }, &record, &there, err);

    if (code != ERR_OK || !there)
        return code;
    code = add_contacts(exporting, pupil_id, &record, err);
    if (code == ERR_OK)
        code = add_rests(exporting, pupil_id, &record, err);
    if (code == ERR_OK)
        code = exporting_results(exporting, pupil, &results, &n, err);
    return code == ERR_OK ? ctf_write_pupil(writer, &record, results, n, err) : code;
}

/* This school as the sender; the year of the file is that in which the school year began. */
static enum err_code write_header(struct exporting *exporting, const struct output *output,
        struct ctf_writer *writer, struct err *err)
{
    const struct context *context = exporting->context;
    char lea[4] = "";
    char stamp[CLOCK_STAMP_SIZE];
    char year[16];
    char version[16];
    int begun = date_school_year(context->today) - 1;
    const struct ctf_header header = {
        .document_name = "Common Transfer File",
        .version = version,
        .qualifier = exporting->subject == NULL ? "full" : "partial",
        .supplier = "Attain",
        .datetime = stamp,
        .source_lea = lea,
        .source_estab = context->school.laestab + 3,
        .source_name = context->school.name,
        .academic_year = year,
        .dest_lea = "XXX",
        .dest_estab = "XXXX",
        .rest_xml = context_setting(context, "ctf.header", ""),
    };

    (void)text_copy(lea, sizeof(lea), context->school.laestab);
    (void)text_copy(stamp, sizeof(stamp) - 1, context->stamp);
    (void)snprintf(year, sizeof(year), "%d", begun);
    (void)snprintf(version, sizeof(version), "%d.0", begun % 100);
    return ctf_write_begin(writer, output, &header, err);
}

static enum err_code write_ctf(struct exporting *exporting, const struct output *output,
        struct err *err)
{
    struct ctf_writer writer = { 0 };
    enum err_code code = load_more(exporting, err);

    if (code == ERR_OK)
        code = write_header(exporting, output, &writer, err);
    for (size_t i = 0; i < exporting->pupils.n && code == ERR_OK; i++) {
        code = write_ctf_pupil(exporting, i, &writer, err);
        arena_free(&exporting->scratch);
    }
    return code == ERR_OK ? ctf_write_end(&writer, err) : code;
}

/* ---- which ---- */

static const struct what {
    const char *name;
    enum file_kind kind;
    int first, last; /* kinds of facts; none when last is before first */
} whats[] = {
    { "ctf", FILE_CTF, 0, FACT_KIND__MAX - 1 },
    { "pupils", FILE_PUPILS, 0, -1 },
    { "history", FILE_HISTORY, 0, -1 },
    { "groups", FILE_GROUPS, 0, -1 },
    { "results", FILE_RESULTS, 0, FACT_KIND__MAX - 1 },
    { "targets", FILE_RESULTS, FACT_TARGET, FACT_TARGET },
    { "predictions", FILE_RESULTS, FACT_PREDICTION, FACT_PREDICTION },
};

static enum err_code write_what(struct exporting *exporting, const struct what *what,
        const struct output *output, int64_t *left_out, struct err *err)
{
    enum err_code code = ERR_OK;

    for (int kind = what->first; kind <= what->last && code == ERR_OK; kind++)
        code = exporting_load(exporting, (enum fact_kind)kind, err);
    if (code != ERR_OK)
        return code;
    if (what->kind == FILE_CTF)
        return write_ctf(exporting, output, err);
    if (what->kind == FILE_PUPILS)
        return write_pupils(exporting, output, err);
    if (what->kind == FILE_HISTORY)
        return write_history(exporting, output, err);
    if (what->kind == FILE_GROUPS)
        return exporting_groups(exporting, output, err);
    return write_results(exporting, output, left_out, err);
}

enum err_code export_file(struct context *context, const char *what,
        const struct filters *filters, export_write_fn write, void *data, int64_t *ret_left_out,
        struct err *err)
{
    const struct output output = { data, write };
    struct exporting exporting = { 0 };
    const struct what *found = NULL;
    int64_t left_out = 0;
    enum err_code code;

    for (size_t i = 0; i < COUNT(whats); i++) {
        if (text_eq(whats[i].name, what))
            found = &whats[i];
    }
    if (found == NULL) {
        (void)err_set(err, ERR_USAGE, "there is no export called %s", what);
        return err_hint(err,
                "There are ctf, pupils, history, groups, results, targets and predictions.");
    }
    code = exporting_begin(&exporting, context, filters, err);
    if (code == ERR_OK)
        code = write_what(&exporting, found, &output, &left_out, err);
    exporting_end(&exporting);
    if (code == ERR_OK && ret_left_out != NULL)
        *ret_left_out = left_out;
    return code;
}

const char *export_name(const struct context *context, const char *what,
        char buffer[EXPORT_NAME_SIZE])
{
    if (text_eq(what, "ctf"))
        (void)snprintf(buffer, EXPORT_NAME_SIZE, "%s_CTF_XXXXXXX_001.xml",
                context->school.laestab);
    else
        (void)snprintf(buffer, EXPORT_NAME_SIZE, "%.40s.csv", what);
    return buffer;
}
