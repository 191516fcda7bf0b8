#include "base/text.h"
#include "store/store_in.h"

enum err_code store_groups(struct store *store, int64_t school_id, struct arena *arena,
        struct pupil_group_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct pupil_group_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_GROUP_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct pupil_group){
            .group_id = query_int(&q, 0),
            .name = query_copy(&q, 1, arena),
            .type = query_copy(&q, 2, arena),
            .subject = query_copy(&q, 3, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_group_add(struct store *store, int64_t school_id,
        const struct pupil_group *group, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_GROUP_INSERT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, group->group_id);
    query_bind_text(&q, group->name);
    query_bind_text(&q, group->type);
    query_bind_text(&q, group->subject);
    return query_run(&q, err);
}

enum err_code store_add_membership(struct store *store, const struct membership *membership,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_MEMBERSHIP_INSERT);
    store_chain(store, CHAINED_MEMBERSHIP, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_int(&q, membership->group_id);
    query_bind_int(&q, membership->pupil_id);
    query_bind_int(&q, membership->from.ymd);
    query_bind_int(&q, seq);
    query_bind_int(&q, membership->to.ymd);
    query_bind_int(&q, membership->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

static enum err_code read_memberships(struct query *q, struct arena *arena,
        struct membership_list *ret_list, struct err *err)
{
    struct membership_list list = { 0 };
    enum err_code code;

    while (query_next(q)) {
        list.items = query_grow(q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct membership){
            .group_id = query_int(q, 0),
            .pupil_id = query_int(q, 1),
            .from = { (int32_t)query_int(q, 2) },
            .seq = query_int(q, 3),
            .to = { (int32_t)query_int(q, 4) },
            .withdrawn = query_int(q, 5) != 0,
            .import_id = query_int(q, 6),
        };
    }
    code = query_end(q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_memberships(struct store *store, int64_t school_id, struct date recorded,
        struct arena *arena, struct membership_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    char until[STORE_UNTIL_SIZE];

    query_start(&q, store, STMT_MEMBERSHIP_LIST);
    query_bind_int(&q, school_id);
    query_bind_text(&q, store_until(recorded, until));
    return read_memberships(&q, arena, ret_list, err);
}

enum err_code store_memberships_of_import(struct store *store, int64_t school_id,
        int64_t import_id, struct arena *arena, struct membership_list *ret_list,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };

    query_start(&q, store, STMT_MEMBERSHIP_OF_IMPORT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, import_id);
    return read_memberships(&q, arena, ret_list, err);
}

enum err_code store_add_school_tag(struct store *store, const struct school_tag *tag,
        struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_SCHOOL_TAG_INSERT);
    store_chain(store, CHAINED_SCHOOL_TAG, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_text(&q, tag->tag);
    query_bind_int(&q, tag->from.ymd);
    query_bind_int(&q, seq);
    query_bind_int(&q, tag->to.ymd);
    query_bind_int(&q, tag->withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}

enum err_code store_school_tags(struct store *store, int64_t school_id, struct arena *arena,
        struct school_tag_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct school_tag_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_SCHOOL_TAG_LIST);
    query_bind_int(&q, school_id);
    while (query_next(&q)) {
        struct school_tag tag = {
            .from = { (int32_t)query_int(&q, 1) },
            .to = { (int32_t)query_int(&q, 3) },
            .withdrawn = query_int(&q, 4) != 0,
        };

        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        tag.tag = query_copy(&q, 0, arena);
        /* Rows of one tag and day stand together, the last recorded last. */
        if (list.n > 0 && text_eq(list.items[list.n - 1].tag, tag.tag) &&
                list.items[list.n - 1].from.ymd == tag.from.ymd)
            list.n--;
        list.items[list.n++] = tag;
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}

enum err_code store_add_framework_file(struct store *store, const char *name, const char *body,
        bool withdrawn, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;

    query_start(&q, store, STMT_FRAMEWORK_FILE_INSERT);
    store_chain(store, CHAINED_FRAMEWORK_FILE, &q, &seq);
    query_bind_int(&q, store->import.school_id);
    query_bind_text(&q, name);
    query_bind_int(&q, seq);
    query_bind_text(&q, body);
    query_bind_int(&q, withdrawn);
    query_bind_int(&q, store->import.import_id);
    query_bind_text(&q, store->import.recorded_at);
    return query_run(&q, err);
}
