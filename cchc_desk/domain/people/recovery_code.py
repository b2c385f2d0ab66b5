"""The code on a recovery sheet: 135 random bits in eight groups, each with its own check sign.

    4KTMR-9XN2C-HP5J7-…     five signs a group, the fifth is the group's check

The signs are capitals and digits that no eye mistakes for one another (no O and 0, I and 1, S and
5, Z and 2, B and 8). Without a vowel, D or W no Vietnamese input method changes what is typed.
"""

import hashlib
import secrets
import unicodedata

from cchc_desk.errors import Refused
from cchc_desk.i18n import Message

SIGNS = "234578" + "9CFHJKMNPRTVX"  # 19: a prime, so that each wrong sign and each swap shows
GROUPS, LETTERS = 8, 5  # of a code; the last of each group is its check
FIELD = "recovery_code"
# What is typed for a sign by eyes used to other codes; none of these is a sign itself.
_LOOK_ALIKE = str.maketrans("BSZ", "852")
_MOST_TYPED = 400  # letters; what is longer is no code


def new_code() -> str:
    """Return a new code, never the same twice, as it is printed."""
    groups = [
        [secrets.randbelow(len(SIGNS)) for _sign in range(LETTERS - 1)] for _g in range(GROUPS)
    ]
    return "-".join(
        "".join(SIGNS[value] for value in (*group, _check(place, group)))
        for place, group in enumerate(groups)
    )


def tidy(text: str) -> str:
    """Return a typed code as it is printed, whatever separates its groups.

    Raises Refused("recovery-code", field "recovery_code") that names the first wrong group.
    """
    typed = unicodedata.normalize("NFKC", text[:_MOST_TYPED]).upper().translate(_LOOK_ALIKE)
    signs = [letter for letter in typed if letter.isalnum()]
    groups = ["".join(signs[at : at + LETTERS]) for at in range(0, len(signs), LETTERS)]
    for place, group in enumerate(groups[:GROUPS]):
        if not _is_whole(place, group):
            raise _refused(
                Message(
                    "Nhóm thứ {group} của mã khôi phục («{typed}») gõ chưa đúng; hãy đối chiếu "
                    "với phiếu.",
                    group=place + 1,
                    typed=group,
                )
            )
    if len(groups) != GROUPS:
        raise _refused(
            Message(
                "Mã khôi phục có {groups} nhóm, mỗi nhóm {letters} chữ; hãy gõ đủ như trên phiếu.",
                groups=GROUPS,
                letters=LETTERS,
            )
        )
    return "-".join(groups)


def fingerprint(code: str) -> str:
    """Return the SHA-256 by which the desk knows a code as `tidy` gives it.

    The first line keeps it apart from every key made of the same code. A code of so many random
    bits needs no slow hash.
    """
    return hashlib.sha256(f"cchc-desk recovery sheet\n{code}".encode()).hexdigest()


def _is_whole(place: int, group: str) -> bool:
    if len(group) != LETTERS or not set(group) <= set(SIGNS):
        return False
    *values, check = (SIGNS.index(sign) for sign in group)
    return check == _check(place, values)


def _check(place: int, values: list[int]) -> int:
    """The check of the group at `place`; a wrong sign or a swap of two makes it another."""
    weighted = sum(weight * value for weight, value in enumerate(values, start=2))
    return (weighted + 7 * (place + 1)) % len(SIGNS)


def _refused(sentence: Message) -> Refused:
    return Refused("recovery-code", sentence, FIELD)
