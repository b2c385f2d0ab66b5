"""Objects of the file's schema against those that the program made: what is gone, what was added.

A dropped trigger lets the past be changed; an added one, or a view, changes what the program reads
and writes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection

from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.dialects import is_postgresql
from cchc_desk.store.engine.tables import SQLITE_ONLY, metadata

_CREATED = re.compile(r"CREATE (VIRTUAL TABLE|TRIGGER|INDEX) (\w+)")
_MENDED = ("trigger", "view")


@dataclass(frozen=True)
class SchemaFault:
    """An object that is `missing`, `added`, or whose text is another one (`changed`)."""

    kind: str  # of SQLite: "table" | "index" | "trigger" | "view"
    name: str
    what: str

    @property
    def acts(self) -> bool:
        """True where it changes what is read or written: a trigger or a view."""
        return self.kind in _MENDED


def schema_faults(connection: Connection) -> tuple[SchemaFault, ...]:
    """Return the objects of the file that are not as the program made them, by name."""
    if is_postgresql(connection):
        return ()  # who may write there may make none (rights of the service role)
    expected, virtual = _expected(), _virtual()
    found = {
        (kind, name): _tidy(sql or "")
        for kind, name, sql in run(connection, "SELECT type, name, sql FROM sqlite_master")
        if not name.startswith("sqlite_")
        and not (kind == "table" and name.startswith(tuple(f"{made}_" for made in virtual)))
    }
    faults = [SchemaFault(*key, "missing") for key in expected if key not in found]
    faults += [SchemaFault(*key, "added") for key in found if key not in expected]
    faults += [
        SchemaFault(*key, "changed")
        for key, sql in expected.items()
        if sql and key in found and found[key] != sql
    ]
    return tuple(sorted(faults, key=lambda fault: (fault.name, fault.what)))


def put_right(connection: Connection) -> tuple[str, ...]:
    """Drop foreign triggers and views and make the program's own triggers anew.

    Return the names; the caller holds the write transaction. Tables and indexes stay as they are.
    """
    faults = [fault for fault in schema_faults(connection) if fault.acts]
    for fault in faults:
        if fault.what != "missing":
            run(connection, f"DROP {fault.kind} {_quoted(fault.name)}")
        if fault.what != "added":
            run(connection, _expected()[fault.kind, fault.name])
    return tuple(fault.name for fault in faults)


@cache
def _expected() -> Mapping[tuple[str, str], str]:
    """Return the program's objects; with their text where it is the program's own."""
    made = {("table", name): "" for name in metadata.tables}
    for table in metadata.tables.values():
        made |= {("index", str(index.name)): "" for index in table.indexes}
    for statement in SQLITE_ONLY:
        created = _CREATED.match(statement)
        assert created, "a statement that makes something else is not looked for"
        kind = created[1].removeprefix("VIRTUAL ").lower()
        made[kind, created[2]] = _tidy(statement)
    return made


@cache
def _virtual() -> tuple[str, ...]:
    return tuple(
        created[2]
        for statement in SQLITE_ONLY
        if (created := _CREATED.match(statement)) and created[1] == "VIRTUAL TABLE"
    )


def _tidy(sql: str) -> str:
    return " ".join(sql.split())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
