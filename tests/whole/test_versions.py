"""One version: the program's own and the newest in the change log."""

import re
from pathlib import Path

import cchc_desk

ROOT = Path(__file__).parents[2]


def test_the_change_log_begins_with_this_version() -> None:
    headings = re.findall(
        r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert headings[0] == cchc_desk.__version__
