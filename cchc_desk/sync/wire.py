"""The signed line, for the wire and for a file: a compact JWS (RFC 7515, EdDSA over Ed25519).

Its payload is the JSON of a shape (sync/parcel.py), deflated; the header names the kind with its
version, and the key by its thumbprint (RFC 7638).

    line = sign("parcel", parcel, key)
    sender_of(line)                        # the thumbprint it claims: look up the key, then
    parcel = read(line, "parcel", Parcel, public_key)
"""

import base64
import hashlib
import json
import zlib
from functools import lru_cache
from typing import TypeVar

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.sync.parcel import (
    VERSION,
    Enrolment,
    Entry,
    Parcel,
    Receipt,
    Shape,
    UnitCode,
    written,
)

MOST_BYTES = 4_000_000  # of a line; a year of a large ward takes about a tenth
MOST_CONTENT = 40_000_000  # of its JSON: what is larger is a trap, not a ward
KINDS = ("parcel", "enrolment", "welcome", "receipt", "refusal", "question", "news")

_jws = jwt.PyJWS(algorithms=["EdDSA"])
S = TypeVar("S", bound=Shape)


def public_text(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """Encode the public key as text: its 32 bytes in base64url."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return _base64(public.public_bytes(Encoding.Raw, PublicFormat.Raw))


def public_key(text: str) -> Ed25519PublicKey:
    """Decode a key encoded by public_text(). Raises Refused("key")."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(text + "="))
    except ValueError as error:
        raise Refused(
            "key", _("Khóa ký không đọc được; hãy xin lại tệp mời của thành phố.")
        ) from error


def thumbprint(public: str) -> str:
    """Return a key's thumbprint: the SHA-256 of its JWK in base64url (RFC 7638)."""
    return _base64(
        hashlib.sha256(f'{{"crv":"Ed25519","kty":"OKP","x":"{public}"}}'.encode()).digest()
    )


def hash_of(line: str) -> str:
    """Return the SHA-256 of the line, in hex."""
    return hashlib.sha256(line.encode()).hexdigest()


def sign(kind: str, shape: Shape, key: Ed25519PrivateKey) -> str:
    """Encode, deflate and sign the shape as one line."""
    headers = {"typ": f"cchc-{kind}.{VERSION}", "kid": thumbprint(public_text(key))}
    return _jws.encode(zlib.compress(written(shape), 9), key, algorithm="EdDSA", headers=headers)


def kind_of(line: str) -> str:
    """Return the kind in the line's header, one of KINDS; nothing is verified.

    Raises Refused: "too-large", "not-signed", "version".
    """
    kind, _dot, version = _header(line)["typ"].removeprefix("cchc-").partition(".")
    if kind in KINDS and version != str(VERSION):
        raise Refused(
            "version",
            _(
                "Gói này theo mẫu {version}, bên này đọc mẫu {own}; hãy cài bản mới ở bên cũ hơn."
            ).format(version=version[:10], own=VERSION),
        )
    if kind not in KINDS:
        raise _not_signed()
    return kind


def sender_of(line: str) -> str:
    """Return the thumbprint of the key that the header claims. Raises Refused as kind_of()."""
    return _header(line)["kid"]


def read(line: str, kind: str, shape: type[S], key: Ed25519PublicKey) -> S:
    """Verify the line's signature, size and shape and return its content.

    Raises Refused: "kind", "too-large", "not-signed", "version", "signature", "content".
    """
    _expect(line, kind)
    try:
        packed = _jws.decode(line, key, algorithms=["EdDSA"])
    except jwt.InvalidTokenError as error:
        raise Refused(
            "signature",
            _("Chữ ký của gói không đúng: gói bị sửa, hoặc ký bằng khóa khác. Hãy gửi lại."),
        ) from error
    return _decoded(packed, shape)


def read_enrolment(line: str) -> Enrolment:
    """Read an enrolment with the key in it, which proves that the sender has that key.

    Raises Refused as read().
    """
    _expect(line, "enrolment")
    try:
        claimed = _decoded(_unbase64(line.split(".")[1]), Enrolment)
    except (ValueError, IndexError) as error:
        raise _not_signed() from error
    if sender_of(line) != thumbprint(claimed.key):
        raise _not_signed()
    return read(line, "enrolment", Enrolment, public_key(claimed.key))


def proved_entry(receipt: str, parcel: str, city: Ed25519PublicKey) -> Entry:
    """Return the ledger's last entry in a parcel of which the city's signed receipt holds the hash.

    Raises Refused as read(), and "content" where the receipt is of another parcel.
    """
    proof = read(receipt, "receipt", Receipt, city)
    _expect(parcel, "parcel")
    if proof.hash != hash_of(parcel):
        raise Refused("content", _("Biên nhận không phải của gói này."))
    try:
        packed = _unbase64(parcel.split(".")[1])
    except (ValueError, IndexError) as error:
        raise _not_signed() from error
    return _decoded(packed, Parcel).ledger.last


def is_unit_code(text: str) -> bool:
    """True for an administrative unit's identifier such as H13.31 (UnitCode)."""
    try:
        msgspec.convert(text, UnitCode)
    except msgspec.ValidationError:
        return False
    return True


def _expect(line: str, kind: str) -> None:
    if kind_of(line) != kind:
        raise Refused("kind", _("Gói này không phải loại đang chờ; hãy chọn đúng tệp."))


def _decoded(packed: bytes, shape: type[S]) -> S:
    try:
        return msgspec.json.decode(_inflated(packed), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(
            "content", _("Nội dung gói không đúng mẫu: {error}.").format(error=error)
        ) from error


def _header(line: str) -> dict[str, str]:
    if len(line) > MOST_BYTES:
        raise Refused("too-large", _("Gói lớn hơn mức cho phép; hãy chia nhỏ rồi gửi lại."))
    known = _parsed(line.partition(".")[0])
    if known is None or line.count(".") != 2:
        raise _not_signed()
    return known


# The header of a desk is the same in every line; PyJWT would decode the whole line for it.
@lru_cache(maxsize=4096)
def _parsed(segment: str) -> dict[str, str] | None:
    """Decode a line's header: its `typ` and `kid`, None when it is not one of ours."""
    try:
        header = json.loads(_unbase64(segment))
    except (ValueError, RecursionError):
        return None
    if not isinstance(header, dict) or header.get("alg") != "EdDSA":
        return None
    typ, kid = header.get("typ"), header.get("kid")
    return {"typ": typ, "kid": kid} if isinstance(typ, str) and isinstance(kid, str) else None


def _inflated(packed: bytes) -> bytes:
    """Inflate the JSON, never more than MOST_CONTENT bytes of it, whatever its header claims."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, MOST_CONTENT)
    except zlib.error as error:
        raise Refused("content", _("Nội dung gói không giải nén được; hãy gửi lại.")) from error
    if unpacking.unconsumed_tail:
        raise Refused("too-large", _("Gói lớn hơn mức cho phép; hãy chia nhỏ rồi gửi lại."))
    return content


def _not_signed() -> Refused:
    return Refused(
        "not-signed", _("Đây không phải gói có chữ ký của CCHC Desk; hãy chọn đúng tệp.")
    )


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unbase64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
