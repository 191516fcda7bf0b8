#include <string.h>

#include "base/text.h"
#include "scales/framework_in.h"

size_t name_blank(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;

    if (*at == ' ' || *at == '\t')
        return 1;
    if (at[0] == 0xC2 && at[1] == 0xA0)
        return 2;
    return at[0] == 0xE2 && at[1] == 0x80 && at[2] == 0xAF ? 3 : 0;
}

/* The next byte of a name that counts: blanks do not, A-Z are a-z. */
static unsigned next_byte(const char **text)
{
    const char *at = *text;
    unsigned byte;

    for (size_t n = name_blank(at); n > 0; n = name_blank(at))
        at += n;
    byte = (unsigned char)*at;
    *text = byte == 0 ? at : at + 1;
    return byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
}

static uint32_t hash_byte(uint32_t hash, unsigned byte)
{
    return (hash ^ byte) * 16777619U;
}

/* FNV-1a leaves the low bits of short texts alike; the table takes the low bits. */
static uint32_t hash_end(uint32_t hash)
{
    return hash ^ (hash >> 15);
}

static uint32_t name_hash(int scope, const char *text)
{
    uint32_t hash = hash_byte(2166136261U, (unsigned)scope);

    for (unsigned byte = next_byte(&text); byte != 0; byte = next_byte(&text))
        hash = hash_byte(hash, byte);
    return hash_end(hash);
}

static bool name_same(const char *a, const char *b)
{
    for (;;) {
        unsigned x = next_byte(&a);
        unsigned y = next_byte(&b);

        if (x != y)
            return false;
        if (x == 0)
            return true;
    }
}

bool name_after(const char *text, const char *prefix, const char **ret_rest)
{
    for (;;) {
        const char *before = text;
        unsigned x = next_byte(&prefix);
        unsigned y = next_byte(&text);

        if (x == 0) {
            *ret_rest = before;
            return y != 0;
        }
        if (x != y)
            return false;
    }
}

/* The slot that holds the name, or the free one where it belongs. */
static struct name_slot *name_slot(const struct names *names, int scope, const char *text,
        uint32_t hash)
{
    for (uint32_t i = hash & (names->size - 1);; i = (i + 1) & (names->size - 1)) {
        struct name_slot *slot = &names->slots[i];

        if (slot->text == NULL)
            return slot;
        if (slot->hash == hash && slot->scope == scope && name_same(slot->text, text))
            return slot;
    }
}

int names_find(const struct names *names, int scope, const char *text)
{
    const struct name_slot *slot;

    if (names->size == 0 || text == NULL)
        return -1;
    slot = name_slot(names, scope, text, name_hash(scope, text));
    return slot->text == NULL ? -1 : slot->index;
}

static bool names_grow(struct arena *arena, struct names *names)
{
    struct names more = { .size = names->size == 0 ? 1024 : names->size * 2, .n = names->n };

    more.slots = arena_array(arena, more.size, sizeof(*more.slots));
    if (more.slots == NULL)
        return false;
    for (uint32_t i = 0; i < names->size; i++) {
        const struct name_slot *slot = &names->slots[i];

        if (slot->text != NULL)
            *name_slot(&more, slot->scope, slot->text, slot->hash) = *slot;
    }
    *names = more;
    return true;
}

enum names_result names_add(struct arena *arena, struct names *names, int scope,
        const char *text, int index)
{
    uint32_t hash = name_hash(scope, text);
    struct name_slot *slot;

    if (names->n * 2 >= names->size && !names_grow(arena, names))
        return NAMES_MEMORY;
    slot = name_slot(names, scope, text, hash);
    if (slot->text != NULL)
        return slot->index == index ? NAMES_ADDED : NAMES_TAKEN;
    *slot = (struct name_slot){ text, hash, scope, index };
    names->n++;
    return NAMES_ADDED;
}

static uint32_t stored_hash(const char *scale, const char *grade)
{
    uint32_t hash = 2166136261U;

    for (; *scale != '\0'; scale++)
        hash = hash_byte(hash, (unsigned char)*scale);
    hash = hash_byte(hash, 0);
    for (; *grade != '\0'; grade++)
        hash = hash_byte(hash, (unsigned char)*grade);
    return hash_end(hash);
}

enum err_code index_stored(struct framework *fw, struct arena *arena, struct err *err)
{
    struct framework_index *index = fw->index;

    index->stored_size = 64;
    while (index->stored_size < (uint32_t)fw->grade_n * 3)
        index->stored_size *= 2;
    index->stored = arena_array(arena, index->stored_size, sizeof(*index->stored));
    if (index->stored == NULL)
        return err_memory(err);
    for (int i = 0; i < fw->grade_n; i++) {
        struct stored_slot slot = {
            .scale = fw->scales[fw->grades[i].scale].code,
            .grade = fw->grades[i].code,
            .value = value_of_grade(fw, i),
        };
        uint32_t at = slot.hash = stored_hash(slot.scale, slot.grade);

        while (index->stored[at & (index->stored_size - 1)].scale != NULL)
            at++;
        index->stored[at & (index->stored_size - 1)] = slot;
    }
    return ERR_OK;
}

/* A number, or words, stored on a scale without such a grade. */
static struct value stored_number(const struct framework *fw, const char *scale,
        const char *text)
{
    int i = framework_scale(fw, scale);
    struct value value = VALUE_NONE;

    if (i < 0 || !text_eq(fw->scales[i].code, scale) || text_empty(text))
        return VALUE_NONE;
    if (fw->scales[i].kind == SCALE_TEXT)
        return (struct value){ POINTS_NONE, 0, (int16_t)i, -1 };
    if (fw->scales[i].kind == SCALE_GRADES || number_read(fw, i, text, &value) != NUMBER_OK)
        return VALUE_NONE;
    return value;
}

struct value framework_stored(const struct framework *fw, const char *scale, const char *grade)
{
    const struct framework_index *index = fw->index;
    uint32_t hash, mask = index->stored_size - 1;

    if (scale == NULL || grade == NULL)
        return VALUE_NONE;
    hash = stored_hash(scale, grade);
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        const struct stored_slot *slot = &index->stored[at];

        if (slot->scale == NULL)
            return stored_number(fw, scale, grade);
        if (slot->hash == hash && strcmp(slot->grade, grade) == 0 &&
                strcmp(slot->scale, scale) == 0)
            return slot->value;
    }
}
