#include "web/worker.h"

#include <string.h>

#include "web/pages/home_figures.h"

static const size_t school_memory = (size_t)64 << 20;

enum err_code worker_open(const char *db, const char *framework_folder, struct shelf *shelf,
        struct worker **ret_worker, struct err *err)
{
    struct worker *worker = mem_alloc(sizeof(*worker));
    enum err_code code;

    if (worker == NULL)
        return err_memory(err);
    worker->framework_folder = framework_folder;
    worker->hold.shelf = shelf;
    code = store_open(db, STORE_WRITE, &worker->store, err);
    if (code != ERR_OK) {
        mem_free(worker);
        return code;
    }
    *ret_worker = worker;
    return ERR_OK;
}

void worker_close(struct worker *worker)
{
    if (worker == NULL)
        return;
    for (size_t i = 0; i < WORKER_SCHOOLS; i++)
        arena_free(&worker->schools[i].arena);
    figures_free(worker->figures);
    store_close(worker->store);
    mem_free(worker);
}

static enum err_code find_school(struct worker *worker, int64_t school_id, struct arena *arena,
        struct school *ret_school, struct err *err)
{
    struct school_list list = { 0 };
    enum err_code code = store_schools(worker->store, arena, &list, err);

    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (list.items[i].school_id != school_id)
            continue;
        *ret_school = list.items[i];
        return ERR_OK;
    }
    return code != ERR_OK ? code : err_set(err, ERR_NOT_FOUND, "this school is not here");
}

/* A print of everything the reckoning rests on. */
static enum err_code take_print(struct worker *worker, int64_t school_id,
        char print[DIGEST_HEX_SIZE], struct err *err)
{
    struct arena arena = { .limit = school_memory };
    struct school school = { 0 };
    struct setting_list settings = { 0 };
    struct named_text_list files = { 0 };
    struct digest digest;
    enum err_code code = find_school(worker, school_id, &arena, &school, err);

    if (code == ERR_OK)
        code = store_settings(worker->store, school_id, &arena, &settings, err);
    if (code == ERR_OK)
        code = store_framework_files(worker->store, school_id, &arena, &files, err);
    digest_start(&digest);
    digest_text(&digest, school.name);
    digest_text(&digest, school.phase);
    digest_text(&digest, school.framework);
    for (size_t i = 0; i < settings.n; i++) {
        digest_text(&digest, settings.items[i].name);
        digest_text(&digest, settings.items[i].value);
    }
    for (size_t i = 0; i < files.n; i++) {
        digest_text(&digest, files.items[i].name);
        digest_text(&digest, files.items[i].body);
    }
    (void)digest_hex(&digest, print);
    arena_free(&arena);
    return code;
}

static struct kept_school *slot_of(struct worker *worker, int64_t school_id)
{
    struct kept_school *oldest = &worker->schools[0];

    for (size_t i = 0; i < WORKER_SCHOOLS; i++) {
        if (worker->schools[i].school_id == school_id)
            return &worker->schools[i];
        if (worker->schools[i].used < oldest->used)
            oldest = &worker->schools[i];
    }
    return oldest;
}

static void forget(struct kept_school *kept)
{
    arena_free(&kept->arena);
    *kept = (struct kept_school){ .arena = { .limit = school_memory } };
}

static enum err_code read_school(struct worker *worker, struct kept_school *kept,
        int64_t school_id, struct err *err)
{
    struct school school = { 0 };
    enum err_code code;

    forget(kept);
    kept->context = (struct context){ .store = worker->store,
        .arena = &kept->arena,
        .framework_folder = worker->framework_folder };
    code = find_school(worker, school_id, &kept->arena, &school, err);
    if (code == ERR_OK)
        code = context_choose_school(&kept->context, school.laestab, err);
    if (code != ERR_OK)
        forget(kept);
    else
        kept->school_id = school_id;
    return code;
}

/* What is kept, made to fit the file as it is now. */
static enum err_code refresh(struct worker *worker, struct kept_school *kept, int64_t school_id,
        int64_t version, struct err *err)
{
    char print[DIGEST_HEX_SIZE];
    enum err_code code = take_print(worker, school_id, print, err);

    if (code == ERR_OK && (kept->school_id != school_id || strcmp(print, kept->print) != 0))
        code = read_school(worker, kept, school_id, err);
    if (code != ERR_OK)
        return code;
    memcpy(kept->print, print, sizeof(print));
    kept->version = version;
    return ERR_OK;
}

enum err_code worker_school(struct worker *worker, int64_t school_id,
        struct context *ret_context, struct err *err)
{
    struct kept_school *kept;
    int64_t version = 0;
    enum err_code code = ERR_OK;

    if (school_id == 0) {
        *ret_context = (struct context){ .store = worker->store,
            .framework_folder = worker->framework_folder };
        return ERR_OK;
    }
    kept = slot_of(worker, school_id);
    code = store_data_version(worker->store, &version, err);
    if (code == ERR_OK &&
            (worker->stale || kept->school_id != school_id || kept->version != version))
        code = refresh(worker, kept, school_id, version, err);
    if (code != ERR_OK)
        return code;
    worker->stale = false;
    kept->used = ++worker->uses;
    *ret_context = kept->context;
    return ERR_OK;
}
