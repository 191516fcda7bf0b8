#include "school.h"

static const char *const results =
        "upn,subject,kind,stage,date,grade\n"
        "Z354900108001,MAT,assessment,,2010-03-01,3b\nZ354900108001,MAT,target,,2009-09-01,4b\n"
        "N354900108002,REA,result,KS1,2007-06-30,2a\n";

static const char *const other_results =
        "upn,subject,kind,stage,date,grade\n"
        "Z354900108001,MAT,assessment,,2010-03-01,3a\nZ354900108001,MAT,assessment,,2010-03-01,"
        "4c\n"
        "Z354900108001,MAT,target,,2009-09-01,4a\nN354900108002,WRI,result,KS1,2007-06-30,2a\n";

static const char *const other_pupils =
        "upn,former_upn,surname,forename,dob,sex,year_group,registration,sen\n"
        "Z354900108001,,Changed,Zoë,2000-02-29,F,5,5C,P\n"
        "C354900108003,,Third,Child,1999-09-02,M,6,6A,\n";

static const char *const groups = "upn,group,type,subject,from,to\nZ354900108001,Blue,user,,,\n"
                                  "N354900108002,Set 1,teaching,MAT,2009-09-01,\n";

static const char *const other_groups =
        "upn,group,type,subject,from,to\nZ354900108001,Red,user,,,\n"
        "N354900108002,Set 1,teaching,MAT,2009-09-01,2010-02-28\n";

#define CTF_BEGIN                                                                              \
    "<CTfile><Header><DocumentName>Common Transfer File</DocumentName>"                        \
    "<CTFversion>9.0</CTFversion></Header><CTFpupilData><Pupil><UPN>Z354900108001</UPN>"       \
    "<Surname>Test</Surname><Forename>Ann</Forename><DOB>2000-02-29</DOB><Gender>F</Gender>"
#define CTF_END "</Pupil></CTFpupilData></CTfile>"

static const char *const ctf = CTF_BEGIN
        "<Contacts><Contact><Order>1</Order><Surname>One</Surname></Contact></Contacts>"
        "<Attendance><YearData><Year>2009</Year></YearData></Attendance>" CTF_END;

static const char *const other_ctf =
        CTF_BEGIN "<Contacts><Contact><Order>1</Order><Surname>Two</Surname></Contact>"
                  "<Contact><Order>2</Order><Surname>New</Surname></Contact></Contacts>"
                  "<Attendance><YearData><Year>2008</Year></YearData></Attendance>"
                  "<Phones><Phone><PhoneNo>1</PhoneNo></Phone></Phones>" CTF_END;

static const char *const temporary =
        "upn,surname,forename,dob,sex,year_group\nY35490010801A,Test,Ann,2000-01-01,F,5\n";
static const char *const permanent = "upn,former_upn,surname,forename,dob,sex,year_group\n"
                                     "Z354900108001,Y35490010801A,Test,Ann,2000-01-01,F,5\n";

/* Import each of `before`, then `undone`, undo that, and compare what goes out. */
static void check_undone(const char *name, const char *const *before, size_t before_n,
        const char *undone, int statements)
{
    struct school_file f;
    struct arena arena = { 0 };
    struct verify_result sound = { 0 };
    const char *all;

    school_make(&f);
    for (size_t i = 0; i < before_n; i++)
        school_import(&f, name, before[i]);
    all = school_all(&f, &arena);
    school_import(&f, name, undone);
    CHECK_INT(name, f.outcome.refused_n, 0);
    CHECK_TRUE(name, f.outcome.added + f.outcome.superseded > 0);
    CHECK_TRUE(name, !text_eq(school_all(&f, &arena), all));
    CHECK_OK(name, import_undo(&f.context, f.outcome.id, &f.outcome, &f.err), &f.err);
    CHECK_TRUE(name, f.outcome.superseded > 0);
    CHECK_INT(name, f.outcome.unchanged, 0);
    if (statements != 0)
        CHECK_INT(name, f.outcome.superseded, statements);
    CHECK_TEXT(name, school_all(&f, &arena), all);
    CHECK_OK(name, store_verify(f.context.store, &arena, &sound, &f.err), &f.err);
    CHECK_INT(name, sound.finding_n, 0);
    school_import(&f, name, undone);
    CHECK_TRUE(name, f.outcome.added + f.outcome.superseded > 0);
    arena_free(&arena);
    school_remove(&f);
}

static void an_undone_import_leaves_the_school_as_it_was(void **state)
{
    const char *const after_results[] = { school_pupils, results };
    const char *const after_groups[] = { school_pupils, results, groups };

    (void)state;
    check_undone("the first pupils", NULL, 0, school_pupils, 0);
    check_undone("pupils, some changed", &school_pupils, 1, other_pupils, 0);
    check_undone("the first results", &school_pupils, 1, results, 3);
    /* One superseded assessment, one target, one new result. */
    check_undone("results, some superseded", after_results, 2, other_results, 3);
    check_undone("the first groups", after_groups, 2, groups, 2);
    check_undone("groups, some changed", after_groups, 3, other_groups, 2);
    check_undone("a transfer file", NULL, 0, ctf, 0);
    /* Two contacts and two parts. */
    check_undone("another transfer file", &ctf, 1, other_ctf, 4);
    check_undone("a temporary number replaced", &temporary, 1, permanent, 0);
}

static void what_was_superseded_since_is_left(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    int64_t first;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    school_import(&f, "results", results);
    first = f.outcome.id;
    school_import(&f, "others", other_results);
    CHECK_OK("undo", import_undo(&f.context, first, &f.outcome, &f.err), &f.err);
    CHECK_INT("left", f.outcome.unchanged, 2);
    CHECK_INT("withdrawn", f.outcome.superseded, 1);
    CHECK_HAS("later ones stand", school_export(&f, &arena, "results"), "2010-03-01,,4c");
    arena_free(&arena);
    school_remove(&f);
}

static void an_import_is_undone_once_and_an_undoing_may_be_undone(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    const char *with;
    const char *without;
    int64_t id;
    int64_t undoing;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    without = school_all(&f, &arena);
    school_import(&f, "results", results);
    id = f.outcome.id;
    with = school_all(&f, &arena);
    CHECK_OK("undo", import_undo(&f.context, id, &f.outcome, &f.err), &f.err);
    undoing = f.outcome.id;
    CHECK_TEXT("kind", file_kind_name(f.outcome.kind), "results");
    CHECK_TEXT("without", school_all(&f, &arena), without);
    CHECK_INT("twice", import_undo(&f.context, id, &f.outcome, &f.err), ERR_CONFLICT);
    CHECK_OK("undo the undoing", import_undo(&f.context, undoing, &f.outcome, &f.err), &f.err);
    CHECK_TEXT("with", school_all(&f, &arena), with);
    CHECK_INT("not the first", import_undo(&f.context, id, &f.outcome, &f.err), ERR_CONFLICT);
    CHECK_OK("but what brought it back",
            import_undo(&f.context, undoing + 1, &f.outcome, &f.err), &f.err);
    CHECK_TEXT("without again", school_all(&f, &arena), without);
    CHECK_INT("unknown", import_undo(&f.context, 4711, &f.outcome, &f.err), ERR_NOT_FOUND);
    arena_free(&arena);
    school_remove(&f);
}

/* An adjustment is saved by a form: here as the form saves it. */
static int64_t adjust(struct school_file *f, const char *grade)
{
    struct import import = { .kind = "form",
        .file = "",
        .recorded_by = "test",
        .recorded_at = f->context.stamp };
    struct adjustment adjustment = { .subject = "MAT",
        .stage = "KS2",
        .period_end = { 20100415 },
        .scale = "nc",
        .grade = grade,
        .reason = "" };
    struct pupil_handle_list pupils = { 0 };
    struct store *store = f->context.store;
    struct arena arena = { 0 };

    CHECK_OK("pupils", store_pupils(store, 1, &arena, &pupils, &f->err), &f->err);
    adjustment.pupil_id = pupils.items[0].pupil_id;
    CHECK_OK("begin", store_begin(store, &f->err), &f->err);
    CHECK_OK("import", store_import_begin(store, 1, &import, 1, &f->err), &f->err);
    CHECK_OK("add", store_add_adjustment(store, &adjustment, &f->err), &f->err);
    CHECK_OK("end", store_import_end(store, &f->err), &f->err);
    CHECK_OK("commit", store_commit(store, &f->err), &f->err);
    arena_free(&arena);
    return import.import_id;
}

static void an_adjusted_progress_target_goes_back_to_the_one_before(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    struct adjustment_list list = { 0 };
    int64_t first;
    int64_t second;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    first = adjust(&f, "3b");
    second = adjust(&f, "3a");
    CHECK_OK("first", import_undo(&f.context, first, &f.outcome, &f.err), &f.err);
    CHECK_INT("superseded since", f.outcome.unchanged, 1);
    CHECK_OK("second", import_undo(&f.context, second, &f.outcome, &f.err), &f.err);
    CHECK_OK("list",
            store_adjustments(f.context.store, 1, (struct date){ 0 }, &arena, &list, &f.err),
            &f.err);
    CHECK_INT("rows", list.n, 3);
    CHECK_TEXT("the one before", list.items[2].grade, "3b");
    CHECK_TRUE("holds", !list.items[2].withdrawn);
    arena_free(&arena);
    school_remove(&f);
}

static void any_statement_of_an_undoing_may_fail(void **state)
{
    struct school_file f;
    struct arena arena = { 0 };
    const char *all;
    int64_t id;
    long n = 0;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    school_import(&f, "results", results);
    id = f.outcome.id;
    all = school_all(&f, &arena);
    for (;; n++) {
        enum err_code code;

        store_fault(f.context.store, n);
        code = import_undo(&f.context, id, &f.outcome, &f.err);
        store_fault(f.context.store, -1);
        if (code == ERR_OK)
            break;
        CHECK_INT("reported", code, ERR_STORE);
        CHECK_TEXT("as before", school_all(&f, &arena), all);
    }
    CHECK_TRUE("some failed", n > 10);
    arena_free(&arena);
    school_remove(&f);
}

static void any_allocation_of_an_undoing_or_export_may_fail(void **state)
{
    const char *const whats[] = { "ctf", "pupils", "results" };
    struct school_file f;
    struct arena arena = { 0 };
    const char *all;
    int64_t id;
    enum err_code code = ERR_MEMORY;

    (void)state;
    school_make(&f);
    school_import(&f, "pupils", school_pupils);
    school_import(&f, "transfer file", ctf);
    school_import(&f, "results", other_results);
    id = f.outcome.id;
    all = school_all(&f, &arena);
    for (size_t i = 0; i < COUNT(whats); i++) {
        int fired = 1;

        for (long n = 0; fired; n++) {
            struct arena room = { 0 };
            struct buf buf = buf_make(&room, BUF_MAX_PAGE);
            struct filters filters = { 0 };

            arena_fault(n, 0);
            code = export_file(&f.context, whats[i], &filters, school_keep_bytes, &buf, NULL,
                    &f.err);
            fired = arena_fault_fired();
            arena_fault(-1, 0);
            CHECK_TRUE(whats[i], code == ERR_OK || code == ERR_MEMORY);
            arena_free(&room);
        }
    }
    code = ERR_MEMORY;
    for (long n = 0; code != ERR_OK; n++) {
        arena_fault(n, 0);
        code = import_undo(&f.context, id, &f.outcome, &f.err);
        arena_fault(-1, 0);
        CHECK_TRUE("undo", code == ERR_OK || code == ERR_MEMORY);
        if (code != ERR_OK)
            CHECK_TEXT("as before", school_all(&f, &arena), all);
        arena_free(&arena);
        all = code == ERR_OK ? "" : school_all(&f, &arena);
    }
    arena_free(&arena);
    school_remove(&f);
}

TESTS(TEST(an_undone_import_leaves_the_school_as_it_was),
        TEST(what_was_superseded_since_is_left),
        TEST(an_import_is_undone_once_and_an_undoing_may_be_undone),
        TEST(an_adjusted_progress_target_goes_back_to_the_one_before),
        TEST(any_allocation_of_an_undoing_or_export_may_fail),
        TEST(any_statement_of_an_undoing_may_fail))
