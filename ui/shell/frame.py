"""The frame around the pages: header, rail, the page in front, notices."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFontMetrics, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.i18n import _, later
from ui.look import texts
from ui.look.icons import icon
from ui.shell import notices, pages
from ui.widgets.layout.room import is_low
from ui.widgets.tables.table import Table

if TYPE_CHECKING:
    from cchc_desk.session import Desk
    from ui.courtesy.strip import CourtesyStrip
    from ui.shell.navigation import Shell
    from ui.shell.page import Page
    from ui.training.strip import LessonStrip

PRACTICE_BANNER = later("PHƯỜNG TẬP HUẤN – người giả, số liệu giả, giấy tờ không có giá trị")
_HEADER_LETTERS = (
    60  # beside the words of its buttons: their frames and icons, and who is at the desk
)
# Words, key, icon, what it does: a button of the header.
HeaderAct = tuple[str, str, str, Callable[[], None]]


class Frame(QWidget):
    """Holds the pages, each made when it is first shown, in the language then in use."""

    file_dropped = Signal(Path)  # a list of another system

    def __init__(
        self,
        desk: "Desk",
        shell: "Shell",
        acts: Sequence[HeaderAct],
        below: Sequence[HeaderAct],
        parent: QWidget,
    ) -> None:
        """`acts` stand in the header, those `below` at the foot of the rail."""
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._desk, self._shell = desk, shell
        self.pages: dict[str, Page] = {}
        self.tabs: dict[str, Tab] = {}
        self.keys: dict[str, QPushButton] = {}  # of the header
        self._pictures: dict[str, QIcon] = {}
        self._to_settle: set[Page] = set()  # not in front when the type changed
        self.stack = QStackedWidget()
        self.notices = notices.NoticeBar()
        self.unit = texts.OneLine()
        self.show_unit()
        self.who = texts.OneLine(
            Qt.TextElideMode.ElideLeft
        )  # people are called by the end of their name
        self.ward_line = texts.words("", "warning")  # of the other stations, or why there is none
        self.ward_line.setContentsMargins(14, 4, 14, 4)
        self.ward_line.hide()
        self.courtesy = _courtesy_strip(desk, self)
        foot = self.notices.layout()
        assert foot is not None, "made with the bar"
        foot.addWidget(self.courtesy.handle)
        self.lesson = _lesson_strip(desk, self) if desk.practice else None
        self._lay_out(acts, below)
        self._sight = QTimer(self, singleShot=True, interval=0)  # once what was shown has its place
        self._sight.timeout.connect(self._show_focus)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._sight.start)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if _dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = _dropped_file(event.mimeData())
        if file is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(file)

    def _lay_out(self, acts: Sequence[HeaderAct], below: Sequence[HeaderAct]) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header(acts))
        if self._desk.practice:
            banner = texts.plain(QLabel(_(PRACTICE_BANNER)))
            banner.setObjectName("practice")
            column.addWidget(banner)
        if self.lesson:
            column.addWidget(self.lesson)
        column.addWidget(self.ward_line)
        column.addLayout(middle, 1)
        middle.addWidget(self._rail(below))
        middle.addWidget(self.stack, 1)
        column.addWidget(self.courtesy)
        column.addWidget(self.notices)

    def _header(self, acts: Sequence[HeaderAct]) -> QWidget:
        header = QFrame()
        header.setObjectName("header")
        row = QHBoxLayout(header)
        row.setContentsMargins(14, 4, 10, 4)
        here = QVBoxLayout()
        here.setSpacing(0)
        here.addWidget(self.unit)
        here.addWidget(self.who)
        row.addLayout(here, 1)
        for words, key, picture, act in acts:
            made = self.keys[key] = texts.button(words, act, key, self)
            self._pictures[key] = icon(picture, "on_header")
            row.addWidget(made)
        return header

    def _rail(self, below: Sequence[HeaderAct]) -> QScrollArea:
        """As wide as its longest line; it scrolls where the type is large and the window low."""
        rail = QFrame()
        rail.setObjectName("rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        for page in pages.on_rail(self._desk):
            tab = Tab(_(page.words), page.key, page.name)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(partial(self._shell.open_page, page.name))
            texts.shortcut(self, page.key, partial(self._shell.open_page, page.name))
            if page.on_demand:
                tab.hide()
            column.addWidget(tab)
            self.tabs[page.name] = tab
        column.addStretch(1)
        for words, key, picture, act in below:
            tab = Tab(words, key, picture)
            tab.clicked.connect(act)
            texts.shortcut(self, key, tab.click)
            column.addWidget(tab)
        self._railed = _Rail(rail)
        return self._railed

    def show_page(self, name: str) -> "Page":
        """The page called `name` to the front, made where it was not asked for before."""
        self.notices.page_opened()
        page = self.made(name)
        tab = self.tabs.get(_on_rail(name))
        if tab is not None:
            tab.show()
            tab.setChecked(True)
            self._railed.ensureWidgetVisible(tab)
        self.stack.setCurrentWidget(page)
        if page in self._to_settle:
            self._to_settle.discard(page)
            QTimer.singleShot(0, page, partial(_lay_out_again, page))
        self.courtesy.page_opened(name)
        page.shown()
        if self.lesson and name == "practice":
            self.lesson.put_away()
        return page

    def made(self, name: str) -> "Page":
        """Return the page called `name`, made where it was not asked for before."""
        if name not in self.pages:
            # In the stack from its first widget on: what is put elsewhere later is styled again.
            self.pages[name] = pages.BY_NAME[name].make(self._desk, self._shell, self.stack)
            self.stack.addWidget(self.pages[name])
        return self.pages[name]

    def show_unit(self) -> None:
        """Names unit and desk in the header, as the settings have them."""
        self.unit.setText(unit_text(self._desk))

    def official_changed(self) -> None:
        """Tidies pages, tables and courtesy strip for another official."""
        for page in self.pages.values():
            page.official_changed()
        for table in self.findChildren(Table):
            table.recall()
        self.courtesy.official_changed()
        self.notices.official_changed()

    def leave(self) -> None:
        """Last chance for every page to save what is being typed."""
        for page in self.pages.values():
            page.leaving()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The header's buttons have their icons where these leave room for who is at the desk."""
        metrics = self.fontMetrics()
        self.unit.setHidden(is_low(self))  # then the header has one line: who is at the desk
        words = sum(metrics.horizontalAdvance(made.text()) for made in self.keys.values())
        roomy = self.width() - words > metrics.averageCharWidth() * _HEADER_LETTERS
        for key, made in self.keys.items():
            made.setIcon(self._pictures[key] if roomy else QIcon())
        super().resizeEvent(event)

    def appearance_changed(self) -> None:
        """Measure again what depends on colours and type size."""
        QApplication.sendEvent(self, QResizeEvent(self.size(), self.size()))
        shown = self.stack.currentWidget()
        self._to_settle = {page for page in self.pages.values() if page is not shown}
        for page in self.pages.values():
            page.appearance_changed()
            QApplication.sendEvent(page, QResizeEvent(page.size(), page.size()))
        if shown:
            _lay_out_again(shown)
        QTimer.singleShot(0, self, self._show_where_we_are)
        for strip in filter(None, (self.courtesy, self.lesson)):
            QApplication.sendEvent(strip, QResizeEvent(strip.size(), strip.size()))

    def _show_where_we_are(self) -> None:
        """The page's line of the rail and the control with the focus scroll into sight again."""
        tab = self.tabs.get(_on_rail(self.current))
        if tab is not None:
            self._railed.ensureWidgetVisible(tab)
        self._show_focus()

    def _show_focus(self) -> None:
        """Scroll the field with the focus into sight; not a button, which Tab brings there."""
        here = self.focusWidget()
        if here is not None and not isinstance(here, QAbstractButton):
            texts.into_sight(here)

    @property
    def current(self) -> str:
        """The name of the page in front; the day board before any was shown."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self.pages.items() if page is shown), "today")

    def show_ward(self, words: str) -> None:
        """Show one line about the ward's server or its other stations; "" for none."""
        self.ward_line.setText(words)
        self.ward_line.setVisible(bool(words))

    def show_counts(self, by_page: Mapping[str, int], line: str) -> None:
        """Shows the numbers on the rail, and `line` at the foot while there is no notice."""
        for name, count in by_page.items():
            self.tabs[name].show()
            self.tabs[name].count(count, _(pages.BY_NAME[name].counts))
        self.notices.rest(line)


def _on_rail(name: str) -> str:
    """Return the page of the rail that a page is, or belongs to."""
    return pages.BY_NAME[name].of or name


def _lay_out_again(page: QWidget) -> None:
    """Fit tables to the new type, and lay out again what scrolls."""
    for table in page.findChildren(Table):
        table.fit()
    for area in page.findChildren(QScrollArea):
        inside = area.widget()
        layout = inside.layout() if inside else None
        if layout:
            layout.invalidate()


def unit_text(desk: "Desk") -> str:
    """Name the unit, and this station of it where it has several."""
    place = desk.database.station or desk.settings["desk_name"]
    return f"{desk.settings['unit_name']} · {place}"


def _courtesy_strip(desk: "Desk", frame: Frame) -> "CourtesyStrip":
    from ui.courtesy.strip import (
        CourtesyStrip,
    )  # with its actions, which the first window need not wait for

    return CourtesyStrip(desk, frame)


def _lesson_strip(desk: "Desk", frame: Frame) -> "LessonStrip":
    from ui.training.strip import LessonStrip

    return LessonStrip(desk, frame)


class _Rail(QScrollArea):
    """As wide as its longest line; it scrolls where the window is too low."""

    def __init__(self, rail: QFrame) -> None:
        super().__init__()
        self._inside = rail
        self.setObjectName("railed")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(rail)

    def sizeHint(self) -> QSize:
        rail, bar = self._inside, self.verticalScrollBar()
        scrolls = rail.minimumSizeHint().height() > self.height()
        return QSize(
            rail.minimumSizeHint().width() + (bar.sizeHint().width() if scrolls else 0) + 2, 0
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:  # a count came, the type grew
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Tab(QPushButton):
    """A button of the rail: icon and words at the left, count and key at the right."""

    def __init__(self, words: str, key: str, picture: str) -> None:
        super().__init__(icon(picture, "accent_dark"), words)
        self.setAccessibleName(words)
        self.setProperty("words", words)
        self.setProperty("key", key)
        self.waiting = texts.words("", "count", wrap=False)
        self.waiting.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.addStretch(1)
        for beside in (self.waiting, texts.words(key, "quiet", wrap=False)):
            beside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)

    def count(self, count: int, what: str) -> None:
        """Show the count, hidden for 0; a screen reader reads `what` it counts."""
        words = str(self.property("words"))
        self.waiting.setText(str(count))
        self.waiting.setVisible(count > 0)
        self.setAccessibleName(f"{words}: {count} {what}")
        self.setToolTip(f"{count} {what}")
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the words in bold, as while their page is in front, and for count and key."""
        bold = self.font()
        bold.setBold(True)
        grown = QFontMetrics(bold).horizontalAdvance(
            self.text()
        ) - self.fontMetrics().horizontalAdvance(self.text())
        layout = self.layout()
        assert layout is not None, "made in the constructor"
        return super().sizeHint() + QSize(layout.sizeHint().width() + max(0, grown), 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _dropped_file(dropped: QMimeData) -> Path | None:
    """Return the one file of this computer that is dropped; None for several, or for none."""
    files = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    return files[0] if len(files) == 1 else None
