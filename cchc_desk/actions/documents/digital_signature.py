"""Digital signatures: a paper is signed by whoever holds a key.

Nothing is written into a desk: the key and its PIN are the right to sign. The library for it is an
extra of the project, loaded by the first signature.
"""

from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.session import Desk
from cchc_desk.vietnam_time import VIETNAM

if TYPE_CHECKING:
    from cchc_desk.papers.signature import Key


@dataclass(frozen=True)
class SignedPaper:
    """A paper with its signature, the name in the certificate, and the moment."""

    pdf: bytes
    signer: str
    at: datetime


def may_sign(desk: Desk) -> bool:
    """Return True for a leader at a computer that has the extra."""
    return (
        desk.official is not None
        and desk.official.role in ALLOWED[Permission.SIGN_LETTER]
        and _has_extra()
    )


def sign_with_file(pdf: bytes, key: Path, password: str, image: Path | None = None) -> SignedPaper:
    """Sign with the key in a PKCS#12 file.

    `image`: the signature on paper, a PNG. Raises as papers.signature's key_in_file() and signed(),
    Refused("signature-extra"), Trouble("cannot-read").
    """
    _check_extra()
    from cchc_desk.papers.signature import key_in_file

    return _sign(pdf, key_in_file(content_of(key), password), image)


def sign_with_token(
    pdf: bytes, module: Path, token: str, pin: str, image: Path | None = None
) -> SignedPaper:
    """Sign with the key in the token of this label, through its PKCS#11 module.

    Raises as sign_with_file(), and as papers.signature's key_in_token().
    """
    _check_extra()
    from cchc_desk.papers.signature import key_in_token

    return _sign(pdf, key_in_token(str(module), token, pin), image)


def _sign(pdf: bytes, key: "Key", image: Path | None) -> SignedPaper:
    from cchc_desk.papers.signature import name_of, signed

    picture = content_of(image) if image else b""
    now = datetime.now(VIETNAM).replace(microsecond=0)
    with key as signer:
        return SignedPaper(signed(pdf, signer, now, picture), name_of(signer), now)


def _has_extra() -> bool:
    try:  # pyhanko itself is a folder without a module: an empty one would be found too
        return find_spec("pyhanko.sign") is not None and find_spec("pkcs11") is not None
    except ModuleNotFoundError:
        return False


def _check_extra() -> None:
    if not _has_extra():
        raise Refused(
            "signature-extra",
            _(
                "Máy này chưa có phần ký số; người quản trị cài thêm bằng: "
                "pip install -r requirements/signature.txt"
            ),
        )


def content_of(file: Path) -> bytes:
    """Return what is in a file. Raises Refused("too-large"), Trouble("cannot-read")."""
    try:
        with file.open("rb") as opened:
            content = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Trouble(
            "cannot-read",
            _("Không đọc được tệp {file}: {error}.").format(file=file, error=os_reason(error)),
        ) from error
    if len(content) > _MOST_BYTES:
        words = _("Tệp {file} lớn quá mức; hãy chọn đúng tệp.").format(file=file.name)
        raise Refused("too-large", words, "file")
    return content


_MOST_BYTES = 50_000_000  # of a PDF of scans; a device has no end
