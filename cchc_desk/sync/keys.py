"""The desk's signing key: made on this machine, held by the system's secret store.

Where there is none (most Linux offices without a session keeper) the key lies in a file that only
this user may read. It is never in the database, so a copy of the data on a stick cannot sign for
the desk. Only the invitation of another PC of the same ward carries it along.
"""

import base64
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cchc_desk import key_store, owner_only
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _, os_reason


def make_key(folder: Path, desk: str) -> Ed25519PrivateKey:
    """Make a new key in the place of any older one. Raises Trouble("read-only")."""
    key = Ed25519PrivateKey.generate()
    keep_key(folder, desk, base64.b64encode(key.private_bytes_raw()).decode())
    return key


def keep_key(folder: Path, desk: str, text: str) -> None:
    """Keep a key, as key_text() gives it, on this machine. Raises Trouble("read-only")."""
    if key_store.in_system(desk, text):
        _file(folder).unlink(missing_ok=True)
    else:
        _write(_file(folder), text)


def key_text(folder: Path, desk: str) -> str:
    """Return the key of the desk that this machine has, "" for none."""
    return key_store.from_system(desk) or _read(_file(folder))


def key_of(folder: Path, desk: str) -> Ed25519PrivateKey:
    """Return the desk's key.

    Raises Trouble("no-key") when this machine has none: a restored desk has to enrol again.
    """
    text = key_text(folder, desk)
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(text, validate=True))
    except ValueError as error:
        raise Trouble(
            "no-key",
            _("Máy này không còn khóa ký của quầy. Hãy xin thành phố mã mới rồi ghi danh lại."),
        ) from error


def _file(folder: Path) -> Path:
    return folder / "city.key"


def _write(file: Path, text: str) -> None:
    try:
        owner_only.write_file(file, text.encode())
    except OSError as error:
        raise Trouble(
            "read-only",
            _("Không ghi được {file}: {error}.").format(file=file, error=os_reason(error)),
        ) from error


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""  # key_of raises no-key
