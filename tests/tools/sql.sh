#!/usr/bin/env bash
# check-sql and sqlgen: what each refuses, and that what sqlgen makes is right for SQLite.
set -euo pipefail
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/plant.sh"

schema='-- table: school kind=shared key=school_id
CREATE TABLE school (
    school_id BIGINT NOT NULL, -- a number; a semicolon
    name TEXT NOT NULL,
    PRIMARY KEY (school_id)
);
-- table: fact kind=school append-only key=school_id,fact_id
CREATE TABLE fact (
    school_id BIGINT NOT NULL,
    fact_id BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('"'a','BIGINT;'"')),
    size SMALLINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, fact_id),
    FOREIGN KEY (school_id) REFERENCES school (school_id) ON DELETE RESTRICT
);
CREATE INDEX fact_by_size ON fact (school_id, size);'
query='-- name: fact_list
-- roles: teacher, head
-- The facts of one kind.
SELECT fact_id, size FROM fact -- the list
WHERE school_id = $1 AND kind = $2 AND kind <> '"'\$9 -- no comment'"'
ORDER BY fact_id;'

plant db/schema/0001-first.sql <<<"$schema"
plant db/queries/facts.sql <<<"$query"
passes "check-sql passes clean SQL" "$tools/check-sql" "$tree"

# bad_query WHAT MESSAGE SQL
bad_query() {
    plant db/queries/bad.sql <<<"-- name: bad
$3"
    refuses "$1" "$2" "$tools/check-sql" "$tree"
    rm "$tree/db/queries/bad.sql"
}
bad_query "a school table needs the school" "db/queries/bad.sql:2: school_id = \$1 stands 0 times" \
    'SELECT size FROM fact WHERE kind = $1 ORDER BY size'
bad_query "the school is said again in a sub-select" "stands 0 times for 1 school tables (fact)" \
    'SELECT f.size FROM fact AS f WHERE f.school_id = $1
AND f.fact_id = (SELECT max(g.fact_id) FROM fact AS g WHERE g.kind = f.kind) ORDER BY f.size'
bad_query "the school is said for each table of a join" "stands 1 times for 2 school tables" \
    'SELECT f.size FROM fact AS f JOIN fact AS g ON g.school_id = f.school_id
WHERE f.school_id = $1 ORDER BY f.size'
bad_query "another parameter that begins with 1 is not the school" "stands 0 times" \
    'SELECT size FROM fact WHERE school_id = $10 ORDER BY size'
bad_query "a list has an order" "a list has ORDER BY" \
    'SELECT size FROM fact WHERE school_id = $1'
bad_query "an INSERT names its columns" "an INSERT names its columns" \
    'INSERT INTO fact VALUES ($1, $2)'
bad_query "an INSERT into a school table begins with the school" "names school_id first" \
    'INSERT INTO fact (fact_id, school_id) VALUES ($1, $2)'
bad_query "VALUES holds no expressions" 'not "max(1)"' \
    'INSERT INTO fact (school_id, fact_id) VALUES ($1, max(1))'
bad_query "a fact is not changed" "fact is append-only" \
    'UPDATE fact SET size = $2 WHERE school_id = $1'
bad_query "a fact is not removed" "fact is append-only" 'DELETE FROM fact WHERE school_id = $1'
bad_query "a table must exist" "there is no table facts" 'SELECT size FROM facts ORDER BY size'
for word in 'now()' 'random()' 'DISTINCT ON (size)' "size::text" 'CURRENT_TIMESTAMP' \
    'GREATEST(1, 2)' 'rowid'; do
    bad_query "$word is not portable" "db/queries/bad.sql:3:" \
        "SELECT
$word, size FROM fact WHERE school_id = \$1 ORDER BY size"
done
plant db/queries/one.sql <<'X'
-- name: one
SELECT size FROM fact WHERE school_id = $1 AND fact_id = $2

-- name: how_many
SELECT count(*) FROM fact WHERE school_id = $1

-- name: how_many_everywhere
-- schools: all
SELECT school_id, count(*) FROM fact GROUP BY school_id ORDER BY school_id
X
passes "one row needs no order, and a statement may be for all schools" \
    "$tools/check-sql" "$tree"
rm "$tree/db/queries/one.sql"

# bad_schema WHAT MESSAGE FROM TO: the schema with one text put for another.
bad_schema() {
    plant db/schema/0001-first.sql <<<"${schema/"$3"/"$4"}"
    refuses "$1" "$2" "${@:5}"
    plant db/schema/0001-first.sql <<<"$schema"
}
check=("$tools/check-sql" "$tree")
bad_schema "a foreign key says what a deletion does" "ON DELETE RESTRICT or CASCADE" \
    " ON DELETE RESTRICT" "" "${check[@]}"
bad_schema "an index of a school table begins with the school" "an index of a school table" \
    "fact (school_id, size)" "fact (size)" "${check[@]}"
bad_schema "numbers are not given out by the engine" "numbers come from the table counter" \
    "fact_id BIGINT" "fact_id SERIAL" "${check[@]}"

# --- sqlgen
build=$(dirname "${ATTAIN:-$here/../../build-test/attain}")
sqlgen="$build/src/generated/sqlgen"
if [ ! -x "$sqlgen" ]; then
    echo "not ok - $sqlgen is not built"
    exit 1
fi
mkdir -p "$tree/out/store"
generate() {
    "$sqlgen" --schema "$tree/db/schema" --queries "$tree/db/queries" \
        --header "$tree/out/store/statements.h" --source "$tree/out/statements.c" \
        --depfile "$tree/out/statements.d"
}
passes "sqlgen takes clean SQL" generate
plant out/main.c <<'X'
#include <stdio.h>
#include <string.h>

#include "store/statements.h"

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "query") == 0) {
        printf("%s|%s|%s|%d\n", stmt_name[STMT_FACT_LIST], stmt_text[STMT_FACT_LIST],
                stmt_roles[STMT_FACT_LIST], stmt_params[STMT_FACT_LIST]);
        return 0;
    }
    if (argc > 1) {
        for (int i = 0; i < table_n; i++)
            printf("%s %s %d %s\n", tables[i].name, tables[i].kind, tables[i].append_only,
                    tables[i].key);
        return 0;
    }
    for (int i = 0; i < migrations[0].statement_n; i++)
        printf("%s;\n", migrations[0].statements[i]);
    return migration_n != 1 || migrations[0].number != 1 ||
            strcmp(migrations[0].name, "first") != 0;
}
X
gcc -std=c17 -Wall -Werror -I"$tree/out" -o "$tree/out/main" "$tree/out/main.c" \
    "$tree/out/statements.c"
same() {
    if [ "$2" = "$3" ]; then
        echo "ok - $1"
    else
        printf 'not ok - %s\ngot:    %s\nwanted: %s\n' "$1" "$2" "$3"
    fi
}
same "a statement is one line, its parameters numbered, its texts whole" \
    "$("$tree/out/main" query)" \
    "fact_list|SELECT fact_id, size FROM fact WHERE school_id = ?1 AND kind = ?2 AND kind <> '\$9 -- no comment' ORDER BY fact_id|teacher, head|2"
same "tables are told as declared" "$("$tree/out/main" tables)" \
    "school shared 0 school_id
fact school 1 school_id,fact_id"
same "types become SQLite's, texts stay" \
    "$("$tree/out/main" | grep -c "kind TEXT NOT NULL CHECK (kind IN ('a','BIGINT;')), size INTEGER")" 1

if command -v sqlite3 >/dev/null; then
    "$tree/out/main" | sqlite3 "$tree/out/test.db"
    on_sqlite() { sqlite3 "$tree/out/test.db" "$1" 2>&1; }
    passes "a fact can be added" on_sqlite \
        "INSERT INTO school VALUES (1, 'x'); INSERT INTO fact VALUES (1, 1, 'a', 2, 'now')"
    for change in "UPDATE fact SET size = 3" "DELETE FROM fact" \
        "REPLACE INTO fact VALUES (1, 1, 'a', 3, 'now')" \
        "INSERT INTO fact VALUES (1, 1, 'a', 3, 'now') ON CONFLICT DO UPDATE SET size = 3"; do
        case $(on_sqlite "$change" || true) in
        *"fact is append-only"*) echo "ok - refused by the database: $change" ;;
        *) echo "not ok - refused by the database: $change" ;;
        esac
    done
    same "and nothing changed" "$(on_sqlite "SELECT count(*), sum(size) FROM fact")" "1|2"
else
    echo "skipped - the triggers: the command sqlite3 is not installed"
fi

bad_sqlgen() {
    plant db/queries/facts.sql <<<"$3"
    refuses "sqlgen: $1" "$2" generate
    plant db/queries/facts.sql <<<"$query"
}
bad_sqlgen "a name stands once" "facts.sql:3: there is another statement a" \
    '-- name: a
SELECT 1
-- name: a
SELECT 2'
bad_sqlgen "a block has a statement" "facts.sql:1: a has no statement" '-- name: a
-- nothing'
bad_sqlgen "parameters have no gaps" '$3 is used but $2 is not' '-- name: a
SELECT $1, $3'
bad_sqlgen "one statement a block" "facts.sql:3: a ';' stands inside" '-- name: a
SELECT 1;
SELECT 2'
bad_sqlgen "a text is closed" "facts.sql:2: a ' is not closed" "-- name: a
SELECT 'x"
bad_sqlgen "parameters are numbered" 'write parameters as $1' '-- name: a
SELECT ?'
bad_sqlgen "a name is small letters" "is not a statement's name" '-- name: A-b
SELECT 1'
bad_sqlgen "nothing stands outside a block" "facts.sql:1: a statement stands before" 'SELECT 1'

bad_schema "sqlgen: a table is declared" "facts" "-- table: fact kind=school append-only key=school_id,fact_id" \
    "-- table: facts kind=school append-only key=school_id,fact_id" generate
bad_schema "sqlgen: a kind is known" '"kind=global" has no place' "kind=shared" "kind=global" \
    generate
bad_schema "sqlgen: the key is the primary key" "its PRIMARY KEY line says" \
    "PRIMARY KEY (school_id, fact_id)" "PRIMARY KEY (school_id)" generate
bad_schema "sqlgen: the key's columns exist" "has no column fact_no" "key=school_id,fact_id" \
    "key=school_id,fact_no" generate
bad_schema "sqlgen: an append-only table says when" "needs a column recorded_at" \
    "    recorded_at TEXT NOT NULL,
" "" generate
bad_schema "sqlgen: no other table does" "which only append-only tables have" " append-only" "" \
    generate
bad_schema "sqlgen: the school comes first" "school_id is its first column" \
    "    school_id BIGINT NOT NULL,
    fact_id BIGINT NOT NULL," "    fact_id BIGINT NOT NULL,
    school_id BIGINT NOT NULL," generate
bad_schema "sqlgen: a statement is ended" "is not ended by a ';'" "fact (school_id, size);" \
    "fact (school_id, size)" generate
mv "$tree/db/schema/0001-first.sql" "$tree/db/schema/0002-first.sql"
refuses "sqlgen: migrations are numbered without gaps" "number is 0001, not 0002" generate
