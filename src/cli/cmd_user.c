#include "actions/account.h"
#include "base/text.h"
#include "cli/cmd_report.h"
#include "cli/command.h"
#include "reports/render/escape.h"

static struct desk command_desk(struct context *context)
{
    return (struct desk){ .context = context, .from_where = "command line" };
}

static enum err_code write_said(struct buf *buf, struct err *err)
{
    const char *text = NULL;
    size_t n = 0;
    enum err_code code = buf_end(buf, &text, &n, err);

    return code == ERR_OK ? command_write(NULL, text, n, err) : code;
}

/* What was done; `password` is told here once and nowhere else. */
static enum err_code say_done(const struct args *args, struct arena *arena, const char *did,
        const char *username, const char *password, struct err *err)
{
    struct buf buf = buf_make(arena, 1 << 16);

    if (args->json) {
        buf_add(&buf, "{\"username\":");
        escape_json(&buf, username);
        buf_add(&buf, ",\"done\":");
        escape_json(&buf, did);
        if (password != NULL) {
            buf_add(&buf, ",\"password\":");
            escape_json(&buf, password);
        }
        buf_add(&buf, "}\n");
        return write_said(&buf, err);
    }
    buf_printf(&buf, "The account %s is %s.\n", username, did);
    if (password != NULL)
        buf_printf(&buf,
                "First password (shown once, to be changed at the first sign-in): %s\n",
                password);
    return write_said(&buf, err);
}

static enum err_code read_day(const struct args *args, const char *option, struct date *ret_day,
        struct err *err)
{
    const char *text = args_option(args, option);

    if (text == NULL || date_parse(text, ret_day))
        return ERR_OK;
    return err_set(err, ERR_USAGE, "\"%s\" is not a date", text);
}

/* The role, scope and dates of the command line. */
static enum err_code read_grant(const struct args *args, struct context *context,
        struct grant *grant, struct err *err)
{
    enum err_code code = ERR_OK;

    grant->school_id = context->has_school ? context->school.school_id : 0;
    code = read_day(args, "from", &grant->from, err);
    if (code == ERR_OK)
        code = read_day(args, "to", &grant->to, err);
    if (code == ERR_OK && args_option(args, "sen-detail") != NULL)
        grant->extras |= EXTRA_SEN_DETAIL;
    if (code == ERR_OK && args_option(args, "may-enter") != NULL)
        grant->extras |= EXTRA_ENTER;
    if (code == ERR_OK)
        code = grant_read(context, args_option(args, "role"), args_option(args, "scope"), grant,
                err);
    return code;
}

static enum err_code add(const struct args *args, struct context *context, struct err *err)
{
    struct desk desk = command_desk(context);
    struct account_new account = { .username = args_option(args, "username"),
        .name = args_option(args, "name"),
        .email = args_option(args, "email"),
        .note = "" };
    char password[FIRST_PASSWORD_SIZE];
    int64_t id = 0;
    enum err_code code = read_grant(args, context, &account.grant, err);

    account.school_id = account.grant.school_id;
    if (code == ERR_OK)
        code = account_add(&desk, &account, &id, password, err);
    if (code == ERR_OK)
        code = say_done(args, context->arena, "ready", account.username, password, err);
    secret_wipe(password, sizeof(password));
    return code;
}

static enum err_code give(const struct args *args, struct context *context, struct err *err)
{
    struct desk desk = command_desk(context);
    const char *username = args_option(args, "username");
    struct account account = { 0 };
    struct grant grant = { 0 };
    int64_t id = 0;
    enum err_code code = account_find(&desk, username, &account, err);

    if (code == ERR_OK)
        code = read_grant(args, context, &grant, err);
    if (code == ERR_OK)
        code = grant_give(&desk, account.account_id, &grant, "", &id, err);
    if (code != ERR_OK)
        return code;
    return say_done(args, context->arena,
            arena_printf(context->arena, "now also %s (grant %lld)", role_title(grant.role),
                    (long long)id),
            username, NULL, err);
}

static enum err_code stop(const struct args *args, struct context *context, struct err *err)
{
    struct desk desk = command_desk(context);
    const char *username = args_option(args, "username");
    const char *grant = args_option(args, "grant");
    struct date last = date_from_number(date_number(context->today) - 1);
    struct account account = { 0 };
    int64_t id = 0;
    enum err_code code = account_find(&desk, username, &account, err);

    if (code == ERR_OK && (grant == NULL || !text_int(grant, &id)))
        code = err_set(err, ERR_USAGE,
                "--grant needs the number that `attain user list` shows");
    if (code == ERR_OK)
        code = read_day(args, "to", &last, err);
    if (code == ERR_OK)
        code = grant_stop(&desk, context->has_school ? context->school.school_id : 0,
                account.account_id, id, last, err);
    return code == ERR_OK
                   ? say_done(args, context->arena, "without that role", username, NULL, err)
                   : code;
}

static enum err_code reset(const struct args *args, struct context *context, struct err *err)
{
    struct desk desk = command_desk(context);
    const char *username = args_option(args, "username");
    char password[FIRST_PASSWORD_SIZE];
    enum err_code code = account_reset(&desk, username, password, err);

    if (code == ERR_OK)
        code = say_done(args, context->arena, "signed out everywhere", username, password, err);
    secret_wipe(password, sizeof(password));
    return code;
}

static enum err_code disable(const struct args *args, struct context *context, struct err *err)
{
    struct desk desk = command_desk(context);
    const char *username = args_option(args, "username");
    bool disabled = text_eq(args->words[1], "disable");
    enum err_code code = account_disable(&desk, username, disabled, err);

    if (code != ERR_OK)
        return code;
    return say_done(args, context->arena, disabled ? "disabled" : "enabled", username, NULL,
            err);
}

static const struct account *account_of(const struct account_list *accounts, int64_t id)
{
    for (size_t i = 0; i < accounts->n; i++) {
        if (accounts->items[i].account_id == id)
            return &accounts->items[i];
    }
    return NULL;
}

static void add_row(struct report *report, struct table *table, const char *laestab,
        const struct account *account, const struct grant_row *row)
{
    struct row *cells = table_row(report, table);
    const struct grant *grant = &row->grant;
    char day[DATE_TEXT_SIZE];

    cell_text(report, cells, 0, account->username);
    cell_text(report, cells, 1, account->name);
    cell_text(report, cells, 2, laestab);
    cell_text(report, cells, 3, role_word(grant->role));
    cell_text(report, cells, 4, grant_text(report->arena, grant));
    cell_text(report, cells, 5, date_text(grant->from, day));
    if (date_is_set(grant->to))
        cell_text(report, cells, 6, date_text(grant->to, day));
    cell_text(report, cells, 7,
            arena_printf(report->arena, "%lld", (long long)grant->grant_id));
    cell_text(report, cells, 8,
            account->disabled ? "disabled"
                              : (account->must_change ? "first password" : "active"));
}

static enum err_code list_school(struct context *context, struct report *report,
        struct table *table, const struct account_list *accounts, const struct school *school,
        struct err *err)
{
    struct grant_row_list grants = { 0 };
    enum err_code code =
            store_grants(context->store, school->school_id, context->arena, &grants, err);

    for (size_t i = 0; i < grants.n && code == ERR_OK; i++) {
        const struct account *account = account_of(accounts, grants.items[i].account_id);

        if (account != NULL)
            add_row(report, table, school->laestab, account, &grants.items[i]);
    }
    return code;
}

static enum err_code fill_list(struct context *context, struct report *report,
        struct table *table, struct err *err)
{
    const struct school authority = { .laestab = "" };
    struct school_list schools = { 0 };
    struct account_list accounts = { 0 };
    enum err_code code = store_accounts(context->store, context->arena, &accounts, err);

    if (code == ERR_OK && context->has_school)
        return list_school(context, report, table, &accounts, &context->school, err);
    if (code == ERR_OK)
        code = store_schools(context->store, context->arena, &schools, err);
    for (size_t i = 0; i < schools.n && code == ERR_OK; i++)
        code = list_school(context, report, table, &accounts, &schools.items[i], err);
    if (code == ERR_OK)
        code = list_school(context, report, table, &accounts, &authority, err);
    return code;
}

static enum err_code list(const struct args *args, struct context *context, struct err *err)
{
    static const struct column columns[] = {
        { .key = "username", .label = "User name", .type = COLUMN_TEXT },
        { .key = "name", .label = "Name", .type = COLUMN_TEXT },
        { .key = "school", .label = "School", .type = COLUMN_TEXT },
        { .key = "role", .label = "Role", .type = COLUMN_TEXT },
        { .key = "scope", .label = "Of whom", .type = COLUMN_TEXT },
        { .key = "from", .label = "From", .type = COLUMN_TEXT },
        { .key = "to", .label = "To", .type = COLUMN_TEXT },
        { .key = "grant", .label = "Grant", .type = COLUMN_TEXT },
        { .key = "state", .label = "Account", .type = COLUMN_TEXT },
    };
    struct report *report = report_make(context->arena, "users");
    struct table *table = report_table(report, "users", "Users", columns, COUNT(columns));
    enum err_code code;

    report->title = "Who may sign in, and as what";
    report->as_at = context->today;
    table->empty = "There is no account yet.";
    code = fill_list(context, report, table, err);
    if (table->row_n > 0)
        table->empty = NULL;
    if (code == ERR_OK)
        code = report_end(report, err);
    return code == ERR_OK ? command_write_report(args, report, context->arena, err) : code;
}

static enum err_code print_roles(struct arena *arena, struct err *err)
{
    struct buf buf = buf_make(arena, 1 << 16);

    access_table_print(&buf);
    return write_said(&buf, err);
}

struct user_verb {
    const char *word;
    enum err_code (*run)(const struct args *args, struct context *context, struct err *err);
    bool writes, in_school, needs_name;
};

static const struct user_verb verbs[] = {
    { "add", add, true, true, true },
    { "list", list, false, false, false },
    { "passwd", reset, true, false, true },
    { "disable", disable, true, false, true },
    { "enable", disable, true, false, true },
    { "grant", give, true, true, true },
    { "end", stop, true, true, true },
};

static const struct user_verb *find_verb(const char *word)
{
    for (size_t i = 0; i < COUNT(verbs); i++) {
        if (text_eq(verbs[i].word, word))
            return &verbs[i];
    }
    return NULL;
}

/* An adviser belongs to the authority unless a school is named. */
static bool wants_school(const struct args *args, const struct user_verb *verb)
{
    if (args->school != NULL)
        return true;
    return verb->in_school && !text_eq(args_option(args, "role"), "la_adviser");
}

static enum err_code run_verb(const struct args *args, struct arena *arena,
        const struct user_verb *verb, struct err *err)
{
    struct context context = { 0 };
    enum err_code code;

    if (verb->needs_name && args_option(args, "username") == NULL) {
        (void)err_set(err, ERR_USAGE, "which account?");
        return err_hint(err, "Name it with --username.");
    }
    code = command_open(args, arena, verb->writes ? STORE_WRITE : STORE_READ,
            wants_school(args, verb), &context, err);
    if (code != ERR_OK)
        return code;
    code = verb->run(args, &context, err);
    context_close(&context);
    return code;
}

int command_user(const struct args *args, struct arena *arena, struct err *err)
{
    const char *word = args->word_n > 1 ? args->words[1] : "";
    const struct user_verb *verb = find_verb(word);
    enum err_code code;

    if (text_eq(word, "roles")) {
        code = print_roles(arena, err);
    } else if (verb == NULL) {
        (void)err_set(err, ERR_USAGE, "`attain user` does not know what to do");
        code = err_hint(err, "It is add, list, passwd, disable, enable, grant, end or roles.");
    } else {
        code = run_verb(args, arena, verb, err);
    }
    return code == ERR_OK ? EXIT_DONE : -1;
}
