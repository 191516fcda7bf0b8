#include <string.h>

#include "base/text.h"
#include "school/access.h"

struct role_info {
    const char *word, *title;
    unsigned kinds; /* bit k: can be held with grant_kind k */
    bool privileged, staff;
};

#define KIND(kind) (1U << (kind))

static const struct role_info roles[ROLE__MAX] = {
    [ROLE_DATA_MANAGER] = { "data_manager", "data manager", KIND(GRANT_SCHOOL), true, true },
    [ROLE_HEAD] = { "head", "head", KIND(GRANT_SCHOOL), true, true },
    [ROLE_SLT] = { "slt", "senior leader", KIND(GRANT_SCHOOL), true, true },
    [ROLE_HEAD_OF_YEAR] = { "head_of_year", "head of year", KIND(GRANT_YEAR), false, true },
    [ROLE_SUBJECT_LEADER] = { "subject_leader", "subject leader", KIND(GRANT_SUBJECT), false,
            true },
    [ROLE_TEACHER] = { "teacher", "teacher", KIND(GRANT_GROUP), false, true },
    [ROLE_FORM_TUTOR] = { "form_tutor", "form tutor", KIND(GRANT_REGISTRATION), false, true },
    [ROLE_TA] = { "ta", "teaching assistant", KIND(GRANT_GROUP) | KIND(GRANT_SEN), false,
            true },
    [ROLE_SENCO] = { "senco", "SENCO", KIND(GRANT_SCHOOL), true, true },
    [ROLE_GOVERNOR] = { "governor", "governor", KIND(GRANT_SCHOOL), false, true },
    [ROLE_LA_ADVISER] = { "la_adviser", "local authority adviser",
            KIND(GRANT_SCHOOL) | KIND(GRANT_AGREEMENT), true, true },
    [ROLE_PARTNER] = { "partner", "partner school's teacher", KIND(GRANT_GROUP), false, true },
    [ROLE_PARENT] = { "parent", "parent", KIND(GRANT_PUPIL), false, false },
    [ROLE_PUPIL] = { "pupil", "pupil", KIND(GRANT_PUPIL), false, false },
};

static const char *const actions[ACTION__MAX] = {
    [ACTION_VIEW] = "view",
    [ACTION_ENTER] = "enter",
    [ACTION_SET_TARGET] = "set_target",
    [ACTION_PROPOSE_TARGET] = "propose_target",
    [ACTION_WINDOW] = "window",
    [ACTION_IMPORT] = "import",
    [ACTION_EXPORT] = "export",
    [ACTION_REPORT] = "report",
    [ACTION_RELEASE] = "release",
    [ACTION_AUDIT] = "audit",
    [ACTION_USERS] = "users",
    [ACTION_SETTINGS] = "settings",
    [ACTION_ERASE] = "erase",
    [ACTION_ASK] = "ask",
};

static const char *const fields[FIELD__MAX] = {
    [FIELD_NONE] = "none",
    [FIELD_IDENTITY] = "identity",
    [FIELD_UPN] = "upn",
    [FIELD_BIRTH] = "birth",
    [FIELD_MARKS] = "marks",
    [FIELD_TARGETS] = "targets",
    [FIELD_PREDICTIONS] = "predictions",
    [FIELD_COMMENTS] = "comments",
    [FIELD_SEN_SUMMARY] = "sen_summary",
    [FIELD_SEN_DETAIL] = "sen_detail",
    [FIELD_DISADVANTAGE] = "disadvantage",
    [FIELD_ETHNICITY] = "ethnicity",
    [FIELD_CONTACTS] = "contacts",
    [FIELD_NOTES] = "notes",
    [FIELD_AGGREGATES] = "aggregates",
};

static const char *const kinds[GRANT__MAX] = {
    [GRANT_SCHOOL] = "school",
    [GRANT_GROUP] = "group",
    [GRANT_REGISTRATION] = "registration",
    [GRANT_YEAR] = "year",
    [GRANT_SUBJECT] = "subject",
    [GRANT_SEN] = "sen",
    [GRANT_PUPIL] = "pupil",
    [GRANT_AGREEMENT] = "agreement",
};

const char *role_word(enum role role)
{
    return role < ROLE__MAX ? roles[role].word : "";
}

const char *role_title(enum role role)
{
    return role < ROLE__MAX ? roles[role].title : "";
}

int role_find(const char *word)
{
    for (int i = 0; i < ROLE__MAX; i++) {
        if (text_eq(roles[i].word, word))
            return i;
    }
    return -1;
}

bool role_privileged(enum role role)
{
    return role < ROLE__MAX && roles[role].privileged;
}

bool role_staff(enum role role)
{
    return role < ROLE__MAX && roles[role].staff;
}

bool role_takes(enum role role, enum grant_kind kind)
{
    return role < ROLE__MAX && kind < GRANT__MAX && (roles[role].kinds & KIND(kind)) != 0;
}

const char *action_word(enum action action)
{
    return action < ACTION__MAX ? actions[action] : "";
}

const char *field_word(enum field field)
{
    return field < FIELD__MAX ? fields[field] : "";
}

const char *grant_kind_word(enum grant_kind kind)
{
    return kind < GRANT__MAX ? kinds[kind] : "";
}

int grant_kind_find(const char *word)
{
    for (int i = 0; i < GRANT__MAX; i++) {
        if (text_eq(kinds[i], word))
            return i;
    }
    return -1;
}

char scope_letter(enum scope scope)
{
    static const char letters[] = "-TFYDNSACMGLO";

    return scope < SCOPE__MAX ? letters[scope] : '-';
}

bool access_year(const char *text, int *ret_year)
{
    int64_t number;

    if (text_eq_fold(text, "R") || text_eq_fold(text, "N2") || text_eq_fold(text, "N1")) {
        *ret_year = text_eq_fold(text, "R") ? 0 : (text_eq_fold(text, "N2") ? -1 : -2);
        return true;
    }
    if (text == NULL || !text_int(text, &number) || number < 1 || number > 13)
        return false;
    *ret_year = (int)number;
    return true;
}
