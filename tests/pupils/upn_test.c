#include "pupils/upn.h"

#include "check.h"

/* The vectors of the exchange reference, section 6. Sums of the first two worked there:
   93 mod 23 = 1 is B, 135 mod 23 = 20 is X. */
static const struct {
    const char *upn;
    enum upn_kind kind;
    const char *reason;
} vectors[] = {
    { "B801200005001", UPN_PERMANENT, "" },
    { "X00180001701A", UPN_TEMPORARY, "" },
    { "R674123101121", UPN_PERMANENT, "" },
    { "A123456789012", UPN_PERMANENT, "" },
    { "M80120000500A", UPN_TEMPORARY, "" },
    { "H38312340812Z", UPN_TEMPORARY, "" },
    { "Z354900108001", UPN_PERMANENT, "" },
    { "N354900108002", UPN_PERMANENT, "" },
    { "C354900108003", UPN_PERMANENT, "" },
    { "R354900108004", UPN_PERMANENT, "" },
    { "Y35490010801A", UPN_TEMPORARY, "" },
    { "P207000016049", UPN_PERMANENT, "" },
    { "b801200005001", UPN_PERMANENT, "" },
    { "x00180001701a", UPN_TEMPORARY, "" },
    { "A801200005001", UPN_WRONG, "the check letter should be B, not A" },
    { "Q207000016049", UPN_WRONG, "the check letter should be P, not Q" },
    { "X80120000A001", UPN_WRONG, "character 10 should be a digit" },
    { "X8012000005001", UPN_WRONG, "a UPN has 13 characters, this has 14" },
    { "X80120000A00", UPN_WRONG, "a UPN has 13 characters, this has 12" },
    { "I801200005001", UPN_WRONG,
            "the first character should be a letter other than I, O and S" },
    { "B80120000500", UPN_WRONG, "a UPN has 13 characters, this has 12" },
    { "B80120000500I", UPN_WRONG,
            "the last character should be a digit, or for a temporary number a letter other "
            "than "
            "I, O and S" },
    { "8801200005001", UPN_WRONG,
            "the first character should be a letter other than I, O and S" },
    { "", UPN_WRONG, "the UPN is missing" },
    { "B80120000500\xC3", UPN_WRONG,
            "the last character should be a digit, or for a temporary number a letter other "
            "than "
            "I, O and S" },
};

static void a_upn_is_judged_by_its_letters(void **state)
{
    char reason[UPN_REASON_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(vectors); i++) {
        CHECK_INT(vectors[i].upn, upn_check(vectors[i].upn, reason), vectors[i].kind);
        CHECK_TEXT(vectors[i].upn, reason, vectors[i].reason);
        CHECK_INT(vectors[i].upn, upn_check(vectors[i].upn, NULL), vectors[i].kind);
    }
    CHECK_INT("no text at all", upn_check(NULL, reason), UPN_WRONG);
}

static void an_unknown_authority_is_a_question_of_its_own(void **state)
{
    (void)state;
    CHECK_INT("E000200005001 is well formed", upn_check("E000200005001", NULL), UPN_PERMANENT);
    CHECK_INT("but there is no authority 000", upn_la_known("E000200005001"), 0);
    CHECK_INT("201", upn_la_known("x201"), 1);
    CHECK_INT("214", upn_la_known("x214"), 0);
    CHECK_INT("943", upn_la_known("x943"), 1);
    CHECK_INT("944", upn_la_known("x944"), 0);
    CHECK_INT("Wales 681", upn_la_known("x681"), 1);
    CHECK_INT("001", upn_la_known("x001"), 1);
    CHECK_INT("006", upn_la_known("x006"), 0);
    CHECK_INT("letters", upn_la_known("x9a1"), 0);
}

static void a_upn_typed_by_hand_is_tidied(void **state)
{
    char text[] = " b801 2000-05001 ";

    (void)state;
    CHECK_TEXT("tidied", upn_normalise(text), "B801200005001");
}

static void made_numbers_are_right(void **state)
{
    char upn[UPN_SIZE] = "untouched";

    (void)state;
    CHECK_TRUE("a permanent one", upn_make("8012000", 5, 1, upn));
    CHECK_TEXT("as worked in the reference", upn, "B801200005001");
    CHECK_TRUE("a temporary one", upn_make_temporary("0018000", 17, 23, upn));
    CHECK_TEXT("the 24th is 01A", upn, "X00180001701A");
    for (int n = 0; n < 5000; n += 7) {
        CHECK_TRUE("temporary", upn_make_temporary("9984065", 0, n, upn));
        CHECK_INT(upn, upn_check(upn, NULL), UPN_TEMPORARY);
    }
    CHECK_TRUE("the first of the next year", upn_make_temporary("9984065", 0, 2300, upn));
    CHECK_HAS("is year 01", upn, "99840650100A");
    memcpy(upn, "untouched", 10);
    CHECK_INT("six digits", upn_make("801200", 5, 1, upn), 0);
    CHECK_INT("serial 1000", upn_make("8012000", 5, 1000, upn), 0);
    CHECK_INT("more than a hundred years of them",
            upn_make_temporary("8012000", 0, 230000, upn), 0);
    CHECK_TEXT("the buffer", upn, "untouched");
}

static const struct {
    const char *uln;
    int right;
    const char *reason;
} ulns[] = {
    { "9276308686", 1, "" },
    { "1234567899", 1, "" },
    { "1000000000", 1, "" },
    { "9000000008", 1, "" },
    { "1000000051", 1, "" },
    { "0123456789", 0, "a ULN does not begin with 0" },
    { "9276308687", 0, "the last digit does not fit the others; one of them is mistyped" },
    { "1000000060", 0, "the last digit does not fit the others; one of them is mistyped" },
    { "1000000069", 0, "the last digit does not fit the others; one of them is mistyped" },
    { "123456789", 0, "a ULN has 10 digits" },
    { "12345678990", 0, "a ULN has 10 digits" },
    { "123456789x", 0, "a ULN has 10 digits" },
};

static void a_uln_is_judged_by_its_last_digit(void **state)
{
    char reason[UPN_REASON_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(ulns); i++) {
        CHECK_INT(ulns[i].uln, uln_check(ulns[i].uln, reason), ulns[i].right);
        CHECK_TEXT(ulns[i].uln, reason, ulns[i].reason);
    }
}

TESTS(TEST(a_upn_is_judged_by_its_letters), TEST(an_unknown_authority_is_a_question_of_its_own),
        TEST(a_upn_typed_by_hand_is_tidied), TEST(made_numbers_are_right),
        TEST(a_uln_is_judged_by_its_last_digit))
