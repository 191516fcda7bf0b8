/*
 * users_in: what the list of users and the page of one share.
 */
#ifndef WEB_PAGES_USERS_IN_H
#define WEB_PAGES_USERS_IN_H

#include "web/pages/users.h"
#include "web/program.h"

enum err_code users_need_school(const struct request *request, struct err *err);

/* Whether one's own password is asked before giving access, and the asking: problems are for
   the form. */
bool users_must_prove(const struct visit *visit);
enum err_code users_prove(struct request *request, struct problems_view *ret_problems,
        struct err *err);

/* The fields of a role as they were sent, and what they say. */
enum err_code users_role(const struct request *request, struct users_role_view *view,
        struct err *err);
enum err_code users_read_role(struct request *request, struct grant *grant, struct err *err);

/* The page of one account; `password` is shown once, or NULL. */
enum err_code user_draw(struct request *request, struct response *response, int64_t id,
        struct problems_view problems, const char *said, const char *password, struct err *err);
enum err_code user_show(struct request *request, struct response *response, struct err *err);
enum err_code user_change(struct request *request, struct response *response, struct err *err);

#endif
