/*
 * listen: where the server listens, and what it needs of the machine.
 */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

struct addrinfo;

/*
 * Read an address in numbers ("localhost" and NULL are 127.0.0.1). One that others can reach
 * is ERR_USAGE unless `others` is set. *ret_found is for freeaddrinfo.
 */
MUST_USE enum err_code listen_address(const char *address, int number, bool others,
        struct addrinfo **ret_found, struct err *err);

/* Read a certificate or key. ERR_IO, ERR_MEMORY. */
MUST_USE enum err_code listen_read_pem(const char *path, struct arena *arena, char **ret_text,
        struct err *err);

/* Each connection is a descriptor: take as many as the machine gives. */
void listen_raise_descriptors(void);

/*
 * Call in the program's main thread before server_start: SIGTERM and SIGINT will wait for
 * listen_wait, SIGPIPE is ignored.
 */
void listen_hold_signals(void);

/* Wait for SIGTERM or SIGINT. */
void listen_wait(void);

#endif
