"""Codes of dossiers as a screen shows them."""


def short_code(code: str) -> str:
    """Return the last group, `…0007` for `H13.31-261118-0007`; a code of one group stays."""
    before, _dash, last = code.rpartition("-")
    return f"…{last}" if before else code
