"""The morning: facts for the leader at the first start of the day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cchc_desk.actions.data import drill, personal_data
from cchc_desk.actions.dossiers import progress, reminders
from cchc_desk.actions.dossiers.progress import DayBoard
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.intake import before_acceptance
from cchc_desk.actions.intake.before_acceptance import WaitingRow
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.lateness.responsibility import FuseAnswer, StrikeRow
from cchc_desk.actions.people import absences
from cchc_desk.actions.report_sets import standing
from cchc_desk.domain.dossiers.reminders import ReminderLine
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.late_share import LateShare, number_text
from cchc_desk.domain.lateness import Standing
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.personal_data import CitizenRequest
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists
from cchc_desk.store.engine.database import Connection

STANDINGS = {Standing.WARNING: later("cảnh báo"), Standing.REVIEW: later("đưa ra xem xét")}


@dataclass(frozen=True)
class Load:
    """Number of open dossiers that one official holds, and the nearest due moment among them."""

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
    """Facts of the morning; of `notice_owed` the citizen must be warned today.

    `internal`: their internal deadline is today or past, the promise still to come.
    """

    board: DayBoard
    notice_owed: tuple[DossierRow, ...]
    loads: tuple[Load, ...]
    untouched: tuple[Untouched, ...]
    fuse: FuseAnswer
    strikes: tuple[StrikeRow, ...]
    clock: tuple[str, ...]
    portal: tuple[WaitingRow, ...]
    requests: tuple[CitizenRequest, ...]  # about people's own data, that must be answered soon
    reminders: tuple[ReminderLine, ...] = ()  # that wait for an answer, the most pressing first
    urged: tuple[DossierRow, ...] = ()  # their dossiers
    cover: tuple[str, ...] = ()  # for whom one stands in, and what has nobody
    internal: tuple[DossierRow, ...] = ()
    to_forward: Mapping[str, datetime] = field(default_factory=dict)  # until when, by code
    drill: str = ""  # that the copies are to be tried, "" while they are not
    to_send: str = ""  # which sets of reports must be sent soon, "" for none


def morning(desk: Desk, origin: Origin = Origin.ALL) -> Morning:
    """Read the facts of the day board and the morning sheet.

    What is about no dossier is the same for every origin, but for the portal's registrations:
    their origin is the desk.
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        return _morning(desk, connection, origin)


def _morning(desk: Desk, connection: Connection, origin: Origin) -> Morning:
    now = desk.now()
    first, last = responsibility.year_to_date(now)
    asked_again = reminders.waiting(desk, origin)
    codes = list(dict.fromkeys(line.reminder.code for line in asked_again))
    loads = tuple(Load(*load) for load in lists.loads(connection, origin))
    urged = lists.rows_of(connection, now, codes)
    chosen = lists.of_origin(connection, origin)
    strikes = responsibility.strikes(desk, now.year, origin)
    portal = before_acceptance.waiting(desk)
    return Morning(
        board=progress.day_board(desk, origin),
        notice_owed=progress.notice_owed(desk, origin),
        internal=progress.internal_due(desk, origin),
        to_forward=progress.to_forward(desk, origin),
        loads=loads,
        untouched=untouched(desk, origin),
        fuse=responsibility.fuse(desk, first, last, origin),
        strikes=tuple(row for row in strikes if row.standing is not Standing.CLEAR),
        clock=progress.clock_remarks(desk),
        portal=tuple(row for row in portal if row.registration.portal_code in chosen),
        drill=drill.due_words(desk),
        to_send=standing.due_words(desk),
        requests=personal_data.due_requests(desk),
        cover=absences.remarks(desk),
        reminders=asked_again,
        urged=tuple(sorted(urged, key=lambda row: codes.index(row.code))),
    )


def untouched(desk: Desk, origin: Origin = Origin.ALL) -> tuple[Untouched, ...]:
    """Return open dossiers on which nothing was done for `untouched_days` working days."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        old = lists.last_acts_before(connection, _touched_since(desk))
        seen = leaving.seen_codes(desk, connection, origin)
        old = {code: at for code, at in old.items() if code in seen}
        rows = lists.rows_of(connection, desk.now(), old)
    return tuple(Untouched(row, old[row.code]) for row in rows)


def _touched_since(desk: Desk) -> date:
    """Return the day from which on an act counts as recent."""
    day = desk.now().date()
    for _day in range(desk.settings["untouched_days"]):
        day = desk.calendar.previous_working_day(day)
    return day


def percent(fuse: LateShare) -> str:
    """Return `3/60 = 5%`, with digits enough to show the side of the line; "—" for nothing."""
    shown = share_text(fuse)
    return f"{fuse.late}/{fuse.total} = {shown}" if fuse.total else shown


def share_text(fuse: LateShare) -> str:
    """Return `5%`, with digits enough to show the side of the line; "—" for nothing."""
    return fuse.percent_text


def coverage_words(answer: FuseAnswer) -> str:
    """Return how many of the late dossiers have their apology, and how many were told in time."""
    found = answer.coverage
    if not found.late:
        return _("không có hồ sơ trễ.")
    share = found.apologised_share
    assert share is not None, "there are late ones"
    return _(
        "đã trao thư {apologised}/{late} hồ sơ trễ ({percent}%), báo trước kịp {told}/{late}."
    ).format(
        apologised=found.apologised,
        late=found.late,
        percent=number_text(round(share * 100, 1)),
        told=found.told,
    )


def fuse_words(answer: FuseAnswer) -> str:
    """Return the late share in words, its distance from the line, and the portal's count."""
    fuse = answer.fuse
    if fuse.share is None and answer.portal.share is None:
        return _("chưa có hồ sơ nào để tính.")
    share, portal, left = percent(fuse), percent(answer.portal), fuse.until_tripped
    if fuse.share is not None and fuse.share > fuse.line:
        return _("{share}, đã vượt ngưỡng 5%. Cổng Dịch vụ công đếm: {portal}.").format(
            share=share, portal=portal
        )
    if fuse.tripped:
        return _("{share}, đã chạm ngưỡng 5%. Cổng Dịch vụ công đếm: {portal}.").format(
            share=share, portal=portal
        )
    text = _n(
        "{share}, còn {n} hồ sơ trễ nữa là chạm ngưỡng 5%. Cổng Dịch vụ công đếm: {portal}.", left
    )
    return text.format(share=share, n=left, portal=portal)
