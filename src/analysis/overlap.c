#include "analysis/overlap.h"

#include <string.h>

#include "base/text.h"

/* ---- reading ---- */

struct piece {
    const char *start, *colon, *end; /* colon NULL: no name */
};

/* Up to the next semicolon outside quotation marks. */
static struct piece next_piece(const char *at)
{
    struct piece piece = { .start = at };
    char quote = '\0';

    for (; *at != '\0' && (quote != '\0' || *at != ';'); at++) {
        if (quote != '\0')
            quote = *at == quote ? '\0' : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        else if (*at == ':' && piece.colon == NULL)
            piece.colon = at;
    }
    piece.end = at;
    return piece;
}

/* Which set it is, for messages. */
static enum err_code refuse(struct err *err, size_t set, const char *what, const char *hint)
{
    (void)err_set(err, ERR_INVALID, "set %zu: %s", set + 1, what);
    return err_hint(err, "%s", hint);
}

/* Blanks for everything before the formula, line breaks kept, one for each character. */
static char *pad(struct arena *arena, const char *text, const char *from, const char *end)
{
    char *padded = arena_alloc(arena, (size_t)(end - text) + 1);
    size_t n = 0;

    if (padded == NULL)
        return NULL;
    for (; text < from; text++) {
        if (((unsigned char)*text & 0xC0) != 0x80)
            padded[n++] = *text == '\n' ? '\n' : ' ';
    }
    memcpy(padded + n, from, (size_t)(end - from));
    padded[n + (size_t)(end - from)] = '\0';
    return padded;
}

static enum err_code check_name(const struct overlap_sets *sets, const char *name, size_t i,
        struct err *err)
{
    if (*name == '\0')
        return refuse(err, i, "there is no name before the colon",
                "Write NAME: FORMULA, or the formula alone.");
    if (text_width(name) > OVERLAP_NAME)
        return refuse(err, i, "the name is too long", "A name has at most 60 characters.");
    for (size_t k = 0; k < i; k++) {
        if (text_eq_fold(sets->sets[k].name, name))
            return refuse(err, i, "another set has the same name",
                    "Give each set a name of its own.");
    }
    return ERR_OK;
}

/* What a set without a name is called: its formula, cut where it is long. */
static const char *own_name(struct arena *arena, const char *formula, size_t i)
{
    char name[4 * OVERLAP_NAME];

    if (text_width(formula) <= OVERLAP_NAME)
        return formula;
    (void)text_copy(name, OVERLAP_NAME - 10, formula);
    return arena_printf(arena, "%s\xE2\x80\xA6 (set %zu)", name, i + 1);
}

static enum err_code read_one(struct arena *arena, const char *text, const struct piece *piece,
        struct overlap_sets *sets, struct err *err)
{
    const char *from = piece->colon == NULL ? piece->start : piece->colon + 1;
    struct overlap_set *set = &sets->sets[sets->n];
    char *shown = arena_bytes(arena, from, (size_t)(piece->end - from));
    char *name = piece->colon == NULL ? NULL
                                      : arena_bytes(arena, piece->start,
                                                (size_t)(piece->colon - piece->start));

    set->formula = pad(arena, text, from, piece->end);
    if (shown == NULL || set->formula == NULL || (piece->colon != NULL && name == NULL))
        return err_memory(err);
    set->shown = text_trim(shown);
    if (*set->shown == '\0')
        return refuse(err, sets->n, "there is no formula",
                "Write NAME: FORMULA; NAME: FORMULA.");
    set->name = name != NULL ? text_trim(name) : own_name(arena, set->shown, sets->n);
    return set->name == NULL ? err_memory(err) : check_name(sets, set->name, sets->n, err);
}

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

enum err_code overlap_read(struct arena *arena, const char *text, struct overlap_sets *ret_sets,
        struct err *err)
{
    struct overlap_sets sets = { .n = 0 };
    const char *at = text;

    if (strlen(text) > FORMULA_BYTES) {
        (void)err_set(err, ERR_INVALID, "the sets are too long");
        return err_hint(err, "They have at most %d bytes together.", FORMULA_BYTES);
    }
    while (!is_blank(at)) {
        struct piece piece = next_piece(at);
        enum err_code code;

        if (sets.n == OVERLAP_MOST) {
            (void)err_set(err, ERR_INVALID, "there are more than %d sets", OVERLAP_MOST);
            return err_hint(err, "Nobody can read more: leave some out.");
        }
        code = read_one(arena, text, &piece, &sets, err);
        if (code != ERR_OK)
            return code;
        sets.n++;
        at = *piece.end == ';' ? piece.end + 1 : piece.end;
    }
    if (sets.n < OVERLAP_LEAST) {
        (void)err_set(err, ERR_INVALID, "an overlap needs at least two sets");
        return err_hint(err, "Put a semicolon between them: NAME: FORMULA; NAME: FORMULA.");
    }
    *ret_sets = sets;
    return ERR_OK;
}

/* ---- counting ---- */

size_t overlap_bits(unsigned mask)
{
    size_t n = 0;

    for (; mask != 0; mask &= mask - 1)
        n++;
    return n;
}

enum err_code overlap_make(struct arena *arena, const uint8_t *const *answers, size_t set_n,
        size_t pupil_n, struct overlap *ret_overlap, struct err *err)
{
    struct overlap out = { .set_n = set_n };

    out.region = arena_array(arena, pupil_n + 1, sizeof(*out.region));
    if (out.region == NULL)
        return err_memory(err);
    for (size_t p = 0; p < pupil_n; p++) {
        unsigned mask = 0;
        bool missing = false;

        for (size_t i = 0; i < set_n; i++) {
            mask |= answers[i][p] == ANSWER_YES ? 1u << i : 0;
            missing = missing || answers[i][p] == ANSWER_MISSING;
            out.without[i] += answers[i][p] == ANSWER_MISSING;
        }
        out.region[p] = missing ? OVERLAP_OUT : (uint8_t)mask;
        out.left_out += missing;
        out.counted += !missing;
        if (!missing)
            out.counts[mask]++;
        for (size_t i = 0; i < set_n && !missing; i++)
            out.sizes[i] += (mask >> i & 1u) != 0;
    }
    *ret_overlap = out;
    return ERR_OK;
}

/* What hiding the other three corners of a square costs, in pupils; INT64_MAX where no pupil
   could be moved along its sides, so that its counts could be worked out. */
static int64_t price(const struct overlap *overlap, const bool *hidden, unsigned mask,
        unsigned i, unsigned j)
{
    const unsigned others[] = { mask ^ i, mask ^ j, mask ^ i ^ j };
    bool moves = (overlap->counts[others[0]] > 0 && overlap->counts[others[1]] > 0) ||
                 overlap->counts[others[2]] > 0;
    int64_t sum = 0;

    for (size_t k = 0; k < COUNT(others); k++)
        sum += hidden[others[k]] ? 0 : overlap->counts[others[k]];
    return moves ? sum : INT64_MAX;
}

/* Hide the cheapest square around a region; false when there is none. */
static bool hide_square(const struct overlap *overlap, unsigned mask, bool *hidden)
{
    unsigned regions = 1u << overlap->set_n;
    int64_t least = INT64_MAX;
    unsigned first = 0;
    unsigned second = 0;

    for (unsigned i = 1; i < regions; i <<= 1) {
        for (unsigned j = i << 1; j < regions; j <<= 1) {
            int64_t cost = price(overlap, hidden, mask, i, j);

            if (cost >= least)
                continue;
            least = cost;
            first = i;
            second = j;
        }
    }
    if (least == INT64_MAX)
        return false;
    hidden[mask ^ first] = hidden[mask ^ second] = hidden[mask ^ first ^ second] = true;
    return true;
}

bool overlap_hide(const struct overlap *overlap, int64_t most, bool hidden[OVERLAP_REGIONS])
{
    unsigned regions = 1u << overlap->set_n;
    bool any = false;
    bool all = false;

    for (unsigned mask = 0; mask < OVERLAP_REGIONS; mask++) {
        hidden[mask] =
                mask < regions && overlap->counts[mask] > 0 && overlap->counts[mask] <= most;
        any = any || hidden[mask];
    }
    for (unsigned mask = 0; mask < regions && !all; mask++) {
        if (overlap->counts[mask] > 0 && overlap->counts[mask] <= most)
            all = !hide_square(overlap, mask, hidden);
    }
    for (unsigned mask = 0; mask < regions && all; mask++)
        hidden[mask] = true;
    return any;
}

/* ---- regions by letters ---- */

const char *overlap_letters(unsigned mask, char buffer[OVERLAP_LETTERS_SIZE])
{
    size_t n = 0;

    if (mask == 0)
        return "none";
    for (size_t i = 0; i < OVERLAP_MOST; i++) {
        if ((mask >> i & 1u) != 0)
            buffer[n++] = (char)('A' + i);
    }
    buffer[n] = '\0';
    return buffer;
}

enum err_code overlap_ask(const char *text, size_t set_n, struct overlap_asked *ret_asked,
        struct err *err)
{
    struct overlap_asked asked = { 0 };
    size_t n = strlen(text);

    if (text_eq_fold(text, "none")) {
        *ret_asked = asked;
        return ERR_OK;
    }
    asked.more = n > 1 && text[n - 1] == '+';
    for (size_t i = 0; i < n - asked.more; i++) {
        size_t set = (size_t)((text[i] & ~0x20) - 'A');
        bool known = (text[i] & 0xC0) == 0x40 && set < set_n;

        if (known)
            asked.mask |= 1u << set;
        if (!known) {
            (void)err_set(err, ERR_NOT_FOUND, "there is no part %.20s", text);
            return err_hint(err,
                    "The sets are A to %c: A is those in the first set alone, AB those in the "
                    "first two alone, A+ everybody in the first, none those in no set.",
                    (char)('A' + set_n - 1));
        }
    }
    *ret_asked = asked;
    return ERR_OK;
}
