"""What an acceptance says to the database: each thing once, a row of it written once."""

import sqlite3

import pytest

from cchc_desk.actions.intake import intake
from cchc_desk.session import Desk
from tests.actions.conftest import make_intake

pytestmark = pytest.mark.one_pc("SQLite's driver tells what it is asked")


def test_an_acceptance_says_nothing_twice(desk: Desk) -> None:
    intake.accept_dossier(desk, make_intake())  # what is read once for a program was read
    said: list[str] = []
    with desk.read() as connection:
        driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_trace_callback(said.append)
    intake.accept_dossier(desk, make_intake())
    begun = max(number for number, sql in enumerate(said) if sql == "BEGIN IMMEDIATE")
    act = [" ".join(sql.split()) for sql in said[begun:] if not sql.startswith("--")]
    (row,) = {sql for sql in act if sql.startswith("INSERT INTO dossiers ")}
    while act.count(row) > 1:  # SQLite names it again for the trigger that it fires
        act.remove(row)
    assert len(act) == len(set(act)), act
    assert not [sql for sql in act if sql.startswith("UPDATE dossiers")]
