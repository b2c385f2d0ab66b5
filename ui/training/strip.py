"""The strip of a running lesson: next task, time and hint above whatever page is open.

It looks again after every answer of the core, and hears every refusal
(docs/decisions/012-lessons.md).
"""

import time
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from cchc_desk.actions.training import lessons
from cchc_desk.actions.training.lessons import Look, Result
from cchc_desk.domain.training import Judgement, Mistake, Rule
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.look import texts
from ui.look.tokens import SPACE
from ui.shell import jobs, notices
from ui.training.result import rule_text
from ui.widgets.layout.room import is_low

HINT, CARD, STOP = "Ctrl+G", "Ctrl+Q", "Ctrl+B"
_SECOND_MS = 1000
_NARROW_LETTERS = 150  # below this many letters of width the keys stand under the task


class Signals(QObject):
    changed = Signal()


_signals: Signals | None = None


def signals() -> Signals:
    """Signals for a lesson that was begun or has ended."""
    global _signals
    if _signals is None:
        _signals = Signals()
    return _signals


class LessonStrip(QFrame):
    """Hidden while no lesson runs. `frame` owns its keys; `ticks` are seconds that only grow."""

    scanned = Signal(str)  # the QR text of the lesson's next card, as a scanner would hand it over

    def __init__(
        self, desk: Desk, frame: QWidget, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self.desk = desk
        self.look: Look | None = None
        self._ticks = ticks
        self._at, self._before = (
            0.0,
            0,
        )  # when the strip began to count, and the seconds that were gone by then
        self._card = 0
        self._asked = self._ending = False
        self.setObjectName("practice")
        self.setAccessibleName(_("Bài tập đang làm"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.task, self.clock = texts.words("", "section"), texts.words("", "", wrap=False)
        self.said = texts.words("", "")
        self._frame = frame
        self._grid = QGridLayout(self)
        self._placed: tuple[bool, bool] | None = None  # as it was laid out last: low, narrow
        self._shortcuts: list[QShortcut] = []
        self.hint = self._key(_("Gợi ý"), HINT, self.show_hint, frame)
        self.card = self._key(_("Thẻ của bài"), CARD, self.scan_card, frame)
        self.stop = self._key(_("Dừng"), STOP, self.end, frame)
        self._second = QTimer(self, interval=_SECOND_MS)
        self._second.timeout.connect(self._show_clock)
        self._lay_out()
        self.hide()
        jobs.signals().answered.connect(self._heard)
        signals().changed.connect(self.ask)
        self.ask()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._place()

    def _key(self, text: str, key: str, act: Callable[[], None], frame: QWidget) -> QPushButton:
        """Small button that never takes the focus; its key is off while no lesson runs."""
        made = texts.button(text, act, key)
        made.setProperty("role", "small")
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shortcuts.append(texts.shortcut(frame, key, made.click))
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """The keys beside the task, in a narrow window below it. What is said stands under both; in
        a low window in the place of the task, until the next thing is done.
        """
        frame, letters = self._frame, self.fontMetrics()
        low = is_low(self)
        is_narrow = frame.width() < letters.averageCharWidth() * _NARROW_LETTERS
        says = bool(self.said.text())
        if (low, is_narrow) != self._placed:
            self._placed = low, is_narrow
            wide = (0, 0, 1, 5 if is_narrow else 1)
            self._put(self.task, *wide)
            for column, widget in enumerate((self.clock, self.hint, self.card, self.stop), 1):
                self._put(widget, int(is_narrow), column, 1, 1)
            self._put(self.said, *(wide if low else (2, 0, 1, 5)))
        self.task.setVisible(not (low and says))
        self.said.setVisible(says)

    def _put(self, widget: QWidget, row: int, column: int, rows: int, columns: int) -> None:
        self._grid.removeWidget(widget)
        self._grid.addWidget(widget, row, column, rows, columns)

    # --- looking ----------------------------------------------------------------------------------

    def ask(self) -> None:
        """Read the state of the lesson; repeated calls are read once."""
        if self.desk.official is not None and not self._asked:
            self._asked, desk = True, self.desk
            jobs.run(self, lambda: lessons.look_at(desk), self._show, self._not_seen)

    def _not_seen(self, error: DeskError) -> None:
        self._asked = False
        notices.trouble(error.message, self.ask)

    def _heard(self, owner: object, error: object) -> None:
        """Check the lesson after any job: it may have been a task, a refusal a wrong step."""
        if owner is self or self.look is None or self.desk.official is None:
            return
        if isinstance(error, Refused):
            desk, code = self.desk, error.code
            jobs.run(self, lambda: lessons.note_refusal(desk, code), lambda _noted: self.ask())
        else:
            self.ask()

    def came_back(self) -> None:
        """Note that the window was opened anew, which a lesson may have waited for."""
        desk = self.desk
        jobs.run(self, lambda: lessons.note_reopened(desk), lambda _noted: self.ask())

    def _show(self, look: Look | None) -> None:
        self._asked = False
        if self._ending:  # asked before the end, answered after it
            return
        before, self.look = self.look, look
        if look is None:
            if before is not None:  # ended elsewhere
                self._rest()
            return
        if before is None or before.run != look.run:
            self._begin(look)
        else:
            self._compare(before.judgement, look.judgement)
        self._show_task(look)
        if look.judgement.is_complete:
            self.end()

    def _begin(self, look: Look) -> None:
        self._at, self._before, self._card = self._ticks(), look.seconds, 0
        self._say(look.lesson.story)
        self._second.start()

    def _compare(self, before: Judgement, now: Judgement) -> None:
        """Explain a wrong step at once in place of the remark on the task before."""
        fresh = list((Counter(now.mistakes) - Counter(before.mistakes)).elements())
        if fresh:
            self._explain(fresh[-1])
        elif now.done != before.done:
            self._say("")

    def _show_task(self, look: Look) -> None:
        done, task = look.judgement.done, look.next_task
        self.task.setText(
            _("Bài {number} · {done}/{all} · {task}").format(
                number=look.lesson.number,
                done=sum(done),
                all=len(done),
                task=task.text if task else look.lesson.title,
            )
        )
        self.card.setVisible(bool(look.lesson.cards))
        self._show_keys(True)
        self._show_clock()
        self.show()
        QTimer.singleShot(0, self, self._lay_frame_out)

    def _show_keys(self, is_running: bool) -> None:
        for made in self._shortcuts:
            made.setEnabled(is_running)
        for part in (self.clock, self.hint, self.stop):
            part.setVisible(is_running)
        if not is_running:
            self.card.hide()

    def _explain(self, mistake: Mistake) -> None:
        words, whole = self._with_rule(f"⚠ {mistake.said}", mistake.rule)
        self._say(words, "warning")
        self.said.setToolTip(whole)

    def _with_rule(self, words: str, rule: Rule) -> tuple[str, str]:
        """Return the words as they are said, in a low window without the rule, and with it."""
        whole = f"{words} {rule_text(rule)}"
        return (words if is_low(self) else whole), whole

    def _say(self, text: str, role: str = "") -> None:
        self.said.setText(text)
        texts.role(self.said, role)
        self._place()
        QTimer.singleShot(0, self, self._lay_frame_out)

    def _lay_frame_out(self) -> None:
        """Lay out again: wrapped text changes its height with the width."""
        for layout in (self.layout(), self._frame.layout()):
            if layout is not None:
                layout.invalidate()
                layout.activate()

    # --- time -------------------------------------------------------------------------------------

    @property
    def seconds(self) -> int:
        """Seconds of the lesson: the desk's clock at the first look, and real time since."""
        return self._before + int(self._ticks() - self._at)

    def _show_clock(self) -> None:
        if self.look is not None:
            spent = f"{self.seconds // 60}:{self.seconds % 60:02d}"
            self.clock.setText(
                _("{spent} / {minutes} phút").format(spent=spent, minutes=self.look.lesson.minutes)
            )

    # --- keys -------------------------------------------------------------------------------------

    def show_hint(self) -> None:
        """Show how the next task is begun and its rule, or hide that again."""
        task = self.look.next_task if self.look else None
        words, whole = self._with_rule(task.hint, task.rule) if task else ("", "")
        self._say("" if words == self.said.text() else words)
        self.said.setToolTip(whole)

    def scan_card(self) -> None:
        """Hands over the lesson's next card, the last one again and again."""
        if self.look is not None and self.look.lesson.cards:
            cards = self.look.lesson.cards
            text = cards[min(self._card, len(cards) - 1)]
            self._card += 1
            self.scanned.emit(text)

    def end(self) -> None:
        """End the lesson at its present step; its page shows the result."""
        if self.look is not None:
            desk, seconds = self.desk, self.seconds
            self.look, self._ending = None, True
            self._second.stop()
            jobs.run(self, lambda: lessons.finish(desk, seconds), self._ended, self._not_ended)

    def _not_ended(self, error: DeskError) -> None:
        self._ending = False
        if isinstance(error, Refused):  # ended already, at the command line or from another window
            self._rest()
        else:
            notices.trouble(error.message, self.ask)

    def _ended(self, result: Result) -> None:
        self._ending = False
        self._show_keys(False)
        self.clock.setText("")
        how = _(
            "Xong bài {number}: {score}/10 điểm, {minutes} phút, {wrong} bước sai. F11: kết quả, "
            "giấy chứng nhận."
        )
        left = _(
            "Đã dừng bài {number}: {score}/10 điểm, {minutes} phút, {wrong} bước sai. F11: xem "
            "lại, làm lại."
        )
        self.task.setText(
            (how if result.passed else left).format(
                number=result.lesson.number,
                score=result.score,
                minutes=result.minutes,
                wrong=len(result.mistakes),
            )
        )
        self._say("")
        self.show()
        signals().changed.emit()

    def put_away(self) -> None:
        """Hide the strip of an ended lesson: the page shows the result."""
        if self.look is None:
            self._rest()

    def _rest(self) -> None:
        self._second.stop()
        self._show_keys(False)
        self.hide()
