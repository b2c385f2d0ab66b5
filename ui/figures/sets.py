"""Gửi định kỳ: the sets of reports, what is due next of each, and what was made and sent."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from cchc_desk.actions.report_sets import bundles, standing
from cchc_desk.actions.report_sets.bundles import ToMake
from cchc_desk.actions.report_sets.standing import HistoryLine
from cchc_desk.domain.permissions import Permission, why_not
from cchc_desk.domain.reports.sets import Bundle, NextDue, ReportSet, State
from cchc_desk.domain.table import Column, Listing
from cchc_desk.i18n import _, later
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from ui.figures import set_questions
from ui.figures.set_questions import Making
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import with_foot
from ui.widgets.tables.line_table import LineTable
from ui.widgets.tables.table import Offered, acts_of
from ui.widgets.tables.when_empty import WhenEmpty

_STATES = {
    State.RUNNING: later("kỳ chưa hết"),
    State.NOT_MADE: later("chưa lập"),
    State.MADE: later("đã lập, chưa gửi"),
    State.OVERDUE: later("⚠ quá hạn, chưa lập"),
}
_OVERDUE_MADE = later("⚠ quá hạn, chưa gửi")


def _state(one: NextDue) -> str:
    is_late_made = one.state is State.OVERDUE and one.bundle is not None
    return _(_OVERDUE_MADE if is_late_made else _STATES[one.state])


def _last_sent(one: NextDue) -> str:
    sent = one.last_sent
    return f"{sent.sent:%d/%m/%Y} – {sent.how}" if sent and sent.sent else ""


_SETS: tuple[Column[NextDue], ...] = (
    Column(later("Bộ báo cáo"), lambda one: one.report_set.name),
    Column(later("Nơi nhận"), lambda one: one.report_set.receiver),
    Column(later("Kỳ tới"), lambda one: one.period.words, sort=lambda one: one.period.last),
    Column(later("Hạn gửi"), lambda one: f"{one.due:%d/%m/%Y}", sort=lambda one: one.due),
    Column(later("Tình trạng"), _state),
    Column(later("Gửi lần cuối"), _last_sent),
)
_BUNDLES: tuple[Column[HistoryLine], ...] = (
    Column(later("Bộ báo cáo"), lambda one: one.bundle.name),
    Column(later("Nơi nhận"), lambda one: one.bundle.receiver),
    Column(
        later("Số liệu từ – đến"),
        lambda one: f"{one.bundle.first:%d/%m} – {one.bundle.last:%d/%m/%Y}",
        sort=lambda one: one.bundle.last,
    ),
    Column(
        later("Lập lúc"),
        lambda one: f"{one.bundle.made:%H:%M %d/%m/%Y} – {one.made_by}",
        sort=lambda one: one.bundle.made,
    ),
    Column(
        later("Gửi ngày"),
        lambda one: f"{one.bundle.sent:%d/%m/%Y}" if one.bundle.sent else "",
        sort=lambda one: one.bundle.sent,
    ),
    Column(later("Bằng cách nào, ai ghi"), lambda one: _how(one)),
    Column(later("Tệp"), lambda one: one.bundle.file),
    Column(later("Mã băm SHA-256"), lambda one: one.bundle.sha256),
)
_RECEIVER, _PERIOD, _LAST = 1, 2, 5
_MADE, _HOW, _FILE, _HASH = 3, 5, 6, 7


def _how(one: HistoryLine) -> str:
    return " – ".join(filter(None, (one.bundle.how, one.sent_by)))


class ReportSetsPage(Page):
    """Enter makes the bundle of a line, Alt+G notes that it went; Esc goes back to the figures."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.table = LineTable(
            later("Các bộ báo cáo"), giving=(0,), leaving=(_LAST, _RECEIVER, _PERIOD)
        )
        self.history = LineTable(
            later("Đã lập, đã gửi"), giving=(0,), leaving=(_HASH, _FILE, _RECEIVER, _MADE, _HOW)
        )
        self._lay_out()
        self.table.chosen.connect(lambda _number: self.ask_make())
        self.table.acts_of_line = self._offer_acts
        texts.shortcut(self, "Esc", lambda: self.shell.open_page("figures"))

    def _lay_out(self) -> None:
        self.make = texts.button(_("Lập bộ báo cáo"), self.ask_make, "F9", self, "primary")
        self.sent = texts.button(_("Ghi đã gửi"), self.ask_sent, "Alt+G", self)
        self.new = texts.button(_("Thêm bộ"), self.ask_new, "Alt+T", self)
        self.change = texts.button(_("Sửa bộ"), self.ask_change, "Alt+S", self)
        self.drop = texts.button(_("Bỏ bộ"), self.ask_remove, "Alt+X", self)
        keys = Flow()
        for made in self._acts():
            keys.add(made)
        WhenEmpty(self.table, _("Chưa có bộ báo cáo nào: Thêm bộ (Alt+T)."))
        WhenEmpty(self.history, _("Chưa lập bộ nào."))
        column = QVBoxLayout()
        column.addWidget(texts.words(_("Báo cáo gửi định kỳ"), "title"))
        column.addWidget(
            texts.words(
                _(
                    "Enter ở một bộ: một tệp .zip có PDF, bảng tính của từng báo cáo và công văn "
                    "dự thảo. Gửi xong thì ghi lại."
                ),
                "quiet",
            )
        )
        column.addWidget(self.table, 1)
        column.addWidget(texts.words(_("Đã lập, đã gửi"), "section"))
        column.addWidget(self.history, 1)
        columns = Columns()
        columns.add(column)
        with_foot(self, columns, keys)

    def _acts(self) -> tuple[QPushButton, ...]:
        return self.make, self.sent, self.new, self.change, self.drop

    def _offer_acts(self, show: Offered) -> None:
        show(acts_of(self._acts()))

    # --- showing ----------------------------------------------------------------------------------

    def shown(self) -> None:
        self.official_changed()
        self.refresh()
        self.table.setFocus()

    def official_changed(self) -> None:
        me = self.desk.official
        may_set = why_not(me, Permission.REPORT_SET) or None
        for made in (self.new, self.change, self.drop):
            texts.allow(made, may_set)
        for made in (self.make, self.sent):
            texts.allow(made, why_not(me, Permission.REPORT_BUNDLE) or None)

    def changed_elsewhere(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.desk
        jobs.run(self, lambda: (standing.listed(desk), standing.history(desk)), self._show)

    def _show(self, found: tuple[tuple[NextDue, ...], tuple[HistoryLine, ...]]) -> None:
        listed, history = found
        self.table.fill(Listing(_SETS, listed), lambda one: str(one.report_set.number))
        self.history.fill(Listing(_BUNDLES, history))

    def _chosen(self) -> NextDue | None:
        """Return the line under the cursor, or say that there is none."""
        one = self.table.current()
        if isinstance(one, NextDue):
            return one
        notices.say(_("Chưa có bộ báo cáo nào: Thêm bộ (Alt+T)."))
        return None

    def _done(self, said: str) -> None:
        notices.say(said)
        self.refresh()

    # --- making -----------------------------------------------------------------------------------

    def ask_make(self) -> None:
        """Ask of which period, why where citizens are named, and where to; then make it."""
        one, desk = self._chosen(), self.desk
        if one is not None:
            number = one.report_set.number
            jobs.run(self, lambda: bundles.to_make(desk, number), self._ask_period)

    def _ask_period(self, found: ToMake) -> None:
        set_questions.ask_period(self, found, partial(self._ask_file, found.report_set))

    def _ask_file(self, report_set: ReportSet, making: Making) -> None:
        title = _("Lưu bộ báo cáo")
        proposed = str(Path.home() / bundles.file_name(report_set, making.period))
        chosen, _kind = QFileDialog.getSaveFileName(self, title, proposed, _("Tệp nén (*.zip)"))
        if not chosen:
            return
        target, desk = Path(chosen), self.desk
        if not target.suffix:
            target = target.with_suffix(".zip")

        def job(work: LongWork) -> Bundle:
            month, reason = making.period.last, making.reason
            return bundles.make(desk, report_set.number, target, month, reason, work)

        jobs.run_long(self, _("Lập bộ báo cáo"), job, self._made)

    def _made(self, bundle: Bundle) -> None:
        self._done(_("Đã lập {file}. Gửi xong thì Ghi đã gửi (Alt+G).").format(file=bundle.file))

    def ask_sent(self) -> None:
        """Ask on which day and how the last bundle of the line went."""
        one = self._chosen()
        if one is None:
            return
        if one.bundle is None:
            words = _("Chưa lập bộ báo cáo {period}; hãy lập rồi ghi đã gửi.")
            notices.say(words.format(period=one.period.words))
            return
        set_questions.ask_sent(self, one, self._sent)

    def _sent(self, bundle: Bundle) -> None:
        self._done(
            _("Đã ghi: gửi {receiver} ngày {sent:%d/%m/%Y}.").format(
                receiver=bundle.receiver, sent=bundle.sent
            )
        )

    # --- the sets themselves ----------------------------------------------------------------------

    def ask_new(self) -> None:
        """Ask for a new set."""
        set_questions.ask_set(self, None, self._kept)

    def ask_change(self) -> None:
        """Ask for the set of the line as it is to be."""
        one = self._chosen()
        if one is not None:
            set_questions.ask_set(self, one.report_set, self._kept)

    def _kept(self, kept: ReportSet) -> None:
        self._done(_("Đã ghi bộ báo cáo «{name}».").format(name=kept.name))

    def ask_remove(self) -> None:
        """Ask before the set of the line goes."""
        one = self._chosen()
        if one is not None:
            set_questions.ask_remove(self, one.report_set, self._removed)

    def _removed(self, removed: ReportSet) -> None:
        self._done(_("Đã bỏ bộ báo cáo «{name}».").format(name=removed.name))
