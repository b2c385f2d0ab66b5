"""Actions open their transactions by the desk, with its settings, calendar and regimes."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cchc_desk.actions.data import opening
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.session import Desk
from tests.actions.conftest import become, make_intake

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


def test_a_read_within_a_read_is_of_the_same_moment(desk: Desk) -> None:
    second = opening.open_desk(desk.folder, desk.clock)
    become(second, "an")
    with desk.read() as outer:
        before = progress.find_dossiers(desk)
        intake.accept_dossier(second, make_intake())
        assert progress.find_dossiers(desk) == before
        with desk.read() as inner:
            assert inner is outer
    assert len(progress.find_dossiers(desk)) == len(before) + 1
    second.close()


def test_a_read_that_failed_leaves_nothing_open(desk: Desk) -> None:
    with pytest.raises(ZeroDivisionError), desk.read():
        raise ZeroDivisionError
    intake.accept_dossier(desk, make_intake())
    assert len(progress.find_dossiers(desk)) == 1


def test_no_act_within_a_read_which_would_not_see_it(desk: Desk) -> None:
    with desk.read(), pytest.raises(AssertionError, match="not see"):
        intake.accept_dossier(desk, make_intake())
