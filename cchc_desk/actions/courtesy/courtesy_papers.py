"""The papers of «4 xin, 4 luôn»: the week's card, the desk's report, the observation sheet; figures
into words.
"""

from datetime import date
from fractions import Fraction

from cchc_desk.actions.courtesy import courtesy
from cchc_desk.actions.documents.paper_setup import SIZES
from cchc_desk.actions.office import accounts
from cchc_desk.domain.courtesy import FACES, CitizensScore, Mark, Observation, Share, Tally
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.papers.courtesy import Figures, Seen, Trend, card_pdf, observation_pdf, report_pdf
from cchc_desk.papers.layout.kit import Agency
from cchc_desk.papers.lists import ListHead
from cchc_desk.session import Desk

NOTHING = "—"
FACE_NAMES = {
    1: "rất không hài lòng",
    2: "không hài lòng",
    3: "bình thường",
    4: "hài lòng",
    5: "rất hài lòng",
}


def weekly_card_pdf(desk: Desk, official_id: str, monday: date, size: str = "A5") -> bytes:
    """The card on paper, A5 or A4, by the rule of who may see it."""
    if size not in SIZES:
        raise Refused("paper-size", _("Khổ giấy là A4 hoặc A5."), "size")
    card = courtesy.weekly_card(desk, official_id, monday)
    trend = Trend(
        [f"{point.monday:%d/%m}" for point in card.trend],
        [_percent(point.score.value) for point in card.trend],
        [_mean(point.citizens.mean) for point in card.trend],
    )
    about = f"Tuần từ {card.monday:%d/%m/%Y} đến {card.sunday:%d/%m/%Y} (tính đến {card.until:%H:%M %d/%m})"
    return card_pdf(_head(desk, about), card.official.name, _figures(card.tally), trend, size)


def desk_report_pdf(desk: Desk, first: date, last: date) -> bytes:
    """The desk's report on paper."""
    report = courtesy.desk_report(desk, first, last)
    figures = _figures(report.tally)
    sheets = ("Phiếu quan sát đã ghi", f"{report.observations} phiếu")
    head = _head(desk, f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}")
    return report_pdf(head, Figures(figures.items, [*figures.lines, sheets]))


def observation_sheet_pdf(desk: Desk, observation_id: str = "") -> bytes:
    """A kept sheet on paper, for its leader and the one it is about; without an id a blank one to
    fill by hand.
    """
    if not observation_id:
        blank = [(item.text, "", "", "") for item in courtesy.items(desk)]
        return observation_pdf(_head(desk, ""), Seen("", "", None, blank, "", ""))
    found = next((one for one in courtesy.observations(desk) if one.id == observation_id), None)
    if found is None:
        raise Refused(
            "unknown-observation",
            _("Không có phiếu quan sát này, hoặc phiếu không phải về mình."),
            "id",
        )
    return observation_pdf(_head(desk, ""), _seen(desk, found))


def _seen(desk: Desk, one: Observation) -> Seen:
    marks = dict(one.marks)
    rows = [
        (item.text, *("×" if marks[item.key] is mark else "" for mark in Mark))
        for item in courtesy.items(desk)
    ]
    official, observer = (accounts.official_name(desk, who) for who in (one.official, one.observer))
    return Seen(official, observer, one.at, rows, one.good, one.better)


def _figures(tally: Tally) -> Figures:
    items = [
        (item.text, str(share.part), str(share.whole), _percent(share.value))
        for item, share in tally.items
    ]
    lines = [
        ("Số lượt tự chấm", f"{tally.visits} lượt"),
        ("Tự chấm", _of(tally.score)),
        ("Công dân đánh giá", _citizens(tally.citizens)),
        ("Hồ sơ trễ: công dân được báo trước và xin lỗi", _of(tally.citizens.told)),
        ("Thư xin lỗi đến tay công dân trước ngày hẹn", _of(tally.letters)),
    ]
    return Figures(items, lines)


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
    return f"{_percent(share.value)} ({share.part}/{share.whole})" if share.whole else NOTHING


def _percent(share: Fraction | None) -> str:
    """Whole per cents, cut and never rounded up: 199 of 200 is 99 %."""
    return NOTHING if share is None else f"{int(share * 100)} %"


def _mean(mean: Fraction | None) -> str:
    """One decimal, cut and never rounded up."""
    return NOTHING if mean is None else f"{int(mean * 10) // 10},{int(mean * 10) % 10}"


def _head(desk: Desk, about: str) -> ListHead:
    agency = Agency(desk.settings["unit_name"], desk.regime_today().desk_title)
    return ListHead(agency, desk.settings["place"], desk.now().date(), about, desk.watermark)
