"""Damaged lists end in a right reading or a refusal: torn, shifted, renamed, of mixed sheets.

LISTS says how many are tried (make lists: 5,000).
"""

import os
import random
import resource
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cchc_desk.actions.lists.reading import read_file
from cchc_desk.domain.lists.moments import read_moment
from cchc_desk.domain.lists.rows import Kind, ListRow
from cchc_desk.errors import Refused, Trouble
from tests.actions.lists.containers import CONTAINERS, book
from tests.actions.lists.provinces import LAYOUTS, NOW, Cell, MadeList, Rows, Truth, make_dossiers

TRIES = int(os.environ.get("LISTS", "150"))
MOST_MEMORY = 300  # MB, of a process that does nothing else
NAMES = ("ds.xlsx", "ds.xls", "ds.csv", "ds.html", "ds.mht", "ds.ods", "ds", "ds.pdf")


@dataclass(frozen=True)
class Damaged:
    """A damaged file, what it was made from, and what may rightly be read from it.

    `at_once` is how many rows may carry a damage that nobody can see: a changed figure in the very
    cell that is read, two halves of rows joined at the same column.
    """

    content: bytes
    what: str
    truths: dict[str, Truth]
    at_once: int = 0


def by_code(*lists: MadeList) -> dict[str, Truth]:
    return {truth.code: truth for of in lists for truth in of.truths}


def bytes_changed(container: str, of: MadeList, dice: random.Random) -> Damaged:
    data = bytearray(CONTAINERS[container](of.rows))
    place, other = sorted((dice.randrange(len(data)), dice.randrange(len(data))))
    hidden = 0
    match dice.randrange(5):
        case 0:
            hidden = dice.choice((1, 3, 20))
            for _flip in range(hidden):
                bit = dice.randrange(len(data) * 8)
                data[bit // 8] ^= 1 << bit % 8
            what = "bits"
        case 1:
            del data[place:]
            what = "cut"
        case 2:
            del data[place:other]
            what, hidden = "a piece lost", 1
        case 3:
            data[place : place + 50] = bytes(50)
            what, hidden = "zeros", 2
        case _:
            data += data[:place]
            what = "a piece twice"
    guarded = container in ("xlsx", "xlsx-1904", "ods", "zip")  # every part has its check sum
    return Damaged(bytes(data), what, by_code(of), 0 if guarded else hidden)


def columns_shifted(container: str, of: MadeList, dice: random.Random) -> Damaged:
    """Take a cell out of the rows, or put one in: in all dossiers, or in one of them."""
    codes = {truth.code for truth in of.truths}
    place = dice.randrange(max(map(len, of.rows)))
    extra: list[list[Cell]] = [[], [""], ["abc"], ["Lê Ba"], [12.0]]
    new = dice.choice(extra)
    change: Callable[[list[Cell]], list[Cell]] = (
        (lambda row: [*row[:place], *new, *row[place:]])
        if new
        else (lambda row: row[:place] + row[place + 1 :])
    )
    places = [n for n, row in enumerate(of.rows) if codes.intersection(map(str, row))]
    hit = set(places) if dice.random() < 0.6 else {dice.choice(places)}
    rows: Rows = [change(list(row)) if n in hit else row for n, row in enumerate(of.rows)]
    what = "columns shifted" if len(hit) > 1 else "one row shifted"
    # A due cell alone that is lost, the day of the end in its place: nobody can see it.
    hidden = not new and len(hit) == 1 and was_due(of, of.rows[min(hit)], place)
    return Damaged(CONTAINERS[container](rows), what, by_code(of), int(hidden))


def was_due(of: MadeList, row: list[Cell], place: int) -> bool:
    dues = [truth.due for truth in of.truths if truth.code in row]
    moment = read_moment(row[place]) if place < len(row) else None
    return moment is not None and any(due.date() == moment.date() for due in dues)


def sheets_mixed(of: MadeList, other: MadeList, dice: random.Random) -> Damaged:
    sheets: list[tuple[str, Rows]] = [
        ("A", of.rows),
        ("B", other.rows),
        ("Bìa", [["Báo cáo"]]),
        ("Trống", []),
    ]
    some = dice.sample(sheets, dice.randrange(1, 5))
    return Damaged(book(dict(some)), "sheets", by_code(of, other))


def make(dice: random.Random) -> Damaged:
    layout, container = dice.choice(tuple(LAYOUTS)), dice.choice(tuple(CONTAINERS))
    of = LAYOUTS[layout](make_dossiers(12, dice), dice)
    match dice.randrange(8):
        case 0 | 1:
            made = columns_shifted(container, of, dice)
        case 2:
            others = [
                replace(d, code=f"{d.code}0", number=d.number + 900) for d in make_dossiers(5, dice)
            ]
            second = LAYOUTS[dice.choice(tuple(LAYOUTS))](others, dice)
            made = sheets_mixed(of, second, dice)
        case _:
            made = bytes_changed(container, of, dice)
    return Damaged(made.content, f"{made.what} [{layout}, {container}]", made.truths, made.at_once)


def is_right(row: ListRow, truths: dict[str, Truth]) -> bool:
    truth = truths.get(row.code)
    return truth is not None and row.due == truth.due


def is_hidden(row: ListRow, truths: dict[str, Truth]) -> bool:
    """True where all but one cell is a dossier's own, and the wrong one is no other of its dates.

    Or where the row is one dossier's half and another's: nobody can see either.
    """
    truth = truths.get(row.code)
    if truth is None:
        return any(row.due == one.due and row.received == one.received for one in truths.values())
    others: set[datetime | None] = {row.received, row.submitted, row.finished, row.returned}
    return row.due not in others or any(row.due == one.due for one in truths.values())


def test_a_damaged_file_ends_in_a_right_reading_or_a_refusal(tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    for number in range(TRIES):
        dice = random.Random(f"list {number}")
        damaged = make(dice)
        file = tmp_path / dice.choice(NAMES)
        file.write_bytes(damaged.content)
        try:
            rows = read_file(file, NOW).reading.rows
        except (Refused, Trouble) as refusal:
            assert "Hãy" in str(refusal), refusal  # noqa: PT017 - one of many tries
            counts["refused"] += 1
            continue
        wrong = [
            row for row in rows if row.kind is Kind.DOSSIER and not is_right(row, damaged.truths)
        ]
        seen = [row for row in wrong if not is_hidden(row, damaged.truths)]
        assert not seen, (number, damaged.what, seen[0])
        assert len(wrong) <= damaged.at_once, (number, damaged.what, wrong)
        counts["read"] += 1
        counts["a changed figure that is possible too"] += bool(wrong)
        counts["of these pointed at"] += bool(wrong) and all(row.to_look_at for row in wrong)
        counts["rows"] += sum(row.kind is Kind.DOSSIER for row in rows)
        counts["right rows pointed at"] += sum(
            bool(row.to_look_at) and is_right(row, damaged.truths) for row in rows
        )
    if TRIES >= 1000:  # alone in its process
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(f"\n{TRIES} damaged lists: {dict(counts)}, {memory} MB\n")
        assert memory < MOST_MEMORY
