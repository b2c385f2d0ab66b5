"""What the window shows once somebody is at the desk: header, rail, the page that is open, notices."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.language import _, later
from ui import notices, pages
from ui.look import style, texts
from ui.look.icons import icon

if TYPE_CHECKING:
    from cchc_desk.desk import Desk
    from ui.courtesy.strip import CourtesyStrip
    from ui.page import Page
    from ui.practice.strip import LessonStrip
    from ui.shell import Shell

PRACTICE_BANNER = later("PHƯỜNG TẬP HUẤN – người giả, số liệu giả, giấy tờ không có giá trị")
# Words, key, icon, what it does: a button of the header.
HeaderAct = tuple[str, str, str, Callable[[], None]]


class Frame(QWidget):
    """Keeps the pages, each made when it is first shown. Made anew, it speaks the language then in use."""

    def __init__(
        self, desk: "Desk", shell: "Shell", acts: Sequence[HeaderAct], below: Sequence[HeaderAct] = ()
    ) -> None:
        """`acts` stand in the header, those `below` at the foot of the rail."""
        super().__init__()
        self.setObjectName("page")
        self._desk, self._shell = desk, shell
        self.pages: dict[str, Page] = {}
        self.tabs: dict[str, QPushButton] = {}
        self.keys: dict[str, QPushButton] = {}  # of the header
        self.stack = QStackedWidget()
        self.notices = notices.NoticeBar()
        self.unit, self.who = texts.OneLine(), texts.OneLine()
        self.courtesy = _courtesy_strip(desk, self)
        self.lesson = _lesson_strip(desk, self) if desk.practice else None
        self._lay_out(acts, below)

    def _lay_out(self, acts: Sequence[HeaderAct], below: Sequence[HeaderAct]) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail(below))
        middle.addWidget(self.stack, 1)
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
        column.addLayout(middle, 1)
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
            made.setIcon(icon(picture, style.worn().on_accent))
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
            tab = _tab(_(page.words), page.key, page.name)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(partial(self._shell.open_page, page.name))
            texts.shortcut(self, page.key, partial(self._shell.open_page, page.name))
            column.addWidget(tab)
            self.tabs[page.name] = tab
        column.addStretch(1)
        for words, key, picture, act in below:
            tab = _tab(words, key, picture)
            tab.clicked.connect(act)
            texts.shortcut(self, key, tab.click)
            column.addWidget(tab)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(rail)
        area.setFixedWidth(rail.minimumSizeHint().width())
        return area

    def show_page(self, name: str) -> "Page":
        """The page called `name` to the front, made where it was not asked for before."""
        if name not in self.pages:
            self.pages[name] = pages.BY_NAME[name].make(self._desk, self._shell)
            self.stack.addWidget(self.pages[name])
        if name in self.tabs:
            self.tabs[name].setChecked(True)
        page = self.pages[name]
        self.stack.setCurrentWidget(page)
        self.courtesy.page_opened(name)
        page.shown()
        if self.lesson and name == "practice":
            self.lesson.put_away()
        return page

    @property
    def current(self) -> str:
        """The name of the page in front; the day board before any was shown."""
        shown = self.stack.currentWidget()
        return next((name for name, page in self.pages.items() if page is shown), "today")

    def count(self, name: str, count: int) -> None:
        """The number beside a page's words on the rail; none for nothing."""
        page = pages.BY_NAME[name]
        words = _(page.words)
        self.tabs[name].setText(f"{words} ({count})" if count else words)
        self.tabs[name].setAccessibleName(f"{words}: {count} {_(page.counts)}")
        self.tabs[name].setToolTip(f"{count} {_(page.counts)}")


def _courtesy_strip(desk: "Desk", frame: Frame) -> "CourtesyStrip":
    from ui.courtesy.strip import CourtesyStrip  # with its actions, which the first window need not wait for

    return CourtesyStrip(desk, frame)


def _lesson_strip(desk: "Desk", frame: Frame) -> "LessonStrip":
    from ui.practice.strip import LessonStrip

    return LessonStrip(desk, frame)


def _tab(words: str, key: str, picture: str) -> QPushButton:
    """A button of the rail: its icon and words at the left, its key at the right."""
    tab = QPushButton(icon(picture, style.worn().ink), words)
    side = tab.fontMetrics().height()
    tab.setIconSize(QSize(side, side))
    tab.setAccessibleName(words)
    tab.setProperty("words", words)
    tab.setProperty("key", key)
    beside = texts.words(key, "quiet", wrap=False)
    beside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    apart = tab.fontMetrics().horizontalAdvance(f"{words} (000) {key}")
    tab.setMinimumWidth(apart + tab.fontMetrics().averageCharWidth() * 6)  # the key beside the words, not over them
    row = QHBoxLayout(tab)
    row.setContentsMargins(0, 0, 12, 0)
    row.addStretch(1)
    row.addWidget(beside)
    return tab
