#include "web/input.h"

#include "check.h"
#include "web/pages/layout.h"
#include "web/request.h"
#include "web/route.h"

static const char *const bases[] = { "target", "prediction", "attainment", NULL };

static const struct input inputs[] = {
    { "name", "name", INPUT_TEXT, .required = true, .min = 2, .max = 5 },
    { "secret", "password", INPUT_SECRET, .max = 100 },
    { "year", "year group", INPUT_INT, .min = 1, .max = 13 },
    { "id", "number", INPUT_INT, .required = false },
    { "points", "points", INPUT_MILLI, .min = 0, .max = 58000 },
    { "dob", "date of birth", INPUT_DATE, .required = false },
    { "sure", "sure", INPUT_YES, .required = false },
    { "basis", "basis", INPUT_CHOICE, .choices = bases },
    { "cell.", "cells", INPUT_TEXT, .required = false },
};

/* Read one field and return the value of the input of its name. */
static struct input_value read_field(const char *name, const char *text, struct arena *arena)
{
    struct form_field items[] = { { name, text }, { name, "second" } };
    const struct fields fields = { items, 2 };
    struct input_value *values = NULL;
    struct err err = { 0 };
    size_t refused;

    CHECK_OK(name,
            input_read(inputs, COUNT(inputs), &fields, NULL, arena, &values, &refused, &err),
            &err);
    for (size_t i = 0; i < COUNT(inputs); i++)
        if (strcmp(inputs[i].name, name) == 0)
            return values[i];
    return (struct input_value){ 0 };
}

static void absent_refused_and_given_are_told_apart(void **state)
{
    static const struct {
        const char *row;
        const char *name;
        const char *text;
        enum input_state state;
        long long number;
        const char *reason;
    } rows[] = {
        { "text", "name", "Ada", INPUT_GIVEN, 0, NULL },
        { "text is trimmed", "name", "  Ada ", INPUT_GIVEN, 0, NULL },
        { "required and empty", "name", "  ", INPUT_REFUSED, 0, "Name is missing." },
        { "shortest", "name", "ab", INPUT_GIVEN, 0, NULL },
        { "too short", "name", "a", INPUT_REFUSED, 0,
                "Name is too short: at least 2 characters." },
        { "longest", "name", "abcde", INPUT_GIVEN, 0, NULL },
        { "too long", "name", "abcdef", INPUT_REFUSED, 0,
                "Name is too long: at most 5 characters." },
        { "control character", "name",
                "a\x01"
                "b",
                INPUT_REFUSED, 0, "Name has a character that cannot be kept." },
        { "password keeps its spaces", "secret", " a b ", INPUT_GIVEN, 0, NULL },
        { "number", "year", "5", INPUT_GIVEN, 5, NULL },
        { "number with spaces", "year", " 13 ", INPUT_GIVEN, 13, NULL },
        { "below", "year", "0", INPUT_REFUSED, 0, "Year group is not between 1 and 13." },
        { "above", "year", "14", INPUT_REFUSED, 0, "Year group is not between 1 and 13." },
        { "no number", "year", "5a", INPUT_REFUSED, 0, "Year group is not a whole number." },
        { "negative without limits", "id", "-1", INPUT_REFUSED, 0,
                "Number is too large or too small." },
        { "large without limits", "id", "9007199254740992", INPUT_GIVEN, 9007199254740992,
                NULL },
        { "decimal", "points", "27.5", INPUT_GIVEN, 27500, NULL },
        { "decimal above", "points", "58.001", INPUT_REFUSED, 0,
                "Points is not between 0 and 58." },
        { "date", "dob", "27/3/2015", INPUT_GIVEN, 0, NULL },
        { "no date", "dob", "31/2/2015", INPUT_REFUSED, 0,
                "Date of birth is not a date such as 27/03/2026." },
        { "optional and empty", "dob", "", INPUT_ABSENT, 0, NULL },
        { "ticked", "sure", "on", INPUT_GIVEN, 1, NULL },
        { "choice", "basis", "prediction", INPUT_GIVEN, 1, NULL },
        { "no choice", "basis", "guess", INPUT_REFUSED, 0, "Basis is not one of the choices." },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct input_value value = read_field(rows[i].name, rows[i].text, &arena);

        CHECK_INT(rows[i].row, value.state, rows[i].state);
        CHECK_TEXT(rows[i].row, value.reason, rows[i].reason);
        if (rows[i].state == INPUT_GIVEN)
            CHECK_INT(rows[i].row, value.number, rows[i].number);
        arena_free(&arena);
    }
}

static void values_come_trimmed_dated_and_unticked(void **state)
{
    struct arena arena = { 0 };

    (void)state;
    CHECK_TEXT("trimmed", read_field("name", " Ada ", &arena).text, "Ada");
    CHECK_TEXT("secret", read_field("secret", " a ", &arena).text, " a ");
    CHECK_INT("date", read_field("dob", "2015-03-27", &arena).date.ymd, 20150327);
    CHECK_INT("not ticked", read_field("sure", NULL, &arena).state, INPUT_GIVEN);
    CHECK_INT("not ticked", read_field("sure", NULL, &arena).number, 0);
    CHECK_TEXT("as typed, though refused", read_field("year", "5a", &arena).text, "5a");
    arena_free(&arena);
}

static void a_handler_sees_declared_names_only(void **state)
{
    static const struct route route = { METHOD_POST, "/x", NULL, NULL, .inputs = inputs,
        .inputs_n = COUNT(inputs) };
    struct form_field items[] = { { "cell.9.MAT", "3a" }, { "role", "head" },
        { "cell.10.MAT", "4c" }, { "cell.9.MAT", "5a" }, { "name", "Ada" } };
    struct arena arena = { 0 };
    struct request request = { .arena = &arena, .route = &route, .form = { items, 5 } };
    struct err err = { 0 };
    struct form_field *cells;
    size_t n;

    (void)state;
    CHECK_OK("read",
            input_read(inputs, COUNT(inputs), &request.form, NULL, &arena, &request.values,
                    &request.refused_n, &err),
            &err);
    CHECK_TEXT("declared", request_value(&request, "name")->text, "Ada");
    CHECK_INT("not declared", request_value(&request, "role")->state, INPUT_ABSENT);
    CHECK_OK("cells", request_cells(&request, "cell.", &cells, &n, &err), &err);
    CHECK_INT("cells", n, 2);
    CHECK_TEXT("order by name", cells[0].name, "cell.10.MAT");
    CHECK_TEXT("first counts", cells[1].value, "3a");
    CHECK_OK("not declared", request_cells(&request, "rol", &cells, &n, &err), &err);
    CHECK_INT("not declared", n, 0);
    arena_free(&arena);
}

static void problems_name_the_inputs_they_are_about(void **state)
{
    static const struct route route = { METHOD_POST, "/x", NULL, NULL, .inputs = inputs,
        .inputs_n = COUNT(inputs) };
    struct form_field items[] = { { "year", "99" } };
    struct arena arena = { 0 };
    struct request request = { .arena = &arena, .route = &route, .form = { items, 1 } };
    struct problems_view view;
    struct err err = { 0 };

    (void)state;
    CHECK_OK("read",
            input_read(inputs, COUNT(inputs), &request.form, NULL, &arena, &request.values,
                    &request.refused_n, &err),
            &err);
    view = problems_of(&request);
    CHECK_INT("n", view.items_n, 2);
    CHECK_TEXT("first", view.items[0].field, "name");
    CHECK_TEXT("second", view.items[1].words, "Year group is not between 1 and 13.");
    arena_free(&arena);
}

static void memory_that_runs_out_is_said(void **state)
{
    bool done = false;

    (void)state;
    for (long n = 0; !done && n < 100; n++) {
        struct form_field items[] = { { "year", "99" }, { "name", "a" } };
        const struct fields fields = { items, 2 };
        struct arena arena = { 0 };
        struct input_value *values = NULL;
        struct err err = { 0 };
        size_t refused;
        enum err_code code;

        arena_fault(n, 1);
        code = input_read(inputs, COUNT(inputs), &fields, NULL, &arena, &values, &refused,
                &err);
        done = !arena_fault_fired();
        arena_fault(-1, 0);
        CHECK_TRUE("code", code == ERR_MEMORY || code == ERR_OK);
        CHECK_TRUE("values", (code == ERR_OK) == (values != NULL));
        arena_free(&arena);
    }
    CHECK_TRUE("it ends", done);
}

TESTS(TEST(absent_refused_and_given_are_told_apart),
        TEST(values_come_trimmed_dated_and_unticked), TEST(a_handler_sees_declared_names_only),
        TEST(problems_name_the_inputs_they_are_about), TEST(memory_that_runs_out_is_said))
