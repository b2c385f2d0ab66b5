"""A copy put over the data by hand, while the log of a crash still lies beside it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cchc_desk.actions.data import opening, restore, upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from cchc_desk.errors import Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from tests.actions.conftest import TableClock, become, make_intake

pytestmark = pytest.mark.one_pc("a copy put over the file")


def moved(copy: Path, target: Path) -> object:
    return Path(shutil.copy2(copy, copy.with_suffix(".2"))).replace(target)


WAYS: dict[str, Callable[[Path, Path], object]] = {
    "copied": shutil.copy,
    "copied with its times": shutil.copy2,
    "moved": moved,
}


@pytest.fixture
def crashed(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder as a crash leaves it, its log begun after the copy in it; and the last code."""
    upkeep.backup(desk)
    code = ""
    for _ in range(30):
        code = intake.accept_dossier(desk, make_intake()).code
    with desk.database.read() as connection:
        run(connection, "PRAGMA wal_checkpoint(RESTART)")
    for _ in range(3):
        code = intake.accept_dossier(desk, make_intake()).code
    folder = tmp_path_factory.mktemp("crashed")
    shutil.copytree(desk.folder, folder, dirs_exist_ok=True, copy_function=shutil.copy2)
    return folder, code


@pytest.mark.parametrize("way", WAYS)
def test_the_old_log_is_never_mixed_into_it(
    crashed: tuple[Path, str], clock: TableClock, way: str
) -> None:
    folder, last = crashed
    (copy,) = (folder / "backups").glob("*.db")
    WAYS[way](copy, folder / "desk.db")
    log = (folder / "desk.db-wal").read_bytes()
    with pytest.raises(Trouble) as trouble:
        opening.open_desk(folder, clock)
    assert trouble.value.code == "damaged"
    assert (folder / "desk.db").read_bytes() == copy.read_bytes()
    assert (folder / "desk.db-wal").read_bytes() == log
    restore.restore(folder, None, "dung", practice.PASSWORD, clock)
    again = opening.open_desk(folder, clock)
    become(again, "an")
    assert intake.accept_dossier(again, make_intake()).code > last
    assert upkeep.verify_ledger(again).problems == ()
    again.close()


def test_after_a_crash_alone_every_act_is_there(
    crashed: tuple[Path, str], clock: TableClock
) -> None:
    folder, last = crashed
    again = opening.open_desk(folder, clock)
    become(again, "an")
    assert intake.accept_dossier(again, make_intake()).code > last
    assert upkeep.verify_ledger(again).problems == ()
    again.close()
