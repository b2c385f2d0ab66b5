"""The calendar desk: a year is entered by one official, confirmed by a second, promises moved."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from cchc_desk.actions.exports import leaving
from cchc_desk.actions.office import printable
from cchc_desk.domain.dossiers.clocks import process_due
from cchc_desk.domain.dossiers.dossier import Dossier, DueMove, Promise
from cchc_desk.domain.ledger.facts.office import CalendarConfirmed, CalendarEntered, DueMoved
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line, nfc
from cchc_desk.domain.time.calendar import KIND_NAMES, Calendar, CalendarYear, DayKind, SpecialDay
from cchc_desk.domain.time.deadlines import due_moment, inside_office_hours
from cchc_desk.domain.time.pauses import due_now
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, later, os_reason
from cchc_desk.output_file import output_file
from cchc_desk.session import Desk
from cchc_desk.snapshot import calendar_of
from cchc_desk.store.dossiers import dossiers
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import calendars

LONGEST_FILE = 100_000
LONGEST_TEXT = 200
_HOURS = later("giờ làm việc mới")  # stored with every move
_AHEAD = 5  # years: what lies further is a slip of the key
_KINDS = {kind.value: kind for kind in DayKind} | {name: kind for kind, name in KIND_NAMES.items()}
_HEADER = ("ngày", "loại", "tên", "văn bản")
_WORDS = dict(zip(("date", "kind", "name", "document"), _HEADER, strict=True))
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Move:
    """An open promise that another calendar would move; `phone` to inform the citizen."""

    code: str
    name: str
    phone: str
    procedure: str
    promise: int
    before: datetime
    after: datetime
    base: datetime


# --- what holds -----------------------------------------------------------------------------------


def year_in_force(desk: Desk, year: int) -> tuple[SpecialDay, ...]:
    """Return the special days of a year as the desk counts now."""
    desk.require(Permission.READ)
    with desk.read():
        return desk.calendar.days_of(year)


def entered_years(desk: Desk) -> tuple[CalendarYear, ...]:
    """Return every year entered at this desk, those waiting for the second person too."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        return calendars.years(connection)


def to_csv(days: Iterable[SpecialDay]) -> str:
    """Format the days as a table for a spreadsheet, to be corrected and read again."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER)
    for day in days:
        writer.writerow((f"{day.day:%d/%m/%Y}", KIND_NAMES[day.kind], day.name, day.document))
    return out.getvalue()


def text_of(file: Path) -> str:
    """Read the text of a table. Raises Refused("calendar-file"), Trouble("cannot-read")."""
    try:
        with file.open(encoding="utf-8") as opened:  # more is refused by read_csv()
            return opened.read(LONGEST_FILE + 1)
    except UnicodeDecodeError as error:
        message = _("Tệp {file} không phải UTF-8; hãy lưu lại bằng «CSV UTF-8».").format(
            file=file.name
        )
        raise Refused("calendar-file", message, "file") from error
    except OSError as error:
        raise Trouble(
            "cannot-read",
            _("Không đọc được tệp {file}: {error}. Hãy chọn lại tệp.").format(
                file=file, error=os_reason(error)
            ),
        ) from error


def save_csv(text: str, target: Path) -> Path:
    """Write a table so that a spreadsheet opens it as UTF-8. Raises as output_file()."""
    with output_file(target) as out:
        out.write(text.encode("utf-8-sig"))
    return target


def read_csv(text: str) -> tuple[SpecialDay, ...]:
    """Read the days of a table with ngày, loại, tên, văn bản (or date, kind, name, document).

    Raises Refused("calendar-file") naming the line.
    """
    if len(text) > LONGEST_FILE:
        raise Refused(
            "calendar-file",
            _("Tệp lịch quá lớn; một năm chỉ có vài chục dòng. Hãy chọn lại tệp."),
            "file",
        )
    lines = nfc(text).removeprefix("\ufeff").splitlines()
    delimiter = max(";,\t", key=lines[0].count) if lines else ";"
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        names = [clean_line(cell).lower() for cell in next(rows, [])]
        header = [_WORDS.get(name, name) for name in names]
        if not set(_HEADER) <= set(header):
            raise _unreadable(1, _("cần bốn cột {columns}").format(columns=", ".join(_HEADER)))
        return tuple(
            _special(dict(zip(header, row, strict=False)), rows.line_num)
            for row in rows
            if any(row)
        )
    except csv.Error as error:
        raise _unreadable(rows.line_num, _("dấu nháy hoặc dấu phân cách không khớp")) from error


def _special(row: Mapping[str, str], line: int) -> SpecialDay:
    day, kind, name, document = (clean_line(row.get(column, "")) for column in _HEADER)
    if kind.lower() not in _KINDS:
        raise _unreadable(
            line,
            _("loại «{kind}» phải là một trong: {kinds}").format(
                kind=kind, kinds=", ".join(KIND_NAMES.values())
            ),
        )
    if not name:
        raise _unreadable(line, _("thiếu tên ngày"))
    if missing := printable.missing_in(name + document):
        raise _unreadable(
            line,
            _("giấy tờ không in được {kinds} «{characters}»").format(
                kinds=missing.kinds, characters=missing.characters
            ),
        )
    if max(len(name), len(document)) > LONGEST_TEXT:
        raise _unreadable(
            line, _("tên hoặc văn bản dài quá {most} ký tự").format(most=LONGEST_TEXT)
        )
    return SpecialDay(_day(day, line), _KINDS[kind.lower()], name, document, "")


def _day(text: str, line: int) -> date:
    match = _DAY.fullmatch(text)
    try:
        if match is None:
            return date.fromisoformat(text)
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError as error:
        raise _unreadable(
            line, _("«{text}» không phải ngày như 31/12/2027").format(text=text)
        ) from error


def _unreadable(line: int, why: str) -> Refused:
    return Refused(
        "calendar-file",
        _("Dòng {line} của bảng lịch: {why}. Hãy sửa rồi nhập lại.").format(line=line, why=why),
        "file",
    )


# --- a year is entered ----------------------------------------------------------------------------


def enter_year(desk: Desk, year: int, document: str, days: Iterable[SpecialDay]) -> CalendarYear:
    """Store a whole year as one person read it in the document, in force once it is confirmed.

    Raises as add_year().
    """
    with desk.write() as connection:
        return add_year(desk, connection, year, document, days)


def add_year(
    desk: Desk, connection: Connection, year: int, document: str, days: Iterable[SpecialDay]
) -> CalendarYear:
    """Store a year inside the caller's write transaction.

    Raises Refused: "calendar-year", "calendar-document", "calendar-days", "not-printable".
    """
    me, now = desk.require(Permission.CALENDAR), desk.now()
    rest_days = tuple(sorted(days, key=lambda day: day.day))
    document = printable.printable_line(document, "document")
    printable.check_printable("\n".join(f"{day.name} {day.document}" for day in rest_days), "file")
    if not now.year - 1 <= year <= now.year + _AHEAD:
        raise Refused(
            "calendar-year",
            _("Năm {year} không đúng; hãy nhập từ {first} đến {last}.").format(
                year=year, first=now.year - 1, last=now.year + _AHEAD
            ),
        )
    if not document or len(document) > LONGEST_TEXT:
        raise Refused(
            "calendar-document",
            _("Hãy ghi số văn bản quy định ngày nghỉ của năm (ngắn gọn)."),
            "document",
        )
    _check_days(year, rest_days)
    ordinal = 1 + sum(earlier.year == year for earlier in calendars.years(connection))
    rest_days = tuple(replace(day, document=day.document or document) for day in rest_days)
    entered = CalendarYear(f"lich-{year}-{ordinal}", year, document, rest_days, now, me.id)
    _check_usable(desk.calendar.with_year(entered), year)
    calendars.add_year(connection, entered)
    desk.record(connection, CalendarEntered(year, document, days=len(rest_days)), entered.id)
    return entered


def _check_days(year: int, days: tuple[SpecialDay, ...]) -> None:
    if not days:
        raise Refused(
            "calendar-days",
            _("Năm {year} chưa có ngày nghỉ nào; hãy nhập đủ các ngày của cả năm.").format(
                year=year
            ),
            "file",
        )
    for day in days:
        if day.day.year != year:
            raise Refused(
                "calendar-days",
                _("Ngày {date} không thuộc năm {year}; hãy sửa lại.").format(
                    date=f"{day.day:%d/%m/%Y}", year=year
                ),
                "file",
            )
        if day.kind is DayKind.ESTIMATE:
            raise Refused(
                "calendar-days",
                _("Ngày {date} còn là ước tính; chỉ nhập những ngày đã có văn bản.").format(
                    date=f"{day.day:%d/%m/%Y}"
                ),
                "file",
            )
    seen = [day.day for day in days]
    if twice := next((day for day in seen if seen.count(day) > 1), None):
        raise Refused(
            "calendar-days",
            _("Ngày {date} có hai dòng; hãy bỏ một dòng.").format(date=f"{twice:%d/%m/%Y}"),
            "file",
        )


def _check_usable(calendar: Calendar, year: int) -> None:
    try:
        calendar.next_working_day(date(year - 1, 12, 31))
    except ValueError as error:
        raise Refused(
            "calendar-days",
            _("Năm {year} không còn ngày làm việc nào; hãy xem lại bảng.").format(year=year),
            "file",
        ) from error


# --- and confirmed --------------------------------------------------------------------------------


def moves_of(desk: Desk, year_id: str) -> tuple[Move, ...]:
    """Return the open promises that confirming a year would move; to a processor their own.

    A promise already broken never moves. Raises Refused: "unknown-year", "year-confirmed".
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        calendar = desk.calendar.with_year(_waiting(connection, year_id))
        return _seen(desk, connection, _moves(desk, connection, calendar))


def moves_by_hours(desk: Desk, office_hours: Mapping[str, str]) -> tuple[Move, ...]:
    """Return the open promises that other office hours would move; to a processor their own.

    Raises Refused("office-hours").
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        return _seen(
            desk, connection, _moves(desk, connection, _with_hours(connection, office_hours))
        )


def _seen(desk: Desk, connection: Connection, moves: tuple[Move, ...]) -> tuple[Move, ...]:
    seen = leaving.seen_codes(desk, connection)
    return tuple(move for move in moves if move.code in seen)


def move_by_hours(desk: Desk, connection: Connection, office_hours: Mapping[str, str]) -> None:
    """Move the open promises to other office hours, inside the caller's transaction."""
    calendar = _with_hours(connection, office_hours)
    for move in _moves(desk, connection, calendar):
        _move(desk, connection, _HOURS, move, calendar)


def _with_hours(connection: Connection, office_hours: Mapping[str, str]) -> Calendar:
    return calendar_of(office_hours, calendars.in_force(connection))


def confirm_year(desk: Desk, year_id: str, keep: Iterable[str] = ()) -> tuple[Move, ...]:
    """Confirm a year as its second person and move open promises, but for the codes in `keep`.

    Returns the moves: these citizens have to be informed. Raises Refused: "unknown-year",
    "year-confirmed", "second-person" for the official who entered it, "keep".
    """
    me, now = desk.require(Permission.CALENDAR_CONFIRM), desk.now()
    staying = set(keep)
    with desk.write() as connection:
        entered = _waiting(connection, year_id)
        if entered.entered_by == me.id:
            raise Refused(
                "second-person",
                _("Người nhập lịch không tự xác nhận được; hãy nhờ người thứ hai xác nhận."),
            )
        calendar = desk.calendar.with_year(entered)
        moves = _moves(desk, connection, calendar)
        if unknown := staying - {move.code for move in moves}:
            raise Refused(
                "keep",
                _("Hồ sơ {code} không đổi hạn trả theo lịch này; hãy bỏ khỏi danh sách.").format(
                    code=sorted(unknown)[0]
                ),
            )
        calendars.confirm(connection, year_id, me.id, now)
        moved = tuple(move for move in moves if move.code not in staying)
        for move in moved:
            _move(desk, connection, entered.document, move, calendar)
        confirmed = CalendarConfirmed(entered.year, moved=len(moved), kept=tuple(sorted(staying)))
        desk.record(connection, confirmed, year_id)
    return moved


def _waiting(connection: Connection, year_id: str) -> CalendarYear:
    years = calendars.years(connection)
    entered = next((year for year in years if year.id == year_id), None)
    if entered is None:
        raise Refused(
            "unknown-year",
            _("Không có lịch «{id}»; hãy xem lại danh sách.").format(id=year_id),
            "id",
        )
    if entered.confirmed:
        raise Refused(
            "year-confirmed", _("Lịch «{id}» đã được xác nhận rồi.").format(id=year_id), "id"
        )
    return entered


def _moves(desk: Desk, connection: Connection, calendar: Calendar) -> tuple[Move, ...]:
    loaded = (dossiers.load(connection, code) for code in dossiers.unfinished(connection))
    moves = (_move_of(desk, dossier, calendar) for dossier in loaded if dossier)
    return tuple(move for move in moves if move)


def _move_of(desk: Desk, dossier: Dossier, calendar: Calendar) -> Move | None:
    """Return the move of the dossier's last promise; None when it stays, or was broken before."""
    promise, before = dossier.promises[-1], dossier.due
    if before < desk.now():
        return None
    base = _base(desk, dossier, promise, calendar)
    after = due_now(base, promise.made, dossier.pauses, dossier.limit, calendar)
    if after == before:
        return None
    who = dossier.applicant
    return Move(
        dossier.code,
        who.name,
        who.phone,
        dossier.procedure_name,
        promise.ordinal,
        before,
        after,
        base,
    )


def _base(desk: Desk, dossier: Dossier, promise: Promise, calendar: Calendar) -> datetime:
    """Return the moment at which the promise would have been given by `calendar`.

    A re-appointment was chosen by a person: it only leaves a day that has become a rest day. A
    first promise that this desk's calendar does not explain (another setting then, or kept when an
    earlier change was decided) does the same.
    """
    base = dossier.base_of(promise)
    if promise.ordinal == 1:
        for at_closing in (False, True):
            given = partial(due_moment, promise.made, dossier.limit, at_closing=at_closing)
            if given(calendar=desk.calendar).moment == base:
                return given(calendar=calendar).moment
    return inside_office_hours(base, calendar)


def _move(desk: Desk, connection: Connection, source: str, move: Move, calendar: Calendar) -> None:
    dossier = dossiers.load(connection, move.code)
    assert dossier is not None, "the code was read in this transaction"
    moved = DueMove(
        move.promise, desk.now(), "calendar", source, move.before, move.after, move.base
    )
    dossiers.add_move(connection, dossier, moved)
    if dossier.process_minutes:
        ends = process_due(dossier.accepted, dossier.process_minutes, dossier.pauses, calendar)
        dossiers.mark(connection, dossier.code, process_due=ends)
    desk.record(
        connection,
        DueMoved(calendar=source, before=move.before, after=move.after),
        move.code,
        since=min(move.before, move.after),
    )
