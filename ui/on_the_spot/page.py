"""Làm ngay, trả ngay: papers certified while the citizen waits, all of it by one F9."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.dossiers.take_back import JUST_DONE
from cchc_desk.actions.intake import certify, intake, people
from cchc_desk.actions.intake.certify import Done, Kind, Request, ToCertify
from cchc_desk.actions.intake.intake import MOST_OF_A_PAPER, CardReading
from cchc_desk.actions.intake.people import Known
from cchc_desk.domain.courtesy import Moment
from cchc_desk.domain.dossiers.certifications import BOOK_NAMES, numbers_text
from cchc_desk.domain.law.fees import Fee, money
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import Permission, require
from cchc_desk.domain.table import Column, Listing
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui.citizen_screen import citizen_events
from ui.courtesy import cues
from ui.look import texts
from ui.on_the_spot.paper_field import PaperField
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox, SpinBox
from ui.widgets.fields.error_row import mark, mark_wrong, when_changed
from ui.widgets.keys.focus_order import FocusOrder
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.tables.line_table import LineTable, opens_nothing


@dataclass(frozen=True)
class _Line:
    """One paper of this citizen with its own sum, as the table shows it."""

    asked: ToCertify
    fee: str


_CODE = re.compile(r"[\w.]+-[0-9]{6}-[0-9]{4}")  # of a dossier, typed instead of a name
_Offers = tuple[tuple[Kind, ...], tuple[Official, ...]]  # kinds of work, who may have signed
_COLUMNS: tuple[Column[_Line], ...] = (
    Column(later("Bản"), lambda line: str(line.asked.copies), align="right"),
    Column(later("Trang"), lambda line: str(line.asked.pages), align="right"),
    Column(later("Lệ phí"), lambda line: line.fee, align="right"),
    Column(later("Giấy tờ"), lambda line: line.asked.paper),
)


class OnTheSpotPage(Page):
    """Kind of work, citizen and papers from left to right; the sum and the one key at the foot."""

    page_name = "on-the-spot"

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._kinds: tuple[Kind, ...] = ()
        self._signers: tuple[Official, ...] = ()
        self._known = Applicant(ApplicantKind.PERSON, "")  # as a card or an earlier dossier has it
        self._lines: list[ToCertify] = []
        self._code = ""  # of what was taken in before
        self._told = ""  # of the citizen who has just gone
        self._official = ""
        self._not_for: str | None = None
        self.kinds = QListWidget()
        self.name, self.id_number, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.paper = PaperField(self)
        self.copies, self.pages = _count(_("Số bản")), _count(_("Số trang"))
        self.signer = texts.narrow(ComboBox())
        self.table = LineTable(later("Giấy tờ của người này"), ordered=True)
        self.errors = {
            name: texts.words("", "error")
            for name in ("procedure", "name", "id_number", "papers", "note", "signer")
        }
        self.role = texts.words("", "warning")
        self.of_dossier = texts.words("", "warning")
        self.fee, self.number = texts.words(), texts.words()
        self.arithmetic = texts.OneLine()
        for label, role in (
            (self.fee, "big"),
            (self.arithmetic, "quiet"),
            (self.number, "section"),
        ):
            texts.role(label, role)
        self.more = texts.button(_("Thêm giấy tờ khác"), self.add_line, "Alt+T", self)
        self.less = texts.button(_("Bỏ dòng"), self.drop_line, "Alt+X", self)
        self.anew = texts.button(_("Trang mới"), self.start_anew, "Ctrl+N", self)
        self.done = texts.button(
            _("Làm và trả ngay"), self.press_done, "F9", self, "primary", "return"
        )
        self.done.setAutoDefault(True)
        self._lay_out()
        self._connect()
        self.official_changed()
        self._show_sum()

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        left, middle, right = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        left.addWidget(texts.words(_("Làm ngay, trả ngay"), "title"))
        left.addWidget(self.errors["procedure"])
        left.addWidget(_heading(_("1. Việc  ·  Alt+V"), self.kinds))
        left.addWidget(self.kinds, 1)
        self.kinds.setAccessibleName(_("Việc"))
        self.kinds.setWordWrap(True)
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        texts.lines(self.kinds, 7)
        texts.letters(self.kinds, 21)
        middle.addWidget(_heading(_("2. Người yêu cầu"), self.name))
        middle.addWidget(self.of_dossier)
        middle.addLayout(self._person())
        middle.addWidget(_heading(_("3. Giấy tờ"), self.paper))
        middle.addLayout(self._one_paper())
        middle.addWidget(self.errors["papers"])
        keys = Flow()
        keys.add(self.more)
        keys.add(self.less)
        middle.addWidget(self.table, 1)
        texts.lines(self.table, 5)
        middle.addWidget(keys)
        right.addWidget(_heading(_("Giấy tờ thường chứng thực"), self.paper))
        right.addWidget(self.paper.list, 1)
        right.addWidget(texts.words(_("Enter: dòng đang sáng · Esc: giữ chữ đã gõ"), "quiet"))
        right.addLayout(self._book())
        columns = Columns(92)  # with less the name of a paper has no room beside its counts
        columns.add(left, 2)
        columns.add(middle, 5)
        columns.add(right, 3)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        self.role.setContentsMargins(14, 8, 14, 0)
        page.addWidget(self.role)
        page.addWidget(columns, 1)
        page.addWidget(self._foot())
        for line in self.errors.values():
            line.hide()

    def _person(self) -> QGridLayout:
        self.name.setAccessibleName(_("Họ tên"))
        self.name.setPlaceholderText(_("quét thẻ hay giấy hẹn, hoặc gõ họ tên"))
        self.id_number.setAccessibleName(_("Số giấy tờ tùy thân"))
        grid = QGridLayout()
        grid.addWidget(_heading(_("Họ tên"), self.name, "quiet"), 0, 0)
        grid.addWidget(_heading(_("Số giấy tờ tùy thân"), self.id_number, "quiet"), 0, 1)
        grid.addWidget(self.name, 1, 0)
        grid.addWidget(self.id_number, 1, 1)
        grid.addWidget(self.errors["name"], 2, 0, 1, 2)
        grid.addWidget(self.errors["id_number"], 3, 0, 1, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setVerticalSpacing(2)
        return grid

    def _one_paper(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for column, (words, field) in enumerate(
            (
                (_("Tên giấy tờ"), self.paper),
                (_("Số bản"), self.copies),
                (_("Số trang"), self.pages),
            )
        ):
            grid.addWidget(_heading(words, field, "quiet"), 0, column)
            grid.addWidget(field, 1, column)
        grid.setColumnStretch(0, 1)
        texts.with_it(self.paper, self.paper.list)
        return grid

    def _book(self) -> QGridLayout:
        """The fields of the book's other columns: who signed, a note."""
        self.signer.setAccessibleName(_("Người ký chứng thực"))
        self.note.setAccessibleName(_("Ghi chú"))
        self.note.setPlaceholderText(_("cho cột ghi chú của sổ"))
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for row, (words, field, name) in enumerate(
            (
                (_("Người ký chứng thực  ·  Alt+K"), self.signer, "signer"),
                (_("Ghi chú"), self.note, "note"),
            )
        ):
            grid.addWidget(_heading(words, field, "quiet"), 3 * row, 0)
            grid.addWidget(field, 3 * row + 1, 0)
            grid.addWidget(self.errors[name], 3 * row + 2, 0)
        return grid

    def _foot(self) -> QWidget:
        foot = texts.card()
        sums, keys = QVBoxLayout(), QVBoxLayout()
        sums.setSpacing(2)
        for part in (self.fee, self.arithmetic, self.number):
            sums.addWidget(part)
        keys.setSpacing(6)
        keys.addWidget(self.done)
        keys.addWidget(self.anew)
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(18)
        row.addLayout(sums, 1)
        row.addLayout(keys)
        return foot

    def _connect(self) -> None:
        self.kinds.currentRowChanged.connect(self._kind_chosen)
        self.kinds.itemActivated.connect(lambda _item: self._first_stop().setFocus())
        self.paper.taken.connect(self._paper_taken)
        self.paper.textChanged.connect(self._show_sum)
        self.name.textChanged.connect(self._name_changed)
        self.name.editingFinished.connect(self._name_left)
        self.id_number.editingFinished.connect(self._recognise)
        for count in (self.copies, self.pages):
            count.valueChanged.connect(self._show_sum)
        for field, name in (
            (self.name, "name"),
            (self.id_number, "id_number"),
            (self.paper, "papers"),
            (self.note, "note"),
        ):
            when_changed(field, partial(_say, self.errors[name], ""))
        texts.shortcut(self, "Alt+V", self.kinds.setFocus)
        texts.shortcut(self, "Alt+K", self.signer.setFocus)
        texts.shortcut(self.table, "Del", self.drop_line)
        texts.shortcut(self, "Esc", self._back)
        stops = [self.name, self.id_number, self.paper, self.copies, self.pages]
        self._focus_order = FocusOrder(self, stops, [self.name, self.id_number, self.copies])
        self.pages.lineEdit().returnPressed.connect(self.add_line)

    # --- the page ---------------------------------------------------------------------------------

    def shown(self) -> None:
        self.refresh()
        if not self.name.text():
            cues.now(Moment.GREETING)
        self._first_stop().setFocus()

    def unsaved(self) -> str:
        name = self.name.text().strip()
        return _("chứng thực cho {name}").format(name=name) if name and self._all() else ""

    def refresh(self) -> None:
        desk = self.desk
        if desk.official is not None:
            jobs.run(self, lambda: _offers(desk), self._fill)

    def _fill(self, offers: _Offers) -> None:
        kinds, signers = offers
        row = max(0, self.kinds.currentRow())
        self._kinds = kinds
        self.kinds.blockSignals(True)
        self.kinds.clear()
        self.kinds.addItems([self.desk.short_name(k.version.code, k.version.name) for k in kinds])
        self.kinds.setCurrentRow(min(row, len(kinds) - 1))
        self.kinds.blockSignals(False)
        if signers != self._signers:
            self._signers = signers
            self.signer.clear()
            for one in signers:
                self.signer.addItem(", ".join(filter(None, (one.name, one.title))), one.id)
        self._kind_chosen()

    def official_changed(self) -> None:
        official = self.desk.official.id if self.desk.official else ""
        if official == self._official:
            return
        self._official = official
        self._not_for = None
        try:
            if self.desk.official is not None:
                require(self.desk.official, Permission.CERTIFY)
        except Refused as refused:
            self._not_for = refused.message
        words = _("⚠ Trang này để làm và trả ngay. {reason}").format(reason=self._not_for)
        _say(self.role, words if self._not_for else "")
        texts.allow(self.done, self._not_for)
        self._empty()

    def start_anew(self) -> None:
        """An empty page for the next citizen."""
        self._told = ""
        self._empty()
        self.name.setFocus()

    def _empty(self) -> None:
        self._known = Applicant(ApplicantKind.PERSON, "")
        for field in (self.name, self.id_number, self.note):
            field.setText("")  # unlike clear(), it leaves Ctrl+Z to what was just done
        self._lines.clear()
        self._code = ""
        _say(self.of_dossier, "")
        self._allow_person()
        self._next_paper()
        self._show_errors(())

    def _next_paper(self) -> None:
        self.paper.forget()
        self.copies.setValue(1)
        self.pages.setValue(1)
        self._show_lines()
        self._show_sum()

    def _first_stop(self) -> QWidget:
        return self.paper if self.name.text().strip() else self.name

    def _back(self) -> None:
        """Esc: keep what is typed, not what is offered; else back to the name of the paper."""
        if not (self.paper.hasFocus() and self.paper.keep_as_typed()):
            self.paper.setFocus()

    # --- the kind of work -------------------------------------------------------------------------

    @property
    def kind(self) -> Kind | None:
        row = self.kinds.currentRow()
        return self._kinds[row] if 0 <= row < len(self._kinds) else None

    def _kind_chosen(self) -> None:
        kind = self.kind
        if kind is None:
            return
        self.paper.know(kind.papers)
        place = self.signer.findData(kind.last_signer)
        if place >= 0 and not self._lines and not self.paper.text():
            self.signer.setCurrentIndex(place)
        self.id_number.setPlaceholderText(
            _("sổ này cần số giấy tờ") if kind.book.asks_id_number else _("không bắt buộc")
        )
        _say(self.errors["id_number"], "")
        self._show_lines()
        self._show_sum()

    # --- the citizen ------------------------------------------------------------------------------

    def scanned(self, text: str) -> bool:
        if "|" not in text:
            self.open(text)
            return True
        desk = self.desk
        jobs.run(self, lambda: intake.read_card(desk, text), self._card_read, _show_trouble)
        return True

    def open(self, code: str) -> None:
        """Do what was taken in with F2: its papers stand in the table, F9 fills the book."""
        desk = self.desk
        jobs.run(self, lambda: progress.show_dossier(desk, code), self._taken_in, _show_trouble)

    def showing(self) -> str:
        return self._code

    def _taken_in(self, view: DossierView) -> None:
        dossier = view.dossier
        codes = [kind.version.code for kind in self._kinds]
        over = dossier.returned or dossier.ended or dossier.cancelled
        if dossier.procedure_code not in codes or over:
            notices.trouble(_("Hồ sơ {code} không còn chờ chứng thực.").format(code=dossier.code))
            return
        self._empty()
        self._code, self._known = dossier.code, dossier.applicant
        self.kinds.setCurrentRow(codes.index(dossier.procedure_code))
        self._show_known()
        self._lines.extend(certify.papers_of(dossier))
        self._next_paper()
        words = _("Hồ sơ {code} đã tiếp nhận ở F2: F9 ghi sổ và trả.").format(code=dossier.code)
        _say(self.of_dossier, words)
        self._allow_person()
        self.done.setFocus()

    def _allow_person(self) -> None:
        """The citizen and the kind of work of what was taken in before stand fast."""
        for field in (self.name, self.id_number):
            field.setReadOnly(bool(self._code))
        self.kinds.setEnabled(not self._code)

    def _name_changed(self) -> None:
        if self._told:  # the next citizen: nothing of the one before stays
            self._show_sum()

    def _name_left(self) -> None:
        self.name.home(False)
        if _CODE.fullmatch(self.name.text().strip()):
            self.open(self.name.text().strip())

    def _card_read(self, reading: CardReading) -> None:
        if self._code:
            self._empty()  # another citizen has come
        card, known = reading.card, reading.known
        self._known = Applicant(
            kind=ApplicantKind.PERSON,
            name=card.name,
            id_number=card.id_number,
            born=card.born,
            sex=card.sex,
            address=card.address or (known.address if known else ""),
            phone=known.phone if known else "",
        )
        self._show_known()
        if reading.warnings:
            notices.warn(reading.warnings[0])
        self.paper.setFocus()

    def _recognise(self) -> None:
        desk, number = self.desk, self.id_number.text().strip()
        if number and number != self._known.id_number and desk.official is not None:
            jobs.run(
                self,
                lambda: people.known_by_number(desk, number),
                lambda found: self._recognised(number, found),
                _show_trouble,
            )

    def _recognised(self, number: str, found: Sequence[Known]) -> None:
        """Fill the name where none is typed; a typed one is never written over."""
        if found and number == self.id_number.text().strip() and not self.name.text().strip():
            self._known = found[0].applicant
            self._show_known()

    def _show_known(self) -> None:
        self.name.setText(self._known.name)
        self.name.home(False)  # the beginning of a long name shows
        self.id_number.setText(self._known.id_number)
        for name in ("name", "id_number"):
            _say(self.errors[name], "")

    def _applicant(self) -> Applicant:
        name, number = self.name.text().strip(), self.id_number.text().strip()
        if number and number == self._known.id_number:
            return replace(self._known, name=name)
        return Applicant(ApplicantKind.PERSON, name, number)

    # --- the papers -------------------------------------------------------------------------------

    def _typed(self) -> tuple[ToCertify, ...]:
        """The paper in the fields, none while it has no name."""
        paper = self.paper.text().strip()
        return (ToCertify(paper, self.copies.value(), self.pages.value()),) if paper else ()

    def _all(self) -> tuple[ToCertify, ...]:
        return (*self._lines, *self._typed())

    def _paper_taken(self) -> None:
        self.copies.setFocus()
        self.copies.selectAll()

    def add_line(self) -> None:
        """The typed paper goes into the table; the next one can be typed."""
        if self._typed():
            self._lines.extend(self._typed())
            self._next_paper()
        self.paper.setFocus()

    def drop_line(self) -> None:
        """The line under the cursor is not wanted after all."""
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._lines):
            del self._lines[row]
            self._show_lines()
            self._show_sum()

    def _show_lines(self) -> None:
        version = self.kind.version if self.kind else None
        fees = [certify.fee_of(version, (one,)) if version else None for one in self._lines]
        lines = [
            _Line(one, money(fee.amount) if fee else "")
            for one, fee in zip(self._lines, fees, strict=True)
        ]
        self.table.fill(Listing(_COLUMNS, lines), opens_nothing)
        texts.allow(self.less, None if lines else _("Chưa có dòng nào để bỏ."))

    def _show_sum(self) -> None:
        kind, papers = self.kind, self._all()
        if papers or self.name.text():
            self._told = ""
        if kind is None or self._told:  # what was just done stays until the next citizen
            return
        fee = certify.fee_of(kind.version, papers)
        self.fee.setText(
            _taken(fee)
            if fee
            else _("Chọn giấy tờ để có số tiền")
            if not papers
            else _("Danh mục chưa có mức thu bằng số")
        )
        self.arithmetic.setText(_arithmetic(fee, papers) if fee else "")
        self.arithmetic.setToolTip(fee.words if fee else "")
        first, last = kind.next_number, kind.next_number + max(1, len(papers)) - 1
        numbers = f"{first:02d}" if first == last else f"{first:02d}–{last:02d}"
        volume = f"{kind.volume:02d}/{self.desk.now().year}-{kind.book.symbol}"
        self.number.setText(
            _("Số tiếp theo: {numbers}, quyển số {volume}").format(numbers=numbers, volume=volume)
        )
        self.number.setToolTip(f"{_(BOOK_NAMES[kind.book])}\n{self.number.text()}")

    # --- the one key ------------------------------------------------------------------------------

    def press_done(self) -> None:
        """Take in, write into the book and return; what is wrong stands beside its field."""
        desk, kind = self.desk, self.kind
        if kind is None:
            return
        request = Request(
            procedure=kind.version.code,
            applicant=self._applicant(),
            papers=self._all(),
            signer=self.signer.currentData() or "",
            note=self.note.text(),
            code=self._code,
        )
        self.done.setEnabled(False)
        jobs.run(
            self,
            lambda: certify.certify(desk, request),
            lambda done: self._certified(request, done),
            self._refused,
        )

    def _certified(self, request: Request, done: Done) -> None:
        self.done.setEnabled(True)
        name, code = done.dossier.applicant.name, done.dossier.code
        copies = sum(line.copies for line in done.lines)
        self._empty()
        self._told = _("Đã trả {copies} bản cho {name}: số {numbers}.").format(
            copies=copies, name=name, numbers=numbers_text(done.lines)
        )
        self.fee.setText(_taken(done.fee) if done.fee else "✓")
        self.arithmetic.setText("")
        self.number.setText(self._told)
        if request.code:  # its intake was right: it is undone step by step on its own page
            notices.say(self._told, _("Mở hồ sơ"), lambda: self.shell.open_dossier(code))
        else:
            notices.undoable(self._told, partial(self._take_back, request, code, self._told))
        cues.now(Moment.THANKS, code)
        citizen_events.returned(code)
        self.refresh()
        self.name.setFocus()

    def _take_back(self, request: Request, code: str, said: str) -> None:
        desk = self.desk
        jobs.run(
            self,
            lambda: certify.take_back(desk, code, JUST_DONE),
            lambda _cancelled: self._taken_back(request, said),
            _show_trouble,
        )

    def _taken_back(self, request: Request, said: str) -> None:
        """Put what was certified wrongly into the fields again, unless somebody else is there."""
        notices.say(_("Đã hoàn tác: {done}").format(done=said))
        self._told = ""
        if not (self.name.text().strip() or self._all()):
            self._known = request.applicant
            self._show_known()
            self.note.setText(request.note)
            self._lines.extend(request.papers)
        self._show_lines()
        self.refresh()

    def _refused(self, error: DeskError) -> None:
        self.done.setEnabled(True)
        if isinstance(error, Refused):
            self._show_errors((error,))
        else:
            notices.trouble(error.message, self.press_done)

    def _show_errors(self, refusals: Sequence[Refused]) -> None:
        places = {
            "procedure": self.kinds,
            "name": self.name,
            "id_number": self.id_number,
            "papers": self.paper,
            "note": self.note,
            "signer": self.signer,
        }
        for field, error in self.errors.items():
            message = next((one.message for one in refusals if one.field == field), "")
            _say(error, message)
            mark(places[field], False)
        for refusal in refusals:
            if refusal.field in places:
                place = places[refusal.field]
                if place is not self.kinds:
                    mark_wrong(place)
                place.setFocus()
            else:
                notices.trouble(refusal.message)


def _offers(desk: Desk) -> _Offers:
    return certify.kinds(desk), certify.signers(desk)


def _heading(words: str, field: QWidget, role: str = "section") -> QWidget:
    label = texts.words(words, role, wrap=False)
    label.setBuddy(field)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return label


def _count(name: str) -> SpinBox:
    box = SpinBox()
    box.setRange(1, MOST_OF_A_PAPER)
    box.setAccessibleName(name)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    texts.letters(box, 5)
    return box


def _taken(fee: Fee) -> str:
    """Return the sum to take; the receipt for it is not of this program."""
    return _("Thu {amount}").format(amount=money(fee.amount))


def _arithmetic(fee: Fee, papers: Sequence[ToCertify]) -> str:
    """Return how the sum is made; of several papers their number: the table has each fee."""
    if len(papers) > 1:
        made = sum(paper.copies for paper in papers)
        copies = _n("{count} bản", made).format(count=made)
        words = _n("{count} giấy tờ, {copies}", len(papers))
        return words.format(count=len(papers), copies=copies)
    return fee.words if fee.words != money(fee.amount) else ""


def _say(label: QWidget, words: str) -> None:
    label.setText(words)  # type: ignore[attr-defined]
    label.setVisible(bool(words))


def _show_trouble(error: DeskError) -> None:
    notices.trouble(error.message)
