#include "store/people_secret.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "base/text.h"

enum {
    SECRET_BYTES = 32,
    HASHES_AT_ONCE = 1,
    BASE64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING
};

_Static_assert(crypto_pwhash_STRBYTES <= SECRET_PASSWORD_SIZE, "password text too long");
_Static_assert(sodium_base64_ENCODED_LEN(SECRET_BYTES, BASE64) == SECRET_TOKEN_SIZE, "token");
_Static_assert(sodium_base64_ENCODED_LEN(2 * SECRET_BYTES, BASE64) == SECRET_FORM_SIZE, "form");

static pthread_mutex_t slots_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t slots_free = PTHREAD_COND_INITIALIZER;
static int slots_taken;

static void slot_take(void)
{
    (void)pthread_mutex_lock(&slots_lock);
    while (slots_taken >= HASHES_AT_ONCE)
        (void)pthread_cond_wait(&slots_free, &slots_lock);
    slots_taken++;
    (void)pthread_mutex_unlock(&slots_lock);
}

static void slot_give(void)
{
    (void)pthread_mutex_lock(&slots_lock);
    slots_taken--;
    (void)pthread_cond_signal(&slots_free);
    (void)pthread_mutex_unlock(&slots_lock);
}

/* Without the system's random numbers nothing here may go on. */
static void ready(void)
{
    int state = sodium_init();

    assert(state >= 0);
    (void)state;
}

struct password_cost password_cost_default(void)
{
    return (struct password_cost){ .passes = 2, .memory = (size_t)19 << 20 };
}

void secret_random(void *bytes, size_t n)
{
    ready();
    randombytes_buf(bytes, n);
}

uint32_t secret_uniform(uint32_t n)
{
    ready();
    return randombytes_uniform(n);
}

void secret_token(char buffer[SECRET_TOKEN_SIZE])
{
    unsigned char bytes[SECRET_BYTES];

    secret_random(bytes, sizeof(bytes));
    (void)sodium_bin2base64(buffer, SECRET_TOKEN_SIZE, bytes, sizeof(bytes), BASE64);
    sodium_memzero(bytes, sizeof(bytes));
}

const char *secret_hash(const char *token, char buffer[DIGEST_HEX_SIZE])
{
    struct digest digest;

    digest_start(&digest);
    digest_text(&digest, token);
    (void)digest_hex(&digest, buffer);
    sodium_memzero(&digest, sizeof(digest));
    return buffer;
}

enum err_code secret_password_hash(const char *password, const struct password_cost *cost,
        char buffer[SECRET_PASSWORD_SIZE], struct err *err)
{
    int failed;

    ready();
    slot_take();
    failed = crypto_pwhash_str_alg(buffer, password, strlen(password), cost->passes,
            cost->memory, crypto_pwhash_ALG_ARGON2ID13);
    slot_give();
    return failed == 0 ? ERR_OK : err_memory(err);
}

bool secret_password_is(const char *stored, const char *password)
{
    char text[SECRET_PASSWORD_SIZE] = { 0 };
    bool same;

    ready();
    if (!text_copy(text, sizeof(text), stored))
        return false;
    slot_take();
    same = crypto_pwhash_str_verify(text, password, strlen(password)) == 0;
    slot_give();
    return same;
}

bool secret_password_stale(const char *stored, const struct password_cost *cost)
{
    char text[SECRET_PASSWORD_SIZE] = { 0 };

    (void)text_copy(text, sizeof(text), stored);
    return crypto_pwhash_str_needs_rehash(text, cost->passes, cost->memory) != 0;
}

/* What a form of this session must bring, before it is masked. */
static void form_secret(const char *token, unsigned char secret[SECRET_BYTES])
{
    static const char purpose[] = "attain form";

    ready();
    (void)crypto_generichash(secret, SECRET_BYTES, (const unsigned char *)token, strlen(token),
            (const unsigned char *)purpose, sizeof(purpose));
}

void secret_form_token(const char *token, char buffer[SECRET_FORM_SIZE])
{
    unsigned char bytes[2 * SECRET_BYTES];

    form_secret(token, bytes + SECRET_BYTES);
    randombytes_buf(bytes, SECRET_BYTES);
    for (size_t i = 0; i < SECRET_BYTES; i++)
        bytes[SECRET_BYTES + i] ^= bytes[i];
    (void)sodium_bin2base64(buffer, SECRET_FORM_SIZE, bytes, sizeof(bytes), BASE64);
    sodium_memzero(bytes, sizeof(bytes));
}

bool secret_form_is(const char *token, const char *given)
{
    unsigned char bytes[2 * SECRET_BYTES];
    unsigned char secret[SECRET_BYTES];
    size_t n = 0;

    if (text_empty(token) || given == NULL || strlen(given) != SECRET_FORM_SIZE - 1 ||
            sodium_base642bin(bytes, sizeof(bytes), given, SECRET_FORM_SIZE - 1, NULL, &n, NULL,
                    BASE64) != 0 ||
            n != sizeof(bytes))
        return false;
    form_secret(token, secret);
    for (size_t i = 0; i < SECRET_BYTES; i++)
        bytes[SECRET_BYTES + i] ^= bytes[i];
    return sodium_memcmp(secret, bytes + SECRET_BYTES, SECRET_BYTES) == 0;
}

void secret_wipe(void *bytes, size_t n)
{
    sodium_memzero(bytes, n);
}
