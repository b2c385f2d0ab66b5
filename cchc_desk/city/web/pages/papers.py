"""Check of a ward's paper by the text of its QR; nothing of it is stored or logged."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import text
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from cchc_desk.city.office import City
from cchc_desk.city.officers import Officer
from cchc_desk.city.web.pages.access import text_of
from cchc_desk.city.web.pages.rendering import rendered
from cchc_desk.domain.papers.check_codes import PaperScan, read_scan
from cchc_desk.errors import Refused
from cchc_desk.sync import wire
from cchc_desk.sync.paper_signature import is_signed_by, key_mark

# Every key that a desk ever enrolled with: a paper is checked years after its machine is gone.
_ENROLLED = text("SELECT officer, facts FROM acts WHERE act = 'enrol' ORDER BY n DESC")
_DESK = text(
    "SELECT d.ward, w.name AS ward_name, d.name, d.key, d.active FROM desks d "
    "JOIN wards w ON w.code = d.ward WHERE d.id = :desk"
)
_KINDS = {
    "receipt": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "apology": "Thư xin lỗi",
    "stop": "Thông báo dừng giải quyết hồ sơ",
}


class Verdict(Enum):
    """Answers to a QR's signature; the value is the class of its sentence on the page."""

    SIGNED = "good"
    DOUBTFUL = "soon"
    FALSE = "late"


@dataclass(frozen=True)
class _Signer:
    """The desk whose key a QR names; `is_present`: it is its key of today, and it is not closed."""

    ward: str
    ward_name: str
    name: str
    key: str
    active: bool
    is_present: bool


@dataclass(frozen=True)
class Found:
    """Result of a check; `ward` and `desk` are "" for a signature that proves no desk."""

    verdict: Verdict
    sentence: str
    kind: str
    scan: PaperScan
    ward: str = ""
    desk: str = ""


def page(city: City, request: Request, officer: Officer) -> Response:
    """Render the form."""
    return _rendered(city, request, officer)


def check(city: City, request: Request, officer: Officer, form: FormData) -> Response:
    """Render the result for the QR's text in the form."""
    try:
        scan = read_scan(text_of(form, "scan"))
    except Refused as refused:
        return _rendered(city, request, officer, message=refused.message, status=422)
    with city.database.begin() as connection:
        signers = _signers(connection, scan.key) if scan.signature else []
    return _rendered(city, request, officer, found=_found(scan, signers))


def _rendered(
    city: City,
    request: Request,
    officer: Officer,
    *,
    found: Found | None = None,
    message: str = "",
    status: int = 200,
) -> Response:
    return rendered(
        city,
        request,
        officer,
        "papers.html",
        status=status,
        title="Kiểm tra giấy",
        found=found,
        message=message,
    )


def _signers(connection: Any, mark: bytes) -> list[_Signer]:
    """Return the desks with a key that is named so, the newest key first."""
    signers = []
    for enrolled in connection.execute(_ENROLLED):
        key = json.loads(enrolled.facts)["key"]
        if key_mark(key) != mark:
            continue
        desk = connection.execute(_DESK, {"desk": enrolled.officer.removeprefix("desk ")}).one()
        is_present = desk.active and desk.key == key
        signers.append(_Signer(desk.ward, desk.ward_name, desk.name, key, desk.active, is_present))
    return signers


def _found(scan: PaperScan, signers: list[_Signer]) -> Found:
    kind = _KINDS[scan.kind]
    if not scan.signature:
        why = (
            "Mã QR này không có chữ ký: quầy cấp giấy chưa ghi danh với thành phố. Ai cũng có thể "
            "làm ra một mã như vậy; hãy hỏi quầy cấp giấy (cchc check-paper)."
        )
        return Found(Verdict.DOUBTFUL, why, kind, scan)
    if not signers:
        why = "Khóa đã ký mã QR này không của quầy nào mà thành phố biết: giấy không đáng tin."
        return Found(Verdict.FALSE, why, kind, scan)
    signer = next((one for one in signers if is_signed_by(scan, wire.public_key(one.key))), None)
    if signer is None:
        why = "Chữ ký sai: nội dung mã QR đã bị sửa."
        return Found(Verdict.FALSE, why, kind, scan)
    verdict, why = _of_signer(scan, signer)
    return Found(verdict, why, kind, scan, f"{signer.ward_name} ({signer.ward})", signer.name)


def _of_signer(scan: PaperScan, signer: _Signer) -> tuple[Verdict, str]:
    if not scan.code.startswith(f"{signer.ward}-"):
        return Verdict.FALSE, "Chữ ký của một quầy, nhưng mã hồ sơ không thuộc đơn vị của quầy ấy."
    if not signer.active:
        return Verdict.DOUBTFUL, (
            "Chữ ký đúng, nhưng thành phố không còn nhận quầy này. Nếu máy đã mất, giấy cấp sau "
            "ngày ấy có thể do người khác làm ra."
        )
    if not signer.is_present:
        return Verdict.DOUBTFUL, (
            "Chữ ký đúng, bằng một khóa cũ của quầy này (quầy đã ghi danh lại). Giấy cấp sau khi "
            "ghi danh lại thì không dùng khóa ấy."
        )
    return Verdict.SIGNED, "Chữ ký đúng: quầy này đã cấp giấy với nội dung dưới đây."
