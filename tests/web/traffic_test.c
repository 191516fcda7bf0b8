/*
 * The real server under traffic: full queues, waiting writers, stopping, the log, starting.
 */
#include "web/server.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>

#include "check.h"
#include "client.h"
#include "web/lane.h"

enum {
    CROWD = 8
};

/* ---- a small program to serve ---- */

static pthread_mutex_t gate_mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_moved = PTHREAD_COND_INITIALIZER;
static int gate_open = 1;
static int gate_inside;
static int order[CROWD];
static int order_n;

static void set_gate(int open)
{
    (void)pthread_mutex_lock(&gate_mutex);
    gate_open = open;
    (void)pthread_cond_broadcast(&gate_moved);
    (void)pthread_mutex_unlock(&gate_mutex);
}

static void wait_inside(int n)
{
    (void)pthread_mutex_lock(&gate_mutex);
    while (gate_inside < n)
        (void)pthread_cond_wait(&gate_moved, &gate_mutex);
    (void)pthread_mutex_unlock(&gate_mutex);
}

/* Answers once the gate is open. */
static enum err_code slow(struct request *request, struct response *response, struct err *err)
{
    (void)request;
    (void)err;
    (void)pthread_mutex_lock(&gate_mutex);
    gate_inside++;
    (void)pthread_cond_broadcast(&gate_moved);
    while (!gate_open)
        (void)pthread_cond_wait(&gate_moved, &gate_mutex);
    gate_inside--;
    (void)pthread_mutex_unlock(&gate_mutex);
    response_body(response, 200, "text/plain; charset=utf-8", "slow\n", 5);
    return ERR_OK;
}

/* Writes down its turn in the lane. */
static enum err_code turn(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    (void)pthread_mutex_lock(&gate_mutex);
    gate_inside++;
    (void)pthread_cond_broadcast(&gate_moved);
    (void)pthread_mutex_unlock(&gate_mutex);
    lane_take(request->lane);
    order[order_n++] = (int)request_id(request, "id");
    lane_give(request->lane);
    response_body(response, 200, "text/plain; charset=utf-8", "turn\n", 5);
    return ERR_OK;
}

static enum err_code broken(struct request *request, struct response *response, struct err *err)
{
    (void)request;
    (void)response;
    (void)err_set(err, ERR_STORE, "the statement select_pupil failed for Ada");
    return err_detail(err, "SQLITE_IOERR");
}

static const struct route routes[] = {
    { METHOD_GET, "/health", ROUTE_OPEN, app_health, .formats = 0 },
    { METHOD_GET, "/slow", ROUTE_OPEN, slow, .formats = 0 },
    { METHOD_POST, "/turn/{id}", ROUTE_OPEN, turn, .formats = 0 },
    { METHOD_GET, "/broken", ROUTE_OPEN, broken, .formats = 0 },
    { METHOD_GET, "/private/{id}", "see-pupil", slow, .formats = 0 },
};

static const struct app app = { .routes = routes, .routes_n = COUNT(routes) };

static struct server *serve(size_t workers, size_t queue, int log)
{
    const struct server_options options = { .app = &app,
        .workers = workers,
        .queue = queue,
        .timeout = 1,
        .form_max = 100000,
        .log = log };
    struct server *server = NULL;
    struct err err = { 0 };

    CHECK_OK("server", server_start(&options, &server, &err), &err);
    return server;
}

/* ---- tests ---- */

struct caller {
    struct server *server;
    const char *request;
    char *answer;
};

static void *call(void *argument)
{
    struct caller *caller = argument;
    int s = dial(caller->server);

    say(s, caller->request, strlen(caller->request));
    (void)hear(s, caller->answer);
    return NULL;
}

static void a_full_queue_answers_503_and_recovers(void **state)
{
    static char heard[2][ANSWER];
    struct server *server = serve(1, 1, -1);
    static const char health[] = "GET /health HTTP/1.1\r\n" HOST "\r\n";
    struct caller callers[2];
    pthread_t threads[2];

    (void)state;
    set_gate(0);
    for (int i = 0; i < 2; i++)
        callers[i] = (struct caller){ server, "GET /slow HTTP/1.1\r\n" HOST "\r\n", heard[i] };
    CHECK_INT("thread", pthread_create(&threads[0], NULL, call, &callers[0]), 0);
    wait_inside(1);
    CHECK_INT("thread", pthread_create(&threads[1], NULL, call, &callers[1]), 0);
    /* the second takes the queue's one place; until then a third takes it, and waits its
       turn behind a closed gate: so ask without waiting for the answer until one is refused */
    for (int tries = 0; tries < 1000; tries++) {
        struct timeval brief = { .tv_usec = 20000 };
        int s = dial(server);

        (void)setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &brief, sizeof(brief));
        say(s, health, strlen(health));
        (void)hear(s, answer);
        if (status() == 503)
            break;
    }
    CHECK_INT("third", status(), 503);
    CHECK_HAS("third", answer, "Retry-After: 2\r\n");
    set_gate(1);
    for (int i = 0; i < 2; i++)
        (void)pthread_join(threads[i], NULL);
    CHECK_HAS("first", heard[0], "slow\n");
    /* askers who gave up may still stand in the queue */
    for (int tries = 0; tries < 1000; tries++) {
        (void)ask(server, health);
        if (status() == 200)
            break;
    }
    CHECK_INT("after", status(), 200);
    server_stop(server);
}

/* Opens the gate once nobody can connect any more: the server is stopping. */
static void *open_gate_when_stopping(void *argument)
{
    const struct sockaddr_in *to = argument;
    bool refused = false;

    while (!refused) {
        int s = socket(AF_INET, SOCK_STREAM, 0);

        refused = connect(s, (const struct sockaddr *)to, sizeof(*to)) != 0;
        (void)close(s);
        (void)sched_yield();
    }
    set_gate(1);
    return NULL;
}

static void stopping_lets_a_request_in_flight_finish(void **state)
{
    static char heard[ANSWER];
    struct server *server = serve(2, 8, -1);
    struct caller caller = { server, "GET /slow HTTP/1.1\r\n" HOST "\r\n", heard };
    struct sockaddr_in to = { .sin_family = AF_INET,
        .sin_port = htons((uint16_t)server_port(server)) };
    pthread_t asking;
    pthread_t opening;

    (void)state;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    set_gate(0);
    CHECK_INT("thread", pthread_create(&asking, NULL, call, &caller), 0);
    wait_inside(1);
    CHECK_INT("thread", pthread_create(&opening, NULL, open_gate_when_stopping, &to), 0);
    server_stop(server);
    (void)pthread_join(opening, NULL);
    (void)pthread_join(asking, NULL);
    CHECK_HAS("answer", heard, "HTTP/1.1 200 ");
    CHECK_HAS("answer", heard, "slow\n");
}

/* Wait until somebody new stands last in the lane's queue; returns who. */
static const void *wait_for_next(struct lane *lane, const void *last)
{
    const void *now = last;

    while (now == last) {
        (void)sched_yield();
        (void)pthread_mutex_lock(&lane->mutex);
        now = lane->last;
        (void)pthread_mutex_unlock(&lane->mutex);
    }
    return now;
}

static struct lane *held_lane;

static enum err_code hold(struct request *request, struct response *response, struct err *err)
{
    (void)err;
    held_lane = request->lane;
    lane_take(request->lane);
    (void)slow(request, response, err);
    lane_give(request->lane);
    return ERR_OK;
}

static void writers_take_turns_in_the_order_they_came(void **state)
{
    static const struct route lane_routes[] = {
        { METHOD_POST, "/hold", ROUTE_OPEN, hold, .formats = 0 },
        { METHOD_POST, "/turn/{id}", ROUTE_OPEN, turn, .formats = 0 },
    };
    static const struct app lane_app = { .routes = lane_routes, .routes_n = 2 };
    static char heard[CROWD + 1][ANSWER];
    static char requests[CROWD][100];
    const struct server_options options = { .app = &lane_app, .workers = CROWD + 1, .log = -1 };
    struct caller callers[CROWD + 1];
    pthread_t threads[CROWD + 1];
    struct server *server;
    struct err err = { 0 };
    const void *last = NULL;

    (void)state;
    CHECK_OK("server", server_start(&options, &server, &err), &err);
    set_gate(0);
    order_n = 0;
    gate_inside = 0;
    callers[CROWD] = (struct caller){ server,
        "POST /hold HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", heard[CROWD] };
    CHECK_INT("thread", pthread_create(&threads[CROWD], NULL, call, &callers[CROWD]), 0);
    wait_inside(1);
    for (int i = 0; i < CROWD; i++) {
        (void)snprintf(requests[i], sizeof(requests[i]),
                "POST /turn/%d HTTP/1.1\r\n" HOST "Content-Length: 0\r\n\r\n", i);
        callers[i] = (struct caller){ server, requests[i], heard[i] };
        CHECK_INT("thread", pthread_create(&threads[i], NULL, call, &callers[i]), 0);
        last = wait_for_next(held_lane, last);
    }
    set_gate(1);
    for (int i = 0; i <= CROWD; i++)
        (void)pthread_join(threads[i], NULL);
    CHECK_INT("all had their turn", order_n, CROWD);
    for (int i = 0; i < CROWD; i++)
        CHECK_INT("order", order[i], i);
    server_stop(server);
}

static void the_log_names_patterns_and_no_person(void **state)
{
    static const char file[] = "/tmp/attain-server-test.log";
    int log = open(file, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0600);
    struct server *server = serve(2, 8, log);
    char text[2000] = { 0 };

    (void)state;
    (void)ask(server, "GET /private/77123?q=Ada+Lovelace HTTP/1.1\r\n" HOST "\r\n");
    (void)ask(server, "GET /Ada-Lovelace HTTP/1.1\r\n" HOST "\r\n");
    (void)ask(server, "GET /broken HTTP/1.1\r\n" HOST "\r\n");
    server_stop(server);
    CHECK_TRUE("log", pread(log, text, sizeof(text) - 1, 0) > 0);
    (void)close(log);
    (void)unlink(file);
    CHECK_HAS("pattern", text, " GET /private/{id} 403 ");
    CHECK_HAS("unknown page", text, " GET - 404 ");
    CHECK_HAS("cause", text, " store: SQLITE_IOERR\n");
    CHECK_TRUE("no name", strstr(text, "Ada") == NULL);
    CHECK_TRUE("no number", strstr(text, "77123") == NULL);
}

static void only_loopback_is_served_without_tls(void **state)
{
    static const struct {
        const char *row;
        const char *address;
        bool insecure;
        enum err_code code;
    } rows[] = {
        { "default", NULL, false, ERR_OK },
        { "name", "localhost", false, ERR_OK },
        { "loopback", "127.3.2.1", false, ERR_OK },
        { "everywhere", "0.0.0.0", false, ERR_USAGE },
        { "everywhere in six", "::", false, ERR_USAGE },
        { "everywhere, on purpose", "0.0.0.0", true, ERR_OK },
        { "no address", "school.example", false, ERR_USAGE },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct server_options options = { .app = &app,
            .address = rows[i].address,
            .insecure = rows[i].insecure,
            .workers = 1,
            .log = -1 };
        struct server *server = NULL;
        struct err err = { 0 };

        CHECK_INT(rows[i].row, server_start(&options, &server, &err), rows[i].code);
        CHECK_TRUE(rows[i].row, (server != NULL) == (rows[i].code == ERR_OK));
        CHECK_TRUE(rows[i].row, rows[i].code == ERR_OK || err.hint[0] != '\0');
        server_stop(server);
    }
}

static enum err_code no_database(void *data, void **ret_worker, struct err *err)
{
    (void)data;
    (void)ret_worker;
    return err_set(err, ERR_STORE, "the database cannot be opened");
}

static void a_worker_that_cannot_open_stops_the_start(void **state)
{
    const struct server_options options = { .app = &app,
        .worker_open = no_database,
        .workers = 3,
        .log = -1 };
    struct server *server = NULL;
    struct err err = { 0 };

    (void)state;
    CHECK_INT("code", server_start(&options, &server, &err), ERR_STORE);
    CHECK_TEXT("words", err.message, "the database cannot be opened");
    CHECK_TRUE("no server", server == NULL);
}

TESTS(TEST(a_full_queue_answers_503_and_recovers),
        TEST(stopping_lets_a_request_in_flight_finish),
        TEST(writers_take_turns_in_the_order_they_came),
        TEST(the_log_names_patterns_and_no_person), TEST(only_loopback_is_served_without_tls),
        TEST(a_worker_that_cannot_open_stops_the_start))
