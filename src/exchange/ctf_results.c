#include "exchange/ctf_pupil_in.h"

#include <string.h>

#include "base/text.h"
#include "exchange/ctf_codes.h"

static enum ctf_part part_of(const char *name)
{
    enum ctf_part part = CTF_LOCALE;

    while (part < CTF_STAGE && !text_eq(ctf_part_name(part), name))
        part++;
    return part;
}

void ctf_parts_of(const struct xml_node *node, const char *stage, struct ctf_parts *ret_parts)
{
    memset(ret_parts, 0, sizeof(*ret_parts));
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        enum ctf_part part = child->name == NULL ? CTF_STAGE : part_of(child->name);

        if (part != CTF_STAGE && ret_parts->parts[part] == NULL)
            ret_parts->parts[part] = child->text == NULL ? "" : child->text;
    }
    ret_parts->parts[CTF_STAGE] = stage;
}

/* Whether an element holds nothing but its text. */
static bool is_plain(const struct xml_node *node)
{
    return node->name != NULL && node->child == NULL && node->attrs == NULL &&
           node->uri == NULL;
}

/* Whether the nine parts say all there is in a StageAssessment. */
static bool is_plain_result(const struct xml_node *node)
{
    bool seen[CTF_PART__MAX] = { false };

    if (node->attrs != NULL || node->uri != NULL || node->child == NULL)
        return false;
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        enum ctf_part part = child->name == NULL ? CTF_STAGE : part_of(child->name);

        if (part == CTF_STAGE || seen[part] || !is_plain(child))
            return false;
        seen[part] = true;
    }
    return true;
}

static const char *const plain_qualifiers[] = { "NL", "NP", "NC", "EG", "LG" };

static bool is_plain_judgement(const char *qualifier)
{
    for (size_t i = 0; i < COUNT(plain_qualifiers); i++) {
        if (text_eq_fold(qualifier, plain_qualifiers[i]))
            return true;
    }
    return text_empty(qualifier);
}

/* Where the result comes from: the method, and whatever else sets it apart from the plain
   judgement of the same subject. False without memory. */
static bool source_of(const struct ctf_parts *parts, const char *subject, struct arena *arena,
        const char **ret_source)
{
    const char *const *part = parts->parts;
    bool component = !text_empty(part[CTF_COMPONENT]) && !text_eq(part[CTF_COMPONENT], subject);
    bool extra = component || !is_plain_judgement(part[CTF_QUALIFIER]);
    bool provisional = text_eq_fold(part[CTF_STATUS], "P");
    bool abroad = !text_empty(part[CTF_LOCALE]) && !text_eq_fold(part[CTF_LOCALE], "ENG");

    *ret_source = part[CTF_METHOD];
    if (!extra && !provisional && !abroad)
        return true;
    *ret_source = arena_printf(arena, "%s%s%s%s%s%s%s%s",
            text_empty(part[CTF_METHOD]) ? "NA" : part[CTF_METHOD], component ? " " : "",
            component ? part[CTF_COMPONENT] : "",
            extra && part[CTF_QUALIFIER] != NULL ? " " : "",
            extra && part[CTF_QUALIFIER] != NULL ? part[CTF_QUALIFIER] : "",
            provisional ? " P" : "", abroad ? " " : "", abroad ? part[CTF_LOCALE] : "");
    return *ret_source != NULL;
}

static const char *scale_of(const struct ctf_parts *parts)
{
    const char *qualifier = parts->parts[CTF_QUALIFIER];
    const char *result = parts->parts[CTF_RESULT];

    if (text_eq_fold(qualifier, "NP"))
        return "p";
    if (text_eq_fold(qualifier, "ND"))
        return "nc-decimal";
    if (text_eq_fold(qualifier, "NF") && result != NULL && strchr(result, '.') != NULL)
        return "nc-decimal";
    return NULL;
}

/* How many earlier results have the same subject, kind, stage and date, and this source
   (`family`: or one that begins with it). */
static size_t alike(const struct ctf_pupil *pupil, const struct result_record *result,
        const char *source, bool family)
{
    size_t n = 0;

    for (size_t i = 0; i < pupil->result_n; i++) {
        const struct result_record *other = &pupil->results[i];

        if (!text_eq(other->date, result->date) || !text_eq(other->subject, result->subject) ||
                !text_eq(other->stage, result->stage) || !text_eq(other->kind, result->kind))
            continue;
        n += family ? text_starts(other->source, source) : text_eq(other->source, source);
    }
    return n;
}

/* No two results of a pupil may look like one result with two grades: set a later one
   apart by its qualifier, and if need be by a number. */
static bool set_apart(const struct ctf_pupil *pupil, struct result_record *result,
        const char *qualifier, struct arena *arena)
{
    const char *source = result->source;

    if (alike(pupil, result, source, false) == 0)
        return true;
    if (source == NULL)
        source = "NA";
    if (!text_empty(qualifier))
        source = arena_printf(arena, "%s %s", source, qualifier);
    if (source != NULL && alike(pupil, result, source, false) != 0)
        source = arena_printf(arena, "%s %zu", source, alike(pupil, result, source, true) + 1);
    result->source = source;
    return source != NULL;
}

/* The day the result is dated: its own, else the end of June of its year. */
static const char *date_of(const struct ctf_parts *parts, struct arena *arena)
{
    const char *date = parts->parts[CTF_DATE];

    if (!text_empty(date))
        return date;
    return text_empty(parts->parts[CTF_YEAR])
                   ? ""
                   : arena_printf(arena, "%s-06-30", parts->parts[CTF_YEAR]);
}

/* The parts cut of blanks at their ends; false without memory. */
static bool trim_parts(struct ctf_parts *parts, struct arena *arena)
{
    for (int i = 0; i < CTF_PART__MAX; i++) {
        if (parts->parts[i] == NULL)
            continue;
        parts->parts[i] = xml_trim(parts->parts[i], arena);
        if (parts->parts[i] == NULL)
            return false;
    }
    return true;
}

/* Everything of a result that its parts say; false without memory. */
static bool fill_result(struct result_record *result, struct ctf_parts *parts,
        struct arena *arena)
{
    const char *const *part = parts->parts;

    result->origin = ctf_origin_join(parts, arena);
    if (result->origin == NULL || !trim_parts(parts, arena))
        return false;
    result->subject =
            ctf_is_subject(part[CTF_COMPONENT]) ? part[CTF_COMPONENT] : part[CTF_SUBJECT];
    result->kind = ctf_kind_of_status(part[CTF_STATUS], part[CTF_METHOD]);
    if (result->kind == NULL)
        result->kind = text_empty(part[CTF_STATUS]) ? "result" : part[CTF_STATUS];
    result->stage = ctf_stage_read(part[CTF_STAGE], arena);
    result->date = date_of(parts, arena);
    result->grade = part[CTF_RESULT];
    result->scale = scale_of(parts);
    return result->date != NULL && (result->stage != NULL || part[CTF_STAGE] == NULL) &&
           source_of(parts, result->subject, arena, &result->source);
}

static enum err_code add_result(const struct xml_node *node, const char *stage,
        struct ctf_pupil *pupil, struct arena *arena, struct err *err)
{
    struct result_record result = { .row = node->line, .upn = pupil->pupil.upn };
    struct ctf_parts parts;
    struct result_record *more =
            arena_grow(arena, pupil->results, pupil->result_n, sizeof(*pupil->results));

    if (more == NULL)
        return err_memory(err);
    pupil->results = more;
    ctf_parts_of(node, stage, &parts);
    if (!fill_result(&result, &parts, arena) ||
            !set_apart(pupil, &result, parts.parts[CTF_QUALIFIER], arena))
        return err_memory(err);
    pupil->results[pupil->result_n++] = result;
    return ERR_OK;
}

/* A copy of the element alone, to hold those of its children that are kept. */
static struct xml_node *copy_alone(const struct xml_node *node, struct arena *arena)
{
    struct xml_node *copy = arena_alloc(arena, sizeof(*copy));

    if (copy != NULL) {
        *copy = *node;
        copy->child = copy->last = copy->next = NULL;
    }
    return copy;
}

static bool keep(struct xml_node *parent, const struct xml_node *node, struct arena *arena)
{
    struct xml_node *copy = arena_alloc(arena, sizeof(*copy));

    if (copy == NULL)
        return false;
    *copy = *node;
    xml_insert(parent, parent->last, copy);
    return true;
}

/* One child of a KeyStage: a result, or (and) something to keep. */
static enum err_code read_stage_child(const struct xml_node *child, const char *stage,
        const char *file, struct arena *arena, struct ctf_pupil *pupil, struct xml_node *rest,
        struct err *err)
{
    if (text_eq(child->name, "StageAssessment")) {
        enum err_code rc;

        if (pupil->result_n == CTF_RESULT_MAX) {
            err_set(err, ERR_INVALID, "a pupil has more than %d results", CTF_RESULT_MAX);
            err_hint(err, "No real pupil has as many. Ask the sender to make the file again.");
            return err_where(err, file, child->line, NULL);
        }
        rc = add_result(child, stage, pupil, arena, err);
        if (rc != ERR_OK || is_plain_result(child))
            return rc;
    }
    return keep(rest, child, arena) ? ERR_OK : err_memory(err);
}

/* The results of one KeyStage; *ret_rest is what must be kept of it. */
static enum err_code read_stage(const struct xml_node *node, const char *file,
        struct arena *arena, struct ctf_pupil *pupil, struct xml_node **ret_rest,
        struct err *err)
{
    const struct xml_node *first = xml_child(node, "Stage");
    const char *stage = first == NULL ? NULL : first->text == NULL ? "" : first->text;
    struct xml_node *rest = copy_alone(node, arena);
    bool unusual =
            first == NULL || !is_plain(first) || node->attrs != NULL || node->uri != NULL;
    size_t before = pupil->result_n;
    const struct xml_node *plain_end;

    if (rest == NULL || (first != NULL && !keep(rest, first, arena)))
        return err_memory(err);
    plain_end = rest->last;
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        enum err_code rc = ERR_OK;

        if (child != first)
            rc = read_stage_child(child, stage, file, arena, pupil, rest, err);
        if (rc != ERR_OK)
            return rc;
    }
    unusual = unusual || rest->last != plain_end || pupil->result_n == before;
    *ret_rest = unusual ? rest : NULL;
    return ERR_OK;
}

enum err_code ctf_results_read(const struct xml_node *node, const char *file,
        struct arena *arena, struct ctf_pupil *pupil, struct xml_node **ret_rest,
        struct err *err)
{
    struct xml_node *rest = copy_alone(node, arena);
    bool unusual = node->child == NULL || node->attrs != NULL || node->uri != NULL;

    if (rest == NULL)
        return err_memory(err);
    for (const struct xml_node *child = node->child; child != NULL; child = child->next) {
        struct xml_node *kept = NULL;
        enum err_code rc = ERR_OK;

        if (text_eq(child->name, "KeyStage"))
            rc = read_stage(child, file, arena, pupil, &kept, err);
        else if (!keep(rest, child, arena))
            rc = err_memory(err);
        else
            unusual = true;
        if (rc != ERR_OK)
            return rc;
        if (kept == NULL)
            continue;
        unusual = true;
        xml_insert(rest, rest->last, kept);
    }
    *ret_rest = unusual ? rest : NULL;
    return ERR_OK;
}
