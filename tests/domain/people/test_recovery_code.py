"""The code of a recovery sheet: enough chance, no slip of the hand unseen, read as it is typed."""

import math
import unicodedata
from itertools import combinations

import pytest

from cchc_desk.domain.people.recovery_code import (
    GROUPS,
    LETTERS,
    SIGNS,
    fingerprint,
    new_code,
    tidy,
)
from cchc_desk.errors import Refused

CODE = "297XV-99RJ4-K9M32-5PN32-25R2H-C4MJF-PT349-CRR27"


def test_a_code_holds_at_least_128_random_bits() -> None:
    assert GROUPS * (LETTERS - 1) * math.log2(len(SIGNS)) >= 128
    assert len({new_code() for _time in range(200)}) == 200


@pytest.mark.parametrize(
    "typed",
    [CODE.lower(), CODE.replace("-", ""), f" {CODE} \n"],
    ids=["small letters", "no dashes", "blanks around"],  # of a code that differs each time
)
def test_a_code_is_read_however_its_groups_are_typed(typed: str) -> None:
    assert tidy(typed) == CODE
    assert tidy(unicodedata.normalize("NFD", typed.replace("-", " "))) == CODE


def test_a_sign_taken_for_its_look_alike_is_read_as_the_sign() -> None:
    while not set("852") <= set(code := new_code()):
        pass
    assert tidy(code.translate(str.maketrans("852", "BSZ"))) == code


def test_every_wrong_sign_is_seen_in_its_group() -> None:
    for at, right in enumerate(CODE):
        for wrong in SIGNS if right != "-" else "":
            if wrong != right:
                with pytest.raises(Refused, match=f"thứ {at // (LETTERS + 1) + 1} ") as refused:
                    tidy(CODE[:at] + wrong + CODE[at + 1 :])
                assert refused.value.code == "recovery-code"


def test_signs_and_groups_that_changed_places_are_seen() -> None:
    groups = CODE.split("-")
    for place, group in enumerate(groups):
        for one, other in combinations(range(LETTERS), 2):
            signs = list(group)
            signs[one], signs[other] = signs[other], signs[one]
            if "".join(signs) != group:
                swapped = [*groups[:place], "".join(signs), *groups[place + 1 :]]
                with pytest.raises(Refused):
                    tidy("-".join(swapped))
    for one, other in combinations(range(GROUPS), 2):
        swapped = list(groups)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        with pytest.raises(Refused):
            tidy("-".join(swapped))


@pytest.mark.parametrize(
    "typed", ["", "   ", CODE[:-6], CODE + "-" + CODE, "x" * 100_000, "Ấ" * 40]
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        tidy(typed)


def test_the_desk_knows_a_code_by_a_hash_alone() -> None:
    assert fingerprint(CODE) == fingerprint(tidy(CODE.lower()))
    assert fingerprint(CODE) != fingerprint(new_code())
    assert CODE.replace("-", "") not in fingerprint(CODE).upper()
