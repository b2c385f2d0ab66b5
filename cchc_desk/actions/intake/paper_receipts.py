"""Receipts numbered beforehand, for days without power, and their reconciliation."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from cchc_desk.actions.dossiers.steps import required_reason
from cchc_desk.actions.papers.paper_words import desk_in_commune
from cchc_desk.domain.ledger.facts.intake import ReceiptRestored, ReceiptsPrinted, ReceiptVoided
from cchc_desk.domain.papers.paper_receipts import PaperReceipt
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.papers.forms.blank_receipts import BlankReceipts, blank_receipts_pdf
from cchc_desk.papers.layout.blocks import Agency
from cchc_desk.session import Desk
from cchc_desk.store.office import registers
from cchc_desk.store.papers import paper_receipts

MOST = 200
SERIES = "paper-receipt"


@dataclass(frozen=True)
class Reconciliation:
    """Every pre-numbered receipt: used by a dossier, void with a reason, or still out."""

    used: tuple[PaperReceipt, ...]
    void: tuple[PaperReceipt, ...]
    out: tuple[PaperReceipt, ...]


def print_blank(
    desk: Desk, count: int, keep: Callable[[bytes], None] | None = None
) -> tuple[tuple[str, ...], bytes]:
    """Take `count` new numbers; return them and the receipts that bear them as PDF.

    `keep` has the PDF before the numbers are taken for good: where it raises, none is. Raises
    Refused("receipt-count").
    """
    desk.require(Permission.PAPER_RECEIPTS)
    if not 1 <= count <= MOST:
        raise Refused(
            "receipt-count",
            _("Mỗi lần in sẵn từ 1 đến {most} giấy hẹn.").format(most=MOST),
            "count",
        )
    now = desk.now()
    with desk.write() as connection:
        first = registers.highest_receipt(connection, f"GT-{now:%y%m%d}-") + 1
        serials = [
            registers.take_number(connection, SERIES, f"{now:%y%m%d}", first) for _ in range(count)
        ]
        numbers = tuple(f"GT-{now:%y%m%d}-{serial:04d}" for serial in serials)
        paper_receipts.add_paper_receipts(connection, numbers, now)
        printed = ReceiptsPrinted(first=numbers[0], last=numbers[-1], count=count)
        desk.record(connection, printed, tables=("paper_receipts",))
        pdf = _blank_pdf(desk, numbers)
        if keep:
            keep(pdf)
    return numbers, pdf


def _blank_pdf(desk: Desk, numbers: tuple[str, ...]) -> bytes:
    settings, regime = desk.settings, desk.regime_today()
    agency = Agency(settings["unit_name"], regime.desk_title)
    counter = f"{desk_in_commune(regime, settings['unit_name'])}, {settings['desk_name']}"
    blank = BlankReceipts(
        agency=agency,
        place=settings["place"],
        desk=counter,
        form_set=regime.forms_on(desk.now().date()).form_set.value,
        numbers=numbers,
        made=desk.now().date(),
        watermark=desk.watermark,
    )
    return blank_receipts_pdf(blank)


def void(desk: Desk, number: str, reason: str) -> PaperReceipt:
    """Void a spoilt or lost receipt.

    Raises Refused("reason-missing"), ("paper-receipt"), ("paper-receipt-used").
    """
    desk.require(Permission.PAPER_RECEIPTS)
    reason = required_reason(reason, _("Hãy ghi vì sao hủy giấy hẹn in sẵn."))
    number = clean_line(number).upper()
    with desk.write() as connection:
        receipt = paper_receipts.paper_receipt(connection, number)
        if receipt is None:
            raise Refused(
                "paper-receipt",
                _("Không có giấy hẹn in sẵn số {number}; hãy xem lại số.").format(number=number),
                "number",
            )
        if receipt.code or receipt.void:
            raise Refused(
                "paper-receipt-used",
                _("Giấy hẹn in sẵn số {number} đã dùng hoặc đã hủy.").format(number=number),
                "number",
            )
        paper_receipts.void_paper_receipt(connection, number, reason)
        desk.record(connection, ReceiptVoided(number, reason), tables=("paper_receipts",))
        changed = paper_receipts.paper_receipt(connection, number)
    assert changed is not None
    return changed


def restore(desk: Desk, number: str, reason: str) -> PaperReceipt:
    """Take back that a receipt was voided: it is still out.

    Raises Refused("reason-missing"), ("paper-receipt").
    """
    desk.require(Permission.PAPER_RECEIPTS)
    reason = required_reason(reason, _("Hãy ghi lý do hoàn tác."))
    with desk.write() as connection:
        receipt = paper_receipts.paper_receipt(connection, clean_line(number).upper())
        if receipt is None or not receipt.void:
            raise Refused(
                "paper-receipt",
                _("Giấy hẹn in sẵn số {number} chưa hủy; không có gì để hoàn tác.").format(
                    number=number
                ),
                "number",
            )
        paper_receipts.void_paper_receipt(connection, receipt.number, "")
        fact = ReceiptRestored(receipt.number, reason)
        desk.record(connection, fact, tables=("paper_receipts",))
    return replace(receipt, void="")


def reconcile(desk: Desk) -> Reconciliation:
    """Return every pre-numbered receipt by its use."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        every = paper_receipts.all_paper_receipts(connection)
    return Reconciliation(
        tuple(receipt for receipt in every if receipt.code),
        tuple(receipt for receipt in every if receipt.void),
        tuple(receipt for receipt in every if not receipt.code and not receipt.void),
    )
