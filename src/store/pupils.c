#include "store/store_in.h"

enum err_code store_pupils(struct store *store, int64_t school_id, struct arena *arena,
        struct pupil_handle_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct pupil_handle_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_PUPIL_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct pupil_handle){
            .pupil_id = query_int(&q, 0),
            .upn = query_copy(&q, 1, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

static enum err_code pupil_upn(struct store *store, enum stmt stmt, int64_t school_id,
        int64_t pupil_id, const char *upn, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, stmt);
    query_bind_int(&q, school_id);
    query_bind_int(&q, pupil_id);
    query_bind_text(&q, upn);
    return query_run(&q, err);
}

enum err_code store_pupil_add(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *upn, struct err *err)
{
    return pupil_upn(store, STMT_PUPIL_INSERT, school_id, pupil_id, upn, err);
}

enum err_code store_pupil_rename(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *upn, struct err *err)
{
    return pupil_upn(store, STMT_PUPIL_RENAME, school_id, pupil_id, upn, err);
}

enum err_code store_add_pupil_fact(struct store *store, const struct pupil_fact *fact,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_PUPIL_FACT_INSERT);
    store_chain(store, CHAINED_PUPIL_FACT, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_text(&q, fact->attribute);
    query_bind_int(&q, fact->pupil_id);
    query_bind_int(&q, fact->from.ymd);
    query_bind_int(&q, seq);
    query_bind_int(&q, fact->to.ymd);
    query_bind_text(&q, fact->value);
    query_bind_int(&q, fact->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

/* Hand the rows of a started query to fn. */
static enum err_code each_pupil_fact(struct query *q, store_pupil_fact_fn fn, void *data,
        struct err *err)
{
    while (query_next(q)) {
        struct pupil_fact fact = {
            .attribute = query_text(q, 0),
            .pupil_id = query_int(q, 1),
            .from = { (int32_t)query_int(q, 2) },
            .seq = query_int(q, 3),
            .to = { (int32_t)query_int(q, 4) },
            .value = query_text(q, 5),
            .withdrawn = query_int(q, 6) != 0,
            .import_id = query_int(q, 7),
            .recorded_at = query_text(q, 8),
        };
        enum err_code code = fn(data, &fact, err);

        if (code != ERR_OK) {
            query_done(q);
            return code;
        }
    }
    return query_end(q, err);
}

enum err_code store_attribute(struct store *store, int64_t school_id, const char *attribute,
        struct date recorded, store_pupil_fact_fn fn, void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    char until[STORE_UNTIL_SIZE];

    query_start(&q, store, STMT_PUPIL_FACT_ATTRIBUTE);
    query_bind_int(&q, school_id);
    query_bind_text(&q, attribute);
    query_bind_text(&q, store_until(recorded, until));
    return each_pupil_fact(&q, fn, data, err);
}

static enum err_code pupil_facts_by(struct store *store, enum stmt stmt, int64_t school_id,
        int64_t id, store_pupil_fact_fn fn, void *data, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, stmt);
    query_bind_int(&q, school_id);
    query_bind_int(&q, id);
    return each_pupil_fact(&q, fn, data, err);
}

enum err_code store_pupil_facts(struct store *store, int64_t school_id, int64_t pupil_id,
        store_pupil_fact_fn fn, void *data, struct err *err)
{
    return pupil_facts_by(store, STMT_PUPIL_FACT_OF_PUPIL, school_id, pupil_id, fn, data, err);
}

enum err_code store_pupil_facts_of_import(struct store *store, int64_t school_id,
        int64_t import_id, store_pupil_fact_fn fn, void *data, struct err *err)
{
    return pupil_facts_by(store, STMT_PUPIL_FACT_OF_IMPORT, school_id, import_id, fn, data,
            err);
}

enum err_code store_add_contact(struct store *store, const struct contact *contact,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_CONTACT_INSERT);
    store_chain(store, CHAINED_CONTACT, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_int(&q, contact->pupil_id);
    query_bind_text(&q, contact->place);
    query_bind_int(&q, seq);
    query_bind_text(&q, contact->title);
    query_bind_text(&q, contact->surname);
    query_bind_text(&q, contact->forename);
    query_bind_text(&q, contact->relationship);
    query_bind_text(&q, contact->responsibility);
    query_bind_text(&q, contact->phone);
    query_bind_text(&q, contact->email);
    query_bind_text(&q, contact->address);
    query_bind_text(&q, contact->xml);
    query_bind_int(&q, contact->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

static enum err_code contacts_by(struct store *store, enum stmt stmt, int64_t school_id,
        int64_t id, struct arena *arena, struct contact_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct contact_list list = { 0 };
    enum err_code code;

    query_start(&q, store, stmt);
    query_bind_int(&q, school_id);
    query_bind_int(&q, id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct contact){
            .pupil_id = query_int(&q, 0),
            .place = query_copy(&q, 1, arena),
            .seq = query_int(&q, 2),
            .title = query_copy(&q, 3, arena),
            .surname = query_copy(&q, 4, arena),
            .forename = query_copy(&q, 5, arena),
            .relationship = query_copy(&q, 6, arena),
            .responsibility = query_copy(&q, 7, arena),
            .phone = query_copy(&q, 8, arena),
            .email = query_copy(&q, 9, arena),
            .address = query_copy(&q, 10, arena),
            .xml = query_copy(&q, 11, arena),
            .withdrawn = query_int(&q, 12) != 0,
            .import_id = query_int(&q, 13),
            .recorded_at = query_copy(&q, 14, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_contacts(struct store *store, int64_t school_id, int64_t pupil_id,
        struct arena *arena, struct contact_list *ret_list, struct err *err)
{
    return contacts_by(store, STMT_CONTACT_LIST, school_id, pupil_id, arena, ret_list, err);
}

enum err_code store_contacts_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct contact_list *ret_list, struct err *err)
{
    return contacts_by(store, STMT_CONTACT_OF_IMPORT, school_id, import_id, arena, ret_list,
            err);
}

enum err_code store_add_ctf_part(struct store *store, const struct ctf_part *part,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_CTF_PART_INSERT);
    store_chain(store, CHAINED_CTF_PART, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_int(&q, part->pupil_id);
    query_bind_text(&q, part->path);
    query_bind_int(&q, seq);
    query_bind_text(&q, part->xml);
    query_bind_int(&q, part->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

static enum err_code ctf_parts_by(struct store *store, enum stmt stmt, int64_t school_id,
        int64_t id, struct arena *arena, struct ctf_part_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct ctf_part_list list = { 0 };
    enum err_code code;

    query_start(&q, store, stmt);
    query_bind_int(&q, school_id);
    query_bind_int(&q, id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct ctf_part){
            .pupil_id = query_int(&q, 0),
            .path = query_copy(&q, 1, arena),
            .seq = query_int(&q, 2),
            .xml = query_copy(&q, 3, arena),
            .withdrawn = query_int(&q, 4) != 0,
            .import_id = query_int(&q, 5),
            .recorded_at = query_copy(&q, 6, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_ctf_parts(struct store *store, int64_t school_id, int64_t pupil_id,
        struct arena *arena, struct ctf_part_list *ret_list, struct err *err)
{
    return ctf_parts_by(store, STMT_CTF_PART_LIST, school_id, pupil_id, arena, ret_list, err);
}

enum err_code store_ctf_parts_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct ctf_part_list *ret_list, struct err *err)
{
    return ctf_parts_by(store, STMT_CTF_PART_OF_IMPORT, school_id, import_id, arena, ret_list,
            err);
}
