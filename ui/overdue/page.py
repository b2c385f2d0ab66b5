"""Trễ hẹn: dossiers that owe a letter, its form, the leader's signature, the hand-over."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DossierView, LetterRow
from cchc_desk.actions.lateness import overdue
from cchc_desk.actions.office import accounts
from cchc_desk.actions.office.catalogue import Cause
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import Letter, LetterState
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.documents.printing import Paper
from ui.dossiers.acts import ask_delivery
from ui.dossiers.responsibility_dialog import FAULT
from ui.dossiers.rows import DossierTable
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox, DateTimeEdit
from ui.widgets.fields.error_row import when_changed
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.when_empty import WhenEmpty
from ui.widgets.tables.whole_text import WholeText

_CHOOSE = later("Chọn một hồ sơ trong danh sách (↑ ↓, Enter).")


class OverduePage(Page):
    """Dossiers that owe a letter and letters that wait; the letter of the one chosen."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.view: DossierView | None = None
        self.owing = DossierTable(later("Hồ sơ nợ thư xin lỗi"), narrow=True)
        self.owing.opened.connect(self.open)
        self.waiting = QListWidget()
        self.waiting.setAccessibleName(_("Thư chờ ký và chờ trao"))
        self.waiting.setWordWrap(True)
        self.waiting.setItemDelegate(WholeText(self.waiting))
        self.waiting.setResizeMode(QListView.ResizeMode.Adjust)
        self.waiting.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.waiting.itemActivated.connect(
            lambda item: self.open(item.data(Qt.ItemDataRole.UserRole).row.code)
        )
        self._fields()
        self._buttons()
        self._lay_out()
        jobs.run(
            self, lambda: (overdue.causes(desk), accounts.list_officials(desk)), self._show_choices
        )

    def _fields(self) -> None:
        self.title = texts.words(_(_CHOOSE), "section")
        self.about = texts.words("", "quiet")
        self.cause, self.responsible, self.fault = (texts.narrow(ComboBox()) for _ in range(3))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        texts.fitted(
            self.reason,
            lambda: self.reason.setMaximumHeight(self.reason.fontMetrics().lineSpacing() * 4),
        )
        self.reason.setPlaceholderText(_("lý do ghi trong thư; để trống thì ghi theo nguyên nhân"))
        self.dated = QCheckBox(_("Hẹn lại một lần, vào lúc"))
        self.new_due = DateTimeEdit()
        texts.spaced(self.new_due)
        self.new_due.setDisplayFormat("HH:mm  dd/MM/yyyy")
        self.new_due.setCalendarPopup(True)
        self.dated.toggled.connect(self.new_due.setEnabled)
        for widget, name in (
            (self.cause, _("Nguyên nhân")),
            (self.responsible, _("Người chịu trách nhiệm")),
            (self.fault, _("Lỗi")),
            (self.reason, _("Lý do")),
            (self.new_due, _("Ngày hẹn mới")),
            (self.dated, _("Có hẹn lại")),
        ):
            widget.setAccessibleName(name)
        for text, _fault in FAULT:
            self.fault.addItem(_(text))
        self.errors = {
            name: texts.words("", "error") for name in ("cause", "reason", "new_due", "responsible")
        }
        for name, places in (
            ("cause", (self.cause,)),
            ("reason", (self.reason,)),
            ("new_due", (self.new_due, self.dated)),
            ("responsible", (self.responsible, self.fault)),
        ):
            for place in places:
                when_changed(place, self.errors[name].hide)
        self.rule = texts.words("", "error")

    def _buttons(self) -> None:
        self.draft = texts.button(_("Soạn thư"), self.press_draft, "F9", self, "primary", "letters")
        self.draft_all = texts.button(
            _("Soạn sẵn thư còn thiếu"), self.press_draft_all, "Alt+N", self
        )
        self.sign = texts.button(_("Lãnh đạo ký"), self.press_sign, "Alt+S", self)
        self.sign_all = texts.button(_("Ký tất cả thư chờ ký"), self.press_sign_all, "Alt+A", self)
        self.print_all = texts.button(_("In mọi thư đã ký"), self.press_print_all, "Alt+P", self)
        self.show_letter = texts.button(
            _("Xem, in thư"), self.press_print, "Alt+I", self, picture="print"
        )
        self.deliver = texts.button(_("Đã trao thư"), self.press_deliver, "Alt+D", self)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(texts.words(_("Trễ hẹn – thư xin lỗi"), "title"))
        left.addWidget(texts.words(_("Hồ sơ nợ thư xin lỗi"), "section"))
        left.addWidget(self.owing, 3)
        left.addWidget(texts.words(_("Thư chờ ký, chờ trao"), "section"))
        left.addWidget(self.waiting, 2)
        columns = Columns()
        columns.add(left)
        right = QVBoxLayout()
        self._letter_area = texts.scrolled(self._right())
        for area, least in ((self._letter_area, 8), (self.owing, 5), (self.waiting, 3)):
            texts.lines(area, least)
        WhenEmpty(self.owing, _("Không nợ thư xin lỗi nào."))
        WhenEmpty(self.waiting, _("Không có thư nào chờ ký, chờ trao."))
        right.addWidget(self._letter_area, 1)
        columns.add(right)
        columns.add_below(_row(self.draft, self.sign, self.show_letter, self.deliver))
        columns.add_below(_row(self.draft_all, self.sign_all, self.print_all))
        for made in (self.draft, self.sign, self.show_letter, self.deliver):
            texts.allow(made, _(_CHOOSE))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(columns)

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self.rule)
        self.form = QWidget()  # of the dossier at hand: nothing to fill in before one is chosen
        form = QFormLayout(self.form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(_("Nguyên nhân"), self.cause)
        form.addRow(self.errors["cause"])
        form.addRow(_("Lý do ghi trong thư"), self.reason)
        form.addRow(self.errors["reason"])
        form.addRow(self.dated)
        form.addRow(self.new_due)
        form.addRow(self.errors["new_due"])
        form.addRow(_("Người chịu trách nhiệm"), self.responsible)
        form.addRow(self.fault)
        form.addRow(self.errors["responsible"])
        self.form.hide()
        column.addWidget(self.form)
        column.addStretch(1)
        self._show_errors(None)
        return right

    def _show_choices(self, choices: tuple[tuple[Cause, ...], tuple[Official, ...]]) -> None:
        causes, officials = choices
        for cause in causes:
            self.cause.addItem(_(cause.label), cause.code)
        self.responsible.addItem(_("chưa xác định"), None)
        for official in officials:
            self.responsible.addItem(official.name, official.id)

    # --- the lists --------------------------------------------------------------------------------

    def shown(self) -> None:
        self.refresh()
        self.owing.setFocus()

    def official_changed(self) -> None:
        if self.view:
            self.open(self.view.dossier.code)

    def refresh(self) -> None:
        """Asks for both lists again."""
        desk = self.desk
        jobs.run(self, lambda: _lists(desk), self._show_lists)

    def _show_lists(self, lists: tuple[tuple[DossierRow, ...], tuple[LetterRow, ...]]) -> None:
        owing, waiting = lists
        self.owing.fill(owing)
        self.waiting.clear()
        for row in waiting:
            number = (
                _("số {number_text} ").format(number_text=row.number_text)
                if row.number_text
                else ""
            )
            state, whose = _(formatting.LETTER[row.letter.state]), row.row
            text = f"{state} · {number}{whose.code} · {whose.name} · {row.letter.reason}"
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, row)
            self.waiting.addItem(item)
        drafts = sum(row.letter.state is LetterState.DRAFTED for row in waiting)
        no_leader = None if self.is_leader else _("Lãnh đạo mới ký được thư (Ctrl+U đổi người).")
        texts.allow(self.sign_all, no_leader if drafts else _("Không có thư nào chờ ký."))
        if self.view is None:
            nothing = _("Không nợ thư xin lỗi nào.")
            self.title.setText(_(_CHOOSE) if owing else nothing)
        if self.view is None and owing:
            self.owing.setFocus()

    @property
    def is_leader(self) -> bool:
        return self.desk.official is not None and self.desk.official.role is Role.LEADER

    # --- the letter -------------------------------------------------------------------------------

    def open(self, code: str) -> None:
        desk = self.desk
        jobs.run(self, lambda: _with_proposal(desk, code), self._show)

    def _show(self, answer: tuple[DossierView, datetime]) -> None:
        self.view, proposed = answer
        dossier = self.view.dossier
        draft = lateness.open_draft(dossier)
        self.title.setText(f"{dossier.code} · {dossier.applicant.name}")
        again = (
            _("\nĐã hẹn lại: {second_due}").format(
                second_due=formatting.moment_text(dossier.second_due)
            )
            if dossier.second_due
            else ""
        )
        self.about.setText(
            _(
                "{procedure_name}\nHẹn trả lần đầu: {due}{again}\nĐang giữ hồ sơ: {holder_name} · "
                "{state}"
            ).format(
                procedure_name=dossier.procedure_name,
                due=formatting.moment_text(dossier.first.due),
                again=again,
                holder_name=self.view.row.holder_name,
                state=formatting.state(self.view.row),
            )
        )
        dated = (
            draft.new_due is not None
            if draft
            else dossier.ready is None and dossier.second_due is None
        )
        self.dated.setChecked(dated)
        self.new_due.setEnabled(dated)
        self.new_due.setDateTime(_qt(draft.new_due if draft and draft.new_due else proposed))
        self._fill(draft)
        self._show_errors(None)
        self.form.show()
        self._show_acts()
        self.cause.setFocus()

    def _fill(self, draft: Letter | None) -> None:
        """The draft that waits, or an empty form: nothing of the dossier before stays in it."""
        self.cause.setCurrentIndex(self.cause.findData(draft.cause) if draft else 0)
        self.reason.setPlainText(draft.reason if draft else "")
        self.responsible.setCurrentIndex(
            self.responsible.findData(draft.responsible) if draft else 0
        )
        self.fault.setCurrentIndex(
            [value for _text, value in FAULT].index(draft.own_fault if draft else None)
        )

    def _show_acts(self) -> None:
        assert self.view is not None
        allowed = self.view.allowed
        self.rule.setText(allowed["apologise"] or "")
        texts.allow(self.draft, allowed["apologise"])
        texts.allow(self.sign, allowed["sign"])
        texts.allow(self.deliver, allowed["deliver"])
        texts.allow(self.show_letter, allowed["print-apology"])

    def press_draft(self) -> None:
        """Drafts the letter, or corrects the draft."""
        if self.view is None:
            return
        desk, code = self.desk, self.view.dossier.code
        new_due = _python(self.new_due.dateTime()) if self.dated.isChecked() else None
        answers = (
            self.cause.currentData(),
            new_due,
            self.reason.toPlainText(),
            self.responsible.currentData(),
        )
        fault = FAULT[self.fault.currentIndex()][1]
        jobs.run(
            self,
            lambda: overdue.draft_apology(desk, code, *answers, fault),
            self._drafted,
            self._show_errors,
        )

    def press_draft_all(self) -> None:
        """Drafts every letter that is owed or will be; each still has to be read and signed."""
        desk = self.desk
        jobs.run(self, lambda: overdue.draft_what_is_owed(desk), self._drafted_all)

    def _drafted_all(self, letters: tuple[Letter, ...]) -> None:
        sentence = _n(
            "Đã soạn sẵn {count} thư; hãy đọc lại từng thư rồi trình lãnh đạo ký.", len(letters)
        )
        notices.say(
            sentence.format(count=len(letters)) if letters else _("Không còn thư nào phải soạn.")
        )
        self.refresh()

    def _drafted(self, letter: Letter) -> None:
        notices.say(_("Đã soạn thư xin lỗi cho {code}; chờ lãnh đạo ký.").format(code=letter.code))
        self._again(letter.code)

    def press_sign(self) -> None:
        """Sign the letter shown; number and date are given now."""
        draft = self._letter(LetterState.DRAFTED)
        if draft:
            desk, letter = self.desk, draft.id
            jobs.run(
                self, lambda: [overdue.sign_letter(desk, letter)], self._signed, self._show_errors
            )

    def press_sign_all(self) -> None:
        """Sign every letter that waits; report one that cannot be signed and go on."""
        desk = self.desk
        jobs.run(self, lambda: overdue.sign_all(desk), self._signed_all, self._show_errors)

    def _signed_all(self, batch: overdue.Batch) -> None:
        if batch.signed:
            self._signed(batch.signed)
        for code, why in batch.refused:
            notices.trouble(f"{code}: {why}")
        if not batch.signed and not batch.refused:
            notices.say(_("Không có thư nào chờ ký."))

    def _signed(self, letters: Sequence[Letter]) -> None:
        numbers = ", ".join(letter.number_text for letter in letters)
        sentence = _("Đã ký thư xin lỗi số {numbers}. Hãy in và trao cho công dân.").format(
            numbers=numbers
        )
        notices.say(sentence, _("In mọi thư đã ký"), self.press_print_all)
        self._again(letters[-1].code)

    def press_print_all(self) -> None:
        """Every signed letter that waits to be handed over, printed at once."""
        desk = self.desk
        make, log = (
            partial(printing.signed_letters_pdf, desk),
            partial(printing.log_signed_letters, desk),
        )
        self.shell.show_paper(Paper(_("Mọi thư đã ký"), "thu-xin-loi", make, "apology", log))

    def press_print(self) -> None:
        if self.view and self.view.dossier.letters:
            self.shell.preview(self.view.dossier.code, "apology", self.view.dossier.letters[-1].id)

    def press_deliver(self) -> None:
        """Notes who the letter reached and how."""
        signed = self._letter(LetterState.SIGNED)
        given = ask_delivery(self, self.view.dossier) if self.view and signed else None
        desk = self.desk
        if signed and given:
            jobs.run(
                self, partial(overdue.deliver_letter, desk, signed.id, *given), self._delivered
            )

    def _delivered(self, letter: Letter) -> None:
        notices.say(
            _("Đã ghi: trao thư xin lỗi số {number_text}.").format(number_text=letter.number_text)
        )
        self._again(letter.code)

    def _letter(self, state: LetterState) -> Letter | None:
        letters = self.view.dossier.letters if self.view else ()
        return next((letter for letter in letters if letter.state is state), None)

    def _again(self, code: str) -> None:
        self.refresh()
        if code:
            self.open(code)

    def _show_errors(self, error: DeskError | None) -> None:
        field = error.field if isinstance(error, Refused) else None
        for name, label in self.errors.items():
            label.setText(error.message if error and name == field else "")
            label.setVisible(bool(error) and name == field)
        if error and field not in self.errors:
            notices.trouble(error.message)


def _row(*keys: QPushButton) -> Flow:
    row = Flow()
    for key in keys:
        row.add(key)
    return row


def _lists(desk: Desk) -> tuple[tuple[DossierRow, ...], tuple[LetterRow, ...]]:
    board = progress.day_board(desk)
    return board.letters_owed, board.to_sign + board.to_deliver


def _with_proposal(desk: Desk, code: str) -> tuple[DossierView, datetime]:
    return progress.show_dossier(desk, code), overdue.propose_new_due(desk, code)


def _qt(at: datetime) -> QDateTime:
    return QDateTime(at.year, at.month, at.day, at.hour, at.minute, 0)


def _python(at: QDateTime) -> datetime:
    day, clock = at.date(), at.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute())
