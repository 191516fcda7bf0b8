/*
 * Figures are worked out by hand. Year 5 in spring: from 2b (15 points) at Key Stage 1 to the
 * 3b (21) entered are three sub-levels; from 3c in the autumn it is one.
 */
#include "actions/aspect.h"
#include "actions/marksheet.h"
#include "actions/review.h"
#include "actions/template.h"
#include "class_teacher.h"
#include "school.h"

static const char pupils[] = "upn,surname,forename,dob,sex,year_group,registration,sen\n"
                             "Z354900108001,Test,Zoe,2000-02-29,F,5,5B,A\n"
                             "N354900109003,Adams,Eve,02/09/1999,F,5,5B,\n";
static const char groups[] = "upn,group,type,subject,from,to\n"
                             "Z354900108001,5B,registration,,2009-09-01,\n"
                             "N354900109003,5B,registration,,2009-09-01,\n";
static const char results[] = "upn,subject,kind,stage,date,review,grade\n"
                              "Z354900108001,MAT,result,KS1,2007-07-01,,2b\n"
                              "Z354900108001,MAT,target,KS2,2009-09-10,,4b\n"
                              "Z354900108001,SCI,assessment,,2009-12-10,,4c\n"
                              "Z354900108001,MAT,assessment,,2009-12-10,Autumn,3c\n";
static const char mine[] = "template mine \"Mine\"\n"
                           "stages KS2\n"
                           "aspect EFFORT \"Effort\" number highest 5\n"
                           "show \"Start\" prior\n"
                           "show \"Before\" previous\n"
                           "show \"Need\" sen\n"
                           "enter \"Effort\" EFFORT\n"
                           "colour below \"Low\" COLUMN(\"Effort\") < 3\n"
                           "calculate \"Since\" number from -20 to 30\n"
                           "formula STEPS(LATEST, PRIOR)\n"
                           "colour below \"Slow\" COLUMN(\"Since\") < 4\n"
                           "colour on \"Good\" COLUMN(\"Since\") >= 4\n"
                           "calculate \"Score\" number\n"
                           "formula COLUMN(\"Since\") * 10 + COLUMN(\"Effort\")\n"
                           "calculate \"Science\" grade\n"
                           "formula LATEST(\"SCI\")\n"
                           "calculate \"Up\" number\n"
                           "formula STEPS(LATEST, COLUMN(\"previous\"))\n"
                           "calculate \"Booster\" yes-no\n"
                           "formula IN(\"Booster\")\n";

enum {
    START,
    BEFORE,
    NEED,
    EFFORT,
    SINCE,
    SCORE,
    SCIENCE,
    UP,
    BOOSTER
};

struct fixture {
    struct school_file school;
    int64_t id;
    struct sheet sheet;
};

static void load(struct fixture *f)
{
    f->sheet = (struct sheet){ 0 };
    CHECK_OK("load",
            sheet_load(&f->school.context, &teacher, f->id, NULL, &f->sheet, &f->school.err),
            &f->school.err);
}

static void take_in(struct fixture *f, const char *text)
{
    struct template_outcome outcome = { 0 };
    struct school_file *s = &f->school;

    CHECK_OK("template",
            template_import(&s->context, "mine", text, strlen(text), NULL, false, &outcome,
                    &s->err),
            &s->err);
}

static void accept(struct fixture *f)
{
    struct template_outcome outcome = { 0 };

    CHECK_OK("accept",
            template_accept(&f->school.context, "mine", NULL, &outcome, &f->school.err),
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
    struct cell_typed cell = { .subject = "MAT", .typed = "3b" };
    const struct sheet_sent sent = { .cells = &cell, .cell_n = 1, .reason = "" };
    struct save_outcome saved = { 0 };

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
    CHECK_INT("no template", f->sheet.columns_n, 0);
    cell.pupil_id = f->sheet.cohort.pupils[1].id;
    CHECK_OK("entry", sheet_save(&s->context, &teacher, f->id, NULL, &sent, &saved, &s->err),
            &s->err);
    take_in(f, mine);
    CHECK_OK("choose", marksheet_choose(&s->context, f->id, "mine", &s->err), &s->err);
}

/* What Zoe's column says. */
static const char *zoe(const struct fixture *f, int column)
{
    return f->sheet.columns[column].texts[1];
}

static void shown_columns_stand_and_calculated_ones_wait(void **state)
{
    struct fixture f;

    (void)state;
    make(&f);
    load(&f);
    CHECK_TEXT("its name", sheet_template_name(&f.sheet), "Mine");
    CHECK_INT("columns", f.sheet.columns_n, 9);
    CHECK_TEXT("the result before", zoe(&f, START), "2b");
    CHECK_TEXT("the review before", zoe(&f, BEFORE), "3c");
    CHECK_TEXT("a characteristic", zoe(&f, NEED), "A");
    CHECK_TEXT("nothing calculated", zoe(&f, SINCE), "");
    CHECK_HAS("because", f.sheet.columns[SINCE].waits, "wait to be accepted");
    CHECK_INT("no colour", f.sheet.columns[SINCE].colour[1], -1);
    school_remove(&f.school);
}

static void accepted_columns_are_calculated_and_coloured(void **state)
{
    struct fixture f;

    (void)state;
    make(&f);
    accept(&f);
    load(&f);
    CHECK_TEXT("2b to 3b", zoe(&f, SINCE), "3");
    CHECK_INT("slow", f.sheet.columns[SINCE].colour[1], 0);
    CHECK_TEXT("its word", f.sheet.columns[SINCE].colours[0].word, "Slow");
    CHECK_TEXT("3c to 3b", zoe(&f, UP), "1");
    CHECK_TEXT("a subject the sheet has not", zoe(&f, SCIENCE), "4c");
    CHECK_TEXT("effort is missing, so is the score", zoe(&f, SCORE), "");
    CHECK_TEXT("nothing entered for Eve", f.sheet.columns[SINCE].texts[0], "");
    CHECK_INT("and no colour", f.sheet.columns[SINCE].colour[0], -1);
    CHECK_HAS("groups are not read", f.sheet.columns[BOOSTER].waits, "asks for groups");
    CHECK_TEXT("so it says nothing", zoe(&f, BOOSTER), "");
    school_remove(&f.school);
}

static void say_effort(struct fixture *f, const char *value, bool withdrawn)
{
    struct school_file *s = &f->school;
    struct import import = { .kind = "form",
        .file = "form",
        .added = 1,
        .recorded_by = "test",
        .recorded_at = "2010-03-27T12:00:00Z" };
    const struct aspect_value said = { .pupil_id = f->sheet.cohort.pupils[1].id,
        .aspect = "EFFORT",
        .review = "Spring",
        .date = { 20100327 },
        .value = value,
        .withdrawn = withdrawn };

    CHECK_OK("begin", store_begin(s->context.store, &s->err), &s->err);
    CHECK_OK("import",
            store_import_begin(s->context.store, s->context.school.school_id, &import, 1,
                    &s->err),
            &s->err);
    CHECK_OK("say", store_add_aspect_value(s->context.store, &said, &s->err), &s->err);
    CHECK_OK("end", store_import_end(s->context.store, &s->err), &s->err);
    CHECK_OK("commit", store_commit(s->context.store, &s->err), &s->err);
}

static void what_was_recorded_by_an_aspect_counts(void **state)
{
    struct fixture f;

    (void)state;
    make(&f);
    accept(&f);
    load(&f);
    say_effort(&f, "4", false);
    say_effort(&f, "2", false);
    load(&f);
    CHECK_TEXT("the last holds", zoe(&f, EFFORT), "2");
    CHECK_INT("low", f.sheet.columns[EFFORT].colour[1], 0);
    CHECK_TEXT("3 x 10 + 2", zoe(&f, SCORE), "32");
    say_effort(&f, "2", true);
    load(&f);
    CHECK_TEXT("taken back", zoe(&f, EFFORT), "");
    CHECK_TEXT("and what reads it", zoe(&f, SCORE), "");
    school_remove(&f.school);
}

/* Save one cell of Zoe's effort; what came of it. */
static struct save_outcome typed_as(struct fixture *f, const struct person *person,
        const char *column, const char *text, int64_t revision)
{
    struct cell_typed *cell = arena_alloc(&f->school.arena, sizeof(*cell));
    struct sheet_sent sent = { .cells = cell, .cell_n = 1, .reason = "" };
    struct save_outcome outcome = { 0 };

    *cell = (struct cell_typed){ f->sheet.cohort.pupils[1].id, column, text, revision };
    f->school.err = (struct err){ 0 };
    CHECK_OK(text,
            sheet_save(&f->school.context, person, f->id, NULL, &sent, &outcome,
                    &f->school.err),
            &f->school.err);
    return outcome;
}

static struct save_outcome effort(struct fixture *f, const char *text, int64_t revision)
{
    return typed_as(f, &teacher, "a-EFFORT", text, revision);
}

static const struct sheet_entry *zoes(const struct fixture *f)
{
    return &f->sheet.columns[EFFORT].entries[1];
}

static void a_cell_of_an_aspect_is_saved_as_a_judgement_is(void **state)
{
    struct fixture f;
    struct save_outcome outcome;
    struct parked_list parked = { 0 };
    struct verify_result result = { 0 };
    struct import_outcome undone = { 0 };
    int64_t first, second;

    (void)state;
    make(&f);
    accept(&f);
    load(&f);
    CHECK_TRUE("may be written", zoes(&f)->enters);
    CHECK_INT("never said", zoes(&f)->revision, 0);
    outcome = effort(&f, "2.50", 0);
    CHECK_INT("saved", outcome.cells[0].state, ENTRY_SAVED);
    load(&f);
    first = zoes(&f)->revision;
    CHECK_TRUE("a revision", first > 0);
    CHECK_TEXT("as it is written", zoes(&f)->text, "2.5");
    CHECK_TEXT("and reckoned with: 3 x 10 + 2.5", zoe(&f, SCORE), "32.5");
    outcome = effort(&f, "2.5", first);
    CHECK_INT("untouched", outcome.cells[0].state, ENTRY_UNCHANGED);
    CHECK_INT("nothing written", outcome.import_id, 0);
    outcome = effort(&f, "6", first);
    CHECK_INT("above its highest", outcome.cells[0].state, ENTRY_INVALID);
    CHECK_HAS("said", outcome.cells[0].message, "is not what Effort takes");
    CHECK_TEXT("what would do", outcome.cells[0].hint, "Type a number from 0 to 5.");
    outcome = effort(&f, "4", first);
    CHECK_INT("changed", outcome.cells[0].state, ENTRY_SAVED);
    load(&f);
    second = zoes(&f)->revision;
    outcome = effort(&f, "3", first);
    CHECK_INT("somebody was first", outcome.cells[0].state, ENTRY_CONFLICT);
    CHECK_TEXT("with", outcome.cells[0].theirs, "4");
    outcome = effort(&f, "2.5", first);
    CHECK_INT("an old page, untouched", outcome.cells[0].state, ENTRY_UNCHANGED);
    outcome = effort(&f, "4", first);
    CHECK_INT("the same", outcome.cells[0].state, ENTRY_SAME);
    load(&f);
    CHECK_INT("nothing was written for these", zoes(&f)->revision, second);
    outcome = effort(&f, "", second);
    CHECK_INT("taken back", outcome.cells[0].state, ENTRY_SAVED);
    load(&f);
    CHECK_TEXT("gone", zoes(&f)->text, "");
    CHECK_TRUE("but known", zoes(&f)->revision > second);
    CHECK_OK("undo", import_undo(&f.school.context, outcome.import_id, &undone, &f.school.err),
            &f.school.err);
    load(&f);
    CHECK_TEXT("back", zoes(&f)->text, "4");
    outcome = typed_as(&f, &teacher, "a-NOTHING", "3", 0);
    CHECK_INT("no such column", outcome.cells[0].state, ENTRY_REFUSED);
    CHECK_OK("parked",
            store_parked(f.school.context.store, f.school.context.school.school_id,
                    &f.school.arena, &parked, &f.school.err),
            &f.school.err);
    CHECK_INT("but kept", parked.n, 1);
    CHECK_TEXT("as typed", parked.items[0].typed, "3");
    CHECK_OK("verify",
            store_verify(f.school.context.store, &f.school.arena, &result, &f.school.err),
            &f.school.err);
    CHECK_INT("sound", result.finding_n, 0);
    school_remove(&f.school);
}

static void who_may_not_enter_is_refused_and_nothing_is_lost(void **state)
{
    static const struct grant head_grant = { .role = ROLE_HEAD,
        .kind = GRANT_SCHOOL,
        .value = "",
        .subject = "",
        .school_id = 1 };
    static const struct person head = { .account_id = 2,
        .username = "head",
        .name = "Head",
        .grants = &head_grant,
        .grant_n = 1 };
    struct fixture f;
    struct save_outcome outcome;

    (void)state;
    make(&f);
    load(&f);
    outcome = typed_as(&f, &head, "a-EFFORT", "3", 0);
    CHECK_INT("a head reads", outcome.cells[0].state, ENTRY_REFUSED);
    CHECK_OK("close", review_close(&f.school.context, "Spring", &f.school.err), &f.school.err);
    outcome = effort(&f, "3", 0);
    CHECK_INT("closed", outcome.cells[0].state, ENTRY_REFUSED);
    CHECK_HAS("said", outcome.cells[0].message, "The review is closed");
    load(&f);
    CHECK_TRUE("no input any more", !zoes(&f)->enters);
    CHECK_TEXT("nothing written", zoes(&f)->text, "");
    school_remove(&f.school);
}

/* Two of three criteria make the level; with one of three, or none known, it is 3. */
static void criteria_roll_up_to_a_level(void **state)
{
    static const char criteria[] = "template mine \"Mine\"\nstages KS2\n"
                                   "aspect L4-1 \"Number\" yes-no subject MAT\n"
                                   "aspect L4-2 \"Shape\" yes-no subject MAT\n"
                                   "aspect L4-3 \"Data\" yes-no subject MAT\n"
                                   "enter \"A\" L4-1\nenter \"B\" L4-2\nenter \"C\" L4-3\n"
                                   "calculate \"By criteria\" number from 3 to 4\n"
                                   "formula IF(COUNT(COLUMN(\"A\"), COLUMN(\"B\"), "
                                   "COLUMN(\"C\")) >= 2, 4, 3)\n";
    struct fixture f;

    (void)state;
    make(&f);
    take_in(&f, criteria);
    accept(&f);
    load(&f);
    CHECK_TEXT("none", f.sheet.columns[3].texts[1], "3");
    (void)typed_as(&f, &teacher, "a-L4-1", "yes", 0);
    (void)typed_as(&f, &teacher, "a-L4-2", "n", 0);
    load(&f);
    CHECK_TEXT("one of three", f.sheet.columns[3].texts[1], "3");
    (void)typed_as(&f, &teacher, "a-L4-3", "Y", 0);
    load(&f);
    CHECK_TEXT("two of three", f.sheet.columns[3].texts[1], "4");
    CHECK_TEXT("each is on record", f.sheet.columns[1].texts[1], "no");
    school_remove(&f.school);
}

static void each_kind_takes_what_it_is_for(void **state)
{
    static const struct aspect kinds[] = {
        { .code = "G", .name = "G", .kind = ASPECT_GRADE, .scale = "effort", .subject = "" },
        { .code = "M", .name = "M", .kind = ASPECT_MARK, .scale = "", .highest = 40000 },
        { .code = "N",
                .name = "N",
                .kind = ASPECT_NUMBER,
                .scale = "",
                .lowest = -2000,
                .highest = 5000 },
        { .code = "C", .name = "C", .kind = ASPECT_COMMENT, .scale = "", .highest = 10 },
        { .code = "Y", .name = "Y", .kind = ASPECT_YES_NO, .scale = "" },
    };
    static const struct {
        int kind;
        const char *typed, *text; /* NULL: refused */
    } rows[] = {
        { 0, "4", "4" },
        { 0, "9", NULL },
        { 0, "Abs", "Abs" },
        { 1, "0", "0" },
        { 1, "40", "40" },
        { 1, "41", NULL },
        { 1, "-1", NULL },
        { 1, "1.5", NULL },
        { 1, "abs", "Abs" },
        { 2, "-2", "-2" },
        { 2, "1.250", "1.25" },
        { 2, "-2.1", NULL },
        { 2, "two", NULL },
        { 3, "Good work", "Good work" },
        { 3, "Good works!", NULL },
        { 3, "a\tb", NULL },
        { 3, "a\xff", NULL },
        { 3, "Abs", "Abs" },
        { 4, "Y", "yes" },
        { 4, "No", "no" },
        { 4, "maybe", NULL },
    };
    struct school_file f;

    (void)state;
    school_make(&f);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *text = "untouched";
        struct err err = { 0 };
        enum err_code code =
                aspect_read(&f.context, &kinds[rows[i].kind], rows[i].typed, &text, &err);

        CHECK_INT(rows[i].typed, code, rows[i].text == NULL ? ERR_INVALID : ERR_OK);
        CHECK_TEXT(rows[i].typed, text, rows[i].text == NULL ? "untouched" : rows[i].text);
        CHECK_TRUE(rows[i].typed, code == ERR_OK || err.hint[0] != '\0');
    }
    school_remove(&f);
}

static void a_changed_formula_waits_again_and_none_is_none(void **state)
{
    static char changed[sizeof(mine) + 8];
    struct fixture f;
    const char *at = strstr(mine, "STEPS(LATEST, PRIOR)");

    (void)state;
    make(&f);
    accept(&f);
    (void)snprintf(changed, sizeof(changed), "%.*s1 + %s", (int)(at - mine), mine, at);
    take_in(&f, changed);
    load(&f);
    CHECK_HAS("changed", f.sheet.columns[SINCE].waits, "was changed");
    CHECK_TEXT("empty", zoe(&f, SINCE), "");
    CHECK_TEXT("others go on", zoe(&f, UP), "1");
    CHECK_OK("none", marksheet_choose(&f.school.context, f.id, "", &f.school.err),
            &f.school.err);
    load(&f);
    CHECK_INT("no columns", f.sheet.columns_n, 0);
    CHECK_OK("again", marksheet_choose(&f.school.context, f.id, "mine", &f.school.err),
            &f.school.err);
    CHECK_OK("away", template_withdraw(&f.school.context, "mine", &f.school.err),
            &f.school.err);
    load(&f);
    CHECK_INT("taken away", f.sheet.columns_n, 0);
    school_remove(&f.school);
}

static void a_kept_sheet_asks_for_no_statement_more(void **state)
{
    struct fixture f;
    struct sheet_options options = { 0 };
    int64_t before;

    (void)state;
    make(&f);
    accept(&f);
    CHECK_OK("cache", sheet_cache_make(&options.cache, &f.school.err), &f.school.err);
    for (int i = 0; i < 2; i++) {
        before = store_statement_n(f.school.context.store);
        CHECK_OK("load",
                sheet_load(&f.school.context, &teacher, f.id, &options, &f.sheet,
                        &f.school.err),
                &f.school.err);
        CHECK_INT("statements", store_statement_n(f.school.context.store) - before,
                i == 0 ? 6 : 1);
        CHECK_TEXT("the same", zoe(&f, SINCE), "3");
    }
    sheet_cache_free(options.cache);
    school_remove(&f.school);
}

static void without_memory_it_says_so(void **state)
{
    struct fixture f;
    long tried = 0;

    (void)state;
    make(&f);
    accept(&f);
    for (long n = 0;; n += n < 200 ? 3 : 61) {
        struct sheet sheet = { 0 };
        struct err err = { 0 };
        enum err_code code;
        int fired;

        arena_fault(n, 0);
        code = sheet_load(&f.school.context, &teacher, f.id, NULL, &sheet, &err);
        fired = arena_fault_fired();
        arena_fault(-1, 0);
        if (!fired) {
            CHECK_OK("in the end", code, &err);
            break;
        }
        CHECK_INT("memory", code, ERR_MEMORY);
        tried++;
    }
    CHECK_TRUE("it was tried", tried > 50);
    school_remove(&f.school);
}

TESTS(TEST(shown_columns_stand_and_calculated_ones_wait),
        TEST(accepted_columns_are_calculated_and_coloured),
        TEST(what_was_recorded_by_an_aspect_counts),
        TEST(a_cell_of_an_aspect_is_saved_as_a_judgement_is),
        TEST(who_may_not_enter_is_refused_and_nothing_is_lost),
        TEST(criteria_roll_up_to_a_level), TEST(each_kind_takes_what_it_is_for),
        TEST(a_changed_formula_waits_again_and_none_is_none),
        TEST(a_kept_sheet_asks_for_no_statement_more), TEST(without_memory_it_says_so))
