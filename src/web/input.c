#include "web/input.h"

#include <string.h>

#include "base/text.h"

static bool refuse(struct input_value *value, struct arena *arena, const char *problem,
        const char *what)
{
    value->state = INPUT_REFUSED;
    value->reason = arena_printf(arena, "%s %s", value->input->label, problem);
    if (what != NULL && value->reason != NULL)
        value->reason = arena_printf(arena, "%s %s.", value->reason, what);
    if (value->reason == NULL)
        return false;
    return true;
}

/* Begin a sentence with a capital. */
static void capital(const char **text, struct arena *arena)
{
    char *copy = arena_text(arena, *text);

    if (copy == NULL)
        return;
    if (copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 'a' + 'A');
    *text = copy;
}

static bool check_text(struct input_value *value, struct arena *arena)
{
    int64_t max = value->input->max == 0 ? INPUT_TEXT_MAX : value->input->max;
    int64_t n = (int64_t)strlen(value->text);
    char limit[TEXT_MILLI_SIZE];

    for (const char *p = value->text; *p != '\0'; p++)
        if (((unsigned char)*p < 0x20 && *p != '\n' && *p != '\r' && *p != '\t') || *p == 0x7f)
            return refuse(value, arena, "has a character that cannot be kept.", NULL);
    if (n > max)
        return refuse(value, arena, "is too long: at most",
                arena_printf(arena, "%s characters", text_from_milli(max * 1000, limit)));
    if (n < value->input->min)
        return refuse(value, arena, "is too short: at least",
                arena_printf(arena, "%s characters",
                        text_from_milli(value->input->min * 1000, limit)));
    return true;
}

static bool check_number(struct input_value *value, struct arena *arena)
{
    const struct input *input = value->input;
    bool milli = input->kind == INPUT_MILLI;
    int64_t scale = milli ? 1000 : 1;
    int64_t max = input->min == 0 && input->max == 0 ? (int64_t)1 << 53 : input->max;
    bool good = milli ? text_milli(value->text, &value->number)
                      : text_int(value->text, &value->number);
    char low[TEXT_MILLI_SIZE];
    char high[TEXT_MILLI_SIZE];

    if (!good)
        return refuse(value, arena, milli ? "is not a number." : "is not a whole number.",
                NULL);
    if (value->number >= input->min && value->number <= max)
        return true;
    if (input->max == 0)
        return refuse(value, arena, "is too large or too small.", NULL);
    return refuse(value, arena, "is not between",
            arena_printf(arena, "%s and %s", text_from_milli(input->min * (1000 / scale), low),
                    text_from_milli(input->max * (1000 / scale), high)));
}

static bool check_choice(struct input_value *value, struct arena *arena)
{
    for (int64_t i = 0; value->input->choices[i] != NULL; i++) {
        if (strcmp(value->input->choices[i], value->text) != 0)
            continue;
        value->number = i;
        return true;
    }
    return refuse(value, arena, "is not one of the choices.", NULL);
}

static bool check_given(struct input_value *value, struct arena *arena)
{
    switch (value->input->kind) {
    case INPUT_TEXT:
    case INPUT_SECRET:
        return check_text(value, arena);
    case INPUT_INT:
    case INPUT_MILLI:
        return check_number(value, arena);
    case INPUT_DATE:
        if (date_parse(value->text, &value->date))
            return true;
        return refuse(value, arena, "is not a date such as 27/03/2026.", NULL);
    case INPUT_YES:
        value->number = 1;
        return true;
    case INPUT_CHOICE:
        return check_choice(value, arena);
    case INPUT_FILE:
        break;
    }
    return true;
}

static void find_upload(struct input_value *value, const struct uploads *uploads)
{
    for (size_t i = 0; uploads != NULL && i < uploads->n; i++) {
        const struct upload *upload = &uploads->items[i];

        /* a file field left empty is sent as a nameless file of no bytes */
        if (strcmp(upload->name, value->input->name) != 0 ||
                (upload->filename[0] == '\0' && upload->size == 0))
            continue;
        value->upload = upload;
        value->text = upload->filename;
        value->state = INPUT_GIVEN;
        return;
    }
}

static bool find_field(struct input_value *value, const struct fields *fields,
        struct arena *arena)
{
    const char *sent = fields_get(fields, value->input->name);
    char *text;

    if (sent == NULL)
        return true;
    text = arena_text(arena, sent);
    if (text == NULL)
        return false;
    value->text = value->input->kind == INPUT_SECRET ? text : text_trim(text);
    if (value->text[0] != '\0' || value->input->kind == INPUT_YES)
        value->state = INPUT_GIVEN;
    return true;
}

static bool read_one(struct input_value *value, const struct fields *fields,
        const struct uploads *uploads, struct arena *arena)
{
    const struct input *input = value->input;
    size_t n = strlen(input->name);

    value->text = "";
    if (n != 0 && input->name[n - 1] == '.')
        return true;
    if (input->kind == INPUT_FILE)
        find_upload(value, uploads);
    else if (!find_field(value, fields, arena))
        return false;
    if (value->state == INPUT_ABSENT && input->kind == INPUT_YES)
        value->state = INPUT_GIVEN;
    else if (value->state == INPUT_GIVEN)
        return check_given(value, arena);
    else if (input->required)
        return refuse(value, arena, "is missing.", NULL);
    return true;
}

enum err_code input_read(const struct input *inputs, size_t n, const struct fields *fields,
        const struct uploads *uploads, struct arena *arena, struct input_value **ret_values,
        size_t *ret_refused, struct err *err)
{
    struct input_value *values = arena_array(arena, n + 1, sizeof(*values));
    size_t refused = 0;

    if (values == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n; i++) {
        values[i].input = &inputs[i];
        if (!read_one(&values[i], fields, uploads, arena))
            return err_memory(err);
        if (values[i].state != INPUT_REFUSED)
            continue;
        capital(&values[i].reason, arena);
        refused++;
    }
    *ret_values = values;
    *ret_refused = refused;
    return ERR_OK;
}
