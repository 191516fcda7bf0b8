#include "store/notes.h"

#include "store/store_in.h"

enum err_code store_note_add(struct store *store, int64_t school_id, const struct note_row *row,
        int64_t *ret_no, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    int64_t seq = 0;
    int64_t no;
    enum err_code code = store_take_numbers(store, school_id, 1, &seq, err);

    if (code != ERR_OK)
        return code;
    no = row->note_no == 0 ? seq : row->note_no;
    query_start(&q, store, STMT_NOTE_INSERT);
    query_bind_int(&q, school_id);
    query_bind_int(&q, row->pupil_id);
    query_bind_int(&q, no);
    query_bind_int(&q, seq);
    query_bind_text(&q, row->kind);
    query_bind_text(&q, row->body);
    query_bind_int(&q, row->withdrawn);
    query_bind_int(&q, row->account_id);
    query_bind_text(&q, row->recorded_by);
    query_bind_text(&q, row->recorded_at);
    code = query_run(&q, err);
    if (code == ERR_OK)
        *ret_no = no;
    return code;
}

enum err_code store_notes(struct store *store, int64_t school_id, int64_t pupil_id,
        const char *until, struct arena *arena, struct note_row_list *ret_list, struct err *err)
{
    CLEANUP(query_done) struct query q = { 0 };
    struct note_row_list list = { 0 };
    enum err_code code;

    query_start(&q, store, STMT_NOTE_LIST);
    query_bind_int(&q, school_id);
    query_bind_int(&q, pupil_id);
    query_bind_text(&q, until);
    while (query_next(&q)) {
        list.items = query_grow(&q, arena, list.items, list.n, sizeof(*list.items));
        if (list.items == NULL)
            break;
        list.items[list.n++] = (struct note_row){
            .pupil_id = pupil_id,
            .note_no = query_int(&q, 0),
            .seq = query_int(&q, 1),
            .kind = query_copy(&q, 2, arena),
            .body = query_copy(&q, 3, arena),
            .withdrawn = query_int(&q, 4) != 0,
            .account_id = query_int(&q, 5),
            .recorded_by = query_copy(&q, 6, arena),
            .recorded_at = query_copy(&q, 7, arena),
        };
    }
    code = query_end(&q, err);
    if (code == ERR_OK)
        *ret_list = list;
    return code;
}
