"""How the sets of reports stand today, what the day board says of them, and what was sent when.

Without the reports themselves: the day board does not wait for their modules.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.domain.reports.sets import Bundle, NextDue, State, next_due
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.office import officials, report_sets

SOON_DAYS = 3  # working days before the last day from which on a set is called to mind
_SHOWN = 3  # sets in the sentence of the day board


def listed(desk: Desk) -> tuple[NextDue, ...]:
    """Return every set with the earliest period that was not sent, the first due first."""
    desk.require(Permission.READ)
    today = desk.now().date()
    with desk.read() as connection:
        bundles = report_sets.all_bundles(connection)
        found_sets = report_sets.all_sets(connection)
    stand = (next_due(one, bundles, today) for one in found_sets)
    return tuple(sorted(stand, key=lambda one: (one.due, one.report_set.number)))


def due_words(desk: Desk) -> str:
    """Return the sentence of the day board on what must be sent soon or is overdue; "" for none.

    To those who may make and send it.
    """
    me, day = desk.require(Permission.READ), desk.now().date()
    if me.role not in ALLOWED[Permission.REPORT_BUNDLE]:
        return ""
    for _soon in range(SOON_DAYS):
        day = desk.calendar.next_working_day(day)
    pressing = [one for one in listed(desk) if one.state is not State.RUNNING and one.due <= day]
    if not pressing:
        return ""
    more = "; …" if len(pressing) > _SHOWN else ""
    return _("Báo cáo phải gửi (Ctrl+F8, Alt+G): {sets}.").format(
        sets="; ".join(map(_pressing_words, pressing[:_SHOWN])) + more
    )


def _pressing_words(one: NextDue) -> str:
    text = (
        _("{name}, {period}, quá hạn từ {due:%d/%m}")
        if one.state is State.OVERDUE
        else _("{name}, {period}, trước hết ngày {due:%d/%m}")
    )
    return text.format(name=one.report_set.name, period=one.period.words, due=one.due)


@dataclass(frozen=True)
class HistoryLine:
    """A bundle with the names of who made it and who said that it was sent, "" for nobody."""

    bundle: Bundle
    made_by: str
    sent_by: str


def history(desk: Desk, number: int | None = None) -> tuple[HistoryLine, ...]:
    """Return what was made and when it was sent, of one set or of all, newest first."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        bundles = report_sets.all_bundles(connection)
        names = {one.id: one.name for one in officials.all_officials(connection)}
    return tuple(
        _line_of(one, names) for one in reversed(bundles) if number in (None, one.report_set)
    )


def _line_of(bundle: Bundle, names: Mapping[str, str]) -> HistoryLine:
    made_by, sent_by = (names.get(one, one) for one in (bundle.made_by, bundle.sent_by))
    return HistoryLine(bundle, made_by, sent_by)
