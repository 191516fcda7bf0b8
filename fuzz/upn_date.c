/*
 * Fuzz target: UPNs, ULNs and dates. What is accepted must read the same again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "pupils/upn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[64] = "";
    char reason[UPN_REASON_SIZE];
    char again[DATE_TEXT_SIZE];
    struct date date, same;
    enum upn_kind kind;

    memcpy(text, data, size < sizeof(text) ? size : sizeof(text) - 1);
    if (date_parse(text, &date)) {
        if (!date_parse_iso(date_text(date, again), &same) || same.ymd != date.ymd)
            abort();
        if (date_from_number(date_number(date)).ymd != date.ymd)
            abort();
    }
    if (uln_check(text, reason) != (reason[0] == '\0'))
        abort();
    kind = upn_check(text, reason);
    if ((kind == UPN_WRONG) != (reason[0] != '\0'))
        abort();
    upn_normalise(text);
    if (kind != UPN_WRONG && (upn_check(text, NULL) != kind || upn_letter(text + 1) != text[0]))
        abort();
    if (kind != UPN_WRONG)
        (void)upn_la_known(text);
    return 0;
}
