"""Shares and means as they are read: cut and never rounded up, "—" for nothing."""

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from cchc_desk.i18n import _, _n, decimal_text, later

if TYPE_CHECKING:
    from cchc_desk.domain.courtesy import CitizensScore, Share, Tally

NOTHING = "—"
MOMENTS = {
    "greeting": later("tiếp công dân"),
    "late": later("hồ sơ trễ hẹn"),
    "wait": later("để công dân chờ"),
    "thanks": later("xong việc"),
}


def percent(share: Fraction | None) -> str:
    """`86%` of 60/69: whole per cents."""
    return NOTHING if share is None else f"{int(share * 100)}%"


def mean_text(mean: Fraction | None) -> str:
    """`4,2` of 17/4: one decimal."""
    return NOTHING if mean is None else decimal_text(f"{Decimal(int(mean * 10)) / 10:.1f}")


def share_text(share: "Share") -> str:
    return f"{percent(share.value)} ({share.part}/{share.whole})" if share.whole else NOTHING


def citizens_text(score: "CitizensScore") -> str:
    if not score.count:
        return NOTHING
    rated = _n("{n} lượt đánh giá", score.count).format(n=score.count)
    return _("{mean} trên 5, {rated}").format(mean=mean_text(score.mean), rated=rated)


def tally_lines(tally: "Tally") -> list[tuple[str, str]]:
    """(label, value) of a week or a period."""
    return [
        (_("Tự chấm"), share_text(tally.score)),
        (_("Công dân đánh giá"), citizens_text(tally.citizens)),
        (_("Hồ sơ trễ được báo và xin lỗi"), share_text(tally.citizens.told)),
        (_("Thư xin lỗi trước ngày hẹn"), share_text(tally.letters)),
    ]
