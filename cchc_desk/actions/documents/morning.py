"""The morning: the facts that a leader must know at the first start of the day."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DayBoard
from cchc_desk.actions.intake import before_acceptance
from cchc_desk.actions.intake.before_acceptance import WaitingRow
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.lateness.responsibility import FuseAnswer, StrikeRow
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.late_share import LateShare
from cchc_desk.domain.lateness import Standing
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, _n, language, later
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists

STANDINGS = {Standing.WARNING: later("cảnh báo"), Standing.REVIEW: later("đưa ra xem xét")}


@dataclass(frozen=True)
class Load:
    """How many open dossiers one official holds, and the nearest due moment among them."""

    name: str
    open: int
    nearest: datetime


@dataclass(frozen=True)
class Untouched:
    """An open dossier on which nothing was done for some working days, and its last act."""

    row: DossierRow
    last_act: datetime


@dataclass(frozen=True)
class Morning:
    """What the day begins with. `notice_owed`: the citizen must hear today that the promise may
    break.
    """

    board: DayBoard
    notice_owed: tuple[DossierRow, ...]
    loads: tuple[Load, ...]
    untouched: tuple[Untouched, ...]
    fuse: FuseAnswer
    strikes: tuple[StrikeRow, ...]
    clock: tuple[str, ...]
    portal: tuple[WaitingRow, ...]


def morning(desk: Desk) -> Morning:
    """Everything the sheet and the day board say, read at one moment."""
    desk.require(Act.READ)
    now = desk.now()
    first, last = responsibility.year_to_date(now)
    with desk.read() as connection:
        loads = tuple(
            Load(name, count, nearest) for name, count, nearest in lists.loads(connection)
        )
    return Morning(
        board=progress.day_board(desk),
        notice_owed=progress.notice_owed(desk),
        loads=loads,
        untouched=untouched(desk),
        fuse=responsibility.fuse(desk, first, last),
        strikes=tuple(
            row
            for row in responsibility.strikes(desk, now.year)
            if row.standing is not Standing.CLEAR
        ),
        clock=progress.clock_remarks(desk),
        portal=before_acceptance.waiting(desk),
    )


def untouched(desk: Desk) -> tuple[Untouched, ...]:
    """Open dossiers on which nothing was done for `untouched_days` working days."""
    desk.require(Act.READ)
    with desk.read() as connection:
        since = _touched_since(desk)
        lonely = {code: at for code, at in lists.last_acts(connection).items() if at.date() < since}
        alone = lists.rows_of(connection, desk.now(), lonely)
    return tuple(Untouched(row, lonely[row.code]) for row in alone)


def _touched_since(desk: Desk) -> date:
    """The day from which on an act counts as recent."""
    day = desk.now().date()
    for _day in range(desk.settings["untouched_days"]):
        day = desk.calendar.previous_working_day(day)
    return day


def percent(fuse: LateShare) -> str:
    """`3/60 = 5 %`, with as many digits as it takes not to round a share over the line; "—" for
    nothing.
    """
    shown = fuse.percent
    return "—" if shown is None else f"{fuse.late}/{fuse.total} = {_decimal(shown)} %"


def _decimal(number: Fraction) -> str:
    from babel.numbers import format_decimal

    return format_decimal(float(number), format="0.########", locale=language())


def fuse_words(answer: FuseAnswer) -> str:
    """The share of late dossiers, how far from the line, and what the national portal counts."""
    fuse = answer.fuse
    if fuse.share is None and answer.portal.share is None:
        return _("chưa có hồ sơ nào để tính.")
    share, portal, left = percent(fuse), percent(answer.portal), fuse.until_tripped
    if fuse.tripped:
        return _("{share}, đã chạm đường 5 %. Cổng Dịch vụ công đếm: {portal}.").format(
            share=share, portal=portal
        )
    said = _n(
        "{share}, còn {n} hồ sơ trễ nữa là chạm đường 5 %. Cổng Dịch vụ công đếm: {portal}.", left
    )
    return said.format(share=share, n=left, portal=portal)
