#include "actions/plan_origin.h"

#include <stdio.h>
#include <string.h>

#include "exchange/ctf_codes.h"

enum err_code plan_origin_name(const char *origin, struct arena *arena, char *buffer,
        size_t size, struct err *err)
{
    struct ctf_parts parts = { { 0 } };
    enum err_code code = ctf_origin_split(origin, arena, &parts, err);

    if (code != ERR_OK)
        return code;
    for (int i = 0; i < CTF_PART__MAX; i++)
        parts.parts[i] = parts.parts[i] == NULL ? "" : parts.parts[i];
    (void)snprintf(buffer, size, "%.20s%s%.20s (%.20s)", parts.parts[CTF_SUBJECT],
            *parts.parts[CTF_COMPONENT] == '\0' ? "" : " ", parts.parts[CTF_COMPONENT],
            parts.parts[CTF_QUALIFIER]);
    return ERR_OK;
}

bool plan_origin_is_grade(const char *origin)
{
    static const char *const grades[] = { "", "NL", "ND", "NF", "NP", "NC", "EG", "LG" };
    const char *at = origin;

    for (int i = 0; i < CTF_QUALIFIER && at != NULL; i++) {
        at = strchr(at, '|');
        at = at == NULL ? NULL : at + 1;
    }
    for (size_t i = 0; i < COUNT(grades) && at != NULL; i++) {
        size_t n = strlen(grades[i]);

        if (strncmp(at, grades[i], n) == 0 && (at[n] == '|' || at[n] == '\0'))
            return true;
    }
    return at == NULL;
}
