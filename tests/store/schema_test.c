#include "fixture.h"

#include "store/statements.h"

/* What an outsider's connection may have set: SQLite's defaults, and everything turned. */
static const char *const settings[] = {
    "PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = OFF",
    "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON",
    ("PRAGMA ignore_check_constraints = ON; PRAGMA defer_foreign_keys = ON; "
     "PRAGMA recursive_triggers = OFF"),
};

/* %w is the table. Each names a row that is there already, or all of them. */
static const char *const attempts[] = {
    "UPDATE \"%w\" SET recorded_at = 'never'",
    "UPDATE \"%w\" SET recorded_at = recorded_at || 'x' WHERE recorded_at <> ''",
    "UPDATE OR REPLACE \"%w\" SET recorded_at = 'never'",
    "UPDATE OR IGNORE \"%w\" SET recorded_at = 'never'",
    "DELETE FROM \"%w\"",
    "DELETE FROM \"%w\" WHERE recorded_at <> ''",
    "INSERT INTO \"%w\" SELECT * FROM \"%w\" WHERE true LIMIT 1",
    "INSERT OR REPLACE INTO \"%w\" SELECT * FROM \"%w\" WHERE true LIMIT 1",
    "INSERT OR IGNORE INTO \"%w\" SELECT * FROM \"%w\" WHERE true LIMIT 1",
    "INSERT OR FAIL INTO \"%w\" SELECT * FROM \"%w\" WHERE true LIMIT 1",
    "INSERT OR ROLLBACK INTO \"%w\" SELECT * FROM \"%w\" WHERE true LIMIT 1",
    "REPLACE INTO \"%w\" SELECT * FROM \"%w\" WHERE true LIMIT 1",
    "INSERT INTO \"%w\" SELECT * FROM \"%w\" WHERE true ON CONFLICT DO NOTHING",
    ("INSERT INTO \"%w\" SELECT * FROM \"%w\" WHERE true "
     "ON CONFLICT DO UPDATE SET recorded_at = 'never'"),
};

/* A row of ones and x's where the fixture has none: what is tried needs something there. */
static void make_row(sqlite3 *db, const char *table)
{
    char *sql = sqlite3_mprintf("SELECT 'INSERT INTO ' || %Q || ' VALUES (' || "
                                "group_concat(CASE type WHEN 'TEXT' THEN '''x''' ELSE '1' END) "
                                "|| ')' FROM pragma_table_info(%Q) WHERE NOT EXISTS (SELECT 1 "
                                "FROM \"%w\")",
            table, table, table);
    sqlite3_stmt *stmt = NULL;

    CHECK_INT(table, sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    CHECK_INT(table, sqlite3_step(stmt), SQLITE_ROW);
    if (sqlite3_column_type(stmt, 0) != SQLITE_NULL) {
        char *insert = sqlite3_mprintf("%s", sqlite3_column_text(stmt, 0));

        (void)sqlite3_reset(stmt);
        CHECK_INT(insert, outsider_run(db, insert), SQLITE_OK);
        sqlite3_free(insert);
    }
    (void)sqlite3_finalize(stmt);
    sqlite3_free(sql);
}

static void try_all(sqlite3 *db, const char *table)
{
    char *before = outsider_dump(db, table);

    CHECK_TRUE(table, before != NULL && before[0] != '\0');
    for (size_t s = 0; s < COUNT(settings); s++) {
        CHECK_INT(settings[s], outsider_run(db, settings[s]), SQLITE_OK);
        for (size_t i = 0; i < COUNT(attempts); i++) {
            char *sql = sqlite3_mprintf(attempts[i], table, table);
            char *after;

            CHECK_INT(sql, outsider_run(db, sql) & 0xFF, SQLITE_CONSTRAINT);
            CHECK_HAS(sql, sqlite3_errmsg(db), "append-only");
            after = outsider_dump(db, table);
            CHECK_TEXT(sql, after, before);
            sqlite3_free(after);
            sqlite3_free(sql);
        }
    }
    sqlite3_free(before);
}

static void an_append_only_table_refuses_change_removal_and_replacement(void **state)
{
    struct fixture f;
    sqlite3 *db;
    int tried = 0;

    (void)state;
    fixture_open(&f);
    fixture_fill(&f);
    db = outsider_open(f.path);
    for (int i = 0; i < table_n; i++) {
        if (!tables[i].append_only)
            continue;
        CHECK_INT("outsider", outsider_run(db, "PRAGMA foreign_keys = OFF"), SQLITE_OK);
        make_row(db, tables[i].name);
        try_all(db, tables[i].name);
        tried++;
    }
    /* framework_file, import, link, pupil_fact, contact, ctf_part, membership, result,
       target, prediction, adjustment, school_tag, and what came later. */
    CHECK_TRUE("tables", tried >= 12);
    (void)sqlite3_close(db);
    fixture_close(&f);
}

static void recorded_at_stands_in_every_append_only_table_and_in_no_other(void **state)
{
    struct fixture f;
    sqlite3 *db;

    (void)state;
    fixture_open(&f);
    db = outsider_open(f.path);
    for (int i = 0; i < table_n; i++) {
        char *sql = sqlite3_mprintf("SELECT count(*) FROM pragma_table_info(%Q) WHERE name = "
                                    "'recorded_at'",
                tables[i].name);

        CHECK_INT(tables[i].name, outsider_int(db, sql), tables[i].append_only ? 1 : 0);
        sqlite3_free(sql);
    }
    (void)sqlite3_close(db);
    fixture_close(&f);
}

static void the_list_of_tables_is_the_file_s_own(void **state)
{
    struct fixture f;
    sqlite3 *db;

    (void)state;
    fixture_open(&f);
    db = outsider_open(f.path);
    CHECK_INT("number of tables",
            outsider_int(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"),
            table_n);
    for (int i = 0; i < table_n; i++) {
        char *sql = sqlite3_mprintf("SELECT count(*) FROM pragma_table_list WHERE name = %Q "
                                    "AND strict AND wr",
                tables[i].name);

        CHECK_INT(tables[i].name, outsider_int(db, sql), 1);
        sqlite3_free(sql);
    }
    (void)sqlite3_close(db);
    fixture_close(&f);
}

static void every_statement_prepares_and_its_parameters_are_numbered_without_gaps(void **state)
{
    struct fixture f;
    sqlite3 *db;

    (void)state;
    fixture_open(&f);
    db = outsider_open(f.path);
    for (int i = 0; i < STMT__MAX; i++) {
        sqlite3_stmt *stmt = NULL;

        CHECK_INT(stmt_name[i], sqlite3_prepare_v2(db, stmt_text[i], -1, &stmt, NULL),
                SQLITE_OK);
        for (int p = 1; p <= sqlite3_bind_parameter_count(stmt); p++) {
            char name[16];

            (void)snprintf(name, sizeof(name), "?%d", p);
            CHECK_TEXT(stmt_name[i], sqlite3_bind_parameter_name(stmt, p), name);
        }
        (void)sqlite3_finalize(stmt);
    }
    (void)sqlite3_close(db);
    fixture_close(&f);
}

static void columns_keep_their_types(void **state)
{
    static const struct {
        const char *row, *sql;
        int code;
    } rows[] = {
        { "a word for a date",
                "INSERT INTO latest VALUES (1,'assessment','',1,'MAT','','tomorrow',1,'','')",
                SQLITE_CONSTRAINT_DATATYPE },
        { "no date at all",
                "INSERT INTO latest VALUES (1,'assessment','',1,'MAT','',NULL,1,'','')",
                SQLITE_CONSTRAINT_NOTNULL },
        { "a broken number for a count", "UPDATE counter SET n = 1.5",
                SQLITE_CONSTRAINT_DATATYPE },
        { "bytes for a name", "UPDATE school SET name = x'00ff'", SQLITE_CONSTRAINT_DATATYPE },
    };
    struct fixture f;
    sqlite3 *db;

    (void)state;
    fixture_open(&f);
    db = outsider_open(f.path);
    for (size_t i = 0; i < COUNT(rows); i++)
        CHECK_INT(rows[i].row, outsider_run(db, rows[i].sql), rows[i].code);
    (void)sqlite3_close(db);
    fixture_close(&f);
}

TESTS(TEST(an_append_only_table_refuses_change_removal_and_replacement),
        TEST(recorded_at_stands_in_every_append_only_table_and_in_no_other),
        TEST(the_list_of_tables_is_the_file_s_own),
        TEST(every_statement_prepares_and_its_parameters_are_numbered_without_gaps),
        TEST(columns_keep_their_types))
