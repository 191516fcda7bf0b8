#include "actions/demo_people.h"

#include <string.h>

#include "actions/demo_make.h"
#include "actions/marksheet.h"
#include "actions/review.h"
#include "actions/roll.h"
#include "base/text.h"
#include "demo/demo.h"
#include "school/review_state.h"

/* A first password has over 80 random bits: no guessing profits from a cheap hash. The first
   sign-in hashes it anew at the usual cost. */
static const struct password_cost cheap = { .passes = 1, .memory = 64 << 10 };

struct work {
    struct context context; /* of the school chosen last */
    struct demo demo;
    const char *laestab;
    struct review_list reviews; /* of the school chosen last */
    struct pupil_handle_list pupils;
};

/* ---- what the day asks ---- */

static const struct review *known_review(const struct work *work, const char *name)
{
    for (size_t i = 0; i < work->reviews.n; i++) {
        if (text_eq(work->reviews.items[i].name, name))
            return &work->reviews.items[i];
    }
    return NULL;
}

/* Classes last a school year: a file of another one has nobody in them. */
static enum err_code check_year(const struct work *work, struct err *err)
{
    const struct context *c = &work->context;
    int year = calendar_year(&c->reckoning.calendar, c->today);

    for (size_t i = 0; i < work->reviews.n; i++) {
        if (calendar_year(&c->reckoning.calendar, work->reviews.items[i].from) == year)
            return ERR_OK;
    }
    (void)err_set(err, ERR_CONFLICT, "the demo was made for another school year");
    return err_hint(err, "Make it afresh: attain demo --rebuild");
}

static enum err_code open_reviews(struct work *work, struct err *err)
{
    struct context *c = &work->context;
    struct demo_review in;
    enum err_code code = check_year(work, err);

    for (size_t i = 0; code == ERR_OK && demo_review(&work->demo, i, &in); i++) {
        const struct review review = demo_review_kept(&in);
        const struct review *known = known_review(work, in.name);

        if (text_eq(in.state, "open") && (known == NULL || !review_takes(known, c->today))) {
            code = review_define(c, &review, err);
            if (code == ERR_OK)
                code = review_open(c, in.name, "demo", err);
        } else if (!text_eq(in.state, "open") && known != NULL &&
                   text_eq(known->state, "open")) {
            code = review_close(c, in.name, err);
        }
    }
    return code == ERR_OK
                   ? store_reviews(c->store, c->school.school_id, c->arena, &work->reviews, err)
                   : code;
}

static enum err_code choose_school(struct work *work, const char *laestab, struct err *err)
{
    struct context *c = &work->context;
    enum err_code code;

    if (laestab == NULL || text_eq(laestab, work->laestab))
        return ERR_OK;
    code = context_choose_school(c, laestab, err);
    if (code == ERR_NOT_FOUND || code == ERR_USAGE) {
        (void)err_set(err, ERR_NOT_FOUND, "this file does not hold the demo's schools");
        return err_hint(err, "Name another with --db, or make the demo afresh: attain demo "
                             "--rebuild");
    }
    if (code == ERR_OK)
        code = store_reviews(c->store, c->school.school_id, c->arena, &work->reviews, err);
    if (code == ERR_OK)
        code = store_pupils(c->store, c->school.school_id, c->arena, &work->pupils, err);
    if (code != ERR_OK)
        return code;
    work->laestab = c->school.laestab;
    work->demo.school =
            text_eq(laestab, demo_schools[DEMO_PARTNER].laestab) ? DEMO_PARTNER : DEMO_MAIN;
    return open_reviews(work, err);
}

/* ---- grants ---- */

static int64_t pupil_of(const struct work *work, const char *upn)
{
    for (size_t i = 0; i < work->pupils.n; i++) {
        if (text_eq(work->pupils.items[i].upn, upn))
            return work->pupils.items[i].pupil_id;
    }
    return 0;
}

static enum err_code add_grant(struct work *work, int64_t account_id, enum role role,
        enum grant_kind kind, const char *value, int64_t pupil_id, struct err *err)
{
    struct context *c = &work->context;
    int64_t school_id = role == ROLE_LA_ADVISER ? 0 : c->school.school_id;
    int64_t id;
    const struct grant_row row = { .account_id = account_id,
        .grant = { .role = role,
                .kind = kind,
                .value = value == NULL ? "" : value,
                .school_id = school_id,
                .pupil_id = pupil_id,
                .extras = role == ROLE_PARENT ? EXTRA_REPORTS : 0,
                .from = calendar_year_start(&c->reckoning.calendar,
                        calendar_year(&c->reckoning.calendar, c->today)) },
        .note = "",
        .granted_by = "demo",
        .granted_at = c->stamp };

    return store_grant_add(c->store, school_id, &row, &id, err);
}

static enum grant_kind kind_of(enum role role)
{
    switch (role) {
    case ROLE_HEAD_OF_YEAR:
        return GRANT_YEAR;
    case ROLE_SUBJECT_LEADER:
        return GRANT_SUBJECT;
    case ROLE_FORM_TUTOR:
        return GRANT_REGISTRATION;
    case ROLE_PARENT:
    case ROLE_PUPIL:
        return GRANT_PUPIL;
    case ROLE_TEACHER:
    case ROLE_TA:
    case ROLE_PARTNER:
        return GRANT_GROUP;
    case ROLE_DATA_MANAGER:
    case ROLE_HEAD:
    case ROLE_SLT:
    case ROLE_SENCO:
    case ROLE_GOVERNOR:
    case ROLE_LA_ADVISER:
    case ROLE__MAX:
        break;
    }
    return GRANT_SCHOOL;
}

/* A registration group has no subject of its own: "7A in HIS". */
static const char *class_value(struct arena *arena, const struct demo_class *class)
{
    return text_eq(class->type, "registration")
                   ? arena_printf(arena, "%s in %s", class->group, class->subject)
                   : class->group;
}

static enum err_code add_grants(struct work *work, int64_t account_id,
        const struct demo_staff *staff, struct err *err)
{
    struct arena *arena = work->context.arena;
    enum role role = (enum role)role_find(staff->role);
    enum grant_kind kind = kind_of(role);
    const char *value = kind == GRANT_YEAR           ? framework_year_text(staff->year)
                        : kind == GRANT_SUBJECT      ? staff->subject
                        : kind == GRANT_REGISTRATION ? staff->registration
                                                     : "";
    int64_t pupil_id = kind == GRANT_PUPIL ? pupil_of(work, staff->pupil_upn) : 0;
    enum err_code code = ERR_OK;

    if (kind != GRANT_GROUP)
        return add_grant(work, account_id, role, kind, value, pupil_id, err);
    for (size_t i = 0; i < staff->class_n && code == ERR_OK; i++) {
        value = class_value(arena, &staff->classes[i]);
        code = value == NULL ? err_memory(err)
                             : add_grant(work, account_id, role, kind, value, 0, err);
    }
    return code;
}

/* ---- the course that the partner school teaches ---- */

/* Pupils of the main school go to the partner for this course: its teacher's class is the
   first group of that school which has the course. */
static enum err_code find_guests(struct work *work, struct demo_staff *staff, struct err *err)
{
    struct context *c = &work->context;
    struct pupil_group_list groups = { 0 };
    enum err_code code = store_groups(c->store, c->school.school_id, c->arena, &groups, err);

    for (size_t i = 0; i < groups.n && code == ERR_OK && staff->class_n == 0; i++) {
        const struct pupil_group *group = &groups.items[i];
        struct demo_class *class = &staff->classes[0];

        if (!text_eq(group->type, "teaching") || !text_eq(group->subject, staff->subject))
            continue;
        (void)text_copy(class->group, sizeof(class->group), group->name);
        class->type = "teaching";
        class->subject = staff->subject;
        class->year = 10;
        staff->class_n = 1;
    }
    return code;
}

/* ---- accounts ---- */

static enum err_code put_account(struct work *work, const struct demo_staff *staff,
        const char *hash, int64_t *ret_id, bool *ret_new, struct err *err)
{
    struct context *c = &work->context;
    struct account old = { 0 };
    const struct account account = { .username = staff->username,
        .name = staff->name,
        .email = "",
        .school_id = staff->laestab == NULL ? 0 : c->school.school_id,
        .password = hash,
        .created_at = c->stamp };
    bool found = false;
    enum err_code code =
            store_account_by_name(c->store, staff->username, c->arena, &old, &found, err);

    if (code != ERR_OK)
        return code;
    *ret_new = !found;
    if (!found)
        return store_account_add(c->store, &account, ret_id, err);
    *ret_id = old.account_id;
    code = store_account_password(c->store, old.account_id, hash, false, c->stamp, err);
    return code == ERR_OK ? store_session_end_all(c->store, old.account_id, "", err) : code;
}

/* The open review that asks for this class's subject. */
static const struct review *review_of(const struct work *work, const struct demo_class *class)
{
    for (size_t i = 0; i < work->reviews.n; i++) {
        const struct review *review = &work->reviews.items[i];

        if (review_takes(review, work->context.today) && review->first_year <= class->year &&
                class->year <= review->last_year &&
                review_subjects_hold(review->subjects, class->subject))
            return review;
    }
    return NULL;
}

static enum err_code add_sheets(struct work *work, const struct demo_staff *staff,
        struct demo_person *person, struct err *err)
{
    struct context *c = &work->context;
    enum err_code code = ERR_OK;

    for (size_t i = 0; i < staff->class_n && code == ERR_OK; i++) {
        const struct demo_class *class = &staff->classes[i];
        const struct review *review = review_of(work, class);
        int subject = framework_subject(c->fw, class->subject);
        const char *name = arena_printf(c->arena, "%s, %s",
                subject < 0 ? class->subject : c->fw->subjects[subject].name, class->group);

        if (review == NULL)
            continue;
        if (name == NULL)
            return err_memory(err);
        code = marksheet_define(c, name, class->group, class->type, class->subject,
                review->name, &person->marksheets[person->marksheet_n], err);
        if (code == ERR_OK)
            person->marksheet_n++;
    }
    return code;
}

static enum err_code add_person(struct work *work, struct demo_staff *staff,
        struct demo_person *person, struct err *err)
{
    struct context *c = &work->context;
    char hash[SECRET_PASSWORD_SIZE];
    bool is_new = false;
    int64_t id = 0;
    enum err_code code;

    password_first(person->password);
    code = secret_password_hash(person->password, &cheap, hash, err);
    if (code == ERR_OK && text_eq(staff->role, "partner"))
        code = find_guests(work, staff, err);
    if (code == ERR_OK)
        code = put_account(work, staff, hash, &id, &is_new, err);
    if (code == ERR_OK && is_new)
        code = add_grants(work, id, staff, err);
    if (code == ERR_OK && (text_eq(staff->role, "teacher") || text_eq(staff->role, "partner")))
        code = add_sheets(work, staff, person, err);
    if (code != ERR_OK)
        return code;
    person->username = arena_text(c->arena, staff->username);
    person->name = arena_text(c->arena, staff->name);
    person->role = staff->role;
    person->laestab = staff->laestab == NULL ? NULL : work->laestab;
    if (!text_empty(staff->pupil_upn))
        person->pupil_id = pupil_of(work, staff->pupil_upn);
    return person->username == NULL || person->name == NULL ? err_memory(err) : ERR_OK;
}

/* A partner school's teacher works with the main school's pupils. */
static const char *school_of(const struct demo_staff *staff)
{
    if (staff->laestab == NULL || text_eq(staff->role, "partner"))
        return demo_schools[DEMO_MAIN].laestab;
    return staff->laestab;
}

static enum err_code add_school(struct work *work, int school, struct demo_people *people,
        struct err *err)
{
    struct demo_staff staff;
    const char *laestab = demo_schools[school].laestab;
    enum err_code code = choose_school(work, laestab, err);

    if (code == ERR_OK)
        code = store_begin(work->context.store, err);
    for (size_t i = 0; code == ERR_OK && demo_staff(&work->demo, i, &staff); i++) {
        struct demo_person *items;

        if (!text_eq(school_of(&staff), laestab))
            continue;
        items = arena_grow(work->context.arena, people->items, people->n, sizeof(*items));
        if (items == NULL) {
            code = err_memory(err);
            break;
        }
        people->items = items;
        items[people->n] = (struct demo_person){ 0 };
        code = add_person(work, &staff, &items[people->n++], err);
    }
    if (code == ERR_OK)
        return store_commit(work->context.store, err);
    store_rollback(work->context.store);
    return code;
}

enum err_code demo_people_make(const char *path, struct date today, struct arena *arena,
        struct demo_people *ret_people, struct err *err)
{
    const struct context_options options = { .db = path,
        .mode = STORE_WRITE,
        .today = today,
        .who = "demo" };
    struct work work = { .demo = { .today = today } };
    struct demo_people people = { 0 };
    enum err_code code = context_open(&work.context, arena, &options, err);

    for (int school = 0; school < DEMO_SCHOOL_N && code == ERR_OK; school++)
        code = add_school(&work, school, &people, err);
    context_close(&work.context);
    if (code == ERR_OK)
        *ret_people = people;
    return code;
}
