#include "actions/fact_record.h"

#include "base/text.h"
#include "exchange/ctf_codes.h"
#include "exchange/ctf_write.h"

static const char *mark_text(int64_t mark, struct arena *arena, bool *failed)
{
    char buffer[TEXT_MILLI_SIZE];
    const char *text;

    if (mark == MARK_NONE)
        return NULL;
    text = arena_text(arena, text_from_milli(mark, buffer));
    *failed = *failed || text == NULL;
    return text;
}

enum err_code fact_record(const struct fact *fact, const char *upn, struct arena *arena,
        struct result_record *ret_record, struct err *err)
{
    char day[DATE_TEXT_SIZE];
    bool failed = false;

    *ret_record = (struct result_record){
        .upn = upn,
        .subject = fact->subject,
        .kind = fact_kind_name(fact->kind),
        .stage = fact->stage,
        .date = arena_text(arena, date_text(fact->date, day)),
        .review = fact->review,
        .grade = fact->grade,
        .mark = mark_text(fact->mark, arena, &failed),
        .max_mark = mark_text(fact->max_mark, arena, &failed),
        .scale = fact->scale,
        .source = fact->source,
        .origin = *fact->origin == '\0' ? NULL : fact->origin,
    };
    return failed || ret_record->date == NULL ? err_memory(err) : ERR_OK;
}

enum err_code fact_says(const struct fact *fact, const char *origin, struct arena *arena,
        bool *ret_says, struct err *err)
{
    struct result_record record;
    struct ctf_parts parts;
    const char *text = fact->origin;
    enum err_code code = ERR_OK;

    *ret_says = false;
    if (*text == '\0') {
        code = fact_record(fact, "", arena, &record, err);
        if (code != ERR_OK)
            return code;
        text = ctf_write_parts(&record, arena, &parts) ? ctf_origin_join(&parts, arena) : NULL;
        if (text == NULL)
            return err_memory(err);
    }
    *ret_says = text_eq(text, origin);
    return code;
}
