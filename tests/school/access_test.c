#include "school/access.h"

#include "check.h"
#include "golden.h"

/* Friday 27 March 2026. */
static const struct date friday = { 20260327 };
static const struct date saturday = { 20260328 };

static const char *const in_10b[] = { "10B", "Chess" };
static const char *const in_7a[] = { "7A" };
static const char *const history[] = { "HIS" };

/* Tyler: Year 10, form 10B, SEN; takes every subject as far as is known. */
static struct access_pupil tyler(void)
{
    return (struct access_pupil){ .pupil_id = 1,
        .school_id = 1,
        .year = 10,
        .registration = "10R",
        .groups = in_10b,
        .group_n = 2,
        .sen = true };
}

/* Amy: Year 7, form 7R, in the history set 7A only. */
static struct access_pupil amy(void)
{
    return (struct access_pupil){ .pupil_id = 2,
        .school_id = 1,
        .year = 7,
        .registration = "7R",
        .groups = in_7a,
        .group_n = 1,
        .studies = history,
        .study_n = 1 };
}

static struct grant grant_of(enum role role, enum grant_kind kind, const char *value)
{
    return (struct grant){ .role = role,
        .kind = kind,
        .value = value,
        .subject = "",
        .school_id = 1 };
}

static struct person holder(const struct grant *grant)
{
    return (struct person){ .account_id = 9, .grants = grant, .grant_n = 1 };
}

/*
 * One grant of each role that takes in Tyler and not Amy, where the role can tell them
 * apart. The letters in `cells` are the columns of the access model for: pupil list, marks,
 * targets, SEN detail, disadvantage, notes, enter marks, set target, window, import marks,
 * export, report, release, audit, users, erase. `y` yes about Tyler, `-` no.
 */
static const struct role_row {
    const char *name;
    struct grant grant;
    const char *cells;
    bool everybody; /* takes in Amy as well */
} roles[] = {
    { "data manager", { ROLE_DATA_MANAGER, GRANT_SCHOOL, "", "", 1, 0, 0, { 0 }, { 0 }, 0 },
            "yyy-yyyyyyyyyyyy", true },
    { "head", { ROLE_HEAD, GRANT_SCHOOL, "", "", 1, 0, 0, { 0 }, { 0 }, 0 }, "yyyyyy-yy-yyyy-y",
            true },
    { "slt", { ROLE_SLT, GRANT_SCHOOL, "", "", 1, 0, 0, { 0 }, { 0 }, 0 }, "yyyyyy-yy-yyy---",
            true },
    { "head of year", { ROLE_HEAD_OF_YEAR, GRANT_YEAR, "10", "", 1, 0, 0, { 0 }, { 0 }, 0 },
            "yyy-yy----yy-y--", false },
    { "subject leader",
            { ROLE_SUBJECT_LEADER, GRANT_SUBJECT, "MAT", "", 1, 0, 0, { 0 }, { 0 }, 0 },
            "yyy-yyyy--yy-y--", false },
    { "teacher", { ROLE_TEACHER, GRANT_GROUP, "10B", "MAT", 1, 0, 0, { 0 }, { 0 }, 0 },
            "yyy--yy--yyy----", false },
    { "form tutor",
            { ROLE_FORM_TUTOR, GRANT_REGISTRATION, "10R", "", 1, 0, 0, { 0 }, { 0 }, 0 },
            "yyy-yy-----y----", false },
    { "teaching assistant", { ROLE_TA, GRANT_GROUP, "10B", "", 1, 0, 0, { 0 }, { 0 }, 0 },
            "yyy-------------", false },
    { "teaching assistant, SEN", { ROLE_TA, GRANT_SEN, "", "", 1, 0, 0, { 0 }, { 0 }, 0 },
            "yyy-------------", false },
    { "senco", { ROLE_SENCO, GRANT_SCHOOL, "", "", 1, 0, 0, { 0 }, { 0 }, 0 },
            "yyyyyy-y--yy-y--", true },
    { "governor", { ROLE_GOVERNOR, GRANT_SCHOOL, "", "", 1, 0, 0, { 0 }, { 0 }, 0 },
            "----------------", false },
    { "authority", { ROLE_LA_ADVISER, GRANT_SCHOOL, "", "", 0, 0, 0, { 0 }, { 0 }, 0 },
            "----------------", false },
    { "partner", { ROLE_PARTNER, GRANT_GROUP, "10B", "MAT", 1, 0, 0, { 0 }, { 0 }, 0 },
            "yyy---y---yy----", false },
    { "parent", { ROLE_PARENT, GRANT_PUPIL, "", "", 1, 0, 1, { 0 }, { 0 }, 0 },
            "yyyyy------y----", false },
    { "pupil", { ROLE_PUPIL, GRANT_PUPIL, "", "", 1, 0, 1, { 0 }, { 0 }, 0 },
            "yyyy-------y----", false },
};

static const struct {
    const char *name;
    enum action action;
    enum field field;
} columns[] = {
    { "pupil list", ACTION_VIEW, FIELD_IDENTITY },
    { "marks", ACTION_VIEW, FIELD_MARKS },
    { "targets", ACTION_VIEW, FIELD_TARGETS },
    { "SEN detail", ACTION_VIEW, FIELD_SEN_DETAIL },
    { "disadvantage", ACTION_VIEW, FIELD_DISADVANTAGE },
    { "notes", ACTION_VIEW, FIELD_NOTES },
    { "enter marks", ACTION_ENTER, FIELD_MARKS },
    { "set target", ACTION_SET_TARGET, FIELD_TARGETS },
    { "window", ACTION_WINDOW, FIELD_NONE },
    { "import", ACTION_IMPORT, FIELD_MARKS },
    { "export", ACTION_EXPORT, FIELD_NONE },
    { "report", ACTION_REPORT, FIELD_NONE },
    { "release", ACTION_RELEASE, FIELD_NONE },
    { "audit", ACTION_AUDIT, FIELD_NONE },
    { "users", ACTION_USERS, FIELD_NONE },
    { "erase", ACTION_ERASE, FIELD_NONE },
};

static void every_role_does_what_the_access_model_says_and_no_more(void **state)
{
    (void)state;
    for (size_t r = 0; r < COUNT(roles); r++) {
        struct person person = holder(&roles[r].grant);
        struct access_pupil asked = tyler();

        asked.subject = "MAT";
        CHECK_INT(roles[r].name, strlen(roles[r].cells), COUNT(columns));
        for (size_t c = 0; c < COUNT(columns); c++) {
            char row[80];

            (void)snprintf(row, sizeof(row), "%s, %s", roles[r].name, columns[c].name);
            CHECK_INT(row,
                    may(&person, columns[c].action, columns[c].field, &asked, friday).yes,
                    roles[r].cells[c] == 'y');
        }
    }
}

static void a_pupil_outside_the_scope_is_nobody(void **state)
{
    (void)state;
    for (size_t r = 0; r < COUNT(roles); r++) {
        struct person person = holder(&roles[r].grant);
        struct access_pupil asked = amy();

        asked.subject = "HIS";
        for (int action = 0; action < ACTION__MAX; action++) {
            for (int field = 0; field < FIELD__MAX; field++) {
                struct may_answer answer =
                        may(&person, (enum action)action, (enum field)field, &asked, friday);

                if (!roles[r].everybody)
                    CHECK_INT(roles[r].name, answer.yes, 0);
                CHECK_TRUE(roles[r].name, answer.why[0] != '\0');
            }
        }
    }
}

static void another_school_s_pupil_is_nobody_to_every_role(void **state)
{
    (void)state;
    for (size_t r = 0; r < COUNT(roles); r++) {
        struct person person = holder(&roles[r].grant);
        struct access_pupil asked = tyler();

        asked.school_id = 2;
        asked.subject = "MAT";
        for (int action = 0; action < ACTION__MAX; action++) {
            for (int field = 0; field < FIELD__MAX; field++)
                CHECK_INT(roles[r].name,
                        may(&person, (enum action)action, (enum field)field, &asked, friday)
                                .yes,
                        0);
        }
    }
}

static void an_export_or_report_never_shows_more_than_a_view(void **state)
{
    static const enum action out[] = { ACTION_EXPORT, ACTION_REPORT };

    (void)state;
    for (size_t r = 0; r < COUNT(roles); r++) {
        struct person person = holder(&roles[r].grant);
        struct access_pupil asked = tyler();

        asked.subject = "MAT";
        for (int field = 1; field < FIELD__MAX; field++) {
            bool view = may(&person, ACTION_VIEW, (enum field)field, &asked, friday).yes;

            for (size_t i = 0; i < COUNT(out); i++) {
                if (may(&person, out[i], (enum field)field, &asked, friday).yes)
                    CHECK_TRUE(field_word((enum field)field), view);
            }
        }
    }
}

static void the_table_is_printed_from_the_code_that_enforces_it(void **state)
{
    struct arena arena = { 0 };
    struct buf buf = buf_make(&arena, 1 << 16);
    const char *text = NULL;
    size_t n = 0;
    struct err err = { 0 };

    (void)state;
    access_table_print(&buf);
    CHECK_OK("print", buf_end(&buf, &text, &n, &err), &err);
    golden_check("access/roles.txt", text, n);
    arena_free(&arena);
}

static void a_grant_outside_its_dates_does_not_exist(void **state)
{
    static const struct {
        const char *row;
        struct date from, to, day;
        bool yes;
    } rows[] = {
        { "no dates", { 0 }, { 0 }, { 20260327 }, true },
        { "first day", { 20260327 }, { 0 }, { 20260327 }, true },
        { "the day before", { 20260327 }, { 0 }, { 20260326 }, false },
        { "cover until Friday, on Friday", { 20260323 }, { 20260327 }, { 20260327 }, true },
        { "cover until Friday, on Saturday", { 20260323 }, { 20260327 }, { 20260328 }, false },
        { "no day at all", { 0 }, { 0 }, { 0 }, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct grant grant = grant_of(ROLE_TEACHER, GRANT_GROUP, "10B");
        struct person person = holder(&grant);
        struct access_pupil asked = tyler();

        grant.from = rows[i].from;
        grant.to = rows[i].to;
        CHECK_INT(rows[i].row, may(&person, ACTION_VIEW, FIELD_MARKS, &asked, rows[i].day).yes,
                rows[i].yes);
    }
}

static void a_teacher_writes_in_the_set_s_subject_and_sees_the_pupil_whole(void **state)
{
    struct grant grant = grant_of(ROLE_TEACHER, GRANT_GROUP, "10B");
    struct person person = holder(&grant);
    struct access_pupil asked = tyler();
    struct may_answer answer;

    (void)state;
    grant.subject = "MAT";
    asked.subject = "HIS";
    CHECK_TRUE("sees history", may(&person, ACTION_VIEW, FIELD_MARKS, &asked, friday).yes);
    CHECK_INT("enters history", may(&person, ACTION_ENTER, FIELD_MARKS, &asked, friday).yes, 0);
    asked.subject = NULL;
    CHECK_INT("no subject said", may(&person, ACTION_ENTER, FIELD_MARKS, &asked, friday).yes,
            0);
    asked.subject = "MAT";
    answer = may(&person, ACTION_ENTER, FIELD_MARKS, &asked, friday);
    CHECK_TRUE("enters mathematics", answer.yes);
    CHECK_INT("in a window", answer.needs, NEED_WINDOW);
    CHECK_TEXT("why", answer.why, "you teach this class");
    CHECK_INT("window shut",
            may_with(&person, ACTION_ENTER, FIELD_MARKS, &asked, friday, 0).yes, 0);
    CHECK_TRUE("window open",
            may_with(&person, ACTION_ENTER, FIELD_MARKS, &asked, friday, NEED_WINDOW).yes);
}

static void a_mark_entered_for_a_set_since_left_stays_in_sight_but_not_the_set(void **state)
{
    struct grant grant = grant_of(ROLE_TEACHER, GRANT_GROUP, "7A");
    struct person person = holder(&grant);
    struct access_pupil asked = tyler();

    (void)state;
    CHECK_INT("the set", may(&person, ACTION_VIEW, FIELD_MARKS, &asked, friday).yes, 0);
    asked.by = 9;
    CHECK_TRUE("her own mark", may(&person, ACTION_VIEW, FIELD_MARKS, &asked, friday).yes);
    CHECK_INT("not to change it", may(&person, ACTION_ENTER, FIELD_MARKS, &asked, friday).yes,
            0);
    asked.by = 8;
    CHECK_INT("another's mark", may(&person, ACTION_VIEW, FIELD_MARKS, &asked, friday).yes, 0);
}

static void aggregates_name_nobody_and_hide_small_numbers(void **state)
{
    struct grant grant = grant_of(ROLE_GOVERNOR, GRANT_SCHOOL, "");
    struct person person = holder(&grant);
    struct access_pupil asked = tyler();
    struct may_answer answer = may(&person, ACTION_REPORT, FIELD_MARKS, NULL, friday);

    (void)state;
    CHECK_TRUE("figures", answer.yes);
    CHECK_INT("scope", answer.scope, SCOPE_AGGREGATES);
    CHECK_TRUE("small numbers", (answer.needs & NEED_SUPPRESS) != 0);
    CHECK_INT("a pupil", may(&person, ACTION_REPORT, FIELD_MARKS, &asked, friday).yes, 0);
    CHECK_INT("the list", may(&person, ACTION_VIEW, FIELD_IDENTITY, NULL, friday).yes, 0);
}

static void an_adviser_sees_names_only_by_agreement(void **state)
{
    struct grant grant = grant_of(ROLE_LA_ADVISER, GRANT_AGREEMENT, "moderation");
    struct person person = holder(&grant);
    struct access_pupil asked = tyler();

    (void)state;
    CHECK_TRUE("names", may(&person, ACTION_VIEW, FIELD_IDENTITY, &asked, friday).yes);
    CHECK_INT("marks", may(&person, ACTION_VIEW, FIELD_MARKS, &asked, friday).yes, 0);
    grant.to = friday;
    CHECK_INT("agreement ended",
            may(&person, ACTION_VIEW, FIELD_IDENTITY, &asked, saturday).yes, 0);
}

static void a_restricted_parent_sees_nothing_of_the_child_by_any_role(void **state)
{
    struct grant grants[] = { grant_of(ROLE_PARENT, GRANT_PUPIL, ""),
        grant_of(ROLE_TEACHER, GRANT_GROUP, "10B") };
    struct person person = { .account_id = 9, .grants = grants, .grant_n = 2 };
    struct access_pupil asked = tyler();

    (void)state;
    grants[0].pupil_id = asked.pupil_id;
    CHECK_TRUE("before", may(&person, ACTION_VIEW, FIELD_IDENTITY, &asked, friday).yes);
    grants[0].extras = EXTRA_RESTRICTED;
    CHECK_INT("after", may(&person, ACTION_VIEW, FIELD_IDENTITY, &asked, friday).yes, 0);
    asked.pupil_id = 3;
    CHECK_TRUE("others of the class",
            may(&person, ACTION_VIEW, FIELD_IDENTITY, &asked, friday).yes);
}

static void parents_and_pupils_see_what_was_released(void **state)
{
    static const enum role roles_[] = { ROLE_PARENT, ROLE_PUPIL };

    (void)state;
    for (size_t i = 0; i < COUNT(roles_); i++) {
        struct grant grant = grant_of(roles_[i], GRANT_PUPIL, "");
        struct person person = holder(&grant);
        struct access_pupil asked = tyler();

        grant.pupil_id = asked.pupil_id;
        CHECK_INT(role_word(roles_[i]),
                may_with(&person, ACTION_VIEW, FIELD_MARKS, &asked, friday, 0).yes, 0);
        CHECK_TRUE(role_word(roles_[i]),
                may_with(&person, ACTION_VIEW, FIELD_MARKS, &asked, friday, NEED_RELEASED).yes);
        CHECK_INT(role_word(roles_[i]),
                may(&person, ACTION_VIEW, FIELD_PREDICTIONS, &asked, friday).yes, 0);
    }
}

static void extras_and_the_school_s_choices_open_what_the_role_leaves_open(void **state)
{
    struct grant grant = grant_of(ROLE_DATA_MANAGER, GRANT_SCHOOL, "");
    struct person person = holder(&grant);
    struct access_pupil asked = tyler();

    (void)state;
    asked.subject = "MAT";
    grant.extras = EXTRA_SEN_DETAIL;
    CHECK_TRUE("SEN detail given",
            may(&person, ACTION_VIEW, FIELD_SEN_DETAIL, &asked, friday).yes);
    grant = grant_of(ROLE_TA, GRANT_GROUP, "10B");
    grant.extras = EXTRA_ENTER;
    CHECK_TRUE("entry delegated", may(&person, ACTION_ENTER, FIELD_MARKS, &asked, friday).yes);
    grant = grant_of(ROLE_TEACHER, GRANT_GROUP, "10B");
    person.options = OPTION_TEACHERS_SEE_FLAGS;
    CHECK_TRUE("flags allowed",
            may(&person, ACTION_VIEW, FIELD_DISADVANTAGE, &asked, friday).yes);
}

static void the_grant_with_the_fewest_conditions_answers(void **state)
{
    struct grant grants[] = { grant_of(ROLE_TEACHER, GRANT_GROUP, "10B"),
        grant_of(ROLE_HEAD_OF_YEAR, GRANT_YEAR, "10"), grant_of(ROLE_SLT, GRANT_SCHOOL, "") };
    struct person person = { .account_id = 9, .grants = grants, .grant_n = 3 };
    struct access_pupil asked = tyler();
    struct may_answer answer;

    (void)state;
    asked.subject = "MAT";
    answer = may(&person, ACTION_PROPOSE_TARGET, FIELD_TARGETS, &asked, friday);
    CHECK_INT("no window asked", answer.needs, 0);
    CHECK_INT("the widest", answer.scope, SCOPE_SCHOOL);
    CHECK_INT("the role", answer.role, ROLE_SLT);
}

static void a_list_is_narrowed_to_the_pupils_in_scope(void **state)
{
    struct grant grant = grant_of(ROLE_HEAD_OF_YEAR, GRANT_YEAR, "7");
    struct person person = holder(&grant);
    struct access_pupil pupils[] = { tyler(), amy(), tyler() };
    bool keep[3];

    (void)state;
    CHECK_INT("kept",
            access_filter(&person, ACTION_VIEW, FIELD_IDENTITY, pupils, 3, friday, 0, keep), 1);
    CHECK_INT("Tyler", keep[0], 0);
    CHECK_INT("Amy", keep[1], 1);
    CHECK_TRUE("marks are a column",
            (access_columns(&person, ACTION_VIEW, friday) & (1U << FIELD_MARKS)) != 0);
    CHECK_INT("SEN detail is not",
            access_columns(&person, ACTION_VIEW, friday) & (1U << FIELD_SEN_DETAIL), 0);
}

static void nobody_grants_more_than_they_hold(void **state)
{
    static const struct {
        const char *row;
        enum role role;
        enum grant_kind kind;
        int64_t school_id;
        unsigned holders;
        bool yes;
    } rows[] = {
        { "a teacher", ROLE_TEACHER, GRANT_GROUP, 1, 0, true },
        { "a parent", ROLE_PARENT, GRANT_PUPIL, 1, 0, true },
        { "another data manager", ROLE_DATA_MANAGER, GRANT_SCHOOL, 1, 0, true },
        { "a head, who sees SEN detail", ROLE_HEAD, GRANT_SCHOOL, 1, 0, false },
        { "a head, by one who sees it too", ROLE_HEAD, GRANT_SCHOOL, 1, EXTRA_SEN_DETAIL,
                true },
        { "a SENCO, who writes it", ROLE_SENCO, GRANT_SCHOOL, 1, EXTRA_SEN_DETAIL, false },
        { "in another school", ROLE_TEACHER, GRANT_GROUP, 2, 0, false },
        { "for the authority", ROLE_LA_ADVISER, GRANT_SCHOOL, 0, 0, false },
        { "a governor of one class", ROLE_GOVERNOR, GRANT_GROUP, 1, 0, false },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct grant own = grant_of(ROLE_DATA_MANAGER, GRANT_SCHOOL, "");
        struct person person = holder(&own);
        struct grant given = grant_of(rows[i].role, rows[i].kind, "x");

        own.extras = rows[i].holders;
        given.school_id = rows[i].school_id;
        CHECK_INT(rows[i].row, may_grant(&person, &given, friday), rows[i].yes);
        own.role = ROLE_HEAD;
        CHECK_INT(rows[i].row, may_grant(&person, &given, friday), 0);
    }
}

static void words_and_their_roles_find_each_other(void **state)
{
    (void)state;
    for (int i = 0; i < ROLE__MAX; i++)
        CHECK_INT(role_word((enum role)i), role_find(role_word((enum role)i)), i);
    CHECK_INT("no such role", role_find("superuser"), -1);
    CHECK_INT("NULL", role_find(NULL), -1);
    for (int i = 0; i < GRANT__MAX; i++)
        CHECK_INT(grant_kind_word((enum grant_kind)i),
                grant_kind_find(grant_kind_word((enum grant_kind)i)), i);
}

static void nobody_without_a_grant_may_do_anything(void **state)
{
    struct person person = { .account_id = 9 };
    struct access_pupil asked = tyler();

    (void)state;
    for (int action = 0; action < ACTION__MAX; action++) {
        for (int field = 0; field < FIELD__MAX; field++) {
            CHECK_INT("about a pupil",
                    may(&person, (enum action)action, (enum field)field, &asked, friday).yes,
                    0);
            CHECK_INT("at all",
                    may(&person, (enum action)action, (enum field)field, NULL, friday).yes, 0);
        }
    }
}

TESTS(TEST(every_role_does_what_the_access_model_says_and_no_more),
        TEST(a_pupil_outside_the_scope_is_nobody),
        TEST(another_school_s_pupil_is_nobody_to_every_role),
        TEST(an_export_or_report_never_shows_more_than_a_view),
        TEST(the_table_is_printed_from_the_code_that_enforces_it),
        TEST(a_grant_outside_its_dates_does_not_exist),
        TEST(a_teacher_writes_in_the_set_s_subject_and_sees_the_pupil_whole),
        TEST(a_mark_entered_for_a_set_since_left_stays_in_sight_but_not_the_set),
        TEST(aggregates_name_nobody_and_hide_small_numbers),
        TEST(an_adviser_sees_names_only_by_agreement),
        TEST(a_restricted_parent_sees_nothing_of_the_child_by_any_role),
        TEST(parents_and_pupils_see_what_was_released),
        TEST(extras_and_the_school_s_choices_open_what_the_role_leaves_open),
        TEST(the_grant_with_the_fewest_conditions_answers),
        TEST(a_list_is_narrowed_to_the_pupils_in_scope),
        TEST(nobody_grants_more_than_they_hold), TEST(words_and_their_roles_find_each_other),
        TEST(nobody_without_a_grant_may_do_anything))
