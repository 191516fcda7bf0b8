/*
 * outcome_json: what an import did, as the command line and the web answer it.
 */
#ifndef ACTIONS_OUTCOME_JSON_H
#define ACTIONS_OUTCOME_JSON_H

#include "actions/import.h"
#include "base/buf.h"

/*
 * {"id":12,"kind":"results","file":...,"preview":false,"added":...,"unchanged":...,
 * "superseded":...,"refused":[...],"to_confirm":[...],"notes":[...],"kept":[...],
 * "alerts":[...]}; id null when nothing was written.
 */
void outcome_json(struct buf *buf, const struct import_outcome *outcome);

#endif
