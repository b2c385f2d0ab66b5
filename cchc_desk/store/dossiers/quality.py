"""Dossiers that a check of domain/quality.py finds, over a desk's tables.

One pass over the dossiers asks all conditions; `d` is the dossier in every one of them. What SQL
alone cannot tell is handed over as typed rows.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection

from cchc_desk.domain import quality
from cchc_desk.domain.dossiers.dossier import OPEN, Status
from cchc_desk.domain.figures import READY_AFTER_PROMISE, Facts
from cchc_desk.domain.quality import TOUCHED, Bounds, Check
from cchc_desk.domain.text.vietnamese import exact_key, fold
from cchc_desk.store.dossiers.conditions import sql_of
from cchc_desk.store.dossiers.dossiers import DECIDED
from cchc_desk.store.dossiers.listed import RECEIPT
from cchc_desk.store.engine.database import iso, run, sound, stored_moment

_AT_ONCE = 500  # parameters of one statement
_TOUCHED = sql_of(TOUCHED)
_UNFINISHED = "d.ready IS NULL AND d.ended IS NULL AND d.cancelled IS NULL"
_COUNTED = "d.cancelled IS NULL"


def _current(ordinal: str) -> str:
    """Return the current due moment of a promise: as it was moved last, else as it was printed."""
    return f"""coalesce(
      (SELECT m.after FROM due_moves m WHERE m.dossier = d.n AND m.promise = {ordinal}
       ORDER BY m.ordinal DESC LIMIT 1),
      (SELECT p.due FROM promises p WHERE p.dossier = d.n AND p.ordinal = {ordinal}), '')"""  # noqa: S608


_LAST_PROMISE = "(SELECT max(q.ordinal) FROM promises q WHERE q.dossier = d.n)"


def _another_due(theirs: str, ours: str) -> str:
    """Return that a list names another due moment; a day alone is held against the day."""
    return f"""(substr({theirs}, 1, 10) <> substr({ours}, 1, 10)
      OR substr({theirs}, 12, 5) <> '00:00' AND {theirs} <> {ours})"""


def _pauses(condition: str) -> str:
    return f"d.n IN (SELECT p.dossier FROM pauses p WHERE {condition})"  # noqa: S608


def _persons(condition: str) -> str:
    """Return the condition that a person taken in here has a number with which something is."""
    return f"""d.system = '' AND {_COUNTED} AND d.n IN (SELECT a.dossier FROM applicants a
      WHERE a.kind = 'person' AND a.id_number <> ''
      AND a.id_number NOT GLOB '*[^0-9]*' AND {condition})"""  # noqa: S608


_OPEN_REQUEST = {
    Status.SUPPLEMENT: _pauses("p.kind = 'supplement' AND p.ended IS NULL"),
    Status.OBLIGATION: _pauses("p.kind = 'obligation' AND p.ended IS NULL"),
}
_AT_WORK = ", ".join(str(int(status)) for status in sorted(OPEN))
_RESPONSIBLE = f"""EXISTS (SELECT 1 FROM responsibilities r WHERE r.dossier = d.n
  AND (r.official IS NOT NULL AND {DECIDED} OR r.official IS NULL AND NOT EXISTS (
    SELECT 1 FROM letters q WHERE q.dossier = d.n AND q.kind = 'late'
    AND q.responsible IS NOT NULL)))"""  # noqa: S608
# The fourth digit is the century and the sex, the next two the year of birth.
_OTHER_BIRTH = """(a.born <> '' AND (substr(a.id_number, 5, 2) <> substr(a.born, 3, 2)
    OR substr(a.born, 1, 2) = '19' AND substr(a.id_number, 4, 1) NOT IN ('0', '1')
    OR substr(a.born, 1, 2) = '20' AND substr(a.id_number, 4, 1) NOT IN ('2', '3'))
  OR a.sex = 'Nam' AND substr(a.id_number, 4, 1) NOT IN ('0', '2', '4', '6', '8')
  OR a.sex = 'Nữ' AND substr(a.id_number, 4, 1) NOT IN ('1', '3', '5', '7', '9'))"""

# Conditions over more than the facts of one dossier.
_SQL: Mapping[Check, str] = {
    # What was never moved nor promised anew is most of them, and compared in one join.
    quality.DUE_AGAINST_PROMISE: f"""{_COUNTED} AND (
      d.n IN (SELECT e.n FROM dossiers e LEFT JOIN promises p ON p.dossier = e.n AND p.ordinal = 1
              WHERE p.due IS NULL OR p.due <> e.first_due OR p.due <> e.due)
      OR d.n IN (SELECT m.dossier FROM due_moves m)
      OR d.n IN (SELECT q.dossier FROM promises q WHERE q.ordinal > 1))
    AND (d.first_due <> {_current("1")} OR d.due <> {_current(_LAST_PROMISE)})""",  # noqa: S608
    quality.REAPPOINTED_TWICE: "d.n IN (SELECT p.dossier FROM promises p WHERE p.ordinal > 2)",
    quality.REAPPOINTED_WITHOUT_LETTER: "d.n IN (SELECT p.dossier FROM promises p "
    "LEFT JOIN letters l ON l.id = p.letter WHERE p.ordinal = 2 AND l.signed IS NULL)",
    quality.PAUSE_MOMENTS: "d.n IN (SELECT p.dossier FROM pauses p "
    "JOIN dossiers e ON e.n = p.dossier WHERE p.began < e.accepted AND e.system = '' "
    "OR p.ended < p.began OR p.began > :now OR p.ended > :now)",
    quality.CLOCK_STANDS: f"{_COUNTED} AND (d.paused_since IS NOT NULL OR "  # noqa: S608
    f"{_pauses('p.ended IS NULL AND p.stops_clock = 1')}) AND coalesce(d.paused_since, '') <> "
    "coalesce((SELECT min(p.began) FROM pauses p WHERE p.dossier = d.n AND p.ended IS NULL "
    "AND p.stops_clock = 1), '')",
    quality.STATE_WITHOUT_REQUEST: f"{_UNFINISHED} AND ("
    + " OR ".join(
        f"(d.status = {int(status)} AND d.system = '' AND NOT ({asked}))"
        f" OR (d.status <> {int(status)} AND {asked})"
        for status, asked in _OPEN_REQUEST.items()
    )
    + ")",
    quality.PAUSE_AFTER_END: f"(d.ready IS NOT NULL OR d.ended IS NOT NULL) AND "
    f"{_pauses('p.ended IS NULL')}",
    quality.SUPPLEMENT_NOT_TOLD: f"{_UNFINISHED} AND "
    + _pauses("p.kind = 'supplement' AND p.ended IS NULL AND p.told IS NULL AND p.began < :today"),
    quality.NO_HOLDER: f"{_UNFINISHED} AND d.status IN ({_AT_WORK}) AND d.holder NOT IN "  # noqa: S608
    "(SELECT o.id FROM officials o WHERE o.active = 1)",
    quality.REMINDER_UNANSWERED: f"{_COUNTED} AND d.n IN (SELECT r.dossier FROM reminders r "  # noqa: S608
    "WHERE r.answered IS NULL AND r.answer_by < :now)",
    quality.NO_RESPONSIBILITY: f"({sql_of(READY_AFTER_PROMISE)} "
    f"OR {sql_of(Facts.ended > Facts.last_minute)}) AND NOT {_RESPONSIBLE}",
    quality.NUMBER_LENGTH: _persons("length(a.id_number) NOT IN (9, 12)"),
    quality.NUMBER_AND_BIRTH: _persons(f"length(a.id_number) = 12 AND ({_OTHER_BIRTH})"),
    quality.NO_FIELD: f"{_COUNTED} AND d.field = ''",
    quality.CHANNEL_AND_CODE: f"{_COUNTED} AND d.system = '' AND "
    "(d.channel = 'online' AND d.portal_code = '' OR d.channel <> 'online' AND "
    "d.portal_code <> '')",
    quality.LIST_VANISHED: f"{_UNFINISHED} AND d.n IN (SELECT l.dossier FROM listed l "  # noqa: S608
    "JOIN lists f ON f.id = l.list JOIN disagreements g ON g.dossier = l.dossier "
    "AND g.what = 'gone' WHERE l.list < (SELECT max(k.id) FROM lists k WHERE "
    f"k.layout = f.layout AND k.system = f.system AND k.container <> '{RECEIPT}'))",
    quality.LIST_DUE: f"{_UNFINISHED} AND d.n IN (SELECT l.dossier FROM listed l "  # noqa: S608
    "JOIN dossiers e ON e.n = l.dossier JOIN promises p ON p.dossier = l.dossier "
    f"AND p.ordinal = 1 WHERE l.due IS NOT NULL AND {_another_due('l.due', 'p.due')} "
    f"AND {_another_due('l.due', 'e.first_due')} AND {_another_due('l.due', 'e.due')})",
    # A list that does not say when leaves its words in the disagreement.
    quality.LIST_DONE: f"{_UNFINISHED} AND d.n IN (SELECT l.dossier FROM listed l "  # noqa: S608
    "JOIN dossiers e ON e.n = l.dossier LEFT JOIN disagreements g ON g.dossier = l.dossier "
    "AND g.what = 'finished' WHERE substr(l.finished, 1, 10) >= substr(e.accepted, 1, 10) "
    "OR l.finished IS NULL AND g.theirs = '«' || l.status || '»')",
    quality.LIST_DONE_EARLY: f"{_UNFINISHED} AND d.n IN (SELECT l.dossier FROM listed l "  # noqa: S608
    "JOIN dossiers e ON e.n = l.dossier WHERE "
    "substr(l.finished, 1, 10) < substr(e.accepted, 1, 10))",
}


def is_condition(check: Check) -> bool:
    """Return True for a check that conditions over the dossiers find (codes_of)."""
    return check.condition is not None or check in _SQL


@cache
def _condition(check: Check) -> str:
    return f"({sql_of(check.condition) if check.condition else _SQL[check]})"


@cache
def _statement(checks: tuple[Check, ...], whole_ward: bool) -> str:
    conditions = [_condition(check) for check in checks]
    touched = "" if whole_ward else f"{_TOUCHED} AND "
    return (
        f"SELECT d.code, {', '.join(conditions)} FROM dossiers d "  # noqa: S608 - our own words
        f"WHERE {touched}({' OR '.join(conditions)}) ORDER BY +d.due, d.n"
    )


def codes_of(
    connection: Connection, checks: Iterable[Check], within: Bounds
) -> dict[Check, list[str]]:
    """Return the dossiers that each of these checks finds, by due moment; is_condition() holds."""
    found: dict[Check, list[str]] = {check: [] for check in checks}
    for whole_ward in (False, True):
        some = tuple(check for check in found if check.whole_ward is whole_ward)
        if not some:
            continue
        rows = run(connection, _statement(some, whole_ward), _bounds(within))
        for code, *holds in sound(connection, "dossiers", rows, _coded):
            for check, is_found in zip(some, holds, strict=True):
                if is_found:
                    found[check].append(code)
    return found


def _coded(row: Any) -> tuple[Any, ...]:
    return (str(row[0]), *row[1:])


def _bounds(within: Bounds) -> dict[str, str]:
    return {name: iso(at) for name, at in within._asdict().items()}


# --- what Python decides --------------------------------------------------------------------------


def dues_to_come(connection: Connection, within: Bounds) -> tuple[tuple[str, datetime], ...]:
    """Return (code, due moment) of the unfinished dossiers of the period due from today on."""
    sql = (
        f"SELECT d.code, d.due FROM dossiers d WHERE {_UNFINISHED} AND d.due >= :today "  # noqa: S608
        f"AND {_TOUCHED} ORDER BY +d.due, d.n"
    )
    rows = run(connection, sql, _bounds(within))
    return sound(connection, "dossiers", rows, lambda row: (str(row[0]), stored_moment(row[1])))


_NUMBERS_OF_TWO = f"""
SELECT d.code, a.kind, a.id_number, a.name, {_TOUCHED}
FROM applicants a JOIN dossiers d ON d.n = a.dossier
WHERE a.id_number IN (
  SELECT id_number FROM applicants WHERE id_number <> ''
  GROUP BY id_number HAVING min(name) <> max(name)) AND {_COUNTED}
ORDER BY a.id_number, d.n
"""  # noqa: S608


def numbers_of_two(connection: Connection, within: Bounds) -> tuple[str, ...]:
    """Return the dossiers of the period whose number other dossiers have under another name."""
    rows = run(connection, _NUMBERS_OF_TWO, _bounds(within))
    named: dict[tuple[str, str], set[str]] = {}
    found = sound(connection, "applicants", rows, _numbered)
    for _code, owner, name, _touched in found:
        named.setdefault(owner, set()).add(name)
    two = {owner for owner, names in named.items() if len(_apart(names)) > 1}
    return tuple(code for code, owner, _name, touched in found if touched and owner in two)


def _numbered(row: Any) -> tuple[str, tuple[str, str], str, bool]:
    code, kind, number, name, touched = row
    return str(code), (str(kind), str(number)), exact_key(name), bool(touched)


def _apart(names: Collection[str]) -> set[str]:
    """Return the names without those that are another one typed without its marks."""
    marked = {fold(name) for name in names if fold(name) != name}
    return {name for name in names if fold(name) != name or name not in marked}


@dataclass(frozen=True)
class Entry:
    """A dossier as another one may be it: whose, what about, received when, watched or not."""

    code: str
    name: str
    procedure: str
    day: str
    watched: bool


_ENTRIES = f"""
SELECT d.code, a.name, d.procedure_name, substr(d.accepted, 1, 10), d.system <> ''
FROM dossiers d JOIN applicants a ON a.dossier = d.n
WHERE {_TOUCHED} AND {_COUNTED} AND EXISTS (SELECT 1 FROM dossiers w WHERE w.system <> '')
  AND EXISTS (SELECT 1 FROM dossiers o WHERE o.system = '')
ORDER BY d.n
"""  # noqa: S608


def entries(connection: Connection, within: Bounds) -> tuple[Entry, ...]:
    """Return the dossiers of the period; none where the desk has watched ones alone, or none."""
    rows = run(connection, _ENTRIES, _bounds(within))
    return sound(connection, "dossiers", rows, _entry)


def _entry(row: Any) -> Entry:
    code, name, procedure, day, watched = row
    return Entry(str(code), str(name), str(procedure), str(day), bool(watched))


@dataclass(frozen=True)
class Walked:
    """A dossier with a result, and the steps that it went through, acceptance's own first."""

    code: str
    procedure_code: str
    entered: datetime
    steps: frozenset[str]


_WALKED = f"""
SELECT d.code, d.procedure_code, d.entered, d.first_step, h.step
FROM dossiers d LEFT JOIN hand_overs h ON h.dossier = d.n
WHERE d.procedure_code IN (SELECT procedure_code FROM process_steps) AND d.system = ''
  AND d.ready IS NOT NULL AND {_COUNTED} AND d.n NOT IN (SELECT dossier FROM certifications)
  AND {_TOUCHED}
ORDER BY d.due, d.n
"""  # noqa: S608


def walked(connection: Connection, within: Bounds) -> tuple[Walked, ...]:
    """Return the dossiers of the period with a result whose procedure has an internal process.

    What was certified while the citizen waited went through none.
    """
    rows = sound(connection, "hand_overs", run(connection, _WALKED, _bounds(within)), _step)
    steps: dict[str, set[str]] = {}
    for code, _procedure, _entered, *names in rows:
        steps.setdefault(code, set()).update(name for name in names if name)
    heads = {code: (procedure, entered) for code, procedure, entered, *_names in rows}
    return tuple(Walked(code, *head, frozenset(steps[code])) for code, head in heads.items())


def _step(row: Any) -> tuple[str, str, datetime, str, str]:
    code, procedure, entered, first, later_one = row
    return str(code), str(procedure), stored_moment(entered), str(first), str(later_one or "")


def any_process(connection: Connection) -> bool:
    """Return True where the desk has set an internal process at all."""
    return run(connection, "SELECT 1 FROM process_steps LIMIT 1").fetchone() is not None


def own_codes(connection: Connection, first: date, last: date) -> tuple[str, ...]:
    """Return the codes that this desk gave from one day to another, cancelled ones too."""
    sql = "SELECT code FROM dossiers WHERE system = '' AND entered BETWEEN ? AND ?"
    rows = run(connection, sql, (f"{first.isoformat()}T00:00", f"{last.isoformat()}T23:59"))
    return sound(connection, "dossiers", rows, lambda row: str(row[0]))


def known_codes(connection: Connection, codes: Iterable[str]) -> frozenset[str]:
    """Return those of these codes that a dossier has."""
    asked, known = list(codes), set[str]()
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        sql = f"SELECT code FROM dossiers WHERE code IN ({', '.join('?' * len(some))})"  # noqa: S608
        known.update(str(code) for (code,) in run(connection, sql, some))
    return frozenset(known)


def numbered_years(connection: Connection) -> tuple[int, ...]:
    """Return the years in which papers or lines of certification were numbered."""
    sql = (
        "SELECT year FROM letters WHERE year IS NOT NULL UNION SELECT year FROM slips "
        "UNION SELECT year FROM certifications ORDER BY 1"
    )
    years = (row[0] for row in run(connection, sql))
    return tuple(year for year in years if isinstance(year, int))


def unanswered_registrations(connection: Connection, within: Bounds) -> tuple[str, ...]:
    """Return the portal's codes of what should have been accepted or refused by now."""
    sql = (
        "SELECT portal_code FROM registrations WHERE status = :waiting AND answer_by < :now "
        "ORDER BY answer_by, portal_code"
    )
    values = {"waiting": int(Status.REGISTERED), "now": iso(within.now)}
    return sound(connection, "registrations", run(connection, sql, values), lambda row: str(row[0]))
