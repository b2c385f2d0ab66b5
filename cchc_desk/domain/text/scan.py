"""Additions of a reader to a code, taken off here: preamble, separators of GS1, end of line."""

import re

# ISO/IEC 15424: "]", the letter of the symbology, a modifier; some readers name it without "]".
_SYMBOLOGY = r"\][A-Za-z][0-9A-Za-z]"
# The character set in use (ECI), written as ISO/IEC 15424 has it: a backslash and six digits.
_CHARACTER_SET = r"\\[0-9]{6}"
# What some readers put before a code instead, to say its kind: "s", "QR", "P01", "QR: ".
CODE_ID = r"(?:[A-Za-z]{1,8}|P0[0-9])[ :;]{0,2}"
_ADDED = "\ufeff\x00\x02\x03\x04\x1c\x1d\x1e\x1f \t\r\n\u200b\u2060"
PREAMBLE = rf"(?:{_SYMBOLOGY})?(?:{_CHARACTER_SET})?"
_BLANK = rf"[{re.escape(_ADDED)}]*"
_BEFORE = re.compile(rf"\A{_BLANK}(?:{_SYMBOLOGY})?{_BLANK}(?:{_CHARACTER_SET})?{_BLANK}")
_INSIDE = re.compile(rf"{_CHARACTER_SET}|[\x00\x02-\x04\x1c-\x1f]")


def payload_of(scan: str) -> str:
    """Return the code itself: "]Q3 092…|…\\r\\n" -> "092…|…"; a text without additions stays."""
    return _INSIDE.sub("", _BEFORE.sub("", scan, count=1).rstrip(_ADDED))
