"""A line to the ward's server that breaks within an act: it is done once, or the clerk knows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from cchc_desk import paths
from cchc_desk.actions.data import new_desk, opening, upkeep
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.training import practice
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection, run
from cchc_desk.store.engine.ward import connection as ward_connection
from cchc_desk.store.engine.ward import database as ward_database
from tests.actions.conftest import MONDAY, become, make_intake
from tests.engines import join
from tools.bad_line import BadLine, bad_line
from tools.postgres import running_postgres


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with running_postgres() as url:
        yield url


@pytest.fixture
def line(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[BadLine]:
    monkeypatch.setattr(ward_database, "_REST_S", 0.0)
    with bad_line(Path(str(conninfo_to_dict(server.replace("+psycopg", ""))["host"]))) as line:
        yield line


@pytest.fixture
def station(server: str, line: BadLine, tmp_path: Path) -> Iterator[Desk]:
    """The clerk at a station whose way to the server goes over the bad line."""
    url = join(tmp_path, server)
    new_desk.set_up(tmp_path, practice.plan(), lambda: MONDAY, practice=True).close()
    bad = make_conninfo(url, host=str(line.folder))
    paths.ward_file(tmp_path).write_text(json.dumps({"url": bad, "station": "Quầy 1"}))
    desk = opening.open_desk(tmp_path, lambda: MONDAY)
    become(desk, "an")
    yield desk
    line.up()
    desk.close()


OF_AN_ACT = (b"COMMIT", b"pg_advisory_xact_lock")


def count(desk: Desk) -> int:
    return len(progress.find_dossiers(desk))


def test_an_answer_that_is_lost_is_asked_for_again(station: Desk, line: BadLine) -> None:
    line.lose_answer(*OF_AN_ACT)
    code = intake.accept_dossier(station, make_intake()).code
    assert line.lost == 1
    assert [row.code for row in progress.find_dossiers(station)] == [code]
    become(station, "dung")
    assert upkeep.verify_ledger(station).problems == ()


def test_what_nobody_could_ask_is_told_before_the_next_act(
    station: Desk, line: BadLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ward_database, "_SETTLE_S", 0.0)
    line.lose_answer(*OF_AN_ACT)
    line.is_down = True  # nobody gets through any more; the line in use is the one that breaks
    with pytest.raises(Trouble) as lost:
        intake.accept_dossier(station, make_intake())
    assert lost.value.code == "answer-lost"
    with pytest.raises(Trouble) as still:  # not blindly once more
        intake.accept_dossier(station, make_intake())
    assert still.value.code == "no-server"
    line.up()
    with pytest.raises(Refused) as told:
        intake.accept_dossier(station, make_intake())
    assert told.value.code == "was-done"
    assert count(station) == 1
    intake.accept_dossier(station, make_intake())
    assert count(station) == 2


def cut_off(line: BadLine, connection: Connection) -> None:
    """Write a row on a line that is cut before it is kept."""
    row = ("an", "{}", "2026-11-23T10:00")
    run(connection, "INSERT INTO drafts VALUES (?, ?, ?)", row)
    line.cut()


def test_a_commit_that_never_arrives_is_not_done(station: Desk, line: BadLine) -> None:
    with pytest.raises(Trouble) as refused, station.write() as connection:
        cut_off(line, connection)
    assert refused.value.code == "no-server"
    assert "chưa ghi" in refused.value.message
    with station.read() as connection:
        assert run(connection, "SELECT count(*) FROM drafts").fetchone() == (0,)


def test_a_server_that_does_not_answer_is_waited_for_no_longer_than_it_may(
    station: Desk, line: BadLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ward_connection.StationConnection, "answer_s", 0.3)
    monkeypatch.setattr(ward_database, "_ANSWER_S", 0.3)
    station.close()
    station.database.wait_for_disk(False)  # opens it anew
    assert count(station) == 0
    line.delay = 0.5
    with pytest.raises(Trouble) as refused:
        count(station)
    assert refused.value.code == "no-server"
    line.delay = 0.0
    assert count(station) == 0


def test_an_act_that_cannot_be_read_back_is_said_to_be_done(
    station: Desk, line: BadLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = intake.accept_dossier(station, make_intake()).code
    note = station.witness.note if station.witness else None
    assert note is not None

    def note_and_break(*said: Any, **more: Any) -> None:
        note(*said, **more)
        line.down()  # right behind the commit

    monkeypatch.setattr(station.witness, "note", note_and_break)
    with pytest.raises(Trouble) as told:
        steps.shelve(station, code, "kệ 3")
    assert told.value.code == "done-unread"
    assert "đã ghi xong" in told.value.message
    line.up()
    assert progress.show_dossier(station, code).dossier.place == "kệ 3"


def test_who_waits_in_line_does_not_try_a_server_again_that_was_just_away(
    station: Desk, line: BadLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ward_database, "_REST_S", 3600.0)
    line.down()
    with pytest.raises(Trouble):
        count(station)
    line.up()
    with pytest.raises(Trouble) as at_once:
        count(station)
    assert at_once.value.code == "no-server"
    hearing = station.database.line()
    assert hearing is not None
    assert hearing.others() == ()  # it got through: so may everybody
    assert count(station) == 0
    hearing.close()


def test_one_station_sends_and_another_takes_over_when_it_is_off(
    station: Desk, server: str, tmp_path: Path
) -> None:
    url = json.loads(paths.ward_file(tmp_path).read_text())["url"]
    first, second = (ward_database.WardDatabase(url) for _station in range(2))
    assert first.take_sending()
    assert first.take_sending()
    assert not second.take_sending()
    first.close()
    assert second.take_sending()
    second.close()
