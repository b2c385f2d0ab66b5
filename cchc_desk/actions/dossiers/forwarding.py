"""Dossiers taken in for another agency: until when forwarded, when received there."""

from datetime import datetime

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.domain.dossiers.clocks import agency_due
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.ledger.facts.forwarding import AgencyReceived, Forwarded
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, moment
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers
from cchc_desk.store.engine.database import Connection


def forward(desk: Desk, code: str) -> DossierView:
    """Note that the papers go to the competent agency now.

    Raises Refused("not-for-agency"), ("already-forwarded"), ("already-finished").
    """
    desk.require(Permission.HAND_OVER)
    with desk.write() as connection:
        dossier = _for_agency(connection, code)
        if dossier.forwarded:
            raise Refused(
                "already-forwarded",
                _("Hồ sơ {code} đã chuyển lúc {at}.").format(
                    code=dossier.code, at=moment(dossier.forwarded)
                ),
                "code",
            )
        assert dossier.forward_by is not None, "set at acceptance"
        now = desk.now()
        dossiers.mark(connection, dossier.code, forwarded=now)
        in_time = now <= dossier.forward_by
        forwarded = Forwarded(dossier.for_agency, dossier.forward_by, in_time=in_time)
        desk.record(connection, forwarded, dossier.code, counted=False)
    return progress.show_dossier(desk, code)


def agency_received(desk: Desk, code: str, at: datetime | None = None) -> DossierView:
    """Note when the competent agency received the papers, None for now; a later call corrects it.

    Raises Refused("not-for-agency"), ("not-forwarded"), ("agency-received"), ("already-finished").
    """
    desk.require(Permission.HAND_OVER)
    with desk.write() as connection:
        dossier, now = _for_agency(connection, code), desk.now()
        if dossier.forwarded is None:
            raise Refused(
                "not-forwarded",
                _("Hồ sơ {code} chưa chuyển; hãy ghi đã chuyển trước.").format(code=dossier.code),
                "code",
            )
        received = (at or now).replace(second=0, microsecond=0)
        if not dossier.accepted <= received <= now:
            raise Refused(
                "agency-received",
                _("Lúc cơ quan ấy nhận phải từ lúc tiếp nhận ({accepted}) đến bây giờ.").format(
                    accepted=moment(dossier.accepted)
                ),
                "at",
            )
        dossiers.mark(connection, dossier.code, agency_received=received)
        due = agency_due(received, dossier, desk.calendar)
        noted = AgencyReceived(dossier.for_agency, received, due)
        desk.record(connection, noted, dossier.code, counted=False)
    return progress.show_dossier(desk, code)


def _for_agency(connection: Connection, code: str) -> Dossier:
    dossier = progress.counted_dossier(connection, code)
    if not dossier.for_agency:
        raise Refused(
            "not-for-agency",
            _("Hồ sơ {code} không phải hồ sơ nhận thay cơ quan khác.").format(code=dossier.code),
            "code",
        )
    if dossier.finished:
        raise Refused("already-finished", _("Hồ sơ đã xong."), "code")
    return dossier
