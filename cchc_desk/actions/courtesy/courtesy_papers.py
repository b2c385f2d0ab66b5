"""Papers of «4 xin, 4 luôn»: weekly card, desk's report, observation sheet."""

from datetime import date
from fractions import Fraction
from pathlib import Path

from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.documents.saving import pages_of
from cchc_desk.actions.people import accounts
from cchc_desk.domain.courtesy import FACES, CitizensScore, Observation, Share, Tally
from cchc_desk.domain.figures import Origin
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.output_file import output_file
from cchc_desk.papers.courtesy import (
    ITEM_COLUMNS,
    NOTHING,
    Figures,
    Seen,
    SeenItem,
    Week,
    card_pdf,
    observation_pdf,
    percent,
    report_pdf,
)
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.words import ORIGIN_LINES
from cchc_desk.papers.lists import ListHead
from cchc_desk.session import Desk
from cchc_desk.settings import SIZES

# The window shows the same columns as the papers.
__all__ = ["ITEM_COLUMNS"]

FACE_NAMES = {
    1: "rất không hài lòng",
    2: "không hài lòng",
    3: "bình thường",
    4: "hài lòng",
    5: "rất hài lòng",
}


def weekly_card_pdf(desk: Desk, official_id: str, monday: date, size: str = "A5") -> bytes:
    """Draw the weekly card, A5 or A4. Raises Refused("paper-size"), and as weekly_card()."""
    if size not in SIZES:
        raise Refused("paper-size", _("Khổ giấy là A4 hoặc A5."), "size")
    return _drawn_card(desk, courtesy.weekly_card(desk, official_id, monday), size)


def save_weekly_card(
    desk: Desk, official_id: str, monday: date, target: Path, size: str = "A5"
) -> tuple[courtesy.WeeklyCard, int]:
    """Write the card to `target`; return it and the number of pages. It counts as seen if it could.

    Raises as weekly_card() and output_file().
    """
    drawn = []
    with output_file(target) as out:

        def keep(card: courtesy.WeeklyCard) -> None:
            drawn.append(_drawn_card(desk, card, size))
            out.write(drawn[0])

        card = courtesy.weekly_card(desk, official_id, monday, keep)
    return card, pages_of(drawn[0])


def _drawn_card(desk: Desk, card: courtesy.WeeklyCard, size: str) -> bytes:
    trend = [
        Week(f"{point.monday:%d/%m}", percent(point.score.value), _mean(point.citizens.mean))
        for point in card.trend
    ]
    about = (
        f"Tuần từ {card.monday:%d/%m/%Y} đến {card.sunday:%d/%m/%Y} "
        f"(tính đến {card.until:%H:%M %d/%m})"
    )
    return card_pdf(_head(desk, about), card.official.name, _figures(card.tally), trend, size)


def desk_report_pdf(desk: Desk, first: date, last: date, origin: Origin = Origin.ALL) -> bytes:
    """Draw the desk's report. Raises as desk_report()."""
    report = courtesy.desk_report(desk, first, last, origin)
    figures = _figures(report.tally)
    sheets = ("Phiếu quan sát đã ghi", f"{report.observations} phiếu")
    period = f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}"
    head = _head(desk, " ".join(filter(None, (ORIGIN_LINES[origin], period))))
    typed = ("Đánh giá do công chức ghi hộ", f"{report.typed} lượt")
    return report_pdf(head, Figures(figures.items, [*figures.lines, typed, sheets]))


def observation_sheet_pdf(desk: Desk, observation_id: str = "") -> bytes:
    """Draw a stored sheet, or without an id a blank one to fill by hand.

    Raises Refused("unknown-observation") for another official's sheet as well.
    """
    if not observation_id:
        blank = [SeenItem(item.text, None) for item in courtesy.items(desk)]
        return observation_pdf(_head(desk, ""), Seen("", "", None, blank, "", ""))
    sheets = {sheet.id: sheet for sheet in courtesy.observations(desk)}
    if observation_id not in sheets:
        raise Refused(
            "unknown-observation",
            _("Không có phiếu quan sát này, hoặc phiếu không phải về mình."),
            "id",
        )
    return observation_pdf(_head(desk, ""), _seen(desk, sheets[observation_id]))


def _seen(desk: Desk, sheet: Observation) -> Seen:
    marks = dict(sheet.marks)
    rows = [SeenItem(item.text, marks[item.key]) for item in courtesy.items(desk)]
    official = accounts.official_name(desk, sheet.official)
    observer = accounts.official_name(desk, sheet.observer)
    return Seen(official, observer, sheet.at, rows, sheet.good, sheet.better)


def _figures(tally: Tally) -> Figures:
    lines = [
        ("Số lượt tự chấm", f"{tally.visits} lượt"),
        ("Tự chấm", _of(tally.score)),
        ("Công dân đánh giá", _citizens(tally.citizens)),
        ("Hồ sơ trễ: công dân được báo trước và xin lỗi", _of(tally.citizens.told)),
        ("Thư xin lỗi đến tay công dân trước ngày hẹn", _of(tally.letters)),
    ]
    return Figures(tally.items, lines)


def _citizens(score: CitizensScore) -> str:
    if not score.count:
        return NOTHING
    pressed = ", ".join(
        f"{FACE_NAMES[face]} {count}"
        for face, count in reversed(list(zip(FACES, score.faces, strict=True)))
        if count
    )
    return f"{_mean(score.mean)} trên 5, {score.count} lượt ({pressed})"


def _of(share: Share) -> str:
    return f"{percent(share.value)} ({share.part}/{share.whole})" if share.whole else NOTHING


def _mean(mean: Fraction | None) -> str:
    """Format one decimal, cut and never rounded up."""
    return NOTHING if mean is None else f"{int(mean * 10) // 10},{int(mean * 10) % 10}"


def _head(desk: Desk, about: str) -> ListHead:
    agency = Agency(desk.settings["unit_name"], desk.regime_today().desk_title)
    return ListHead(agency, desk.settings["place"], desk.now().date(), about, desk.watermark)
