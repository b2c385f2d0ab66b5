"""The pictures of reports: which columns are drawn, and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from cchc_desk.domain.chart import Bar, Part, Picture, Shape, Tone
from cchc_desk.domain.reports.report import Report
from cchc_desk.domain.reports.table import NOTHING, ReportRow, cell_text

_MOST_PERCENT = 20.0  # one late dossier of two in a month says little, and squashed the line
_MANY = 6  # bars of a ranking


@dataclass(frozen=True)
class DrawnCell:
    """The cell of a report that a part of a bar shows."""

    row: ReportRow
    column: str


@dataclass(frozen=True)
class Drawn:
    """A report with its picture; `cells` by bar and part, `said` a line under it."""

    report: Report
    picture: Picture
    cells: tuple[tuple[DrawnCell, ...], ...]
    said: str = ""


def drawn(report: Report, line: Fraction) -> Drawn:
    """Return the report with its picture; `line` is the late share that must not be reached.

    Raises KeyError for a report without one.
    """
    return _DRAWN[report.name](report, line)


def _trend(report: Report, line: Fraction) -> Drawn:
    bars = []
    for row in report.table.rows:
        month, late, total, share = row.values
        value = float(share * 100) if isinstance(share, Fraction) else 0.0
        tone = Tone.LATE if value >= line * 100 else Tone.PLAIN
        words = f"{cell_text(share)} ({late}/{total})" if total else NOTHING
        number, year = str(month).split("/")
        first = row is report.table.rows[0] or number == "01"
        short = f"{int(number)}/{year[2:]}" if first else str(int(number))
        text = f"{late}/{total}" if total else NOTHING
        bars.append(Bar(str(month), (Part(value, words, tone),), text, short))
    picture = Picture(
        Shape.STANDING,
        tuple(bars),
        ("Tỷ lệ trễ hẹn",),
        float(line * 100),
        f"{float(line * 100):g} %".replace(".", ","),
        _MOST_PERCENT,
    )
    return Drawn(report, picture, _cells(report.table.rows, ("share",)))


def _cells(
    rows: tuple[ReportRow, ...], columns: tuple[str, ...]
) -> tuple[tuple[DrawnCell, ...], ...]:
    return tuple(tuple(DrawnCell(row, column) for column in columns) for row in rows)


def _number(report: Report, row: ReportRow, column: str) -> int:
    value = report.table.value(row, column)
    return value if isinstance(value, int) else 0


def _of_columns(
    report: Report,
    shape: Shape,
    tones: Mapping[str, Tone],
    rows: tuple[ReportRow, ...],
    name: Callable[[str], str] = str,
) -> Drawn:
    """Return a picture with a part for each of these columns."""
    heads = {head.name: head for head in report.table.heads}
    bars = []
    for row in rows:
        counts = {column: _number(report, row, column) for column in tones}
        parts = tuple(
            Part(count, cell_text(count), tones[column]) for column, count in counts.items()
        )
        whole = str(row.values[0])
        bars.append(Bar(whole, parts, cell_text(sum(counts.values())), name(whole)))
    picture = Picture(shape, tuple(bars), tuple(heads[column].title for column in tones))
    return Drawn(report, picture, _cells(rows, tuple(tones)))


def _fields(report: Report, _line: Fraction) -> Drawn:
    tones = {"c8": Tone.GOOD, "c9": Tone.PLAIN, "c10": Tone.LATE}
    solved = [row for row in report.table.rows if _number(report, row, "c7")]
    most = sorted(solved, key=lambda row: -_number(report, row, "c7"))[:_MANY]
    return _of_columns(report, Shape.LYING, tones, tuple(most))


def _due(report: Report, _line: Fraction) -> Drawn:
    made = _of_columns(
        report,
        Shape.STANDING,
        {"due": Tone.PLAIN},
        report.table.rows,
        lambda day: day.rpartition(" ")[2],
    )
    return replace(made, said=report.definitions[-1])


def _load(report: Report, _line: Fraction) -> Drawn:
    hours = {head.name: Tone.PLAIN for head in report.table.heads if head.name.startswith("h")}
    return _of_columns(report, Shape.GRID, hours, report.table.rows)


def _causes(report: Report, _line: Fraction) -> Drawn:
    rows = report.table.rows[:_MANY]
    made = _of_columns(report, Shape.LYING, {"late": Tone.PLAIN}, rows)
    bars = tuple(
        replace(bar, text=f"{bar.text} · {cell_text(report.table.value(row, 'share'))}")
        for bar, row in zip(made.picture.bars, rows, strict=True)
    )
    return replace(made, picture=replace(made.picture, bars=bars))


def _coverage(report: Report, _line: Fraction) -> Drawn:
    """Draw of all late dossiers those with a letter, and those told in time."""
    totals = report.table.totals
    if totals is None or not report.table.rows:
        return Drawn(report, Picture(Shape.LYING, (), ("",)), ())
    tones = {"late": Tone.LATE, "apologised": Tone.GOOD, "told": Tone.PLAIN}
    heads = {head.name: head.title for head in report.table.heads}
    bars = tuple(
        Bar(
            heads[column],
            (Part(count := _number(report, totals, column), cell_text(count), tone),),
            cell_text(count),
        )
        for column, tone in tones.items()
    )
    cells = tuple((DrawnCell(totals, column),) for column in tones)
    return Drawn(report, Picture(Shape.LYING, bars, ("",)), cells)


_DRAWN: Mapping[str, Callable[[Report, Fraction], Drawn]] = {
    "trend": _trend,
    "ii-06a": _fields,
    "due": _due,
    "load": _load,
    "causes": _causes,
    "apology-coverage": _coverage,
}
PICTURED = tuple(_DRAWN)
