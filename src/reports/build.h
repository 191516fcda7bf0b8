/*
 * build: the reports. Each takes a cohort (columns already loaded) and what is to be said
 * around it, and fills a report tree. No report knows the database, a page or a format.
 *
 * Notes, cautions and labels follow `trust.md` 7: what, who and how many, when, basis,
 * rounding, how to read it, what blank means, how fresh.
 */
#ifndef REPORTS_BUILD_H
#define REPORTS_BUILD_H

#include <stddef.h>

#include "analysis/cohort.h"
#include "analysis/cut.h"
#include "analysis/impact.h"
#include "analysis/measure.h"
#include "analysis/overlap.h"
#include "analysis/roll_up.h"
#include "reports/tree.h"

/* What a measure's figure is held against, in thousandths of a percent; -1: nothing is on
   file. */
struct goal {
    int64_t school; /* the school's own target for the year */
    int64_t national;
    int national_year; /* of the figure */
};

/* What stands around every report. */
struct frame {
    const char *school;
    const char *description; /* of the population: "Year 5, Mathematics" */
    const char *const *filter_words;
    size_t filter_n;
    size_t school_n;    /* pupils on roll in the whole school on the day */
    struct date newest; /* newest judgement used, or no date */
    int subject;        /* the one subject asked for, -1: all */
    enum basis basis;
    const enum basis *beside; /* further ones, shown beside it */
    size_t beside_n;
    const struct goal *goals; /* one a measure of the framework, or NULL */
    const enum cut *by;
    size_t by_n;
    enum cut cross;      /* a second cut to divide each of `by` with, or CUT_NONE */
    bool has_one_year;   /* --year-group was given */
    const char *measure; /* one measure asked for, NULL: all */
    enum flag flag;      /* progress: list only these; FLAG_NONE: all */
    const struct scale
            *ended; /* a scale shown here that was withdrawn before the day, or NULL */
};

/* D1.1: gap between attainment and progress target, flagged. */
struct report *build_progress(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort);

/* The pupils behind one figure of the summary: whom `measure` asks about, of the first cut of
   frame->by those with `value` (NULL: all), and what each has on record. */
struct report *build_names(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct measure *measure, const char *value);

/* D3.1: the standard summaries, by any cut. Errors only of memory, reported by report_end. */
struct report *build_summary(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort);

/* B3: the line from prior attainment to target, period by period. `adjusted` gives a
   person's value for a period end, or VALUE_NONE. */
struct adjusted_point {
    size_t pupil, subject; /* cohort places */
    struct date period_end;
    struct value value;
    const char *reason;
};
struct report *build_trajectory(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct adjusted_point *points, size_t point_n);

/* B4: targets that look too low. `recent` gives other recent judgements of a cell. */
struct recent_values {
    size_t pupil, subject;
    struct value *values;
    size_t n;
};
struct report *build_targets(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct recent_values *recent, size_t recent_n);

/* C1.4: entries expected and not there. */
struct expectation {
    const char *review; /* its name, or the term's */
    struct date from, to;
    const char *asks;         /* "working at" or "likely at the end" */
    const bool *expected;     /* one a cell */
    const bool *entered;      /* one a cell */
    const char *const *group; /* one a cell: the teaching group, or NULL */
};
struct report *build_missing(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct expectation *expectation);

/* D2.1: everything about one pupil. */
struct history_row {
    struct date date;
    const char *subject, *kind, *stage, *review, *grade, *source;
    int32_t points; /* POINTS_NONE */
    bool superseded;
    const char *recorded_at;
};
struct characteristic_row {
    const char *label, *value;
    struct date from, to;
};
struct contact_row {
    const char *name, *relationship, *responsibility, *phone, *email;
};
struct pupil_extra {
    const struct history_row *history;
    size_t history_n;
    const struct characteristic_row *characteristics;
    size_t characteristic_n;
    const struct contact_row *contacts;
    size_t contact_n;
};
struct report *build_pupil(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct pupil_extra *extra);

/* D4.1: figures over time. */
struct trend_period {
    const char *name; /* "2025/26 autumn", a review's name, "2025/26" */
    const char *tick; /* what the axis says: "autumn" */
    struct date end;  /* the last day that counts */
    int year;         /* school year, by its end */
};
struct trend_row {
    size_t period;
    const char *group;     /* value of the cut; NULL without one */
    int subject;           /* framework index; -1: the measure's */
    int scale;             /* of the points, -1 none */
    int64_t count, of;     /* reaching the measure, counted by it; or with a value, of all */
    int64_t sum, points_n; /* points of the values that have any, and how many */
    int64_t expected_sum, expected_n; /* the same of what is expected of these pupils */
    int64_t national;                 /* thousandths of a percent, -1 not on file */
};
struct trend {
    const struct framework *fw;
    const struct measure *measure; /* NULL: mean points */
    struct trend_period *periods;
    size_t period_n;
    struct trend_row *rows; /* by period */
    size_t row_n;
    const char *by;     /* the cut: "gender", "gender*fsm"; NULL without one */
    const char *over;   /* "term", "review", "year" */
    const char *follow; /* who, in words: "the same pupils" */
    bool years;
    bool suppress;
};
struct report *build_trend(struct arena *arena, const struct frame *frame,
        const struct trend *trend, struct date day, int64_t pupil_n);

/* D4.2: the measure's figures of past years carried on to the next two. */
struct report *build_forecast(struct arena *arena, const struct frame *frame,
        const struct trend *trend, struct date day);

/* D.5: mean points of the basis by subject and cut. */
struct school_cohort {
    const char *laestab, *name;
    const struct cohort *cohort;
};
/* How the means of one cut stood before. */
struct aps_beside {
    const char *name;                  /* of the cut: "gender", "gender*fsm", "" */
    struct trend last_term, last_year; /* of the same pupils; of the same year group */
};
struct report *build_aps(struct arena *arena, const struct frame *frame,
        const struct school_cohort *schools, size_t school_n, const struct aps_beside *beside,
        size_t beside_n);

/* M.3: results of a stage over years, all schools of the file against national figures. */
struct authority_group {
    const char *by; /* the cut: "gender", "gender*fsm" */
    const char *value;
    struct attained *years;
};
struct authority_measure {
    const char *id, *label;
    const char *subject; /* code; NULL: several, or all */
    enum measure_kind kind;
    struct roll_up *years;    /* one a year, like the rest */
    int64_t *national;        /* thousandths of a percent, -1 not on file */
    struct attained *schools; /* of school s in year y: [s * year_n + y] */
    struct authority_group *groups;
    size_t group_n;
};
struct authority_school {
    const char *laestab, *name;
    bool *tagged; /* on the day of a result of that year */
};
struct authority {
    int first_year; /* by its end */
    size_t year_n;
    struct authority_school *schools;
    size_t school_n;
    struct authority_measure *measures;
    size_t measure_n;
    bool has_tags; /* some school was supported on the day of a result */
    bool chosen;   /* one measure was asked for */
};
/* `suppress`: small numbers are hidden, for who may see no single pupil. */
struct report *build_authority(struct arena *arena, const struct frame *frame,
        const struct authority *authority, struct date day, bool suppress);
/* D3.2: how sets of pupils overlap, and with a region the names in it. */
struct overlap_view {
    const struct overlap_sets *sets;
    const struct overlap *overlap;
    struct overlap_asked asked;
    bool has_region;
    bool own;      /* the sets were asked for, not the ready ones */
    bool by_basis; /* a formula depends on the basis */
    bool suppress; /* hide small numbers */
};
struct report *build_overlap(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct overlap_view *view);

/* D2.2: how the pupils of a group got on before, during and after what was done for them. */
struct impact_subject {
    int subject;                       /* framework index */
    const struct impact_pupil *pupils; /* one for each of intervention_facts.places */
};
struct intervention_facts {
    const char *group, *purpose, *staff; /* staff: "" when not said */
    const char *cost, *cost_each;        /* "£1,200.00", "£60.00"; NULL when not said */
    struct date days[IMPACT_MOMENTS];    /* no date: not reached yet */
    bool over;                           /* its last day lies before the day asked about */
    bool by_rule;                        /* its pupils are those of the first day */
    size_t member_n;                     /* everybody who was in it, on roll or not */
    const size_t *places;                /* in the cohort, of the pupils below */
    size_t place_n;
    const struct impact_subject *subjects;
    size_t subject_n;
};
struct report *build_intervention(struct arena *arena, const struct frame *frame,
        const struct cohort *cohort, const struct intervention_facts *facts);

/* Shared by the builders: title, population, filters and notes that every report has. */
struct report *build_begin(struct arena *arena, const char *name, const struct frame *frame,
        const struct cohort *cohort, const char *title);

/* The notes that every report ends with; returns the report. */
struct report *build_end(struct report *report, const struct frame *frame);

/* The value of a cell by the basis (contract 3.5). */
struct value build_value(const struct cohort *cohort, size_t cell, enum basis basis);

#endif
