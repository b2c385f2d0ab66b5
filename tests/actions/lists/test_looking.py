"""The columns of a list that nobody knows are guessed: by their names, else by what they hold."""

import random
from pathlib import Path

import pytest

from cchc_desk.actions.lists import looking
from cchc_desk.domain.lists.fields import Field
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from tests.actions.conftest import become, desk, ward
from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import LAYOUTS, make_dossiers

__all__ = ["desk", "ward"]


def look_at(desk: Desk, file: Path, rows: list[list[object]]) -> looking.SheetLook:
    become(desk, "an")
    file.write_bytes(xlsx(rows))  # type: ignore[arg-type]
    (look,) = looking.look_into(desk, file, LongWork())
    return look


@pytest.mark.parametrize("layout", ["igate", "td-tracking", "766-late", "land", "opencps"])
def test_heading_code_and_promise_are_found_wherever_they_stand(
    desk: Desk, tmp_path: Path, layout: str
) -> None:
    dice = random.Random(4)
    rows = LAYOUTS[layout](make_dossiers(12, dice), dice).rows
    look = look_at(desk, tmp_path / "ds.xlsx", [list(row) for row in rows])
    fields = {column.field: column for column in look.columns(look.heading())}
    assert fields[Field.CODE].samples[0].startswith("H57.")
    assert fields[Field.DUE].samples[0].count("/") == 2


def test_names_that_say_nothing_are_guessed_by_their_cells(desk: Desk, tmp_path: Path) -> None:
    made = make_dossiers(12, random.Random(4))
    rows: list[list[object]] = [["Bảng của phường"], [], ["A", "B", "C", "D", "E", "F"]]
    rows += [[n, d.owner, d.code, d.due, d.received, "Đang xử lý"] for n, d in enumerate(made)]
    look = look_at(desk, tmp_path / "ds.xlsx", [[str(c) if type(c) is int else c for c in row]
                                               for row in rows])  # fmt: skip
    guessed = {column.heading: column.field for column in look.columns(look.heading())}
    assert guessed == {
        "A": None, "B": Field.OWNER, "C": Field.CODE, "D": Field.DUE, "E": Field.RECEIVED,
        "F": Field.STATUS,
    }  # fmt: skip
