"""The apology letters of a dossier on paper."""

from cchc_desk.actions.documents.paper_words import addressee, counted
from cchc_desk.actions.office import accounts
from cchc_desk.domain.dossiers.dossier import Dossier, Letter, LetterKind
from cchc_desk.domain.people.applicant import ApplicantKind
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.papers.forms.apology import Apology
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.session import Desk


def letter_in(dossier: Dossier, letter_id: str | None) -> Letter:
    """Return the letter with this id, None for the newest. Raises Refused("no-letter")."""
    wanted = [letter for letter in dossier.letters if letter_id in (None, letter.id)]
    if not wanted:
        raise Refused(
            "no-letter",
            _("Hồ sơ {code} chưa có thư xin lỗi; hãy soạn thư trước (X).").format(
                code=dossier.code
            ),
            "letter",
        )
    return wanted[-1]


def apology_of(desk: Desk, dossier: Dossier, letter: Letter) -> Apology:
    """Return the apology letter in the form set of the regime the dossier was accepted under."""
    settings, regime, who = desk.settings, desk.regime(dossier.regime), dossier.applicant
    second = dossier.promises[1] if letter.ordinal > 1 and len(dossier.promises) > 1 else None
    last = dossier.promises[-1]
    return Apology(
        form_set=regime.form_set.value,
        agency=Agency(settings["parent_agency"], settings["unit_name"]),
        agency_name=settings["unit_name"],
        place=settings["place"],
        number=letter.number_text or None,
        symbol=letter.symbol or settings["letter_symbol"],
        signed=letter.signed.date() if letter.signed else None,
        addressee=addressee(who),
        address=who.address,
        phone=who.phone,
        code=dossier.code,
        procedure=dossier.procedure_name,
        field=dossier.field,
        accepted=dossier.accepted,
        first_due=dossier.first.due,
        first_counted=counted(dossier, dossier.first),
        broken_due=second.due if second else None,
        broken_counted=counted(dossier, second) if second else None,
        ready=dossier.ready is not None and letter.new_due is None,
        reason=letter.reason,
        new_due=letter.new_due,
        signer_lines=(settings["signer_authority"], *settings["signer_title"].split("|")),
        signer=accounts.official_name(desk, letter.signed_by) if letter.signed_by else "",
        old_title=settings["apology_old_title"],
        mistake=letter.kind is LetterKind.MISTAKE,
        kept_due=last.due if dossier.finished is None and letter.drafted <= dossier.due else None,
        kept_counted=counted(dossier, last),
        organisation=who.kind is ApplicantKind.ORGANISATION,
        desk=regime.desk_title,
        hotline=settings["hotline"],
        drafted=letter.drafted,
        watermark=desk.watermark,
    )
