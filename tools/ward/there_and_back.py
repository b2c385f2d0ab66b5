"""A ward of many dossiers moved from the file of one PC to PostgreSQL and back again."""

import time
from contextlib import closing
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.data import moving, upkeep
from cchc_desk.actions.people import accounts
from cchc_desk.actions.training import practice
from cchc_desk.session import Desk
from cchc_desk.store.engine import moving as rows
from cchc_desk.store.engine.database import Database
from cchc_desk.store.engine.ward.file import Invitation
from tests.engines import empty_database
from tools.bench import ward
from tools.postgres import postgres

LEADER = ward.LEADER


def measure(dossiers: int) -> int:
    """Print how long both ways took; return 1 where a row, a seal or the head is another one."""
    with ward.copy_of(ward.large_ward(dossiers)) as folder, postgres() as server:
        original = folder.with_name("original.db")
        before = _verified(folder)
        there = move_there(folder, server.url)
        (moved,) = folder.glob("desk-moved-*.db")
        moved.rename(original)
        began = time.perf_counter()
        with closing(_opened(folder)) as desk:
            back = moving.move_to_file(desk)
        took = time.perf_counter() - began
        problems = _differences(original, folder)
        if _verified(folder) != before:
            problems.append("verify says something else than before")
    print(f"{dossiers:,} dossiers, {back.rows:,} rows: there {there:.0f} s, back {took:.0f} s")
    print("\n".join(problems) or f"every row, every seal and the head are the same ({back.head})")
    return int(bool(problems))


def move_there(folder: Path, server: str) -> float:
    """Move the desk in `folder` to an empty database of this server; return the seconds."""
    invitation = folder.with_name("invitation.json")
    invitation.write_bytes(Invitation(empty_database(server), "").encode())
    began = time.perf_counter()
    with closing(_opened(folder)) as desk:
        moving.move_to_server(desk, invitation)
    return time.perf_counter() - began


def _opened(folder: Path) -> Desk:
    desk = ward.open_ward(folder)
    accounts.log_in(desk, LEADER, practice.PASSWORD)
    return desk


def _differences(original: Path, folder: Path) -> list[str]:
    """Hold every row against the file from which all began."""
    with (
        closing(Database(original)) as first,
        closing(Database(paths.database_file(folder))) as second,
        first.read() as old,
        second.read() as new,
    ):
        return [f"table {name} differs" for name in rows.differing_tables(old, new)]


def _verified(folder: Path) -> tuple[str, tuple[str, ...]]:
    """Return the head, and what verify says of a ward that was written in bulk."""
    with closing(_opened(folder)) as desk:
        seen = upkeep.verify_ledger(desk)
    return seen.head, seen.problems
