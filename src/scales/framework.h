/*
 * framework: an assessment framework as data: scales, grades, points, subjects,
 * key stages, thresholds, measures.
 *
 * A framework is read from one or more files (data/frameworks/NAME/ *.framework,
 * embedded in the program; a folder named by the operator, or a file kept in the
 * school's database, replaces or adds to it). Nothing in C knows a level, a grade
 * or a subject by name: it asks here.
 *
 * Pure: the caller gives the bytes and an arena; a framework is never changed once
 * framework_finish has accepted it and may then be shared between threads.
 *
 * Units: points and numbers are thousandths (27 points = 27000). Steps count the
 * smallest rungs of a ladder (sub-levels, thirds of a grade).
 *
 * Two scales with the same metric measure the same thing in the same points (NC
 * sub-levels, P levels and decimal levels: metric "nc"), so their values may be
 * subtracted; others may not.
 */
#ifndef SCALES_FRAMEWORK_H
#define SCALES_FRAMEWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

enum {
    POINTS_NONE = INT32_MIN,
    STEP_NONE = INT16_MIN,
    LEVEL_NONE = INT16_MIN
};

/* One mark on a scale. No value: scale < 0. A 12-byte thing, passed by value. */
struct value {
    int32_t points; /* thousandths; POINTS_NONE when the value has none (a raw mark) */
    int32_t number; /* numeric scales: the number itself in thousandths; else 0 */
    int16_t scale;  /* index into framework.scales, or -1: no value */
    int16_t grade;  /* index into framework.grades, or -1 on a numeric scale */
};

#define VALUE_NONE ((struct value){ POINTS_NONE, 0, -1, -1 })

static inline bool value_is_set(struct value value)
{
    return value.scale >= 0;
}

/* On a scale that has points, so that it can be reckoned with. */
static inline bool value_has_points(struct value value)
{
    return value_is_set(value) && value.points != POINTS_NONE;
}

enum scale_kind {
    SCALE_GRADES, /* a list of grades */
    SCALE_NUMBER, /* a number between min and max: points = number x points_per_unit */
    SCALE_RAW,    /* a raw mark out of a maximum: no points of its own */
    SCALE_TEXT,   /* words without order (a comment) */
};

/* Why a grade does not count: it is recorded, but gives no value ("absent"). */
struct grade {
    const char *code; /* as shown: "2b", "A*", "P1i" */
    const char *name; /* in words, or NULL */
    int32_t points;   /* thousandths, or POINTS_NONE */
    int16_t scale;    /* index of its scale */
    int16_t step;     /* position on the ladder of its metric, or STEP_NONE */
    int16_t unit;  /* smallest rungs one whole grade of its kind spans: 1 for 4b and C+, 3 for C
                    */
    int16_t level; /* whole level: 4 for 4b, W 0, GCSE C 7; LEVEL_NONE */
    bool rung;     /* may be the nearest grade of a trajectory (4b yes, undivided 4 no) */
    bool status;   /* absent, disapplied ...: recorded, gives no value */
    bool wide;     /* stands for a stretch of the ladder (W for all P levels): another
                      rung at the same points is preferred to it */
    int16_t prior_level; /* the level it counts as where it is prior attainment (N at KS2: 2);
                            else the same as level */
    int16_t level2;      /* share of the Level 2 threshold, hundredths (20 = one GCSE A*-C) */
    int16_t level1;      /* the same of the Level 1 threshold */
};

struct scale {
    const char *code;   /* "nc" */
    const char *name;   /* "National Curriculum levels" */
    const char *metric; /* scales of one metric share points; never NULL */
    enum scale_kind kind;
    int first_grade, grade_n; /* in framework.grades, lowest first, then the statuses; a
                                 numeric scale has statuses only */
    int32_t min, max;         /* numeric: thousandths, both allowed */
    int32_t places;           /* numeric: decimal places allowed */
    int32_t show;             /* numeric: decimal places printed, see framework_shown_text;
                                 -1: as many as the number needs */
    int32_t points_per_unit;  /* numeric: thousandths of a point for one unit (6000 for decimal
                                 levels) */
    int32_t size; /* awards: size in GCSEs, thousandths (1000); 0 for other scales */
    int valid_from, valid_to; /* school years (end year), 0: no limit */
    const char *source;       /* where its numbers come from; never "" */
};

struct metric {
    const char *code;
    const char *unit_one, *unit_many; /* "sub-level", "sub-levels" */
    int32_t step_points;  /* points of one step: 2000 for nc; 0 when steps are uneven or none */
    int32_t level_points; /* points of one whole level: 6000 for nc; 0: none */
    int32_t step_from;    /* points at which step 1 begins: 6000 for nc */
    const char *part_one, *part_many; /* "third of a grade" where grades may be sub-divided,
                                         else NULL; see framework_step_word */
};

struct subject {
    const char *code; /* CBDS: "MAT" */
    const char *name; /* "Mathematics" */
    bool core;
    int order; /* as listed in the framework */
};

/* A subject whose value is the mean of others where it has none of its own: ENG from REA, WRI.
 */
struct derived {
    int16_t subject;
    int16_t from[4];
    int16_t from_n;
};

enum judged_by {
    JUDGE_ASSESSMENT,
    JUDGE_LIKELY
};

struct stage {
    const char *code;          /* "KS2"; also "Y4" for the end of one year */
    const char *name;          /* "Key Stage 2" */
    int first_year, last_year; /* NC years; R is 0, N2 -1, N1 -2 */
    int16_t previous[2]; /* stages whose result is the prior attainment, first choice first; -1
                            none */
    bool trajectory;     /* whether a line is drawn from prior attainment to target */
    enum judged_by judged_by; /* what "now" is: working at, or likely at the end */
    bool whole;               /* a key stage (KS2), not one year (Y4) */
};

/* Which scale a grade is read on when the file does not say. */
struct scale_rule {
    int16_t stage;   /* -1: any */
    int16_t subject; /* -1: any */
    int16_t scales[8];
    int16_t scale_n; /* tried in order */
};

/* A test's marks: mark >= from is that grade. */
struct boundary_set {
    const char *test; /* "KS2" ... name of the test, or NULL: the stage's own test */
    int16_t stage, subject;
    int year;         /* the school year's end year; 0: any (a named test used for years) */
    int32_t max_mark; /* whole marks; 0: not known */
    int16_t scale;
    int16_t decimal; /* numeric scale on which a mark inside a whole level is placed, or -1 */
    int16_t decimal_from; /* lowest level that is placed so; below it the grade itself counts */
    int boundary_n;
    const struct boundary *boundaries; /* ascending */
    const char *source;
};
struct boundary {
    int32_t from;  /* lowest whole mark of this grade */
    int16_t grade; /* index into framework.grades; -1: the grade from here up is not known */
};

enum measure_kind {
    MEASURE_THRESHOLD, /* level >= at_least in all subjects */
    MEASURE_PROGRESS,  /* level - prior level >= at_least in all subjects */
    MEASURE_AWARDS, /* sum of level2 shares >= at_least x 20, with and without named subjects */
    MEASURE_FORMULA, /* a formula says yes or no; stage -1: it asks about the years */
};

struct measure {
    const char *id;    /* "ks2-l4-eng-mat" */
    const char *label; /* "Level 4+ in English and mathematics at the end of Key Stage 2" */
    enum measure_kind kind;
    int16_t stage;             /* the horizon of the target or prediction, and of the result */
    int first_year, last_year; /* NC years counted */
    int16_t subjects[6];
    int16_t subject_n;
    int16_t at_least;              /* level, levels of progress, or number of awards */
    int16_t with[3], with_n;       /* awards: subjects that must be passed at level 2 */
    int16_t without[3], without_n; /* awards: subjects that must not */
    bool everybody;                /* everyone is counted, also those without a value */
    bool trajectory;  /* no target of this stage: the trajectory at its end serves */
    int16_t from;     /* progress: the stage of the prior result; -1: the pupil's own */
    int16_t no_prior; /* progress: without a prior result this level is enough, and a lower
                         one is not counted; 0: nobody without one is counted */
    int32_t floor, national_target; /* thousandths of a percent; 0: none is known */
    const char *formula;            /* formula: its text, else NULL */
    const char *source;
};

/* A word that a file may use for where a result comes from, and which is believed first. */
struct source_rank {
    const char *code; /* "TT" */
    int rank;         /* lower is believed first */
};

struct framework {
    const char *code, *name;
    const struct metric *metrics;
    int metric_n;
    const struct scale *scales;
    int scale_n;
    const struct grade *grades;
    int grade_n;
    const struct subject *subjects;
    int subject_n;
    const struct derived *derived;
    int derived_n;
    const struct stage *stages;
    int stage_n;
    const struct scale_rule *rules;
    int rule_n;
    const struct boundary_set *boundary_sets;
    int boundary_set_n;
    const struct measure *measures;
    int measure_n;
    const struct source_rank *sources;
    int source_n;
    struct framework_index *index; /* hash tables behind the functions below */
};

/*
 * Read one file into `draft`; several may follow one another (a school's own scale
 * after england-2008). A later scale, subject, stage or measure of the same code
 * replaces the earlier one. The format is described in docs/manual/frameworks.md.
 *
 * framework_begin gives NULL when memory is out; framework_read and framework_finish
 * take that and report it. A draft that one file was refused of cannot be finished.
 *
 * Errors: ERR_INVALID with file, row (the line) and the reason; ERR_MEMORY. The bytes
 * need not outlive the call.
 */
struct framework_draft;
struct framework_draft *framework_begin(struct arena *arena);
MUST_USE enum err_code framework_read(struct framework_draft *draft, const char *file,
        const char *bytes, size_t n, struct err *err);

/*
 * Check the whole (every name used is defined, points ascend, steps ascend ...) and
 * freeze it. The framework lives in the arena of framework_begin. Errors as above.
 */
MUST_USE enum err_code framework_finish(struct framework_draft *draft,
        const struct framework **ret_framework, struct err *err);

/* Indexes by code (ASCII case and spaces ignored; subjects also by name and alias); -1 when
   unknown or NULL. */
int framework_scale(const struct framework *fw, const char *code);
int framework_subject(const struct framework *fw, const char *code_or_name);
int framework_stage(const struct framework *fw, const char *code);
int framework_measure(const struct framework *fw, const char *id);
int framework_metric(const struct framework *fw, const char *code);

/* The rank of a source word (TT before TA); words not listed rank between. */
enum {
    SOURCE_RANK_OTHER = 50
};
int framework_source_rank(const struct framework *fw, const char *source);

/* The whole key stage that NC year `year` lies in, -1 if none. */
int framework_stage_of_year(const struct framework *fw, int year);

/*
 * Read `text` as a grade ("2B", "L2b", "Level 2b", "4.5", "A*", "105"). `scale` is
 * the scale's index, or -1: the scale rules for `stage` and `subject` (each may be
 * -1) choose. Harmless variants (case, spaces, "L" before a level) are accepted.
 * A status ("A" absent) gives a value with points POINTS_NONE.
 *
 * Errors: ERR_INVALID, the message says "3d is not a grade of National Curriculum
 * levels", the hint which grades there are or what was probably meant.
 */
MUST_USE enum err_code framework_read_grade(const struct framework *fw, int scale, int stage,
        int subject, const char *text, struct value *ret_value, struct err *err);

/* A raw mark turned into a value by the test's boundaries of that school year.
   ERR_NOT_FOUND when there are none; ERR_INVALID when the mark is outside the test. */
MUST_USE enum err_code framework_read_mark(const struct framework *fw, int stage, int subject,
        const char *test, int school_year, int64_t mark_milli, struct value *ret_value,
        struct err *err);

/* Fast path for stored facts: exact scale code and canonical grade text, as
   framework_value_text wrote it. No value when it is unknown. */
struct value framework_stored(const struct framework *fw, const char *scale, const char *grade);

/*
 * The canonical text of a value: the grade's code, or the number with no more decimals than
 * it needs and no fewer than its scale shows ("4.0" is a decimal level, "4" an undivided
 * one). "" for no value. The result is the grade's own text or lives in buffer.
 */
enum {
    VALUE_TEXT_SIZE = 24
};
const char *framework_value_text(const struct framework *fw, struct value value,
        char buffer[VALUE_TEXT_SIZE]);

/*
 * The text of a value for a reader: the grade's code, or the number with its scale's `show`
 * places and cut, not rounded, where rounding would show the next whole number: the decimal
 * level 4.96 is "4.9", 4.49 is "4.5" (contract 3.2).
 */
const char *framework_shown_text(const struct framework *fw, struct value value,
        char buffer[VALUE_TEXT_SIZE]);

/* Whether both values have points and share a metric, so that points may be compared. */
bool framework_comparable(const struct framework *fw, struct value a, struct value b);
const struct metric *framework_metric_of(const struct framework *fw, struct value value);

/*
 * Position on the ladder in smallest steps; STEP_NONE when there is none. An
 * undivided level stands at its b, a decimal level at the sub-level of its band.
 */
int framework_step(const struct framework *fw, struct value value);

/*
 * Steps from b up to a (positive: a is higher), in the finer unit of the two: sub-
 * levels; whole GCSE grades, or thirds where either is sub-divided. *ret_steps is set
 * only when true is returned: both have steps and share a metric.
 */
bool framework_steps(const struct framework *fw, struct value a, struct value b,
        int *ret_steps);

/* What framework_steps counted for these two: "sub-level", "grade", "third of a grade", in
   the singular when steps is 1 or -1; "" when they have no steps in common. */
const char *framework_step_word(const struct framework *fw, struct value a, struct value b,
        int steps);

/* Whole level (LEVEL_NONE when there is none); level of points by the metric's bands. */
int framework_level(const struct framework *fw, struct value value);

/* The whole level that a value counts as where progress is reckoned from it: N and B in a
   KS2 test count as level 2 for the three levels to GCSE (domain-numbers 1.9). */
int framework_prior_level(const struct framework *fw, struct value value);

int framework_level_of_points(const struct framework *fw, const char *metric, int32_t points);

/*
 * The rung nearest to `points` among the rungs of `like`'s scale and, where it is
 * another scale of the metric, of `also`'s (VALUE_NONE: none); a tie goes to the higher.
 * A numeric scale borrows the rungs of the first scale of its metric that has any; without
 * one, the result is the number itself. No value when `like` is none or has no rungs.
 */
struct value framework_nearest(const struct framework *fw, struct value like, struct value also,
        int32_t points);

/* The two neighbouring rungs around `points`; the same rung twice where it falls exactly
   on one or outside the ladder, or where the scale has no rungs. */
void framework_pair(const struct framework *fw, struct value like, struct value also,
        int32_t points, struct value *ret_lower, struct value *ret_upper);

/* Years as schools write them: "N1" "N2" "R" "1" .. "13"; -2, -1, 0, 1 .. 13. */
MUST_USE bool framework_year_parse(const char *text, int *ret_year);
const char *framework_year_text(int year); /* "5", "R" */

#endif
