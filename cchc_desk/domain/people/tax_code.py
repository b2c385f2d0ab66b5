"""Tax codes of organisations: their shape and their check digit."""

import re
from enum import Enum

# General knowledge, also in public validators (docs/sources.md [I]): 10 digits, the last of them a
# check digit; a branch adds 3 digits; since 01/7/2025 a person's own number is their tax code [G].
_SHAPE = re.compile(r"([0-9]{10})(?:-?[0-9]{3})?")
_PERSON = re.compile(r"[0-9]{12}")
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class TaxCodeWarning(Enum):
    """A doubt about a tax code; the value is stable."""

    SHAPE = "tax-code-shape"
    CHECK_DIGIT = "tax-code-check-digit"


def tax_code_warning(text: str) -> TaxCodeWarning | None:
    """Return the doubt about a tax code, or None; an empty one is fine (not everybody has one)."""
    code = re.sub(r"[\s.]", "", text)
    match = _SHAPE.fullmatch(code)
    if not code or _PERSON.fullmatch(code):
        return None
    if match is None:
        return TaxCodeWarning.SHAPE
    digits = [int(digit) for digit in match[1]]
    weighed = sum(weight * digit for weight, digit in zip(_WEIGHTS, digits[:-1], strict=True))
    return None if 10 - weighed % 11 == digits[-1] else TaxCodeWarning.CHECK_DIGIT
