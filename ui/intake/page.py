"""The intake page: person, procedure, papers, date; read back, then accepted by one key."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.intake.intake import CardReading, Intake, PromisePreview
from cchc_desk.domain.courtesy import Moment
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.law.procedure import ProcedureVersion
from cchc_desk.domain.people.applicant import Applicant
from cchc_desk.domain.people.identity_card import Card
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, in_vietnamese
from cchc_desk.session import Desk
from ui import formatting
from ui.citizen_screen import citizen_events
from ui.citizen_screen.citizen_events import TakingIn
from ui.courtesy import cues
from ui.intake.accept_bar import AcceptBar, read_back
from ui.intake.card_question import CardQuestion
from ui.intake.draft import DraftKeeper
from ui.intake.form import IntakeForm, from_registration, to_applicant, to_intake, to_received
from ui.intake.not_accepted import NotAccepted
from ui.intake.person_panel import PersonPanel
from ui.intake.procedure_panel import ProcedurePanel
from ui.intake.promise_panel import PromisePanel
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.keys import composing
from ui.widgets.keys.focus_order import FocusOrder
from ui.widgets.keys.scanner import take_card_out

PREVIEW_MS = 200
CLOCK_MS = 15_000  # the date on the screen keeps up with the clock
_NARROW_LETTERS = 112  # below this many letters of width the third column goes under the first
_NARROWEST_LETTERS = 64  # and below this many each goes under the one before
# columns shown -> row, column, rows and columns of who, what and when; how the width is shared
_PLACES = {
    3: ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)),
    2: ((0, 0, 1, 1), (0, 1, 2, 1), (1, 0, 1, 1)),
    1: ((0, 0, 1, 1), (1, 0, 1, 1), (2, 0, 1, 1)),
}
_STRETCHES = {3: (9, 14, 8), 2: (10, 12, 0), 1: (1, 0, 0)}
_PROMISE_FIELDS = frozenset(("procedure", "limit", "received"))


class IntakePage(Page):
    """Three columns from left to right in the order of work; date and accept key at the foot."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.person = PersonPanel(desk.now().year, self)
        self.procedure = ProcedurePanel(desk)
        self.promise = PromisePanel(self)
        self.accept_bar = AcceptBar(self, self.press_accept, self.toggle_walk, self.start_anew)
        self.question = CardQuestion(self)
        self.due, self.accept_button, self.walk = (
            self.accept_bar.due,
            self.accept_bar.accept,
            self.promise.walk,
        )
        self.draft = DraftKeeper(desk, self.form, self)
        self._preview: PromisePreview | None = None
        self._asked = 0
        self._asked_at = desk.now()
        self._restoring = False
        self._reading_back = False
        self._cleared = IntakeForm()  # what the last new page took away
        self._focus_before: QWidget = self.person.fields["name"]
        self._official = ""
        self.not_accepted = NotAccepted(self, self._readable, self._not_accepted)
        self.not_accepted.served.connect(self.served)
        self.promise.put_below(self.not_accepted)
        self._lay_out()
        self._connect()
        self.official_changed()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        columns = QWidget()
        self._columns = QGridLayout(columns)
        self._columns.setContentsMargins(12, 10, 12, 6)
        self._columns.setHorizontalSpacing(16)
        self._place_columns(3)
        self._scroll = texts.scrolled(columns)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.question)
        page.addWidget(self._scroll, 1)
        page.addWidget(self.accept_bar)

    def _place_columns(self, columns: int) -> None:
        self._shown_columns = columns
        self.accept_bar.set_narrow(columns < 3)
        grid = self._columns
        panels: tuple[QWidget, ...] = (self.person, self.procedure, self.promise)
        for panel in panels:
            grid.removeWidget(panel)
        for panel, place in zip(panels, _PLACES[columns], strict=True):
            grid.addWidget(panel, *place)
        grid.setRowStretch(1, 1 if columns == 2 else 0)
        for column, stretch in enumerate(_STRETCHES[columns]):
            grid.setColumnStretch(column, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letters = self.width() // self.fontMetrics().averageCharWidth()
        columns = 3 if letters >= _NARROW_LETTERS else 2 if letters >= _NARROWEST_LETTERS else 1
        if columns != self._shown_columns:
            self._place_columns(columns)

    def _connect(self) -> None:
        self._preview_soon = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._preview_soon.timeout.connect(self._ask_preview)
        self._clock = QTimer(self, interval=CLOCK_MS)
        self._clock.timeout.connect(self._minute_passed)
        self._clock.start()
        for panel in (self.person, self.procedure, self.promise):
            panel.edited.connect(self._edited)
        self.person.person_left.connect(self._look_person_up)
        self.procedure.chosen.connect(self._procedure_chosen)
        self.procedure.limit_left.connect(self._ask_preview)
        self.promise.channel_changed.connect(
            lambda: self.procedure.ask_limit(self.promise.chosen_channel())
        )
        self.question.replace_owner.connect(
            lambda reading: self._take_as_owner(reading, same_person=False)
        )
        self.question.set_submitter.connect(self.person.fill_submitter)
        texts.shortcut(self, "Esc", self._back)
        self._pave_road()

    def _pave_road(self) -> None:
        """The order in which Enter goes through the page."""
        late = [self.promise.received_time, self.promise.received_day, self.promise.paper_receipt]
        late.append(self.promise.portal_code)
        plain = [
            *self.person.stops(),
            self.procedure.limit,
            self.promise.channel,
            self.promise.sets,
            *late,
        ]
        own_mind = [self.procedure.search, self.procedure.papers, self.procedure.own]
        stops = [
            *self.person.stops(),
            self.procedure.search,
            self.procedure.limit,
            self.procedure.papers,
            self.procedure.own,
            self.promise.channel,
            self.promise.sets,
            *late,
            self.accept_button,
        ]
        self._focus_order = FocusOrder(
            self, stops, [stop for stop in plain if stop not in own_mind]
        )
        self.procedure.left.connect(self._focus_order.go_on)

    # --- the page ---------------------------------------------------------------------------------

    def shown(self) -> None:
        first = self.person.fields["name"]
        if self.form().is_empty:
            cues.now(Moment.GREETING)
        (first if self.form().is_empty else self.focusWidget() or first).setFocus()
        self._ask_preview()

    def official_changed(self) -> None:
        """Load the form of another clerk; the clerk who locked the screen keeps it as it was."""
        official = self.desk.official.id if self.desk.official else ""
        if official == self._official:
            return
        self._official = official
        self._cleared = IntakeForm()
        self.show_form(IntakeForm())
        self.draft.load(self._draft_loaded)

    def open(self, code: str) -> None:
        """Load the registration of this portal code, to be completed and accepted."""
        desk = self.desk
        jobs.run(self, lambda: _waiting(desk, code), self.show_form)

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
        return self.promise.read(self.procedure.read(self.person.read(IntakeForm())))

    def show_form(self, form: IntakeForm) -> None:
        """Puts a form on the page (a draft that came back, or an empty one)."""
        self._restoring = True
        self._stop_reading_back()
        self.question.drop()
        self.person.show_form(form)
        self.promise.show_form(form)
        self._mark(())
        if form.procedure:
            self.procedure.restore(form, self._form_shown)
        else:
            self.procedure.clear()
            self._form_shown()

    def _form_shown(self) -> None:
        self.procedure.ask_limit(self.promise.chosen_channel())
        self._restoring = False
        self._ask_preview()
        self._look_person_up()

    def _edited(self) -> None:
        if self._restoring:
            return
        self._stop_reading_back()
        self.draft.touch()
        self._preview_soon.start()

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
            notices.say(
                _("Đã làm trang mới; Ctrl+N lần nữa để lấy lại."),
                _("Hoàn tác"),
                lambda: self.show_form(before),
            )
        self.draft.touch()
        self.person.fields["name"].setFocus()

    def _back(self) -> None:
        """Esc: one step back, nothing lost."""
        if self.question.is_open:
            self.question.drop()
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
        desk = self.desk
        jobs.run(self, lambda: intake.read_card(desk, text), self._card_read, _say_trouble)
        return True

    def _card_read(self, reading: CardReading) -> None:
        form, card = self.form(), reading.card
        if _is_owner(form, card):
            self._take_as_owner(reading, same_person=True)
        elif form.submitter_id_number.strip() == card.id_number:
            self.person.fill_submitter(reading)
        else:
            self.question.ask(reading, form.name.strip() or form.id_number.strip())

    def _take_as_owner(self, reading: CardReading, same_person: bool) -> None:
        self.person.fill_from_card(reading, same_person)
        self.procedure.search.setFocus()
        self.procedure.search.selectAll()

    def _look_person_up(self) -> None:
        """Look up what the desk has about the owner, and doubts, once they are typed."""
        desk, form = self.desk, self.form()
        if self._restoring or desk.official is None:
            return
        jobs.run(
            self,
            lambda: _person_known(desk, form),
            lambda known: (
                self._show_person(*known) if self.form().id_number == form.id_number else None
            ),
            _say_trouble,
        )

    def _show_person(self, rows: tuple[DossierRow, ...], doubts: tuple[str, ...]) -> None:
        self.person.show_open_dossiers(rows)
        self.person.show_warnings(doubts)

    # --- the procedure and the date ---------------------------------------------------------------

    def _procedure_chosen(self) -> None:
        self.procedure.ask_limit(self.promise.chosen_channel())
        self._ask_preview()
        self.procedure.first_stop().setFocus()

    def _ask_preview(self) -> None:
        form, desk = self.form(), self.desk
        if not form.procedure or desk.official is None:
            self._show_preview(None)
            return
        self._asked += 1
        self._asked_at = desk.now()
        asked = self._asked
        jobs.run(
            self,
            lambda: _preview(desk, form),
            lambda preview: self._show_preview(preview) if asked == self._asked else None,
            lambda no: self._no_preview(no) if asked == self._asked else None,
        )

    def _minute_passed(self) -> None:
        if self.isVisible() and self._preview is not None and self.desk.now() != self._asked_at:
            self._ask_preview()

    def _no_preview(self, no: DeskError) -> None:
        self._show_preview(None)
        if not isinstance(no, Refused) or no.field not in _PROMISE_FIELDS:
            _say_trouble(no)
        elif not self._is_typing_in(no.field):  # half a limit is not yet a wrong one
            self._show_error(no.field, no.message)

    def _is_typing_in(self, field: str) -> bool:
        here, place = self.focusWidget(), self._places()[field]
        return here is not None and (here is place or place.isAncestorOf(here))

    def _show_preview(self, preview: PromisePreview | None) -> None:
        self._preview = preview
        due = preview.due if preview else None
        if preview:
            self.procedure.show_preview(preview)
            for field in _PROMISE_FIELDS if due else ():
                self._show_error(field, "")
        self.accept_bar.show_promise(preview, is_chosen=self.procedure.version is not None)
        self.promise.show_walk(due.walk if due else ())
        self._show_read_back()

    def toggle_walk(self) -> None:
        """Unfolds the walk that explains the date, or folds it away."""
        if not self.walk.isHidden():
            had_focus = self.walk.hasFocus()
            self.walk.hide()
            if had_focus:
                self._focus_before.setFocus()
        elif self.walk.count():
            self._remember_focus()
            self.walk.show()
            self.walk.setFocus()

    def _remember_focus(self) -> None:
        self._focus_before = self.focusWidget() or self._focus_before

    def _tell_mirror(self) -> None:
        form, due = self.form(), self._preview.due if self._preview else None
        with in_vietnamese():
            citizen_events.taking_in(
                TakingIn(
                    name=form.name.strip(),
                    procedure=self.procedure.version.name if self.procedure.version else "",
                    papers=tuple(tick.name for tick in form.ticks if tick.ticked),
                    lacking=tuple(
                        tick.name for tick in form.ticks if tick.required and not tick.ticked
                    ),
                    due=formatting.moment_text(due.moment) if due else "",
                    provisional=bool(due and due.provisional),
                )
            )

    def _show_read_back(self) -> None:
        self._tell_mirror()
        form, version = self.form(), self.procedure.version
        if (
            self._preview is None
            or self._preview.due is None
            or version is None
            or not form.name.strip()
        ):
            self.accept_bar.show_read_back("")
        else:
            with in_vietnamese():  # it is read to the citizen
                due = formatting.moment_text(self._preview.due.moment)
                self.accept_bar.show_read_back(read_back(form, version.name, due))

    # --- accepting --------------------------------------------------------------------------------

    def press_accept(self) -> None:
        """F9 checks and reads back, F9 again accepts; the button waits while the desk works."""
        left = next(filter(None, map(take_card_out, self.findChildren(QLineEdit))), "")
        if left:  # the scanner was too slow to be known by its pace, and sent no Enter
            self.scanned(left)
            return
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
        if (
            is_working
        ):  # before the acceptance in the queue: saved after it, the draft would come back to life
            self.draft.save_if_touched()
        self.accept_button.setEnabled(not is_working)
        self._scroll.setEnabled(not is_working)

    def _checked(
        self, form: IntakeForm, problems: tuple[Refused, ...], cautions: tuple[str, ...]
    ) -> None:
        if form != self.form():
            return  # typed on meanwhile: what was checked is not what stands here
        if problems:
            self._refuse(problems)
            return
        self._mark(())
        self._reading_back = True
        self._ask_preview()
        self.accept_bar.ask(cautions)
        notices.say(_("Đọc lại cho công dân nghe, rồi F9 (hoặc Enter) một lần nữa. Esc để sửa."))

    def _stop_reading_back(self) -> None:
        if self._reading_back:
            self._reading_back = False
            self.accept_bar.ask_no_more()

    def _readable(self) -> Intake | None:
        """The form of the page; None, with the faults marked, where it cannot be read."""
        try:
            return to_intake(self.form(), self.desk.now())
        except Refused as no:
            self._refuse([no])
            return None

    def served(self) -> None:
        """Clear the page: this citizen's papers are dealt with without being taken in."""
        self._empty()
        cues.now(Moment.WAIT)
        self.draft.save()
        self.person.fields["name"].setFocus()

    def _empty(self) -> None:
        """An empty page; what stood there is done and not to be brought back."""
        self.draft.rest()
        self._preview_soon.stop()
        self._cleared = IntakeForm()
        self.show_form(IntakeForm())

    def _accepted(self, dossier: Dossier) -> None:
        self._work(False)
        self._empty()
        self.accept_bar.show_accepted(dossier)
        cues.now(Moment.THANKS, dossier.code)
        self.person.fields["name"].setFocus()
        notices.say(
            _("Đã tiếp nhận {code}, hẹn trả {due}.").format(
                code=dossier.code, due=formatting.moment_text(dossier.due)
            )
        )
        with in_vietnamese():
            citizen_events.accepted(dossier.code, formatting.moment_text(dossier.due))
        self.shell.preview(dossier.code, "receipt")

    def _not_accepted(self, error: DeskError) -> None:
        self._work(False)
        self._stop_reading_back()
        self._focus_before.setFocus()
        if isinstance(error, Refused):
            self._refuse([error])
        else:
            notices.trouble(error.message, self.press_accept)

    # --- what stands in the way -------------------------------------------------------------------

    def _refuse(self, problems: Iterable[Refused]) -> None:
        """Show each fault beside its field and focus the first; others go to the notices."""
        problems = tuple(problems)
        self._mark(problems)
        wrong = {problem.field for problem in problems}
        places = self._places()
        first = next((place for field, place in places.items() if field in wrong), None)
        if first is not None:
            first.setFocus()
        for problem in problems:
            if problem.field not in places:
                notices.trouble(problem.message)

    def _mark(self, problems: Iterable[Refused]) -> None:
        by_field = {problem.field: problem.message for problem in reversed(list(problems))}
        for field in self._places():
            self._show_error(field, by_field.get(field, ""))

    def _show_error(self, field: str, message: str) -> None:
        for panel in (self.person, self.procedure, self.promise):
            if field in panel.errors:
                panel.show_error(field, message)

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
        }


def _say_trouble(no: DeskError) -> None:
    notices.trouble(no.message)


def _is_owner(form: IntakeForm, card: Card) -> bool:
    """Return True if the card is the owner's on the page, or nobody is entered there yet."""
    number, name = form.id_number.strip(), form.name.strip()
    return number == card.id_number or (
        not number and name.casefold() in ("", card.name.casefold())
    )


def _person_known(desk: Desk, form: IntakeForm) -> tuple[tuple[DossierRow, ...], tuple[str, ...]]:
    """The owner's open dossiers, and what is doubtful about the owner alone."""
    rows = intake.open_dossiers_of(desk, form.id_number)
    doubts = intake.warnings_for(
        desk, Intake(procedure="", applicant=_readable_applicant(form, desk.now()))
    )
    return rows, tuple(doubt for doubt in doubts if not any(row.code in doubt for row in rows))


def _readable_applicant(form: IntakeForm, now: datetime) -> Applicant:
    try:
        return to_applicant(form, now)
    except Refused:  # an unreadable birth date is told beside its field when F9 asks for it
        return to_applicant(replace(form, born=""), now)


def _waiting(desk: Desk, portal_code: str) -> IntakeForm:
    rows = before_acceptance.waiting(desk)
    found = next((row for row in rows if row.registration.portal_code == portal_code), None)
    if found is None:
        raise Refused(
            "unknown-portal-code",
            _("Hồ sơ «{portal_code}» của Cổng đã được trả lời.").format(portal_code=portal_code),
            "portal_code",
        )
    return from_registration(found)


def _preview(desk: Desk, form: IntakeForm) -> PromisePreview:
    now = desk.now()
    wanted = to_intake(replace(form, born="", received_day="", received_time=""), now)
    return intake.preview_promise(
        desk, form.procedure, wanted.channel, wanted.limit, to_received(form, now)
    )
