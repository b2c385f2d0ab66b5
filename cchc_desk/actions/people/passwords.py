"""Passwords: their hashes, and what is tried first against this desk."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import resources
from cchc_desk.domain.people import passwords
from cchc_desk.domain.people.passwords import Guessed
from cchc_desk.domain.text.vietnamese import nfc

_LIST = "people/common-passwords.txt"
PRACTICE = "practice"  # of everyone in a practice ward, and of nobody else
_OFFICE = ("unit_name", "desk_name", "place", "parent_agency", "unit_code")
# A hash of no password: a name that nobody has costs the same time, in an empty desk too.
_NOBODYS = (
    "$argon2id$v=19$m=65536,t=3,p=4$Y2NoYy1kZXNrLW5vYm9keQ"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


@cache
def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher()


def password_hash(password: str) -> str:
    """Return the argon2 hash of a password; NFC, so that every keyboard spells the same one."""
    return str(_hasher().hash(_bytes(password)))


def is_right(hashes: Mapping[str, str], login: str, password: str) -> bool:
    """True for the password of `login`; the same time is taken for a name that nobody has.

    A damaged hash is a wrong password.
    """
    from argon2.exceptions import InvalidHashError, VerificationError

    known = hashes.get(login)
    kept = known if known is not None else next(filter(is_sound, hashes.values()), _NOBODYS)
    try:
        return bool(_hasher().verify(kept, _bytes(password))) and known is not None
    except (VerificationError, InvalidHashError):
        return False


def is_sound(kept: str) -> bool:
    """True for a hash that a password can be held against."""
    from argon2 import extract_parameters
    from argon2.exceptions import InvalidHashError

    try:
        extract_parameters(kept)
    except (InvalidHashError, ValueError):
        return False
    return True


def guessed_first(settings: Mapping[str, Any], login: str, name: str) -> Guessed:
    """Return what is tried first against this person of this office."""
    office = tuple(str(settings[key]) for key in _OFFICE if key in settings)
    return Guessed(_common() | {PRACTICE}, (login, name, *office))


def guessed_at_set_up(login: str, name: str) -> Guessed:
    """Return the worst that a set-up file may not give."""
    return Guessed(_common("commonest") | {PRACTICE}, (login, name))


@cache
def _common(*sections: str) -> frozenset[str]:
    return passwords.common_in(resources.read_text(_LIST), *sections)


def _bytes(password: str) -> bytes:
    # A half character can come from the command line; it is a wrong password, no fault.
    return nfc(password).encode(errors="surrogatepass")
