#include <string.h>

#include "base/text.h"
#include "exchange/ctf_codes.h"
#include "exchange/ctf_pupil_in.h"
#include "exchange/ctf_write.h"
#include "exchange/ctf_write_in.h"

static bool is_number(const char *text)
{
    int64_t milli;

    return text_milli(text, &milli);
}

/* How a reader is to take the result. */
static const char *qualifier_of(const struct result_record *result)
{
    const char *grade = result->grade;

    if (text_starts(result->scale, "nc-decimal"))
        return "ND";
    if (text_eq_fold(result->scale, "p"))
        return "NP";
    if (text_starts(result->scale, "nc"))
        return "NL";
    if (grade == NULL || *grade == '\0')
        return "NM";
    if (text_starts(result->stage, "KS4") || text_starts(result->stage, "KS5"))
        return "EG";
    if (is_number(grade) && (strlen(grade) > 1 || !text_is_digit(grade[0])))
        return "NM";
    return text_eq_fold(grade, "W") || (grade[0] >= '1' && grade[0] <= '8') ? "NL" : "NC";
}

/* TT, TA or NA: the source's first word where it is a method, else by the kind. */
static const char *method_of(const struct result_record *result, struct arena *arena)
{
    static const char *const methods[] = { "TA", "TT", "NA", "DD", "FA" };

    for (size_t i = 0; i < COUNT(methods) && result->source != NULL; i++) {
        if (text_starts(result->source, methods[i]) &&
                (result->source[2] == '\0' || result->source[2] == ' '))
            return arena_bytes(arena, result->source, 2);
    }
    if (text_eq_fold(result->kind, "prediction"))
        return "NA";
    return text_eq_fold(result->kind, "test") || text_eq_fold(result->kind, "mock") ? "TT"
                                                                                    : "TA";
}

bool ctf_write_parts(const struct result_record *result, struct arena *arena,
        struct ctf_parts *ret_parts)
{
    const char *value = text_empty(result->grade) ? result->mark : result->grade;
    char *text = arena_text(arena, value == NULL ? "" : value);
    size_t year_n = result->date == NULL ? 0 : strcspn(result->date, "-");
    const char *qualifier = qualifier_of(result);

    if (text != NULL && text_eq(qualifier, "NL"))
        text_upper(text);
    *ret_parts = (struct ctf_parts){ {
            [CTF_LOCALE] = "ENG",
            [CTF_YEAR] = arena_bytes(arena, result->date == NULL ? "" : result->date, year_n),
            [CTF_SUBJECT] = ctf_subject_of(result->subject),
            [CTF_METHOD] = method_of(result, arena),
            [CTF_COMPONENT] = result->subject,
            [CTF_STATUS] = ctf_status_of_kind(result->kind),
            [CTF_QUALIFIER] = qualifier,
            [CTF_RESULT] = text,
            [CTF_DATE] = text_empty(result->date) ? NULL : result->date,
            [CTF_STAGE] = ctf_stage_write(result->stage, arena),
    } };
    return text != NULL && ret_parts->parts[CTF_YEAR] != NULL &&
           ret_parts->parts[CTF_METHOD] != NULL &&
           (ret_parts->parts[CTF_STAGE] != NULL || result->stage == NULL);
}

/* The result of the same key: everything but its Result and ResultDate. */
static bool same_result(const struct ctf_parts *a, const struct ctf_parts *b)
{
    for (int i = 0; i < CTF_PART__MAX; i++) {
        if (i != CTF_RESULT && i != CTF_DATE && !text_eq(a->parts[i], b->parts[i]))
            return false;
    }
    return true;
}

/* The KeyStage of that stage in the tree, made when it is not there yet. */
static struct xml_node *stage_of(struct drawing *drawing, struct xml_node *root,
        const char *stage)
{
    struct xml_node *node;

    for (node = root->child; node != NULL; node = node->next) {
        const struct xml_node *first = xml_child(node, "Stage");

        if (text_eq(node->name, "KeyStage") && text_eq(first == NULL         ? NULL
                                                       : first->text == NULL ? ""
                                                                             : first->text,
                                                       stage))
            return node;
    }
    node = draw(drawing, root, "KeyStage", NULL);
    if (node != NULL && stage != NULL)
        (void)draw(drawing, node, "Stage", stage);
    return node;
}

/* Move a child of the stage behind the others, so that results keep their order. */
static void move_last(struct xml_node *stage, struct xml_node *node)
{
    struct xml_node **link = &stage->child;
    struct xml_node *before = NULL;

    while (*link != node) {
        before = *link;
        link = &before->next;
    }
    *link = node->next;
    if (stage->last == node)
        stage->last = before;
    xml_insert(stage, stage->last, node);
}

/* Whether the tree keeps this result whole; if so it is brought up to date. What was kept
   has the line it was read on; 0 marks what has found its result, or is new. */
static bool is_kept(struct xml_node *stage, const struct ctf_parts *parts)
{
    for (struct xml_node *node = stage->child; node != NULL; node = node->next) {
        struct xml_node *result = xml_child(node, "Result");
        struct ctf_parts kept;

        if (!text_eq(node->name, "StageAssessment") || node->line == 0)
            continue;
        ctf_parts_of(node, parts->parts[CTF_STAGE], &kept);
        if (!same_result(&kept, parts))
            continue;
        if (result != NULL && result->child == NULL &&
                !text_eq(kept.parts[CTF_RESULT], parts->parts[CTF_RESULT]))
            result->text = parts->parts[CTF_RESULT];
        node->line = 0;
        move_last(stage, node);
        return true;
    }
    return false;
}

static void draw_result(struct drawing *drawing, struct xml_node *stage,
        const struct ctf_parts *parts)
{
    struct xml_node *node = draw(drawing, stage, "StageAssessment", NULL);

    for (int i = 0; i < CTF_STAGE && node != NULL; i++) {
        if (parts->parts[i] != NULL)
            (void)draw(drawing, node, ctf_part_name((enum ctf_part)i), parts->parts[i]);
    }
}

/* The tree to put the results in: what was kept of one, or a new one. */
static struct xml_node *begin_tree(struct drawing *drawing)
{
    struct xml_node *kept = drawing_kept(drawing, "StageAssessments");
    struct xml_node *root = kept;

    if (kept == NULL)
        return drawing->result_n == 0 ? NULL : draw(drawing, NULL, "StageAssessments", NULL);
    for (struct xml_node *more = kept->next; more != NULL; more = more->next) {
        for (struct xml_node *child = more->child; child != NULL;) {
            struct xml_node *next = child->next;

            xml_insert(root, root->last, child);
            child = next;
        }
    }
    root->next = NULL;
    return root;
}

enum err_code draw_results(struct drawing *drawing, struct xml_node **ret_node, struct err *err)
{
    struct xml_node *root = begin_tree(drawing);

    for (size_t i = 0; i < drawing->result_n && root != NULL; i++) {
        const struct result_record *result = &drawing->results[i];
        struct ctf_parts parts;
        struct xml_node *stage;
        enum err_code rc = ERR_OK;

        if (result->origin != NULL)
            rc = ctf_origin_split(result->origin, drawing->arena, &parts, err);
        else if (!ctf_write_parts(result, drawing->arena, &parts))
            rc = err_memory(err);
        if (rc != ERR_OK)
            return rc;
        stage = stage_of(drawing, root, parts.parts[CTF_STAGE]);
        if (stage == NULL)
            return err_memory(err);
        if (!is_kept(stage, &parts))
            draw_result(drawing, stage, &parts);
    }
    if (drawing->failed)
        return err_memory(err);
    *ret_node = root;
    return ERR_OK;
}
