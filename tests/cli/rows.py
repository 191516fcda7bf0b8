"""Rows of one table of a JSON report (stdin) as a|b|c, numbers as they are written.

    rows.py TABLE KEY...    TABLE - is the first; a key that a row lacks is an error
"""
import json
import sys


def show(value):
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


report = json.load(sys.stdin, parse_float=str, parse_int=str)
tables = report["tables"]
table = tables[0] if sys.argv[1] == "-" else next(
    t for t in tables if t["name"] == sys.argv[1])
columns = [column["key"] for column in table["columns"]]
for key in sys.argv[2:]:
    if key not in columns:
        sys.exit(f"there is no column {key} among {columns}")
for row in table["rows"]:
    print("|".join(show(row[key]) for key in sys.argv[2:]))
