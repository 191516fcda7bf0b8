/*
 * learning_style: what two standard scores of a pupil (mean 100, standard deviation 15), such
 * as verbal and non-verbal reasoning, suggest about how he or she learns.
 *
 * Pure. Scores are thousandths.
 *
 * Stanines by the score (GL Assessment, domain-numbers 4.1, confirmed): 1 to 73, 2 from 74, 3
 * from 82, 4 from 89, 5 from 97, 6 from 104, 7 from 112, 8 from 119, 9 from 127.
 *
 * A pupil leans to one side where the stanines are two (mild), three (moderate), or four and
 * more (extreme) apart; else the profile is even. That less than two apart is even, and holds
 * for 66 of 100 pupils, is published for the verbal and spatial batteries of CAT4; the further
 * steps fit the shares that its reports print (2, 4, 11, 66, 11, 4, 2 of 100). For other pairs,
 * such as verbal and non-verbal of CAT3, no published rule was found: there the same rule is
 * this program's own.
 */
#ifndef ANALYSIS_LEARNING_STYLE_H
#define ANALYSIS_LEARNING_STYLE_H

#include <stdint.h>

/* From leaning to the first score to leaning to the second. */
enum learning_style {
    STYLE_EXTREME_FIRST,
    STYLE_MODERATE_FIRST,
    STYLE_MILD_FIRST,
    STYLE_EVEN,
    STYLE_MILD_SECOND,
    STYLE_MODERATE_SECOND,
    STYLE_EXTREME_SECOND,
    STYLE__MAX
};

/* 1 to 9. */
int stanine_of_score(int64_t score);

enum learning_style learning_style(int64_t first, int64_t second);

/* Percent of pupils as printed on reports of CAT4, verbal and spatial. */
int learning_style_usual(enum learning_style style);

/* "extreme", "moderate", "mild" or "even". */
const char *learning_style_word(enum learning_style style);

#endif
