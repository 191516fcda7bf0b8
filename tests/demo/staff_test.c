#include "check.h"

#include "base/text.h"
#include "demo/gather.h"
#include "pupils/upn.h"

static const char *const days[] = { "2026-03-27", "2026-08-31", "2026-09-01", "2028-02-29",
    "2025-12-31", "2026-01-01", "2026-04-16" };

enum {
    STAFF_MAX = 300,
    CLASSES_MAX = 600
};

/* Contract, section 5. */
static const char *const roles[] = { "data_manager", "head", "slt", "head_of_year",
    "subject_leader", "teacher", "form_tutor", "ta", "senco", "governor", "la_adviser",
    "partner", "parent", "pupil" };

static int with_role(const struct demo *demo, const char *role, const char *laestab)
{
    struct demo_staff staff;
    int n = 0;

    for (size_t i = 0; demo_staff(demo, i, &staff); i++) {
        n += text_eq(staff.role, role) && (laestab == NULL || text_eq(staff.laestab, laestab));
    }
    return n;
}

static void each_role_is_there(void **state)
{
    struct demo demo = gather_demo(DEMO_MAIN, days[0]);

    (void)state;
    for (size_t i = 0; i < COUNT(roles); i++)
        CHECK_TRUE(roles[i], with_role(&demo, roles[i], NULL) >= 1);
    CHECK_INT("teachers", with_role(&demo, "teacher", NULL), 200);
    for (int school = 0; school < DEMO_SCHOOL_N; school++)
        CHECK_INT("data manager",
                with_role(&demo, "data_manager", demo_schools[school].laestab), 1);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void user_names_are_given_once(void **state)
{
    static char names[STAFF_MAX][DEMO_NAME_SIZE];
    struct demo demo = gather_demo(DEMO_MAIN, days[0]);
    struct demo_staff staff;
    size_t n = 0;

    (void)state;
    for (; demo_staff(&demo, n, &staff); n++) {
        CHECK_TRUE("room", n < STAFF_MAX);
        (void)text_copy(names[n], DEMO_NAME_SIZE, staff.username);
        CHECK_TRUE(staff.username, staff.name[0] != '\0');
    }
    qsort(names, n, sizeof(names[0]), by_text);
    for (size_t i = 1; i < n; i++)
        CHECK_TRUE(names[i], strcmp(names[i - 1], names[i]) != 0);
}

static void the_parents_child_is_the_pupil_with_the_account(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        struct demo demo = gather_demo(DEMO_PARTNER, days[i]);
        struct demo_staff staff;
        char child[16] = "";
        char self[16] = "";

        for (size_t k = 0; demo_staff(&demo, k, &staff); k++) {
            if (text_eq(staff.role, "parent"))
                (void)text_copy(child, sizeof(child), staff.pupil_upn);
            if (text_eq(staff.role, "pupil"))
                (void)text_copy(self, sizeof(self), staff.pupil_upn);
        }
        CHECK_TEXT(days[i], child, self);
        CHECK_TRUE(days[i], upn_check(self, NULL) != UPN_WRONG);
    }
}

/* How many are in each class that a teacher of the school has. */
struct lists {
    struct date today;
    size_t n;
    char names[CLASSES_MAX][DEMO_NAME_SIZE];
    char types[CLASSES_MAX][16];
    char subjects[CLASSES_MAX][8];
    long members[CLASSES_MAX];
};
static struct lists lists; /* large */

static void add_classes(const struct demo_staff *staff)
{
    for (size_t i = 0; i < staff->class_n; i++) {
        const struct demo_class *of = &staff->classes[i];

        CHECK_TRUE("room", lists.n < CLASSES_MAX);
        (void)text_copy(lists.names[lists.n], DEMO_NAME_SIZE, of->group);
        (void)text_copy(lists.types[lists.n], sizeof(lists.types[0]), of->type);
        (void)text_copy(lists.subjects[lists.n], sizeof(lists.subjects[0]),
                text_eq(of->type, "teaching") ? of->subject : "");
        lists.n++;
    }
}

static enum err_code count_members(void *data, const struct group_record *group,
        struct err *err)
{
    struct date to = { 0 };

    (void)data;
    (void)err;
    if (group->to[0] != '\0')
        CHECK_TRUE(group->group, date_parse_iso(group->to, &to));
    if (date_is_set(to) && to.ymd < lists.today.ymd)
        return ERR_OK;
    for (size_t i = 0; i < lists.n; i++) {
        lists.members[i] += text_eq(lists.names[i], group->group) &&
                            text_eq(lists.types[i], group->type) &&
                            text_eq(lists.subjects[i], group->subject);
    }
    return ERR_OK;
}

static void every_class_of_a_teacher_has_pupils(void **state)
{
    (void)state;
    for (int school = 0; school < DEMO_SCHOOL_N; school++) {
        struct demo demo = gather_demo(school, days[0]);
        struct sink sink = { .on_group = count_members };
        struct err err = { 0 };
        struct demo_staff staff;

        memset(&lists, 0, sizeof(lists));
        lists.today = demo.today;
        for (size_t i = 0; demo_staff(&demo, i, &staff); i++) {
            if (!text_eq(staff.laestab, demo_schools[school].laestab))
                continue;
            if (text_eq(staff.role, "teacher"))
                CHECK_TRUE(staff.username, staff.class_n >= 1);
            add_classes(&staff);
        }
        CHECK_OK("groups", demo_groups(&demo, &sink, &err), &err);
        for (size_t i = 0; i < lists.n; i++) {
            CHECK_TRUE(lists.names[i], lists.members[i] >= 2);
            CHECK_TRUE(lists.names[i], lists.members[i] <= 40);
        }
    }
}

static void exactly_two_teachers_share_a_class(void **state)
{
    static char taught[CLASSES_MAX][DEMO_NAME_SIZE + 32];
    struct demo demo = gather_demo(DEMO_MAIN, days[0]);
    struct demo_staff staff;
    size_t n = 0;
    int shared = 0;

    (void)state;
    for (size_t i = 0; demo_staff(&demo, i, &staff); i++) {
        if (!text_eq(staff.role, "teacher"))
            continue;
        (void)snprintf(taught[n++], sizeof(taught[0]), "%s %s %s", staff.laestab,
                staff.classes[0].group, staff.classes[0].subject);
    }
    qsort(taught, n, sizeof(taught[0]), by_text);
    for (size_t i = 1; i < n; i++)
        shared += strcmp(taught[i - 1], taught[i]) == 0;
    CHECK_INT("pairs", shared, 1);
}

static void check_window(const char *day, const struct demo *demo,
        const struct demo_review *review)
{
    bool open = text_eq(review->state, "open");

    CHECK_TRUE(review->name, review->from.ymd < review->to.ymd);
    CHECK_TRUE(review->name, review->first_year <= review->last_year);
    CHECK_TRUE(review->name, open || text_eq(review->state, "closed"));
    CHECK_TRUE(review->name,
            text_eq(review->asks, "assessment") || text_eq(review->asks, "likely"));
    CHECK_TRUE(day, review->from.ymd <= demo->today.ymd);
    /* Open exactly when today lies in the window, but for a term's own that was stretched. */
    CHECK_TRUE(day, !open || demo->today.ymd < review->to.ymd);
    CHECK_TRUE(day, open || review->to.ymd <= demo->today.ymd);
}

static void one_review_of_each_sort_is_open_on_any_day(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(days); i++) {
        struct demo demo = gather_demo(DEMO_MAIN, days[i]);
        struct demo_review review;
        int open = 0;
        size_t n = 0;

        for (; demo_review(&demo, n, &review); n++) {
            check_window(days[i], &demo, &review);
            open += text_eq(review.state, "open");
        }
        CHECK_INT(days[i], open, 2);
        /* Five years of three terms and two sorts, and this year's so far. */
        CHECK_TRUE(days[i], n >= 32 && n <= 36);
    }
}

static void review_names_are_given_once(void **state)
{
    struct demo demo = gather_demo(DEMO_MAIN, days[0]);
    struct demo_review a, b;

    (void)state;
    for (size_t i = 0; demo_review(&demo, i, &a); i++) {
        for (size_t k = 0; k < i && demo_review(&demo, k, &b); k++)
            CHECK_TRUE(a.name, !text_eq(a.name, b.name));
    }
}

TESTS(TEST(each_role_is_there), TEST(user_names_are_given_once),
        TEST(the_parents_child_is_the_pupil_with_the_account),
        TEST(every_class_of_a_teacher_has_pupils), TEST(exactly_two_teachers_share_a_class),
        TEST(one_review_of_each_sort_is_open_on_any_day), TEST(review_names_are_given_once))
