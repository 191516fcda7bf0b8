/*
 * pupils: pupils, what is known of them, and their groups in the store.
 *
 * What store/store.h says of arenas, transactions and errors holds here.
 */
#ifndef STORE_PUPILS_H
#define STORE_PUPILS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"
#include "pupils/pupil.h"

struct store;

struct pupil_handle {
    int64_t pupil_id;
    const char *upn;
};
struct pupil_handle_list {
    struct pupil_handle *items;
    size_t n;
};
/* Every pupil the school ever had, by UPN. */
MUST_USE enum err_code store_pupils(struct store *store, int64_t school_id, struct arena *arena,
        struct pupil_handle_list *ret_list, struct err *err);
/* Within a transaction. */
MUST_USE enum err_code store_pupil_add(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *upn, struct err *err);
MUST_USE enum err_code store_pupil_rename(struct store *store, int64_t school_id,
        int64_t pupil_id, const char *upn, struct err *err);

/*
 * What a reader does with each row. A function that returns other than ERR_OK stops the
 * reading and its code is passed on. The row is borrowed for the call.
 */
typedef enum err_code (
        *store_pupil_fact_fn)(void *data, const struct pupil_fact *fact, struct err *err);

/* Facts of one attribute of all pupils, by pupil, from, seq; those recorded on or before
   `recorded` (no date: all). */
MUST_USE enum err_code store_attribute(struct store *store, int64_t school_id,
        const char *attribute, struct date recorded, store_pupil_fact_fn fn, void *data,
        struct err *err);

/* All facts about one pupil, by attribute, from, seq. */
MUST_USE enum err_code store_pupil_facts(struct store *store, int64_t school_id,
        int64_t pupil_id, store_pupil_fact_fn fn, void *data, struct err *err);

struct contact_list {
    struct contact *items;
    size_t n;
};
/* Contacts in force (newest of each place, not withdrawn), by pupil and place; pupil_id 0: all
 * pupils. */
MUST_USE enum err_code store_contacts(struct store *store, int64_t school_id, int64_t pupil_id,
        struct arena *arena, struct contact_list *ret_list, struct err *err);
struct ctf_part_list {
    struct ctf_part *items;
    size_t n;
};
MUST_USE enum err_code store_ctf_parts(struct store *store, int64_t school_id, int64_t pupil_id,
        struct arena *arena, struct ctf_part_list *ret_list, struct err *err);

/* ---- groups ---- */

struct pupil_group_list {
    struct pupil_group *items;
    size_t n;
};
MUST_USE enum err_code store_groups(struct store *store, int64_t school_id, struct arena *arena,
        struct pupil_group_list *ret_list, struct err *err);
/* Within a transaction. */
MUST_USE enum err_code store_group_add(struct store *store, int64_t school_id,
        const struct pupil_group *group, struct err *err);
struct membership_list {
    struct membership *items;
    size_t n;
};
/* Every row, by group, pupil, from, seq; those recorded on or before `recorded`. */
MUST_USE enum err_code store_memberships(struct store *store, int64_t school_id,
        struct date recorded, struct arena *arena, struct membership_list *ret_list,
        struct err *err);

/* ---- in the open import ---- */

MUST_USE enum err_code store_add_pupil_fact(struct store *store, const struct pupil_fact *fact,
        struct err *err);
MUST_USE enum err_code store_add_contact(struct store *store, const struct contact *contact,
        struct err *err);
MUST_USE enum err_code store_add_ctf_part(struct store *store, const struct ctf_part *part,
        struct err *err);
MUST_USE enum err_code store_add_membership(struct store *store,
        const struct membership *membership, struct err *err);

/* ---- what an import wrote, in the order of writing, for undoing it ---- */

MUST_USE enum err_code store_pupil_facts_of_import(struct store *store, int64_t school_id,
        int64_t import_id, store_pupil_fact_fn fn, void *data, struct err *err);
MUST_USE enum err_code store_contacts_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct contact_list *ret_list, struct err *err);
MUST_USE enum err_code store_ctf_parts_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct ctf_part_list *ret_list,
        struct err *err);
MUST_USE enum err_code store_memberships_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct membership_list *ret_list,
        struct err *err);

#endif
