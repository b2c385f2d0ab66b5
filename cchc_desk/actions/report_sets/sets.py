"""Sets of reports for one receiver: entered, changed, taken away."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from cchc_desk.actions.office import printable
from cchc_desk.actions.reports import makers
from cchc_desk.domain.ledger.facts.reports import ReportSetKept, ReportSetRemoved
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.sets import LAST_DAY, ReportSet, Schedule
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import report_sets

# What is of today, whatever period is asked for, is not sent for one.
SENDABLE = tuple(name for name in makers.MAKERS if name not in makers.OF_TODAY)
_MOST = 120  # letters of a name


@dataclass(frozen=True)
class NewReportSet:
    """A set as it is entered."""

    name: str
    receiver: str
    reports: tuple[str, ...]
    schedule: Schedule


def add(desk: Desk, new: NewReportSet) -> ReportSet:
    """Enter a set; it is asked for from today on.

    Raises Refused("report-set-name"), ("report-set-known"), ("report-set-reports"),
    ("report-set-day"), ("text-long"), ("not-printable").
    """
    desk.require(Permission.REPORT_SET)
    new = _checked(new)
    with desk.write() as connection:
        _check_name(report_sets.all_sets(connection), new.name, 0)
        kept = ReportSet(0, new.name, new.receiver, new.reports, new.schedule, desk.now().date())
        kept = replace(kept, number=report_sets.add_set(connection, kept))
        _note(desk, connection, kept)
    return kept


def change(desk: Desk, number: int, new: NewReportSet) -> ReportSet:
    """Change a set; with other days it is asked for from today on.

    Raises as add(), and Refused("unknown-report-set").
    """
    desk.require(Permission.REPORT_SET)
    new = _checked(new)
    with desk.write() as connection:
        before = found(connection, number)
        _check_name(report_sets.all_sets(connection), new.name, number)
        since = before.since if new.schedule == before.schedule else desk.now().date()
        kept = ReportSet(number, new.name, new.receiver, new.reports, new.schedule, since)
        if kept != before:
            report_sets.change_set(connection, kept)
            _note(desk, connection, kept)
    return kept


def remove(desk: Desk, number: int) -> ReportSet:
    """Take a set away; what was made and sent of it stays. Raises Refused("unknown-report-set")."""
    desk.require(Permission.REPORT_SET)
    with desk.write() as connection:
        before = found(connection, number)
        report_sets.remove_set(connection, number, desk.now())
        removed = ReportSetRemoved(number, before.name)
        desk.record(connection, removed, tables=("report_sets",), counted=False)
    return before


def _note(desk: Desk, connection: Connection, kept: ReportSet) -> None:
    plan = kept.schedule
    facts = ReportSetKept(
        kept.number,
        kept.name,
        kept.receiver,
        kept.reports,
        plan.every.value,
        plan.closing,
        plan.due_day,
    )
    desk.record(connection, facts, tables=("report_sets",), counted=False)


def _checked(new: NewReportSet) -> NewReportSet:
    """Return the set as it is kept: its reports in their usual order."""
    name, receiver = (
        _line(text, field) for text, field in ((new.name, "name"), (new.receiver, "receiver"))
    )
    unknown = [one for one in new.reports if one not in SENDABLE]
    if unknown or not new.reports:
        raise Refused(
            "report-set-reports",
            _("Hãy chọn ít nhất một báo cáo trong: {names}.").format(names=", ".join(SENDABLE)),
            "reports",
        )
    plan = new.schedule
    for day, field in ((plan.closing, "closing"), (plan.due_day, "due_day")):
        if not 1 <= day <= LAST_DAY:
            raise Refused(
                "report-set-day", _("Ngày trong tháng là từ 1 đến 31 (31: cuối tháng)."), field
            )
    reports = tuple(one for one in SENDABLE if one in new.reports)
    return NewReportSet(name, receiver, reports, plan)


def _line(text: str, field: str) -> str:
    line = printable.printable_line(text, field)
    if not line:
        raise Refused("report-set-name", _("Hãy ghi tên bộ báo cáo và nơi nhận."), field)
    if len(line) > _MOST:
        raise Refused("text-long", _("Dài quá {most} ký tự.").format(most=_MOST), field)
    return line


def _check_name(known: Collection[ReportSet], name: str, number: int) -> None:
    if any(fold(one.name) == fold(name) and one.number != number for one in known):
        raise Refused(
            "report-set-known",
            _("Đã có bộ báo cáo «{name}»; hãy đặt tên khác.").format(name=name),
            "name",
        )


def found(connection: Connection, number: int) -> ReportSet:
    """Return a set, in the caller's transaction. Raises Refused("unknown-report-set")."""
    for one in report_sets.all_sets(connection):
        if one.number == number:
            return one
    raise Refused(
        "unknown-report-set",
        _("Không có bộ báo cáo nào mang số {number}.").format(number=number),
        "number",
    )
