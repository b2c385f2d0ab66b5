"""The list of procedures: short names in sight, letters typed in whichever name has them."""

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QListWidgetItem, QWidget

from tests.ui.intake.test_intake_page import Hands, focus
from tests.ui.intake.test_intake_page import counter as counter
from tests.ui.intake.test_intake_page import desk as desk
from tests.ui.intake.test_intake_page import open_page as open_page
from tests.ui.intake.test_intake_page import page as page
from tests.ui.intake.test_intake_page import press as press
from tests.ui.intake.test_intake_page import ward as ward
from ui.intake.page import IntakePage
from ui.widgets.tables.matched_text import MATCHED, Matched, Typesetter

pytestmark = pytest.mark.usefixtures("straight_away")
BUILDING = "1.013225"  # «Giấy phép xây dựng mới», with seven lines of full name


def look_for(page: IntakePage, press: Hands, letters: str) -> None:
    page.procedure.search.setFocus()
    press.type(letters)
    page.procedure.look_up()


def in_sight(page: IntakePage) -> list[QListWidgetItem]:
    seen = page.procedure.list
    port = seen.viewport().rect()
    items = [seen.item(row) for row in range(seen.count())]
    return [item for item in items if port.contains(seen.visualItemRect(item))]


def item_of(page: IntakePage, code: str) -> QListWidgetItem:
    seen = page.procedure.list
    items = [seen.item(row) for row in range(seen.count())]
    return next(one for one in items if one.data(Qt.ItemDataRole.UserRole).code == code)


def bold(text: str, matched: Matched) -> list[str]:
    return [text[start:end] for start, end in matched.spans]


def test_a_long_name_takes_no_other_procedure_out_of_sight(page: IntakePage, press: Hands) -> None:
    look_for(page, press, "xay dung")
    names = [item.data(Qt.ItemDataRole.UserRole).name for item in in_sight(page)]
    assert max(map(len, names)) > 150
    assert len(names) >= 5
    three_lines = 3 * page.procedure.list.fontMetrics().height() + 12
    heights = [page.procedure.list.visualItemRect(item).height() for item in in_sight(page)]
    assert max(heights) <= three_lines


def test_the_line_is_the_short_name_and_the_tool_tip_the_whole(
    page: IntakePage, press: Hands
) -> None:
    look_for(page, press, "1.013225")
    item = item_of(page, BUILDING)
    version = item.data(Qt.ItemDataRole.UserRole)
    assert item.text() == "Giấy phép xây dựng mới"
    assert version.name in " ".join(item.toolTip().split("\n"))
    assert version.name in " ".join(item.data(Qt.ItemDataRole.AccessibleTextRole).split("\n"))
    beneath = item.data(MATCHED).beneath
    assert beneath.text.startswith("1.013225  ·  Cấp giấy phép xây dựng mới")
    assert [beneath.text[start:end] for start, end in beneath.spans] == ["1.013225"]


def test_letters_of_the_short_name_are_bold_in_it(page: IntakePage, press: Hands) -> None:
    look_for(page, press, "giay phep moi")
    item = item_of(page, BUILDING)
    assert bold(item.text(), item.data(MATCHED)) == ["Giấy", "phép", "mới"]
    assert item.data(MATCHED).beneath.spans == ()


def test_letters_of_the_full_name_alone_are_bold_in_the_part_of_it_that_shows(
    page: IntakePage, press: Hands
) -> None:
    look_for(page, press, "nha o rieng le")
    item = item_of(page, BUILDING)
    matched = item.data(MATCHED)
    assert matched.spans == ()
    shown = Typesetter(page.procedure.list.font()).lay_beneath(matched.beneath, 340, is_cut=False)
    assert shown.lineCount() == 1
    assert shown.text().startswith("1.013225  ·  … ")
    parts = [shown.text()[one.start : one.start + one.length] for one in shown.formats()]
    assert parts[:2] == ["nhà", "ở"]
    assert focus(page) is page.procedure.search


def test_letters_that_only_some_are_of_the_short_name_are_bold_together_in_the_full_one(
    page: IntakePage, press: Hands
) -> None:
    look_for(page, press, "nha o")
    item = item_of(page, "2.001035")
    matched = item.data(MATCHED)
    assert bold(item.text(), matched) == ["nhà"]
    shown = Typesetter(page.procedure.list.font()).lay_beneath(matched.beneath, 340, is_cut=False)
    parts = [shown.text()[one.start : one.start + one.length] for one in shown.formats()]
    assert sorted(parts) == ["nhà", "ở"]


def test_a_word_that_people_say_stands_beneath(page: IntakePage, press: Hands) -> None:
    look_for(page, press, "doc than")
    item = page.procedure.list.item(0)
    beneath = item.data(MATCHED).beneath
    assert item.text() == "Xác nhận tình trạng hôn nhân"
    assert [beneath.text[start:end] for start, end in beneath.spans] == ["độc thân"]


def test_typing_moves_nothing_on_the_page(page: IntakePage, press: Hands) -> None:
    moved = Moved(page.accept_bar)
    page.person.fields["name"].setFocus()
    press.type("tran")
    page.preview.ask()  # the answer that comes after a pause in typing
    QApplication.processEvents()
    assert not moved.sizes


class Moved(QObject):
    """Notes the sizes that a widget takes."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.sizes: list[QSize] = []
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QResizeEvent):
            self.sizes.append(event.size())
        return False
