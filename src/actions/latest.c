#include "actions/latest.h"

enum err_code latest_rebuild(struct context *context, struct err *err)
{
    struct school_list list = { 0 };
    enum err_code code = store_schools(context->store, context->arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        code = store_begin(context->store, err);
        if (code != ERR_OK)
            return code;
        code = store_latest_rebuild(context->store, list.items[i].school_id, err);
        if (code == ERR_OK)
            code = store_commit(context->store, err);
        else
            store_rollback(context->store);
    }
    return code;
}
