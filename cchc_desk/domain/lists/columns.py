"""Which column holds what: by the headings, then checked by what stands in the rows.

A list whose rows are shifted against its headings is read by its content where only one reading is
possible, and refused where there are several: never taken wrong.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from cchc_desk.domain.lists.fields import CODES, DATES, NUMBERS, TEXTS, Field, Layout
from cchc_desk.domain.lists.headings import Cells, Heading, KnownLists
from cchc_desk.domain.lists.moments import read_moment
from cchc_desk.domain.text.vietnamese import clean_line, fold, nfc
from cchc_desk.i18n import Message

# province.unit-yyMMdd-number, whatever stands before the day; a code stays an opaque string.
_NATIONAL = re.compile(r"[0-9A-Z]{1,6}(?:\.[0-9A-Z]{1,6}){1,5}-(\d{6})-\d{1,8}(?:-\w{1,6})?")
_CODE = re.compile(r"(?=[^ ]*\d)[0-9A-ZĐ][0-9A-ZĐa-z._/\-]{3,49}")
_AROUND_CODE = re.compile(
    r"^(?:mã(?: số)?(?: hồ sơ)?|số(?: hồ sơ)?)\s*:\s*|\s*\([^()]*\)$|[.,;]$", re.IGNORECASE
)
# Hyphens of word processors, the minus sign, dashes: a code has the plain one.
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_DIGITS = re.compile(r"\d{4,16}")
_SAMPLE = 400  # rows that are looked at
_MOST = 0.85  # of a column's cells must be what its heading says
_SOME = 0.25  # more than so many of another kind is a contradiction
_NEAR = timedelta(days=15)  # between the day in a code and the day of receipt
_FEW = 2  # cells that may be anything, in a short list
_SAME_DAY = 0.6  # more promises than so are never due on the day of receipt
_ENOUGH, _RARE = 8, 0.15  # rows that show which columns are filled; of them, few
_SHIFTS = (-1, 1, -2, 2)


# A workbook's count of days that was written as text: 2000 to 2099, in a column of days only.
_DAYS_AS_TEXT = re.compile(r"[3-7]\d{4}(?:[.,]\d{1,12})?")


class TypedText(str):
    """A cell that the clerk typed: its days are written day first, whatever the list does."""


@dataclass(frozen=True)
class Columns:
    """The place of each fact in a row, and how the dates of this list are to be read."""

    places: Mapping[Field, int]
    month_first: bool = False
    short_years: bool = False
    rare: frozenset[int] = frozenset()  # places that are blank in nearly all rows
    usual: frozenset[int] = frozenset()  # places that are filled in nearly all rows
    # Fields whose true dates a workbook of another country read wrongly.
    swapped: frozenset[Field] = frozenset()
    doubts: tuple[Message, ...] = ()

    def cell(self, row: Cells, field: Field) -> object:
        place = self.places.get(field)
        return row[place] if place is not None and place < len(row) else ""

    def moment(self, row: Cells, field: Field) -> datetime | None:
        """Return the moment of a field in a row; None where the cell holds none."""
        cell = self.cell(row, field)
        if isinstance(cell, TypedText):
            return read_moment(cell)
        if isinstance(cell, str) and _DAYS_AS_TEXT.fullmatch(cell):
            cell = float(cell.replace(",", "."))
        moment = read_moment(cell, month_first=self.month_first, short_years=self.short_years)
        if field in self.swapped and isinstance(cell, datetime) and moment and moment.day <= 12:
            return exchanged(moment)
        return moment


def exchanged(moment: datetime) -> datetime:
    """Return the moment with its day, of at most 12, and its month exchanged."""
    return moment.replace(month=moment.day, day=moment.month)


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
    serials: int = 0  # numbers that may be a workbook's days
    two_days: int = 0  # texts with more than one
    states: int = 0
    names: int = 0
    long: int = 0
    not_yet: int = 0

    def share(self, count: int) -> float:
        return count / self.filled if self.filled else 0.0


def is_code(cell: object) -> bool:
    """True for what may be a dossier's code: a word with figures, no moment and no sentence."""
    return isinstance(cell, str) and bool(code_in(cell))


def code_in(cell: str) -> str:
    """Return the code in a text as plain_code() does; "" where it may be none."""
    if _NATIONAL.fullmatch(cell):
        return cell
    code = plain_code(cell)
    if _NATIONAL.fullmatch(code) or (_CODE.fullmatch(code) and read_moment(code) is None):
        return code
    return ""


def plain_code(cell: str) -> str:
    """Return a code without what programs write around it: its name, a channel, blanks."""
    if _NATIONAL.fullmatch(cell):
        return cell
    code = cell if cell.isascii() and cell.isprintable() else clean_line(cell.translate(_HYPHENS))
    code = _AROUND_CODE.sub("", code).strip()
    if " " in code:
        code = re.sub(r"\s*([-.])\s*", r"\1", code)
        whole = code.replace(" ", "")
        code = whole if _NATIONAL.fullmatch(whole.upper()) else code  # broken over two lines
    if code.endswith(".0") and code[:-2].isdigit():  # a number that a program wrote as text
        code = code[:-2]
    return code.upper()


def day_in_code(code: str) -> date | None:
    """Return the day that a national code names; None for another kind of code."""
    if "-" not in code:
        return None
    match = _NATIONAL.fullmatch(code) or _NATIONAL.fullmatch(plain_code(code))
    return _day_of(match[1]) if match else None


@lru_cache(maxsize=4096)
def _day_of(digits: str) -> date | None:
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
    fields = _first_promise([known.field_of(keys, layout) for keys in heading.keys])
    sample = rows[:: max(1, len(rows) // _SAMPLE)][:_SAMPLE]
    width = max((len(row) for row in sample), default=0)
    profiles = [_profile(sample, place, known) for place in range(width)]
    found = _columns(heading, fields, sample, profiles, layout, now)
    if Field.DUE not in found.places:
        _refuse_nameless_days(found, profiles, len(sample))
    found = replace(found, doubts=(*found.doubts, *_unread_days(found, heading, fields, profiles)))
    if len(sample) < _ENOUGH:
        return found
    shares = [one.filled / len(sample) for one in profiles]
    return replace(
        found,
        rare=frozenset(place for place, share in enumerate(shares) if share <= _RARE),
        usual=frozenset(place for place, share in enumerate(shares) if share >= 1 - _RARE),
    )


def _refuse_nameless_days(columns: Columns, profiles: Sequence[_Profile], rows: int) -> None:
    """Raise NoReading where a column of days that nobody named may be the promise.

    The process limit stands for the promise only in a list without any other day.
    """
    named = {place for field, place in columns.places.items() if field in DATES}
    for place, found in enumerate(profiles):
        days = found.share(found.dates) >= _MOST and found.filled >= rows / 2
        if days and place not in named:
            raise NoReading(
                Message(
                    "Danh sách không có cột «Ngày hẹn trả», nhưng cột thứ {column} cũng là ngày. "
                    "Hãy tự chọn cột ngày hẹn trả.",
                    column=place + 1,
                )
            )


def _unread_days(
    columns: Columns,
    heading: Heading,
    fields: Sequence[Field | None],
    profiles: Sequence[_Profile],
) -> Iterator[Message]:
    """Yield a doubt for each column of days whose name says nothing: it may be the end."""
    read = set(columns.places.values())
    for place, (field, found) in enumerate(zip(fields, profiles, strict=False)):
        if field is None and place not in read and found.share(found.dates) >= _MOST:
            yield Message(
                "Cột «{heading}» là ngày nhưng không rõ là ngày gì nên không đọc. Nếu là ngày xong "
                "hoặc ngày trả kết quả, hãy tự chọn cột.",
                heading=heading.texts[place] or str(place + 1),
            )


def _columns(
    heading: Heading,
    fields: Sequence[Field | None],
    sample: Sequence[Cells],
    profiles: Sequence[_Profile],
    layout: Layout | None,
    now: datetime,
) -> Columns:
    if layout is not None and layout.body and _width_of(sample) == len(layout.body):
        body = {field: place for place, field in enumerate(layout.body)}
        body.pop(Field.OTHER, None)
        if _fits(body, profiles):
            return _with_dates(body, sample, now, (_FEWER_CELLS,))
    places = _places(fields, profiles)
    _refuse_two_promises(fields, sample)
    if _width_of(sample) == _last_named(heading) and _fits(places, profiles):
        return _with_dates(places, sample, now, ())
    try:
        return _by_content(places, fields, profiles, sample, now)
    except NoReading:
        misfit = next((p for f, p in places.items() if not _holds_at(f, p, profiles)), None)
        if misfit is None or misfit >= len(profiles):
            raise
        raise NoReading(_misfit(heading.texts[misfit], sample, misfit)) from None


def _first_promise(fields: Sequence[Field | None]) -> list[Field | None]:
    """Return the fields with the due moment that was named first as the promise."""
    if Field.FIRST_DUE not in fields:
        return list(fields)
    meant = {Field.FIRST_DUE: Field.DUE, Field.DUE: Field.NEXT_DUE}
    return [meant.get(field, field) if field else None for field in fields]


def _refuse_two_promises(fields: Sequence[Field | None], sample: Sequence[Cells]) -> None:
    """Raise NoReading where two columns are called the same and hold other promises or codes."""
    for field in (Field.CODE, Field.DUE):
        places = [place for place, one in enumerate(fields) if one is field]
        for row in sample:
            said = {row[place] for place in places if place < len(row) and row[place] != ""}
            if len(said) > 1:
                raise NoReading(
                    Message(
                        "Danh sách có hai cột cùng nghĩa («{field}») nhưng khác nội dung. Hãy tự "
                        "chọn cột, hoặc xuất lại danh sách với một cột.",
                        field=Message("mã hồ sơ")
                        if field is Field.CODE
                        else Message("ngày hẹn trả"),
                    )
                )


def _misfit(heading: str, sample: Sequence[Cells], place: int) -> Message:
    cells = (str(row[place]) for row in sample if place < len(row) and row[place] != "")
    return Message(
        "Cột «{heading}» không chứa đúng điều tiêu đề nói (thí dụ «{cell}»), và không có cách đọc "
        "nào chắc chắn. Hãy xuất lại danh sách, hoặc tự chọn cột.",
        heading=heading,
        cell=clean_line(next(cells, ""))[:40],
    )


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
            found.dates += 1  # the days of _NO_YEARS too
            continue
        if isinstance(cell, float):
            found.numbers += 1
            found.serials += read_moment(cell) is not None
            found.digits += _is_number(cell)
            continue
        text = str(cell)
        number = text.replace(".", "").replace(",", "").replace(" ", "").isdigit()
        found.numbers += number
        found.serials += bool(_DAYS_AS_TEXT.fullmatch(text))
        if is_code(text):
            found.codes += 1
            found.marked += not number
            found.national += bool(_NATIONAL.fullmatch(plain_code(text)))
            found.digits += bool(_DIGITS.fullmatch(text))
        if read_moment(text) is not None or read_moment(text, month_first=True) is not None:
            found.dates += 1
        else:
            found.two_days += bool(_TWO_DAYS.search(text))
        if fold(text) in known.statuses:
            found.states += 1
        found.not_yet += is_no_moment(text, known)
        words = text.split()
        found.names += 2 <= len(words) <= 5 and not any(map(str.isdigit, text))
        found.long += len(words) > 5
    return found


def is_blank(cell: object, known: KnownLists) -> bool:
    """True for an empty cell, and for the words that programs write for nothing."""
    if cell == "":
        return True
    return isinstance(cell, str) and len(cell) < _LONGEST_BLANK and cell.lower() in known.blanks


_LONGEST_BLANK = 16
_NO_YEARS = (1, 1899, 1900, 9999)  # of programs that write some day for none
_NO_DAY = re.compile(
    r"0?1[/-]0?1[/-](?:0001|1900|1970)|31[/-]12[/-]9999|(?:0001|9999|1900)-\d\d-\d\d"
)
_TWO_DAYS = re.compile(r"\d[/.\-]\d{1,2}[/.\-]\d{2,4}\b.*\d[/.\-]\d{1,2}[/.\-]\d{2}")
# «Chưa có kết quả», «Đang xử lý» where a day will stand; «Đặng …» is somebody's name.
_NOT_YET = re.compile(
    r"(?:chưa|đang|không)\b|(?:chua|khong|dang (?:xu|giai|cho|thu ly|trinh|tham|tiep|thuc))\b"
)


def is_no_moment(cell: object, known: KnownLists) -> bool:
    """True for a cell of dates that is blank, or says in words that the day is not there yet."""
    if is_blank(cell, known):
        return True
    if isinstance(cell, datetime):
        return cell.year in _NO_YEARS
    if isinstance(cell, str) and cell[:1].isalpha():
        return bool(_NOT_YET.match(nfc(cell[:20]).lower()))
    return isinstance(cell, str) and bool(_NO_DAY.match(cell))


def _fits(places: Mapping[Field, int], profiles: Sequence[_Profile]) -> bool:
    """True where every column holds what its field says, and the code's is there."""
    place = places.get(Field.CODE)
    if place is None or place >= len(profiles):
        return False
    most = max(one.share(one.national) for one in profiles)
    if most >= _MOST > profiles[place].share(profiles[place].national):
        return False  # the codes stand in another column
    return all(_holds_at(field, place, profiles) for field, place in places.items())


def _holds_at(field: Field, place: int, profiles: Sequence[_Profile]) -> bool:
    return _holds(field, profiles[place]) if place < len(profiles) else field not in CODES


def _holds(field: Field, found: _Profile) -> bool:
    if field is Field.CODE:
        plain = found.codes + (found.digits - min(found.digits, found.codes))
        return found.filled > 0 and found.share(plain) >= _MOST and found.share(found.dates) < _SOME
    if not found.filled:
        return True
    dates = found.share(found.dates)
    codes = found.share(found.marked)
    if field in DATES:
        good = found.not_yet + (found.dates or found.serials)
        if found.dates > found.filled / 2:
            good += found.two_days  # a re-appointment beside the promise: of these rows alone
        few = max(1, found.filled // 2) <= good >= found.filled - _FEW
        return good >= _MOST * found.filled or few
    if field in NUMBERS or field is Field.PARENT_CODE:
        return dates < _SOME and (field is Field.PARENT_CODE or codes < _SOME)
    if field in TEXTS:
        plain_numbers = found.share(found.numbers)
        return dates < _SOME and codes < _SOME and plain_numbers < 1 - _SOME
    return dates < _MOST or field is Field.NOTE


def _certain(readings: Sequence[Columns], profiles: Sequence[_Profile]) -> Columns:
    """Return the likeliest reading with the places on which all of them agree."""
    best = max(readings, key=lambda columns: _likeness(columns.places, profiles))
    certain = {
        field: place
        for field, place in best.places.items()
        if field in _PROMISE or all(one.places.get(field) == place for one in readings)
    }
    return replace(best, places=certain)


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
    needed = {*_PROMISE, Field.NEXT_DUE}.intersection(straight)
    for places in (straight, *_shifted(fields, len(profiles))):
        if not needed <= places.keys() or not _fits(places, profiles):
            continue
        try:
            columns = _with_dates(places, sample, now, ())
        except NoReading:
            continue
        if _is_plain(columns, sample):
            readings.append(columns)
    readings = _without_unread_days(readings, straight, profiles, len(sample))
    if any(one.places == straight for one in readings) and _are_one(readings, _PROMISE[:3]):
        return readings[0]
    if not readings or not _are_one(readings, _PROMISE):
        raise NoReading(
            Message(
                "Các cột không chứa đúng điều tiêu đề của chúng nói (dữ liệu lệch so với tiêu đề), "
                "và không có cách đọc nào chắc chắn. Hãy xuất lại danh sách, hoặc tự chọn cột."
            )
        )
    best = _certain(readings, profiles)
    doubt = Message(
        "Dữ liệu lệch so với tiêu đề: các cột đã được đọc theo nội dung, không theo tên. Hãy xem "
        "kỹ trước khi nhận."
    )
    return replace(best, doubts=(doubt, *best.doubts))


def _without_unread_days(
    readings: Sequence[Columns],
    straight: Mapping[Field, int],
    profiles: Sequence[_Profile],
    rows: int,
) -> list[Columns]:
    """Return the readings as they are, or those that read all days where the headings do so."""
    days = {
        place
        for place, found in enumerate(profiles)
        if found.filled >= rows / 2 and found.share(found.dates) >= _MOST
    }
    whole = [one for one in readings if days.issubset(one.places.values())]
    return whole if any(one.places == straight for one in whole) else list(readings)


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


def _are_one(readings: Sequence[Columns], fields: Sequence[Field]) -> bool:
    """True where all readings have these fields in the same columns."""
    return len({tuple(one.places.get(field) for field in fields) for one in readings}) == 1


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
    only_month_first = only_day_first = 0
    for day_first, month_first in _both_ways(columns, sample, texts):
        only_month_first += day_first is None and month_first is not None
        only_day_first += day_first is not None and month_first is None
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
    if swapped := _swapped(columns, sample):
        columns = replace(columns, swapped=swapped, doubts=(*columns.doubts, _SWAPPED))
    elif not only_month_first and not only_day_first and _may_be_month_first(columns, sample):
        raise NoReading(_EITHER_WAY)
    _check_order(columns, sample, now)
    return columns


def _both_ways(
    columns: Columns, sample: Sequence[Cells], texts: Iterable[str]
) -> Iterator[tuple[datetime | None, datetime | None]]:
    """Yield each text's moment with the day first, and with the month first.

    None for one that cannot be: there is no such month, or the day in the code is far from it.
    """
    for text in texts:
        yield read_moment(text), read_moment(text, month_first=True)
    for row in sample:
        cell = columns.cell(row, Field.RECEIVED)
        day = day_in_code(str(columns.cell(row, Field.CODE)))
        if day and isinstance(cell, str):
            ways = read_moment(cell), read_moment(cell, month_first=True)
            near = [way if way and abs(way.date() - day) <= _NEAR else None for way in ways]
            yield near[0], near[1]


_FEWER_CELLS = Message(
    "Hệ thống này ghi thiếu một ô so với tiêu đề; các cột đã được đọc theo nội dung."
)
_EITHER_WAY = Message(
    "Không chắc ngày trong danh sách viết ngày trước hay tháng trước. Hãy xuất lại danh sách với "
    "ngày dạng chữ (dd/mm/yyyy)."
)
_MONTH_FIRST = Message("Ngày trong danh sách viết tháng trước ngày sau; đã đọc theo cách ấy.")
_SWAPPED = Message(
    "Bảng tính đã hiểu lầm ngày thành tháng ở một số ô; đã đổi lại theo ngày trong mã hồ sơ hoặc "
    "theo các ô còn lại."
)


def _swapped(columns: Columns, sample: Sequence[Cells]) -> frozenset[Field]:
    """Return the fields whose true dates have day and month exchanged.

    The codes show it of the day of receipt and then of all; in one column the texts do, of days
    that no workbook could take for months. Raises NoReading where few cells leave it open.
    """
    here = frozenset(columns.places).intersection(DATES)
    days = [day_in_code(str(columns.cell(row, Field.CODE))) for row in sample]
    straight = other = 0
    for row, day in zip(sample, days, strict=True):
        cell = columns.cell(row, Field.RECEIVED)
        if day and isinstance(cell, datetime) and cell.day <= 12 and cell.day != cell.month:
            straight += abs(cell.date() - day) <= _NEAR
            other += abs(exchanged(cell).date() - day) <= _NEAR
    if other > 2 * straight:
        return here
    found, alike = set(), set()  # few cells are read as the other columns of their file
    for field in here:
        cells = [columns.cell(row, field) for row in sample]
        typed = [cell for cell in cells if isinstance(cell, datetime)]
        texts = [
            moment
            for cell in cells
            if isinstance(cell, str) and (moment := read_moment(cell)) is not None
        ]
        late = all(moment.day > 12 for moment in texts) and all(cell.day <= 12 for cell in typed)
        if not (typed and late) or (field is Field.RECEIVED and straight > other):
            continue
        if len(typed) >= 2 and len(texts) >= 2 and len(typed) + len(texts) >= 6:
            found.add(field)
        elif field not in _PROMISE:
            alike.add(field)
        elif texts:
            raise NoReading(_EITHER_WAY)
    return frozenset(found | alike) if found else frozenset()


def _may_be_month_first(columns: Columns, sample: Sequence[Cells]) -> bool:
    """True where no day is beyond 12 and the days lie nearer together with months before them.

    Days of receipt that agree with the codes leave no doubt.
    """
    moments = []
    for row in sample:
        received = columns.moment(row, Field.RECEIVED)
        day = day_in_code(str(columns.cell(row, Field.CODE)))
        if received and day and abs(received.date() - day) <= _NEAR:
            return False
        for moment in (received, columns.moment(row, Field.DUE)):
            if moment is not None:
                moments.append(moment)
    if len(set(moments)) < 3 or any(moment.day > 12 for moment in moments):
        return False
    others = [exchanged(moment) for moment in moments]
    return (max(others) - min(others)) * 3 < max(moments) - min(moments)


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
    """Return the rows that look like dossiers: a code and a cell beside it, or several cells.

    Of several cells one is a code, or a number in the column of codes.
    """
    return [row for row in rows if _looks_like_dossier(row, code_place)]


def _looks_like_dossier(row: Cells, code_place: int) -> bool:
    filled = len(row) - row.count("")
    code = row[code_place] if code_place < len(row) else ""
    if filled < 3:
        return filled == 2 and is_code(code)
    return is_code(code) or _is_number(code) or any(map(is_code, row))


def _is_number(cell: object) -> bool:
    return isinstance(cell, float) and is_whole_code(cell)


def is_figures_lost(cell: object) -> bool:
    """True for a number of more figures than a workbook keeps, and for such a one as text."""
    if isinstance(cell, float):
        return cell >= 1e15
    return isinstance(cell, str) and bool(_AS_POWER.fullmatch(cell))


_AS_POWER = re.compile(r"\d(?:[.,]\d+)?E\+\d{1,2}", re.IGNORECASE)


def is_whole_code(cell: float) -> bool:
    """True for a number that may be a code: a workbook keeps no more than fifteen figures."""
    return cell.is_integer() and 1_000 <= cell < 1e15
