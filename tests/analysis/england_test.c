/*
 * The framework that ships, reckoned with: what analysis needs of its data beyond points.
 */
#include "analysis/builder.h"
#include "analysis/cut.h"
#include "analysis/measure.h"

static const struct framework *england_2008(struct arena *into)
{
    static const char *const names[] = { "levels", "scores", "awards", "subjects", "stages",
        "boundaries", "measures" };
    static char bytes[1 << 18];
    struct framework_draft *draft = framework_begin(into);
    const struct framework *found = NULL;
    struct err err = { 0 };

    for (size_t i = 0; i < COUNT(names); i++) {
        char path[400];
        FILE *file;
        size_t n;

        (void)snprintf(path, sizeof(path), "%s/data/frameworks/england-2008/%s.framework",
                ATTAIN_SOURCE_ROOT, names[i]);
        file = fopen(path, "rb");
        CHECK_TRUE(path, file != NULL);
        n = fread(bytes, 1, sizeof(bytes), file);
        (void)fclose(file);
        CHECK_OK(path, framework_read(draft, path, bytes, n, &err), &err);
    }
    CHECK_OK("england-2008", framework_finish(draft, &found, &err), &err);
    return found;
}

static int set_up(void **state)
{
    (void)state;
    pupil_n = 0;
    fw = england_2008(&arena);
    return 0;
}

/* The years that the 2008 guidance's summaries name (D.3). */
static void every_year_has_the_horizon_its_summaries_ask_for(void **state)
{
    static const struct {
        int year;
        const char *stage;
    } years[] = { { 2, "Y2" }, { 3, "Y4" }, { 4, "Y4" }, { 5, "Y5" }, { 6, "Y6" }, { 7, "KS4" },
        { 9, "KS4" }, { 10, "Y10" }, { 11, "Y11" } };

    (void)state;
    for (size_t i = 0; i < COUNT(years); i++)
        CHECK_INT(years[i].stage,
                cohort_other_stage(fw, framework_stage_of_year(fw, years[i].year),
                        years[i].year),
                framework_stage(fw, years[i].stage));
}

static const struct {
    const char *name, *scale, *prior, *target;
    int k;
    const char *text;
} lines[] = {
    { "27 March in Year 5", "nc", "2b", "4b", 8, "3a" },
    { "a tie at 20", "nc", "2b", "4b", 5, "3b" },
    { "P8 at the start", "p", "P8", "3b", 0, "P8" },
    { "6 + 15 x 2 / 12 is 8.5", "p", "P8", "3b", 2, "1b" },
    { "5 + 4 x 3 / 12 is 6", "p", "P7", "1b", 3, "P8" },
};

static void a_line_passes_from_p_levels_to_levels(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct trajectory line = trajectory_make(fw, framework_stage(fw, "KS2"), 4, 3,
                grade_of(fw, lines[i].scale, lines[i].prior), level_of(fw, lines[i].target));
        struct progress_target target = trajectory_target(fw, &line, lines[i].k, ROUND_NEAREST);
        char buffer[PROGRESS_TEXT_SIZE];

        CHECK_TEXT(lines[i].name, progress_target_text(fw, &target, buffer), lines[i].text);
    }
}

/* English 26 and mathematics 27; two levels in mathematics from 2b, in English from 2b (15). */
static void the_standard_summaries_count_a_pupil(void **state)
{
    static const struct {
        const char *measure;
        int met;
    } measures[] = { { "ks2-l4-eng", 1 }, { "ks2-l4-eng-mat", 1 }, { "ks2-l5-eng-mat", 0 },
        { "ks2-2lp-eng", 1 }, { "ks2-2lp-mat", 1 }, { "ks2-l4-sci", -1 }, { "y4-l3-mat", -1 },
        { "ks4-5ac", -1 } };

    (void)state;
    class_add(6, 11);
    class_ready();
    class_set(cohort.prior, 0, "REA", "2b");
    class_set(cohort.prior, 0, "WRI", "2b");
    class_set(cohort.prior, 0, "MAT", "2b");
    class_set(cohort.target, 0, "REA", "4b");
    class_set(cohort.target, 0, "WRI", "4c");
    class_set(cohort.target, 0, "MAT", "4b");
    cohort_derive(&cohort);
    for (size_t i = 0; i < COUNT(measures); i++)
        CHECK_INT(measures[i].measure,
                measure_of_pupil(&cohort,
                        &fw->measures[framework_measure(fw, measures[i].measure)], 0,
                        BASIS_TARGET),
                measures[i].met);
    CHECK_INT("15 points at Key Stage 1", cohort_prior_band(&cohort, 0), PRIOR_BAND_MIDDLE);
}

/*
 * The official grid of 2009 (domain-numbers 1.9): y reached, x not, - not counted. After B or N
 * the grid leaves F and G out; here they count as not reached, as after level 2.
 */
static const struct {
    const char *prior, *row; /* no grade, U, G, F, E, D, C, B, A, A* */
} grid[] = {
    { "", "xx-----yyy" },
    { "N", "xxxxyyyyyy" },
    { "2b", "xxxxyyyyyy" },
    { "3a", "xxxxxyyyyy" },
    { "4c", "xxxxxxyyyy" },
    { "5b", "xxxxxxxyyy" },
};
static const char *const gcse[] = { "", "U", "G", "F", "E", "D", "C", "B", "A", "A*" };

static char letter(int met)
{
    return met == MEASURE_MET ? 'y' : met == MEASURE_NOT_MET ? 'x' : '-';
}

static struct value prior_of(const char *text)
{
    if (text[0] == '\0')
        return VALUE_NONE;
    return text[0] == 'N' ? grade_of(fw, "nc-ks2", text) : level_of(fw, text);
}

static void three_levels_from_key_stage_2_are_those_of_the_grid(void **state)
{
    const struct measure *measure = &fw->measures[framework_measure(fw, "ks4-3lp-mat")];
    size_t cell;

    (void)state;
    class_add(11, 4);
    pupils[0].prior_stage = (int16_t)framework_stage(fw, "KS2");
    pupils[0].earlier_stage = (int16_t)framework_stage(fw, "KS3");
    class_ready();
    cell = cohort_cell(&cohort, 0,
            (size_t)cohort_column(&cohort, framework_subject(fw, "MAT")));
    for (size_t i = 0; i < COUNT(grid); i++) {
        char row[COUNT(gcse) + 1] = "";

        cohort.prior[cell] = prior_of(grid[i].prior);
        for (size_t g = 0; g < COUNT(gcse); g++) {
            cohort.target[cell] =
                    gcse[g][0] == '\0' ? VALUE_NONE : grade_of(fw, "gcse", gcse[g]);
            row[g] = letter(measure_of_pupil(&cohort, measure, 0, BASIS_TARGET));
        }
        CHECK_TEXT(grid[i].prior, row, grid[i].row);
    }
}

/* 3 to E, 4 to D, 5 to C, 6 to B, 7 to A (domain-numbers 1.9). */
static void two_levels_from_key_stage_3_use_its_own_result(void **state)
{
    static const struct {
        const char *before, *row;
    } rows[] = { { "", "----------" }, { "3b", "-xxxyyyyyy" }, { "4b", "-xxxxyyyyy" },
        { "5b", "-xxxxxyyyy" }, { "6b", "-xxxxxxyyy" }, { "7b", "-xxxxxxxyy" } };
    const struct measure *measure = &fw->measures[framework_measure(fw, "ks4-2lp-mat")];
    struct value earlier[CLASS_SUBJECTS];
    size_t cell;

    (void)state;
    class_add(11, 4);
    pupils[0].prior_stage = (int16_t)framework_stage(fw, "KS2");
    pupils[0].earlier_stage = (int16_t)framework_stage(fw, "KS3");
    class_ready();
    cell = cohort_cell(&cohort, 0,
            (size_t)cohort_column(&cohort, framework_subject(fw, "MAT")));
    cohort.prior[cell] = level_of(fw, "5b");
    cohort.target[cell] = grade_of(fw, "gcse", "A");
    CHECK_INT("the column is not there", measure_of_pupil(&cohort, measure, 0, BASIS_TARGET),
            MEASURE_NOT_COUNTED);
    cohort.earlier = earlier;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char row[COUNT(gcse) + 1] = "";

        cohort.earlier[cell] = prior_of(rows[i].before);
        for (size_t g = 0; g < COUNT(gcse); g++) {
            cohort.target[cell] =
                    gcse[g][0] == '\0' ? VALUE_NONE : grade_of(fw, "gcse", gcse[g]);
            row[g] = letter(measure_of_pupil(&cohort, measure, 0, BASIS_TARGET));
        }
        CHECK_TEXT(rows[i].before, row, rows[i].row);
    }
    pupils[0].prior_stage = (int16_t)framework_stage(fw, "KS3");
    cohort.earlier = NULL;
    cohort.prior[cell] = level_of(fw, "6b");
    cohort.target[cell] = grade_of(fw, "gcse", "C");
    CHECK_INT("a school that reckons from Key Stage 3",
            measure_of_pupil(&cohort, measure, 0, BASIS_TARGET), MEASURE_NOT_MET);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_year_has_the_horizon_its_summaries_ask_for,
                set_up, class_tear_down),
        cmocka_unit_test_setup_teardown(a_line_passes_from_p_levels_to_levels, set_up,
                class_tear_down),
        cmocka_unit_test_setup_teardown(the_standard_summaries_count_a_pupil, set_up,
                class_tear_down),
        cmocka_unit_test_setup_teardown(three_levels_from_key_stage_2_are_those_of_the_grid,
                set_up, class_tear_down),
        cmocka_unit_test_setup_teardown(two_levels_from_key_stage_3_use_its_own_result, set_up,
                class_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
