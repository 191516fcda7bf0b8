#include "fixture.h"

enum {
    FACTS = 600,
    BATCH = 30
};

/* A small generator of its own: the same facts on every run. */
static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static const char *const subjects[] = { "ENG", "MAT", "SCI" };
static const char *const grades[] = { "2c", "2b", "2a", "3c", "3b", "3a" };
static const char *const stages[] = { "KS1", "KS2", "Y4" };
static const char *const sources[] = { "", "TT", "TA" };
static const int32_t days[] = { 20250105, 20250301, 20250701, 20251130, 20260327 };

static struct fact random_fact(struct fixture *f, uint32_t *seed, bool withdrawals)
{
    struct fact fact = fixture_fact(f->pupils[next(seed) % 4], subjects[next(seed) % 3],
            days[next(seed) % COUNT(days)], grades[next(seed) % COUNT(grades)]);

    fact.kind = (enum fact_kind)(next(seed) % FACT_KIND__MAX);
    fact.stage = stages[next(seed) % 3];
    fact.source = sources[next(seed) % 3];
    fact.withdrawn = withdrawals && next(seed) % 5 == 0;
    return fact;
}

/* What `latest` should hold for a key, by looking at every fact: the greatest date, then the
   last recorded, of the statements whose last word is not a withdrawal. -1: none. */
static int newest(const struct fact *facts, int n, const struct fact *like, bool by_stage,
        bool by_source)
{
    int best = -1;

    for (int i = 0; i < n; i++) {
        bool corrected = false;

        if (facts[i].kind != like->kind || facts[i].pupil_id != like->pupil_id ||
                strcmp(facts[i].subject, like->subject) != 0 || facts[i].withdrawn ||
                (by_stage && strcmp(facts[i].stage, like->stage) != 0) ||
                (by_source && strcmp(facts[i].source, like->source) != 0))
            continue;
        for (int later = i + 1; later < n; later++)
            corrected = corrected || fact_same_key(&facts[i], &facts[later]);
        if (!corrected && (best < 0 || facts[i].date.ymd >= facts[best].date.ymd))
            best = i;
    }
    return best;
}

struct wanted {
    const struct fact *facts;
    int n;
    bool by_stage, by_source;
    int seen;
};

static enum err_code compare(void *data, const struct fact *fact, struct err *err)
{
    struct wanted *wanted = data;
    int at = newest(wanted->facts, wanted->n, fact, wanted->by_stage, wanted->by_source);

    (void)err;
    CHECK_TRUE(fact->subject, at >= 0);
    CHECK_INT(fact->subject, fact->date.ymd, wanted->facts[at].date.ymd);
    CHECK_TEXT(fact->subject, fact->grade, wanted->facts[at].grade);
    wanted->seen++;
    return ERR_OK;
}

/* How many keys have a newest fact. */
static int keys(struct fixture *f, struct wanted *wanted, enum fact_kind kind,
        const char *stage)
{
    int n = 0;

    for (int p = 0; p < 4; p++) {
        for (size_t s = 0; s < COUNT(subjects); s++) {
            for (size_t from = 0; from < (wanted->by_source ? COUNT(sources) : 1); from++) {
                struct fact like = { .kind = kind,
                    .pupil_id = f->pupils[p],
                    .subject = subjects[s],
                    .stage = stage,
                    .source = sources[from] };

                n += newest(wanted->facts, wanted->n, &like, wanted->by_stage,
                             wanted->by_source) >= 0;
            }
        }
    }
    return n;
}

static void check_kind(struct fixture *f, const struct fact *facts, enum fact_kind kind)
{
    bool judged = kind == FACT_ASSESSMENT || kind == FACT_LIKELY;

    for (size_t s = 0; s < (judged ? 1 : COUNT(stages)); s++) {
        struct wanted wanted = { .facts = facts,
            .n = FACTS,
            .by_stage = !judged,
            .by_source = kind == FACT_RESULT || kind == FACT_PREDICTION };
        const char *stage = judged ? NULL : stages[s];

        CHECK_OK(fact_kind_name(kind),
                store_latest(f->store, f->school_id, kind, stage, NULL, compare, &wanted,
                        &f->err),
                &f->err);
        CHECK_INT(fact_kind_name(kind), wanted.seen, keys(f, &wanted, kind, stage));
    }
}

static void rebuild(struct fixture *f)
{
    CHECK_OK("rebuild", store_begin(f->store, &f->err), &f->err);
    CHECK_OK("rebuild", store_latest_rebuild(f->store, f->school_id, &f->err), &f->err);
    CHECK_OK("rebuild", store_commit(f->store, &f->err), &f->err);
}

static void check_all(struct fixture *f, const struct fact *facts)
{
    static const enum fact_kind kinds[] = { FACT_RESULT, FACT_ASSESSMENT, FACT_LIKELY,
        FACT_TARGET, FACT_PREDICTION };
    sqlite3 *db = outsider_open(f->path);
    char *before, *after;

    for (size_t k = 0; k < COUNT(kinds); k++)
        check_kind(f, facts, kinds[k]);
    before = outsider_dump(db, "latest");
    rebuild(f);
    after = outsider_dump(db, "latest");
    CHECK_TEXT("rebuilt", after, before);
    sqlite3_free(before);
    sqlite3_free(after);
    (void)sqlite3_close(db);
}

static void latest_is_what_the_facts_say(void **state)
{
    (void)state;
    for (int withdrawals = 0; withdrawals < 2; withdrawals++) {
        static struct fact facts[FACTS];
        struct fixture f;
        uint32_t seed = 2008;

        fixture_open(&f);
        for (int i = 0; i < FACTS; i++) {
            facts[i] = random_fact(&f, &seed, withdrawals != 0);
            if (i % BATCH == BATCH - 1)
                CHECK_OK("save", fixture_save(&f, &facts[i - BATCH + 1], BATCH), &f.err);
        }
        /* A withdrawal is not an upsert: who writes one rebuilds. */
        if (withdrawals != 0)
            rebuild(&f);
        check_all(&f, facts);
        fixture_close(&f);
    }
}

static void an_older_day_never_replaces_a_newer_one_and_a_correction_does(void **state)
{
    struct fixture f;
    struct fact facts[4];
    struct wanted wanted = { .facts = facts, .n = 4 };

    (void)state;
    fixture_open(&f);
    facts[0] = fixture_fact(f.pupils[0], "MAT", 20260327, "3b");
    facts[1] = fixture_fact(f.pupils[0], "MAT", 20251215, "3c");
    facts[2] = fixture_fact(f.pupils[0], "MAT", 20260327, "3a");
    facts[3] = fixture_fact(f.pupils[0], "MAT", 20260101, "2a");
    for (int i = 0; i < 4; i++)
        CHECK_OK("one by one", fixture_save(&f, &facts[i], 1), &f.err);
    CHECK_OK("latest",
            store_latest(f.store, f.school_id, FACT_ASSESSMENT, NULL, "MAT", compare, &wanted,
                    &f.err),
            &f.err);
    CHECK_INT("one", wanted.seen, 1);
    CHECK_INT("the correction of 27 March", newest(facts, 4, &facts[0], false, false), 2);
    fixture_close(&f);
}

TESTS(TEST(latest_is_what_the_facts_say),
        TEST(an_older_day_never_replaces_a_newer_one_and_a_correction_does))
