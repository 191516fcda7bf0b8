#include "base/attr.h"
#include "demo/learning_in.h"

/*
 * Each row is cumulative, in thousandths: how many reach the first outcome or better, the
 * second or better ... A share of 0 draws the worst outcome, SHARE_ALL the best.
 */
enum {
    OUTCOMES = 8,
    PERMILLE = SHARE_ALL / 1000
};

struct row {
    int16_t reach[OUTCOMES];
};

/* How many of `n` outcomes are reached, and how far up its band (0 to 999) the draw lies. */
static int pick(const struct row *row, int n, int32_t share, int *ret_within)
{
    int32_t from_top = SHARE_ALL - 1 - share;
    int32_t upper = SHARE_ALL;
    int32_t lower = 0;
    int reached = 0;

    while (reached < n && from_top < row->reach[reached] * PERMILLE)
        reached++;
    if (reached > 0)
        upper = row->reach[reached - 1] * PERMILLE;
    if (reached < n)
        lower = row->reach[reached] * PERMILLE;
    *ret_within =
            upper > lower ? (int)((int64_t)(upper - from_top) * 999 / (upper - lower)) : 0;
    return reached;
}

/* c, b or a of a level: most stand low in the level they have just reached. */
static int sub_level(int level, int within)
{
    int third = within < 370 ? 0 : within < 710 ? 1 : 2;

    return 3 * level - 2 + third;
}

/*
 * Level 1, 2c, 2b, 2a, 3 or better. Reading and writing: national, 2007 (2A+ 2007), DCSF
 * key stage 1 statistics. Mathematics and science: of the usual size, not from a source.
 */
static const struct row ks1_reading = { { 970, 840, 710, 500, 260 } };
static const struct row ks1_writing = { { 960, 800, 600, 320, 130 } };
static const struct row ks1_other = { { 980, 900, 740, 480, 210 } };

int chances_ks1(enum subject_id subject, int32_t share)
{
    static const int steps[] = { STEP_W, 2, 4, STEP_2B, 6, STEP_3B };
    const struct row *row = subject == S_REA   ? &ks1_reading
                            : subject == S_WRI ? &ks1_writing
                                               : &ks1_other;
    int within;

    return steps[pick(row, 5, share, &within)];
}

/* Rows by the Key Stage 1 result: W, 1, 2c, 2b, 2a, 3; columns: level 2, 3, 4, 5 or better. */
enum {
    KS1_ROWS = 6
};
/* Levels 4 and 5: national chances, report of July 2009. The rest from the totals. */
static const struct row ks2_maths[KS1_ROWS] = { { { 700, 400, 70, 0 } },
    { { 970, 800, 210, 10 } }, { { 1000, 970, 520, 20 } }, { { 1000, 995, 810, 110 } },
    { { 1000, 999, 950, 320 } }, { { 1000, 1000, 990, 750 } } };
/* Chosen so that the national totals of 2008 come out: reading 87 and 49%, writing 68 and 20%,
   science 88 and 44% at levels 4 and 5. */
static const struct row ks2_reading[KS1_ROWS] = { { { 700, 450, 150, 0 } },
    { { 970, 880, 530, 30 } }, { { 1000, 980, 820, 150 } }, { { 1000, 997, 940, 340 } },
    { { 1000, 1000, 990, 620 } }, { { 1000, 1000, 1000, 900 } } };
static const struct row ks2_writing[KS1_ROWS] = { { { 700, 350, 40, 0 } },
    { { 970, 850, 240, 5 } }, { { 1000, 960, 520, 20 } }, { { 1000, 990, 820, 100 } },
    { { 1000, 999, 950, 320 } }, { { 1000, 1000, 990, 750 } } };
static const struct row ks2_science[KS1_ROWS] = { { { 700, 500, 150, 0 } },
    { { 980, 920, 480, 40 } }, { { 1000, 990, 790, 120 } }, { { 1000, 998, 930, 330 } },
    { { 1000, 1000, 985, 560 } }, { { 1000, 1000, 998, 850 } } };

static int ks1_row(int step)
{
    if (step <= STEP_W)
        return 0;
    if (step < 4)
        return 1;
    return step > 6 ? 5 : step - 2;
}

int chances_ks2(enum subject_id subject, int ks1_step, int32_t share)
{
    const struct row *rows = subject == S_REA   ? ks2_reading
                             : subject == S_WRI ? ks2_writing
                             : subject == S_SCI ? ks2_science
                                                : ks2_maths;
    int within;
    int level = 1 + pick(&rows[ks1_row(ks1_step)], 4, share, &within);

    return level == 1 ? 2 : sub_level(level, within);
}

/* Rows by the Key Stage 2 level: 2 and below, 3, 4, 5. */
enum {
    KS2_ROWS = 4
};

static int ks2_row(int step)
{
    int level = step_level(step);

    return level <= 2 ? 0 : level >= 5 ? 3 : level - 2;
}

/*
 * The draw of somebody at c of a level moved down, at a moved up: most in the middle of the
 * distribution, not at all at its ends, so that over a level the chances stay as they are.
 */
enum {
    SUB_LEVEL_WORTH = 50
}; /* hundredths of the way to the end of the distribution */

static int32_t shifted(int step, int32_t share)
{
    int64_t most = (int64_t)share * (SHARE_ALL - share) / SHARE_ALL;
    int32_t move = (int32_t)(most * SUB_LEVEL_WORTH / 100);

    if (step <= STEP_W || step % 3 == 2)
        return share;
    return step % 3 == 0 ? share + move : share - move;
}

/*
 * Level 3, 4 ... 8 or better. That a pupil stays at or below the level of Key Stage 2:
 * national, the tests of 2006. The rest from the totals at levels 5 and 6.
 */
static const struct row ks3_english[KS2_ROWS] = { { { 750, 300, 40, 0, 0, 0 } },
    { { 990, 810, 260, 20, 0, 0 } }, { { 1000, 990, 870, 300, 30, 0 } },
    { { 1000, 1000, 995, 820, 320, 0 } } };
static const struct row ks3_maths[KS2_ROWS] = { { { 780, 320, 50, 0, 0, 0 } },
    { { 995, 910, 420, 60, 0, 0 } }, { { 1000, 995, 940, 480, 80, 5 } },
    { { 1000, 1000, 1000, 980, 740, 220 } } };
static const struct row ks3_science[KS2_ROWS] = { { { 750, 250, 30, 0, 0, 0 } },
    { { 990, 670, 200, 20, 0, 0 } }, { { 1000, 990, 730, 240, 20, 0 } },
    { { 1000, 1000, 990, 810, 300, 10 } } };

int chances_ks3(enum subject_id subject, int ks2_step, int32_t share)
{
    const struct row *rows = subject == S_MAT   ? ks3_maths
                             : subject == S_SCI ? ks3_science
                                                : ks3_english;
    int within;
    int level = 2 + pick(&rows[ks2_row(ks2_step)], 6, shifted(ks2_step, share), &within);

    return sub_level(level, within);
}

/*
 * G, F, E, D, C, B, A, A* or better. National 2008: the chances of C, of A, and of three and
 * four levels of progress by Key Stage 2 level; the rest interpolated.
 */
static const struct row ks4_english[KS2_ROWS] = { { { 880, 750, 530, 200, 30, 5, 0, 0 } },
    { { 960, 910, 780, 490, 160, 30, 5, 0 } }, { { 995, 990, 970, 900, 650, 260, 50, 5 } },
    { { 999, 998, 995, 990, 950, 780, 420, 120 } } };
static const struct row ks4_maths[KS2_ROWS] = { { { 780, 520, 260, 80, 10, 0, 0, 0 } },
    { { 950, 860, 660, 350, 130, 20, 3, 0 } }, { { 994, 985, 950, 840, 600, 210, 50, 5 } },
    { { 999, 998, 996, 990, 940, 740, 430, 140 } } };

int chances_ks4(enum subject_id subject, int ks2_step, int32_t share)
{
    const struct row *rows = subject == S_MAT ? ks4_maths : ks4_english;
    int within;

    return pick(&rows[ks2_row(ks2_step)], OUTCOMES, shifted(ks2_step, share), &within);
}
