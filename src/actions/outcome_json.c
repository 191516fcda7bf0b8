#include "actions/outcome_json.h"

#include "reports/render/escape.h"

static void json_texts(struct buf *buf, const char *key, const char **texts, size_t n)
{
    buf_printf(buf, ",\"%s\":[", key);
    for (size_t i = 0; i < n; i++) {
        buf_add(buf, i == 0 ? "" : ",");
        escape_json(buf, texts[i]);
    }
    buf_add_char(buf, ']');
}

static void json_refused(struct buf *buf, const struct import_outcome *outcome)
{
    buf_add(buf, ",\"refused\":[");
    for (size_t i = 0; i < outcome->refused_n; i++) {
        const struct refusal *refusal = &outcome->refused[i];

        buf_printf(buf, "%s{\"row\":%ld,\"column\":", i == 0 ? "" : ",", refusal->row);
        escape_json(buf, refusal->column);
        buf_add(buf, ",\"value\":");
        escape_json(buf, refusal->value);
        buf_add(buf, ",\"reason\":");
        escape_json(buf, refusal->reason);
        buf_add_char(buf, '}');
    }
    buf_add_char(buf, ']');
}

static void json_doubts(struct buf *buf, const struct import_outcome *outcome)
{
    buf_add(buf, ",\"to_confirm\":[");
    for (size_t i = 0; i < outcome->doubt_n; i++) {
        const struct doubt *doubt = &outcome->doubts[i];

        buf_printf(buf, "%s{\"row\":%ld,\"upn\":", i == 0 ? "" : ",", doubt->row);
        escape_json(buf, doubt->upn);
        buf_add(buf, ",\"name\":");
        escape_json(buf, doubt->name);
        buf_add(buf, ",\"other_upn\":");
        escape_json(buf, doubt->other_upn);
        buf_add(buf, ",\"other_name\":");
        escape_json(buf, doubt->other_name);
        buf_add_char(buf, '}');
    }
    buf_add_char(buf, ']');
}

static void json_alerts(struct buf *buf, const struct import_outcome *outcome)
{
    buf_add(buf, ",\"alerts\":[");
    for (size_t i = 0; i < outcome->alert_n; i++) {
        const struct outcome_alert *alert = &outcome->alerts[i];

        buf_add(buf, i == 0 ? "{\"upn\":" : ",{\"upn\":");
        escape_json(buf, alert->upn);
        buf_add(buf, ",\"subject\":");
        escape_json(buf, alert->subject);
        buf_add(buf, ",\"target\":");
        escape_json(buf, alert->target);
        buf_add(buf, ",\"reason\":");
        escape_json(buf, alert->reason);
        buf_add(buf, ",\"against\":");
        escape_json(buf, alert->against);
        buf_add_char(buf, '}');
    }
    buf_add_char(buf, ']');
}

void outcome_json(struct buf *buf, const struct import_outcome *outcome)
{
    if (outcome->id == 0)
        buf_add(buf, "{\"id\":null");
    else
        buf_printf(buf, "{\"id\":%lld", (long long)outcome->id);
    buf_add(buf, ",\"kind\":");
    escape_json(buf, file_kind_name(outcome->kind));
    buf_add(buf, ",\"file\":");
    escape_json(buf, outcome->file);
    buf_printf(buf, ",\"preview\":%s,\"added\":%lld,\"unchanged\":%lld,\"superseded\":%lld",
            outcome->preview ? "true" : "false", (long long)outcome->added,
            (long long)outcome->unchanged, (long long)outcome->superseded);
    json_refused(buf, outcome);
    json_doubts(buf, outcome);
    json_texts(buf, "notes", outcome->notes, outcome->note_n);
    json_texts(buf, "kept", outcome->kept, outcome->kept_n);
    json_alerts(buf, outcome);
    buf_add_char(buf, '}');
}
