/* A template's file: whatever stands in it, it is read or refused with words. */

#include <stdio.h>
#include <stdlib.h>

#include "school/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
    if (!good)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { .limit = (size_t)16 << 20 };
    struct template template = { 0 };
    struct err err = { 0 };
    enum err_code code;
    long fault;

    if (size < 2)
        return 0;
    fault = data[0] + 256L * (data[1] / 2);
    arena_fault(fault == 0 ? -1 : fault - 1, data[1] % 2);
    code = template_parse("template", (const char *)data + 2, size - 2, &arena, &template,
            &err);
    check(code == ERR_MEMORY || arena_fault_fired() == 0);
    arena_fault(-1, 0);
    check(code == ERR_OK || err.message[0] != '\0');
    if (code == ERR_OK) {
        check(template.column_n > 0 && template.column_n <= TEMPLATE_COLUMNS);
        check(template.code[0] != '\0');
        for (size_t i = 0; i < template.column_n; i++)
            check(template_column(&template, template.columns[i].name) == (int)i);
    }
    arena_free(&arena);
    return 0;
}
