"""Passwords that are checked quickly: a hash says itself how hard it is, and few tests are about
logging in.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from argon2 import PasswordHasher

from cchc_desk import paths
from cchc_desk.actions.training.practice import PASSWORD


def make_quick(folder: Path) -> None:
    """Everybody of the practice ward in `folder` keeps their password, under a hash that takes no
    tenth of a second.
    """
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with closing(sqlite3.connect(paths.database_file(folder))) as database:
        database.execute("UPDATE officials SET password_hash = ?", (quick,))
        database.commit()
