"""Late dossiers and their letters."""

from cchc_desk.actions.lateness import letters
from cchc_desk.domain.dossiers.dossier import LetterState
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL
from ui.overdue.reason_question import ask_reason
from ui.overdue.signing_question import ask_signing
from ui.widgets.question_panel import QuestionPanel


@scene("overdue", "", EMPTY, TYPICAL, FULL)
def overdue_list(v: Visitor) -> None:
    v.page("overdue")


@scene("overdue", "letter", TYPICAL, FULL)
def overdue_letter(v: Visitor) -> None:
    v.window.open_letter(v.late())


@scene("overdue", "reason", ERROR)
def overdue_no_reason(v: Visitor) -> None:
    overdue_letter(v)
    v.settle()
    page = v.page("overdue")
    page.open(v.late())
    v.settle()
    v.choose(page.form.cause, "other")
    page.form.reason.setFocus()
    v.press("Ctrl+A")
    v.press("Backspace")
    v.press("F9")


@scene("overdue", "rest-day", ERROR)
def overdue_rest_day(v: Visitor) -> None:
    overdue_letter(v)
    page = v.page("overdue")
    page.open(v.late())
    v.settle()
    if not page.form.dated.isChecked():
        page.form.dated.setFocus()
        v.press("Space")
    v.choose(page.form.cause, "volume")
    page.form.new_due.setFocus()
    for key in ("2", "3"):
        v.press(key)
    v.press("F9")


@scene("overdue", "leader", TYPICAL, FULL, who="chi")
def overdue_leader(v: Visitor) -> None:
    v.page("overdue").list.setFocus()
    v.press("Down")


@scene("overdue", "sign-all", TYPICAL, FULL, who="chi")
def overdue_sign_all(v: Visitor) -> None:
    v.page("overdue")
    v.press("Alt+N")
    v.settle()
    if v.window.findChildren(QuestionPanel):  # drafts of which the desk knows no reason
        for key in ("1", "F9"):
            v.press(key)
        v.settle()
    v.press("Alt+A")


@scene("overdue", "deliver-all", TYPICAL, FULL, who="chi")
def overdue_deliver_all(v: Visitor) -> None:
    v.page("overdue")
    v.press("Alt+T")


@scene("overdue", "deliver", TYPICAL)
def overdue_deliver(v: Visitor) -> None:
    page = v.page("overdue")
    signed = letters.letters(v.desk, LetterState.SIGNED)[0]
    page.open(signed.row.code)
    v.settle()
    v.panel("Alt+D")


@scene("overdue", "form", TYPICAL)
def overdue_form(v: Visitor) -> None:
    v.page("overdue").list.setFocus()
    v.press("Return")


@scene("overdue", "ask-reason", TYPICAL, FULL)
def overdue_ask_reason(v: Visitor) -> None:
    """The question that follows Alt+N, for drafts of which the desk knows no reason."""
    page = v.page("overdue")
    rows = letters.letters(v.desk)[:12]
    drafts = [(row.letter, row.row.name) for row in rows]
    ask_reason(page, v.desk, drafts, letters.causes(v.desk), page.refresh)


@scene("overdue", "ask-signing", TYPICAL, who="chi")
def overdue_ask_signing(v: Visitor) -> None:
    """The question before a leader's first signature; this ward's leader was asked long ago."""
    page, leader = v.page("overdue"), v.desk.official
    assert leader is not None
    ask_signing(page, v.desk, leader, page.refresh)


@scene("overdue", "ask-mandate", ERROR, who="chi")
def overdue_ask_mandate(v: Visitor) -> None:
    overdue_ask_signing(v)
    v.settle()
    for key in ("4", "F9"):  # by order of the head: a paper must say so
        v.press(key)
