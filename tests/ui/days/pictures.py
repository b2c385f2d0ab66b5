"""Pictures of the steps of a story, for whoever wants to look at them.

CCHC_PICTURES=/tmp/pictures CCHC_LOOK=dark,200 pytest tests/ui/days
"""

import os
from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from tests.actions.conftest import become, make_intake
from tests.ui.conftest import MakeWindow, log_in
from tests.ui.days.mouse import Mouse
from tests.ui.screen import Screen
from ui.documents.printing import PreviewDialog
from ui.shell.preferences import appearance
from ui.shell.window import Window

_FOLDER = os.environ.get("CCHC_PICTURES", "")
_THEME, _SIZE = (os.environ.get("CCHC_LOOK") or "light,100").split(",")


class Pictures:
    """The pictures of one story; none are taken where nobody asked for them."""

    def __init__(self, window: Window, story: str) -> None:
        self._window, self._story, self._step = window, story, count(1)
        window.resize(1366, 768)

    def wear(self) -> None:
        """Show the window in the theme and size that were asked for."""
        if _FOLDER:
            self._window.set_preference("theme", _THEME)
            self._window.set_preference("text_size", int(_SIZE))

    def look(self, name: str) -> None:
        """Keep a picture of what stands in front, and the paper that is looked at there."""
        if not _FOLDER:
            return
        front = QApplication.activeModalWidget() or self._window
        front.activateWindow()  # as the system does when a dialog has closed
        QTest.qWait(300)  # until all has its place, and a paper is drawn
        file = Path(_FOLDER) / f"{self._story}-{next(self._step):02}-{name}-{_THEME}-{_SIZE}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        front.grab().save(str(file))
        if isinstance(front, PreviewDialog):
            file.with_suffix(".pdf").write_bytes(front.pdf)


class Person:
    """Somebody at a window, who reads what stands there, by keys or by the mouse."""

    def __init__(self, make_window: MakeWindow, folder: Path, qtbot: QtBot, story: str) -> None:
        if _FOLDER and folder.is_dir():
            wanted = replace(appearance.load(folder), theme=_THEME, text_size=int(_SIZE))
            appearance.save(folder, wanted)
        self.window = make_window(folder)
        self._pictures = Pictures(self.window, story)
        self.screen, self.mouse = Screen(self.window, qtbot), Mouse(self.window)

    def comes_in(self, official: str, password: str = practice.PASSWORD) -> None:
        log_in(self.window, official, password)
        self._pictures.wear()

    def next_code(self) -> str:
        """The code of a dossier accepted now, in a desk of whose ledger everything holds."""
        become(self.window.desk, "an")
        code = intake.accept_dossier(self.window.desk, make_intake()).code
        assert upkeep.verify_ledger(self.window.desk).problems == ()
        return code

    def sees(self, words: str) -> None:
        """Waits until `words` stand there, in sight or where the wheel brings them."""
        self.mouse.wait_for(words)

    def press(self, words: str) -> None:
        """By the key on the button; by the mouse where large type has it out of sight."""
        self.mouse.wait_for(words)
        if self.screen.shows(words):
            self.screen.press(words)
        else:
            self.mouse.click(words)

    def look(self, name: str) -> None:
        """Keep a picture of what stands in front, where pictures are wanted."""
        self._pictures.look(name)
