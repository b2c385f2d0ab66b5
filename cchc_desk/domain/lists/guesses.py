"""The columns of a table that no layout names: proposed to the clerk, who says what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_desk.domain.lists.columns import is_blank, is_code
from cchc_desk.domain.lists.fields import Field, heading_key
from cchc_desk.domain.lists.headings import Cells, KnownLists
from cchc_desk.domain.lists.moments import read_moment
from cchc_desk.domain.lists.rows import as_typed
from cchc_desk.domain.text.vietnamese import clean_line, fold

HEADING_ROWS = 12  # of a table, among which its heading is looked for
_SAMPLE = 60  # rows behind the heading that are looked at
_SHOWN = 3  # cells beside a column's name
_MOST = 0.8  # of a column's cells must be alike


@dataclass(frozen=True)
class GuessedColumn:
    """A column by its heading, what it probably holds, and some of its cells."""

    heading: str
    field: Field | None
    samples: tuple[str, ...]


def guess_heading(rows: Sequence[Cells], known: KnownLists) -> int:
    """Return the place of the row that most looks like a heading, among the first."""
    return max(
        range(min(HEADING_ROWS, len(rows))), key=lambda at: _likeness(rows[at], known), default=0
    )


def _likeness(row: Cells, known: KnownLists) -> int:
    names = [cell for cell in row if isinstance(cell, str) and cell and not _is_value(cell)]
    told = sum(known.field_of((heading_key(name),)) is not None for name in names)
    return len(set(names)) + 3 * told


def _is_value(cell: str) -> bool:
    return is_code(cell) or cell.isdigit() or read_moment(cell) is not None


def guess_columns(rows: Sequence[Cells], heading: int, known: KnownLists) -> list[GuessedColumn]:
    """Return the columns under the heading at this place, each with what it probably holds.

    A name that is known says it; else the cells do: the first codes are the dossier's, of two
    columns of days the earlier is the receipt and the later the promise.
    """
    body = [row for row in rows[heading + 1 : heading + 1 + _SAMPLE] if len(row) > 1]
    names = rows[heading] if heading < len(rows) else ()
    columns = []
    for place, name in enumerate(names):
        text = clean_line(name) if isinstance(name, str) else ""
        cells = [row[place] for row in body if place < len(row) and not is_blank(row[place], known)]
        columns.append(_Column(text, known.field_of((heading_key(text),)), cells))
    _guess_by_content(columns, known)
    return [
        GuessedColumn(one.heading, one.field, tuple(map(as_typed, one.cells[:_SHOWN])))
        for one in columns
    ]


@dataclass
class _Column:
    heading: str
    field: Field | None
    cells: list[object]

    def moments(self) -> list[datetime]:
        """Return its moments, where nearly all its cells are some."""
        found = [moment for moment in map(read_moment, self.cells) if moment is not None]
        return found if found and len(found) >= _MOST * len(self.cells) else []


def _guess_by_content(columns: Sequence[_Column], known: KnownLists) -> None:
    taken = {column.field for column in columns}
    unknown = [column for column in columns if column.field is None and column.cells]
    days = sorted(
        ((max(moments), column) for column in unknown if (moments := column.moments())),
        key=lambda pair: pair[0],
    )
    fields = [field for field in (Field.RECEIVED, Field.DUE) if field not in taken]
    for field, (_day, column) in zip(fields, days, strict=False):
        column.field = field
    for column in unknown:
        if column.field is not None:
            continue
        for field, fits in (
            (Field.CODE, is_code),
            (Field.STATUS, lambda cell: fold(str(cell)) in known.statuses),
            (Field.OWNER, _is_name),
        ):
            if field not in taken and sum(map(fits, column.cells)) >= _MOST * len(column.cells):
                column.field = field
                taken.add(field)
                break


def _is_name(cell: object) -> bool:
    text = str(cell)
    return 2 <= len(text.split()) <= 5 and not any(map(str.isdigit, text))
