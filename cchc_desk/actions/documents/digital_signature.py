"""Digital signatures: a paper saved as a file is signed by whoever holds a key.

No desk is asked and nothing is written into one: the key and its PIN are the right to sign. The
library for it is an extra of the project, loaded by the first signature.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.actions.documents.saving import save_file
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason

if TYPE_CHECKING:
    from cchc_desk.papers.signature import Key

_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class SignedFile:
    """Answer to a signing: the name in the certificate, and the moment."""

    signer: str
    at: datetime


def sign_with_file(
    file: Path, out: Path, key: Path, password: str, image: Path | None = None
) -> SignedFile:
    """Sign `file` with the key in a PKCS#12 file and save it as `out`.

    `image`: the signature on paper, a PNG. Raises as papers.signature's key_in_file() and signed(),
    Refused("signature-extra"), Trouble("cannot-read"), ("cannot-save").
    """
    _check_extra()
    from cchc_desk.papers.signature import key_in_file

    return _sign(file, out, key_in_file(_content(key), password), image)


def sign_with_token(
    file: Path, out: Path, module: Path, token: str, pin: str, image: Path | None = None
) -> SignedFile:
    """Sign `file` with the key in the token of this label, through its PKCS#11 module.

    Raises as sign_with_file(), and as papers.signature's key_in_token().
    """
    _check_extra()
    from cchc_desk.papers.signature import key_in_token

    return _sign(file, out, key_in_token(str(module), token, pin), image)


def _sign(file: Path, out: Path, key: "Key", image: Path | None) -> SignedFile:
    from cchc_desk.papers.signature import name_of, signed

    pdf, picture = _content(file), _content(image) if image else b""
    now = datetime.now(_VIETNAM).replace(microsecond=0)
    with key as signer:
        save_file(signed(pdf, signer, now, picture), out)
        return SignedFile(name_of(signer), now)


def _check_extra() -> None:
    if find_spec("pyhanko") is None or find_spec("pkcs11") is None:
        raise Refused(
            "signature-extra",
            _(
                "Máy này chưa có phần ký số; người quản trị cài thêm bằng: "
                "pip install -r requirements/signature.txt"
            ),
        )


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Trouble(
            "cannot-read",
            _("Không đọc được tệp {file}: {error}.").format(file=file, error=os_reason(error)),
        ) from error
