/*
 * access: who may see and do what: one table of role x action x field, and one function
 * that answers from it.
 *
 * Pure: people, pupils and the day are arguments. Every output and every save asks `may`,
 * on every route and in every format; a copy of the rule anywhere else is a mistake. What
 * the table does not allow is refused, and a grant outside its dates does not exist.
 *
 * A person holds grants: a role, with a scope that says of whom ("teacher of 10B from 1
 * September to Friday"). The table says how far each role reaches for each action and
 * field, and on which conditions; docs/design/ACCESS.md shows it as the program prints it.
 */
#ifndef SCHOOL_ACCESS_H
#define SCHOOL_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

enum role {
    ROLE_DATA_MANAGER,
    ROLE_HEAD,
    ROLE_SLT,
    ROLE_HEAD_OF_YEAR,
    ROLE_SUBJECT_LEADER,
    ROLE_TEACHER,
    ROLE_FORM_TUTOR,
    ROLE_TA,
    ROLE_SENCO,
    ROLE_GOVERNOR,
    ROLE_LA_ADVISER,
    ROLE_PARTNER,
    ROLE_PARENT,
    ROLE_PUPIL,
    ROLE__MAX,
};

enum action {
    ACTION_VIEW,
    ACTION_ENTER,          /* save marks, comments, notes, SEN measures */
    ACTION_SET_TARGET,     /* set, revise or adjust a target */
    ACTION_PROPOSE_TARGET, /* suggest one for somebody else to set */
    ACTION_WINDOW,         /* open, extend and close a review or target window */
    ACTION_IMPORT,
    ACTION_EXPORT,  /* take data out in bulk; never more than ACTION_VIEW shows */
    ACTION_REPORT,  /* reports on screen and paper; never more than ACTION_VIEW shows */
    ACTION_RELEASE, /* let parents and pupils see */
    ACTION_AUDIT,   /* read who did and saw what */
    ACTION_USERS,   /* accounts and grants; nobody grants more than they hold */
    ACTION_SETTINGS,
    ACTION_ERASE,
    ACTION_ASK, /* ask the school for a correction, a copy or an erasure */
    ACTION__MAX,
};

enum field {
    FIELD_NONE,     /* the action is not about one field */
    FIELD_IDENTITY, /* name, year, registration group, groups: the pupil list */
    FIELD_UPN,
    FIELD_BIRTH, /* date of birth, sex */
    FIELD_MARKS,
    FIELD_TARGETS,
    FIELD_PREDICTIONS,
    FIELD_COMMENTS,
    FIELD_SEN_SUMMARY,  /* whether, and at which stage */
    FIELD_SEN_DETAIL,   /* needs, provision, plans, reviews */
    FIELD_DISADVANTAGE, /* free school meals, pupil premium, looked after */
    FIELD_ETHNICITY,    /* ethnicity and first language */
    FIELD_CONTACTS,
    FIELD_NOTES,
    FIELD_AGGREGATES, /* counts, averages and percentages over groups */
    FIELD__MAX,
};

/* How far a role reaches. The letters are those of the printed table. */
enum scope {
    SCOPE_NONE,
    SCOPE_TAUGHT,     /* T the classes taught */
    SCOPE_FORM,       /* F the registration group */
    SCOPE_YEAR,       /* Y the year group */
    SCOPE_SUBJECT,    /* D the subject or department */
    SCOPE_LIST,       /* N pupils with SEN, or of a named list */
    SCOPE_SCHOOL,     /* S */
    SCOPE_AGGREGATES, /* A no single pupil; small numbers hidden */
    SCOPE_CHILD,      /* C own child */
    SCOPE_SELF,       /* M oneself */
    SCOPE_GUEST,      /* G pupils of a partner school taught here */
    SCOPE_AGREED,     /* L schools with an agreement in force */
    SCOPE_OWN,        /* O what the person did */
    SCOPE__MAX,
};

/* What an answer "yes" still depends on; the letters stand behind the scope's in the table. */
enum need {
    NEED_REASON = 1 << 0,   /* r a reason is recorded */
    NEED_WINDOW = 1 << 1,   /* w a window or review for it is open */
    NEED_SECOND = 1 << 2,   /* 2 a second person approves */
    NEED_RELEASED = 1 << 3, /* p only what was released to parents and pupils */
    NEED_SUPPRESS = 1 << 4, /* small numbers are hidden */
};

/* What a grant's scope names. */
enum grant_kind {
    GRANT_SCHOOL,       /* everybody; value "" */
    GRANT_GROUP,        /* a group, by name */
    GRANT_REGISTRATION, /* a registration group, by name */
    GRANT_YEAR,         /* a year group: N1 N2 R 1..13 */
    GRANT_SUBJECT,      /* a subject, by code */
    GRANT_SEN,          /* pupils with SEN; value "" */
    GRANT_PUPIL,        /* one pupil (pupil_id) */
    GRANT_AGREEMENT,    /* what an agreement between schools names; value: its name */
    GRANT__MAX,
};

/* What a grant has besides its role: o, d and g of the table. */
enum extra {
    EXTRA_SEN_DETAIL = 1 << 0, /* may see SEN detail, where the role leaves it open */
    EXTRA_ENTER = 1 << 1,      /* entry is delegated (teaching assistant) */
    EXTRA_REPORTS = 1 << 2,    /* this parent receives reports */
    EXTRA_RESTRICTED = 1 << 3, /* this parent sees nothing (court order) */
};

/* What the school has chosen. */
enum access_option {
    OPTION_TEACHERS_SEE_FLAGS = 1 << 0, /* disadvantage, for those they teach */
    OPTION_PARENTS_SEE_VIEWS = 1 << 1,  /* who looked at their child's record */
};

struct grant {
    enum role role;
    enum grant_kind kind;
    const char *value;   /* "" where the kind needs none */
    const char *subject; /* of a group taught: its subject code, or "" for all */
    int64_t school_id;   /* 0: an authority's, in every school, aggregates only */
    int64_t grant_id;
    int64_t pupil_id;     /* GRANT_PUPIL */
    struct date from, to; /* first and last day; no date: always, open */
    unsigned extras;
};

struct person {
    int64_t account_id;
    const char *username, *name;
    const struct grant *grants; /* of one school and of the authority; borrowed */
    size_t grant_n;
    unsigned options; /* enum access_option */
};

/* The pupil asked about, as of the day. */
struct access_pupil {
    int64_t pupil_id, school_id;
    int year; /* NC year; R is 0, N2 -1, N1 -2 */
    const char *registration;
    const char *const *groups; /* names */
    size_t group_n;
    const char *const *studies; /* subjects of the pupil's teaching groups; none: all */
    size_t study_n;
    bool sen;            /* on the SEN register */
    const char *subject; /* the subject asked about; NULL: none in particular */
    int64_t by;          /* account that recorded the thing asked about; 0: not said */
};

struct may_answer {
    bool yes;
    const char *why;  /* a clause for the user: "you teach this pupil"; static */
    enum scope scope; /* what allowed it; SCOPE_NONE when refused */
    enum role role;   /* of the grant that allowed it; ROLE__MAX when refused */
    unsigned needs;   /* enum need; 0: no condition */
};

/*
 * May the person do this to this field of this pupil on this day? `pupil` NULL asks whether
 * at all: the answer's scope then says how narrow. Of
 * several grants that allow it the one with the fewest needs answers, then the widest.
 *
 * EXPORT and REPORT of a field ask VIEW of it too. A subject's values (marks, targets,
 * predictions, comments) of a pupil without `subject` are refused where the scope is a subject.
 */
struct may_answer may(const struct person *person, enum action action, enum field field,
        const struct access_pupil *pupil, struct date today);

/* The same, and "no" while a need stands that is not among `met`: what a save or a page asks
   that has established its window, reason or release. */
struct may_answer may_with(const struct person *person, enum action action, enum field field,
        const struct access_pupil *pupil, struct date today, unsigned met);

/* Sets ret_keep[i] for each of n pupils as may_with(); returns how many are kept. */
size_t access_filter(const struct person *person, enum action action, enum field field,
        const struct access_pupil *pupils, size_t n, struct date today, unsigned met,
        bool *ret_keep);

/* The fields of which the person may see anything at all today: bit (1u << field). */
unsigned access_columns(const struct person *person, enum action action, struct date today);

/* Whether a grant is in force on the day. */
bool grant_in_force(const struct grant *grant, struct date today);

/* Whether the role can be held with this kind of scope: a governor of one class cannot. */
bool role_takes(enum role role, enum grant_kind kind);

/*
 * Whether `holder` may give this grant: only in a school where they manage users, and nobody
 * gives more than they hold (a data manager without SEN detail makes no SENCO; roles of an
 * authority are given at the command line). Parents and pupils get what the table gives them.
 */
bool may_grant(const struct person *holder, const struct grant *given, struct date today);

/* Data manager, head, SLT, SENCO, authority: 15 minutes idle and a second factor. */
bool role_privileged(enum role role);
bool role_staff(enum role role); /* not a parent or pupil */

/* Whether a grant in force today is one of the staff's. */
bool person_is_staff(const struct person *person, struct date today);

/* Words: "data_manager", "view", "sen_detail", "group"; -1 when there is no such word. */
const char *role_word(enum role role);
const char *role_title(enum role role); /* "data manager" */
int role_find(const char *word);
const char *action_word(enum action action);
const char *field_word(enum field field);
const char *grant_kind_word(enum grant_kind kind);
int grant_kind_find(const char *word);
char scope_letter(enum scope scope);

/* "R" is 0, "N2" -1, "N1" -2, "1" .. "13"; false otherwise. */
bool access_year(const char *text, int *ret_year);

/* Append the whole table as it is enforced, with its legend. */
void access_table_print(struct buf *buf);

#endif
