"""Trễ hẹn: one list of dossiers and letters, the letter of the chosen one, its next act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QDateTime
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.catalogue.catalogue import Cause
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.lateness.letters import Batch, HandedOver, WaitingDrafts
from cchc_desk.actions.people import accounts
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import Letter, LetterKind, LetterState
from cchc_desk.domain.law.local_orders import LocalOrder
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui import formatting
from ui.documents.printing import Paper
from ui.dossiers import putting_right
from ui.dossiers.acts import FAULT, delivery_fields, how_field
from ui.look import texts
from ui.overdue.letter_list import LetterList, Line, Part, lines_of
from ui.overdue.reason_question import ask_reason
from ui.overdue.signing_question import ask_signing
from ui.overdue.ticked_letters import LettersToTick, TickLine
from ui.shell import jobs, notices, questions
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets import question_panel
from ui.widgets.fields.boxes import ComboBox, DateTimeEdit
from ui.widgets.fields.error_row import mark, mark_wrong, when_changed
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.question_panel import Choice
from ui.widgets.tables.table import MenuAct, Offered, acts_of
from ui.widgets.tables.when_empty import WhenEmpty

_LOW_LINES = 34  # of the window, as the frame has it
_LIST_LINES, _LIST_LINES_LOW = 8, 5
_NAMED = 3  # numbers in a notice before it gives the first and the last
_CHOOSE = later("Chọn một dòng trong danh sách (↑ ↓).")
_NOTHING = later("Không nợ thư xin lỗi nào.")
_BROKEN = later(
    "✗ Lỡ cả hẹn lại (hẹn trả {due}). Không hẹn thêm lần nữa: hẹn lại tối đa không quá 01 lần"
    "{order}. Việc tiếp theo: báo lãnh đạo (Alt+B), {letter}, trả "
    "kết quả sớm nhất."
)
_BROKEN_DONE = later("✗ Lỡ cả hẹn lại (hẹn trả {due}), có kết quả muộn. Việc tiếp theo: {letter}.")
_SECOND_LETTER = later("soạn thư xin lỗi thứ hai, không đặt ngày hẹn (F9)")
_ONLY_ONCE = later("Việc hẹn lại tối đa không quá 01 lần{order}.")


@dataclass(frozen=True)
class _Form:
    """The letter's form as it is filled in."""

    cause: str | None
    reason: str
    new_due: datetime | None
    responsible: str | None
    own_fault: bool | None


class OverduePage(Page):
    """The list at the left, the letter of the chosen line at the right, the acts in their order."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.view: DossierView | None = None
        self._officials: tuple[Official, ...] = ()
        self._causes: tuple[Cause, ...] = ()
        self._order = ""  # the order behind the rule of one re-appointment, in brackets
        self._opened = ""  # a dossier asked for by its code; stays in the list while it is chosen
        self._to_form = False  # the focus goes to the form once the letter is there
        self._loaded: _Form | None = None  # the form as the draft has it
        self._typed: dict[str, _Form] = {}  # by code: what was typed and not drafted yet
        self.list = LetterList()
        self.list.followed.connect(self._follow)
        self.list.opened.connect(self._into_form)
        self.list.acts_of_line = self._offer
        self._menu_wanted: Offered | None = None  # until the letter of its line is there
        self._fields()
        self._buttons()
        self._lay_out()
        self._show_nothing()
        jobs.run(self, lambda: _choices(desk), self._show_choices)

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
            (self.responsible, _("Đề nghị người chịu trách nhiệm")),
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
        self.dated.toggled.connect(self._say_only_once)
        self.rule = texts.words("", "warning")  # of role "error" it would scroll the list away

    def _buttons(self) -> None:
        self.draft = texts.button(_("Soạn thư"), self.press_draft, "F9", self)
        self.draft_all = texts.button(
            _("Soạn mọi thư còn thiếu"), self.press_draft_all, "Alt+N", self
        )
        self.sign = texts.button(_("Lãnh đạo ký"), self.press_sign, "Alt+S", self)
        self.sign_all = texts.button(_("Ký tất cả…"), self.press_sign_all, "Alt+A", self)
        self.show_letter = texts.button(_("Xem, in thư"), self.press_print, "Alt+I", self)
        self.print_all = texts.button(_("In mọi thư đã ký"), self.press_print_all, "Alt+P", self)
        self.deliver = texts.button(_("Đã trao thư"), self.press_deliver, "Alt+D", self)
        self.deliver_all = texts.button(
            _("Đã trao nhiều thư…"), self.press_deliver_all, "Alt+T", self
        )
        self._next = self.draft  # the act that the chosen line waits for
        self.report = texts.button(_("Báo lãnh đạo"), self.press_report, "Alt+B", self, "primary")

    def _lay_out(self) -> None:
        columns = Columns()
        columns.turned.connect(self._turn)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(columns, 1)
        left = QVBoxLayout()
        self._heading = texts.words(_("Trễ hẹn – thư xin lỗi"), "title")
        left.addWidget(self._heading)
        left.addWidget(self.list, 1)
        columns.add(left)
        self._right_column = QVBoxLayout()
        self._letter_side = self._right()
        self._letter_area = texts.scrolled(self._letter_side)
        texts.lines(self._letter_area, 8)
        WhenEmpty(self.list, _("Không nợ thư xin lỗi nào, không có thư nào chờ ký, chờ trao."))
        self._right_column.addWidget(self._letter_area, 1)
        columns.add(self._right_column)
        foot = QVBoxLayout()  # in sight however long the letter is
        foot.setContentsMargins(16, 2, 16, 8)
        foot.addWidget(self._steps())
        page.addLayout(foot)

    def _turn(self, is_stacked: bool) -> None:
        """A letter under the list is as high as it is: nothing scrolls within what scrolls."""
        if is_stacked:
            self._right_column.addWidget(self._letter_area.takeWidget())
            self._letter_side.show()
        else:
            self._letter_area.setWidget(self._letter_side)
        self._letter_area.setHidden(is_stacked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def appearance_changed(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """On a low window the acts on all letters are folded: list and letter come first."""
        line = self.fontMetrics().lineSpacing()
        self._is_low = self.window().height() < line * _LOW_LINES
        self.list.setMinimumHeight(round(line * (_LIST_LINES_LOW if self._is_low else _LIST_LINES)))
        texts.role(self._heading, "section" if self._is_low else "title")
        self.fold.setVisible(self._is_low)
        self._acts.be_even(not self._is_low)
        for caption, all_ in self._folded:
            caption.setHidden(self._is_low)
            all_.setHidden(self._is_low and not self.fold.isChecked())

    def _steps(self) -> Flow:
        """The acts in the order of a letter's life: for the chosen line, and for all lines."""
        row = self._acts = Flow(even=True)
        self._folded: list[tuple[QWidget, QWidget]] = []
        self.fold = texts.button(_("Mọi thư ▾"), self._fit, "Alt+M", self)
        self.fold.setCheckable(True)
        for caption, this, all_ in (
            (_("1 · Soạn"), self.draft, self.draft_all),
            (_("2 · Ký"), self.sign, self.sign_all),
            (_("3 · In"), self.show_letter, self.print_all),
            (_("4 · Trao"), self.deliver, self.deliver_all),
        ):
            step = QWidget()
            column = QVBoxLayout(step)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            words = texts.words(caption, "section", wrap=False)
            holder = QWidget()  # hidden in the place of the button, whose key goes on working
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            inner.addWidget(all_)
            for part in (words, this, holder):
                column.addWidget(part)
            column.addStretch(1)
            self._folded.append((words, holder))
            row.add(step)
        row.add(self.fold)
        return row

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        for part in (self.title, self.rule, self.report, self.about):
            column.addWidget(part)
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
        form.addRow(_("Đề nghị người chịu trách nhiệm"), self.responsible)
        form.addRow(self.fault)
        form.addRow(self.errors["responsible"])
        column.addWidget(self.form)
        column.addStretch(1)
        return right

    def _show_choices(self, choices: "_Choices") -> None:
        self._officials, self._order = choices.officials, choices.order.in_brackets
        self._causes = choices.causes
        for cause in choices.causes:
            self.cause.addItem(_(cause.label), cause.code)
        self.responsible.addItem(_("chưa xác định"), None)
        for official in self._officials:
            self.responsible.addItem(official.name, official.id)

    # --- the list ---------------------------------------------------------------------------------

    def shown(self) -> None:
        self.refresh()
        self.list.setFocus()

    def official_changed(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Asks for the list again; the chosen line stays, and its letter is read anew."""
        self._read("")

    def open(self, code: str) -> None:
        """Choose the dossier, in the list or as one more line of it, and go to its form."""
        self._opened, self._to_form = code, True
        self._read(code)

    def _read(self, code: str) -> None:
        desk, opened = self.desk, self._opened
        jobs.run(self, lambda: _lines(desk, opened), lambda lines: self._show_lines(lines, code))

    def _show_lines(self, lines: tuple[Line, ...], code: str) -> None:
        self.list.fill(lines, code)
        no_leader = None if self.is_leader else _("Lãnh đạo mới ký được thư (Ctrl+U đổi người).")
        waits = {line.letter.state for line in lines if line.letter}
        texts.allow(
            self.sign_all,
            no_leader if LetterState.DRAFTED in waits else _("Không có thư nào chờ ký."),
        )
        texts.allow(
            self.deliver_all,
            None if LetterState.SIGNED in waits else _("Không có thư đã ký nào chờ trao."),
        )

    @property
    def is_leader(self) -> bool:
        return self.desk.official is not None and self.desk.official.role is Role.LEADER

    # --- the letter -------------------------------------------------------------------------------

    def _follow(self, line: Line | None) -> None:
        """Show the letter of the line under the cursor; until it is there nothing can be done."""
        self._keep_typed()
        self.view = self._menu_wanted = None
        if line is None:
            self._show_nothing()
            return
        self._opened = line.row.code if line.part is Part.OPENED else ""
        self.title.setText(f"{line.row.name} · {line.row.code}")
        self._forbid(_("Đang mở thư…"))
        desk, code = self.desk, line.row.code
        jobs.run(self, lambda: _with_proposal(desk, code), lambda answer: self._show(line, answer))

    def _offer(self, show: Offered) -> None:
        """The acts on the letter of the line, in their order, once it is there."""
        self._menu_wanted = show if self.view is None else None
        if self.view is not None:
            acts = (self.report, self.draft, self.sign, self.show_letter, self.deliver)
            opening = partial(self.shell.open_dossier, self.view.dossier.code)
            show([*acts_of(acts), MenuAct(_("Mở hồ sơ"), "", opening)])

    def _show_nothing(self) -> None:
        self.title.setText(_(_CHOOSE) if self.list.lines else _(_NOTHING))
        self.about.setText("")
        self.rule.setText("")
        self.rule.hide()
        self.report.hide()
        self.form.hide()
        self._show_errors(None)
        self._forbid(_(_CHOOSE))

    def _forbid(self, why: str) -> None:
        for made in (self.draft, self.sign, self.show_letter, self.deliver):
            texts.allow(made, why)

    def _show(self, line: Line, answer: tuple[DossierView, datetime]) -> None:
        now = self.list.line()
        if now is None or now.key != line.key:
            return  # the cursor went on meanwhile
        self.view, proposed = answer
        dossier = self.view.dossier
        self.title.setText(f"{dossier.applicant.name} · {dossier.code}")
        self.about.setText(self._about(line))
        self.about.setToolTip(texts.tip(dossier.procedure_name))
        self._fill(lateness.open_draft(dossier), proposed)
        self._fix_proposal(lateness.open_draft(dossier))
        self.form.setVisible(self.view.allowed["apologise"] is None and not self._is_mistake(line))
        self._show_errors(None)
        self._show_acts(line)
        self._letter_area.verticalScrollBar().setValue(0)
        if self._menu_wanted is not None:
            self._offer(self._menu_wanted)
        if self._to_form:
            self._to_form = False
            self._into_form()

    def _about(self, line: Line) -> str:
        """Lines on the dossier: procedure, promises, holder and state, the letter of the line."""
        assert self.view is not None
        dossier, letter = self.view.dossier, line.letter
        lines = [
            self.desk.short_name(dossier.procedure_code, dossier.procedure_name),
            _("Hẹn trả lần đầu: {due}").format(due=formatting.moment_text(dossier.first.due)),
        ]
        if dossier.second_due:
            again = formatting.moment_text(dossier.second_due)
            lines.append(_("Đã hẹn lại: {second_due}").format(second_due=again))
        lines.append(
            _("Đang giữ hồ sơ: {holder_name} · {state}").format(
                holder_name=self.view.row.holder_name, state=formatting.state(self.view.row)
            )
        )
        if letter is not None:
            words = _(formatting.LETTER[letter.state])
            named = _("Thư {number}: {state}") if letter.number_text else _("Thư: {state}")
            said = named.format(number=letter.number_text, state=words)
            lines.append(f"{said} · {letter.reason}")
        return "\n".join(lines)

    @staticmethod
    def _is_mistake(line: Line) -> bool:
        return line.letter is not None and line.letter.kind is LetterKind.MISTAKE

    def _fill(self, draft: Letter | None, proposed: datetime) -> None:
        """The draft that waits, or an empty form, or what was typed into it and not drafted."""
        assert self.view is not None
        dossier = self.view.dossier
        fresh = dossier.ready is None and dossier.second_due is None
        self.new_due.setDateTime(_qt(draft.new_due if draft and draft.new_due else proposed))
        self._write(
            _Form(
                cause=draft.cause if draft else self.cause.itemData(0),
                reason=draft.reason if draft else "",
                new_due=_python(self.new_due.dateTime())
                if (draft.new_due is not None if draft else fresh)
                else None,
                responsible=draft.responsible if draft else None,
                own_fault=draft.own_fault if draft else None,
            )
        )
        self._loaded = self._form()
        typed = self._typed.pop(dossier.code, None)
        if typed is not None:
            self._write(typed)

    def _form(self) -> _Form:
        return _Form(
            cause=self.cause.currentData(),
            reason=self.reason.toPlainText(),
            new_due=_python(self.new_due.dateTime()) if self.dated.isChecked() else None,
            responsible=self.responsible.currentData(),
            own_fault=FAULT[self.fault.currentIndex()][1],
        )

    def _write(self, form: _Form) -> None:
        self.cause.setCurrentIndex(self.cause.findData(form.cause))
        self.reason.setPlainText(form.reason)
        self.dated.setChecked(form.new_due is not None)
        self.new_due.setEnabled(form.new_due is not None)
        if form.new_due is not None:
            self.new_due.setDateTime(_qt(form.new_due))
        self.responsible.setCurrentIndex(self.responsible.findData(form.responsible))
        self.fault.setCurrentIndex([value for _text, value in FAULT].index(form.own_fault))

    def _fix_proposal(self, draft: Letter | None) -> None:
        """Whoever the draft names reads what is proposed, and cannot name another."""
        me = self.desk.official
        own = draft is not None and me is not None and draft.responsible == me.id
        why = _("Thư đề nghị chính bạn chịu trách nhiệm; bạn không đổi được.") if own else ""
        for made in (self.responsible, self.fault):
            made.setEnabled(not own)
            made.setToolTip(why)

    def _is_edited(self) -> bool:
        shown = self.view is not None and not self.form.isHidden()
        return shown and self._form() != self._loaded

    def _keep_typed(self) -> None:
        if self._is_edited() and self.view is not None:
            self._typed[self.view.dossier.code] = self._form()

    def _into_form(self) -> None:
        """Enter goes on: into the form, or to the next act where there is nothing to fill in."""
        if not self.form.isHidden():
            self.focus(self.cause)
        elif self._next.isEnabled():
            self.focus(self._next)

    def _show_acts(self, line: Line) -> None:
        assert self.view is not None
        allowed, broken = self.view.allowed, line.part is Part.BROKEN
        mistake = _("Thư xin lỗi về sai sót: sửa ở trang hồ sơ (phím F).")
        why_no_draft = mistake if self._is_mistake(line) else allowed["apologise"]
        second, open_ = self.view.dossier.second_due, self.view.dossier.finished is None
        if broken and second is not None:
            due = formatting.moment_text(second)
            letter = _(_SECOND_LETTER) if allowed["apologise"] is None else _("trao thư")
            rule = _(_BROKEN if open_ else _BROKEN_DONE)
            self.rule.setText(rule.format(due=due, letter=letter, order=self._order))
            texts.role(self.rule, "error")
        else:
            self.rule.setText("" if self._is_mistake(line) else allowed["apologise"] or "")
            texts.role(self.rule, "warning")
        self.rule.setVisible(bool(self.rule.text()))
        self.report.setVisible(broken and open_)
        texts.allow(self.report, allowed["hand-over"])
        texts.allow(self.draft, why_no_draft)
        texts.allow(self.sign, allowed["sign"])
        texts.allow(self.deliver, allowed["deliver"])
        texts.allow(self.show_letter, allowed["print-apology"])
        self._next = self.draft
        if line.letter is not None:
            drafted = line.letter.state is LetterState.DRAFTED
            self._next = self.sign if drafted else self.deliver
        for made in (self.draft, self.sign, self.deliver):
            texts.role(made, "primary" if made is self._next and not (broken and open_) else "")

    def press_draft(self) -> None:
        """Drafts the letter, or corrects the draft."""
        if self.view is None:
            return
        desk, code, form = self.desk, self.view.dossier.code, self._form()
        jobs.run(
            self,
            lambda: letters.draft_apology(
                desk,
                code,
                form.cause or "",
                form.new_due,
                form.reason,
                form.responsible,
                form.own_fault,
            ),
            self._drafted,
            self._show_errors,
        )

    def press_draft_all(self) -> None:
        """Drafts every letter that is owed or will be; each still has to be read and signed."""
        desk, listed = self.desk, {line.row.code for line in self.list.lines}
        jobs.run(
            self,
            lambda: letters.draft_what_is_owed(desk),
            lambda drafted: self._drafted_all(drafted, listed),
        )

    def _drafted_all(self, drafted: tuple[Letter, ...], listed: set[str]) -> None:
        """Say how many; those that are not late yet were not in the list, so that is said too."""
        sentence = _n(
            "Đã soạn sẵn {count} thư; hãy đọc lại từng thư rồi trình lãnh đạo ký.", len(drafted)
        ).format(count=len(drafted))
        blank = sum(not letter.reason for letter in drafted)
        if blank:
            reasons = _n("{count} thư chưa có lý do: chọn thư, ghi lý do, F9.", blank)
            sentence = f"{sentence} {reasons.format(count=blank)}"
        early = sum(letter.code not in listed for letter in drafted)
        also = _n("{count} thư trong đó là của hồ sơ chưa trễ mà hôm nay phải báo trước.", early)
        said = [sentence, *([also.format(count=early)] if early else [])]
        notices.say(" ".join(said) if drafted else _("Không còn thư nào phải soạn."))
        self.refresh()
        if blank:
            names = {line.row.code: line.row.name for line in self.list.lines}
            asked = [(one, names.get(one.code, "")) for one in drafted if not one.reason]
            ask_reason(self, self.desk, asked, self._causes, self.refresh)

    def _drafted(self, letter: Letter) -> None:
        notices.say(_("Đã soạn thư xin lỗi cho {code}; chờ lãnh đạo ký.").format(code=letter.code))
        self._loaded = self._form()
        self.refresh()

    # --- signing ----------------------------------------------------------------------------------

    def press_sign(self) -> None:
        """Sign the letter shown; number and date are given now."""
        draft = self._letter(LetterState.DRAFTED)
        if draft is None:
            return
        if self._is_edited():  # what is signed is what is read
            notices.warn(_("Thư đã sửa mà chưa ghi: F9 ghi lại rồi ký."))
            return
        desk, letter = self.desk, draft.id

        def refused(error: DeskError) -> None:
            if isinstance(error, Refused) and error.code == "number-missing":
                self._ask_number(draft)
            elif not self._asked_signing(error, self.press_sign):
                self._show_errors(error)

        jobs.run(self, lambda: [letters.sign_letter(desk, letter)], self._signed, refused)

    def _ask_number(self, draft: Letter) -> None:
        """The registrar (văn thư) gives the numbers: ask for that of this letter."""
        line, desk = self.list.line(), self.desk
        if line is None:
            return
        number = question_panel.Line(_("Số do văn thư cấp"), name="number", needed=True)

        def sign() -> Callable[[], list[Letter]]:
            typed = number.value.strip()
            given = int(typed) if typed.isdecimal() else 0
            return lambda: [letters.sign_letter(desk, draft.id, given)]

        title = _("Ký thư – {name}").format(name=line.row.name)
        questions.ask(self, title, (number,), _("Lãnh đạo ký"), sign, self._signed, line.row.code)

    def press_sign_all(self) -> None:
        """Show every letter that waits, ticked; what stays ticked is signed after one question."""
        desk = self.desk

        def refused(error: DeskError) -> None:
            if not self._asked_signing(error, self.press_sign_all):
                notices.trouble(error.message)

        jobs.run(self, lambda: letters.waiting_drafts(desk), self._ask_sign_all, refused)

    def _asked_signing(self, error: DeskError, again: Callable[[], None]) -> bool:
        """Ask once by what authority the leader signs, and then do it again."""
        leader = self.desk.official
        if not isinstance(error, Refused) or error.code != "signer-title" or leader is None:
            return False
        ask_signing(self, self.desk, leader, again)
        return True

    def _proposal(self, draft: Letter) -> str:
        """Whom the draft proposes to hold responsible, which signing decides; "" for nobody."""
        named = [one.name for one in self._officials if one.id == draft.responsible]
        if not named:
            return ""
        fault = next(_(words) for words, value in FAULT if value is draft.own_fault)
        return _("trách nhiệm: {name}, {fault}").format(name=named[0], fault=fault)

    def _ask_sign_all(self, waiting: WaitingDrafts) -> None:
        lines = tuple(
            TickLine(
                id=draft.row.letter.id,
                name=draft.row.row.name,
                code=draft.row.letter.code,
                reason=draft.row.letter.reason,
                new_due=draft.row.letter.new_due,
                number="",
                why_not=draft.why_not,
                proposal=self._proposal(draft.row.letter),
                today=draft.row.row.now.date(),
                is_early=draft.row.row.due >= self.desk.now(),
            )
            for draft in waiting.drafts
        )
        field = LettersToTick(_("Thư sẽ ký, số sẽ cấp"), lines, waiting.numbers)
        desk = self.desk

        def sign() -> Callable[[], Batch]:
            return partial(letters.sign_all, desk, field.value)

        def words() -> tuple[str, str]:
            many = len(field.value)
            title, yes = _n("Ký {count} thư?", many), _n("Ký {count} thư", many)
            return title.format(count=many), yes.format(count=many)

        title, yes = words()
        panel = questions.ask(self, title, (field,), yes, sign, self._signed_all)

        def count() -> None:
            title, yes = words()
            panel.title.setText(title)
            panel.yes.setText(f"{yes}  ·  F9")

        field.changed.connect(count)

    def _signed_all(self, batch: Batch) -> None:
        if batch.signed:
            self._signed(batch.signed)
        for code, why in batch.refused:
            notices.trouble(f"{code}: {why}")

    def _signed(self, signed: Sequence[Letter]) -> None:
        numbers = [letter.number_text for letter in signed]
        if len(numbers) > _NAMED:
            said = _n(
                "Đã ký {count} thư, từ số {first} đến số {last}. Hãy in và trao cho công dân.",
                len(numbers),
            ).format(count=len(numbers), first=numbers[0], last=numbers[-1])
        else:
            said = _("Đã ký thư xin lỗi số {numbers}. Hãy in và trao cho công dân.").format(
                numbers=", ".join(numbers)
            )
        notices.say(said, _("In mọi thư đã ký"), self.press_print_all)
        self.refresh()

    # --- printing, handing over -------------------------------------------------------------------

    def press_print_all(self) -> None:
        """Every signed letter that waits to be handed over, printed at once."""
        desk = self.desk
        make, log = (
            partial(printing.signed_letters_pdf, desk),
            partial(printing.log_signed_letters, desk),
        )
        self.shell.show_paper(Paper(_("Mọi thư đã ký"), "thu-xin-loi", make, "apology", log))

    def press_print(self) -> None:
        """The letter of the chosen line, else the dossier's last."""
        line = self.list.line()
        if self.view and line and self.view.dossier.letters:
            letter = line.letter or self.view.dossier.letters[-1]
            self.shell.preview(self.view.dossier.code, "apology", letter.id)

    def press_deliver(self) -> None:
        """Asks how the letter reached the citizen and who took it."""
        signed = self._letter(LetterState.SIGNED)
        if self.view is None or signed is None:
            return
        name, desk = self.view.dossier.applicant.name, self.desk
        how, to = delivery_fields(self.view.dossier)

        def deliver() -> Callable[[], Letter]:
            return partial(letters.deliver_letter, desk, signed.id, how.value, to.value)

        title = _("Trao thư {number_text} – {name}").format(
            number_text=signed.number_text, name=name
        )
        questions.ask(
            self,
            title,
            (how, to),
            _("Đã trao"),
            deliver,
            lambda letter: self._delivered(HandedOver((letter,), ())),
            signed.code,
        )

    def press_deliver_all(self) -> None:
        """Asks once how the ticked letters reached their citizens, each taken by its own."""
        lines = tuple(
            TickLine(
                id=line.letter.id,
                name=line.row.name,
                code=line.row.code,
                reason=line.letter.reason,
                new_due=line.letter.new_due,
                number=f"{line.letter.number:02d}",
                why_not=None,
                today=line.row.now.date(),
            )
            for line in self.list.lines
            if line.letter and line.letter.state is LetterState.SIGNED
        )
        field, desk = LettersToTick(_("Thư đã trao"), lines, most=5), self.desk
        how = how_field(_("Thư đã trao bằng cách nào?"))
        to = question_panel.Line(
            _("Ai nhận thư?"), name="to", hint=_("để trống: chính chủ từng hồ sơ")
        )

        def deliver() -> Callable[[], HandedOver]:
            return partial(letters.deliver_letters, desk, field.value, how.value, to.value)

        title, yes = _("Đã trao nhiều thư"), _("Ghi đã trao")
        questions.ask(self, title, (field, how, to), yes, deliver, self._delivered)

    def _delivered(self, given: HandedOver) -> None:
        if given.delivered:
            numbers = ", ".join(letter.number_text for letter in given.delivered)
            notices.say(_("Đã ghi: trao thư xin lỗi số {numbers}.").format(numbers=numbers))
        for code, why in given.refused:
            notices.trouble(f"{code}: {why}")
        self.refresh()

    def _letter(self, state: LetterState) -> Letter | None:
        """The letter of the chosen line where it is in this state, else the dossier's first one."""
        line = self.list.line()
        found = [
            one for one in (self.view.dossier.letters if self.view else ()) if one.state is state
        ]
        own = [one for one in found if line and line.letter and one.id == line.letter.id]
        return next(iter(own or found), None)

    # --- a missed re-appointment ------------------------------------------------------------------

    def press_report(self) -> None:
        """Hand a dossier whose re-appointment was missed to the leader, with a word on why."""
        if self.view is None:
            return
        dossier, desk = self.view.dossier, self.desk
        leaders = [(who.name, who.id) for who in self._officials if who.role is Role.LEADER]
        to = Choice(_("Lãnh đạo"), leaders, leaders[0][1] if leaders else None, name="to")
        note = question_panel.Line(
            _("Nội dung báo"), _("Lỡ cả hẹn lại; xin ý kiến để trả kết quả sớm nhất."), name="note"
        )

        def hand_over() -> Callable[[], object]:
            return partial(steps.hand_over, desk, [dossier.code], to.value, note=note.value)

        title = _("Báo lãnh đạo – {name}").format(name=dossier.applicant.name)
        about = _("Bàn giao hồ sơ {code} cho lãnh đạo.").format(code=dossier.code)
        questions.ask(
            self,
            title,
            (to, note),
            _("Báo lãnh đạo"),
            hand_over,
            lambda _passed: self._reported(dossier.code),
            about,
        )

    def _reported(self, code: str) -> None:
        said = _("Đã bàn giao hồ sơ {code} cho lãnh đạo.").format(code=code)
        notices.undoable(said, putting_right.undoing(self, code, said))
        self.refresh()

    # --- refusals ---------------------------------------------------------------------------------

    def _say_only_once(self, dated: bool) -> None:
        """A second re-appointment is refused as soon as it is asked for."""
        if dated and self.view is not None and self.view.dossier.second_due is not None:
            self.errors["new_due"].setText(_(_ONLY_ONCE).format(order=self._order))
            self.errors["new_due"].show()

    def _show_errors(self, error: DeskError | None) -> None:
        field = error.field if isinstance(error, Refused) else None
        for name, label in self.errors.items():
            label.setText(error.message if error and name == field else "")
        places = {"reason": self.reason, "new_due": self.new_due}
        for place in places.values():
            mark(place, False)
        if error and field not in self.errors:
            notices.trouble(error.message)
        elif field in places:
            mark_wrong(places[field])


@dataclass(frozen=True)
class _Choices:
    """Choices of the form, and the order that the rule of one re-appointment comes from."""

    causes: tuple[Cause, ...]
    officials: tuple[Official, ...]
    order: LocalOrder


def _choices(desk: Desk) -> _Choices:
    officials = accounts.list_officials(desk)
    return _Choices(letters.causes(desk), officials, catalogue.local_order(desk))


def _lines(desk: Desk, opened: str) -> tuple[Line, ...]:
    row = progress.show_dossier(desk, opened).row if opened else None
    return lines_of(progress.day_board(desk), row)


def _with_proposal(desk: Desk, code: str) -> tuple[DossierView, datetime]:
    return progress.show_dossier(desk, code), letters.propose_new_due(desk, code)


def _qt(at: datetime) -> QDateTime:
    return QDateTime(at.year, at.month, at.day, at.hour, at.minute, 0)


def _python(at: QDateTime) -> datetime:
    day, clock = at.date(), at.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute())
