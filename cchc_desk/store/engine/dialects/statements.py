"""The store's statements, which are written for SQLite, as PostgreSQL takes them.

Only the marks of parameters, GLOB, an empty IN () and the plus that keeps SQLite from an index are
put into other words. A function that PostgreSQL lacks is one of the schema's own
(dialects/schema.py).
"""

import re
from functools import cache

_PARTS = re.compile(
    r"""
    (?P<not>NOT\s+)?GLOB\s+'(?P<glob>(?:[^']|'')*)'
    | (?P<literal>'(?:[^']|'')*')
    | ::  # a cast
    | :(?P<name>[a-z_]\w*)
    | (?P<mark>\?)
    | (?P<percent>%)
    | (?P<none>(?:NOT[ ])?IN[ ]\(\))
    | (?P<plus>(?<=[ (])\+(?=[a-z]\w*\.))
    """,
    re.VERBOSE,
)


@cache
def in_postgresql(sql: str) -> str:
    """Return one of the store's own statements in PostgreSQL's words, with psycopg's marks."""
    return _PARTS.sub(_part, sql)


def _part(found: re.Match[str]) -> str:
    if found["glob"] is not None:
        sign = "!~" if found["not"] else "~"
        return f"{sign} '{_pattern(found['glob'])}'".replace("%", "%%")
    if found["literal"]:
        return found[0].replace("%", "%%")
    if found["name"]:
        return f"%({found['name']})s"
    if found["none"]:
        return "= ANY('{}')" if found["none"] == "IN ()" else "<> ALL('{}')"
    if found["plus"]:  # it keeps SQLite from an index
        return ""
    if found["mark"]:
        return "%s"
    return "%%" if found["percent"] else found[0]


def _pattern(glob: str) -> str:
    """Return the regular expression that finds what a GLOB pattern finds."""
    parts = re.findall(r"\[[^]]*\]|.", glob)
    return "^" + "".join(_GLOB.get(part) or _escaped(part) for part in parts) + "$"


_GLOB = {"*": ".*", "?": "."}


def _escaped(part: str) -> str:
    return part if part.startswith("[") else re.escape(part)
