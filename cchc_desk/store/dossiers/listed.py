"""Lists of other systems on disk: the files that were taken, and the dossiers they name."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.lists.fields import Field, Layout, heading_key, learned
from cchc_desk.domain.lists.watched import Difference, Disagreement, ListedLimit, TakenList
from cchc_desk.store.engine.database import (
    Connection,
    add_numbered,
    iso,
    readable,
    run,
    run_many,
    sound,
    stored_moment,
)
from cchc_desk.store.engine.tables import lists

RECEIPT = "receipt"  # the container of a receipt that was pasted
_AT_ONCE = 500  # parameters of one statement


@dataclass(frozen=True)
class KnownPromise:
    """The first promise of a dossier that the desk knows, by code, and how far the office is.

    `cancelled`: an entry made by mistake, whose code is not used again.
    """

    n: int
    code: str
    due: datetime
    finished: datetime | None
    returned: bool
    system: str
    cancelled: bool


@dataclass(frozen=True)
class TakenFile:
    """A list that was taken before."""

    id: int
    file: str
    taken: datetime


@dataclass(frozen=True)
class ListedRow:
    """A dossier as a list names it, to be stored beside it."""

    n: int
    row: int
    status: str
    due: datetime | None
    process_due: datetime | None
    finished: datetime | None
    officials: tuple[str, ...]
    agency: str


def known_promises(connection: Connection, codes: Iterable[str]) -> dict[str, KnownPromise]:
    """Return the dossiers with these codes, by code; an unknown code is not in it.

    A code of another system that the clerk said is a dossier of ours names that one.
    """
    wanted = list(dict.fromkeys(codes))
    found: dict[str, KnownPromise] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        places = ", ".join("?" * len(part))
        # By its own code, and by the code that another system has for it.
        sql = f"""
        SELECT k.key, d.n, d.code, p.due, coalesce(d.ready, d.ended), d.returned IS NOT NULL,
               d.system, d.cancelled IS NOT NULL
        FROM (SELECT code AS key, n FROM dossiers WHERE code IN ({places})
              UNION ALL SELECT code, dossier FROM list_codes WHERE code IN ({places})) k
        JOIN dossiers d ON d.n = k.n JOIN promises p ON p.dossier = d.n AND p.ordinal = 1
        WHERE d.cancelled IS NULL OR d.code = k.key"""  # noqa: S608 - placeholders alone
        for key, n, code, due, finished, returned, system, cancelled in run(
            connection, sql, part * 2
        ):
            if key in found and cancelled:
                continue  # by the other system's code it is another dossier now
            with readable(str(code)):
                found[key] = KnownPromise(
                    n,
                    code,
                    stored_moment(due),
                    _moment(finished),
                    bool(returned),
                    system,
                    bool(cancelled),
                )
    return found


def taken_before(connection: Connection, sha256: str) -> TakenFile | None:
    """Return the list with these very bytes, where it was taken before."""
    sql = "SELECT id, file, taken FROM lists WHERE sha256 = ? ORDER BY id LIMIT 1"
    row = run(connection, sql, (sha256,)).fetchone()
    with readable(f"lists {row[0] if row else ''}"):
        return TakenFile(row[0], row[1], stored_moment(row[2])) if row else None


def taken_lists(connection: Connection, most: int) -> list[TakenList]:
    """Return the lists that were taken last, the newest first, `most` at most; no receipts."""
    sql = (
        "SELECT file, system, taken, taken_by, counts FROM lists WHERE container <> ? "
        "ORDER BY id DESC LIMIT ?"
    )
    rows = run(connection, sql, (RECEIPT, most))
    return list(sound(connection, "lists", rows, _taken_list))


def _taken_list(row: tuple[str, ...]) -> TakenList:
    file, system, taken, taken_by, counts = row
    return TakenList(file, system, stored_moment(taken), taken_by, json.loads(counts))


def add_list(
    connection: Connection,
    *,
    sha256: str,
    file: str,
    container: str,
    sheet: str,
    layout: str,
    system: str,
    taken: datetime,
    taken_by: str,
    counts: Mapping[str, int],
) -> int:
    """Store a list that is taken; return its number."""
    row = {
        "sha256": sha256,
        "file": file,
        "container": container,
        "sheet": sheet,
        "layout": layout,
        "system": system,
        "taken": _iso(taken),
        "taken_by": taken_by,
        "counts": json.dumps(counts),
    }
    return add_numbered(connection, lists, row)


_UPSERT = (
    "INSERT INTO listed (dossier, first_list, list, row, status, due, process_due, finished, "
    "officials, agency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dossier) DO UPDATE SET "
    "status = excluded.status, due = excluded.due, process_due = excluded.process_due, "
    "finished = excluded.finished, officials = excluded.officials, agency = excluded.agency"
)
_AS_LAST = ", list = excluded.list, row = excluded.row"


def keep_listed(
    connection: Connection, list_id: int, rows: Iterable[ListedRow], *, is_last: bool = True
) -> None:
    """Store how this list names each dossier; the first list that named it stays.

    Not `is_last`: the list before stays the last one, to be held against the next.
    """
    run_many(
        connection,
        _UPSERT + (_AS_LAST if is_last else ""),
        (
            (
                row.n,
                list_id,
                list_id,
                row.row,
                row.status,
                _iso(row.due),
                _iso(row.process_due),
                _iso(row.finished),
                "\n".join(row.officials),
                row.agency,
            )
            for row in rows
        ),
    )


def keep_disagreement(connection: Connection, list_id: int, n: int, found: Disagreement) -> None:
    """Store a disagreement once; the first time that it was seen stays."""
    run(
        connection,
        "INSERT INTO disagreements (dossier, what, theirs, ours, seen, list) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (n, found.what.value, found.theirs, found.ours, _iso(found.seen), list_id),
    )


def disagreements_of(connection: Connection, code: str) -> tuple[Disagreement, ...]:
    """Return where lists say something else about this dossier, oldest first."""
    sql = (
        "SELECT g.what, g.ours, g.theirs, g.seen FROM disagreements g "
        "JOIN dossiers d ON d.n = g.dossier WHERE d.code = ? ORDER BY g.seen, g.what"
    )
    with readable(code):
        return tuple(
            Disagreement(Difference(what), ours, theirs, stored_moment(seen))
            for what, ours, theirs, seen in run(connection, sql, (code,))
        )


def vanished(connection: Connection, list_id: int, layout: str, system: str) -> list[str]:
    """Return the codes of open dossiers that the last list of this kind named and this one not.

    Only a list of the same system and layout is held against the one before.
    """
    sql = (
        "SELECT d.code FROM listed l JOIN dossiers d ON d.n = l.dossier JOIN lists f ON f.id = "
        "l.list WHERE l.list = (SELECT max(id) FROM lists WHERE id < ? AND layout = ? "
        "AND system = ?) AND d.ready IS NULL AND d.ended IS NULL ORDER BY d.n"
    )
    return [code for (code,) in run(connection, sql, (list_id, layout, system))]


def _iso(at: datetime | None) -> str | None:
    return iso(at) if at else None


def _moment(text: str | None) -> datetime | None:
    return stored_moment(text) if text else None


# --- what the clerk said once ---------------------------------------------------------------------


def keep_layout(connection: Connection, layout: Layout) -> None:
    """Store a layout that the clerk described, in place of an older one of the same headings."""
    fields = {heading: layout.fields[heading_key(heading)].value for heading in layout.named}
    run(
        connection,
        "INSERT INTO list_layouts (fingerprint, headings, fields) VALUES (?, ?, ?) "
        "ON CONFLICT (fingerprint) DO UPDATE SET headings = excluded.headings, "
        "fields = excluded.fields",
        (layout.fingerprint, json.dumps(layout.headings), json.dumps(fields)),
    )


def learned_layouts(connection: Connection) -> tuple[Layout, ...]:
    """Return the layouts that the clerk described."""
    sql = "SELECT fingerprint, headings, fields FROM list_layouts ORDER BY fingerprint"
    found = []
    for fingerprint, headings, fields in run(connection, sql):
        with readable(fingerprint):
            named = {heading: Field(name) for heading, name in json.loads(fields).items()}
            found.append(learned(tuple(json.loads(headings)), named))
    return tuple(found)


def keep_official(connection: Connection, name: str, official: str) -> None:
    """Store whom a folded name in lists means."""
    run(
        connection,
        "INSERT INTO list_officials (name, official) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET official = excluded.official",
        (name, official),
    )


def named_officials(connection: Connection) -> dict[str, str]:
    """Return the log-in names of active officials, by the folded names that mean them in lists."""
    sql = (
        "SELECT l.name, l.official FROM list_officials l JOIN officials o ON o.id = l.official "
        "WHERE o.active = 1"
    )
    return {str(name): str(official) for name, official in run(connection, sql)}


def keep_code(connection: Connection, theirs: str, code: str) -> None:
    """Store that a code of another system is a dossier of ours."""
    run(
        connection,
        "INSERT INTO list_codes (code, dossier) SELECT ?, n FROM dossiers WHERE code = ? "
        "ON CONFLICT (code) DO UPDATE SET dossier = excluded.dossier",
        (theirs, code),
    )


def forget_code(connection: Connection, theirs: str, code: str) -> bool:
    """Forget that a code of another system is this dossier; False where a list has used it."""
    ours = "dossier = (SELECT n FROM dossiers WHERE code = ?)"
    if run(connection, f"SELECT 1 FROM listed WHERE {ours}", (code,)).fetchone():  # noqa: S608
        return False
    run(connection, f"DELETE FROM list_codes WHERE code = ? AND {ours}", (theirs, code))  # noqa: S608
    return True


def last_due(connection: Connection, code: str) -> datetime | None:
    """Return the due moment that the last list named for a dossier."""
    sql = "SELECT l.due FROM listed l JOIN dossiers d ON d.n = l.dossier WHERE d.code = ?"
    row = run(connection, sql, (code,)).fetchone()
    return _moment(row[0]) if row else None


def process_limit(connection: Connection, code: str) -> ListedLimit | None:
    """Return the process limit of a dossier that the last list with one names; None for none."""
    sql = (
        "SELECT w.process_due, f.system FROM listed w JOIN dossiers d ON d.n = w.dossier "
        "JOIN lists f ON f.id = w.list WHERE d.code = ? AND w.process_due IS NOT NULL"
    )
    row = run(connection, sql, (code,)).fetchone()
    with readable(code):
        return ListedLimit(datetime.fromisoformat(row[0]), str(row[1])) if row else None


@dataclass(frozen=True)
class OwnDossier:
    """A dossier that was taken in here and that no list has named yet."""

    code: str
    name: str
    procedure: str
    accepted: datetime


def own_since(connection: Connection, first: datetime) -> tuple[OwnDossier, ...]:
    """Return the dossiers taken in here since `first` that no list has named."""
    sql = (
        "SELECT d.code, a.name, d.procedure_name, d.accepted FROM dossiers d "
        "JOIN applicants a ON a.dossier = d.n WHERE d.system = '' AND d.cancelled IS NULL "
        "AND d.accepted >= ? AND d.n NOT IN (SELECT dossier FROM listed) ORDER BY d.n"
    )
    rows = run(connection, sql, (_iso(first),))
    return sound(
        connection,
        "dossiers",
        rows,
        lambda row: OwnDossier(row[0], row[1], row[2], stored_moment(row[3])),
    )
