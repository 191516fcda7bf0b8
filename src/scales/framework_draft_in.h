/*
 * framework_draft_in: from the lines of a file to a framework, for the files of src/scales
 * only.
 *
 * Reading goes in three steps. framework_line.c cuts a line into words; framework_read.c
 * checks them against a table of directives and keeps an `item` for each; framework_check.c,
 * framework_rules.c and boundaries.c turn the items into the arrays of struct framework,
 * when every file has been read and names can be resolved.
 */
#ifndef SCALES_FRAMEWORK_DRAFT_IN_H
#define SCALES_FRAMEWORK_DRAFT_IN_H

#include "scales/framework_in.h"

/* Limits of one file and of the whole, so that a hostile file stays cheap. */
enum {
    LINE_MAX_BYTES = 4096,
    FILE_MAX_LINES = 20000,
    KIND_MAX_ITEMS = 2000,
    ALL_MAX = 30000
};
enum {
    LINE_MAX_WORDS = 40
};

enum directive {
    DIRECTIVE_FRAMEWORK,
    DIRECTIVE_METRIC,
    DIRECTIVE_SCALE,
    DIRECTIVE_GRADE,
    DIRECTIVE_STATUS,
    DIRECTIVE_SUBJECT,
    DIRECTIVE_DERIVE,
    DIRECTIVE_STAGE,
    DIRECTIVE_RULE,
    DIRECTIVE_SOURCE,
    DIRECTIVE_BOUNDARIES,
    DIRECTIVE_MEASURE,
    DIRECTIVE__MAX,
};

enum key {
    KEY_ALIAS,
    KEY_AT_LEAST,
    KEY_BANDS,
    KEY_CORE,
    KEY_DECIMAL,
    KEY_DECIMAL_FROM,
    KEY_EVERYBODY,
    KEY_FIRST_STEP,
    KEY_FLOOR,
    KEY_FORMULA,
    KEY_FROM,
    KEY_JUDGED_BY,
    KEY_KIND,
    KEY_LEVEL,
    KEY_LEVEL1,
    KEY_LEVEL2,
    KEY_MANY,
    KEY_MAX,
    KEY_METRIC,
    KEY_MIN,
    KEY_NATIONAL_TARGET,
    KEY_NO_PRIOR,
    KEY_ONE,
    KEY_PART_MANY,
    KEY_PART_ONE,
    KEY_PLACES,
    KEY_POINTS,
    KEY_POINTS_PER_UNIT,
    KEY_PREFIX,
    KEY_PREVIOUS,
    KEY_PRIOR_LEVEL,
    KEY_RANK,
    KEY_RUNG,
    KEY_SCALES,
    KEY_SHOW,
    KEY_SIZE,
    KEY_SOURCE,
    KEY_STAGE,
    KEY_STAGES,
    KEY_STEP,
    KEY_SUBJECT,
    KEY_SUBJECTS,
    KEY_TEST,
    KEY_TO,
    KEY_TRAJECTORY,
    KEY_UNIT,
    KEY_WHOLE,
    KEY_WIDE,
    KEY_WITH,
    KEY_WITHOUT,
    KEY_YEAR,
    KEY_YEARS,
};

/* One word of a line: `key=value`, or only a value (key NULL). */
struct word {
    const char *key;
    char *value;
};
struct line {
    long row;
    struct word words[LINE_MAX_WORDS];
    int word_n;
};

/* What one key of an item said, already checked. */
struct field {
    enum key key;
    const char *text;
    const char *const *list; /* the parts of a list */
    int64_t a, b; /* a number, yes/no, the index of a choice, a list's length; years a to b */
};

/* One directive that was accepted. */
struct item {
    enum directive directive;
    const char *code, *name; /* name: NULL when none was given */
    const char *file;
    long row;
    int file_no;
    const struct field *fields;
    int field_n;
    struct item *child, *last_child, *next; /* a scale's grades and statuses, as listed */
};

struct items {
    struct item **list;
    int n;
};

struct framework_draft {
    struct arena *arena;
    struct items items[DIRECTIVE__MAX];
    int file_n;
    bool refused; /* a file was not accepted: nothing may be made of this draft */
};

/* framework_line.c: cut one line (without its end) into words, in place. */
MUST_USE enum err_code line_split(char *text, const char *file, struct line *line,
        struct err *err);

/* framework_keys.c: which words and keys a directive may have. */
enum key_type {
    KEY_TYPE_TEXT,
    KEY_TYPE_NUMBER, /* up to three decimals, held in thousandths */
    KEY_TYPE_WHOLE,
    KEY_TYPE_YES_NO,
    KEY_TYPE_YEARS,
    KEY_TYPE_LIST,   /* at most `max` entries */
    KEY_TYPE_CHOICE, /* one of `choices`, counted from 0 */
};

struct key_spec {
    enum key key;
    const char *word;
    enum key_type type;
    bool needed;
    int32_t min, max; /* of numbers, in units */
    const char *const *choices;
};
struct directive_spec {
    const char *word;
    int code, name; /* words without a key: 0 not allowed, 1 allowed, 2 needed */
    const struct key_spec *keys;
    size_t key_n;
};

/* By enum directive. */
extern const struct directive_spec directive_specs[DIRECTIVE__MAX];

/* The file being read. */
struct reading {
    struct framework_draft *draft;
    const char *file;
    struct line line;
    struct item *scale; /* the scale that grades now belong to */
    struct err *err;
};

/* Refuse with the file and the line being read. */
enum err_code reading_refuse(struct reading *r, const char *fmt, ...) PRINTF(2, 3);

/* Check what a key says; `text` is changed and kept. */
MUST_USE enum err_code read_value(struct reading *r, const struct key_spec *spec, char *text,
        struct field *field);

/* framework_item.c: what an item says; the fallback where it does not. */
const struct field *item_field(const struct item *item, enum key key);
int64_t item_number(const struct item *item, enum key key, int64_t fallback);
const char *item_text(const struct item *item, enum key key);
/* A list's entry number i, or NULL behind its end. */
const char *item_entry(const struct item *item, enum key key, int i);
/* Refuse with the item's file and line. */
enum err_code item_refuse(const struct item *item, struct err *err, const char *fmt, ...)
        PRINTF(3, 4);

/* What framework_finish works on: the framework so far, writable. */
struct making {
    struct framework_draft *draft;
    struct arena *arena;
    struct framework *fw;
    struct framework_index *index;
    struct metric *metrics; /* fw->metrics, writable */
    struct err *err;
};

/* Room for n things, at least one; on failure *making->err is set and the result is NULL. */
void *making_array(struct making *making, size_t n, size_t size);
/* Enter a name; refused when something else of the scope has it. */
MUST_USE enum err_code making_name(struct making *making, const struct item *item, int scope,
        const char *name, int index);
/* The index of the name that `key` of `item` gives, -1 where the key is not there. */
MUST_USE enum err_code making_find(struct making *making, const struct item *item, int scope,
        const char *name, int16_t *ret_index);
/* A list of such names into `indexes`; *ret_n is its length, 0 where the key is not there. */
MUST_USE enum err_code making_find_all(struct making *making, const struct item *item,
        int scope, enum key key, int16_t *indexes, int16_t *ret_n);

/* framework_rules.c and boundaries.c: the parts of framework_finish that need every name. */
MUST_USE enum err_code making_stages(struct making *making);
MUST_USE enum err_code making_rules(struct making *making);
MUST_USE enum err_code making_measures(struct making *making);
MUST_USE enum err_code making_boundaries(struct making *making);

#endif
