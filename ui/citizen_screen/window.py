"""The mirror's window: three moments in very large type, a rating that ignores stray touches."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

import resources
from cchc_desk.actions.courtesy import courtesy
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.citizen_screen import citizen_events
from ui.citizen_screen.citizen_events import TakingIn
from ui.citizen_screen.faces import Face
from ui.look import texts
from ui.look.tokens import SPACE
from ui.shell import jobs, notices

DATE_MS = 8_000  # how long the date stands before the faces come
ARM_MS = 900  # a touch so soon after the faces came was meant for something else
SETTLE_MS = 3_000  # a choice can be changed for so long, then it counts
PATIENCE_MS = 45_000  # nobody has to rate
THANKS_MS = 5_000
HEADING = 1.5  # times the body text: from here on in bold
_SMALLEST = 12  # points of the screen
_LETTERS = 24  # of body text on the whole width, roughly
_LINES = 26  # of body text on the whole height: very large type whatever the screen


@cache
def _all_words() -> Mapping[str, Any]:
    languages: Mapping[str, Any] = json.loads(resources.read_text("mirror/words.json"))["languages"]
    return languages


def languages() -> tuple[str, ...]:
    """The languages that can stand under the Vietnamese words."""
    return tuple(name for name in _all_words() if name != "vi")


def toggle(open_mirror: "Mirror | None", desk: Desk, clerk: QWidget) -> "Mirror | None":
    """Close the mirror that is shown and return None, or else open a new one and return it."""
    if open_mirror is not None and isValid(open_mirror):
        was_visible = open_mirror.isVisible()
        open_mirror.close()
        open_mirror.deleteLater()
        if was_visible:
            return None
    mirror = Mirror(desk, clerk)
    mirror.show()
    (clerk if mirror.apart else mirror).activateWindow()
    if not mirror.apart:
        notices.say(
            _(
                "Máy chỉ có một màn hình: màn hình cho công dân đang mở phía trước. Esc hoặc "
                "Ctrl+M đóng."
            )
        )
    return mirror


class Mirror(QWidget):
    """Faces the citizen: shows the citizen events of the pages, keeps nothing but the rating."""

    def __init__(self, desk: Desk, clerk: QWidget) -> None:
        super().__init__(clerk, Qt.WindowType.Window)
        self.desk, self._clerk = desk, clerk
        self.setWindowTitle(_("Màn hình cho công dân"))
        self.code = ""
        self._waiting: TakingIn | None = (
            None  # what the clerk has begun while somebody is still rating
        )
        self._since_shown = QElapsedTimer()
        self.screens = QStackedWidget()
        self._make_screens()
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 32, 40, 32)
        # The window is as large as its screen, whatever its words would like to have.
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.addWidget(self.screens)
        self._then = QTimer(self, singleShot=True)
        self._then.timeout.connect(self.go_on)
        self._next: str = ""
        for signal, slot in (
            (citizen_events.signals().taking_in, self.show_taking_in),
            (citizen_events.signals().accepted, self.show_date),
            (citizen_events.signals().returned, self._returned),
            (citizen_events.signals().quiet, self.be_quiet),
        ):
            signal.connect(slot)
        self.apart = False
        room = self.screen().availableGeometry().size()
        self.resize(QSize(1024, 720).boundedTo(room))
        self._to_second_screen()
        self.show_idle()

    # --- the screens ------------------------------------------------------------------------------

    def _make_screens(self) -> None:
        self.idle = self._screen(_Big("welcome", self), _Big("wait", self, 1.2), QLabel())
        self.unit = texts.plain(self.idle[2])
        self.unit.setText(self.desk.settings["unit_name"])
        self.taking = _Lines(
            self, "taking_in", ("applicant", "procedure", "papers", "lacking", "due")
        )
        self.screens.addWidget(self.taking)
        self.date = _Lines(self, "due", ("moment", "provisional", "code"))
        self.screens.addWidget(self.date)
        self.rating = _Rating(self)
        self.rating.chosen.buttonClicked.connect(self._touched)
        self.rating.told.buttonClicked.connect(self._touched)
        self.screens.addWidget(self.rating)
        self.thanks = self._screen(_Big("thanks", self), QLabel(), QLabel())

    def _screen(self, *parts: QLabel) -> tuple[QLabel, ...]:
        screen = QWidget()
        column = QVBoxLayout(screen)
        column.addStretch(1)
        for part in parts:
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(True)
            column.addWidget(part)
        column.addStretch(1)
        self.screens.addWidget(screen)
        return parts

    def words(self, key: str) -> str:
        """The Vietnamese words of the mirror."""
        return str(_all_words()["vi"][key])

    def second(self, key: str) -> str:
        """The same in the second language, "" where none is chosen."""
        return str(_all_words().get(self.desk.settings["mirror_second"], {}).get(key, ""))

    # --- what pages tell --------------------------------------------------------------------------

    def show_idle(self) -> None:
        """Nobody's data: the ward's name and a welcome."""
        self.code, self._waiting = "", None
        self._front(self.idle[0].parentWidget())

    def show_taking_in(self, event: TakingIn) -> None:
        """Show the intake in progress, unless somebody is still rating."""
        if self.screens.currentWidget() is self.rating and self.rating.isVisible():
            self._waiting = event
            return
        if (
            not event.name and not event.procedure
        ):  # an empty page: the date of the one before may still stand
            if self.screens.currentWidget() is self.taking:
                self.show_idle()
            return
        self.taking.fill(
            {
                "applicant": event.name,
                "procedure": event.procedure,
                "papers": _listed(event.papers),
                "lacking": _listed(event.lacking),
                "due": event.due,
            }
        )
        self._front(self.taking)

    def show_date(self, code: str, due: str) -> None:
        """The promise, in the largest type there is; then the faces."""
        self.code = code
        self.date.fill({"moment": due, "code": code})
        self._front(self.date)
        self._later("faces", DATE_MS)

    def _returned(self, code: str) -> None:
        self.code = code
        self.ask_rating(returned=True)

    def be_quiet(self) -> None:
        """The clerk is elsewhere; who is rating may finish."""
        if self.screens.currentWidget() is not self.rating:
            self.show_idle()

    # --- rating -----------------------------------------------------------------------------------

    def ask_rating(self, *, returned: bool = False) -> None:
        """Five faces; the question about the apology only where the dossier was late."""
        desk, code = self.desk, self.code
        self.rating.ask("rate_return" if returned else "rate", about_apology=False)
        self._front(self.rating)
        self._since_shown.start()
        self._later("idle", PATIENCE_MS)
        jobs.run(self, lambda: courtesy.asks_told(desk, code), self._ask_about_apology)

    def _ask_about_apology(self, asks: bool) -> None:
        self.rating.ask_about_apology(asks)
        self._fit()

    def _touched(self) -> None:
        """Too soon: not meant. Else it counts once nothing was changed for a while."""
        if self._since_shown.elapsed() < ARM_MS:
            self.rating.forget()
            return
        if self.rating.faces is not None:
            self.rating.say_chosen()
            self._fit()
            self._later("rated", SETTLE_MS)

    def _rated(self) -> None:
        desk, code, faces, told = self.desk, self.code, self.rating.faces, self.rating.was_told
        assert faces is not None, "the choice settles only once there is one"
        self._front(self.thanks[0].parentWidget())
        self._later("idle", THANKS_MS)
        jobs.run(
            self,
            lambda: courtesy.rate(desk, code, faces, told, typed=False),
            lambda _rating: None,
            _say_why_not,
        )

    # --- time -------------------------------------------------------------------------------------

    def _later(self, then: str, after: int) -> None:
        self._next = then
        self._then.start(after)

    def go_on(self) -> None:
        """Go on to the next screen when the time of this one is over."""
        then, self._next = self._next, ""
        if then == "faces":
            self.ask_rating()
        elif then == "rated":
            self._rated()
        elif then == "idle":
            waiting = self._waiting
            self.show_idle()
            if waiting is not None:
                self.show_taking_in(waiting)

    # --- the window -------------------------------------------------------------------------------

    def _front(self, screen: QWidget | None) -> None:
        assert screen is not None
        self._then.stop()
        self.screens.setCurrentWidget(screen)
        self._fit()

    def _to_second_screen(self) -> None:
        """The citizen's screen, where there is one; else an ordinary window before the clerk's."""
        others = [screen for screen in QGuiApplication.screens() if screen is not self.screen()]
        if others:
            self.stand_apart(others[0].geometry())
            self.setWindowState(Qt.WindowState.WindowFullScreen)

    def stand_apart(self, place: QRect) -> None:
        """Stand there, on a screen of its own: a touch is taken, the keyboard stays at the desk."""
        self.apart = True
        self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setGeometry(place)

    def event(self, event: QEvent) -> bool:
        """Bring the clerk's window back where a touch put this one in front all the same."""
        if event.type() is QEvent.Type.WindowActivate and self.apart:
            QTimer.singleShot(0, self._clerk, self._clerk.activateWindow)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc or Ctrl+M before the clerk's window; beside it keys are the clerk's."""
        again = (
            event.key() == Qt.Key.Key_M and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )
        if self.apart:
            self._clerk.activateWindow()
            _hand_on(event, self._clerk)
        elif again or event.key() == Qt.Key.Key_Escape:
            self.close()
            self._clerk.activateWindow()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very large type: the text grows with the window."""
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """The largest type in which all of the screen in front has room."""
        front, around = self.screens.currentWidget(), self.layout()
        if front is None or around is None:
            return
        room = self.size().shrunkBy(around.contentsMargins())
        largest = max(_SMALLEST, min(self.height() // _LINES, self.width() // _LETTERS))
        for pixels in range(largest, _SMALLEST - 1, -1):
            self._set_type(front, pixels)
            if _needs(front, room.width()).boundedTo(room) == _needs(front, room.width()):
                break

    def _set_type(self, front: QWidget, pixels: int) -> None:
        font = self.font()
        font.setPixelSize(pixels)
        for widget in front.findChildren(QWidget):
            widget.grow(font) if isinstance(widget, _Big) else widget.setFont(font)
        for answer in self.rating.told.buttons():  # as easy to hit as a face
            answer.setMinimumSize(6 * pixels, 2 * pixels)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._then.stop()
        super().closeEvent(event)


class _Big(QLabel):
    """Words of the mirror in `times` the size of its body text, the second language below."""

    def __init__(self, key: str, mirror: Mirror, times: float = 2.0) -> None:
        super().__init__()
        self._times = times
        texts.plain(self)
        self.setWordWrap(True)
        self.setText(
            "\n".join(filter(None, (mirror.words(key), mirror.second(key)))) if key else ""
        )

    def grow(self, body: Any) -> None:
        larger = self.font()
        larger.setPixelSize(round(body.pixelSize() * self._times))
        larger.setBold(self._times >= HEADING)
        self.setFont(larger)


class _Lines(QWidget):
    """A heading and labelled lines; an empty line is hidden."""

    def __init__(self, mirror: Mirror, heading: str, keys: Sequence[str]) -> None:
        super().__init__()
        self._mirror = mirror
        column = QVBoxLayout(self)
        if "moment" in keys:  # what comes line by line begins at the top and stays there
            column.addStretch(1)
        column.addWidget(_Big(heading, mirror, 1.6))
        self.lines: dict[str, QLabel] = {}
        for key in keys:
            line = self.lines[key] = _Big("", mirror, 2.6 if key == "moment" else 1.15)
            column.addWidget(line)
        column.addStretch(1)

    def fill(self, values: Mapping[str, str]) -> None:
        for key, line in self.lines.items():
            text = values.get(key, "")
            names = () if key == "moment" else (self._mirror.words(key), self._mirror.second(key))
            label = " / ".join(filter(None, names))
            line.setText(f"{label}: {text}" if label and text else text)
            line.setVisible(bool(text))


class _Rating(QWidget):
    """The question, five faces and, for a late dossier, whether the delay was announced."""

    def __init__(self, mirror: Mirror) -> None:
        super().__init__()
        self._mirror = mirror
        self._question = _Big("", mirror, 1.3)
        self._hint = _Big("", mirror, 1.0)
        self.chosen, self.told = QButtonGroup(self), QButtonGroup(self)
        for group in (self.chosen, self.told):
            group.setExclusive(True)
        faces = QHBoxLayout()
        all_words = _all_words()["vi"]["faces"]
        for value, words in enumerate(all_words, 1):
            face = Face(value, words, all_words)
            self.chosen.addButton(face, value)
            faces.addWidget(face)
        self._about = _Big("told", mirror, 1.15)
        answers = QHBoxLayout()
        answers.setSpacing(4 * SPACE)
        answers.addStretch(1)
        for value, key in ((1, "yes"), (0, "no")):
            answer = QPushButton(mirror.words(key))
            answer.setCheckable(True)
            answer.setAccessibleName(f"{mirror.words('told')} {mirror.words(key)}")
            self.told.addButton(answer, value)
            answers.addWidget(answer)
        answers.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(self._question)
        column.addLayout(faces, 1)
        column.addWidget(self._about)
        column.addLayout(answers)
        column.addWidget(self._hint)
        for part in (self._question, self._about, self._hint):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)

    @property
    def faces(self) -> int | None:
        """The face that was chosen, None before one was."""
        return self.chosen.checkedId() if self.chosen.checkedId() > 0 else None

    @property
    def was_told(self) -> bool | None:
        return bool(self.told.checkedId()) if self.told.checkedId() >= 0 else None

    def ask(self, question: str, *, about_apology: bool) -> None:
        self._question.setText(
            "\n".join(filter(None, (self._mirror.words(question), self._mirror.second(question))))
        )
        self.forget()
        self.ask_about_apology(about_apology)

    def ask_about_apology(self, asks: bool) -> None:
        for part in (self._about, *self.told.buttons()):
            part.setVisible(asks)

    def forget(self) -> None:
        """As if nothing had been touched."""
        self._hint.setText("")
        for group in (self.chosen, self.told):
            group.setExclusive(False)
            for button in group.buttons():
                button.setChecked(False)
            group.setExclusive(True)

    def say_chosen(self) -> None:
        self._hint.setText(self._mirror.words("chosen"))


def _needs(front: QWidget, width: int) -> QSize:
    """Return the room that a screen needs when it is so wide."""
    layout = front.layout()
    assert layout is not None, "every screen is laid out"
    layout.invalidate()
    least = layout.totalMinimumSize()
    high = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else least.height()
    return QSize(least.width(), max(high, 0))


def _hand_on(event: QKeyEvent, clerk: QWidget) -> None:
    """Do at the clerk's window what the key would have done there."""
    focus = clerk.focusWidget() or clerk
    keys = QKeySequence(event.keyCombination())
    for shortcut in clerk.findChildren(QShortcut):
        owner = shortcut.parent()
        if not isinstance(owner, QWidget) or not owner.isVisible():
            continue
        here = owner is focus or owner.isAncestorOf(focus)
        if here and shortcut.isEnabled() and shortcut.key() == keys:
            shortcut.activated.emit()
            return
    there = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
    QApplication.sendEvent(focus, there)


def _listed(parts: Sequence[str]) -> str:
    return "; ".join(parts)


def _say_why_not(error: DeskError) -> None:
    notices.warn(error.message)
