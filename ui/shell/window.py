"""The window: who is at the desk, the lock, the language it speaks, and what its pages ask of
it.
"""

import gc
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QWidget,
)
from shiboken6 import isValid

from cchc_desk.i18n import LANGUAGES, _
from ui.citizen_screen import citizen_events
from ui.help.tour import Stop
from ui.look import qt_words, style, texts
from ui.look.icons import program_icon
from ui.shell import appearance, jobs, notices
from ui.shell.frame import PRACTICE_BANNER, Frame
from ui.shell.login import LoginPage
from ui.shell.table_memory import DeskTables
from ui.widgets.keys import composing, pasted
from ui.widgets.tables.table import Table

if TYPE_CHECKING:
    from cchc_desk.domain.law.procedure import ProcedureVersion
    from cchc_desk.domain.people.officials import Official
    from cchc_desk.session import Clock, Desk
    from ui.citizen_screen.window import Mirror
    from ui.city.courier import Courier
    from ui.documents.printing import Paper
    from ui.first_run.wizard import Wizard
    from ui.help.window import HelpWindow
    from ui.shell.page import Page

SERVING = frozenset({"intake", "return"})  # the pages whose citizen may see the mirror
_MINUTE_MS = 60_000
_REST_MS = 5_000  # after a sign of life; the lock may come so much early
_INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel}


@dataclass(frozen=True)
class Standing:
    """What the frame tells at a glance: the counts on the rail by page, and the dossier taken in
    last.
    """

    counts: dict[str, int]
    last: str


@dataclass
class Behind:
    """What waits behind the lock: who was at the desk, how they like it, the focus, the dialogs
    that were open.
    """

    official: str
    liked: appearance.Liking
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
        self._frame: Frame | None = None
        self.setWindowIcon(program_icon())
        self.resize(1366, 740)
        self.setMinimumSize(880, 480)
        self.screens = QStackedWidget()
        self.setCentralWidget(self.screens)
        composing.watch(_application())
        pasted.watch(_application())
        self._look_keys = appearance.LookKeys(lambda: self._liked, self.like)
        self._wear(appearance.recall(folder))
        self._make_login()
        self.login.password.setFocus()
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self.lock)
        self._listening = QTimer(self, singleShot=True, interval=_REST_MS)
        self._listening.timeout.connect(self._listen)
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self._each_minute)
        self._behind: Behind | None = None
        self.mirror: Mirror | None = None
        self.help: HelpWindow | None = None
        self._first_time = False  # the desk was set up just now: who logs in first is shown around
        self._locked = False
        self._before_dossier = "dossiers"  # the page from which a dossier was opened
        self._courier: Courier | None = None
        self._copied: date | None = None
        self._copy = ""

    def _make_login(self) -> None:
        self.login = LoginPage()
        self.login.entered.connect(self._log_in)
        self.login.again.connect(self.begin)
        self.login.left.connect(self._stay)
        self._let_choose_look(self.login)
        self.screens.addWidget(self.login)

    def _let_choose_look(self, page: "LoginPage | Wizard") -> None:
        """Before anybody has logged in, too, the window can be read by whoever sits there."""
        self._look_keys.put_on(page)
        page.speak.connect(self.speak_other)

    @property
    def courier(self) -> "Courier":
        """Carries the desk's days to the city, whatever page is in front."""
        from ui.city.courier import Courier

        if self._courier is None:
            self._courier = Courier(self.desk, self)
            self._courier.changed.connect(self._count_again)
        return self._courier

    @property
    def desk(self) -> "Desk":
        assert self._desk is not None, "pages exist only while a desk is open"
        return self._desk

    # --- opening ----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Opens the desk in the background, or begins the first run where there is none."""
        if not paths_exist(self.folder):
            self._first_run()
            return
        folder, clock = self.folder, self._clock
        jobs.run(self, lambda: _open(folder, clock), self._opened, self._not_opened)

    def _opened(self, opened: "tuple[Desk, tuple[Official, ...]]") -> None:
        self._desk, officials = opened
        self._wear(self._liked)  # in the colours of its ward
        self._greet()
        self.login.offer(officials)

    def _greet(self) -> None:
        if self.desk.practice:
            self.login.hint.setText(
                _("{banner}. Mật khẩu của mọi người: practice").format(banner=_(PRACTICE_BANNER))
            )
        else:
            self.login.hint.setText(self._unit_text())

    def _not_opened(self, error: Exception) -> None:
        self.login.not_opened(str(error))

    def _first_run(self) -> None:
        from ui.first_run.wizard import Wizard

        wizard = Wizard(self.folder)
        wizard.finished.connect(self._set_up)
        self._let_choose_look(wizard)
        self.screens.addWidget(wizard)
        self.screens.setCurrentWidget(wizard)
        wizard.begin()

    def _set_up(self, folder: Path) -> None:
        self.folder = folder
        self._first_time = True
        wizard = self.screens.currentWidget()
        assert wizard is not None  # the one that has just finished
        self.screens.setCurrentWidget(self.login)
        self.screens.removeWidget(wizard)  # its keys must not stand on the key card
        wizard.deleteLater()
        self.login.password.setFocus()
        self.begin()

    # --- who is at the desk -----------------------------------------------------------------------

    def _log_in(self, official_id: str, password: str) -> None:
        desk = self.desk
        self.login.button.setEnabled(False)
        jobs.run(
            self,
            lambda: _enter(desk, official_id, password),
            self._entered,
            lambda error: self.login.refuse(error.message),
        )

    def _entered(self, entered: "tuple[Official, dict[str, Any]]") -> None:
        official, liked = entered
        Table.memory = DeskTables(self.desk, liked["tables"], self)
        self.login.button.setEnabled(True)
        self.login.password.clear()
        if self._frame is None:
            self._wear(liked)
            self._build_frame()
            if self.frame.lesson:
                self.frame.lesson.came_back()
            self._scanner()
            self._minute.start()
            # what was loaded to get here lives as long as the window: the collector need not walk
            # it again
            gc.freeze()
        elif liked["language"] != self._liked["language"]:
            self._wear(liked)
            self._make_anew()
        else:
            self._wear(liked)
            self.frame.dressed()
        self.who.setText(official.name)
        self._show_frame(official.id)
        self._each_minute()
        if self._first_time and not liked["tour_seen"]:
            self._first_time = False
            self.open_tour()

    def _show_frame(self, official_id: str) -> None:
        """Back to work; whoever locked the desk finds it as it was, somebody else finds it
        tidied.
        """
        behind, self._behind = self._behind, None
        same = behind is not None and behind.official == official_id
        if not same:
            for page in self.frame.pages.values():
                page.official_changed()
            for table in self.frame.findChildren(Table):
                table.recall()
            self.frame.courtesy.official_changed()
        self.screens.setCurrentWidget(self.frame)
        self._watch_idle()
        self.open_page(self.frame.current)
        if behind is not None:
            behind.come_back() if same else behind.give_up()

    def lock(self) -> None:
        """Locks the screen; what is being typed behind it stays."""
        citizen_events.quiet()
        self._idle.stop()
        self._locked = True
        self._ask_password(
            _("Màn hình đã khóa"), _("Nhập mật khẩu để làm tiếp; những gì đang gõ vẫn còn.")
        )

    def switch(self) -> None:
        """Another clerk takes the desk."""
        citizen_events.quiet()
        self._locked = False
        self._ask_password(
            _("Đổi người dùng"), _("↑ ↓ chọn tên, nhập mật khẩu, Enter. Esc: thôi, không đổi.")
        )

    def _stay(self) -> None:
        """Esc while switching: nobody else came, the same official works on. A locked screen stays
        locked.
        """
        if self._behind is not None and not self._locked:
            self._wear(self._behind.liked)
            self.frame.dressed()
            self._show_frame(self._behind.official)

    def _ask_password(self, title: str, hint: str) -> None:
        official = self.desk.official
        assert official is not None, "keys and timer of the lock live while somebody is at the desk"
        if self._behind is None:
            self._behind = Behind(
                official.id, self._liked, self.focusWidget(), self._put_away_dialogs()
            )
        self.login.ask(title, hint, official.id)
        self.screens.setCurrentWidget(self.login)
        self.login.password.setFocus()
        desk = self.desk
        jobs.run(
            self, lambda: _officials(desk), self.login.offer
        )  # one may have been added meanwhile

    def _put_away_dialogs(self) -> list[QDialog]:
        """Nothing may be read over the lock: the window's own dialogs wait behind it, a question of
        theirs is left.
        """
        shown = [dialog for dialog in self.findChildren(QDialog) if dialog.isVisible()]
        own = [dialog for dialog in shown if dialog.parent() is self]
        for dialog in reversed(shown):
            dialog.hide() if dialog in own else dialog.reject()
        return own

    def _watch_idle(self) -> None:
        minutes = int(self.desk.settings["idle_minutes"])
        self._idle.stop()
        if minutes:
            self._idle.start(minutes * 60_000)
        self._listen()

    def _listen(self) -> None:
        """Waits for a sign that somebody is here."""
        self._listening.stop()
        _application().removeEventFilter(self)
        if self._idle.isActive():
            _application().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT and self._idle.isActive():
            self._idle.start()
            _application().removeEventFilter(
                self
            )  # asked of every event, it would slow each key: rest a while
            self._listening.start()
        return False

    # --- the frame --------------------------------------------------------------------------------

    def _build_frame(self) -> None:
        """The frame in the language in use, in place of one that spoke another."""
        self._frame = Frame(
            self.desk,
            self,
            (
                (_("Tìm mọi thứ"), "Ctrl+K", "search", self.open_palette),
                (_("Trợ giúp"), "F1", "help", self.open_help),
                (_("Đổi người"), "Ctrl+U", "switch", self.switch),
                (_("Khóa"), "Ctrl+L", "lock", self.lock),
            ),
            (
                (_("Màn hình dân"), "Ctrl+M", "mirror", self.toggle_mirror),
                (LANGUAGES[appearance.next_language()], "Ctrl+T", "language", self.speak_other),
            ),
        )
        texts.shortcut(self._frame, "Ctrl+F1", self.open_tour)
        self._look_keys.put_on(self._frame)
        if self.frame.lesson:
            self.frame.lesson.scanned.connect(self.scanned)
        self.frame.unit.setText(self._unit_text())
        self.screens.addWidget(self.frame)

    def speak_other(self) -> None:
        self.like("language", appearance.next_language())

    def like(self, key: str, value: Any) -> None:
        """Another language, theme or type size at once, and from now on for who is at the desk."""
        liked = {**self._liked, key: value}
        if self._frame is None or self.screens.currentWidget() is not self._frame:
            self._like_before_entering(key, liked)
            return
        from cchc_desk.actions.office.preferences import keep_preference

        desk = self.desk
        if key == "language":
            jobs.run(
                self,
                lambda: keep_preference(desk, key, value),
                lambda _kept: self._show_anew(liked),
            )
        else:
            self._wear(liked)
            self.frame.dressed()
            jobs.run(self, lambda: keep_preference(desk, key, value), lambda _kept: None)

    def _like_before_entering(self, key: str, liked: appearance.Liking) -> None:
        """Whoever logs in then has their own again. A locked window keeps its language: pages wait
        behind the lock.
        """
        if key != "language":
            self._wear(liked)
        elif self._frame is None:
            self._wear(liked)
            old = self.screens.currentWidget()
            assert old is not None, "the log-in page or the first run"
            if isinstance(old, LoginPage):
                self._make_login()
                if self._desk is not None:
                    self._greet()
                self.login.take_over(old)
                self.screens.setCurrentWidget(self.login)
            else:
                self._first_run()
            self.screens.removeWidget(old)
            old.deleteLater()

    def _show_anew(self, liked: dict[str, Any]) -> None:
        """Everything is made anew as it is liked now; the page that showed shows again, what was
        typed comes back.
        """
        before, who = self.frame.current, self.who.text()
        showed = self.page(before).showing()
        for page in self.frame.pages.values():
            page.leaving()
        self._wear(liked)
        self._make_anew()
        self.who.setText(who)
        self.screens.setCurrentWidget(self.frame)
        self.open_page(before)
        if showed:
            self.page(before).open(showed)
        if self.help is not None and isValid(self.help):  # it is gone once it was closed
            topic = self.help.topic()
            self.help.close()
            self.open_help(topic)

    def _wear(self, liked: dict[str, Any]) -> None:
        """Language, colours and type size of who is at the desk."""
        self._liked = liked
        practice = self._desk is not None and self._desk.practice
        qt_words.speak(liked["language"])
        style.apply(_application(), practice, liked["theme"], liked["text_size"])
        self.setWindowTitle(_("CCHC Desk – Bàn một cửa"))
        folder = self.folder
        jobs.run(self, lambda: appearance.keep(folder, liked), lambda _kept: None)

    def _make_anew(self) -> None:
        old = (self.frame, self.login)
        self._make_login()
        self._greet()
        self._build_frame()
        for widget in old:
            self.screens.removeWidget(widget)
            widget.deleteLater()

    @property
    def frame(self) -> Frame:
        assert self._frame is not None, "the frame exists once somebody has logged in"
        return self._frame

    @property
    def stack(self) -> QStackedWidget:
        return self.frame.stack

    @property
    def notices(self) -> notices.NoticeBar:
        return self.frame.notices

    @property
    def who(self) -> QLabel:
        return self.frame.who

    def _unit_text(self) -> str:
        return f"{self.desk.settings['unit_name']} · {self.desk.settings['desk_name']}"

    def settings_changed(self) -> None:
        """Saved settings hold at once."""
        self.frame.unit.setText(self._unit_text())
        self._watch_idle()

    def _scanner(self) -> None:
        from ui.widgets.keys.scanner import ScannerFilter

        self.scanner = ScannerFilter(_application())
        self.scanner.scanned.connect(self.scanned)

    def scanned(self, text: str) -> None:
        """A scan, wherever the focus is: for the page that shows, else a card goes to intake, a
        code to its dossier.
        """
        if self.screens.currentWidget() is not self._frame:
            return
        page = self.stack.currentWidget()
        if page.scanned(text):  # type: ignore[union-attr]
            return
        if "|" in text:
            self.open_page("intake")
            self.page("intake").scanned(text)
        else:
            self.open_dossier(text)

    # --- what pages ask for -----------------------------------------------------------------------

    def open_page(self, name: str) -> None:
        """Shows a page, made when it is first asked for."""
        if name not in SERVING:
            citizen_events.quiet()
        self.frame.show_page(name)
        self._count_again()

    def open_dossier(self, code: str) -> None:
        if self.frame.current != "dossier":
            self._before_dossier = self.frame.current
        self.open_page("dossier")
        self.page("dossier").open(code)

    def find_dossiers(self, query: str) -> None:
        self.open_page("dossiers")
        self.page("dossiers").open(query)

    def begin_intake(self, procedure: "ProcedureVersion") -> None:
        from ui.intake.page import IntakePage

        self.open_page("intake")
        page = self.page("intake")
        assert isinstance(page, IntakePage)
        page.begin(procedure)

    def show_return(self, code: str) -> None:
        self.open_page("return")
        self.page("return").open(code)

    def back(self) -> None:
        self.open_page(self._before_dossier)

    def open_palette(self) -> None:
        """Everything that can be found or done from here, by a few letters."""
        from ui.shell.palette import Palette, commands

        here = self.page(self.frame.current)
        Palette(self.desk, self, commands((here, self.frame)), self).open()

    def toggle_mirror(self) -> None:
        """Opens the citizen's mirror, or closes it."""
        from ui.citizen_screen.window import Mirror

        before, self.mirror = self.mirror, None
        shown = before is not None and isValid(before) and before.isVisible()
        if before is not None and isValid(before):
            before.close()
            before.deleteLater()
        if shown:
            return
        self.mirror = Mirror(self.desk, self)
        self.mirror.show()
        (self if self.mirror.apart else self.mirror).activateWindow()
        if not self.mirror.apart:
            notices.say(
                _(
                    "Máy chỉ có một màn hình: màn hình cho công dân đang mở phía trước. Esc hoặc "
                    "Ctrl+M đóng."
                )
            )

    def open_help(self, topic: str = "") -> None:
        """The help on `topic`, else for the page in front."""
        from ui.help.window import HelpWindow

        made: dict[str, QWidget] = dict(self.frame.pages)
        self.help = HelpWindow(self.desk, self, made, self.open_tour, self)
        self.help.open_topic(topic or self.frame.current)
        self.help.show()

    def open_tour(self) -> None:
        """Seven sentences about the window, for who sits here for the first time."""
        from ui.help.tour import Tour

        desk = self.desk
        seen = partial(keep_seen, desk)
        Tour(self._tour_stops(), lambda: jobs.run(self, seen, lambda _kept: None), self).open()

    def _tour_stops(self) -> list[Stop]:
        tabs, keys = self.frame.tabs, self.frame.keys
        return [
            Stop(_("Mỗi trang một việc; phím mở trang ghi ngay bên cạnh."), tabs["today"]),
            Stop(
                _(
                    "F2 tiếp nhận: quét thẻ; vài chữ của thủ tục, Enter; thời hạn nếu được hỏi, "
                    "Enter; A; F9 hai lần là in giấy hẹn."
                ),
                tabs["intake"],
            ),
            Stop(
                _("F4 trả kết quả: quét giấy hẹn. Kết quả không bao giờ bị giữ lại."),
                tabs["return"],
            ),
            Stop(
                _("F5 trễ hẹn: báo trước, xin lỗi bằng văn bản, hẹn lại tối đa một lần."),
                tabs["overdue"],
            ),
            Stop(
                _("Ctrl+K tìm mọi thứ: hồ sơ, người, thủ tục, và mọi phím của trang này."),
                keys["Ctrl+K"],
            ),
            Stop(_("F1 mở trợ giúp của đúng trang đang đứng."), keys["F1"]),
            Stop(_("Rời quầy thì khóa: Ctrl+L. Phần đang gõ vẫn còn."), keys["Ctrl+L"]),
        ]

    def open_registration(self, portal_code: str) -> None:
        self.open_page("intake")
        self.page("intake").open(portal_code)

    def open_letter(self, code: str) -> None:
        self.open_page("overdue")
        self.page("overdue").open(code)

    def preview(self, code: str, kind: str, letter_id: str | None = None) -> None:
        from ui.documents.printing import paper_of

        self.show_paper(paper_of(self.desk, code, kind, letter_id))

    def show_paper(self, paper: "Paper") -> None:
        from ui.documents.printing import PreviewDialog

        dialog = PreviewDialog(self.desk, paper, self)
        if self._behind is None:
            dialog.open()
        else:
            self._behind.dialogs.append(
                dialog
            )  # the desk was locked meanwhile: it opens with the desk

    def page(self, name: str) -> "Page":
        """The page called `name`, which was opened before."""
        return self.frame.pages[name]

    # --- the day ----------------------------------------------------------------------------------

    def _each_minute(self) -> None:
        """Counts again; the first minute of a new day also makes its copy of the data."""
        self._count_again()
        self.courier.each_minute()
        today = self.desk.now().date()
        if self._copied != today:
            self._copied = today
            self._daily_backup()

    def _count_again(self) -> None:
        desk = self.desk
        jobs.run(self, lambda: _standing(desk), self._show_standing)

    def _show_standing(self, standing: Standing) -> None:
        for name, count in standing.counts.items():
            self.frame.count(name, count)
        copy = _("Bản sao gần nhất {name}").format(name=self._copy) if self._copy else ""
        self.notices.rest(" · ".join(part for part in (standing.last, copy) if part))

    def _daily_backup(self) -> None:
        from cchc_desk.actions.office import upkeep

        desk = self.desk
        jobs.run(self, lambda: upkeep.backup(desk), self._backed_up)

    def _backed_up(self, file: Path) -> None:
        from ui.shell import ledger_check

        self._copy = file.name
        sheet = partial(self.preview, "", "morning")
        notices.say(
            _("Đã có bản sao dữ liệu hôm nay: {name}").format(name=file.name),
            _("Xem phiếu buổi sáng"),
            sheet,
        )
        ledger_check.check_today(self, self.desk)

    def come_forward(self) -> None:
        """A second start of the program: this window comes to the front."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        for page in self._frame.pages.values() if self._frame else ():
            page.leaving()
        self._idle.stop()
        self._minute.stop()
        _application().removeEventFilter(self)
        if hasattr(self, "scanner"):
            self.scanner.stop()
        jobs.finish()
        if self._desk is not None:
            self._desk.close()
        super().closeEvent(event)


def paths_exist(folder: Path) -> bool:
    """Whether a desk was set up here; asked before anything heavy is imported."""
    from cchc_desk import paths

    return paths.database_file(folder).exists()


def _open(folder: Path, clock: "Clock | None") -> "tuple[Desk, tuple[Official, ...]]":
    from cchc_desk.actions.office import accounts

    desk = accounts.open_desk(folder, clock) if clock else accounts.open_desk(folder)
    return desk, accounts.list_officials(desk)


def _officials(desk: "Desk") -> "tuple[Official, ...]":
    from cchc_desk.actions.office import accounts

    return accounts.list_officials(desk)


def _standing(desk: "Desk") -> Standing:
    """Seven counts that matter, each beside the page where it is worked on."""
    from cchc_desk.actions.city import schedule
    from cchc_desk.actions.dossiers import progress, supplements
    from cchc_desk.actions.intake import before_acceptance

    board = progress.day_board(desk)
    newest = progress.find_dossiers(desk, limit=1, order="accepted")
    last = (
        _("Hồ sơ mới nhất {code} lúc {accepted:%H:%M %d/%m}").format(
            code=newest[0].code, accepted=newest[0].accepted
        )
        if newest
        else ""
    )
    counts = {
        "today": len(board.due_today),
        "intake": len(before_acceptance.waiting(desk)),
        "dossiers": len(board.late),
        "return": progress.ready_to_return(desk),
        "overdue": len(board.letters_owed),
        "registers": len(supplements.supplements(desk).not_told),
        "city": schedule.waiting(desk),
    }
    return Standing(counts, last)


def _enter(desk: "Desk", official_id: str, password: str) -> "tuple[Official, dict[str, Any]]":
    from cchc_desk.actions.office import accounts
    from cchc_desk.actions.office.preferences import preferences

    return accounts.log_in(desk, official_id, password), preferences(desk)


def keep_seen(desk: "Desk") -> None:
    """Who is at the desk has been shown around."""
    from cchc_desk.actions.office.preferences import keep_preference

    keep_preference(desk, "tour_seen", True)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
