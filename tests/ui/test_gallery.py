"""The table of `make gallery` forgets no page, and its hands and eyes work; to draw all of it is
the command's work.
"""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

import tools.gallery.scenes  # noqa: F401 - fills the table
from cchc_desk.actions.city import sending
from cchc_desk.actions.data import new_desk, opening
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from tools.bench import ward
from tools.gallery.table import SCENES, WITHOUT, page_names
from tools.gallery.visitor import Look, Visitor
from tools.gallery.wards import ONE, STATES, empty_ward, with_a_city
from ui.look import style
from ui.practice_morning import MORNING


def test_every_page_has_a_scene_in_every_state_or_a_reason_why_not() -> None:
    drawn = {(one.page, state) for one in SCENES for state in one.states if state != ONE}
    every = {(page, state) for page in page_names() for state in STATES}
    assert sorted(every - drawn - set(WITHOUT)) == []
    assert sorted((drawn | set(WITHOUT)) - every) == []
    assert sorted(drawn & set(WITHOUT)) == []


def test_no_scene_is_drawn_over_another() -> None:
    names = Counter(one.name(state) for one in SCENES for state in one.states)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.usefixtures("straight_away")
def test_a_scene_is_drawn_as_it_is_liked(qapp: QApplication, folder: Path) -> None:
    style.load_fonts(qapp)
    seen: list[QPixmap] = []
    visitor = Visitor(folder, Look(150, "dark", 1366, 740), seen.append)
    visitor.store_appearance()
    visitor.begin(folder)
    visitor.be("chi")
    visitor.tidy()
    next(one for one in SCENES if one.name("error") == "palette-nothing-error").play(visitor)
    visitor.look_at()
    visitor.leave()
    assert (style.size(), style.theme()) == (150, "dark")
    assert [(one.width(), one.height()) for one in seen] == [(1366, 740)]
    style.apply(qapp, practice=False)


def test_the_copies_of_a_full_ward_stand_the_programs_own_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ward, "LATE", 1.0)  # each with its letter, a paper that the desk keeps
    desk = new_desk.set_up(tmp_path, practice.plan(), lambda: ward.NOW, practice=True)
    desk.database.wait_for_disk(False)
    accounts.log_in(desk, "an", practice.PASSWORD)
    ward.fill(desk, 5, 1)
    desk.close()


def test_a_ward_has_a_city_that_sent_it_messages(tmp_path: Path) -> None:
    empty_ward(tmp_path)
    desk = opening.open_desk(tmp_path, lambda: MORNING)
    with_a_city(desk, (("Họp giao ban", "8 giờ thứ Hai."),))
    accounts.log_in(desk, "chi", practice.PASSWORD)
    assert "Họp giao ban" in [one.title for one in sending.state(desk).arrivals]
    desk.close()
