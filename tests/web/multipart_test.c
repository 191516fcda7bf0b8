#include "web/multipart.h"

#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

#define TYPE "multipart/form-data; boundary=AB"
#define PART(name) "--AB\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n"
#define FILED(name, file)                                                                      \
    "--AB\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" file "\"\r\n"     \
    "Content-Type: text/csv\r\n\r\n"
#define LAST "--AB--\r\n"

static enum err_code read_form(const char *type, const char *body, size_t n, size_t piece,
        struct multipart *reader, struct arena *arena, struct err *err)
{
    enum err_code code;

    *reader = (struct multipart){ .folder = "/tmp", .form_max = 100, .file_max = 50 };
    code = multipart_start(reader, type, arena, err);
    for (size_t i = 0; code == ERR_OK && i < n; i += piece)
        code = multipart_feed(reader, body + i, n - i < piece ? n - i : piece, err);
    return code == ERR_OK ? multipart_finish(reader, err) : code;
}

/* Fields as name=value and files as name:filename:content, one a line. */
static const char *shown(const struct multipart *reader, struct arena *arena)
{
    const char *text = "";

    for (size_t i = 0; i < reader->fields.n; i++)
        text = arena_printf(arena, "%s%s=%s\n", text, reader->fields.items[i].name,
                reader->fields.items[i].value);
    for (size_t i = 0; i < reader->uploads.n; i++) {
        const struct upload *upload = &reader->uploads.items[i];
        char content[64] = { 0 };
        FILE *file = fopen(upload->path, "rb");

        CHECK_TRUE("file", file != NULL);
        CHECK_INT("size", fread(content, 1, sizeof(content) - 1, file), upload->size);
        (void)fclose(file);
        text = arena_printf(arena, "%s%s:%s:%s\n", text, upload->name, upload->filename,
                content);
    }
    return text;
}

static const struct {
    const char *row;
    const char *type;
    const char *body;
    const char *want; /* NULL: refused */
} forms[] = {
    { "one field", TYPE, PART("a") "1\r\n" LAST, "a=1\n" },
    { "two fields", TYPE, PART("a") "1\r\n" PART("b") "2\r\n3\r\n" LAST, "a=1\nb=2\r\n3\n" },
    { "empty field", TYPE, PART("a") "\r\n" LAST, "a=\n" },
    { "quoted boundary", "multipart/form-data; boundary=\"AB\"", PART("a") "1\r\n" LAST,
            "a=1\n" },
    { "preamble and epilogue", TYPE, "hello\r\n" PART("a") "1\r\n" LAST "bye", "a=1\n" },
    { "false starts", TYPE, PART("a") "\r\r\n--A\r\n-\r\n--\r\n" LAST,
            "a=\r\r\n--A\r\n-\r\n--\n" },
    { "file", TYPE, FILED("f", "x.csv") "a,b\r\n1,2\r\n\r\n" LAST, "f:x.csv:a,b\r\n1,2\r\n\n" },
    { "file's path is cut", TYPE, FILED("f", "../C:\\x/y.csv") "a\r\n" LAST, "f:y.csv:a\n" },
    { "file that looks like a boundary", TYPE, FILED("f", "x") "\r\n--ABC\r\n" LAST, NULL },
    { "no boundary named", "multipart/form-data", PART("a") "1\r\n" LAST, NULL },
    { "strange boundary", "multipart/form-data; boundary=A\x01", PART("a") "1\r\n" LAST, NULL },
    { "cut short", TYPE, PART("a") "1\r\n", NULL },
    { "nothing", TYPE, "", NULL },
    { "no disposition", TYPE, "--AB\r\nX: y\r\n\r\n1\r\n" LAST, NULL },
    { "no name", TYPE, "--AB\r\nContent-Disposition: form-data\r\n\r\n1\r\n" LAST, NULL },
    { "not UTF-8", TYPE, PART("a") "\xff\r\n" LAST, NULL },
    { "name not UTF-8", TYPE, PART("\xff") "1\r\n" LAST, NULL },
    { "field at the limit", TYPE,
            PART("a") "1234567890123456789012345678901234567890123456789012345678901234567890"
                      "123456789012345678901234567890\r\n" LAST,
            "a=1234567890123456789012345678901234567890123456789012345678901234567890"
            "123456789012345678901234567890\n" },
    { "field over the limit", TYPE,
            PART("a") "1234567890123456789012345678901234567890123456789012345678901234567890"
                      "1234567890123456789012345678901\r\n" LAST,
            NULL },
    { "file at the limit", TYPE,
            FILED("f", "x") "12345678901234567890123456789012345678901234567890\r\n" LAST,
            "f:x:12345678901234567890123456789012345678901234567890\n" },
    { "file over the limit", TYPE,
            FILED("f", "x") "123456789012345678901234567890123456789012345678901\r\n" LAST,
            NULL },
};

static void a_form_is_the_same_in_pieces_of_any_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(forms); i++)
        for (size_t piece = 1; piece < 40; piece++) {
            struct arena arena = { 0 };
            struct multipart reader;
            struct err err = { 0 };
            enum err_code code = read_form(forms[i].type, forms[i].body, strlen(forms[i].body),
                    piece, &reader, &arena, &err);

            CHECK_INT(forms[i].row, code, forms[i].want == NULL ? ERR_INVALID : ERR_OK);
            if (forms[i].want != NULL)
                CHECK_TEXT(forms[i].row, shown(&reader, &arena), forms[i].want);
            multipart_clear(&reader);
            arena_free(&arena);
        }
}

static void a_nul_in_a_field_is_refused_and_in_a_file_kept(void **state)
{
    static const char field[] = PART("a") "1\0002\r\n" LAST;
    static const char file[] = FILED("f", "x") "1\0002\r\n" LAST;
    struct arena arena = { 0 };
    struct multipart reader;
    struct err err = { 0 };

    (void)state;
    CHECK_INT("field", read_form(TYPE, field, sizeof(field) - 1, 7, &reader, &arena, &err),
            ERR_INVALID);
    multipart_clear(&reader);
    CHECK_OK("file", read_form(TYPE, file, sizeof(file) - 1, 7, &reader, &arena, &err), &err);
    CHECK_INT("size", reader.uploads.items[0].size, 3);
    multipart_clear(&reader);
    arena_free(&arena);
}

static void files_are_private_and_gone_afterwards(void **state)
{
    static const char body[] = FILED("f", "x") "1\r\n" FILED("g", "y") "2\r\n" LAST;
    struct arena arena = { 0 };
    struct multipart reader;
    struct err err = { 0 };
    struct stat info;
    const char *paths[2];

    (void)state;
    CHECK_OK("read", read_form(TYPE, body, sizeof(body) - 1, 9, &reader, &arena, &err), &err);
    CHECK_INT("files", reader.uploads.n, 2);
    for (int i = 0; i < 2; i++) {
        paths[i] = reader.uploads.items[i].path;
        CHECK_INT("there", stat(paths[i], &info), 0);
        CHECK_INT("mode", info.st_mode & 0777, 0600);
    }
    CHECK_TRUE("different", strcmp(paths[0], paths[1]) != 0);
    multipart_clear(&reader);
    for (int i = 0; i < 2; i++)
        CHECK_INT("gone", stat(paths[i], &info), -1);
    arena_free(&arena);
}

static void a_folder_that_cannot_be_written_is_an_error(void **state)
{
    static const char body[] = FILED("f", "x") "1\r\n" LAST;
    struct arena arena = { 0 };
    struct multipart reader = { .folder = "/nowhere", .form_max = 100, .file_max = 50 };
    struct err err = { 0 };

    (void)state;
    CHECK_OK("start", multipart_start(&reader, TYPE, &arena, &err), &err);
    CHECK_INT("feed", multipart_feed(&reader, body, sizeof(body) - 1, &err), ERR_IO);
    multipart_clear(&reader);
    reader = (struct multipart){ .folder = "/tmp", .form_max = 100, .file_max = 0 };
    CHECK_OK("start", multipart_start(&reader, TYPE, &arena, &err), &err);
    CHECK_INT("no files here", multipart_feed(&reader, body, sizeof(body) - 1, &err),
            ERR_INVALID);
    multipart_clear(&reader);
    arena_free(&arena);
}

TESTS(TEST(a_form_is_the_same_in_pieces_of_any_size),
        TEST(a_nul_in_a_field_is_refused_and_in_a_file_kept),
        TEST(files_are_private_and_gone_afterwards),
        TEST(a_folder_that_cannot_be_written_is_an_error))
