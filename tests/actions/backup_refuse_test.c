#include "backed.h"

static void a_byte_that_changed_is_found_wherever_it_is(void **state)
{
    struct backed b;
    size_t n = 0;
    char *bytes;

    (void)state;
    backed_make(&b);
    bytes = slurp(&b.arena, b.copy, &n);
    for (size_t at = 0; at < n; at += n / 23) {
        bytes[at] = (char)(bytes[at] ^ 0x10);
        spill(b.copy, bytes, n);
        check_refused(&b, "one bit", ERR_INVALID, "damaged");
        bytes[at] = (char)(bytes[at] ^ 0x10);
    }
    for (size_t cut = 0; cut < n; cut += n / 11 + 1) {
        spill(b.copy, bytes, cut);
        check_refused(&b, "cut short", ERR_INVALID, "cut short");
    }
    spill(b.copy, bytes, n + 1);
    check_refused(&b, "longer", ERR_INVALID, "too long");
    spill(b.copy, bytes, n);
    CHECK_OK("as it was", check(&b, b.backup.folder), &b.school.err);
    CHECK_INT("gone", unlink(b.copy), 0);
    check_refused(&b, "gone", ERR_IO, "could not read");
    backed_remove(&b);
}

static void a_manifest_cut_anywhere_is_refused(void **state)
{
    struct backed b;
    struct backup_manifest manifest;
    size_t n = 0;
    char *text;

    (void)state;
    backed_make(&b);
    text = slurp(&b.arena, b.manifest, &n);
    /* Without the line break at its end it is whole. */
    for (size_t cut = 0; cut + 1 < n; cut++) {
        struct arena arena = { 0 };
        char *part = arena_bytes(&arena, text, cut);

        CHECK_INT("cut", backup_manifest_read(part, cut, &arena, &manifest, &b.school.err),
                ERR_INVALID);
        arena_free(&arena);
    }
    for (size_t at = 0; at < n; at++) {
        struct arena arena = { 0 };
        char *part = arena_bytes(&arena, text, n);
        enum err_code code;

        part[at] = (char)(part[at] ^ 0x04);
        code = backup_manifest_read(part, n, &arena, &manifest, &b.school.err);
        CHECK_TRUE("one bit", code == ERR_OK || code == ERR_INVALID);
        arena_free(&arena);
    }
    CHECK_INT("gone", unlink(b.manifest), 0);
    check_refused(&b, "gone", ERR_INVALID, "has no manifest.json");
    CHECK_INT("and by the folder of all", check(&b, b.place), ERR_INVALID);
    backed_remove(&b);
}

static const struct {
    const char *row, *from, *to, *words;
} forged[] = {
    { "of a newer program", "\"schema\":", "\"schema\":9", "newer Attain" },
    { "nothing but the newer number", "{", "{\"schema\":99}", "newer Attain" },
    { "another row count", "\"pupil\":2", "\"pupil\":3", "2 rows of pupil, not 3" },
    { "a table it does not name", "\"pupil\":2,", "", "2 rows of pupil, not 0" },
    { "another number of links", "\"school\":\"3549002\",\"links\":2",
            "\"school\":\"3549002\",\"links\":1", "hash chain of school 3549002" },
    { "another head", "\"head\":\"", "\"head\":\"0", "hash chain of school 3549002" },
    { "a school less", "{\"school\":\"3549002\",", "{\"school\":\"3549001\",", "hash chain" },
    { "another size", "\"size\":", "\"size\":1", "cut short" },
    { "another digest", "\"blake2b_256\":\"", "\"blake2b_256\":\"0", "damaged" },
    { "a copy elsewhere", "\"copy\":\"", "\"copy\":\"../", "manifest is damaged" },
    { "a number too large", "\"facts\":", "\"facts\":9999999999999999999", "is damaged" },
    { "a key twice open", "\"rows\":{", "\"rows\":{{", "is damaged" },
    { "brackets without end", "\"sound\":", "\"x\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "is damaged" },
    { "an empty file", "*", "", "is damaged" },
    { "no JSON", "*", "attain", "is damaged" },
};

static void a_manifest_that_says_something_else_is_refused(void **state)
{
    struct backed b;
    size_t n = 0;
    char *text;

    (void)state;
    backed_make(&b);
    text = slurp(&b.arena, b.manifest, &n);
    for (size_t i = 0; i < COUNT(forged); i++) {
        const char *at = text_eq(forged[i].from, "*") ? text : strstr(text, forged[i].from);
        const char *rest = text_eq(forged[i].from, "*") ? "" : at + strlen(forged[i].from);
        const char *made;

        CHECK_TRUE(forged[i].row, at != NULL);
        made = arena_printf(&b.arena, "%.*s%s%s", (int)(at - text), text, forged[i].to, rest);
        spill(b.manifest, made, strlen(made));
        check_refused(&b, forged[i].row, ERR_INVALID, forged[i].words);
    }
    backed_remove(&b);
}

static void an_unsound_database_is_copied_but_never_called_sound(void **state)
{
    struct backed b;
    struct restored restored = { 0 };
    struct restore_order order;
    char part[160];

    (void)state;
    backed_school(&b);
    context_close(&b.school.context);
    run_sql("changed by hand", b.school.path,
            "DROP TRIGGER result_no_update; UPDATE result SET grade = '5a'");
    CHECK_OK("make", make_at(&b, "2010-03-27T15:50:02Z"), &b.school.err);
    CHECK_INT("the change, and the guard taken away", b.backup.manifest.finding_n, 2);
    CHECK_HAS("which import", b.backup.manifest.findings[0], "import 2");
    check_refused(&b, "check", ERR_INVALID, "import 2");
    order = order_of(&b, b.place);
    order.db = part;
    (void)snprintf(part, sizeof(part), "%s/new.db", b.school.folder);
    CHECK_INT("restore", backup_restore(&order, &b.arena, &restored, &b.school.err),
            ERR_INVALID);
    CHECK_INT("nothing is made", access(part, F_OK), -1);
    backed_remove(&b);
}

static void places_that_will_not_do_are_refused_in_words(void **state)
{
    struct backed b;
    char path[256];

    (void)state;
    backed_school(&b);
    context_close(&b.school.context);
    (void)snprintf(path, sizeof(path), "%s/no/such/bk", b.school.folder);
    (void)snprintf(b.place, sizeof(b.place), "%s/no/bk", b.school.folder);
    CHECK_INT("no parent", make_at(&b, "2010-03-27T15:50:02Z"), ERR_IO);
    CHECK_HAS("no parent", b.school.err.message, "could not make the folder");
    (void)snprintf(b.place, sizeof(b.place), "%s", b.school.path);
    CHECK_INT("a file", make_at(&b, "2010-03-27T15:50:02Z"), ERR_INVALID);
    CHECK_HAS("a file", b.school.err.message, "is not a folder");
    CHECK_INT("check of a file", check(&b, b.school.path), ERR_INVALID);
    CHECK_INT("check of nothing", check(&b, path), ERR_NOT_FOUND);
    CHECK_INT("check of a folder without", check(&b, b.school.folder), ERR_NOT_FOUND);
    CHECK_HAS("check of a folder without", b.school.err.message, "there is no backup in");
    (void)snprintf(b.place, sizeof(b.place), "%s/bk", b.school.folder);
    (void)snprintf(b.school.path, sizeof(b.school.path), "%s/none.db", b.school.folder);
    CHECK_INT("no database", make_at(&b, "2010-03-27T15:50:02Z"), ERR_NOT_FOUND);
    CHECK_INT("no folder is left", access(b.place, F_OK), -1);
    backed_remove(&b);
}

TESTS(TEST(a_byte_that_changed_is_found_wherever_it_is),
        TEST(a_manifest_cut_anywhere_is_refused),
        TEST(a_manifest_that_says_something_else_is_refused),
        TEST(an_unsound_database_is_copied_but_never_called_sound),
        TEST(places_that_will_not_do_are_refused_in_words))
