"""Tổng quan: the pictures of a period, each part with its dossiers, by keys and by the mouse."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cchc_desk.actions.training import practice
from cchc_desk.domain.chart import Shape
from cchc_desk.domain.reports.pictures import PICTURED
from cchc_desk.domain.reports.table import cell_text
from tests.engines import new_place
from tests.ui.conftest import MONDAY, MakeWindow, press
from tests.ui.rooms import set_appearance
from ui.dossiers.dossier_page import DossierPage
from ui.figures.overview import Section
from ui.figures.page import FiguresPage
from ui.look import style
from ui.shell.window import Window
from ui.widgets.display.picture import PictureView

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def leader(make_window: MakeWindow, folder: Path) -> Window:
    return make_window(folder, "chi")


def opened(window: Window) -> FiguresPage:
    press(window, Qt.Key.Key_F8, CTRL)
    page = window.page("figures")
    assert isinstance(page, FiguresPage)
    assert page.name == "overview"
    QApplication.processEvents()
    return page


def choose(section: Section, bar: int, part: int) -> None:
    """Arrows to this part of the picture."""
    picture = section.picture
    picture.setFocus()
    standing = picture.picture.shape is Shape.STANDING
    for _step in range(60):
        here = picture.chosen()
        assert here is not None
        if here[0] < bar:
            QTest.keyClick(picture, Qt.Key.Key_Right if standing else Qt.Key.Key_Down)
        elif here[1] < part:
            QTest.keyClick(picture, Qt.Key.Key_Up if standing else Qt.Key.Key_Right)
        elif here[0] > bar:
            QTest.keyClick(picture, Qt.Key.Key_Left if standing else Qt.Key.Key_Up)
        elif here[1] > part:
            QTest.keyClick(picture, Qt.Key.Key_Down if standing else Qt.Key.Key_Left)
    assert picture.chosen() == (bar, part)


def counted(section: Section) -> tuple[int, int]:
    """A part that counts some dossiers."""
    picture = section.picture.picture
    return next(
        (bar, part)
        for bar, one in enumerate(picture.bars)
        for part, value in enumerate(one.parts)
        if value.value
    )


def test_the_share_of_the_year_stands_first_with_what_is_left(leader: Window) -> None:
    page = opened(leader)
    assert page.overview.isVisible()
    assert page.overview.share.text().endswith("%")
    assert "ngưỡng 5%" in page.overview.words.text()
    assert tuple(page.overview.sections) == PICTURED
    press(leader, Qt.Key.Key_1, ALT)
    assert page.days.text() == "Từ ngày 23/11/2026 đến hết ngày 23/11/2026"


@pytest.mark.parametrize("name", PICTURED)
def test_a_part_of_a_picture_opens_its_dossiers_and_esc_goes_back_to_it(
    leader: Window, name: str
) -> None:
    page = opened(leader)
    section = page.overview.sections[name]
    bar, part = counted(section)
    choose(section, bar, part)
    assert section.picture.picture.words_of(bar, part) in section.picture.accessibleName()
    press(leader, Qt.Key.Key_Return)
    assert page.behind.table.hasFocus()
    assert not page.overview.isVisible()
    rows = page.behind.table.dossiers.rows
    if name != "trend":  # its bars are shares
        assert len(rows) == section.picture.picture.bars[bar].parts[part].value
    code = rows[0].code
    press(leader, Qt.Key.Key_Return)
    dossier = leader.page("dossier")
    assert isinstance(dossier, DossierPage)
    assert dossier.code == code
    press(leader, Qt.Key.Key_Escape)
    assert page.behind.table.hasFocus()
    press(leader, Qt.Key.Key_Escape)
    assert section.picture.hasFocus()
    assert section.picture.chosen() == (bar, part)
    press(leader, Qt.Key.Key_Escape)
    assert page.choices.hasFocus()


def test_enter_on_the_overview_goes_to_the_first_picture(leader: Window) -> None:
    page = opened(leader)
    assert page.choices.hasFocus()
    press(leader, Qt.Key.Key_Return)
    assert page.overview.sections["trend"].picture.hasFocus()


def middle_of(picture: PictureView, bar: int, part: int) -> object:
    spot = next(one for one in picture._spots if (one.bar, one.part) == (bar, part))
    return spot.rect.center().toPoint()


def test_a_click_on_a_bar_opens_its_dossiers(leader: Window) -> None:
    page = opened(leader)
    for name in ("ii-06a", "load"):
        section = page.overview.sections[name]
        bar, part = counted(section)
        at = middle_of(section.picture, bar, part)
        QTest.mouseClick(section.picture, Qt.MouseButton.LeftButton, pos=at)  # type: ignore[call-overload]
        count = section.picture.picture.bars[bar].parts[part].value
        assert page.behind.table.dossiers.rowCount() == count
        press(leader, Qt.Key.Key_Escape)
        assert section.picture.hasFocus()


def test_beside_each_picture_stands_its_table_for_who_cannot_see_it(leader: Window) -> None:
    page = opened(leader)
    for section in page.overview.sections.values():
        assert section.picture.accessibleDescription() == section.picture.picture.in_words
        assert not section.table.isVisible()
    press(leader, Qt.Key.Key_B, ALT)
    for section, report in zip(page.overview.sections.values(), page.reports, strict=True):
        assert section.table.isVisible()
        model = section.table.model_
        assert [model.text(row, 0) for row in range(model.rowCount())] == [
            cell_text(row.values[0]) for row in (report.table.all_rows if report.table.rows else ())
        ]
    table = page.overview.sections["causes"].table
    table.setFocus()
    place = table.place()
    press(leader, Qt.Key.Key_Return)
    assert page.behind.table.hasFocus()
    press(leader, Qt.Key.Key_Escape)
    assert table.hasFocus()
    assert table.place() == place
    press(leader, Qt.Key.Key_B, ALT)
    assert not table.isVisible()


def test_an_unreadable_day_leaves_no_numbers_in_the_pictures(leader: Window) -> None:
    page = opened(leader)
    page.period.first.setText("45/13/2026")
    QTest.keyClick(page.period.first, Qt.Key.Key_Return)
    assert "chưa đọc được" in leader.notices.text
    assert page.overview.share.text() == ""
    for section in page.overview.sections.values():
        assert section.picture.chosen() is None
        assert section.table.model_.rowCount() == 0
    press(leader, Qt.Key.Key_7, ALT)
    assert page.overview.sections["trend"].picture.chosen() is not None


def test_another_report_and_the_overview_again(leader: Window) -> None:
    page = opened(leader)
    press(leader, Qt.Key.Key_Down)
    assert not page.overview.isVisible()
    assert page.table.isVisible()
    press(leader, Qt.Key.Key_Up)
    assert page.overview.isVisible()
    assert not page.table.isVisible()


def test_a_ward_without_dossiers_says_so(make_window: MakeWindow, tmp_path: Path) -> None:
    new_place(tmp_path)
    practice.make_practice_ward(tmp_path, 0, clock=lambda: MONDAY).close()
    page = opened(make_window(tmp_path, "chi"))
    assert page.overview.share.text() == "—"
    assert "chưa có hồ sơ nào" in page.overview.words.text().lower()
    for section in page.overview.sections.values():
        assert not section.picture.isVisible()
        assert "Không có hồ sơ nào." in section.said.text()
    page.open("ii-06a")
    assert page.nothing.text() == "Không có gì để báo cáo trong kỳ."


def colours(widget: QWidget) -> set[str]:
    """The colour of each pixel of a widget, by its name."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = set(memoryview(image.constBits()).cast("I"))
    return {QColor.fromRgb(pixel).name() for pixel in pixels}


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("size", [100, 200])
def test_pictures_are_drawn_in_the_colours_and_the_type_of_the_window(
    leader: Window, theme: str, size: int
) -> None:
    page = opened(leader)
    set_appearance(leader, theme, size)
    try:
        for section in page.overview.sections.values():
            picture = section.picture
            assert len(colours(picture)) > 2
            assert picture.width() <= page.overview.width()
            assert picture.height() >= picture.sizeHint().height()
        assert style.worn().late in colours(page.overview.sections["trend"].picture)
    finally:
        set_appearance(leader)
