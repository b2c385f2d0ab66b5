"""A screen reader finds a name and a role at every control, keys reach each of them, and no words
are cut.
"""

import gc
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from random import Random

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)

from cchc_desk import i18n
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from tests.ui.conftest import MONDAY, press, write
from tests.ui.rooms import every_page, every_room, set_appearance
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.rows import DossierTable
from ui.intake.page import IntakePage
from ui.look import style
from ui.look.texts import OneLine
from ui.settings.page import SettingsPage
from ui.settings.process_page import ProcessPage
from ui.shell.window import Window
from ui.widgets.tables.when_empty import WhenEmpty

Role = QAccessible.Role
SPOKEN = {
    Role.Button, Role.CheckBox, Role.RadioButton, Role.EditableText, Role.ComboBox, Role.SpinBox,
    Role.List, Role.Table, Role.Tree, Role.Slider, Role.ProgressBar, Role.PageTab,
    Role.Graphic, Role.Chart,
}  # fmt: skip
WHOLE = {
    Role.List,
    Role.Table,
    Role.Tree,
    Role.ComboBox,
    Role.SpinBox,
    Role.ScrollBar,
}  # named as one; not their parts
SLACK = 2  # points that rounding may take


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> Iterator[None]:
    yield
    i18n.use(i18n.SOURCE)
    style.apply(qapp, practice=False)


# --- names and roles ------------------------------------------------------------------------------


def told(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """What a screen reader walks through."""
    yield interface
    if interface.role() not in WHOLE:
        for number in range(interface.childCount()):
            child = interface.child(number)
            if child is not None and child.isValid() and not child.state().invisible:
                yield from told(child)


@pytest.mark.sweep
def test_every_control_has_a_name_that_a_screen_reader_says(window: Window) -> None:
    nameless = []
    for room, root in every_room(window):
        gc.collect(1)  # what stands for a part that is gone must not be taken for a new one
        interface = QAccessible.queryAccessibleInterface(root)
        assert interface is not None, room
        for one in told(interface):
            control = one.object()
            if one.role() in SPOKEN and not one.text(QAccessible.Text.Name).strip():
                nameless.append(
                    f"{room}: {one.role().name} {type(control).__name__} {control.objectName()}"
                )
    assert nameless == []


def test_the_tree_of_a_screen_reader_reaches_what_the_window_shows(window: Window) -> None:
    window.open_page("today")
    QApplication.processEvents()
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None
    said = [one.text(QAccessible.Text.Name) for one in told(root)]
    for words in ("Trễ hẹn: 5 nợ thư xin lỗi", "Phải xin lỗi: 5", "In lại giấy hẹn", "Tìm mọi thứ"):
        assert words in said


@pytest.mark.sweep
def test_a_name_is_said_once_per_page(window: Window) -> None:
    """Two buttons of one page with the same name cannot be told apart by ear."""
    for room, root in every_page(window):
        names = [
            made.accessibleName()
            for made in root.findChildren(QPushButton)
            if made.isVisibleTo(root)
        ]
        assert sorted({name for name in names if names.count(name) > 1}) == [], room


# --- keys -----------------------------------------------------------------------------------------


@pytest.mark.sweep
def test_tab_reaches_every_field_and_button_of_every_page(window: Window) -> None:
    for room, _root in every_page(window):
        page = window.stack.currentWidget()
        assert page is not None
        wanted = {one for one in page.findChildren(QWidget) if takes_tab(one, page)}
        reached = walked_by_tab(window, len(wanted) + 60)
        missed = [f"{type(one).__name__} {one.accessibleName()}" for one in wanted - reached]
        assert missed == [], room


def takes_tab(one: QWidget, page: QWidget) -> bool:
    by_tab = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    inside = one.focusProxy() is not None or isinstance(
        one.parentWidget(), QAbstractSpinBox | QComboBox
    )
    kinds = isinstance(one, QLineEdit | QPushButton | QCheckBox | QComboBox | QAbstractSpinBox)
    exclusive = (
        isinstance(one, QPushButton) and one.autoExclusive()
    )  # one of them by Tab, the others by arrows
    return (
        kinds
        and by_tab
        and not inside
        and not exclusive
        and one.isEnabled()
        and one.isVisibleTo(page)
    )


def walked_by_tab(window: Window, most: int) -> set[QWidget]:
    reached: set[QWidget] = set()
    for _step in range(most):
        here = window.focusWidget()
        if here is not None:
            reached.add(here)
        QTest.keyClick(here or window, Qt.Key.Key_Tab)
    return reached


def test_tab_goes_down_the_settings_as_people_read_them(window: Window) -> None:
    window.open_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    for group in page.groups:
        page.stack.setCurrentWidget(group)
        for before, after in pairwise(group.stops):
            before.setFocus()
            QTest.keyClick(before, Qt.Key.Key_Tab)
            assert window.focusWidget() is after


# --- the focus is seen ----------------------------------------------------------------------------


def first_of(page: SettingsPage, kind: type[QWidget]) -> QWidget:
    """A control of this kind, with its group in front."""
    for group in page.groups:
        page.stack.setCurrentWidget(group)
        for one in page.findChildren(kind):
            if one.isVisibleTo(page) and one.isEnabled():
                return one
    raise AssertionError(kind)


@pytest.mark.sweep
def test_the_focus_is_drawn_where_it_is(window: Window) -> None:
    """A control with the focus does not look as it does without: in each theme, for each kind of
    control.
    """
    window.open_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    kinds = (QLineEdit, QPushButton, QCheckBox, QComboBox, QAbstractSpinBox)
    for theme in ("light", "dark", "contrast"):
        set_appearance(window, theme)
        for kind in kinds:
            one = first_of(page, kind)
            window.frame.tabs["settings"].setFocus()
            without = one.grab().toImage()
            one.setFocus()
            QApplication.processEvents()
            assert one.grab().toImage() != without, (theme, kind)


# --- nothing is cut -------------------------------------------------------------------------------


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("speaks", "size", "screen"),
    [
        ("vi", 100, (1366, 740)),
        ("vi", 125, (1366, 740)),
        ("vi", 150, (1366, 740)),
        ("vi", 200, (1366, 740)),
        ("en", 200, (1366, 740)),
        ("vi", 100, (910, 500)),  # the same screen when Windows enlarges everything to 150 %
        ("en", 100, (910, 500)),
    ],
)
def test_no_words_are_cut_and_nothing_overlaps(
    window: Window, speaks: str, size: int, screen: tuple[int, int]
) -> None:
    window.resize(*screen)
    if speaks != i18n.language():
        window.set_preference("language", speaks)
    set_appearance(window, size=size)
    cut = []
    for room, root in every_room(window):
        if room == "preview":  # pictures of pages, at a zoom of their own
            continue
        for one in root.findChildren(QWidget):
            if not one.isVisibleTo(root) or is_part_of_another(one):
                continue
            if lacks_room(one) or lies_outside(one, root) or too_narrow_to_type(one):
                cut.append(
                    f"{room}: {type(one).__name__} {words_of(one)[:50]!r} {one.size().toTuple()}"
                )
        cut += [f"{room}: column {words!r}" for words in narrow_columns(root)]
        cut += [f"{room}: {one!r} overlaps {other!r}" for one, other in overlapping(root)]
    assert sorted(set(cut)) == []


def narrow_columns(root: QWidget) -> Iterator[str]:
    """Columns that cut the words over them, or a code or moment in them."""
    for table in root.findChildren(QTableView):
        header = table.horizontalHeader()
        for column in range(header.count() if table.isVisibleTo(root) else 0):
            fixed = isinstance(table, DossierTable) and column < 2  # when, and which
            least = max(
                header.sectionSizeHint(column), table.sizeHintForColumn(column) if fixed else 0
            )
            if (
                not header.isSectionHidden(column)
                and not header.isHidden()
                and header.sectionSize(column) < least
            ):
                yield str(
                    table.model().headerData(
                        column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole
                    )
                )


def test_columns_and_rail_follow_the_type_and_the_language_at_once(window: Window) -> None:
    """Each page stood open before: nothing keeps the widths of the smaller type or the shorter
    words.
    """
    press(window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    for size in (100, 200):
        set_appearance(window, size=size)
        for room in ("dossiers", "hand-over", "registers", "settings"):
            window.open_page(room)
            QApplication.processEvents()
            assert list(narrow_columns(window.frame)) == [], (room, size)
            assert rail_of(window).horizontalScrollBar().maximum() == 0
    tab = window.frame.tabs["settings"]
    assert (
        rail_of(window)
        .viewport()
        .rect()
        .contains(tab.mapTo(rail_of(window).viewport(), tab.rect().center()))
    )


def test_the_field_with_the_focus_stays_in_sight_when_the_type_grows(window: Window) -> None:
    press(window, Qt.Key.Key_F2)
    field = window.page("intake").person.fields["phone"]  # type: ignore[attr-defined]
    field.setFocus()
    while style.size() < 200:
        press(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
        for _time in range(3):
            QApplication.processEvents()
        assert window.focusWidget() is field
        assert field.visibleRegion().boundingRect() == field.rect(), style.size()
    page = window.page("intake")
    for one in (page.promise.note, page.person.kind, page.promise.sets):  # type: ignore[attr-defined]
        assert one.visibleRegion().isEmpty()
        one.setFocus()
        QApplication.processEvents()
        assert not one.visibleRegion().isEmpty()


def test_a_low_window_leaves_room_to_work(window: Window) -> None:
    """At 200 % on a small screen: five whole fields of the intake form, the keys of the day's list
    and of a dossier.
    """
    window.resize(1366, 740)
    set_appearance(window, size=200)
    window.open_page("intake")
    QApplication.processEvents()
    page = window.page("intake")
    assert isinstance(page, IntakePage)
    for field in page.person.stops()[:5]:
        assert field.visibleRegion().boundingRect() == field.rect(), field.accessibleName()
    assert window.who.isVisible()
    assert not window.frame.unit.isVisible()
    window.open_page("today")
    QApplication.processEvents()
    keys = [
        one
        for one in window.page("today").findChildren(QPushButton)
        if one.property("key") in ("I", "X", "G", "M")
    ]
    assert len(keys) == 4
    assert all(one.visibleRegion().boundingRect() == one.rect() for one in keys)
    window.open_dossier(progress.find_dossiers(window.desk, only="owed")[0].code)
    QApplication.processEvents()
    dossier = window.page("dossier")
    assert isinstance(dossier, DossierPage)
    assert dossier.view is not None
    assert dossier.view.next.first is not None
    first = dossier.buttons[dossier.view.next.first]
    assert first.visibleRegion().boundingRect() == first.rect()


def test_the_words_of_a_list_without_lines_go_once_one_comes(window: Window) -> None:
    window.open_page("process")
    page = window.page("process")
    assert isinstance(page, ProcessPage)
    (words,) = page.table.findChildren(WhenEmpty)
    assert words.isVisible()
    press(window, Qt.Key.Key_Return)  # from the field to the list
    press(window, Qt.Key.Key_Return)
    write(page.name, "Tiếp nhận")
    press(window, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    assert page.table.model().rowCount() == 1
    assert not words.isVisible()


def test_a_long_e_mail_address_does_not_widen_the_page_of_a_dossier(window: Window) -> None:
    person = replace(
        practice.fake_person(Random(1), MONDAY.date()), email=f"{'nguyen.thi.' * 4}@cantho.gov.vn"
    )
    dossier = intake.accept_dossier(
        window.desk, intake.Intake("1.001193", person, limit="1 ngày làm việc")
    )
    set_appearance(window, size=200)
    window.open_dossier(dossier.code)
    QApplication.processEvents()
    area = window.page("dossier").findChildren(QScrollArea)[0]  # the tabs scroll in others
    inside = area.widget()
    assert inside
    assert inside.width() == area.viewport().width()


def test_a_refusal_below_the_window_scrolls_into_sight(window: Window) -> None:
    set_appearance(window, size=200)
    window.open_page("hand-over")
    page = window.page("hand-over")
    press(window, Qt.Key.Key_F9)
    for _time in range(3):
        QApplication.processEvents()
    said = [
        one for one in page.findChildren(QLabel) if one.property("role") == "error" and one.text()
    ]
    assert said
    assert all(not one.visibleRegion().isEmpty() for one in said)


def rail_of(window: Window) -> QScrollArea:
    return next(
        area for area in window.frame.findChildren(QScrollArea) if area.objectName() == "railed"
    )


def overlapping(root: QWidget) -> Iterator[tuple[str, str]]:
    """Controls of the same parent that lie one over the other."""
    kinds = (
        QLabel
        | QPushButton
        | QCheckBox
        | QLineEdit
        | QComboBox
        | QAbstractSpinBox
        | QAbstractScrollArea
    )
    families: dict[QWidget, list[QWidget]] = {}
    for one in root.findChildren(QWidget):
        above = one.parentWidget()
        if (
            isinstance(one, kinds)
            and above
            and one.isVisibleTo(root)
            and not isinstance(above, QPushButton)
        ):
            families.setdefault(above, []).append(one)
    for siblings in families.values():
        for one, other in combinations(siblings, 2):
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > SLACK and shared.height() > SLACK:
                yield words_of(one)[:40], words_of(other)[:40]


def is_part_of_another(one: QWidget) -> bool:
    above = one.parentWidget()
    return isinstance(above, QAbstractSpinBox | QComboBox) or one.objectName().startswith("qt_")


def words_of(one: QWidget) -> str:
    return str(one.property("text") or one.accessibleName())


def lacks_room(one: QWidget) -> bool:
    """Its words need more than it has."""
    if isinstance(one, OneLine):  # ends with dots by design; the whole is in its tip
        return False
    if isinstance(one, QLabel) and one.text() and one.wordWrap():
        least = one.fontMetrics().boundingRect(
            QRect(0, 0, one.width(), 9999), Qt.TextFlag.TextWordWrap, one.text()
        )
        return (
            one.height() < one.heightForWidth(one.width()) - SLACK
            or least.width() > one.width() + SLACK
        )
    if (isinstance(one, QLabel) and one.text()) or isinstance(one, QPushButton | QCheckBox):
        needs = one.minimumSizeHint() if isinstance(one, QLabel) else one.sizeHint()
        return one.width() < needs.width() - SLACK or one.height() < needs.height() - SLACK
    return False


def lies_outside(one: QWidget, root: QWidget) -> bool:
    """It is to the right of all that can be scrolled to, or below a window that does not scroll."""
    if not isinstance(one, QLabel | QPushButton | QCheckBox | QLineEdit | QComboBox):
        return False
    place = QRect(one.mapTo(root, QPoint(0, 0)), one.size())
    area = scrolling(one, root)
    if area is not None and area.horizontalScrollBar().maximum() > 0:
        return area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    seen = (
        QRect(area.viewport().mapTo(root, QPoint(0, 0)), area.viewport().size())
        if area
        else root.rect()
    )
    below = area is None and place.bottom() > seen.bottom() + SLACK
    return place.right() > seen.right() + SLACK or place.left() < seen.left() - SLACK or below


def scrolling(one: QWidget, root: QWidget) -> QScrollArea | None:
    above = one.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QScrollArea):
            return above
        above = above.parentWidget()
    return None


def too_narrow_to_type(one: QWidget) -> bool:
    """Fewer than seven letters of a field can be seen."""
    return isinstance(one, QLineEdit) and one.width() < one.fontMetrics().averageCharWidth() * 7


def test_a_page_that_is_higher_than_the_window_scrolls(window: Window) -> None:
    set_appearance(window, size=200)
    for name in ("today", "intake", "dossier", "overdue", "settings"):
        window.open_page(name)
        assert window.page(name).findChildren(QAbstractScrollArea), name


def test_another_size_is_told_to_what_is_measured_by_it(window: Window) -> None:
    window.open_page("registers")
    books = window.page("registers").books  # type: ignore[attr-defined]
    before = books.width()
    set_appearance(window, size=200)
    assert books.width() > before * 1.5
    QApplication.sendEvent(books, QEvent(QEvent.Type.FontChange))
    set_appearance(window)
    QApplication.processEvents()
    assert books.width() == before


def test_the_measures_themselves(qapp: QApplication) -> None:
    root = QWidget()
    root.resize(200, 100)
    cut, over, beyond = (
        QLabel("Trả kết quả", root),
        QPushButton("In", root),
        QPushButton("Lưu", root),
    )
    cut.setGeometry(0, 0, 20, 20)
    over.setGeometry(5, 5, 60, 40)
    beyond.setGeometry(150, 40, 90, 40)
    root.show()
    assert lacks_room(cut)
    assert list(overlapping(root)) == [("Trả kết quả", "In")]
    assert [lies_outside(one, root) for one in (over, beyond)] == [False, True]
    root.deleteLater()
