"""The keys of a desk's encrypted files, wrapped, in `desk.key` beside them and beside each copy.

    data key  ← master key  ← a secret of this user on this computer (key_store.py)
                            ← the code on the recovery sheet

Each data key opens database files; the newest one is for new files, older ones for older copies.
All are wrapped by AES-256-GCM. Alone the file opens nothing.
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from cchc_desk import key_store, owner_only

_FORMAT = "cchc-desk keys 1"
_ABOUT = (
    "Khóa đã bọc của dữ liệu CCHC Desk. Giữ tệp này cùng desk.db và cùng mỗi bản sao: thiếu nó "
    "thì phiếu khôi phục cũng không mở được."
)
_LARGEST = 100_000  # bytes
KEY_BYTES = 32
_SECRET = re.compile(r"[A-Za-z0-9+/]{43}=")


@dataclass(frozen=True)
class Wrapped:
    """A key wrapped by another one."""

    nonce: bytes
    sealed: bytes


@dataclass(frozen=True)
class Holder:
    """One way to the master key; `name` of the secret in the key store, or the salt of a code."""

    by: Literal["system", "file", "code"]
    name: str
    master: Wrapped


@dataclass(frozen=True)
class KeyFile:
    """The content of a key file: the holders, and the data keys by id, the newest last."""

    holders: tuple[Holder, ...]
    keys: Mapping[str, Wrapped]

    @property
    def has_code(self) -> bool:
        """True when a recovery sheet opens it too."""
        return any(holder.by == "code" for holder in self.holders)

    @property
    def is_held_in_a_file(self) -> bool:
        """True where a file of this user opens it, for want of a key store of the system."""
        return any(
            holder.by == "file" and key_store.kept(holder.name, "file") for holder in self.holders
        )


@dataclass(frozen=True)
class Opened:
    """A key file and what is in it: its master key and its data keys by id, the newest last."""

    file: KeyFile
    master: bytes
    keys: Mapping[str, bytes]

    @property
    def newest(self) -> bytes:
        return tuple(self.keys.values())[-1]


def id_of(key: bytes) -> str:
    """Return the name under which a data key is known; it tells nothing about the key."""
    return hashlib.sha256(b"cchc-desk data key\n" + key).hexdigest()[:16]


def new() -> Opened:
    """Make a master key and a data key, which a secret of this user holds. Raises OSError."""
    master = secrets.token_bytes(KEY_BYTES)
    empty = Opened(KeyFile((_held_here(master),), {}), master, {})
    return with_new_key(empty)


def with_new_key(opened: Opened) -> Opened:
    """Add a data key, from now on the newest."""
    key = secrets.token_bytes(KEY_BYTES)
    name = id_of(key)
    wrapped = {**opened.file.keys, name: _wrap(opened.master, key, name)}
    return Opened(replace(opened.file, keys=wrapped), opened.master, {**opened.keys, name: key})


def without_others(opened: Opened) -> Opened:
    """Keep the newest data key alone: no file is encrypted by another one any more."""
    name = tuple(opened.keys)[-1]
    kept = replace(opened.file, keys={name: opened.file.keys[name]})
    return Opened(kept, opened.master, {name: opened.keys[name]})


def with_code(opened: Opened, code: str) -> Opened:
    """Return the same data keys under a new master key, held by this user and by the code alone.

    An earlier code opens it no more, nor a secret of another computer. `code` is tidy
    (domain/people/recovery_code.py). Raises OSError.
    """
    master = secrets.token_bytes(KEY_BYTES)
    salt = secrets.token_hex(16)
    by_code = Holder("code", salt, _wrap(_of_code(code, salt), master, salt))
    keys = {name: _wrap(master, key, name) for name, key in opened.keys.items()}
    return Opened(KeyFile((_held_here(master), by_code), keys), master, opened.keys)


def held_here(opened: Opened) -> Opened:
    """Add this user on this computer to those who hold the master key. Raises OSError."""
    holders = (*opened.file.holders, _held_here(opened.master))
    return replace(opened, file=replace(opened.file, holders=holders))


def open_here(file: KeyFile) -> Opened | None:
    """Open a key file by a secret of this user on this computer; None where there is none."""
    for holder in file.holders:
        if holder.by == "code":
            continue
        secret = key_store.kept(holder.name, holder.by)
        if secret and _SECRET.fullmatch(secret):
            opened = _opened(file, holder, _bytes_of(secret))
            if opened is not None:
                return opened
    return None


def open_by_code(file: KeyFile, code: str) -> Opened | None:
    """Open a key file by the code of a recovery sheet; None for the code of another one."""
    holders = (holder for holder in file.holders if holder.by == "code")
    return next(filter(None, (_opened(file, it, _of_code(code, it.name)) for it in holders)), None)


# --- the file -------------------------------------------------------------------------------------


def read(file: Path) -> KeyFile | None:
    """Read a key file; None where there is none, or another kind of file."""
    try:
        with file.open("rb") as opened:
            facts = json.loads(opened.read(_LARGEST))
        if facts["format"] != _FORMAT:
            return None
        holders = tuple(
            Holder(item["by"], str(item["name"]), _wrapped(item)) for item in facts["holders"]
        )
        keys = {str(item["id"]): _wrapped(item) for item in facts["keys"]}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return KeyFile(holders, keys) if keys else None


def write(path: Path, file: KeyFile) -> None:
    """Replace a key file, whole and on the disk. Raises OSError."""
    facts = {
        "about": _ABOUT,
        "format": _FORMAT,
        "holders": [
            {"by": holder.by, "name": holder.name, **_written(holder.master)}
            for holder in file.holders
        ],
        "keys": [{"id": name, **_written(key)} for name, key in file.keys.items()],
    }
    owner_only.write_file(path, json.dumps(facts, ensure_ascii=False, indent=1).encode())


def _wrapped(item: Mapping[str, Any]) -> Wrapped:
    return Wrapped(_bytes_of(item["nonce"]), _bytes_of(item["sealed"]))


def _written(key: Wrapped) -> dict[str, str]:
    return {"nonce": _text_of(key.nonce), "sealed": _text_of(key.sealed)}


def _bytes_of(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


def _text_of(content: bytes) -> str:
    return base64.b64encode(content).decode()


# --- wrapping -------------------------------------------------------------------------------------


def _held_here(master: bytes) -> Holder:
    secret, name = secrets.token_bytes(KEY_BYTES), f"disk-{secrets.token_hex(8)}"
    wrapped = _wrap(secret, master, name)
    return Holder(key_store.keep(name, _text_of(secret)), name, wrapped)


def _of_code(code: str, salt: str) -> bytes:
    """A code of 135 random bits needs no slow hash."""
    return hmac.digest(salt.encode(), b"cchc-desk master key\n" + code.encode(), "sha256")


def _opened(file: KeyFile, holder: Holder, secret: bytes) -> Opened | None:
    master = _unwrap(secret, holder.master, holder.name)
    if master is None:
        return None
    keys = {name: _unwrap(master, key, name) for name, key in file.keys.items()}
    found = {name: key for name, key in keys.items() if key is not None}
    return Opened(file, master, found) if found else None


def _wrap(by: bytes, key: bytes, name: str) -> Wrapped:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    return Wrapped(nonce, AESGCM(by).encrypt(nonce, key, name.encode()))


def _unwrap(by: bytes, key: Wrapped, name: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(by).decrypt(key.nonce, key.sealed, name.encode())
    except (InvalidTag, ValueError):  # another's, or a file that was changed
        return None
