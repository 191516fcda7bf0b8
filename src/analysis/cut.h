/*
 * cut: pupils divided by a characteristic, for every analysis (D2.3).
 *
 * Pure. A cut gives each pupil one value ("F"), several (groups), or none. What the
 * values are:
 *
 *   gender, sen, ethnicity,       the code on record; "unclassified" where there is none
 *     registration, house
 *   fsm, pupil-premium,           "Y", "N" (pupils/pupil.h says what is yes); "unclassified"
 *     looked-after, gifted
 *   ethnicity-main                "white", "mixed", "asian", "black", "chinese", "other" by the
 *                                 first letter of the code; "unclassified" for refused and not
 *                                 obtained (REFU, NOBT) or any other code
 *   eal                           from the first language: "N" for English or believed
 *                                 English (ENG, ENB), "unclassified" for refused, not obtained,
 *                                 pending (REF, NOT, ZZZ) or none, else "Y"
 *   prior-band                    "low", "middle", "high" of cohort_prior_band; none without a
 *                                 prior result
 *   birth-term                    "autumn" September to December, "spring" January to April,
 *                                 "summer" May to August (domain-numbers 7.1)
 *   birth-month                   "09" .. "12", "01" .. "08", in the order of the school year
 *   mobility                      "mobile", "settled" of cohort_mobility; none outside Years 1
 *                                 to 11
 *   year                          "R", "1" ...; "unclassified" where it is not known
 *   group                         every group of the pupil's; none without a group
 *   set                           every teaching group (of the subject asked about, if one is)
 *   teacher                       everybody who holds the role teacher for one of those groups
 */
#ifndef ANALYSIS_CUT_H
#define ANALYSIS_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/cohort.h"

enum cut {
    CUT_NONE, /* everybody together */
    CUT_GENDER,
    CUT_SEN,
    CUT_FSM,
    CUT_PUPIL_PREMIUM,
    CUT_EAL,
    CUT_ETHNICITY,
    CUT_ETHNICITY_MAIN,
    CUT_LOOKED_AFTER,
    CUT_GIFTED,
    CUT_PRIOR_BAND,
    CUT_BIRTH_TERM,
    CUT_BIRTH_MONTH,
    CUT_MOBILITY,
    CUT_YEAR,
    CUT_REGISTRATION,
    CUT_HOUSE,
    CUT_GROUP,
    CUT_SET,
    CUT_TEACHER,
    CUT__MAX,
};

/* The words as a user reads them in help and errors. */
#define CUT_WORDS                                                                              \
    "gender, sen, fsm, pupil-premium, eal, ethnicity, ethnicity-main, looked-after, gifted, "  \
    "prior-band, birth-term, birth-month, mobility, year, registration, house, group, set, "   \
    "teacher"

/* The words of --by: "gender" ... "prior-band"; false for an unknown one. */
MUST_USE bool cut_parse(const char *word, enum cut *ret_cut);
const char *cut_name(enum cut cut);  /* "prior-band"; "" for CUT_NONE */
const char *cut_label(enum cut cut); /* "Prior attainment"; "" for CUT_NONE */

/*
 * A value in words for a page: "Girls", "English as an additional language", "Not
 * recorded"; the value itself where it has no other words. Static, or `value`.
 */
const char *cut_value_label(enum cut cut, const char *value);

/*
 * The pupils of a cohort by one cut. Value v is values[v], in the order in which it should
 * be read: bands low to high, terms and years in their order, the rest by code,
 * "unclassified" last. Pupil p has the values of[first[p]] .. of[first[p + 1] - 1].
 */
struct cut_index {
    enum cut cut, cross; /* cross: CUT_NONE where pupils are divided one way only */
    const char *name;    /* "gender", "gender*fsm" */
    const char **values;
    size_t value_n;
    size_t *first; /* pupil_n + 1 */
    uint32_t *of;
};

/* Values live in `arena` or with the cohort. CUT_NONE gives one value, "", for all. ERR_MEMORY.
 */
MUST_USE enum err_code cut_make(struct arena *arena, const struct cohort *cohort, enum cut cut,
        struct cut_index *ret_index, struct err *err);

/*
 * Divided two ways at once: a value for each pair that a pupil has, "F*Y", in the order of the
 * first cut's values and then of the second's. `cross` CUT_NONE is cut_make. ERR_MEMORY.
 */
MUST_USE enum err_code cut_make_crossed(struct arena *arena, const struct cohort *cohort,
        enum cut cut, enum cut cross, struct cut_index *ret_index, struct err *err);

/* Whether a value, or each part of a pair, is on record. */
bool cut_is_recorded(const char *value);

/* Whether a pupil may have several values: groups, sets, teachers. */
bool cut_overlaps(enum cut cut);

/* The two cuts of a name "gender*fsm", or the one of "gender" (then *ret_cross is CUT_NONE). */
MUST_USE bool cut_parse_name(const char *name, enum cut *ret_cut, enum cut *ret_cross);

/* A value of an index's name in words: "Girls", "Girls, free school meals". */
const char *cut_words(struct arena *arena, const char *name, const char *value);

/* Whether pupil p has value v. */
bool cut_has(const struct cut_index *index, size_t pupil, size_t value);

/* include[p] = cut_has(index, p, value), for measure_count and its like. */
void cut_include(const struct cut_index *index, size_t pupil_n, size_t value, bool *include);

enum prior_band {
    PRIOR_BAND_NONE,
    PRIOR_BAND_LOW,
    PRIOR_BAND_MIDDLE,
    PRIOR_BAND_HIGH
};

/*
 * Mean points of the prior results (thousandths, half away from zero; POINTS_NONE without
 * any) in the subjects that the framework's threshold measures of the previous stage name;
 * a derived subject takes its parts' place (English that of reading and writing). In England
 * that is reading, writing and mathematics of Key Stage 1; English, mathematics and science
 * of Key Stage 2. Results without points, or on another metric, are left out. The previous
 * stage is the first choice of stage.previous.
 */
int32_t cohort_prior_points(const struct cohort *cohort, size_t pupil);

/*
 * The band of those points (domain-numbers 7.2): middle is the whole level that the
 * framework's lowest threshold of the previous stage asks for (level 2 at Key Stage 1: 12 to
 * under 18 points; level 4 at Key Stage 2: 24 to under 30), low and high what lies below
 * and above. None without a prior result, or where points do not make levels.
 */
enum prior_band cohort_prior_band(const struct cohort *cohort, size_t pupil);

enum mobility {
    MOBILITY_NONE, /* outside Years 1 to 11 */
    MOBILITY_UNKNOWN,
    MOBILITY_SETTLED,
    MOBILITY_MOBILE
};

/*
 * Whether a pupil joined this school at an unusual time (domain-numbers 7.1, the rule of
 * contextual value added): in Years 1 to 2, 3 to 6 or 7 to 11 outside July to September, or
 * after September of Year 6 or Year 10. Joining before the first of those years is usual.
 * Reckoned from the date of entry on record and the present year group.
 */
enum mobility cohort_mobility(const struct cohort *cohort, size_t pupil);

#endif
