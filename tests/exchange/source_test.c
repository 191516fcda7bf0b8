#include "exchange/source.h"

#include <unistd.h>

#include "check.h"

static void a_file_is_read_and_read_again(void **state)
{
    char path[] = "/tmp/attain-source-XXXXXX";
    int fd = mkstemp(path);
    struct source source;
    struct err err = { 0 };
    char bytes[8];
    size_t n;

    (void)state;
    CHECK_INT("made", write(fd, "hello", 5), 5);
    CHECK_OK("open", source_open(&source, path, &err), &err);
    CHECK_INT("size", source.size, 5);
    CHECK_TEXT("its name without the folder", source.name, strrchr(path, '/') + 1);
    for (int i = 0; i < 2; i++) {
        CHECK_OK("read", source_read(&source, bytes, 3, &n, &err), &err);
        CHECK_INT("the first three", n, 3);
        CHECK_OK("read", source_read(&source, bytes, 8, &n, &err), &err);
        CHECK_INT("the last two", n, 2);
        CHECK_TRUE("are lo", memcmp(bytes, "lo", 2) == 0);
        CHECK_OK("read", source_read(&source, bytes, 8, &n, &err), &err);
        CHECK_INT("then nothing", n, 0);
        CHECK_OK("rewind", source_rewind(&source, &err), &err);
    }
    source_close(&source);
    source_close(&source);
    (void)close(fd);
    (void)unlink(path);
}

static void what_cannot_be_opened_says_why(void **state)
{
    struct source source = { .n = 77 };
    struct err err = { 0 };

    (void)state;
    CHECK_INT("no file", source_open(&source, "/nowhere/x.csv", &err), ERR_NOT_FOUND);
    CHECK_HAS("no file", err.message, "there is no file /nowhere/x.csv");
    CHECK_INT("a folder", source_open(&source, "/tmp", &err), ERR_IO);
    CHECK_HAS("a folder", err.message, "is a folder");
    CHECK_INT("untouched", source.n, 77);
}

TESTS(TEST(a_file_is_read_and_read_again), TEST(what_cannot_be_opened_says_why))
