"""Spans of days that a register is asked for by one key: today, this week, this quarter."""

from datetime import date, timedelta
from enum import Enum

_MONTHS_A_QUARTER = 3


class Span(Enum):
    """A span of days that is known by its name."""

    TODAY = "today"
    THIS_WEEK = "this-week"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    THIS_QUARTER = "this-quarter"
    SIX_MONTHS = "six-months"
    THIS_YEAR = "this-year"


def days_of(span: Span, today: date) -> tuple[date, date]:
    """Return the first and the last day of a span.

    One that is not over yet ends today; the six months are the half of the year that today is in.
    """
    month = today.replace(day=1)
    if span is Span.LAST_MONTH:
        last = month - timedelta(days=1)
        return last.replace(day=1), last
    quarter = month.replace(month=1 + (today.month - 1) // _MONTHS_A_QUARTER * _MONTHS_A_QUARTER)
    firsts = {
        Span.TODAY: today,
        Span.THIS_WEEK: today - timedelta(days=today.weekday()),
        Span.THIS_MONTH: month,
        Span.THIS_QUARTER: quarter,
        Span.SIX_MONTHS: month.replace(month=1 if today.month <= 2 * _MONTHS_A_QUARTER else 7),
        Span.THIS_YEAR: month.replace(month=1),
    }
    return firsts[span], today
