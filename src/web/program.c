#include "web/program.h"

#include <string.h>

#include "base/text.h"
#include "web/asset.h"
#include "web/program_in.h"

static const struct route own_routes[] = { APP_ROUTES };

static size_t count_routes(void)
{
    size_t n = COUNT(own_routes);

    for (size_t i = 0; i < route_table_n; i++)
        n += *route_tables[i].n;
    return n;
}

/* Every table in one array, in the order of the tables. */
static enum err_code put_together(struct program *program, struct err *err)
{
    size_t total = count_routes();
    struct route *routes = arena_array(&program->arena, total, sizeof(*routes));
    size_t n = 0;

    if (routes == NULL)
        return err_memory(err);
    for (size_t i = 0; i < route_table_n; i++) {
        memcpy(routes + n, route_tables[i].routes, *route_tables[i].n * sizeof(*routes));
        n += *route_tables[i].n;
    }
    memcpy(routes + n, own_routes, sizeof(own_routes));
    program->app.routes = routes;
    program->app.routes_n = total;
    return ERR_OK;
}

static enum err_code copy_options(struct program *program,
        const struct program_options *options, struct err *err)
{
    struct program_options *own = &program->options;

    *own = *options;
    own->db = arena_text(&program->arena, options->db);
    own->framework_folder = arena_text(&program->arena, options->framework_folder);
    own->notice = arena_text(&program->arena, options->notice);
    if (own->db == NULL ||
            (options->framework_folder != NULL && own->framework_folder == NULL) ||
            (options->notice != NULL && own->notice == NULL))
        return err_memory(err);
    return ERR_OK;
}

enum err_code program_make(const struct program_options *options, struct program **ret_program,
        struct err *err)
{
    struct program *program = mem_alloc(sizeof(*program));
    enum err_code code;

    if (program == NULL)
        return err_memory(err);
    program->app = (struct app){ .data = program,
        .enter = visit_enter,
        .may = visit_menu,
        .dress = visit_dress,
        .leave = visit_leave };
    code = copy_options(program, options, err);
    if (code == ERR_OK)
        code = put_together(program, err);
    if (code == ERR_OK)
        code = shelf_make(&program->shelf, err);
    if (code != ERR_OK) {
        program_free(program);
        return code;
    }
    *ret_program = program;
    return ERR_OK;
}

void program_free(struct program *program)
{
    if (program == NULL)
        return;
    notes_stop(&program->notes);
    shelf_free(program->shelf);
    arena_free(&program->arena);
    mem_free(program);
}

const struct app *program_app(const struct program *program)
{
    return &program->app;
}

enum err_code program_open_worker(struct program *program, void **ret_worker, struct err *err)
{
    struct worker *worker = NULL;
    enum err_code code = worker_open(program->options.db, program->options.framework_folder,
            program->shelf, &worker, err);

    if (code == ERR_OK)
        *ret_worker = worker;
    return code;
}

void program_close_worker(struct program *program, void *worker)
{
    (void)program;
    worker_close(worker);
}

static enum err_code open_for_server(void *data, void **ret_worker, struct err *err)
{
    return program_open_worker(data, ret_worker, err);
}

static void close_for_server(void *data, void *worker)
{
    program_close_worker(data, worker);
}

enum err_code program_serve(struct program *program, struct server_options *options,
        struct err *err)
{
    options->app = &program->app;
    options->worker_open = open_for_server;
    options->worker_close = close_for_server;
    options->worker_data = program;
    return notes_start(&program->notes, program->options.db, err);
}
