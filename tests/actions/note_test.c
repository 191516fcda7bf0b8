#include "actions/note.h"

#include "actions/account.h"
#include "actions/roll.h"
#include "school.h"
#include "store/people.h"

/* Ann is in 5Ma1, Bob is not. */
static const char pupils[] = "upn,surname,forename,dob,sex,year_group,registration,sen\n"
                             "Z354900108001,Abel,Ann,2000-01-02,F,5,5A,K\n"
                             "N354900108002,Baker,Bob,2000-02-03,M,5,5B,N\n";
static const char groups[] = "upn,group,type,subject,from,to\n"
                             "Z354900108001,5Ma1,teaching,MAT,,\n";

struct desk_of {
    struct school_file school;
    struct desk desk;
    struct gate gate;
    struct loaded loaded;
    const struct cohort_pupil *ann, *bob;
};

static void set_up(struct desk_of *d)
{
    static const struct filters all = { 0 };

    *d = (struct desk_of){ 0 };
    school_make(&d->school);
    d->desk = (struct desk){ .context = &d->school.context,
        .from_where = "192.0.2.7",
        .cost = { .passes = 1, .memory = 8192 } };
    school_import(&d->school, "pupils", pupils);
    school_import(&d->school, "groups", groups);
    CHECK_OK("roll", roll_load(&d->school.context, &all, &d->loaded, &d->school.err),
            &d->school.err);
    CHECK_INT("two pupils", d->loaded.cohort.pupil_n, 2);
    d->ann = &d->loaded.cohort.pupils[0];
    d->bob = &d->loaded.cohort.pupils[1];
}

static void enter(struct desk_of *d, const char *role, const char *scope, const char *username)
{
    struct school_file *f = &d->school;
    struct account_new account = { .username = username, .name = "A Person" };
    char password[FIRST_PASSWORD_SIZE];
    int64_t id = 0;

    account.school_id = account.grant.school_id = f->context.school.school_id;
    CHECK_OK(role, grant_read(&f->context, role, scope, &account.grant, &f->err), &f->err);
    CHECK_OK(role, account_add(&d->desk, &account, &id, password, &f->err), &f->err);
    CHECK_OK(role, gate_open(&f->context, id, username, "192.0.2.7", &d->gate, &f->err),
            &f->err);
}

static struct note_list notes_of(struct desk_of *d, const struct cohort_pupil *pupil,
        struct date as_at)
{
    struct note_list list = { 0 };
    bool sees = false;

    CHECK_OK("read", note_read(&d->gate, pupil, as_at, &list, &sees, &d->school.err),
            &d->school.err);
    CHECK_TRUE("sees", sees);
    return list;
}

/* `n` times a character of two bytes, with a blank at each end. */
static const char *long_text(struct arena *arena, size_t n)
{
    struct buf buf = buf_make(arena, 1 << 16);

    buf_add(&buf, " ");
    for (size_t i = 0; i < n; i++)
        buf_add(&buf, "é");
    buf_add(&buf, " ");
    return buf.data;
}

static void a_note_is_trimmed_counted_in_characters_and_kept(void **state)
{
    struct desk_of d;
    struct arena arena = { .limit = 1 << 20 };
    struct note_list list;
    int64_t no = 0;

    (void)state;
    set_up(&d);
    enter(&d, "teacher", "group:5Ma1", "one");
    {
        const struct {
            const char *row, *kind, *body;
            enum err_code want;
            const char *has;
        } rows[] = {
            { "empty", "note", "", ERR_INVALID, "the note is empty" },
            { "blanks", "note", " \r\n\t ", ERR_INVALID, "the note is empty" },
            { "nothing", "note", NULL, ERR_INVALID, "the note is empty" },
            { "no such kind", "gossip", "x", ERR_INVALID, "no kind of note" },
            { "no kind", NULL, "x", ERR_INVALID, "no kind of note" },
            { "not UTF-8", "note", "a\xff", ERR_INVALID, "cannot be kept" },
            { "a control character", "note", "a\x01", ERR_INVALID, "cannot be kept" },
            { "one too many", "note", long_text(&arena, 4001), ERR_INVALID,
                    "has 4001 characters and may have 4000" },
            { "as many as may be", "note", long_text(&arena, 4000), ERR_OK, "" },
            { "one", "concern", "x", ERR_OK, "" },
            { "two lines", "contact", " Rang home.\r\nNobody in. ", ERR_OK, "" },
        };

        for (size_t i = 0; i < COUNT(rows); i++) {
            d.school.err = (struct err){ 0 };
            CHECK_INT(rows[i].row,
                    note_add(&d.gate, d.ann, rows[i].kind, rows[i].body, &no, &d.school.err),
                    rows[i].want);
            CHECK_HAS(rows[i].row, d.school.err.message, rows[i].has);
        }
    }
    list = notes_of(&d, d.ann, (struct date){ 0 });
    CHECK_INT("three kept", list.n, 3);
    CHECK_INT("newest first", list.items[0].note_no, no);
    CHECK_TEXT("trimmed, lines mended", list.items[0].body, "Rang home.\nNobody in.");
    CHECK_TEXT("kind in words", list.items[0].kind, "Contact with home");
    CHECK_TEXT("who", list.items[0].who, "A Person");
    CHECK_INT("4,000 characters of two bytes", strlen(list.items[2].body), 8000);
    CHECK_INT("as it stood the day before", notes_of(&d, d.ann, (struct date){ 20100326 }).n,
            0);
    CHECK_INT("as it stood that day", notes_of(&d, d.ann, (struct date){ 20100327 }).n, 3);
    arena_free(&arena);
    school_remove(&d.school);
}

static void notes_are_for_those_the_table_names(void **state)
{
    static const struct {
        const char *row, *role, *scope;
        bool ann, bob;
    } rows[] = {
        { "teacher of the class", "teacher", "group:5Ma1", true, false },
        { "form tutor", "form_tutor", "registration:5B", false, true },
        { "head", "head", NULL, true, true },
        { "SENCO: pupils with SEN", "senco", NULL, true, false },
        { "teaching assistant", "ta", "group:5Ma1", false, false },
        { "governor", "governor", NULL, false, false },
        { "parent", "parent", "pupil:Z354900108001", false, false },
    };
    struct desk_of d;

    (void)state;
    set_up(&d);
    for (size_t i = 0; i < COUNT(rows); i++) {
        char username[16];

        (void)snprintf(username, sizeof(username), "person%zu", i);
        enter(&d, rows[i].role, rows[i].scope, username);
        for (int bob = 0; bob < 2; bob++) {
            const struct cohort_pupil *pupil = bob ? d.bob : d.ann;
            bool may = bob ? rows[i].bob : rows[i].ann;
            struct note_list list = { 0 };
            int64_t no = 0;
            bool sees = !may;

            CHECK_INT(rows[i].row, note_may_add(&d.gate, pupil), may);
            CHECK_INT(rows[i].row, note_add(&d.gate, pupil, "note", "x", &no, &d.school.err),
                    may ? ERR_OK : ERR_FORBIDDEN);
            CHECK_OK(rows[i].row,
                    note_read(&d.gate, pupil, (struct date){ 0 }, &list, &sees, &d.school.err),
                    &d.school.err);
            CHECK_INT(rows[i].row, sees, may);
            CHECK_INT(rows[i].row, list.n > 0, may);
        }
    }
    school_remove(&d.school);
}

static void a_note_is_withdrawn_with_a_reason_and_its_words_are_gone(void **state)
{
    struct desk_of d;
    struct note_list list;
    int64_t first = 0;
    int64_t second = 0;

    (void)state;
    set_up(&d);
    enter(&d, "teacher", "group:5Ma1", "one");
    CHECK_OK("first", note_add(&d.gate, d.ann, "note", "Mine.", &first, &d.school.err),
            &d.school.err);
    CHECK_OK("second", note_add(&d.gate, d.ann, "note", "Mine too.", &second, &d.school.err),
            &d.school.err);
    CHECK_INT("no reason", note_withdraw(&d.gate, d.ann, first, " ", &d.school.err),
            ERR_INVALID);
    CHECK_INT("another pupil's", note_withdraw(&d.gate, d.bob, first, "x", &d.school.err),
            ERR_NOT_FOUND);
    CHECK_INT("no such note", note_withdraw(&d.gate, d.ann, 99999, "x", &d.school.err),
            ERR_NOT_FOUND);
    enter(&d, "form_tutor", "registration:5A", "two");
    list = notes_of(&d, d.ann, (struct date){ 0 });
    CHECK_TRUE("a tutor reads it", list.n == 2 && !list.items[0].mine);
    CHECK_INT("and leaves it", note_withdraw(&d.gate, d.ann, first, "x", &d.school.err),
            ERR_FORBIDDEN);
    enter(&d, "head", NULL, "three");
    CHECK_OK("a head",
            note_withdraw(&d.gate, d.ann, first, " Another pupil's. ", &d.school.err),
            &d.school.err);
    CHECK_INT("once", note_withdraw(&d.gate, d.ann, first, "x", &d.school.err), ERR_CONFLICT);
    list = notes_of(&d, d.ann, (struct date){ 0 });
    CHECK_INT("both are listed", list.n, 2);
    CHECK_TRUE("withdrawn", list.items[1].withdrawn && !list.items[0].withdrawn);
    CHECK_TEXT("without its words", list.items[1].body, "");
    CHECK_TEXT("with the reason", list.items[1].reason, "Another pupil's.");
    CHECK_TEXT("the other stands", list.items[0].body, "Mine too.");
    school_remove(&d.school);
}

/* Each allocation fails in turn: nothing is half written, and the next try works. */
static void a_note_survives_every_failed_allocation(void **state)
{
    struct desk_of d;
    enum err_code code = ERR_MEMORY;
    int64_t no = 0;
    size_t refused = 0;

    (void)state;
    set_up(&d);
    enter(&d, "head", NULL, "one");
    for (long n = 0; code != ERR_OK && n < 200; n++) {
        arena_fault(n, 1);
        code = note_add(&d.gate, d.ann, "note", "Once.", &no, &d.school.err);
        arena_fault(-1, 0);
        refused += code != ERR_OK;
        CHECK_TRUE("memory", code == ERR_OK || code == ERR_MEMORY || code == ERR_STORE);
    }
    CHECK_INT("in the end", code, ERR_OK);
    CHECK_TRUE("refused before", refused > 0);
    CHECK_INT("written once", notes_of(&d, d.ann, (struct date){ 0 }).n, 1);
    school_remove(&d.school);
}

TESTS(TEST(a_note_is_trimmed_counted_in_characters_and_kept),
        TEST(notes_are_for_those_the_table_names),
        TEST(a_note_is_withdrawn_with_a_reason_and_its_words_are_gone),
        TEST(a_note_survives_every_failed_allocation))
