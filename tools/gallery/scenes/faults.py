"""A paper that cannot be saved, a bug, and a code that is not there."""

from datetime import date
from pathlib import Path

from tools.gallery.scenes.preview import preview
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import ERROR
from ui.documents.printing import PreviewDialog
from ui.shell import crash, jobs


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
