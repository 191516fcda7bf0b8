#include "check.h"

#include "base/text.h"
#include "demo/gather.h"

/*
 * The pupils of the demo against the national figures of domain-numbers sections 3 and 6.
 * The tolerances are those of chance: about 1,200 pupils give a percentage within 4 points,
 * a tenth of them within 12.
 */
enum {
    SUBJECT_N = 6,
    STAGE_N = 4
};
static const char *const subjects[SUBJECT_N] = { "REA", "WRI", "ENG", "MAT", "SCI", "HIS" };
static const char *const stages[STAGE_N] = { "KS1", "KS2", "KS3", "KS4" };

/* The results of one pupil, "" where there is none. */
struct results {
    char upn[16];
    char grades[STAGE_N][SUBJECT_N][8];
    int level2; /* hundredths of the Level 2 threshold */
    bool finished;
};

/* One cell: of how many, how many, where the pupil's grade passes. */
struct cell {
    long of, count;
};

struct tallies {
    struct results now;
    struct cell ks1[3][4]; /* reading, writing, maths; 2c+, 2b+, 2a+, 3+ */
    struct cell level4[SUBJECT_N], level5[SUBJECT_N], ks3[SUBJECT_N], both;
    struct cell maths_from[6][2]; /* by KS1 maths W 1 2c 2b 2a 3; level 4+, 5+ */
    struct cell gcse[2][3][3];    /* English, maths; from 3 4 5; C+ B+ A+ */
    struct cell five, five_em;
    long up, level, down, gain[3];
    int before, before_term;
    char before_of[24];
};
static struct tallies tallies; /* large */

static void put(struct cell *cell, bool passes)
{
    cell->of++;
    cell->count += passes;
}

static int level_of(const char *grade)
{
    return grade[0] >= '1' && grade[0] <= '8' ? grade[0] - '0' : 0;
}

static int ks1_rank(const char *grade)
{
    static const char *const ranks[] = { "W", "1", "2c", "2b", "2a", "3" };

    for (int i = 0; i < (int)COUNT(ranks); i++) {
        if (text_eq(grade, ranks[i]))
            return i;
    }
    return -1;
}

/* GCSE: 0 U to 8 A*; -1 no grade. */
static int gcse_rank(const char *grade)
{
    static const char *const ranks[] = { "U", "G", "F", "E", "D", "C", "B", "A", "A*" };

    for (int i = 0; i < (int)COUNT(ranks); i++) {
        if (text_eq(grade, ranks[i]))
            return i;
    }
    return -1;
}

static void tally_ks1(const struct results *of)
{
    static const int columns[] = { 0, 1, 3 };

    for (int i = 0; i < 3; i++) {
        const char *grade = of->grades[0][columns[i]];

        for (int k = 0; k < 4 && grade[0] != '\0'; k++)
            put(&tallies.ks1[i][k], ks1_rank(grade) >= k + 2);
    }
}

static void tally_ks2(const struct results *of)
{
    const char *maths = of->grades[1][3];
    int from = ks1_rank(of->grades[0][3]);

    for (int i = 0; i < SUBJECT_N; i++) {
        const char *grade = of->grades[1][i];

        if (grade[0] == '\0' || text_eq(grade, "A"))
            continue;
        put(&tallies.level4[i], level_of(grade) >= 4);
        put(&tallies.level5[i], level_of(grade) >= 5);
    }
    if (maths[0] == '\0' || text_eq(maths, "A"))
        return;
    put(&tallies.both, level_of(maths) >= 4 && level_of(of->grades[1][2]) >= 4);
    if (from >= 0) {
        put(&tallies.maths_from[from][0], level_of(maths) >= 4);
        put(&tallies.maths_from[from][1], level_of(maths) >= 5);
    }
}

static void tally_later(const struct results *of)
{
    static const int columns[] = { 2, 3 };

    for (int i = 0; i < SUBJECT_N; i++) {
        if (of->grades[2][i][0] != '\0')
            put(&tallies.ks3[i], level_of(of->grades[2][i]) >= 5);
    }
    for (int i = 0; i < 2; i++) {
        int from = level_of(of->grades[1][columns[i]]);
        int grade = gcse_rank(of->grades[3][columns[i]]);

        for (int k = 0; k < 3 && from >= 3 && from <= 5 && grade >= 0; k++)
            put(&tallies.gcse[i][from - 3][k], grade >= 5 + k);
    }
    if (!of->finished)
        return;
    put(&tallies.five, of->level2 >= 100);
    put(&tallies.five_em, of->level2 >= 100 && gcse_rank(of->grades[3][2]) >= 5 &&
                                  gcse_rank(of->grades[3][3]) >= 5);
}

static void tally_pupil(const struct results *of)
{
    tally_ks1(of);
    tally_ks2(of);
    tally_later(of);
}

/* What a GCSE, a short course or an award of two GCSEs adds to the threshold. */
static int level2_share(const struct result_record *result)
{
    bool award =
            strncmp(result->subject, "BT-", 3) == 0 || strncmp(result->subject, "OC-", 3) == 0;

    if (award)
        return text_eq(result->grade, "U") ? 0 : 40;
    if (strncmp(result->subject, "EL-", 3) == 0 || gcse_rank(result->grade) < 5)
        return 0;
    return text_eq(result->subject, "REL-S") ? 10 : 20;
}

static void take_result(struct results *of, const struct result_record *result)
{
    for (int stage = 0; stage < STAGE_N; stage++) {
        if (!text_eq(result->stage, stages[stage]))
            continue;
        for (int i = 0; i < SUBJECT_N; i++) {
            bool stands = of->grades[stage][i][0] != '\0';

            /* A test is given after the assessment of the same stage, and counts. */
            if (text_eq(result->subject, subjects[i]) &&
                    (!stands || text_eq(result->source, "TT")))
                (void)text_copy(of->grades[stage][i], sizeof(of->grades[0][0]), result->grade);
        }
    }
    if (text_eq(result->stage, "KS4")) {
        of->finished = true;
        of->level2 += level2_share(result);
    }
}

/* How a judgement moved against the one of the term before. */
static void take_judgement(const struct result_record *result)
{
    static const char *const terms[] = { "Autumn", "Spring", "Summer" };
    int rank = level_of(result->grade) * 3 - (result->grade[0] == '\0' ? 0 : result->grade[1]);
    char of[24];
    int term = 0;

    if (level_of(result->grade) == 0 || !text_eq(result->subject, "MAT"))
        return;
    while (term < 2 && strncmp(result->review, terms[term], 6) != 0)
        term++;
    (void)snprintf(of, sizeof(of), "%s", result->upn);
    if (text_eq(of, tallies.before_of) && term == (tallies.before_term + 1) % 3) {
        tallies.up += rank > tallies.before;
        tallies.level += rank == tallies.before;
        tallies.down += rank < tallies.before;
        tallies.gain[term] += rank - tallies.before;
    }
    (void)text_copy(tallies.before_of, sizeof(tallies.before_of), of);
    tallies.before = rank;
    tallies.before_term = term;
}

static enum err_code on_result(void *data, const struct result_record *result, struct err *err)
{
    (void)data;
    (void)err;
    if (!text_eq(result->upn, tallies.now.upn)) {
        tally_pupil(&tallies.now);
        memset(&tallies.now, 0, sizeof(tallies.now));
        (void)text_copy(tallies.now.upn, sizeof(tallies.now.upn), result->upn);
    }
    if (text_eq(result->kind, "result"))
        take_result(&tallies.now, result);
    if (text_eq(result->kind, "assessment") && text_eq(result->stage, "KS2"))
        take_judgement(result);
    return ERR_OK;
}

static int gather(void **state)
{
    struct demo demo = gather_demo(DEMO_MAIN, "2026-03-27");
    struct sink sink = { .on_result = on_result };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("results", demo_results(&demo, &sink, &err), &err);
    tally_pupil(&tallies.now);
    return 0;
}

/* Within `tolerance` points of `want` per cent. */
static void check_percent(const char *row, struct cell cell, int want, int tolerance)
{
    long tenths = cell.of == 0 ? -1000 : cell.count * 1000 / cell.of;

    if (tenths >= (want - tolerance) * 10 && tenths <= (want + tolerance) * 10)
        return;
    print_error("%s: %ld of %ld is %ld.%ld%%, not %d%% give or take %d\n", row, cell.count,
            cell.of, tenths / 10, tenths % 10, want, tolerance);
    fail();
}

static void key_stage_1_is_as_in_2007(void **state)
{
    (void)state;
    check_percent("reading 2+", tallies.ks1[0][0], 84, 4);
    check_percent("reading 2b+", tallies.ks1[0][1], 71, 4);
    check_percent("reading 2a+", tallies.ks1[0][2], 50, 4);
    check_percent("reading 3+", tallies.ks1[0][3], 26, 4);
    check_percent("writing 2+", tallies.ks1[1][0], 80, 4);
    check_percent("writing 2b+", tallies.ks1[1][1], 60, 4);
    check_percent("writing 2a+", tallies.ks1[1][2], 32, 4);
    check_percent("writing 3+", tallies.ks1[1][3], 13, 4);
}

static void key_stage_2_is_as_in_2008(void **state)
{
    (void)state;
    check_percent("reading 4+", tallies.level4[0], 87, 5);
    check_percent("reading 5+", tallies.level5[0], 49, 6);
    check_percent("writing 4+", tallies.level4[1], 68, 5);
    check_percent("writing 5+", tallies.level5[1], 20, 5);
    check_percent("English 4+", tallies.level4[2], 81, 5);
    check_percent("English 5+", tallies.level5[2], 30, 6);
    check_percent("maths 4+", tallies.level4[3], 79, 5);
    check_percent("maths 5+", tallies.level5[3], 31, 6);
    check_percent("science 4+", tallies.level4[4], 88, 5);
    check_percent("science 5+", tallies.level5[4], 44, 6);
    check_percent("English and maths 4+", tallies.both, 73, 6);
}

/* domain-numbers 3.1. */
static void the_chances_from_key_stage_1_are_the_national_ones(void **state)
{
    static const struct {
        const char *row;
        int level4, level5, tolerance;
    } rows[] = { { "W", 7, 0, 12 }, { "1", 21, 1, 12 }, { "2c", 52, 2, 10 },
        { "2b", 81, 11, 8 }, { "2a", 95, 32, 8 }, { "3", 99, 75, 8 } };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        check_percent(rows[i].row, tallies.maths_from[i][0], rows[i].level4, rows[i].tolerance);
        check_percent(rows[i].row, tallies.maths_from[i][1], rows[i].level5, rows[i].tolerance);
    }
}

static void key_stage_3_is_as_in_2006_to_2008(void **state)
{
    (void)state;
    check_percent("English 5+", tallies.ks3[2], 74, 7);
    check_percent("maths 5+", tallies.ks3[3], 77, 7);
    check_percent("science 5+", tallies.ks3[4], 72, 7);
}

/* domain-numbers 3.3. */
static void the_chances_from_key_stage_2_are_the_national_ones(void **state)
{
    static const int want[2][3][3] = { { { 16, 3, 1 }, { 65, 26, 5 }, { 95, 78, 42 } },
        { { 13, 2, 0 }, { 60, 21, 5 }, { 94, 74, 43 } } };
    static const char *const rows[2][3] = { { "English from 3", "English from 4",
                                                    "English from 5" },
        { "maths from 3", "maths from 4", "maths from 5" } };

    (void)state;
    for (int i = 0; i < 2; i++) {
        for (int from = 0; from < 3; from++) {
            for (int k = 0; k < 3; k++)
                check_percent(rows[i][from], tallies.gcse[i][from][k], want[i][from][k], 11);
        }
    }
}

static void five_good_grades_are_as_common_as_in_2008(void **state)
{
    (void)state;
    check_percent("5+ A*-C", tallies.five, 65, 7);
    check_percent("with English and maths", tallies.five_em, 48, 6);
}

/* domain-numbers 1.6: plateaus and regressions are common, most progress comes in summer,
   least in autumn. */
static void progress_is_no_straight_line(void **state)
{
    long all = tallies.up + tallies.level + tallies.down;

    (void)state;
    CHECK_TRUE("enough", all > 3000);
    CHECK_TRUE("some fall back", tallies.down * 100 > all * 4);
    CHECK_TRUE("most do not", tallies.down * 100 < all * 25);
    CHECK_TRUE("many stand", tallies.level * 100 > all * 25);
    CHECK_TRUE("many rise", tallies.up * 100 > all * 30);
    CHECK_TRUE("more in spring than in autumn", tallies.gain[1] > tallies.gain[0]);
    CHECK_TRUE("most in summer", tallies.gain[2] > tallies.gain[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(key_stage_1_is_as_in_2007),
        TEST(key_stage_2_is_as_in_2008),
        TEST(the_chances_from_key_stage_1_are_the_national_ones),
        TEST(key_stage_3_is_as_in_2006_to_2008),
        TEST(the_chances_from_key_stage_2_are_the_national_ones),
        TEST(five_good_grades_are_as_common_as_in_2008),
        TEST(progress_is_no_straight_line),
    };

    return cmocka_run_group_tests(tests, gather, NULL);
}
