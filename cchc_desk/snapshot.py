"""Settings, calendar and legal regimes of a desk, read together as one immutable snapshot.

Whoever changes one of them raises the facts' revision in the same transaction
(store/office/registers.py), so that every open desk, in whatever process, reads them again.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

import resources
from cchc_desk.domain import away
from cchc_desk.domain.away import AwayDesk
from cchc_desk.domain.law.procedure import OfficeChoice, shortened
from cchc_desk.domain.law.regime import Regime, regimes_from_json
from cchc_desk.domain.time.calendar import Calendar, CalendarYear, Session, Week, calendar_from_rows
from cchc_desk.domain.time.hours import hours_text, read_hours
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.settings import Settings, wrong_kind
from cchc_desk.store.engine.database import UNREADABLE, Connection
from cchc_desk.store.office import calendars, procedures, registers

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
REGIMES = "regimes"  # the setting that holds regimes taken from the city


@dataclass(frozen=True)
class Snapshot:
    """Settings, calendar, regimes and the office's choices of procedures, of one revision."""

    revision: int
    settings: Settings
    calendar: Calendar
    regimes: tuple[Regime, ...]
    choices: Mapping[str, OfficeChoice]
    away: AwayDesk | None = None  # None for a desk at home

    def short_name(self, code: str, full_name: str) -> str:
        """Return a procedure's name for screens: the office's own, the shipped one, or by rule."""
        choice = self.choices.get(code)
        own = choice.short_name if choice else ""
        return own or shipped_short_names().get(code) or shortened(full_name)


def read_snapshot(connection: Connection, station: str = "") -> Snapshot:
    """Read the facts as the connection's transaction sees them, at this station of a ward."""
    stored = registers.load_settings(connection, station)
    settings = Settings(stored)
    if (wrong := wrong_kind(stored)) is not None:
        raise registers.damaged_settings(wrong)
    try:
        calendar = calendar_of(settings["office_hours"], calendars.in_force(connection))
    except UNREADABLE as error:
        raise registers.damaged_settings("office_hours") from error
    try:
        regimes = regimes_of(stored)
    except UNREADABLE as error:
        raise registers.damaged_settings(REGIMES) from error
    try:
        away_desk = away.read_away(stored.get(away.SETTING))
    except UNREADABLE as error:
        raise registers.damaged_settings(away.SETTING) from error
    return Snapshot(
        registers.revision(connection),
        settings,
        calendar,
        regimes,
        procedures.choices(connection),
        away_desk,
    )


# --- procedures -----------------------------------------------------------------------------------


@cache
def shipped_short_names() -> Mapping[str, str]:
    """Return the short names that the program ships, by the code of the procedure."""
    names: dict[str, str] = json.loads(resources.read_text("catalogue/short_names.json"))
    return names


# --- law ------------------------------------------------------------------------------------------


def regimes_of(stored: Mapping[str, Any]) -> tuple[Regime, ...]:
    """Return the regimes taken from the city, else the shipped ones."""
    taken = stored.get(REGIMES)
    return regimes_from_json(json.dumps(taken)) if taken else shipped_regimes()


@cache
def shipped_regimes() -> tuple[Regime, ...]:
    """Return the regimes that the program ships."""
    return regimes_from_json(resources.read_text("law/regimes.json"))


# --- the calendar ---------------------------------------------------------------------------------


def calendar_of(office_hours: Mapping[str, str], entered: Iterable[CalendarYear] = ()) -> Calendar:
    """Return the shipped calendar with these office hours and the years confirmed at the desk."""
    return reduce(Calendar.with_year, entered, _shipped_calendar(week_of(office_hours)))


@cache
def _shipped_calendar(week: Week) -> Calendar:
    facts = json.loads(resources.read_text("calendar/confirmed_years.json"))
    rows = csv.DictReader(io.StringIO(resources.read_text("calendar/holidays.csv")))
    return calendar_from_rows(rows, week, frozenset(facts["confirmed_years"]), facts["version"])


def week_of(office_hours: Mapping[str, str]) -> tuple[tuple[Session, ...], ...]:
    """Return seven days of sessions from {"mon-fri": "07:30-11:30,13:00-17:00", "sat": …}.

    Raises Refused("office-hours") when they cannot be read or leave no working day.
    """
    week: dict[str, tuple[Session, ...]] = {}
    for days, hours in office_hours.items():
        sessions = _sessions(hours)
        for day in _days(days):
            week[day] = sessions
    try:
        return Calendar(tuple(week.get(day, ()) for day in DAYS), {}, frozenset(), "").week
    except ValueError as error:
        raise _bad_hours() from error


def _days(text: str) -> tuple[str, ...]:
    first, _, last = text.strip().lower().partition("-")
    if first not in DAYS or (last and last not in DAYS):
        raise _bad_hours()
    return DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]


def _sessions(text: str) -> tuple[Session, ...]:
    try:
        return read_hours(text)
    except ValueError as error:
        raise _bad_hours() from error


def tidy_hours(office_hours: Mapping[str, str]) -> dict[str, str]:
    """Return the same hours as the settings keep them. Raises Refused("office-hours")."""
    return {days: hours_text(_sessions(hours)) for days, hours in office_hours.items()}


def _bad_hours() -> Refused:
    return Refused(
        "office-hours",
        _("Giờ làm việc viết như 07:30-11:30,13:00-17:00 và phải có ít nhất một ngày làm việc."),
        "office_hours",
    )
