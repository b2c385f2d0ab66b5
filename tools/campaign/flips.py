"""One flipped bit in the database, its write-ahead log or a copy: is it seen, is it harmless?"""

import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.office import accounts, upkeep
from cchc_desk.errors import Trouble
from cchc_desk.session import Desk
from cchc_desk.store.engine import database
from tools.campaign.cuts import log_of
from tools.campaign.day import BEGAN, Clock, Day
from tools.campaign.ward import Lost, become, make_ward

MORNING, AFTERNOON = 40, 20  # acts before and after the copy of noon
UNSEEN = "unseen"


def flip_bits(root: Path, flips: int, dice: random.Random) -> Counter[str]:
    """Flip one bit `flips` times in a file of a working day; count what became of each.

    "harmless": not a row of the data differs; else the first that saw it: "opening", "check",
    "verify", "use". Raises Lost where a row differs and nobody saw it.
    """
    day = _a_working_day(root / "flip-day", dice)
    shutil.copytree(day, root / "flip-whole")
    whole = content(paths.database_file(root / "flip-whole"))
    seen: Counter[str] = Counter()
    for number in range(flips):
        folder = root / f"flip-{number}"
        shutil.copytree(day, folder)
        file = dice.choice(_files_of(folder))
        place = _flip(file, dice)
        result = who_saw_it(folder, whole)
        if result == UNSEEN:
            raise Lost(f"bit {place} of {file.name}: rows differ, and nobody saw it")
        seen[f"{_kind(file)}: {result}"] += 1
        shutil.rmtree(folder)
    return seen


def _a_working_day(folder: Path, dice: random.Random) -> Path:
    """Leave the files of a day as a crash leaves them: acts in the log, copies beside."""
    ward = make_ward(folder.with_name(folder.name + "-work"))
    (ward / "out").mkdir()
    desk = accounts.open_desk(ward, Clock(BEGAN))
    try:
        day = Day(desk, ward / "out", dice)
        for _act in range(MORNING):
            day.one_act()
        become(desk, "dung")
        upkeep.backup(desk)
        with desk.database.read() as connection:
            database.run(connection, "COMMIT")  # outside of any transaction
            database.run(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
            database.run(connection, "BEGIN")
        for _act in range(AFTERNOON):
            day.one_act()
        shutil.copytree(ward, folder)
    finally:
        desk.close()
    return folder


def _files_of(folder: Path) -> list[Path]:
    copies = sorted(paths.backup_folder(folder).glob("*.db"))
    return [paths.database_file(folder), log_of(folder), dice_of(copies)]


def dice_of(copies: list[Path]) -> Path:
    """Return the newest copy: the one that a restore takes first."""
    return copies[-1]


def _flip(file: Path, dice: random.Random) -> int:
    data = bytearray(file.read_bytes())
    place = dice.randrange(len(data) * 8)
    data[place // 8] ^= 1 << place % 8
    file.write_bytes(data)
    return place


def _kind(file: Path) -> str:
    if file.parent.name == paths.backup_folder(file.parent.parent).name:
        return "copy"
    return "log" if file.name.endswith("-wal") else "database"


def who_saw_it(folder: Path, whole: str) -> str:
    """Return who saw the damage in this folder first; UNSEEN where rows differ and nobody did."""
    try:
        desk = accounts.open_desk(folder, lambda: BEGAN)
    except Trouble:
        return "opening"
    try:
        become(desk, "chi")
        return _who_saw_it(desk, whole)
    finally:
        desk.close()


def _who_saw_it(desk: Desk, whole: str) -> str:
    tasks: dict[str, Callable[[], tuple[str, ...]]] = {
        "check": lambda: upkeep.check_database(desk),
        "verify": lambda: upkeep.verify_ledger(desk).problems,
    }
    for name, task in tasks.items():
        try:
            if task():
                return name
        except Trouble:
            return name
    try:
        same = content(desk.database.file) == whole
    except sqlite3.Error:
        return "use"
    return "harmless" if same else UNSEEN


def content(file: Path) -> str:
    """Return a digest of every row of every table, whatever page it lies on."""
    digest = sha256()
    with closing(database.open_file(file, "rw")) as connection:
        connection.text_factory = bytes
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for (name,) in connection.execute(tables).fetchall():
            rows = connection.execute(f"SELECT * FROM {os.fsdecode(name)}").fetchall()
            digest.update(name + repr(sorted(map(repr, rows))).encode())
    return digest.hexdigest()
