"""What a write transaction sends to the ward's PostgreSQL is answered later: nothing gets lost."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from cchc_desk.errors import Trouble
from cchc_desk.store.engine.database import Connection, run, run_many
from cchc_desk.store.engine.dialects import schema
from cchc_desk.store.engine.tables import drafts
from cchc_desk.store.engine.ward.database import WardDatabase
from tests.engines import empty_database
from tools.postgres import running_postgres

DRAFT = "INSERT INTO drafts (official, form, saved) VALUES (?, ?, ?)"
Act = Callable[[Connection], None]
ONE = ("an", "{}", "2026-11-23T10:00")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running_postgres() as server:
        url = empty_database(server)
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in schema.statements():
                connection.execute(statement)
        yield url


@pytest.fixture
def ward(url: str) -> Iterator[WardDatabase]:
    database = WardDatabase(url)
    yield database
    with database.write() as connection:
        run(connection, "DELETE FROM drafts")
    database.close()


def stored(connection: Connection) -> int:
    (number,) = run(connection, "SELECT count(*) FROM drafts").fetchone()
    return int(number)


def twice(connection: Connection) -> None:
    run(connection, DRAFT, ONE)
    run(connection, DRAFT, ONE)  # refused, and not heard yet


def read_on(connection: Connection) -> None:
    twice(connection)
    stored(connection)
    raise AssertionError("the refusal comes with the first row that is read")


def hear_nothing(connection: Connection) -> None:
    twice(connection)
    with suppress(psycopg.Error):
        stored(connection)


def hear_nothing_twice(connection: Connection) -> None:
    hear_nothing(connection)
    with suppress(DBAPIError):  # the server listens again, and refuses everything
        connection.execute(select(drafts.c.official))


def give_up(connection: Connection) -> None:
    run(connection, DRAFT, ONE)
    raise ZeroDivisionError


def is_usable(ward: WardDatabase) -> bool:
    with ward.write() as connection:
        run(connection, DRAFT, ("binh", *ONE[1:]))
    with ward.read() as connection:
        return stored(connection) == 1


@pytest.mark.parametrize("act", [twice, read_on])
def test_a_refused_statement_is_told_and_nothing_is_written(ward: WardDatabase, act: Act) -> None:
    with pytest.raises(Trouble, match="drafts_pkey") as refused, ward.write() as connection:
        act(connection)
    assert refused.value.code == "database"
    assert is_usable(ward)


@pytest.mark.parametrize("act", [hear_nothing, hear_nothing_twice])
def test_who_goes_on_behind_a_refused_statement_keeps_nothing(ward: WardDatabase, act: Act) -> None:
    with pytest.raises((Trouble, AssertionError)), ward.write() as connection:
        act(connection)
    assert is_usable(ward)


def test_an_act_that_is_given_up_leaves_nothing_of_what_was_sent(ward: WardDatabase) -> None:
    with pytest.raises(ZeroDivisionError), ward.write() as connection:
        give_up(connection)
    assert is_usable(ward)


def test_what_a_day_asks_stays_prepared(ward: WardDatabase) -> None:
    with ward.read() as connection:
        for _time in range(7):
            for number in range(200):
                run(connection, f"SELECT {number}").fetchone()
        (prepared,) = run(connection, "SELECT count(*) FROM pg_prepared_statements").fetchone()
    assert prepared >= 200


def test_rows_columns_and_counts_are_there_at_once(ward: WardDatabase) -> None:
    with ward.write() as connection:
        run_many(connection, DRAFT, [ONE, ("binh", *ONE[1:])])
        assert run(connection, "UPDATE drafts SET form = '[]'").rowcount == 2
        found = run(connection, "SELECT official, form FROM drafts ORDER BY official")
        assert [column[0] for column in found.description] == ["official", "form"]
        assert list(found) == [("an", "[]"), ("binh", "[]")]
        changed = update(drafts).where(drafts.c.official == "an").values(form="{}")
        assert connection.execute(changed).rowcount == 1
        connection.execute(insert(drafts), [{"official": "chi", "form": "{}", "saved": ""}])
        forms = connection.execute(select(drafts.c.form).order_by(drafts.c.official)).scalars()
        assert forms.all() == ["{}", "[]", "{}"]
    with ward.read() as connection:
        assert stored(connection) == 3
