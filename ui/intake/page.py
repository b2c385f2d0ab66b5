"""The intake page: person, procedure, papers, date; read back, then accepted by one key."""

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.dossiers import correct
from cchc_desk.actions.dossiers.take_back import JUST_DONE
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import Intake, PromisePreview
from cchc_desk.domain.courtesy import Moment
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.law.procedure import CERTIFICATION, ProcedureVersion
from cchc_desk.domain.permissions import Permission, why_not
from cchc_desk.domain.time.deadlines import Due
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, in_vietnamese, later
from cchc_desk.session import Desk
from cchc_desk.settings import PaperStep
from ui import formatting
from ui.citizen_screen import citizen_events
from ui.courtesy import cues
from ui.intake.accept_bar import AcceptBar
from ui.intake.citizen import sentence_to_read, show_taking_in
from ui.intake.draft import DraftKeeper
from ui.intake.field_errors import FieldErrors
from ui.intake.form import IntakeForm, to_intake
from ui.intake.lookups import form_of_registration
from ui.intake.not_accepted import NotAccepted
from ui.intake.panel_grid import PanelGrid
from ui.intake.person.card_question import CardQuestion
from ui.intake.person.person_lookups import PersonLookups
from ui.intake.person.person_panel import PersonPanel
from ui.intake.person.scanned_cards import ScannedCards
from ui.intake.preview import Preview
from ui.intake.procedure_panel import ProcedurePanel
from ui.intake.promise_panel import PromisePanel
from ui.intake.receipt_bar import ReceiptBar
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.keys import composing
from ui.widgets.keys.focus_order import FocusOrder
from ui.widgets.keys.scanner import take_card_out

_ONCE_MORE = later("Đọc lại cho công dân nghe, rồi F9 (hoặc Enter) một lần nữa. Esc để sửa.")
_PROMISE_FIELDS = frozenset(("procedure", "limit", "received"))


class IntakePage(Page):
    """Three columns from left to right in the order of work; date and accept key at the foot."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.person = PersonPanel(desk.now().year, desk.short_name, self)
        self.procedure = ProcedurePanel(desk)
        self.promise = PromisePanel(desk.now().year, self)
        self.accept_bar = AcceptBar(self, self.press_accept, self.toggle_walk, self.start_anew)
        self.question = CardQuestion(self)
        self.receipt = ReceiptBar(self, self.form, self._lines())
        self.receipt.filled.connect(self._fill_from_receipt)
        self.cards = ScannedCards(desk, self.person, self.question, self)
        self.due, self.accept_button = self.accept_bar.due, self.accept_bar.accept
        self.walk = self.accept_bar.walk
        self.lookups = PersonLookups(desk, self.person, self.form, self)
        self.draft = DraftKeeper(desk, self.form, self)
        self.preview = Preview(desk, self.form, self)
        panels = (self.person, self.procedure, self.promise)
        self.errors = FieldErrors(self, panels, self._places())
        self._panels = PanelGrid()
        self._restoring = False
        self._reading_back = False
        self._working = False
        self._person_done = False  # the clerk has gone on to the procedure
        self._not_for = ""  # why this official cannot take in
        self.role = texts.words("", "warning")
        self.role.setContentsMargins(14, 8, 14, 0)
        self._cleared = IntakeForm()  # what the last new page took away
        self._focus_before: QWidget = self.person.fields["name"]
        self._official = ""
        self.not_accepted = NotAccepted(self, self._readable, self._not_accepted)
        self.not_accepted.served.connect(self.served)
        self.promise.put_below(self.receipt.button)
        self.promise.put_below(self.not_accepted)
        self._lay_out()
        self._connect()
        self.official_changed()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.accept_bar.set_narrow(False)
        self._scroll = texts.scrolled(self._panels)
        self._scroll.verticalScrollBar().valueChanged.connect(self.person.addresses.follow)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.role)
        page.addWidget(self.question)
        page.addWidget(self.receipt)
        page.addWidget(self._scroll, 1)
        page.addWidget(self.accept_bar)
        self._panels.hold((self.person, self.procedure, self.promise))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.person.addresses.follow()
        if self._panels.fit(self.width() // self.fontMetrics().averageCharWidth()):
            self.accept_bar.set_narrow(self._panels.columns < 3)

    def _connect(self) -> None:
        self.preview.shown.connect(self._show_preview)
        self.preview.refused.connect(self._preview_refused)
        for panel in (self.person, self.procedure, self.promise):
            panel.edited.connect(self._edited)
        self.person.person_left.connect(self._look_person_up)
        self.person.known.connect(self._person_known)
        self.person.last.chosen.connect(self.begin)
        for field in ("born", "email"):
            self.person.fields[field].editingFinished.connect(partial(self._person_left, field))
        for line in (self.promise.received_time, self.promise.received_day):
            line.editingFinished.connect(self._received_left)
        self.procedure.chosen.connect(self._procedure_chosen)
        # Another procedure is looked for: F9 would still accept the one that was read back.
        self.procedure.search.textEdited.connect(lambda _text: self._stop_reading_back())
        self.procedure.limit_left.connect(self.preview.ask)
        self.promise.channel_changed.connect(
            lambda: self.procedure.ask_limit(self.promise.chosen_channel())
        )
        self.cards.owner_taken.connect(self._person_known)
        self.cards.submitter_taken.connect(self._submitter_taken)
        self.question.asking.connect(lambda _asking: self._allow_typing())
        self.question.asking.connect(lambda is_asking: self.procedure.let_pick(not is_asking))
        texts.shortcut(self, "Esc", self._back)
        self._set_focus_order()

    def _set_focus_order(self) -> None:
        """Lets Enter go through the page in the order of work."""
        promise, procedure = self.promise, self.procedure
        late = [promise.received_time, promise.received_day, promise.paper_receipt]
        last = [promise.channel, promise.sets, *late, promise.portal_code, promise.for_agency]
        watched = [*self.person.stops(), procedure.limit, *last]
        choices = [procedure.search, procedure.limit, procedure.papers, procedure.own]
        stops = [*self.person.stops(), *choices, *last, self.accept_button]
        self._focus_order = FocusOrder(self, stops, watched)
        self.procedure.left.connect(self._focus_order.go_on)

    # --- the page ---------------------------------------------------------------------------------

    def shown(self) -> None:
        first = self.person.fields["name"]
        if self.form().is_empty:
            cues.now(Moment.GREETING)
        (first if self.form().is_empty else self.focusWidget() or first).setFocus()
        self.preview.ask()
        self.lookups.know_addresses()

    def official_changed(self) -> None:
        """Load the form of another clerk; the clerk who locked the screen keeps it as it was."""
        official = self.desk.official.id if self.desk.official else ""
        if official == self._official:
            return
        self._official = official
        self._say_role()
        self._cleared = IntakeForm()
        self.show_form(IntakeForm())
        self.draft.load(self._draft_loaded)

    def _say_role(self) -> None:
        """Say at the top, before anything is typed, that this official takes nothing in."""
        self._not_for = why_not(self.desk.official, Permission.ACCEPT)
        self.role.setText(
            _("⚠ Trang này để tiếp nhận hồ sơ. {reason}").format(reason=self._not_for)
            if self._not_for
            else ""
        )
        self.role.setVisible(bool(self._not_for))
        self._allow_typing()

    def open(self, code: str) -> None:
        """Load the registration of this portal code, to be completed and accepted."""
        desk = self.desk
        jobs.run(self, lambda: form_of_registration(desk, code), self.show_form)

    def begin(self, version: ProcedureVersion) -> None:
        """Chooses a procedure that was found elsewhere; what is typed already stays."""
        self.procedure.set_version(version)
        self.procedure.close_list()
        self._procedure_chosen()
        self._edited()

    def leaving(self) -> None:
        self.draft.save_if_touched()

    def form(self) -> IntakeForm:
        """The present state of the page."""
        return self.receipt.read(
            self.promise.read(self.procedure.read(self.person.read(IntakeForm())))
        )

    def show_form(self, form: IntakeForm) -> None:
        """Puts a form on the page (a draft that came back, or an empty one)."""
        self._restoring = self.lookups.paused = True
        self._person_done = bool(form.procedure)
        self._stop_reading_back()
        self.question.drop()
        self.person.show_form(form)
        self.promise.show_form(form)
        self.receipt.show_form(form)
        self.errors.mark(())
        if form.procedure:
            self.procedure.restore(form, self._form_shown)
        else:
            self.procedure.clear()
            self._form_shown()

    def _form_shown(self) -> None:
        self.procedure.ask_limit(self.promise.chosen_channel())
        self._restoring = self.lookups.paused = False
        self.preview.ask()
        self._look_person_up()

    def _edited(self) -> None:
        if self._restoring:
            return
        self._stop_reading_back()
        self.draft.touch()
        self.preview.ask_soon()

    def _fill_from_receipt(self, form: IntakeForm) -> None:
        """Show what a receipt fills in; the cursor goes to what it does not say."""
        before, fields = self.form(), self.person.fields
        self.show_form(form)
        self.draft.touch()
        notices.undoable(
            _("Đã điền từ biên nhận {code} của {name}.").format(
                code=form.portal_code, name=form.name or _("người chưa rõ tên")
            ),
            partial(self.show_form, before),
        )
        if not form.procedure:
            notices.warn(_("Danh mục chưa có thủ tục ghi trên biên nhận: hãy tìm và chọn."))
        asked = (fields[name] for name in ("name", "id_number") if not getattr(form, name))
        first = next(asked, self.procedure.search if not form.procedure else None)
        (first or self.procedure.first_stop()).setFocus()

    def _draft_loaded(self, form: IntakeForm) -> None:
        composing.finish()  # a first word that is still being composed is not nothing
        if self.form().is_empty:
            self.show_form(form)
            notices.say(_("Đã khôi phục phần đang gõ dở."), _("Bỏ, làm trang mới"), self.start_anew)
        else:  # typed already while the desk was opening
            notices.say(
                _("Có phần đang gõ dở từ trước."), _("Lấy lại"), lambda: self.show_form(form)
            )

    def start_anew(self) -> None:
        """An empty page; on an empty page it brings back what was taken away."""
        before = self.form()
        if before.is_empty:
            self.show_form(self._cleared)
        else:
            self._cleared = before
            self.show_form(IntakeForm())
            notices.undoable(
                _("Đã làm trang mới; Ctrl+N lần nữa để lấy lại."), lambda: self.show_form(before)
            )
        self.draft.touch()
        self._to_first_field()

    def _to_first_field(self) -> None:
        self._scroll.verticalScrollBar().setValue(0)  # it may have gone on to the last fields
        self.person.fields["name"].setFocus()

    def _back(self) -> None:
        """Esc: one step back, nothing lost."""
        if self.question.is_open:
            self.question.leave()
        elif self.person.addresses.isVisible():
            self.person.addresses.close_list()
        elif self._reading_back:
            self._stop_reading_back()
            self._focus_before.setFocus()
        elif self.procedure.is_searching:
            self.procedure.close_list()
            self.procedure.papers.setFocus()
        elif not self.walk.isHidden():
            self.toggle_walk()

    # --- the card ---------------------------------------------------------------------------------

    def scanned(self, text: str) -> bool:
        if "|" not in text:
            return False
        self.cards.read(text, self.focusWidget())
        return True

    def _allow_typing(self, *_now: bool) -> None:
        """While the question stands or the desk writes, nothing goes into the fields."""
        asking = self.question.is_open
        self._scroll.setEnabled(not asking and not self._working)
        self.accept_bar.setEnabled(not asking)
        refusal = _("Hãy trả lời câu hỏi về thẻ trước.") if asking else self._not_for
        texts.allow(self.accept_button, refusal or None)
        if self._working:
            self.accept_button.setEnabled(False)

    def _submitter_taken(self, is_in_their_fields: bool) -> None:
        """The focus goes to what no card says where the clerk is at it, else on with the work."""
        owner, lacking = self.person.fields["name"], self.person.submitter_lacks()
        if not owner.text().strip():
            owner.setFocus()
        elif is_in_their_fields and lacking:
            lacking.setFocus()
        elif self.procedure.version is None:
            self._go_to_procedure()
        else:
            self.procedure.first_stop().setFocus()

    def _person_known(self) -> None:
        self._person_done = True
        self._look_person_up()
        self._go_to_procedure()

    def _go_to_procedure(self) -> None:
        self.procedure.search.setFocus()
        self.procedure.search.selectAll()

    def _person_left(self, field: str) -> None:
        """Say at once that what was typed into a field of the owner cannot be."""
        if not self._restoring:
            self.errors.check_person(self.form(), field, self.desk.now())

    def _received_left(self) -> None:
        self.errors.check_received(self.form(), self.desk.now())

    def _look_person_up(self) -> None:
        self.lookups.look_up(is_complete=self._person_done)

    # --- the procedure and the date ---------------------------------------------------------------

    def _procedure_chosen(self) -> None:
        if not self._person_done:
            self._person_done = True
            self._look_person_up()
        self.procedure.ask_limit(self.promise.chosen_channel())
        self.preview.ask()
        self.procedure.first_stop().setFocus()

    def _preview_refused(self, error: DeskError) -> None:
        if not isinstance(error, Refused) or error.field not in _PROMISE_FIELDS:
            _show_trouble(error)
        elif not self.errors.is_typing_in(error.field):  # half a limit is not yet a wrong one
            self.errors.show(error.field, error.message)

    def _show_preview(self, preview: PromisePreview | None) -> None:
        due = preview.due if preview else None
        if preview:
            if self.procedure.show_preview(preview):
                self.preview.ask()  # with the limit that was filled in
                return
            for field in _PROMISE_FIELDS if due else ():
                self.errors.show(field, "")
        self.accept_bar.show_promise(preview, is_chosen=self.procedure.version is not None)
        self.accept_bar.show_walk(due.walk if due else ())
        self._show_fee(preview)
        self._show_read_back()

    def _show_fee(self, preview: PromisePreview | None) -> None:
        version, form = self.procedure.version, self.form()
        certified = version is not None and version.field == CERTIFICATION
        electronic = sum(t.copy for t in form.ticks if t.ticked) if certified else 0
        rule = version.fee_rule if version else None
        self.promise.show_fee(preview.fee_sum if preview else None, rule, electronic)

    def toggle_walk(self) -> None:
        """Unfolds the walk that explains the date, or folds it away."""
        if not self.walk.isHidden():
            had_focus = self.walk.hasFocus()
            self.walk.hide()
            if had_focus:
                self._focus_before.setFocus()
        elif self.walk.count():
            self._remember_focus()
            self.accept_bar.unfold_walk()
        else:
            notices.warn(_("Chưa có ngày hẹn để giải thích: hãy chọn thủ tục và thời hạn trước."))

    def _remember_focus(self) -> None:
        self._focus_before = self.focusWidget() or self._focus_before

    def _due(self) -> Due | None:
        return self.preview.current.due if self.preview.current else None

    def _show_read_back(self) -> None:
        form, version, due = self.form(), self.procedure.version, self._due()
        show_taking_in(form, version, due)
        fee = self.preview.current.fee_sum if self.preview.current else None
        self.accept_bar.show_read_back(sentence_to_read(self.desk, form, version, due, fee))

    # --- accepting --------------------------------------------------------------------------------

    def press_accept(self) -> None:
        """F9 checks and reads back, F9 again accepts; the button waits while the desk works."""
        for line in self.findChildren(QLineEdit):
            if card := take_card_out(line):  # too slow to be known by its pace, and without Enter
                self.cards.read(card, line)
                return
        self.procedure.add_own()
        form, desk, wanted = self.form(), self.desk, self._readable()
        if wanted is None:
            return
        if self._reading_back:
            self._work(True)
            jobs.run(
                self,
                lambda: intake.accept_dossier(desk, wanted),
                self._accepted,
                self._not_accepted,
            )
        else:
            self._remember_focus()
            jobs.run(
                self,
                lambda: (intake.check_intake(desk, wanted), intake.warnings_for(desk, wanted)),
                lambda answer: self._checked(form, *answer),
                self._not_accepted,
            )

    def _work(self, is_working: bool) -> None:
        """While the desk writes nothing can be typed into a page that is about to be emptied."""
        if is_working:  # queued before the acceptance: saved after it, the draft would come back
            self.draft.save_if_touched()
        self._working = is_working
        self._allow_typing()

    def _checked(
        self, form: IntakeForm, problems: tuple[Refused, ...], cautions: tuple[str, ...]
    ) -> None:
        if form != self.form():
            return  # typed on meanwhile: what was checked is not what stands here
        if problems:
            self.errors.refuse(problems)
            return
        self.errors.mark(())
        self._reading_back = True
        self.preview.ask()
        self.accept_bar.ask(cautions)
        notices.say(_(_ONCE_MORE))

    def _stop_reading_back(self) -> None:
        if self._reading_back:
            self._reading_back = False
            self.accept_bar.ask_no_more()
            notices.withdraw(_(_ONCE_MORE))

    def _readable(self) -> Intake | None:
        """The form of the page; None, with the faults marked, where it cannot be read."""
        try:
            return to_intake(self.form(), self.desk.now())
        except Refused as fault:
            self.errors.refuse([fault])
            return None

    def served(self) -> None:
        """Clear the page: this citizen's papers are dealt with without being taken in."""
        self._empty()
        cues.now(Moment.WAIT)
        self.draft.save()
        self._to_first_field()

    def _empty(self) -> None:
        """An empty page; what stood there is done and not to be brought back."""
        self.draft.rest()
        self.preview.cancel()
        self._cleared = IntakeForm()
        self.show_form(IntakeForm())

    def _accepted(self, dossier: Dossier) -> None:
        self._work(False)
        typed = self.form()
        self._empty()
        self.accept_bar.show_accepted(dossier)
        cues.now(Moment.THANKS, dossier.code)
        self.lookups.know_addresses()
        self._to_first_field()
        notices.undoable(
            _("Đã tiếp nhận {code} của {name}, hẹn trả {due}.").format(
                code=dossier.code,
                name=dossier.applicant.name,
                due=formatting.moment_text(dossier.due),
            ),
            lambda: self._take_back(dossier.code, typed),
        )
        with in_vietnamese():
            citizen_events.accepted(dossier.code, formatting.moment_text(dossier.due))
        self.shell.preview_set(dossier.code, PaperStep.ACCEPT)

    def _take_back(self, code: str, typed: IntakeForm) -> None:
        """Cancel what was just taken in; what was typed comes back, to be put right."""
        desk = self.desk
        jobs.run(
            self,
            lambda: correct.cancel(desk, code, JUST_DONE),
            lambda _cancelled: self._taken_back(code, typed),
        )

    def _taken_back(self, code: str, typed: IntakeForm) -> None:
        self.shell.open_page("intake")
        if self.form().is_empty:
            self.show_form(typed)
            self.draft.touch()
        notices.say(
            _("Đã hủy {code}; số ấy không dùng lại. Hãy sửa rồi tiếp nhận lại.").format(code=code)
        )

    def _not_accepted(self, error: DeskError) -> None:
        self._work(False)
        self._stop_reading_back()
        self._focus_before.setFocus()
        if isinstance(error, Refused):
            self.errors.refuse([error])
        else:
            notices.trouble(error.message, self.press_accept)

    def _lines(self) -> dict[str, QLineEdit]:
        """Name in the form -> the line in which a receipt's text is shown."""
        promise = self.promise
        return {
            **self.person.fields,
            "received_day": promise.received_day,
            "received_time": promise.received_time,
            "portal_code": promise.portal_code,
        }

    def _places(self) -> dict[str, QWidget]:
        """Field name of a refusal -> where it is typed, in reading order."""
        return {
            **self.person.fields,
            "procedure": self.procedure.search,
            "limit": self.procedure.limit,
            "papers": self.procedure.papers,
            "sets": self.promise.sets,
            "note": self.promise.note,
            "received": self.promise.received_time,
            "paper_receipt": self.promise.paper_receipt,
            "portal_code": self.promise.portal_code,
            "for_agency": self.promise.for_agency,
        }


def _show_trouble(error: DeskError) -> None:
    notices.trouble(error.message)
