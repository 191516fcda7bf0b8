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

/* A pair behind others; the value may be NULL. */
static void json_pair(struct buf *buf, const char *key, const char *value)
{
    buf_printf(buf, ",\"%s\":", key);
    escape_json(buf, value);
}

static void json_refused(struct buf *buf, const struct import_outcome *outcome)
{
    buf_add(buf, ",\"refused\":[");
    for (size_t i = 0; i < outcome->refused_n; i++) {
        const struct refusal *refusal = &outcome->refused[i];

        buf_printf(buf, "%s{\"row\":%ld", i == 0 ? "" : ",", refusal->row);
        json_pair(buf, "column", refusal->column);
        json_pair(buf, "value", refusal->value);
        json_pair(buf, "reason", refusal->reason);
        buf_add_char(buf, '}');
    }
    buf_add_char(buf, ']');
}

static void json_doubts(struct buf *buf, const struct import_outcome *outcome)
{
    buf_add(buf, ",\"to_confirm\":[");
    for (size_t i = 0; i < outcome->doubt_n; i++) {
        const struct doubt *doubt = &outcome->doubts[i];

        buf_printf(buf, "%s{\"row\":%ld", i == 0 ? "" : ",", doubt->row);
        json_pair(buf, "upn", doubt->upn);
        json_pair(buf, "name", doubt->name);
        json_pair(buf, "other_upn", doubt->other_upn);
        json_pair(buf, "other_name", doubt->other_name);
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
        json_pair(buf, "subject", alert->subject);
        json_pair(buf, "target", alert->target);
        json_pair(buf, "reason", alert->reason);
        json_pair(buf, "against", alert->against);
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
