"""The questions about sets of reports: a set itself, the period of a bundle, how it was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cchc_desk.actions.exports import leaving
from cchc_desk.actions.report_sets import bundles, sets
from cchc_desk.actions.report_sets.bundles import ToMake
from cchc_desk.actions.report_sets.sets import NewReportSet
from cchc_desk.actions.reports import makers
from cchc_desk.domain.reports.sets import (
    LAST_DAY,
    Bundle,
    Every,
    NextDue,
    ReportPeriod,
    ReportSet,
    Schedule,
)
from cchc_desk.i18n import _, later
from ui.shell import questions
from ui.shell.page import Page
from ui.widgets.question_panel import Choice, Day, Line, Ticks

_EVERY = {
    Every.MONTH: later("Hằng tháng"),
    Every.QUARTER: later("Hằng quý"),
    Every.HALF_YEAR: later("6 tháng một lần"),
    Every.YEAR: later("Hằng năm"),
}
_USUAL_CLOSINGS = (LAST_DAY, 14)
_USUAL_DUE_DAY = 5


class _DayOfMonth(Line):
    """A day of a month, as a number."""

    def problem(self) -> str:
        wrong = _("Hãy ghi một số từ 1 đến 31.")
        return "" if self.value.isdecimal() and 1 <= int(self.value[:3]) <= LAST_DAY else wrong


def ask_set(page: Page, known: ReportSet | None, done: Callable[[ReportSet], None]) -> None:
    """Ask for a set, new or changed."""
    desk, plan = page.desk, known.schedule if known else None
    name = Line(_("Tên bộ báo cáo"), known.name if known else "", name="name", needed=True)
    receiver = Line(
        _("Nơi nhận (Kính gửi)"), known.receiver if known else "", name="receiver", needed=True
    )
    reports = Ticks(
        _("Gồm những báo cáo nào? (phím cách)"),
        [(makers.MAKERS[one].title, one) for one in sets.SENDABLE],
        name="reports",
        ticked=known.reports if known else (),
    )
    every = Choice(
        _("Bao lâu một lần?"),
        [(_(words), one) for one, words in _EVERY.items()],
        plan.every if plan else Every.MONTH,
    )
    closings = dict.fromkeys((*_USUAL_CLOSINGS, *((plan.closing,) if plan else ())))
    closing = Choice(
        _("Chốt số liệu"),
        [(_closing_words(one), one) for one in closings],
        plan.closing if plan else LAST_DAY,
        name="closing",
    )
    due_day = _DayOfMonth(
        _("Hạn gửi: ngày nào trong tháng, sau khi hết kỳ"),
        str(plan.due_day if plan else _USUAL_DUE_DAY),
        name="due_day",
    )

    def job() -> Callable[[], ReportSet]:
        schedule = Schedule(every.value, closing.value, int(due_day.value))
        new = NewReportSet(name.value, receiver.value, reports.value, schedule)
        if known is None:
            return partial(sets.add, desk, new)
        return partial(sets.change, desk, known.number, new)

    title = _("Sửa bộ báo cáo – {name}").format(name=known.name) if known else _("Thêm bộ báo cáo")
    fields = (name, receiver, reports, every, closing, due_day)
    questions.ask(page, title, fields, _("Ghi"), job, done)


def _closing_words(day: int) -> str:
    if day == LAST_DAY:
        return _("hết tháng")
    return _("hết ngày {day} (số liệu từ ngày {first} tháng trước)").format(day=day, first=day + 1)


def ask_remove(page: Page, known: ReportSet, done: Callable[[ReportSet], None]) -> None:
    """Ask before a set goes."""
    questions.ask(
        page,
        _("Bỏ bộ báo cáo – {name}").format(name=known.name),
        (),
        _("Bỏ bộ"),
        lambda: partial(sets.remove, page.desk, known.number),
        done,
        _("Không nhắc gửi nữa; những gì đã lập, đã gửi vẫn giữ."),
    )


@dataclass(frozen=True)
class Making:
    """What was answered before a bundle is made."""

    period: ReportPeriod
    reason: str


def ask_period(page: Page, found: ToMake, done: Callable[[Making], None]) -> None:
    """Ask which period is made, and why where some report has data of citizens."""
    desk = page.desk
    options = [
        (f"{one.words}: {one.first:%d/%m/%Y} – {one.last:%d/%m/%Y}", one) for one in found.periods
    ]
    period = Choice(_("Kỳ nào?"), options, found.periods[0])
    reason = Line(_("Để làm gì, cho ai? (ghi vào sổ cái)"), name="reason", needed=True)

    def job() -> Callable[[], Making]:
        chosen, why = period.value, reason.value if found.needs_reason else ""

        def checked() -> Making:
            given = leaving.required_reason(desk, why) if found.needs_reason else ""
            return Making(chosen, given)

        return checked

    about = (
        _("Bộ này có báo cáo ghi tên công dân; nhật ký xuất dữ liệu giữ lại ai lấy.")
        if found.needs_reason
        else ""
    )
    title = _("Lập bộ báo cáo – {name}").format(name=found.report_set.name)
    fields = (period, reason) if found.needs_reason else (period,)
    questions.ask(page, title, fields, _("Tiếp tục"), job, done, about)


def ask_sent(page: Page, one: NextDue, done: Callable[[Bundle], None]) -> None:
    """Ask on which day and how the last bundle of the next period went."""
    desk, today = page.desk, page.desk.now().date()
    on = Day(_("Gửi ngày nào?"), today, today.year, name="on", needed=True)
    before = one.last_sent.how if one.last_sent else ""
    ways = _("Bằng cách nào? (trục liên thông, thư điện tử, bản giấy…)")
    how = Line(ways, before, name="how", needed=True)

    def job() -> Callable[[], Bundle]:
        number, day, said = one.report_set.number, on.value or today, how.value
        return partial(bundles.mark_sent, desk, number, day, said, one.period.last)

    title = _("Ghi đã gửi – {name}, {period}").format(
        name=one.report_set.name, period=one.period.words
    )
    questions.ask(page, title, (on, how), _("Ghi đã gửi"), job, done)
