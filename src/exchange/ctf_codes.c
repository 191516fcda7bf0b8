#include "exchange/ctf_codes.h"

#include <string.h>

#include "base/text.h"

static const char *const part_names[CTF_PART__MAX] = { "Locale", "Year", "Subject", "Method",
    "Component", "ResultStatus", "ResultQualifier", "Result", "ResultDate", "Stage" };

/* The subjects of the Common Basic Data Set, and the two parts of English that are
   judged as subjects. */
static const char subjects[] =
        " ARA ART BEN CHI CLL CRE CYM DAN DAT DUT ENG FIN FRE FSP GAE GEO GER GRE GUJ HEB HIS "
        "ICT ITA JAP KUW MAT MFL MUS PAN PED PHY POR PSE PSH REA RUS SCI SPA SWE TUR URD WEL "
        "WRI ";

const struct ctf_detail ctf_details[] = {
    { "FormerUPN", "former_upn" },
    { "PreferredSurname", "preferred_surname" },
    { "PreferredForename", "preferred_forename" },
    { "FormerSurname", "former_surname" },
    { "FormerForename", "former_forename" },
    { "MiddleNames", "middle_names" },
    { "NCyearActual", "year_group" },
    { "Ethnicity", "ethnicity" },
    { "EthnicitySource", "ethnicity_source" },
    { "Languages", "language" },
    { "ServiceChild", "service_child" },
    { "MedicalFlag", "medical_flag" },
    { "Disabilities", "disabilities" },
    { "EnrolStatus", "enrol_status" },
};
const size_t ctf_detail_n = COUNT(ctf_details);

const char *ctf_part_name(enum ctf_part part)
{
    return part_names[part];
}

static size_t escaped_size(const char *text)
{
    size_t n = 2;

    for (; *text != '\0'; text++)
        n += *text == '|' || *text == '\\' ? 2 : 1;
    return n;
}

static char *put_escaped(char *to, const char *text)
{
    if (text == NULL)
        return to;
    if (*text == '\0') {
        *to++ = '\\';
        *to++ = 'e';
    }
    for (; *text != '\0'; text++) {
        if (*text == '|' || *text == '\\') {
            *to++ = '\\';
            *to++ = *text == '|' ? 'p' : '\\';
        } else {
            *to++ = *text;
        }
    }
    return to;
}

char *ctf_origin_join(const struct ctf_parts *parts, struct arena *arena)
{
    size_t n = CTF_PART__MAX;
    char *origin;
    char *to;

    for (int i = 0; i < CTF_PART__MAX; i++)
        n += parts->parts[i] == NULL ? 0 : escaped_size(parts->parts[i]);
    origin = arena_alloc(arena, n);
    if (origin == NULL)
        return NULL;
    to = origin;
    for (int i = 0; i < CTF_PART__MAX; i++) {
        if (i != 0)
            *to++ = '|';
        to = put_escaped(to, parts->parts[i]);
    }
    *to = '\0';
    return origin;
}

/* Undo the marks in place. */
static const char *unescape(char *text)
{
    char *to = text;

    if (*text == '\0')
        return NULL;
    if (strcmp(text, "\\e") == 0)
        return "";
    for (const char *from = text; *from != '\0'; from++) {
        if (*from == '\\' && from[1] != '\0')
            *to++ = *++from == 'p' ? '|' : *from;
        else
            *to++ = *from;
    }
    *to = '\0';
    return text;
}

enum err_code ctf_origin_split(const char *origin, struct arena *arena,
        struct ctf_parts *ret_parts, struct err *err)
{
    struct ctf_parts parts = { { NULL } };
    char *at = arena_text(arena, origin);

    if (at == NULL)
        return err_memory(err);
    for (int i = 0; i < CTF_PART__MAX && at != NULL; i++) {
        char *bar = strchr(at, '|');

        if (bar != NULL)
            *bar = '\0';
        parts.parts[i] = unescape(at);
        at = bar == NULL ? NULL : bar + 1;
    }
    *ret_parts = parts;
    return ERR_OK;
}

bool ctf_is_subject(const char *code)
{
    char padded[6] = " ";

    if (code == NULL || strlen(code) != 3 || strchr(code, ' ') != NULL)
        return false;
    memcpy(padded + 1, code, 3);
    padded[4] = ' ';
    return strstr(subjects, padded) != NULL;
}

const char *ctf_subject_of(const char *subject)
{
    return text_eq_fold(subject, "REA") || text_eq_fold(subject, "WRI") ? "ENG" : subject;
}

const char *ctf_kind_of_status(const char *status, const char *method)
{
    if (text_eq_fold(status, "R") || text_eq_fold(status, "P"))
        return "result";
    if (text_eq_fold(status, "I"))
        return text_eq_fold(method, "TT") ? "test" : "assessment";
    if (text_eq_fold(status, "E"))
        return text_eq_fold(method, "TA") ? "likely" : "prediction";
    return text_eq_fold(status, "T") ? "target" : NULL;
}

const char *ctf_status_of_kind(const char *kind)
{
    if (text_eq_fold(kind, "assessment") || text_eq_fold(kind, "test") ||
            text_eq_fold(kind, "mock"))
        return "I";
    if (text_eq_fold(kind, "likely") || text_eq_fold(kind, "prediction"))
        return "E";
    return text_eq_fold(kind, "target") ? "T" : "R";
}

const char *ctf_stage_read(const char *stage, struct arena *arena)
{
    if (stage == NULL || strlen(stage) != 3 || stage[0] != 'Y' || stage[1] != '0' ||
            !text_is_digit(stage[2]))
        return stage;
    return arena_printf(arena, "Y%c", stage[2]);
}

const char *ctf_stage_write(const char *stage, struct arena *arena)
{
    if (stage == NULL || strlen(stage) != 2 || stage[0] != 'Y' || !text_is_digit(stage[1]))
        return stage;
    return arena_printf(arena, "Y0%c", stage[1]);
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

const char *ctf_attribute_name(const char *element, struct arena *arena)
{
    size_t n = strlen(element);
    char *name;
    char *to;

    for (size_t i = 0; i < ctf_detail_n; i++) {
        if (text_eq(ctf_details[i].element, element))
            return ctf_details[i].attribute;
    }
    name = arena_alloc(arena, 2 * n + 1);
    to = name;
    for (size_t i = 0; i < n && name != NULL; i++) {
        bool begins = i != 0 && is_capital(element[i]) &&
                      (!is_capital(element[i - 1]) ||
                              (element[i + 1] >= 'a' && element[i + 1] <= 'z'));

        if (begins && element[i - 1] != '_')
            *to++ = '_';
        *to++ = is_capital(element[i]) ? (char)(element[i] - 'A' + 'a') : element[i];
    }
    return name;
}
