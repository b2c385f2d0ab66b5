"""The clerk of the campaign: fills the real intake page and accepts, until killed.

    python -m tools.campaign.clerk FOLDER

Each line on stdout is one report, flushed at once: "typed TIME TEXT" after every letter of the
name, "accepted TIME CODE" once the page has the acceptance. TIME is the machine's monotonic clock,
which the killer reads too.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cchc_desk.actions.data import opening
from cchc_desk.actions.training import practice
from cchc_desk.domain.law.procedure import ProcedureVersion
from cchc_desk.domain.people.officials import Official
from cchc_desk.session import Desk
from cchc_desk.settings import PaperStep
from ui.city.courier import Courier
from ui.documents.printing import Paper
from ui.intake.page import IntakePage
from ui.look import style

PACE_MS = 5
SETTLED_MS = 300  # the draft of the one before is back on the page by then
PROCEDURE = "2.000908"  # its limit is certain
WORDS = " là tên của người đến nộp hồ sơ hôm nay ở quầy tập huấn"


def type_into(field: QWidget, text: str) -> None:
    """Type letters as an input method commits them."""
    for letter in text:
        QApplication.sendEvent(
            field, QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
        )


def report(what: str, text: str) -> None:
    """Write one line to the watching process."""
    sys.stdout.write(f"{what} {time.monotonic():.6f} {text}\n")
    sys.stdout.flush()


class Counter:
    """The window around the page: it only reports what was accepted."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def courier(self) -> Courier:
        raise AssertionError("intake sends nothing")

    def open_registration(self, portal_code: str) -> None:
        raise AssertionError(portal_code)

    def show_paper(self, paper: Paper) -> None:
        raise AssertionError(paper.title)

    def preview(self, code: str, kind: str, letter_id: str | None = None) -> None:
        report("accepted", code)

    def preview_set(self, code: str, step: PaperStep) -> None:
        report("accepted", code)

    def restore(self, why: str = "") -> None:
        raise AssertionError("nobody goes back here")

    def settings_changed(self) -> None:
        raise AssertionError

    def show_unsaved(self, page: str, count: int) -> None:
        pass

    def set_preference(self, key: str, value: object) -> None:
        raise AssertionError

    def open_page(self, name: str) -> None:
        raise AssertionError(name)

    def correct_dossier(self, code: str) -> None:
        """Another page."""

    def back(self) -> None:
        raise AssertionError("no dossier was opened")

    def read_list(self, file: Path) -> None:
        raise AssertionError("no list is read at the counter")

    def open_dossier(self, code: str) -> None:
        raise AssertionError(code)

    def open_letter(self, code: str) -> None:
        raise AssertionError(code)

    def find_dossiers(self, query: str) -> None:
        raise AssertionError(query)

    def begin_intake(self, procedure: ProcedureVersion) -> None:
        raise AssertionError(procedure.name)

    def show_return(self, code: str) -> None:
        raise AssertionError(code)


class Clerk:
    """Type a name letter by letter, choose a procedure, accept by F9 twice, begin again."""

    def __init__(self, page: IntakePage) -> None:
        self.page = page
        self.count = 0
        self.left = ""
        self.timer = QTimer(interval=PACE_MS)
        self.timer.timeout.connect(self.go_on)

    def clear(self) -> None:
        """Clear the text of the clerk before; both texts are reported, either may be the draft."""
        report("typed", self.page.person.fields["name"].text())
        self.page.start_anew()
        report("typed", "")

    def begin(self) -> None:
        """The next dossier; its number stands in the name, so that no two texts are alike."""
        self.count += 1
        self.left = f"{os.getpid()} {self.count}{WORDS}"
        self.timer.start()

    def go_on(self) -> None:
        """Type one letter, or press F9 when the name is whole.

        The name is empty again once the page has accepted.
        """
        field = self.page.person.fields["name"]
        if self.left:
            letter, self.left = self.left[0], self.left[1:]
            type_into(field, letter)
            report("typed", field.text())
        elif not field.text():
            self.begin()
        elif self.page.procedure.version is not None:
            QTest.keyClick(self.page, Qt.Key.Key_F9)
        elif not self.page.procedure.search.text():
            type_into(self.page.procedure.search, PROCEDURE)
            QTest.keyClick(self.page.procedure.search, Qt.Key.Key_Return)


def main(folder: Path) -> int:
    """Work until killed."""
    application = QApplication(sys.argv[:1])
    style.load_fonts(application)
    desk = opening.open_desk(folder)
    who = practice.OFFICIALS[0]
    desk.official = Official(who.id, who.name, who.role)
    page = IntakePage(desk, Counter(desk))
    page.resize(1366, 700)
    page.show()
    page.activateWindow()
    clerk = Clerk(page)
    QTimer.singleShot(SETTLED_MS, clerk.clear)
    QTimer.singleShot(2 * SETTLED_MS, clerk.begin)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
