#include "web/pages/reports_form.h"

#include "actions/listing.h"
#include "base/text.h"
#include "web/pages/reports_tree.h"

const struct input report_inputs[REPORT_INPUT_N] = {
    { .name = "year-group", .label = "year group", .max = 4 },
    { .name = "registration", .label = "registration group", .max = 60 },
    { .name = "group", .label = "group", .max = 120 },
    { .name = "subject", .label = "subject", .max = 60 },
    { .name = "review", .label = "review", .max = 120 },
    { .name = "basis", .label = "basis", .max = 20 },
    { .name = "by", .label = "divided by", .max = 80 },
    { .name = "cross", .label = "crossed with", .max = 20 },
    { .name = "measure", .label = "measure", .max = 60 },
    { .name = "value", .label = "value", .max = 120 },
    { .name = "flag", .label = "standing", .max = 20 },
    { .name = "as-at", .label = "as at", .max = 20 },
    { .name = "column", .label = "compared", .max = 400 },
    { .name = "x", .label = "across", .max = 400 },
    { .name = "y", .label = "upright", .max = 400 },
    { .name = "from", .label = "from", .max = 120 },
    { .name = "to", .label = "to", .max = 120 },
    { .name = "sets", .label = "sets", .max = 2000 },
    { .name = "region", .label = "part", .max = 20 },
    { .name = "years", .label = "years", .max = 12 },
    { .name = "over", .label = "by", .max = 10 },
    { .name = "follow", .label = "followed", .max = 12 },
    { .name = "page", .label = "page", .kind = INPUT_INT, .min = 1, .max = 10000 },
};

enum {
    FILTER_N = REPORT_INPUT_N - 1 /* all but the page */
};

static const char *typed(const struct request *request, const char *name)
{
    return request_value(request, name)->text;
}

enum err_code report_filters_read(const struct request *request, struct filters *ret_filters,
        struct err *err)
{
    struct filters filters = { 0 };
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < FILTER_N && code == ERR_OK; i++) {
        const struct input_value *value = request_value(request, report_inputs[i].name);
        bool known = false;

        if (value->state == INPUT_REFUSED)
            return err_set(err, ERR_INVALID, "the %s is too long", report_inputs[i].label);
        if (value->state == INPUT_GIVEN)
            code = filters_set(&filters, report_inputs[i].name, value->text, &known, err);
    }
    if (code == ERR_OK)
        *ret_filters = filters;
    return code;
}

/* ---- what may be asked ---- */

static enum field field_of_cut(enum cut cut)
{
    switch (cut) {
    case CUT_GENDER:
    case CUT_BIRTH_TERM:
    case CUT_BIRTH_MONTH:
        return FIELD_BIRTH;
    case CUT_SEN:
        return FIELD_SEN_SUMMARY;
    case CUT_FSM:
    case CUT_PUPIL_PREMIUM:
    case CUT_LOOKED_AFTER:
        return FIELD_DISADVANTAGE;
    case CUT_EAL:
    case CUT_ETHNICITY:
    case CUT_ETHNICITY_MAIN:
        return FIELD_ETHNICITY;
    case CUT_NONE:
    case CUT_GIFTED:
    case CUT_MOBILITY:
    case CUT_PRIOR_BAND:
    case CUT_YEAR:
    case CUT_REGISTRATION:
    case CUT_HOUSE:
    case CUT_GROUP:
    case CUT_SET:
    case CUT_TEACHER:
    case CUT__MAX:
        break;
    }
    return FIELD_MARKS;
}

/* Groups of a few pupils tell of single ones; sex is in every table of counts. */
static bool may_cut(const struct visit *visit, enum cut cut, bool names)
{
    if (!names &&
            (cut == CUT_GROUP || cut == CUT_SET || cut == CUT_TEACHER ||
                    cut == CUT_REGISTRATION || cut == CUT_BIRTH_TERM || cut == CUT_BIRTH_MONTH))
        return false;
    if (!names && cut == CUT_GENDER)
        return true;
    return visit_may(visit, ACTION_VIEW, field_of_cut(cut));
}

static enum err_code ask_cut(const struct visit *visit, enum cut cut, bool names,
        struct err *err)
{
    if (may_cut(visit, cut, names))
        return ERR_OK;
    (void)err_set(err, ERR_FORBIDDEN, "your role may not divide pupils by %s", cut_name(cut));
    return err_hint(err, "Choose another way to divide them.");
}

enum err_code report_filters_ask(const struct visit *visit, const struct filters *filters,
        struct err *err)
{
    bool names = page_sees_names(visit);
    enum err_code code =
            filters->cross == CUT_NONE ? ERR_OK : ask_cut(visit, filters->cross, names, err);

    for (size_t i = 0; i < filters->by_n && code == ERR_OK; i++)
        code = ask_cut(visit, filters->by[i], names, err);
    if (code != ERR_OK)
        return code;
    if (names ||
            (!filters->has_year && filters->registration == NULL && filters->group == NULL &&
                    filters->review == NULL && !date_is_set(filters->as_at)))
        return ERR_OK;
    (void)err_set(err, ERR_FORBIDDEN,
            "your role sees counts of the whole school, and this narrows it to fewer pupils");
    return err_hint(err, "Divide the whole school instead: by year group, say.");
}

/* ---- addresses ---- */

struct url report_url(const struct request *request, struct url base, const char *without)
{
    for (size_t i = 0; i < FILTER_N; i++) {
        if (!text_eq(report_inputs[i].name, without))
            base = url_with(request->arena, base, report_inputs[i].name,
                    typed(request, report_inputs[i].name));
    }
    return base;
}

/* ---- the form ---- */

struct filling {
    const struct request *request;
    struct context *context;
    struct report_form *form;
    struct form_select *select;
    bool failed;
};

static void add_select(struct filling *f, const char *name, const char *label, const char *none,
        size_t room)
{
    f->select = &f->form->selects[f->form->selects_n++];
    *f->select = (struct form_select){ .name = name, .label = label, .none = none };
    f->select->choices = arena_array(f->request->arena, room + 1, sizeof(*f->select->choices));
    f->failed = f->failed || f->select->choices == NULL;
}

static void add_choice(struct filling *f, const char *value, const char *label)
{
    if (!f->failed)
        f->select->choices[f->select->choices_n++] = (struct form_choice){ value, label,
            text_eq_fold(value, typed(f->request, f->select->name)) };
}

static const char *year_label(struct filling *f, int year)
{
    return year == 0 ? "Reception"
                     : arena_printf(f->request->arena, "Year %s", framework_year_text(year));
}

static void fill_years(struct filling *f)
{
    const struct framework *fw = f->context->fw;
    int first = 99;
    int last = -9;

    if (fw == NULL)
        return;
    for (int i = 0; i < fw->stage_n; i++) {
        if (!fw->stages[i].whole)
            continue;
        if (f->context->stage_years[i].first < first)
            first = f->context->stage_years[i].first;
        if (f->context->stage_years[i].last > last)
            last = f->context->stage_years[i].last;
    }
    add_select(f, "year-group", "Year group", "All years", 32);
    for (int year = first; year <= last && year < first + 32; year++)
        add_choice(f, arena_text(f->request->arena, framework_year_text(year)),
                year_label(f, year));
}

static void fill_names(struct filling *f, const char *name, const char *label, const char *none,
        const struct name_list *names)
{
    add_select(f, name, label, none, names->n);
    for (size_t i = 0; i < names->n; i++)
        add_choice(f, names->items[i], names->items[i]);
}

static void fill_subjects(struct filling *f)
{
    const struct framework *fw = f->context->fw;

    if (fw == NULL) /* nobody's school: an authority's page */
        return;
    add_select(f, "subject", "Subject", "All subjects", (size_t)fw->subject_n);
    for (int i = 0; i < fw->subject_n; i++)
        add_choice(f, fw->subjects[i].code, fw->subjects[i].name);
}

/* What may be compared; a formula stands in the address. */
static void fill_columns(struct filling *f)
{
    add_select(f, "column", "Compare", "Points now", 3);
    add_choice(f, "gap", "Gap to the progress target");
    add_choice(f, "progress", "Progress since the stage before");
    add_choice(f, "prior", "Prior attainment");
}

/* The points of the matrix: the columns of every cohort, and the reviews. */
static void fill_points(struct filling *f, const struct name_list *reviews)
{
    static const struct {
        const char *name, *label, *none;
    } ends[] = { { "from", "From", "Prior attainment" },
        { "to", "To", "The latest judgement" } };
    static const struct {
        const char *word, *label;
    } points[] = { { "prior", "Prior attainment" }, { "now", "The latest judgement" },
        { "target", "Target" }, { "prediction", "Prediction" }, { "result", "Result" } };

    for (size_t e = 0; e < COUNT(ends); e++) {
        add_select(f, ends[e].name, ends[e].label, ends[e].none, COUNT(points) + reviews->n);
        for (size_t i = 0; i < COUNT(points); i++)
            if (i != e)
                add_choice(f, points[i].word, points[i].label);
        for (size_t i = 0; i < reviews->n; i++)
            add_choice(f, reviews->items[i], reviews->items[i]);
    }
}

static void add_text(struct filling *f, const struct form_text *text)
{
    struct form_text *own = &f->form->texts[f->form->texts_n++];

    *own = *text;
    own->value = typed(f->request, text->name);
}

static void fill_texts(struct filling *f, unsigned parts)
{
    static const struct form_text x = { "x", "Across, as a formula", NULL, "PRIOR", NULL };
    static const struct form_text y = { "y", "Upright, as a formula", NULL, "LATEST", NULL };
    static const struct form_text sets = { "sets", "Sets", NULL, NULL,
        "Two to six formulas, with or without names. For example: Meals: FSM; Needs: SEN <> "
        "\"N\"; Low: PRIOR_BAND = \"low\"" };

    if ((parts & FORM_XY) != 0) {
        add_text(f, &x);
        add_text(f, &y);
    }
    if ((parts & FORM_SETS) != 0)
        add_text(f, &sets);
}

static void fill_cuts(struct filling *f, const char *name, const char *label, unsigned parts)
{
    const struct visit *visit = visit_of(f->request);

    add_select(f, name, label, (parts & FORM_COLUMN) != 0 ? "The usual" : "Nothing", CUT__MAX);
    if ((parts & FORM_COLUMN) != 0)
        add_choice(f, "subject", "Subject");
    for (int cut = CUT_NONE + 1; cut < CUT__MAX; cut++) {
        if (may_cut(visit, (enum cut)cut, page_sees_names(visit)))
            add_choice(f, cut_name((enum cut)cut), cut_label((enum cut)cut));
    }
}

static void fill_measures(struct filling *f)
{
    const struct framework *fw = f->context->fw;

    if (fw == NULL)
        return;
    add_select(f, "measure", "Measure", "The usual", (size_t)fw->measure_n);
    for (int i = 0; i < fw->measure_n; i++)
        add_choice(f, fw->measures[i].id, fw->measures[i].label);
}

static void fill_past(struct filling *f)
{
    static const int spans[] = { 1, 3, 5, 10 };
    struct arena *arena = f->request->arena;
    int last = date_school_year(f->context->today);

    add_select(f, "years", "How far back", "The usual", COUNT(spans));
    for (size_t i = 0; i < COUNT(spans); i++)
        add_choice(f, arena_printf(arena, "%d-%d", last - spans[i] + 1, last),
                spans[i] == 1 ? "This school year"
                              : arena_printf(arena, "%d school years", spans[i]));
}

static void fill_over(struct filling *f)
{
    add_select(f, "over", "By", "Terms", 2);
    add_choice(f, "reviews", "Reviews");
    add_choice(f, "years", "Years");
    add_select(f, "follow", "Follow", "The same pupils", 1);
    add_choice(f, "year-group", "The year group, whoever was in it");
}

static void fill_words(struct filling *f, unsigned parts)
{
    if ((parts & FORM_MEASURE) != 0)
        fill_measures(f);
    if ((parts & FORM_OVER) != 0)
        fill_over(f);
    if ((parts & FORM_YEARS) != 0)
        fill_past(f);
    if ((parts & FORM_BASIS) != 0) {
        add_select(f, "basis", "Basis", "Attainment", 3);
        add_choice(f, "target", "Targets");
        add_choice(f, "prediction", "Predictions");
        if ((parts & FORM_BESIDE) != 0)
            add_choice(f, "all", "All three side by side");
    }
    if ((parts & FORM_BY) == 0)
        return;
    fill_cuts(f, "by", "Divide by", parts);
    if ((parts & FORM_COLUMN) == 0)
        fill_cuts(f, "cross", "and by", parts);
}

static enum err_code fill_selects(struct filling *f, unsigned parts, struct err *err)
{
    struct school_names names = { 0 };
    enum err_code code = listing_names(f->context, &names, err);

    if (code != ERR_OK)
        return code;
    if ((parts & FORM_YEAR) != 0)
        fill_years(f);
    if ((parts & FORM_REGISTRATION) != 0)
        fill_names(f, "registration", "Registration group", "All", &names.registrations);
    if ((parts & FORM_GROUP) != 0)
        fill_names(f, "group", "Group", "All", &names.groups);
    if ((parts & FORM_SUBJECT) != 0)
        fill_subjects(f);
    if ((parts & FORM_REVIEW) != 0)
        fill_names(f, "review", "Review", "The latest judgement", &names.reviews);
    if ((parts & FORM_POINTS) != 0)
        fill_points(f, page_sees_names(visit_of(f->request)) ? &names.reviews
                                                             : &(struct name_list){ 0 });
    if ((parts & FORM_COLUMN) != 0)
        fill_columns(f);
    fill_texts(f, parts);
    fill_words(f, parts);
    return f->failed ? err_memory(err) : ERR_OK;
}

/* What a filter is called on its chip: the choice's own words where it has any. */
static const char *chip_label(const struct filling *f, const struct input *input,
        const char *value)
{
    for (size_t i = 0; i < f->form->selects_n; i++) {
        const struct form_select *select = &f->form->selects[i];

        if (!text_eq(select->name, input->name))
            continue;
        for (size_t c = 0; c < select->choices_n; c++) {
            if (select->choices[c].chosen &&
                    (text_eq(input->name, "by") || text_eq(input->name, "cross")))
                return arena_printf(f->request->arena, "%s %s",
                        text_eq(input->name, "by") ? "By" : "and by", select->choices[c].label);
            if (select->choices[c].chosen)
                return select->choices[c].label;
        }
    }
    if (text_eq(input->name, "sets"))
        return "Sets of your own";
    return arena_printf(f->request->arena, "%c%s: %s", input->label[0] - 'a' + 'A',
            input->label + 1, value);
}

static bool is_a_select(const struct report_form *form, const char *name)
{
    for (size_t i = 0; i < form->selects_n; i++) {
        if (text_eq(form->selects[i].name, name))
            return true;
    }
    return false;
}

static void fill_chips(struct filling *f)
{
    struct report_form *form = f->form;

    for (size_t i = 0; i < FILTER_N && form->chips_n < COUNT(form->chips); i++) {
        const struct input *input = &report_inputs[i];
        const char *value = typed(f->request, input->name);
        bool kept = text_eq(input->name, "measure") || text_eq(input->name, "value") ||
                    text_eq(input->name, "flag");

        if (value[0] == '\0')
            continue;
        form->chips[form->chips_n++] = (struct form_chip){ chip_label(f, input, value),
            report_url(f->request, form->action, input->name) };
        if (kept && !is_a_select(form, input->name))
            form->kept[form->kept_n++] = (struct form_choice){ input->name, value, true };
    }
}

enum err_code report_form_fill(const struct request *request, struct url action, unsigned parts,
        struct report_form *ret_form, struct err *err)
{
    struct report_form form = { .action = action,
        .dated = (parts & FORM_AS_AT) != 0,
        .as_at = typed(request, "as-at") };
    struct filling filling = { .request = request,
        .context = visit_of(request)->context,
        .form = &form };
    enum err_code code = fill_selects(&filling, parts, err);

    if (code != ERR_OK)
        return code;
    fill_chips(&filling);
    *ret_form = form;
    return ERR_OK;
}
