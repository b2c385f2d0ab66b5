"""Which column holds what: by the headings, then checked by what stands in the rows.

A list whose rows are shifted against its headings is read by its content where only one reading is
possible, and refused where there are several: never taken wrong.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cchc_desk.domain.lists.fields import CODES, DATES, NUMBERS, TEXTS, Field, Layout
from cchc_desk.domain.lists.headings import Cells, Heading, KnownLists
from cchc_desk.domain.lists.moments import read_moment
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.i18n import Message

# province.unit-yyMMdd-number, whatever stands before the day; a code stays an opaque string.
_NATIONAL = re.compile(r"[0-9A-Z]{1,6}(?:\.[0-9A-Z]{1,6}){1,5}-(\d{6})-\d{1,8}(?:-\w{1,6})?")
_CODE = re.compile(r"(?=[^ ]*\d)[0-9A-ZĐ][0-9A-ZĐa-z._/\-]{3,49}")
_DIGITS = re.compile(r"\d{4,16}")
_SAMPLE = 400  # rows that are looked at
_MOST = 0.85  # of a column's cells must be what its heading says
_SOME = 0.25  # more than so many of another kind is a contradiction
_NEAR = timedelta(days=15)  # between the day in a code and the day of receipt
_FEW = 2  # cells that may be anything, in a short list
_SAME_DAY = 0.6  # more promises than so are never due on the day of receipt
_SHIFTS = (-1, 1, -2, 2)


class TypedText(str):
    """A cell that the clerk typed: its days are written day first, whatever the list does."""


@dataclass(frozen=True)
class Columns:
    """Where each fact stands in a row, and how the dates of this list are to be read."""

    places: Mapping[Field, int]
    month_first: bool = False
    short_years: bool = False
    swapped: bool = False  # true dates that a workbook of another country read wrongly
    doubts: tuple[Message, ...] = ()

    def cell(self, row: Cells, field: Field) -> object:
        place = self.places.get(field)
        return row[place] if place is not None and place < len(row) else ""

    def moment(self, row: Cells, field: Field) -> datetime | None:
        """Return the moment of a field in a row; None where the cell holds none."""
        cell = self.cell(row, field)
        if isinstance(cell, TypedText):
            return read_moment(cell)
        moment = read_moment(cell, month_first=self.month_first, short_years=self.short_years)
        if self.swapped and isinstance(cell, datetime) and moment and moment.day <= 12:
            return moment.replace(month=moment.day, day=moment.month)
        return moment


class NoReading(Exception):
    """The columns do not hold what their headings say, and no certain reading exists."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass
class _Profile:
    """Counts of one column's cells by what they look like."""

    filled: int = 0
    codes: int = 0
    national: int = 0
    marked: int = 0  # codes that are no mere number
    digits: int = 0
    dates: int = 0
    numbers: int = 0
    states: int = 0
    names: int = 0
    long: int = 0

    def share(self, count: int) -> float:
        return count / self.filled if self.filled else 0.0


def is_code(cell: object) -> bool:
    """True for what may be a dossier's code: a word with figures, no moment and no sentence."""
    if not isinstance(cell, str):
        return False
    if _NATIONAL.fullmatch(cell):
        return True
    return bool(_CODE.fullmatch(cell.strip())) and read_moment(cell) is None


def day_in_code(code: str) -> date | None:
    """Return the day that a national code names; None for another kind of code."""
    match = _NATIONAL.fullmatch(code)
    if match is None:
        return None
    digits = match[1]
    try:
        return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return None


def find_columns(
    heading: Heading,
    rows: Sequence[Cells],
    known: KnownLists,
    layout: Layout | None,
    now: datetime,
) -> Columns:
    """Return where each fact stands. Raises NoReading where that is not certain.

    `rows` are those that look like dossiers (see body_rows).
    """
    fields = [known.field_of(keys, layout) for keys in heading.keys]
    sample = rows[:: max(1, len(rows) // _SAMPLE)][:_SAMPLE]
    width = max((len(row) for row in sample), default=0)
    profiles = [_profile(sample, place, known) for place in range(width)]
    if layout is not None and layout.body and _width_of(sample) == len(layout.body):
        body = {field: place for place, field in enumerate(layout.body)}
        body.pop(Field.OTHER, None)
        if _fits(body, profiles):
            return _with_dates(body, sample, now, (_FEWER_CELLS,))
    places = _places(fields, profiles)
    if _width_of(sample) == _last_named(heading) and _fits(places, profiles):
        return _with_dates(places, sample, now, ())
    return _by_content(places, fields, profiles, sample, now)


def _last_named(heading: Heading) -> int:
    """Return how many columns the heading has, blank ones at its end left out."""
    return max((place for place, text in enumerate(heading.texts, 1) if text), default=0)


def _width_of(sample: Sequence[Cells]) -> int:
    """Return how many cells the rows have: the most of them, blank ones at the end left out."""
    return max((len(row) for row in sample), default=0)


def _places(fields: Sequence[Field | None], profiles: Sequence[_Profile]) -> dict[Field, int]:
    """Return the column of each field; of two with the same name the last that holds anything."""
    places: dict[Field, int] = {}
    for place, field in enumerate(fields):
        if field is None or field is Field.OTHER:
            continue
        filled = profiles[place].filled if place < len(profiles) else 0
        if field not in places or filled:
            places[field] = place
    return places


def _profile(sample: Sequence[Cells], place: int, known: KnownLists) -> _Profile:
    found = _Profile()
    for row in sample:
        cell = row[place] if place < len(row) else ""
        if is_blank(cell, known):
            continue
        found.filled += 1
        if isinstance(cell, datetime):
            found.dates += 1
            continue
        if isinstance(cell, float):
            found.numbers += 1
            found.digits += cell.is_integer() and 1_000 <= cell < 1e16
            continue
        text = str(cell)
        number = text.replace(".", "").replace(",", "").replace(" ", "").isdigit()
        found.numbers += number
        if is_code(text):
            found.codes += 1
            found.marked += not number
            found.national += bool(_NATIONAL.fullmatch(text))
            found.digits += bool(_DIGITS.fullmatch(text))
        if read_moment(text) is not None or read_moment(text, month_first=True) is not None:
            found.dates += 1
        if fold(text) in known.statuses:
            found.states += 1
        words = text.split()
        found.names += 2 <= len(words) <= 5 and not any(map(str.isdigit, text))
        found.long += len(words) > 5
    return found


def is_blank(cell: object, known: KnownLists) -> bool:
    """True for an empty cell, and for the words that programs write for nothing."""
    return isinstance(cell, str) and (not cell or cell.lower() in known.blanks)


def _fits(places: Mapping[Field, int], profiles: Sequence[_Profile]) -> bool:
    """True where every column holds what its field says, and the code's is there."""
    place = places.get(Field.CODE)
    if place is None or place >= len(profiles):
        return False
    most = max(one.share(one.national) for one in profiles)
    if most >= _MOST > profiles[place].share(profiles[place].national):
        return False  # the codes stand in another column
    return all(
        _holds(field, profiles[place]) if place < len(profiles) else field not in CODES
        for field, place in places.items()
    )


def _holds(field: Field, found: _Profile) -> bool:
    if field is Field.CODE:
        plain = found.codes + (found.digits - min(found.digits, found.codes))
        return found.filled > 0 and found.share(plain) >= _MOST and found.share(found.dates) < _SOME
    if not found.filled:
        return True
    dates = found.share(found.dates)
    codes = found.share(found.marked)
    if field in DATES:
        good = found.dates or found.numbers  # a workbook's days are numbers
        return good >= _MOST * found.filled or found.filled // 2 <= good >= found.filled - _FEW
    if field in NUMBERS or field is Field.PARENT_CODE:
        return dates < _SOME and (field is Field.PARENT_CODE or codes < _SOME)
    if field in TEXTS:
        plain_numbers = found.share(found.numbers)
        return dates < _SOME and codes < _SOME and plain_numbers < 1 - _SOME
    return dates < _MOST or field is Field.NOTE


def _by_content(
    straight: Mapping[Field, int],
    fields: Sequence[Field | None],
    profiles: Sequence[_Profile],
    sample: Sequence[Cells],
    now: datetime,
) -> Columns:
    """Return the one reading that the content allows, of rows as wide as their heading or not.

    Raises NoReading.
    """
    readings: list[Columns] = []
    needed = set(_PROMISE).intersection(straight)
    for places in (straight, *_shifted(fields, len(profiles))):
        if not needed <= places.keys() or not _fits(places, profiles):
            continue
        try:
            columns = _with_dates(places, sample, now, ())
        except NoReading:
            continue
        if _is_plain(columns, sample):
            readings.append(columns)
    if len({_promise_of(columns) for columns in readings}) != 1:
        raise NoReading(
            Message(
                "Các cột không chứa đúng điều tiêu đề của chúng nói (dữ liệu lệch so với tiêu đề), "
                "và không có cách đọc nào chắc chắn. Hãy xuất lại danh sách, hoặc tự chọn cột."
            )
        )
    if readings[0].places == straight:
        return readings[0]
    best = max(readings, key=lambda columns: _likeness(columns.places, profiles))
    certain = {
        field: place
        for field, place in best.places.items()
        if field in _PROMISE or all(one.places.get(field) == place for one in readings)
    }
    doubt = Message(
        "Dữ liệu lệch so với tiêu đề: các cột đã được đọc theo nội dung, không theo tên. Hãy xem "
        "kỹ trước khi nhận."
    )
    return replace(best, places=certain, doubts=(doubt, *best.doubts))


def _is_plain(columns: Columns, sample: Sequence[Cells]) -> bool:
    """True where shifted rows leave no doubt: all are due, most on a day after the receipt."""
    due_field = Field.DUE if Field.DUE in columns.places else Field.PROCESS_DUE
    filled = same = 0
    for row in sample:
        received, due = columns.moment(row, Field.RECEIVED), columns.moment(row, due_field)
        day = day_in_code(str(columns.cell(row, Field.CODE)))
        filled += due is not None
        same += bool(due and due.date() in (day, received.date() if received else None))
    return filled >= _MOST * len(sample) and same <= _SAME_DAY * len(sample)


_PROMISE = (Field.CODE, Field.RECEIVED, Field.DUE, Field.PROCESS_DUE)


def _promise_of(columns: Columns) -> tuple[int | None, ...]:
    """Return the columns that a promise is read from."""
    return tuple(columns.places.get(field) for field in _PROMISE)


def _shifted(fields: Sequence[Field | None], width: int) -> Iterator[dict[Field, int]]:
    """Yield the places of the fields where the rows lack some cells, or have some more."""
    for first in range(len(fields)):
        for shift in _SHIFTS:
            places: dict[Field, int] = {}
            for place, field in enumerate(fields):
                if field is None or field is Field.OTHER or first <= place < first - shift:
                    continue
                there = place + shift if place >= first else place
                if 0 <= there < width:
                    places[field] = there
            if Field.CODE in places and not {Field.DUE, Field.PROCESS_DUE}.isdisjoint(places):
                yield places


def _likeness(places: Mapping[Field, int], profiles: Sequence[_Profile]) -> float:
    """Return how much the texts look like what they should be: names short, procedures long."""
    people = {Field.OWNER, Field.SUBMITTER, Field.RECEIVER, Field.OFFICIAL}
    total = 0.0
    for field, place in places.items():
        if place >= len(profiles):
            continue
        found = profiles[place]
        if field in people:
            total += found.share(found.names) - found.share(found.long)
        elif field in (Field.PROCEDURE, Field.ADDRESS):
            total += found.share(found.long) - found.share(found.names)
        elif field is Field.STATUS:
            total += found.share(found.states)
    return total


# --- dates ----------------------------------------------------------------------------------------


def _with_dates(
    places: Mapping[Field, int],
    sample: Sequence[Cells],
    now: datetime,
    doubts: tuple[Message, ...],
) -> Columns:
    """Return the columns with the one way to read their dates. Raises NoReading."""
    columns = Columns(places, doubts=doubts)
    here = [field for field in places if field in DATES]
    texts = [
        cell
        for row in sample
        for field in here
        if isinstance(cell := columns.cell(row, field), str) and cell
    ]
    only_month_first = sum(
        read_moment(text) is None and read_moment(text, month_first=True) is not None
        for text in texts
    )
    only_day_first = sum(
        read_moment(text) is not None and read_moment(text, month_first=True) is None
        for text in texts
    )
    if only_month_first and only_day_first and min(only_month_first, only_day_first) > 2:
        raise NoReading(
            Message(
                "Ngày trong danh sách lẫn hai cách viết (ngày trước và tháng trước) nên không chắc "
                "ngày nào đúng. Hãy xuất lại danh sách với một cách viết ngày."
            )
        )
    whole = sum(read_moment(text, short_years=False) is not None for text in texts)
    short = sum(read_moment(text) is not None for text in texts) - whole
    columns = replace(columns, short_years=short > whole)
    if only_month_first > only_day_first:
        columns = replace(columns, month_first=True, doubts=(*doubts, _MONTH_FIRST))
    if _is_swapped(columns, sample):
        columns = replace(columns, swapped=True, doubts=(*columns.doubts, _SWAPPED))
    _check_order(columns, sample, now)
    return columns


_FEWER_CELLS = Message(
    "Hệ thống này ghi thiếu một ô so với tiêu đề; các cột đã được đọc theo nội dung."
)
_MONTH_FIRST = Message("Ngày trong danh sách viết tháng trước ngày sau; đã đọc theo cách ấy.")
_SWAPPED = Message(
    "Bảng tính đã hiểu lầm ngày thành tháng ở một số ô; đã đổi lại theo ngày trong mã hồ sơ hoặc "
    "theo các ô còn lại."
)


def _is_swapped(columns: Columns, sample: Sequence[Cells]) -> bool:
    """True where true dates have day and month exchanged, as the codes or the other cells show."""
    straight = exchanged = 0
    typed_late, texts_late, typed, texts = 0, 0, 0, 0
    for row in sample:
        day = day_in_code(str(columns.cell(row, Field.CODE)))
        for field in columns.places:
            if field not in DATES:
                continue
            cell = columns.cell(row, field)
            if isinstance(cell, datetime):
                typed += 1
                typed_late += cell.day > 12
            elif isinstance(cell, str) and (moment := read_moment(cell)) is not None:
                texts += 1
                texts_late += moment.day > 12
            if field is Field.RECEIVED and day and isinstance(cell, datetime) and cell.day <= 12:
                other = date(cell.year, cell.day, cell.month)
                if cell.day != cell.month:
                    straight += abs(cell.date() - day) <= _NEAR
                    exchanged += abs(other - day) <= _NEAR
    if straight or exchanged:
        return exchanged > 2 * straight
    return typed >= 3 and texts >= 3 and typed_late == 0 and texts_late == texts


def _day_agrees(columns: Columns, sample: Sequence[Cells]) -> bool:
    """True where the days of receipt are those that the codes name, as far as codes name any."""
    near = far = 0
    for row in sample:
        day = day_in_code(str(columns.cell(row, Field.CODE)))
        received = columns.moment(row, Field.RECEIVED)
        if day and received:
            close = abs(received.date() - day) <= _NEAR
            near, far = near + close, far + (not close)
    return near >= far


def _has_promises(columns: Columns, sample: Sequence[Cells]) -> bool:
    """True where the column of due moments holds what was promised, and not when it was done.

    It is filled where the moments of the end are, and is not the day that the codes name.
    """
    ended = blank = same = coded = 0
    for row in sample:
        received, due = (columns.moment(row, field) for field in (Field.RECEIVED, Field.DUE))
        end = columns.moment(row, Field.FINISHED) or columns.moment(row, Field.RETURNED)
        ended += end is not None
        blank += end is not None and due is None
        day = day_in_code(str(columns.cell(row, Field.CODE)))
        if day and due and received is None:
            coded, same = coded + 1, same + (due.date() == day)
    return blank <= _SOME * ended and same <= _SAME_DAY * coded


def _check_order(columns: Columns, sample: Sequence[Cells], now: datetime) -> None:
    """Check that dates follow one another as a dossier's do. Raises NoReading."""
    tomorrow = now + timedelta(days=1)
    checks = Counter(good for row in sample for good in _in_order(columns, row, tomorrow))
    wrong = checks[False]
    out_of_order = wrong > max(1, _SOME * checks.total())
    if out_of_order or not _day_agrees(columns, sample) or not _has_promises(columns, sample):
        raise NoReading(
            Message(
                "Ngày trong danh sách không theo thứ tự của một hồ sơ (hẹn trả trước khi tiếp "
                "nhận, hoặc ngày tiếp nhận khác hẳn ngày trong mã). Hãy kiểm tra cột ngày, xuất "
                "lại danh sách hoặc tự chọn cột."
            )
        )


def _in_order(columns: Columns, row: Cells, tomorrow: datetime) -> Iterator[bool]:
    """Yield True or False for each pair of moments that has an order, and each that is past."""
    submitted, received, due = (
        columns.moment(row, field) for field in (Field.SUBMITTED, Field.RECEIVED, Field.DUE)
    )
    if received and due:
        yield received.date() <= due.date()
    if submitted and received:
        yield submitted.date() <= received.date()
    for field in (Field.SUBMITTED, Field.RECEIVED, Field.FINISHED, Field.RETURNED):
        moment = columns.moment(row, field)
        if moment:
            yield moment <= tomorrow


def body_rows(rows: Iterable[Cells], code_place: int) -> list[Cells]:
    """Return the rows that look like dossiers: several cells, a code or a number in its column."""
    return [
        row
        for row in rows
        if sum(cell != "" for cell in row) >= 3
        and (any(map(is_code, row)) or _is_number(row[code_place] if code_place < len(row) else ""))
    ]


def _is_number(cell: object) -> bool:
    return isinstance(cell, float) and cell.is_integer() and 1_000 <= cell < 1e16
