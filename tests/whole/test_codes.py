"""docs/codes.md tells every code of refusal and trouble that the source can raise, and none
besides.
"""

import ast
import re
import sqlite3
from pathlib import Path

from cchc_desk.store.engine.database import trouble_of

ROOT = Path(__file__).parents[2]


def codes_in_the_source() -> set[tuple[str, str]]:
    """(kind, code) of every Refused("…") and Trouble("…"), and of what SQLite may answer."""
    kinds = {"Refused": "refused", "CorrectableRefusal": "refused", "Trouble": "trouble"}
    found = set()
    for file in (*(ROOT / "cchc_desk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first = node.args[0]
                if node.func.id in kinds and isinstance(first, ast.Constant):
                    found.add((kinds[node.func.id], str(first.value)))
    return found | {("trouble", trouble_of(of_sqlite(number)).code) for number in range(256)}


def of_sqlite(number: int) -> sqlite3.Error:
    error = sqlite3.Error()
    error.sqlite_errorcode = number
    return error


def test_every_code_is_told_in_the_docs_and_none_besides() -> None:
    text = (ROOT / "docs" / "codes.md").read_text(encoding="utf-8")
    refused, trouble = text.split("\n## Trục trặc")
    told = {("refused", code) for code in re.findall(r"^\| `([^`]+)` \|", refused, re.MULTILINE)}
    told |= {("trouble", code) for code in re.findall(r"^\| `([^`]+)` \|", trouble, re.MULTILINE)}
    assert told == codes_in_the_source()
