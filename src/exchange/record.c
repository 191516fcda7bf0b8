#include "exchange/record.h"

#include "base/text.h"

static const char *const names[FILE__MAX] = {
    [FILE_UNKNOWN] = "unknown",
    [FILE_CTF] = "ctf",
    [FILE_PUPILS] = "pupils",
    [FILE_RESULTS] = "results",
    [FILE_GROUPS] = "groups",
    [FILE_HISTORY] = "history",
    [FILE_SCHOOLS] = "schools",
    [FILE_NATIONAL] = "national",
    [FILE_FRAMEWORK] = "framework",
    [FILE_MAPPED] = "mapped",
};

const char *file_kind_name(enum file_kind kind)
{
    return kind < FILE__MAX ? names[kind] : names[FILE_UNKNOWN];
}

enum file_kind file_kind_parse(const char *name)
{
    for (enum file_kind kind = FILE_CTF; kind < FILE__MAX; kind++) {
        if (text_eq_fold(names[kind], name))
            return kind;
    }
    return FILE_UNKNOWN;
}
