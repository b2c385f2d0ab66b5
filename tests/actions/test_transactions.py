"""Actions open their transactions by the desk, with its settings, calendar and regimes."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def transactions_without_facts(file: Path) -> Iterator[int]:
    """The lines of `file` that begin a transaction on a desk's database past the desk."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(value=ast.Attribute(attr="database"), attr="read" | "write"):
                yield node.lineno


def test_no_act_reads_or_writes_past_the_facts() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for folder in ("cchc_desk/actions", "cchc_desk/console", "ui")
        for file in sorted((ROOT / folder).rglob("*.py"))
        for line in transactions_without_facts(file)
    ]
    assert found == []
