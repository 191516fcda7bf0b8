/*
 * Figures are worked out by hand. Year 5 in spring is period 8 of 12: from 2b (15 points) to 4b
 * (27) the progress target is 15 + 12 x 8 / 12 = 23 points, 3a; 3b (21) is 2 points and one
 * sub-level under it. In the mathematics test of 2010 level 4 is 46 to 78 marks: 67 marks are
 * 4 + 21 / 33 = 4.64.
 */
#include "actions/marksheet.h"

#include "actions/review.h"
#include "class_teacher.h"
#include "school.h"

static const char *const pupils =
        "upn,surname,forename,dob,sex,year_group,registration,sen,pupil_premium\n"
        "Z354900108001,O'Test-Pupil,Zoë,2000-02-29,F,5,5B,A,Y\n"
        "N354900108002,Minimal,Child,01/09/1999,M,5,5B,,\n"
        "N354900109003,Adams,Eve,02/09/1999,F,5,5B,,\n";
static const char *const groups = "upn,group,type,subject,from,to\n"
                                  "Z354900108001,5B,registration,,2009-09-01,\n"
                                  "N354900108002,5B,registration,,2009-09-01,\n"
                                  "N354900109003,5B,registration,,2009-09-01,\n";
static const char *const results = "upn,subject,kind,stage,date,review,grade\n"
                                   "Z354900108001,MAT,result,KS1,2007-07-01,,2b\n"
                                   "Z354900108001,MAT,target,KS2,2009-09-10,,4b\n"
                                   "Z354900108001,MAT,assessment,,2009-12-10,Autumn,3c\n"
                                   "N354900108002,MAT,result,KS1,2007-07-01,,2b\n";

static const struct grant other_grant = { .role = ROLE_TEACHER,
    .kind = GRANT_GROUP,
    .value = "6A",
    .subject = "",
    .school_id = 1 };
static const struct grant manager_grant = { .role = ROLE_DATA_MANAGER,
    .kind = GRANT_SCHOOL,
    .value = "",
    .subject = "",
    .school_id = 1 };
static const struct person other = { .account_id = 2,
    .username = "other",
    .name = "Other",
    .grants = &other_grant,
    .grant_n = 1 };
static const struct person manager = { .account_id = 3,
    .username = "data",
    .name = "Data",
    .grants = &manager_grant,
    .grant_n = 1 };

struct fixture {
    struct school_file school;
    int64_t id;
    struct sheet sheet;
    struct save_outcome outcome;
    int64_t eve, minimal, zoe; /* pupil ids, in the order of the page */
};

static void load(struct fixture *f)
{
    CHECK_OK("load",
            sheet_load(&f->school.context, &teacher, f->id, NULL, &f->sheet, &f->school.err),
            &f->school.err);
}

static void make(struct fixture *f)
{
    struct school_file *s = &f->school;
    struct review review = { .name = "Spring",
        .asks = "assessment",
        .subjects = "",
        .first_year = 3,
        .last_year = 6,
        .from = { 20100301 },
        .to = { 20100401 } };

    *f = (struct fixture){ 0 };
    school_make(s);
    school_import(s, "pupils", pupils);
    school_import(s, "groups", groups);
    school_import(s, "results", results);
    CHECK_OK("review", review_define(&s->context, &review, &s->err), &s->err);
    CHECK_OK("begin", store_begin(s->context.store, &s->err), &s->err);
    CHECK_OK("define",
            marksheet_define(&s->context, "Mathematics 5B", "5B", "registration", "MAT",
                    "Spring", &f->id, &s->err),
            &s->err);
    CHECK_OK("commit", store_commit(s->context.store, &s->err), &s->err);
    load(f);
    CHECK_INT("pupils", f->sheet.cohort.pupil_n, 3);
    f->eve = f->sheet.cohort.pupils[0].id;
    f->minimal = f->sheet.cohort.pupils[1].id;
    f->zoe = f->sheet.cohort.pupils[2].id;
}

static enum err_code save_as(struct fixture *f, const struct person *person, int64_t pupil,
        const char *typed, int64_t revision, const char *reason)
{
    static struct cell_typed cell;
    const struct sheet_sent sent = { .cells = &cell, .cell_n = 1, .reason = reason };

    cell = (struct cell_typed){ pupil, "MAT", typed, revision };
    f->outcome = (struct save_outcome){ 0 };
    return sheet_save(&f->school.context, person, f->id, NULL, &sent, &f->outcome,
            &f->school.err);
}

static void save(struct fixture *f, const char *row, int64_t pupil, const char *typed,
        int64_t revision)
{
    CHECK_OK(row, save_as(f, &teacher, pupil, typed, revision, ""), &f->school.err);
}

static void a_sheet_has_everything_beside_the_cell(void **state)
{
    struct fixture f;
    const struct cohort *cohort = &f.sheet.cohort;
    int64_t before;

    (void)state;
    make(&f);
    save(&f, "3b", f.zoe, "3B", 0);
    before = store_statement_n(f.school.context.store);
    load(&f);
    CHECK_INT("statements", store_statement_n(f.school.context.store) - before, 3);
    CHECK_TEXT("first by surname", cohort->pupils[0].surname, "Adams");
    CHECK_INT("prior", cohort->prior[2].points, 15000);
    CHECK_INT("target", cohort->target[2].points, 27000);
    CHECK_INT("progress target", cohort->progress[2].points, 23000);
    CHECK_INT("gap", cohort->gap[2], -2000);
    CHECK_INT("flag", cohort->flag[2], FLAG_BELOW);
    CHECK_TEXT("entry", sheet_cell(&f.sheet, 2, 0)->text, "3b");
    CHECK_TEXT("review before", f.sheet.earlier[0], "Autumn");
    CHECK_INT("3c before", sheet_cell(&f.sheet, 2, 0)->earlier[0].points, 19000);
    CHECK_INT("no target, no flag", cohort->flag[1], FLAG_NONE);
    CHECK_INT("nothing entered", sheet_cell(&f.sheet, 1, 0)->revision, 0);
    CHECK_TRUE("SEN is seen", f.sheet.pupils[2].sen);
    CHECK_TRUE("premium is not, unless the school says so", !f.sheet.pupils[2].premium);
    CHECK_TRUE("nor is its word", cohort->pupils[2].pupil_premium == NULL);
    school_remove(&f.school);
}

static void a_cache_reads_again_only_when_something_was_recorded(void **state)
{
    struct fixture f;
    struct sheet_options options = { 0 };
    struct store *store;
    int64_t n;

    (void)state;
    make(&f);
    store = f.school.context.store;
    CHECK_OK("cache", sheet_cache_make(&options.cache, &f.school.err), &f.school.err);
    for (int i = 0; i < 2; i++) {
        n = store_statement_n(store);
        CHECK_OK("load",
                sheet_load(&f.school.context, &teacher, f.id, &options, &f.sheet,
                        &f.school.err),
                &f.school.err);
        CHECK_INT(i == 0 ? "first" : "again", store_statement_n(store) - n, i == 0 ? 3 : 1);
    }
    save(&f, "3b", f.zoe, "3b", 0);
    CHECK_OK("after a save",
            sheet_load(&f.school.context, &teacher, f.id, &options, &f.sheet, &f.school.err),
            &f.school.err);
    CHECK_TEXT("what was saved", sheet_cell(&f.sheet, 2, 0)->text, "3b");
    CHECK_INT("another person, from the same",
            sheet_load(&f.school.context, &other, f.id, &options, &f.sheet, &f.school.err),
            ERR_NOT_FOUND);
    sheet_cache_free(options.cache);
    school_remove(&f.school);
}

/* trust.md 4.3: what two people do to one cell, one after the other. */
static void two_people_and_one_cell(void **state)
{
    enum {
        NOTHING,
        FIRST,
        SECOND
    };
    static const struct {
        const char *row;
        const char *first, *second; /* saved one after the other before; NULL: not */
        const char *typed;
        int drawn; /* the form was drawn from this state */
        enum entry_state state;
        const char *stands;
    } rows[] = {
        { "nobody else", NULL, NULL, "3a", NOTHING, ENTRY_SAVED, "3a" },
        { "the revision matches", "3a", NULL, "3b", FIRST, ENTRY_SAVED, "3b" },
        { "a stale cell that was not touched", "3a", NULL, "", NOTHING, ENTRY_UNCHANGED, "3a" },
        { "stale and not touched, two saves", "3a", "3b", "3a", FIRST, ENTRY_UNCHANGED, "3b" },
        { "both changed it", "3a", NULL, "3b", NOTHING, ENTRY_CONFLICT, "3a" },
        { "both changed it, later", "3a", "3b", "3c", FIRST, ENTRY_CONFLICT, "3b" },
        { "the same typed twice", "3a", NULL, "3A", NOTHING, ENTRY_SAME, "3a" },
        { "not changed at all", "3a", NULL, "3a", FIRST, ENTRY_UNCHANGED, "3a" },
        { "written in another way", "3a", NULL, " level 3a", FIRST, ENTRY_UNCHANGED, "3a" },
        { "taken back", "3a", NULL, "", FIRST, ENTRY_SAVED, "" },
        { "taken back by one, changed by the other", "3a", "", "3b", FIRST, ENTRY_CONFLICT,
                "" },
        { "both took it back", "3a", "", "", FIRST, ENTRY_SAME, "" },
        { "entered again after it was taken back", "3a", "", "3b", SECOND, ENTRY_SAVED, "3b" },
        { "not on the scale", "3a", NULL, "3d", FIRST, ENTRY_INVALID, "3a" },
        { "a reason", "3a", NULL, "abs", FIRST, ENTRY_SAVED, "Abs" },
        { "not taught", NULL, NULL, "NT", NOTHING, ENTRY_SAVED, "NT" },
        { "a raw mark", NULL, NULL, "67 marks", NOTHING, ENTRY_SAVED, "4.64" },
        { "a raw mark where that is no grade", NULL, NULL, "67", NOTHING, ENTRY_SAVED, "4.64" },
        { "a mark outside the test", NULL, NULL, "101 marks", NOTHING, ENTRY_INVALID, "" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fixture f;
        int64_t drawn[3] = { 0 };

        make(&f);
        for (int step = FIRST; step <= SECOND; step++) {
            const char *typed = step == FIRST ? rows[i].first : rows[i].second;

            if (typed != NULL)
                save(&f, rows[i].row, f.zoe, typed, drawn[step - 1]);
            load(&f);
            drawn[step] = sheet_cell(&f.sheet, 2, 0)->revision;
        }
        save(&f, rows[i].row, f.zoe, rows[i].typed, drawn[rows[i].drawn]);
        CHECK_INT(rows[i].row, f.outcome.cells[0].state, rows[i].state);
        CHECK_INT(rows[i].row, f.outcome.state_n[rows[i].state], 1);
        load(&f);
        CHECK_TEXT(rows[i].row, sheet_cell(&f.sheet, 2, 0)->text, rows[i].stands);
        if (rows[i].state == ENTRY_CONFLICT) {
            CHECK_TEXT(rows[i].row, f.outcome.cells[0].theirs, rows[i].stands);
            CHECK_TEXT(rows[i].row, f.outcome.cells[0].who, "test");
            CHECK_TRUE(rows[i].row, f.outcome.cells[0].when[0] != '\0');
        }
        school_remove(&f.school);
    }
}

static void good_cells_are_saved_beside_bad_ones(void **state)
{
    struct fixture f;
    struct cell_typed cells[] = { { 0, "MAT", "3a", 0 }, { 0, "MAT", "9z", 0 },
        { 0, "MAT", "2a", 0 }, { 0, "ENG", "2a", 0 }, { 999, "MAT", "2a", 0 } };
    const struct sheet_sent sent = { .cells = cells, .cell_n = COUNT(cells), .reason = "" };

    (void)state;
    make(&f);
    cells[0].pupil_id = f.zoe;
    cells[1].pupil_id = f.minimal;
    cells[2].pupil_id = f.eve;
    cells[3].pupil_id = f.eve;
    CHECK_OK("save",
            sheet_save(&f.school.context, &teacher, f.id, NULL, &sent, &f.outcome,
                    &f.school.err),
            &f.school.err);
    CHECK_INT("saved", f.outcome.state_n[ENTRY_SAVED], 2);
    CHECK_INT("not understood", f.outcome.state_n[ENTRY_INVALID], 1);
    CHECK_INT("no such column, no such pupil", f.outcome.state_n[ENTRY_REFUSED], 2);
    CHECK_HAS("says which", f.outcome.cells[1].message, "9z");
    CHECK_TEXT("after", sheet_cell(&f.outcome.sheet, 2, 0)->text, "3a");
    school_remove(&f.school);
}

static void a_sender_who_wants_counts_gets_the_sheet_only_with_trouble(void **state)
{
    struct fixture f;
    struct cell_typed cells[] = { { 0, "MAT", "3a", 0 }, { 0, "MAT", "9z", 0 } };
    struct sheet_sent sent = { .cells = cells, .cell_n = 1, .reason = "", .counts_only = true };

    (void)state;
    make(&f);
    cells[0].pupil_id = f.zoe;
    cells[1].pupil_id = f.eve;
    CHECK_OK("save",
            sheet_save(&f.school.context, &teacher, f.id, NULL, &sent, &f.outcome,
                    &f.school.err),
            &f.school.err);
    CHECK_INT("saved", f.outcome.state_n[ENTRY_SAVED], 1);
    CHECK_TEXT("the sheet as before", sheet_cell(&f.outcome.sheet, 2, 0)->text, "");
    load(&f);
    CHECK_TEXT("it is on record", sheet_cell(&f.sheet, 2, 0)->text, "3a");
    cells[0].typed = "3b";
    cells[0].revision = sheet_cell(&f.sheet, 2, 0)->revision;
    sent.cell_n = 2;
    CHECK_OK("save beside a bad one",
            sheet_save(&f.school.context, &teacher, f.id, NULL, &sent, &f.outcome,
                    &f.school.err),
            &f.school.err);
    CHECK_INT("one not understood", f.outcome.state_n[ENTRY_INVALID], 1);
    CHECK_TEXT("the sheet as it stands", sheet_cell(&f.outcome.sheet, 2, 0)->text, "3b");
    school_remove(&f.school);
}

static void a_closed_review_keeps_what_was_typed_for_the_data_manager(void **state)
{
    struct fixture f;
    struct parked_list parked = { 0 };

    (void)state;
    make(&f);
    CHECK_OK("close", review_close(&f.school.context, "Spring", &f.school.err), &f.school.err);
    save(&f, "closed", f.zoe, "3a", 0);
    CHECK_INT("refused", f.outcome.cells[0].state, ENTRY_REFUSED);
    CHECK_HAS("why", f.outcome.cells[0].message, "closed");
    load(&f);
    CHECK_TEXT("nothing saved", sheet_cell(&f.sheet, 2, 0)->text, "");
    CHECK_TRUE("nothing to write in", !f.sheet.enters);
    CHECK_OK("parked",
            store_parked(f.school.context.store, 1, f.school.context.arena, &parked,
                    &f.school.err),
            &f.school.err);
    CHECK_INT("one kept", parked.n, 1);
    CHECK_TEXT("as typed", parked.items[0].typed, "3a");
    CHECK_INT("whose", parked.items[0].pupil_id, f.zoe);
    save(&f, "untouched", f.eve, "", 0);
    CHECK_INT("untouched cells are not refused", f.outcome.cells[0].state, ENTRY_UNCHANGED);
    school_remove(&f.school);
}

static void a_pupil_who_has_left_is_refused_and_kept(void **state)
{
    struct fixture f;
    struct parked_list parked = { 0 };

    (void)state;
    make(&f);
    school_import(&f.school, "left",
            "upn,group,type,subject,from,to\n"
            "Z354900108001,5B,registration,,2009-09-01,2010-03-01\n");
    save(&f, "left", f.zoe, "3a", 0);
    CHECK_INT("refused", f.outcome.cells[0].state, ENTRY_REFUSED);
    CHECK_INT("still two", f.outcome.sheet.cohort.pupil_n, 2);
    CHECK_OK("parked",
            store_parked(f.school.context.store, 1, f.school.context.arena, &parked,
                    &f.school.err),
            &f.school.err);
    CHECK_INT("kept", parked.n, 1);
    school_remove(&f.school);
}

static void who_may_not_sees_and_saves_nothing(void **state)
{
    struct fixture f;
    struct parked_list parked = { 0 };
    struct sheet_listed *listed = NULL;
    size_t n = 0;

    (void)state;
    make(&f);
    CHECK_INT("a teacher of another class",
            sheet_load(&f.school.context, &other, f.id, NULL, &f.sheet, &f.school.err),
            ERR_NOT_FOUND);
    CHECK_INT("untouched", save_as(&f, &other, f.zoe, "", 0, ""), ERR_NOT_FOUND);
    CHECK_INT("her role has ended", save_as(&f, &other, f.zoe, "3a", 0, ""), ERR_FORBIDDEN);
    CHECK_OK("parked",
            store_parked(f.school.context.store, 1, f.school.context.arena, &parked,
                    &f.school.err),
            &f.school.err);
    CHECK_INT("what she typed is kept", parked.n, 1);
    CHECK_OK("list", sheet_list(&f.school.context, &other, &listed, &n, &f.school.err),
            &f.school.err);
    CHECK_INT("not in her list", n, 0);
    CHECK_OK("list", sheet_list(&f.school.context, &teacher, &listed, &n, &f.school.err),
            &f.school.err);
    CHECK_INT("in the class teacher's", n, 1);
    CHECK_TRUE("to write in", listed[0].enters);
    CHECK_INT("a manager without a reason", save_as(&f, &manager, f.zoe, "3a", 0, ""),
            ERR_INVALID);
    CHECK_OK("with one", save_as(&f, &manager, f.zoe, "3a", 0, "for the teacher"),
            &f.school.err);
    CHECK_INT("saved", f.outcome.state_n[ENTRY_SAVED], 1);
    school_remove(&f.school);
}

static void a_cell_knows_its_history(void **state)
{
    struct fixture f;
    struct cell_word_list list = { 0 };

    (void)state;
    make(&f);
    save(&f, "first", f.zoe, "3a", 0);
    load(&f);
    save(&f, "back", f.zoe, "", sheet_cell(&f.sheet, 2, 0)->revision);
    load(&f);
    CHECK_OK("history", cell_history(&f.school.context, &f.sheet, 2, 0, &list, &f.school.err),
            &f.school.err);
    CHECK_INT("autumn, 3a, taken back", list.n, 3);
    CHECK_TEXT("who", list.items[1].recorded_by, "test");
    CHECK_TEXT("what", list.items[1].fact.grade, "3a");
    CHECK_TRUE("then taken back", list.items[2].fact.withdrawn);
    CHECK_INT("autumn's is the latest again", f.sheet.cohort.now[2].scale, -1);
    school_remove(&f.school);
}

static void every_allocation_of_a_load_may_fail(void **state)
{
    struct fixture f;

    (void)state;
    make(&f);
    for (int keep = 0; keep < 2; keep++) {
        for (long n = 0;; n++) {
            struct arena arena = { 0 };
            struct context context = f.school.context;
            struct sheet sheet = { 0 };
            enum err_code code;
            int fired;

            context.arena = &arena;
            arena_fault(n, keep);
            code = sheet_load(&context, &teacher, f.id, NULL, &sheet, &f.school.err);
            fired = arena_fault_fired();
            arena_fault(-1, 0);
            arena_free(&arena);
            if (!fired) {
                CHECK_OK("unharmed", code, &f.school.err);
                CHECK_TRUE("some were made to fail", n > 5);
                break;
            }
            CHECK_INT("reported", code, ERR_MEMORY);
            CHECK_INT("untouched", sheet.column_n, 0);
        }
    }
    school_remove(&f.school);
}

static void a_save_that_fails_saves_nothing(void **state)
{
    struct fixture f;

    (void)state;
    make(&f);
    for (long n = 0;; n++) {
        enum err_code code;

        store_fault(f.school.context.store, n);
        code = save_as(&f, &teacher, f.zoe, "3a", 0, "");
        store_fault(f.school.context.store, -1);
        load(&f);
        if (code == ERR_OK) {
            CHECK_TEXT("saved at last", sheet_cell(&f.sheet, 2, 0)->text, "3a");
            CHECK_TRUE("some steps were made to fail", n > 10);
            break;
        }
        CHECK_INT("reported", code, ERR_STORE);
        CHECK_TEXT("nothing", sheet_cell(&f.sheet, 2, 0)->text, "");
    }
    school_remove(&f.school);
}

static void a_marksheet_is_made_once(void **state)
{
    static const struct {
        const char *row, *group, *type, *subjects, *review;
        enum err_code code;
    } rows[] = {
        { "the same again", "5B", "registration", "MAT", "Spring", ERR_OK },
        { "no such group", "5C", "registration", "MAT", "Spring", ERR_NOT_FOUND },
        { "no such type", "5B", "teaching", "MAT", "Spring", ERR_NOT_FOUND },
        { "no such subject", "5B", "registration", "XYZ", "Spring", ERR_NOT_FOUND },
        { "no subject", "5B", "registration", "", "Spring", ERR_INVALID },
        { "too many", "5B", "registration", "MAT,ENG,REA,WRI,SCI,HIS,GEO", "Spring",
                ERR_INVALID },
        { "no such review", "5B", "registration", "MAT", "Summer", ERR_NOT_FOUND },
    };
    struct fixture f;

    (void)state;
    make(&f);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct context *context = &f.school.context;
        int64_t id = 0;

        CHECK_OK(rows[i].row, store_begin(context->store, &f.school.err), &f.school.err);
        CHECK_INT(rows[i].row,
                marksheet_define(context, "Again", rows[i].group, rows[i].type,
                        rows[i].subjects, rows[i].review, &id, &f.school.err),
                rows[i].code);
        store_rollback(context->store);
        CHECK_INT(rows[i].row, id, rows[i].code == ERR_OK ? f.id : 0);
    }
    school_remove(&f.school);
}

TESTS(TEST(a_sheet_has_everything_beside_the_cell),
        TEST(a_cache_reads_again_only_when_something_was_recorded),
        TEST(two_people_and_one_cell), TEST(good_cells_are_saved_beside_bad_ones),
        TEST(a_sender_who_wants_counts_gets_the_sheet_only_with_trouble),
        TEST(a_closed_review_keeps_what_was_typed_for_the_data_manager),
        TEST(a_pupil_who_has_left_is_refused_and_kept),
        TEST(who_may_not_sees_and_saves_nothing), TEST(a_cell_knows_its_history),
        TEST(every_allocation_of_a_load_may_fail), TEST(a_save_that_fails_saves_nothing),
        TEST(a_marksheet_is_made_once))
