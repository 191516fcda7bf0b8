#include "analysis/formula_beside.h"

/*
 * docs/manual/formulas.md is read: every row of a table headed `| Formula | Ann | Ben ...` is
 * run, every row headed `| Refused | Message | Hint |` must be refused in these words.
 */
enum {
    CELLS = 8,
    PAGE = 48 * 1024
};

static char page[PAGE];

struct row {
    char *cells[CELLS];
    size_t n;
};

/* The cells of `| a | b |`, trimmed; a formula may hold no bar. */
static struct row cut_row(char *line)
{
    struct row row = { .n = 0 };
    char *at = line + 1;

    while (row.n < CELLS) {
        char *bar = strchr(at, '|');

        if (bar == NULL)
            break;
        *bar = '\0';
        row.cells[row.n++] = text_trim(at);
        at = bar + 1;
    }
    return row;
}

/* The text between the backticks. */
static const char *formula_in(struct row *row)
{
    char *cell = row->cells[0];
    size_t n = strlen(cell);

    CHECK_TRUE(cell, n > 2 && cell[0] == '`' && cell[n - 1] == '`');
    cell[n - 1] = '\0';
    return cell + 1;
}

static size_t pupil_named(const char *forename)
{
    for (size_t p = 0; p < EIGHT; p++) {
        if (text_eq(eight[p].forename, forename))
            return p;
    }
    CHECK_TRUE(forename, false);
    return 0;
}

static struct formula_column one_pupil(const struct formula_column *column, size_t p)
{
    struct formula_column one = { .type = column->type, .n = 1 };

    one.answers = column->answers == NULL ? NULL : column->answers + p;
    one.numbers = column->numbers == NULL ? NULL : column->numbers + p;
    one.grades = column->grades == NULL ? NULL : column->grades + p;
    one.dates = column->dates == NULL ? NULL : column->dates + p;
    one.texts = column->texts == NULL ? NULL : column->texts + p;
    return one;
}

static void run_example(const struct row *head, struct row *row)
{
    const char *formula = formula_in(row);
    struct formula_column column = { 0 };
    struct err err = { 0 };

    CHECK_INT(formula, row->n, head->n);
    CHECK_OK(formula,
            formula_run(compiled(formula, &beside), &cohort, BASIS_ATTAINMENT, &arena, &column,
                    &err),
            &err);
    for (size_t i = 1; i < row->n; i++) {
        struct formula_column one = one_pupil(&column, pupil_named(head->cells[i]));

        CHECK_TEXT(formula, written(&one), row->cells[i]);
    }
}

static void refuse_example(struct row *row)
{
    const char *text = formula_in(row);
    const struct formula *formula = NULL;
    struct err err = { 0 };

    CHECK_INT(text, formula_compile(&arena, fw, text, &beside, &formula, &err), ERR_INVALID);
    CHECK_TEXT(text, err.message, row->cells[1]);
    CHECK_TEXT(text, err.hint, row->cells[2]);
}

/* How many examples of each kind there were. */
struct tally_of_examples {
    size_t run, refused;
};

static struct tally_of_examples run_page(void)
{
    struct tally_of_examples tally = { 0, 0 };
    struct row head = { .n = 0 };
    char *next = page;

    while (next != NULL && *next != '\0') {
        char *line = next;

        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        if (line[0] != '|') {
            head.n = 0;
            continue;
        }
        if (head.n == 0) {
            head = cut_row(line);
        } else if (text_eq(head.cells[0], "Formula") && !text_starts(line, "|--")) {
            struct row row = cut_row(line);

            run_example(&head, &row);
            tally.run++;
        } else if (text_eq(head.cells[0], "Refused") && !text_starts(line, "|--")) {
            struct row row = cut_row(line);

            refuse_example(&row);
            tally.refused++;
        }
    }
    return tally;
}

static void read_page(void)
{
    size_t n = england_slurp("docs/manual/formulas.md", page, PAGE - 1);

    page[n] = '\0';
}

static void the_examples_of_the_manual_are_true(void **state)
{
    struct tally_of_examples tally;

    (void)state;
    read_page();
    tally = run_page();
    CHECK_TRUE("examples were found", tally.run >= 60);
    CHECK_TRUE("refusals were found", tally.refused >= 6);
}

static void every_function_is_in_the_manual(void **state)
{
    (void)state;
    read_page();
    CHECK_TRUE("some", formula_function_n() > 50);
    for (size_t i = 0; i < formula_function_n(); i++) {
        struct formula_function function = formula_function_at(i);
        char usage[120];

        (void)snprintf(usage, sizeof(usage), "`%s`", function.usage);
        if (text_eq(function.name, "PRIOR"))
            (void)snprintf(usage, sizeof(usage), "`PRIOR(\"stage\", \"subject\")`");
        CHECK_HAS(function.name, page, usage);
        CHECK_TRUE(function.name, strlen(function.meaning) > 5);
    }
}

TESTS(EIGHT_TEST(the_examples_of_the_manual_are_true),
        EIGHT_TEST(every_function_is_in_the_manual))
