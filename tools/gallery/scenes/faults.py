"""A paper that cannot be saved, a bug, and a code that is not there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.office.clock import ClockState
from cchc_desk.domain.ledger.doubts import Doubt, DoubtKind, Outside
from cchc_desk.domain.ledger.facts.office import KnownHead
from cchc_desk.domain.time.clock import ClockDoubt
from tools.gallery.scenes.preview import preview
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import ERROR
from ui.documents.printing import PreviewDialog
from ui.shell import crash, jobs
from ui.shell.upkeep import doubts


@scene("notices", "", ERROR)
def not_saved(v: Visitor) -> None:
    """A paper is saved where nothing can be written."""
    preview(v)
    v.settle()
    shown = v.window.findChildren(PreviewDialog)[-1]
    shown.save(Path("/proc/receipt.pdf"))
    shown.reject()


@scene("crash", "", ERROR)
def crashed(v: Visitor) -> None:
    """A bug in the middle of a job."""
    v.page("today")
    crash.install(v.window)

    def bug() -> date:
        raise ZeroDivisionError

    jobs.run(v.window, bug, lambda _never: None)


# After every other dossier of this state: the next one opened would be refused in its place.
@scene("dossier", "unknown", ERROR, who="dung")
def dossier_unknown(v: Visitor) -> None:
    v.page("today")
    v.scan("H13.999-991231-9999")


@scene("today", "doubt-lost", ERROR, who="chi")
def file_went_back(v: Visitor) -> None:
    """An older copy was put over the file; the leader has to decide."""
    _doubt(v, DoubtKind.LOST)


@scene("today", "doubt-machine", ERROR, who="chi")
def other_machine(v: Visitor) -> None:
    """The folder was copied from another machine."""
    _doubt(v, DoubtKind.OTHER_MACHINE)


@scene("today", "doubt-clerk", ERROR, who="an")
def clerk_in_doubt(v: Visitor) -> None:
    """A clerk reads what happened, and whom to call."""
    _doubt(v, DoubtKind.REWRITTEN)


@scene("today", "clock-behind", ERROR)
def clock_goes_behind(v: Visitor) -> None:
    """The computer's clock went back by two years."""
    v.page("today")
    now = datetime(2024, 11, 23, 7, 31)
    v.window.clock._ask(ClockState(now, 0, ClockDoubt(datetime(2026, 11, 22, 16, 45), now)))


@scene("today", "damaged", ERROR)
def damaged_on_the_board(v: Visitor) -> None:
    with _damaged(v):
        v.page("today").refresh()
        v.look_at()


@scene("dossiers", "damaged", ERROR)
def damaged_in_the_list(v: Visitor) -> None:
    with _damaged(v):
        v.page("dossiers").refresh()
        v.look_at()
    v.page("dossiers").refresh()


@scene("dossier", "damaged", ERROR)
def damaged_opened(v: Visitor) -> None:
    with _damaged(v) as code:
        v.page("dossiers").refresh()
        v.window.open_dossier(code)
        v.look_at()
    v.page("dossiers").refresh()


@contextmanager
def _damaged(v: Visitor) -> Iterator[str]:
    """One dossier whose line in the file cannot be read, for a while."""
    file = paths.database_file(v.folder)
    with closing(sqlite3.connect(file)) as connection:
        newest = "SELECT code, due FROM dossiers WHERE closed IS NULL ORDER BY n DESC LIMIT 1"
        code, due = connection.execute(newest).fetchone()
        put = "UPDATE dossiers SET due = ? WHERE code = ?"
        with connection:
            connection.execute(put, ("?", code))
        try:
            yield code
        finally:
            with connection:
                connection.execute(put, (due, code))


def _doubt(v: Visitor, kind: DoubtKind) -> None:
    v.page("today")
    desk = v.window.desk
    known = KnownHead(1240, "3f9a01bc77d2")
    desk.doubt = Doubt(kind, Outside.WITNESS, "desk.witness", known, 1208, machine="1f")
    v.window.open_page("today")
    doubts.ask(v.window.page("today"), desk)
    v.settle()
    desk.doubt = None
