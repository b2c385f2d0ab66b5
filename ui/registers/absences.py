"""The register of absences: who is away, who stands in, and its acts."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from cchc_desk.actions.people import absences, accounts
from cchc_desk.actions.people.absences import NewAbsence
from cchc_desk.domain.people.absences import Absence, NamedAbsence, may_stand_in
from cchc_desk.domain.people.officials import ROLE_NAMES, Official
from cchc_desk.domain.table import Column
from cchc_desk.domain.text.vietnamese import name_sort_key
from cchc_desk.i18n import _, later
from ui.shell import jobs, notices, questions
from ui.shell.page import Page
from ui.widgets.question_panel import Choice, Day, Line

ABSENCES = later("Vắng mặt và người thay")
Act = Callable[[Page, Any], None]
COLUMNS: tuple[Column[NamedAbsence], ...] = (
    Column(later("Người vắng"), lambda one: one.name, sort=lambda one: name_sort_key(one.name)),
    Column(later("Người thay"), lambda one: one.cover_name or _("✗ chưa có")),
    Column(
        later("Từ ngày"),
        lambda one: f"{one.absence.first:%d/%m/%Y}",
        sort=lambda one: one.absence.first,
    ),
    Column(
        later("Đến hết ngày"),
        lambda one: f"{one.absence.last:%d/%m/%Y}",
        sort=lambda one: one.absence.last,
    ),
    Column(
        later("Đang giữ"),
        lambda one: str(one.held),
        align="right",
        sort=lambda one: one.held,
    ),
    Column(later("Lý do"), lambda one: one.absence.reason, personal=True),
)


def enter(page: Page, _row: NamedAbsence | None) -> None:
    """Ask who is away, where one may say it of others; from and to when, and who stands in."""
    desk, me = page.desk, page.desk.official
    if me is None:
        return

    def ask(officials: tuple[Official, ...]) -> None:
        people = [one for one in officials if one.active]
        names = [(one.name, one.id) for one in people]
        who = Choice(_("Ai vắng mặt?"), names, me.id, name="official", lines=4)
        of_others = absences.enters_for_others(me)
        today = desk.now().date()
        first = Day(_("Từ ngày"), today, today.year, name="first", needed=True)
        last = Day(_("Đến hết ngày"), today, today.year, name="last", needed=True)
        others = [(_("chưa có người thay"), "")]
        others += [
            (f"{one.name} · {_(ROLE_NAMES[one.role])}", one.id)
            for one in people
            if of_others or (one.id != me.id and may_stand_in(one.role, me.role))
        ]
        by = Choice(_("Ai thay?"), others, "", name="stand_in", lines=4)
        reason = Line(_("Lý do (không ghi lên bảng dán cửa)"), name="reason")

        def job() -> Callable[[], Absence]:
            new = NewAbsence(
                first=first.value or today,
                last=last.value or today,
                stand_in=by.value,
                official=who.value,
                reason=reason.value,
            )
            return partial(absences.enter, desk, new)

        yes = _("Ghi vắng mặt")
        title, fields = (
            (yes, (who, first, last, by, reason))
            if of_others
            else (f"{yes} – {me.name}", (first, last, by, reason))
        )
        done = partial(_entered, page, {one.id: one.name for one in people})
        questions.ask(page, title, fields, yes, job, done)

    jobs.run(page, lambda: accounts.list_officials(desk), ask)


def _entered(page: Page, names: Mapping[str, str], absence: Absence) -> None:
    """Say who is away, until when and who stands in: the line may be one of many."""
    who = _("{name} vắng từ {first:%d/%m/%Y} đến hết {last:%d/%m/%Y}").format(
        name=names[absence.official], first=absence.first, last=absence.last
    )
    by = _("{name} thay").format(name=names[absence.stand_in]) if absence.stand_in else ""
    _done(
        page, _("Đã ghi: {who}; {by}.").format(who=who, by=by or _("chưa có người thay")), absence
    )


def end(page: Page, row: NamedAbsence | None) -> None:
    """Ask before the absence under the cursor ends."""
    if not isinstance(row, NamedAbsence):
        notices.say(_("Hãy chọn một dòng của sổ trước."))
        return
    desk, number = page.desk, row.absence.number
    questions.ask(
        page,
        _("Đã về – {name}").format(name=row.name),
        (),
        _("Đã về"),
        lambda: partial(absences.end, desk, number),
        partial(_done, page, _("Đã ghi: {name} làm việc lại.").format(name=row.name)),
        _("Từ hôm nay việc về lại người ấy; hồ sơ người thay đã nhận vẫn do người thay giữ."),
    )


def _done(page: Page, said: str, _absence: Absence) -> None:
    notices.say(said)
    page.refresh()


ACTS: tuple[tuple[str, str, Act], ...] = (
    (later("Ghi vắng mặt"), "Alt+V", enter),
    (later("Đã về"), "", end),
)
