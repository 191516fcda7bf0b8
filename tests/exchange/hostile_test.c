/* Files that mean harm or are damaged: a clear refusal, in bounded memory. */
#include <sys/resource.h>

#include "exchange/csv_files.h"
#include "exchange/ctf_read.h"
#include "exchange/recognise.h"
#include "gather.h"

#define BYTES(text) (text), sizeof(text) - 1
#define HEAD "<CTfile><Header/><CTFpupilData><Pupil>"
#define TAIL "</Pupil></CTFpupilData></CTfile>"

static enum err_code read_ctf(struct source *source, struct err *err)
{
    struct gather gather = { .silent = true };
    struct sink sink = gather_sink(&gather);
    enum err_code rc = ctf_read(source, &sink, err);

    gather_free(&gather);
    return rc;
}

static const struct {
    const char *name;
    const char *bytes;
    size_t n;
    const char *message;
    long row;
} files[] = {
    { "a bomb of entities",
            BYTES("<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;\">"
                  "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;\">]>" HEAD "<UPN>&c;</UPN>" TAIL),
            "DOCTYPE", 1 },
    { "an entity from a file",
            BYTES("<?xml version=\"1.0\"?>\n<!DOCTYPE CTfile [<!ENTITY x SYSTEM "
                  "\"file:///etc/hostname\">]>\n" HEAD "<UPN>&x;</UPN>" TAIL),
            "DOCTYPE", 2 },
    { "a parameter entity",
            BYTES("<!DOCTYPE a [<!ENTITY % p \"<!ENTITY q 'x'>\">%p;]>" HEAD TAIL), "DOCTYPE",
            1 },
    { "a DOCTYPE elsewhere",
            BYTES("<!DOCTYPE CTfile SYSTEM \"http://example.invalid/x.dtd\">" HEAD), "DOCTYPE",
            1 },
    { "a DOCTYPE in UTF-16", BYTES("\xFF\xFE<\0!\0D\0O\0C\0T\0Y\0P\0E\0 \0a\0>\0<\0a\0/\0>\0"),
            "DOCTYPE", 1 },
    { "an entity nobody declared", BYTES(HEAD "<UPN>&x;</UPN>" TAIL), "not well formed", 1 },
    { "a NUL byte", BYTES(HEAD "<UPN>a\0b</UPN>" TAIL), "NUL byte", 0 },
    { "bytes that are not UTF-8", BYTES(HEAD "\n<Surname>Zo\xEB</Surname>" TAIL),
            "no characters in the encoding", 2 },
    { "an encoding nobody knows",
            BYTES("<?xml version=\"1.0\" encoding=\"klingon\"?>" HEAD TAIL),
            "no characters in the encoding", 1 },
    { "a control character", BYTES(HEAD "<UPN>\x01</UPN>" TAIL), "no characters", 1 },
    { "tags that do not match", BYTES(HEAD "\n<UPN></Upn>" TAIL), "not well formed", 2 },
    { "something behind the end", BYTES(HEAD TAIL "\n<CTfile/>"), "not well formed", 2 },
    { "an attribute twice", BYTES(HEAD "<UPN a=\"1\" a=\"2\"/>" TAIL), "not well formed", 1 },
    { "nothing", BYTES(""), "ends before anything", 0 },
    { "only blanks", BYTES("  \n "), "ends before anything", 0 },
    { "no XML", BYTES("upn,surname\n"), "not well formed", 1 },
};

static void hostile_xml_is_refused_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct source source;
        struct err err = { 0 };

        source_memory(&source, "h.xml", files[i].bytes, files[i].n);
        CHECK_INT(files[i].name, read_ctf(&source, &err), ERR_INVALID);
        CHECK_HAS(files[i].name, err.message, files[i].message);
        CHECK_TEXT(files[i].name, err.file, "h.xml");
        CHECK_TRUE(files[i].name, err.hint[0] != '\0');
        if (files[i].row != 0)
            CHECK_INT(files[i].name, err.row, files[i].row);
    }
}

static void utf_16_is_read_like_any_other(void **state)
{
    static const char text[] = HEAD "<UPN>N354900108002</UPN>" TAIL;
    struct gather gather = { 0 };
    struct sink sink = gather_sink(&gather);
    struct source source;
    struct err err = { 0 };
    char *wide = malloc(2 * sizeof(text));

    (void)state;
    memcpy(wide, "\xFF\xFE", 2);
    for (size_t i = 0; i < sizeof(text) - 1; i++) {
        wide[2 + 2 * i] = text[i];
        wide[3 + 2 * i] = '\0';
    }
    source_memory(&source, "w.xml", wide, 2 * sizeof(text));
    CHECK_OK("read", ctf_read(&source, &sink, &err), &err);
    CHECK_HAS("the pupil", gathered(&gather), "pupil N354900108002|");
    gather_free(&gather);
    free(wide);
}

/* A source that never ends (or after `n` repeats): a start, then the same bytes again and
   again, then an end. */
struct endless {
    const char *start, *again, *end;
    size_t n;
    size_t part, at; /* 0 the start, 1 to n the repeats, n + 1 the end */
    size_t given;
};

static ssize_t more_of(void *cookie, char *buffer, size_t size)
{
    struct endless *endless = cookie;
    size_t n = 0;

    while (n < size && endless->part <= endless->n + 1) {
        const char *text = endless->part == 0            ? endless->start
                           : endless->part <= endless->n ? endless->again
                                                         : endless->end;
        size_t left = strlen(text) - endless->at;
        size_t take = left < size - n ? left : size - n;

        memcpy(buffer + n, text + endless->at, take);
        n += take;
        endless->at += take;
        if (take == left) {
            endless->part++;
            endless->at = 0;
        }
    }
    endless->given += n;
    return (ssize_t)n;
}

static struct source endless_source(struct endless *endless)
{
    const cookie_io_functions_t functions = { .read = more_of };
    FILE *file = fopencookie(endless, "r", functions);

    (void)setvbuf(file, NULL, _IONBF, 0);
    return (struct source){ .name = "endless", .file = file, .size = -1 };
}

/* A sanitizer keeps freed memory back, so only a plain build shows what is in use. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* The most memory this process has had, in KiB. */
static long memory_peak(void)
{
    struct rusage usage;

    (void)getrusage(RUSAGE_SELF, &usage);
    return SANITIZED ? 0 : usage.ru_maxrss;
}

#define FOREVER ((size_t)1 << 40)
#define KILO                                                                                   \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                       \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"                       \
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static const struct {
    const char *name;
    struct endless source;
    const char *message;
    size_t most; /* bytes read before it stops */
} xml[] = {
    { "an attribute without end", { HEAD "<UPN a=\"", KILO, "\"/>" TAIL, FOREVER, 0, 0, 0 },
            "a tag in the file is longer than 64 KiB", 200 << 10 },
    { "a tag of endless attributes", { HEAD "<UPN ", "a1='' ", "/>" TAIL, FOREVER, 0, 0, 0 },
            "more than 256 attributes", 200 << 10 },
    { "a name without end", { HEAD "<", KILO, "/>" TAIL, FOREVER, 0, 0, 0 },
            "a tag in the file is longer than 64 KiB", 200 << 10 },
    { "a text without end", { HEAD "<UPN>", KILO, "</UPN>" TAIL, FOREVER, 0, 0, 0 },
            "a text in the file is longer than 1 MiB", 2 << 20 },
    { "a text without end in pieces",
            { HEAD "<UPN>", "<![CDATA[" KILO "]]>", "</UPN>" TAIL, FOREVER, 0, 0, 0 },
            "a text in the file is longer than 1 MiB", 4 << 20 },
    { "a comment without end", { HEAD "<!--", KILO, "-->" TAIL, FOREVER, 0, 0, 0 },
            "a text in the file is longer than 1 MiB", 2 << 20 },
    { "300 levels", { HEAD, "<a>", "</a>" TAIL, 300, 0, 0, 0 }, "more than 64 levels deep",
            200 << 10 },
    { "endless levels", { "", "<CTfile>", "", FOREVER, 0, 0, 0 }, "more than 64 levels deep",
            200 << 10 },
    { "a pupil without end", { HEAD, "<Note>" KILO "</Note>", TAIL, FOREVER, 0, 0, 0 },
            "the element Pupil that begins here is too large", 16 << 20 },
    { "results without end",
            { HEAD "<StageAssessments><KeyStage>", "<StageAssessment/>",
                    "</KeyStage></StageAssessments>" TAIL, 5000, 0, 0, 0 },
            "more than 4096 results", 1 << 20 },
    { "a million empty pupils, then the end",
            { "<CTfile><Header/><CTFpupilData>", "<Pupil/>", "", 1000000, 0, 0, 0 },
            "the file ends in the middle of the element CTFpupilData, which began on line 1",
            16 << 20 },
};

static void xml_without_end_stops_at_a_limit(void **state)
{
    long before = memory_peak();

    (void)state;
    for (size_t i = 0; i < COUNT(xml); i++) {
        struct endless endless = xml[i].source;
        struct source source = endless_source(&endless);
        struct err err = { 0 };

        CHECK_INT(xml[i].name, read_ctf(&source, &err), ERR_INVALID);
        CHECK_HAS(xml[i].name, err.message, xml[i].message);
        CHECK_TRUE(xml[i].name, endless.given <= xml[i].most);
        source_close(&source);
    }
    CHECK_TRUE("less than 32 MiB more", memory_peak() - before < 32 * 1024);
}

static const struct {
    const char *name;
    struct endless source;
    const char *message;
    size_t most;
} csv[] = {
    { "a row without end", { "upn,group\na,", KILO, "", FOREVER, 0, 0, 0 },
            "a field of this row is longer than 65536 bytes", 512 << 10 },
    { "a row of endless columns", { "upn,group\n", "a,", "", FOREVER, 0, 0, 0 },
            "more than 256 columns", 512 << 10 },
    { "a quote without end", { "upn,group\na,\"", KILO "\n", "", FOREVER, 0, 0, 0 },
            "a quotation mark opened in this row is not closed within 65536 bytes", 512 << 10 },
    { "a row of many long fields",
            { "upn,group\n",
                    KILO KILO KILO KILO KILO KILO KILO KILO KILO KILO KILO KILO KILO KILO KILO
                            KILO KILO KILO KILO KILO KILO KILO KILO KILO KILO KILO ",",
                    "", FOREVER, 0, 0, 0 },
            "longer than 1048576 bytes", 2 << 20 },
    { "a header without end", { "", KILO, "", FOREVER, 0, 0, 0 }, "longer than 65536 bytes",
            512 << 10 },
};

static void csv_without_end_stops_at_a_limit(void **state)
{
    long before = memory_peak();

    (void)state;
    for (size_t i = 0; i < COUNT(csv); i++) {
        struct gather gather = { .silent = true };
        struct sink sink = gather_sink(&gather);
        struct endless endless = csv[i].source;
        struct source source = endless_source(&endless);
        struct err err = { 0 };

        CHECK_INT(csv[i].name, csv_file_read(&source, FILE_GROUPS, &sink, &err), ERR_INVALID);
        CHECK_HAS(csv[i].name, err.message, csv[i].message);
        CHECK_TEXT(csv[i].name, err.file, "endless");
        CHECK_TRUE(csv[i].name, endless.given <= csv[i].most);
        source_close(&source);
        gather_free(&gather);
    }
    CHECK_TRUE("less than 8 MiB more", memory_peak() - before < 8 * 1024);
}

/* Cut a file off at every 97th byte: each time a refusal that says so, save where only the
   end of the last line is missing. */
static void cut_off(const char *path)
{
    size_t n = 0;
    char *bytes = slurp(path, &n);
    size_t whole;

    CHECK_TRUE(path, bytes != NULL);
    whole = n;
    while (bytes[whole - 1] != '>')
        whole--;
    for (size_t at = 1; at < whole; at += 97) {
        struct source source;
        struct err err = { 0 };
        char name[32];

        (void)snprintf(name, sizeof(name), "cut off at %zu", at);
        source_memory(&source, "c.xml", bytes, at);
        CHECK_INT(name, read_ctf(&source, &err), ERR_INVALID);
        CHECK_HAS(name, err.message, "the file ends");
    }
    free(bytes);
}

static void a_file_cut_off_anywhere_is_refused(void **state)
{
    const char *folder = getenv("ATTAIN_SAMPLES");
    char path[1024];

    (void)state;
    cut_off(ATTAIN_SOURCE_ROOT "/tests/exchange/data/3549001_CTF_3549002_002.xml");
    if (folder == NULL) {
        print_message("the samples are left out: ATTAIN_SAMPLES names no folder of them\n");
        return;
    }
    (void)snprintf(path, sizeof(path), "%s/ctf/3549001_CTF_3549002_001.xml", folder);
    cut_off(path);
}

static void an_endless_file_is_recognised_or_refused_at_once(void **state)
{
    struct endless endless = { "<", KILO, "", FOREVER, 0, 0, 0 };
    struct source source = endless_source(&endless);
    enum file_kind kind;
    struct err err = { 0 };

    (void)state;
    CHECK_TRUE("refused", recognise_file(&source, &kind, &err) != ERR_OK);
    CHECK_TRUE("at once", endless.given < 512 << 10);
    source_close(&source);
}

TESTS(TEST(hostile_xml_is_refused_in_words), TEST(utf_16_is_read_like_any_other),
        TEST(xml_without_end_stops_at_a_limit), TEST(csv_without_end_stops_at_a_limit),
        TEST(a_file_cut_off_anywhere_is_refused),
        TEST(an_endless_file_is_recognised_or_refused_at_once))
