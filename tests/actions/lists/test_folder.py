"""The watched folder: its newest list is told of until it is taken."""

import os
import random
from pathlib import Path

import pytest

from cchc_desk.actions.lists import taking
from cchc_desk.actions.lists.folder import waiting_list
from cchc_desk.session import Desk
from tests.actions.conftest import become, desk, keep_settings, ward
from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import igate, make_dossiers

__all__ = ["desk", "ward"]


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    made = tmp_path / "downloads"
    made.mkdir()
    keep_settings(desk, {"lists_folder": str(made)})
    become(desk, "an")
    return made


def put(file: Path, seed: int, at: int) -> Path:
    dice = random.Random(seed)
    file.write_bytes(xlsx(igate(make_dossiers(3, dice), dice).rows))
    os.utime(file, (at, at))
    return file


def test_the_newest_list_is_told_of_until_it_is_taken(desk: Desk, folder: Path) -> None:
    assert waiting_list(desk) is None
    put(folder / "a.xlsx", 1, 1_000)
    newest = put(folder / "b.xlsx", 2, 2_000)
    put(folder / "~$b.xlsx", 3, 3_000)  # of a spreadsheet that is open
    put(folder / "ảnh.jpg", 4, 4_000)
    assert waiting_list(desk) == newest
    taking.take_list(desk, newest)
    assert waiting_list(desk) is None
    put(newest, 5, 5_000)  # another day under the same name
    assert waiting_list(desk) == newest


def test_a_folder_that_is_away_has_no_list(desk: Desk, folder: Path) -> None:
    folder.rmdir()
    assert waiting_list(desk) is None
    keep_settings(desk, {"lists_folder": ""})
    assert waiting_list(desk) is None
