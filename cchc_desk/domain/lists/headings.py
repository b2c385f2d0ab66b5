"""The heading of a list: on which rows it stands, and what each of its columns is called."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cchc_desk.domain.lists.fields import CODES, DATES, Field, Layout, fingerprint, heading_key
from cchc_desk.domain.text.vietnamese import clean_line

Cells = Sequence[object]
_LATEST_ROW = 12  # a heading begins on one of the first rows
MOST_ROWS = 3  # of one heading
_LEAST_KNOWN = 3  # columns whose names are known, the code among them
_LONGEST = 120  # letters of a heading; longer is a sentence
_ALIKE = 0.75  # of the headings of a layout, to know it again
_COMPARED = DATES | CODES
_UNTOLD = frozenset({Field.ORDER, Field.NOTE, Field.OTHER})


@dataclass(frozen=True)
class Heading:
    """The heading of a list: its first and last row, by their place, and a text per column.

    `keys` are the ways to read each column's name: the whole of it first, then the lowest row of a
    heading over several rows, then the one above.
    """

    first: int
    last: int
    texts: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class KnownLists:
    """All that the program knows of lists: names of columns, words of states, whole layouts."""

    columns: Mapping[str, Field]
    statuses: Mapping[str, int]
    blanks: frozenset[str]
    feet: tuple[str, ...]
    layouts: tuple[Layout, ...]
    learned: tuple[Layout, ...] = ()  # described by the clerk: they go before all others

    def field_of(self, keys: Sequence[str], layout: Layout | None = None) -> Field | None:
        """Return the meaning of a column by its name: the layout's own first, then the common."""
        for key in keys:
            if layout is not None and key in layout.fields:
                return layout.fields[key]
            if key in self.columns:
                return self.columns[key]
        likes = map(shorter_key, keys)
        return next((self._shorter[key] for key in likes if key in self._shorter), None)

    @cached_property
    def _shorter(self) -> Mapping[str, Field]:
        return {shorter_key(key): field for key, field in self.columns.items()}


_WHEN = re.compile(r"\b(?:ngay gio|gio ngay|ngay thang nam|ngay thang|thoi diem)\b")
_BEHIND = re.compile(
    r"(?<=\w) (?:dd mm yyyy|dd mm yy|ngay thang nam|ca nhan to chuc|du kien|theo giay hen"
    r"|theo phieu hen|neu co|bat buoc)(?: hh mm(?: ss)?)?$"
)
_SHORT = re.compile(r"\b(?:tkq|kq|hs)\b")
_IN_FULL = {"tkq": "tra ket qua", "kq": "ket qua", "hs": "ho so"}


@lru_cache(maxsize=4096)
def shorter_key(key: str) -> str:
    """Return the key without blanks, short words in full, all words for a moment alike.

    A format or a remark behind it is left out.
    """
    full = _SHORT.sub(lambda short: _IN_FULL[short[0]], _BEHIND.sub("", key))
    return _WHEN.sub("ngay", full).replace(" ", "")


def find_heading(rows: Sequence[Cells], known: KnownLists) -> Heading | None:
    """Return the heading among the first rows; None where no row names a list's columns."""
    best: tuple[int, int, Heading] | None = None
    for heading in _candidates(rows):
        fields = [known.field_of(keys) for keys in heading.keys]
        told = {field for field in fields if field is not None and field not in _UNTOLD}
        if Field.CODE not in told or len(told) < _LEAST_KNOWN:
            continue
        rank = (len(told), -(heading.last - heading.first))
        if best is None or rank > best[:2]:
            best = (*rank, heading)
    return best[2] if best else None


def learned_heading(rows: Sequence[Cells], known: KnownLists) -> tuple[Heading, Layout] | None:
    """Return the heading among the first rows that the clerk described, with its layout."""
    layouts = {layout.fingerprint: layout for layout in known.learned}
    if not layouts:
        return None
    for heading in _candidates(rows):
        if layout := layouts.get(fingerprint(without_blank_end(heading.texts))):
            return heading, layout
    return None


def without_blank_end(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the headings without blank ones at their end."""
    end = len(texts)
    while end and not texts[end - 1]:
        end -= 1
    return tuple(texts[:end])


def refusing_layout(rows: Sequence[Cells], known: KnownLists) -> Layout | None:
    """Return the known layout without promises whose heading stands among the first rows."""
    layouts = (layout_of(heading, known) for heading in _candidates(rows))
    return next((layout for layout in layouts if layout and layout.refusal), None)


def differs_from(
    heading: Heading, row: Sequence[Cells], known: KnownLists, layout: Layout | None
) -> bool:
    """True where `row`, with the rows below it, is the heading of a list with other columns.

    Another list stands below the first one on the same sheet; a heading that is repeated on each
    page is none, even one that names fewer columns.
    """
    other = find_heading(row, known)
    if other is None or other.first:
        return False
    ours, theirs = (
        {
            place: field
            for place, keys in enumerate(one.keys)
            if (field := known.field_of(keys, layout)) in _COMPARED
        }
        for one in (heading, other)
    )
    named = {place for place, text in enumerate(other.texts) if text}
    return any(
        ours.get(place) != theirs.get(place) for place in theirs.keys() | (ours.keys() & named)
    )


def _candidates(rows: Sequence[Cells]) -> Iterator[Heading]:
    for first in range(min(_LATEST_ROW, len(rows))):
        for height in range(1, MOST_ROWS + 1):
            last = first + height - 1
            if last >= len(rows):
                break
            parts = [[_text(cell) for cell in row] for row in rows[first : last + 1]]
            if not all(any(part) for part in parts):
                break
            yield _joined(first, last, parts)


def _text(cell: object) -> str:
    return clean_line(cell)[:_LONGEST] if isinstance(cell, str) else ""


def _joined(first: int, last: int, parts: list[list[str]]) -> Heading:
    """Read a heading over several rows: a name above stands over the columns right of it too."""
    width = max(map(len, parts))
    for part in parts:
        part += [""] * (width - len(part))
    for place, upper in enumerate(parts[:-1]):
        lower = parts[place + 1]
        above = ""
        for column in range(width):
            above = upper[column] or (above if lower[column] else "")
            upper[column] = above
    texts, keys = [], []
    for column in range(width):
        names = list(dict.fromkeys(part[column] for part in parts if part[column]))
        texts.append(" ".join(names))
        ways = (" ".join(names), *reversed(names))
        keys.append(tuple(dict.fromkeys(map(heading_key, ways))))
    return Heading(first, last, tuple(texts), tuple(keys))


def layout_of(heading: Heading, known: KnownLists) -> Layout | None:
    """Return the known layout with these headings: all of them, or nearly all in any order."""
    here = [keys[0] if keys else "" for keys in heading.keys]
    while here and not here[-1]:
        here.pop()
    names = set(filter(None, here))
    best: tuple[float, Layout] | None = None
    for layout in known.layouts:
        theirs = [heading_key(text) for text in layout.headings]
        if theirs == here:
            return layout
        both = len(names & set(theirs)) / max(1, len(names | set(theirs)))
        if both >= _ALIKE and (best is None or both > best[0]):
            best = both, layout
    return best[1] if best else None
