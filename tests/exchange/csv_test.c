#include "exchange/csv.h"

#include "gather.h"

/* Rows as text: fields joined by `|`, rows by `/`, `!` before a faulty one. */
static enum err_code rows_of(const char *bytes, size_t n, struct buf *buf, struct err *err)
{
    struct csv *csv = calloc(1, sizeof(*csv));
    struct source source;
    bool more = true;
    enum err_code rc;

    source_memory(&source, "x.csv", bytes, n);
    rc = csv_open(csv, &source, err);
    while (rc == ERR_OK) {
        rc = csv_next(csv, &more, err);
        if (rc != ERR_OK || !more)
            break;
        if (buf->n != 0)
            buf_add_char(buf, '/');
        buf_printf(buf, "%ld:%s", csv->row, csv->fault == NULL ? "" : "!");
        for (size_t i = 0; i < csv->field_n; i++) {
            buf_add(buf, i == 0 ? "" : "|");
            buf_add(buf, csv->fields[i]);
        }
    }
    csv_close(csv);
    free(csv);
    return rc;
}

#define BYTES(text) (text), sizeof(text) - 1

static const struct {
    const char *name;
    const char *bytes;
    size_t n;
    const char *rows;
} files[] = {
    { "plain", BYTES("a,b\n1,2\n"), "1:a|b/2:1|2" },
    { "no line end at the end", BYTES("a,b\n1,2"), "1:a|b/2:1|2" },
    { "CR LF", BYTES("a,b\r\n1,2\r\n"), "1:a|b/2:1|2" },
    { "CR alone", BYTES("a,b\r1,2\r"), "1:a|b/2:1|2" },
    { "semicolons", BYTES("a;b;c\n1,5;2;3\n"), "1:a|b|c/2:1,5|2|3" },
    { "tabs", BYTES("a\tb\n1\t2,3\n"), "1:a|b/2:1|2,3" },
    { "one column", BYTES("a\n1\n"), "1:a/2:1" },
    { "a comma in a quoted name does not count", BYTES("\"a,x,y\";b\n1;2\n"),
            "1:a,x,y|b/2:1|2" },
    { "quotes", BYTES("a,b\n\"x \"\"y\"\" z\",\"\"\n"), "1:a|b/2:x \"y\" z|" },
    { "quotes alone", BYTES("a,b\n\"\"\"\",\"\"\"\"\"\"\n"), "1:a|b/2:\"|\"\"" },
    { "a line end in quotes", BYTES("a,b\n\"1\r\n2\",3\n4,5\n"), "1:a|b/2:1\r\n2|3/3:4|5" },
    { "a quote inside a plain field", BYTES("a,b\n5\" disk,2\n"), "1:a|b/2:5\" disk|2" },
    { "text behind a closing quote", BYTES("a,b\n\"x\"y,2\n3,4\n"), "1:a|b/2:!x|2/3:3|4" },
    { "blank lines are counted", BYTES("a,b\n\n1,2\n\r\n3,4\n"), "1:a|b/3:1|2/5:3|4" },
    { "empty fields", BYTES("a,b,c\n,,\n"), "1:a|b|c/2:||" },
    { "too few and too many", BYTES("a,b\n1\n1,2,3\n"), "1:a|b/2:1/3:1|2|3" },
    { "UTF-8 mark",
            BYTES("\xEF\xBB\xBF"
                  "a,b\n1,\xC3\xAB\n"),
            "1:a|b/2:1|\xC3\xAB" },
    { "UTF-8 without a mark", BYTES("a\nZo\xC3\xAB\n"), "1:a/2:Zo\xC3\xAB" },
    { "Windows-1252", BYTES("a\nZo\xEB\n\x80 \x92\n"),
            "1:a/2:Zo\xC3\xAB/3:\xE2\x82\xAC \xE2\x80\x99" },
    { "UTF-16, little end first",
            BYTES("\xFF\xFE"
                  "a\0,\0b\0\n\0"
                  "1\0,\0\xEB\0\n\0"),
            "1:a|b/2:1|\xC3\xAB" },
    { "UTF-16, big end first", BYTES("\xFE\xFF\0a\0,\0b\0\n\xD8\x3D\xDE\x00\0,\0x\0\n"),
            "1:a|b/2:\xF0\x9F\x98\x80|x" },
    { "an empty file", BYTES(""), "" },
    { "only blank lines", BYTES("\n\r\n\n"), "" },
    { "a separator at the very end", BYTES("a,b\n1,"), "1:a|b/2:1|" },
};

static void rows_are_read_as_a_spreadsheet_reads_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct arena arena = { 0 };
        struct buf buf = buf_make(&arena, 1 << 20);
        struct err err = { 0 };

        CHECK_OK(files[i].name, rows_of(files[i].bytes, files[i].n, &buf, &err), &err);
        CHECK_TEXT(files[i].name, buf.data == NULL ? "" : buf.data, files[i].rows);
        arena_free(&arena);
    }
}

static const struct {
    const char *name;
    const char *bytes;
    size_t n;
    long row;
    const char *message;
} refused[] = {
    { "a quote never closed", BYTES("a,b\n1,2\n3,\"4\n5,6\n7,8\n"), 3,
            "a quotation mark opened in this row is never closed" },
    { "a NUL byte", BYTES("a,b\n1,2\n3,\0\n"), 3, "NUL byte" },
    { "a NUL byte in quotes", BYTES("a,b\n\"x\0y\",2\n"), 2, "NUL byte" },
    { "UTF-16 without a mark", BYTES("a\0,\0b\0\n\0"), 1, "NUL byte" },
    { "UTF-8 and then not", BYTES("a\nZo\xC3\xAB\nZo\xEB\n"), 3, "in UTF-8 but holds bytes" },
    { "a mark for UTF-8 and then not",
            BYTES("\xEF\xBB\xBF"
                  "a\nZo\xEB\n"),
            2, "in UTF-8" },
    { "a byte Windows-1252 does not have", BYTES("a\nZo\xEB\n\x81\n"), 3,
            "neither UTF-8 nor Windows-1252: it holds the byte 81" },
    { "half a surrogate pair",
            BYTES("\xFF\xFE"
                  "a\0\n\0\x3D\xD8"
                  "b\0"),
            2, "half a character" },
    { "half a UTF-16 unit",
            BYTES("\xFF\xFE"
                  "a\0\n\0b"),
            2, "ends inside a character" },
};

static void damaged_files_are_refused_with_the_row(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct arena arena = { 0 };
        struct buf buf = buf_make(&arena, 1 << 20);
        struct err err = { 0 };

        CHECK_INT(refused[i].name, rows_of(refused[i].bytes, refused[i].n, &buf, &err),
                ERR_INVALID);
        CHECK_HAS(refused[i].name, err.message, refused[i].message);
        CHECK_TEXT(refused[i].name, err.file, "x.csv");
        CHECK_INT(refused[i].name, err.row, refused[i].row);
        CHECK_TRUE(refused[i].name, err.hint[0] != '\0');
        arena_free(&arena);
    }
}

/* A file of two columns whose second row has a field of that many letters. */
static char *long_field(size_t letters, bool quoted, size_t *ret_n)
{
    char *bytes = malloc(letters + 64);
    size_t n = 0;

    memcpy(bytes, "a,b\n1,", 6);
    n = 6;
    if (quoted)
        bytes[n++] = '"';
    memset(bytes + n, 'x', letters);
    n += letters;
    if (quoted)
        bytes[n++] = '"';
    memcpy(bytes + n, "\n2,3\n", 5);
    *ret_n = n + 5;
    return bytes;
}

static void a_field_may_have_64_kib_and_no_more(void **state)
{
    static const struct {
        const char *name;
        size_t letters;
        bool quoted;
        enum err_code code;
    } rows[] = {
        { "as long as allowed", CSV_FIELD_MAX, false, ERR_OK },
        { "one more", CSV_FIELD_MAX + 1, false, ERR_INVALID },
        { "quoted, as long as allowed", CSV_FIELD_MAX, true, ERR_OK },
        { "quoted, one more", CSV_FIELD_MAX + 1, true, ERR_INVALID },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct buf buf = buf_make(&arena, 1 << 20);
        struct err err = { 0 };
        size_t n;
        char *bytes = long_field(rows[i].letters, rows[i].quoted, &n);

        CHECK_INT(rows[i].name, rows_of(bytes, n, &buf, &err), rows[i].code);
        if (rows[i].code == ERR_OK)
            CHECK_HAS(rows[i].name, buf.data, "x/3:2|3");
        else
            CHECK_INT(rows[i].name, err.row, 2);
        free(bytes);
        arena_free(&arena);
    }
}

static void a_row_may_have_256_columns_and_no_more(void **state)
{
    char bytes[600];

    (void)state;
    for (size_t n = 256; n <= 257; n++) {
        struct arena arena = { 0 };
        struct buf buf = buf_make(&arena, 1 << 20);
        struct err err = { 0 };

        memset(bytes, ',', n - 1);
        CHECK_INT("columns", rows_of(bytes, n - 1, &buf, &err),
                n == 256 ? ERR_OK : ERR_INVALID);
        arena_free(&arena);
    }
}

static void rows_across_blocks_are_whole(void **state)
{
    struct arena arena = { 0 };
    struct buf file = buf_make(&arena, 8 << 20);
    struct buf rows = buf_make(&arena, 32 << 20);
    struct buf want = buf_make(&arena, 32 << 20);
    struct err err = { 0 };

    (void)state;
    buf_add(&file, "n,text\r\n");
    buf_add(&want, "1:n|text");
    for (int i = 0; i < 60000; i++) {
        buf_printf(&file, "%d,\"line \xE2\x82\xAC %d\r\n, \"\"q\"\"\"\r\n", i, i * 7);
        buf_printf(&want, "/%d:%d|line \xE2\x82\xAC %d\r\n, \"q\"", i + 2, i, i * 7);
    }
    CHECK_OK("read", rows_of(file.data, file.n, &rows, &err), &err);
    CHECK_INT("as many bytes", rows.n, want.n);
    CHECK_TRUE("the same", strcmp(rows.data, want.data) == 0);
    arena_free(&arena);
}

TESTS(TEST(rows_are_read_as_a_spreadsheet_reads_them),
        TEST(damaged_files_are_refused_with_the_row), TEST(a_field_may_have_64_kib_and_no_more),
        TEST(a_row_may_have_256_columns_and_no_more), TEST(rows_across_blocks_are_whole))
