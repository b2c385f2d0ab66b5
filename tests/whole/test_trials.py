"""docs/trials.md names, for every fault that the trials found, tests that exist."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "trials.md").read_text(encoding="utf-8")
FAULTS = {
    *(f"R{number}" for number in range(1, 9)),
    *(f"L{number}" for number in range(1, 9)),
    *(f"F{number}" for number in range(1, 24)),
    *("S2", "S4", "S5"),
    *(f"P{row}" for row in (1, 2, 4, 7, 8, 10, 11, 13, 14, 15, 18, 19, 20, 21, 23, 26, 29)),
    *(f"P{row}" for row in (30, 31, 32, 33, 34, 35, 36, 39, 41, 42, 44)),
}


def rows() -> list[tuple[list[str], list[tuple[str, str]]]]:
    """The ids of each row, and its tests as file and function."""
    lines = [line.split(" | ") for line in PAGE.splitlines() if re.match(r"\| [RLFSP]\d", line)]
    return [
        (cells[0].lstrip("| ").split(), re.findall(r"`([^`]+)::(\w+)`", cells[4]))
        for cells in lines
    ]


def test_every_fault_has_its_row() -> None:
    assert {one for ids, _tests in rows() for one in ids} == FAULTS


def test_every_row_names_tests_that_exist() -> None:
    for ids, tests in rows():
        assert tests, ids
        for file, name in tests:
            module = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            found = {one.name for one in module.body if isinstance(one, ast.FunctionDef)}
            assert name in found, (file, name)
