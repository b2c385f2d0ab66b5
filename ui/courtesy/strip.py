"""The strip at the foot, folded until wanted: words for the moment, eight keys for the visit."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.office import preferences
from cchc_desk.domain.courtesy import Item, Moment, Visit, asked_of
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.courtesy import cues
from ui.look import texts
from ui.look.icons import icon
from ui.shell import jobs, notices
from ui.widgets.layout.room import is_low

PAGES = frozenset({"intake", "return", "dossier"})
KEEP, HIDE = "Ctrl+9", "Ctrl+H"
_PREFERENCE = "courtesy_strip"
_WEIGHT = {Moment.GREETING: 0, Moment.THANKS: 1, Moment.WAIT: 2, Moment.LATE: 3}


class CourtesyStrip(QFrame):
    """Two seconds at the end of a visit, or not at all. `frame` is where its keys work.

    It is folded to `handle`, an icon, until one of its keys unfolds it for this visit, or Ctrl+H
    for good.
    """

    def __init__(self, desk: Desk, frame: QWidget) -> None:
        super().__init__()
        self.desk = desk
        self.setObjectName("notices")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("4 xin, 4 luôn"))
        self._wanted = False
        self._unfolded = False  # for this visit
        self.handle = _handle(self.toggle)
        self._page = ""
        self._turn = 0
        self.moment, self.code = Moment.GREETING, ""
        self.phrase = texts.words("", "quiet")
        self.keys: dict[str, QPushButton] = {}
        self._frame = frame
        self._shortcuts: list[QShortcut] = []
        self._placed: tuple[bool, int, list[QPushButton]] = (False, 0, [])
        self.keep = _key(_("Ghi"), KEEP, self.store)
        self.hiding = _key(_("Gấp"), HIDE, self.toggle)
        self.hiding.setParent(self)  # it may have no room at first
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 3, 12, 3)
        self._grid.setHorizontalSpacing(4)
        self._grid.setVerticalSpacing(3)
        self._shortcut(KEEP, self.store)
        self._hide_key = texts.shortcut(frame, HIDE, self.toggle)
        self._make_keys()
        cues.signals().came.connect(self.came)
        self.hide()
        self.official_changed()

    # --- building ---------------------------------------------------------------------------------

    def _make_keys(self) -> None:
        for number, item in enumerate(courtesy.items(self.desk), 1):
            button = _key(_short(item), f"Ctrl+{number}")
            button.setCheckable(True)
            button.setAccessibleName(item.text)
            button.setProperty("words", item.text)
            button.setText(f"{'Ctrl+' * (number == 1)}{number} {_short(item)}")
            self.keys[item.key] = button
            self._shortcut(f"Ctrl+{number}", partial(self._press, item.key))
        self._items = courtesy.items(self.desk)
        self._place()

    def _press(self, key: str) -> None:
        self._unfolded = True
        self._show()
        self.keys[key].click()

    def _shortcut(self, key: str, act: Callable[[], None]) -> None:
        made = texts.shortcut(self._frame, key, act)
        made.setEnabled(False)
        self._shortcuts.append(made)

    def _reworded(self) -> None:
        """The desk's wording or order may have been changed since."""
        if courtesy.items(self.desk) == self._items:
            return
        for made in self._shortcuts[1:]:
            made.setEnabled(False)
            made.deleteLater()
        del self._shortcuts[1:]
        for button in self.keys.values():
            button.deleteLater()
        self.keys.clear()
        self._make_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Place words and keys on one line, or the keys below in one or two rows."""
        keys = [*self.keys.values(), self.keep, self.hiding]
        wide = sum(key.sizeHint().width() + self._grid.horizontalSpacing() for key in keys)
        room = self.width() - 24
        phrase_room = self.fontMetrics().averageCharWidth() * 40
        beside = wide + phrase_room <= room
        low = is_low(self)  # the keys have one line and the words give way
        self.phrase.setVisible(beside or not low)
        spared = (
            low and wide > room
        )  # for one line, where that is enough; Ctrl+H hides the strip all the same
        self.hiding.setVisible(not spared)
        if spared:
            wide -= self.hiding.sizeHint().width() + self._grid.horizontalSpacing()
        rows = 1 if wide <= room else 2
        if (beside, rows, keys) == self._placed:
            return
        self._placed = (beside, rows, keys)
        for widget in (self.phrase, *keys):
            self._grid.removeWidget(widget)
        self._grid.addWidget(self.phrase, 0, 0, 1, 1 if beside else len(keys))
        per_row = len(keys) if rows == 1 else 5
        for number, key in enumerate(keys):
            row, column = divmod(number, per_row)
            self._grid.addWidget(key, row if beside else row + 1, column + int(beside))
        for column in range(len(keys) + 1):
            self._grid.setColumnStretch(column, int(beside and column == 0))
        QTimer.singleShot(
            0, self, self._lay_frame_out
        )  # it is laying out just now and would not hear it

    def _lay_frame_out(self) -> None:
        layout = self._frame.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()

    # --- what happens -----------------------------------------------------------------------------

    def page_opened(self, name: str) -> None:
        """Show or hide the strip, which belongs to the pages where a citizen is served."""
        self._page = name
        self._show()

    def official_changed(self) -> None:
        """Load the preference of another official and begin an empty visit."""
        self._clear()
        desk = self.desk
        jobs.run(self, lambda: bool(preferences.preferences(desk)[_PREFERENCE]), self._liked)

    def _liked(self, wanted: bool) -> None:
        self._wanted = wanted
        self._show()

    def _show(self) -> None:
        serves = self._page in PAGES
        unfolded = serves and (self._wanted or self._unfolded)
        if serves:
            self._reworded()
        self._hide_key.setEnabled(serves)
        for made in self._shortcuts:
            made.setEnabled(serves)
        self.setVisible(unfolded)
        self.handle.setVisible(serves and not unfolded)

    def came(self, moment: Moment, code: str) -> None:
        """Show the words of this moment; the visit keeps its weightiest moment and that dossier."""
        if moment is Moment.GREETING and not self._done():
            self.moment, self.code = moment, code
        elif _WEIGHT[moment] >= _WEIGHT[self.moment]:
            self.moment = moment
        self.code = code or self.code
        phrases = courtesy.words_for(self.desk, moment).say if self.desk.official else ()
        if phrases:
            self.phrase.setText(f"“{phrases[self._turn % len(phrases)].text}”")
            self.handle.setToolTip(f"{self.phrase.text()}\n{self.handle.accessibleName()}")
            self._turn += 1

    def _done(self) -> list[str]:
        return [key for key, button in self.keys.items() if button.isChecked()]

    def store(self) -> None:
        """Save the visit and begin the next."""
        done, moment, code, desk = self._done(), self.moment, self.code, self.desk
        if not done:
            notices.warn(_("Chưa bấm điều nào: Ctrl+1 … Ctrl+8, rồi Ctrl+9 để ghi."))
            return
        self._clear()
        self._show()
        jobs.run(
            self, lambda: courtesy.record_visit(desk, done, code=code, moment=moment), self._stored
        )

    def _stored(self, visit: Visit) -> None:
        asked = len(asked_of(visit, self._items))
        notices.say(
            _("Đã ghi lượt này: {done}/{asked} điều.").format(done=len(visit.done), asked=asked)
        )

    def _clear(self) -> None:
        for button in self.keys.values():
            button.setChecked(False)
        self.moment, self.code = Moment.GREETING, ""
        self._unfolded = False

    def toggle(self) -> None:
        """Fold or unfold the strip, and save that as a preference of this official."""
        wanted, desk = not self.isVisible(), self.desk
        self._unfolded = False
        self._liked(wanted)
        jobs.run(
            self, lambda: preferences.keep_preference(desk, _PREFERENCE, wanted), lambda _done: None
        )
        if not wanted:
            notices.say(_("Đã gấp dải «4 xin, 4 luôn»; {key} để mở lại.").format(key=HIDE))


def _handle(act: Callable[[], None]) -> QPushButton:
    """The strip folded to its icon and a word; it never takes the focus."""
    made = QPushButton(icon("courtesy", "accent_dark"), _("4 xin"))
    made.setAccessibleName(_("4 xin, 4 luôn · {key}").format(key=HIDE))
    made.setToolTip(made.accessibleName())
    made.setProperty("role", "small")
    made.setProperty("words", _("4 xin, 4 luôn"))
    made.setProperty("key", HIDE)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.clicked.connect(act)
    made.hide()
    return made


def _key(text: str, key: str, act: Callable[[], None] | None = None) -> QPushButton:
    """A small flat button with the last letter of its key; it never takes the focus."""
    made = QPushButton(f"{text} {key[-1]}")
    made.setAccessibleName(text)
    made.setToolTip(key)
    made.setProperty("role", "small")
    made.setProperty("words", text)
    made.setProperty("key", key)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if act is not None:
        made.clicked.connect(act)
    return made


def _short(item: Item) -> str:
    """`cảm ơn` for `xin cảm ơn`: the strip has one line."""
    first, blank, rest = item.text.partition(" ")
    return rest if blank and fold(first) in ("xin", "luon") else item.text
