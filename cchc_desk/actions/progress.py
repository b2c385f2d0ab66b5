"""Following up: the list, one dossier, the day board; result ready; return to the citizen."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from cchc_desk.actions import catalogue, history
from cchc_desk.actions.history import HistoryLine
from cchc_desk.desk import Desk
from cchc_desk.domain import lateness
from cchc_desk.domain.deadlines import WalkStep
from cchc_desk.domain.dossier import Dossier, Letter, LetterState, Status, Step, step
from cchc_desk.domain.listing import DossierRow
from cchc_desk.domain.officials import Act, require
from cchc_desk.domain.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.store import dossiers
from cchc_desk.store.database import Connection

OPEN = frozenset({Status.RECEIVED, Status.PROCESSING, Status.SUPPLEMENT, Status.OBLIGATION})


@dataclass(frozen=True)
class LetterRow:
    """One apology letter in a list, with its dossier; `number_text` is "" until it is signed."""

    letter: Letter
    row: DossierRow
    cause_label: str
    number_text: str


@dataclass(frozen=True)
class DossierView:
    """One dossier, its history, the walk of its first promise, and what may be done now (act -> None, or why not)."""

    dossier: Dossier
    row: DossierRow
    history: tuple[HistoryLine, ...]
    walk: tuple[WalkStep, ...]
    allowed: Mapping[str, str | None]


@dataclass(frozen=True)
class ReturnAnswer:
    """After a return: whether the dossier is closed, and what is still owed, such as ("apology",)."""

    view: DossierView
    closed: bool
    owed: tuple[str, ...]


@dataclass(frozen=True)
class DayBoard:
    """What the day asks for. `tomorrow_rest` names the rest day that follows today, "" on an ordinary eve."""

    now: datetime
    due_today: tuple[DossierRow, ...]
    soon: tuple[DossierRow, ...]
    late: tuple[DossierRow, ...]
    letters_owed: tuple[DossierRow, ...]
    returned_without_letter: tuple[DossierRow, ...]
    to_sign: tuple[LetterRow, ...]
    to_deliver: tuple[LetterRow, ...]
    tomorrow_rest: str


def find_dossiers(
    desk: Desk,
    query: str = "",
    status: frozenset[Status] = frozenset(),
    only: str = "all",
    limit: int = 200,
    order: str = "due",
) -> tuple[DossierRow, ...]:
    """At most `limit` dossiers. `only`: all, open, late, owed. A query ranks exact marks first; else by `order`."""
    desk.require(Act.READ)
    now = desk.now()
    with desk.database.read() as connection:
        if query.strip():
            found = dossiers.found(connection, now, query, limit)
        elif only in ("late", "owed"):
            found = dossiers.overdue_candidates(connection, now)
        else:
            found = dossiers.rows(connection, now, status=status, open_only=only == "open", order=order, limit=limit)
    return tuple(row for row in found if _fits(row, status, only))[:limit]


def _fits(row: DossierRow, status: frozenset[Status], only: str) -> bool:
    if status and row.status not in status:
        return False
    return {"all": True, "open": row.closed is None, "late": row.late, "owed": row.letters_owed > 0}[only]


def show_dossier(desk: Desk, code: str) -> DossierView:
    """The whole of one dossier; Refused ("unknown-dossier") when no dossier has this code."""
    desk.require(Act.READ)
    with desk.database.read() as connection:
        dossier = the_dossier(connection, code)
        (row,) = dossiers.rows_of(connection, desk.now(), [dossier.code])
        past = history.lines(connection, dossier.code)
    walk = catalogue.promise(desk, dossier.first.made, dossier.limit).walk
    return DossierView(dossier, row, past, walk, _allowed(desk, dossier))


def the_dossier(connection: Connection, code: str) -> Dossier:
    """The dossier with this code as typed or scanned; Refused when there is none."""
    dossier = dossiers.load(connection, clean_line(code).upper())
    if dossier is None:
        raise Refused("unknown-dossier", f"Không có hồ sơ mã «{clean_line(code)}»; hãy kiểm tra lại mã.", "code")
    return dossier


def mark_ready(desk: Desk, code: str) -> DossierView:
    """The result is ready: the moment that lateness is measured at (docs/promise.md 9)."""
    desk.require(Act.READY)
    now = desk.now()
    with desk.database.write() as connection:
        dossier = the_dossier(connection, code)
        step(dossier, Step.READY)
        dossiers.mark_ready(connection, dossier.code, now)
        desk.record(connection, Act.READY, dossier.code)
    return show_dossier(desk, code)


def return_result(desk: Desk, code: str, to_name: str, papers_back: str = "") -> ReturnAnswer:
    """Hands the result to the citizen. Never withheld: a late dossier without its letter merely stays open."""
    desk.require(Act.RETURN)
    to_name, papers_back = clean_line(to_name), clean_line(papers_back)
    if not to_name:
        raise Refused("returned-to", "Hãy ghi tên người nhận kết quả.", "to_name")
    now = desk.now()
    with desk.database.write() as connection:
        dossier = the_dossier(connection, code)
        step(dossier, Step.RETURN)
        dossiers.mark_returned(connection, dossier.code, now, to_name, papers_back)
        owed = lateness.letters_owed(dossier, now)
        desk.record(connection, Act.RETURN, dossier.code, to=to_name, papers_back=papers_back, letters_owed=owed)
        if not owed:
            dossiers.mark_closed(connection, dossier.code, now)
    view = show_dossier(desk, code)
    return ReturnAnswer(view, view.dossier.closed is not None, ("apology",) * min(owed, 1))


def day_board(desk: Desk) -> DayBoard:
    """Due today, soon, late, letters owed; the leader's list first holds what was returned without its letter."""
    desk.require(Act.READ)
    now = desk.now()
    midnight = datetime.combine(now.date(), time())
    tomorrow = midnight + timedelta(days=1)
    horizon = datetime.combine(_working_days_on(desk, now.date()), time()) + timedelta(days=1)
    with desk.database.read() as connection:
        overdue = dossiers.overdue_candidates(connection, now)
        near = dossiers.rows(connection, now, status=OPEN, due_from=midnight, due_before=horizon)
        drafted = dossiers.letters_in(connection, [LetterState.DRAFTED])
        signed = dossiers.letters_in(connection, [LetterState.SIGNED])
        about = _rows_by_code(connection, now, (*drafted, *signed))
    owed = tuple(row for row in overdue if row.letters_owed)
    return DayBoard(
        now=now,
        due_today=tuple(row for row in near if row.due < tomorrow),
        soon=tuple(row for row in near if row.due >= tomorrow),
        late=tuple(row for row in overdue if row.late and row.ready is None),
        letters_owed=owed,
        returned_without_letter=tuple(row for row in owed if row.returned),
        to_sign=tuple(letter_row(letter, about) for letter in drafted),
        to_deliver=tuple(letter_row(letter, about) for letter in signed),
        tomorrow_rest=_rest_name(desk, now.date() + timedelta(days=1)),
    )


def _rows_by_code(connection: Connection, now: datetime, letters: Iterable[Letter]) -> dict[str, DossierRow]:
    rows = dossiers.rows_of(connection, now, {letter.code for letter in letters})
    return {row.code: row for row in rows}


def letter_rows(desk: Desk, *states: LetterState) -> tuple[LetterRow, ...]:
    """The letters in these states, oldest draft first."""
    desk.require(Act.READ)
    with desk.database.read() as connection:
        found = dossiers.letters_in(connection, states or tuple(LetterState))
        about = _rows_by_code(connection, desk.now(), found)
    return tuple(letter_row(letter, about) for letter in found)


def letter_row(letter: Letter, about: Mapping[str, DossierRow]) -> LetterRow:
    return LetterRow(letter, about[letter.code], catalogue.cause_label(letter.cause), number_text(letter))


def number_text(letter: Letter) -> str:
    """`05/PXL-UBND` (a leading zero below ten); "" for a draft."""
    return f"{letter.number:02d}/{letter.symbol}" if letter.number else ""


def _working_days_on(desk: Desk, day: date) -> date:
    for _ in range(desk.settings["soon_days"]):
        day = desk.calendar.next_working_day(day)
    return day


def _rest_name(desk: Desk, day: date) -> str:
    if desk.calendar.is_working_day(day):
        return ""
    special = desk.calendar.special.get(day)
    return special.name if special else "ngày nghỉ cuối tuần"


def _allowed(desk: Desk, dossier: Dossier) -> dict[str, str | None]:
    now = desk.now()
    states = {letter.state for letter in dossier.letters}
    no_draft = None if LetterState.DRAFTED in states else "Chưa có thư xin lỗi nào chờ ký."
    no_signed = None if LetterState.SIGNED in states else "Chưa có thư nào đã ký mà chưa trao."
    no_letter = None if dossier.letters else "Hồ sơ này chưa có thư xin lỗi."
    why = {
        "ready": (Act.READY, _reason(partial(step, dossier, Step.READY))),
        "return": (Act.RETURN, _reason(partial(step, dossier, Step.RETURN))),
        "notify": (Act.NOTIFY, "Hồ sơ đã có kết quả." if dossier.ready else None),
        "apologise": (Act.DRAFT_LETTER, _reason(partial(_may_apologise, dossier, now))),
        "sign": (Act.SIGN_LETTER, no_draft),
        "deliver": (Act.DELIVER_LETTER, no_signed),
        "print-receipt": (Act.PRINT, None),
        "print-apology": (Act.PRINT, no_letter),
    }
    return {name: _reason(partial(require, desk.official, act)) or rule for name, (act, rule) in why.items()}


def _may_apologise(dossier: Dossier, now: datetime) -> None:
    fresh = dossier.ready is None and dossier.second_due is None
    lateness.next_letter(dossier, now, now if fresh else None)


def _reason(question: Callable[[], object]) -> str | None:
    try:
        question()
    except Refused as no:
        return no.message
    return None
