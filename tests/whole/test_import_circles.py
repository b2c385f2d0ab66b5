"""The check for circles of imports finds one wherever the import stands, and none in this house."""

from pathlib import Path

import pytest

from tools import import_circles


def _tree(root: Path, **sources: str) -> Path:
    for name, source in sources.items():
        file = root / "ui" / f"{name}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(source, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "back",
    [
        "import ui.page",
        "from ui import page",
        "from ui.page import Page",
        "from . import page",
        "from .page import Page",
        "def later():\n    from ui.page import Page",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ui.page import Page",
    ],
)
def test_a_circle_is_found_and_named(
    back: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _tree(tmp_path, page="from ui import acts", acts=back, apart="import ui.page")
    assert import_circles.main(root) == 1
    assert capsys.readouterr().err == "circle of imports: ui.acts → ui.page → ui.acts\n"


def test_a_circle_over_three_modules_is_named_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = _tree(tmp_path, a="import ui.b", b="import ui.c", c="import ui.a")
    assert import_circles.main(root) == 1
    assert "ui.a → ui.b → ui.c → ui.a" in capsys.readouterr().err


def test_imports_that_go_one_way_are_no_circle(tmp_path: Path) -> None:
    root = _tree(tmp_path, a="import os\nimport ui.b\nimport ui.c", b="import ui.c", c="")
    assert import_circles.main(root) == 0


def test_this_house_has_no_circle() -> None:
    assert import_circles.main(Path(import_circles.__file__).parents[1]) == 0
