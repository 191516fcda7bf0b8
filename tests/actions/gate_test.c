#include "actions/gate.h"

#include "actions/account.h"
#include "actions/cohort_load.h"
#include "school.h"

/* Two pupils of Year 5 and one of Year 6, with a mark each in mathematics and reading. */
static const char pupils[] =
        "upn,surname,forename,dob,sex,year_group,registration,sen,fsm,ethnicity\n"
        "Z354900108001,Abel,Ann,2000-01-02,F,5,5A,K,Y,WBRI\n"
        "N354900108002,Baker,Bob,2000-02-03,M,5,5B,N,N,WBRI\n"
        "C354900108003,Clark,Cy,1999-02-03,M,6,6A,N,N,WBRI\n";
static const char groups[] = "upn,group,type,subject,from,to\n"
                             "Z354900108001,5Ma1,teaching,MAT,,\n";

struct office {
    struct school_file school;
    struct desk desk;
    struct gate gate;
    struct loaded loaded;
};

static void office_open(struct office *o)
{
    char results[400] = "upn,subject,kind,stage,date,grade\n";
    static const char *const upns[] = { "Z354900108001", "N354900108002", "C354900108003" };

    *o = (struct office){ 0 };
    school_make(&o->school);
    o->desk = (struct desk){ .context = &o->school.context,
        .from_where = "192.0.2.7",
        .cost = { .passes = 1, .memory = 8192 } };
    school_import(&o->school, "pupils", pupils);
    check_counts(&o->school, "pupils", 3, 0, 0, 0);
    school_import(&o->school, "groups", groups);
    for (size_t i = 0; i < COUNT(upns); i++) {
        size_t n = strlen(results);

        (void)snprintf(results + n, sizeof(results) - n,
                "%s,MAT,assessment,%s,2010-03-01,3b\n%s,REA,assessment,%s,2010-03-01,3a\n",
                upns[i], i == 2 ? "Y6" : "Y5", upns[i], i == 2 ? "Y6" : "Y5");
    }
    school_import(&o->school, "results", results);
    check_counts(&o->school, "results", 6, 0, 0, 0);
}

static int64_t add(struct office *o, const char *role, const char *scope, const char *username)
{
    struct account_new account = { .username = username, .name = "A Person" };
    char password[FIRST_PASSWORD_SIZE];
    int64_t id = 0;

    account.school_id = account.grant.school_id = o->school.context.school.school_id;
    CHECK_OK(role, grant_read(&o->school.context, role, scope, &account.grant, &o->school.err),
            &o->school.err);
    CHECK_OK(role, account_add(&o->desk, &account, &id, password, &o->school.err),
            &o->school.err);
    return id;
}

/* Load everybody and let the account see. */
static void look(struct office *o, int64_t account_id, bool aggregate, bool *suppress)
{
    static const struct filters all = { 0 };
    static const struct cohort_options options = { .all_subjects = true,
        .characteristics = true };

    CHECK_OK("gate",
            gate_open(&o->school.context, account_id, "a", "192.0.2.7", &o->gate,
                    &o->school.err),
            &o->school.err);
    CHECK_OK("load",
            cohort_load(&o->school.context, &all, &options, &o->loaded, &o->school.err),
            &o->school.err);
    CHECK_INT("loaded", o->loaded.cohort.pupil_n, 3);
    CHECK_OK("narrow",
            gate_narrow(&o->gate, ACTION_VIEW, &o->loaded.cohort, aggregate, suppress,
                    &o->school.err),
            &o->school.err);
}

static bool has_mark(const struct office *o, size_t p, const char *subject)
{
    const struct cohort *cohort = &o->loaded.cohort;
    int column = cohort_column(cohort, framework_subject(cohort->fw, subject));

    return column >= 0 && value_is_set(cohort->now[cohort_cell(cohort, p, (size_t)column)]);
}

static void each_role_gets_its_pupils_and_their_fields(void **state)
{
    static const struct {
        const char *role, *scope;
        size_t n;
        const char *first, *upn, *sen, *fsm, *ethnicity;
        bool maths, reading;
    } rows[] = {
        { "data_manager", NULL, 3, "Abel", "Z354900108001", "K", "Y", "WBRI", true, true },
        { "teacher", "group:5Ma1", 1, "Abel", "Z354900108001", "K", "", "", true, true },
        { "teacher", "group:5b", 1, "Baker", "N354900108002", "N", "", "", true, true },
        { "head_of_year", "year:6", 1, "Clark", "C354900108003", "N", "N", "WBRI", true, true },
        { "form_tutor", "registration:5A", 1, "Abel", "Z354900108001", "K", "Y", "", true,
                true },
        { "subject_leader", "subject:MAT", 3, "Abel", "Z354900108001", "K", "Y", "", true,
                false },
        { "subject_leader", "subject:ENG", 2, "Baker", "N354900108002", "N", "N", "", false,
                true },
        { "ta", "sen", 1, "Abel", "", "K", "", "", true, true },
        { "parent", "pupil:C354900108003", 1, "Clark", "", "", "N", "WBRI", false, false },
        { "governor", NULL, 0, "", "", "", "", "", false, false },
    };
    struct office o;

    (void)state;
    office_open(&o);
    for (size_t i = 0; i < COUNT(rows); i++) {
        char name[8];
        bool suppress = true;

        (void)snprintf(name, sizeof(name), "u%zu", i);
        look(&o, add(&o, rows[i].role, rows[i].scope, name), false, &suppress);
        CHECK_INT(rows[i].role, o.loaded.cohort.pupil_n, rows[i].n);
        CHECK_INT(rows[i].role, suppress, 0);
        if (rows[i].n == 0)
            continue;
        CHECK_TEXT(rows[i].role, o.loaded.cohort.pupils[0].surname, rows[i].first);
        CHECK_TEXT(rows[i].role, o.loaded.cohort.pupils[0].upn, rows[i].upn);
        CHECK_TEXT(rows[i].role, o.loaded.cohort.pupils[0].sen, rows[i].sen);
        CHECK_TEXT(rows[i].role, o.loaded.cohort.pupils[0].fsm, rows[i].fsm);
        CHECK_TEXT(rows[i].role, o.loaded.cohort.pupils[0].ethnicity, rows[i].ethnicity);
        CHECK_INT(rows[i].role, has_mark(&o, 0, "MAT"), rows[i].maths);
        CHECK_INT(rows[i].role, has_mark(&o, 0, "REA"), rows[i].reading);
    }
    school_remove(&o.school);
}

static void aggregates_keep_everybody_and_nobody_s_name(void **state)
{
    struct office o;
    bool suppress = false;

    (void)state;
    office_open(&o);
    look(&o, add(&o, "governor", NULL, "gov"), true, &suppress);
    CHECK_TRUE("small numbers", suppress);
    CHECK_INT("pupils", o.loaded.cohort.pupil_n, 3);
    for (size_t i = 0; i < 3; i++) {
        CHECK_TEXT("surname", o.loaded.cohort.pupils[i].surname, "");
        CHECK_TEXT("UPN", o.loaded.cohort.pupils[i].upn, "");
        CHECK_INT("number", o.loaded.cohort.pupils[i].id, 0);
        CHECK_TRUE("counted", has_mark(&o, i, "MAT"));
    }
    school_remove(&o.school);
}

static void a_role_that_ended_is_refused_on_the_next_request(void **state)
{
    struct office o;
    int64_t id;

    (void)state;
    office_open(&o);
    id = add(&o, "teacher", "group:5Ma1", "cover");
    CHECK_OK("before", gate_open(&o.school.context, id, "cover", "", &o.gate, &o.school.err),
            &o.school.err);
    CHECK_OK("end",
            grant_stop(&o.desk, o.school.context.school.school_id, id, 1,
                    (struct date){ 20100326 }, &o.school.err),
            &o.school.err);
    CHECK_INT("after", gate_open(&o.school.context, id, "cover", "", &o.gate, &o.school.err),
            ERR_FORBIDDEN);
    school_remove(&o.school);
}

static void the_gate_opens_in_two_statements(void **state)
{
    struct office o;
    int64_t id;
    int64_t before;

    (void)state;
    office_open(&o);
    id = add(&o, "teacher", "group:5Ma1", "t");
    before = store_statement_n(o.school.context.store);
    CHECK_OK("open", gate_open(&o.school.context, id, "t", "", &o.gate, &o.school.err),
            &o.school.err);
    CHECK_INT("statements", store_statement_n(o.school.context.store) - before, 2);
    school_remove(&o.school);
}

static int64_t audit_lines(struct office *o, int64_t pupil_id)
{
    struct audit_list list = { 0 };
    const struct audit_filter filter = { .pupil_id = pupil_id };

    CHECK_OK("audit",
            store_audit(o->school.context.store, o->school.context.school.school_id, &filter,
                    &o->school.arena, &list, &o->school.err),
            &o->school.err);
    return (int64_t)list.n;
}

static void views_and_refusals_are_noted_and_written_together(void **state)
{
    static const int64_t sheet[] = { 901, 902, 903 };
    struct office o;
    struct audit_queue *queue = NULL;
    struct access_pupil other = { .pupil_id = 905 };
    bool suppress;

    (void)state;
    office_open(&o);
    look(&o, add(&o, "teacher", "group:5Ma1", "t"), false, &suppress);
    CHECK_OK("note",
            gate_note(&o.gate, "view", "marksheet 12", sheet, 3, "you teach this class",
                    &o.school.err),
            &o.school.err);
    CHECK_INT("refused", gate_ask(&o.gate, ACTION_ENTER, FIELD_MARKS, &other, &o.school.err),
            ERR_FORBIDDEN);
    CHECK_OK("queue", audit_queue_open(&queue, &o.school.err), &o.school.err);
    CHECK_OK("add", audit_queue_add(queue, &o.gate, &o.school.err), &o.school.err);
    CHECK_INT("waiting", audit_queue_n(queue), 2);
    CHECK_INT("the gate is empty", o.gate.entry_n, 0);
    store_fault(o.school.context.store, 2);
    CHECK_INT("a failing write",
            audit_queue_flush(queue, o.school.context.store, &o.school.err), ERR_STORE);
    store_fault(o.school.context.store, -1);
    CHECK_INT("still waiting", audit_queue_n(queue), 2);
    CHECK_OK("flush", audit_queue_flush(queue, o.school.context.store, &o.school.err),
            &o.school.err);
    CHECK_INT("written", audit_queue_n(queue), 0);
    CHECK_INT("who saw 902", audit_lines(&o, 902), 1);
    CHECK_INT("who tried 905", audit_lines(&o, 905), 1);
    CHECK_INT("nobody saw 90", audit_lines(&o, 90), 0);
    CHECK_OK("note",
            gate_note(&o.gate, "view", "pupil", sheet, 1, "you teach this class",
                    &o.school.err),
            &o.school.err);
    CHECK_OK("flush alone", gate_flush(&o.gate, &o.school.err), &o.school.err);
    CHECK_INT("who saw 901", audit_lines(&o, 901), 2);
    audit_queue_close(queue);
    school_remove(&o.school);
}

TESTS(TEST(each_role_gets_its_pupils_and_their_fields),
        TEST(aggregates_keep_everybody_and_nobody_s_name),
        TEST(a_role_that_ended_is_refused_on_the_next_request),
        TEST(the_gate_opens_in_two_statements),
        TEST(views_and_refusals_are_noted_and_written_together))
