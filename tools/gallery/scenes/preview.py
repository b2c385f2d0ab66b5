"""The print preview of a receipt and of a letter."""

from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import LetterState
from tools.gallery.scenes.dossiers import dossier
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import ERROR, FULL, TYPICAL
from ui.documents.printing import PreviewDialog
from ui.documents.sign_dialog import SignDialog


@scene("preview", "", TYPICAL, FULL)
def preview(v: Visitor) -> None:
    dossier(v)
    v.settle()
    v.press("I")


@scene("preview", "letter", TYPICAL, FULL)
def preview_letter(v: Visitor) -> None:
    rows = letters.letters(v.desk)
    v.window.preview(rows[-1].row.code, "apology", rows[-1].letter.id)


@scene("preview", "choose", TYPICAL, FULL)
def preview_choose(v: Visitor) -> None:
    preview_letter(v)
    v.settle()
    shown = v.window.findChildren(PreviewDialog)[-1]
    shown.chooser.setFocus()
    shown.chooser.setCurrentIndex(0)


@scene("preview", "set", TYPICAL, FULL)
def preview_set(v: Visitor) -> None:
    dossier(v)
    v.settle()
    v.press("Shift+B")


@scene("preview", "sign", TYPICAL, who="chi")
def preview_sign(v: Visitor) -> None:
    """A leader is asked for the key of a letter; the computer need not have the extra for it."""
    rows = letters.letters(v.desk, LetterState.DELIVERED)
    v.window.preview(rows[-1].row.code, "apology", rows[-1].letter.id)
    v.settle()
    shown = v.window.findChildren(PreviewDialog)[-1]
    SignDialog(shown.pdf, shown).open()


@scene("preview", "no-printer", ERROR)
def preview_no_printer(v: Visitor) -> None:
    preview(v)
    v.settle()
    v.press("Ctrl+P")
