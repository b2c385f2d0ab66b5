"""Text of a receipt that was copied from a page of another system, read by its labels.

A receipt is a list of one row whose headings are its labels, and is checked like one. What cannot
be read for certain is refused with a sentence that says what to do.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, zip_longest

from cchc_desk.domain.lists.columns import (
    Columns,
    NoReading,
    day_in_code,
    is_blank,
    is_code,
    plain_code,
)
from cchc_desk.domain.lists.fields import CODES, DATES, TEXTS, Field, Layout, heading_key
from cchc_desk.domain.lists.headings import Heading, KnownLists
from cchc_desk.domain.lists.moments import read_moment
from cchc_desk.domain.lists.reading import ListReading
from cchc_desk.domain.lists.rows import Kind, ListRow, read_list_rows
from cchc_desk.domain.lists.watched import is_whole_day, same_due
from cchc_desk.domain.text.vietnamese import fold, nfc, unified
from cchc_desk.i18n import Message

MOST_LETTERS, MOST_LINES = 20_000, 400
_LONGEST_LABEL, _LONGEST_LINE = 70, 2_000
_MOST_LABELS = 60  # signs behind which a value may begin, of one line
_LEAST_KNOWN = 3  # labels, that of the code or of the due moment among them
_ALIKE = 0.6  # of the labels of a layout, to know it again
_NUMBERED = re.compile(r"\s*(?:[•·*+\-–—]\s*|\d{1,2}[.)]\s+)*")
# A day or a code is believed where its label begins a line or stands behind such a sign; in the
# middle of a sentence it may be what somebody wrote in a note.
_BREAK = re.compile(r"[;,.|\t]\s*|\s[-–—]\s*|\s{2,}|\s(?P<weak>)")
_END = re.compile(r"[:\t]")
_AROUND = " \t;,.|-–—:"
_IDENTITY = re.compile(
    r"(?<![\w.\-/])(?:\d{12}|\d{9}|\d{3}(?P<by>[ .])\d{3}(?P=by)\d{3}(?:(?P=by)\d{3})?)(?![\w\-/])"
)
_BESIDE_IDENTITY = re.compile(
    rf"[\s(,;:\-–]*(?:(?:CCCD|CMND|Căn cước|Số định danh)[\s:]*)?{_IDENTITY.pattern}\)?",
    re.IGNORECASE,
)
_HIDDEN = "•••"


@dataclass(frozen=True)
class Receipt:
    """A receipt that was read. `text` are its lines as they are kept, `encoding` "" for Unicode."""

    reading: ListReading
    text: str
    encoding: str
    email: str

    @property
    def row(self) -> ListRow:
        return self.reading.rows[0]


@dataclass(frozen=True)
class _Found:
    """A label in the line `first`, with what stands behind it, until the line `last`."""

    first: int
    last: int
    label: str
    field: Field
    text: str

    @property
    def value(self) -> str:
        return " ".join(self.text.split()).strip(_AROUND)


def looks_like_receipt(text: str, known: KnownLists, layouts: Sequence[Layout]) -> bool:
    """True for a text that has the labels of a receipt, whether it can be read or not."""
    if not text or len(text) > MOST_LETTERS or "\n" not in text.strip():
        return False
    found = {one.field for one in _find(_lines(text)[0], _labels(known, layouts), known)}
    return len(found) >= _LEAST_KNOWN and bool(found & {Field.CODE, Field.DUE})


def read_receipt(
    text: str,
    known: KnownLists,
    layouts: Sequence[Layout],
    now: datetime,
    *,
    with_identity: bool = False,
) -> Receipt:
    """Read the text of one receipt; identity numbers are left out unless `with_identity`.

    Raises NoReading with a sentence that says what to do.
    """
    if len(text) > MOST_LETTERS or text.count("\n") > MOST_LINES:
        raise NoReading(_TOO_LONG)
    lines, encoding = _lines(text)
    found = _find(lines, _labels(known, layouts), known)
    if len({one.field for one in found}) < _LEAST_KNOWN:
        raise NoReading(_NO_RECEIPT)
    layout = _layout_of(found, layouts)
    if layout is not None:
        own = layout.fields
        found = [replace(one, field=own.get(heading_key(one.label), one.field)) for one in found]
    values = _values(found, known)
    row = _row(values, known, now)
    kept = "\n".join(lines[found[0].first : found[-1].last + 1])
    if not with_identity:
        ids = [values[field][1] for field in _IDS if field in values]
        kept = _hide_identity(kept, ids, values[Field.CODE][1])
        row = _without_identity(row)
    labels = tuple(label for label, _value in values.values())
    keys = tuple((heading_key(label),) for label in labels)
    columns = Columns({field: place for place, field in enumerate(values)})
    reading = ListReading(layout, Heading(0, 0, labels, keys), 0, columns, (row,), ())
    return Receipt(reading, kept, encoding, values.get(Field.EMAIL, ("", ""))[1])


_IDS = (Field.OWNER_ID, Field.SUBMITTER_ID)
_TOO_LONG = Message(
    "Đoạn dán quá dài để là một biên nhận. Hãy chỉ chọn phần biên nhận (từ mã hồ sơ đến ngày hẹn "
    "trả) rồi chép lại; cả danh sách thì xuất tệp và thả vào cửa sổ này."
)
_NO_RECEIPT = Message(
    "Đoạn dán không phải biên nhận mà chương trình đọc được. Hãy chép cả biên nhận, từ «Mã hồ sơ» "
    "đến «Ngày hẹn trả», kèm các nhãn, rồi dán lại."
)
_NO_CODE = Message(
    "Biên nhận không có mã hồ sơ đọc được. Hãy chép cả dòng mã hồ sơ kèm nhãn rồi dán lại."
)
_NO_DUE = Message(
    "Biên nhận không có ngày hẹn trả nên không giữ được lời hẹn nào. Hãy chép cả dòng ngày hẹn trả "
    "rồi dán lại."
)
_TWO = Message("Đoạn dán có hai mã hồ sơ khác nhau. Hãy chép và dán từng biên nhận.")
_TWO_DUES = Message(
    "Biên nhận có hai ngày hẹn trả khác nhau. Hãy xem lại ở hệ thống kia, chỉ chép dòng đúng rồi "
    "dán lại."
)
_TWO_RECEIVED = Message(
    "Biên nhận có hai ngày tiếp nhận khác nhau. Hãy xem lại ở hệ thống kia, chỉ chép dòng đúng rồi "
    "dán lại."
)


def _mixed(label: str) -> Message:
    return Message(
        "Chữ sau «{label}» là ngày hay mã hồ sơ: nhãn và chữ của biên nhận bị lẫn khi chép. Hãy "
        "chép lại cả biên nhận rồi dán.",
        label=label,
    )


def _wrong(problem: Message) -> Message:
    return Message("{problem} Hãy xem lại biên nhận ở hệ thống kia rồi chép lại.", problem=problem)


# --- labels ---------------------------------------------------------------------------------------


def _labels(known: KnownLists, layouts: Sequence[Layout]) -> Mapping[str, Field]:
    """Return the meaning of every label by its key: the common names of columns before others'."""
    own = {key: field for layout in layouts for key, field in layout.fields.items()}
    return {**own, **known.columns}


def _lines(text: str) -> tuple[list[str], str]:
    """Return the lines in Unicode, without invisible signs, and the old encoding they came in."""
    from cchc_desk.domain.text.legacy_text import legacy_encoding_of  # tables, seldom needed

    lines = nfc(text).splitlines()
    old = legacy_encoding_of(lines)
    if old is not None:
        lines = [old.decode_text(line) for line in lines]
    tidy = ("".join(map(_visible, unified(line)))[:_LONGEST_LINE] for line in lines)
    return list(tidy), old.name if old else ""


def _visible(char: str) -> str:
    if char.isprintable() or char == "\t":
        return char
    return " " if char.isspace() else ""


def _find(lines: Sequence[str], labels: Mapping[str, Field], known: KnownLists) -> list[_Found]:
    """Return each label with its value.

    It may stand on the line below its label, and go on below where that begins with a small letter.
    """
    found: list[_Found] = []
    above = -1  # the number of the last line that was not blank
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        marks = list(_marks(line, labels))
        last = found[-1] if found and found[-1].last == above else None
        if last is not None and not last.value and fold(line) in known.statuses:
            marks = []  # «Trả kết quả» is a state, and the name of a column
        if last is not None and not marks:
            goes_on = last.field in TEXTS and line.lstrip()[0].islower()
            if goes_on or not last.value:
                found[-1] = replace(last, text=f"{last.text} {line}", last=number)
        for mark, following in zip_longest(marks, marks[1:]):
            text = line[mark.end : following.begin if following else None]
            found.append(_Found(number, number, mark.label, mark.field, text))
        above = number
    return found


@dataclass(frozen=True)
class _Mark:
    """A label in a line: where it begins, where its value does, its words and its meaning."""

    begin: int
    end: int
    label: str
    field: Field


def _marks(line: str, labels: Mapping[str, Field]) -> Iterator[_Mark]:
    """Yield the labels of a line."""
    first = _NUMBERED.match(line)
    begins = {first.end() if first else 0: True}
    begins |= {match.end(): match["weak"] is None for match in _BREAK.finditer(line)}
    order, at = sorted(begins), 0
    ends = (match.start() for match in islice(_END.finditer(line), _MOST_LABELS))
    for end in (*ends, len(line)):
        nearest = bisect_left(order, max(at, end - _LONGEST_LABEL))
        for begin in order[nearest : bisect_left(order, end)]:  # the longest first
            if end == len(line) and (begin != order[0] or at):
                break  # a line of its label alone
            words = line[begin:end].strip()
            field = labels.get(heading_key(words))
            if field is not None and (begins[begin] or field not in DATES | CODES):
                yield _Mark(begin, min(end + 1, len(line)), words, field)
                at = end + 1
                break


def _layout_of(found: Sequence[_Found], layouts: Sequence[Layout]) -> Layout | None:
    """Return the layout most of whose labels are here; None where no such is."""
    here = {heading_key(one.label) for one in found}
    shares = [
        (len(here & layout.fields.keys()) / len(layout.fields), -place)
        for place, layout in enumerate(layouts)
    ]
    share, place = max(shares, default=(0.0, 0))
    return layouts[-place] if share >= _ALIKE else None


# --- values ---------------------------------------------------------------------------------------


def _values(found: Sequence[_Found], known: KnownLists) -> dict[Field, tuple[str, str]]:
    """Return label and value of each fact; of several the first that says anything.

    Raises NoReading where a code, a promise or a receipt is named twice with other values.
    """
    all_of: dict[Field, list[_Found]] = {}
    for one in found:
        if one.field is not Field.OTHER and not _says_nothing(one.value, known):
            all_of.setdefault(one.field, []).append(one)
    if Field.FIRST_DUE in all_of:  # beside it the later one is a re-appointment
        all_of[Field.NEXT_DUE] = all_of.get(Field.DUE, [])
        all_of[Field.DUE] = all_of.pop(Field.FIRST_DUE)
    if len({plain_code(one.value) for one in all_of.get(Field.CODE, ())}) > 1:
        raise NoReading(_TWO)
    for field, message in ((Field.DUE, _TWO_DUES), (Field.RECEIVED, _TWO_RECEIVED)):
        if field in all_of:
            all_of[field] = [_agreed(all_of[field], message)]
    return {field: (ones[0].label, ones[0].value) for field, ones in all_of.items() if ones}


def _says_nothing(value: str, known: KnownLists) -> bool:
    return value == _HIDDEN or is_blank(value, known)


def _agreed(ones: Sequence[_Found], message: Message) -> _Found:
    """Return the one that says most. Raises NoReading where two name different moments."""
    moments = [read_moment(one.value) for one in ones]
    best = 0
    for place, moment in enumerate(moments):
        chosen = moments[best]
        if moment == chosen:
            continue
        if moment is None or chosen is None:
            raise NoReading(message)
        if is_whole_day(chosen) and same_due(moment, chosen):
            best = place
        elif not same_due(chosen, moment):
            raise NoReading(message)
    return ones[best]


def _row(values: Mapping[Field, tuple[str, str]], known: KnownLists, now: datetime) -> ListRow:
    """Read the values as the row of a list. Raises NoReading for what is no certain promise."""
    if Field.CODE not in values or not is_code(values[Field.CODE][1]):
        raise NoReading(_NO_CODE)
    if Field.DUE not in values:
        raise NoReading(_NO_DUE)
    for field in TEXTS & values.keys():
        label, value = values[field]
        if day_in_code(value) is not None or read_moment(value) is not None:
            raise NoReading(_mixed(label))
    columns = Columns({field: place for place, field in enumerate(values)})
    cells = [value for _label, value in values.values()]
    (row,) = read_list_rows([(0, cells)], columns, known, now)
    if row.problems:
        raise NoReading(_wrong(row.problems[0]))
    assert row.kind is Kind.DOSSIER, "a row that is skipped says why"
    return row


def _hide_identity(text: str, ids: Sequence[str], code: str) -> str:
    """Return the text without these numbers, and all that look like them but for the code."""
    for number in ids:
        text = text.replace(number, _HIDDEN)
    return _IDENTITY.sub(lambda found: code if found[0] == code else _HIDDEN, text)


def _without_identity(row: ListRow) -> ListRow:
    """Return the row without identity numbers, those in the middle of a text too."""

    def without(text: str) -> str:
        return _BESIDE_IDENTITY.sub("", text).strip(_AROUND)

    return replace(
        row,
        owner=without(row.owner),
        owner_id="",
        submitter=without(row.submitter),
        address=without(row.address),
        procedure=without(row.procedure),
        note=without(row.note),
    )
