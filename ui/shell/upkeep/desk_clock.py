"""The question for the desk's time: where the clock is in doubt, or when somebody asks for it."""

import re
from collections.abc import Callable
from datetime import datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cchc_desk.i18n import _, later, moment
from ui.shell import jobs, notices
from ui.widgets.question_panel import Day, Line, QuestionPanel

if TYPE_CHECKING:
    from cchc_desk.actions.office.clock import ClockState
    from cchc_desk.session import Desk

KEY = "Ctrl+Shift+G"
_BEHIND = later(
    "Đồng hồ máy chỉ {now}, trước lần ghi gần nhất của quầy ({last}). Hãy ghi ngày giờ đúng: quầy "
    "sẽ chạy theo giờ ấy."
)
_AHEAD = later(
    "Đồng hồ máy chỉ {now}; lần ghi gần nhất của quầy là {last}. Quầy vừa nghỉ dài thì xác nhận "
    "một lần là xong; giờ sai thì ghi ngày giờ đúng."
)
_TIME = re.compile(r"(\d{1,2})\s*[:.hg]\s*(\d{2})")


class _Time(Line):
    """A time of day, such as 8:05."""

    def time(self) -> time | None:
        found = _TIME.fullmatch(self.value)
        try:
            return time(int(found[1]), int(found[2])) if found else None
        except ValueError:
            return None

    def problem(self) -> str:
        return "" if self.time() else _("Hãy ghi giờ và phút, như 8:05.")


class DeskClock(QObject):
    """Looks at the clock and asks once about each doubt; `ask` asks whenever it is wanted."""

    def __init__(
        self,
        desk: "Desk",
        page: Callable[[], QWidget],
        answered: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._page, self._answered = desk, page, answered
        self._is_asked = False

    def look(self) -> None:
        """Ask where the clock is in doubt and nobody was asked yet."""
        self._read(self._seen)

    def ask(self) -> None:
        self._read(self._ask)

    def _read(self, then: "Callable[[ClockState], None]") -> None:
        desk = self._desk
        jobs.run(self, lambda: _state(desk), then)

    def _seen(self, state: "ClockState") -> None:
        is_new = state.doubt is not None and not self._is_asked
        if is_new and QuestionPanel.standing_in(self._page()) is None:
            self._ask(state)
        self._is_asked = state.doubt is not None

    def _ask(self, state: "ClockState") -> None:
        from cchc_desk.actions.office import clock as office_clock

        about = office_clock.correction_words(state.correction) or _("Giờ quầy là giờ máy.")
        if state.doubt:
            about = _BEHIND if state.doubt.is_behind else _AHEAD
            about = _(about).format(now=moment(state.doubt.now), last=moment(state.doubt.last))
        now = state.now
        day = Day(_("Hôm nay là ngày"), now.date(), now.year, name="day", needed=True)
        clock = _Time(_("Bây giờ là"), f"{now:%H:%M}", needed=True)
        desk = self._desk

        def act(panel: QuestionPanel) -> None:
            on, at = day.value, clock.time()
            if on is None or at is None:  # both problems are told before
                return
            to = datetime.combine(on, at)
            jobs.run(
                self,
                lambda: _confirm(desk) if to == now else _set(desk, to),
                lambda state: self._done(panel, state),
                panel.refuse,
            )

        QuestionPanel.ask(
            self._page(), _("Giờ của quầy"), (day, clock), _("Đúng giờ này"), act, about
        )

    def _done(self, panel: QuestionPanel, state: "ClockState") -> None:
        panel.finish()
        self._is_asked = False
        notices.say(_("Giờ của quầy: {now:%H:%M} ngày {now:%d/%m/%Y}.").format(now=state.now))
        self._answered()


def _state(desk: "Desk") -> "ClockState":
    from cchc_desk.actions.office import clock

    return clock.state(desk)


def _confirm(desk: "Desk") -> "ClockState":
    from cchc_desk.actions.office import clock

    return clock.confirm(desk)


def _set(desk: "Desk", to: datetime) -> "ClockState":
    from cchc_desk.actions.office import clock

    return clock.set_clock(desk, to)
