#include "analysis/cut.h"

#include "analysis/builder.h"

/* A pupil with one characteristic; what each cut makes of it. NULL: none. */
static const struct {
    const char *name;
    enum cut cut;
    const char *given, *value, *label;
} single[] = {
    { "a girl", CUT_GENDER, "F", "F", "Girls" },
    { "a boy", CUT_GENDER, "M", "M", "Boys" },
    { "neither", CUT_GENDER, "U", "U", "U" },
    { "not recorded", CUT_GENDER, NULL, "unclassified", "Not recorded" },
    { "blank", CUT_GENDER, "", "unclassified", "Not recorded" },
    { "School Action", CUT_SEN, "A", "A", "A" },
    { "no SEN is a code", CUT_SEN, "N", "N", "N" },
    { "SEN not recorded", CUT_SEN, NULL, "unclassified", "Not recorded" },
    { "free meals", CUT_FSM, "Y", "Y", "Free school meals" },
    { "free meals in a transfer file", CUT_FSM, "true", "Y", "Free school meals" },
    { "no free meals", CUT_FSM, "N", "N", "No free school meals" },
    { "meals not recorded", CUT_FSM, "", "unclassified", "Not recorded" },
    { "pupil premium", CUT_PUPIL_PREMIUM, "1", "Y", "Pupil premium" },
    { "no pupil premium", CUT_PUPIL_PREMIUM, "0", "N", "No pupil premium" },
    { "looked after", CUT_LOOKED_AFTER, "Y", "Y", "Looked after" },
    { "gifted", CUT_GIFTED, "yes", "Y", "Gifted and talented" },
    { "English", CUT_EAL, "ENG", "N", "English as first language" },
    { "believed English", CUT_EAL, "ENB", "N", "English as first language" },
    { "Urdu", CUT_EAL, "URD", "Y", "English as an additional language" },
    { "believed other", CUT_EAL, "OTB", "Y", "English as an additional language" },
    { "refused", CUT_EAL, "REF", "unclassified", "Not recorded" },
    { "not obtained", CUT_EAL, "NOT", "unclassified", "Not recorded" },
    { "pending", CUT_EAL, "ZZZ", "unclassified", "Not recorded" },
    { "no language", CUT_EAL, NULL, "unclassified", "Not recorded" },
    { "ethnicity", CUT_ETHNICITY, "WBRI", "WBRI", "WBRI" },
    { "White British", CUT_ETHNICITY_MAIN, "WBRI", "white", "White" },
    { "White and Asian", CUT_ETHNICITY_MAIN, "MWAS", "mixed", "Mixed" },
    { "Pakistani", CUT_ETHNICITY_MAIN, "APKN", "asian", "Asian" },
    { "Black Caribbean", CUT_ETHNICITY_MAIN, "BCRB", "black", "Black" },
    { "Chinese", CUT_ETHNICITY_MAIN, "CHNE", "chinese", "Chinese" },
    { "any other", CUT_ETHNICITY_MAIN, "OOTH", "other", "Any other group" },
    { "refused to say", CUT_ETHNICITY_MAIN, "REFU", "unclassified", "Not recorded" },
    { "not obtained either", CUT_ETHNICITY_MAIN, "NOBT", "unclassified", "Not recorded" },
    { "no ethnic group", CUT_ETHNICITY_MAIN, NULL, "unclassified", "Not recorded" },
    { "born in September", CUT_BIRTH_MONTH, "2015-09-30", "09", "Born in September" },
    { "born in January", CUT_BIRTH_MONTH, "2016-01-01", "01", "Born in January" },
    { "month not known", CUT_BIRTH_MONTH, NULL, "unclassified", "Not recorded" },
    { "no set", CUT_SET, NULL, NULL, NULL },
    { "no teacher", CUT_TEACHER, NULL, NULL, NULL },
    { "registration", CUT_REGISTRATION, "5B", "5B", "5B" },
    { "house", CUT_HOUSE, "Red", "Red", "Red" },
    { "born on 1 September", CUT_BIRTH_TERM, "2015-09-01", "autumn",
            "Born September to December" },
    { "born on 31 December", CUT_BIRTH_TERM, "2015-12-31", "autumn",
            "Born September to December" },
    { "born on 1 January", CUT_BIRTH_TERM, "2016-01-01", "spring", "Born January to April" },
    { "born on 30 April", CUT_BIRTH_TERM, "2016-04-30", "spring", "Born January to April" },
    { "born on 1 May", CUT_BIRTH_TERM, "2016-05-01", "summer", "Born May to August" },
    { "born on 31 August", CUT_BIRTH_TERM, "2016-08-31", "summer", "Born May to August" },
    { "no date of birth", CUT_BIRTH_TERM, NULL, "unclassified", "Not recorded" },
    { "year", CUT_YEAR, NULL, "5", "5" },
    { "no group", CUT_GROUP, NULL, NULL, NULL },
    { "no prior result", CUT_PRIOR_BAND, NULL, NULL, NULL },
    { "everybody", CUT_NONE, NULL, "", "" },
};

static void give(struct cohort_pupil *pupil, enum cut cut, const char *given)
{
    const char **const fields[CUT__MAX] = {
        [CUT_GENDER] = &pupil->sex,
        [CUT_SEN] = &pupil->sen,
        [CUT_FSM] = &pupil->fsm,
        [CUT_PUPIL_PREMIUM] = &pupil->pupil_premium,
        [CUT_EAL] = &pupil->language,
        [CUT_ETHNICITY] = &pupil->ethnicity,
        [CUT_ETHNICITY_MAIN] = &pupil->ethnicity,
        [CUT_LOOKED_AFTER] = &pupil->looked_after,
        [CUT_GIFTED] = &pupil->gifted,
        [CUT_REGISTRATION] = &pupil->registration,
        [CUT_HOUSE] = &pupil->house,
    };

    if ((cut == CUT_BIRTH_TERM || cut == CUT_BIRTH_MONTH) && given != NULL)
        CHECK_TRUE(given, date_parse_iso(given, &pupil->dob));
    else if (fields[cut] != NULL)
        *fields[cut] = given;
}

static struct cut_index index_of(enum cut cut)
{
    struct cut_index index = { 0 };
    struct err err = { 0 };

    CHECK_OK(cut_name(cut), cut_make(&arena, &cohort, cut, &index, &err), &err);
    return index;
}

static void a_characteristic_becomes_a_value(void **state)
{
    for (size_t i = 0; i < COUNT(single); i++) {
        struct cut_index index;

        class_set_up(state);
        give(class_add(5, 8), single[i].cut, single[i].given);
        class_ready();
        index = index_of(single[i].cut);
        CHECK_INT(single[i].name, index.value_n, single[i].value == NULL ? 0 : 1);
        if (single[i].value != NULL) {
            CHECK_TEXT(single[i].name, index.values[0], single[i].value);
            CHECK_TEXT(single[i].name, cut_value_label(single[i].cut, index.values[0]),
                    single[i].label);
        }
        class_tear_down(state);
    }
    class_set_up(state);
}

static void values_stand_in_the_order_they_are_read(void **state)
{
    static const char *const sexes[] = { "M", NULL, "F", "M" };
    static const int years[] = { 10, 0, 5, 11 };
    static const char *const births[] = { "2016-05-01", "2015-10-01", "2016-02-01",
        "2015-11-30" };
    struct cut_index index;

    (void)state;
    for (size_t i = 0; i < COUNT(sexes); i++) {
        struct cohort_pupil *pupil = class_add(years[i], 1);

        pupil->sex = sexes[i];
        give(pupil, CUT_BIRTH_TERM, births[i]);
    }
    class_ready();
    index = index_of(CUT_GENDER);
    CHECK_INT("three", index.value_n, 3);
    CHECK_TEXT("by code", index.values[0], "F");
    CHECK_TEXT("by code", index.values[1], "M");
    CHECK_TEXT("last", index.values[2], "unclassified");
    index = index_of(CUT_YEAR);
    CHECK_TEXT("Reception first", index.values[0], "R");
    CHECK_TEXT("5 before 10", index.values[1], "5");
    CHECK_TEXT("11 last", index.values[3], "11");
    index = index_of(CUT_BIRTH_TERM);
    CHECK_TEXT("the school year begins in autumn", index.values[0], "autumn");
    CHECK_TEXT("then spring", index.values[1], "spring");
    CHECK_TEXT("then summer", index.values[2], "summer");
}

static void an_unknown_year_group_is_unclassified(void **state)
{
    struct cut_index index;

    (void)state;
    class_add(99, 0);
    class_ready();
    index = index_of(CUT_YEAR);
    CHECK_INT("one", index.value_n, 1);
    CHECK_TEXT("unknown", index.values[0], "unclassified");
}

static void groups_may_overlap(void **state)
{
    static const char *const first[] = { "Set 1", "Choir" };
    static const char *const second[] = { "Set 1" };
    struct cut_index index;
    bool include[3];

    (void)state;
    for (int i = 0; i < 3; i++)
        class_add(5, 8);
    pupils[0].groups = first;
    pupils[0].group_n = 2;
    pupils[1].groups = second;
    pupils[1].group_n = 1;
    class_ready();
    index = index_of(CUT_GROUP);
    CHECK_INT("two groups", index.value_n, 2);
    CHECK_TEXT("by name", index.values[0], "Choir");
    CHECK_TRUE("one in both", cut_has(&index, 0, 0) && cut_has(&index, 0, 1));
    cut_include(&index, 3, 1, include);
    CHECK_TRUE("Set 1", include[0] && include[1] && !include[2]);
    cut_include(&index, 3, 0, include);
    CHECK_TRUE("Choir", include[0] && !include[1] && !include[2]);
}

static void sets_and_teachers_are_cuts_of_their_own(void **state)
{
    static const char *const sets[] = { "5 Maths 1", "5 English 2" };
    static const char *const teachers[] = { "Ms Adeyemi" };
    struct cut_index index;

    (void)state;
    class_add(5, 8);
    class_add(5, 8);
    pupils[0].sets = sets;
    pupils[0].set_n = 2;
    pupils[1].teachers = teachers;
    pupils[1].teacher_n = 1;
    class_ready();
    index = index_of(CUT_SET);
    CHECK_INT("two sets", index.value_n, 2);
    CHECK_TRUE("both of the first", cut_has(&index, 0, 0) && cut_has(&index, 0, 1));
    CHECK_TRUE("none of the second", !cut_has(&index, 1, 0) && !cut_has(&index, 1, 1));
    index = index_of(CUT_TEACHER);
    CHECK_INT("one teacher", index.value_n, 1);
    CHECK_TRUE("of the second", !cut_has(&index, 0, 0) && cut_has(&index, 1, 0));
}

/* The day is 27 March 2026, so Year 5 joined Year 3 in the school year that ended in 2024,
   Year 10 joined Year 7 in 2023. */
static const struct {
    const char *name;
    int year;
    const char *entry, *value;
} joinings[] = {
    { "Reception on", 5, "2020-09-01", "settled" },
    { "in Year 2, in March", 5, "2023-03-01", "settled" },
    { "September of Year 3", 5, "2023-09-05", "settled" },
    { "October of Year 3", 5, "2023-10-01", "mobile" },
    { "July of Year 3", 5, "2024-07-10", "settled" },
    { "June of Year 3", 5, "2024-06-30", "mobile" },
    { "September of Year 6", 6, "2025-09-30", "settled" },
    { "October of Year 6", 6, "2025-10-01", "mobile" },
    { "August before Year 6", 6, "2025-08-20", "settled" },
    { "September of Year 10", 10, "2025-09-01", "settled" },
    { "November of Year 10", 10, "2025-11-01", "mobile" },
    { "July of Year 10", 11, "2025-07-01", "mobile" },
    { "September of Year 11", 11, "2025-09-01", "mobile" },
    { "September of Year 9", 10, "2024-09-03", "settled" },
    { "January of Year 9", 10, "2025-01-06", "mobile" },
    { "January of Year 1", 2, "2025-01-06", "mobile" },
    { "September of Year 2", 2, "2025-09-02", "settled" },
    { "Reception is not looked at", 0, "2026-01-06", NULL },
    { "nor the sixth form", 12, "2026-01-06", NULL },
    { "no date of entry", 5, NULL, "unclassified" },
};

static void joining_at_an_unusual_time_is_mobility(void **state)
{
    for (size_t i = 0; i < COUNT(joinings); i++) {
        struct cut_index index;

        class_set_up(state);
        class_add(joinings[i].year, 1);
        if (joinings[i].entry != NULL)
            CHECK_TRUE(joinings[i].name, date_parse_iso(joinings[i].entry, &pupils[0].entry));
        class_ready();
        index = index_of(CUT_MOBILITY);
        CHECK_TEXT(joinings[i].name, index.value_n == 0 ? NULL : index.values[0],
                joinings[i].value);
        class_tear_down(state);
    }
    class_set_up(state);
}

static void two_cuts_give_a_value_for_each_pair(void **state)
{
    static const char *const sexes[] = { "M", "F", "F", NULL };
    static const char *const fsm[] = { "Y", "N", "Y", "N" };
    static const char *const sets[] = { "Set 1", "Set 2" };
    struct cut_index index = { 0 };
    struct err err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(sexes); i++) {
        struct cohort_pupil *pupil = class_add(5, 8);

        pupil->sex = sexes[i];
        pupil->fsm = fsm[i];
    }
    pupils[0].sets = sets;
    pupils[0].set_n = 2;
    class_ready();
    CHECK_OK("gender and meals",
            cut_make_crossed(&arena, &cohort, CUT_GENDER, CUT_FSM, &index, &err), &err);
    CHECK_TEXT("its name", index.name, "gender*fsm");
    CHECK_INT("only pairs that there are", index.value_n, 4);
    CHECK_TEXT("first by the first", index.values[0], "F*N");
    CHECK_TEXT("then by the second", index.values[1], "F*Y");
    CHECK_TEXT("boys", index.values[2], "M*Y");
    CHECK_TEXT("not recorded last", index.values[3], "unclassified*N");
    CHECK_TRUE("each in one", cut_has(&index, 0, 2) && cut_has(&index, 1, 0) &&
                                      cut_has(&index, 2, 1) && cut_has(&index, 3, 3));
    CHECK_TRUE("and no other", !cut_has(&index, 0, 1) && !cut_has(&index, 3, 0));
    CHECK_OK("sets and meals",
            cut_make_crossed(&arena, &cohort, CUT_SET, CUT_FSM, &index, &err), &err);
    CHECK_INT("a pupil of two sets has two pairs", index.value_n, 2);
    CHECK_TRUE("both", cut_has(&index, 0, 0) && cut_has(&index, 0, 1));
    CHECK_OK("one cut", cut_make_crossed(&arena, &cohort, CUT_FSM, CUT_NONE, &index, &err),
            &err);
    CHECK_TEXT("is that cut", index.name, "fsm");
}

static void pairs_read_as_words(void **state)
{
    enum cut cut = CUT_NONE;
    enum cut cross = CUT_NONE;

    (void)state;
    CHECK_TRUE("a pair", cut_parse_name("gender*fsm", &cut, &cross));
    CHECK_TRUE("both", cut == CUT_GENDER && cross == CUT_FSM);
    CHECK_TRUE("one", cut_parse_name("sen", &cut, &cross));
    CHECK_TRUE("and no other", cut == CUT_SEN && cross == CUT_NONE);
    CHECK_TRUE("unknown", !cut_parse_name("gender*shoes", &cut, &cross));
    CHECK_TRUE("unknown", !cut_parse_name("shoes*gender", &cut, &cross));
    CHECK_TEXT("in words", cut_words(&arena, "gender*fsm", "F*Y"), "Girls; Free school meals");
    CHECK_TEXT("one", cut_words(&arena, "gender", "M"), "Boys");
    CHECK_TEXT("a name stays", cut_words(&arena, "set", "7*1"), "7*1");
    CHECK_TRUE("on record", cut_is_recorded("F*Y") && cut_is_recorded("F"));
    CHECK_TRUE("not on record", !cut_is_recorded("unclassified") &&
                                        !cut_is_recorded("F*unclassified") &&
                                        !cut_is_recorded("unclassified*Y"));
}

static void a_crossing_reports_every_failed_allocation(void **state)
{
    (void)state;
    class_add(5, 8)->sex = "F";
    class_add(5, 8)->sex = "M";
    class_ready();
    for (int keep = 0; keep <= 1; keep++) {
        for (long n = 0;; n++) {
            struct arena own = { 0 };
            struct cut_index index = { .value_n = 77 };
            struct err err = { 0 };
            enum err_code code;
            int fired;

            arena_fault(n, keep);
            code = cut_make_crossed(&own, &cohort, CUT_GENDER, CUT_SEN, &index, &err);
            fired = arena_fault_fired();
            arena_fault(-1, 0);
            arena_free(&own);
            CHECK_INT("reported", code, fired ? ERR_MEMORY : ERR_OK);
            CHECK_INT("output", index.value_n, fired ? 77 : 2);
            if (!fired)
                break;
        }
    }
}

/* Means by hand; domain-numbers 7.2: Key Stage 1 12 and 18, Key Stage 2 24 and 30. */
static const struct {
    const char *name;
    int year;
    const char *reading, *writing, *english, *maths, *science;
    int32_t points;
    const char *band;
} bands[] = {
    { "2b, 1b, 3b: 15 (domain-numbers 1.1)", 5, "2b", "1b", "", "3b", "", 15000, "middle" },
    { "science is no part at Key Stage 1", 5, "2b", "1b", "", "3b", "3a", 15000, "middle" },
    { "11, 11, 11", 5, "1a", "1a", "", "1a", "", 11000, "low" },
    { "11, 11, 13: 11.667", 5, "1a", "1a", "", "2c", "", 11667, "low" },
    { "exactly 12", 4, "1a", "2c", "", "", "", 12000, "middle" },
    { "17, 17, 19: 17.667", 3, "2a", "2a", "", "3c", "", 17667, "middle" },
    { "exactly 18", 6, "2a", "3c", "", "", "", 18000, "high" },
    { "an absence is left out", 6, "2a", "Ab", "", "3c", "", 18000, "high" },
    { "one result is enough", 6, "2b", "", "", "", "", 15000, "middle" },
    { "Key Stage 2: English for its parts", 8, "5a", "5a", "4c", "4b", "4b", 26333, "middle" },
    { "Key Stage 2: 23, 23, 25: 23.667", 10, "", "", "3a", "3a", "4c", 23667, "low" },
    { "Key Stage 2: exactly 30", 11, "", "", "4a", "5c", "", 30000, "high" },
    { "nothing before", 5, "", "", "", "", "", POINTS_NONE, NULL },
    { "a stage without thresholds", 1, "2b", "2b", "", "2b", "", POINTS_NONE, NULL },
};

static void prior_attainment_makes_three_bands(void **state)
{
    for (size_t i = 0; i < COUNT(bands); i++) {
        struct cut_index index;

        class_set_up(state);
        class_add(bands[i].year, 1);
        class_ready();
        class_set(cohort.prior, 0, "REA", bands[i].reading);
        class_set(cohort.prior, 0, "WRI", bands[i].writing);
        class_set(cohort.prior, 0, "ENG", bands[i].english);
        class_set(cohort.prior, 0, "MAT", bands[i].maths);
        class_set(cohort.prior, 0, "SCI", bands[i].science);
        CHECK_INT(bands[i].name, cohort_prior_points(&cohort, 0), bands[i].points);
        index = index_of(CUT_PRIOR_BAND);
        CHECK_TEXT(bands[i].name, index.value_n == 0 ? NULL : index.values[0], bands[i].band);
        class_tear_down(state);
    }
    class_set_up(state);
}

static void a_cut_has_a_word_and_a_label(void **state)
{
    static const char *const words[] = { "gender", "sen", "fsm", "eal", "ethnicity",
        "looked-after", "prior-band", "birth-term", "group", "pupil-premium", "gifted", "year",
        "registration", "ethnicity-main", "birth-month", "mobility", "set", "teacher" };
    enum cut cut;

    (void)state;
    for (size_t i = 0; i < COUNT(words); i++) {
        CHECK_TRUE(words[i], cut_parse(words[i], &cut));
        CHECK_TEXT(words[i], cut_name(cut), words[i]);
        CHECK_TRUE(words[i], cut_label(cut)[0] != '\0');
    }
    CHECK_TRUE("unknown", !cut_parse("shoe-size", &cut));
    CHECK_TRUE("everybody is no word", !cut_parse("", &cut));
}

static void a_cut_of_nobody_is_empty(void **state)
{
    struct cut_index index;

    (void)state;
    class_ready();
    index = index_of(CUT_GROUP);
    CHECK_INT("no values", index.value_n, 0);
}

static void a_cut_reports_every_failed_allocation(void **state)
{
    (void)state;
    class_add(5, 8)->sex = "F";
    class_add(5, 8)->sex = "M";
    class_ready();
    for (int keep = 0; keep <= 1; keep++) {
        long n = 0;

        for (;; n++) {
            struct arena own = { 0 };
            struct cut_index index = { .value_n = 77 };
            struct err err = { 0 };
            enum err_code code;
            int fired;

            arena_fault(n, keep);
            code = cut_make(&own, &cohort, CUT_GENDER, &index, &err);
            fired = arena_fault_fired();
            arena_fault(-1, 0);
            arena_free(&own);
            CHECK_INT("reported", code, fired ? ERR_MEMORY : ERR_OK);
            CHECK_INT("output", index.value_n, fired ? 77 : 2);
            if (!fired)
                break;
        }
        CHECK_INT("four allocations", n, 4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CLASS_TEST(a_characteristic_becomes_a_value),
        CLASS_TEST(values_stand_in_the_order_they_are_read),
        CLASS_TEST(an_unknown_year_group_is_unclassified),
        CLASS_TEST(groups_may_overlap),
        CLASS_TEST(sets_and_teachers_are_cuts_of_their_own),
        CLASS_TEST(joining_at_an_unusual_time_is_mobility),
        CLASS_TEST(prior_attainment_makes_three_bands),
        CLASS_TEST(a_cut_has_a_word_and_a_label),
        CLASS_TEST(a_cut_of_nobody_is_empty),
        CLASS_TEST(two_cuts_give_a_value_for_each_pair),
        CLASS_TEST(pairs_read_as_words),
        CLASS_TEST(a_crossing_reports_every_failed_allocation),
        CLASS_TEST(a_cut_reports_every_failed_allocation),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
