/*
 * framework: the reader of assessment frameworks.
 *
 * The first two bytes say which allocation fails (0: none; odd high byte: every later one
 * too); the rest is one file, or two with a NUL NUL between. What is accepted is then asked a
 * few things, so that a framework that was let through also holds.
 */
#include <stdlib.h>
#include <string.h>

#include "scales/framework.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The place of two NULs in a row, or the end. */
static size_t file_end(const char *bytes, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++)
        if (bytes[i] == '\0' && bytes[i + 1] == '\0')
            return i;
    return n;
}

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void ask_grade(const struct framework *fw, int i)
{
    const struct grade *grade = &fw->grades[i];
    struct value value = framework_stored(fw, fw->scales[grade->scale].code, grade->code);
    struct value lower, upper, read;
    struct err err;
    char buffer[VALUE_TEXT_SIZE];
    int steps;

    check(value.grade == i);
    check(strcmp(framework_value_text(fw, value, buffer), grade->code) == 0);
    framework_pair(fw, value, value, grade->points, &lower, &upper);
    (void)framework_nearest(fw, value, lower, grade->points);
    (void)framework_steps(fw, value, upper, &steps);
    (void)framework_level(fw, value);
    if (framework_read_grade(fw, grade->scale, -1, -1, grade->code, &read, &err) == ERR_OK)
        check(read.grade == i);
    for (int stage = -1; stage < fw->stage_n && stage < 3; stage++)
        check(framework_read_grade(fw, -1, stage, fw->subject_n - 1, grade->code, &read,
                      &err) == ERR_OK ||
                err.message[0] != '\0');
}

static void ask_marks(const struct framework *fw, const struct boundary_set *set)
{
    for (int64_t mark = -1; mark < 120; mark += 7) {
        struct value value;
        struct err err;

        check(framework_read_mark(fw, set->stage, set->subject, set->test, set->year,
                      mark * 1000, &value, &err) == ERR_OK ||
                err.message[0] != '\0');
    }
}

static void ask(const struct framework *fw)
{
    for (int i = 0; i < fw->grade_n && i < 200; i++)
        ask_grade(fw, i);
    for (int i = 0; i < fw->boundary_set_n && i < 20; i++)
        ask_marks(fw, &fw->boundary_sets[i]);
    for (int i = 0; i < fw->subject_n; i++)
        check(framework_subject(fw, fw->subjects[i].code) == i);
    for (int i = 0; i < fw->measure_n; i++)
        check(framework_measure(fw, fw->measures[i].id) == i);
}

static enum err_code read_files(struct arena *arena, const char *bytes, size_t n,
        const struct framework **ret_framework, struct err *err)
{
    struct framework_draft *draft = framework_begin(arena);
    size_t end = file_end(bytes, n);
    enum err_code code = framework_read(draft, "one", bytes, end, err);

    if (code == ERR_OK && end < n)
        code = framework_read(draft, "two", bytes + end + 2, n - end - 2, err);
    return code == ERR_OK ? framework_finish(draft, ret_framework, err) : code;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { .limit = (size_t)64 << 20 };
    const struct framework *fw = NULL;
    struct err err = { 0 };
    long fault;
    enum err_code code;

    if (size < 2)
        return 0;
    fault = data[0] + 256L * (data[1] / 2);
    arena_fault(fault == 0 ? -1 : fault - 1, data[1] % 2);
    code = read_files(&arena, (const char *)data + 2, size - 2, &fw, &err);
    check(code == ERR_MEMORY || arena_fault_fired() == 0);
    arena_fault(-1, 0);
    check((code == ERR_OK) == (fw != NULL) && (code == ERR_OK || err.message[0] != '\0'));
    if (fw != NULL)
        ask(fw);
    arena_free(&arena);
    return 0;
}
