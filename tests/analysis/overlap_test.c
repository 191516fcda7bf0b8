#include "analysis/overlap.h"

#include "check.h"

static void sets_are_read_with_and_without_names(void **state)
{
    static const struct {
        const char *text;
        size_t n;
        const char *names[3], *formulas[3];
    } rows[] = {
        { "FSM; EAL", 2, { "FSM", "EAL" }, { "FSM", "EAL" } },
        { "Meals: FSM; SEN = \"S\";", 2, { "Meals", "SEN = \"S\"" }, { "FSM", "SEN = \"S\"" } },
        { " Free meals :FSM ;Odd: IN(\"a;b:c\");  Other: IN('d''e;')", 3,
                { "Free meals", "Odd", "Other" }, { "FSM", "IN(\"a;b:c\")", "IN('d''e;')" } },
        { "A\xC3\xA9:FSM;\n EAL\n", 2, { "A\xC3\xA9", "EAL" }, { "FSM", "EAL" } },
    };
    struct arena arena = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct overlap_sets sets;
        struct err err = { 0 };

        CHECK_OK(rows[i].text, overlap_read(&arena, rows[i].text, &sets, &err), &err);
        CHECK_INT(rows[i].text, sets.n, rows[i].n);
        for (size_t k = 0; k < sets.n; k++) {
            CHECK_TEXT(rows[i].text, sets.sets[k].name, rows[i].names[k]);
            CHECK_TEXT(rows[i].text, sets.sets[k].shown, rows[i].formulas[k]);
        }
    }
    arena_free(&arena);
}

/* A place in the formula is a place in the whole text, in characters and lines. */
static void a_formula_stands_where_it_was_written(void **state)
{
    struct arena arena = { 0 };
    struct overlap_sets sets;
    struct err err = { 0 };

    (void)state;
    CHECK_OK("one line", overlap_read(&arena, "\xC3\xA9: FSM; EAL", &sets, &err), &err);
    CHECK_TEXT("first", sets.sets[0].formula, "   FSM");
    CHECK_TEXT("second", sets.sets[1].formula, "        EAL");
    CHECK_OK("two lines", overlap_read(&arena, "FSM;\nB: EAL", &sets, &err), &err);
    CHECK_TEXT("second line", sets.sets[1].formula, "    \n   EAL");
    arena_free(&arena);
}

static void sets_that_cannot_be_read_are_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        { "", "an overlap needs at least two sets" },
        { "FSM", "an overlap needs at least two sets" },
        { "FSM;", "an overlap needs at least two sets" },
        { "FSM; ; EAL", "set 2: there is no formula" },
        { "FSM; Empty:; EAL", "set 2: there is no formula" },
        { ": FSM; EAL", "set 1: there is no name before the colon" },
        { "a: FSM; A: EAL", "set 2: another set has the same name" },
        { "FSM; fsm", "set 2: another set has the same name" },
        { "1;2;3;4;5;6;7", "there are more than 6 sets" },
        { "A name that goes on and on and on, well beyond what fits into a table: FSM; EAL",
                "set 1: the name is too long" },

    };
    static char longest[FORMULA_BYTES + 2];
    struct arena arena = { 0 };
    struct overlap_sets sets = { .n = 77 };
    struct err err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK_INT(rows[i].text, overlap_read(&arena, rows[i].text, &sets, &err), ERR_INVALID);
        CHECK_TEXT(rows[i].text, err.message, rows[i].message);
        CHECK_TRUE(rows[i].text, err.hint[0] != '\0');
    }
    memset(longest, ' ', FORMULA_BYTES + 1);
    CHECK_INT("too long", overlap_read(&arena, longest, &sets, &err), ERR_INVALID);
    CHECK_INT("untouched", sets.n, 77);
    /* An open quotation mark is the formula's to complain of. */
    CHECK_OK("open quotation mark", overlap_read(&arena, "FSM; \"; EAL", &sets, &err), &err);
    CHECK_INT("open quotation mark", sets.n, 2);
    arena_free(&arena);
}

/* Ten pupils by hand: yes, no and missing (y n -) in three sets. */
static void pupils_stand_in_one_region_each(void **state)
{
    static const char *const said[] = { "yyynnn-nny", "yynnyn-nny", "ynnnn-nnny" };
    static const int64_t counts[8] = { [0] = 3, [1] = 1, [2] = 1, [3] = 1, [7] = 2 };
    uint8_t answers[3][10];
    const uint8_t *const columns[] = { answers[0], answers[1], answers[2] };
    struct arena arena = { 0 };
    struct overlap overlap;
    struct err err = { 0 };

    (void)state;
    for (size_t i = 0; i < 3; i++)
        for (size_t p = 0; p < 10; p++)
            answers[i][p] = said[i][p] == 'y'   ? ANSWER_YES
                            : said[i][p] == 'n' ? ANSWER_NO
                                                : ANSWER_MISSING;
    CHECK_OK("counted", overlap_make(&arena, columns, 3, 10, &overlap, &err), &err);
    for (unsigned mask = 0; mask < 8; mask++)
        CHECK_INT("region", overlap.counts[mask], counts[mask]);
    CHECK_INT("counted", overlap.counted, 8);
    CHECK_INT("left out", overlap.left_out, 2);
    CHECK_INT("first", overlap.sizes[0], 4);
    CHECK_INT("second", overlap.sizes[1], 4);
    CHECK_INT("third", overlap.sizes[2], 2);
    CHECK_INT("without the first", overlap.without[0], 1);
    CHECK_INT("without the second", overlap.without[1], 1);
    CHECK_INT("without the third", overlap.without[2], 1);
    CHECK_INT("pupil", overlap.region[1], 3);
    CHECK_INT("pupil left out", overlap.region[5], OVERLAP_OUT);
    arena_free(&arena);
}

/* Whether another table of counts, none negative, has the same shown counts, total and sizes
   and another count in `mask`: all tables within reach are tried. */
static bool can_differ(const struct overlap *o, const bool *hidden, unsigned mask)
{
    unsigned all = 1u << o->set_n;

    for (unsigned i = 1; i < all; i <<= 1)
        for (unsigned j = i << 1; j < all; j <<= 1) {
            unsigned corner[] = { mask, mask ^ i, mask ^ j, mask ^ i ^ j };

            if (!hidden[corner[1]] || !hidden[corner[2]] || !hidden[corner[3]])
                continue;
            if ((o->counts[corner[1]] > 0 && o->counts[corner[2]] > 0) ||
                    (o->counts[mask] > 0 && o->counts[corner[3]] > 0))
                return true;
        }
    return false;
}

static void small_regions_cannot_be_worked_out(void **state)
{
    static const struct {
        const char *row;
        size_t set_n;
        int64_t counts[8];
        int hidden_n;
    } rows[] = {
        { "nothing small", 2, { 60, 10, 20, 6 }, 0 },
        { "nobody is not small", 2, { 60, 10, 20, 0 }, 0 },
        { "two sets hide all", 2, { 60, 10, 20, 5 }, 4 },
        { "three sets hide a square", 3, { 60, 10, 20, 6, 30, 7, 3, 40 }, 4 },
        { "two small in one square", 3, { 60, 2, 20, 6, 30, 7, 3, 40 }, 6 },
        { "the cheapest square", 3, { 600, 400, 300, 8, 200, 9, 7, 1 }, 4 },
        { "no square has anybody to move", 3, { 0, 3, 0, 0, 0, 0, 0, 0 }, 8 },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct overlap o = { .set_n = rows[i].set_n };
        bool hidden[OVERLAP_REGIONS];
        int n = 0;

        for (unsigned mask = 0; mask < 8; mask++)
            o.counts[mask] = rows[i].counts[mask];
        CHECK_INT(rows[i].row, overlap_hide(&o, 5, hidden), rows[i].hidden_n > 0);
        for (unsigned mask = 0; mask < OVERLAP_REGIONS; mask++) {
            n += hidden[mask];
            if (mask < 8 && o.counts[mask] > 0 && o.counts[mask] <= 5) {
                CHECK_TRUE(rows[i].row, hidden[mask]);
                CHECK_TRUE(rows[i].row, rows[i].hidden_n == 8 || can_differ(&o, hidden, mask));
            }
        }
        CHECK_INT(rows[i].row, n, rows[i].hidden_n);
    }
}

static void regions_have_letters(void **state)
{
    static const struct {
        const char *text;
        unsigned mask;
        bool more;
        uint8_t in, out;
    } rows[] = {
        { "A", 1, false, 1, 3 },
        { "ac", 5, false, 5, 7 },
        { "A+", 1, true, 3, 2 },
        { "BC+", 6, true, 7, 3 },
        { "none", 0, false, 0, 1 },
        { "NONE", 0, false, 0, OVERLAP_OUT },
    };
    static const char *const wrong[] = { "D", "+", "A B", "A++", "@", "\xC3\x81", "[" };
    struct overlap_asked asked = { .mask = 77 };
    struct err err = { 0 };
    char letters[OVERLAP_LETTERS_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK_OK(rows[i].text, overlap_ask(rows[i].text, 3, &asked, &err), &err);
        CHECK_INT(rows[i].text, asked.mask, rows[i].mask);
        CHECK_INT(rows[i].text, asked.more, rows[i].more);
        CHECK_TRUE(rows[i].text, overlap_is_asked(asked, rows[i].in));
        CHECK_TRUE(rows[i].text, !overlap_is_asked(asked, rows[i].out));
    }
    for (size_t i = 0; i < COUNT(wrong); i++)
        CHECK_INT(wrong[i], overlap_ask(wrong[i], 3, &asked, &err), ERR_NOT_FOUND);
    CHECK_TEXT("none", overlap_letters(0, letters), "none");
    CHECK_TEXT("two", overlap_letters(9, letters), "AD");
    CHECK_TEXT("all", overlap_letters(63, letters), "ABCDEF");
    CHECK_INT("bits", overlap_bits(0x2D), 4);
}

static void memory_may_end(void **state)
{
    (void)state;
    for (long n = 0;; n++) {
        static const uint8_t none[4];
        const uint8_t *const columns[] = { none, none };
        struct arena arena = { 0 };
        struct overlap_sets sets;
        struct overlap overlap;
        struct err err = { 0 };
        enum err_code code;

        arena_fault(n, 0);
        code = overlap_read(&arena,
                "A: FSM; AVERAGE(LATEST(\"ENG\"), LATEST(\"MAT\"), LATEST(\"SCI\")) < 21; EAL",
                &sets, &err);
        if (code == ERR_OK)
            code = overlap_make(&arena, columns, 2, 4, &overlap, &err);
        arena_free(&arena);
        if (!arena_fault_fired()) {
            CHECK_OK("unharmed", code, &err);
            CHECK_TRUE("some were made to fail", n > 3);
            break;
        }
        CHECK_INT("reported", code, ERR_MEMORY);
    }
    arena_fault(-1, 0);
}

TESTS(TEST(sets_are_read_with_and_without_names), TEST(a_formula_stands_where_it_was_written),
        TEST(sets_that_cannot_be_read_are_refused), TEST(pupils_stand_in_one_region_each),
        TEST(small_regions_cannot_be_worked_out), TEST(regions_have_letters),
        TEST(memory_may_end))
