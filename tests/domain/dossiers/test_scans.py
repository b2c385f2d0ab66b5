"""Files that pretend to be scans are refused before any library opens them."""

import pytest

from cchc_desk.domain.dossiers.scans import check_scan
from cchc_desk.errors import Refused

_PDF_END = b"\nendobj\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(
            b"\xff\xd8\xff\xe0\x00\x04ab" + b"\0" * 20 + b"\xff\xd9", "scan-broken", id="parts"
        ),
        pytest.param(
            b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x00\x00\x00\x03" + b"\0" * 12 + b"\xff\xd9",
            "scan-broken",
            id="a picture of no size",
        ),
        pytest.param(
            b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm >>\nstream\nnot packed\nendstream" + _PDF_END,
            "scan-broken",
            id="objects that cannot be unpacked",
        ),
        pytest.param(
            b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /Filter /LZWDecode >>\nstream\nx\nendstream"
            + _PDF_END,
            "scan-active",
            id="objects packed twice",
        ),
    ],
)
def test_what_is_no_whole_scan_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_scan(content)
    assert refused.value.code == code
