"""Receipts copied from a page of another system: shown, watched, or filled into the intake form."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256

import resources
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lists.known import shipped
from cchc_desk.actions.lists.preview import ListPreview, Verdict, judge
from cchc_desk.actions.lists.reading import ListFile
from cchc_desk.actions.lists.taking import (
    ListTaking,
    Taking,
    applicant_of,
    named_in,
    procedures_in_force,
)
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.ledger.facts.lists import SameDossier
from cchc_desk.domain.lists import receipts
from cchc_desk.domain.lists.columns import NoReading
from cchc_desk.domain.lists.fields import Field, Layout, heading_key
from cchc_desk.domain.lists.headings import KnownLists
from cchc_desk.domain.lists.receipts import Receipt
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.permissions import Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, in_vietnamese
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import listed
from cchc_desk.store.engine.database import Connection


@dataclass(frozen=True)
class ReceiptForm:
    """A receipt as it fills the form of intake; `text` as it is kept.

    `procedure` is the code in the catalogue, "" where none is known; `ours` the dossier that is
    here already, "" for none.
    """

    text: str
    code: str
    applicant: Applicant
    procedure_name: str
    received: datetime | None
    due: datetime
    procedure: str = ""
    ours: str = ""


@cache
def _known() -> tuple[KnownLists, tuple[Layout, ...]]:
    """Return the labels and the layouts of receipts that the program ships."""
    data = json.loads(resources.read_text("lists/receipts.json"))
    labels = {
        heading_key(text): Field(field) for field, texts in data["labels"].items() for text in texts
    }
    lists = shipped()
    layouts = tuple(
        Layout(
            row["key"],
            row["name"],
            row["system"],
            row["source"],
            tuple(row["labels"]),
            {heading_key(text): Field(field) for text, field in row["labels"].items()},
        )
        for row in data["receipts"]
    )
    return replace(lists, columns={**labels, **lists.columns}), layouts


def looks_like_receipt(text: str) -> bool:
    """True for a text that has the labels of a receipt, whether it can be read or not."""
    return receipts.looks_like_receipt(text, *_known())


def read_pasted(desk: Desk, text: str) -> Receipt:
    """Read a receipt; identity numbers only as the setting wishes. Raises Refused("receipt")."""
    desk.require(Permission.READ)
    wished = desk.settings["receipt_identity"]
    try:
        return receipts.read_receipt(text, *_known(), desk.now(), with_identity=wished)
    except NoReading as refusal:
        raise Refused("receipt", refusal.message, "text") from None


def _as_list(receipt: Receipt) -> ListFile:
    """Return the receipt as a list of one row."""
    layout = receipt.reading.layout
    return ListFile(
        layout.name if layout else _("Biên nhận đã dán"),
        sha256(receipt.text.encode()).hexdigest(),
        listed.RECEIPT,
        "",
        receipt.encoding,
        receipt.reading,
        receipt=receipt.text,
    )


def preview_receipt(desk: Desk, text: str) -> ListPreview:
    """Read a receipt and hold it against the dossiers that the desk knows; nothing is written.

    Raises as read_pasted().
    """
    receipt = read_pasted(desk, text)
    with desk.read() as connection:
        known = listed.known_promises(connection, (receipt.row.code,))
    return ListPreview(_as_list(receipt), (judge(receipt.row, known.get(receipt.row.code)),))


def take_receipt(desk: Desk, text: str, ours: str = "") -> ListTaking:
    """Watch the dossier of a receipt, or keep what it says otherwise of one that is known.

    `ours`: the dossier taken in here that the clerk says it is. Raises Refused("receipt-known")
    where it says nothing new, ("receipt-cancelled"), as read_pasted(), and
    progress.the_dossier()'s.
    """
    desk.require(Permission.TAKE_LIST)
    receipt = read_pasted(desk, text)
    with desk.write() as connection:
        if ours:
            return _join(desk, connection, receipt, progress.the_dossier(connection, ours))
        known = listed.known_promises(connection, (receipt.row.code,)).get(receipt.row.code)
        if known is not None and known.cancelled:
            raise Refused(
                "receipt-cancelled",
                _(
                    "Hồ sơ {code} đã hủy ở đây do nhập sai, mã không dùng lại. Hãy nhận ở trang "
                    "Tiếp nhận nếu vẫn cần."
                ).format(code=known.code),
                "text",
            )
        if known is not None and judge(receipt.row, known).verdict is Verdict.SAME:
            raise _already_here(known.code)
        return _take(desk, connection, receipt)


def _take(desk: Desk, connection: Connection, receipt: Receipt) -> ListTaking:
    me, layout = desk.require(Permission.READ), receipt.reading.layout
    with in_vietnamese():  # what is kept comes back on letters and in the ledger
        return Taking(desk, connection, _as_list(receipt), layout, me, LongWork()).take()


def _join(desk: Desk, connection: Connection, receipt: Receipt, dossier: Dossier) -> ListTaking:
    """Keep a receipt with a dossier taken in here, whose code there it names.

    Raises Refused("receipt-known") for a code that is a dossier here already.
    """
    code = receipt.row.code
    known = listed.known_promises(connection, (code,)).get(code)
    if known is not None and not known.cancelled:
        raise _already_here(known.code)
    listed.keep_code(connection, code, dossier.code)
    desk.record(connection, SameDossier(code), dossier.code)
    return _take(desk, connection, receipt)


def form_of(desk: Desk, text: str) -> ReceiptForm:
    """Return what a receipt fills into the form of intake. Raises as read_pasted()."""
    receipt = read_pasted(desk, text)
    row = receipt.row
    with desk.read() as connection:
        known = listed.known_promises(connection, (row.code,)).get(row.code)
        version = named_in(procedures_in_force(connection, desk.now().date()), row)
    return replace(
        facts_of(receipt),
        procedure=version.code if version else "",
        ours=known.code if known and not known.cancelled else "",
    )


def facts_of(receipt: Receipt) -> ReceiptForm:
    """Return what a receipt says itself."""
    row = receipt.row
    assert row.due is not None, "a receipt without a due moment is refused"
    who = applicant_of(row) if row.owner else Applicant(ApplicantKind.PERSON, "")
    return ReceiptForm(
        receipt.text,
        row.code,
        replace(who, email=receipt.email),
        row.procedure,
        row.received,
        row.due,
    )


def keep_with(desk: Desk, connection: Connection, dossier: Dossier, text: str) -> None:
    """Keep the receipt that a new dossier was filled in from, in the caller's transaction.

    Its code there is this dossier from now on; another due moment there is a disagreement. Raises
    Refused("receipt-known") for a code that is another dossier here, and as read_pasted().
    """
    desk.require(Permission.ACCEPT)
    _join(desk, connection, read_pasted(desk, text), dossier)


def _already_here(code: str) -> Refused:
    return Refused(
        "receipt-known",
        _("Hồ sơ của biên nhận này đã có ở đây: {code}. Hãy mở hồ sơ ấy để xem.").format(code=code),
        "text",
    )
