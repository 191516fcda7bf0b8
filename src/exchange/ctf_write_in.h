/*
 * ctf_write_in: the parts of a Pupil element, built as a tree before it is written.
 */
#ifndef EXCHANGE_CTF_WRITE_IN_H
#define EXCHANGE_CTF_WRITE_IN_H

#include "exchange/record.h"
#include "exchange/xml.h"

/* A Pupil being built. Memory running out is kept and asked for once, at the end. */
struct drawing {
    struct arena *arena;
    const struct pupil_record *pupil;
    const struct result_record *results;
    size_t result_n;
    bool sex;
    bool failed;
    struct xml_node **kept; /* the rests as trees, one list each, by place in pupil->rests */
    bool *used;
};

/* A new element behind the last child of `parent` (NULL: none); never NULL unless failed. */
struct xml_node *draw(struct drawing *drawing, struct xml_node *parent, const char *name,
        const char *text);

/* The kept elements of that name (a list), marked as used; NULL when there are none. */
struct xml_node *drawing_kept(struct drawing *drawing, const char *name);

/* BasicDetails, the histories and LookedAfter: the kept element with what has changed, a new
   one, or NULL when there is nothing to say. */
struct xml_node *draw_details(struct drawing *drawing);
struct xml_node *draw_fsm(struct drawing *drawing);
struct xml_node *draw_sen(struct drawing *drawing);
struct xml_node *draw_care(struct drawing *drawing);

/* The StageAssessments element, or NULL. Errors: ERR_MEMORY. */
MUST_USE enum err_code draw_results(struct drawing *drawing, struct xml_node **ret_node,
        struct err *err);

#endif
