#include "actions/template.h"

#include "school.h"

static const char mine[] = "template mine \"Mine\"\n"
                           "stages KS2\n"
                           "aspect EFFORT \"Effort\" grade scale effort\n"
                           "show \"Start\" prior\n"
                           "enter \"Effort\" EFFORT\n"
                           "calculate \"Since then\" number from -20 to 20\n"
                           "formula STEPS(LATEST, PRIOR)\n"
                           "calculate \"Twice\" number\n"
                           "formula 2 * COLUMN(\"Since then\")\n";

static struct template_outcome taken(struct school_file *f, const char *row, const char *text,
        const char *as, bool preview)
{
    struct template_outcome outcome = { 0 };

    f->err = (struct err){ 0 };
    CHECK_OK(row,
            template_import(&f->context, "mine.template", text, strlen(text), as, preview,
                    &outcome, &f->err),
            &f->err);
    return outcome;
}

static enum err_code refused(struct school_file *f, const char *text)
{
    struct template_outcome outcome = { 0 };

    f->err = (struct err){ 0 };
    return template_import(&f->context, "mine.template", text, strlen(text), NULL, false,
            &outcome, &f->err);
}

static struct template_held held_as(struct school_file *f, const char *code)
{
    struct template_held held = { 0 };

    f->err = (struct err){ 0 };
    CHECK_OK(code, template_load(&f->context, code, &held, &f->err), &f->err);
    return held;
}

static void check_sound(struct school_file *f)
{
    struct verify_result result = { 0 };

    CHECK_OK("verify", store_verify(f->context.store, &f->arena, &result, &f->err), &f->err);
    CHECK_INT("sound", result.finding_n, 0);
}

static void a_preview_writes_nothing(void **state)
{
    struct school_file f;
    struct template_outcome outcome;
    struct template_held held;

    (void)state;
    school_make(&f);
    outcome = taken(&f, "preview", mine, NULL, true);
    CHECK_INT("no import", outcome.id, 0);
    CHECK_TRUE("but a change", outcome.changed);
    CHECK_INT("its aspect", outcome.note_n, 1);
    CHECK_TEXT("its aspect", outcome.notes[0], "Aspect EFFORT, Effort: new.");
    CHECK_INT("not there", template_load(&f.context, "mine", &held, &f.err), ERR_NOT_FOUND);
    school_remove(&f);
}

static void a_formula_is_used_only_once_accepted_and_again_after_a_change(void **state)
{
    static const char changed[] = "template mine \"Mine\"\n"
                                  "stages KS2\n"
                                  "aspect EFFORT \"Effort\" grade scale effort\n"
                                  "show \"Start\" prior\n"
                                  "enter \"Effort\" EFFORT\n"
                                  "calculate \"Since then\" number from -20 to 20\n"
                                  "formula STEPS(LATEST, PRIOR) + 1\n"
                                  "calculate \"Twice\" number\n"
                                  "formula 2 * COLUMN(\"Since then\")\n";
    struct school_file f;
    struct template_held held;
    struct template_outcome outcome = { 0 };
    char seen[TEMPLATE_SEEN_SIZE];

    (void)state;
    school_make(&f);
    outcome = taken(&f, "first", mine, NULL, false);
    CHECK_TRUE("an import", outcome.id > 0);
    held = held_as(&f, "MINE");
    CHECK_TRUE("the school's own", held.own);
    CHECK_INT("two formulas", held.asked_n, 2);
    CHECK_INT("none accepted", held.accepted_n, 0);
    CHECK_TRUE("shown needs none", !held.states[0].asks);
    (void)template_seen(&held, seen);
    CHECK_INT("not what was looked at",
            template_accept(&f.context, "mine", "00000000", &outcome, &f.err), ERR_CONFLICT);
    CHECK_HAS("said", f.err.message, "not as it was when it was looked at");
    CHECK_OK("accept", template_accept(&f.context, "mine", seen, &outcome, &f.err), &f.err);
    held = held_as(&f, "mine");
    CHECK_INT("accepted", held.accepted_n, 2);
    CHECK_TEXT("by whom", held.states[2].who, "test");
    CHECK_TRUE("when", held.states[2].when != NULL && held.states[2].when[0] == '2');
    CHECK_OK("again", template_accept(&f.context, "mine", NULL, &outcome, &f.err), &f.err);
    CHECK_TRUE("nothing to do", !outcome.changed);

    outcome = taken(&f, "the same", mine, NULL, false);
    CHECK_TRUE("nothing changed", !outcome.changed);
    CHECK_INT("still accepted", outcome.held.accepted_n, 2);

    (void)taken(&f, "another formula", changed, NULL, false);
    held = held_as(&f, "mine");
    CHECK_TRUE("asks again", !held.states[2].accepted);
    CHECK_TRUE("and what reads it", !held.states[3].accepted);
    CHECK_TEXT("who had accepted it is known", held.states[2].who, "test");
    check_sound(&f);
    school_remove(&f);
}

static void a_ready_template_goes_out_and_comes_in_under_another_code(void **state)
{
    struct school_file f;
    struct template_held ready, own;
    struct template_listed *items = NULL;
    size_t n = 0;

    (void)state;
    school_make(&f);
    ready = held_as(&f, "ks1-ks2");
    CHECK_TRUE("with the program", !ready.own);
    (void)taken(&f, "as year5", ready.body, "year5", false);
    own = held_as(&f, "year5");
    CHECK_TRUE("the school's", own.own);
    CHECK_INT("the same columns", own.template.column_n, ready.template.column_n);
    CHECK_TEXT("the same name", own.template.name, ready.template.name);
    CHECK_HAS("its file says so", own.body, "template year5 \"");
    CHECK_OK("list", template_list(&f.context, &items, &n, &f.err), &f.err);
    CHECK_INT("four ready ones and this", n, 5);
    CHECK_TEXT("the school's first", items[0].code, "year5");
    CHECK_OK("withdraw", template_withdraw(&f.context, "year5", &f.err), &f.err);
    CHECK_INT("gone", template_load(&f.context, "year5", &own, &f.err), ERR_NOT_FOUND);
    f.err = (struct err){ 0 };
    CHECK_INT("not the program's", template_withdraw(&f.context, "ks1-ks2", &f.err),
            ERR_NOT_FOUND);
    CHECK_HAS("said", f.err.message, "comes with the program");
    check_sound(&f);
    school_remove(&f);
}

static void every_ready_template_can_be_tried(void **state)
{
    static const char *const codes[] = { "fsp-ks1", "ks1-ks2", "ks2-ks3", "ks4" };
    struct school_file f;

    (void)state;
    school_make(&f);
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct report *report = NULL;

        CHECK_OK(codes[i], template_report(&f.context, codes[i], &report, &f.err), &f.err);
        CHECK_TRUE(codes[i], report->tables != NULL && report->tables->row_n > 5);
        CHECK_OK(codes[i], template_show(&f.context, codes[i], &report, &f.err), &f.err);
    }
    school_remove(&f);
}

#define HEAD "template t \"T\"\n"

static const struct {
    const char *row, *text;
    long line;
    const char *message;
} wrong[] = {
    { "no such stage", HEAD "stages KS9\nshow \"A\" prior\n", 0, "no key stage called KS9" },
    { "no such subject", HEAD "subject XYZ\nshow \"A\" prior\n", 0, "no subject called XYZ" },
    { "no such scale", HEAD "aspect E \"E\" grade scale stars\nshow \"A\" prior\n", 2,
            "no scale of grades called stars" },
    { "a scale without grades", HEAD "aspect E \"E\" grade scale raw\nshow \"A\" prior\n", 2,
            "no scale of grades called raw" },
    { "a wrong formula", HEAD "show \"A\" prior\ncalculate \"B\"\nformula LATST\n", 3,
            "column \"B\", character 1: LATST is not a name" },
    { "the wrong type", HEAD "calculate \"B\" text\nformula 1\n", 2,
            "gives a number, not a text" },
    { "a column further down", HEAD "calculate \"A\"\nformula COLUMN(\"B\")\nshow \"B\" year\n",
            2, "is not to be had here" },
    { "a column of itself", HEAD "calculate \"A\"\nformula COLUMN(\"A\") + 1\n", 2,
            "is not to be had here" },
    { "a colour that is no condition", HEAD "show \"A\" year\ncolour on \"C\" YEAR\n", 2,
            "colour \"C\"" },
    { "a table that is not there", HEAD "calculate \"A\"\nformula LOOKUP(YEAR, \"T\")\n", 2,
            "no look-up table" },
};

static void what_the_framework_does_not_have_is_refused_with_its_line(void **state)
{
    struct school_file f;

    (void)state;
    school_make(&f);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        CHECK_INT(wrong[i].row, refused(&f, wrong[i].text), ERR_INVALID);
        CHECK_HAS(wrong[i].row, f.err.message, wrong[i].message);
        CHECK_INT(wrong[i].row, f.err.row, wrong[i].line);
    }
    school_remove(&f);
}

static void an_aspect_keeps_its_meaning(void **state)
{
    struct school_file f;
    struct aspect_list list = { 0 };

    (void)state;
    school_make(&f);
    (void)taken(&f, "first", HEAD "aspect E \"E\" yes-no\nenter \"A\" E\n", NULL, false);
    CHECK_INT("another kind",
            refused(&f, "template u \"U\"\naspect e \"E\" number\nenter \"A\" e\n"),
            ERR_INVALID);
    CHECK_HAS("said", f.err.message, "the aspect E is a yes-no already");
    CHECK_INT("line", f.err.row, 2);
    (void)taken(&f, "another name",
            "template u \"U\"\naspect e \"Eager\" yes-no\nenter \"A\" e\n", NULL, false);
    CHECK_OK("aspects",
            store_aspects(f.context.store, f.context.school.school_id, &f.arena, &list, &f.err),
            &f.err);
    CHECK_INT("one", list.n, 1);
    CHECK_TEXT("under its first code", list.items[0].code, "E");
    CHECK_TEXT("with its new name", list.items[0].name, "Eager");
    check_sound(&f);
    school_remove(&f);
}

static void a_template_import_is_not_undone(void **state)
{
    struct school_file f;
    struct template_outcome outcome;
    struct import_outcome undone = { 0 };

    (void)state;
    school_make(&f);
    outcome = taken(&f, "first", mine, NULL, false);
    CHECK_INT("refused", import_undo(&f.context, outcome.id, &undone, &f.err), ERR_INVALID);
    CHECK_HAS("said", f.err.message, "an import of kind template cannot be undone");
    school_remove(&f);
}

static void a_code_is_checked(void **state)
{
    struct school_file f;
    struct template_outcome outcome = { 0 };

    (void)state;
    school_make(&f);
    CHECK_INT("blank",
            template_import(&f.context, "m", mine, strlen(mine), "a b", false, &outcome,
                    &f.err),
            ERR_INVALID);
    CHECK_INT("empty",
            template_import(&f.context, "m", mine, strlen(mine), "", false, &outcome, &f.err),
            ERR_INVALID);
    school_remove(&f);
}

TESTS(TEST(a_preview_writes_nothing),
        TEST(a_formula_is_used_only_once_accepted_and_again_after_a_change),
        TEST(a_ready_template_goes_out_and_comes_in_under_another_code),
        TEST(every_ready_template_can_be_tried),
        TEST(what_the_framework_does_not_have_is_refused_with_its_line),
        TEST(an_aspect_keeps_its_meaning), TEST(a_template_import_is_not_undone),
        TEST(a_code_is_checked))
