"""Scans of papers kept with a dossier: PDF, JPEG, PNG, known by their content, never by a name.

A file is refused where it is none of these, is not whole, is larger than the desk takes, or would
take a computer's memory to show.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cchc_desk.errors import Refused
from cchc_desk.i18n import Message

MOST_PIXELS = 60_000_000  # of a picture: A4 at 600 dpi has 35 million
LONGEST_SIDE = 20_000
MOST_PAGES = 40  # all of them stand in memory while they are shown
_MOST_UNPACKED = 32 * 2**20  # bytes of packed objects that are looked through
_PNG, _JPEG, _PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_NO_SIZE = (0x01, *range(0xD0, 0xD9))  # markers of a JPEG that stand alone
_MOST_PARTS = 10_000
_FRAMES = (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
_MOST_OPEN, _MOST_OBJECTS = 20, 40_000  # streams without an end; words of a PDF's objects
_BEFORE_A_STREAM = 4096  # bytes in which its dictionary is looked for


def _named(*names: str) -> re.Pattern[bytes]:
    """Return the pattern of names in a PDF, where each letter may be written as #xx."""
    letters = {letter: f"(?:{letter}|#(?i:{ord(letter):02x}))" for letter in set("".join(names))}
    spelled = "|".join("".join(letters[letter] for letter in name) for name in names)
    begins = "".join({name[0] for name in names})
    return re.compile(rf"/(?=[{begins}#])(?:{spelled})(?![A-Za-z0-9])".encode())


# What makes a PDF act, carry other files, or hide its content.
_ACTING = _named(
    *("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA"),
    *("SubmitForm", "ImportData", "Encrypt"),
)
_WIDE, _HIGH = (re.compile(rb"/%s[ \r\n]{1,9}(\d{4,9})" % side) for side in (b"Width", b"Height"))
_OF_A_PICTURE = 200  # bytes between width and height of one picture
_MOST_PICTURES = 2000
_PACKED = _named("ObjStm")
_FILTERED_TWICE = _named("DecodeParms", "ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "Crypt")


class ScanKind(Enum):
    """Kind of file by its content; the value is the ending that a saved one gets."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"


@dataclass(frozen=True)
class Scan:
    """A file kept with a dossier; `name` is how it was called outside, `size` its bytes.

    `removed`: when it was put away; what it held is gone a day later.
    """

    number: int
    code: str
    name: str
    kind: ScanKind
    size: int
    sha256: str
    added: datetime
    official: str
    removed: datetime | None = None


def check_scan(content: bytes) -> ScanKind:
    """Return the kind of a file that may be kept.

    Raises Refused("scan-type"), ("scan-broken"), ("scan-large"), ("scan-active").
    """
    if content.startswith(_PDF):
        _check_pdf(content)
        return ScanKind.PDF
    if content.startswith(_PNG):
        _check_sides(*_png_sides(content))
        return ScanKind.PNG
    if content.startswith(_JPEG):
        _check_sides(*_jpeg_sides(content))
        return ScanKind.JPEG
    raise Refused(
        "scan-type",
        Message("Tệp này không phải PDF, ảnh JPEG hay PNG (xét nội dung, không xét đuôi tệp)."),
        "file",
    )


def broken() -> Refused:
    """Return the refusal of a file that is not whole or not readable."""
    return Refused(
        "scan-broken",
        Message("Tệp bị hỏng hoặc chưa được ghi xong; hãy chờ máy quét xong rồi thử lại."),
        "file",
    )


def _png_sides(content: bytes) -> tuple[int, int]:
    if content[12:16] != b"IHDR" or not content.rstrip(b"\0").endswith(_PNG_END[4:]):
        raise broken()
    wide, high = struct.unpack(">II", content[16:24])
    return wide, high


def _jpeg_sides(content: bytes) -> tuple[int, int]:
    """Return the sides in the first frame; the file ends with the mark of its end."""
    if b"\xff\xd9" not in content[-4096:]:
        raise broken()
    at = 2
    for _part in range(_MOST_PARTS):
        if at + 9 > len(content) or content[at] != 0xFF:
            break
        mark = content[at + 1]
        if mark in _FRAMES:
            high, wide = struct.unpack(">HH", content[at + 5 : at + 9])
            return wide, high
        if mark == 0xFF:  # filled up
            at += 1
        else:
            at += 2 if mark in _NO_SIZE else 2 + int.from_bytes(content[at + 2 : at + 4])
    raise broken()


def _check_sides(wide: int, high: int) -> None:
    if not wide or not high:
        raise broken()
    if wide * high > MOST_PIXELS or max(wide, high) > LONGEST_SIDE:
        raise too_large_to_show()


def too_large_to_show() -> Refused:
    """Return the refusal of a picture or page that no screen and no paper needs."""
    return Refused(
        "scan-large",
        Message(
            "Ảnh hoặc trang quá lớn để xem, hoặc quá {pages} trang; hãy quét ở 300 dpi, tách thành "
            "nhiều tệp.",
            pages=MOST_PAGES,
        ),
        "file",
    )


def acting() -> Refused:
    """Return the refusal of a PDF that does more than show pages, or hides them."""
    return Refused(
        "scan-active",
        Message(
            "Tệp PDF có mã lệnh, tệp kèm bên trong hoặc mật khẩu nên không nhận; hãy in ra "
            "rồi quét lại."
        ),
        "file",
    )


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise broken()
    # What seeks the end of each of thousands of streams that have none would take minutes.
    ends = content.count(b"endstream")
    if content.count(b"stream") - 2 * ends > _MOST_OPEN or content.count(b"obj") > _MOST_OBJECTS:
        raise broken()
    for number, found in enumerate(_WIDE.finditer(content)):
        if number == _MOST_PICTURES:
            raise too_large_to_show()
        around = content[max(0, found.start() - _OF_A_PICTURE) : found.end() + _OF_A_PICTURE]
        for high in _HIGH.finditer(around):
            _check_sides(int(found[1]), int(high[1]))
    if _ACTING.search(content) or any(map(_ACTING.search, _packed_objects(content))):
        raise acting()


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """Yield what lies in the streams of packed objects."""
    left, at = _MOST_UNPACKED, 0
    while (begin := content.find(b"stream", at)) >= 0:
        end = content.find(b"endstream", begin)
        if end < 0:
            return
        head = content[max(at, begin - _BEFORE_A_STREAM) : begin].rpartition(b"obj")[2]
        at = end + len(b"endstream")
        if not _PACKED.search(head):
            continue
        if _FILTERED_TWICE.search(head):
            raise acting()
        unpacking = zlib.decompressobj()
        try:
            part = unpacking.decompress(content[begin + 6 : end].lstrip(b"\r\n"), left)
        except zlib.error as error:
            raise broken() from error
        left -= len(part)
        if left <= 0 or unpacking.unconsumed_tail:
            raise too_large_to_show()
        yield part
