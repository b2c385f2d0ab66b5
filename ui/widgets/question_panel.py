"""Questions of one act, all in one panel inside the page, answered by keys or by the mouse.

    to = Choice(_("Giao cho"), [(official.name, official.id) for official in officials], name="to")
    note = Line(_("Ghi chú"))

    def hand_over(panel: QuestionPanel) -> None:
        jobs.run(page, lambda: steps.hand_over(desk, [code], to.value), done, panel.refuse)

    QuestionPanel.ask(page, _("Bàn giao – Lê Thị Hoa"), (to, note), _("Bàn giao"), hand_over)

The panel stays until `finish()` is called, so nothing typed is lost when the act is refused:
`refuse()` puts the sentence at the field that Refused.field names, by a field's `name`. F9 or Enter
is yes (in a field of several lines Enter is a new line), Esc is no. While it stands the page's own
keys rest; those of the window, such as F6 or Ctrl+K, work, and the panel waits on its page.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QListView,
    QPlainTextEdit,
    QStyle,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _
from ui.look import style, texts
from ui.widgets.fields.date_field import DayField
from ui.widgets.fields.error_row import when_changed
from ui.widgets.keys.focus_order import ENTER
from ui.widgets.tables.list_lines import LineList, add_line
from ui.widgets.tables.whole_text import WholeText

T = TypeVar("T")
_WIDE_LETTERS = 76  # of the panel, where the page has so much room
_MARGIN, _SPACE = 16, 10
_MOST_LINES = 7  # of a list of choices before it scrolls
_LEAST_LINES = 3  # of it in a window so low that the panel would scroll
_MOST_WRAPPED = 4  # of a paragraph
_AROUND_TEXT = 20  # points: frame and margins of a text
_DIM = 190  # of 255: the page behind stays to be guessed at
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_DIGITS = range(Qt.Key.Key_1, Qt.Key.Key_9 + 1)


def fix_lines(control: QPlainTextEdit, lines: float) -> None:
    """Make a text just so many lines high, whatever the size of its type."""
    texts.fitted(
        control,
        lambda: control.setFixedHeight(
            round(control.fontMetrics().lineSpacing() * lines) + _AROUND_TEXT
        ),
    )


class ListLines:
    """The height of a list in a panel: so many lines, or fewer where the panel would scroll.

    `line` and `around` measure one line, and what is there besides lines.
    """

    def __init__(
        self, view: QWidget, most: int, line: Callable[[], int], around: Callable[[], int]
    ) -> None:
        self._view, self._most, self._less = view, most, 0
        self._line, self._around = line, around
        texts.fitted(view, self._fit)

    def _fit(self) -> None:
        self._view.setFixedHeight(self._line() * (self._most - self._less) + self._around())

    @property
    def given_up(self) -> int:
        """Points that it is lower than it would be."""
        return self._less * self._line()

    def give_up(self, points: int) -> int:
        """Be lower by as many points as are asked for or can be spared; return how many."""
        spare = max(0, self._most - _LEAST_LINES)
        less = min(spare, -(-max(0, points) // self._line()))
        if less != self._less:
            self._less = less
            self._fit()
        return self.given_up


class Field(QWidget):
    """One question: its words, the control that takes the answer, and room for what is wrong.

    `name` is the field that a Refused names. `hint` explains the answer under the words. `lines`:
    of a list that can be lower.
    """

    lines: ListLines | None = None

    def __init__(self, label: str, control: QWidget, name: str = "", hint: str = "") -> None:
        super().__init__()
        self.name = name
        self.control = control
        self.error = texts.words("", "error")
        heading = texts.words(label, "section")
        heading.setBuddy(control)
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        self.setFocusProxy(control)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(heading)
        if hint:
            column.addWidget(texts.words(hint, "quiet"))
        column.addWidget(control)
        column.addWidget(self.error)

    def problem(self) -> str:
        """The sentence that refuses the present answer, "" where it can be taken."""
        return ""

    def show_error(self, text: str) -> None:
        """Show what is wrong, "" for nothing."""
        self.error.setText(text)
        self.control.setProperty("wrong", "true" if text else "false")
        self.control.style().polish(self.control)


class _Wrapping(QPlainTextEdit):
    """A text of one paragraph as high as its lines, up to a few; Enter is the panel's."""

    def __init__(self, text: str) -> None:
        super().__init__(" ".join(text.split()))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        texts.fitted(self, self._fit)

    def _fit(self) -> None:
        lines = min(max(1, round(self.document().size().height())), _MOST_WRAPPED)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + _AROUND_TEXT)
        policies = Qt.ScrollBarPolicy
        is_full = self.document().size().height() > _MOST_WRAPPED
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAsNeeded if is_full else policies.ScrollBarAlwaysOff
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Line(Field):
    """A text of one paragraph, which wraps where it is long."""

    def __init__(
        self, label: str, text: str = "", *, name: str = "", hint: str = "", needed: bool = False
    ) -> None:
        self._line, self._needed = _Wrapping(text), needed
        super().__init__(label, self._line, name, hint)
        self._line.selectAll()
        self._line.textChanged.connect(lambda: self.show_error(""))

    @property
    def value(self) -> str:
        return " ".join(self._line.toPlainText().split())

    def problem(self) -> str:
        return _("Hãy ghi ở đây.") if self._needed and not self.value else ""


class Lines(Field):
    """A text of several lines."""

    def __init__(
        self, label: str, text: str = "", *, name: str = "", hint: str = "", needed: bool = False
    ) -> None:
        self._lines, self._needed = QPlainTextEdit(text), needed
        super().__init__(label, self._lines, name, hint)
        self._lines.setTabChangesFocus(True)
        self._lines.moveCursor(self._lines.textCursor().MoveOperation.End)
        fix_lines(self._lines, 4)
        self._lines.textChanged.connect(lambda: self.show_error(""))

    @property
    def value(self) -> str:
        return self._lines.toPlainText()

    def problem(self) -> str:
        return _("Hãy ghi ở đây.") if self._needed and not self.value.strip() else ""


class Day(Field):
    """A day, None where the line is empty."""

    def __init__(
        self,
        label: str,
        day: date | None,
        this_year: int,
        *,
        name: str = "",
        hint: str = "",
        needed: bool = False,
    ) -> None:
        self._line, self._needed = DayField(label, this_year), needed
        self._line.set_day(day)
        super().__init__(label, self._line, name, hint)
        when_changed(self._line, lambda: self.show_error(""))

    @property
    def value(self) -> date | None:
        return self._line.day()

    def problem(self) -> str:
        try:
            day = self._line.day()
        except ValueError:
            return _("Không có ngày này; hãy ghi ngày/tháng/năm.")
        return _("Hãy ghi ở đây.") if self._needed and day is None else ""


class _Options(LineList):
    """The digits choose among the first nine lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setItemDelegate(WholeText(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)  # the words wrap anew beside a scroll bar
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt would choose the first line; nothing is answered before somebody does."""
        is_open = self.currentRow() < 0
        was_blocked = self.blockSignals(is_open)  # else what is wrong would seem mended
        super().focusInEvent(event)
        if is_open:
            self.setCurrentRow(-1)
        self.blockSignals(was_blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if event.key() in _DIGITS and place < self.count() and not event.modifiers():
            self.setCurrentRow(place)
        else:
            super().keyPressEvent(event)


def _lines_of(options: _Options, most: int) -> ListLines:
    return ListLines(options, most, lambda: options.fontMetrics().lineSpacing() + 10, lambda: 20)


class Choice(Field, Generic[T]):
    """One of several answers, each (words, value); the arrows or its digit choose it.

    Nothing is chosen where `chosen` is not among the values. More than `lines` answers scroll.
    """

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, T]],
        chosen: T | None = None,
        *,
        name: str = "",
        hint: str = "",
        lines: int = _MOST_LINES,
    ) -> None:
        self._list = _Options()
        self._values = [value for _words, value in options]
        super().__init__(label, self._list, name, hint)
        self.lines = _lines_of(self._list, min(len(options), lines))
        for number, (words, _value) in enumerate(options, 1):
            self._list.addItem(f"{number}  {words}" if number <= len(_DIGITS) else f"    {words}")
        if chosen is not None:
            self.choose(chosen)
        self._list.currentRowChanged.connect(lambda _row: self.show_error(""))

    def choose(self, value: T) -> None:
        """Choose the line of this value, where there is one."""
        if value in self._values:
            self._list.setCurrentRow(self._values.index(value))

    @property
    def value(self) -> T:
        """The answer; there is one once the panel was answered with yes."""
        return self._values[self._list.currentRow()]

    def problem(self) -> str:
        return _("Hãy chọn một dòng.") if self._list.currentRow() < 0 else ""


class Ticks(Field, Generic[T]):
    """Any of several things, each (words, value); Space changes a tick.

    At first those in `ticked` are, all of them where that is None.
    """

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, T]],
        *,
        name: str = "",
        hint: str = "",
        ticked: Sequence[T] | None = None,
    ) -> None:
        self._list = _Options()
        self._values = [value for _words, value in options]
        super().__init__(label, self._list, name, hint)
        self.lines = _lines_of(self._list, min(len(options), _MOST_LINES))
        states, role = Qt.CheckState, Qt.ItemDataRole.CheckStateRole
        for words, value in options:
            is_ticked = ticked is None or value in ticked
            add_line(self._list, words, {role: states.Checked if is_ticked else states.Unchecked})
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setCurrentRow(0)
        self._list.itemChanged.connect(lambda _item: self.show_error(""))

    @property
    def value(self) -> tuple[T, ...]:
        ticked = (
            self._list.item(row).checkState() is Qt.CheckState.Checked
            for row in range(self._list.count())
        )
        return tuple(v for v, is_ticked in zip(self._values, ticked, strict=True) if is_ticked)

    def problem(self) -> str:
        return "" if self.value else _("Chưa chọn dòng nào; phím cách để chọn.")


class _Inside(texts.Inside):
    """The questions, as high as they are at their width and no higher."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)  # Qt's own counts the lines that words would have in a narrow column


class QuestionPanel(QWidget):
    """A panel over its page; made by `ask`."""

    def __init__(
        self,
        page: QWidget,
        title: str,
        fields: Sequence[Field],
        yes: str,
        act: Callable[["QuestionPanel"], None],
        about: str = "",
    ) -> None:
        super().__init__(page)
        self._page, self._act, self.fields = page, act, tuple(fields)
        self.title = texts.words(texts.unbroken(title), "title")
        self.about = texts.words(texts.unbroken(about))
        self.error = texts.words("", "error")
        self.yes = texts.button(yes, self.accept, "F9", kind="primary")
        self.no = texts.button(_("Thôi") if yes else _("Đóng"), self.leave, "Esc")
        self._focus_before = QApplication.focusWidget()
        self._resting = [key for key in page.findChildren(QShortcut) if key.isEnabled()]
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self._lay_out()
        self.about.setVisible(bool(about))
        self.yes.setVisible(bool(yes))
        texts.shortcut(self, "F9", self.accept)
        texts.shortcut(self, "Esc", self.leave)
        self._inside.installEventFilter(self)
        self._come_forward()
        self._first().setFocus()

    def _come_forward(self) -> None:
        for key in self._resting:
            key.setEnabled(False)
        self._page.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def _first(self) -> QWidget:
        return self.fields[0] if self.fields else self.yes if not self.yes.isHidden() else self.no

    @classmethod
    def ask(
        cls,
        page: QWidget,
        title: str,
        fields: Sequence[Field],
        yes: str,
        act: Callable[["QuestionPanel"], None],
        about: str = "",
    ) -> "QuestionPanel":
        """Show the panel in `page`; `act(panel)` is called once every field has its answer.

        `title` is the act with the person's name, `yes` the words of the button ("" where there
        is only something to read), `about` a sentence under the title. A panel that stands there
        already gives way.
        """
        before = cls.standing_in(page)
        if before is not None:
            before.leave()
        return cls(page, title, fields, yes, act, about)

    @classmethod
    def standing_in(cls, page: QWidget) -> "QuestionPanel | None":
        """Return the panel that waits for an answer in `page`, None for none."""
        panels = page.findChildren(QuestionPanel)
        return next((panel for panel in panels if not panel.isHidden()), None)

    def _lay_out(self) -> None:
        inside = self._inside = _Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACE)
        for widget in (self.about, self.error, *self.fields):
            column.addWidget(widget)
        column.addStretch(1)
        self._card = QFrame(self)
        self._card.setObjectName("question")
        self._keys = QHBoxLayout()
        self._keys.setSpacing(_SPACE)
        self._keys.addWidget(self.yes, 1)
        self._keys.addWidget(self.no)
        whole = QVBoxLayout(self._card)
        whole.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        whole.setSpacing(_SPACE)
        whole.addWidget(self.title)  # however long what is asked: one sees whom it is about
        whole.addWidget(texts.scrolled(inside), 1)
        whole.addLayout(self._keys)

    # --- answers ----------------------------------------------------------------------------------

    def accept(self) -> None:
        """Yes: do the act, or show at each field what is wrong with its answer."""
        if self.yes.isHidden():
            self.finish()
        if not self.yes.isEnabled() or self.isHidden():
            return
        self._say("")
        wrong = [field for field in self.fields if self._is_wrong(field)]
        if wrong:
            wrong[0].setFocus()
            return
        self.yes.setEnabled(False)  # until the answer to it is there
        self._act(self)

    def _is_wrong(self, field: Field) -> bool:
        field.show_error(field.problem())
        return bool(field.problem())

    def refuse(self, error: DeskError) -> None:
        """Show a refusal at the field that it names, else under the title; nothing is lost.

        A panel that was left meanwhile comes back with it.
        """
        self.yes.setEnabled(True)
        if self.isHidden():
            self._come_forward()
        named = error.field if isinstance(error, Refused) else None
        field = next((one for one in self.fields if named and one.name == named), None)
        if field is None:
            self._say(error.message)
            self._first().setFocus()
        else:
            field.show_error(error.message)
            field.setFocus()

    def _say(self, text: str) -> None:
        self.error.setText(text)

    def finish(self) -> None:
        """Go away: the page has its keys again, and the focus is where it was."""
        self._go_away()
        self.deleteLater()

    def leave(self) -> None:
        """Esc: go away. An act that was begun goes on, and still has its panel to answer to."""
        self._go_away()
        if self.yes.isEnabled():
            self.deleteLater()

    def _go_away(self) -> None:
        if self.isHidden():
            return
        self._page.removeEventFilter(self)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self._page)
        self.hide()
        for key in self._resting:
            if isValid(key):
                key.setEnabled(True)
        before = self._focus_before
        if had_focus:
            here = before is not None and isValid(before) and before.isVisible()
            (before if here and before is not None else self._page).setFocus()

    # --- keys -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, where the control with the focus has no use for it."""
        if event.key() not in ENTER or event.modifiers() & _HELD:
            super().keyPressEvent(event)
        elif QApplication.focusWidget() is self.no:
            self.leave()
        else:
            self.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round within the panel."""
        stops = [*(field.control for field in self.fields), self.yes, self.no]
        stops = [stop for stop in stops if not stop.isHidden()]
        here = QApplication.focusWidget()
        place = stops.index(here) if here in stops else 0
        step = 1 if forward else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        following = stops[(place + step) % len(stops)]
        following.setFocus(reason)
        texts.into_sight(following)
        return True

    # --- place ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = watched is self._page and event.type() == QEvent.Type.Resize
        if resized or (watched is self._inside and event.type() == QEvent.Type.LayoutRequest):
            self._place()
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            QTimer.singleShot(0, self, self._place)

    def _place(self) -> None:
        """The card in the upper middle of the page, as high as its questions where that fits."""
        self.setGeometry(self._page.rect())
        wide = min(
            self.width() - 2 * _MARGIN, self.fontMetrics().averageCharWidth() * _WIDE_LETTERS
        )
        inner = wide - 2 * _MARGIN - 2
        layout = self._inside.layout()
        assert layout is not None, "made in the constructor"
        lists = [field.lines for field in self.fields if field.lines]
        spared = sum(one.given_up for one in lists)
        content = layout.totalHeightForWidth(inner) + spared
        title = self.title.heightForWidth(inner)
        around = title + self._keys.sizeHint().height() + 2 * (_SPACE + _MARGIN) + 4
        room = self.height() - 2 * _MARGIN - around
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        beside_a_bar = layout.totalHeightForWidth(inner - bar) + spared
        if beside_a_bar > room:  # one that stands there already goes only where this has room, too
            content = beside_a_bar
        for one in lists:
            content -= one.give_up(content - room)
        high = min(content, room) + around
        above = max(_MARGIN, (self.height() - high) // 4)
        self._card.setGeometry((self.width() - wide) // 2, above, wide, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QColor(style.worn().ground)
        ground.setAlpha(_DIM)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.end()
