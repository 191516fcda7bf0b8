#include "school/access_in.h"

#include <string.h>

#include "base/text.h"

/* The letters of the printed table; the macros end with it. */
#define BIT(scope) (1U << (scope))
#define T BIT(SCOPE_TAUGHT)
#define F BIT(SCOPE_FORM)
#define Y BIT(SCOPE_YEAR)
#define D BIT(SCOPE_SUBJECT)
#define N BIT(SCOPE_LIST)
#define S BIT(SCOPE_SCHOOL)
#define A (BIT(SCOPE_AGGREGATES) | NEED(NEED_SUPPRESS))
#define C BIT(SCOPE_CHILD)
#define M BIT(SCOPE_SELF)
#define G BIT(SCOPE_GUEST)
#define L BIT(SCOPE_AGREED)
#define O BIT(SCOPE_OWN)
#define NEED(need) ((uint32_t)(need) << CELL_NEED_SHIFT)
#define R NEED(NEED_REASON)
#define W NEED(NEED_WINDOW)
#define SECOND NEED(NEED_SECOND)
#define P NEED(NEED_RELEASED)
#define IF_OPTION CELL_IF_OPTION
#define IF_EXTRA CELL_IF_EXTRA
#define TN (T | N)
#define TO (T | O)
#define TW (T | W)
#define FW (F | W)
#define DW (D | W)
#define GW (G | W)
#define SR (S | R)
#define DR (D | R)
#define NR (N | R)
#define S2 (S | SECOND)
#define CP (C | P)
#define MP (M | P)
#define SX (S | IF_EXTRA)
#define GX (G | IF_EXTRA)
#define TNX (TN | IF_EXTRA)
#define TP (T | IF_OPTION)
#define CX (C | IF_OPTION)

/* clang-format off */
const struct access_rule access_rules[] = {
/*                                               manager head slt year  subj teach form  ta  senco gov la  part parent pupil */
{ ACTION_VIEW,           FIELD_IDENTITY,     { S,  S,  S,  Y,  D,  T,  F,  TN, S,  0,  L,  G,  C,  M }, 0, 0 },
{ ACTION_VIEW,           FIELD_UPN,          { S,  S,  S,  Y,  D,  T,  F,  0,  S,  0,  0,  G,  0,  0 }, 0, 0 },
{ ACTION_VIEW,           FIELD_BIRTH,        { S,  S,  S,  Y,  D,  T,  F,  TN, S,  0,  0,  G,  C,  M }, 0, 0 },
{ ACTION_VIEW,           FIELD_MARKS,        { S,  S,  S,  Y,  D,  TO, F,  TN, S,  A,  A,  G,  CP, MP }, 0, 0 },
{ ACTION_VIEW,           FIELD_TARGETS,      { S,  S,  S,  Y,  D,  T,  F,  TN, S,  A,  A,  G,  CP, MP }, 0, 0 },
{ ACTION_VIEW,           FIELD_PREDICTIONS,  { S,  S,  S,  Y,  D,  T,  F,  0,  S,  A,  A,  G,  0,  0 }, 0, 0 },
{ ACTION_VIEW,           FIELD_COMMENTS,     { S,  S,  S,  Y,  D,  T,  F,  0,  S,  0,  0,  G,  CP, MP }, 0, 0 },
{ ACTION_VIEW,           FIELD_SEN_SUMMARY,  { S,  S,  S,  Y,  D,  T,  F,  TN, S,  A,  0,  GX, CP, MP }, 0, EXTRA_SEN_DETAIL },
{ ACTION_VIEW,           FIELD_SEN_DETAIL,   { SX, S,  S,  0,  0,  0,  0,  0,  S,  0,  0,  0,  CP, MP }, 0, EXTRA_SEN_DETAIL },
{ ACTION_VIEW,           FIELD_DISADVANTAGE, { S,  S,  S,  Y,  D,  TP, F,  0,  S,  A,  A,  0,  C,  0 }, OPTION_TEACHERS_SEE_FLAGS, 0 },
{ ACTION_VIEW,           FIELD_ETHNICITY,    { S,  S,  S,  Y,  0,  0,  0,  0,  S,  A,  A,  0,  C,  M }, 0, 0 },
{ ACTION_VIEW,           FIELD_CONTACTS,     { S,  S,  S,  Y,  0,  0,  F,  0,  N,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_VIEW,           FIELD_NOTES,        { S,  S,  S,  Y,  D,  T,  F,  0,  N,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_VIEW,           FIELD_AGGREGATES,   { S,  S,  S,  Y,  D,  T,  F,  0,  S,  A,  A,  G,  0,  0 }, 0, 0 },
{ ACTION_ENTER,          FIELD_MARKS,        { SR, 0,  0,  0,  DR, TW, 0,  TNX | W, 0, 0, 0,  GW, 0,  0 }, 0, EXTRA_ENTER },
{ ACTION_ENTER,          FIELD_IDENTITY,     { S,  S,  S,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_ENTER,          FIELD_COMMENTS,     { SR, 0,  0,  0,  DW, TW, FW, 0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_ENTER,          FIELD_SEN_DETAIL,   { 0,  0,  0,  0,  0,  0,  0,  0,  N,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_ENTER,          FIELD_NOTES,        { S,  S,  S,  Y,  D,  T,  F,  0,  N,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_SET_TARGET,     FIELD_TARGETS,      { SR, SR, SR, 0,  DW, 0,  0,  0,  NR, 0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_PROPOSE_TARGET, FIELD_TARGETS,      { S,  S,  S,  Y,  D,  TW, 0,  0,  N,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_WINDOW,         FIELD_NONE,         { S,  S,  S,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_IMPORT,         FIELD_IDENTITY,     { S,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_IMPORT,         FIELD_MARKS,        { S,  0,  0,  0,  0,  TW, 0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_IMPORT,         FIELD_TARGETS,      { S,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_IMPORT,         FIELD_PREDICTIONS,  { S,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_IMPORT,         FIELD_SEN_DETAIL,   { S,  0,  0,  0,  0,  0,  0,  0,  S,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_EXPORT,         FIELD_NONE,         { S,  S,  S,  Y,  D,  T,  0,  0,  N,  A,  A,  G,  0,  0 }, 0, 0 },
{ ACTION_REPORT,         FIELD_NONE,         { S,  S,  S,  Y,  D,  T,  F,  0,  N,  A,  A,  G,  CP, MP }, 0, 0 },
{ ACTION_RELEASE,        FIELD_NONE,         { S2, S2, S2, 0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_AUDIT,          FIELD_NONE,         { S,  S,  O,  Y,  D,  O,  0,  0,  N,  0,  O,  O,  CX, 0 }, OPTION_PARENTS_SEE_VIEWS, 0 },
{ ACTION_USERS,          FIELD_NONE,         { S,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_SETTINGS,       FIELD_NONE,         { S,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_ERASE,          FIELD_NONE,         { S2, S2, 0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0 }, 0, 0 },
{ ACTION_ASK,            FIELD_NONE,         { 0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  C,  M }, 0, 0 },
};
/* clang-format on */
const size_t access_rule_n = COUNT(access_rules);

#undef BIT
#undef T
#undef F
#undef Y
#undef D
#undef N
#undef S
#undef A
#undef C
#undef M
#undef G
#undef L
#undef O
#undef R
#undef W
#undef P

const struct access_rule *access_rule_find(enum action action, enum field field)
{
    for (size_t i = 0; i < access_rule_n; i++) {
        if (access_rules[i].action == action && access_rules[i].field == field)
            return &access_rules[i];
    }
    return NULL;
}

bool field_has_subject(enum field field)
{
    return field == FIELD_MARKS || field == FIELD_TARGETS || field == FIELD_PREDICTIONS ||
           field == FIELD_COMMENTS;
}

static void cell_text(uint32_t cell, char text[16])
{
    static const char needs[] = "rw2p";
    size_t n = 0;
    bool open = false;

    for (int scope = 1; scope < SCOPE__MAX; scope++) {
        if ((cell & (1U << scope)) != 0)
            text[n++] = scope_letter((enum scope)scope);
    }
    for (size_t i = 0; i < sizeof(needs) - 1 + 2; i++) {
        bool plain = i < sizeof(needs) - 1;
        uint32_t bit = plain ? 1U << (CELL_NEED_SHIFT + i)
                             : (i == sizeof(needs) - 1 ? CELL_IF_OPTION : CELL_IF_EXTRA);

        if ((cell & bit) == 0)
            continue;
        text[n++] = open ? ',' : '(';
        open = true;
        text[n++] = plain ? needs[i] : (bit == CELL_IF_OPTION ? 'o' : 'd');
    }
    if (open)
        text[n++] = ')';
    if (n == 0)
        text[n++] = '-';
    text[n] = '\0';
}

static void print_legend(struct buf *buf)
{
    static const char *const lines[] = {
        "Scopes: T classes taught, F registration group, Y year group, D subject,",
        "N pupils with SEN or of a named list, S school, A aggregates only with small numbers",
        "hidden, C own child, M oneself, G guests of a partner school taught here, L schools",
        "with an agreement in force, O what the person did or recorded, - none.",
        "Conditions: r a reason is recorded, w a window is open, 2 a second person approves,",
        "p only what was released, o the school allows it, d given to this person besides the",
        "role. An export or report of a field asks view of that field as well.",
    };

    for (size_t i = 0; i < COUNT(lines); i++)
        buf_printf(buf, "%s\n", lines[i]);
}

void access_table_print(struct buf *buf)
{
    buf_printf(buf, "%-15s%-14s", "action", "field");
    for (int role = 0; role < ROLE__MAX; role++)
        buf_printf(buf, role == ROLE__MAX - 1 ? "%s" : "%-16s", role_word((enum role)role));
    buf_add(buf, "\n");
    for (size_t i = 0; i < access_rule_n; i++) {
        const struct access_rule *rule = &access_rules[i];

        buf_printf(buf, "%-15s%-14s", action_word(rule->action),
                rule->field == FIELD_NONE ? "-" : field_word(rule->field));
        for (int role = 0; role < ROLE__MAX; role++) {
            char text[16];

            cell_text(rule->cells[role], text);
            buf_printf(buf, role == ROLE__MAX - 1 ? "%s" : "%-16s", text);
        }
        buf_add(buf, "\n");
    }
    buf_add(buf, "\n");
    print_legend(buf);
}
