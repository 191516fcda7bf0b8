/*
 * templates: templates of marksheets, what was accepted of them, aspects and their values.
 * All append-only and in the chain of hashes.
 *
 * What store/store.h says of arenas, transactions and errors holds here. Adding is within an
 * open import.
 */
#ifndef STORE_TEMPLATES_H
#define STORE_TEMPLATES_H

#include "school/template.h"
#include "store/marksheets.h"
#include "store/store.h"

/* The school's templates in force, by code; *body* is the file. */
MUST_USE enum err_code store_templates(struct store *store, int64_t school_id,
        struct arena *arena, struct named_text_list *ret_list, struct err *err);
MUST_USE enum err_code store_add_template(struct store *store, const char *code,
        const char *body, bool withdrawn, struct err *err);

/* What was accepted. */
struct acceptance {
    const char *label; /* of the column */
    const char *hash;
    const char *recorded_at, *recorded_by;
};
struct acceptance_list {
    struct acceptance *items;
    size_t n;
};
/* Of one template, the last of each column, not withdrawn. */
MUST_USE enum err_code store_acceptances(struct store *store, int64_t school_id,
        const char *template, struct arena *arena, struct acceptance_list *ret_list,
        struct err *err);
MUST_USE enum err_code store_add_acceptance(struct store *store, const char *template,
        const char *label, const char *hash, struct err *err);

/* The template that a marksheet shows from now on; "" none. */
MUST_USE enum err_code store_add_marksheet_template(struct store *store, int64_t marksheet_id,
        const char *template, struct err *err);

/* The aspects in force, by code. */
struct aspect_list {
    struct aspect *items;
    size_t n;
};
MUST_USE enum err_code store_aspects(struct store *store, int64_t school_id,
        struct arena *arena, struct aspect_list *ret_list, struct err *err);
MUST_USE enum err_code store_add_aspect(struct store *store, const struct aspect *aspect,
        bool withdrawn, struct err *err);

/* What was said of a pupil by an aspect in a review. */
struct aspect_value {
    int64_t pupil_id, seq, import_id;
    const char *aspect, *review, *value, *recorded_at;
    const char *recorded_by; /* only in a cell's history */
    struct date date;
    bool withdrawn;
};
struct aspect_value_list {
    struct aspect_value *items;
    size_t n;
};
MUST_USE enum err_code store_add_aspect_value(struct store *store,
        const struct aspect_value *value, struct err *err);
/* Everything said in the review of the pupils in the group on the day, in the order in which
   it was recorded, in force or not. */
MUST_USE enum err_code store_aspect_values(struct store *store,
        const struct marksheet_scope *scope, const char *review, struct arena *arena,
        struct aspect_value_list *ret_list, struct err *err);
/* Everything said in one cell, oldest first, with who said it. */
MUST_USE enum err_code store_aspect_cell(struct store *store, int64_t school_id,
        int64_t pupil_id, const char *aspect, const char *review, struct arena *arena,
        struct aspect_value_list *ret_list, struct err *err);
/* What an import wrote, in the order of writing. */
MUST_USE enum err_code store_aspect_values_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct aspect_value_list *ret_list,
        struct err *err);

#endif
