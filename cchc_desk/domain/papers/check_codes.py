"""The check code printed on a paper, and the text of the QR by which another desk checks it.

    H13.31-261123-0001 C1RNBSWY3DP…     the dossier's code, a blank, then all the rest in base32

The code stands first, so that whoever scans the paper finds its dossier. The letters are those of
a QR's alphanumeric mode, without "|" (a scan that holds one is a citizen's card).
"""

import base64
import binascii
import hashlib
import re
import struct
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cchc_desk.domain.text.scan import payload_of
from cchc_desk.domain.text.vietnamese import clean_line, exact_key
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message

_MARK = "C1"  # a later form of the text has another number
_LETTERS = {"receipt": "R", "apology": "A", "stop": "S"}  # in the QR
CHECKED_KINDS = tuple(_LETTERS)
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_LETTER = "".join(_KINDS)
# As typed by a scanner through an input method the rest may be garbled: the code is still found.
_SCANNED = re.compile(rf"\s*(\S+) {_MARK}[{_LETTER}]\S{{20,}}\s*", re.IGNORECASE)
# The code by itself: identifier of the unit, day, number; dashes may have become other signs.
_CODE = re.compile(
    r"\S*?([0-9]{3}(?:\.[0-9]{2,3}){2}\.[A-Z][0-9]{2}|[A-Z][0-9]{2}(?:\.[0-9]{2,3}){1,3})"
    r"[-–—/' _]([0-9]{6})[-–—/' _]([0-9]{4,5})(?:[^0-9\s]\S*)?",
    re.IGNORECASE,
)
_MOST_LETTERS = 400
_BEGAN = datetime(2000, 1, 1)
_PACKED = struct.Struct(">II10s4s")  # minutes of both moments, digest, owner's mark
_MARK_OF_KEY, _SIGNATURE = 4, 64  # bytes
_MINUTE = timedelta(minutes=1)
_NOT_OURS = Message(
    "Mã QR này không phải của giấy hẹn, thư xin lỗi hay thông báo dừng có mã kiểm tra."
)


@dataclass(frozen=True)
class CheckText:
    """The text of a paper, as far as its check code covers it; `due` is the day promised on it.

    `made`: acceptance on a receipt, the day of the signature on a letter or notice.
    """

    kind: str
    code: str
    owner: str
    made: datetime
    due: datetime | None
    number: str
    signer: str

    def digest(self) -> bytes:
        """Return the beginning of the text's SHA-256, 10 bytes."""
        due = self.due.isoformat(timespec="minutes") if self.due else ""
        made = self.made.isoformat(timespec="minutes")
        parts = (_MARK, self.kind, self.code, self.owner, made, due, self.number, self.signer)
        return hashlib.sha256("\n".join(parts).encode()).digest()[:10]


@dataclass(frozen=True)
class PaperScan:
    """Content of the QR of a paper: no name, but marks by which a name can be compared.

    `key` is the beginning of the signing key's thumbprint; both `key` and `signature` are empty
    on the paper of a desk without a key.
    """

    kind: str
    code: str
    made: datetime
    due: datetime | None
    digest: bytes
    owner: bytes
    key: bytes = b""
    signature: bytes = b""

    @property
    def check(self) -> str:
        """The check code that is printed on this paper."""
        return short_code(self.digest)

    def is_of(self, owner: str) -> bool:
        """True for a paper of the person or organisation with this name."""
        return self.owner == _mark_of_owner(self.code, owner)

    def signed_text(self) -> bytes:
        """Return the bytes that the desk's key signs; no line on the wire begins like them."""
        return f"cchc-paper\n{self.code} {_MARK}{_LETTERS[self.kind]}\n".encode() + self._packed()

    def text(self) -> str:
        """Return the text of the QR."""
        rest = base64.b32encode(self._packed() + self.key + self.signature).decode().rstrip("=")
        return f"{self.code} {_MARK}{_LETTERS[self.kind]}{rest}"

    def _packed(self) -> bytes:
        due = _minutes(self.due) if self.due else 0
        return _PACKED.pack(_minutes(self.made), due, self.digest, self.owner)


def scan_of(text: CheckText) -> PaperScan:
    """Return what the QR of this paper holds, not signed."""
    owner = _mark_of_owner(text.code, text.owner)
    return PaperScan(text.kind, text.code, text.made, text.due, text.digest(), owner)


def read_scan(scan: str) -> PaperScan:
    """Return what a QR held; nothing is verified. Raises Refused("paper-scan") on "scan"."""
    text = payload_of(scan).upper()  # Caps Lock turns a scanner's letters round
    try:
        first, marked = text.split(" ")
        code = code_in(first)
        if len(text) > _MOST_LETTERS or not marked.startswith(_MARK):
            raise ValueError(text[:_MOST_LETTERS])
        letter, rest = marked[len(_MARK)], marked[len(_MARK) + 1 :]
        raw = base64.b32decode(rest + "=" * (-len(rest) % 8))
        made, due, digest, owner = _PACKED.unpack(raw[: _PACKED.size])
        signed = raw[_PACKED.size :]
        if len(signed) not in (0, _MARK_OF_KEY + _SIGNATURE):
            raise ValueError(len(signed))
        read = PaperScan(
            _KINDS[letter], code, _moment(made), _moment(due) if due else None, digest, owner
        )
    except (ValueError, KeyError, IndexError, OverflowError, struct.error, binascii.Error) as error:
        raise Refused("paper-scan", _NOT_OURS, "scan") from error
    return replace(read, key=signed[:_MARK_OF_KEY], signature=signed[_MARK_OF_KEY:])


def code_in(scan: str) -> str:
    """Return the dossier's code in a paper's QR, or with signs around it, with plain hyphens.

    Other text, and one with more words, stays without a reader's additions.
    """
    text = payload_of(scan)
    found = _SCANNED.fullmatch(text)
    text = found[1] if found else text
    written = _CODE.fullmatch(text)
    return "-".join(written.groups()) if written else text


def short_code(digest: bytes) -> str:
    """Return `3F9A-01BC-77D2`, the code as it is printed."""
    short = digest.hex()[:12].upper()
    return f"{short[:4]}-{short[4:8]}-{short[8:]}"


def same_code(check: str, other: str) -> bool:
    """True for two codes that are the same, however they were typed."""
    return _letters(check) == _letters(other) != ""


def _letters(check: str) -> str:
    return re.sub(r"[\W_]", "", clean_line(check)).upper()


def _mark_of_owner(code: str, owner: str) -> bytes:
    return hashlib.sha256(f"{code}\n{exact_key(owner)}".encode()).digest()[:4]


def _minutes(at: datetime) -> int:
    return (at - _BEGAN) // _MINUTE


def _moment(minutes: int) -> datetime:
    return _BEGAN + minutes * _MINUTE
