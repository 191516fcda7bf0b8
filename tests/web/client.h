/*
 * client: a raw HTTP client for the server's tests; says exactly the bytes it is given.
 *
 * ask() leaves the whole answer in `answer`; status() and body() read it.
 */
#ifndef TESTS_WEB_CLIENT_H
#define TESTS_WEB_CLIENT_H

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "check.h"
#include "web/server.h"

enum {
    ANSWER = 400000
};

static inline int dial(const struct server *server)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
        .sin_port = htons((uint16_t)server_port(server)) };
    struct timeval patience = { .tv_sec = 20 };
    int s = socket(AF_INET, SOCK_STREAM, 0);

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    (void)setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    CHECK_INT("connect", connect(s, (const struct sockaddr *)&to, sizeof(to)), 0);
    return s;
}

static inline void say(int s, const char *bytes, size_t n)
{
    while (n != 0) {
        ssize_t done = send(s, bytes, n, MSG_NOSIGNAL);

        if (done <= 0)
            return; /* the other end may have hung up already: the answer says why */
        bytes += done;
        n -= (size_t)done;
    }
}

/* Read until the other end closes; returns the bytes, a NUL behind them. */
static inline size_t hear(int s, char *answer)
{
    size_t n = 0;

    for (;;) {
        ssize_t got = recv(s, answer + n, ANSWER - 1 - n, 0);

        if (got <= 0)
            break;
        n += (size_t)got;
    }
    answer[n] = '\0';
    (void)close(s);
    return n;
}

static char answer[ANSWER];

static inline size_t ask_bytes(const struct server *server, const char *bytes, size_t n)
{
    int s = dial(server);

    say(s, bytes, n);
    return hear(s, answer);
}

static inline size_t ask(const struct server *server, const char *text)
{
    return ask_bytes(server, text, strlen(text));
}

static inline int status(void)
{
    return strncmp(answer, "HTTP/1.1 ", 9) == 0
                   ? (answer[9] - '0') * 100 + (answer[10] - '0') * 10 + (answer[11] - '0')
                   : 0;
}

static inline const char *body(void)
{
    const char *at = strstr(answer, "\r\n\r\n");

    return at == NULL ? "" : at + 4;
}

#define HOST "Host: h\r\nConnection: close\r\n"

#endif
