"""Digital signatures of papers: PAdES by pyHanko, with a key in a file or in a token.

pyHanko is an extra of the project (`signature`): no module of the desk imports this one unless a
paper is to be signed.
"""

import io
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path

import pkcs11
from asn1crypto import x509
from asn1crypto.pkcs12 import Pfx
from cryptography.hazmat.primitives.serialization import pkcs12
from pkcs11 import exceptions as token_errors
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, Signer, SimpleSigner
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.pkcs11 import PKCS11Signer
from pyhanko.stamp.static import StaticStampStyle
from reportlab.lib.utils import ImageReader

from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _
from cchc_desk.papers.layout.archive import ArchiveCanvas
from cchc_desk.papers.layout.blocks import SIGNATURE_FIELD
from cchc_desk.papers.layout.fonts import REGULAR, drawable, width
from cchc_desk.papers.layout.metadata import Metadata

Key = AbstractContextManager[Signer]  # a key that is there for one signature
_LARGEST, _SMALLEST = 9.0, 5.0  # points of the words in the field


class _Writer(IncrementalPdfFileWriter):  # type: ignore[misc]  # no types are read
    """Adds a signature to a paper, and nothing to its metadata: they stay alike, of its own day."""

    def _update_meta(self) -> None:
        """Write none; the moment of signing stands in the signature."""


@contextmanager
def key_in_file(content: bytes, password: str) -> Iterator[Signer]:
    """Return the key in a PKCS#12 file. Raises Refused("key-file"), ("key-password")."""
    no_key = Refused(
        "key-file", _("Tệp khóa không phải tệp .p12, .pfx có khóa và chứng thư."), "p12"
    )
    try:
        Pfx.load(content, strict=True)
    except ValueError as error:
        raise no_key from error
    secret = password.encode()
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(content, secret)
    except ValueError as error:
        raise Refused("key-password", _("Mật khẩu của tệp khóa không đúng."), "pin") from error
    if key is None or certificate is None:
        raise no_key
    yield SimpleSigner.load_pkcs12_data(content, [], secret)


def _token(module: str, label: str) -> pkcs11.Token:
    try:
        library = pkcs11.lib(module)
        library.reinitialize()  # a token may have been put in since
        slots = library.get_slots(token_present=True)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise Refused(
            "token-module",
            _("Không nạp được thư viện PKCS#11 {file} của thiết bị ký số.").format(file=module),
            "pkcs11",
        ) from error
    ready = pkcs11.TokenFlag.TOKEN_INITIALIZED
    tokens = [token for slot in slots if ready in (token := slot.get_token()).flags]
    if not label and len(tokens) > 1:
        names = ", ".join(f"«{one.label.strip()}»" for one in tokens)
        raise Refused(
            "token",
            _("Máy đang cắm nhiều thiết bị ký số ({names}); hãy ghi nhãn của thiết bị.").format(
                names=names
            ),
            "token",
        )
    token = next((one for one in tokens if label in ("", one.label.strip())), None)
    if token is None:
        raise Refused(
            "token",
            _("Không thấy thiết bị ký số «{label}»; hãy cắm thiết bị rồi làm lại.").format(
                label=label
            ),
            "token",
        )
    return token


def _opened(token: pkcs11.Token, pin: str) -> pkcs11.Session:
    try:
        return token.open(user_pin=pin)
    except token_errors.PinLocked as error:
        raise Refused(
            "token-pin", _("Thiết bị ký số đã khóa vì sai mã PIN nhiều lần."), "pin"
        ) from error
    except (
        token_errors.PinIncorrect,
        token_errors.PinInvalid,
        token_errors.PinLenRange,
    ) as error:
        raise Refused("token-pin", _("Mã PIN của thiết bị ký số không đúng."), "pin") from error


@contextmanager
def key_in_token(module: str, label: str, pin: str) -> Iterator[Signer]:
    """Return the first key with a certificate in the token of this label, behind its PIN.

    Without a label the only token that is there is meant. Raises Refused("token-module"),
    ("token"), ("token-pin"), ("token-key"), Trouble("token-broke").
    """
    session = _opened(_token(module, label), pin)
    try:
        with session:
            yield _signer_in(session)
    except pkcs11.PKCS11Error as error:
        raise Trouble(
            "token-broke",
            _("Thiết bị ký số không ký được ({error}); chưa có tệp nào được ghi.").format(
                error=type(error).__name__
            ),
        ) from error


def _signer_in(session: pkcs11.Session) -> Signer:
    """Return the first certificate whose private key lies beside it."""
    attribute, kind = pkcs11.Attribute, pkcs11.ObjectClass
    keys = {key[attribute.ID] for key in session.get_objects({attribute.CLASS: kind.PRIVATE_KEY})}
    for found in session.get_objects({attribute.CLASS: kind.CERTIFICATE}):
        if found[attribute.ID] in keys:
            certificate = x509.Certificate.load(found[attribute.VALUE])
            return PKCS11Signer(session, signing_cert=certificate, key_id=found[attribute.ID])
    raise Refused("token-key", _("Thiết bị ký số không có khóa riêng kèm chứng thư số."), "token")


def signed(pdf: bytes, signer: Signer, at: datetime, image: bytes = b"") -> bytes:
    """Return the paper signed in its own field, all that was in it unchanged.

    `image` is the signature of the signer on paper, a PNG; without one their name and the moment
    stand in the field. `at` has its zone. By NĐ 30/2020/NĐ-CP, Phụ lục I, II.7.d. Raises
    Refused("sign-file"), ("sign-field"), ("certificate-expired"), ("sign-image").
    """
    _check(signer, at)
    try:
        writer = _Writer(io.BytesIO(pdf))
        found = list(enumerate_sig_fields(writer))
    except (PdfError, ValueError) as error:
        raise Refused("sign-file", _("Tệp này không phải PDF đọc được."), "file") from error
    mine = [(value, field) for name, value, field in found if name.startswith(SIGNATURE_FIELD)]
    if len(mine) != 1:
        raise Refused(
            "sign-field",
            _("Tệp có nhiều thư; hãy ký từng thư một.")
            if mine
            else _("Tệp không có ô chữ ký số; chỉ thư và thông báo do lãnh đạo ký mới có."),
            "file",
        )
    value, field = mine[0]
    if value is not None:
        raise Refused("sign-field", _("Giấy này đã được ký số."), "file")
    left, bottom, right, top = (float(at) for at in field.get_object()["/Rect"])
    about = PdfSignatureMetadata(
        field_name=SIGNATURE_FIELD, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    with tempfile.TemporaryDirectory() as folder:
        look = Path(folder) / "look.pdf"
        look.write_bytes(_look(right - left, top - bottom, _words(signer, at), image))
        pdf_signer = PdfSigner(about, signer, stamp_style=_stamp_style(look))
        written = pdf_signer.sign_pdf(writer, existing_fields_only=True)
    return bytes(written.getvalue())


def _check(signer: Signer, at: datetime) -> None:
    certificate = signer.signing_cert
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise Refused(
            "certificate-expired",
            _("Chứng thư số chỉ có hiệu lực từ {first} đến {last}.").format(
                first=f"{certificate.not_valid_before:%d/%m/%Y}",
                last=f"{certificate.not_valid_after:%d/%m/%Y}",
            ),
        )


def name_of(signer: Signer) -> str:
    """Return the name in the certificate."""
    subject = signer.signing_cert.subject
    return str(subject.native.get("common_name") or subject.human_friendly)


def _words(signer: Signer, at: datetime) -> list[str]:
    zone = f"{at:%z}"
    return [
        f"Ký bởi: {name_of(signer)}",
        f"Thời gian ký: {at:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:]}",
    ]


def _stamp_style(look: Path) -> StaticStampStyle:
    middle = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins()
    )
    return StaticStampStyle.from_pdf_file(str(look), border_width=0, background_layout=middle)


def _look(wide: float, high: float, words: list[str], image: bytes) -> bytes:
    """Draw what is seen in the field: the image, else the words, in the middle."""
    canvas = ArchiveCanvas(Metadata("Chữ ký số", words[0], datetime(2026, 1, 1)))
    canvas.setPageSize((wide, high))
    with canvas.tags.artifact():
        if image:
            _draw(canvas, image, wide, high)
        else:
            words = [drawable(line) for line in words]
            longest = max(width(line, REGULAR, 1) for line in words)
            size = max(_SMALLEST, min(_LARGEST, wide / longest))
            canvas.setFont(REGULAR, size)
            y = high / 2 + (len(words) / 2 - 1) * size * 1.3 + size * 0.3
            for number, line in enumerate(words):
                canvas.drawCentredString(wide / 2, y - number * size * 1.3, line)
    canvas.end_page()
    return canvas.pdf()


def _draw(canvas: ArchiveCanvas, image: bytes, wide: float, high: float) -> None:
    try:
        picture = ImageReader(io.BytesIO(image))
    except OSError as error:
        raise Refused(
            "sign-image", _("Ảnh chữ ký không phải ảnh PNG đọc được."), "image"
        ) from error
    canvas.drawImage(picture, 0, 0, wide, high, mask="auto", preserveAspectRatio=True, anchor="c")
