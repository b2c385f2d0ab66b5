"""A data folder copied to a second machine: asked whether the desk moved, or is one of its own."""

import shutil
from pathlib import Path

import pytest

from cchc_desk.actions.data import doubts, existing, machines, opening, upkeep
from cchc_desk.actions.data.machines import Blocks
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import office_settings
from cchc_desk.domain.ledger.doubts import DoubtKind
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.ledger import machine
from tests.actions.conftest import TableClock, become, make_intake


@pytest.fixture
def second(desk: Desk, clock: TableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk's folder copied, opened by another machine: one with another home."""
    become(desk, "dung")
    office_settings.change_settings(desk, {"block_last": 500, "letter_block_last": 500})
    become(desk, "an")
    intake.accept_dossier(desk, make_intake())
    desk.close()
    copy = tmp_path / "copy"
    shutil.copytree(desk.folder, copy, ignore=shutil.ignore_patterns("copy", "home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    opened = opening.open_desk(copy, clock)
    become(opened, "an")
    return opened


@pytest.mark.one_pc("the folder copied to another PC")
def test_the_second_machine_is_asked_and_promises_nothing_before(second: Desk) -> None:
    assert second.doubt is not None
    assert second.doubt.kind is DoubtKind.OTHER_MACHINE
    assert "máy khác" in doubts.doubt_words(second.doubt)
    with pytest.raises(Refused) as refused:
        intake.accept_dossier(second, make_intake())
    assert refused.value.code == "state-in-doubt"
    with pytest.raises(Refused, match="dành cho"):
        machines.moved_here(second)
    second.close()


@pytest.mark.one_pc("the folder copied to another PC")
def test_a_desk_that_moved_goes_on_and_is_not_asked_again(second: Desk, clock: TableClock) -> None:
    become(second, "dung")
    machines.moved_here(second)
    become(second, "an")
    assert intake.accept_dossier(second, make_intake()).code.endswith("-0002")
    second.close()

    again = opening.open_desk(second.folder, clock)
    become(again, "dung")
    assert again.doubt is None
    assert upkeep.verify_ledger(again).problems == ()
    with pytest.raises(Refused, match="máy này"):
        machines.moved_here(again)
    again.close()


@pytest.mark.one_pc("the folder copied to another PC")
def test_a_desk_of_its_own_has_another_id_and_other_numbers(
    second: Desk, clock: TableClock
) -> None:
    before = second.id
    become(second, "dung")
    with pytest.raises(Refused) as refused:
        machines.become_own_desk(second, Blocks(1, 900, 501, 99999))
    assert (refused.value.code, refused.value.field) == ("block-shared", "block")
    assert second.id == before

    assert machines.become_own_desk(second, machines.free_blocks(second)) is None
    become(second, "an")
    assert second.id != before
    assert intake.accept_dossier(second, make_intake()).code.endswith("-0501")
    second.close()

    again = opening.open_desk(second.folder, clock)
    become(again, "dung")
    assert again.doubt is None
    assert again.id == second.id
    assert upkeep.verify_ledger(again).problems == ()
    again.close()


@pytest.mark.one_pc("the folder copied to another PC")
def test_beside_a_desk_that_has_all_numbers_the_upper_half_is_free(second: Desk) -> None:
    become(second, "dung")
    office_settings.change_settings(second, {"block_last": 9999, "letter_block_last": 99999})
    with pytest.raises(Refused, match="khác hẳn"):
        machines.become_own_desk(second, Blocks(501, 9999, 50001, 99999))

    assert machines.become_own_desk(second, machines.free_blocks(second)) == 5000
    second.close()


def test_the_mark_stays_and_other_hardware_has_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    first = machine.machine_mark()
    assert first
    assert machine.machine_mark() == first

    elsewhere = tmp_path / "id"
    elsewhere.write_text("another", encoding="ascii")
    monkeypatch.setattr(machine, "_LINUX_ID", elsewhere)
    other = machine.machine_mark()  # the home came along, the system did not
    assert other not in ("", first)
    assert machine.machine_mark() == other


def test_where_no_mark_can_be_kept_nobody_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "file"))

    assert machine.machine_mark() == ""


@pytest.mark.one_pc("the folder copied to another PC")
def test_a_desk_brought_in_from_another_machine_is_asked_too(
    desk: Desk, clock: TableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake.accept_dossier(desk, make_intake())
    desk.close()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))

    existing.bring_in(desk.folder / "desk.db", tmp_path / "new")

    opened = opening.open_desk(tmp_path / "new", clock)
    assert opened.doubt is not None
    assert opened.doubt.kind is DoubtKind.OTHER_MACHINE
    opened.close()
