"""The check code of a paper that is given, and its check by this desk, by another one, offline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from cchc_desk.actions.city.replies import city_of
from cchc_desk.actions.documents.reprints import hash_in
from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.papers.check_codes import (
    CHECKED_KINDS,
    CheckText,
    PaperScan,
    read_scan,
    same_code,
    scan_of,
)
from cchc_desk.domain.papers.frozen_papers import FrozenPaper, facts_hash
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, moment
from cchc_desk.session import Desk
from cchc_desk.settings import PAPERS
from cchc_desk.store.engine.database import Connection, readable
from cchc_desk.store.ledger import journal
from cchc_desk.store.papers import frozen_papers

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class SignatureState(Enum):
    """Answers to a QR's signature at this desk; the value is stable."""

    VALID = "valid"
    WRONG = "wrong"
    UNKNOWN_KEY = "unknown-key"  # of another desk, or of an older key of this one
    NONE = "none"


@dataclass(frozen=True)
class CheckedPaper:
    """Result of a check.

    `ok`: None where nothing contradicts the paper, and nothing proves it either. `ledger` is None
    for a dossier of another desk, `paper` the number of the frozen paper that bears the code, None
    without one, `signature` None without a QR. `made` and `due` are those of the paper itself.
    `proven`, `unproven` and `wrong` are sentences.
    """

    code: str
    kind: str
    made: datetime | None
    due: datetime | None
    ok: bool | None
    ledger: bool | None
    paper: int | None
    signature: SignatureState | None
    proven: tuple[str, ...]
    unproven: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class _Given:
    """A frozen paper that bears the code, and what its own QR holds.

    `is_whole`: its facts are those that the ledger knows. `later` is the number of the paper that
    was given in exchange for it, None without one.
    """

    paper: FrozenPaper
    scan: PaperScan
    is_whole: bool
    later: int | None


@dataclass(frozen=True)
class _Kept:
    """Papers of a dossier as this desk keeps them; `forgotten`: some were anonymised."""

    given: _Given | None
    forgotten: bool


# --- made with the paper's facts ------------------------------------------------------------------


def scan_for(desk: Desk, text: CheckText) -> PaperScan:
    """Return what the paper's QR holds, signed where the city knows the desk's key."""
    scan, key = scan_of(text), _own_key(desk)
    if key is None:
        return scan
    from cchc_desk.sync.paper_signature import signed

    return signed(scan, key)


def _own_key(desk: Desk) -> "Ed25519PrivateKey | None":
    """Return the desk's key; None before its enrolment, or on a machine that lost the key."""
    with desk.read() as connection:
        city = city_of(connection)
    if city is None or not city.enrolled:
        return None
    from cchc_desk.sync import keys  # an enrolled desk alone needs it

    try:
        return keys.key_of(desk.folder, desk.id)
    except Trouble:  # the Thành phố page says so; a citizen's receipt waits for no key
        return None


# --- checked --------------------------------------------------------------------------------------


def check_paper(
    desk: Desk, check: str, code: str = "", scan: str = "", owner: str = ""
) -> CheckedPaper:
    """Check a paper by its code `check` against the ledger of this desk, its QR (`scan`), or both.

    `code` is the dossier's, where no QR is at hand; `owner` a name to compare with the paper's.
    Raises Refused("paper-scan"), ("check-what") with neither code nor QR, and ("unknown-dossier")
    for a code of another desk without a QR.
    """
    desk.require(Permission.READ)
    held = read_scan(scan) if scan.strip() else None
    code = clean_line(code).upper() or (held.code if held else "")
    if not code:
        raise Refused(
            "check-what", _("Hãy ghi mã hồ sơ trên giấy, hoặc quét mã QR của giấy."), "code"
        )
    with desk.read() as connection:
        kept = _kept(connection, code, check, needed=held is None)
    given = kept.given if kept else None
    signature = _signature(desk, held) if held else None
    wrong = tuple(_wrong(code, check, held, kept, signature, owner))
    shown = given.scan if given else held
    surely = (given is not None and given.is_whole) or signature is SignatureState.VALID
    return CheckedPaper(
        code=code,
        kind=shown.kind if shown else "",
        made=shown.made if shown else None,
        due=shown.due if shown else None,
        ok=False if wrong else surely or None,
        ledger=None if kept is None or (kept.forgotten and given is None) else given is not None,
        paper=given.paper.number if given else None,
        signature=signature,
        proven=tuple(_proven(check, held, given, signature, owner)),
        unproven=tuple(_unproven(code, kept, signature, owner)),
        wrong=wrong,
    )


def _kept(connection: Connection, code: str, check: str, *, needed: bool) -> _Kept | None:
    """Return what this desk keeps of the dossier's papers; None for another desk's dossier."""
    try:
        dossier = progress.the_dossier(connection, code)
    except Refused:
        if needed:
            raise
        return None
    past = journal.of_dossier(connection, dossier.code)
    papers = [
        paper
        for paper in frozen_papers.papers_of(connection, dossier.code)
        if paper.kind in CHECKED_KINDS
    ]
    for paper in papers:
        scan = _scan_on(paper)
        if scan and same_code(scan.check, check):
            alike = (paper.kind, paper.subject)
            later = [other.number for other in papers if (other.kind, other.subject) == alike]
            is_whole = facts_hash(paper) == hash_in(past, paper.number)
            exchanged = later[-1] if later[-1] != paper.number else None
            return _Kept(_Given(paper, scan, is_whole, exchanged), forgotten=False)
    return _Kept(None, forgotten=any(not paper.facts for paper in papers))


def _scan_on(paper: FrozenPaper) -> PaperScan | None:
    """Return what the QR of a frozen paper holds; None for one of an older program."""
    from cchc_desk.papers import frozen  # what draws papers is imported when one is asked for

    if not paper.facts:
        return None
    with readable(f"{paper.owner} ({paper.kind})"):
        text = frozen.scan_on(frozen.read(paper.form, paper.facts))
    return read_scan(text) if text else None


def _signature(desk: Desk, held: PaperScan) -> SignatureState:
    if not held.signature:
        return SignatureState.NONE
    key = _own_key(desk)
    if key is None:
        return SignatureState.UNKNOWN_KEY
    from cchc_desk.sync import wire
    from cchc_desk.sync.paper_signature import is_signed_by, key_mark

    if held.key != key_mark(wire.public_text(key)):
        return SignatureState.UNKNOWN_KEY
    is_valid = is_signed_by(held, key.public_key())
    return SignatureState.VALID if is_valid else SignatureState.WRONG


def _wrong(
    code: str,
    check: str,
    held: PaperScan | None,
    kept: _Kept | None,
    signature: SignatureState | None,
    owner: str,
) -> Iterator[str]:
    """Yield what cannot be so on a paper that was given."""
    given = kept.given if kept else None
    if held and held.code != code:
        yield _("Mã QR là của hồ sơ {other}, không phải {code}.").format(other=held.code, code=code)
    if held and not same_code(held.check, check):
        yield _("Mã kiểm tra trên giấy không phải của mã QR này.")
    if signature is SignatureState.WRONG:
        yield _("Chữ ký trong mã QR sai: nội dung mã QR đã bị sửa.")
    if kept and not given and not kept.forgotten:
        yield _("Quầy này không cấp giấy nào của hồ sơ {code} mang mã kiểm tra ấy.").format(
            code=code
        )
    if given and not given.is_whole:
        yield _("Giấy đã lưu số {number} không còn khớp với sổ cái; hãy kiểm tra sổ cái.").format(
            number=given.paper.number
        )
    if given and held and held.text() != given.scan.text():
        yield _("Mã QR này không phải mã QR của giấy mà quầy đã cấp.")
    compared = given.scan if given else held
    if owner and compared and not compared.is_of(owner):
        yield _("Tên «{owner}» không phải tên chủ hồ sơ trên giấy.").format(owner=owner)


def _proven(
    check: str,
    held: PaperScan | None,
    given: _Given | None,
    signature: SignatureState | None,
    owner: str,
) -> Iterator[str]:
    if given and given.is_whole:
        paper = given.paper
        yield _("Quầy này đã cấp: {paper}, giấy đã lưu số {number}, lúc {at}; khớp sổ cái.").format(
            paper=_(PAPERS[paper.kind]), number=paper.number, at=moment(paper.frozen)
        )
    if given and given.later:
        yield _("Giấy ấy đã được thay bằng giấy đã lưu số {number}.").format(number=given.later)
    if held and same_code(held.check, check):
        yield _("Mã kiểm tra và mã QR là của cùng một giấy.")
    if signature is SignatureState.VALID:
        yield _("Chữ ký trong mã QR đúng, ký bằng khóa của quầy này.")
    compared = given.scan if given else held
    if owner and compared and compared.is_of(owner):
        yield _("Tên «{owner}» đúng là tên chủ hồ sơ trên giấy.").format(owner=owner)


def _unproven(
    code: str, kept: _Kept | None, signature: SignatureState | None, owner: str
) -> Iterator[str]:
    if kept is None:
        yield _("Hồ sơ {code} không có ở quầy này: không đối chiếu được với sổ cái.").format(
            code=code
        )
    elif kept.forgotten:
        yield _("Giấy đã cấp của hồ sơ {code} đã ẩn danh: không đối chiếu được nữa.").format(
            code=code
        )
    if signature is SignatureState.UNKNOWN_KEY:
        yield _(
            "Mã QR có chữ ký, nhưng quầy này không giữ khóa ấy nên không biết ai ký; trang Kiểm "
            "tra giấy của thành phố kiểm tra được."
        )
    if signature is SignatureState.NONE:
        yield _("Mã QR không có chữ ký: ai cũng có thể làm ra một mã như vậy.")
    if not owner and (kept is None or kept.given is None):
        yield _("Tên chủ hồ sơ trên giấy chưa được so (--owner).")
    if kept is None or kept.given is None:
        yield _("Số và người ký trên giấy không so được: mã QR không chứa chúng.")
