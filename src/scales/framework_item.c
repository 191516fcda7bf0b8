#include <stdarg.h>
#include <stdio.h>

#include "scales/framework_draft_in.h"

enum err_code reading_refuse(struct reading *r, const char *fmt, ...)
{
    char what[300];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(what, sizeof(what), fmt, args);
    va_end(args);
    (void)err_set(r->err, ERR_INVALID, "%s", what);
    return err_where(r->err, r->file, r->line.row, NULL);
}

enum err_code item_refuse(const struct item *item, struct err *err, const char *fmt, ...)
{
    char what[300];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(what, sizeof(what), fmt, args);
    va_end(args);
    (void)err_set(err, ERR_INVALID, "%s", what);
    return err_where(err, item->file, item->row, NULL);
}

const struct field *item_field(const struct item *item, enum key key)
{
    for (int i = 0; i < item->field_n; i++)
        if (item->fields[i].key == key)
            return &item->fields[i];
    return NULL;
}

int64_t item_number(const struct item *item, enum key key, int64_t fallback)
{
    const struct field *field = item_field(item, key);

    return field == NULL ? fallback : field->a;
}

const char *item_text(const struct item *item, enum key key)
{
    const struct field *field = item_field(item, key);

    return field == NULL ? NULL : field->text;
}

const char *item_entry(const struct item *item, enum key key, int i)
{
    const struct field *field = item_field(item, key);

    return field == NULL || i >= field->a ? NULL : field->list[i];
}
