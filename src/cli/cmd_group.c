#include "actions/group.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"
#include "reports/render/escape.h"

/* What is asked of one group. */
struct ask {
    const struct args *args;
    struct context *context;
    const char *name;
    struct date from, to;
};

static enum err_code read_date(const struct args *args, const char *option,
        struct date *ret_date, struct err *err)
{
    const char *text = args_option(args, option);

    if (text == NULL || date_parse(text, ret_date))
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "\"%s\" is not a date", text);
    return err_hint(err, "A date is written 2026-01-12 or 12/01/2026.");
}

static enum err_code write_outcome(const struct ask *ask, const struct group_outcome *outcome,
        struct err *err)
{
    struct buf buf = buf_make(ask->context->arena, 1 << 14);
    const char *text = NULL;
    size_t n = 0;
    enum err_code code;

    if (ask->args->json) {
        buf_printf(&buf, "{\"id\":%lld,\"group\":%lld,\"said\":", (long long)outcome->import_id,
                (long long)outcome->group_id);
        escape_json(&buf, outcome->said);
        buf_add(&buf, "}\n");
    } else {
        buf_printf(&buf, "%s\n", outcome->said);
        if (outcome->import_id != 0)
            buf_printf(&buf, "To take it back: attain import --undo %lld\n",
                    (long long)outcome->import_id);
    }
    code = buf_end(&buf, &text, &n, err);
    return code == ERR_OK ? command_write(NULL, text, n, err) : code;
}

static enum err_code write_tree(const struct ask *ask, struct report *report, struct err *err)
{
    return command_write_report(ask->args, report, ask->context->arena, err);
}

static enum err_code list(struct ask *ask, struct group_outcome *outcome, struct err *err)
{
    struct report *report = NULL;
    enum err_code code = group_list_report(ask->context, &report, err);

    (void)outcome;
    return code == ERR_OK ? write_tree(ask, report, err) : code;
}

static enum err_code show(struct ask *ask, struct group_outcome *outcome, struct err *err)
{
    struct pupil_group group = { 0 };
    struct report *report = NULL;
    struct date day = { 0 };
    enum err_code code = read_date(ask->args, "as-at", &day, err);

    (void)outcome;
    if (code == ERR_OK)
        code = group_find(ask->context, ask->name, &group, err);
    if (code == ERR_OK)
        code = group_report(ask->context, &group, day, &report, err);
    return code == ERR_OK ? write_tree(ask, report, err) : code;
}

static enum err_code read_intervention(const struct ask *ask, struct intervention *ret_row,
        struct err *err)
{
    const char *cost = args_option(ask->args, "cost");

    *ret_row = (struct intervention){ .from = ask->from,
        .to = ask->to,
        .purpose = args_option(ask->args, "purpose"),
        .staff = args_option(ask->args, "staff"),
        .pence = PENCE_NONE };
    if (cost == NULL || group_pence(cost, &ret_row->pence))
        return ERR_OK;
    (void)err_set(err, ERR_USAGE, "\"%s\" is not a sum in pounds", cost);
    return err_hint(err, "Write 1200 or 1200.50.");
}

static enum err_code add(struct ask *ask, struct group_outcome *outcome, struct err *err)
{
    return group_add(ask->context, ask->name, args_option(ask->args, "rule"), ask->from,
            ask->to, outcome, err);
}

static enum err_code rule(struct ask *ask, struct group_outcome *outcome, struct err *err)
{
    const char *formula = args_option(ask->args, "rule");

    if (formula == NULL) {
        (void)err_set(err, ERR_USAGE, "which rule?");
        return err_hint(err, "Give a formula with --rule, such as LOOKED_AFTER.");
    }
    return group_rule_set(ask->context, ask->name, formula, ask->from, ask->to, outcome, err);
}

static enum err_code join(struct ask *ask, struct group_outcome *outcome, struct err *err)
{
    struct group_pupils pupils = { 0 };
    enum err_code code =
            group_pupils_of(ask->context, args_option(ask->args, "upn"), &pupils, err);

    return code == ERR_OK ? group_join(ask->context, ask->name, &pupils, ask->from, ask->to,
                                    outcome, err)
                          : code;
}

static enum err_code leave(struct ask *ask, struct group_outcome *outcome, struct err *err)
{
    struct group_pupils pupils = { 0 };
    enum err_code code =
            group_pupils_of(ask->context, args_option(ask->args, "upn"), &pupils, err);

    return code == ERR_OK ? group_leave(ask->context, ask->name, &pupils, ask->to, outcome, err)
                          : code;
}

static enum err_code intervene(struct ask *ask, struct group_outcome *outcome, struct err *err)
{
    struct intervention row;
    enum err_code code = read_intervention(ask, &row, err);

    return code == ERR_OK ? group_intervene(ask->context, ask->name, &row, outcome, err) : code;
}

static enum err_code end(struct ask *ask, struct group_outcome *outcome, struct err *err)
{
    return group_end(ask->context, ask->name, ask->to, outcome, err);
}

static const struct verb {
    const char *word;
    bool named, writes;
    enum err_code (*run)(struct ask *ask, struct group_outcome *outcome, struct err *err);
} verbs[] = {
    { "list", false, false, list },
    { "show", true, false, show },
    { "add", true, true, add },
    { "join", true, true, join },
    { "leave", true, true, leave },
    { "rule", true, true, rule },
    { "intervention", true, true, intervene },
    { "end", true, true, end },
};

static const struct verb *find_verb(const char *word)
{
    for (size_t i = 0; i < COUNT(verbs); i++) {
        if (text_eq(verbs[i].word, word))
            return &verbs[i];
    }
    return NULL;
}

static enum err_code run(const struct verb *verb, struct ask *ask, struct err *err)
{
    struct group_outcome outcome = { 0 };
    enum err_code code = read_date(ask->args, "from", &ask->from, err);

    if (code == ERR_OK)
        code = read_date(ask->args, "to", &ask->to, err);
    if (code == ERR_OK)
        code = verb->run(ask, &outcome, err);
    return code == ERR_OK && verb->writes ? write_outcome(ask, &outcome, err) : code;
}

int command_group(const struct args *args, struct arena *arena, struct err *err)
{
    const char *word = args->word_n > 1 ? args->words[1] : "list";
    const struct verb *verb = find_verb(word);
    struct context context = { 0 };
    struct ask ask = { .args = args,
        .context = &context,
        .name = args->word_n > 2 ? args->words[2] : NULL };
    enum err_code code;

    if (verb == NULL) {
        (void)err_set(err, ERR_USAGE, "group what?");
        (void)err_hint(err, "It is list, show, add, join, leave, rule, intervention or end.");
        return -1;
    }
    if (verb->named && ask.name == NULL) {
        (void)err_set(err, ERR_USAGE, "which group?");
        (void)err_hint(err, "Name it behind `group %s`.", word);
        return -1;
    }
    code = command_open(args, arena, verb->writes ? STORE_WRITE : STORE_READ, true, &context,
            err);
    if (code == ERR_OK)
        code = run(verb, &ask, err);
    context_close(&context);
    return code == ERR_OK ? EXIT_DONE : -1;
}
