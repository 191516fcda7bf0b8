#!/usr/bin/env python3
"""C sources as the checkers read them.

    ccode.py code FILE...    every line as "file:line:code", comments and texts blanked
    ccode.py sizes FILE...   "file:line: message" for what is too long, deep or wide

The ceilings are those of docs/design/STYLE.md; a function below tests/ may be as long as its
table. tools/sizes-allowed.txt names files that may be longer and functions that may take more
parameters, each with its ceiling and the reason. An entry that lets nothing off is itself an
error.
"""
import os
import re
import sys

FUNCTION_LINES = 70
SOURCE_LINES = 600
HEADER_LINES = 250
NESTING = 4
PARAMETERS = 8

# A comment, a text or a character: what stands in it is not code.
NOT_CODE = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)


def blanked(text):
    """The text with everything that is not code made spaces; lines stay where they are."""
    def blank(match):
        found = match.group(0)
        if found[0] in "\"'":
            return found[0] + " " * (len(found) - 2) + found[0]
        return re.sub(r"[^\n]", " ", found)
    return NOT_CODE.sub(blank, text)


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def print_code(paths):
    for path in paths:
        for number, line in enumerate(blanked(read(path)).split("\n"), 1):
            print(f"{path}:{number}:{line}")


def without_directives(text):
    """Preprocessor lines, continued ones too, made empty."""
    lines = text.split("\n")
    inside = False
    for i, line in enumerate(lines):
        directive = inside or line.lstrip().startswith("#")
        inside = directive and line.endswith("\\")
        if directive:
            lines[i] = ""
    return "\n".join(lines)


def parameter_count(signature):
    """How many parameters stand in the last bracket of `name(...)`."""
    depth = 0
    count = 1
    for char in signature:
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
        elif char == "," and depth == 1:
            count += 1
    return count


def functions(text):
    """Each function body: (name, first line, last line, parameters, deepest nesting)."""
    lines = without_directives(blanked(text)).split("\n")
    start = None
    head = ""
    depth = deepest = 0
    for number, line in enumerate(lines, 1):
        if start is None:
            if line.rstrip() == "{":
                name = re.search(r"(\w+)\s*(\(.*\))", head, re.DOTALL)
                if name:
                    start, depth, deepest = number, 0, 0
                    found = (name.group(1), parameter_count(name.group(2)))
            head = "" if line.startswith("}") or line.rstrip().endswith(";") else head + line
            if start is None:
                continue
        for char in line:
            if char == "{":
                depth += 1
                deepest = max(deepest, depth)
            elif char == "}":
                depth -= 1
        if depth == 0:
            yield found[0], start, number, found[1], deepest - 1
            start = None
            head = ""


def prototypes(text):
    """Each declaration of a function at the start of a line: (name, line, parameters)."""
    code = without_directives(blanked(text))
    for match in re.finditer(r"^[a-zA-Z_][^;{}()=]*?\b(\w+)(\([^;{}]*?\))[^;{}()]*;", code,
                             re.MULTILINE):
        yield match.group(1), code.count("\n", 0, match.start()) + 1, \
            parameter_count(match.group(2))


class Ceilings:
    """The usual ceilings, and tools/sizes-allowed.txt: "PATH[:FUNCTION] CEILING REASON"."""

    LIST = "tools/sizes-allowed.txt"

    def __init__(self):
        self.entries = {}
        self.used = set()
        if os.path.exists(self.LIST):
            for number, line in enumerate(read(self.LIST).split("\n"), 1):
                words = line.split(None, 2)
                if len(words) == 3 and not line.startswith("#"):
                    self.entries[words[0]] = (int(words[1]), number)

    def of(self, key, usual, size):
        """The ceiling for `key`, which measures `size`."""
        if key not in self.entries or size <= usual:
            return usual
        self.used.add(key)
        return self.entries[key][0]

    def unused(self):
        for key, (ceiling, number) in self.entries.items():
            if key not in self.used:
                yield number, f"{key} does not need its {ceiling}"


def too_big(path, ceilings):
    text = read(path)
    line_n = text.count("\n")
    ceiling = ceilings.of(path, HEADER_LINES if path.endswith(".h") else SOURCE_LINES, line_n)
    if line_n > ceiling:
        yield ceiling + 1, f"the file has {line_n} lines; at most {ceiling}"
    for name, first, last, parameter_n, nesting in functions(text):
        if last - first - 1 > FUNCTION_LINES and not path.startswith("tests/"):
            yield first, f"{name} has {last - first - 1} lines; at most {FUNCTION_LINES}"
        if nesting > NESTING:
            yield first, f"{name} nests {nesting} deep; at most {NESTING}"
        ceiling = ceilings.of(f"{path}:{name}", PARAMETERS, parameter_n)
        if parameter_n > ceiling:
            yield first, f"{name} takes {parameter_n} parameters; at most {ceiling}"
    for name, line, parameter_n in prototypes(text):
        ceiling = ceilings.of(f"{path}:{name}", PARAMETERS, parameter_n)
        if parameter_n > ceiling:
            yield line, f"{name} takes {parameter_n} parameters; at most {ceiling}"


def print_sizes(paths):
    ceilings = Ceilings()
    bad = 0
    for path in paths:
        for line, message in too_big(path, ceilings):
            print(f"{path}:{line}: {message}")
            bad = 1
    for line, message in ceilings.unused():
        print(f"{Ceilings.LIST}:{line}: {message}")
        bad = 1
    return bad


if __name__ == "__main__":
    if sys.argv[1] == "code":
        print_code(sys.argv[2:])
    else:
        sys.exit(print_sizes(sys.argv[2:]))
