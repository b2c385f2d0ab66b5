"""The window as somebody has it who uses the mouse alone: a click goes to the place of the words on
the screen, through the window system's own door, so what lies in front takes it. The keyboard
types content only: names, numbers, reasons; a scanner types its codes.
"""

from collections.abc import Callable, Iterator
from itertools import count

from PySide6.QtCore import QDeadlineTimer, QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QCursor, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from ui.widgets.question_panel import QuestionPanel

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
_A_NOTCH = 120
_MOST_NOTCHES = 60
_ARROW = 20  # points at the right of a box that open its list
_ENOUGH = 12  # points of height that can be hit
_GLANCE_MS, _PATIENCE_MS = 10, 2_000
_HAND_MS, _SCANNER_MS = 90, 5  # from key to key


class Mouse:
    """Looks for words, clicks where they stand, and counts what the hands did."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.clicks = self.letters = 0
        self._stamps = count(1_000_000, _HAND_MS)
        self._stamp = 1_000_000

    # --- the eyes ---------------------------------------------------------------------------------

    def front(self) -> QWidget:
        """The pop-up, dialog or window that takes the clicks."""
        active = QApplication.activeWindow()
        return (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or (active if active is not None and active.isVisible() else self._window)
        )

    def words(self) -> list[str]:
        """What can be read in front, control by control."""
        return [
            text
            for text, widget, place in self._written()
            if text and not widget.visibleRegion().intersected(place).isEmpty()
        ]

    def focused(self) -> str:
        """What stands on the button with the focus; "" for anything else."""
        here = QApplication.focusWidget()
        return here.text() if isinstance(here, QAbstractButton) else ""

    def shows(self, words: str) -> bool:
        return any(words in text for text in self.words())

    def wait_for(self, words: str) -> None:
        """Looks until `words` are there, in sight or where the wheel brings them."""
        self.wait_until(lambda: next(self._written(words), None) is not None, words)

    def wait_until(self, seen: Callable[[], bool], words: str = "") -> None:
        patience = QDeadlineTimer(_PATIENCE_MS)
        while not seen():
            assert not patience.hasExpired(), f"{words!r} is not on the screen: {self.words()}"
            QTest.qWait(_GLANCE_MS)

    def _written(self, words: str = "") -> Iterator[tuple[str, QWidget, QRect]]:
        """(text with `words`, what takes the click, place in it), in sight or where the wheel
        brings it.
        """
        front = self.front()
        for widget in (front, *front.findChildren(QWidget)):
            if not widget.isVisible() or widget.window() is not front:
                continue
            if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
                yield from _cells(widget, words)
                continue
            for text, within, place in _written_in(widget):
                if words in text:
                    yield text, within, place

    # --- the hands --------------------------------------------------------------------------------

    def click(self, words: str, nth: int = 0) -> None:
        """Clicks where `words` stand: as a whole text first, else its beginning, else within."""
        self._click_at(self._aim(words, nth))

    def click_on(self, widget: QWidget) -> None:
        """Clicks a sign without words."""
        self._click_at(self._point(widget, widget.rect()))

    def right_click(self, words: str, nth: int = 0) -> None:
        """The right button where `words` stand. Only its press: a menu under the still pointer
        would take the release of QTest for a choice.
        """
        self.clicks += 1
        point = self._aim(words, nth)
        under = self.front().childAt(point) or self.front()
        there = under.mapFrom(self.front(), point)
        event = QContextMenuEvent(
            QContextMenuEvent.Reason.Mouse, there, self.front().mapToGlobal(point)
        )
        QApplication.sendEvent(under, event)
        self._settle()

    def add_click(self, words: str, with_: Qt.KeyboardModifier, nth: int = 0) -> None:
        """Clicks with Shift or Ctrl held, as lists have it for more lines."""
        self._click_at(self._aim(words, nth), with_)

    def double_click(self, words: str, nth: int = 0) -> None:
        point = self._aim(words, nth)
        self.clicks += 1
        QTest.mouseDClick(self.front().windowHandle(), LEFT, NO_KEY, point)
        self._settle()

    def click_field(self, label: str, nth: int = 0) -> QWidget:
        """Clicks into the field beside or under `label`, or that says it while it is empty."""
        field = self._field(label, nth)
        self._click_at(self._point(field, QRect(QPoint(0, 0), field.size())))
        return field

    def write_into(self, label: str, text: str, nth: int = 0) -> None:
        """Types into a field; what stood there is marked by a threefold click and typed over."""
        field = self.click_field(label, nth)
        written = field.lineEdit() if isinstance(field, QComboBox) else field
        if isinstance(written, QLineEdit) and written.text():
            point = self._point(field, QRect(QPoint(0, 0), field.size()))
            QTest.mouseDClick(self.front().windowHandle(), LEFT, NO_KEY, point)
            QTest.mouseClick(self.front().windowHandle(), LEFT, NO_KEY, point)
            self.clicks += 2
        self.write(text)

    def choose(self, label: str, words: str) -> None:
        """Opens the box at `label` and clicks the line with `words`."""
        field = self._field(label, 0)
        arrow = QRect(field.width() - _ARROW, 0, _ARROW, field.height())
        self._click_at(self._point(field, arrow))
        self.click(words)

    def write(self, text: str) -> None:
        """Types content where the focus is, as hands and an input method do."""
        self.letters += len(text)
        for letter in text:
            self._type(letter, _HAND_MS)
        self._settle()

    def scan(self, text: str) -> None:
        """A hand scanner types `text` and its end key."""
        self._stamp += 1_000
        for letter in text:
            self._type(letter, _SCANNER_MS)
        self._key(Qt.Key.Key_Return, "\r", _SCANNER_MS)
        self._settle()

    def wheel(self, words: str, notches: int = 1) -> None:
        """Turns the wheel over `words`, towards the hand."""
        widget, place = self._find(words, 0)
        self._turn(widget, place.center(), notches)

    def _type(self, letter: str, gap: int) -> None:
        if letter.isascii():
            self._key(Qt.Key(ord(letter.upper())), letter, gap)
            return
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(self._receiver(), event)

    def _key(self, key: Qt.Key, letter: str, gap: int) -> None:
        self._stamp += gap
        receiver = self._receiver()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, NO_KEY, letter)
            event.setTimestamp(self._stamp)
            QApplication.sendEvent(receiver, event)

    def _receiver(self) -> QWidget:
        return QApplication.focusWidget() or self.front().focusWidget() or self.front()

    def _find(self, words: str, nth: int) -> tuple[QWidget, QRect]:
        self._settle()
        found = list(self._written(words))
        if not found:
            self.wait_for(words)
            self._settle()
            found = list(self._written(words))
        best = min(_rank(words, text) for text, _widget, _place in found)
        fits = [one for one in found if _rank(words, one[0]) == best]
        _text, widget, place = fits[nth]
        return widget, place

    def _click_at(self, point: QPoint, with_: Qt.KeyboardModifier = NO_KEY) -> None:
        self.clicks += 1
        QCursor.setPos(self.front().mapToGlobal(point))
        QTest.mouseClick(self.front().windowHandle(), LEFT, with_, point)
        self._settle()

    def _aim(self, words: str, nth: int) -> QPoint:
        """Where `words` stand in the window in front; the wheel brings them into sight."""
        for _notch in range(_MOST_NOTCHES):
            widget, place = self._find(words, nth)
            if _is_in_sight(widget, place):
                break
            self._scroll_to(widget, place)
        return self._point(widget, place)

    def _point(self, widget: QWidget, place: QRect) -> QPoint:
        """The middle of what is in sight of `place`, in the window in front; turns the wheel until
        something is.
        """
        for _notch in range(_MOST_NOTCHES):
            if _is_in_sight(widget, place):
                break
            self._scroll_to(widget, place)
        seen = widget.visibleRegion().boundingRect().intersected(place)
        point = widget.mapTo(self.front(), seen.center())
        hit = self.front().childAt(point) or self.front()
        through = widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        same = hit is widget or widget.isAncestorOf(hit) or (through and hit.isAncestorOf(widget))
        assert same, f"{hit} lies over {widget}"
        return point

    def _scroll_to(self, widget: QWidget, place: QRect) -> None:
        """One notch towards `place`, over the innermost area that does not show it."""
        around = widget.parentWidget()
        while around is not None:
            if isinstance(around, QAbstractScrollArea):
                port = around.viewport()
                there = port.rect()
                middle = (
                    widget.mapTo(port, place.center()).y()
                    if port is not widget
                    else (place.center().y())
                )
                if not _ENOUGH / 2 <= middle <= there.height() - _ENOUGH / 2:
                    edge = QPoint(2, there.height() // 2)  # beside what lies in it
                    self._turn(port, edge, 1 if middle > there.height() / 2 else -1)
                    return
            around = around.parentWidget()
        raise AssertionError(f"no wheel brings {widget} into sight")

    def _turn(self, widget: QWidget, place: QPoint, notches: int) -> None:
        there = QPointF(widget.mapTo(self.front(), place))
        by = QPoint(0, -_A_NOTCH if notches > 0 else _A_NOTCH)
        for _notch in range(abs(notches)):
            QTest.wheelEvent(self.front().windowHandle(), there, by)
        self._settle()

    def _field(self, label: str, nth: int) -> QWidget:
        """The field that `label` belongs to, as the eye sees it."""
        front = self.front()
        asked = (one for one in front.findChildren(QuestionPanel) if one.isVisible())
        around = next(asked, front)  # a question lies over the fields of its page
        fields = [
            one
            for one in around.findChildren(QWidget)
            if isinstance(one, QLineEdit | QPlainTextEdit | QComboBox | QAbstractItemView)
            and one.isVisible()
            and one.window() is front
            and not isinstance(one.parent(), QComboBox)
        ]
        saying = [one for one in fields if label in _hint(one)]
        if saying:
            return saying[nth]
        said = [one for one in self._written(label) if around.isAncestorOf(one[1])]
        places = [(widget, place) for text, widget, place in said if text == label]
        places = places or [(w, p) for text, w, p in said if text.startswith(label)]
        assert places, f"{label!r} stands beside no field: {self.words()}"
        widget, place = places[nth]
        at = widget.mapTo(front, place.topLeft())

        def distance(field: QWidget) -> float:
            here = field.mapTo(front, QPoint(0, 0))
            beside = abs(here.y() + field.height() / 2 - at.y() - place.height() / 2)
            under = abs(here.x() - at.x())
            right, below = here.x() - at.x(), here.y() - at.y()
            if right > 0 and beside < field.height():
                return right
            if 0 < below < 60 + place.height() and under < 60:
                return 500 + below
            return 1e6

        nearest = min(fields, key=distance)
        assert distance(nearest) < 1e6, f"no field stands beside {label!r}"
        return nearest

    def _settle(self) -> None:
        """What has opened finds its places; what a closed dialog leaves is the active window."""
        QApplication.processEvents()
        if QApplication.activePopupWidget() is None:
            self.front().activateWindow()
        QApplication.processEvents()


def _is_in_sight(widget: QWidget, place: QRect) -> bool:
    seen = widget.visibleRegion().boundingRect().intersected(place)
    return seen.height() >= min(place.height(), _ENOUGH) and seen.width() > 1


def _rank(words: str, text: str) -> int:
    if text == words or text.split("  ·  ")[0] == words:
        return 0
    return 1 if text.startswith(words) else 2


def _hint(field: QWidget) -> str:
    written = field.lineEdit() if isinstance(field, QComboBox) else field
    return written.placeholderText() if isinstance(written, QLineEdit | QPlainTextEdit) else ""


def _written_in(widget: QWidget) -> Iterator[tuple[str, QWidget, QRect]]:
    whole = QRect(QPoint(0, 0), widget.size())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text(), widget, whole
    elif isinstance(widget, QLineEdit):
        yield widget.text() or widget.placeholderText(), widget, whole
    elif isinstance(widget, QPlainTextEdit):
        yield widget.toPlainText() or widget.placeholderText(), widget, whole
    elif isinstance(widget, QComboBox):
        yield widget.currentText(), widget, whole
    elif isinstance(widget, QMenu):
        for action in widget.actions():
            yield action.text().split("\t")[0], widget, widget.actionGeometry(action)
    elif isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            yield widget.tabText(tab), widget, widget.tabRect(tab)
    elif isinstance(widget, QHeaderView):
        yield from _heads(widget)


def _heads(head: QHeaderView) -> Iterator[tuple[str, QWidget, QRect]]:
    for section in range(head.count()):
        if not head.isSectionHidden(section) and head.orientation() is Qt.Orientation.Horizontal:
            text = head.model().headerData(section, head.orientation())
            left = head.sectionViewportPosition(section)
            place = QRect(left, 0, head.sectionSize(section), head.height())
            yield str(text or ""), head.viewport(), place


def _cells(view: QAbstractItemView, words: str) -> Iterator[tuple[str, QWidget, QRect]]:
    model = view.model()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for row in range(model.rowCount()):
        for column in range(columns):
            text = str(model.index(row, column).data() or "")
            place = view.visualRect(model.index(row, column)) if words in text else QRect()
            if not place.isEmpty():
                yield text, view.viewport(), place
