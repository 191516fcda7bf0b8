#include <string.h>

#include "actions/gate.h"
#include "base/text.h"

static void blank_values(struct cohort *cohort, size_t cell, enum field field)
{
    if (field == FIELD_MARKS) {
        cohort->prior[cell] = cohort->now[cell] = cohort->result[cell] = VALUE_NONE;
        cohort->year_result[cell] = VALUE_NONE;
        if (cohort->earlier != NULL)
            cohort->earlier[cell] = VALUE_NONE;
        cohort->prior_date[cell] = cohort->now_date[cell] = (struct date){ 0 };
    } else if (field == FIELD_PREDICTIONS) {
        cohort->prediction[cell] = cohort->year_prediction[cell] = VALUE_NONE;
        return;
    } else {
        cohort->target[cell] = cohort->adjustment[cell] = cohort->year_target[cell] =
                VALUE_NONE;
        cohort->target_date[cell] = (struct date){ 0 };
    }
    cohort->progress[cell] = (struct progress_target){ .points = POINTS_NONE,
        .lower = VALUE_NONE,
        .upper = VALUE_NONE,
        .computed = POINTS_NONE };
    cohort->gap[cell] = POINTS_NONE;
    cohort->steps[cell] = STEP_NONE;
    cohort->flag[cell] = FLAG_NONE;
}

static void blank_cells(const struct gate *gate, enum action action, struct cohort *cohort,
        size_t p, struct access_pupil *asked)
{
    static const enum field fields[] = { FIELD_MARKS, FIELD_TARGETS, FIELD_PREDICTIONS };

    for (size_t s = 0; s < cohort->subject_n; s++) {
        asked->subject = cohort->fw->subjects[cohort->subjects[s]].code;
        for (size_t i = 0; i < COUNT(fields); i++) {
            if (!gate_may(gate, action, fields[i], asked).yes)
                blank_values(cohort, cohort_cell(cohort, p, s), fields[i]);
        }
    }
    asked->subject = NULL;
}

static void blank_pupil(const struct gate *gate, enum action action,
        const struct access_pupil *asked, struct cohort_pupil *pupil)
{
    if (!gate_may(gate, action, FIELD_UPN, asked).yes)
        pupil->upn = "";
    if (!gate_may(gate, action, FIELD_BIRTH, asked).yes) {
        pupil->dob = (struct date){ 0 };
        pupil->sex = "";
    }
    if (!gate_may(gate, action, FIELD_SEN_SUMMARY, asked).yes)
        pupil->sen = "";
    if (!gate_may(gate, action, FIELD_DISADVANTAGE, asked).yes)
        pupil->fsm = pupil->pupil_premium = pupil->looked_after = "";
    if (!gate_may(gate, action, FIELD_ETHNICITY, asked).yes)
        pupil->ethnicity = pupil->language = "";
}

/* Row p of every column becomes row `to`. */
static void move_row(struct cohort *cohort, size_t to, size_t p)
{
    size_t n = cohort->subject_n;
    struct value *const values[] = { cohort->prior, cohort->target, cohort->prediction,
        cohort->now, cohort->result, cohort->adjustment, cohort->year_target,
        cohort->year_prediction, cohort->year_result };
    struct date *const dates[] = { cohort->prior_date, cohort->target_date, cohort->now_date };

    if (to == p || n == 0)
        return;
    for (size_t i = 0; i < COUNT(values); i++)
        memmove(values[i] + to * n, values[i] + p * n, n * sizeof(*values[i]));
    if (cohort->earlier != NULL)
        memmove(cohort->earlier + to * n, cohort->earlier + p * n,
                n * sizeof(*cohort->earlier));
    for (size_t i = 0; i < COUNT(dates); i++)
        memmove(dates[i] + to * n, dates[i] + p * n, n * sizeof(*dates[i]));
    memmove(cohort->progress + to * n, cohort->progress + p * n, n * sizeof(*cohort->progress));
    memmove(cohort->gap + to * n, cohort->gap + p * n, n * sizeof(*cohort->gap));
    memmove(cohort->steps + to * n, cohort->steps + p * n, n * sizeof(*cohort->steps));
    memmove(cohort->flag + to * n, cohort->flag + p * n, n * sizeof(*cohort->flag));
}

/* Nobody by name, everybody counted. */
static void hide_names(struct cohort_pupil *pupils, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        pupils[i].id = 0;
        pupils[i].upn = pupils[i].surname = pupils[i].forename = "";
        pupils[i].dob = (struct date){ 0 };
    }
}

static enum err_code narrow(const struct gate *gate, enum action action, struct cohort *cohort,
        struct cohort_pupil *pupils, struct err *err)
{
    size_t kept = 0;

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        struct access_pupil asked = { 0 };
        enum err_code code = gate_pupil(gate, &pupils[p], NULL, &asked, err);

        if (code != ERR_OK)
            return code;
        if (!gate_may(gate, action, FIELD_IDENTITY, &asked).yes)
            continue;
        move_row(cohort, kept, p);
        pupils[kept] = pupils[p];
        blank_pupil(gate, action, &asked, &pupils[kept]);
        blank_cells(gate, action, cohort, kept, &asked);
        kept++;
    }
    cohort->pupil_n = kept;
    return ERR_OK;
}

bool gate_sees_counts_only(const struct gate *gate, enum action action)
{
    struct may_answer answer = may_with(&gate->person, action, FIELD_AGGREGATES, NULL,
            gate->context->today, gate->met | NEED_SUPPRESS);

    return answer.yes && answer.scope == SCOPE_AGGREGATES;
}

enum err_code gate_narrow(const struct gate *gate, enum action action, struct cohort *cohort,
        bool aggregate, bool *ret_suppress, struct err *err)
{
    struct cohort_pupil *pupils =
            arena_array(gate->context->arena, cohort->pupil_n, sizeof(*pupils));
    enum err_code code = ERR_OK;

    if (pupils == NULL && cohort->pupil_n != 0)
        return err_memory(err);
    if (cohort->pupil_n != 0)
        memcpy(pupils, cohort->pupils, cohort->pupil_n * sizeof(*pupils));
    cohort->pupils = pupils;
    if (aggregate && gate_sees_counts_only(gate, action)) {
        hide_names(pupils, cohort->pupil_n);
        *ret_suppress = true;
        return ERR_OK;
    }
    code = narrow(gate, action, cohort, pupils, err);
    if (code == ERR_OK)
        *ret_suppress = false;
    return code;
}
