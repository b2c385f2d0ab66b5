"""The correction note of a dossier: what was wrong, what is right, the promise that stays."""

from cchc_desk.actions.people import accounts
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.ledger.facts.putting_right import CORRECTED_NAMES, Corrected
from cchc_desk.domain.people.applicant import handed_in_by
from cchc_desk.domain.people.forms_of_address import form_of_address
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.papers.forms.correction import CorrectedLine, CorrectionNote
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal


def correction_note_of(desk: Desk, dossier: Dossier) -> CorrectionNote:
    """Return the note on every correction of this dossier. Raises Refused("no-correction")."""
    with desk.read() as connection:
        entries = journal.of_dossier(connection, dossier.code)
    corrections = [(entry, facts) for entry, facts in entries if isinstance(facts, Corrected)]
    if not corrections:
        raise Refused(
            "no-correction",
            _("Hồ sơ {code} chưa sửa thông tin lần nào; chưa có phiếu đính chính.").format(
                code=dossier.code
            ),
            "kind",
        )
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for _entry, facts in corrections:
        last |= facts.after
        first = {**facts.before, **first}
    entry, _facts = corrections[-1]
    settings, regime, who = desk.settings, desk.regime(dossier.regime), dossier.applicant
    return CorrectionNote(
        agency=Agency(settings["unit_name"], regime.desk_title),
        place=settings["place"],
        made=entry.at.date(),
        code=dossier.code,
        owner=who.name,
        you=form_of_address(who),
        accepted=dossier.accepted,
        due=dossier.first.due,
        lines=tuple(
            CorrectedLine(name[0].upper() + name[1:], first.get(key, ""), last[key])
            for key, name in CORRECTED_NAMES.items()
            if key in last and first.get(key) != last[key]
        ),
        reasons=tuple(dict.fromkeys(facts.reason for _entry, facts in corrections)),
        handed_in_by=handed_in_by(who, dossier.submitter),
        official=accounts.official_name(desk, entry.official),
        hotline=settings["hotline"],
        portal_code=dossier.portal_code,
        watermark=desk.watermark,
    )
