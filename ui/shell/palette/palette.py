"""Ctrl+K: one field that finds dossiers, people, procedures, acts, settings, registers and help.

Each kind is ranked by domain/text/phrase_search. What was named by several words stands above the
dossiers, a single begun word below them: it may be somebody's name.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.domain.text.phrase_search import Hit
from cchc_desk.i18n import _, _n
from ui.look import texts
from ui.shell import jobs
from ui.shell.palette.places import Choice, FoundSentence, find_help, index
from ui.widgets.tables.list_lines import add_line
from ui.widgets.tables.matched_text import MATCHED, Matched, MatchedText

if TYPE_CHECKING:
    from cchc_desk.domain.dossiers.rows import DossierRow
    from cchc_desk.domain.law.procedure_search import FoundProcedure
    from cchc_desk.session import Desk
    from ui.shell.navigation import Opener

PAUSE_MS = 120
MOST = 6  # of each kind
MOST_HELP = 3
NUMBERED = 9  # lines that Alt and a digit take
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True)
class Found:
    """Dossiers, procedures and sentences of the help found for the letters typed."""

    dossiers: "tuple[DossierRow, ...]"
    procedures: "tuple[FoundProcedure, ...]"
    help: tuple[FoundSentence, ...]


@dataclass(frozen=True)
class Line:
    """A line of the list: what Enter does, the letters of its words that were typed."""

    choice: Choice
    spans: tuple[tuple[int, int], ...] = ()


class Palette(QDialog):
    """The field and its results; arrows choose from the field, Enter runs, Esc closes."""

    def __init__(
        self,
        desk: "Desk",
        shell: "Opener",
        doable: Sequence[Choice],
        elsewhere: Sequence[Choice],
        parent: QWidget,
    ) -> None:
        """`doable`: what can be done here; `elsewhere`: places that are found by their words."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Tìm mọi thứ"))
        self._desk, self._shell, self._doable = desk, shell, doable
        here = {choice.words for choice in doable}
        self._places = (*doable, *(one for one in elsewhere if one.words not in here or one.also))
        self._index = index(self._places)
        self._asked = self._answered = 0
        self._lines: list[Line] = []
        self.search = QLineEdit()
        self.search.setAccessibleName(_("Tìm hồ sơ, người, thủ tục, lệnh, cài đặt, sổ, trợ giúp"))
        self.search.setPlaceholderText(_("hồ sơ, người, thủ tục, lệnh, cài đặt, sổ, trợ giúp …"))
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Tìm thấy"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )  # a long line ends with dots
        self.list.setItemDelegate(MatchedText(self.list))
        self.list.clicked.connect(lambda _line: self._take())
        self.hint = texts.words(
            _("↑ ↓ chọn · Enter làm · Alt+1…9 làm dòng có số ấy · Esc thôi"), "quiet"
        )
        column = QVBoxLayout(self)
        for widget in (self.search, self.list, self.hint):
            column.addWidget(widget)
        self.resize(texts.room_on_screen(self, 88, 22).boundedTo(parent.size() - QSize(40, 40)))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.look_up)
        self.search.textChanged.connect(self._pause.start)
        self._show_found(Found((), (), ()))
        for row in range(NUMBERED):  # shortcuts: a text field is never asked about Alt and a digit
            take = partial(self._take_line, row)
            texts.shortcut(self, f"Alt+{row + 1}", partial(self._up_to_date, take))
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
                self._answered = asked
                self._show_found(found)
                then()

        jobs.run(self, lambda: _find(desk, query), show)

    def _show_found(self, found: Found) -> None:
        self._lines = self._found_lines(found)
        self.list.clear()
        for number, line in enumerate(self._lines, 1):
            text, before = _text(line.choice)
            spans = tuple((start + before, end + before) for start, end in line.spans)
            matched = Matched(spans, str(number) if number <= NUMBERED else "")
            add_line(self.list, text, {MATCHED: matched})
        if not self._lines:
            self.list.addItem(_("Không thấy gì khớp; thử ít chữ hơn."))
        self.list.setCurrentRow(0)

    def _found_lines(self, found: Found) -> list[Line]:
        query = self.search.text()
        if not query.strip():
            return [Line(choice) for choice in self._doable]
        places, dossiers = self._index.search(query), found.dossiers
        named = tuple(hit for hit in places if hit.is_named)[:MOST]
        others = tuple(hit for hit in places if not hit.is_named)[: MOST - len(named)]
        return [
            *map(self._place, named),
            *(Line(self._dossier(row)) for row in dossiers[:MOST]),
            *map(self._place, others),
            *map(Line, self._people(dossiers)[:MOST]),
            *map(self._procedure, found.procedures[:MOST]),
            *map(self._sentence, found.help),
        ]

    def _place(self, hit: Hit) -> Line:
        return Line(self._places[hit.place], hit.spans)

    def _sentence(self, found: FoundSentence) -> Line:
        one = found.sentence
        words = f"{one.title}: {one.words}"
        before = len(words) - len(one.words)
        spans = tuple((start + before, end + before) for start, end in found.spans)
        run = partial(self._shell.open_help, one.topic, one.words)
        return Line(Choice(_("Trợ giúp"), words, run), spans)

    def _dossier(self, row: "DossierRow") -> Choice:
        procedure = self._desk.short_name(row.procedure_code, row.procedure_name)
        words = f"{row.code} · {row.name} · {procedure}"
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

    def _procedure(self, found: "FoundProcedure") -> Line:
        version, hit = found.version, found.hit
        words = f"{version.name} («{hit.synonym}»)" if hit.synonym else version.name
        begin = partial(self._shell.begin_intake, version)
        return Line(Choice(_("Tiếp nhận"), words, begin), hit.spans)

    # --- choosing ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in _MOVES:
            self.list.keyPressEvent(event)
            return True
        if event.key() in _ENTER:
            self._up_to_date(self._take)
            return True
        return False

    def _up_to_date(self, then: Callable[[], None]) -> None:
        # The list is behind the letters: look first, then take.
        if self._pause.isActive() or self._answered != self._asked:
            self._look_up(then)
        else:
            then()

    def _take_line(self, row: int) -> None:
        if row < len(self._lines):
            self.list.setCurrentRow(row)
            self._take()

    def _take(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._lines):
            self.accept()
            self._lines[row].choice.run()


def _find(desk: "Desk", query: str) -> Found:
    from cchc_desk.actions.catalogue import catalogue
    from cchc_desk.actions.dossiers import progress

    if not query.strip():
        return Found((), (), ())
    return Found(
        progress.find_dossiers(desk, query, limit=50),
        catalogue.search_procedures(desk, query, limit=MOST),
        find_help(desk, query)[:MOST_HELP],
    )


def _text(choice: Choice) -> tuple[str, int]:
    """Return the text of a line, and how many letters of it stand before the words."""
    kind = f"{choice.kind}  ›  "
    key = f"  ·  {choice.key}" if choice.key else ""
    return f"{kind}{choice.words}{key}", len(kind)
