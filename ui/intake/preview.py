"""The date that the form on the intake page would promise, asked for again as it changes."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import PromisePreview
from cchc_desk.errors import DeskError
from cchc_desk.session import Desk
from ui.intake.form import IntakeForm, to_intake, to_received
from ui.shell import jobs

PREVIEW_MS = 200
CLOCK_MS = 15_000  # the date on the screen keeps up with the clock


class Preview(QObject):
    """Asks at once, soon after typing, or when a minute has passed; late answers are dropped."""

    shown = Signal(object)  # PromisePreview; None without a procedure or while it is refused
    refused = Signal(object)  # DeskError

    def __init__(self, desk: Desk, read: Callable[[], IntakeForm], page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._read, self._page = desk, read, page
        self.current: PromisePreview | None = None
        self._asked = 0
        self._asked_at = desk.now()
        self._soon = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._soon.timeout.connect(self.ask)
        self.clock = QTimer(self, interval=CLOCK_MS)
        self.clock.timeout.connect(self._follow_clock)
        self.clock.start()

    def ask_soon(self) -> None:
        """Asks after a pause in typing."""
        self._soon.start()

    def cancel(self) -> None:
        """Asks no more for what was typed last."""
        self._soon.stop()

    def ask(self) -> None:
        form, desk = self._read(), self._desk
        if not form.procedure or desk.official is None:
            self._show(None)
            return
        self._asked += 1
        self._asked_at = desk.now()
        asked = self._asked
        jobs.run(
            self,
            lambda: _preview(desk, form),
            lambda preview: self._show(preview) if asked == self._asked else None,
            lambda error: self._refuse(error) if asked == self._asked else None,
        )

    def _show(self, preview: PromisePreview | None) -> None:
        self.current = preview
        self.shown.emit(preview)

    def _refuse(self, error: DeskError) -> None:
        self._show(None)
        self.refused.emit(error)

    def _follow_clock(self) -> None:
        is_shown = self._page.isVisible() and self.current is not None
        if is_shown and self._desk.now() != self._asked_at:
            self.ask()


def _preview(desk: Desk, form: IntakeForm) -> PromisePreview:
    now = desk.now()
    wanted = to_intake(replace(form, born="", received_day="", received_time=""), now)
    return intake.preview_promise(
        desk,
        form.procedure,
        wanted.channel,
        wanted.limit,
        to_received(form, now),
        wanted.papers,
        wanted.sets,
        wanted.for_agency,
    )
