"""The locks say what pyproject.toml says, with a hash for every file and no word of where files
come from.
"""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKED = re.compile(
    r"^([a-z0-9-]+==[^ ]+)(?: ;[^\\]*[^ \\])?((?: \\\n    --hash=sha256:[0-9a-f]{64})*)",
    re.MULTILINE,
)


def lock(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def pins(name: str) -> set[str]:
    return {match[1] for match in LOCKED.finditer(lock(name))}


def wanted(name: str) -> set[str]:
    project = PROJECT["project"]
    listed = [*project["dependencies"], *PROJECT["build-system"]["requires"]]
    extras = {
        "app.txt": (),
        "city.txt": ("city",),
        "signature.txt": ("signature",),
        "dev.txt": ("city", "signature", "dev"),
    }
    for extra in extras[name]:
        listed += project["optional-dependencies"][extra]
    return {
        pin.lower().partition(";")[0].strip() for pin in listed
    }  # without the machines it is for


@pytest.mark.parametrize("name", ["app.txt", "city.txt", "signature.txt", "dev.txt"])
def test_every_pin_of_the_project_is_locked(name: str) -> None:
    assert wanted(name) <= pins(name), "run: make lock"


@pytest.mark.parametrize("name", ["app.txt", "city.txt", "signature.txt", "dev.txt"])
def test_every_locked_file_has_its_hash(name: str) -> None:
    assert [match[1] for match in LOCKED.finditer(lock(name)) if not match[2]] == []


@pytest.mark.parametrize("name", ["app.txt", "city.txt", "signature.txt", "dev.txt", "install.in"])
def test_a_lock_names_no_registry_and_no_folder_of_a_machine(name: str) -> None:
    assert not re.search(r"://|^ *--(?!hash=)|@ |file:", lock(name), re.MULTILINE)


def test_the_desk_runs_on_what_the_suite_has_tested() -> None:
    assert pins("app.txt") <= pins("dev.txt")
