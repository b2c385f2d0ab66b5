"""Forwarding of a dossier that was taken in for another agency, by the law of its day."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from cchc_desk.domain.time.calendar import Calendar


@dataclass(frozen=True)
class ForwardingRule:
    """The rule from a day on: received after `cut_off` is forwarded the next working morning."""

    valid_from: date
    cut_off: time
    basis: str
    mark: str


def rules_from_json(text: str) -> tuple[ForwardingRule, ...]:
    """Read resources/law/forwarding.json. Raises ValueError or KeyError when it is wrong."""
    return tuple(
        ForwardingRule(
            date.fromisoformat(row["valid_from"]),
            time.fromisoformat(row["cut_off"]),
            row["basis"],
            row["mark"],
        )
        for row in json.loads(text)
    )


def rule_on(rules: Iterable[ForwardingRule], day: date) -> ForwardingRule | None:
    """Return the rule in force on `day`, None before the first."""
    begun = [rule for rule in rules if rule.valid_from <= day]
    return max(begun, key=lambda rule: rule.valid_from, default=None)


def forward_by(received: datetime, cut_off: time, calendar: Calendar) -> datetime:
    """Return until when papers that were received then are to be with the competent agency.

    Closing of the same working day; received after `cut_off` or after closing: the end of the
    first session of the next working day. What was received on a day of rest counts as received at
    the next opening.
    """
    day = received.date()
    if not calendar.is_working_day(day):
        return _end(calendar.next_working_day(day), calendar, session=-1)
    closing = _end(day, calendar, session=-1)
    if received.time().replace(second=0, microsecond=0) <= min(cut_off, closing.time()):
        return closing
    return _end(calendar.next_working_day(day), calendar, session=0)


def _end(day: date, calendar: Calendar, *, session: int) -> datetime:
    return datetime.combine(day, calendar.sessions_on(day)[session].closes)
