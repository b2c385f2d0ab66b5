"""The draft, saved soon after each change: a power cut loses a second at most."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from cchc_desk.actions.intake import intake
from cchc_desk.errors import DeskError, Refused
from cchc_desk.session import Desk
from ui.intake.form import IntakeForm, from_json, to_json
from ui.shell import jobs, notices

PAUSE_MS = 400  # after a pause in typing; at the latest LATEST_MS after the first change
LATEST_MS = 800


class DraftKeeper(QObject):
    """Saves what `read` answers; one draft per official."""

    def __init__(self, desk: Desk, read: Callable[[], IntakeForm], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read = read
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        for timer in (self._soon, self._latest):
            timer.timeout.connect(self.save)

    def touch(self) -> None:
        """Something was typed."""
        self._soon.start()
        if not self._latest.isActive():
            self._latest.start()

    def save(self) -> None:
        self.rest()
        desk, form = self._desk, self._read()
        if desk.official is not None:
            jobs.run(self, lambda: intake.save_draft(desk, to_json(form)), lambda _: None)

    def save_if_touched(self) -> None:
        if self._soon.isActive() or self._latest.isActive():
            self.save()

    def rest(self) -> None:
        """Nothing is waiting to be saved."""
        self._soon.stop()
        self._latest.stop()

    def load(self, loaded: Callable[[IntakeForm], None]) -> None:
        """Load the draft that this official had when the window last closed, if there is one."""
        desk = self._desk

        def arrived(data: dict[str, Any] | None) -> None:
            form = from_json(data) if data else IntakeForm()
            if not form.is_empty:
                loaded(form)

        jobs.run(self, lambda: intake.load_draft(desk), arrived, _not_loaded)


def _not_loaded(error: DeskError) -> None:
    if not isinstance(error, Refused):  # who may not take dossiers in has no draft: nothing to say
        notices.trouble(error.message)
