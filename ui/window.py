"""The window: header, rail of pages, the page itself, notices; who is at the desk, and the lock."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QPainter, QPixmap
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import background, notices
from ui.login.page import LoginPage
from ui.look import style, texts

if TYPE_CHECKING:
    from cchc_desk.desk import Clock, Desk
    from cchc_desk.domain.officials import Official
    from ui.page import Page

# name, words, key: the rail, from top to bottom
PAGES = (
    ("today", "Hôm nay", "F6"),
    ("intake", "Tiếp nhận", "F2"),
    ("dossiers", "Hồ sơ", "F3"),
    ("return", "Trả kết quả", "F4"),
    ("overdue", "Trễ hẹn", "F5"),
    ("settings", "Cài đặt", "F12"),
)
PRACTICE_BANNER = "PHƯỜNG TẬP HUẤN – người giả, số liệu giả, giấy tờ không có giá trị"
_INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}


class Window(QMainWindow):
    """The one window. It shows before the desk is open; `begin` opens it in the background."""

    server: QLocalServer

    def __init__(self, folder: Path, clock: "Clock | None" = None) -> None:
        super().__init__()
        self.folder = folder
        self._clock = clock
        self._desk: Desk | None = None
        self._pages: dict[str, Page] = {}
        self.setWindowTitle("CCHC Desk – Bàn một cửa")
        self.setWindowIcon(_icon())
        self.resize(1366, 740)
        self.setMinimumSize(880, 480)
        self.login = LoginPage()
        self.login.entered.connect(self._log_in)
        self.screens = QStackedWidget()
        self.screens.addWidget(self.login)
        self.setCentralWidget(self.screens)
        self.login.password.setFocus()
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)

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
            self.login.hint.setText(f"{PRACTICE_BANNER}. Mật khẩu của mọi người: practice")
        else:
            self.login.hint.setText(f"{self.desk.settings['unit_name']} · {self.desk.settings['desk_name']}")
        self.login.offer(officials)

    def _not_opened(self, error: Exception) -> None:
        self.login.refuse(str(error))

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
            self._daily_backup()
        self.who.setText(f"{official.name}")
        for page in self._pages.values():
            page.official_changed()
        self.screens.setCurrentWidget(self.frame)
        self._watch_idle()
        self.open_page(self._current_name())

    def lock(self) -> None:
        """Locks the screen; what is being typed behind it stays."""
        self._ask_password("Màn hình đã khóa", "Nhập mật khẩu để làm tiếp; những gì đang gõ vẫn còn.")

    def switch(self) -> None:
        """Another clerk takes the desk."""
        self._ask_password("Đổi người dùng", "↑ ↓ chọn tên, nhập mật khẩu, Enter.")

    def _ask_password(self, title: str, hint: str) -> None:
        if self.screens.currentWidget() is not getattr(self, "frame", None):
            return
        self._idle.stop()
        here = self.focusWidget()
        self._focus_before: QWidget | None = here
        self.login.ask(title, hint)
        self.screens.setCurrentWidget(self.login)
        self.login.password.setFocus()

    def _watch_idle(self) -> None:
        minutes = int(self.desk.settings["idle_minutes"])
        _application().removeEventFilter(self)
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
            banner = texts.plain(QLabel(PRACTICE_BANNER))
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
        settings = self.desk.settings
        unit = texts.plain(QLabel(f"{settings['unit_name']} · {settings['desk_name']}"))
        row.addWidget(unit, 1)
        self.who = texts.plain(QLabel())
        row.addWidget(self.who)
        row.addWidget(texts.button("Đổi người", self.switch, "Ctrl+U", self.frame))
        row.addWidget(texts.button("Khóa", self.lock, "Ctrl+L", self.frame))
        return header

    def _rail(self) -> QWidget:
        rail = QFrame()
        rail.setObjectName("rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        self._tabs: dict[str, QPushButton] = {}
        for name, words, key in PAGES:
            tab = QPushButton(f"{words}   {key}")
            tab.setAccessibleName(words)
            tab.setCheckable(True)
            tab.setAutoExclusive(True)
            tab.clicked.connect(partial(self.open_page, name))
            texts.shortcut(self.frame, key, partial(self.open_page, name))
            column.addWidget(tab)
            self._tabs[name] = tab
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
            self._pages[name] = self._make(name)
            self.stack.addWidget(self._pages[name])
        if name in self._tabs:
            self._tabs[name].setChecked(True)
        page = self._pages[name]
        self.stack.setCurrentWidget(page)
        page.shown()

    def open_dossier(self, code: str) -> None:
        self.open_page("dossier")
        self._pages["dossier"].open(code)

    def open_letter(self, code: str) -> None:
        self.open_page("overdue")
        self._pages["overdue"].open(code)

    def preview(self, code: str, kind: str, letter_id: str | None = None) -> None:
        from ui.printing import PreviewDialog

        PreviewDialog(self.desk, code, kind, letter_id, self).open()

    def page(self, name: str) -> "Page":
        """The page called `name`, which was opened before."""
        return self._pages[name]

    def _current_name(self) -> str:
        shown = self.stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "today")

    def _make(self, name: str) -> "Page":
        return _MAKERS[name](self)

    # --- the day ---------------------------------------------------------------------------------------------------

    def _daily_backup(self) -> None:
        from cchc_desk.actions import upkeep

        desk = self.desk
        background.run(
            self, lambda: upkeep.backup(desk), lambda file: notices.say(f"Đã có bản sao dữ liệu hôm nay: {file.name}")
        )

    def come_forward(self) -> None:
        """A second start of the program: this window comes to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        for page in self._pages.values():
            page.leaving()
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


def _enter(desk: "Desk", official_id: str, password: str) -> "Official":
    from cchc_desk.actions import accounts

    return accounts.log_in(desk, official_id, password)


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


def _today(window: Window) -> "Page":
    from ui.today.page import TodayPage

    return TodayPage(window.desk, window)


def _intake(window: Window) -> "Page":
    from ui.intake.page import IntakePage

    return IntakePage(window.desk, window)


def _dossiers(window: Window) -> "Page":
    from ui.dossiers.page import DossiersPage

    return DossiersPage(window.desk, window)


def _dossier(window: Window) -> "Page":
    from ui.dossiers.dossier_page import DossierPage

    return DossierPage(window.desk, window)


def _return(window: Window) -> "Page":
    from ui.dossiers.return_page import ReturnPage

    return ReturnPage(window.desk, window)


def _overdue(window: Window) -> "Page":
    from ui.overdue.page import OverduePage

    return OverduePage(window.desk, window)


def _settings(window: Window) -> "Page":
    from ui.settings.page import SettingsPage

    return SettingsPage(window.desk, window)


_MAKERS: dict[str, Callable[[Window], "Page"]] = {
    "today": _today,
    "intake": _intake,
    "dossiers": _dossiers,
    "dossier": _dossier,
    "return": _return,
    "overdue": _overdue,
    "settings": _settings,
}
