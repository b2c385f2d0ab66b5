"""Small text widgets: plain label, label of a role, button with its key beside it."""

import re
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.look.icons import icon

_SHORT_CODE = re.compile(r" ?…(?=\d)")
_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
_WITH_IT = "with_it"
_LABEL = 44  # letters of the words beside a field; longer ones go on below


def plain(label: QLabel) -> QLabel:
    """The same label, showing `<b>Đào & Cả</b>` as typed."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


# Python's html.escape would bring its 2,231 names of letters, half a megabyte.
_MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br>"})


def tip(text: str) -> str:
    """The text for a tool tip, which shows `<b>Đào & Cả</b>` as typed too.

    Qt would take it for markup, and fetch a picture that a list of another system names.
    """
    if "<" not in text:
        return text
    return f"<p>{text.translate(_MARKUP)}</p>"


def words(text: str = "", role: str = "", wrap: bool = True) -> QLabel:
    """Label of plain text, of several lines where it may `wrap`; `role` as in the style sheet."""
    label = plain(_KINDS.get(role, QLabel)(text))
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def unbroken(text: str) -> str:
    """The same text, in which no short code such as `18/11 …0007` goes on in another line."""
    return _SHORT_CODE.sub(lambda dots: dots[0].replace(" ", "\u00a0") + "\u2060", text)


def into_sight(widget: QWidget) -> None:
    """Scroll everything around it such that it shows, with `with_it` where there is room."""
    companion, above = widget.property(_WITH_IT), widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            if companion is not None and companion.isVisible():
                _show_in(above, companion)
            _show_in(above, widget)
        above = above.parentWidget()


def _show_in(area: QScrollArea, widget: QWidget) -> None:
    """Scroll `area` to a widget, with a little around it; not where all of it is in sight, nor
    where it is folded away.
    """
    place = QRect(widget.mapTo(area.viewport(), QPoint(0, 0)), widget.size())
    inside = area.widget()
    if inside is None or not widget.isVisibleTo(inside):
        return
    if area.viewport().rect().contains(place):
        return
    if isinstance(widget, QAbstractItemView):  # Qt itself would show its current line only
        content = QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())
        for y in (content.bottom(), content.top()):
            area.ensureVisible(content.left(), y, 0, 0)
    else:
        area.ensureWidgetVisible(widget)


def with_it(widget: QWidget, companion: QWidget) -> None:
    """Let into_sight show as much of `companion` with `widget` as there is room for."""
    widget.setProperty(_WITH_IT, companion)


def room_on_screen(dialog: QWidget, letters: int, lines: int) -> QSize:
    """So many letters by so many lines of the type in use, but never larger than the screen."""
    metrics, screen = dialog.fontMetrics(), dialog.screen().availableGeometry().size()
    wanted = QSize(metrics.averageCharWidth() * letters, metrics.lineSpacing() * lines)
    return wanted.boundedTo(screen - QSize(40, 60))


class _News(QLabel):
    """A warning, which takes no place where there is none."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        if not text:
            self.hide()

    def setText(self, text: str) -> None:
        super().setText(text)
        if self.parentWidget() is not None:  # else it would stand in a window of its own
            self.setVisible(bool(text))

    def clear(self) -> None:
        self.setText("")


class _BadNews(_News):
    """A refusal, which scrolls into sight: at 200 % the place it has may be below the window."""

    def setText(self, text: str) -> None:
        super().setText(text)
        if text:
            # Once it has its place, and after the field with the focus, which comes into sight as
            # well.
            QTimer.singleShot(0, self, lambda: QTimer.singleShot(0, self, lambda: into_sight(self)))
            above = self.parentWidget()
            while above is not None:
                if isinstance(above, Scrolled):
                    above.news = self
                above = above.parentWidget()


_KINDS: dict[str, type[QLabel]] = {"error": _BadNews, "warning": _News}


class OneLine(QLabel):
    """Label of one plain line; `cut` is the end that is elided, the tip has the whole."""

    def __init__(self, cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        plain(self)
        self._cut = cut
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(tip(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        cut = self.fontMetrics().elidedText(self.text(), self._cut, self.width())
        if self._cut is Qt.TextElideMode.ElideLeft and cut != self.text():
            _part, blank, words = cut.partition(" ")  # of a name whole words
            cut = f"… {words}" if blank else cut
        painter, role = QPainter(self), self.foregroundRole()
        self.style().drawItemText(
            painter, self.rect(), self.alignment(), self.palette(), True, cut, role
        )


def role(widget: QWidget, name: str) -> None:
    """Changes the role of a widget and repaints it in it."""
    if (widget.property("role") or "") == name:
        return
    widget.setProperty("role", name)
    widget.style().polish(widget)


class _Button(QPushButton):
    """Enter presses it where it has the focus, as the space bar does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str,
    act: Callable[[], None],
    key: str = "",
    owner: QWidget | None = None,
    kind: str = "",
    picture: str = "",
) -> QPushButton:
    """Button with its key in the label; the key works anywhere in `owner`. `picture`: icons.py.

    The key of a grey button says why it is grey, where its tool tip tells.
    """
    made = _Button(f"{text}  ·  {key_text(key)}" if key else text)
    made.setAccessibleName(text)
    made.setProperty("role", kind)
    made.setProperty("words", text)  # for the palette and the key card
    made.setProperty("key", key_text(key))
    made.setAutoDefault(False)
    if picture:
        made.setIcon(icon(picture, "on_accent" if kind == "primary" else "accent_dark"))
    made.clicked.connect(act)
    if key and owner is not None:
        shortcut(owner, key, lambda: _press(made), text)
    return made


def off_the_card(owner: QWidget, *buttons: QPushButton) -> None:
    """Their keys stand on the buttons of `owner` alone: the key card has one page."""
    names = {made.accessibleName() for made in buttons}
    for made in buttons:
        made.setProperty("key", "")
    for key in owner.findChildren(QShortcut):
        if key.whatsThis() in names:
            key.setWhatsThis("")


def key_text(key: str) -> str:
    """A key as it is shown: `Alt+←` for Qt's `Alt+Left`."""
    for name, sign in _ARROWS.items():
        key = key.replace(name, sign)
    return key


class Signals(QObject):
    """Signals of all buttons together."""

    refused = Signal(str)  # the key of a grey button was pressed: the reason why it is grey


@cache
def signals() -> Signals:
    return Signals()


def _press(made: QPushButton) -> None:
    if made.isHidden():  # not for who is at the desk now
        return
    if made.isEnabled():
        made.click()
    elif made.toolTip():
        signals().refused.emit(made.toolTip())


def allow(made: QPushButton, why_not: str | None) -> None:
    """Enables a button, or greys it with the reason."""
    made.setEnabled(why_not is None)
    made.setToolTip(tip(why_not or ""))


def shortcut(owner: QWidget, key: str, act: Callable[[], None], words: str = "") -> QShortcut:
    """`key` does `act` while the focus is in `owner`; the key card says `words` beside it."""
    made = QShortcut(QKeySequence(key), owner)
    made.setWhatsThis(words)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    typed = key.removeprefix("Shift+")
    made.activated.connect((lambda: Alone.then(made, act)) if len(typed) == 1 else act)
    return made


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None
    return application


class Alone(QObject):
    """Does an act unless another letter follows its key so fast that a scanner is typing."""

    wait_ms = 45  # longer than between two keys of a scanner, too short to be felt

    @classmethod
    def then(cls, owner: QObject, act: Callable[[], None]) -> None:
        if cls.wait_ms:
            cls(owner, act)
        else:
            act()

    def __init__(self, owner: QObject, act: Callable[[], None]) -> None:
        super().__init__(owner)
        self._act, self._is_alone = act, True
        _application().installEventFilter(self)
        QTimer.singleShot(self.wait_ms, self, self._decide)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            self._is_alone = False
        return False

    def _decide(self) -> None:
        _application().removeEventFilter(self)
        self.deleteLater()
        if self._is_alone:
            self._act()


class _Fitted(QObject):
    """Hears that the type of a widget has another size."""

    def __init__(self, widget: QWidget, fit: Callable[[], None]) -> None:
        super().__init__(widget)
        self._fit = fit
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        return False


def fitted(widget: QWidget, fit: Callable[[], None]) -> None:
    """Call `fit` now and whenever the type of `widget` changes its size."""
    fit()
    _Fitted(widget, fit)


def lines(widget: QWidget, count: float) -> None:
    """`widget` stays at least so many lines high."""
    fitted(
        widget, lambda: widget.setMinimumHeight(round(widget.fontMetrics().lineSpacing() * count))
    )


def letters(widget: QWidget, count: int) -> None:
    """`widget` stays wide enough for so many letters."""
    fitted(widget, lambda: widget.setMinimumWidth(widget.fontMetrics().averageCharWidth() * count))


def row(form: QFormLayout, text: str, field: QWidget) -> None:
    """Add a row to `form`: words on one line where they fit, on several where they do not."""
    label = words(text)
    label.setBuddy(field)

    def fit() -> None:
        letter = label.fontMetrics().averageCharWidth()
        label.setMinimumWidth(min(_wide(label), letter * _LABEL))
        form.setHorizontalSpacing(2 * letter)

    fitted(label, fit)
    form.addRow(label, field)


def beside(text: str, field: QWidget) -> QWidget:
    """A field with its words before it, as one thing that a Flow does not part."""
    made, label = QWidget(), words(text, wrap=False)
    label.setBuddy(field)
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(label)
    line.addWidget(field, 1)
    return made


def _wide(label: QLabel) -> int:
    return label.fontMetrics().horizontalAdvance(label.text()) + 2


def spaced(*boxes: QAbstractSpinBox) -> None:
    """Their numbers not against the frame: the padding of the style sheet stops short of them."""
    for box in boxes:
        box.lineEdit().setTextMargins(6, 0, 0, 0)


def narrow(box: QComboBox) -> QComboBox:
    """Make `box` no wider than its place; the list that drops down shows items whole."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def card() -> QFrame:
    """A white frame that holds things which belong together."""
    frame = QFrame()
    frame.setObjectName("card")
    return frame


class Inside(QWidget):
    """Content that scrolls; lists in it shrink to their minimum before anything scrolls."""

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout else super().heightForWidth(width)


class Scrolled(QScrollArea):
    """Scrolls vertically only, and keeps the field with the focus in sight."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.news: QLabel | None = (
            None  # a refusal that came since, to be seen rather than the field
        )
        self._sight = QTimer(
            self, singleShot=True, interval=0
        )  # once what has changed has its place
        self._sight.timeout.connect(self._show_focus)
        self.verticalScrollBar().rangeChanged.connect(self._sight.start)
        self._from = self._to = 0  # where it was, and where the field with the focus has moved it

    def _show_focus(self) -> None:
        """A key waits out of sight: Tab itself brings it into view.

        There may be more room than when the field last moved it: it goes back as far as it can.
        """
        bar = self.verticalScrollBar()
        if bar.value() == self._to:
            bar.setValue(self._from)
        self._from = bar.value()
        here = self.focusWidget()
        if here is not None and here.hasFocus() and not isinstance(here, QAbstractButton):
            into_sight(here)
        self._to = bar.value()
        news, self.news = self.news, None
        if news is not None and news.text():
            into_sight(news)


def scrolled(inside: QWidget) -> QScrollArea:
    """`inside` in an area that scrolls down when the window is low."""
    return Scrolled(inside)


def centred(box: QFrame, wide: int) -> QScrollArea:
    """A card alone on its page, `wide` letters at most, which scrolls when the window is low."""
    fitted(box, lambda: box.setMaximumWidth(box.fontMetrics().averageCharWidth() * wide))
    inside, across = Inside(), QHBoxLayout()
    across.addStretch(1)
    across.addWidget(box, 1000)
    across.addStretch(1)
    down = QVBoxLayout(inside)
    down.addStretch(1)
    down.addLayout(across)
    down.addStretch(2)
    return scrolled(inside)
