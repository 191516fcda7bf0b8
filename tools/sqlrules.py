#!/usr/bin/env python3
"""The rules of docs/design/SQL.md that can be seen in the text of db/.

    sqlrules.py ROOT    "file:line: message" for each breach; exit status 1 if there is any

tools/sqlgen refuses what it cannot turn into C (names, parameters, keys, recorded_at);
this looks at what would work on one engine or in one school and fail elsewhere.
"""
import glob
import os
import re
import sys

FORBIDDEN = [
    (r"\bnow\s*\(|\bcurrent_(time|date|timestamp)\b|\b(date|time|datetime|julianday|strftime)\s*\(",
     "times are made in C and passed as parameters"),
    (r"\brandom\w*\s*\(|\bgen_random_uuid\b", "random values are made in C"),
    (r"\b(big)?serial\b|\bautoincrement\b|\bidentity\b|\bsequence\b|\bnextval\b",
     "numbers come from the table counter"),
    (r"\bmerge\s+into\b", "MERGE is not on every engine; use ON CONFLICT"),
    (r"\blateral\b", "LATERAL is not on every engine"),
    (r"\bdistinct\s+on\b", "DISTINCT ON is not on every engine"),
    (r"::", "write CAST(... AS ...)"),
    (r"\bfor\s+update\b", "the school's lock is its row in counter"),
    (r"\bgreatest\s*\(|\bleast\s*\(", "GREATEST and LEAST are not on every engine; use CASE"),
    (r"\bdelete\s+from\s+\w+(\s+as\s+\w+)?\s+using\b", "DELETE USING is not on every engine"),
    (r"\barray\s*\[|\bany\s*\(", "arrays are not on every engine"),
    (r"\brecursive\b|\bgrouping\s+sets\b|\bntile\s*\(", "finish that in C"),
    (r"\bilike\b|\bglob\b", "compare folded texts with LIKE"),
    (r"\bor\s+(replace|ignore|abort|fail|rollback)\b|\breplace\s+into\b", "use ON CONFLICT"),
    (r"\browid\b", "tables are WITHOUT ROWID"),
    (r"\bset\s+null\b", "a foreign key is ON DELETE RESTRICT or CASCADE"),
    (r"\bselect\s+(\w+\.)?\*", "name the columns"),
]
NAME = r"[a-z_][a-z0-9_]*"
CONSTANT = re.compile(r"\$\d+|-?\d+|''|null", re.IGNORECASE)


class Findings:
    """What is wrong, in the order in which it was seen."""

    def __init__(self):
        self.n = 0

    def add(self, place, message):
        print(f"{place[0]}:{place[1]}: {message}")
        self.n += 1


def bare(text):
    """SQL without comments and with the insides of texts cut out; lines stay."""
    return re.sub(r"--[^\n]*|'[^']*'", lambda m: "''" if m.group(0)[0] == "'" else "", text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def pieces(text):
    """Split at commas outside brackets."""
    found, depth, start = [], 0, 0
    for i, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            found.append(text[start:i].strip())
            start = i + 1
    return found + [text[start:].strip()]


def bracket(text, start):
    """What stands in the bracket that opens at or behind `start`."""
    opened = text.index("(", start)
    depth = 0
    for i in range(opened, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return text[opened + 1:i]
    return text[opened + 1:]


def look_for_forbidden(place, sql, findings):
    for pattern, message in FORBIDDEN:
        match = re.search(pattern, sql, re.IGNORECASE)
        if match:
            line = place[1] + line_of(sql, match.start()) - 1
            findings.add((place[0], line), f"\"{match.group(0).strip()}\": {message}")


# --- schema

def read_tables(path, findings):
    """{name: (kind, append_only, key columns)} of one migration, which is checked too."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    sql = bare(text)
    look_for_forbidden((path, 1), sql, findings)
    tables = {}
    for match in re.finditer(rf"^-- table: *({NAME}) +(.*)$", text, re.MULTILINE):
        words = dict(word.partition("=")[::2] for word in match.group(2).split())
        tables[match.group(1)] = (words.get("kind"), "append-only" in words,
                                  words.get("key", "").split(","))
    for match in re.finditer(rf"CREATE TABLE ({NAME})", sql):
        place = (path, line_of(sql, match.start()))
        kind = tables.get(match.group(1), (None,))[0]
        check_table(place, match.group(1), kind, pieces(bracket(sql, match.end())), findings)
    for match in re.finditer(rf"CREATE (UNIQUE )?INDEX {NAME} ON ({NAME}) *\(([^)]*)\)", sql):
        if tables.get(match.group(2), (None,))[0] == "school" and \
                match.group(3).split(",")[0].strip() != "school_id":
            findings.add((path, line_of(sql, match.start())),
                         "an index of a school table begins with school_id")
    return tables


def check_table(place, name, kind, items, findings):
    for item in items:
        foreign = re.match(r"FOREIGN KEY", item)
        if foreign and not re.search(r"ON DELETE (RESTRICT|CASCADE)", item):
            findings.add(place, f"{name}: a foreign key says ON DELETE RESTRICT or CASCADE")
        if kind != "school":
            continue
        if re.match(r"UNIQUE|PRIMARY KEY|FOREIGN KEY", item) and \
                bracket(item, 0).split(",")[0].strip() != "school_id":
            findings.add(place, f"{name}: school_id comes first in \"{' '.join(item.split())}\"")
        if re.match(r"school_id\b", item) and not re.match(r"school_id BIGINT NOT NULL", item):
            findings.add(place, f"{name}: it is \"school_id BIGINT NOT NULL\"")
    if kind == "school" and not re.match(r"school_id\b", items[0]):
        findings.add(place, f"{name} is a school table: school_id is its first column")


# --- statements

def read_statements(path):
    """(name, line, whether it is for all schools, SQL) of each block."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    marks = list(re.finditer(r"^-- name: *(\S+)[^\n]*\n", text, re.MULTILINE))
    for mark, after in zip(marks, marks[1:] + [None]):
        block = text[mark.end():after.start() if after else len(text)]
        every = re.search(r"^-- schools: *all *$", block, re.MULTILINE) is not None
        yield mark.group(1), line_of(text, mark.start()) + 1, every, bare(block).rstrip("; \n")


def scopes(sql):
    """The statement and each bracketed SELECT in it, without those inside it."""
    found, stack = [], [[0, []]]
    for i, char in enumerate(sql):
        if char == "(":
            stack.append([i + 1, []])
        elif char == ")" and len(stack) > 1:
            start, inner = stack.pop()
            if re.match(r"\s*(SELECT|WITH)\b", sql[start:i], re.IGNORECASE):
                found.append(cut(sql, start, i, inner))
                stack[-1][1].append((start, i))
            else:
                stack[-1][1].extend(inner)
    found.append(cut(sql, 0, len(sql), stack[0][1]))
    return found


def cut(sql, start, end, inner):
    text, at = "", start
    for first, last in sorted(inner):
        text += sql[at:first]
        at = last
    return text + sql[at:end]


def tables_read(scope):
    """The tables that a scope reads or changes, but not the one it inserts into."""
    found = re.findall(rf"\b(?:FROM|JOIN|UPDATE)\s+({NAME})\b", scope)
    return [name for name in found if name != "set"]


def check_schools(place, sql, tables, findings):
    for scope in scopes(sql):
        named = [name for name in tables_read(scope)
                 if tables.get(name, (None,))[0] == "school"]
        equal = re.findall(r"(?<!\w)school_id = \$1(?!\d)", scope)
        if len(equal) < len(named):
            findings.add(place, f"school_id = $1 stands {len(equal)} times for "
                         f"{len(named)} school tables ({', '.join(named)}) in one SELECT")


def check_insert(place, sql, tables, findings):
    insert = re.match(rf"\s*INSERT INTO ({NAME})\s*(\([^)]*\))?", sql)
    if not insert:
        return
    name, columns = insert.group(1), insert.group(2)
    if columns is None:
        findings.add(place, "an INSERT names its columns")
        return
    if tables.get(name, (None,))[0] == "school" and \
            columns.strip("( ").split(",")[0].strip(" )") != "school_id":
        findings.add(place, f"an INSERT into the school table {name} names school_id first")
    values = re.search(r"\bVALUES\b", sql)
    if values:
        rows = re.split(r"\bON CONFLICT\b|\bRETURNING\b", sql[values.end():])[0]
        for row in pieces(rows):
            for item in pieces(bracket(row, 0)):
                if not CONSTANT.fullmatch(item):
                    findings.add(place, f"VALUES holds parameters and constants, not \"{item}\"")
    elif "ON CONFLICT" in sql and not re.search(r"\bWHERE\b", sql.split("ON CONFLICT")[0]):
        findings.add(place, "INSERT ... SELECT ... ON CONFLICT needs a WHERE")
    conflict = re.search(r"ON CONFLICT\s*\(([^)]*)\)", sql)
    if conflict and tables.get(name, (None,))[0] == "school" and \
            conflict.group(1).split(",")[0].strip() != "school_id":
        findings.add(place, "ON CONFLICT names school_id first")


def check_append_only(place, sql, tables, findings):
    changed = re.match(rf"\s*(UPDATE|DELETE FROM|INSERT INTO) ({NAME})", sql)
    if not changed or not tables.get(changed.group(2), (None, False))[1]:
        return
    if changed.group(1) != "INSERT INTO" or "DO UPDATE" in sql:
        findings.add(place, f"{changed.group(2)} is append-only")


def check_order(place, sql, tables, findings):
    """A list has an order. One row needs none: an aggregate, or a whole key given."""
    if not re.match(r"\s*(SELECT|WITH)\b", sql) or re.search(r"\bORDER BY\b", sql):
        return
    if re.match(r"\s*SELECT\s+(count|sum|max|min|coalesce)\s*\(", sql) and "GROUP BY" not in sql:
        return
    named = tables_read(scopes(sql)[-1])
    if len(named) == 1 and named[0] in tables:
        given = set(re.findall(rf"\b({NAME}) = \$\d+", sql))
        if set(tables[named[0]][2]) <= given:
            return
    findings.add(place, "a list has ORDER BY")


def check_statement(place, every, sql, tables, findings):
    look_for_forbidden(place, sql, findings)
    named = set(tables_read(sql)) | set(re.findall(rf"INSERT INTO ({NAME})", sql))
    ctes = set(re.findall(rf"\b({NAME})\s+AS\s+(?:MATERIALIZED\s*)?\(", sql))
    for name in sorted(named - set(tables) - ctes - {"excluded"}):
        findings.add(place, f"there is no table {name}")
    if not every:
        check_schools(place, sql, tables, findings)
    check_insert(place, sql, tables, findings)
    check_append_only(place, sql, tables, findings)
    check_order(place, sql, tables, findings)


def main(root):
    os.chdir(root)
    findings = Findings()
    tables = {}
    for path in sorted(glob.glob("db/schema/*.sql")):
        tables.update(read_tables(path, findings))
    for path in sorted(glob.glob("db/queries/*.sql")):
        for _, line, every, sql in read_statements(path):
            check_statement((path, line), every, sql, tables, findings)
    return 1 if findings.n else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
