"""Ctrl+K: one field that finds dossiers, people, procedures and every act possible here."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.i18n import _, _n
from ui.look import texts
from ui.shell import jobs

if TYPE_CHECKING:
    from cchc_desk.domain.dossiers.rows import DossierRow
    from cchc_desk.domain.law.procedure import ProcedureVersion
    from cchc_desk.session import Desk
    from ui.shell.navigation import Shell

PAUSE_MS = 120
MOST = 6  # of each kind
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Choice:
    """One line of the list: what it is, its words, its key if it has one, and what Enter does."""

    kind: str
    words: str
    run: Callable[[], None]
    key: str = ""


@dataclass(frozen=True)
class Found:
    """Dossiers and procedures found for the letters typed."""

    dossiers: "tuple[DossierRow, ...]"
    procedures: "tuple[ProcedureVersion, ...]"


def commands(rooms: Iterable[QWidget]) -> list[Choice]:
    """Return every key of these widgets that can be pressed now, with the words of its button."""
    by_words: dict[str, Choice] = {}
    for room in rooms:
        for button in room.findChildren(QAbstractButton):
            words = str(button.property("words") or "")
            if button.isVisibleTo(room) and button.isEnabled() and words:
                key = str(button.property("key") or "")
                by_words.setdefault(words, Choice(_("Lệnh"), words, button.click, key))
    return list(by_words.values())


class Palette(QDialog):
    """The field and its results; arrows choose from the field, Enter runs, Esc closes."""

    def __init__(
        self, desk: "Desk", shell: "Shell", doable: Sequence[Choice], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Tìm mọi thứ"))
        self._desk, self._shell, self._doable = desk, shell, doable
        self._asked = 0
        self._choices: list[Choice] = []
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Tìm hồ sơ, người, thủ tục, lệnh"))
        self.search.setPlaceholderText(_("hồ sơ, người, thủ tục, lệnh …"))
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Tìm thấy"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )  # a long line ends with dots
        self.list.itemClicked.connect(lambda item: self._take())
        self.hint = texts.words(_("↑ ↓ chọn · Enter làm · Esc thôi"), "quiet")
        column = QVBoxLayout(self)
        for widget in (self.search, self.list, self.hint):
            column.addWidget(widget)
        self.resize(texts.room_on_screen(self, 88, 22).boundedTo(parent.size() - QSize(40, 40)))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look_up)
        self.search.textChanged.connect(self._pause.start)
        self._show_found(Found((), ()))
        self.search.setFocus()

    # --- finding ----------------------------------------------------------------------------------

    def look_up(self) -> None:
        """Asks for what fits the letters typed; an answer that was overtaken is dropped."""
        self._look_up(lambda: None)

    def _look_up(self, then: Callable[[], None]) -> None:
        self._pause.stop()
        self._asked += 1
        asked, desk, query = self._asked, self._desk, self.search.text()

        def show(found: Found) -> None:
            if asked == self._asked:
                self._show_found(found)
                then()

        jobs.run(self, lambda: _find(desk, query), show)

    def _show_found(self, found: Found) -> None:
        query = fold(self.search.text()).split()
        doable = [choice for choice in self._doable if _fits(query, choice.words)]
        self._choices = [
            *map(self._dossier, found.dossiers[:MOST]),
            *(doable[:MOST] if query else doable),
            *self._people(found.dossiers)[:MOST],
            *map(self._procedure, found.procedures[:MOST]),
        ]
        self.list.clear()
        for choice in self._choices:
            self.list.addItem(QListWidgetItem(_line(choice)))
        if not self._choices:
            self.list.addItem(_("Không thấy gì khớp; thử ít chữ hơn."))
        self.list.setCurrentRow(0)

    def _dossier(self, row: "DossierRow") -> Choice:
        words = f"{row.code} · {row.name} · {row.procedure_name}"
        return Choice(_("Hồ sơ"), words, partial(self._shell.open_dossier, row.code))

    def _people(self, rows: "Iterable[DossierRow]") -> list[Choice]:
        """The people among the dossiers found; Enter lists all that is theirs."""
        counts: dict[str, int] = {}
        for row in rows:
            counts[row.name] = counts.get(row.name, 0) + 1
        return [
            Choice(
                _("Người"),
                " · ".join((name, _n("{n} hồ sơ", count).format(n=count))),
                partial(self._shell.find_dossiers, name),
            )
            for name, count in counts.items()
        ]

    def _procedure(self, version: "ProcedureVersion") -> Choice:
        return Choice(_("Tiếp nhận"), version.name, partial(self._shell.begin_intake, version))

    # --- choosing ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _MOVES:
            self.list.keyPressEvent(event)
            return True
        if event.key() in _ENTER:
            self._enter()
            return True
        return False

    def _enter(self) -> None:
        if self._pause.isActive():  # the list is behind the letters: look first, then take the best
            self._look_up(self._take)
        else:
            self._take()

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._choices):
            self.accept()
            self._choices[row].run()


def _find(desk: "Desk", query: str) -> Found:
    from cchc_desk.actions.dossiers import progress
    from cchc_desk.actions.office import catalogue

    if not query.strip():
        return Found((), ())
    return Found(
        progress.find_dossiers(desk, query, limit=50),
        catalogue.find_procedures(desk, query, limit=MOST),
    )


def _fits(query: Iterable[str], words: str) -> bool:
    """Return True if every word typed begins a word of `words`, marks or none."""
    folded = fold(words).split()
    return all(any(word.startswith(start) for word in folded) for start in query)


def _line(choice: Choice) -> str:
    key = f"  ·  {choice.key}" if choice.key else ""
    return f"{choice.kind}  ›  {choice.words}{key}"
