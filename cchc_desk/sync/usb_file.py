"""The file for a USB stick: the very lines that would go over the wire, one below the other."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.output_file import output_file
from cchc_desk.sync.parcel import Invitation, written
from cchc_desk.sync.wire import MOST_BYTES

MOST_BAG = 64_000_000


def write_bag(file: Path, lines: Iterable[str]) -> None:
    """Write the lines; the file's name appears once it is whole. Raises as output_file()."""
    _write(file, "".join(f"{line}\n" for line in lines).encode())


def read_bag(file: Path) -> tuple[str, ...]:
    """Read the lines of a file for the city.

    Raises Refused("too-large"), Refused("bag") for another kind of file, Trouble("cannot-read").
    """
    try:
        content = _beginning(file, MOST_BAG + 1)
        if len(content) > MOST_BAG:
            raise Refused(
                "too-large",
                _("Tệp {file} lớn quá mức; hãy chọn đúng tệp.").format(file=file.name),
                "file",
            )
        text = content.decode("ascii")
    except OSError as error:
        raise _cannot_read(file, error) from error
    except UnicodeDecodeError as error:
        raise _no_bag(file) from error
    lines = tuple(text.split())
    if not lines or any(len(line) > MOST_BYTES or line.count(".") != 2 for line in lines):
        raise _no_bag(file)
    return lines


def write_invitation(file: Path, invitation: Invitation) -> None:
    """Write the invitation as a file for a ward. Raises as output_file()."""
    _write(file, msgspec.json.format(written(invitation)) + b"\n")


def read_invitation(file: Path) -> Invitation:
    """Read the city's invitation file. Raises Refused("invitation"), Trouble("cannot-read")."""
    try:
        return msgspec.json.decode(_beginning(file, 100_000), type=Invitation)
    except OSError as error:
        raise _cannot_read(file, error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refused(
            "invitation",
            _("Đây không phải tệp mời của thành phố; hãy chọn đúng tệp thành phố đã gửi."),
            "file",
        ) from error


def _beginning(file: Path, most: int) -> bytes:
    """Return up to so many bytes: a device has no end. Raises OSError."""
    with file.open("rb") as opened:
        return opened.read(most)


def _write(file: Path, content: bytes) -> None:
    with output_file(file) as out:
        out.write(content)


def _no_bag(file: Path) -> Refused:
    return Refused(
        "bag",
        _("Tệp {file} không phải gói gửi thành phố; hãy chọn đúng tệp.").format(file=file.name),
        "file",
    )


def _cannot_read(file: Path, error: OSError) -> Trouble:
    return Trouble(
        "cannot-read",
        _("Không đọc được {file}: {error}.").format(file=file, error=os_reason(error)),
    )
