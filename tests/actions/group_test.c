#include "actions/group.h"

#include "actions/account.h"
#include "actions/cohort_load.h"
#include "actions/gate.h"
#include "actions/review.h"
#include "school.h"

#define ANN "Z354900108001"
#define BOB "N354900108002"
#define CY "C354900108003"

/* Three pupils: Ann with SEN and free meals and 3b in mathematics, Bob without and 4c, Cy in
   Year 6 looked after and without a mark. The day is 27 March 2010. */
static const char pupils[] =
        "upn,surname,forename,dob,sex,year_group,registration,sen,fsm,looked_after\n" ANN
        ",Abel,Ann,2000-01-02,F,5,5A,A,Y,N\n" BOB ",Baker,Bob,2000-02-03,M,5,5B,N,N,N\n" CY
        ",Clark,Cy,1999-02-03,M,6,6A,N,N,Y\n";
static const char groups[] = "upn,group,type,subject,from,to\n" ANN ",5Ma1,teaching,MAT,,\n";
static const char results[] =
        "upn,subject,kind,stage,date,grade\n" ANN ",MAT,assessment,,2010-03-01,3b\n" BOB
        ",MAT,assessment,,2010-03-01,4c\n";

static const struct date always = { 0 };

static void open_school(struct school_file *f)
{
    school_make(f);
    school_import(f, "pupils", pupils);
    check_counts(f, "pupils", 3, 0, 0, 0);
    school_import(f, "groups", groups);
    school_import(f, "results", results);
    check_counts(f, "results", 2, 0, 0, 0);
}

static int64_t number_of(struct school_file *f, const char *upn)
{
    struct group_pupils found = { 0 };

    CHECK_OK(upn, group_pupils_of(&f->context, upn, &found, &f->err), &f->err);
    return found.ids[0];
}

static int64_t make(struct school_file *f, const char *name, const char *rule)
{
    struct group_outcome outcome = { 0 };

    CHECK_OK(name, group_add(&f->context, name, rule, always, always, &outcome, &f->err),
            &f->err);
    return outcome.import_id;
}

static enum err_code join(struct school_file *f, const char *upns, int from, int to,
        struct group_outcome *outcome)
{
    struct group_pupils found = { 0 };
    enum err_code code = group_pupils_of(&f->context, upns, &found, &f->err);

    return code == ERR_OK ? group_join(&f->context, "Booster", &found, (struct date){ from },
                                    (struct date){ to }, outcome, &f->err)
                          : code;
}

static enum err_code leave(struct school_file *f, const char *upns, int day,
        struct group_outcome *outcome)
{
    struct group_pupils found = { 0 };
    enum err_code code = group_pupils_of(&f->context, upns, &found, &f->err);

    return code == ERR_OK ? group_leave(&f->context, "Booster", &found, (struct date){ day },
                                    outcome, &f->err)
                          : code;
}

/* The memberships of Booster in force, as "ANN 20100111-20100228 BOB 20100111-0". */
static const char *members(struct school_file *f)
{
    static const char *const upns[] = { ANN, BOB, CY };
    static const char *const names[] = { "ANN", "BOB", "CY" };
    struct pupil_group group = { 0 };
    struct membership_list list = { 0 };
    struct buf buf = buf_make(&f->arena, 4096);
    const char *text = "";

    CHECK_OK("group", group_find(&f->context, "Booster", &group, &f->err), &f->err);
    CHECK_OK("members",
            store_memberships(f->context.store, f->context.school.school_id, always, &f->arena,
                    &list, &f->err),
            &f->err);
    for (size_t i = 0; i < list.n; i++) {
        const struct membership *row = &list.items[i];
        bool last = i + 1 == list.n || row[1].group_id != row->group_id ||
                    row[1].pupil_id != row->pupil_id || row[1].from.ymd != row->from.ymd;

        for (size_t k = 0; k < COUNT(upns); k++) {
            if (last && !row->withdrawn && row->group_id == group.group_id &&
                    row->pupil_id == number_of(f, upns[k]))
                buf_printf(&buf, "%s %d-%d ", names[k], (int)row->from.ymd, (int)row->to.ymd);
        }
    }
    CHECK_OK("text", buf_end(&buf, &text, NULL, &f->err), &f->err);
    return text == NULL ? "" : text;
}

/* Who is in a group, as their forenames. */
static const char *who(struct school_file *f, const struct filters *filters)
{
    static const struct cohort_options options = { 0 };
    struct loaded loaded = { 0 };
    const char *text = "";

    CHECK_OK(filters->group, cohort_load(&f->context, filters, &options, &loaded, &f->err),
            &f->err);
    for (size_t p = 0; p < loaded.cohort.pupil_n; p++)
        text = arena_printf(&f->arena, "%s%s ", text, loaded.cohort.pupils[p].forename);
    return text;
}

static const char *who_is_in(struct school_file *f, const char *group)
{
    struct filters filters = { .group = group };

    return who(f, &filters);
}

static void check_sound(struct school_file *f)
{
    struct verify_result sound = { 0 };

    CHECK_OK("verify", store_verify(f->context.store, &f->arena, &sound, &f->err), &f->err);
    CHECK_INT("verify", sound.finding_n, 0);
}

/* ---- by hand ---- */

static void pupils_are_put_in_and_out_from_a_day(void **state)
{
    struct school_file f;
    struct group_outcome outcome = { 0 };

    (void)state;
    open_school(&f);
    make(&f, "Booster", NULL);
    CHECK_OK("in", join(&f, ANN "," BOB, 20100111, 0, &outcome), &f.err);
    CHECK_TEXT("in", outcome.said, "Booster: 2 pupils in from 11 January 2010");
    CHECK_TEXT("in", members(&f), "ANN 20100111-0 BOB 20100111-0 ");
    CHECK_OK("again", join(&f, ANN, 20100201, 0, &outcome), &f.err);
    CHECK_INT("again", outcome.import_id, 0);
    CHECK_OK("out", leave(&f, ANN, 20100228, &outcome), &f.err);
    CHECK_TEXT("out", outcome.said, "Booster: 1 pupil out after 28 February 2010");
    CHECK_TEXT("out", members(&f), "ANN 20100111-20100228 BOB 20100111-0 ");
    CHECK_TEXT("today", who_is_in(&f, "Booster"), "Bob ");
    CHECK_OK("back", join(&f, ANN, 20100322, 20100401, &outcome), &f.err);
    CHECK_TEXT("back", who_is_in(&f, "booster"), "Ann Bob ");
    CHECK_OK("longer", join(&f, ANN, 20100325, 20100410, &outcome), &f.err);
    CHECK_TEXT("longer", members(&f),
            "ANN 20100111-20100228 ANN 20100322-20100410 BOB 20100111-0 ");
    CHECK_OK("never began", leave(&f, ANN, 20100315, &outcome), &f.err);
    CHECK_TEXT("never began", members(&f), "ANN 20100111-20100228 BOB 20100111-0 ");
    check_sound(&f);
    school_remove(&f);
}

static void what_cannot_be_is_refused(void **state)
{
    struct school_file f;
    struct group_outcome outcome = { 0 };
    struct group_pupils ann = { 0 };

    (void)state;
    open_school(&f);
    make(&f, "Booster", NULL);
    CHECK_OK("in", join(&f, ANN, 20100301, 0, &outcome), &f.err);
    CHECK_INT("would overlap", join(&f, ANN, 20100201, 0, &outcome), ERR_CONFLICT);
    CHECK_TEXT("would overlap", f.err.message, ANN " is in Booster already from 1 March 2010");
    CHECK_OK("before it", join(&f, ANN, 20100201, 20100228, &outcome), &f.err);
    CHECK_INT("wrong way round", join(&f, ANN, 20100301, 20100201, &outcome), ERR_INVALID);
    CHECK_INT("not in it", leave(&f, BOB, 20100301, &outcome), ERR_NOT_FOUND);
    CHECK_TEXT("not in it", f.err.message, BOB " is not in Booster on 1 March 2010");
    CHECK_INT("unknown pupil", join(&f, "Z354900108009", 20100301, 0, &outcome), ERR_NOT_FOUND);
    CHECK_INT("nobody", join(&f, " , ", 20100301, 0, &outcome), ERR_INVALID);
    CHECK_OK("ann", group_pupils_of(&f.context, ANN, &ann, &f.err), &f.err);
    CHECK_INT("a set", group_join(&f.context, "5Ma1", &ann, always, always, &outcome, &f.err),
            ERR_INVALID);
    CHECK_TEXT("a set", f.err.message, "5Ma1 is a teaching group");
    CHECK_INT("a typing error",
            group_join(&f.context, "Bosster", &ann, always, always, &outcome, &f.err),
            ERR_NOT_FOUND);
    CHECK_TEXT("a typing error", f.err.hint, "There is \"Booster\".");
    CHECK_INT("taken", group_add(&f.context, "5ma1", NULL, always, always, &outcome, &f.err),
            ERR_CONFLICT);
    CHECK_INT("no name", group_add(&f.context, "  ", NULL, always, always, &outcome, &f.err),
            ERR_INVALID);
    CHECK_INT("a line break",
            group_add(&f.context, "a\nb", NULL, always, always, &outcome, &f.err), ERR_INVALID);
    check_sound(&f);
    school_remove(&f);
}

static void a_change_is_undone_like_an_import(void **state)
{
    struct school_file f;
    struct group_outcome in = { 0 };
    struct group_outcome out = { 0 };
    struct group_outcome rule = { 0 };
    struct import_outcome undone = { 0 };

    (void)state;
    open_school(&f);
    make(&f, "Booster", NULL);
    CHECK_OK("in", join(&f, ANN "," BOB, 20100111, 0, &in), &f.err);
    CHECK_OK("out", leave(&f, ANN, 20100228, &out), &f.err);
    CHECK_OK("undo", import_undo(&f.context, out.import_id, &undone, &f.err), &f.err);
    CHECK_TEXT("out undone", members(&f), "ANN 20100111-0 BOB 20100111-0 ");
    CHECK_OK("undo", import_undo(&f.context, in.import_id, &undone, &f.err), &f.err);
    /* What was stated about Ann since is left, as with every import. */
    CHECK_INT("left", undone.unchanged, 1);
    CHECK_TEXT("in undone", members(&f), "ANN 20100111-0 ");
    make(&f, "SEN", "SEN = \"A\"");
    CHECK_OK("another",
            group_rule_set(&f.context, "SEN", "SEN = \"N\"", always, always, &rule, &f.err),
            &f.err);
    CHECK_TEXT("another", who_is_in(&f, "SEN"), "Bob Cy ");
    CHECK_OK("undo", import_undo(&f.context, rule.import_id, &undone, &f.err), &f.err);
    CHECK_TEXT("as before", who_is_in(&f, "SEN"), "Ann ");
    check_sound(&f);
    school_remove(&f);
}

static void the_end_of_a_group_ends_all_of_it(void **state)
{
    struct school_file f;
    struct group_outcome outcome = { 0 };
    struct intervention row = { .from = { 20100111 },
        .purpose = "Times tables",
        .staff = "Mrs Able",
        .pence = 120050 };
    struct intervention_list list = { 0 };

    (void)state;
    open_school(&f);
    make(&f, "Booster", NULL);
    make(&f, "Ruled", "YEAR = 5");
    CHECK_OK("in", join(&f, ANN, 20100111, 0, &outcome), &f.err);
    CHECK_OK("for", group_intervene(&f.context, "Booster", &row, &outcome, &f.err), &f.err);
    CHECK_OK("end",
            group_end(&f.context, "Booster", (struct date){ 20100312 }, &outcome, &f.err),
            &f.err);
    CHECK_TEXT("members", members(&f), "ANN 20100111-20100312 ");
    CHECK_OK("list",
            store_interventions(f.context.store, f.context.school.school_id, always, &f.arena,
                    &list, &f.err),
            &f.err);
    CHECK_INT("kept as it was", list.n, 2);
    CHECK_INT("kept as it was", list.items[0].to.ymd, 0);
    CHECK_INT("ended", list.items[1].to.ymd, 20100312);
    CHECK_INT("the same cost", list.items[1].pence, 120050);
    CHECK_OK("end", group_end(&f.context, "Ruled", (struct date){ 20100312 }, &outcome, &f.err),
            &f.err);
    CHECK_TEXT("nobody", who_is_in(&f, "Ruled"), "");
    check_sound(&f);
    school_remove(&f);
}

static void sums_are_read_in_pounds(void **state)
{
    static const struct {
        const char *text;
        bool good;
        int64_t pence;
    } sums[] = {
        { "1200", true, 120000 },
        { "1,200.50", true, 120050 },
        { "\xC2\xA3"
          "0.05",
                true, 5 },
        { "0", true, 0 },
        { "1000000", true, 100000000 },
        { "1000000.01", false, 0 },
        { "1.005", false, 0 },
        { "-1", false, 0 },
        { "ten", false, 0 },
        { "", false, 0 },
    };
    struct arena arena = { 0 };

    (void)state;
    for (size_t i = 0; i < COUNT(sums); i++) {
        int64_t pence = 0;

        CHECK_INT(sums[i].text, group_pence(sums[i].text, &pence), sums[i].good);
        CHECK_INT(sums[i].text, pence, sums[i].pence);
    }
    CHECK_TEXT("small", group_pounds(&arena, 5),
            "\xC2\xA3"
            "0.05");
    CHECK_TEXT("large", group_pounds(&arena, 120050),
            "\xC2\xA3"
            "1,200.50");
    CHECK_TEXT("largest", group_pounds(&arena, 99999999),
            "\xC2\xA3"
            "999,999.99");
    arena_free(&arena);
}

/* ---- by rule ---- */

static void a_rule_says_who_is_in(void **state)
{
    static const struct {
        const char *name, *rule, *who;
    } rules[] = {
        { "Looked after", "LOOKED_AFTER", "Cy " },
        { "Below 4 in maths", "LATEST(\"MAT\") < \"4c\"", "Ann " },
        { "Nobody", "YEAR = 13", "" },
        { "Either", "IN(\"Looked after\") OR IN(\"below 4 in maths\")", "Ann Cy " },
        { "Not either", "NOT IN(\"Either\")", "Bob " },
        { "In the set", "IN(\"5Ma1\") AND YEAR = 5", "Ann " },
    };
    struct school_file f;
    struct filters where = { .where = "IN(\"Either\") AND YEAR = 6" };

    (void)state;
    open_school(&f);
    for (size_t i = 0; i < COUNT(rules); i++)
        make(&f, rules[i].name, rules[i].rule);
    for (size_t i = 0; i < COUNT(rules); i++)
        CHECK_TEXT(rules[i].name, who_is_in(&f, rules[i].name), rules[i].who);
    where.group = "Either";
    CHECK_TEXT("in a formula", who(&f, &where), "Cy ");
    check_sound(&f);
    school_remove(&f);
}

/* A review that is over is looked at as on its last day: the rule of that day counts. */
static void a_rule_holds_on_its_days(void **state)
{
    struct school_file f;
    struct group_outcome outcome = { 0 };
    struct review review = { .name = "February",
        .asks = "assessment",
        .subjects = "",
        .first_year = 5,
        .last_year = 6,
        .from = { 20100215 },
        .to = { 20100228 } };
    struct filters then = { .group = "Rule", .review = "February" };

    (void)state;
    open_school(&f);
    make(&f, "Rule", "GENDER = \"F\"");
    CHECK_OK("from March",
            group_rule_set(&f.context, "Rule", "GENDER = \"M\"", (struct date){ 20100301 },
                    (struct date){ 20100320 }, &outcome, &f.err),
            &f.err);
    CHECK_OK("review", review_define(&f.context, &review, &f.err), &f.err);
    CHECK_TEXT("in February", who(&f, &then), "Ann ");
    CHECK_TEXT("after its last day", who_is_in(&f, "Rule"), "");
    CHECK_OK("later",
            group_rule_set(&f.context, "Rule", "YEAR = 6", (struct date){ 20100327 }, always,
                    &outcome, &f.err),
            &f.err);
    CHECK_TEXT("today", who_is_in(&f, "Rule"), "Cy ");
    school_remove(&f);
}

static void a_rule_that_cannot_be_is_refused(void **state)
{
    static const struct {
        const char *row, *rule, *message;
    } bad[] = {
        { "the place", "YEAR = = 5", "character 8: = stands where a value was expected" },
        { "a group that is not", "IN(\"Boster\")",
                "character 4: there is no group \"Boster\"" },
        { "no yes or no", "YEAR", "the formula gives a number, not yes or no" },
        { "empty", "", "the rule is empty" },
        { "itself", "NOT IN(\"a\")", "the rule refers to itself: A, A" },
        { "in a circle", "IN(\"C\")", "the rule refers to itself: A, C, B, A" },
    };
    struct school_file f;
    struct group_outcome outcome = { 0 };

    (void)state;
    open_school(&f);
    make(&f, "Booster", NULL);
    make(&f, "A", "YEAR = 5");
    make(&f, "B", "IN(\"A\") OR YEAR = 6");
    make(&f, "C", "IN(\"B\")");
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(bad[i].row,
                group_rule_set(&f.context, "A", bad[i].rule, always, always, &outcome, &f.err),
                ERR_INVALID);
        CHECK_TEXT(bad[i].row, f.err.message, bad[i].message);
        CHECK_INT(bad[i].row, outcome.import_id, 0);
    }
    CHECK_INT("only later",
            group_rule_set(&f.context, "A", "IN(\"B\")", (struct date){ 20100901 }, always,
                    &outcome, &f.err),
            ERR_INVALID);
    CHECK_INT("by hand",
            group_rule_set(&f.context, "Booster", "YEAR = 5", always, always, &outcome, &f.err),
            ERR_INVALID);
    CHECK_TEXT("as it was", who_is_in(&f, "C"), "Ann Bob Cy ");
    check_sound(&f);
    school_remove(&f);
}

/* Each save was sound when it was made; taking one back closes the circle. */
static void a_circle_that_undoing_makes_is_told(void **state)
{
    static const struct cohort_options options = { 0 };
    static const struct cohort_options all = { .characteristics = true };
    struct school_file f;
    struct group_outcome outcome = { 0 };
    struct import_outcome undone = { 0 };
    struct loaded loaded = { 0 };
    struct filters filters = { .group = "A" };
    struct filters none = { 0 };

    (void)state;
    open_school(&f);
    make(&f, "B", "YEAR = 5");
    make(&f, "A", "IN(\"B\")");
    CHECK_OK("straight",
            group_rule_set(&f.context, "A", "YEAR = 6", always, always, &outcome, &f.err),
            &f.err);
    CHECK_OK("other way",
            group_rule_set(&f.context, "B", "IN(\"A\")", always, always,
                    &(struct group_outcome){ 0 }, &f.err),
            &f.err);
    CHECK_OK("undo", import_undo(&f.context, outcome.import_id, &undone, &f.err), &f.err);
    CHECK_INT("asked for", cohort_load(&f.context, &filters, &options, &loaded, &f.err),
            ERR_INVALID);
    CHECK_TEXT("asked for", f.err.message, "the rule refers to itself: A, B, A");
    CHECK_OK("not asked for", cohort_load(&f.context, &none, &all, &loaded, &f.err), &f.err);
    CHECK_INT("not asked for", loaded.cohort.pupil_n, 3);
    school_remove(&f);
}

static void a_file_puts_nobody_into_a_group_by_rule(void **state)
{
    struct school_file f;

    (void)state;
    open_school(&f);
    make(&f, "Ruled", "YEAR = 6");
    school_import(&f, "groups", "upn,group,type,subject,from,to\n" ANN ",ruled,user,,,\n");
    check_counts(&f, "groups", 0, 0, 0, 1);
    CHECK_TEXT("reason", f.outcome.refused[0].reason,
            "this is a group by rule: who is in it follows from its formula");
    CHECK_TEXT("members", who_is_in(&f, "Ruled"), "Cy ");
    school_remove(&f);
}

/* ---- who may ---- */

static int64_t account(struct school_file *f, struct desk *desk, const char *role,
        const char *scope, const char *username, enum err_code *ret_code)
{
    struct account_new new = { .username = username, .name = "A Person" };
    char password[FIRST_PASSWORD_SIZE];
    int64_t id = 0;

    new.school_id = new.grant.school_id = f->context.school.school_id;
    CHECK_OK(role, grant_read(&f->context, role, scope, &new.grant, &f->err), &f->err);
    *ret_code = account_add(desk, &new, &id, password, &f->err);
    return id;
}

static void no_permission_follows_from_a_rule(void **state)
{
    struct school_file f;
    struct gate gate = { 0 };
    struct desk desk = { .context = &f.context,
        .from_where = "192.0.2.7",
        .cost = { .passes = 1, .memory = 8192 } };
    enum err_code code = ERR_OK;
    int64_t id;

    (void)state;
    open_school(&f);
    make(&f, "Fifth", "YEAR = 5");
    (void)account(&f, &desk, "teacher", "group:fifth", "early", &code);
    CHECK_INT("for a rule", code, ERR_INVALID);
    CHECK_TEXT("for a rule", f.err.message,
            "Fifth is a group by rule: no role can be given for it");
    /* A role for a group that comes later: as a rule it opens nothing. */
    id = account(&f, &desk, "teacher", "group:Sixth", "later", &code);
    CHECK_OK("not made yet", code, &f.err);
    make(&f, "Sixth", "YEAR = 6");
    CHECK_OK("gate", gate_open(&f.context, id, "later", "192.0.2.7", &gate, &f.err), &f.err);
    f.context.gate = &gate;
    f.context.gate_action = ACTION_VIEW;
    CHECK_TEXT("sees nobody", who_is_in(&f, "Sixth"), "");
    f.context.gate = NULL;
    CHECK_TEXT("though he is in it", who_is_in(&f, "Sixth"), "Cy ");
    school_remove(&f);
}

/* Free school meals are not shown to teachers here: a rule about them tells them nothing. */
static void a_rule_tells_no_more_than_its_reader_may_see(void **state)
{
    struct school_file f;
    struct gate gate = { 0 };
    struct group_outcome outcome = { 0 };
    struct desk desk = { .context = &f.context,
        .from_where = "192.0.2.7",
        .cost = { .passes = 1, .memory = 8192 } };
    enum err_code code = ERR_OK;
    int64_t id;

    (void)state;
    open_school(&f);
    make(&f, "Meals", "FSM");
    make(&f, "Girls", "GENDER = \"F\"");
    id = account(&f, &desk, "teacher", "group:5Ma1", "teach", &code);
    CHECK_OK("teacher", code, &f.err);
    CHECK_TEXT("the school", who_is_in(&f, "Meals"), "Ann ");
    CHECK_OK("gate", gate_open(&f.context, id, "teach", "192.0.2.7", &gate, &f.err), &f.err);
    f.context.gate = &gate;
    f.context.gate_action = ACTION_VIEW;
    CHECK_TEXT("what a teacher sees", who_is_in(&f, "Girls"), "Ann ");
    CHECK_TEXT("and does not", who_is_in(&f, "Meals"), "");
    CHECK_INT("nor changes", group_may_change(&f.context), false);
    CHECK_INT("nor changes",
            group_add(&f.context, "Own", NULL, always, always, &outcome, &f.err),
            ERR_FORBIDDEN);
    f.context.gate = NULL;
    id = account(&f, &desk, "data_manager", "school", "data", &code);
    CHECK_OK("data manager", code, &f.err);
    CHECK_OK("gate", gate_open(&f.context, id, "data", "192.0.2.7", &gate, &f.err), &f.err);
    f.context.gate = &gate;
    CHECK_OK("may", group_add(&f.context, "Own", NULL, always, always, &outcome, &f.err),
            &f.err);
    f.context.gate = NULL;
    school_remove(&f);
}

/* ---- without memory ---- */

static void every_allocation_may_fail(void **state)
{
    struct school_file f;
    struct group_outcome outcome = { 0 };
    long n = 0;

    (void)state;
    open_school(&f);
    make(&f, "First", "LATEST(\"MAT\") >= \"3c\"");
    for (int keep = 0; keep < 2; keep++) {
        int fired = 1;

        for (n = 0; fired; n++) {
            struct arena arena = { 0 };
            struct context context = f.context;
            char name[32];
            enum err_code code;

            context.arena = &arena;
            (void)snprintf(name, sizeof(name), "Group %d %ld", keep, n);
            arena_fault(n, keep);
            code = group_add(&context, name, "IN(\"First\") AND YEAR = 5", always, always,
                    &outcome, &f.err);
            fired = arena_fault_fired();
            arena_fault(-1, 0);
            arena_free(&arena);
            CHECK_INT(name, code, fired ? ERR_MEMORY : ERR_OK);
        }
    }
    CHECK_TRUE("some failed", n > 10);
    check_sound(&f);
    school_remove(&f);
}

TESTS(TEST(pupils_are_put_in_and_out_from_a_day), TEST(what_cannot_be_is_refused),
        TEST(a_change_is_undone_like_an_import), TEST(the_end_of_a_group_ends_all_of_it),
        TEST(sums_are_read_in_pounds), TEST(a_rule_says_who_is_in),
        TEST(a_rule_holds_on_its_days), TEST(a_rule_that_cannot_be_is_refused),
        TEST(a_circle_that_undoing_makes_is_told),
        TEST(a_file_puts_nobody_into_a_group_by_rule), TEST(no_permission_follows_from_a_rule),
        TEST(a_rule_tells_no_more_than_its_reader_may_see), TEST(every_allocation_may_fail))
