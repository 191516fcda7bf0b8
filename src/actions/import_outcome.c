#include "actions/import_outcome.h"

#include <stdarg.h>
#include <stdio.h>

enum {
    SENTENCE = 480
};

/* A copy of a text that may be NULL; sets *failed when memory is out. */
static const char *copy(struct outcome_writer *writer, const char *text, bool *failed)
{
    const char *kept = arena_text(writer->arena, text == NULL ? "" : text);

    *failed = *failed || kept == NULL;
    return kept;
}

enum err_code outcome_refuse(struct outcome_writer *writer, const struct finding *where,
        struct err *err, const char *fmt, ...)
{
    struct import_outcome *outcome = writer->outcome;
    char reason[SENTENCE];
    struct refusal *refused;
    bool failed = false;
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(reason, sizeof(reason), fmt, args);
    va_end(args);
    refused = arena_grow(writer->arena, outcome->refused, outcome->refused_n, sizeof(*refused));
    if (refused == NULL)
        return err_memory(err);
    outcome->refused = refused;
    refused[outcome->refused_n] = (struct refusal){
        .row = where->row,
        .column = copy(writer, where->column, &failed),
        .value = copy(writer, where->value, &failed),
        .reason = copy(writer, reason, &failed),
    };
    if (failed)
        return err_memory(err);
    outcome->refused_n++;
    return ERR_OK;
}

static enum err_code add_sentence(struct outcome_writer *writer, const char ***list, size_t *n,
        const char *sentence, struct err *err)
{
    const char **more = arena_grow(writer->arena, *list, *n, sizeof(*more));

    if (more == NULL)
        return err_memory(err);
    *list = more;
    more[*n] = arena_text(writer->arena, sentence);
    if (more[*n] == NULL)
        return err_memory(err);
    (*n)++;
    return ERR_OK;
}

enum err_code outcome_note(struct outcome_writer *writer, struct err *err, const char *fmt, ...)
{
    char sentence[SENTENCE];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(sentence, sizeof(sentence), fmt, args);
    va_end(args);
    return add_sentence(writer, &writer->outcome->notes, &writer->outcome->note_n, sentence,
            err);
}

enum err_code outcome_kept(struct outcome_writer *writer, struct err *err, const char *fmt, ...)
{
    char sentence[SENTENCE];
    va_list args;

    va_start(args, fmt);
    (void)vsnprintf(sentence, sizeof(sentence), fmt, args);
    va_end(args);
    return add_sentence(writer, &writer->outcome->kept, &writer->outcome->kept_n, sentence,
            err);
}

enum err_code outcome_doubt(struct outcome_writer *writer, const struct doubt *doubt,
        struct err *err)
{
    struct import_outcome *outcome = writer->outcome;
    struct doubt *doubts =
            arena_grow(writer->arena, outcome->doubts, outcome->doubt_n, sizeof(*doubts));
    bool failed = doubts == NULL;

    if (failed)
        return err_memory(err);
    outcome->doubts = doubts;
    doubts[outcome->doubt_n] = (struct doubt){
        .row = doubt->row,
        .upn = copy(writer, doubt->upn, &failed),
        .name = copy(writer, doubt->name, &failed),
        .other_upn = copy(writer, doubt->other_upn, &failed),
        .other_name = copy(writer, doubt->other_name, &failed),
    };
    if (failed)
        return err_memory(err);
    outcome->doubt_n++;
    return ERR_OK;
}

/* They come nearly in order, so each moves a few places at most. */
void outcome_sort(struct import_outcome *outcome)
{
    for (size_t i = 1; i < outcome->refused_n; i++) {
        struct refusal refusal = outcome->refused[i];
        size_t at = i;

        for (; at > 0 && outcome->refused[at - 1].row > refusal.row; at--)
            outcome->refused[at] = outcome->refused[at - 1];
        outcome->refused[at] = refusal;
    }
}
