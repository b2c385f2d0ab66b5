"""The practice ward in the file of one PC and on a server: the same answers, row for row."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest

import cchc_desk.store
from cchc_desk.actions.boards import lobby, morning
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.exports import quality
from cchc_desk.actions.intake import certify
from cchc_desk.actions.lateness import letters, responsibility
from cchc_desk.actions.papers import registers
from cchc_desk.actions.people import people
from cchc_desk.actions.training import practice
from cchc_desk.domain.dossiers.certifications import CertificationBook
from cchc_desk.domain.dossiers.dossier import OPEN, Status
from cchc_desk.domain.dossiers.filters import Chip, Days
from cchc_desk.domain.figures import Origin
from cchc_desk.errors import Trouble
from cchc_desk.session import Desk
from cchc_desk.store.city import day_counts
from cchc_desk.store.engine.dialects.statements import in_postgresql
from tests.actions.conftest import MONDAY, become
from tests.engines import join
from tools.postgres import running_postgres


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Desk]]:
    """The practice ward in the file of one PC and on the server."""
    file, station = tmp_path_factory.mktemp("file"), tmp_path_factory.mktemp("station")
    with running_postgres() as server:
        join(station, server)
        desks = tuple(
            practice.make_practice_ward(folder, clock=lambda: MONDAY) for folder in (file, station)
        )
        for desk in desks:
            become(desk, "chi")
        yield desks[0], desks[1]
        for desk in desks:
            desk.close()


# --- searches -------------------------------------------------------------------------------------

_WORDS = """
nguyen nguyễn ngô ngọ thi thị hoai hoài an ánh anh dao đào đ d lê le ly lý quyên quyen hữu đạt dat
tran trần van văn h’nhơn hnhon k'bang phạm pham hoàng hoang huỳnh huynh võ vo đặng dang bùi bui đỗ
do hồ ho dương duong minh hùng hung tuấn tuan hương huong lan mai nga thảo thao
khai sinh ket hon kết hôn công cong ty tnhh thuận phát chứng thực chung thuc hộ khẩu tử tu đất dat
0912 345 5678 09 0002 261120 H13 H13.31 092190001234 1234 0912345678 0912.345.678 092 190
"""
WORDS = _WORDS.split()
SIGNS = ('"', "*", "'", ":", "()", "a:b", "-", "%", "_", "&", "|", "!", "<->", "\\", "an*", " an ")
BEGINNINGS = [word[:length] for word in WORDS for length in (1, 2, 3, 4)]
PAIRS = [f"{first} {second}" for first, second in pairwise(WORDS)]
SEARCHES = tuple(dict.fromkeys([*WORDS, *SIGNS, *PAIRS, *BEGINNINGS]))


def codes(desk: Desk, query: str = "", **wanted: object) -> list[tuple[str, str]]:
    found = progress.find_dossiers(desk, query, limit=500, **wanted)  # type: ignore[arg-type]
    return [(row.code, row.name) for row in found]


def test_three_hundred_searches_have_the_same_hits_in_the_same_order(
    both: tuple[Desk, Desk],
) -> None:
    file, station = ({query: codes(desk, query) for query in SEARCHES} for desk in both)
    assert file == station
    assert len(SEARCHES) >= 300
    assert sum(map(bool, file.values())) > 150


# --- lists ----------------------------------------------------------------------------------------

YEAR = (date(2026, 1, 1), MONDAY.date())
WEEK = (date(2026, 11, 16), date(2026, 11, 22))
LISTS: dict[str, Callable[[Desk], object]] = {
    f"{chip.value} by {order}": partial(codes, chips=frozenset({chip}), order=order)
    for chip in Chip
    for order in ("due", "accepted", "name")
}
LISTS |= {f"status {one.value}": partial(codes, status=frozenset({one})) for one in Status}
LISTS |= {f"origin {one.value}": partial(codes, origin=one) for one in Origin}
LISTS |= {
    "late and mine": partial(codes, chips=frozenset({Chip.LATE, Chip.MINE})),
    "open by status": partial(codes, status=frozenset(OPEN)),
    "of a week": partial(codes, accepted=Days(*WEEK)),
    "words within a filter": partial(codes, query="nguyen", chips=frozenset({Chip.OPEN})),
    "day board": progress.day_board,
    "notices owed": progress.notice_owed,
    "due within the office": progress.internal_due,
    "to be forwarded": progress.to_forward,
    "morning": lambda desk: replace(morning.morning(desk), drill=""),  # a server has no copies
    "untouched": morning.untouched,
    "lobby": lobby.board,
    "letters": letters.letters,
    "drafts that wait": letters.waiting_drafts,
    "register book": lambda desk: registers.book_rows(desk, *YEAR),
    "register book of a week": lambda desk: registers.book_rows(desk, *WEEK),
    "apologies": lambda desk: registers.apology_rows(desk, *YEAR),
    "cancelled": lambda desk: registers.cancelled_rows(desk, *YEAR),
    "late": lambda desk: registers.late_entries(desk, *YEAR),
    "strikes": lambda desk: registers.strike_rows(desk, 2026),
    "share that was late": lambda desk: responsibility.fuse(desk, *YEAR),
    "by month": lambda desk: responsibility.fuse_by_month(desk, 2026),
    "by cause": lambda desk: responsibility.late_by_cause(desk, *YEAR),
    "people": people.everyone,
    "history of each": lambda desk: [
        progress.show_dossier(desk, code).history for code, _name in codes(desk)[:20]
    ],
}
LISTS |= {
    f"book of {book.value}": partial(certify.book_lines, book=book, first=YEAR[0], last=YEAR[1])
    for book in CertificationBook
}


def days_of_the_city(desk: Desk) -> object:
    with desk.read() as connection:
        return day_counts.count_days(connection, date(2026, 10, 1), MONDAY.date(), desk.now())


LISTS["days for the city"] = days_of_the_city
_ID = "[0-9a-f]{8}-[0-9a-f-]{27}"  # random


def test_every_list_has_the_same_rows_in_the_same_order(both: tuple[Desk, Desk]) -> None:
    file, station = (
        {name: re.sub(_ID, "", repr(rows(desk))) for name, rows in LISTS.items()} for desk in both
    )
    assert file == station
    assert len(LISTS) >= 40


# --- what lies beneath ----------------------------------------------------------------------------


def test_the_checks_of_the_data_find_the_same_without_compiling(both: tuple[Desk, Desk]) -> None:
    """The server would take seconds to compile their one long statement."""
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    rows = [quality.checks(desk, first, last) for desk in both]
    assert rows[0] == rows[1]
    assert any(row.open for row in rows[0])
    with both[1].read() as connection:
        assert connection.exec_driver_sql("SHOW jit").fetchall() == [("off",)]


def test_ledger_and_seals_are_the_same(both: tuple[Desk, Desk]) -> None:
    answers = [upkeep.verify_ledger(desk) for desk in both]
    assert [answer.problems for answer in answers] == [(), ()]
    assert answers[0].entries == answers[1].entries > 100


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE promises SET due = '2027-01-01T10:00'",
        "DELETE FROM promises",
        "UPDATE journal SET official = 'dung'",
        "DELETE FROM journal",
    ],
)
def test_the_past_is_never_changed(both: tuple[Desk, Desk], sql: str) -> None:
    with pytest.raises(Trouble, match="is never"), both[1].write() as connection:
        connection.exec_driver_sql(sql)


Driver = psycopg.Connection[tuple[Any, ...]]
_STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)\b")


def kept_statements() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each whole statement of the store.

    Those that a module puts together are its own; those within a function stand there in one piece.
    """
    for module in pkgutil.walk_packages(cchc_desk.store.__path__, "cchc_desk.store."):
        if ".engine." in module.name:
            continue  # of one engine each
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            for text in value.values() if isinstance(value, dict) else [value]:
                if isinstance(text, str) and _STATEMENT.match(text):
                    yield f"{module.name}.{name}", text
        tree = ast.parse(Path(str(loaded.__file__)).read_text(encoding="utf-8"))
        pieces = {
            piece
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr | ast.BinOp | ast.Attribute)
            for piece in ast.walk(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node not in pieces:
                text = node.value
                if isinstance(text, str) and _STATEMENT.match(text):
                    yield f"{module.name}:{node.lineno}", text


def numbered(sql: str) -> str:
    """Put PREPARE's marks of parameters for psycopg's."""
    known: dict[str, int] = {}

    def mark(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        return f"${known.setdefault(found[1] or str(found.start()), len(known) + 1)}"

    return re.sub(r"%%|%s|%\((\w+)\)s", mark, sql)


def test_every_statement_is_one_of_postgresqls(both: tuple[Desk, Desk]) -> None:
    """Also one that no test has run there: PostgreSQL plans each."""
    refused, prepared = {}, 0
    for place, text in kept_statements():
        try:
            with both[1].read() as connection:
                driver = cast(Driver, connection.connection.dbapi_connection)
                sql = numbered(in_postgresql(text))
                psycopg.Connection.execute(driver, f"PREPARE one AS {sql}".encode())
                psycopg.Connection.execute(driver, b"DEALLOCATE one")
                prepared += 1
        except Trouble as trouble:
            refused[place] = trouble.message
    assert refused == {}
    assert prepared > 80
