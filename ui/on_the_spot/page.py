"""Làm ngay, trả ngay: papers certified while the citizen waits, all of it by one F9."""

import re
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.dossiers.take_back import JUST_DONE
from cchc_desk.actions.intake import certify, intake
from cchc_desk.actions.intake.certify import Done, Kind, Request
from cchc_desk.actions.intake.intake import CardReading
from cchc_desk.domain.courtesy import Moment
from cchc_desk.domain.dossiers.certifications import numbers_text
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import Permission, why_not
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui.citizen_screen import citizen_events
from ui.courtesy import cues
from ui.look import texts
from ui.on_the_spot.papers import Papers
from ui.on_the_spot.person_fields import PersonFields
from ui.on_the_spot.sum_words import SumWords
from ui.on_the_spot.words import heading, say, show_trouble
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.error_row import mark, mark_wrong, when_changed
from ui.widgets.keys.focus_order import FocusOrder
from ui.widgets.layout.columns import Columns
from ui.widgets.tables.whole_text import WholeText

_CODE = re.compile(r"[\w.]+-[0-9]{6}-[0-9]{4}")  # of a dossier, typed instead of a name
_Offers = tuple[tuple[Kind, ...], tuple[Official, ...]]  # kinds of work, who may have signed


class OnTheSpotPage(Page):
    """Kind of work, citizen and papers from left to right; the sum and the one key at the foot."""

    page_name = "on-the-spot"

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self._kinds: tuple[Kind, ...] = ()
        self._signers: tuple[Official, ...] = ()
        self._code = ""  # of what was taken in before
        self._told = ""  # of the citizen who has just gone
        self._official = ""
        self._not_for = ""
        self.kinds = QListWidget()
        self.person = PersonFields(desk, self)
        self.papers = Papers(self)
        self.note = QLineEdit()
        self.signer = texts.narrow(ComboBox())
        self.errors = {
            "procedure": texts.words("", "error"),
            **self.person.errors,
            "papers": self.papers.error,
            "note": texts.words("", "error"),
            "signer": texts.words("", "error"),
        }
        self.role = texts.words("", "warning")
        self.of_dossier = texts.words("", "warning")
        self.sum = SumWords()
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
        left.addWidget(heading(_("1. Việc  ·  Alt+V"), self.kinds))
        left.addWidget(self.kinds, 1)
        self.kinds.setAccessibleName(_("Việc"))
        self.kinds.setWordWrap(True)
        self.kinds.setItemDelegate(WholeText(self.kinds))
        self.kinds.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        texts.lines(self.kinds, 7)
        texts.letters(self.kinds, 21)
        middle.addWidget(heading(_("2. Người yêu cầu"), self.person.name))
        middle.addWidget(self.of_dossier)
        middle.addWidget(self.person)
        middle.addWidget(heading(_("3. Giấy tờ"), self.papers.paper))
        middle.addWidget(self.papers, 1)
        right.addWidget(heading(_("Giấy tờ thường chứng thực"), self.papers.paper))
        right.addWidget(self.papers.paper.list, 1)
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
            grid.addWidget(heading(words, field, "quiet"), 3 * row, 0)
            grid.addWidget(field, 3 * row + 1, 0)
            grid.addWidget(self.errors[name], 3 * row + 2, 0)
        return grid

    def _foot(self) -> QWidget:
        foot = texts.card()
        keys = QVBoxLayout()
        keys.setSpacing(6)
        keys.addWidget(self.done)
        keys.addWidget(self.anew)
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(18)
        row.addWidget(self.sum, 1)
        row.addLayout(keys)
        return foot

    def _connect(self) -> None:
        self.kinds.currentRowChanged.connect(self._kind_chosen)
        self.kinds.itemActivated.connect(lambda _item: self._first_stop().setFocus())
        self.papers.changed.connect(self._show_sum)
        self.person.name.textChanged.connect(self._name_changed)
        self.person.name_left.connect(self._name_left)
        when_changed(self.note, partial(say, self.errors["note"], ""))
        texts.shortcut(self, "Alt+V", self.kinds.setFocus)
        texts.shortcut(self, "Alt+K", self.signer.setFocus)
        texts.shortcut(self, "Esc", self._back)
        name, number = self.person.name, self.person.id_number
        paper, copies, pages = self.papers.paper, self.papers.copies, self.papers.pages
        stops = [name, number, paper, copies, pages]
        self._focus_order = FocusOrder(self, stops, [name, number, copies])
        pages.lineEdit().returnPressed.connect(self.papers.add_line)

    # --- the page ---------------------------------------------------------------------------------

    def shown(self) -> None:
        self.refresh()
        if not self.person.name.text():
            cues.now(Moment.GREETING)
        self._first_stop().setFocus()

    def unsaved(self) -> str:
        name = self.person.name.text().strip()
        return _("chứng thực cho {name}").format(name=name) if name and self.papers.all() else ""

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
        self._not_for = why_not(self.desk.official, Permission.CERTIFY)
        words = _("⚠ Trang này để làm và trả ngay. {reason}").format(reason=self._not_for)
        say(self.role, words if self._not_for else "")
        texts.allow(self.done, self._not_for or None)
        self._empty()

    def start_anew(self) -> None:
        """An empty page for the next citizen."""
        self._told = ""
        self._empty()
        self.person.name.setFocus()

    def _empty(self) -> None:
        self.person.empty()
        self.note.setText("")  # unlike clear(), it leaves Ctrl+Z to what was just done
        self._code = ""
        say(self.of_dossier, "")
        self._allow_person()
        self.papers.empty()
        self._show_errors(())

    def _first_stop(self) -> QWidget:
        return self.papers.paper if self.person.name.text().strip() else self.person.name

    def _back(self) -> None:
        """Esc: keep what is typed, not what is offered; else back to the name of the paper."""
        paper = self.papers.paper
        if not (paper.hasFocus() and paper.keep_as_typed()):
            paper.setFocus()

    # --- the kind of work -------------------------------------------------------------------------

    @property
    def kind(self) -> Kind | None:
        row = self.kinds.currentRow()
        return self._kinds[row] if 0 <= row < len(self._kinds) else None

    def _kind_chosen(self) -> None:
        kind = self.kind
        if kind is None:
            return
        self.papers.paper.know(kind.papers)
        place = self.signer.findData(kind.last_signer)
        if place >= 0 and not self.papers.all():
            self.signer.setCurrentIndex(place)
        self.person.need_number(kind.book.asks_id_number)
        self.papers.show_fees(kind.version)
        self._show_sum()

    # --- the citizen ------------------------------------------------------------------------------

    def scanned(self, text: str) -> bool:
        if "|" not in text:
            self.open(text)
            return True
        desk = self.desk
        jobs.run(self, lambda: intake.read_card(desk, text), self._card_read, show_trouble)
        return True

    def open(self, code: str) -> None:
        """Do what was taken in with F2: its papers stand in the table, F9 fills the book."""
        desk = self.desk
        jobs.run(self, lambda: progress.show_dossier(desk, code), self._taken_in, show_trouble)

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
        self._code = dossier.code
        self.kinds.setCurrentRow(codes.index(dossier.procedure_code))
        self.person.show_applicant(dossier.applicant)
        self.papers.add(certify.papers_of(dossier))
        self._show_sum()
        words = _("Hồ sơ {code} đã tiếp nhận ở F2: F9 ghi sổ và trả.").format(code=dossier.code)
        say(self.of_dossier, words)
        self._allow_person()
        self.done.setFocus()

    def _allow_person(self) -> None:
        """The citizen and the kind of work of what was taken in before stand fast."""
        self.person.allow(not self._code)
        self.kinds.setEnabled(not self._code)

    def _name_changed(self) -> None:
        if self._told:  # the next citizen: nothing of the one before stays
            self._show_sum()

    def _name_left(self, name: str) -> None:
        if _CODE.fullmatch(name):
            self.open(name)

    def _card_read(self, reading: CardReading) -> None:
        if self._code:
            self._empty()  # another citizen has come
        self.person.show_card(reading)
        if reading.warnings:
            notices.warn(reading.warnings[0])
        self.papers.paper.setFocus()

    # --- the sum ----------------------------------------------------------------------------------

    def _show_sum(self) -> None:
        kind, papers = self.kind, self.papers.all()
        if papers or self.person.name.text():
            self._told = ""
        if kind is not None and not self._told:  # what was just done stays until the next citizen
            self.sum.show_sum(kind, papers, self.desk.now().year)

    # --- the one key ------------------------------------------------------------------------------

    def press_done(self) -> None:
        """Take in, write into the book and return; what is wrong stands beside its field."""
        desk, kind = self.desk, self.kind
        if kind is None:
            return
        request = Request(
            procedure=kind.version.code,
            applicant=self.person.applicant(),
            papers=self.papers.all(),
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
        self.sum.show_done(done.fee, self._told)
        if request.code:  # its intake was right: it is undone step by step on its own page
            notices.say(self._told, _("Mở hồ sơ"), lambda: self.shell.open_dossier(code))
        else:
            notices.undoable(self._told, partial(self._take_back, request, code, self._told))
        cues.now(Moment.THANKS, code)
        citizen_events.returned(code)
        self.refresh()
        self.person.name.setFocus()

    def _take_back(self, request: Request, code: str, said: str) -> None:
        desk = self.desk
        jobs.run(
            self,
            lambda: certify.take_back(desk, code, JUST_DONE),
            lambda _cancelled: self._taken_back(request, said),
            show_trouble,
        )

    def _taken_back(self, request: Request, said: str) -> None:
        """Put what was certified wrongly into the fields again, unless somebody else is there."""
        notices.say(_("Đã hoàn tác: {done}").format(done=said))
        self._told = ""
        if not (self.person.name.text().strip() or self.papers.all()):
            self.person.show_applicant(request.applicant)
            self.note.setText(request.note)
            self.papers.add(request.papers)
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
            "name": self.person.name,
            "id_number": self.person.id_number,
            "papers": self.papers.paper,
            "note": self.note,
            "signer": self.signer,
        }
        for field, error in self.errors.items():
            message = next((one.message for one in refusals if one.field == field), "")
            say(error, message)
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
