"""The verb of reports: made of a period, saved, and opened cell by cell."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.console.runtime import Answer, NewVerb, Options, Usage, day, opened, with_origin

if TYPE_CHECKING:
    from cchc_desk.actions.reports.months import FrozenMonth
    from cchc_desk.domain.reports.groupings import Grouping
    from cchc_desk.domain.reports.report import Frozen, Report
    from cchc_desk.domain.reports.table import ReportRow
    from cchc_desk.domain.table import Cell
    from cchc_desk.session import Desk


def add(verb: NewVerb) -> None:
    """Add this verb to the command line."""
    made = verb("report", _report, "báo cáo của một kỳ; --cell: các hồ sơ sau một ô", report={})
    made.add_argument("--from", dest="first", type=day, required=True)
    made.add_argument("--to", dest="last", type=day, required=True)
    made.add_argument("--out", type=Path, help="tệp .pdf, .xlsx; monthly, dispatch: cả .docx")
    made.add_argument(
        "--written", action="store_true", help="monthly, dispatch: .pdf viết thành văn như .docx"
    )
    made.add_argument("--cell", metavar="ROW:COLUMN", help="dòng (tên, số, total) và cột")
    made.add_argument("--by", type=_grouping, help="mỗi dòng là một: " + _GROUPINGS)
    made.add_argument("--reason", default="", help="để làm gì, cho ai; ghi vào sổ cái")
    with_origin(made)
    verb("freeze", _freeze, "chốt số liệu một tháng đã hết", month={"type": month})
    opened_again = verb(
        "unfreeze", _unfreeze, "lãnh đạo mở lại số liệu đã chốt", month={"type": month}
    )
    opened_again.add_argument("--reason", required=True)
    verb("frozen", _frozen, "các tháng đã chốt, ô nào nay đếm khác")


# Said here so that the command line begins without the domain of reports.
_GROUPINGS = (
    "field, procedure, channel, official, origin, desk, day, week, month, quarter, half-year, year"
)


def _grouping(text: str) -> "Grouping":
    """Read what each row is of. Raises ValueError."""
    from cchc_desk.domain.reports.groupings import Grouping

    return Grouping(text)


def month(text: str) -> date:
    """Read a month such as `2026-11`; its first day."""
    return day(f"{text}-01")


def _freeze(options: Options) -> Answer:
    from cchc_desk.actions.reports import months

    with opened(options) as desk:
        return _month(months.freeze(desk, options.month))


def _unfreeze(options: Options) -> Answer:
    from cchc_desk.actions.reports import months

    with opened(options) as desk:
        months.unfreeze(desk, options.month, options.reason)
    return {"month": f"{options.month:%Y-%m}"}


def _frozen(options: Options) -> Answer:
    from cchc_desk.actions.reports import months

    with opened(options) as desk:
        return {"months": [_month(one) for one in months.frozen_months(desk)]}


def _month(frozen: "FrozenMonth") -> Answer:
    return {
        "month": f"{frozen.month:%Y-%m}",
        "frozen": frozen.at,
        "sha256": frozen.sha256,
        "corrections": [{"report": name} | vars(one) for name, one in frozen.corrections],
    }


def _report(options: Options) -> Answer:
    from cchc_desk.actions.reports import exports, reports
    from cchc_desk.actions.reports.kinds import scores

    suffix = options.out.suffix.lower() if options.out else ""
    if options.written and suffix not in (".docx", ".pdf"):
        raise Usage("--written đi cùng --out TỆP.docx hoặc TỆP.pdf.")
    with opened(options) as desk:
        asked = reports.asked_of(options.first, options.last, options.origin, options.by)
        report = reports.make(desk, options.report, asked)
        if options.cell is not None:
            return {"dossiers": _cell(desk, report, options.cell)}
        if options.written:
            exports.save_written(desk, report.name, asked, options.out)
        elif options.out:
            exports.save_report(desk, report, options.out, options.reason)
        scored = _progress(desk, report) if report.name == scores.INDICATORS else {}
    return _shape(report) | scored | {"file": str(options.out) if options.out else None}


def _progress(desk: "Desk", report: "Report") -> Answer:
    """Return the one score of QĐ 766 that a desk works out, from its numbers to its points."""
    from cchc_desk.actions.reports.kinds import scores

    score = scores.progress(desk, report.asked)
    return {
        "received": score.whole,
        "in_time": score.part,
        "ratio": float(score.ratio),
        "progress_score": float(score.points),
    }


def _cell(desk: "Desk", report: "Report", cell: str) -> list[str]:
    from cchc_desk.actions.reports import reports

    row, colon, column = cell.rpartition(":")
    names = [head.name for head in report.table.heads]
    if not colon or column not in names:
        raise Usage(f"Ô «{cell}»: viết DÒNG:CỘT, cột là một trong {', '.join(names)}.")
    return list(reports.cell_dossiers(desk, report, reports.row_of(report.table, row), column))


def _shape(report: "Report") -> Answer:
    table = report.table
    return {
        "name": report.name,
        "columns": {head.name: head.title for head in table.heads},
        "rows": [_row(report, row) for row in table.rows],
        "totals": _row(report, table.totals) if table.totals else None,
        "frozen": _note(report.frozen) if report.frozen else None,
    }


def _note(frozen: "Frozen") -> Answer:
    return {
        "at": frozen.at,
        "sha256": frozen.sha256,
        "corrections": [vars(one) for one in frozen.corrections],
    }


def _row(report: "Report", row: "ReportRow") -> Answer:
    names = (head.name for head in report.table.heads)
    return {name: _plain(value) for name, value in zip(names, row.values, strict=True)}


def _plain(value: "Cell") -> str | int | float | None:
    """Return a value for JSON; a share in per cent, two decimals."""
    from cchc_desk.domain.reports.table import half_up

    match value:
        case Fraction():
            return float(half_up(value * 100, 2))
        case Decimal():
            return float(value)
        case date():
            return value.isoformat()
    return value
