#include <string.h>

#include "actions/marksheet_cache_in.h"
#include "base/hash.h"
#include "base/text.h"

enum {
    KEPT = 3
};

struct sheet_cache {
    struct sheet_kept kept[KEPT];
    uint64_t clock;
};

enum err_code sheet_cache_make(struct sheet_cache **ret_cache, struct err *err)
{
    struct sheet_cache *cache = mem_alloc(sizeof(*cache));

    if (cache == NULL)
        return err_memory(err);
    *ret_cache = cache;
    return ERR_OK;
}

void sheet_cache_free(struct sheet_cache *cache)
{
    for (int i = 0; cache != NULL && i < KEPT; i++)
        arena_free(&cache->kept[i].arena);
    mem_free(cache);
}

struct sheet_key sheet_key(const struct context *context, const struct marksheet *marksheet)
{
    struct sheet_key key = {
        .path = store_path(context->store),
        .school_id = context->school.school_id,
        .marksheet_id = marksheet->marksheet_id,
        .counter = marksheet->counter,
        .day = context->today,
        .settings = hash_text(HASH_START, marksheet->review.name),
    };

    for (size_t i = 0; i < context->settings.n; i++) {
        key.settings = hash_text(key.settings, context->settings.items[i].name);
        key.settings = hash_text(key.settings, context->settings.items[i].value);
    }
    key.settings = hash_text(key.settings, marksheet->template);
    key.settings += (uint64_t)marksheet->review.from.ymd * 31 + marksheet->review.to.ymd;
    key.settings += (uint64_t)context->fw->grade_n * 1000003 + (uint64_t)context->fw->scale_n;
    return key;
}

static bool same_place(const struct sheet_kept *kept, const struct sheet_key *key)
{
    return kept->key.school_id == key->school_id &&
           kept->key.marksheet_id == key->marksheet_id && text_eq(kept->path, key->path);
}

static bool same(const struct sheet_kept *kept, const struct sheet_key *key)
{
    return kept->key.counter == key->counter && kept->key.day.ymd == key->day.ymd &&
           kept->key.settings == key->settings;
}

struct sheet_kept *sheet_cache_find(struct sheet_cache *cache, const struct sheet_key *key)
{
    struct sheet_kept *found = &cache->kept[0];

    for (int i = 0; i < KEPT; i++) {
        if (same_place(&cache->kept[i], key)) {
            found = &cache->kept[i];
            break;
        }
        if (cache->kept[i].used < found->used)
            found = &cache->kept[i];
    }
    found->used = ++cache->clock;
    if (found->good && same_place(found, key) && same(found, key))
        return found;
    arena_free(&found->arena);
    found->good = false;
    found->key = *key;
    found->key.path = NULL;
    (void)text_copy(found->path, sizeof(found->path), key->path);
    return found;
}
