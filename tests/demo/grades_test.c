#include "check.h"

#include "base/text.h"
#include "demo/gather.h"
#include "scales/framework.h"

static struct arena arena;
static const struct framework *fw;

static void read_file(struct framework_draft *draft, const char *name)
{
    char path[400];
    static char bytes[1 << 18];
    size_t n;
    FILE *file;
    struct err err = { 0 };

    (void)snprintf(path, sizeof(path), "%s/data/frameworks/england-2008/%s.framework",
            ATTAIN_SOURCE_ROOT, name);
    file = fopen(path, "rb");
    CHECK_TRUE(path, file != NULL);
    if (file == NULL)
        return;
    n = fread(bytes, 1, sizeof(bytes), file);
    (void)fclose(file);
    CHECK_OK(name, framework_read(draft, name, bytes, n, &err), &err);
}

static int load(void **state)
{
    static const char *const files[] = { "awards", "boundaries", "levels", "measures", "scores",
        "stages", "subjects" };
    struct framework_draft *draft = framework_begin(&arena);
    struct err err = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(files); i++)
        read_file(draft, files[i]);
    CHECK_OK("england-2008", framework_finish(draft, &fw, &err), &err);
    return 0;
}

static int unload(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

static enum err_code read_one(void *data, const struct result_record *result, struct err *err)
{
    long *n = data;
    int stage = framework_stage(fw, result->stage);
    int subject = framework_subject(fw, result->subject);
    int scale = result->scale == NULL ? -1 : framework_scale(fw, result->scale);
    struct value value;
    enum err_code code;

    CHECK_TRUE(result->subject, subject >= 0);
    CHECK_TRUE(result->stage, stage >= 0);
    CHECK_TRUE(result->scale == NULL ? "no scale" : result->scale,
            result->scale == NULL || scale >= 0);
    code = framework_read_grade(fw, scale, stage, subject, result->grade, &value, err);
    if (code != ERR_OK) {
        print_error("%s %s %s: %s\n", result->stage, result->subject, result->kind,
                result->grade);
        return code;
    }
    ++*n;
    return ERR_OK;
}

static void every_grade_reads_in_the_framework(void **state)
{
    static const char *const days[] = { "2026-03-27", "2026-08-31" };

    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        for (int school = 0; school < DEMO_SCHOOL_N; school++) {
            struct demo demo = gather_demo(school, days[i]);
            long n = 0;
            struct sink sink = { .data = &n, .on_result = read_one };
            struct err err = { 0 };

            CHECK_OK(days[i], demo_results(&demo, &sink, &err), &err);
            CHECK_TRUE(days[i], n > 10000);
        }
    }
}

static enum err_code find_measure(void *data, const struct national_record *row,
        struct err *err)
{
    long *n = data;

    (void)err;
    CHECK_TRUE(row->measure, framework_measure(fw, row->measure) >= 0);
    CHECK_TRUE(row->subject,
            row->subject[0] == '\0' || framework_subject(fw, row->subject) >= 0);
    ++*n;
    return ERR_OK;
}

static void national_figures_name_measures_of_the_framework(void **state)
{
    struct demo demo = gather_demo(DEMO_MAIN, "2026-03-27");
    long n = 0;
    struct sink sink = { .data = &n, .on_national = find_measure };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("national", demo_national(&demo, &sink, &err), &err);
    CHECK_TRUE("rows", n > 60);
}

static enum err_code find_subject(void *data, const struct group_record *group, struct err *err)
{
    (void)data;
    (void)err;
    CHECK_TRUE(group->subject,
            group->subject[0] == '\0' || framework_subject(fw, group->subject) >= 0);
    return ERR_OK;
}

static void sets_are_of_subjects_of_the_framework(void **state)
{
    struct demo demo = gather_demo(DEMO_MAIN, "2026-03-27");
    struct sink sink = { .on_group = find_subject };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("groups", demo_groups(&demo, &sink, &err), &err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_grade_reads_in_the_framework),
        TEST(national_figures_name_measures_of_the_framework),
        TEST(sets_are_of_subjects_of_the_framework),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
