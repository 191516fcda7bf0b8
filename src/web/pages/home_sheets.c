#include <string.h>

#include "actions/marksheet.h"
#include "base/text.h"
#include "web/pages/home.h"
#include "web/program.h"

enum {
    SHEETS_SHOWN = 12,
    DAYS_URGENT = 1
};

/* Two letters for the book: "Ma"; the code's own where it is two letters long. */
static const char *letters_of(struct arena *arena, const struct subject *subject)
{
    const char *end = subject->name;

    (void)text_next(&end);
    (void)text_next(&end);
    if (strlen(subject->code) == 2)
        return subject->code;
    return arena_bytes(arena, subject->name, (size_t)(end - subject->name));
}

static const char *state_of(struct arena *arena, int entered, int of)
{
    if (of == 0)
        return "Nobody is in this group";
    if (entered == 0)
        return "Not started";
    return entered == of ? "Everything is entered"
                         : arena_printf(arena, "%d missing", of - entered);
}

static const char *verb_of(int entered, int of)
{
    if (entered == 0)
        return "Start";
    return entered == of ? "Open" : "Carry on";
}

/* Every column counts; a pupil is entered when all columns are. */
static void count(const struct sheet *sheet, struct home_sheet *shown, int n[FLAG__MAX])
{
    const struct cohort *cohort = &sheet->cohort;

    for (size_t p = 0; p < cohort->pupil_n; p++) {
        bool whole = true;

        for (size_t c = 0; c < sheet->column_n; c++) {
            whole = whole && !text_empty(sheet_cell(sheet, p, c)->text);
            n[cohort->flag[cohort_cell(cohort, p, c)]]++;
        }
        shown->entered += whole;
        shown->of++;
    }
}

static enum err_code show_sheet(struct visit *visit, const struct sheet_listed *listed,
        struct home_sheet *shown, struct err *err)
{
    const struct marksheet *marksheet = &listed->marksheet;
    const struct framework *fw = visit->context->fw;
    struct arena *arena = visit->context->arena;
    const struct sheet_options options = { 0 };
    struct sheet sheet = { 0 };
    int n[FLAG__MAX] = { 0 };
    enum err_code code = sheet_load(visit->context, visit->person, marksheet->marksheet_id,
            &options, &sheet, err);
    int subject = code == ERR_OK ? sheet.cohort.subjects[0] : 0;

    if (code != ERR_OK)
        return code;
    count(&sheet, shown, n);
    shown->url = url_marksheet(arena, marksheet->marksheet_id);
    shown->subject = fw->subjects[subject].name;
    shown->letters = letters_of(arena, &fw->subjects[subject]);
    shown->cover = subject % 6 + 1;
    shown->group = marksheet->group;
    shown->part = shown->of == 0 ? 0 : shown->entered * 100 / shown->of;
    shown->done = shown->of != 0 && shown->entered == shown->of;
    shown->state = state_of(arena, shown->entered, shown->of);
    shown->verb = verb_of(shown->entered, shown->of);
    shown->due = home_day(arena, marksheet->review.to, visit->context->today);
    shown->urgent = !shown->done &&
                    date_number(marksheet->review.to) - date_number(visit->context->today) <=
                            DAYS_URGENT;
    shown->bar = home_bar_of(arena, n);
    return ERR_OK;
}

/* Whose work it is to enter: not those who only may, with a reason. */
static bool teaches(const struct visit *visit)
{
    const struct person *person = visit->person;

    for (size_t i = 0; i < person->grant_n; i++) {
        enum role role = person->grants[i].role;

        if (role == ROLE_TEACHER || role == ROLE_TA || role == ROLE_PARTNER)
            return true;
    }
    return false;
}

enum err_code home_add_sheets(struct visit *visit, struct home_view *view, struct err *err)
{
    struct sheet_listed *listed = NULL;
    size_t n = 0;
    enum err_code code;

    if (!visit->context->has_school || !teaches(visit))
        return ERR_OK;
    code = sheet_list(visit->context, visit->person, &listed, &n, err);
    view->sheets = arena_array(visit->context->arena, SHEETS_SHOWN, sizeof(*view->sheets));
    if (code == ERR_OK && view->sheets == NULL)
        return err_memory(err);
    for (size_t i = 0; i < n && code == ERR_OK && view->sheets_n < SHEETS_SHOWN; i++) {
        if (!listed[i].enters || !listed[i].open)
            continue;
        code = show_sheet(visit, &listed[i], &view->sheets[view->sheets_n], err);
        if (code == ERR_NOT_FOUND)
            code = ERR_OK; /* nobody in it whom this person may see */
        else
            view->sheets_n++;
        if (view->sheets_under == NULL)
            view->sheets_under = listed[i].marksheet.review.name;
    }
    return code;
}
