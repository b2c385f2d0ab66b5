"""Anonymising of closed dossiers after their time; the ledger's chain stays whole."""

from datetime import datetime

from cchc_desk.actions.away import trips
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.steps import required_reason
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.ledger.facts.dossiers import Anonymised
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import anonymous
from cchc_desk.store.ledger import journal
from cchc_desk.store.papers import frozen_papers, scans


def anonymise(desk: Desk, code: str, reason: str) -> Dossier:
    """Anonymise a dossier closed `keep_names_years` ago: rows, search keys, papers, scans, details.

    The chain stays whole: the entry of this act names the hash of what stands in the place of each
    of the old details. What somebody had changed in them before is no less a break of the ledger.
    Not while an away desk has the names with it, and may bring them back. Raises
    Refused("reason-missing"), ("anonymised"), ("keep-names"), ("away-out").
    """
    desk.require(Permission.ANONYMISE)
    reason = required_reason(reason, _("Hãy ghi căn cứ ẩn danh (văn bản, hết thời hạn lưu)."))
    with desk.write() as connection:
        dossier = progress.the_dossier(connection, code)
        _check(desk, dossier)
        trips.refuse_while_out(connection)
        came_from = anonymous.forget_people(connection, dossier)
        frozen_papers.forget_people(connection, dossier.code)
        scans.forget_people(connection, dossier.code, desk.now())
        rewritten = journal.forget_people(connection, dossier.code, anonymous.NOBODY)
        desk.record(connection, Anonymised(reason, rewritten), dossier.code)
        for registration in came_from:
            desk.record(connection, Anonymised(reason), registration)
        return progress.the_dossier(connection, dossier.code)


def _check(desk: Desk, dossier: Dossier) -> None:
    if dossier.applicant.name == anonymous.NOBODY:
        raise Refused(
            "anonymised", _("Hồ sơ {code} đã được ẩn danh rồi.").format(code=dossier.code)
        )
    years = desk.settings["keep_names_years"]
    if dossier.closed is None or _years_after(dossier.closed, years) > desk.now():
        raise Refused(
            "keep-names",
            _("Chỉ ẩn danh được hồ sơ đã đóng từ {years} năm trở lên (xem Cài đặt).").format(
                years=years
            ),
        )


def _years_after(moment: datetime, years: int) -> datetime:
    """Return the same day so many years later; 29 February becomes 1 March."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)
