"""The facts of figures in the city's table `late`, which holds no other dossiers than late ones."""

from datetime import date

from cchc_desk.domain.conditions import Condition
from cchc_desk.domain.figures import Facts
from cchc_desk.sql import where

_COLUMNS = {
    # The day is enough, and the indexes are on it.
    Facts.first_due: "late.day",
    Facts.second_due: "late.second",
    Facts.second_last_minute: "substr(late.second, 1, 10) || 'T23:59'",
    Facts.finished: "late.done",
    Facts.paused_since: "late.paused",
    Facts.letters_delivered: "late.delivered",
    Facts.told_in_time: "late.told = 'in-time'",
    Facts.own_fault: "late.own_fault AND late.official <> ''",
}


def sql_of(condition: Condition) -> str:
    """The condition over `late`; `:start` and `:end` are days, `:now` a minute."""
    return where(condition, _COLUMNS)


def days_of_year(year: int) -> dict[str, str]:
    """The parameters of a calendar year."""
    return {"start": date(year, 1, 1).isoformat(), "end": date(year, 12, 31).isoformat()}


def days_of_month(month: str) -> dict[str, str]:
    """The parameters of a month written 2026-11; every month may end on the 31st, for no other day
    lies between.
    """
    return {"start": f"{month}-01", "end": f"{month}-31"}
