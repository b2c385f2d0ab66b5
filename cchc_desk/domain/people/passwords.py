"""Rules of passwords: long enough, in no list of the commonest, nothing of their person or office.

After NIST SP 800-63B-4, section 3.1.1: length and a list of the commonest, no rule about kinds of
letters, no change by the calendar. NFC, so that every keyboard spells the same one.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from cchc_desk.domain.people.recovery_code import SIGNS
from cchc_desk.domain.text.vietnamese import fold, nfc
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message

SHORTEST = 8  # of a password that somebody chooses for themselves
SHORTEST_GIVEN = 6  # of one that a set-up file gives, to be changed at the first log-in
_FEWEST_SIGNS = 3  # different ones
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # called printable
_VARIANTS = range(0xFE00, 0xFE10)
_GROUPS_ONCE, _LETTERS_ONCE = 4, 4  # of a password for one log-in: 68 random bits


@dataclass(frozen=True)
class Guessed:
    """Passwords that are tried first: everybody's words, and those of this person and this office.

    `own` are names as they are written; every run of their words counts.
    """

    common: Collection[str]
    own: tuple[str, ...] = ()


def check_chosen(password: str, guessed: Guessed, field: str = "password") -> None:
    """Check a password that its own person chooses.

    Raises Refused: "password-short", "password-invisible", "password-common", "password-own".
    """
    _raise_first(_faults(password, SHORTEST, field))
    key = _key(password)
    core = key.strip("0123456789")
    if _is_common(password, guessed.common) or (core in guessed.common and len(core) > 3):
        raise _common(field)
    if core and core in set(_runs(guessed.own)):
        raise _own(field)


def given_fault(password: str, guessed: Guessed, field: str = "password") -> Refused | None:
    """Return what is wrong with a password that a set-up file gives; None where it will do.

    Codes as check_chosen(). It is changed at the first log-in, so only the worst is refused: the
    person's own name stands as it is, and `guessed.common` are the commonest alone.
    """
    fault = next(_faults(password, SHORTEST_GIVEN, field), None)
    if fault is None and _is_common(password, guessed.common):
        return _common(field)
    if fault is None and _key(password) in {_key(name) for name in guessed.own}:
        return _own(field)
    return fault


def one_time_password() -> str:
    """Return a new password for one log-in, such as `k7mt-9xn2-hp4j-2c5r`.

    No letter is taken for another, and no Vietnamese input method changes one (recovery_code.py).
    """
    groups = (
        "".join(secrets.choice(SIGNS.lower()) for _sign in range(_LETTERS_ONCE))
        for _group in range(_GROUPS_ONCE)
    )
    return "-".join(groups)


def common_in(text: str, *sections: str) -> frozenset[str]:
    """Return the passwords of a list: one a line, `[section]` above each part, # remarks.

    Only the parts called `sections`, all where none is named.
    """
    found, section = set(), ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#") and (not sections or section in sections):
            found.add(line)
    return frozenset(found)


def _faults(password: str, least: int, field: str) -> Iterator[Refused]:
    text = nfc(password)
    if any(_is_invisible(sign) for sign in text):
        yield Refused(
            "password-invisible",
            Message("Mật khẩu có ký tự không nhìn thấy được; hãy gõ lại bằng bàn phím."),
            field,
        )
    if len(text) < least:
        yield Refused(
            "password-short", Message("Mật khẩu cần ít nhất {least} ký tự.", least=least), field
        )


def _raise_first(faults: Iterable[Refused]) -> None:
    for fault in faults:
        raise fault


def _is_invisible(sign: str) -> bool:
    return not sign.isprintable() or sign in _INVISIBLE or ord(sign) in _VARIANTS


def _is_common(password: str, common: Collection[str]) -> bool:
    text = nfc(password).casefold()
    return (
        text in common
        or _key(text) in common
        or len(set(text)) < _FEWEST_SIGNS
        or any(_is_row(text, step) for step in (1, -1))
    )


def _is_row(text: str, step: int) -> bool:
    """True of 12345678, 90123456, hgfedcba: each sign follows the one before it."""
    return all(
        ord(after) - ord(before) == step or (before, after) in (("9", "0"), ("0", "9"))
        for before, after in pairwise(text)
    )


def _key(text: str) -> str:
    return fold(text).replace(" ", "")


def _runs(names: Iterable[str]) -> Iterator[str]:
    """Yield every run of neighbouring words of each name: «Ánh Đào» as anh, anhdao, dao."""
    for name in names:
        words = fold(name).split()
        for first in range(len(words)):
            for end in range(first + 1, len(words) + 1):
                yield "".join(words[first:end]).strip("0123456789")


def _common(field: str) -> Refused:
    return Refused(
        "password-common",
        Message(
            "Mật khẩu này nằm trong số bị thử trước tiên; hãy chọn một câu ngắn của riêng mình, ví "
            "dụ ba bốn tiếng không ai ghép với nhau."
        ),
        field,
    )


def _own(field: str) -> Refused:
    return Refused(
        "password-own",
        Message(
            "Mật khẩu không được là tên đăng nhập, họ tên hay tên cơ quan, có thêm số cũng vậy; "
            "hãy chọn mật khẩu khác."
        ),
        field,
    )
