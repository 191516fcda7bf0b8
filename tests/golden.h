/*
 * golden: compares a text with a file under tests/golden/ byte by byte.
 *
 * With ATTAIN_GOLDEN_UPDATE=1 in the environment the file is rewritten instead; read the
 * difference before committing it.
 */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

#include "check.h"

static inline void golden_write(const char *path, const char *text, size_t n)
{
    FILE *file = fopen(path, "wb");

    if (file == NULL || fwrite(text, 1, n, file) != n || fclose(file) != 0)
        fail_msg("%s could not be written", path);
}

/* Point at the first line that differs. */
static inline void golden_differs(const char *path, const char *got, const char *want)
{
    int line = 1;
    size_t start = 0;
    size_t i = 0;

    for (; got[i] != '\0' && got[i] == want[i]; i++)
        if (got[i] == '\n') {
            line++;
            start = i + 1;
        }
    fail_msg("%s:%d: is \"%.*s\", not \"%.*s\"", path, line, (int)strcspn(got + start, "\n"),
            got + start, (int)strcspn(want + start, "\n"), want + start);
}

/* `name` is the path under tests/golden/. */
static inline void golden_check(const char *name, const char *text, size_t n)
{
    static char want[1 << 20];
    char path[512];
    const char *update = getenv("ATTAIN_GOLDEN_UPDATE");
    FILE *file;
    size_t length;

    (void)snprintf(path, sizeof(path), "%s/tests/golden/%s", ATTAIN_SOURCE_ROOT, name);
    if (update != NULL && strcmp(update, "1") == 0) {
        golden_write(path, text, n);
        return;
    }
    file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is missing; ATTAIN_GOLDEN_UPDATE=1 writes it", path);
    length = fread(want, 1, sizeof(want) - 1, file);
    (void)fclose(file);
    want[length] = '\0';
    if (length != n || memcmp(want, text, n) != 0)
        golden_differs(path, text, want);
}

#endif
