#include "base/digest.h"

#include "check.h"

/* Expected values: BLAKE2b with 32 bytes of output over the bytes named, by another program. */
static void values_hash_with_type_and_length(void **state)
{
    struct digest digest;
    char hex[DIGEST_HEX_SIZE];

    (void)state;
    digest_start(&digest);
    CHECK_TEXT("nothing", digest_hex(&digest, hex),
            "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    digest_int(&digest, 42);
    CHECK_TEXT("i, 42 in eight bytes", digest_hex(&digest, hex),
            "bcff25855a63d92b4c6a4da7616ebfd655683c05384ee683efca1b5bc6b56c96");
    digest_start(&digest);
    digest_int(&digest, -1);
    digest_text(&digest, "Zo\xC3\xAB");
    digest_text(&digest, NULL);
    CHECK_TEXT("i, -1; t, 4, Zo\xC3\xAB; n", digest_hex(&digest, hex),
            "7bf6239b1727677c2c723bdb2e93763d9773c241e83947508e31146a1306912f");
}

static void no_two_sequences_look_alike(void **state)
{
    char hex[5][DIGEST_HEX_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(hex); i++) {
        struct digest digest;

        digest_start(&digest);
        if (i == 0)
            digest_text(&digest, "ab");
        if (i == 1 || i == 2) {
            digest_text(&digest, i == 1 ? "a" : "");
            digest_text(&digest, i == 1 ? "b" : "ab");
        }
        if (i == 3)
            digest_text(&digest, NULL);
        if (i == 4)
            digest_int(&digest, 0);
        digest_hex(&digest, hex[i]);
        for (size_t j = 0; j < i; j++)
            CHECK_TRUE("different", strcmp(hex[i], hex[j]) != 0);
    }
}

static void asking_changes_nothing(void **state)
{
    struct digest asked, unasked;
    char a[DIGEST_HEX_SIZE];
    char b[DIGEST_HEX_SIZE];

    (void)state;
    digest_start(&asked);
    digest_start(&unasked);
    digest_int(&asked, 1);
    digest_int(&unasked, 1);
    digest_hex(&asked, a);
    digest_bytes(&asked, "xy", 2);
    digest_bytes(&unasked, "xy", 2);
    CHECK_TEXT("same", digest_hex(&asked, a), digest_hex(&unasked, b));
}

TESTS(TEST(values_hash_with_type_and_length), TEST(no_two_sequences_look_alike),
        TEST(asking_changes_nothing))
