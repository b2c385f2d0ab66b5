"""Quality of the data before figures are sent: what stands open, and its dossiers."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from cchc_desk.actions.exports import leaving
from cchc_desk.actions.lists.taking import procedure_key
from cchc_desk.actions.office import numbers
from cchc_desk.domain import quality as rules
from cchc_desk.domain.dossiers.dossier import number_text
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.law.procedure import ProcessStep, first_step
from cchc_desk.domain.ledger.facts.office import ProcessSet
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.quality import CHECKS, Bounds, Check
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists
from cchc_desk.store.dossiers import quality as store
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import processes

_CODE = "-"  # behind the day in a dossier's code


@dataclass(frozen=True)
class CheckRow:
    """A check and how many stand open: dossiers, or numbers where it is about these."""

    check: Check
    open: int


def checks(
    desk: Desk, first: date, last: date, origin: Origin = Origin.ALL
) -> tuple[CheckRow, ...]:
    """Return every check with what stands open of it among the dossiers touched in a period.

    To a processor: of their own dossiers. Raises Refused("period").
    """
    found_by = _found(desk, CHECKS, first, last, origin)
    return tuple(CheckRow(check, len(found_by[check])) for check in CHECKS)


def found(
    desk: Desk, check: Check, first: date, last: date, origin: Origin = Origin.ALL
) -> tuple[str, ...]:
    """Return the codes that a check finds, as checks() counts them; of gaps the numbers."""
    return _found(desk, (check,), first, last, origin)[check]


def _found(
    desk: Desk, wanted: Iterable[Check], first: date, last: date, origin: Origin
) -> dict[Check, tuple[str, ...]]:
    desk.require(Permission.READ)
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    chosen, within = tuple(wanted), Bounds.of_days(first, last, desk.now())
    codes: dict[Check, Iterable[str]] = {}
    with desk.read() as connection:
        seen = leaving.seen_codes(desk, connection, origin)
        conditions = [check for check in chosen if store.is_condition(check)]
        codes |= store.codes_of(connection, conditions, within)
        for check in chosen:
            if check in _WALKS:
                codes[check] = tuple(_WALKS[check](desk, connection, within))
    if rules.NUMBER_GAPS in chosen:
        codes[rules.NUMBER_GAPS] = _number_gaps(desk, within)
    return {
        check: tuple(dict.fromkeys(code for code in codes[check] if code in seen))
        if not check.numbers
        else tuple(codes[check] if origin is not Origin.LIST else ())
        for check in chosen
    }


# --- one for each check that conditions do not find -----------------------------------------------


def _damaged(desk: Desk, connection: Connection, within: Bounds) -> Iterable[str]:
    return lists.damaged(connection)


def _rest_days(desk: Desk, connection: Connection, within: Bounds) -> Iterator[str]:
    for code, due in store.dues_to_come(connection, within):
        if not desk.calendar.is_working_day(due.date()):
            yield code


def _numbers_of_two(desk: Desk, connection: Connection, within: Bounds) -> Iterable[str]:
    return store.numbers_of_two(connection, within)


def _counted_twice(desk: Desk, connection: Connection, within: Bounds) -> Iterator[str]:
    """Yield the dossiers of one person, matter and day that stand both here and in a list."""
    matter = cache(procedure_key)  # a ward has few procedures
    alike = defaultdict[tuple[str, str, str], list[store.Entry]](list)
    for entry in store.entries(connection, within):
        alike[fold(entry.name), matter(entry.procedure), entry.day].append(entry)
    for same in alike.values():
        if len({entry.watched for entry in same}) > 1:
            yield from (entry.code for entry in same)


def _steps_missing(desk: Desk, connection: Connection, within: Bounds) -> Iterator[str]:
    """Yield the dossiers that left out a step of the process as it was when they were entered.

    The process of another day is not asked for.
    """
    if not store.any_process(connection):
        return
    set_at = {
        facts.procedure: entry.at
        for entry, facts in journal.facts_by(
            connection, Act.PROCESS.value, date.min, within.now.date()
        )
        if isinstance(facts, ProcessSet)
    }
    needed: dict[str, frozenset[str]] = {}
    for one in store.walked(connection, within):
        procedure = one.procedure_code
        if procedure not in needed:
            needed[procedure] = _to_hand_over(processes.process_of(connection, procedure))
        was_set = set_at.get(procedure)
        if was_set and was_set <= one.entered and needed[procedure] - one.steps:
            yield one.code


def _to_hand_over(process: tuple[ProcessStep, ...]) -> frozenset[str]:
    """Return the steps that a hand-over begins.

    Acceptance is the first one of a clerk; the return to the citizen the last one.
    """
    steps = process[1:] if first_step(process) else process
    if steps and steps[-1].role == "clerk" and not steps[-1].agency:
        steps = steps[:-1]
    return frozenset(step.name for step in steps)


def _registrations(desk: Desk, connection: Connection, within: Bounds) -> Iterable[str]:
    return store.unanswered_registrations(connection, within)


def _code_gaps(desk: Desk, connection: Connection, within: Bounds) -> Iterable[str]:
    """Return the codes between the first and the last of a day, in this desk's block, not there.

    Another system may have given one of them: where a list named it, it is there.
    """
    first, last = desk.settings["block_first"], desk.settings["block_last"]
    given = defaultdict[str, set[int]](set)
    for code in store.own_codes(connection, within.start.date(), within.end.date()):
        day, _dash, serial = code.rpartition(_CODE)
        if serial.isdecimal() and len(serial) <= 6 and first <= int(serial) <= last:
            given[day].add(int(serial))
    missing = [
        f"{day}{_CODE}{number:04d}"
        for day, serials in sorted(given.items())
        for number in sorted(set(range(min(serials), max(serials))) - serials)
    ]
    there = store.known_codes(connection, missing)
    return (code for code in missing if code not in there)


def _number_gaps(desk: Desk, within: Bounds) -> Iterator[str]:
    """Yield the numbers that no paper has; the registrar's own series may leave some out."""
    with desk.read() as connection:
        years = store.numbered_years(connection)
    settings = desk.settings
    by_hand = {settings["letter_symbol"]} if settings["letter_by_registrar"] else set()
    for year in years:
        if within.start.year <= year <= within.end.year:
            for series in numbers.series(desk, year):
                if series.symbol not in by_hand:
                    yield from (f"{number_text(n, series.symbol)} ({year})" for n in series.gaps)


_WALKS: dict[Check, Callable[[Desk, Connection, Bounds], Iterable[str]]] = {
    rules.DAMAGED: _damaged,
    rules.REST_DAY_PROMISE: _rest_days,
    rules.NUMBER_OF_TWO: _numbers_of_two,
    rules.COUNTED_TWICE: _counted_twice,
    rules.STEP_MISSING: _steps_missing,
    rules.REGISTRATION_UNANSWERED: _registrations,
    rules.CODE_GAPS: _code_gaps,
}
