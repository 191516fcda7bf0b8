#include "actions/review.h"

#include <string.h>

#include "base/text.h"

enum review_state review_state_now(const struct context *context, const struct review *review)
{
    return review_state_on(review->state, review->to, context->today);
}

enum err_code review_read(struct context *context, struct review_list *ret_list,
        struct err *err)
{
    struct review_list list = { 0 };
    enum err_code code = store_reviews(context->store, context->school.school_id,
            context->arena, &list, err);

    if (code != ERR_OK)
        return code;
    for (size_t i = 0; i < list.n; i++)
        list.items[i].state = review_state_word(review_state_now(context, &list.items[i]));
    *ret_list = list;
    return ERR_OK;
}

static enum err_code find(struct context *context, const char *name, struct review *ret_review,
        bool *ret_found, struct err *err)
{
    struct review_list list = { 0 };
    enum err_code code = review_read(context, &list, err);

    *ret_found = false;
    for (size_t i = 0; i < list.n && code == ERR_OK; i++) {
        if (text_eq_fold(list.items[i].name, name)) {
            *ret_review = list.items[i];
            *ret_found = true;
        }
    }
    return code;
}

static enum err_code put(struct context *context, const struct review *review, const char *why,
        struct err *err)
{
    struct import import = {
        .kind = "review",
        .file = why,
        .superseded = 1,
        .recorded_by = context->who,
        .recorded_at = context->stamp,
    };
    enum err_code code = store_begin(context->store, err);

    if (code == ERR_OK)
        code = store_import_begin(context->store, context->school.school_id, &import, 0, err);
    if (code == ERR_OK)
        code = store_import_end(context->store, err);
    if (code == ERR_OK)
        code = store_review_put(context->store, context->school.school_id, review, err);
    if (code == ERR_OK)
        code = store_commit(context->store, err);
    if (code != ERR_OK)
        store_rollback(context->store);
    return code;
}

/* Every code of a list joined by commas must be a subject. */
static enum err_code check_subjects(struct context *context, const char *subjects,
        struct err *err)
{
    char code[32];

    for (const char *at = subjects; at != NULL && *at != '\0';) {
        size_t n = strcspn(at, ",");

        if (n >= sizeof(code))
            return err_set(err, ERR_INVALID, "\"%s\" is not a list of subjects", subjects);
        memcpy(code, at, n);
        code[n] = '\0';
        if (framework_subject(context->fw, code) < 0)
            return err_set(err, ERR_INVALID, "there is no subject called %s", code);
        at += n + (at[n] == ',');
    }
    return ERR_OK;
}

enum err_code review_define(struct context *context, const struct review *review,
        struct err *err)
{
    struct review old = { 0 };
    struct review made = *review;
    bool found = false;
    enum err_code code = ERR_OK;

    if (text_empty(review->name))
        return err_set(err, ERR_INVALID, "a review needs a name");
    if (!date_is_set(review->from) || !date_is_set(review->to) ||
            review->from.ymd > review->to.ymd) {
        (void)err_set(err, ERR_INVALID,
                "a review needs a first day and a last day, in that order");
        return err_hint(err, "Give them with --from and --to.");
    }
    if (!text_eq(review->asks, "assessment") && !text_eq(review->asks, "likely")) {
        (void)err_set(err, ERR_INVALID, "\"%s\" is not what a review can ask for",
                review->asks);
        return err_hint(err, "It is assessment (working at) or likely (at the end).");
    }
    code = check_subjects(context, review->subjects, err);
    if (code == ERR_OK)
        code = find(context, review->name, &old, &found, err);
    if (code != ERR_OK)
        return code;
    made.review_id = found ? old.review_id : 0;
    made.state =
            found ? (text_eq(old.state, "closing") ? "open" : old.state)
            : context->today.ymd >= review->from.ymd && context->today.ymd <= review->to.ymd
                    ? "open"
                    : "draft";
    return put(context, &made, review->name, err);
}

static enum err_code known(struct context *context, const char *name, struct review *ret_review,
        struct err *err)
{
    bool found = false;
    enum err_code code = find(context, name, ret_review, &found, err);

    if (code != ERR_OK)
        return code;
    if (!found) {
        (void)err_set(err, ERR_NOT_FOUND, "there is no review called %s", name);
        return err_hint(err, "List the reviews with `attain review list`.");
    }
    if (text_eq(ret_review->state, "final")) {
        (void)err_set(err, ERR_CLOSED, "the review %s is final", name);
        return err_hint(err, "A final review stays as it is; make another one.");
    }
    return ERR_OK;
}

enum err_code review_open(struct context *context, const char *name, const char *reason,
        struct err *err)
{
    struct review review = { 0 };
    enum err_code code = known(context, name, &review, err);

    if (code != ERR_OK)
        return code;
    if (text_eq(review.state, "closed") && text_empty(reason)) {
        (void)err_set(err, ERR_CLOSED, "the review %s was closed", name);
        return err_hint(err, "Say why it is opened again with --reason.");
    }
    review.state = "open";
    if (!review_state_takes(review_state_now(context, &review))) {
        (void)err_set(err, ERR_INVALID, "the last day of the review %s is over", review.name);
        return err_hint(err, "Give it a later last day first, then open it again.");
    }
    return put(context, &review, text_empty(reason) ? name : reason, err);
}

enum err_code review_close(struct context *context, const char *name, struct err *err)
{
    struct review review = { 0 };
    enum err_code code = known(context, name, &review, err);

    if (code != ERR_OK)
        return code;
    review.state = "closed";
    return put(context, &review, name, err);
}

enum err_code review_finish(struct context *context, const char *name, struct err *err)
{
    struct review review = { 0 };
    enum err_code code = known(context, name, &review, err);

    if (code != ERR_OK)
        return code;
    if (!text_eq(review.state, "closed")) {
        (void)err_set(err, ERR_CLOSED, "the review %s is still %s", name, review.state);
        return err_hint(err, "Close it first.");
    }
    review.state = "final";
    return put(context, &review, name, err);
}
