/*
 * fixture: a fresh file with one school in a folder of its own, and an outsider: a plain
 * connection that knows nothing of Attain, as a person with the sqlite3 program has it.
 */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <sqlite3.h>

#include "check.h"
#include "store/groups.h"
#include "store/store.h"

enum {
    FIXTURE_IMPORTS = 3,
    FIXTURE_PATH = 128
};

struct fixture {
    char folder[FIXTURE_PATH];
    char path[FIXTURE_PATH + 16];
    struct arena arena;
    struct err err;
    struct store *store;
    int64_t school_id;
    int64_t pupils[4];
    int64_t group_id;
    int64_t imports[FIXTURE_IMPORTS]; /* the numbers fixture_fill gave them */
};

/* The folder alone, for tests that make the file themselves. */
void fixture_folder(struct fixture *fixture);
/* The folder, the file, the school 8064001 and four pupils. */
void fixture_open(struct fixture *fixture);
void fixture_close(struct fixture *fixture);
void fixture_reopen(struct fixture *fixture, enum store_mode mode);

/* Three imports and a line of the audit: a row in every append-only table. */
void fixture_fill(struct fixture *fixture);

/* One import of facts, each of which is `like` with its own date; begun, ended, committed. */
enum err_code fixture_save(struct fixture *fixture, const struct fact *facts, size_t n);

/* A judgement with nothing left out. */
struct fact fixture_fact(int64_t pupil_id, const char *subject, int32_t ymd, const char *grade);

sqlite3 *outsider_open(const char *path);
/* SQLite's extended code of the first statement that fails; SQLITE_OK. */
int outsider_run(sqlite3 *db, const char *sql);
long long outsider_int(sqlite3 *db, const char *sql);
/* Every row of a table as one text; the caller frees it with sqlite3_free. */
char *outsider_dump(sqlite3 *db, const char *table);
/* What somebody does who means it. */
void outsider_drop_triggers(sqlite3 *db);

#endif
