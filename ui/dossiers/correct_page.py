"""Sửa thông tin: what was typed at intake, to be put right; the promise stays."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.dossiers import correct
from cchc_desk.actions.dossiers.correct import Beginning, Correction
from cchc_desk.actions.dossiers.take_back import JUST_DONE
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.domain.ledger.facts.putting_right import CORRECTED_NAMES
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui import formatting
from ui.intake.field_errors import FieldErrors
from ui.intake.form import IntakeForm, from_people, to_intake
from ui.intake.panel_grid import PanelGrid
from ui.intake.person.person_panel import PersonPanel
from ui.intake.procedure_panel import ProcedurePanel
from ui.intake.promise_panel import PromisePanel
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.tick_list import Tick
from ui.widgets.keys.focus_order import FocusOrder
from ui.widgets.layout.room import is_very_low


class CorrectPage(Page):
    """The panels of intake over a dossier that was taken in, and why it is put right."""

    page_name = "correct"

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.begun: Beginning | None = None
        self._begun_form = IntakeForm()
        self.title = texts.words("", "title")
        self.rule = texts.words("", "quiet")
        self.person = PersonPanel(desk.now().year, desk.short_name, self)
        self.procedure = ProcedurePanel(desk)
        self.promise = PromisePanel(desk.now().year, self)
        for part in (self.promise.late, self.promise.portal, self.promise.other):
            part.hide()  # when it came stays as it was
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Lý do sửa"))
        self.reason.setPlaceholderText(_("ví dụ: gõ nhầm số nhà; ghi vào lịch sử hồ sơ"))
        self.error = texts.words("", "error")
        self.save_button = texts.button(_("Ghi sửa đổi"), self.press, "F9", self, "primary")
        panels = (self.person, self.procedure, self.promise)
        self.errors = FieldErrors(self, panels, self._places())
        self._panels = PanelGrid()
        self._is_low = False
        self._lay_out()
        self.procedure.chosen.connect(self._procedure_chosen)
        self.procedure.look_up()
        stops: list[QWidget] = [*self.person.stops(), self.procedure.search, self.procedure.limit]
        stops += [self.procedure.papers, self.promise.channel, self.promise.sets, self.reason]
        self._focus_order = FocusOrder(
            self, [*stops, self.save_button], [*self.person.stops(), self.reason]
        )
        texts.shortcut(self, "Esc", self._leave)

    def _lay_out(self) -> None:
        inside = texts.Inside()  # what it is scrolls too: on a low window the fields come first
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = self._head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 4)
        head.addWidget(self.title)
        head.addWidget(self.rule)
        column.addLayout(head)
        column.addWidget(self._panels, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(texts.words(_("Lý do sửa"), wrap=False))
        row.addWidget(self.reason, 1)
        row.addWidget(self.save_button)
        row.addWidget(texts.button(_("Thôi"), self._leave, "Esc"))
        self.error.hide()
        foot.addWidget(self.error)
        foot.addLayout(row)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(texts.scrolled(inside), 1)
        page.addLayout(foot)
        self._panels.hold((self.person, self.procedure, self.promise))

    def fit(self) -> None:
        """In a very low window the fields come before the rule on the promise."""
        is_low = is_very_low(self)
        texts.role(self.title, "section" if is_low else "title")
        if is_low is not self._is_low:
            self._is_low = is_low
            (self._column if is_low else self._head).addWidget(self.rule)
        self._panels.fit(self.width() // self.fontMetrics().averageCharWidth())

    def _places(self) -> dict[str, QWidget]:
        """Field of a refusal -> where it is typed, in reading order."""
        return {
            **self.person.fields,
            "procedure": self.procedure.search,
            "limit": self.procedure.limit,
            "papers": self.procedure.papers,
            "sets": self.promise.sets,
            "note": self.promise.note,
        }

    # --- showing ----------------------------------------------------------------------------------

    def open(self, code: str) -> None:
        """Shows the dossier to be put right; what was typed already for the same one stays."""
        desk = self.desk
        if self.showing() == code and self._is_touched():
            return
        jobs.run(self, lambda: correct.begin(desk, code), self._show, self._not_here)

    def unsaved(self) -> str:
        if self.begun is None or not self._is_touched():
            return ""
        return self.title.text()

    def showing(self) -> str:
        return self.begun.dossier.code if self.begun else ""

    def scanned(self, text: str) -> bool:
        """The card of the dossier's owner fills what it knows."""
        if "|" not in text or self.begun is None:
            return False
        desk = self.desk
        jobs.run(
            self,
            lambda: intake.read_card(desk, text),
            lambda reading: self.person.fill_from_card(reading, same_person=True),
        )
        return True

    def _form(self) -> IntakeForm:
        return self.promise.read(self.procedure.read(self.person.read(IntakeForm())))

    def _is_touched(self) -> bool:
        return self._form() != self._begun_form or bool(self.reason.text().strip())

    def official_changed(self) -> None:
        self.begun = None
        self.title.clear()
        self.reason.clear()
        self.person.show_form(IntakeForm())

    def _not_here(self, error: DeskError) -> None:
        notices.trouble(error.message)
        self.shell.back()

    def _show(self, begun: Beginning) -> None:
        self.begun, dossier = begun, begun.dossier
        self.title.setText(
            _("Sửa thông tin {code} · {name}").format(
                code=dossier.code, name=dossier.applicant.name
            )
        )
        due = formatting.moment_text(dossier.due)
        self.rule.setText(
            _("Chưa in giấy nào: đổi thủ tục thì hẹn trả được tính lại (nay {due}).").format(
                due=due
            )
            if begun.free
            else _(
                "Hẹn trả {due} không đổi. Giấy đã in thì in lại, mang dấu «cấp đổi»; đổi thủ tục "
                "thì kèm phiếu đính chính."
            ).format(due=due)
        )
        form = form_of(begun)
        self.person.show_form(form)
        with QSignalBlocker(self.promise):
            self.promise.show_form(form)
        for part in (self.promise.late, self.promise.portal, self.promise.other):
            part.hide()
        self.procedure.restore(form, self._shown)
        self.reason.clear()
        self._say("")
        self.errors.mark(())
        self.focus(self.person.fields["name"])

    def _shown(self) -> None:
        self._settle()
        self._begun_form = self._form()

    def _settle(self) -> None:
        self.procedure.limit_row.hide()  # the limit is asked for with another procedure only

    def _procedure_chosen(self) -> None:
        version, begun = self.procedure.version, self.begun
        if version is None or begun is None:
            return
        if begun.free and version.code != begun.dossier.procedure_code:
            self.procedure.ask_limit(self.promise.chosen_channel())
        else:
            self._settle()
        self.procedure.first_stop().setFocus()

    # --- putting right ----------------------------------------------------------------------------

    def press(self) -> None:
        """Checks as intake does and stores what differs, with its reason."""
        begun, desk, reason = self.begun, self.desk, self.reason.text()
        if begun is None:
            return
        self._say("")
        self.procedure.add_own()
        try:
            wanted = self._wanted(begun)
        except Refused as fault:
            self.errors.refuse([fault])
            return
        code, shown = begun.dossier.code, begun.taken_in
        jobs.run(
            self,
            lambda: correct.correct(desk, code, wanted, reason, shown=shown),
            self._corrected,
            self._refused,
        )

    def _wanted(self, begun: Beginning) -> Intake:
        """Return the whole intake as it should be; raises Refused for a day that is none."""
        wanted, was = to_intake(self._form(), self.desk.now()), begun.taken_in
        return replace(
            wanted,
            received=was.received,
            portal_code=was.portal_code,
            paper_receipt=was.paper_receipt,
            for_agency=was.for_agency,
        )

    def _refused(self, error: DeskError) -> None:
        if not isinstance(error, Refused):
            notices.trouble(error.message, self.press)
        elif error.field in self._places():
            self.errors.refuse([error])
        else:
            self._say(error.message)
            self.reason.setFocus()

    def _say(self, fault: str) -> None:
        self.error.setText(fault)
        self.error.setVisible(bool(fault))

    def _corrected(self, done: Correction) -> None:
        begun, desk, code = self.begun, self.desk, done.dossier.code
        assert begun is not None, "what was corrected was begun here"
        names = ", ".join(_(CORRECTED_NAMES[change.key]) for change in done.changes)
        said = _("Đã sửa {code} của {name}: {changes}.").format(
            code=code, name=done.dossier.applicant.name, changes=names
        )
        was = begun.taken_in
        self.begun = None
        notices.undoable(
            said,
            lambda: jobs.run(
                self,
                lambda: correct.correct(desk, code, was, JUST_DONE),
                lambda _done: self._undone(code, said),
            ),
        )
        self.shell.open_dossier(code)
        for kind in done.reprint:
            if kind in ("receipt", "correction"):
                self.shell.preview(code, kind)

    def _undone(self, code: str, said: str) -> None:
        notices.say(_("Đã hoàn tác: {done}").format(done=said))
        self.shell.open_dossier(code)

    def _leave(self) -> None:
        code = self.showing()
        self.begun = None
        if code:
            self.shell.open_dossier(code)
        else:
            self.shell.back()


def form_of(begun: Beginning) -> IntakeForm:
    """Return the form of a dossier that was taken in; papers not handed in can be ticked."""
    was = begun.taken_in
    brought = {paper.name for paper in was.papers}
    optional = {label.name for label in begun.labels if not label.required}
    ticks = [
        Tick(p.name, p.original, p.certified, p.copy, p.name not in optional, ticked=True)
        for p in was.papers
    ]
    ticks += [
        Tick(label.name, label.original, label.certified, label.copy, label.required)
        for label in begun.labels
        if label.name not in brought
    ]
    return replace(
        from_people(was.applicant, was.submitter),
        procedure=was.procedure,
        channel=was.channel.value,
        sets=was.sets,
        note=was.note,
        ticks=tuple(ticks),
    )
