"""Spans of days by their names."""

from datetime import date

import pytest

from cchc_desk.domain.time.spans import Span, days_of


@pytest.mark.parametrize(
    ("span", "today", "first", "last"),
    [
        (Span.TODAY, "2026-11-25", "2026-11-25", "2026-11-25"),
        (Span.THIS_WEEK, "2026-11-25", "2026-11-23", "2026-11-25"),
        (Span.THIS_WEEK, "2026-11-29", "2026-11-23", "2026-11-29"),  # Sunday ends a week
        (Span.THIS_MONTH, "2026-11-25", "2026-11-01", "2026-11-25"),
        (Span.LAST_MONTH, "2026-11-25", "2026-10-01", "2026-10-31"),
        (Span.LAST_MONTH, "2026-01-31", "2025-12-01", "2025-12-31"),
        (Span.LAST_MONTH, "2028-03-01", "2028-02-01", "2028-02-29"),
        (Span.THIS_QUARTER, "2026-11-25", "2026-10-01", "2026-11-25"),
        (Span.THIS_QUARTER, "2026-03-31", "2026-01-01", "2026-03-31"),
        (Span.SIX_MONTHS, "2026-06-30", "2026-01-01", "2026-06-30"),
        (Span.SIX_MONTHS, "2026-07-01", "2026-07-01", "2026-07-01"),
        (Span.THIS_YEAR, "2026-11-25", "2026-01-01", "2026-11-25"),
    ],
)
def test_a_span_of_days(span: Span, today: str, first: str, last: str) -> None:
    days = days_of(span, date.fromisoformat(today))
    assert days == (date.fromisoformat(first), date.fromisoformat(last))
