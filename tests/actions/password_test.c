#include "actions/account.h"

#include "check.h"

static void passwords_that_are_guessed_first_are_refused(void **state)
{
    static const char *const words[] = { "p.shah", "Priya Shah", "Testbury School", NULL };
    static const struct {
        const char *password;
        bool good;
    } rows[] = {
        { "elevenchars", false },
        { "password1234", false },
        { "Password2010!", false },
        { "P@ssw0rd12345", false },
        { "qwertyuiop12", false },
        { "123456789012", false },
        { "abcdefghijkl", false },
        { "aaaaaaaaaaaa", false },
        { "abcabcabcabc", false },
        { "Liverpool2009", false },
        { "summersummer2010", false },
        { "welcometoschool", true }, /* three words: not a pair */
        { "Testbury2010!", false },
        { "priya.shah.2010", false },
        { "granite otter umbrella", true },
        { "Tr0ub4dor&3xyzz", true },
        { "пароль для учителя", true },
        { "correct horse battery", true },
        { "twelve chars", true },
    };
    char longest[130];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct err err = { 0 };

        CHECK_INT(rows[i].password, password_check(rows[i].password, words, &err) == ERR_OK,
                rows[i].good);
        CHECK_INT(rows[i].password, err.message[0] == '\0', rows[i].good);
    }
    for (size_t i = 0; i < sizeof(longest); i++)
        longest[i] = (char)('a' + (i * i + i / 7) % 26);
    longest[128] = '\0';
    {
        struct err err = { 0 };

        CHECK_OK("128 characters", password_check(longest, words, &err), &err);
        longest[128] = 'x';
        longest[129] = '\0';
        CHECK_INT("129 characters", password_check(longest, words, &err), ERR_INVALID);
    }
}

static void first_passwords_are_fresh_and_good_enough_to_keep(void **state)
{
    char one[FIRST_PASSWORD_SIZE];
    char two[FIRST_PASSWORD_SIZE];
    struct err err = { 0 };

    (void)state;
    password_first(one);
    password_first(two);
    CHECK_TRUE("differ", strcmp(one, two) != 0);
    CHECK_INT("length", strlen(one), 29);
    CHECK_OK("by its own rule", password_check(one, NULL, &err), &err);
}

/* RFC 6238, appendix B (SHA-1), the last six of its eight digits; the secret is the 20
   letters 12345678901234567890 in base32. */
static void codes_are_those_of_the_standard(void **state)
{
    static const struct {
        const char *row;
        int64_t second;
        int32_t code;
    } rows[] = {
        { "1970", 59, 287082 },
        { "2005, first", 1111111109, 81804 },
        { "2005, second", 1111111111, 50471 },
        { "2009", 1234567890, 5924 },
        { "2033", 2000000000, 279037 },
        { "2603", 20000000000, 353130 },
    };
    static const char secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(rows[i].row, totp_code(secret, rows[i].second / 30), rows[i].code);
    CHECK_INT("no base32", totp_code("1890", 1), -1);
    CHECK_INT("now", totp_match(secret, "287082", 59), 1);
    CHECK_INT("one step later", totp_match(secret, " 287082", 89), 1);
    CHECK_INT("two steps later", totp_match(secret, "287082", 119), -1);
    CHECK_INT("five digits", totp_match(secret, "87082", 59), -1);
    CHECK_INT("letters", totp_match(secret, "28708x", 59), -1);
}

TESTS(TEST(passwords_that_are_guessed_first_are_refused),
        TEST(first_passwords_are_fresh_and_good_enough_to_keep),
        TEST(codes_are_those_of_the_standard))
