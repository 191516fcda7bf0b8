#include "demo/gather.h"

#include "base/text.h"
#include "check.h"
#include "pupils/pupil.h"

struct demo gather_demo(int school, const char *today)
{
    struct demo demo = { .school = school };

    CHECK_TRUE(today, date_parse_iso(today, &demo.today));
    return demo;
}

static void mix(struct fingerprint *print, const char *text)
{
    for (const char *at = text == NULL ? "(none)" : text; *at != '\0'; at++)
        print->hash = (print->hash ^ (unsigned char)*at) * 0x100000001B3u;
    print->hash = (print->hash ^ 0xFFu) * 0x100000001B3u;
}

static void mix_all(struct fingerprint *print, const char *const *texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mix(print, texts[i]);
}

static enum err_code on_pupil(void *data, const struct pupil_record *pupil, struct err *err)
{
    struct fingerprint *print = data;
    const char *const fields[] = { pupil->upn, pupil->former_upn, pupil->surname,
        pupil->forename, pupil->dob, pupil->sex };

    (void)err;
    print->pupils++;
    mix_all(print, fields, COUNT(fields));
    for (size_t i = 0; i < pupil->attribute_n; i++) {
        const struct attribute_record *of = &pupil->attributes[i];
        const char *const parts[] = { of->attribute, of->value, of->from, of->to };

        mix_all(print, parts, COUNT(parts));
    }
    for (size_t i = 0; i < pupil->contact_n; i++) {
        const struct contact_record *of = &pupil->contacts[i];
        const char *const parts[] = { of->order, of->surname, of->forename, of->relationship,
            of->phone, of->email, of->address };

        mix_all(print, parts, COUNT(parts));
    }
    return ERR_OK;
}

static enum err_code on_result(void *data, const struct result_record *result, struct err *err)
{
    struct fingerprint *print = data;
    const char *const fields[] = { result->upn, result->subject, result->kind, result->stage,
        result->date, result->review, result->grade, result->mark, result->max_mark,
        result->scale, result->source };

    (void)err;
    print->results++;
    mix_all(print, fields, COUNT(fields));
    return ERR_OK;
}

static enum err_code on_group(void *data, const struct group_record *group, struct err *err)
{
    struct fingerprint *print = data;
    const char *const fields[] = { group->upn, group->group, group->type, group->subject,
        group->from, group->to };

    (void)err;
    print->groups++;
    mix_all(print, fields, COUNT(fields));
    return ERR_OK;
}

static enum err_code on_school(void *data, const struct school_record *school, struct err *err)
{
    struct fingerprint *print = data;
    const char *const fields[] = { school->laestab, school->name, school->tag, school->from };

    (void)err;
    print->schools++;
    mix_all(print, fields, COUNT(fields));
    return ERR_OK;
}

static enum err_code on_national(void *data, const struct national_record *row, struct err *err)
{
    struct fingerprint *print = data;
    const char *const fields[] = { row->body, row->measure, row->subject, row->year,
        row->percent };

    (void)err;
    print->national++;
    mix_all(print, fields, COUNT(fields));
    return ERR_OK;
}

struct fingerprint gather_fingerprint(int school, const char *today)
{
    struct demo demo = gather_demo(school, today);
    struct fingerprint print = { .hash = 0xCBF29CE484222325u };
    struct sink sink = {
        .data = &print,
        .on_pupil = on_pupil,
        .on_result = on_result,
        .on_group = on_group,
        .on_school = on_school,
        .on_national = on_national,
    };
    struct err err = { 0 };

    CHECK_OK(today, demo_schools_emit(&demo, &sink, &err), &err);
    CHECK_OK(today, demo_pupils(&demo, &sink, &err), &err);
    CHECK_OK(today, demo_groups(&demo, &sink, &err), &err);
    CHECK_OK(today, demo_results(&demo, &sink, &err), &err);
    CHECK_OK(today, demo_national(&demo, &sink, &err), &err);
    return print;
}

const char *gather_attribute(const struct pupil_record *pupil, const char *attribute,
        struct date day)
{
    const char *value = "";
    int32_t latest = 0;

    for (size_t i = 0; i < pupil->attribute_n; i++) {
        struct date from = { 0 };

        if (!text_eq(pupil->attributes[i].attribute, attribute))
            continue;
        CHECK_TRUE(attribute, date_parse_iso(pupil->attributes[i].from, &from));
        if (from.ymd > day.ymd || from.ymd < latest)
            continue;
        latest = from.ymd;
        value = pupil->attributes[i].value;
    }
    return value;
}

bool gather_on_roll(const struct pupil_record *pupil, struct date day)
{
    struct date entry = { 0 };
    struct date leaving = { 0 };
    const char *left = gather_attribute(pupil, "leaving_date", day);

    CHECK_TRUE(pupil->upn, date_parse_iso(gather_attribute(pupil, "entry_date", day), &entry));
    if (left[0] != '\0')
        CHECK_TRUE(pupil->upn, date_parse_iso(left, &leaving));
    return pupil_on_roll(entry, leaving, day);
}
