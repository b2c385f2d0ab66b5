"""The roster for the door: who is away in the coming week, and who does their work."""

from datetime import timedelta

from cchc_desk.actions.papers.paper_words import desk_in_commune
from cchc_desk.actions.people import absences
from cchc_desk.domain.people.absences import NamedAbsence
from cchc_desk.domain.people.officials import ROLE_NAMES
from cchc_desk.domain.permissions import Permission
from cchc_desk.i18n import _, in_vietnamese
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.papers.layout.words import capitalised
from cchc_desk.papers.roster import Roster, RosterLine, roster_pdf
from cchc_desk.session import Desk

DAYS = 7


@in_vietnamese()
def roster(desk: Desk) -> bytes:
    """Return the roster of the coming seven days as PDF, one page."""
    desk.require(Permission.PRINT)
    settings, regime, today = desk.settings, desk.regime_today(), desk.now().date()
    last = today + timedelta(days=DAYS - 1)
    phone = f" Điện thoại liên hệ: {settings['hotline']}." if settings["hotline"] else ""
    place = desk_in_commune(regime, settings["unit_name"])
    return roster_pdf(
        Roster(
            agency=Agency(settings["unit_name"], regime.desk_title),
            place=settings["place"],
            made=today,
            period=f"Từ ngày {today:%d/%m/%Y} đến ngày {last:%d/%m/%Y}",
            lines=tuple(_line(one) for one in absences.listed(desk) if one.absence.first <= last),
            contact=f"{place} vẫn tiếp nhận và trả kết quả trong giờ làm việc.{phone}",
            watermark=desk.watermark,
        )
    )


def _line(one: NamedAbsence) -> RosterLine:
    first, last = one.absence.first, one.absence.last
    days = f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m} – {last:%d/%m/%Y}"
    return RosterLine(
        name=one.name,
        work=one.title or capitalised(_(ROLE_NAMES[one.role])),
        days=days,
        stand_in=one.cover_name,
    )
