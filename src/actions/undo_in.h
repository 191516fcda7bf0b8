/*
 * undo_in: what the files of undo*.c share: the statements that an undoing makes.
 */
#ifndef ACTIONS_UNDO_IN_H
#define ACTIONS_UNDO_IN_H

#include "actions/context.h"
#include "actions/plan_list.h"
#include "store/groups.h"

struct undo {
    struct context *context;
    struct arena arena;
    int64_t import_id, school_id;
    bool all_new; /* a file in which nothing was superseded: nothing held before */
    struct chunks facts, values, contacts, parts, members, adjustments, rules,
            interventions;       /* to be written */
    struct chunks aspect_values; /* struct aspect_value, to be written */
    struct chunks renames;       /* struct pupil_handle */
    int64_t left;                /* statements of the import that no longer hold */
    const char *framework_file;  /* to be withdrawn, or NULL */
};

/* Each works out what to state for one kind of statement. */
MUST_USE enum err_code undo_facts(struct undo *undo, struct err *err);
MUST_USE enum err_code undo_values(struct undo *undo, struct err *err);
MUST_USE enum err_code undo_contacts(struct undo *undo, struct err *err);
MUST_USE enum err_code undo_parts(struct undo *undo, struct err *err);
MUST_USE enum err_code undo_members(struct undo *undo, struct err *err);
MUST_USE enum err_code undo_group_rules(struct undo *undo, struct err *err);
MUST_USE enum err_code undo_interventions(struct undo *undo, struct err *err);
MUST_USE enum err_code undo_adjustments(struct undo *undo, struct err *err);
MUST_USE enum err_code undo_aspect_values(struct undo *undo, struct err *err);

#endif
