/*
 * people_secret: tokens, password hashes and form tokens.
 *
 * Random values come from the system. What is compared is compared in constant time. One
 * password of the process is hashed at a time, the others wait: each takes 19 MiB.
 */
#ifndef STORE_PEOPLE_SECRET_H
#define STORE_PEOPLE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"

enum {
    SECRET_TOKEN_SIZE = 44,     /* 32 random bytes as base64url, and the NUL */
    SECRET_PASSWORD_SIZE = 128, /* an argon2id text */
    SECRET_FORM_SIZE = 87       /* a masked form token */
};

/* How much work a password hash is. */
struct password_cost {
    uint64_t passes;
    size_t memory; /* bytes */
};
/* argon2id with 2 passes over 19 MiB (OWASP ASVS 5, V11.4.2). */
struct password_cost password_cost_default(void);

void secret_random(void *bytes, size_t n);
/* A number below n, each equally likely. */
uint32_t secret_uniform(uint32_t n);

/* A new token, and the hash under which one is kept. */
void secret_token(char buffer[SECRET_TOKEN_SIZE]);
const char *secret_hash(const char *token, char buffer[DIGEST_HEX_SIZE]);

/* ERR_MEMORY when the hash's memory is not to be had. */
MUST_USE enum err_code secret_password_hash(const char *password,
        const struct password_cost *cost, char buffer[SECRET_PASSWORD_SIZE], struct err *err);
/* False also for a stored text that is none. */
bool secret_password_is(const char *stored, const char *password);
/* Whether a stored hash was made with another cost and is to be made anew. */
bool secret_password_stale(const char *stored, const struct password_cost *cost);

/*
 * The token of a form, for one session token (or the one a visitor got with the sign-in
 * page): another text in each answer, so that compression of the page tells nothing of it.
 */
void secret_form_token(const char *token, char buffer[SECRET_FORM_SIZE]);
bool secret_form_is(const char *token, const char *given);

void secret_wipe(void *bytes, size_t n);

#endif
