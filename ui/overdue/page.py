"""Trễ hẹn: one list of dossiers and letters, the letter of the chosen one, its next act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.catalogue.catalogue import Cause
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.people import accounts
from cchc_desk.domain import lateness
from cchc_desk.domain.dossiers.dossier import Letter, LetterState
from cchc_desk.domain.law.local_orders import LocalOrder
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui.documents.printing import Paper
from ui.dossiers import putting_right
from ui.look import texts
from ui.overdue.delivery_questions import ask_deliveries, ask_delivery
from ui.overdue.drafting import Drafting
from ui.overdue.letter_form import LetterForm
from ui.overdue.letter_head import LetterHead
from ui.overdue.letter_list import LetterList, Line, Part, lines_of
from ui.overdue.letter_steps import LetterSteps
from ui.overdue.report_question import ask_report
from ui.overdue.signing import Signing
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.room import is_low
from ui.widgets.tables.table import MenuAct, Offered, acts_of
from ui.widgets.tables.when_empty import WhenEmpty

_LIST_LINES, _LIST_LINES_LOW = 8, 5
_NAMED = 3  # numbers in a notice before it gives the first and the last
_CHOOSE = later("Chọn một dòng trong danh sách (↑ ↓).")
_NOTHING = later("Không nợ thư xin lỗi nào.")


class OverduePage(Page):
    """The list at the left, the letter of the chosen line at the right, the acts in their order."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.view: DossierView | None = None
        self._officials: tuple[Official, ...] = ()
        self._causes: tuple[Cause, ...] = ()
        self._order = ""  # the order behind the rule of one re-appointment, in brackets
        self._seen = desk.sight()  # the dossier of the letter shown, as it is shown
        self._opened = ""  # a dossier asked for by its code; stays in the list while it is chosen
        self._to_form = False  # the focus goes to the form once the letter is there
        self.list = LetterList()
        self.list.followed.connect(self._follow)
        self.list.opened.connect(self._into_form)
        self.list.acts_of_line = self._offer
        self._menu_wanted: Offered | None = None  # until the letter of its line is there
        self.form = LetterForm()  # of the dossier at hand: nothing to fill in before one is chosen
        self.signing = Signing(self, desk)
        self.signing.signed.connect(self._signed)
        self.signing.refused.connect(self.form.show_error)
        self.drafting = Drafting(self, desk)
        self.drafting.drafted.connect(self.form.drafted)
        self.drafting.changed.connect(self.refresh)
        self.drafting.refused.connect(self.form.show_error)
        self.head = LetterHead(self)
        self.head.report_wanted.connect(self.press_report)
        self._buttons()
        self._lay_out()
        self._show_nothing()
        jobs.run(self, lambda: _choices(desk), self._show_choices)

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
        self.steps = LetterSteps(
            self,
            (
                (_("1 · Soạn"), self.draft, self.draft_all),
                (_("2 · Ký"), self.sign, self.sign_all),
                (_("3 · In"), self.show_letter, self.print_all),
                (_("4 · Trao"), self.deliver, self.deliver_all),
            ),
        )
        foot.addWidget(self.steps)
        page.addLayout(foot)

    def _turn(self, is_stacked: bool) -> None:
        """A letter under the list is as high as it is: nothing scrolls within what scrolls."""
        if is_stacked:
            self._right_column.addWidget(self._letter_area.takeWidget())
            self._letter_side.show()
        else:
            self._letter_area.setWidget(self._letter_side)
        self._letter_area.setHidden(is_stacked)

    def fit(self) -> None:
        """On a low window the acts on all letters are folded: list and letter come first."""
        line, low = self.fontMetrics().lineSpacing(), is_low(self)
        self.list.setMinimumHeight(round(line * (_LIST_LINES_LOW if low else _LIST_LINES)))
        texts.role(self._heading, "section" if low else "title")
        self.steps.be_low(low)

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        for part in (self.head, self.form):
            column.addWidget(part)
        column.addStretch(1)
        return right

    def _show_choices(self, choices: "_Choices") -> None:
        self._officials, self._order = choices.officials, choices.order.in_brackets
        self._causes = choices.causes
        self.form.show_choices(choices.causes, choices.officials, self._order)

    # --- the list ---------------------------------------------------------------------------------

    def shown(self) -> None:
        self.refresh()
        self.list.setFocus()

    def official_changed(self) -> None:
        self.refresh()

    def changed_elsewhere(self) -> None:
        if not self.form.is_edited():
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
        nothing_signed = (
            None if LetterState.SIGNED in waits else _("Không có thư đã ký nào chờ trao.")
        )
        for made in (self.print_all, self.deliver_all):
            texts.allow(made, nothing_signed)

    @property
    def is_leader(self) -> bool:
        return self.desk.official is not None and self.desk.official.role is Role.LEADER

    # --- the letter -------------------------------------------------------------------------------

    def _follow(self, line: Line | None) -> None:
        """Show the letter of the line under the cursor; until it is there nothing can be done."""
        self.form.put_away()
        self.view = self._menu_wanted = None
        if line is None:
            self._show_nothing()
            return
        self._opened = line.row.code if line.part is Part.OPENED else ""
        self.head.title.setText(f"{line.row.name} · {line.row.code}")
        self._forbid(_("Đang mở thư…"))
        desk, code = self.desk, line.row.code
        jobs.run(self, lambda: _with_proposal(desk, code), lambda answer: self._show(line, answer))

    def _offer(self, show: Offered) -> None:
        """The acts on the letter of the line, in their order, once it is there."""
        self._menu_wanted = show if self.view is None else None
        if self.view is not None:
            acts = (self.head.report, self.draft, self.sign, self.show_letter, self.deliver)
            opening = partial(self.shell.open_dossier, self.view.dossier.code)
            show([*acts_of(acts), MenuAct(_("Mở hồ sơ"), "", opening)])

    def _show_nothing(self) -> None:
        self.head.show_nothing(_(_CHOOSE) if self.list.lines else _(_NOTHING))
        self.form.hide()
        self.form.show_error(None)
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
        self._seen = self.desk.sight(dossier)
        self.head.show_letter(self.desk, self.view, line, self._order)
        self.form.fill(dossier, lateness.open_draft(dossier), proposed, self.desk.official)
        self.form.setVisible(self.view.allowed["apologise"] is None and not line.is_mistake)
        self.form.show_error(None)
        self._show_acts(line)
        self._letter_area.verticalScrollBar().setValue(0)
        if self._menu_wanted is not None:
            self._offer(self._menu_wanted)
        if self._to_form:
            self._to_form = False
            self._into_form()

    def _into_form(self) -> None:
        """Enter goes on: into the form, or to the next act where there is nothing to fill in."""
        if not self.form.isHidden():
            self.focus(self.form.cause)
        elif self._next.isEnabled():
            self.focus(self._next)

    def _show_acts(self, line: Line) -> None:
        assert self.view is not None
        allowed = self.view.allowed
        mistake = _("Thư xin lỗi về sai sót: sửa ở trang hồ sơ (phím F).")
        why_no_draft = mistake if line.is_mistake else allowed["apologise"]
        texts.allow(self.draft, why_no_draft)
        texts.allow(self.sign, allowed["sign"])
        texts.allow(self.deliver, allowed["deliver"])
        texts.allow(self.show_letter, allowed["print-apology"])
        self._next = self.draft
        if line.letter is not None:
            drafted = line.letter.state is LetterState.DRAFTED
            self._next = self.sign if drafted else self.deliver
        report_first = line.part is Part.BROKEN and self.view.dossier.finished is None
        for made in (self.draft, self.sign, self.deliver):
            texts.role(made, "primary" if made is self._next and not report_first else "")

    def press_draft(self) -> None:
        """Drafts the letter, or corrects the draft."""
        if self.view is not None:
            self.drafting.draft(self.view.dossier.code, self.form.text(), self._seen)

    def press_draft_all(self) -> None:
        """Drafts every letter that is owed or will be; each still has to be read and signed."""
        names = {line.row.code: line.row.name for line in self.list.lines}
        self.drafting.draft_all(names, self._causes)

    # --- signing ----------------------------------------------------------------------------------

    def press_sign(self) -> None:
        """Sign the letter shown; number and date are given now."""
        draft = self._letter(LetterState.DRAFTED)
        if draft is None:
            return
        if self.form.is_edited():  # what is signed is what is read
            notices.warn(_("Thư đã sửa mà chưa ghi: F9 ghi lại rồi ký."))
            return
        line = self.list.line()
        self.signing.sign(draft, line.row.name if line else "", self._seen)

    def press_sign_all(self) -> None:
        """Show every letter that waits, ticked; what stays ticked is signed after one question."""
        self.signing.sign_all(self._officials)

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
        ask_delivery(self, self.desk, self.view.dossier, signed, self.refresh)

    def press_deliver_all(self) -> None:
        """Asks once how the ticked letters reached their citizens, each taken by its own."""
        ask_deliveries(self, self.desk, self.list.lines, self.refresh)

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
        dossier = self.view.dossier
        done = partial(self._reported, dossier.code, dossier.applicant.name)
        ask_report(self, self.desk, dossier, self._officials, done)

    def _reported(self, code: str, name: str) -> None:
        said = _("Đã bàn giao hồ sơ {code} của {name} cho lãnh đạo.").format(code=code, name=name)
        notices.undoable(said, putting_right.undoing(self, code, said), of=code)
        self.refresh()


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
