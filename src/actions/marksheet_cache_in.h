/*
 * marksheet_cache_in: what a marksheet held, kept between requests.
 *
 * Every fact takes its number from the school's counter in the transaction that records it.
 * While the counter stands where it stood, nothing that a marksheet shows has changed: so a
 * sheet kept under that number is still whole. The review, the group's name and the marksheet
 * itself are read each time; settings are part of the key. Who may see what is never kept.
 */
#ifndef ACTIONS_MARKSHEET_CACHE_IN_H
#define ACTIONS_MARKSHEET_CACHE_IN_H

#include "actions/marksheet.h"

struct sheet_key {
    const char *path; /* of the database; borrowed */
    int64_t school_id, marksheet_id, counter;
    struct date day;
    uint64_t settings; /* a hash of names and values */
};

struct sheet_kept {
    struct sheet_key key;
    char path[512];
    struct arena arena;
    struct sheet sheet; /* everything, for nobody in particular */
    bool good;
    uint64_t used;
};

struct sheet_key sheet_key(const struct context *context, const struct marksheet *marksheet);

/* The place for this key: as kept when `good`, else emptied to be filled. Never NULL. */
struct sheet_kept *sheet_cache_find(struct sheet_cache *cache, const struct sheet_key *key);

#endif
