#include "school.h"

static const char *const small =
        "upn,surname,forename,dob,sex,year_group\nZ354900108001,Test,Ann,2000-02-29,F,5\n";

/* Whether the school is as it was: empty, and sound. */
static void check_empty(struct school_file *f, const char *row)
{
    struct arena arena = { 0 };
    struct import_list imports = { 0 };
    struct pupil_handle_list pupils = { 0 };

    CHECK_OK(row, store_imports(f->context.store, 1, &arena, &imports, &f->err), &f->err);
    CHECK_OK(row, store_pupils(f->context.store, 1, &arena, &pupils, &f->err), &f->err);
    CHECK_INT(row, imports.n, 0);
    CHECK_INT(row, pupils.n, 0);
    arena_free(&arena);
}

static void any_allocation_may_fail_and_nothing_is_written(void **state)
{
    const int keeps[] = { 0, 1 };
    struct import_options options = { 0 };
    struct school_file f;

    (void)state;
    school_make(&f);
    for (size_t k = 0; k < COUNT(keeps); k++) {
        for (long n = 0;; n++) {
            enum err_code code;
            int fired;

            (void)school_import_with(&f, small, &(struct import_options){ .preview = true });
            arena_fault(n, keeps[k]);
            code = import_file(&f.context, f.input, &options, &f.outcome, &f.err);
            fired = arena_fault_fired();
            arena_fault(-1, 0);
            if (code != ERR_OK) {
                CHECK_INT("reported", code, ERR_MEMORY);
                check_empty(&f, "nothing written");
                continue;
            }
            if (!fired)
                break;
            school_remove(&f); /* done without that memory: begin again */
            school_make(&f);
        }
        CHECK_INT("unharmed", f.outcome.added, 1);
        school_remove(&f);
        school_make(&f);
    }
    school_remove(&f);
}

static void any_statement_may_fail_and_nothing_is_written(void **state)
{
    struct import_options options = { 0 };
    struct school_file f;
    long n = 0;

    (void)state;
    school_make(&f);
    for (;; n++) {
        enum err_code code;

        (void)school_import_with(&f, small, &(struct import_options){ .preview = true });
        store_fault(f.context.store, n);
        code = import_file(&f.context, f.input, &options, &f.outcome, &f.err);
        store_fault(f.context.store, -1);
        if (code == ERR_OK)
            break;
        CHECK_INT("reported", code, ERR_STORE);
        check_empty(&f, "nothing written");
    }
    CHECK_TRUE("some failed", n > 10);
    CHECK_INT("then whole", f.outcome.added, 1);
    school_remove(&f);
}

static void a_file_that_cannot_be_read_is_an_error(void **state)
{
    struct import_options options = { 0 };
    struct school_file f;

    (void)state;
    school_make(&f);
    CHECK_INT("absent",
            import_file(&f.context, "/nowhere/file.csv", &options, &f.outcome, &f.err),
            ERR_NOT_FOUND);
    CHECK_INT("not understood", school_import_with(&f, "a,b\n1,2\n", &options), ERR_INVALID);
    CHECK_INT("cut off", school_import_with(&f, "<CTfile><Header>", &options), ERR_INVALID);
    check_empty(&f, "nothing written");
    school_remove(&f);
}

static void a_framework_file_is_tried_before_it_is_kept(void **state)
{
    struct import_options options = { .kind = FILE_FRAMEWORK };
    struct school_file f;

    (void)state;
    school_make(&f);
    CHECK_INT("wrong", school_import_with(&f, "scale\n", &options), ERR_INVALID);
    CHECK_OK("right",
            school_import_with(&f,
                    "scale house \"House scale\" source=\"the school's own\"\n"
                    "  grade Lo points=1\n  grade Hi points=2\n",
                    &options),
            &f.err);
    check_counts(&f, "right", 1, 0, 0, 0);
    CHECK_OK("again",
            school_import_with(&f,
                    "scale house \"House scale\" source=\"the school's own\"\n"
                    "  grade Lo points=1\n  grade Hi points=2\n",
                    &options),
            &f.err);
    check_counts(&f, "again", 0, 1, 0, 0);
    school_open_again(&f, NULL);
    school_import(&f, "pupils", school_pupils);
    school_import(&f, "results",
            "upn,subject,kind,date,grade,scale\nZ354900108001,MAT,assessment,2010-03-01,Hi,"
            "house\n");
    check_counts(&f, "results", 1, 0, 0, 0);
    school_remove(&f);
}

TESTS(TEST(any_allocation_may_fail_and_nothing_is_written),
        TEST(any_statement_may_fail_and_nothing_is_written),
        TEST(a_file_that_cannot_be_read_is_an_error),
        TEST(a_framework_file_is_tried_before_it_is_kept))
