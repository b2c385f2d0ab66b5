"""One dossier: the promise in time, the person and papers, the acts, the whole history."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.domain.dossiers.dossier import Dossier, Letter, LetterKind, PaperCount
from cchc_desk.domain.law.procedure import count_names
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from ui import formatting
from ui.courtesy import cues
from ui.dossiers import acts
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.display.timeline import Mark, Timeline

_NARROW_LETTERS = 112  # as the intake page


class DossierPage(Page):
    """Page of one dossier, opened by code; an act that is not allowed explains why."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.view: DossierView | None = None
        self.code = ""
        self.title = texts.words("", "title")
        self.due = texts.words("", "big")
        self.state = texts.words("", "quiet")
        self.timeline = Timeline()
        self.walk = QListWidget()
        self.walk.setAccessibleName(_("Cách tính ngày hẹn"))
        self.walk.hide()
        self.history = QListWidget()
        self.history.setAccessibleName(_("Lịch sử hồ sơ"))
        self.history.setWordWrap(True)
        self.person, self.papers, self.letters, self.answers = (texts.words() for _ in range(4))
        self.buttons: dict[str, QPushButton] = {}
        self.reasons = texts.words("", "quiet")
        self._lay_out()
        texts.shortcut(self, "F8", self.toggle_walk)
        texts.shortcut(self, "Esc", shell.back)

    def _lay_out(self) -> None:
        inside = QWidget()
        self._whole = QVBoxLayout(inside)
        self._whole.setContentsMargins(16, 12, 16, 10)
        self._left = self._make_left()
        row = self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(16)
        row.addLayout(self._left, 3)
        row.addLayout(self._right(), 2)
        self._whole.addLayout(row, 1)
        self._is_narrow = False
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        self._area = texts.scrolled(inside)
        page.addWidget(self._area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the acts between the promise and the rest where the screen is narrow."""
        narrow = self.width() < self.fontMetrics().averageCharWidth() * _NARROW_LETTERS
        if narrow is not self._is_narrow:
            self._is_narrow = narrow
            directions = QBoxLayout.Direction
            self._columns.setDirection(directions.BottomToTop if narrow else directions.LeftToRight)
            self._place_facts(1 if narrow else 2)  # an e-mail address does not wrap
            for number, label in enumerate((self.title, self.due, self.state)):
                (self._whole if narrow else self._left).insertWidget(number, label)
        super().resizeEvent(event)

    def _make_left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        for widget in (self.title, self.due, self.state, self.timeline):
            column.addWidget(widget)
        column.addWidget(texts.button(_("Giải thích ngày hẹn"), self.toggle_walk, "F8"))
        column.addWidget(self.walk, 1)
        column.addLayout(self._facts())
        column.addWidget(texts.words(_("Lịch sử (sổ cái)"), "section"))
        column.addWidget(self.history, 2)
        texts.lines(self.history, 7)
        return column

    def _facts(self) -> QGridLayout:
        self._grid_of_facts = QGridLayout()
        self._grid_of_facts.setHorizontalSpacing(16)
        self._facts_shown = [
            (texts.words(heading, "section"), label)
            for heading, label in (
                (_("Chủ hồ sơ"), self.person),
                (_("Giấy tờ nộp"), self.papers),
                (_("Thư xin lỗi"), self.letters),
                (_("Trách nhiệm"), self.answers),
            )
        ]
        self._place_facts(2)
        return self._grid_of_facts

    def _place_facts(self, columns: int) -> None:
        grid = self._grid_of_facts
        for number, parts in enumerate(self._facts_shown):
            row, column = number // columns * 2, number % columns
            for under, part in enumerate(parts):
                grid.removeWidget(part)
                grid.addWidget(part, row + under, column, Qt.AlignmentFlag.AlignTop)
        for column in range(2):
            grid.setColumnStretch(column, 1 if column < columns else 0)

    def _grid(self, group: acts.ActGroup) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(6)
        cells: dict[str, QHBoxLayout] = {}  # what ends an act shares the cell of what begins it
        for act in group.acts:
            cell = cells.setdefault(acts.ENDS.get(act.name, act.name), QHBoxLayout())
            made = texts.button(_(act.words), partial(self.act, act.name), act.key, self)
            self.buttons[act.name] = made
            cell.addWidget(made)
        for number, cell in enumerate(cells.values()):
            grid.addLayout(cell, number // 2, number % 2)
            grid.setColumnStretch(number % 2, 1)
        return grid

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(texts.words(_("Làm được bây giờ"), "section"))
        for group in acts.GROUPS:
            column.addWidget(texts.words(_(group.heading), "quiet"))
            column.addLayout(self._grid(group))
        column.addWidget(self.reasons)
        column.addStretch(1)
        return column

    # --- showing ----------------------------------------------------------------------------------

    def open(self, code: str) -> None:
        self.code = code
        self.refresh()

    def showing(self) -> str:
        return self.code

    def shown(self) -> None:
        if self.code:
            self.refresh()

    def official_changed(self) -> None:
        if self.code:
            self.refresh()

    def refresh(self) -> None:
        """Asks for the dossier as it is now."""
        desk, code = self.desk, self.code
        jobs.run(self, lambda: progress.show_dossier(desk, code), self._show, self._unknown)

    def _unknown(self, error: DeskError) -> None:
        notices.trouble(error.message)
        self.code = ""
        self.shell.open_page("dossiers")

    def _show(self, view: DossierView) -> None:
        self.view, dossier = view, view.dossier
        cues.about(view)
        self.code = dossier.code
        self.title.setText(f"{dossier.code} · {dossier.applicant.name} · {dossier.procedure_name}")
        again = _(" (hẹn lại)") if dossier.second_due else ""
        doubt = _(" · tạm tính") if dossier.first.provisional else ""
        self.due.setText(
            _("Đã hủy do nhập sai")
            if dossier.cancelled
            else _("Hẹn trả {due}{again}{doubt}").format(
                due=formatting.moment_text(dossier.due), again=again, doubt=doubt
            )
        )
        self.state.setText(" · ".join([formatting.state(view.row), *_standing(view)]))
        texts.role(
            self.state,
            "error" if view.row.late or view.row.letters_owed or view.problems else "quiet",
        )
        stood = [(p.began, p.ended or view.row.now) for p in dossier.pauses if p.stops_clock]
        self.timeline.show_marks(_marks(view), stood)
        self.person.setText(_person(dossier))
        self.papers.setText(_papers(dossier))
        self.letters.setText(
            "\n".join(_letter(letter) for letter in dossier.letters) or _("Chưa có.")
        )
        self.answers.setText(_answers(view))
        self.walk.clear()
        for step in view.walk:
            self.walk.addItem("  ·  ".join(formatting.walk_line(step)))
        self.history.clear()
        for line in view.history:
            entered = (
                _(" (ghi lúc {entered})").format(entered=formatting.short(line.entered))
                if line.entered != line.at
                else ""
            )
            self.history.addItem(
                f"{formatting.short(line.at)}{entered}  ·  {line.words}  ·  {line.official_name}"
            )
        self._show_acts(view)

    def _show_acts(self, view: DossierView) -> None:
        for act, made in self.buttons.items():
            texts.allow(made, view.allowed[act])
        for begin in acts.ENDS.values():
            self.buttons[begin].show()
        for end, begin in acts.ENDS.items():
            if view.allowed[end] is None:
                self.buttons[begin].hide()
            self.buttons[end].setVisible(view.allowed[end] is None)
        self.reasons.setText(
            "\n".join(
                f"{_(acts.ACTS[name].words)}: {view.allowed[name]}"
                for name in ("ready", "return")
                if view.allowed[name] and not view.dossier.returned
            )
        )
        first = next((made for made in self.buttons.values() if made.isEnabled()), self.history)
        first.setFocus()
        QTimer.singleShot(
            0, self, lambda: self._area.verticalScrollBar().setValue(0)
        )  # what it is, before what to do

    def toggle_walk(self) -> None:
        """Unfolds the walk that explains the first promise, or folds it away."""
        self.walk.setVisible(self.walk.isHidden())

    # --- acts -------------------------------------------------------------------------------------

    def act(self, name: str) -> None:
        """Do the act of this name on the dossier shown."""
        if self.view is not None:
            acts.ACTS[name].do(self, self.view.dossier)


def _standing(view: DossierView) -> list[str]:
    """Phrases on pause, holder, place and broken promises."""
    dossier, row = view.dossier, view.row
    phrases = (
        [_("tạm dừng: {reason}").format(reason=dossier.open_pause.reason)]
        if dossier.open_pause
        else []
    )
    if dossier.moves:
        phrases.append(
            _("lời hẹn in trên giấy: {due}").format(due=formatting.short(dossier.first.due))
        )
    phrases += (
        [_("{holder_name} giữ").format(holder_name=row.holder_name)]
        if dossier.finished is None and not dossier.cancelled
        else []
    )
    phrases += [_("để tại {place}").format(place=dossier.place)] if dossier.place else []
    return [*phrases, *(f"✗ {problem}" for problem in view.problems)]


def _marks(view: DossierView) -> list[Mark]:
    dossier, row = view.dossier, view.row
    marks = [Mark(dossier.accepted, _("nhận")), Mark(dossier.first_due, _("hẹn trả"), row.late)]
    if dossier.second_due:
        marks.append(Mark(dossier.second_due, _("hẹn lại")))
    for pause in dossier.pauses:
        marks += [
            Mark(pause.began, _("tạm dừng")),
            *([Mark(pause.ended, _("đi tiếp"))] if pause.ended else []),
        ]
    ends = (
        (dossier.ready, _("có kết quả")),
        (dossier.ended, _(formatting.STATUS[dossier.status]).lower()),
        (dossier.returned, _("đã trả")),
    )
    for at, word in ends:
        if at:
            marks.append(Mark(at, word))
    if dossier.closed is None:
        marks.append(Mark(row.now, _("bây giờ")))
    return marks


def _person(dossier: Dossier) -> str:
    who, by = dossier.applicant, dossier.submitter
    lines = [
        who.name,
        who.id_number,
        f"{who.born:%d/%m/%Y} {who.sex}" if who.born else who.sex,
        who.address,
    ]
    lines += [
        who.phone,
        who.email,
        who.representative
        and _("Đại diện: {representative}").format(representative=who.representative),
    ]
    lines += (
        [_("Người nộp: {name} {relation}").format(name=by.name, relation=by.relation).strip()]
        if by
        else []
    )
    lines += [dossier.note and _("Ghi chú: {note}").format(note=dossier.note)]
    lines += [
        dossier.returned_to
        and _("Đã trả cho: {returned_to}").format(returned_to=dossier.returned_to)
    ]
    return "\n".join(line for line in lines if line)


def _papers(dossier: Dossier) -> str:
    names = count_names(dossier.field)
    return "\n".join(f"• {paper.name}: {_counts(paper, names)}" for paper in dossier.papers) or _(
        "Không có."
    )


def _counts(paper: PaperCount, names: tuple[str, str, str]) -> str:
    counts = zip(map(_, names), (paper.original, paper.certified, paper.copy), strict=True)
    return ", ".join(f"{name.lower()} {count}" for name, count in counts if count)


def _answers(view: DossierView) -> str:
    """Officials found responsible for lateness, and their answers."""
    fixed = view.dossier.responsibility
    if fixed is None:
        return _("Chưa xác định.") if view.row.late else _("Không trễ hẹn.")
    fault = {
        True: _("do lỗi cá nhân"),
        False: _("không do lỗi cá nhân"),
        None: _("chưa kết luận lỗi"),
    }[fixed.own_fault]
    over = _(", quá {over} phút làm việc").format(over=fixed.over) if fixed.over else ""
    objection = (
        _("\nÝ kiến: {objection}").format(objection=fixed.objection) if fixed.objection else ""
    )
    return f"{view.responsible or _('Chưa rõ người')}: {fault}{over}{objection}"


def _letter(letter: Letter) -> str:
    number = letter.number_text or _("chưa có số")
    again = (
        _(", hẹn lại {new_due}").format(new_due=formatting.short(letter.new_due))
        if letter.new_due
        else ""
    )
    about = _("sai sót – ") if letter.kind is LetterKind.MISTAKE else ""
    to = (
        _(" ({delivered_to} nhận)").format(delivered_to=letter.delivered_to)
        if letter.delivered_to
        else ""
    )
    return f"• {number} – {about}{_(formatting.LETTER[letter.state])}{to}{again}: {letter.reason}"
