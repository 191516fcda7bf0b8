#include <stdio.h>
#include <string.h>

#include "actions/account_in.h"
#include "base/text.h"

/* RFC 6238 and 4226 with HMAC-SHA-1 (RFC 2104, 3174): what every authenticator app speaks. */

enum {
    SHA1_BLOCK = 64,
    SHA1_BYTES = 20,
    TOTP_SECONDS = 30
};

static uint32_t turn(uint32_t value, int bits)
{
    return (value << bits) | (value >> (32 - bits));
}

static uint32_t read_word(const unsigned char *bytes)
{
    return ((uint32_t)bytes[0] << 24) | ((uint32_t)bytes[1] << 16) | ((uint32_t)bytes[2] << 8) |
           bytes[3];
}

static uint32_t mix(int round, const uint32_t s[5])
{
    if (round < 20)
        return ((s[1] & s[2]) | (~s[1] & s[3])) + 0x5A827999U;
    if (round < 40)
        return (s[1] ^ s[2] ^ s[3]) + 0x6ED9EBA1U;
    if (round < 60)
        return ((s[1] & s[2]) | (s[1] & s[3]) | (s[2] & s[3])) + 0x8F1BBCDCU;
    return (s[1] ^ s[2] ^ s[3]) + 0xCA62C1D6U;
}

static void sha1_block(uint32_t state[5], const unsigned char *block)
{
    uint32_t words[80];
    uint32_t s[5];

    for (int i = 0; i < 16; i++)
        words[i] = read_word(block + (size_t)i * 4);
    for (int i = 16; i < 80; i++)
        words[i] = turn(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    memcpy(s, state, sizeof(s));
    for (int i = 0; i < 80; i++) {
        uint32_t next = turn(s[0], 5) + mix(i, s) + s[4] + words[i];

        s[4] = s[3];
        s[3] = s[2];
        s[2] = turn(s[1], 30);
        s[1] = s[0];
        s[0] = next;
    }
    for (int i = 0; i < 5; i++)
        state[i] += s[i];
}

/* One block, then n more bytes (less than 56), as HMAC wants it. */
static void sha1_two(const unsigned char *first, const unsigned char *more, size_t n,
        unsigned char hash[SHA1_BYTES])
{
    uint32_t state[5] = { 0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U };
    unsigned char last[SHA1_BLOCK] = { 0 };
    size_t bits = (SHA1_BLOCK + n) * 8;

    memcpy(last, more, n);
    last[n] = 0x80;
    last[SHA1_BLOCK - 2] = (unsigned char)(bits >> 8);
    last[SHA1_BLOCK - 1] = (unsigned char)(bits & 0xFF);
    sha1_block(state, first);
    sha1_block(state, last);
    for (size_t i = 0; i < SHA1_BYTES; i++)
        hash[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

static void hmac(const unsigned char *key, size_t key_n, const unsigned char *text, size_t n,
        unsigned char hash[SHA1_BYTES])
{
    unsigned char pad[SHA1_BLOCK] = { 0 };
    unsigned char inner[SHA1_BYTES];

    memcpy(pad, key, key_n);
    for (size_t i = 0; i < SHA1_BLOCK; i++)
        pad[i] ^= 0x36;
    sha1_two(pad, text, n, inner);
    for (size_t i = 0; i < SHA1_BLOCK; i++)
        pad[i] ^= 0x36 ^ 0x5C;
    sha1_two(pad, inner, sizeof(inner), hash);
}

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void totp_secret_make(char buffer[TOTP_SECRET_SIZE])
{
    unsigned char bytes[TOTP_SECRET_SIZE - 1];

    secret_random(bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        buffer[i] = base32[bytes[i] % 32];
    buffer[TOTP_SECRET_SIZE - 1] = '\0';
}

/* Bytes of a base32 text (spaces and '=' are skipped); 0 when it is none or too long. */
static size_t read_secret(const char *text, unsigned char key[SHA1_BLOCK])
{
    uint32_t held = 0;
    int bits = 0;
    size_t n = 0;

    for (const char *c = text; *c != '\0'; c++) {
        const char letter = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
        const char *at = strchr(base32, letter);

        if (letter == ' ' || letter == '=')
            continue;
        if (at == NULL || n >= SHA1_BLOCK)
            return 0;
        held = (held << 5) | (uint32_t)(at - base32);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            key[n++] = (unsigned char)(held >> bits);
        }
    }
    return n;
}

int32_t totp_code(const char *secret, int64_t step)
{
    unsigned char key[SHA1_BLOCK];
    unsigned char counter[8];
    unsigned char hash[SHA1_BYTES];
    size_t n = read_secret(secret, key);

    if (n == 0 || step < 0)
        return -1;
    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    hmac(key, n, counter, sizeof(counter), hash);
    secret_wipe(key, sizeof(key));
    return (int32_t)((read_word(hash + (hash[SHA1_BYTES - 1] & 15)) & 0x7FFFFFFF) % 1000000);
}

int64_t totp_match(const char *secret, const char *code, int64_t now)
{
    static const int steps[] = { 0, -1, 1 };
    char typed[12];
    int64_t number;

    if (!text_copy(typed, sizeof(typed), code) || strlen(text_trim(typed)) != 6 ||
            strspn(text_trim(typed), "0123456789") != 6 || !text_int(text_trim(typed), &number))
        return -1;
    for (size_t i = 0; i < COUNT(steps); i++) {
        int64_t step = now / TOTP_SECONDS + steps[i];

        if (totp_code(secret, step) == number)
            return step;
    }
    return -1;
}

enum err_code account_set_totp(const struct desk *desk, const struct session *session,
        const char *secret, const char *code, struct err *err)
{
    struct context *c = desk->context;
    char keep[DIGEST_HEX_SIZE];
    const struct act act = { .school_id = session->school_id,
        .account_id = session->account_id,
        .who = session->username,
        .action = text_empty(secret) ? "second-factor-off" : "second-factor-on",
        .result = "done" };
    int64_t step = text_empty(secret) ? 0 : totp_match(secret, code, desk->now);
    enum err_code done;

    if (step < 0) {
        (void)err_set(err, ERR_INVALID, "this is not the code that the app shows now");
        return err_hint(err, "Check the clock of the telephone and type the next code.");
    }
    if (!session_is_fresh(session, desk->now)) {
        (void)err_set(err, ERR_FORBIDDEN, "the password is needed again for this");
        return err_hint(err, "Give your password and do it again.");
    }
    done = store_begin(c->store, err);
    if (done != ERR_OK)
        return done;
    done = store_account_totp(c->store, session->account_id, secret, step, c->stamp, err);
    if (done == ERR_OK)
        done = store_session_end_all(c->store, session->account_id,
                secret_hash(session->token, keep), err);
    if (done == ERR_OK)
        done = account_audit(desk, &act, err);
    return account_finish(desk, done, err);
}
