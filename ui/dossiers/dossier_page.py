"""One dossier: its next step large, the promise in time, history, papers and letters in tabs."""

from functools import partial
from textwrap import shorten

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.catalogue.catalogue import Cause
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.lists import matching
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.clocks import CLOCK_NAMES, Clock, ClockKind
from cchc_desk.domain.dossiers.codes import short_code
from cchc_desk.domain.dossiers.dossier import Dossier, Letter, LetterKind, PaperCount
from cchc_desk.domain.law.procedure import count_names
from cchc_desk.domain.lists.watched import Difference, Disagreement
from cchc_desk.domain.people.birth import birth_text
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.courtesy import cues
from ui.dossiers import acts
from ui.dossiers.act_panel import ActPanel
from ui.dossiers.copy_panel import CopyPanel
from ui.dossiers.scans_tab import ScansTab
from ui.look import texts
from ui.look.tokens import SPACE
from ui.shell import jobs, notices, questions
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets import clipboard
from ui.widgets.display.badge import Badge
from ui.widgets.display.timeline import Mark, Timeline
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import is_narrow, is_very_low
from ui.widgets.question_panel import Choice, QuestionPanel
from ui.widgets.tables.whole_text import WholeText

_HISTORY, _PAPERS, _LETTERS, _SCANS = range(4)
_TABS = (later("Lịch sử"), later("Giấy tờ"), later("Thư, trách nhiệm"), later("Bản chụp"))
_COPY = "Ctrl+C"
_LETTERS_OF_REASON = 70
_PROMISES = (ClockKind.PROMISE, ClockKind.REAPPOINTMENT)
_DETAILS_AT = 2  # in the head, under the person's name


class DossierPage(Page):
    """Page of one dossier, opened by code; an act that is not allowed explains why."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.view: DossierView | None = None
        self.code = ""
        self.title = texts.words("", "title")
        self.badge = Badge()
        self.person = texts.words("", "strong")
        self.details = texts.words("", "quiet")
        self.due = texts.words("", "big")
        self.state = texts.words("", "quiet")
        self.clocks = texts.words("", "quiet")
        self.origin, self.others = texts.words("", "quiet"), texts.words("", "warning")
        self.their_due = texts.button(
            _("Lấy ngày ấy làm lần hẹn lại"), self.ask_their_due, "Alt+H", self, "small"
        )
        self.their_due.hide()
        self.timeline = Timeline()
        self.walk = QListWidget()
        self.walk.setAccessibleName(_("Cách tính ngày hẹn"))
        self.walk.hide()
        self.history = QListWidget()
        self.history.setAccessibleName(_("Lịch sử hồ sơ"))
        self.history.setWordWrap(True)
        self.history.setItemDelegate(WholeText(self.history))
        self.history.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.history.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        texts.role(self.history, "plain")
        self.papers, self.letters, self.answers = (texts.words() for _ in range(3))
        self.receipt = texts.words("", "quiet")
        self.tabs: list[QPushButton] = []
        self.scans = ScansTab(self)
        self.scans.counted.connect(partial(self._count, _SCANS))
        self.scans.waits.connect(self._scans_wait)
        self.setAcceptDrops(True)
        self.copying = CopyPanel(self)
        self.acts = ActPanel(self, self.act)
        self.buttons = self.acts.buttons
        self._lay_out()
        texts.shortcut(self, "F8", self.toggle_walk)
        texts.shortcut(self, "Esc", self._leave)
        texts.shortcut(self, "Ctrl+V", self.scans.paste, _("Dán ảnh vào hồ sơ"))

    def _lay_out(self) -> None:
        inside = texts.Inside()
        self._area = texts.scrolled(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._area)
        self._whole = QVBoxLayout(inside)
        self._whole.setContentsMargins(16, 12, 16, 10)
        self._head = self._make_head()
        self._left = self._make_left()
        self._left.insertWidget(0, self._head)
        row = self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(24)
        row.addLayout(self._left, 3)
        row.addWidget(self.acts, 2)
        self._whole.addLayout(row, 1)
        self._is_narrow = False

    def fit(self) -> None:
        """Place the acts between the promise and the rest where the page is narrow."""
        narrow = is_narrow(self)
        texts.role(self.title, "section" if is_very_low(self) else "title")
        texts.role(self.due, "section" if is_very_low(self) else "big")
        if narrow is not self._is_narrow:
            self._is_narrow = narrow
            directions = QBoxLayout.Direction
            self._columns.setDirection(directions.BottomToTop if narrow else directions.LeftToRight)
            self._columns.setStretchFactor(self.acts, 0 if narrow else 2)  # no gap under them
            (self._whole if narrow else self._left).insertWidget(0, self._head)
            head = self._head.layout()
            assert isinstance(head, QVBoxLayout), "made with it"
            if narrow:  # what one seldom needs stands below the acts
                for place, seldom in enumerate((self.details, self.clocks, self.origin)):
                    self._left.insertWidget(place, seldom)
                self._left.insertWidget(place + 1, self._low_keys)
            else:
                head.insertWidget(_DETAILS_AT, self.details)
                for seldom in (self.clocks, self.origin):
                    head.insertWidget(head.indexOf(self.others), seldom)
            self._move_keys(is_low=narrow)

    def _move_keys(self, *, is_low: bool) -> None:
        """Let the small keys stand in the head, or below the acts, where nothing is crowded."""
        correct = self.buttons["correct"]
        for key in (correct, *self._head_acts):
            is_hidden = key.isHidden()
            if is_low:
                if key is not correct:
                    self._head_keys.take(key)
                self._low_keys.add(key)
            else:
                self._low_keys.take(key)
                if key is not correct:
                    self._head_keys.add(key)
                else:
                    self._named.addWidget(key)
            key.setHidden(is_hidden)
        self._low_keys.setVisible(is_low)

    def _make_head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        named, held = QHBoxLayout(), QHBoxLayout()
        self._named, self._low_keys = named, Flow()  # below the acts, where the page is narrow
        named.addWidget(self.person, 1)
        named.addWidget(self.buttons["correct"])
        column.addWidget(self.title)
        column.addLayout(named)
        column.addWidget(self.details)
        column.addWidget(self.due)
        held.setSpacing(SPACE)
        held.addWidget(self.badge)
        held.addStretch(1)
        keys = self._head_keys = Flow()  # beside a long standing they stand one under the other
        self._head_acts = (
            texts.button(_("Chép mã"), self.copy_code, _COPY, self, "small"),
            texts.button(_("Cách tính"), self.toggle_walk, "F8", kind="small"),
            self.copying.button,
        )
        for key in self._head_acts:
            keys.add(key)
        held.addWidget(keys)
        column.addLayout(held)
        column.addWidget(self.state)  # of any length: the whole width is its own
        column.addWidget(self.clocks)
        column.addWidget(self.origin)
        column.addWidget(self.others)
        column.addWidget(self.copying)
        theirs = QHBoxLayout()
        theirs.addWidget(self.their_due)
        theirs.addStretch(1)
        column.addLayout(theirs)
        return head

    def _make_left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        column.addWidget(self.timeline)
        column.addWidget(self.walk, 1)
        texts.lines(self.walk, 6)
        row = self._tab_row = Flow()
        self._stack = QStackedWidget()
        for number, words in enumerate(_TABS):
            tab = texts.button(_(words), partial(self.look_at_tab, number), str(number + 1), self)
            texts.role(tab, "tab")
            tab.setCheckable(True)
            self.tabs.append(tab)
            row.add(tab)
        column.addWidget(row)
        for shown in (
            self.history,
            _page_of(self.papers, self.receipt),
            _page_of(self.letters, texts.words(_("Trách nhiệm"), "section"), self.answers),
            self.scans,
        ):
            self._stack.addWidget(shown)
        column.addWidget(self._stack, 2)
        texts.lines(self._stack, 7)
        self.show_tab(_HISTORY)
        return column

    # --- showing ----------------------------------------------------------------------------------

    def open(self, code: str) -> None:
        if code != self.code:
            self._tidy()
        self.code = code
        self.refresh()

    def _tidy(self) -> None:
        """Another dossier begins with its history, its acts folded and no question open."""
        asked = QuestionPanel.standing_in(self)
        if asked is not None:
            asked.finish()
        self.acts.fold()
        self.show_tab(_HISTORY)
        self.view = None

    def showing(self) -> str:
        return self.code

    def shown(self) -> None:
        if self.code:
            self.refresh()

    def official_changed(self) -> None:
        asked = QuestionPanel.standing_in(self)
        if asked is not None:
            asked.finish()
        if self.code:
            self.refresh()

    def changed_elsewhere(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Asks for the dossier as it is now."""
        desk, code = self.desk, self.code
        jobs.run(self, lambda: progress.show_dossier(desk, code), self._show, self._unknown)

    def _unknown(self, error: DeskError) -> None:
        notices.trouble(error.message)
        self.code = ""
        self.shell.open_page("dossiers")

    def _show(self, view: DossierView) -> None:
        is_new = self.view is None
        self.view, dossier = view, view.dossier
        cues.about(view)
        self.code = dossier.code
        name = self.desk.short_name(dossier.procedure_code, dossier.procedure_name)
        short = short_code(dossier.code, view.row.now.date())
        self.title.setText(f"{short} · {name}")
        self.title.setToolTip(texts.tip(f"{dossier.code}\n{dossier.procedure_name}"))
        again = _(" (hẹn lại)") if dossier.second_due else ""
        doubt = _(" · tạm tính") if dossier.first.provisional else ""
        self.due.setText(
            _("Đã hủy do nhập sai")
            if dossier.cancelled
            else _("Hẹn trả {due}{again}{doubt}").format(
                due=formatting.moment_text(dossier.due), again=again, doubt=doubt
            )
        )
        self.badge.show_standing(view.standing)
        # Whether it is late the badge says.
        now = formatting.state(view.row) if dossier.cancelled else formatting.STATUS[dossier.status]
        self.state.setText(" · ".join([_(now), *_phrases(view)]))
        self._show_clocks(view)
        self.origin.setText(_origin(view))
        self.origin.setVisible(dossier.watched)
        self.others.setText("\n".join(f"⚠ {_other(one, dossier)}" for one in view.disagreements))
        self.others.setVisible(bool(view.disagreements))
        other_due = any(one.what is Difference.DUE for one in view.disagreements)
        is_open = dossier.finished is None and not dossier.cancelled
        self.their_due.setVisible(other_due and is_open and dossier.second_due is None)
        self.state.setToolTip(texts.tip("\n".join(_reasons(dossier))))
        texts.role(self.state, "error" if view.problems else "quiet")
        stood = [(p.began, p.ended or view.row.now) for p in dossier.pauses if p.stops_clock]
        self.timeline.show_marks(_marks(view), stood)
        who = dossier.applicant
        self.person.setText(" · ".join(filter(None, (who.name, who.phone))))
        self.details.setText(" · ".join(_details(dossier)))
        self.details.setVisible(bool(self.details.text()))
        self.papers.setText(_papers(dossier))
        self.receipt.setText(_receipt(view.receipt))
        self.letters.setText(
            "\n".join(_letter(letter) for letter in dossier.letters) or _("Chưa có thư xin lỗi.")
        )
        self.answers.setText(_answers(view))
        self._count(_PAPERS, len(dossier.papers))
        self._count(_LETTERS, len(dossier.letters))
        self._show_history(view)
        self.copying.show_dossier(dossier)
        self.scans.show_of(dossier.code)
        self.acts.show_acts(view)
        if is_new or not self._has_focus():
            self.focus(self.acts)
            # What it is, before what to do.
            QTimer.singleShot(0, self, lambda: self._area.verticalScrollBar().setValue(0))

    def _show_clocks(self, view: DossierView) -> None:
        """Name the clocks beside the promise, which of them is late, and the walk of each."""
        several = any(one.kind not in _PROMISES for one in view.clocks)
        beside = view.clocks if several else ()
        is_done = view.dossier.finished is not None
        self.clocks.setText(" · ".join(_clock(one, is_done=is_done) for one in beside))
        self.clocks.setVisible(bool(beside) and not view.dossier.cancelled)
        texts.role(self.clocks, "warning" if any(one.late for one in beside) else "quiet")
        self.walk.clear()
        for clock in view.clocks:
            is_promise = clock.kind in _PROMISES
            if clock.walk and beside:
                self.walk.addItem(_clock(clock, is_done=is_done))
            for step in clock.walk:
                line = formatting.walk_line(step, is_promise=is_promise)
                self.walk.addItem("  ·  ".join(line))

    def _has_focus(self) -> bool:
        here = QApplication.focusWidget()
        return (
            here is not None and here is not self and self.isAncestorOf(here) and here.isEnabled()
        )

    def _count(self, tab: int, count: int) -> None:
        words = f"{_(_TABS[tab])} ({count})" if count else _(_TABS[tab])
        self.tabs[tab].setText(f"{words}  ·  {tab + 1}")

    def _show_history(self, view: DossierView) -> None:
        self.history.clear()
        for line in view.history:
            entered = (
                _(" (ghi lúc {entered})").format(entered=formatting.short(line.entered))
                if line.entered != line.at
                else ""
            )
            self.history.addItem(
                f"{formatting.short(line.at)}{entered}  ·  {line.words}  ·  {line.official_name}"
            )
        self.history.scrollToBottom()

    def show_tab(self, number: int) -> None:
        """Bring history, papers or letters to the front."""
        self._stack.setCurrentIndex(number)
        for place, tab in enumerate(self.tabs):
            tab.setChecked(place == number)
        self.scans.take_room(number == _SCANS)

    def look_at_tab(self, number: int) -> None:
        """Bring it to the front and into sight: on a low window it lies under the acts."""
        self.show_tab(number)
        shown, high = self._stack.widget(number), self._stack.height()
        words = shown.widget() if isinstance(shown, QScrollArea) else None
        if words is not None:
            high = min(high, words.heightForWidth(self._stack.width()))
        end = self._stack.mapTo(self, QPoint(0, high))
        at = self._area.verticalScrollBar().value() + end.y()
        self._area.ensureVisible(0, at, 0, 0)  # not the empty rest below a few papers
        texts.into_sight(self._tab_row)  # above it: as much of both as there is room for
        if number == _SCANS:  # its keys are for the scan that is chosen
            self.scans.setFocus()

    # --- scans ------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, while a dossier is shown."""
        if self.view is not None and self.scans.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.show_tab(_SCANS)
        self.scans.add_dropped(event.mimeData())

    def _scans_wait(self, count: int) -> None:
        """Say what the scanner made; nothing moves under the hand that types."""
        if count:
            notices.say(
                _n("Có {n} tệp mới từ máy quét.", count).format(n=count),
                _("Xem bản chụp"),
                partial(self.look_at_tab, _SCANS),
            )

    def toggle_walk(self) -> None:
        """Unfolds the walk that explains the first promise, in sight, or folds it away."""
        self.walk.setVisible(self.walk.isHidden())
        if not self.walk.isHidden():  # once it has its place: on a low window far below
            QTimer.singleShot(0, self.walk, lambda: texts.into_sight(self.walk))

    def copy_code(self) -> None:
        """Put the whole code on the clipboard."""
        clipboard.put(self.code)
        notices.say(_("Đã chép mã {code}.").format(code=self.code))

    # --- acts -------------------------------------------------------------------------------------

    def act(self, name: str) -> None:
        """Do the act of this name on the dossier shown."""
        if self.view is not None:
            acts.ACTS[name].do(self, self.view.dossier)

    def ask_their_due(self) -> None:
        """Ask why, then draft the letter that makes the list's due date the one re-appointment."""
        desk = self.desk
        jobs.run(self, lambda: letters.causes(desk), self._ask_their_due)

    def _ask_their_due(self, causes: tuple[Cause, ...]) -> None:
        desk, code = self.desk, self.code
        seen = desk.sight(self.view.dossier) if self.view else desk.sight()
        options = [(_(one.label), one.code) for one in causes]
        cause = Choice(_("Nguyên nhân"), options, name="cause", lines=len(options))
        questions.ask(
            self,
            _("Hẹn lại theo ngày của danh sách"),
            (cause,),
            _("Soạn thư"),
            lambda: desk.as_seen(seen, partial(matching.accept_their_due, desk, code, cause.value)),
            self._their_due_drafted,
            _("Chỉ hẹn lại được một lần, có thư xin lỗi do lãnh đạo ký."),
        )

    def _their_due_drafted(self, letter: Letter) -> None:
        notices.say(
            _("Đã soạn thư hẹn lại đến {due}; chờ lãnh đạo ký.").format(
                due=formatting.short(letter.new_due)
            )
        )
        self.refresh()

    def _leave(self) -> None:
        if not self.acts.fold():
            self.shell.back()


def _page_of(*parts: QWidget) -> QWidget:
    """A tab of a few texts, which stand at its top and scroll where they are long."""
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 6, 0, 0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return texts.scrolled(inside)


def _in_short(reason: str) -> str:
    """A reason of at most two lines; the whole is in the tip and in the history."""
    return shorten(reason, _LETTERS_OF_REASON, placeholder="…")


def _clock(clock: Clock, *, is_done: bool) -> str:
    """`Hạn quy trình 27/11/2026 16:00: quá hạn`."""
    name = _(CLOCK_NAMES[clock.kind])
    if clock.system and clock.kind in (ClockKind.PROMISE, ClockKind.PROCESS):
        name = _("{clock} theo {system}").format(clock=name, system=clock.system)
    state = _("quá hạn") if clock.late else _("đúng hạn") if is_done else _("còn hạn")
    return _("{clock} {due}: {state}").format(
        clock=f"{name[0].upper()}{name[1:]}", due=formatting.short(clock.due), state=state
    )


def _forwarding(dossier: Dossier) -> str:
    """For whom it was taken in, and whether it is there."""
    if dossier.agency_received:
        words = _("{agency} nhận {at}")
    elif dossier.forwarded:
        words = _("nhận thay {agency}, chuyển {at}")
    else:
        words = _("nhận thay {agency}, chuyển trước {at}")
    at = dossier.agency_received or dossier.forwarded or dossier.forward_by
    return words.format(agency=dossier.for_agency, at=formatting.short(at))


def _reasons(dossier: Dossier) -> list[str]:
    """All that it waits for now, each once."""
    lines = (line for pause in dossier.open_pauses for line in pause.reason.splitlines())
    return list(dict.fromkeys(lines))


def _phrases(view: DossierView) -> list[str]:
    """Phrases on pause, holder, place and broken promises."""
    dossier, row = view.dossier, view.row
    phrases = (
        [_("tạm dừng: {reason}").format(reason=_in_short("; ".join(_reasons(dossier))))]
        if dossier.open_pauses
        else []
    )
    if dossier.moves:
        phrases.append(
            _("lời hẹn in trên giấy: {due}").format(due=formatting.short(dossier.first.due))
        )
    phrases += (
        [_("{holder_name} giữ").format(holder_name=row.holder_name)]
        if dossier.finished is None and not dossier.cancelled
        else []
    )
    if view.internal and dossier.finished is None and not dossier.cancelled:
        phrases.append(_("hạn nội bộ {day:%d/%m/%Y}").format(day=view.internal))
    if dossier.for_agency:
        phrases.append(_forwarding(dossier))
    phrases += [_("để tại {place}").format(place=dossier.place)] if dossier.place else []
    if view.urged:
        phrases.append(
            _("đôn đốc lần {time}, trả lời trước {answer_by}").format(
                time=view.urged.time, answer_by=formatting.short(view.urged.answer_by)
            )
        )
    return [*phrases, *(f"✗ {problem}" for problem in view.problems)]


def _marks(view: DossierView) -> list[Mark]:
    dossier, row = view.dossier, view.row
    marks = [Mark(dossier.accepted, _("nhận")), Mark(dossier.first_due, _("hẹn trả"), row.late)]
    if dossier.second_due:
        broke = lateness.broke_reappointment(dossier, row.now)
        marks.append(Mark(dossier.second_due, _("hẹn lại"), broke))
    for pause in dossier.pauses:
        marks.append(Mark(pause.began, _("tạm dừng")))
        if pause.ended:
            waits_on = any(
                other.began <= pause.ended and (other.ended is None or other.ended > pause.ended)
                for other in dossier.pauses
                if not other.undone
            )
            marks.append(Mark(pause.ended, _("xong một lý do") if waits_on else _("đi tiếp")))
    ends = (
        (dossier.ready, _("có kết quả")),
        (dossier.ended, _(formatting.STATUS[dossier.status]).lower()),
        (dossier.returned, _("đã trả")),
    )
    for at, word in ends:
        if at:
            marks.append(Mark(at, word, ends=at == dossier.finished))
    if dossier.closed is None:
        marks.append(Mark(row.now, _("bây giờ"), is_now=True))
    return marks


def _details(dossier: Dossier) -> list[str]:
    """Return all else that is known of the person, in one paragraph."""
    who, by = dossier.applicant, dossier.submitter
    parts = [
        who.id_number,
        f"{birth_text(who.born)} {who.sex}".strip(),
        who.address,
        who.email,
        who.representative
        and _("Đại diện: {representative}").format(representative=who.representative),
    ]
    if by is not None:
        parts.append(_("Người nộp: {name}").format(name=by.with_relation))
    parts += [
        dossier.note and _("Ghi chú: {note}").format(note=dossier.note),
        dossier.returned_to
        and _("Đã trả cho: {returned_to}").format(returned_to=dossier.returned_to),
    ]
    return [part for part in parts if part]


def _origin(view: DossierView) -> str:
    """Say whose list names a watched dossier, and what only the intake there knows."""
    words = _(
        "Theo dõi từ danh sách của {system}; giấy tờ đã nộp và giấy hẹn chỉ có ở hệ thống ấy."
    )
    if view.receipt:
        words = _("Theo dõi từ biên nhận của {system}; giấy tờ đã nộp chỉ có ở hệ thống ấy.")
    return words.format(system=view.dossier.system)


_OTHERS = {
    Difference.DUE: later("Ngày hẹn: ở đây {ours}, ở {system} {theirs}."),
    Difference.FINISHED: later("{system} ghi đã xong {theirs}, ở đây chưa."),
    Difference.FINISHED_EARLY: later("{system} ghi xong {theirs}, trước lúc tiếp nhận {ours}."),
    Difference.GONE: later("Không còn trong danh sách «{theirs}» của {system}."),
}


def _other(one: Disagreement, dossier: Dossier) -> str:
    """Say where a list has it otherwise: ours, theirs, since when."""
    said = _(_OTHERS[one.what]).format(
        ours=one.ours, theirs=one.theirs, system=dossier.system or _("hệ thống khác")
    )
    return _("{said} Thấy từ {seen}.").format(said=said, seen=formatting.short(one.seen))


def _papers(dossier: Dossier) -> str:
    if dossier.watched:
        return _("Chỉ {system} biết giấy tờ đã nộp; quầy này không nhận hồ sơ.").format(
            system=dossier.system
        )
    names = count_names(dossier.field)
    return "\n".join(f"• {paper.name}: {_counts(paper, names)}" for paper in dossier.papers) or _(
        "Không có."
    )


def _receipt(text: str) -> str:
    return _("Biên nhận của hệ thống kia, như đã dán:\n{text}").format(text=text) if text else ""


def _counts(paper: PaperCount, names: tuple[str, str, str]) -> str:
    counts = zip(map(_, names), (paper.original, paper.certified, paper.copy), strict=True)
    return ", ".join(f"{name.lower()} {count}" for name, count in counts if count)


def _answers(view: DossierView) -> str:
    """Officials found responsible for lateness, and their answers."""
    fixed = view.dossier.responsibility
    if fixed is None or not fixed.decided:
        proposed = any(one.responsible for one in view.dossier.late_letters)
        if fixed or proposed:
            return _("Mới có đề nghị trong thư; lãnh đạo chưa quyết định.")
        return _("Chưa xác định.") if view.row.late else _("Không trễ hẹn.")
    fault = {
        True: _("do lỗi cá nhân"),
        False: _("không do lỗi cá nhân"),
        None: _("chưa kết luận lỗi"),
    }[fixed.own_fault]
    over = _(", quá {over} phút làm việc").format(over=fixed.over) if fixed.over else ""
    objection = (
        _("\nÝ kiến: {objection}").format(objection=fixed.objection) if fixed.objection else ""
    )
    return f"{view.responsible or _('Chưa rõ người')}: {fault}{over}{objection}"


def _letter(letter: Letter) -> str:
    number = letter.number_text or _("chưa có số")
    again = (
        _(", hẹn lại {new_due}").format(new_due=formatting.short(letter.new_due))
        if letter.new_due
        else ""
    )
    about = _("sai sót – ") if letter.kind is LetterKind.MISTAKE else ""
    to = (
        _(" ({delivered_to} nhận)").format(delivered_to=letter.delivered_to)
        if letter.delivered_to
        else ""
    )
    return f"• {number} – {about}{_(formatting.LETTER[letter.state])}{to}{again}: {letter.reason}"
