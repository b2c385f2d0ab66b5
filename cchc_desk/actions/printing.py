"""Papers: a dossier's facts laid out as PDF, the paper size and offset kept per kind, every printing logged."""

from dataclasses import dataclass
from pathlib import Path

from cchc_desk.actions import history, progress
from cchc_desk.desk import Desk
from cchc_desk.domain.dossier import Dossier, Letter
from cchc_desk.domain.officials import Act
from cchc_desk.domain.regime import Regime
from cchc_desk.errors import Refused, Trouble
from cchc_desk.settings import Settings
from cchc_desk.store import registers

KINDS = ("receipt", "apology")
SIZES = ("A4", "A5")
FARTHEST_MM = 30.0
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
    if kind == "receipt":
        return receipt(desk, dossier, setup)
    return apology(desk, dossier, _letter(dossier, letter_id), setup)


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
    try:
        target.write_bytes(pdf)
    except OSError as error:
        raise Trouble(
            "cannot-save", f"Không lưu được {target}: {error.strerror}. Hãy chọn thư mục khác có quyền ghi."
        ) from error
    return page_count(pdf)


def page_count(pdf: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _regime(desk: Desk, dossier: Dossier) -> Regime:
    return next(regime for regime in desk.regimes if regime.key == dossier.regime)
