"""The window: header, rail of pages, the page itself, notices; who is at the desk, and the lock."""

import gc
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QPainter, QPixmap
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from cchc_desk.language import _, later
from ui import background, notices, pages
from ui.login.page import LoginPage
from ui.look import style, texts

if TYPE_CHECKING:
    from cchc_desk.desk import Clock, Desk
    from cchc_desk.domain.officials import Official
    from ui.page import Page
    from ui.printing import Paper

PRACTICE_BANNER = later("PHƯỜNG TẬP HUẤN – người giả, số liệu giả, giấy tờ không có giá trị")
_MINUTE_MS = 60_000
_INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}


@dataclass(frozen=True)
class Standing:
    """What the frame tells at a glance: counts on the rail, and the dossier taken in last."""

    due_today: int
    letters_owed: int
    last: str


@dataclass
class Behind:
    """What waits behind the lock: who was at the desk, where the focus was, the dialogs that were open."""

    official: str
    focus: QWidget | None
    dialogs: list[QDialog]

    def come_back(self) -> None:
        if self.focus is not None and isValid(self.focus):
            self.focus.setFocus()
            if isinstance(self.focus, QLineEdit):
                self.focus.deselect()  # the next letter goes on, it replaces nothing
        for dialog in filter(isValid, self.dialogs):
            dialog.open()

    def give_up(self) -> None:
        for dialog in filter(isValid, self.dialogs):
            dialog.reject()


class Window(QMainWindow):
    """The one window. It shows before the desk is open; `begin` opens it in the background."""

    server: QLocalServer

    def __init__(self, folder: Path, clock: "Clock | None" = None) -> None:
        super().__init__()
        self.folder = folder
        self._clock = clock
        self._desk: Desk | None = None
        self._pages: dict[str, Page] = {}
        self.setWindowTitle(_("CCHC Desk – Bàn một cửa"))
        self.setWindowIcon(_icon())
        self.resize(1366, 740)
        self.setMinimumSize(880, 480)
        self.login = LoginPage()
        self.login.entered.connect(self._log_in)
        self.login.again.connect(self.begin)
        self.login.left.connect(self._stay)
        self.screens = QStackedWidget()
        self.screens.addWidget(self.login)
        self.setCentralWidget(self.screens)
        self.login.password.setFocus()
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._each_minute)
        self._behind: Behind | None = None
        self._locked = False
        self._copied: date | None = None
        self._copy = ""

    @property
    def desk(self) -> "Desk":
        assert self._desk is not None, "pages exist only while a desk is open"
        return self._desk

    # --- opening ---------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Opens the desk in the background, or begins the first run where there is none."""
        if not paths_exist(self.folder):
            self._first_run()
            return
        folder, clock = self.folder, self._clock
        background.run(self, lambda: _open(folder, clock), self._opened, self._not_opened)

    def _opened(self, opened: "tuple[Desk, tuple[Official, ...]]") -> None:
        self._desk, officials = opened
        if self.desk.practice:
            style.apply(_application(), practice=True)
            self.login.hint.setText(_("{banner}. Mật khẩu của mọi người: practice").format(banner=_(PRACTICE_BANNER)))
        else:
            self.login.hint.setText(f"{self.desk.settings['unit_name']} · {self.desk.settings['desk_name']}")
        self.login.offer(officials)

    def _not_opened(self, error: Exception) -> None:
        self.login.not_opened(str(error))

    def _first_run(self) -> None:
        from ui.first_run.wizard import Wizard

        wizard = Wizard(self.folder)
        wizard.finished.connect(self._set_up)
        self.screens.addWidget(wizard)
        self.screens.setCurrentWidget(wizard)
        wizard.begin()

    def _set_up(self, folder: Path) -> None:
        self.folder = folder
        self.screens.setCurrentWidget(self.login)
        self.login.password.setFocus()
        self.begin()

    # --- who is at the desk ----------------------------------------------------------------------------------------

    def _log_in(self, official_id: str, password: str) -> None:
        desk = self.desk
        self.login.button.setEnabled(False)
        background.run(
            self,
            lambda: _enter(desk, official_id, password),
            self._entered,
            lambda error: self.login.refuse(error.message),
        )

    def _entered(self, official: "Official") -> None:
        self.login.button.setEnabled(True)
        self.login.password.clear()
        if not hasattr(self, "frame"):
            self._build_frame()
            self._minute.start()
            gc.freeze()  # what was loaded to get here lives as long as the window: the collector need not walk it again
        self.who.setText(official.name)
        self._show_frame(official.id)
        self._each_minute()

    def _show_frame(self, official_id: str) -> None:
        """Back to work; whoever locked the desk finds it as it was, somebody else finds it tidied."""
        behind, self._behind = self._behind, None
        same = behind is not None and behind.official == official_id
        if not same:
            for page in self._pages.values():
                page.official_changed()
        self.screens.setCurrentWidget(self.frame)
        self._watch_idle()
        self.open_page(self._current_name())
        if behind is not None:
            behind.come_back() if same else behind.give_up()

    def lock(self) -> None:
        """Locks the screen; what is being typed behind it stays."""
        self._idle.stop()
        self._locked = True
        self._ask_password(_("Màn hình đã khóa"), _("Nhập mật khẩu để làm tiếp; những gì đang gõ vẫn còn."))

    def switch(self) -> None:
        """Another clerk takes the desk."""
        self._locked = False
        self._ask_password(_("Đổi người dùng"), _("↑ ↓ chọn tên, nhập mật khẩu, Enter. Esc: thôi, không đổi."))

    def _stay(self) -> None:
        """Esc while switching: nobody else came, the same official works on. A locked screen stays locked."""
        if self._behind is not None and not self._locked:
            self._show_frame(self._behind.official)

    def _ask_password(self, title: str, hint: str) -> None:
        official = self.desk.official
        assert official is not None, "keys and timer of the lock live while somebody is at the desk"
        if self._behind is None:
            self._behind = Behind(official.id, self.focusWidget(), self._put_away_dialogs())
        self.login.ask(title, hint, official.id)
        self.screens.setCurrentWidget(self.login)
        self.login.password.setFocus()
        desk = self.desk
        background.run(self, lambda: _officials(desk), self.login.offer)  # one may have been added meanwhile

    def _put_away_dialogs(self) -> list[QDialog]:
        """Nothing may be read over the lock: the window's own dialogs wait behind it, a question of theirs is left."""
        shown = [dialog for dialog in self.findChildren(QDialog) if dialog.isVisible()]
        own = [dialog for dialog in shown if dialog.parent() is self]
        for dialog in reversed(shown):
            dialog.hide() if dialog in own else dialog.reject()
        return own

    def _watch_idle(self) -> None:
        minutes = int(self.desk.settings["idle_minutes"])
        _application().removeEventFilter(self)
        self._idle.stop()
        if minutes:
            self._idle.setInterval(minutes * 60_000)
            self._idle.start()
            _application().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT and self._idle.isActive():
            self._idle.start()
        return False

    # --- the frame -------------------------------------------------------------------------------------------------

    def _build_frame(self) -> None:
        self.frame = QWidget()
        self.frame.setObjectName("page")
        self.stack = QStackedWidget()
        self.notices = notices.NoticeBar()
        self._scanner()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._rail())
        middle.addWidget(self.stack, 1)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        if self.desk.practice:
            banner = texts.plain(QLabel(_(PRACTICE_BANNER)))
            banner.setObjectName("practice")
            column.addWidget(banner)
        column.addLayout(middle, 1)
        column.addWidget(self.notices)
        self.screens.addWidget(self.frame)

    def _header(self) -> QWidget:
        header = QFrame()
        header.setObjectName("header")
        row = QHBoxLayout(header)
        row.setContentsMargins(14, 6, 10, 6)
        self.unit = texts.words(self._unit_text())
        row.addWidget(self.unit, 1)
        row.addWidget(texts.button(_("Tìm mọi thứ"), self.open_palette, "Ctrl+K", self.frame))
        self.who = texts.plain(QLabel())
        row.addWidget(self.who)
        row.addWidget(texts.button(_("Đổi người"), self.switch, "Ctrl+U", self.frame))
        row.addWidget(texts.button(_("Khóa"), self.lock, "Ctrl+L", self.frame))
        return header

    def _unit_text(self) -> str:
        return f"{self.desk.settings['unit_name']} · {self.desk.settings['desk_name']}"

    def settings_changed(self) -> None:
        """Saved settings hold at once."""
        self.unit.setText(self._unit_text())
        self._watch_idle()

    def _rail(self) -> QWidget:
        rail = QFrame()
        rail.setObjectName("rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        self._tabs: dict[str, QPushButton] = {}
        for page in pages.on_rail(self.desk):
            tab = _tab(_(page.words), page.key)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(partial(self.open_page, page.name))
            texts.shortcut(self.frame, page.key, partial(self.open_page, page.name))
            column.addWidget(tab)
            self._tabs[page.name] = tab
        column.addStretch(1)
        return rail

    def _scanner(self) -> None:
        from ui.widgets.scanner import ScannerFilter

        self.scanner = ScannerFilter(_application())
        self.scanner.scanned.connect(self.scanned)

    def scanned(self, text: str) -> None:
        """A scan, wherever the focus is: for the page that shows, else a card goes to intake, a code to its dossier."""
        if self.screens.currentWidget() is not self.frame:
            return
        page = self.stack.currentWidget()
        if page.scanned(text):  # type: ignore[union-attr]
            return
        if "|" in text:
            self.open_page("intake")
            self._pages["intake"].scanned(text)
        else:
            self.open_dossier(text)

    # --- what pages ask for ----------------------------------------------------------------------------------------

    def open_page(self, name: str) -> None:
        """Shows a page, made when it is first asked for."""
        if name not in self._pages:
            self._pages[name] = pages.BY_NAME[name].make(self.desk, self)
            self.stack.addWidget(self._pages[name])
        if name in self._tabs:
            self._tabs[name].setChecked(True)
        page = self._pages[name]
        self.stack.setCurrentWidget(page)
        page.shown()
        self._count_again()

    def open_dossier(self, code: str) -> None:
        self.open_page("dossier")
        self._pages["dossier"].open(code)

    def open_palette(self) -> None:
        """Everything that can be found or done from here, by a few letters."""
        from ui.palette import Palette, commands

        here = self._pages[self._current_name()]
        Palette(self.desk, self, commands((here, self.frame)), self).open()

    def open_registration(self, portal_code: str) -> None:
        self.open_page("intake")
        self._pages["intake"].open(portal_code)

    def open_letter(self, code: str) -> None:
        self.open_page("overdue")
        self._pages["overdue"].open(code)

    def preview(self, code: str, kind: str, letter_id: str | None = None) -> None:
        from ui.printing import paper_of

        self.show_paper(paper_of(self.desk, code, kind, letter_id))

    def show_paper(self, paper: "Paper") -> None:
        from ui.printing import PreviewDialog

        dialog = PreviewDialog(self.desk, paper, self)
        if self._behind is None:
            dialog.open()
        else:
            self._behind.dialogs.append(dialog)  # the desk was locked meanwhile: it opens with the desk

    def page(self, name: str) -> "Page":
        """The page called `name`, which was opened before."""
        return self._pages[name]

    def _current_name(self) -> str:
        shown = self.stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "today")

    # --- the day ---------------------------------------------------------------------------------------------------

    def _each_minute(self) -> None:
        """Counts again; the first minute of a new day also makes its copy of the data."""
        self._count_again()
        today = self.desk.now().date()
        if self._copied != today:
            self._copied = today
            self._daily_backup()

    def _count_again(self) -> None:
        desk = self.desk
        background.run(self, lambda: _standing(desk), self._show_standing)

    def _show_standing(self, standing: Standing) -> None:
        for name, count in (("today", standing.due_today), ("overdue", standing.letters_owed)):
            words = _(pages.BY_NAME[name].words)
            self._tabs[name].setText(f"{words} ({count})" if count else words)
            self._tabs[name].setAccessibleName(f"{words}: {count}")
        self.notices.rest(" · ".join(part for part in (standing.last, self._copy) if part))

    def _daily_backup(self) -> None:
        from cchc_desk.actions import upkeep

        desk = self.desk
        background.run(self, lambda: upkeep.backup(desk), self._backed_up)

    def _backed_up(self, file: Path) -> None:
        self._copy = _("Bản sao gần nhất {name}").format(name=file.name)
        sheet = partial(self.preview, "", "morning")
        notices.say(_("Đã có bản sao dữ liệu hôm nay: {name}").format(name=file.name), _("Xem phiếu buổi sáng"), sheet)

    def come_forward(self) -> None:
        """A second start of the program: this window comes to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        for page in self._pages.values():
            page.leaving()
        self._idle.stop()
        self._minute.stop()
        _application().removeEventFilter(self)
        if hasattr(self, "scanner"):
            self.scanner.stop()
        background.finish()
        if self._desk is not None:
            self._desk.close()
        super().closeEvent(event)


def paths_exist(folder: Path) -> bool:
    """Whether a desk was set up here; asked before anything heavy is imported."""
    from cchc_desk import paths

    return paths.database_file(folder).exists()


def _open(folder: Path, clock: "Clock | None") -> "tuple[Desk, tuple[Official, ...]]":
    from cchc_desk.actions import accounts

    desk = accounts.open_desk(folder, clock) if clock else accounts.open_desk(folder)
    return desk, accounts.list_officials(desk)


def _officials(desk: "Desk") -> "tuple[Official, ...]":
    from cchc_desk.actions import accounts

    return accounts.list_officials(desk)


def _standing(desk: "Desk") -> Standing:
    from cchc_desk.actions import progress

    board = progress.day_board(desk)
    newest = progress.find_dossiers(desk, limit=1, order="accepted")
    last = (
        _("Hồ sơ mới nhất {code} lúc {accepted:%H:%M %d/%m}").format(code=newest[0].code, accepted=newest[0].accepted)
        if newest
        else ""
    )
    return Standing(len(board.due_today), len(board.letters_owed), last)


def _enter(desk: "Desk", official_id: str, password: str) -> "Official":
    from cchc_desk.actions import accounts

    return accounts.log_in(desk, official_id, password)


def _tab(words: str, key: str) -> QPushButton:
    """A button of the rail: its words at the left, its key at the right."""
    tab = QPushButton(words)
    tab.setAccessibleName(words)
    tab.setProperty("words", words)
    tab.setProperty("key", key)
    beside = texts.words(key, "quiet", wrap=False)
    beside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    row = QHBoxLayout(tab)
    row.setContentsMargins(0, 0, 12, 0)
    row.addStretch(1)
    row.addWidget(beside)
    return tab


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def _icon() -> QIcon:
    picture = QPixmap(64, 64)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setBrush(Qt.GlobalColor.darkCyan)
    painter.drawRoundedRect(4, 4, 56, 56, 10, 10)
    painter.end()
    return QIcon(picture)
