"""A practice morning, played offscreen by real keys; papers and screens are saved in OUT.

    python -m ui.practice_morning OUT

A clerk takes a dossier in by card and prints its receipt, its result is ready and returned, and two
promises that break are apologised for, one in the form set of 2018, one in that of 2025. Played
twice: at 100 % and at 150 %.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.training import practice
from cchc_desk.actions.training.practice import PASSWORD
from ui.documents.printing import PreviewDialog
from ui.dossiers.dossier_page import DossierPage
from ui.dossiers.page import DossiersPage
from ui.dossiers.return_page import ReturnPage
from ui.intake.page import IntakePage
from ui.look import qt_words, style
from ui.overdue.page import OverduePage
from ui.shell import jobs
from ui.shell.window import Window

MORNING = datetime(2026, 11, 23, 10, 0)
CARD = (
    "092190001234||Nguyễn Thị Ánh Đào|17051990|Nữ|"
    "12 Nguyễn Trãi, phường Ninh Kiều, thành phố Cần Thơ|01072021"
)
SIZES = {"100": (1366, 740), "150": (910, 500)}  # 1366 × 768 less the task bar, at each scale
_REST_MS = 200
PATIENCE_MS = 20_000
PAUSE_MS = 120


def main() -> int:
    """Plays both scales; answers the exit code."""
    if len(sys.argv) == 3:
        return Morning(Path(sys.argv[1]), sys.argv[2]).play()
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "out")
    shutil.rmtree(out / "ward", ignore_errors=True)
    out.mkdir(parents=True, exist_ok=True)
    for scale in SIZES:
        shutil.rmtree(out / "ward", ignore_errors=True)
        scaled = os.environ | {"QT_SCALE_FACTOR": str(int(scale) / 100)}
        played = subprocess.run(
            [sys.executable, "-m", "ui.practice_morning", str(out), scale], env=scaled, check=False
        )
        if played.returncode:
            return played.returncode
    return 0


class Morning:
    """One morning at one scale. Every wait is for something that shows on the screen."""

    def __init__(self, out: Path, scale: str) -> None:
        self.out, self.scale = out, scale
        self.application = QApplication(sys.argv[:1])
        style.load_fonts(self.application)
        style.apply(self.application, practice=True)
        qt_words.install(self.application)
        practice.make_practice_ward(out / "ward", 60, seed=4, clock=lambda: MORNING).close()
        self.window = Window(out / "ward", lambda: MORNING)

    def play(self) -> int:
        self.window.resize(*SIZES[self.scale])
        self.window.show()
        self.window.begin()
        self.wait("the names to log in", lambda: self.window.login.who.count() > 1)
        self.screen("login")
        self.log_in("an")
        self.day_board()
        code = self.take_in()
        self.list_and_dossier(code)
        self.return_a_result()
        for form_set in ("2018", "2025"):
            self.apologise(form_set)
        self.window.close()
        return 0

    # --- the acts ---------------------------------------------------------------------------------

    def log_in(self, who: str) -> None:
        login = self.window.login
        while login.who.currentData() != who:
            QTest.keyClick(login.password, Qt.Key.Key_Down if self._below(who) else Qt.Key.Key_Up)
        QTest.keyClicks(login.password, PASSWORD)
        QTest.keyClick(login.password, Qt.Key.Key_Return)
        self.wait(f"{who} at the desk", lambda: self.window.screens.currentWidget() is not login)

    def _below(self, who: str) -> bool:
        return self.window.login.who.findData(who) > self.window.login.who.currentIndex()

    def switch_to(self, who: str) -> None:
        self.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
        self.wait(
            "the log-in page", lambda: self.window.screens.currentWidget() is self.window.login
        )
        self.log_in(who)

    def day_board(self) -> None:
        page = self.window.page("today")
        self.wait("the day board", lambda: bool(page.date.text()))  # type: ignore[attr-defined]
        self.screen("today")

    def take_in(self) -> str:
        """A card, three letters of the procedure, the papers by key, F8 for the date, F9 twice."""
        self.key(Qt.Key.Key_F2)
        page = self.window.page("intake")
        assert isinstance(page, IntakePage)
        self.scan(CARD)
        self.wait(
            "the card on the page",
            lambda: page.person.fields["name"].text() == "Nguyễn Thị Ánh Đào",
        )
        self.type(page.person.fields["phone"], "0912345678")
        self.type(page.procedure.search, "dang ky khai sinh")
        self.wait(
            "the procedure",
            lambda: "khai sinh" in self._first_found(page) and not page.procedure._pause.isActive(),
        )
        QTest.keyClick(page.procedure.search, Qt.Key.Key_Return)
        self.wait("its facts", lambda: page.procedure.version is not None)
        self.wait("its limit", lambda: not page.procedure.limit_row.isHidden())
        QTest.keyClicks(page.procedure.papers, "a")
        page.procedure.limit.setFocus(Qt.FocusReason.TabFocusReason)  # over the limit of last time
        self.type(page.procedure.limit, "1 ngày làm việc")
        self.wait("the date", lambda: "25/11/2026" in page.due.text())
        self.key(Qt.Key.Key_F8)
        self.screen("intake")
        self.key(Qt.Key.Key_F9)
        self.wait("the read-back", lambda: "Đúng" in page.accept_button.text())
        self.screen("read-back")
        self.key(Qt.Key.Key_F9)
        return self.keep_paper("accepted.pdf")

    def _first_found(self, page: IntakePage) -> str:
        item = page.procedure.list.item(0)
        return item.text() if item else ""

    def keep_paper(self, name: str) -> str:
        """The preview that has opened: its picture, its PDF; answers the dossier's code."""
        self.wait("the preview", lambda: isinstance(self.dialog(), PreviewDialog))
        preview = self.dialog()
        assert isinstance(preview, PreviewDialog)
        self.wait("the drawn pages", lambda: bool(preview.preview.pages))
        self.picture(preview, f"preview-{Path(name).stem}")
        preview.save(self.out / name)
        self.wait(
            "the saved paper",
            lambda: (self.out / name).exists() and name in self.window.notices.text,
        )
        self.say(name)
        QTest.keyClick(preview, Qt.Key.Key_Escape)
        self.wait("the closed preview", lambda: self.dialog() is None)
        self.window.activateWindow()
        self.wait("the window in front", self.window.isActiveWindow)
        return preview.paper.code

    def list_and_dossier(self, code: str) -> None:
        self.key(Qt.Key.Key_F3)
        page = self.window.page("dossiers")
        assert isinstance(page, DossiersPage)
        self.wait("the list", lambda: page.table.dossiers.rowCount() > 10)
        self.screen("list")
        self.window.open_dossier(code)
        dossier = self.window.page("dossier")
        assert isinstance(dossier, DossierPage)
        self.wait("the dossier", lambda: dossier.view is not None)
        self.screen("dossier")
        self.key(Qt.Key.Key_K)
        self.rest()  # the act of a letter waits for a scanner
        self.wait(
            "the ready result",
            lambda: dossier.view is not None and dossier.view.dossier.ready is not None,
        )

    def return_a_result(self) -> None:
        self.key(Qt.Key.Key_F4)
        page = self.window.page("return")
        assert isinstance(page, ReturnPage)
        self.wait("results to fetch", lambda: page.table.dossiers.rowCount() > 0)
        self.type(page.code, "Nguyễn Thị Ánh Đào")
        QTest.keyClick(page.code, Qt.Key.Key_Return)
        self.wait("the one to return", lambda: page.give.isEnabled())
        self.screen("return")
        self.key(Qt.Key.Key_F9)
        self.wait("the thanks", lambda: "Đã trả kết quả" in self.window.notices.text)

    def apologise(self, form_set: str) -> None:
        """A draft by the clerk, the leader's signature, the letter on paper."""
        code = self.broken_promise(form_set)
        self.switch_to("an")
        self.window.open_letter(code)
        page = self.window.page("overdue")
        assert isinstance(page, OverduePage)
        self.wait(
            "the letter's form", lambda: page.view is not None and page.view.dossier.code == code
        )
        self.type(page.form.reason, "Hồ sơ cần xác minh thêm ở nơi cư trú trước đây")
        self.screen(f"letter-{form_set}")
        self.key(Qt.Key.Key_F9)
        self.wait("the draft", lambda: "chờ lãnh đạo ký" in self.window.notices.text)
        self.switch_to("chi")
        self.wait("the signature to be possible", page.sign.isEnabled)
        self.key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
        self.wait("the number", lambda: "Đã ký thư" in self.window.notices.text)
        self.wait("the signed letter", page.show_letter.isEnabled)
        self.key(Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
        self.keep_paper(f"apology-{form_set}.pdf")

    def broken_promise(self, form_set: str) -> str:
        """The code of an open dossier of this regime that has no letter yet."""
        desk = self.window.desk
        for row in progress.find_dossiers(desk, only="open", order="due"):
            dossier = progress.show_dossier(desk, row.code).dossier
            if dossier.regime == form_set and not dossier.letters and dossier.ready is None:
                return row.code
        raise AssertionError(f"the practice ward has no open dossier of the regime of {form_set}")

    # --- the hands and the eyes -------------------------------------------------------------------

    def key(self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key at the pace of a hand, wherever the focus is."""
        self.rest()
        QTest.keyClick(self.window.focusWidget() or self.window, key, with_)

    def type(self, field: QWidget, text: str) -> None:
        """Type `text` letter by letter, Vietnamese letters as an input method commits them."""
        field.setFocus()
        self._letters(field, text)
        self.rest()

    def scan(self, text: str) -> None:
        """Send the text as a scanner does: faster than any hand, to the focus, then Enter."""
        here = self.window.focusWidget() or self.window
        self._letters(here, text)
        QTest.keyClick(here, Qt.Key.Key_Return)

    def _letters(self, field: QWidget, text: str) -> None:
        for letter in text:
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                QApplication.sendEvent(
                    field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                )

    def rest(self) -> None:
        """Wait as a hand does before Enter, or the letters would be taken for a scanner's."""
        loop = QEventLoop()
        QTimer.singleShot(PAUSE_MS, loop.quit)
        loop.exec()

    def dialog(self) -> QDialog | None:
        shown = [dialog for dialog in self.window.findChildren(QDialog) if dialog.isVisible()]
        return shown[-1] if shown else None

    def wait(self, what: str, until: Callable[[], bool]) -> None:
        """Process events until `until` holds; raise with `what` when that takes too long."""
        loop, tick, late = (
            QEventLoop(),
            QTimer(interval=5),
            QTimer(singleShot=True, interval=PATIENCE_MS),
        )
        tick.timeout.connect(lambda: loop.quit() if until() else None)
        late.timeout.connect(loop.quit)
        tick.start()
        late.start()
        loop.exec()
        if not until():
            raise AssertionError(f"waited in vain for {what}; last notice: {self._last_notice()}")

    def _last_notice(self) -> str:
        return self.window.notices.text if hasattr(self.window, "notices") else ""

    def screen(self, name: str) -> None:
        self.picture(self.window, name)

    def picture(self, widget: QWidget, name: str) -> None:
        rest = QEventLoop()  # a preview fits its pages a moment after it has its width
        QTimer.singleShot(_REST_MS, rest.quit)
        rest.exec()
        widget.grab().save(str(self.out / f"{name}-{self.scale}.png"))
        self.say(f"{name}-{self.scale}.png")

    def say(self, name: str) -> None:
        sys.stdout.write(f"{self.out / name}\n")


if __name__ == "__main__":
    code = main()
    jobs.finish()
    sys.exit(code)
