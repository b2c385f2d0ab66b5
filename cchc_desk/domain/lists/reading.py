"""A whole list: its heading, its layout, its columns, its rows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from cchc_desk.domain.lists.columns import (
    Columns,
    NoReading,
    body_rows,
    find_columns,
    is_figures_lost,
)
from cchc_desk.domain.lists.comparing import note_what_stands_out
from cchc_desk.domain.lists.fields import Field, Layout, heading_key
from cchc_desk.domain.lists.headings import (
    MOST_ROWS,
    Cells,
    Heading,
    KnownLists,
    differs_from,
    find_heading,
    layout_of,
    learned_heading,
    refusing_layout,
)
from cchc_desk.domain.lists.rows import (
    CellText,
    Kind,
    ListRow,
    mended_rows,
    read_list_rows,
    with_cells,
)
from cchc_desk.i18n import Message
from cchc_desk.long_work import LongWork


@dataclass(frozen=True)
class ListReading:
    """All that a table of another system says. `heading_row` as a spreadsheet counts."""

    layout: Layout | None
    heading: Heading
    heading_row: int
    columns: Columns
    rows: tuple[ListRow, ...]
    doubts: tuple[Message, ...]

    def headings(self) -> dict[Field, str]:
        """Return the heading above each field's column."""
        texts = self.heading.texts
        return {
            field: texts[place] if place < len(texts) else ""
            for field, place in self.columns.places.items()
        }


def read_list(
    rows: Sequence[tuple[int, Cells]],
    known: KnownLists,
    now: datetime,
    chosen: Mapping[str, Field] | None = None,
    widths: Mapping[int, int] | None = None,
    *,
    mended: Sequence[CellText] = (),
    work: LongWork | None = None,
) -> ListReading:
    """Read one table as a list of dossiers; `chosen` names columns that the clerk mapped.

    `widths` are the numbers of cells that the file wrote, by the number of the row, where it writes
    every cell; `mended` are cells of unreadable rows as the clerk typed them. Raises NoReading with
    a sentence that says what to do; Stopped when `work` is stopped.
    """
    work = work or LongWork()
    if chosen:
        columns = {heading_key(text): field for text, field in chosen.items()}
        known = replace(known, columns={**known.columns, **columns}, layouts=())
    cells = [row for _number, row in rows]
    heading, layout = _heading(cells, known, learned=not chosen)
    if layout is not None and layout.refusal:
        raise NoReading(Message(layout.refusal))
    fields = [known.field_of(keys, layout) for keys in heading.keys]
    if {Field.DUE, Field.PROCESS_DUE}.isdisjoint(fields):
        raise NoReading(_NO_DUE)
    behind = rows[heading.last + 1 :]
    code_place = fields.index(Field.CODE)
    body = body_rows((row for _number, row in behind), code_place)
    if not body and _are_codes_lost(behind, code_place):
        raise NoReading(_CODES_AS_NUMBERS)
    if not body and all(sum(cell != "" for cell in row) < _LEAST_CELLS for _number, row in behind):
        raise NoReading(_NO_ROWS)  # a quiet day: heads alone, or «Tổng cộng: 0» below them
    found = find_columns(heading, body, known, layout, now)
    read = _rows(behind, found, known, now, widths or {}, mended, work)
    if not any(row.kind is not Kind.SKIPPED or row.code for row in read):
        raise NoReading(_NO_ROWS)
    _refuse_another_list(behind, read, heading, known, layout)
    note_what_stands_out(read)
    doubts = (*found.doubts, *_doubts(found, read))
    return ListReading(layout, heading, rows[heading.first][0], found, read, doubts)


def _refuse_another_list(
    behind: Sequence[tuple[int, Cells]],
    read: Iterable[ListRow],
    heading: Heading,
    known: KnownLists,
    layout: Layout | None,
) -> None:
    """Raise NoReading where the heading of a list with other columns stands below the first."""
    skipped = {row.number for row in read if row.kind is Kind.SKIPPED and not row.code}
    for place, (number, _cells) in enumerate(behind):
        if number in skipped:
            below = [cells for _number, cells in behind[place : place + MOST_ROWS]]
            if differs_from(heading, below, known, layout):
                raise NoReading(
                    Message(
                        "Trang này có hai danh sách khác cột: danh sách thứ hai bắt đầu ở dòng "
                        "{number}. Hãy tách thành hai tệp rồi chọn từng tệp.",
                        number=number,
                    )
                )


_NO_DUE = Message(
    "Danh sách này không có cột «Ngày hẹn trả» nên không giữ được lời hẹn nào. Hãy xuất danh sách "
    "có cột ấy, hoặc tự chọn cột nếu nó mang tên khác."
)
_CODES_AS_NUMBERS = Message(
    "Bảng tính đã đổi mã hồ sơ thành số (như 1,23E+15) nên mã bị mất chữ số. Hãy xuất lại danh "
    "sách, đừng mở và lưu bằng Excel trước khi chọn; hoặc để cột mã ở dạng chữ (Text)."
)
_NO_ROWS = Message("Danh sách không có hồ sơ nào. Hãy kiểm tra bộ lọc rồi xuất lại.")
_LEAST_CELLS = 3  # of a row that is a dossier; a sum or who signs below a list has fewer
_ONLY_PROCESS = Message(
    "Danh sách không có ngày hẹn trả; hạn xử lý được lấy làm ngày hẹn. Hãy đối chiếu với giấy hẹn."
)


def _over_without_day(count: int) -> Message:
    return Message(
        "{count} hồ sơ đã xong ở hệ thống kia nhưng danh sách không ghi ngày xong: ở đây chúng vẫn "
        "mở và có thể bị tính trễ. Hãy xuất danh sách có ngày kết thúc, hoặc ghi ngày xong ở từng "
        "hồ sơ.",
        count=count,
    )


_ONLY_RETURNED = Message(
    "Danh sách không có ngày có kết quả; ngày trả được lấy làm ngày xong, nên hồ sơ dân đến nhận "
    "muộn cũng bị tính là trễ. Hãy đối chiếu những hồ sơ trả sau ngày hẹn."
)
_NO_LIST = Message(
    "Không tìm thấy dòng tiêu đề của một danh sách hồ sơ (mã hồ sơ, ngày tiếp nhận, ngày hẹn trả). "
    "Hãy chọn đúng tệp, hoặc tự chọn cột."
)


def _why_no_heading(cells: Sequence[Cells], known: KnownLists) -> Message:
    layout = refusing_layout(cells, known)
    return Message(layout.refusal) if layout is not None else _NO_LIST


_OF_ANOTHER_WIDTH = Message(
    "Dòng này có số ô khác các dòng kia nên có thể lệch cột. Hãy xem lại dòng trong tệp."
)
_MOST_ODD = 0.1  # of the rows; where more differ their writer leaves blank cells out


def _rows(
    behind: Sequence[tuple[int, Cells]],
    found: Columns,
    known: KnownLists,
    now: datetime,
    widths: Mapping[int, int],
    mended: Sequence[CellText],
    work: LongWork,
) -> tuple[ListRow, ...]:
    by_number = dict(mended_rows(behind, found, mended))
    listed = list(read_list_rows(work.counted_many(by_number.items()), found, known, now))
    typed = {cell.row for cell in mended}  # what the clerk has looked at is not odd any more
    odd = {number: width for number, width in widths.items() if number not in typed}
    return tuple(
        with_cells(row, by_number[row.number], found) if row.kind is Kind.UNREADABLE else row
        for row in _marked_twice(_marked_odd(listed, by_number, odd))
    )


def _heading(
    cells: Sequence[Cells], known: KnownLists, *, learned: bool
) -> tuple[Heading, Layout | None]:
    """Return the heading and its layout, where one is known; one that was `learned` comes first."""
    if learned and (described := learned_heading(cells, known)):
        return described
    heading = find_heading(cells, known)
    if heading is None:
        raise NoReading(_why_no_heading(cells, known))
    return heading, layout_of(heading, known)


def _are_codes_lost(rows: Sequence[tuple[int, Cells]], code_place: int) -> bool:
    """True where a code became a number that lost figures."""
    return any(is_figures_lost(row[code_place]) for _number, row in rows if code_place < len(row))


def _doubts(found: Columns, read: Sequence[ListRow]) -> Iterable[Message]:
    if Field.DUE not in found.places:
        yield _ONLY_PROCESS
    if Field.RETURNED in found.places and Field.FINISHED not in found.places:
        yield _ONLY_RETURNED
    if over := sum(row.kind is Kind.DOSSIER and row.over_without_day for row in read):
        yield _over_without_day(over)


def _marked_odd(
    rows: Sequence[ListRow], cells: Mapping[int, Cells], widths: Mapping[int, int]
) -> Iterable[ListRow]:
    """Mark dossiers whose row has more or fewer cells than the others: one was lost or added."""
    if not widths:
        return rows
    own = [widths[row.number] for row in rows if row.kind is Kind.DOSSIER and row.number in widths]
    if not own:
        return rows
    usual, _times = Counter(own).most_common(1)[0]
    odd = [width != usual for width in own]
    blank_ends = any(widths.get(number, 0) > len(row) for number, row in cells.items())
    if sum(odd) > max(2, _MOST_ODD * len(own)) and not blank_ends:
        return rows
    return (
        replace(row, kind=Kind.UNREADABLE, problems=(*row.problems, _OF_ANOTHER_WIDTH))
        if row.kind is Kind.DOSSIER and widths.get(row.number, usual) != usual
        else row
        for row in rows
    )


def _marked_twice(rows: Iterable[ListRow]) -> list[ListRow]:
    """Mark rows that name a dossier a second time: once per stage, or with another promise."""
    listed = list(rows)
    counts = Counter(row.code for row in listed if row.kind is Kind.DOSSIER)
    again = {code for code, times in counts.items() if times > 1}
    if not again:
        return listed
    dues: dict[str, set[datetime]] = {}
    last: dict[str, ListRow] = {}
    for row in listed:
        if row.kind is Kind.DOSSIER and row.code in again and row.due is not None:
            dues.setdefault(row.code, set()).add(row.due)
            last[row.code] = row
    return [_again(row, last, dues) if row.code in again else row for row in listed]


def _again(
    row: ListRow,
    last: Mapping[str, ListRow],
    dues: Mapping[str, set[datetime]],
) -> ListRow:
    if row.kind is not Kind.DOSSIER:
        return row
    if len(dues[row.code]) > 1:
        problem = Message("Mã này có hai ngày hẹn trả khác nhau trong cùng danh sách.")
        return replace(row, kind=Kind.UNREADABLE, problems=(problem,))
    if last[row.code] is not row:
        said = Message("Cùng hồ sơ với dòng {number}.", number=last[row.code].number)
        return replace(row, kind=Kind.SKIPPED, problems=(said,))
    return row
