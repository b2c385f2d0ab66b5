"""Over a report of a month: whether its figures are frozen, what is counted otherwise now."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.actions.reports import months
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.domain.reports.report import Correction, Frozen, Report
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from ui.look import texts
from ui.shell import questions
from ui.widgets.question_panel import Line

_SHOWN = 6  # corrections, in words
_HASH = 12  # digits of the hash that are shown


class FrozenLine(QWidget):
    """Says what holds of the month, with the button of whoever may freeze or open it.

    `changed`: the month is frozen now, or open again.
    """

    changed = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__()
        self._desk, self._page = desk, page
        self._report: Report | None = None
        self.words = texts.words("", "quiet")
        self.act = texts.button("", self.ask, "Alt+C", page, "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self.act)
        self.hide()

    def show_report(self, report: Report | None) -> None:
        """Show what holds of the month of a report; hide where it is of no month that is over."""
        self._report = report
        month = report and months.month_over(report.asked, self._desk.now().date())
        self.setVisible(month is not None)
        if report is None or month is None:
            self.act.hide()  # its key too
            return
        frozen = report.frozen
        if frozen is None:
            self.words.setText(_("Số liệu tháng {month:%m/%Y} chưa chốt.").format(month=month))
            self._offer(_("Chốt số liệu tháng"), Permission.FREEZE)
        else:
            self.words.setText(_frozen_words(report, frozen))
            self._offer(_("Mở lại số liệu"), Permission.UNFREEZE)

    def _offer(self, words: str, permission: Permission) -> None:
        self.act.setText(f"{words}  ·  {texts.key_text('Alt+C')}")
        self.act.setAccessibleName(words)
        me = self._desk.official
        self.act.setVisible(me is not None and me.role in ALLOWED[permission])

    def ask(self) -> None:
        """Ask before the month is frozen; why, before it is opened again."""
        report = self._report
        if report is None:
            return
        month, desk = report.asked.first, self._desk
        name = f"{month:%m/%Y}"
        if report.frozen is None:
            questions.ask(
                self._page,
                _("Chốt số liệu tháng {month}").format(month=name),
                (),
                _("Chốt"),
                lambda: partial(months.freeze, desk, month),
                lambda _frozen: self.changed.emit(),
                _(
                    "Mọi báo cáo của tháng giữ đúng như lúc này, có mã băm trong sổ cái; hồ sơ đổi "
                    "về sau thì ghi bên cạnh số đã chốt. Chỉ lãnh đạo mở lại được."
                ),
            )
            return
        reason = Line(_("Vì sao mở lại? (ghi vào sổ cái)"), name="reason", needed=True)
        questions.ask(
            self._page,
            _("Mở lại số liệu tháng {month}").format(month=name),
            (reason,),
            _("Mở lại"),
            lambda: partial(months.unfreeze, desk, month, reason.value),
            lambda _done: self.changed.emit(),
            _("Giấy đã chốt vẫn giữ; báo cáo lại đếm theo hồ sơ hiện nay."),
        )


def _frozen_words(report: Report, frozen: Frozen) -> str:
    said = _("Đã chốt lúc {at:%H:%M ngày %d/%m/%Y}, mã băm {hash}….").format(
        at=frozen.at, hash=frozen.sha256[:_HASH]
    )
    found = frozen.corrections
    if not found:
        return said + " " + _("Hồ sơ hiện nay vẫn đếm như thế.")
    count = _n("{count} ô nay đếm khác:", len(found)).format(count=len(found))
    lines = [_correction_words(report, one) for one in found[:_SHOWN]]
    more = len(found) - len(lines)
    if more:
        lines.append(_n("và {count} ô nữa (xem ở tệp bảng tính).", more).format(count=more))
    return "\n".join((f"{said} {count}", *lines))


def _correction_words(report: Report, one: Correction) -> str:
    head = next(head for head in report.table.heads if head.name == one.column)
    title = " – ".join(filter(None, (head.group, head.title)))
    return f"• {one.row}, {title}: {one.frozen or '–'} → {one.now or '–'}"
