/*
 * backed: what the tests of backups share: a school with two imports, a backup of it made on
 * 27 March 2010, and the files of both, to be read, damaged and removed.
 */
#ifndef TESTS_ACTIONS_BACKED_H
#define TESTS_ACTIONS_BACKED_H

#include <dirent.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "actions/backup.h"
#include "school.h"

/* A school with a backup of 27 March 2010 in the folder "bk" beside its file. */
struct backed {
    struct school_file school;
    struct arena arena;
    char place[96];
    struct backup backup;
    char copy[256], manifest[256];
};

static inline struct restore_order order_of(const struct backed *b, const char *folder)
{
    return (struct restore_order){ .folder = folder,
        .db = b->school.path,
        .stamp = "2010-03-28T08:00:00Z",
        .who = "test" };
}

static inline enum err_code make_at(struct backed *b, const char *stamp)
{
    const struct backup_order order = { .db = b->school.path,
        .folder = b->place,
        .stamp = stamp,
        .who = "test" };

    b->school.err = (struct err){ 0 };
    return backup_make(&order, &b->arena, &b->backup, &b->school.err);
}

static inline void backed_school(struct backed *b)
{
    static const char results[] = "upn,subject,kind,stage,date,grade\n"
                                  "Z354900108001,MAT,assessment,Y5,2010-03-01,4c\n"
                                  "Z354900108001,MAT,target,KS2,2010-03-01,4a\n";

    *b = (struct backed){ 0 };
    school_make(&b->school);
    school_import(&b->school, "pupils", school_pupils);
    school_import(&b->school, "results", results);
    (void)snprintf(b->place, sizeof(b->place), "%s/bk", b->school.folder);
}

static inline void backed_make(struct backed *b)
{
    backed_school(b);
    context_close(&b->school.context);
    CHECK_OK("make", make_at(b, "2010-03-27T15:50:02Z"), &b->school.err);
    (void)snprintf(b->copy, sizeof(b->copy), "%s/attain.db", b->backup.folder);
    (void)snprintf(b->manifest, sizeof(b->manifest), "%s/manifest.json", b->backup.folder);
}

/* A folder and everything in it; two deep is as far as these tests go. */
static inline void remove_all(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        char path[512];

        (void)snprintf(path, sizeof(path), "%.200s/%.255s", folder, entry->d_name);
        if (text_eq(entry->d_name, ".") || text_eq(entry->d_name, ".."))
            continue;
        if (unlink(path) != 0)
            remove_all(path);
    }
    if (dir != NULL)
        (void)closedir(dir);
    (void)rmdir(folder);
}

static inline void backed_remove(struct backed *b)
{
    context_close(&b->school.context);
    arena_free(&b->school.arena);
    arena_free(&b->arena);
    remove_all(b->school.folder);
    CHECK_INT("nothing is left", access(b->school.folder, F_OK), -1);
}

static inline int entries(const char *folder)
{
    DIR *dir = opendir(folder);
    int n = 0;

    while (dir != NULL && readdir(dir) != NULL)
        n++;
    if (dir != NULL)
        (void)closedir(dir);
    return n - 2;
}

static inline void run_sql(const char *row, const char *path, const char *sql)
{
    sqlite3 *db = NULL;

    CHECK_INT(row, sqlite3_open(path, &db), SQLITE_OK);
    CHECK_INT(row, sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    CHECK_INT(row, sqlite3_close(db), SQLITE_OK);
}

static inline char *slurp(struct arena *arena, const char *path, size_t *ret_n)
{
    FILE *file = fopen(path, "rb");
    char *bytes;
    long n;

    CHECK_TRUE(path, file != NULL);
    (void)fseek(file, 0, SEEK_END);
    n = ftell(file);
    rewind(file);
    bytes = arena_alloc(arena, (size_t)n + 1);
    CHECK_TRUE(path, bytes != NULL);
    CHECK_INT(path, fread(bytes, 1, (size_t)n, file), n);
    (void)fclose(file);
    *ret_n = (size_t)n;
    return bytes;
}

static inline void spill(const char *path, const char *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");

    CHECK_TRUE(path, file != NULL);
    CHECK_INT(path, fwrite(bytes, 1, n, file), n);
    (void)fclose(file);
}

static inline enum err_code check(struct backed *b, const char *folder)
{
    struct backup found = { 0 };

    b->school.err = (struct err){ 0 };
    return backup_check(folder, &b->arena, &found, &b->school.err);
}

static inline void check_refused(struct backed *b, const char *row, enum err_code want,
        const char *words)
{
    CHECK_INT(row, check(b, b->backup.folder), want);
    CHECK_HAS(row, b->school.err.message, words);
    CHECK_TRUE(row, b->school.err.hint[0] != '\0');
}

#endif
