"""The morning story: the province's file is dropped, and every promise in it is kept, by keys."""

import random
from pathlib import Path

import pytest

from cchc_desk.actions.data import new_desk
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.training import practice
from cchc_desk.actions.training.province_list import MadeList, write_list
from cchc_desk.domain.dossiers.dossier import LetterState
from tests.engines import new_place
from tests.ui.conftest import MONDAY
from tests.ui.days.pictures import Pictures
from tests.ui.days.test_day_by_keys import Counter
from tests.ui.lists.test_lists_page import drop
from ui.lists.page import ListsPage
from ui.overdue.page import OverduePage
from ui.shell.window import Window
from ui.today.page import TodayPage


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk that was set up this morning: all that it knows comes from the list."""
    folder = tmp_path_factory.mktemp("ward")
    new_place(folder)
    new_desk.set_up(folder, practice.plan(), lambda: MONDAY, practice=True).close()
    return folder


@pytest.fixture
def made(window: Window) -> MadeList:
    return write_list(window.desk, 12, random.Random(7))


def test_from_the_dropped_file_to_the_letter_in_the_citizens_hand(
    window: Window, made: MadeList
) -> None:
    at, desk = Counter(window), window.desk
    pictures = Pictures(window, "province-list")
    look = pictures.look
    pictures.wear()
    look("before")
    drop(window, made.file)
    page = window.page("lists")
    assert isinstance(page, ListsPage)
    assert "VNPT iGate" in page.known.text()
    look("preview")
    at("Alt+5")
    look("unreadable")
    at("Return", "Ctrl+A")
    look("mending")
    at.type("04/12/2026")
    look("typed")
    at("Return")  # read again: the row is on the list
    look("read-again")
    assert page.take_key.text().startswith("Nhận 12 hồ sơ mới")
    at("F9")
    assert at.said("Đã nhận «danh-sach-ho-so.xls»: 12 hồ sơ mới")
    look("taken")

    at("F6")
    look("board")
    board = window.page("today")
    assert isinstance(board, TodayPage)
    assert board.table.hasFocus()  # it was empty before, and a tile had the focus
    assert board.board is not None
    assert [row.code for row in board.board.letters_owed] == [made.code]
    assert [row.code for row in board.board.late] == [made.code]
    assert "1 hồ sơ hôm nay phải báo trước" in board.notice.text()
    at("Alt+6")
    look("to-tell")
    at("G")  # the one that is due tomorrow hears of it
    assert board.notice.isHidden()
    look("told")

    at("F5")
    look("late")
    at("Alt+N")
    look("draft-question")
    at("1", "F9")  # the reason that the desk asks for
    look("drafted")
    (letter,) = letters.letters(desk, LetterState.DRAFTED)
    at.become("chi")
    pictures.wear()
    look("leader")
    at("F5")
    look("leader-late")
    at("Alt+A")
    look("sign-question")
    at("F9")
    look("signed")
    late = window.page("overdue")
    assert isinstance(late, OverduePage)
    # Nothing is wrong with it: it only has to be printed and given.
    assert late.head.rule.property("role") == "quiet"
    at("Alt+P")
    look("paper")
    at.close_paper("Mọi thư đã ký")
    look("printed")
    at.become("an")
    at("F5")
    look("to-hand-over")
    at("Alt+T")
    look("hand-over-question")
    at("F9")
    look("handed-over")
    assert not letters.letters(desk, LetterState.SIGNED)
    dossier = progress.show_dossier(desk, made.code).dossier
    assert dossier.system == "VNPT iGate"
    assert [one.id for one in dossier.letters] == [letter.letter.id]
    assert dossier.letters[0].state is LetterState.DELIVERED
    at("F6")
    assert board.board is not None
    assert not board.board.letters_owed
    look("board-after")
    at.open(made.code)
    look("dossier")
