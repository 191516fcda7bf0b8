#include "actions/shelf.h"

#include "actions/cohort_load.h"
#include "actions/report.h"
#include "reports/render/render.h"
#include "school.h"

static const char *const pupils =
        "upn,surname,forename,dob,sex,year_group,registration,leaving_date,sen,fsm\n"
        "Z354900108001,Abel,Ann,2000-01-02,F,5,5A,,K,Y\n"
        "N354900108002,Baker,Bob,2000-02-03,M,5,5B,,N,N\n"
        "C354900108003,Clark,Cy,1999-02-03,M,6,6A,,N,N\n"
        "J354900108004,Gone,Dee,1999-03-03,F,6,6A,2009-12-18,N,N\n";

static const char *const results = "upn,subject,kind,stage,date,grade,source\n"
                                   "Z354900108001,MAT,result,KS1,2007-07-01,2b,TA\n"
                                   "Z354900108001,MAT,result,KS1,2007-07-01,2a,TT\n"
                                   "Z354900108001,MAT,target,KS2,2009-09-10,4b,\n"
                                   "Z354900108001,MAT,assessment,Y5,2010-01-10,4a,\n"
                                   "Z354900108001,MAT,assessment,Y5,2010-02-10,2a,\n"
                                   "Z354900108001,REA,assessment,Y5,2010-01-10,3a,\n"
                                   "Z354900108001,WRI,assessment,Y5,2010-01-10,3c,\n"
                                   "N354900108002,MAT,prediction,KS2,2010-01-10,4c,model\n"
                                   "C354900108003,MAT,result,KS1,2006-07-01,1a,TA\n"
                                   "C354900108003,MAT,target,KS2,2009-09-10,3a,\n"
                                   "C354900108003,SCI,assessment,Y6,2010-03-10,3a,\n";

static const struct {
    const char *report;
    struct filters filters;
} questions[] = {
    { "progress", { 0 } },
    { "progress", { .has_year = true, .year = 5 } },
    { "progress", { .subject = "MAT" } },
    { "progress", { .subject = "ENG" } },
    { "progress", { .group = "Blue" } },
    { "progress", { .registration = "5b" } },
    { "progress", { .upn = "C354900108003" } },
    { "progress", { .where = "SEN = \"K\"" } },
    { "progress", { .as_at = { 20100201 } } },
    { "summary", { .by = { CUT_SEN, CUT_GROUP }, .by_n = 2 } },
    { "summary", { .basis = BASIS_TARGET } },
    { "targets", { 0 } },
    { "trajectory", { 0 } },
    { "aps", { .by = { CUT_GENDER }, .by_n = 1 } },
};

/* The report as JSON, or the message of what went wrong. */
static const char *answer(struct school_file *f, struct shelf_hold *hold, size_t question,
        struct arena *arena, enum err_code *ret_code)
{
    const struct report_info *info = report_find(questions[question].report);
    struct context own = f->context;
    struct report *report = NULL;
    const char *text = "";
    struct err err = { 0 };
    enum err_code code;

    own.arena = arena;
    own.shelf = hold;
    code = report_run(&own, info, &questions[question].filters, &report, &err);
    if (code == ERR_OK)
        code = render(report, RENDER_JSON, &(struct render_options){ 0 }, arena, &text, NULL,
                &err);
    *ret_code = code;
    return code == ERR_OK ? text : arena_text(arena, err.message);
}

static void school_of_three(struct school_file *f)
{
    school_make(f);
    school_import(f, "pupils", pupils);
    school_import(f, "groups", "upn,group,type\nN354900108002,Blue,user\n");
    school_import(f, "results", results);
    check_counts(f, "results", 11, 0, 0, 0);
}

static void the_shelf_says_what_the_store_says(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    struct shelf_hold hold = { 0 };
    struct err err = { 0 };

    (void)state;
    school_of_three(&f);
    CHECK_OK("shelf", shelf_make(&hold.shelf, &err), &err);
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT(questions); i++) {
            enum err_code from_store = ERR_OK;
            enum err_code from_shelf = ERR_OK;
            const char *want = answer(&f, NULL, i, &arena, &from_store);
            const char *got = answer(&f, &hold, i, &arena, &from_shelf);

            CHECK_INT(questions[i].report, from_store, ERR_OK);
            CHECK_INT(questions[i].report, from_shelf, ERR_OK);
            CHECK_TEXT(questions[i].report, got, want);
        }
        CHECK_INT("one school, held once", hold.n, 1);
        shelf_let_go(&hold);
    }
    shelf_free(hold.shelf);
    arena_free(&arena);
    school_remove(&f);
}

static void what_is_held_stays_and_the_next_question_sees_what_was_saved(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    struct shelf *shelf = NULL;
    struct err err = { 0 };
    struct shelf_hold one = { 0 };
    struct shelf_hold two = { 0 };
    enum err_code code;
    const char *before;

    (void)state;
    school_of_three(&f);
    CHECK_OK("shelf", shelf_make(&shelf, &err), &err);
    one.shelf = two.shelf = shelf;
    before = answer(&f, &one, 2, &arena, &code);
    CHECK_HAS("then", before, "\"2a\"");
    school_import(&f, "results",
            "upn,subject,kind,stage,date,grade\nZ354900108001,MAT,assessment,Y5,2010-03-20,"
            "3b\n");
    CHECK_TEXT("within one request nothing changes", answer(&f, &one, 2, &arena, &code),
            before);
    CHECK_HAS("another sees it", answer(&f, &two, 2, &arena, &code), "2010-03-20");
    shelf_let_go(&one);
    CHECK_HAS("and the next", answer(&f, &one, 2, &arena, &code), "2010-03-20");
    shelf_let_go(&one);
    school_import(&f, "groups", "upn,group,type\nC354900108003,Blue,user\n");
    CHECK_HAS("groups too", answer(&f, &one, 4, &arena, &code), "Clark");
    shelf_let_go(&one);
    shelf_let_go(&two);
    shelf_let_go(&two); /* twice does no harm */
    shelf_free(shelf);
    arena_free(&arena);
    school_remove(&f);
}

static void the_nth_failing_allocation_leaves_the_shelf_sound(void **state)
{
    struct school_file f;
    long n = 0;
    bool fired = true;

    (void)state;
    school_of_three(&f);
    for (; fired; n += 3) {
        struct arena arena = { 0 };
        struct shelf_hold hold = { 0 };
        struct err err = { 0 };
        enum err_code code = ERR_OK;

        CHECK_OK("shelf", shelf_make(&hold.shelf, &err), &err);
        arena_fault(n, 0);
        (void)answer(&f, &hold, 11, &arena, &code);
        fired = arena_fault_fired();
        arena_fault(-1, 0);
        CHECK_INT("code", code, fired ? ERR_MEMORY : ERR_OK);
        (void)answer(&f, &hold, 11, &arena, &code);
        CHECK_INT("then it works", code, ERR_OK);
        shelf_let_go(&hold);
        shelf_free(hold.shelf);
        arena_free(&arena);
    }
    CHECK_TRUE("many allocations", n > 100);
    school_remove(&f);
}

TESTS(TEST(the_shelf_says_what_the_store_says),
        TEST(what_is_held_stays_and_the_next_question_sees_what_was_saved),
        TEST(the_nth_failing_allocation_leaves_the_shelf_sound))
