"""Reading and taking a list are stopped at any step: nothing of it stays."""

import gc
import random
from pathlib import Path

import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.lists import history, preview, taking
from cchc_desk.long_work import LongWork, Stopped
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from tests.actions.conftest import become, desk, ward
from tests.actions.lists.containers import xlsx
from tests.actions.lists.provinces import igate, make_dossiers

__all__ = ["desk", "ward"]


class StopsAt(LongWork):
    """Stopped by the user at step `at`."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at

    def step(self, count: int = 1) -> None:
        if self.done + count >= self._at:
            self.stop()
        super().step(count)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    dice, made = random.Random(3), tmp_path / "ds.xlsx"
    made.write_bytes(xlsx(igate(make_dossiers(40, dice), dice).rows))
    return made


def test_a_list_that_is_stopped_at_any_step_leaves_nothing(desk: Desk, file: Path) -> None:
    become(desk, "an")
    entries = upkeep.verify_ledger(desk).entries
    whole = LongWork()
    preview.preview_list(desk, file, work=whole)
    for at in (1, 20, whole.done // 2, whole.done):
        with pytest.raises(Stopped):
            preview.preview_list(desk, file, work=StopsAt(at))
    for at in (1, whole.done, whole.done + 1, whole.done + 40):
        with pytest.raises(Stopped):
            taking.take_list(desk, file, work=StopsAt(at))
        assert history.taken_lists(desk) == []
        assert upkeep.verify_ledger(desk).entries == entries
    assert taking.take_list(desk, file).taken == 40  # the next one is not hindered
    assert upkeep.verify_ledger(desk).ok


def test_the_bar_comes_to_its_end(desk: Desk, file: Path) -> None:
    become(desk, "an")
    work = LongWork()
    taking.take_list(desk, file, work=work)
    assert 0.9 * work.total <= work.done <= work.total


def test_what_a_list_makes_room_for_is_as_before(desk: Desk, file: Path) -> None:
    become(desk, "an")

    def settings() -> tuple[object, ...]:
        with desk.read() as connection:
            pages = () if desk.on_server else run(connection, "PRAGMA cache_size").fetchone()
            return gc.get_threshold(), *pages

    before = settings()
    with pytest.raises(Stopped):
        taking.take_list(desk, file, work=StopsAt(100))
    assert settings() == before
    taking.take_list(desk, file)
    assert settings() == before
