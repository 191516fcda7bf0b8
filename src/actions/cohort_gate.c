#include "actions/cohort_in.h"
#include "actions/gate.h"

/* Whether the person sees every pupil of the school with all that a cohort holds: then there
   is nothing to take out, and a whole school need not be asked about cell by cell. */
static bool sees_everything(const struct gate *gate, enum action action)
{
    static const enum field fields[] = { FIELD_IDENTITY, FIELD_UPN, FIELD_BIRTH, FIELD_MARKS,
        FIELD_TARGETS, FIELD_PREDICTIONS, FIELD_SEN_SUMMARY, FIELD_DISADVANTAGE,
        FIELD_ETHNICITY };

    for (size_t i = 0; i < COUNT(fields); i++) {
        struct may_answer answer = gate_may(gate, action, fields[i], NULL);

        if (!answer.yes || answer.scope != SCOPE_SCHOOL)
            return false;
    }
    return true;
}

bool load_needs_groups(const struct context *context)
{
    return context->gate != NULL && !sees_everything(context->gate, context->gate_action);
}

enum err_code load_through_gate(const struct context *context, struct loaded *loaded,
        bool aggregate, struct err *err)
{
    if (!load_needs_groups(context))
        return ERR_OK;
    return gate_narrow(context->gate, context->gate_action, &loaded->cohort, aggregate,
            &loaded->suppress, err);
}
