"""A paper that cannot be saved, a bug, and a code that is not there."""

from datetime import date
from pathlib import Path

from cchc_desk.domain.ledger.doubts import Doubt, DoubtKind, Outside
from cchc_desk.domain.ledger.facts.office import KnownHead
from tools.gallery.scenes.preview import preview
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import ERROR
from ui.documents.printing import PreviewDialog
from ui.shell import crash, doubts, jobs


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


def _doubt(v: Visitor, kind: DoubtKind) -> None:
    v.page("today")
    desk = v.window.desk
    known = KnownHead(1240, "3f9a01bc77d2")
    desk.doubt = Doubt(kind, Outside.WITNESS, "desk.witness", known, 1208, machine="1f")
    v.window.open_page("today")
    doubts.ask(v.window.page("today"), desk)
    v.settle()
    desk.doubt = None
