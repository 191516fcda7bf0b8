#include "england.h"

static void every_scale_says_where_its_figures_come_from(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (int i = 0; i < fw->scale_n; i++)
        CHECK_TRUE(fw->scales[i].code, strlen(fw->scales[i].source) > 10);
    for (int i = 0; i < fw->boundary_set_n; i++)
        CHECK_TRUE("boundaries", strlen(fw->boundary_sets[i].source) > 10);
    for (int i = 0; i < fw->measure_n; i++)
        CHECK_TRUE(fw->measures[i].id, strlen(fw->measures[i].source) > 10);
    arena_free(&arena);
}

/* All of exchange 1.7, then names that files use. */
static const char *const subjects[] = { "ENG", "MAT", "SCI", "ART", "DAT", "GEO", "HIS", "ICT",
    "MFL", "MUS", "PED", "PSH", "CYM", "WEL", "ARA", "BEN", "CHI", "DAN", "DUT", "FIN", "FRE",
    "GER", "GRE", "GUJ", "HEB", "ITA", "JAP", "PAN", "POR", "RUS", "SPA", "SWE", "TUR", "URD",
    "GAE", "PSE", "CLL", "KUW", "PHY", "CRE", "FSP", "PHO", "COM", "LIT", "UTW", "EXP", "REA",
    "WRI", "REL", "CIT" };

static const struct {
    const char *name, *code;
} names[] = { { "Maths", "MAT" }, { "mathematics", "MAT" }, { "English", "ENG" },
    { "English Literature", "ENL" }, { "D&T", "DAT" }, { "D & T", "DAT" }, { "RE", "REL" },
    { "R E", "REL" }, { "Religious Studies", "REL" }, { "PE", "PED" }, { "Reading", "REA" },
    { "BTEC Sport", "BT-SPO" }, { "Double science", "SCD" }, { "Drama", "DRA" },
    { "Media studies", "MED" }, { "Business", "BUS" } };

static void subjects_are_known_by_code_and_by_name(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(subjects); i++) {
        int subject = framework_subject(fw, subjects[i]);

        CHECK_TRUE(subjects[i], subject >= 0);
        CHECK_TEXT(subjects[i], fw->subjects[subject].code, subjects[i]);
        CHECK_INT(subjects[i], fw->subjects[subject].order, subject);
    }
    for (size_t i = 0; i < COUNT(names); i++) {
        int subject = framework_subject(fw, names[i].name);

        CHECK_TRUE(names[i].name, subject >= 0);
        CHECK_TEXT(names[i].name, fw->subjects[subject].code, names[i].code);
    }
    CHECK_TRUE("core", fw->subjects[framework_subject(fw, "MAT")].core);
    CHECK_TRUE("not core", !fw->subjects[framework_subject(fw, "ART")].core);
    arena_free(&arena);
}

static void english_is_derived_from_reading_and_writing(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    CHECK_INT("one", fw->derived_n, 1);
    CHECK_INT("English", fw->derived[0].subject, framework_subject(fw, "ENG"));
    CHECK_INT("two parts", fw->derived[0].from_n, 2);
    CHECK_INT("reading", fw->derived[0].from[0], framework_subject(fw, "REA"));
    CHECK_INT("writing", fw->derived[0].from[1], framework_subject(fw, "WRI"));
    arena_free(&arena);
}

static const struct {
    const char *code;
    int first, last;
    const char *previous, *second;
    bool trajectory;
    enum judged_by judged_by;
    bool whole;
} stages[] = {
    { "FSP", -2, 0, NULL, NULL, false, JUDGE_ASSESSMENT, true },
    { "KS1", 1, 2, "FSP", NULL, true, JUDGE_ASSESSMENT, true },
    { "KS2", 3, 6, "KS1", NULL, true, JUDGE_ASSESSMENT, true },
    { "KS3", 7, 9, "KS2", NULL, true, JUDGE_ASSESSMENT, true },
    { "KS4", 10, 11, "KS2", "KS3", false, JUDGE_LIKELY, true },
    { "KS5", 12, 13, "KS4", NULL, false, JUDGE_LIKELY, true },
    { "Y1", 1, 1, "FSP", NULL, true, JUDGE_ASSESSMENT, false },
    { "Y4", 4, 4, "KS1", NULL, true, JUDGE_ASSESSMENT, false },
    { "Y9", 9, 9, "KS2", NULL, true, JUDGE_ASSESSMENT, false },
    { "Y10", 10, 10, "KS2", "KS3", false, JUDGE_LIKELY, false },
    { "Y13", 13, 13, "KS4", NULL, false, JUDGE_LIKELY, false },
};

static void stages_have_their_years_and_prior_attainment(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(stages); i++) {
        const struct stage *stage = &fw->stages[framework_stage(fw, stages[i].code)];

        CHECK_INT(stages[i].code, stage->first_year, stages[i].first);
        CHECK_INT(stages[i].code, stage->last_year, stages[i].last);
        CHECK_INT(stages[i].code, stage->previous[0], framework_stage(fw, stages[i].previous));
        CHECK_INT(stages[i].code, stage->previous[1], framework_stage(fw, stages[i].second));
        CHECK_INT(stages[i].code, stage->trajectory, stages[i].trajectory);
        CHECK_INT(stages[i].code, stage->judged_by, stages[i].judged_by);
        CHECK_INT(stages[i].code, stage->whole, stages[i].whole);
    }
    CHECK_INT("all of them", fw->stage_n, 6 + 13);
    CHECK_INT("Year 5", framework_stage_of_year(fw, 5), framework_stage(fw, "KS2"));
    CHECK_INT("reception", framework_stage_of_year(fw, 0), framework_stage(fw, "FSP"));
    CHECK_INT("Year 14", framework_stage_of_year(fw, 14), -1);
    arena_free(&arena);
}

static const struct {
    const char *id, *stage;
    int first, last, at_least;
    enum measure_kind kind;
    const char *subject;
    int subject_n, with_n, without_n;
    bool everybody, trajectory;
} measures[] = {
    { "ks1-l2-rea", "KS1", 1, 2, 2, MEASURE_THRESHOLD, "REA", 1, 0, 0, false, false },
    { "ks1-l2-wri", "KS1", 1, 2, 2, MEASURE_THRESHOLD, "WRI", 1, 0, 0, false, false },
    { "ks1-l2-mat", "KS1", 1, 2, 2, MEASURE_THRESHOLD, "MAT", 1, 0, 0, false, false },
    { "y4-l3-rea", "Y4", 3, 4, 3, MEASURE_THRESHOLD, "REA", 1, 0, 0, false, true },
    { "y4-l3-wri", "Y4", 3, 4, 3, MEASURE_THRESHOLD, "WRI", 1, 0, 0, false, true },
    { "y4-l3-eng", "Y4", 3, 4, 3, MEASURE_THRESHOLD, "ENG", 1, 0, 0, false, true },
    { "y4-l3-mat", "Y4", 3, 4, 3, MEASURE_THRESHOLD, "MAT", 1, 0, 0, false, true },
    { "y4-l3-eng-mat", "Y4", 3, 4, 3, MEASURE_THRESHOLD, "ENG", 2, 0, 0, false, true },
    { "y4-l3-sci", "Y4", 3, 4, 3, MEASURE_THRESHOLD, "SCI", 1, 0, 0, false, true },
    { "ks2-l4-rea", "KS2", 5, 6, 4, MEASURE_THRESHOLD, "REA", 1, 0, 0, false, false },
    { "ks2-l4-wri", "KS2", 5, 6, 4, MEASURE_THRESHOLD, "WRI", 1, 0, 0, false, false },
    { "ks2-l4-eng", "KS2", 5, 6, 4, MEASURE_THRESHOLD, "ENG", 1, 0, 0, false, false },
    { "ks2-l4-mat", "KS2", 5, 6, 4, MEASURE_THRESHOLD, "MAT", 1, 0, 0, false, false },
    { "ks2-l4-eng-mat", "KS2", 5, 6, 4, MEASURE_THRESHOLD, "ENG", 2, 0, 0, false, false },
    { "ks2-l4-sci", "KS2", 5, 6, 4, MEASURE_THRESHOLD, "SCI", 1, 0, 0, false, false },
    { "ks2-l5-rea", "KS2", 5, 6, 5, MEASURE_THRESHOLD, "REA", 1, 0, 0, false, false },
    { "ks2-l5-wri", "KS2", 5, 6, 5, MEASURE_THRESHOLD, "WRI", 1, 0, 0, false, false },
    { "ks2-l5-eng", "KS2", 5, 6, 5, MEASURE_THRESHOLD, "ENG", 1, 0, 0, false, false },
    { "ks2-l5-mat", "KS2", 5, 6, 5, MEASURE_THRESHOLD, "MAT", 1, 0, 0, false, false },
    { "ks2-l5-eng-mat", "KS2", 5, 6, 5, MEASURE_THRESHOLD, "ENG", 2, 0, 0, false, false },
    { "ks2-l5-sci", "KS2", 5, 6, 5, MEASURE_THRESHOLD, "SCI", 1, 0, 0, false, false },
    { "ks2-2lp-eng", "KS2", 5, 6, 2, MEASURE_PROGRESS, "ENG", 1, 0, 0, false, false },
    { "ks2-2lp-mat", "KS2", 5, 6, 2, MEASURE_PROGRESS, "MAT", 1, 0, 0, false, false },
    { "ks2-2lp-sci", "KS2", 5, 6, 2, MEASURE_PROGRESS, "SCI", 1, 0, 0, false, false },
    { "ks3-l5-eng", "KS3", 7, 9, 5, MEASURE_THRESHOLD, "ENG", 1, 0, 0, false, false },
    { "ks3-l5-mat", "KS3", 7, 9, 5, MEASURE_THRESHOLD, "MAT", 1, 0, 0, false, false },
    { "ks3-l5-sci", "KS3", 7, 9, 5, MEASURE_THRESHOLD, "SCI", 1, 0, 0, false, false },
    { "ks3-l5-ict", "KS3", 7, 9, 5, MEASURE_THRESHOLD, "ICT", 1, 0, 0, false, false },
    { "ks3-l5-eng-mat", "KS3", 7, 9, 5, MEASURE_THRESHOLD, "ENG", 2, 0, 0, false, false },
    { "ks3-l5-eng-mat-sci", "KS3", 7, 9, 5, MEASURE_THRESHOLD, "ENG", 3, 0, 0, false, false },
    { "ks3-l6-eng", "KS3", 7, 9, 6, MEASURE_THRESHOLD, "ENG", 1, 0, 0, false, false },
    { "ks3-l6-mat", "KS3", 7, 9, 6, MEASURE_THRESHOLD, "MAT", 1, 0, 0, false, false },
    { "ks3-l6-sci", "KS3", 7, 9, 6, MEASURE_THRESHOLD, "SCI", 1, 0, 0, false, false },
    { "ks3-2lp-eng", "KS3", 7, 9, 2, MEASURE_PROGRESS, "ENG", 1, 0, 0, false, false },
    { "ks3-2lp-mat", "KS3", 7, 9, 2, MEASURE_PROGRESS, "MAT", 1, 0, 0, false, false },
    { "ks3-2lp-sci", "KS3", 7, 9, 2, MEASURE_PROGRESS, "SCI", 1, 0, 0, false, false },
    { "ks4-2lp-eng", "KS4", 10, 11, 2, MEASURE_PROGRESS, "ENG", 1, 0, 0, false, false },
    { "ks4-2lp-mat", "KS4", 10, 11, 2, MEASURE_PROGRESS, "MAT", 1, 0, 0, false, false },
    { "ks4-3lp-eng", "KS4", 10, 11, 3, MEASURE_PROGRESS, "ENG", 1, 0, 0, true, false },
    { "ks4-3lp-mat", "KS4", 10, 11, 3, MEASURE_PROGRESS, "MAT", 1, 0, 0, true, false },
    { "ks4-5ac", "KS4", 7, 11, 5, MEASURE_AWARDS, NULL, 0, 0, 0, true, false },
    { "ks4-5ac-em", "KS4", 7, 11, 5, MEASURE_AWARDS, NULL, 0, 2, 0, true, false },
    { "ks4-5ac-e", "KS4", 7, 11, 5, MEASURE_AWARDS, NULL, 0, 1, 1, true, false },
    { "ks4-5ac-m", "KS4", 7, 11, 5, MEASURE_AWARDS, NULL, 0, 1, 1, true, false },
};

static void measures_are_those_of_the_contract(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(measures); i++) {
        int found = framework_measure(fw, measures[i].id);
        const struct measure *m;

        CHECK_TRUE(measures[i].id, found >= 0);
        m = &fw->measures[found];
        CHECK_INT(measures[i].id, m->kind, measures[i].kind);
        CHECK_INT(measures[i].id, m->stage, framework_stage(fw, measures[i].stage));
        CHECK_INT(measures[i].id, m->first_year, measures[i].first);
        CHECK_INT(measures[i].id, m->last_year, measures[i].last);
        CHECK_INT(measures[i].id, m->at_least, measures[i].at_least);
        CHECK_INT(measures[i].id, m->subject_n, measures[i].subject_n);
        if (m->subject_n > 0)
            CHECK_INT(measures[i].id, m->subjects[0],
                    framework_subject(fw, measures[i].subject));
        CHECK_INT(measures[i].id, m->with_n, measures[i].with_n);
        CHECK_INT(measures[i].id, m->without_n, measures[i].without_n);
        CHECK_INT(measures[i].id, m->everybody, measures[i].everybody);
        CHECK_INT(measures[i].id, m->trajectory, measures[i].trajectory);
    }
    CHECK_INT("and no others", fw->measure_n, COUNT(measures));
    {
        const struct measure *em = &fw->measures[framework_measure(fw, "ks4-5ac-em")];
        const struct measure *two = &fw->measures[framework_measure(fw, "ks4-2lp-mat")];
        const struct measure *three = &fw->measures[framework_measure(fw, "ks4-3lp-mat")];

        CHECK_INT("the national target of 2011", em->national_target, 53000);
        CHECK_INT("the floor", em->floor, 30000);
        CHECK_INT("two levels are from Key Stage 3", two->from, framework_stage(fw, "KS3"));
        CHECK_INT("three from Key Stage 2", three->from, framework_stage(fw, "KS2"));
        CHECK_INT("else from the stage before",
                fw->measures[framework_measure(fw, "ks2-2lp-mat")].from, -1);
    }
    CHECK_TEXT("label", fw->measures[framework_measure(fw, "ks2-l4-eng-mat")].label,
            "Level 4+ in English and mathematics, end of Key Stage 2");
    CHECK_INT("English, not mathematics",
            fw->measures[framework_measure(fw, "ks4-5ac-e")].without[0],
            framework_subject(fw, "MAT"));
    arena_free(&arena);
}

static void a_test_is_believed_before_a_teacher_assessment(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    CHECK_TRUE("test first", framework_source_rank(fw, "TT") < SOURCE_RANK_OTHER);
    CHECK_TRUE("assessment last", framework_source_rank(fw, "ta") > SOURCE_RANK_OTHER);
    CHECK_TRUE("in words", framework_source_rank(fw, "teacher assessment") > SOURCE_RANK_OTHER);
    CHECK_INT("others between", framework_source_rank(fw, "tracker"), SOURCE_RANK_OTHER);
    CHECK_INT("none", framework_source_rank(fw, NULL), SOURCE_RANK_OTHER);
    arena_free(&arena);
}

/* domain-numbers 1.8, KS2 mathematics: first marks of levels 2 to 5. */
static const struct {
    int year, first[4];
} mathematics[] = { { 2003, { 16, 19, 46, 76 } }, { 2004, { 17, 20, 48, 79 } },
    { 2005, { 17, 20, 48, 78 } }, { 2006, { 16, 19, 46, 78 } }, { 2007, { 16, 19, 46, 79 } },
    { 2008, { 15, 18, 45, 78 } }, { 2009, { 15, 18, 46, 77 } }, { 2010, { 15, 18, 46, 79 } },
    { 2011, { 14, 17, 45, 77 } }, { 2012, { 15, 18, 46, 79 } }, { 2013, { 15, 18, 45, 79 } },
    { 2014, { 15, 18, 46, 79 } } };

static void the_mathematics_tests_have_their_thresholds(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(mathematics); i++) {
        char row[8];

        (void)snprintf(row, sizeof(row), "%d", mathematics[i].year);
        for (int k = 0; k < 4; k++) {
            for (int below = 0; below < 2; below++) {
                struct value value = VALUE_NONE;
                struct err err = { 0 };
                int level;

                CHECK_OK(row,
                        framework_read_mark(fw, framework_stage(fw, "KS2"),
                                framework_subject(fw, "MAT"), NULL, mathematics[i].year,
                                (mathematics[i].first[k] - below) * 1000, &value, &err),
                        &err);
                level = framework_level(fw, value);
                CHECK_INT(row, level, below == 0 ? k + 2 : k == 0 ? 0 : k + 1);
            }
        }
    }
    arena_free(&arena);
}

static const struct {
    const char *scale;
    int min, max;
} ranges[] = { { "fsp", 0, 9 }, { "fsp-total", 0, 117 }, { "cat-sas", 59, 141 },
    { "wrat", 45, 155 }, { "nfer", 70, 140 }, { "stanine", 1, 9 }, { "percentile", 1, 99 },
    { "normal-score", -10, 10 }, { "nc-decimal", 1, 9 } };

static void scores_have_their_ranges(void **state)
{
    struct arena arena = { 0 };
    const struct framework *fw = england(&arena);

    (void)state;
    for (size_t i = 0; i < COUNT(ranges); i++) {
        const struct scale *scale = &fw->scales[framework_scale(fw, ranges[i].scale)];

        CHECK_INT(ranges[i].scale, scale->min, ranges[i].min * 1000);
        CHECK_INT(ranges[i].scale, scale->max, ranges[i].max * 1000);
    }
    CHECK_INT("before 2004", fw->scales[framework_scale(fw, "gcse-2003")].valid_to, 2003);
    CHECK_INT("from 2010", fw->scales[framework_scale(fw, "btec-diploma")].valid_from, 2010);
    arena_free(&arena);
}

/* The files may come in any order and, of one framework, define nothing twice. */
static void the_order_of_the_files_does_not_matter(void **state)
{
    struct arena arena = { 0 };
    struct arena plain_arena = { 0 };
    const struct framework *plain = england(&plain_arena);
    struct framework_draft *draft = framework_begin(&arena);
    const struct framework *fw = NULL;
    struct err err = { 0 };

    (void)state;
    for (size_t i = COUNT(england_files); i-- > 0;)
        CHECK_OK(england_files[i].name,
                framework_read(draft, england_files[i].name, england_files[i].bytes,
                        england_files[i].n, &err),
                &err);
    CHECK_OK("finish", framework_finish(draft, &fw, &err), &err);
    CHECK_INT("grades", fw->grade_n, plain->grade_n);
    CHECK_INT("rules", fw->rule_n, plain->rule_n);
    CHECK_TEXT("name", fw->code, "england-2008");
    arena_free(&arena);
    arena_free(&plain_arena);
}

TESTS(TEST(every_scale_says_where_its_figures_come_from),
        TEST(subjects_are_known_by_code_and_by_name),
        TEST(english_is_derived_from_reading_and_writing),
        TEST(stages_have_their_years_and_prior_attainment),
        TEST(measures_are_those_of_the_contract),
        TEST(a_test_is_believed_before_a_teacher_assessment),
        TEST(the_mathematics_tests_have_their_thresholds), TEST(scores_have_their_ranges),
        TEST(the_order_of_the_files_does_not_matter))
