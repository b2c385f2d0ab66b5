"""Encryption: the same desk encrypted and plain: accepting, searching, opening, and the window."""

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from cchc_desk.actions.data import protection
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.intake import intake
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.session import Desk
from tools.bench import measure, ward
from tools.bench.measure import Result
from tools.bench.search import MOST, QUERIES

DOSSIERS = 20_000
OPENING = """
import sys
from pathlib import Path
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.data import opening
from cchc_desk.domain.people.officials import Official, Role
desk = opening.open_desk(Path(sys.argv[1]))
desk.official = Official("an", "An", Role.CLERK)
progress.find_dossiers(desk, "nguyen", limit=20)
desk.close()
"""


def results() -> Iterator[Result]:
    """Two copies of one ward, one of them encrypted; the same is asked of both in turn."""
    with ExitStack() as places:
        source = ward.large_ward(DOSSIERS)
        plain_folder = places.enter_context(ward.copy_of(source))
        closed_folder = places.enter_context(ward.copy_of(source))
        plain, closed = ward.open_ward(plain_folder), ward.open_ward(closed_folder)
        clerk = closed.official
        closed.official = Official("dung", "Dũng", Role.ADMINISTRATOR)
        protection.encrypt(closed)
        closed.official = clerk
        gc.freeze()
        wanted = ward.an_intake()
        yield Result(
            "accept (durable), encrypted ÷ plain",
            1.2,
            measure.in_turn(
                measure.timed(lambda: intake.accept_dossier(closed, wanted), 5),
                measure.timed(lambda: intake.accept_dossier(plain, wanted), 5),
                rounds=40,
                warm=4,
            ),
        )

        def search(desk: Desk) -> None:
            for query in QUERIES:
                progress.find_dossiers(desk, query, limit=MOST)

        yield Result(
            f"search over {DOSSIERS:,} dossiers, encrypted ÷ plain",
            1.2,
            measure.in_turn(
                measure.timed(lambda: search(closed)), measure.timed(lambda: search(plain)), 20
            ),
        )
        closed.close()
        plain.close()

        def opening(folder: Path) -> None:
            subprocess.run([sys.executable, "-c", OPENING, str(folder)], check=True)

        yield Result(
            "new process, opened and searched once, encrypted ÷ plain",
            1.2,
            measure.in_turn(
                measure.timed(lambda: opening(closed_folder)),
                measure.timed(lambda: opening(plain_folder)),
                rounds=10,
            ),
        )

        def window(folder: Path) -> None:
            words = [sys.executable, "-m", "ui.app", "--data", str(folder), "--exit-when-ready"]
            subprocess.run(words, check=True)

        yield Result(
            "window ready to type, encrypted ÷ plain",
            1.05,
            measure.in_turn(
                measure.timed(lambda: window(closed_folder)),
                measure.timed(lambda: window(plain_folder)),
                rounds=15,
            ),
        )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_CONFIG_HOME"] = home  # the keys of a ward that is thrown away
        measure.write(results())
