"""Rows of a list as dossiers: what each says, what is wrong with it, which are no dossier."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from operator import itemgetter

from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.lists.columns import (
    Columns,
    TypedText,
    code_in,
    day_in_code,
    exchanged,
    is_blank,
    is_no_moment,
    is_whole_code,
)
from cchc_desk.domain.lists.fields import DATES, TEXTS, Field
from cchc_desk.domain.lists.headings import Cells, KnownLists
from cchc_desk.domain.lists.moments import read_moment, within_years
from cchc_desk.domain.lists.watched import is_whole_day
from cchc_desk.domain.text.vietnamese import clean_line, fold
from cchc_desk.i18n import Message

OVER = frozenset(
    {Status.READY, Status.RETURNED, Status.WITHDRAWN, Status.STOPPED, Status.NOT_RECEIVED}
)
_LONGEST_TEXT = 300
_SHORT = 60
_MOST_TIDIED = 5_000
_LONGEST_PROMISE = timedelta(days=5 * 366)
_FUTURE = timedelta(days=1)  # a province's clock may run before ours
# A code is given when a dossier is filed online, and receipt may wait for a supplement.
_CODE_BEFORE, _CODE_AFTER = timedelta(days=120), timedelta(days=15)
_OFFICIALS = re.compile(r"\s*(?:##|;|\||/|,| và )\s*")


class Kind(Enum):
    """Kind of a row: a dossier, one that cannot be read, or none at all."""

    DOSSIER = "dossier"
    UNREADABLE = "unreadable"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class CellText:
    """Text in the cell of a field, in row `row` as a spreadsheet counts."""

    row: int
    field: Field
    text: str


@dataclass(slots=True)  # a frozen one takes three times as long to make, 50,000 times in a list
class ListRow:
    """One row; `number` as a spreadsheet counts. Moments are as the list says them.

    `cells` of an unreadable row are its texts, to be mended. `to_look_at` is what sets a dossier
    apart from the others of its list.
    """

    number: int
    kind: Kind
    code: str = ""
    procedure_code: str = ""
    procedure: str = ""
    owner: str = ""
    owner_id: str = ""
    submitter: str = ""
    phone: str = ""
    address: str = ""
    agency: str = ""
    officials: tuple[str, ...] = ()
    status: Status | None = None
    status_text: str = ""
    submitted: datetime | None = None
    received: datetime | None = None
    due: datetime | None = None
    due_by_process: bool = False
    process_due: datetime | None = None
    next_due: datetime | None = None
    finished: datetime | None = None
    returned: datetime | None = None
    note: str = ""
    problems: tuple[Message, ...] = ()
    cells: tuple[CellText, ...] = ()
    to_look_at: tuple[Message, ...] = ()

    @property
    def over_without_day(self) -> bool:
        """True where the other system says that it is over, and the list does not say when."""
        return not (self.finished or self.returned) and self.status in OVER


def read_list_rows(
    rows: Iterable[tuple[int, Cells]],
    columns: Columns,
    known: KnownLists,
    now: datetime,
) -> Iterator[ListRow]:
    """Yield every row behind the heading as what it is."""
    reader = _Reader(columns, known, now)
    for number, cells in rows:
        yield reader.read(number, cells)


def mended_rows(
    rows: Iterable[tuple[int, Cells]], columns: Columns, mended: Iterable[CellText]
) -> Iterator[tuple[int, Cells]]:
    """Yield the rows with what the clerk typed in the place of some cells."""
    typed: dict[int, list[CellText]] = {}
    for cell in mended:
        typed.setdefault(cell.row, []).append(cell)
    for number, cells in rows:
        if number not in typed:
            yield number, cells
            continue
        row = list(cells)
        for cell in typed[number]:
            place = columns.places.get(cell.field)
            if place is not None:
                row += [""] * (place + 1 - len(row))
                row[place] = TypedText(clean_line(cell.text))
        yield number, row


class _Texts(dict[object, str]):
    """Cells as tidy texts. Those that stand in many rows are made once, and kept once."""

    def __init__(self, known: KnownLists) -> None:
        super().__init__({"": ""})
        self.known = known

    def __missing__(self, cell: object) -> str:
        if isinstance(cell, float):
            tidy = str(int(cell)) if cell.is_integer() else str(cell)
        elif not isinstance(cell, str) or is_blank(cell, self.known):
            tidy = ""
        else:
            tidy = clean_line(cell)[:_LONGEST_TEXT]
        if len(self) < _MOST_TIDIED:
            self[cell] = tidy
        return tidy


# The columns of texts that a row keeps; one that the list does not have is blank.
_KEPT = (
    Field.PROCEDURE_CODE,
    Field.PROCEDURE,
    Field.SUBJECT,
    Field.OWNER,
    Field.SUBMITTER,
    Field.ADDRESS,
    Field.AGENCY,
    Field.OFFICIAL,
    Field.STATUS,
    Field.NOTE,
)


class _Reader:
    def __init__(self, columns: Columns, known: KnownLists, now: datetime) -> None:
        self.columns, self.known, self.now = columns, known, now
        self.tomorrow = now + _FUTURE
        self.feet = tuple(fold(foot) for foot in known.feet)
        self.feet_of = len(columns.places)
        self.texts = _Texts(known)
        self.only_process = Field.DUE not in columns.places
        self.width = max(columns.places.values(), default=0) + 1
        blank = self.width  # place of a cell that is behind all others
        self.kept = itemgetter(*(columns.places.get(field, blank) for field in _KEPT))
        self.owner_id_place = columns.places.get(Field.OWNER_ID, blank)
        self.phone_place = columns.places.get(Field.PHONE, blank)
        self.statuses: dict[str, Status | None] = {}
        self.officials: dict[str, tuple[str, ...]] = {}
        self.moments: dict[str, datetime | None] = {}  # of texts: most due moments are of a few
        self.text_places = [
            place for field, place in columns.places.items() if field in TEXTS - {Field.ADDRESS}
        ]
        self.date_places = [(f, place) for f, place in columns.places.items() if f in DATES]
        self.strange_places = sorted(columns.usual), sorted(columns.rare)
        self.last_usual = max(columns.usual, default=-1)
        self.usual_of: Callable[[Cells], tuple[object, ...]] | None = None
        if len(columns.usual) > 1:
            self.usual_of = itemgetter(*columns.usual)
        self.plain: set[object] = {""}  # texts that were seen to hold no moment and no code

    def read(self, number: int, cells: Cells) -> ListRow:
        code = self._code(cells)
        if not code:
            return self._without_code(number, cells)
        moments = self._moments(cells)
        row = self._facts(number, cells, code, moments)
        if problems := (*self._shifts(cells, moments), *self._disorder(row)):
            row.kind, row.problems = Kind.UNREADABLE, problems
        elif row.due is None:
            row.kind, row.problems = Kind.SKIPPED, (_NO_DUE,)
        return row

    def _code(self, cells: Cells) -> str:
        cell = self.columns.cell(cells, Field.CODE)
        if isinstance(cell, float) and is_whole_code(cell):
            return str(int(cell))
        if isinstance(cell, str) and not is_blank(cell, self.known):
            return code_in(str(cell))  # what the clerk typed is kept as any text
        return ""

    def _without_code(self, number: int, cells: Cells) -> ListRow:
        """A title, a group, a total, a signature; or a dossier whose code cannot be read."""
        filled = [cell for cell in cells if not is_blank(cell, self.known)]
        moments = sum(self.columns.moment(cells, field) is not None for field in DATES)
        first = next((fold(cell) for cell in filled if isinstance(cell, str)), "")
        foot = any(first == foot or first.startswith(foot + " ") for foot in self.feet)
        if moments >= 2 and not foot and len(filled) >= min(4, self.feet_of):
            code = self.columns.cell(cells, Field.CODE)
            said = Message("Mã hồ sơ «{code}» không đọc được.", code=clean_line(str(code))[:40])
            missing = said if str(code).strip() else _NO_CODE
            return ListRow(number, Kind.UNREADABLE, problems=(missing,))
        return ListRow(number, Kind.SKIPPED, problems=(_NO_DOSSIER,))

    def _moments(self, cells: Cells) -> dict[Field, datetime]:
        """Return the moments of a row; a field whose cell holds none is not in it."""
        found, width, swapped = {}, len(cells), self.columns.swapped
        for field, place in self.date_places:
            cell = cells[place] if place < width else ""
            if type(cell) is datetime and not swapped:
                moment = within_years(cell)
            elif cell == "":
                continue
            elif type(cell) is str:
                moment = self._of_text(cell, cells, field)
            else:
                moment = self.columns.moment(cells, field)
            if moment is not None:
                found[field] = moment
        return found

    def _of_text(self, text: str, cells: Cells, field: Field) -> datetime | None:
        if text in self.moments:
            return self.moments[text]
        moment = self.columns.moment(cells, field)
        if len(self.moments) < _MOST_TIDIED:
            self.moments[text] = moment
        return moment

    def _facts(
        self, number: int, cells: Cells, code: str, moments: Mapping[Field, datetime]
    ) -> ListRow:
        full = (*cells[: self.width], *("",) * (self.width + 1 - len(cells)), "")
        texts = map(self.texts.__getitem__, self.kept(full))
        by_code, procedure, subject, owner, submitter, address, agency, officials, status, note = (
            texts
        )
        process_due = moments.get(Field.PROCESS_DUE)
        return ListRow(
            number,
            Kind.DOSSIER,
            code,
            procedure_code=by_code,
            procedure=procedure or subject,
            owner=owner or submitter,
            owner_id=identity(full[self.owner_id_place]),
            submitter=submitter,
            phone=phone(full[self.phone_place]),
            address=address,
            agency=agency,
            officials=self._officials(officials),
            status=self._status(status),
            status_text=status,
            submitted=moments.get(Field.SUBMITTED),
            received=moments.get(Field.RECEIVED),
            due=process_due if self.only_process else moments.get(Field.DUE),
            due_by_process=self.only_process,
            process_due=process_due,
            next_due=moments.get(Field.NEXT_DUE),
            finished=moments.get(Field.FINISHED),
            returned=moments.get(Field.RETURNED),
            note=note,
        )

    def _is_shifted(self, cells: Cells) -> bool:
        """True where a moment or a national code stands in a column of texts."""
        width, plain = len(cells), self.plain
        for place in self.text_places:
            if place >= width or (cell := cells[place]) in plain:
                continue
            if isinstance(cell, datetime):
                return True
            if isinstance(cell, str) and len(cell) < _SHORT:
                if day_in_code(cell) is not None or read_moment(cell) is not None:
                    return True
                if len(plain) < _MOST_TIDIED:
                    plain.add(cell)
        return False

    def _is_shifted_by_filling(self, cells: Cells) -> bool:
        """True where cells stand in columns that are blank else, and one more or less mends it."""
        strange = self._strange(cells)
        if strange < 2:
            return False
        places = range(len(cells))
        ways = (
            *((*cells[:at], "", *cells[at:]) for at in places),
            *((*cells[:at], *cells[at + 1 :]) for at in places),
        )
        most = min(1, strange - 2)  # a cell alone that is taken away mends nothing
        return any(self._strange(way) <= most and self._holds(way) for way in ways)

    def _strange(self, cells: Cells) -> int:
        """Return how many cells are filled or blank otherwise than in nearly all rows."""
        usual, rare = self.strange_places
        width = len(cells)
        count: int
        if self.usual_of and width > self.last_usual:
            count = self.usual_of(cells).count("")
        else:
            count = sum(place >= width or cells[place] == "" for place in usual)
        for place in rare:
            if place < width and cells[place] != "":
                count += 1
        return count

    def _holds(self, cells: Cells) -> bool:
        """True where moments stand in columns of moments, and no code or moment in others."""
        found = self._moments(cells)
        moments = all(
            field in found or is_no_moment(self.columns.cell(cells, field), self.known)
            for field, _place in self.date_places
        )
        return moments and bool(self._code(cells)) and not self._is_shifted(cells)

    def _officials(self, text: str) -> tuple[str, ...]:
        if text not in self.officials:
            self.officials[text] = tuple(dict.fromkeys(filter(None, _OFFICIALS.split(text))))
        return self.officials[text]

    def _status(self, text: str) -> Status | None:
        if text not in self.statuses:
            number = self.known.statuses.get(fold(text))
            self.statuses[text] = Status(number) if number else None
        return self.statuses[text]

    def _shifts(self, cells: Cells, moments: Mapping[Field, datetime]) -> Iterator[Message]:
        """Yield what the cells hold that their columns do not."""
        width = len(cells)
        for field, place in self.date_places:
            cell = cells[place] if place < width else ""
            if cell != "" and field not in moments and not is_no_moment(cell, self.known):
                yield Message("Ngày «{text}» không đọc được.", text=clean_line(str(cell))[:40])
        if self._is_shifted(cells) or self._is_shifted_by_filling(cells):
            yield _SHIFTED

    def _disorder(self, row: ListRow) -> Iterator[Message]:
        """Yield what is wrong between the moments of a row, and with the day in its code."""
        received, due = row.received, row.due
        day = day_in_code(row.code)
        if received and day and not -_CODE_BEFORE <= day - received.date() <= _CODE_AFTER:
            yield Message("Ngày tiếp nhận khác hẳn ngày trong mã hồ sơ.")
        elif received and day and received.day <= 12 and received.date() != day:
            near = abs(received.date() - day) <= _CODE_AFTER
            if not near and abs(exchanged(received).date() - day) <= _CODE_AFTER:
                yield Message("Ngày và tháng của dòng này có thể đã bị đổi chỗ.")
        if received and received > self.tomorrow:
            yield Message("Ngày tiếp nhận ở sau hôm nay.")
        if received and due and due.date() < received.date():
            yield Message("Ngày hẹn trả ở trước ngày tiếp nhận.")
        elif received and due and due < received and not is_whole_day(due):
            yield Message("Giờ hẹn trả ở trước giờ tiếp nhận cùng ngày.")
        if received and due and due - received > _LONGEST_PROMISE:
            yield Message("Ngày hẹn trả quá xa ngày tiếp nhận.")


_NO_CODE = Message("Dòng này không có mã hồ sơ.")
_NO_DUE = Message("Chưa có ngày hẹn trả: chưa theo dõi được, đọc lại khi danh sách có ngày.")
_SHIFTED = Message("Dòng này lệch cột: ngày hoặc mã đứng ở cột chữ. Hãy xem lại dòng trong tệp.")
_NO_DOSSIER = Message("Không phải hồ sơ: tiêu đề, nhóm, cộng hoặc chữ ký.")


def with_cells(row: ListRow, cells: Cells, columns: Columns) -> ListRow:
    """Return an unreadable row with the texts of its cells, for the clerk to mend them."""
    return replace(
        row,
        cells=tuple(
            CellText(row.number, field, as_typed(columns.cell(cells, field)))
            for field in columns.places
        ),
    )


def as_typed(cell: object) -> str:
    """Return a cell as somebody would type it: a whole number without a point, the day first."""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}" if is_whole_day(cell) else f"{cell:%d/%m/%Y %H:%M}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell)
    return clean_line(str(cell))[:_LONGEST_TEXT]


def phone(cell: object) -> str:
    """Return a phone as typed; a number that a workbook kept gets its zero back."""
    if isinstance(cell, float):
        digits = str(int(cell)) if cell.is_integer() and 0 < cell < 1e13 else ""
        return f"0{digits}" if len(digits) in (9, 10) and not digits.startswith("0") else digits
    text = clean_line(cell)[:60] if isinstance(cell, str) else ""
    bare = text.removesuffix(".0")
    if bare.isascii() and bare.isdigit() and len(bare) == 9:
        return f"0{bare}"
    if re.fullmatch(r"\d(\.\d+)?E\+?0?\d+", text, re.I):
        return phone(float(text))
    return bare


def identity(cell: object) -> str:
    """Return an identity number; one of twelve figures gets the zeros back that a workbook cut."""
    if cell == "":
        return ""
    text = plain_number(cell)
    if text.isascii() and text.isdigit() and 9 < len(text) < 12:
        return text.zfill(12)
    return text


def plain_number(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and 0 < cell < 1e15 else ""
    return clean_line(cell).removesuffix(".0")[:40] if isinstance(cell, str) else ""
