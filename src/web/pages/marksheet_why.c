#include "base/text.h"
#include "web/pages/marksheet_in.h"

enum {
    WHY_LINES = 6,
    PAST_MAX = 40
};

static const char *points_words(struct arena *arena, int32_t points)
{
    int32_t tenths = (points < 0 ? points - 50 : points + 50) / 100;
    int32_t whole = tenths < 0 ? -tenths : tenths;

    return points == POINTS_NONE
                   ? "no points"
                   : arena_printf(arena, "%s%d.%d points", tenths < 0 ? "\u2212" : "",
                             (int)(whole / 10), (int)(whole % 10));
}

static struct sheet_line *add_line(struct sheet_panel *panel, const char *words,
        const char *strong, const char *value)
{
    struct sheet_line *line = &panel->lines[panel->lines_n++];

    *line = (struct sheet_line){ .words = words, .strong = strong, .value = value };
    return line;
}

static const char *number_words(struct arena *arena, int n)
{
    static const char *const words[] = { "no", "one", "two", "three", "four", "five", "six" };

    return n < (int)COUNT(words) ? words[n] : arena_printf(arena, "%d", n);
}

/* "Tyler is one sub-level under this term's progress target, 3a/4c." */
static const char *says_words(struct sheet_page *page, size_t pupil, size_t column)
{
    const struct sheet *sheet = page->sheet;
    const struct cohort *cohort = &sheet->cohort;
    struct arena *arena = page->request->arena;
    size_t cell = cohort_cell(cohort, pupil, column);
    const struct progress_target *progress = &cohort->progress[cell];
    int steps = cohort->steps[cell];
    int many = steps < 0 ? -steps : steps;
    const char *name = cohort->pupils[pupil].forename;
    const char *aim = sheet->against_target ? "the target" : "this term\u2019s progress target";
    struct value end = steps < 0 ? progress->lower : progress->upper;

    if (steps == 0)
        return arena_printf(arena, "%s is at %s, %s.", name, aim,
                progress_words(sheet, arena, pupil, column));
    return arena_printf(arena, "%s is %s %s %s %s, %s.", name, number_words(arena, many),
            framework_step_word(cohort->fw, cohort->now[cell], end, many),
            steps < 0 ? "under" : "over", aim, progress_words(sheet, arena, pupil, column));
}

static void aim_lines(struct sheet_page *page, struct sheet_panel *panel, size_t pupil,
        size_t column)
{
    const struct sheet *sheet = page->sheet;
    const struct cohort *cohort = &sheet->cohort;
    const struct cohort_pupil *p = &cohort->pupils[pupil];
    const struct framework *fw = cohort->fw;
    struct arena *arena = page->request->arena;
    size_t cell = cohort_cell(cohort, pupil, column);
    const struct progress_target *progress = &cohort->progress[cell];
    const char *stage = p->stage < 0 ? "the stage" : fw->stages[p->stage].name;
    int periods = p->stage_years * cohort->reckoning.calendar.period_n;

    if (!sheet->against_target && value_is_set(cohort->prior[cell]))
        (void)add_line(panel, arena_printf(arena, "Start: %s,", prior_name(page, p->stage)),
                value_words(sheet, arena, cohort->prior[cell]),
                points_words(arena, cohort->prior[cell].points));
    if (value_is_set(cohort->target[cell]))
        (void)add_line(panel, arena_printf(arena, "Target: end of %s,", stage),
                value_words(sheet, arena, cohort->target[cell]),
                points_words(arena, cohort->target[cell].points));
    if (sheet->against_target)
        return;
    if (progress->computed != POINTS_NONE)
        (void)add_line(panel,
                arena_printf(arena, "%d of %d terms of the way", p->period, periods), NULL,
                points_words(arena, progress->computed));
    if (progress->adjusted)
        (void)add_line(panel, "Adjusted for this term to",
                progress_words(sheet, arena, pupil, column),
                points_words(arena, progress->points));
}

enum err_code sheet_why(struct sheet_page *page, size_t pupil, size_t column,
        struct sheet_panel *ret_panel, struct err *err)
{
    const struct sheet *sheet = page->sheet;
    const struct sheet_cell *entry = sheet_cell(sheet, pupil, column);
    struct arena *arena = page->request->arena;
    enum flag flag = sheet_flag(sheet, pupil, column);
    char day[DATE_LONG_SIZE];
    char word[32];

    *ret_panel = (struct sheet_panel){ .lines = arena_array(arena, WHY_LINES,
                                               sizeof(struct sheet_line)) };
    if (ret_panel->lines == NULL)
        return err_memory(err);
    (void)text_copy(word, sizeof(word), sheet_flag_word(sheet, pupil, column));
    ret_panel->title = arena_printf(arena, "Why is this %s?", text_lower(word));
    ret_panel->close = url_place(arena, sheet_url(page, "", NULL),
            arena_printf(arena, "p%lld", (long long)sheet->cohort.pupils[pupil].id));
    ret_panel->pupil = url_pupil(arena, sheet->cohort.pupils[pupil].id);
    ret_panel->pupil_words =
            arena_printf(arena, "Everything about %s", sheet->cohort.pupils[pupil].forename);
    ret_panel->says = flag == FLAG_NONE ? "There is nothing to compare here yet."
                                        : says_words(page, pupil, column);
    aim_lines(page, ret_panel, pupil, column);
    (void)add_line(ret_panel,
            arena_printf(arena, "%s, %s,", entry_words(sheet), date_long(entry->date, day)),
            value_words(sheet, arena, entry->value), points_words(arena, entry->value.points));
    if (flag != FLAG_NONE)
        add_line(ret_panel, "Gap", NULL,
                arena_printf(arena, "%s points", gap_words(sheet, arena, pupil, column)))
                ->total = true;
    if (!sheet->against_target)
        ret_panel->under = "The straight line from start to target is notional: few pupils "
                           "move along it, and one judgement is one judgement.";
    return ERR_OK;
}

/* ---- history ---- */

static const char *said_words(const struct cell_word *word)
{
    return word->fact.withdrawn ? "taken back" : word->fact.grade;
}

enum err_code sheet_past(struct sheet_page *page, size_t pupil, size_t column,
        struct sheet_panel *ret_panel, struct err *err)
{
    const struct sheet *sheet = page->sheet;
    struct arena *arena = page->request->arena;
    struct cell_word_list list = { 0 };
    const char *before = NULL, *before_name = "";
    size_t first;
    enum err_code code = cell_history(page->context, sheet, pupil, column, &list, err);

    if (code != ERR_OK)
        return code;
    *ret_panel = (struct sheet_panel){ .lines = arena_array(arena, PAST_MAX,
                                               sizeof(struct sheet_line)) };
    if (ret_panel->lines == NULL)
        return err_memory(err);
    ret_panel->title = "What was entered here";
    ret_panel->says = arena_printf(arena, "%s %s, %s: oldest first.",
            sheet->cohort.pupils[pupil].forename, sheet->cohort.pupils[pupil].surname,
            column_name(sheet, column));
    ret_panel->close = url_place(arena, sheet_url(page, "", NULL),
            arena_printf(arena, "p%lld", (long long)sheet->cohort.pupils[pupil].id));
    ret_panel->pupil = url_pupil(arena, sheet->cohort.pupils[pupil].id);
    ret_panel->pupil_words =
            arena_printf(arena, "Everything about %s", sheet->cohort.pupils[pupil].forename);
    first = list.n > PAST_MAX ? list.n - PAST_MAX : 0;
    for (size_t i = first; i < list.n && code == ERR_OK; i++) {
        const struct cell_word *word = &list.items[i];
        char clock[CELL_CLOCK_SIZE];

        if (before == NULL || !text_eq(before, word->recorded_by))
            code = recorder_name(page->context, word->recorded_by, &before_name, err);
        before = word->recorded_by;
        (void)add_line(ret_panel,
                arena_printf(arena, "%s, %s:", word->fact.review, before_name),
                said_words(word),
                arena_text(arena,
                        recorded_clock(word->fact.recorded_at, page->context->today, clock)));
    }
    return code;
}
