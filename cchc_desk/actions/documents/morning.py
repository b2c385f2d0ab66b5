"""The morning: what the leader must know at the first start of the day, and the sheet that
says it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DayBoard
from cchc_desk.actions.intake import before_acceptance
from cchc_desk.actions.intake.before_acceptance import WaitingRow
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.lateness.responsibility import FuseAnswer, StrikeRow
from cchc_desk.actions.office import upkeep
from cchc_desk.actions.office.upkeep import LedgerAnswer
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import LateShare
from cchc_desk.domain.lateness import Standing
from cchc_desk.domain.people.officials import Act
from cchc_desk.i18n import _, _n, in_vietnamese, language, later
from cchc_desk.papers.layout.kit import Agency
from cchc_desk.papers.morning_sheet import MorningSheet, Section, morning_sheet_pdf
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
class Morning:
    """What the day begins with. `notice_owed`: the citizen must hear today that the promise may
    break.

    `untouched`: open dossiers on which nothing was done for some working days, with the moment of
    the last act.
    """

    board: DayBoard
    notice_owed: tuple[DossierRow, ...]
    loads: tuple[Load, ...]
    untouched: tuple[tuple[DossierRow, datetime], ...]
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


def untouched(desk: Desk) -> tuple[tuple[DossierRow, datetime], ...]:
    """Open dossiers on which nothing was done for `untouched_days` working days, with the moment of
    the last act.
    """
    desk.require(Act.READ)
    with desk.read() as connection:
        since = _touched_since(desk)
        lonely = {code: at for code, at in lists.last_acts(connection).items() if at.date() < since}
        alone = lists.rows_of(connection, desk.now(), lonely)
    return tuple((row, lonely[row.code]) for row in alone)


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


@in_vietnamese()
def sheet_pdf(desk: Desk) -> bytes:
    """The morning sheet, with what the verification of the ledger says."""
    found, ledger, settings = morning(desk), upkeep.verify_recent(desk), desk.settings
    regime = desk.regime_today()
    return morning_sheet_pdf(
        MorningSheet(
            agency=Agency(settings["unit_name"], regime.desk_title),
            place=settings["place"],
            now=found.board.now,
            sections=_sections(found),
            lines=(
                ("Trễ hẹn từ đầu năm", fuse_words(found.fuse)),
                ("Đầu sổ cái", f"{ledger.head} – {_ledger_words(ledger)}"),
                ("Giờ máy", " ".join(found.clock) or "đồng hồ chạy đều."),
            ),
            watermark=desk.watermark,
        )
    )


def _ledger_words(ledger: LedgerAnswer) -> str:
    """What the daily check found, and how old the last check of the whole ledger is."""
    if ledger.problems or ledger.anchor is None:
        return " ".join(ledger.problems) or "nguyên vẹn."
    anchor = ledger.anchor
    return (
        f"nguyên vẹn trong {upkeep.RECENT_DAYS} ngày qua; kiểm tra toàn bộ lần cuối "
        f"{anchor.at:%d/%m/%Y}, đến mục số {anchor.seq}."
    )


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


def _sections(found: Morning) -> tuple[Section, ...]:
    board = found.board
    first = [_list("Đã trả mà chưa xin lỗi", board.returned_without_letter, "Không có.")]
    return (
        *(first if board.returned_without_letter else []),
        _list("Trả hôm nay", board.due_today, "Hôm nay không có hồ sơ nào đến hạn."),
        _list("Hôm nay phải báo trước, kẻo trễ", found.notice_owed, "Không có."),
        _list("Đã trễ, chưa có kết quả", board.late, "Không có."),
        Section(
            "Hồ sơ từ Cổng chờ trả lời",
            tuple(_portal_line(one) for one in found.portal),
            "Không có.",
            "(F7)",
        ),
        Section(
            "Thư xin lỗi chờ ký",
            tuple((f"{x.row.code} · {x.row.name} · {x.cause_label}", "") for x in board.to_sign),
            "Không có thư nào.",
            "(F5)",
        ),
        Section(
            "Không ai đụng tới",
            tuple((_line(row), f"lần cuối {at:%d/%m}") for row, at in found.untouched),
            "Không có.",
            "(F3)",
        ),
        Section(
            "Ai đang giữ bao nhiêu",
            tuple(
                (x.name, f"{x.open} hồ sơ, gần nhất {x.nearest:%H:%M %d/%m}") for x in found.loads
            ),
            "Không có hồ sơ nào đang giải quyết.",
        ),
        Section(
            "Công chức gây trễ hẹn từ 2 lần trong năm",
            tuple(
                (x.official.name, f"{len(x.dossiers)} lần – {STANDINGS[x.standing]}")
                for x in found.strikes
            ),
            "Không có.",
        ),
    )


def _list(title: str, rows: tuple[DossierRow, ...], nothing: str) -> Section:
    told = tuple((_line(row), f"{row.due:%H:%M %d/%m}") for row in rows)
    return Section(title, told, nothing, "(F6)")


def _portal_line(one: WaitingRow) -> tuple[str, str]:
    until = f"{'QUÁ HẠN ' if one.late else 'trước '}{one.registration.answer_by:%H:%M %d/%m}"
    return (
        f"{one.registration.portal_code} · {one.applicant.name} · "
        f"{one.registration.procedure_name}",
        until,
    )


def _line(row: DossierRow) -> str:
    return f"{row.code} · {row.name} · {row.procedure_name} · {row.holder_name}"
