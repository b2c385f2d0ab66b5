"""Secrets of this user on this computer: in the system's key store, else in a file of theirs.

The file lies in a folder of the user's settings, apart from the data: whoever has the data folder
alone has no secret.
"""

import re
from contextlib import suppress
from pathlib import Path
from typing import Literal

from cchc_desk import owner_only, paths

SERVICE = "cchc-desk"
Keeper = Literal["system", "file"]
_NAME = re.compile(r"[a-z0-9-]{1,60}")


def keep(name: str, secret: str) -> Keeper:
    """Keep a secret and return who keeps it. Raises OSError where neither can."""
    if in_system(name, secret):
        return "system"
    folder = paths.secrets_folder()
    owner_only.make_folder(folder)
    owner_only.write_file(_file(name), secret.encode())
    return "file"


def kept(name: str, keeper: Keeper) -> str | None:
    """Return a secret; None where this user on this computer has none of the name."""
    if keeper == "system":
        return from_system(name)
    try:
        return _file(name).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None


def in_system(name: str, secret: str) -> bool:
    """Return True when the operating system has stored the secret and gives it back."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, name, secret)
        return keyring.get_password(SERVICE, name) == secret
    except KeyringError:  # no keeper, or a locked one
        return False


def from_system(name: str) -> str | None:
    """Return what the operating system keeps under a name; None where it has or tells nothing."""
    import keyring
    from keyring.errors import KeyringError

    with suppress(KeyringError):
        return keyring.get_password(SERVICE, name)
    return None


def _file(name: str) -> Path:
    if not _NAME.fullmatch(name):  # it comes from a file that others may have written
        raise FileNotFoundError(name)
    return paths.secrets_folder() / f"{name}.key"
