"""Papers: a dossier's facts laid out as PDF, the paper size and offset kept per kind, every printing logged."""

from dataclasses import dataclass
from pathlib import Path

from cchc_desk.actions import accounts, history, progress
from cchc_desk.desk import Desk
from cchc_desk.domain.applicant import Applicant, ApplicantKind
from cchc_desk.domain.dossier import Dossier, Letter
from cchc_desk.domain.officials import Act
from cchc_desk.domain.procedure import Channel
from cchc_desk.errors import Refused, Trouble
from cchc_desk.papers.apology import Apology, apology_pdf
from cchc_desk.papers.kit import Agency
from cchc_desk.papers.receipt import Receipt, ReceiptPaper, receipt_pdf
from cchc_desk.settings import Settings
from cchc_desk.store import registers

KINDS = ("receipt", "apology")
SIZES = ("A4", "A5")
FARTHEST_MM = 30.0
_ADDRESS = {"Nam": "Ông", "Nữ": "Bà"}
_PRACTICE_MARK = "TẬP HUẤN – KHÔNG CÓ GIÁ TRỊ"


@dataclass(frozen=True)
class PaperSetup:
    """How one kind of paper is printed: size, offset in millimetres (right, down), and the printer's name."""

    size: str
    offset_x_mm: float
    offset_y_mm: float
    printer: str = ""


def paper_setup(desk: Desk, kind: str) -> PaperSetup:
    """What was kept for this kind of paper."""
    _check_kind(kind)
    x, y = desk.settings[f"{kind}_offset"]
    return PaperSetup(desk.settings[f"{kind}_paper"], float(x), float(y), desk.settings[f"{kind}_printer"])


def keep_paper_setup(desk: Desk, kind: str, setup: PaperSetup) -> None:
    """Keeps size, offset and printer for this kind of paper; Refused where a number cannot be meant."""
    desk.require(Act.PRINT)
    _check_kind(kind)
    if setup.size not in SIZES:
        raise Refused("paper-size", "Khổ giấy là A4 hoặc A5.", "size")
    if max(abs(setup.offset_x_mm), abs(setup.offset_y_mm)) > FARTHEST_MM:
        raise Refused("paper-offset", f"Độ lệch lề không quá {FARTHEST_MM:.0f} mm.", "offset")
    changes = {
        f"{kind}_paper": setup.size,
        f"{kind}_offset": [setup.offset_x_mm, setup.offset_y_mm],
        f"{kind}_printer": setup.printer,
    }
    with desk.database.write() as connection:
        for key, value in changes.items():
            registers.keep_setting(connection, key, value)
    desk.settings = Settings({**desk.settings, **changes})


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise Refused("paper-kind", f"Không có loại giấy «{kind}»; có: {', '.join(KINDS)}.", "kind")


def paper_pdf(desk: Desk, code: str, kind: str, letter_id: str | None = None) -> bytes:
    """The paper as PDF bytes, in the form set of the regime the dossier was accepted under."""
    desk.require(Act.READ)
    _check_kind(kind)
    setup = paper_setup(desk, kind)
    with desk.database.read() as connection:
        dossier = progress.the_dossier(connection, code)
    offset = (setup.offset_x_mm, setup.offset_y_mm)
    if kind == "receipt":
        return receipt_pdf(receipt_of(desk, dossier), paper=setup.size, offset_mm=offset)
    letter = _letter(dossier, letter_id)
    return apology_pdf(_apology(desk, dossier, letter), paper=setup.size, offset_mm=offset)


def receipt_of(desk: Desk, dossier: Dossier) -> Receipt:
    """What stands on the receipt of this dossier, in the words of its own regime."""
    settings, regime, who = desk.settings, desk.regime(dossier.regime), dossier.applicant
    place = f"{regime.desk_title} {_commune(settings['unit_name'])}"
    return Receipt(
        agency=Agency(settings["unit_name"], regime.desk_title),
        place=settings["place"],
        circular=regime.circular,
        desk=f"{place}, {settings['desk_name']}",
        code=dossier.code,
        owner=who.name,
        submitter=dossier.submitter.name if dossier.submitter else "",
        address=who.address,
        phone=who.phone,
        email=who.email,
        id_number=who.id_number,
        procedure=dossier.procedure_name,
        papers=tuple(ReceiptPaper(p.name, p.original, p.certified, p.copy) for p in dossier.papers),
        sets=dossier.sets,
        limit=dossier.limit.text,
        accepted=dossier.accepted,
        due=dossier.first.due,
        provisional=dossier.first.provisional,
        receive_at="dịch vụ bưu chính công ích" if dossier.channel is Channel.POST else place,
        fee=dossier.fee,
        official=accounts.official_name(desk, dossier.accepted_by),
        hotline=settings["hotline"],
        watermark=_PRACTICE_MARK if desk.practice else "",
    )


def _apology(desk: Desk, dossier: Dossier, letter: Letter) -> Apology:
    settings, regime, who = desk.settings, desk.regime(dossier.regime), dossier.applicant
    return Apology(
        form_set=regime.form_set.value,
        agency=Agency(settings["parent_agency"], settings["unit_name"]),
        agency_name=settings["unit_name"],
        place=settings["place"],
        number=letter.number_text or None,
        symbol=letter.symbol or settings["letter_symbol"],
        signed=letter.signed.date() if letter.signed else None,
        addressee=_addressee(who),
        address=who.address,
        phone=who.phone,
        code=dossier.code,
        procedure=dossier.procedure_name,
        field=dossier.field,
        accepted=dossier.accepted,
        first_due=dossier.first_due,
        broken_due=dossier.second_due if letter.ordinal > 1 else None,
        ready=dossier.ready is not None and letter.new_due is None,
        reason=letter.reason,
        new_due=letter.new_due,
        signer_lines=(settings["signer_authority"], *settings["signer_title"].split("|")),
        signer=accounts.official_name(desk, letter.signed_by) if letter.signed_by else "",
        desk=regime.desk_title,
        hotline=settings["hotline"],
        watermark=_PRACTICE_MARK if desk.practice else "",
    )


def _addressee(who: Applicant) -> str:
    if who.kind is ApplicantKind.ORGANISATION:
        return who.name
    return f"{_ADDRESS.get(who.sex, 'Ông/Bà')} {who.name}"


def _commune(unit_name: str) -> str:
    """ "Ủy ban nhân dân phường Ninh Kiều" -> "phường Ninh Kiều"."""
    return unit_name.removeprefix("Ủy ban nhân dân ")


def _letter(dossier: Dossier, letter_id: str | None) -> Letter:
    wanted = [letter for letter in dossier.letters if letter_id in (None, letter.id)]
    if not wanted:
        raise Refused("no-letter", f"Hồ sơ {dossier.code} chưa có thư xin lỗi; hãy soạn thư trước (X).", "letter")
    return wanted[-1]


def log_printed(desk: Desk, code: str, kind: str) -> int:
    """Notes in the ledger that the paper was printed; answers how many times now (2 and more are reprints)."""
    desk.require(Act.PRINT)
    _check_kind(kind)
    with desk.database.write() as connection:
        dossier = progress.the_dossier(connection, code)
        times = 1 + sum(
            line.act == Act.PRINT.value and history.PAPER_WORDS[kind] in line.words
            for line in history.lines(connection, dossier.code)
        )
        desk.record(connection, Act.PRINT, dossier.code, kind=kind, times=times)
    return times


def save_paper(desk: Desk, code: str, kind: str, target: Path) -> int:
    """Writes the paper to `target`; answers the number of pages. Trouble when the file cannot be written."""
    pdf = paper_pdf(desk, code, kind)
    save_pdf(pdf, target)
    return page_count(pdf)


def save_pdf(pdf: bytes, target: Path) -> None:
    """Writes a paper to a file; Trouble ("cannot-save") when the place does not take it."""
    try:
        target.write_bytes(pdf)
    except OSError as error:
        raise Trouble(
            "cannot-save", f"Không lưu được {target}: {error.strerror}. Hãy chọn thư mục khác có quyền ghi."
        ) from error


def page_count(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
