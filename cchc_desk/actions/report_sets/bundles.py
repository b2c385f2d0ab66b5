"""Bundles: the reports of a set for one period and a draft of their letter, in one .zip; sent."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cchc_desk.actions.exports import leaving
from cchc_desk.actions.office import printable, signing
from cchc_desk.actions.report_sets import sets
from cchc_desk.actions.reports import exports, makers, reports
from cchc_desk.domain.ledger.facts.reports import BundleMade, BundleSent
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.reports.report import Asked, Report
from cchc_desk.domain.reports.sets import Bundle, ReportPeriod, ReportSet
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, in_vietnamese
from cchc_desk.long_work import LongWork
from cchc_desk.output_file import output_file
from cchc_desk.papers.covering_letter import CoveringLetter, covering_letter_drawing
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import report_sets

LETTER = "00-cong-van-du-thao.pdf"
_MOST = 200  # letters of how it was sent
_CHOICES = 4  # periods to choose from


@dataclass(frozen=True)
class ToMake:
    """What can be made of a set: its periods that are over, the one to make first.

    `needs_reason`: some report has data of citizens.
    """

    report_set: ReportSet
    periods: tuple[ReportPeriod, ...]
    needs_reason: bool


def to_make(desk: Desk, number: int) -> ToMake:
    """Return the periods of a set that can be made, the earliest that was not sent before others.

    Raises Refused("unknown-report-set").
    """
    desk.require(Permission.REPORT_BUNDLE)
    today = desk.now().date()
    with desk.read() as connection:
        one, waiting = _waiting(connection, number)
    plan = one.schedule
    period, over = plan.before(plan.period_of(today)), list[ReportPeriod]()
    for _choice in range(_CHOICES):
        over.append(period)
        period = plan.before(period)
    first = (waiting,) if waiting.last < today else ()
    periods = tuple(dict.fromkeys((*first, *over)))
    return ToMake(one, periods, not makers.OF_CITIZENS.isdisjoint(one.reports))


def file_name(one: ReportSet, period: ReportPeriod) -> str:
    """Return the usual name of a bundle's file: letters of ASCII, and the month."""
    return f"{fold(one.name).replace(' ', '-')[:60].strip('-') or 'bao-cao'}-{period.code}.zip"


def make(
    desk: Desk,
    number: int,
    target: Path,
    month: date | None = None,
    reason: str = "",
    work: LongWork | None = None,
) -> Bundle:
    """Write PDF and workbook of each report and the draft of the letter into one .zip.

    Of the period with `month`, else of the earliest that was not sent; into a folder by its usual
    name. With data of citizens it leaves with a reason. Raises Refused("unknown-report-set"),
    ("period-not-over"), as leaving.required_reason() and output_file().
    """
    me, now = desk.require(Permission.REPORT_BUNDLE), desk.now()
    with desk.read() as connection:
        one, waiting = _waiting(connection, number)
    period = waiting if month is None else _period_with(one, month)
    if period.last >= now.date():
        raise Refused(
            "period-not-over",
            _("Kỳ {period} đến hết ngày {last:%d/%m/%Y} mới hết; hãy lập sau ngày ấy.").format(
                period=period.words, last=period.last
            ),
            "month",
        )
    if not makers.OF_CITIZENS.isdisjoint(one.reports):
        reason = leaving.required_reason(desk, reason)
    if target.is_dir():
        target = target / file_name(one, period)
    made, content = _content(desk, one, period, work or LongWork())
    bundle = Bundle(
        0,
        number,
        one.name,
        one.receiver,
        period.first,
        period.last,
        now,
        me.id,
        target.name,
        hashlib.sha256(content).hexdigest(),
    )
    with output_file(target) as out:
        out.write(content)
        _note_leaving(desk, made, bundle, content, reason)
        return _note(desk, bundle, made)


def _waiting(connection: Connection, number: int) -> tuple[ReportSet, ReportPeriod]:
    """Return a set with its earliest period that was not sent."""
    one = sets.found(connection, number)
    bundles = report_sets.all_bundles(connection)
    sent = {(x.first, x.last) for x in bundles if x.report_set == number and x.sent}
    return one, one.next_period(sent)


def _period_with(one: ReportSet, month: date) -> ReportPeriod:
    """Return the period that ends in a month, or else has it."""
    return one.schedule.period_of(one.schedule.closes(month))


def _note_leaving(
    desk: Desk, made: tuple[Report, ...], bundle: Bundle, content: bytes, reason: str
) -> None:
    personal = [report for report in made if report.is_personal]
    if personal:
        titles = "; ".join(report.title for report in personal)
        lines = sum(len(report.table.rows) for report in personal)
        leaving.note(desk, titles, lines, bundle.file, content, reason)


def _note(desk: Desk, bundle: Bundle, made: tuple[Report, ...]) -> Bundle:
    with desk.write() as connection:
        sets.found(connection, bundle.report_set)  # nobody took it away meanwhile
        bundle = replace(bundle, number=report_sets.add_bundle(connection, bundle))
        facts = BundleMade(
            bundle.number,
            bundle.report_set,
            bundle.first,
            bundle.last,
            tuple(report.name for report in made),
            bundle.file,
            bundle.sha256,
            tuple(report.name for report in made if report.frozen),
        )
        desk.record(connection, facts, tables=("report_bundles",), counted=False)
    return bundle


# --- what is in it --------------------------------------------------------------------------------


@in_vietnamese()
def _content(
    desk: Desk, one: ReportSet, period: ReportPeriod, work: LongWork
) -> tuple[tuple[Report, ...], bytes]:
    """Return the reports and the .zip of their files."""
    asked = Asked(period.first, period.last)
    made = tuple(reports.make_together(desk, one.reports, asked).values())
    archive = io.BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as packed:
        for name, content in _files(desk, one, period, made, work):
            packed.writestr(_entry(name, desk.now()), content)
    return made, archive.getvalue()


def _entry(name: str, made: datetime) -> ZipInfo:
    entry = ZipInfo(name, made.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    return entry


def _files(
    desk: Desk,
    one: ReportSet,
    period: ReportPeriod,
    made: tuple[Report, ...],
    work: LongWork,
) -> Iterator[tuple[str, bytes]]:
    yield LETTER, covering_letter_drawing(_letter(desk, one, period, made)).pdf()
    for number, report in enumerate(made, 1):
        files, name = exports.report_files(desk, report, work), f"{number:02}-{report.name}"
        yield f"{name}.pdf", files.pdf
        yield f"{name}.xlsx", files.workbook


def _letter(
    desk: Desk, one: ReportSet, period: ReportPeriod, made: tuple[Report, ...]
) -> CoveringLetter:
    settings = desk.settings
    return CoveringLetter(
        agency=Agency(settings["parent_agency"], settings["unit_name"]),
        place=settings["place"],
        receiver=one.receiver,
        period=period.words,
        first=period.first,
        last=period.last,
        enclosed=tuple(map(_enclosed, made)),
        signer=signing.lines_of_whoever_signs(desk),
        made=desk.now().date(),
        watermark=desk.watermark,
    )


def _enclosed(report: Report) -> str:
    named = f"{report.form.number}: {report.title}" if report.form else report.title
    return f"{named} (số liệu đã chốt)" if report.frozen else named


# --- sent -----------------------------------------------------------------------------------------


def mark_sent(desk: Desk, number: int, on: date, how: str, month: date | None = None) -> Bundle:
    """Note when and how the last bundle of a period went, by default of the earliest not sent.

    Raises Refused("unknown-report-set"), ("no-bundle"), ("bundle-sent"), ("sent-day"),
    ("sent-how"), ("text-long").
    """
    me = desk.require(Permission.REPORT_BUNDLE)
    how = _checked_how(how)
    with desk.write() as connection:
        bundle = _last_bundle(connection, number, month)
        if not bundle.made.date() <= on <= desk.now().date():
            raise Refused(
                "sent-day",
                _("Ngày gửi phải từ ngày lập ({made:%d/%m/%Y}) đến hôm nay.").format(
                    made=bundle.made
                ),
                "on",
            )
        report_sets.mark_sent(connection, bundle.number, on, me.id, how)
        sent = BundleSent(bundle.number, on, how)
        desk.record(connection, sent, tables=("report_bundles",), counted=False)
    return replace(bundle, sent=on, sent_by=me.id, how=how)


def _checked_how(how: str) -> str:
    line = printable.printable_line(how, "how")
    if not line:
        raise Refused("sent-how", _("Hãy ghi đã gửi bằng cách nào."), "how")
    if len(line) > _MOST:
        raise Refused("text-long", _("Dài quá {most} ký tự.").format(most=_MOST), "how")
    return line


def _last_bundle(connection: Connection, number: int, month: date | None) -> Bundle:
    """Return the last bundle of the period, which was not sent."""
    one, waiting = _waiting(connection, number)
    period = waiting if month is None else _period_with(one, month)
    made = [
        bundle
        for bundle in report_sets.all_bundles(connection)
        if (bundle.report_set, bundle.first, bundle.last) == (number, period.first, period.last)
    ]
    if not made:
        raise Refused(
            "no-bundle",
            _("Chưa lập bộ báo cáo {period}; hãy lập rồi ghi đã gửi.").format(period=period.words),
        )
    if made[-1].sent:
        raise Refused(
            "bundle-sent",
            _("Bộ báo cáo {period} đã ghi gửi ngày {sent:%d/%m/%Y}.").format(
                period=period.words, sent=made[-1].sent
            ),
        )
    return made[-1]
