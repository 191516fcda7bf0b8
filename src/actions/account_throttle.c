#include <stdio.h>

#include "actions/account_in.h"
#include "base/text.h"

/* What is counted, and how it slows down. */
struct brake {
    const char *kind;
    bool by_account, by_address;
    int64_t free;    /* failures that cost nothing */
    int64_t longest; /* seconds */
};

static const struct brake brakes[] = {
    { "both", true, true, 5, 15 * 60 },
    { "account", true, false, 20, 30 },
    { "address", false, true, 50, 60 },
};

enum {
    FORGET = 30 * 60,
    KNOWN = 90 * 86400
};

static const char *key_of(const struct desk *desk, const struct brake *brake,
        const char *username, char buffer[DIGEST_HEX_SIZE])
{
    struct digest digest;

    digest_start(&digest);
    digest_text(&digest, brake->kind);
    digest_text(&digest, brake->by_account ? username : "");
    digest_text(&digest, brake->by_address ? desk->from_where : "");
    return digest_hex(&digest, buffer);
}

static enum err_code read_brake(const struct desk *desk, size_t i, const char *username,
        struct throttle *ret_throttle, struct err *err)
{
    char key[DIGEST_HEX_SIZE];

    return store_throttle(desk->context->store, key_of(desk, &brakes[i], username, key),
            ret_throttle, err);
}

enum err_code throttle_wait(const struct desk *desk, const char *username, int64_t *ret_wait,
        struct err *err)
{
    int64_t wait = 0;
    bool known = false;

    for (size_t i = 0; i < COUNT(brakes); i++) {
        struct throttle throttle = { 0 };
        enum err_code code = read_brake(desk, i, username, &throttle, err);

        if (code != ERR_OK)
            return code;
        if (i == 0)
            known = throttle.good != 0 && desk->now - throttle.good < KNOWN;
        if ((i == 0 || !known) && throttle.until - desk->now > wait)
            wait = throttle.until - desk->now;
    }
    *ret_wait = wait;
    return ERR_OK;
}

static int64_t delay_after(const struct brake *brake, int64_t n)
{
    int64_t over = n - brake->free;
    int64_t delay = over <= 0 ? 0 : (int64_t)1 << (over > 20 ? 20 : over - 1);

    return delay > brake->longest ? brake->longest : delay;
}

enum err_code throttle_failed(const struct desk *desk, const char *username, struct err *err)
{
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < COUNT(brakes) && code == ERR_OK; i++) {
        char key[DIGEST_HEX_SIZE];
        struct throttle throttle = { 0 };

        code = read_brake(desk, i, username, &throttle, err);
        if (code != ERR_OK)
            break;
        if (desk->now - throttle.until > FORGET && desk->now - throttle.last > FORGET)
            throttle.n = 0;
        throttle.n++;
        throttle.last = desk->now;
        throttle.until = desk->now + delay_after(&brakes[i], throttle.n);
        code = store_throttle_put(desk->context->store, key_of(desk, &brakes[i], username, key),
                &throttle, err);
    }
    return code;
}

enum err_code throttle_passed(const struct desk *desk, const char *username, struct err *err)
{
    enum err_code code = ERR_OK;

    /* The address keeps its count: one good account must not clear the way for guesses at
       others. */
    for (size_t i = 0; i < COUNT(brakes) && code == ERR_OK; i++) {
        char key[DIGEST_HEX_SIZE];
        const struct throttle clear = { .last = desk->now, .good = desk->now };

        if (brakes[i].by_account)
            code = store_throttle_put(desk->context->store,
                    key_of(desk, &brakes[i], username, key), &clear, err);
    }
    return code;
}
