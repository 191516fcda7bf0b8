#include <string.h>

#include "base/text.h"
#include "exchange/csv_write.h"
#include "exchange/ctf_codes.h"
#include "exchange/ctf_write_in.h"

struct xml_node *draw(struct drawing *drawing, struct xml_node *parent, const char *name,
        const char *text)
{
    struct xml_node *node = xml_make(drawing->arena, name, text);

    if (node == NULL)
        drawing->failed = true;
    else if (parent != NULL)
        xml_insert(parent, parent->last, node);
    return node;
}

struct xml_node *drawing_kept(struct drawing *drawing, const char *name)
{
    for (size_t i = 0; i < drawing->pupil->rest_n; i++) {
        if (!text_eq(drawing->pupil->rests[i].path, name))
            continue;
        drawing->used[i] = true;
        return drawing->kept[i];
    }
    return NULL;
}

/* Whether an element stands beside the others of Pupil instead of in a container. */
static bool has_rest(const struct drawing *drawing, const char *name)
{
    for (size_t i = 0; i < drawing->pupil->rest_n; i++) {
        if (text_eq(drawing->pupil->rests[i].path, name))
            return true;
    }
    return false;
}

/* The trimmed text of an element, "" for none. */
static const char *text_of(struct drawing *drawing, const struct xml_node *node)
{
    const char *text = node == NULL || node->text == NULL ? "" : node->text;

    text = xml_trim(text, drawing->arena);
    if (text == NULL)
        drawing->failed = true;
    return text == NULL ? "" : text;
}

/* Give an element the value, unless it has it already. */
static void set_text(struct drawing *drawing, struct xml_node *node, const char *value)
{
    if (node->child == NULL && !text_eq(text_of(drawing, node), value))
        node->text = value;
}

static size_t place_of(const char *element)
{
    size_t i = 0;

    while (i < ctf_detail_n && !text_eq(ctf_details[i].element, element))
        i++;
    return i;
}

/* Where a new child of BasicDetails goes: behind the last one that stands before it in the
   format; NULL for the very front. */
static struct xml_node *place_for(const struct xml_node *details, size_t place)
{
    struct xml_node *after = NULL;

    for (struct xml_node *child = details->child; child != NULL; child = child->next) {
        if (child->name != NULL && place_of(child->name) < place)
            after = child;
    }
    return after;
}

static void set_language(struct drawing *drawing, struct xml_node *languages, const char *value)
{
    static const char *const first[] = { "F", "M" };
    struct xml_node *type;

    for (size_t i = 0; i < COUNT(first); i++) {
        for (type = languages->child; type != NULL; type = type->next) {
            struct xml_node *language = xml_child(type, "Language");

            if (language == NULL ||
                    !text_eq(text_of(drawing, xml_child(type, "LanguageType")), first[i]))
                continue;
            set_text(drawing, language, value);
            return;
        }
    }
    type = draw(drawing, NULL, "Type", NULL);
    if (type == NULL)
        return;
    (void)draw(drawing, type, "LanguageType", "F");
    (void)draw(drawing, type, "Language", value);
    xml_insert(languages, NULL, type);
}

static const char *detail_value(const struct drawing *drawing, const char *attribute)
{
    if (text_eq(attribute, "former_upn"))
        return drawing->pupil->former_upn;
    return pupil_attribute(drawing->pupil, attribute);
}

static void add_detail(struct drawing *drawing, struct xml_node *details, size_t place,
        const char *value)
{
    struct xml_node *node = draw(drawing, NULL, ctf_details[place].element, NULL);

    if (node == NULL)
        return;
    xml_insert(details, place_for(details, place), node);
    if (text_eq(ctf_details[place].attribute, "language"))
        set_language(drawing, node, value);
    else
        node->text = value;
}

struct xml_node *draw_details(struct drawing *drawing)
{
    struct xml_node *kept = drawing_kept(drawing, "BasicDetails");
    struct xml_node *details = kept == NULL ? draw(drawing, NULL, "BasicDetails", NULL) : kept;

    if (details == NULL)
        return NULL;
    for (struct xml_node *child = details->child; child != NULL; child = child->next) {
        const char *name =
                child->name == NULL ? "" : ctf_attribute_name(child->name, drawing->arena);
        const char *value = name == NULL ? NULL : detail_value(drawing, name);

        drawing->failed = drawing->failed || name == NULL;
        if (text_empty(value))
            continue;
        if (text_eq(name, "language"))
            set_language(drawing, child, value);
        else
            set_text(drawing, child, value);
    }
    for (size_t i = 0; i < ctf_detail_n; i++) {
        const char *value = detail_value(drawing, ctf_details[i].attribute);
        bool elsewhere = has_rest(drawing, ctf_details[i].element);

        if (!text_empty(value) && !elsewhere &&
                xml_child(details, ctf_details[i].element) == NULL)
            add_detail(drawing, details, i, value);
    }
    return kept == NULL && details->child == NULL ? NULL : details;
}

/* The entry of a history that began on that day (with that value), or NULL. One that gives
   no day is any day's: the record then has the day it was taken in. */
static struct xml_node *entry_of(struct drawing *drawing, const struct xml_node *first,
        const char *entry, const char *start, const struct attribute_record *record)
{
    for (const struct xml_node *node = first; node != NULL; node = node->next) {
        for (struct xml_node *child = node->child; child != NULL; child = child->next) {
            const char *value = text_of(drawing, xml_child(child, "SENprovision"));
            const char *day = text_of(drawing, xml_child(child, start));
            bool same_day = *day == '\0' || text_eq(day, record->from);

            if (text_eq(child->name, entry) && same_day &&
                    (text_eq(entry, "FSMinstance") || text_eq(value, record->value)))
                return child;
        }
    }
    return NULL;
}

/* Where a new entry goes: behind the last that began no later; NULL: to the front. */
static struct xml_node *entry_place(struct drawing *drawing, const struct xml_node *node,
        const char *entry, const char *start, const char *from)
{
    struct xml_node *after = NULL;

    for (struct xml_node *child = node->child; child != NULL; child = child->next) {
        bool front = text_eq(child->name, "FSMreviewDate");
        bool earlier =
                text_eq(child->name, entry) && strcmp(text_of(drawing, xml_child(child, start)),
                                                       from == NULL ? "" : from) <= 0;

        if (front || earlier)
            after = child;
    }
    return after;
}

static struct xml_node *new_entry(struct drawing *drawing, struct xml_node *history,
        const char *entry, const char *start, const struct attribute_record *record)
{
    struct xml_node *node = draw(drawing, NULL, entry, NULL);

    if (node == NULL)
        return NULL;
    xml_insert(history, entry_place(drawing, history, entry, start, record->from), node);
    if (!text_empty(record->from))
        (void)draw(drawing, node, start, record->from);
    return node;
}

/* Whether a history has an entry at all. */
static bool has_entry(const struct xml_node *first, const char *entry)
{
    for (; first != NULL; first = first->next) {
        if (xml_child(first, entry) != NULL)
            return true;
    }
    return false;
}

static void end_period(struct drawing *drawing, struct xml_node *period, const char *to)
{
    struct xml_node *end = xml_child(period, "FSMendDate");

    if (text_empty(to))
        return;
    if (end != NULL) {
        set_text(drawing, end, to);
        return;
    }
    end = draw(drawing, NULL, "FSMendDate", to);
    if (end != NULL)
        xml_insert(period, xml_child(period, "FSMstartDate"), end);
}

struct xml_node *draw_fsm(struct drawing *drawing)
{
    const struct pupil_record *pupil = drawing->pupil;
    struct xml_node *kept = drawing_kept(drawing, "FSMhistory");
    struct xml_node *history = kept == NULL ? draw(drawing, NULL, "FSMhistory", NULL) : kept;

    for (size_t i = 0; i < pupil->attribute_n && history != NULL; i++) {
        const struct attribute_record *record = &pupil->attributes[i];
        struct xml_node *period;

        if (!text_eq(record->attribute, "fsm") || !text_starts(record->value, "Y"))
            continue;
        if (text_empty(record->from) && has_entry(kept, "FSMinstance"))
            continue;
        period = entry_of(drawing, history, "FSMinstance", "FSMstartDate", record);
        if (period == NULL)
            period = new_entry(drawing, history, "FSMinstance", "FSMstartDate", record);
        if (period != NULL)
            end_period(drawing, period, record->to);
    }
    return history == NULL || (kept == NULL && history->child == NULL) ? NULL : history;
}

struct xml_node *draw_sen(struct drawing *drawing)
{
    const struct pupil_record *pupil = drawing->pupil;
    struct xml_node *kept = drawing_kept(drawing, "SENhistory");
    struct xml_node *history = kept == NULL ? draw(drawing, NULL, "SENhistory", NULL) : kept;

    for (size_t i = 0; i < pupil->attribute_n && history != NULL; i++) {
        const struct attribute_record *record = &pupil->attributes[i];
        struct xml_node *entry;

        if (!text_eq(record->attribute, "sen") || text_empty(record->value))
            continue;
        if (entry_of(drawing, history, "SEN", "StartDate", record) != NULL)
            continue;
        entry = new_entry(drawing, history, "SEN", "StartDate", record);
        if (entry != NULL)
            (void)draw(drawing, entry, "SENprovision", record->value);
    }
    return history == NULL || (kept == NULL && history->child == NULL) ? NULL : history;
}

struct xml_node *draw_care(struct drawing *drawing)
{
    const char *value = pupil_attribute(drawing->pupil, "looked_after");
    struct xml_node *kept = drawing_kept(drawing, "LookedAfter");
    struct xml_node *looked_after = kept;
    struct xml_node *care = xml_child(looked_after, "InCare");
    bool now = text_starts(value, "Y") || text_starts(value, "y");
    const char *before;

    if (text_empty(value))
        return kept;
    if (looked_after == NULL)
        looked_after = draw(drawing, NULL, "LookedAfter", NULL);
    if (looked_after == NULL)
        return NULL;
    if (care == NULL) {
        care = draw(drawing, NULL, "InCare", "");
        if (care == NULL)
            return NULL;
        xml_insert(looked_after, NULL, care);
    }
    before = text_of(drawing, care);
    if (now != (text_eq_fold(before, "true") || text_eq(before, "1")) || *before == '\0')
        care->text = now ? "true" : "false";
    return looked_after;
}
