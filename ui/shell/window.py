"""The main window: opens the desk, holds its screens, and implements Shell for the pages."""

import gc
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QStackedWidget, QWidget

from cchc_desk.i18n import LANGUAGES, _
from ui.look import texts
from ui.look.icons import program_icon
from ui.shell import jobs, pages
from ui.shell.entry.login import LoginPage
from ui.shell.entry.opening import Opening
from ui.shell.preferences.appearance import Appearance, WindowAppearance, next_language
from ui.shell.preferences.preference_control import PreferenceControl
from ui.shell.screens import Screens
from ui.shell.upkeep.file_check import FileCheck
from ui.widgets import clipboard
from ui.widgets.keys import commands, composing, pasted, text_cursor

# What is needed only once the desk is open, or at work, is imported then: the first letter of the
# password does not wait for it.
if TYPE_CHECKING:
    from cchc_desk.domain.law.procedure import ProcedureVersion
    from cchc_desk.domain.people.officials import Official
    from cchc_desk.session import Clock, Desk
    from cchc_desk.settings import PaperStep
    from ui.city.courier import Courier
    from ui.documents.printing import Paper
    from ui.shell.beside import Beside
    from ui.shell.entry.access import Access, LockedState
    from ui.shell.frame import Frame
    from ui.shell.notices import NoticeBar
    from ui.shell.page import Page
    from ui.shell.upkeep.daily import DailyWork
    from ui.shell.upkeep.elsewhere import Elsewhere
    from ui.shell.upkeep.waiting_sign import WaitingSign

# The pages whose citizen may see the mirror.
SERVING = frozenset({"intake", "on-the-spot", "return"})


class Window(QMainWindow):
    """The one window. It shows before the desk is open; `begin` opens it in the background."""

    # Once the desk is open:
    access: "Access"
    daily: "DailyWork"
    elsewhere: "Elsewhere"
    waiting_sign: "WaitingSign"  # at a station alone
    beside: "Beside"

    def __init__(self, folder: Path, clock: "Clock | None" = None) -> None:
        super().__init__()
        self._desk: Desk | None = None
        self.setWindowIcon(program_icon())
        self.resize(1366, 740)
        self.setMinimumSize(880, 480)
        self.appearance = WindowAppearance(self, folder, self.set_preference)
        self.screens = Screens(self.appearance, self._make_frame)
        self.setCentralWidget(self.screens)
        commands.watch(_application())
        composing.watch(_application())
        pasted.watch(_application())
        text_cursor.watch(_application())
        self.opening = Opening(folder, clock, self.screens, self)
        self.opening.opened.connect(self._opened)
        self.file_check = FileCheck(self.screens, self)
        self.file_check.restore_wanted.connect(self.restore)
        self.opening.restored.connect(self.file_check.put_right)
        self.screens.restore.connect(self.restore)
        self.preferences = PreferenceControl(self.screens, self)
        self.preferences.rebuilt.connect(self._rebuilt)
        self.screens.next_language.connect(self.preferences.set_next_language)
        self._before_dossier = "dossiers"  # the page from which a dossier was opened

    @property
    def desk(self) -> "Desk":
        assert self._desk is not None, "pages exist only while a desk is open"
        return self._desk

    @property
    def courier(self) -> "Courier":
        return self.daily.courier

    @property
    def login(self) -> LoginPage:
        return self.screens.login

    @property
    def frame(self) -> "Frame":
        return self.screens.frame

    @property
    def stack(self) -> QStackedWidget:
        return self.frame.stack

    @property
    def notices(self) -> "NoticeBar":
        return self.frame.notices

    @property
    def who(self) -> QLabel:
        return self.frame.who

    # --- opening and closing ----------------------------------------------------------------------

    def begin(self) -> None:
        """Opens the desk in the background, or begins the first run where there is none."""
        self.opening.begin()

    def _opened(self, desk: "Desk", officials: "tuple[Official, ...]") -> None:
        from ui.shell.beside import Beside
        from ui.shell.entry.access import Access
        from ui.shell.upkeep.daily import DailyWork
        from ui.shell.upkeep.desk_clock import DeskClock
        from ui.shell.upkeep.elsewhere import Elsewhere
        from ui.shell.upkeep.waiting_sign import WaitingSign

        self._desk = desk
        self.access = Access(desk, self.screens, _application(), self)
        self.access.entered.connect(self._entered)
        self.access.cancelled.connect(self._work_on)
        self.beside = Beside(desk, self)
        self.daily = DailyWork(desk, self)
        self.daily.counted.connect(lambda by_page, line: self.frame.show_counts(by_page, line))
        self.daily.copied.connect(self._check_ledger)
        if desk.on_server:
            self.waiting_sign = WaitingSign(self, self.come_forward)
            self.daily.letters_wait.connect(self.waiting_sign.show)
        self.elsewhere = Elsewhere(desk, lambda: self.frame, self)
        self.elsewhere.changed.connect(self.daily.count)
        self.access.left.connect(self.elsewhere.nobody_here)
        self.daily.sheet_wanted.connect(lambda: self.preview("", "morning"))
        self.clock = DeskClock(desk, lambda: self.page(self.frame.current), self._clock_set, self)
        self.daily.minute.connect(self.clock.look)
        self.appearance.practice = desk.practice
        self.appearance.apply(self.appearance.current)
        self.screens.offer(desk, officials)
        if not desk.on_server:
            self.file_check.watch(self.access, desk.database.file, self.access.idle.timeout)

    def _check_ledger(self) -> None:
        from ui.shell.upkeep import ledger_check

        ledger_check.check_today(self, self.desk, self._show_check)

    def _show_check(self, words: str) -> None:
        """Below the page, in the frame there is now: the one in which it began may be gone."""
        if self.screens.has_frame:
            self.frame.notices.rest(words)

    def restore(self, why: str = "") -> None:
        """Closes the desk, with a copy of it as it is, and leads to the copies."""
        self._close_desk()
        self.opening.restore(why)

    def _close_desk(self) -> None:
        if self.screens.has_frame:
            self.frame.leave()
            self.scanner.stop()
            self.scanner.deleteLater()
            self.daily.copy_at_closing()
            self.beside.close()
        if self._desk is None:
            return
        self.file_check.leave()
        self.access.leave()
        self.daily.stop()
        self.daily.deleteLater()
        self.elsewhere.stop()
        self.elsewhere.deleteLater()
        self.screens.drop_frame()
        desk, self._desk = self._desk, None
        jobs.run(self, desk.close, lambda _none: None)

    def come_forward(self) -> None:
        """Brings this window to the front: the program was started a second time."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.screens.has_frame:
            self.frame.leave()
            self.scanner.stop()
        if self._desk is not None:
            self.access.finish()
            self.daily.stop()
            self.elsewhere.stop()
            if self.screens.has_frame:  # somebody was here: there may be something to copy
                self.daily.copy_at_closing()
        jobs.finish()
        clipboard.clear()
        if self._desk is not None:
            self._desk.close()
        super().closeEvent(event)

    def _page_shown(self) -> QWidget:
        return self.frame.stack.currentWidget() or self

    # --- officials --------------------------------------------------------------------------------

    def _entered(self, official: "Official", preferences: dict[str, Any]) -> None:
        from ui.dossiers.rows import DossierTable
        from ui.shell.preferences.table_memory import DeskTables
        from ui.widgets.tables.table import Table

        DossierTable.short_name = staticmethod(self.desk.short_name)
        Table.memory = DeskTables(
            self.desk, preferences["tables"], self, self.show_paper, self._page_shown
        )
        before, first = self.appearance.current, not self.screens.has_frame
        self.appearance.apply(Appearance.of(preferences))
        if first:
            self._first_entry()
        elif self.appearance.current.language != before.language:
            self.screens.rebuild()
        else:
            self.frame.appearance_changed()
        self.who.setText(official.name)
        self.appearance.keep_last_official(official.id)
        self._show_frame(official.id)
        self.clock.look()  # before anything is promised by it
        self.daily.go_on()
        if self.opening.first_time and not preferences["tour_seen"]:
            self.opening.first_time = False
            self.open_tour()

    def _first_entry(self) -> None:
        from ui.widgets.keys.scanner import ScannerFilter

        self.screens.add_frame()
        if self.frame.lesson:
            self.frame.lesson.came_back()
        self.scanner = ScannerFilter(_application())
        self.scanner.scanned.connect(self.scanned)
        self.daily.start()
        self.elsewhere.start()
        # Loaded so far lives as long as the window: the collector need not walk it again.
        gc.freeze()

    def _work_on(self, state: "LockedState") -> None:
        """Nobody else came after all: the same official goes on."""
        self.appearance.apply(state.appearance)
        self.frame.appearance_changed()
        self._show_frame(state.official)
        self.clock.look()

    def _clock_set(self) -> None:
        """The page in front shows the time that holds now."""
        self.open_page(self.frame.current)

    def _show_frame(self, official_id: str) -> None:
        """Show the frame unchanged to the official who locked it, tidied to another."""
        state = self.access.take_state()
        same = state is not None and state.official == official_id
        if not same:
            self.frame.official_changed()
        self.frame.made(self.frame.current)  # before it shows: it is laid out once
        self.screens.show_frame()
        self.access.watch_idle()
        self.open_page(self.frame.current)
        if state is not None:
            state.restore() if same else state.discard()
        if self.desk.doubt is not None and not same:
            self._decide()

    # --- the frame and its appearance -------------------------------------------------------------

    def _make_frame(self) -> "Frame":
        from ui.shell.frame import Frame
        from ui.shell.upkeep import desk_clock

        header = (
            (_("Tìm mọi thứ"), "Ctrl+K", "search", self.open_palette),
            (_("Trợ giúp"), "F1", "help", self.open_help),
            (_("Đổi người"), "Ctrl+U", "switch", self.access.switch),
            (_("Khóa"), "Ctrl+L", "lock", self.access.lock),
        )
        foot = (
            (_("Màn hình dân"), "Ctrl+M", "mirror", self.beside.toggle_mirror),
            (LANGUAGES[next_language()], "Ctrl+T", "language", self.preferences.set_next_language),
        )
        frame = Frame(self.desk, self, header, foot, self.screens)
        texts.shortcut(frame, "Ctrl+F1", self.open_tour, _("Giới thiệu"))
        texts.shortcut(frame, "Ctrl+Shift+M", self.beside.toggle_lobby, _("Bảng sảnh"))
        texts.shortcut(frame, desk_clock.KEY, self.clock.ask, _("Giờ của quầy"))
        frame.file_dropped.connect(self.read_list)
        if frame.lesson:
            frame.lesson.scanned.connect(self.scanned)
        return frame

    def set_preference(self, key: str, value: Any) -> None:
        self.preferences.set(key, value)

    def _rebuilt(self, current: str, showing: str) -> None:
        """Shows in another language what was in front: the page, what was typed, the help."""
        self.open_page(current)
        if showing:
            self.page(current).open(showing)
        topic = self.beside.close_help()
        if topic:
            self.open_help(topic)

    def settings_changed(self) -> None:
        """Saved settings hold at once."""
        self.frame.show_unit()
        self.access.watch_idle()

    def show_unsaved(self, page: str, count: int) -> None:
        if self.screens.has_frame:
            self.frame.tabs[page].count(count, _(pages.BY_NAME[page].counts))

    # --- what pages ask for -----------------------------------------------------------------------

    def page(self, name: str) -> "Page":
        """The page called `name`, which was opened before."""
        return self.frame.pages[name]

    def open_page(self, name: str) -> None:
        """Shows a page, made when it is first asked for."""
        from ui.citizen_screen import citizen_events
        from ui.shell.upkeep import doubts

        if name not in SERVING:
            citizen_events.quiet()
        self.frame.show_page(name)
        self.elsewhere.look()
        self.daily.count()
        if not self.file_check.remind():  # each page says it, until it is decided
            doubts.remind(self.desk, self._decide)

    def read_list(self, file: Path) -> None:
        """Show what a list of another system has, wherever on the window it was dropped."""
        from ui.lists.page import ListsPage

        self.open_page("lists")
        page = self.page("lists")
        assert isinstance(page, ListsPage)
        page.read_file(file)

    def _decide(self) -> None:
        from ui.shell.upkeep import doubts

        doubts.ask(self.page(self.frame.current), self.desk)

    def back(self) -> None:
        self.open_page(self._before_dossier)

    def open_dossier(self, code: str) -> None:
        if self.frame.current not in ("dossier", "correct"):
            self._before_dossier = self.frame.current
        self._open_on("dossier", code)

    def correct_dossier(self, code: str) -> None:
        self._open_on("correct", code)

    def find_dossiers(self, query: str) -> None:
        self._open_on("dossiers", query)

    def show_return(self, code: str) -> None:
        self._open_on("return", code)

    def open_registration(self, portal_code: str) -> None:
        self._open_on("intake", portal_code)

    def open_register(self, name: str) -> None:
        self._open_on("registers", name)

    def point_at(self, page: str, words: str) -> None:
        from ui.shell.palette import places

        self.open_page(page)
        places.point_at(self.page(page), words)

    def open_letter(self, code: str) -> None:
        self._open_on("overdue", code)

    def _open_on(self, name: str, code: str) -> None:
        self.open_page(name)
        self.page(name).open(code)
        self.elsewhere.look()

    def begin_intake(self, procedure: "ProcedureVersion") -> None:
        from ui.intake.page import IntakePage

        self.open_page("intake")
        page = self.page("intake")
        assert isinstance(page, IntakePage)
        page.begin(procedure)

    def scanned(self, text: str) -> None:
        """Hands a scan to the page in front, else a card to intake, a code to its dossier."""
        from cchc_desk.domain.papers.check_codes import code_in
        from ui.shell import notices
        from ui.widgets.question_panel import QuestionPanel

        if not self.screens.at_work:
            return
        page = self.page(self.frame.current)
        asked = QuestionPanel.standing_in(page)
        if asked is not None:
            notices.warn(
                _("Hãy trả lời «{question}» (F9, hoặc Esc để thôi) rồi quét lại.").format(
                    question=asked.title.text()
                )
            )
            return
        text = code_in(text)
        if page.scanned(text):
            return
        if "|" in text:
            self.open_page("intake")
            self.page("intake").scanned(text)
        else:
            self.open_dossier(text)

    def preview(self, code: str, kind: str, letter_id: str | None = None) -> None:
        from ui.documents.printing import paper_of

        self.show_paper(paper_of(self.desk, code, kind, letter_id))

    def preview_set(self, code: str, step: "PaperStep") -> None:
        from cchc_desk.actions.documents import paper_sets

        match paper_sets.counts(self.desk, step):
            case ((kind, 1),) if kind != "apology":  # of several letters the signed one is meant
                self.preview(code, kind)
            case _:
                from ui.documents.paper_set import SetDialog

                self.access.open_dialog(SetDialog(self.desk, code, step, self))

    def show_paper(self, paper: "Paper") -> None:
        from ui.documents.printing import PreviewDialog

        self.access.open_dialog(PreviewDialog(self.desk, paper, self))

    # --- beside the pages -------------------------------------------------------------------------

    def open_palette(self) -> None:
        """Everything that can be found or done from here, by a few letters."""
        from ui.shell.palette.palette import Palette
        from ui.shell.palette.places import commands, places

        here = self.page(self.frame.current)
        elsewhere = places(self.desk, self, self.frame.made("settings"))
        Palette(self.desk, self, commands((here, self.frame)), elsewhere, self).open()

    def open_help(self, topic: str = "", words: str = "") -> None:
        """The help on `topic`, else for the page in front, at these words of it."""
        here: dict[str, QWidget] = dict(self.frame.pages)
        self.beside.open_help(self, here, self.open_tour, topic or self.frame.current, words)

    def open_tour(self) -> None:
        """A few sentences about the window, for who sits here for the first time."""
        from ui.help.tour import begin

        official = self.desk.official
        assert official is not None, "the tour begins at the desk"
        ended = partial(self.preferences.save, "tour_seen", True)
        begin(self, self.frame.tabs, self.frame.keys, official.role, ended)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
