"""Side preview of the dossier under the cursor: promise, papers, next step."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.i18n import _, _n
from ui import formatting
from ui.dossiers.acts import ACTS
from ui.look import texts
from ui.widgets.display.badge import Badge

_LETTERS = 32
_PAPERS = 6  # named; more are counted


class DossierPreview(QWidget):
    """Shows one dossier in short; the whole of it opens with Enter."""

    def __init__(self) -> None:
        super().__init__()
        self.code = ""
        self.name = texts.words("", "section")
        self.badge = Badge()
        self.procedure = texts.words("")
        self.promise = texts.words("", "section")
        self.about, self.papers = texts.words("", "quiet"), texts.words("", "quiet")
        self.next = texts.words("", "section")
        card = texts.card()
        inside = texts.Inside()
        column = QVBoxLayout(inside)
        for widget in (self.name, self.badge, self.promise, self.next, self.procedure):
            column.addWidget(widget)
        column.addWidget(self.about)
        column.addWidget(self.papers)
        column.addStretch(1)
        framed = QVBoxLayout(card)
        framed.setContentsMargins(2, 2, 2, 2)
        framed.addWidget(texts.scrolled(inside))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        texts.fitted(
            self, lambda: self.setFixedWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
        )
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self.code = ""
        self.badge.hide()
        for words in (self.procedure, self.promise, self.about, self.papers, self.next):
            words.setText("")
        self.name.setText(_("Chọn một hồ sơ để xem nhanh."))

    def show_view(self, view: DossierView, procedure: str) -> None:
        """Show a dossier; `procedure` is the short name of its procedure."""
        dossier, row = view.dossier, view.row
        self.code = dossier.code
        self.name.setText(dossier.applicant.name)
        self.badge.show_standing(view.standing)
        self.procedure.setText(procedure)
        self.procedure.setToolTip(texts.tip(dossier.procedure_name))
        self.promise.setText(_("Hẹn trả {due}").format(due=formatting.moment_text(dossier.due)))
        by = _("Người nộp: {name}").format(name=dossier.submitter.name) if dossier.submitter else ""
        lines = (
            dossier.code,
            _("Nhận {when}").format(when=formatting.short(dossier.accepted)),
            _("Người giữ: {name}").format(name=row.holder_name),
            by,
            dossier.applicant.phone,
            dossier.place and _("Nơi để: {place}").format(place=dossier.place),
        )
        self.about.setText("\n".join(filter(None, lines)))
        self.papers.setText(_papers(view))
        self.next.setText(_next(view))


def _papers(view: DossierView) -> str:
    papers = view.dossier.papers
    head = _n("{n} giấy tờ:", len(papers)).format(n=len(papers))
    named = [f"· {paper.name}" for paper in papers[:_PAPERS]]
    more = ["…"] if len(papers) > _PAPERS else []
    return "\n".join([head, *named, *more]) if papers else ""


def _next(view: DossierView) -> str:
    """The next act of who is at the desk, with its key on the dossier's page."""
    name = view.next.first
    if not name:
        return _("Enter mở hồ sơ")
    act = ACTS[name]
    return _("Việc tiếp theo: {act} (Enter, rồi {key})").format(act=_(act.words), key=act.key)
