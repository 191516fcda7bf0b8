/*
 * small_framework: a framework of a few lines for the tests of targets and analysis, so
 * that no figure of theirs hangs on the data that ship. Levels, points and shares are those
 * of domain-numbers 1.2, 1.9, 2.1 and 2.2; grade letters between E and U are left out.
 */
#ifndef TESTS_SMALL_FRAMEWORK_H
#define TESTS_SMALL_FRAMEWORK_H

#include "check.h"
#include "scales/framework.h"

static const char small_scales[] =
        "framework small \"A framework for tests\"\n"
        "metric nc one=sub-level many=sub-levels step=2 level=6 first-step=6\n"
        "metric gcse one=grade many=grades part-one=\"third of a grade\" "
        "part-many=\"thirds of a grade\"\n"
        "scale nc \"Levels\" metric=nc source=\"domain-numbers 1.2\"\n"
        "grade W points=3 step=0 level=0\n"
        "grade 1c points=7 step=1 level=1\n"
        "grade 1b points=9 step=2 level=1\n"
        "grade 1a points=11 step=3 level=1\n"
        "grade 2c points=13 step=4 level=2\n"
        "grade 2 points=15 step=5 level=2 rung=no\n"
        "grade 2b points=15 step=5 level=2\n"
        "grade 2a points=17 step=6 level=2\n"
        "grade 3c points=19 step=7 level=3\n"
        "grade 3 points=21 step=8 level=3 rung=no\n"
        "grade 3b points=21 step=8 level=3\n"
        "grade 3a points=23 step=9 level=3\n"
        "grade 4c points=25 step=10 level=4\n"
        "grade 4 points=27 step=11 level=4 rung=no\n"
        "grade 4b points=27 step=11 level=4\n"
        "grade 4a points=29 step=12 level=4\n"
        "grade 5c points=31 step=13 level=5\n"
        "grade 5b points=33 step=14 level=5\n"
        "grade 5a points=35 step=15 level=5\n"
        "grade 6c points=37 step=16 level=6\n"
        "grade 6b points=39 step=17 level=6\n"
        "status Ab \"Absent\"\n"
        "scale fsp \"Foundation Stage points\" kind=number min=0 max=9 source=\"invented\"\n"
        "scale gcse \"GCSE\" metric=gcse size=1 source=\"domain-numbers 2.1\"\n"
        "grade U points=0 step=1 unit=3 level=0\n"
        "grade E points=28 step=10 unit=3 level=5 level1=20\n"
        "grade D points=34 step=13 unit=3 level=6 level1=20\n"
        "grade C- points=38 step=15 level=7 level1=20 level2=20\n"
        "grade C points=40 step=16 unit=3 level=7 level1=20 level2=20\n"
        "grade C+ points=42 step=17 level=7 level1=20 level2=20\n"
        "grade B- points=44 step=18 level=8 level1=20 level2=20\n"
        "grade B points=46 step=19 unit=3 level=8 level1=20 level2=20\n"
        "grade B+ points=48 step=20 level=8 level1=20 level2=20\n"
        "grade A points=52 step=22 unit=3 level=9 level1=20 level2=20\n"
        "grade A* points=58 step=25 unit=3 level=10 level1=20 level2=20\n"
        "scale short \"GCSE short course\" size=0.5 source=\"domain-numbers 2.2\"\n"
        "grade D points=17\n"
        "grade C points=20 level2=10\n"
        "scale first \"BTEC First Diploma\" size=4 source=\"domain-numbers 2.4\"\n"
        "grade Pass points=160 level2=80\n"
        "grade Merit points=196 level2=80\n";

static const char small_subjects[] =
        "subject REA Reading core=yes\n"
        "subject WRI Writing core=yes\n"
        "subject ENG English core=yes\n"
        "subject MAT Mathematics core=yes\n"
        "subject SCI Science core=yes\n"
        "subject ICT Computing\n"
        "subject HIS History\n"
        "derive ENG from=REA,WRI\n"
        "stage FSP \"Foundation Stage\" years=N1-R whole=yes trajectory=no\n"
        "stage KS1 \"Key Stage 1\" years=1-2 previous=FSP whole=yes trajectory=yes\n"
        "stage KS2 \"Key Stage 2\" years=3-6 previous=KS1 whole=yes trajectory=yes\n"
        "stage KS3 \"Key Stage 3\" years=7-9 previous=KS2 whole=yes trajectory=yes\n"
        "stage KS4 \"Key Stage 4\" years=10-11 previous=KS2,KS3 whole=yes trajectory=no "
        "judged-by=likely\n"
        "stage Y3 \"the end of Year 3\" years=3 whole=no trajectory=no\n"
        "stage Y4 \"the end of Year 4\" years=4 whole=no trajectory=no\n"
        "stage Y5 \"the end of Year 5\" years=5 whole=no trajectory=no\n"
        "rule scales=nc\n"
        "measure ks1-l2-rea \"Level 2+ in reading\" kind=threshold stage=KS1 years=1-2 "
        "subjects=REA at-least=2 source=\"guidance D.3\"\n"
        "measure ks1-l2-wri \"Level 2+ in writing\" kind=threshold stage=KS1 years=1-2 "
        "subjects=WRI at-least=2 source=\"guidance D.3\"\n"
        "measure ks1-l2-mat \"Level 2+ in mathematics\" kind=threshold stage=KS1 years=1-2 "
        "subjects=MAT at-least=2 source=\"guidance D.3\"\n"
        "measure y4-l3-mat \"Level 3+ in mathematics\" kind=threshold stage=Y4 years=3-4 "
        "subjects=MAT at-least=3 trajectory=yes source=\"guidance D.3\"\n"
        "measure ks2-l4-rea \"Level 4+ in reading\" kind=threshold stage=KS2 years=5-6 "
        "subjects=REA at-least=4 source=\"guidance D.3\"\n"
        "measure ks2-l4-eng \"Level 4+ in English\" kind=threshold stage=KS2 years=5-6 "
        "subjects=ENG at-least=4 source=test\n"
        "measure ks2-l4-mat \"Level 4+ in mathematics\" kind=threshold stage=KS2 years=5-6 "
        "subjects=MAT at-least=4 source=\"guidance D.3\"\n"
        "measure ks2-l5-mat \"Level 5+ in mathematics\" kind=threshold stage=KS2 years=5-6 "
        "subjects=MAT at-least=5 source=\"guidance D.3\"\n"
        "measure ks2-l4-eng-mat \"Level 4+ in both\" kind=threshold stage=KS2 years=5-6 "
        "subjects=ENG,MAT at-least=4 source=\"guidance D.3\"\n"
        "measure ks2-l4-sci \"Level 4+ in science\" kind=threshold stage=KS2 years=5-6 "
        "subjects=SCI at-least=4 source=\"guidance D.3\"\n"
        "measure ks2-2lp-mat \"Two levels\" kind=progress stage=KS2 years=5-6 subjects=MAT "
        "at-least=2 source=\"guidance D.3\"\n"
        "measure ks4-5ac \"5+ A*-C\" kind=awards stage=KS4 years=10-11 at-least=5 "
        "everybody=yes source=\"guidance D.3\"\n"
        "measure ks4-5ac-em \"with both\" kind=awards stage=KS4 years=10-11 at-least=5 "
        "with=ENG,MAT everybody=yes source=\"guidance D.3\"\n"
        "measure ks4-5ac-e \"with English only\" kind=awards stage=KS4 years=10-11 at-least=5 "
        "with=ENG without=MAT everybody=yes source=\"guidance D.3\"\n"
        "measure ks4-5ac-m \"with mathematics only\" kind=awards stage=KS4 years=10-11 "
        "at-least=5 with=MAT without=ENG everybody=yes source=\"guidance D.3\"\n";

static inline const struct framework *small_framework(struct arena *arena)
{
    struct framework_draft *draft = framework_begin(arena);
    const struct framework *fw = NULL;
    struct err err = { 0 };

    CHECK_OK("scales",
            framework_read(draft, "scales.framework", small_scales, sizeof(small_scales) - 1,
                    &err),
            &err);
    CHECK_OK("subjects",
            framework_read(draft, "subjects.framework", small_subjects,
                    sizeof(small_subjects) - 1, &err),
            &err);
    CHECK_OK("the small framework is whole", framework_finish(draft, &fw, &err), &err);
    return fw;
}

/* A grade of a scale; "" for no value. */
static inline struct value grade_of(const struct framework *fw, const char *scale,
        const char *code)
{
    struct value value = VALUE_NONE;

    if (code[0] == '\0')
        return value;
    value = framework_stored(fw, scale, code);
    CHECK_TRUE(code, value_is_set(value));
    return value;
}

static inline struct value level_of(const struct framework *fw, const char *code)
{
    return grade_of(fw, "nc", code);
}

#endif
