/*
 * gather: a sink that writes each record down as a line of text, for comparing.
 * NULL shows as `~`, so that it differs from "".
 */
#ifndef TESTS_EXCHANGE_GATHER_H
#define TESTS_EXCHANGE_GATHER_H

#include <stdlib.h>

#include "base/buf.h"
#include "check.h"
#include "exchange/record.h"
#include "exchange/source.h"

struct gather {
    struct arena arena;
    struct buf buf;
    size_t header_n, pupil_n, result_n, other_n, finding_n, note_n;
    bool rests;  /* also the XML of contacts and rests */
    bool sorted; /* rests by their path, not as they came */
    bool silent; /* only count */
};

static inline const char *seen(const char *text)
{
    return text == NULL ? "~" : text;
}

static inline enum err_code gather_header(void *data, const struct ctf_header *h,
        struct err *err)
{
    struct gather *g = data;

    (void)err;
    g->header_n++;
    if (g->silent)
        return ERR_OK;
    buf_printf(&g->buf, "header %s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s\n",
            seen(h->version), seen(h->qualifier), seen(h->descriptor), seen(h->supplier),
            seen(h->datetime), seen(h->source_lea), seen(h->source_estab), seen(h->source_name),
            seen(h->academic_year), seen(h->dest_lea), seen(h->dest_estab), seen(h->rest_xml),
            seen(h->document_name), seen(h->source_urn), seen(h->dest_urn));
    return ERR_OK;
}

static inline enum err_code gather_pupil(void *data, const struct pupil_record *p,
        struct err *err)
{
    struct gather *g = data;

    (void)err;
    g->pupil_n++;
    if (g->silent)
        return ERR_OK;
    buf_printf(&g->buf, "pupil %s|%s|%s|%s|%s|%s|%s", seen(p->upn), seen(p->former_upn),
            seen(p->surname), seen(p->forename), seen(p->dob), seen(p->sex), seen(p->laestab));
    for (size_t i = 0; i < p->attribute_n; i++)
        buf_printf(&g->buf, " %s=%s[%s,%s]", p->attributes[i].attribute, p->attributes[i].value,
                seen(p->attributes[i].from), seen(p->attributes[i].to));
    for (size_t i = 0; i < p->contact_n; i++)
        buf_printf(&g->buf, " contact(%s|%s|%s|%s|%s|%s|%s|%s|%s%s%s)",
                seen(p->contacts[i].order), seen(p->contacts[i].title),
                seen(p->contacts[i].surname), seen(p->contacts[i].forename),
                seen(p->contacts[i].relationship), seen(p->contacts[i].responsibility),
                seen(p->contacts[i].phone), seen(p->contacts[i].email),
                seen(p->contacts[i].address), g->rests ? "|" : "",
                g->rests ? seen(p->contacts[i].xml) : "");
    for (size_t i = 0; i < p->rest_n; i++) {
        const struct rest_record *rest = &p->rests[i];

        for (size_t k = 0; k < p->rest_n && g->sorted; k++) {
            size_t before = 0;

            for (size_t j = 0; j < p->rest_n; j++)
                before += strcmp(p->rests[j].path, p->rests[k].path) < 0;
            if (before == i)
                rest = &p->rests[k];
        }
        buf_printf(&g->buf, " rest(%s%s%s)", rest->path, g->rests ? " " : "",
                g->rests ? rest->xml : "");
    }
    buf_add_char(&g->buf, '\n');
    return ERR_OK;
}

static inline enum err_code gather_result(void *data, const struct result_record *r,
        struct err *err)
{
    struct gather *g = data;

    (void)err;
    g->result_n++;
    if (g->silent)
        return ERR_OK;
    buf_printf(&g->buf, "result %s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s\n", seen(r->upn),
            seen(r->subject), seen(r->kind), seen(r->stage), seen(r->date), seen(r->review),
            seen(r->grade), seen(r->mark), seen(r->max_mark), seen(r->scale), seen(r->source),
            seen(r->origin), seen(r->laestab));
    return ERR_OK;
}

static inline enum err_code gather_group(void *data, const struct group_record *r,
        struct err *err)
{
    struct gather *g = data;

    (void)err;
    g->other_n++;
    buf_printf(&g->buf, "group %s|%s|%s|%s|%s|%s|%s\n", seen(r->upn), seen(r->group),
            seen(r->type), seen(r->subject), seen(r->from), seen(r->to), seen(r->laestab));
    return ERR_OK;
}

static inline enum err_code gather_school(void *data, const struct school_record *r,
        struct err *err)
{
    struct gather *g = data;

    (void)err;
    g->other_n++;
    if (!g->silent)
        buf_printf(&g->buf, "school %s|%s|%s|%s|%s|%s\n", seen(r->laestab), seen(r->name),
                seen(r->phase), seen(r->tag), seen(r->from), seen(r->to));
    return ERR_OK;
}

static inline enum err_code gather_national(void *data, const struct national_record *r,
        struct err *err)
{
    struct gather *g = data;

    (void)err;
    g->other_n++;
    buf_printf(&g->buf, "national %s|%s|%s|%s|%s\n", seen(r->body), seen(r->measure),
            seen(r->subject), seen(r->year), seen(r->percent));
    return ERR_OK;
}

static inline enum err_code gather_finding(void *data, const struct finding *f, struct err *err)
{
    struct gather *g = data;

    (void)err;
    g->finding_n++;
    if (!g->silent)
        buf_printf(&g->buf, "finding %ld %s \"%s\": %s\n", f->row, seen(f->column),
                seen(f->value), f->reason);
    return ERR_OK;
}

static inline enum err_code gather_note(void *data, const char *text, struct err *err)
{
    struct gather *g = data;

    (void)err;
    g->note_n++;
    if (!g->silent)
        buf_printf(&g->buf, "note %s\n", text);
    return ERR_OK;
}

static inline enum err_code gather_history(void *data, const struct history_record *row,
        struct err *err)
{
    struct gather *g = data;

    (void)err;
    g->other_n++;
    if (!g->silent)
        buf_printf(&g->buf, "history %s|%s|%s|%s|%s\n", seen(row->upn), seen(row->attribute),
                seen(row->value), seen(row->from), seen(row->to));
    return ERR_OK;
}

static inline struct sink gather_sink(struct gather *gather)
{
    gather->buf = buf_make(&gather->arena, (size_t)64 << 20);
    return (struct sink){ gather, gather_header, gather_pupil, gather_result, gather_group,
        gather_history, gather_school, gather_national, gather_finding, gather_note };
}

static inline const char *gathered(struct gather *gather)
{
    return gather->buf.data == NULL ? "" : gather->buf.data;
}

static inline void gather_free(struct gather *gather)
{
    arena_free(&gather->arena);
}

/* The whole of a file in memory, NUL-terminated; NULL when there is none. Free with free(). */
static inline char *slurp(const char *path, size_t *ret_n)
{
    FILE *file = fopen(path, "rb");
    char *bytes = calloc(1, (size_t)4 << 20);

    if (file == NULL || bytes == NULL) {
        free(bytes);
        if (file != NULL)
            (void)fclose(file);
        return NULL;
    }
    *ret_n = fread(bytes, 1, ((size_t)4 << 20) - 1, file);
    (void)fclose(file);
    return bytes;
}

#endif
