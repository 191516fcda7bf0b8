#include "web/pages/help.h"

#include "base/text.h"
#include "generated/pages.h"
#include "web/program.h"

struct topic {
    const char *name, *title;
    void (*draw)(struct html *out);
};

/* In the order of the index; those that begin "start-" are the roles'. */
static const struct topic topics[] = {
    { "home", "The first page", page_help_home },
    { "marksheet", "Entering judgements", page_help_marksheet },
    { "pupils", "Finding a pupil", page_help_pupils },
    { "pupil", "One pupil", page_help_pupil },
    { "targets", "Targets", page_help_targets },
    { "groups", "Groups", page_help_groups },
    { "reviews", "Reviews", page_help_reviews },
    { "reports", "Reports", page_help_reports },
    { "imports", "Bringing files in", page_help_imports },
    { "exports", "Taking data out", page_help_exports },
    { "settings", "How the school reckons", page_help_settings },
    { "templates", "Templates of marksheets", page_help_templates },
    { "users", "Users and roles", page_help_users },
    { "audit", "Who saw and did what", page_help_audit },
    { "me", "A pupil’s or parent’s own page", page_help_me },
    { "account", "Your account", page_help_account },
    { "sign-in", "Signing in", page_help_sign_in },
    { "signs", "What the signs mean", page_help_signs },
    { "words", "What the words mean", page_help_words },
    { "privacy", "Looking after pupils’ data", page_help_privacy },
    { "keys", "With the keyboard", page_help_keys },
    { "accessibility", "Accessibility", page_help_accessibility },
    { "start-teacher", "For teachers", page_help_start_teacher },
    { "start-form-tutor", "For form tutors", page_help_start_form_tutor },
    { "start-head-of-year", "For heads of year", page_help_start_head_of_year },
    { "start-subject-leader", "For subject leaders", page_help_start_subject_leader },
    { "start-ta", "For teaching assistants", page_help_start_ta },
    { "start-senco", "For the SENCO", page_help_start_senco },
    { "start-data-manager", "For data managers", page_help_start_data_manager },
    { "start-head", "For heads", page_help_start_head },
    { "start-slt", "For senior leaders", page_help_start_slt },
    { "start-governor", "For governors", page_help_start_governor },
    { "start-la-adviser", "For the authority’s advisers", page_help_start_la_adviser },
    { "start-partner", "For partner schools’ teachers", page_help_start_partner },
    { "start-parent", "For parents", page_help_start_parent },
    { "start-pupil", "For pupils", page_help_start_pupil },
};

static const struct topic *find(const char *name)
{
    if (text_eq(name, "marksheets"))
        name = "marksheet";
    for (size_t i = 0; i < COUNT(topics); i++) {
        if (text_eq(topics[i].name, name))
            return &topics[i];
    }
    return NULL;
}

static enum err_code add_links(struct arena *arena, const struct topic *here,
        struct help_view *view, struct err *err)
{
    view->pages = arena_array(arena, COUNT(topics), sizeof(*view->pages));
    view->starts = arena_array(arena, COUNT(topics), sizeof(*view->starts));
    if (view->pages == NULL || view->starts == NULL)
        return err_memory(err);
    for (size_t i = 0; i < COUNT(topics); i++) {
        const struct help_link link = { url_help(arena, topics[i].name), topics[i].title,
            here == &topics[i] };

        if (text_starts(topics[i].name, "start-"))
            view->starts[view->starts_n++] = link;
        else
            view->pages[view->pages_n++] = link;
    }
    return ERR_OK;
}

static enum err_code draw(struct request *request, struct response *response,
        const struct topic *topic, struct err *err)
{
    struct help_view view = { .heading = topic == NULL ? "Help" : topic->title };
    struct html body = html_make(request->arena);
    struct html html = html_make(request->arena);
    enum err_code code = add_links(request->arena, topic, &view, err);

    if (code == ERR_OK && topic != NULL) {
        topic->draw(&body);
        code = html_end(&body, &view.body.html, &view.body.n, err);
    }
    if (code != ERR_OK)
        return code;
    visit_layout(request, &view.layout, topic == NULL ? "Help" : view.heading);
    page_help(&html, &view);
    return response_page(response, 200, &html, err);
}

static enum err_code help_index(struct request *request, struct response *response,
        struct err *err)
{
    return draw(request, response, NULL, err);
}

static enum err_code help_topic(struct request *request, struct response *response,
        struct err *err)
{
    const struct topic *topic = find(request_word(request, "topic"));

    if (topic != NULL)
        return draw(request, response, topic, err);
    (void)err_set(err, ERR_NOT_FOUND, "there is no help of this name");
    return err_hint(err, "Help lists everything there is.");
}

const struct route help_routes[] = {
    { METHOD_GET, "/help", "anyone", help_index, .formats = 0 },
    { METHOD_GET, "/help/{topic}", "anyone", help_topic, .formats = 0 },
};
const size_t help_route_n = COUNT(help_routes);
