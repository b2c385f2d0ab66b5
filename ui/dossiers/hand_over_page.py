"""Bàn giao nhiều hồ sơ: scan folder after folder, choose the receiver, hand all over by one key."""

from functools import partial

from PySide6.QtWidgets import QFormLayout, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.dossiers import progress, receivers, steps, take_back
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.dossiers.receivers import Receivers
from cchc_desk.actions.dossiers.take_back import JUST_DONE
from cchc_desk.actions.papers import registers
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.people.officials import ROLE_NAMES
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk, Sight
from ui.documents.printing import Paper
from ui.dossiers.rows import HOLDER, STATE, DossierTable
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.navigation import Shell
from ui.shell.page import Page
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.error_row import when_changed
from ui.widgets.layout.columns import Columns
from ui.widgets.layout.flow import Flow
from ui.widgets.layout.room import is_very_low, with_foot

_LINES, _LINES_LOW = 6, 3.5  # of the table, at least


class HandOverPage(Page):
    """Folders in hand, and to whom and for which step; all are handed over or none."""

    def __init__(self, desk: Desk, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(desk, shell, parent)
        self.rows: dict[str, DossierRow] = {}
        self._seen = desk.sight()
        self._preset: str | None = None  # who was offered, not chosen by hand
        self.code = QLineEdit()
        self.code.setPlaceholderText(_("quét mã vạch trên giấy, hoặc gõ mã rồi Enter"))
        self.table = DossierTable(later("Hồ sơ sẽ bàn giao"), least_needed=(HOLDER, STATE))
        self.table.opened.connect(shell.open_dossier)
        self.count = texts.words("", "section")
        self.to = texts.narrow(ComboBox())
        self.step, self.agency, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.step.setPlaceholderText(_("để trống: bước tiếp theo của quy trình"))
        self.agency.setPlaceholderText(_("khi cơ quan khác giải quyết (liên thông)"))
        self.error = texts.words("", "error")
        for field in (self.code, self.to, self.step, self.agency, self.note):
            when_changed(field, self.error.clear)
        self._lay_out()
        self.code.returnPressed.connect(lambda: self.add(self.code.text()))
        texts.shortcut(self.table, "Del", self.drop, _("Bỏ dòng đang chọn"))
        texts.shortcut(self, "Esc", lambda: shell.open_page("dossiers"))

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        self.title = texts.words(_("Bàn giao nhiều hồ sơ"), "title")
        left.addWidget(self.title)
        left.addWidget(self.code)
        left.addWidget(self.error)  # nearly all of them are about a code
        left.addWidget(self.count)
        left.addWidget(self.table, 1)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for name, field in (
            (_("Bàn giao cho"), self.to),
            (_("Bước"), self.step),
            (_("Cơ quan khác"), self.agency),
            (_("Ghi chú"), self.note),
        ):
            field.setAccessibleName(name)
            form.addRow(name, field)
        self.code.setAccessibleName(_("Mã hồ sơ"))
        right = QVBoxLayout()
        right.addWidget(texts.words(_("Cho ai, làm gì"), "section"))
        right.addLayout(form)
        right.addStretch(1)
        columns = Columns()
        columns.add(left, 5)
        columns.add(right, 3)
        keys = Flow()
        keys.add(texts.button(_("Bàn giao và in giấy"), self.press, "F9", self, "primary", "print"))
        with_foot(self, columns, keys)

    def fit(self) -> None:
        """In a very low window who takes the folders is seen with the first of them."""
        is_low = is_very_low(self)
        texts.role(self.title, "section" if is_low else "title")
        lines = _LINES_LOW if is_low else _LINES
        self.table.setMinimumHeight(round(self.fontMetrics().lineSpacing() * lines))

    def shown(self) -> None:
        self._offer()
        self._show()
        self.code.setFocus()

    def official_changed(self) -> None:
        self._clear()
        self._show()

    def _offer(self) -> None:
        """Offers who usually takes these folders."""
        desk, codes = self.desk, list(self.rows)
        jobs.run(self, lambda: receivers.receivers(desk, codes), self._show_officials)

    def _show_officials(self, found: Receivers) -> None:
        chosen, preset = self.to.currentData(), self._preset
        self.to.blockSignals(True)
        self.to.clear()
        for official in found.officials:
            self.to.addItem(f"{official.name} – {_(ROLE_NAMES[official.role])}", official.id)
        # What was chosen by hand stays, what was offered follows the folders.
        known = self.to.findData(chosen) if chosen != preset else -1
        me = self.desk.official.id if self.desk.official else ""
        others = (at for at, official in enumerate(found.officials) if official.id != me)
        self.to.setCurrentIndex(next(others, 0) if known < 0 else known)
        if known < 0:
            self._preset = self.to.currentData()
        self.to.blockSignals(False)

    def scanned(self, text: str) -> bool:
        if "|" in text:
            return False
        self.add(text)
        return True

    def open(self, code: str) -> None:
        self.add(code)

    def add(self, code: str) -> None:
        """Add one more folder; an unknown code is reported and nothing is lost."""
        desk = self.desk
        if code.strip():
            jobs.run(self, lambda: progress.show_dossier(desk, code), self._added, self._refuse)

    def _added(self, view: DossierView) -> None:
        why = view.allowed["hand-over"]
        if why:
            self.error.setText(why)
        else:
            self.error.clear()
            self.rows[view.row.code] = view.row
            self._seen.see(view.row.code, view.row.last_entry)
            self._offer()
        self.code.setText("")  # unlike clear(), it leaves Ctrl+Z to what was just done
        self._show()

    def drop(self) -> None:
        """The folder under the cursor stays here; the cursor goes to the line after it."""
        row = self.table.currentIndex().row()
        code = self.table.current_code() or ""
        self.rows.pop(code, None)
        self._seen.leave(code)
        self._show()
        if self.rows:
            self.table.choose_row(min(row, len(self.rows) - 1))

    def _clear(self) -> None:
        self.rows.clear()
        self._seen = self.desk.sight()

    def _show(self) -> None:
        self.table.fill(tuple(self.rows.values()))
        count = len(self.rows)
        self.count.setText(
            _n("{n} hồ sơ. Delete bỏ dòng đang chọn.", count).format(n=count)
            if count
            else _("Chưa có hồ sơ nào.")
        )

    def press(self) -> None:
        """Passes all of them on, then shows the slip that both sign."""
        desk, codes, to = self.desk, list(self.rows), self.to.currentData()
        if not codes:
            self.error.setText(_("Hãy quét hoặc gõ mã ít nhất một hồ sơ."))
            return
        details = {
            "step_name": self.step.text(),
            "agency": self.agency.text(),
            "note": self.note.text(),
        }
        passing = desk.as_seen(self._seen, lambda: steps.hand_over(desk, codes, to, **details))
        jobs.run(self, passing, self._passed, self._refuse)

    def _refuse(self, error: DeskError) -> None:
        self.error.setText(error.message)
        self.code.selectAll()

    def _passed(self, dossiers: tuple[Dossier, ...]) -> None:
        codes = [dossier.code for dossier in dossiers]
        said = _n("Đã bàn giao {count} hồ sơ cho {receiver}.", len(codes)).format(
            count=len(codes), receiver=self.to.currentText()
        )
        left = self.desk.sight_of_own(codes)
        notices.undoable(said, lambda: self._take_back(codes, said, left))
        self._clear()
        for field in (self.step, self.agency, self.note):
            field.setText("")
        self.error.clear()
        self._show()
        make = partial(registers.hand_over_slip, self.desk, codes)
        self.shell.show_paper(Paper(_("Giấy bàn giao hồ sơ"), f"ban-giao-{codes[0]}", make))

    def _take_back(self, codes: list[str], said: str, left: Sight) -> None:
        desk = self.desk
        jobs.run(
            self,
            desk.as_seen(left, lambda: [take_back.undo(desk, code, JUST_DONE) for code in codes]),
            lambda _views: notices.say(_("Đã hoàn tác: {done}").format(done=said)),
        )
