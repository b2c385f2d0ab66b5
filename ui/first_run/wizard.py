"""The first run: a new desk in five steps, data that exist already, or the practice ward."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cchc_desk import paths
from cchc_desk.domain.people.officials import Role
from cchc_desk.errors import DeskError
from cchc_desk.i18n import _, later
from ui.first_run import plan
from ui.first_run.chooser import Chooser
from ui.first_run.existing_step import ExistingStep, volumes
from ui.first_run.plan import MadeDesk, TypedSetup
from ui.first_run.sheet_step import SheetStep
from ui.first_run.steps import DeskStep, PeopleStep
from ui.look import texts
from ui.shell import jobs
from ui.shell.entry.appearance_line import AppearanceLine
from ui.widgets.fields.error_row import ErrorRows

if TYPE_CHECKING:
    from cchc_desk.actions.data.new_desk import SetupFault
    from cchc_desk.session import Desk

_TITLES = (
    later("Tỉnh, thành phố"),
    later("Xã, phường, đặc khu"),
    later("Quầy"),
    later("Người dùng"),
    later("Xem lại"),
)
_PROVINCE, _COMMUNE, _DESK, _PEOPLE, _SUMMARY, _EXISTING, _SHEET = range(len(_TITLES) + 2)

_WIDEST, _HIGHEST = 110, 40  # letters and lines of a step


class Wizard(QWidget):
    """Five steps; Enter goes on, Esc goes back. `finished(folder)` once the desk is made."""

    finished = Signal(object)
    next_language = Signal()  # Ctrl+T at the first step, where nothing is lost by it

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.province: Any = None
        self.commune: Any = None
        self.steps = QStackedWidget()
        self.errors = ErrorRows()
        self.trouble = texts.words("", "error")
        self.title = texts.words("", "title")
        self.provinces = Chooser(_("Tỉnh, thành phố"))
        self.communes = Chooser(_("Xã, phường, đặc khu"))
        self.desk, self.people = DeskStep(), PeopleStep()
        self.summary = texts.words()
        self.existing = ExistingStep()
        self.sheet = SheetStep()
        self.sheet.wanted.connect(self.print_sheet)
        self.made: MadeDesk | None = None
        for step in (
            self.provinces,
            self.communes,
            texts.scrolled(self.desk),
            texts.scrolled(self.people),
            self._summary_step(),
            self.existing,
            texts.scrolled(self.sheet),
        ):
            self.steps.addWidget(step)
        for form in (self.desk, self.people):
            form.done.connect(self.go_on)
        self.provinces.picked.connect(self._province_picked)
        self.communes.picked.connect(self._commune_picked)
        self.existing.picked.connect(self.open_existing)
        self.existing.unlocked.connect(self.open_existing)
        self._lay_out()

    def _lay_out(self) -> None:
        page = self._page = QVBoxLayout(self)
        page.setContentsMargins(40, 24, 40, 20)
        page.addWidget(
            texts.words(_("Chào mừng đến với CCHC Desk – bàn một cửa của xã, phường"), "title")
        )
        self.invitation = QWidget()
        top = QHBoxLayout(self.invitation)
        top.setContentsMargins(0, 0, 0, 0)
        self.open = texts.button(
            _("Mở dữ liệu có sẵn hoặc bản sao"), self.show_existing, "F3", self, picture="dossiers"
        )
        self.practice = texts.button(
            _("Vào phường tập huấn"), self.enter_practice, "F10", self, picture="practice"
        )
        for door, about in (
            (self.open, _("Máy mới, hoặc quầy đã dùng CCHC Desk ở máy khác.")),
            (self.practice, _("Thử ngay: người giả, thủ tục thật, giấy tờ in dấu mờ.")),
        ):
            column = QVBoxLayout()
            column.addWidget(door)
            column.addWidget(texts.words(about, "quiet"))
            top.addLayout(column, 1)
        page.addWidget(self.invitation)
        self.new_desk = texts.words(_("Hoặc lập quầy mới, năm bước:"), "section")
        page.addWidget(self.new_desk)
        page.addWidget(self.title)
        page.addWidget(self.steps, 1)
        page.addWidget(self.trouble)
        row = QHBoxLayout()
        self.back = texts.button(_("Quay lại"), self.go_back, "Esc", self)
        self.next = texts.button(_("Tiếp tục"), self.go_on, "F9", self, "primary")
        self.next.setAutoDefault(True)  # Enter presses it, too, where it has the focus
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.next)
        page.addLayout(row)
        self.appearance_line = AppearanceLine(self, self.next_language.emit)
        page.addWidget(self.appearance_line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a wide screen all stands in the middle, no wider than is read with ease."""
        super().resizeEvent(event)
        metrics, size = self.fontMetrics(), event.size()
        beside = max(40, (size.width() - metrics.averageCharWidth() * _WIDEST) // 2)
        above = max(24, (size.height() - metrics.lineSpacing() * _HIGHEST) // 2)
        self._page.setContentsMargins(beside, above, beside, above - 4)

    def _summary_step(self) -> QWidget:
        step = QWidget()
        column = QVBoxLayout(step)
        column.addWidget(self.summary)
        column.addStretch(1)
        return texts.scrolled(step)

    # --- going through ----------------------------------------------------------------------------

    def begin(self) -> None:
        """Loads the provinces and shows the first step."""
        jobs.run(self, plan.provinces, self.provinces.offer)
        if paths.ward_file(self.folder).exists():
            self.desk.lie_on_server()
        else:
            jobs.run(self, plan.can_encrypt, self.desk.offer_encryption)
        self._show(0)

    def _show(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        beside = {
            _EXISTING: _("Mở dữ liệu có sẵn hoặc bản sao"),
            _SHEET: _("Phiếu khôi phục"),
        }
        self.title.setText(
            beside[step]
            if step in beside
            else _("Bước {step}/{steps} – {title}").format(
                step=step + 1, steps=len(_TITLES), title=_(_TITLES[step])
            )
        )
        doors = step == _PROVINCE and not self.desk.on_server  # they lead to other data
        self.invitation.setVisible(doors)
        self.new_desk.setVisible(doors)
        self.appearance_line.language_button.setVisible(step == _PROVINCE)
        self.trouble.clear()
        self.errors.clear()
        self.back.setEnabled(_PROVINCE < step < _SHEET)
        self.next.setEnabled(True)
        words = {_SUMMARY: _("Tạo quầy"), _EXISTING: _("Mở dữ liệu này"), _SHEET: _("Vào quầy")}
        self.next.setText(words.get(step, _("Tiếp tục")) + "  ·  F9")
        first: list[QWidget] = [
            self.provinces,
            self.communes,
            self.desk.unit_code,
            self.people.officials[Role.CLERK]["name"],
            self.next,
            self.existing.list,
            self.sheet.print,
        ]
        first[step].setFocus()

    def go_back(self) -> None:
        step = self.steps.currentIndex()
        if step > _PROVINCE and self.back.isEnabled():
            self._show(_PROVINCE if step == _EXISTING else step - 1)

    def go_on(self) -> None:
        """F9: picks, checks and goes on, and at the last step makes the desk."""
        todo: list[Callable[[], None]] = [
            self.provinces.pick,
            self.communes.pick,
            self._check,
            self._check,
            self.make_desk,
            self.existing.pick,
            self._enter_desk,
        ]
        todo[self.steps.currentIndex()]()

    def _province_picked(self, province: Any) -> None:
        if province != self.province:
            before = self.province.portal_code if self.province else None
            self.desk.suggest_unit(before, province.portal_code)
            self.province, self.commune = province, None
            code = province.code
            jobs.run(self, lambda: plan.communes(code), self.communes.offer)
        self._show(_COMMUNE)

    def _commune_picked(self, commune: object) -> None:
        self.commune = commune
        self._show(_DESK)

    # --- checking ---------------------------------------------------------------------------------

    def _read(self) -> TypedSetup:
        return TypedSetup(
            self.province.code, self.commune.code, self.desk.read(), self.people.read()
        )

    def _check(self) -> None:
        typed = self._read()
        jobs.run(self, lambda: plan.faults(typed), self._checked)

    def _checked(self, faults: "tuple[SetupFault, ...]") -> None:
        of_desk = [error for fault in faults if (error := self.desk.error_of(fault))]
        of_people = [error for fault in faults if (error := self.people.error_of(fault))]
        if of_desk:
            self._show(_DESK)
            self.errors.show(of_desk)
        elif not faults:
            self._summarise()
            self._show(_SUMMARY)
        elif self.steps.currentIndex() == _DESK:
            self._show(_PEOPLE)  # the desk stands; what is wrong is still to come
        else:
            self._show(_PEOPLE)
            self.errors.show(of_people)

    def _summarise(self) -> None:
        place = _("Ủy ban nhân dân {commune}, {province}").format(
            commune=self.commune.full_name, province=self.province.full_name
        )
        lines = (place, *self.desk.summary(), *self.people.summary())
        self.summary.setText("\n".join(lines))

    # --- making -----------------------------------------------------------------------------------

    def make_desk(self) -> None:
        """Makes the desk of what was typed and seen once more."""
        self._work(_("Đang tạo quầy…"))
        folder, typed = self.folder, self._read()
        jobs.run(self, lambda: plan.make_desk(folder, typed), self._show_sheet, self._not_made)

    def _show_sheet(self, made: MadeDesk) -> None:
        self.made = made
        self.sheet.show_code(made)
        self._show(_SHEET)

    def print_sheet(self) -> None:
        """The sheet in a preview, where it is printed or saved."""
        assert self.made is not None, "the step comes after the desk was made"
        folder = self.made.folder
        jobs.run(self, lambda: plan.open_made(folder), self._preview)

    def _preview(self, desk: "Desk") -> None:
        from ui.documents.printing import Paper, PreviewDialog

        assert self.made is not None, "the step comes after the desk was made"
        pdf = self.made.pdf
        paper = Paper(_("Phiếu khôi phục"), "phieu-khoi-phuc", lambda: pdf)
        dialog = PreviewDialog(desk, paper, self)
        dialog.finished.connect(lambda _result: desk.close())
        dialog.open()

    def _enter_desk(self) -> None:
        assert self.made is not None, "the step comes after the desk was made"
        self.finished.emit(self.made.folder)

    def _work(self, words: str) -> None:
        """Until the answer comes nothing can be pressed, and the screen says what is being done."""
        for key in (self.next, self.back, self.open, self.practice):
            key.setEnabled(False)
        self.next.setText(words)

    def show_existing(self) -> None:
        """Looks for data of a desk on this computer and its sticks."""
        folder, places = self.folder, volumes()
        self._show(_EXISTING)
        jobs.run(self, lambda: plan.existing_desks(folder, places), self.existing.offer)

    def open_existing(self, file: Path, code: str = "") -> None:
        """Copies the data in `file` to the folder of this desk."""
        self._work(_("Đang chép dữ liệu…"))
        folder = self.folder

        def failed(error: DeskError) -> None:
            self._not_made(error)
            if error.code in ("disk-key", "recovery-code"):
                self.existing.ask_code(file)

        jobs.run(self, lambda: plan.open_existing(file, folder, code), self.finished.emit, failed)

    def enter_practice(self) -> None:
        """Into the practice ward, made now where it does not exist yet."""
        self._work(_("Tiếp tục"))
        self.practice.setText(_("Đang dựng phường tập huấn…"))
        # Beside the desk, never inside it.
        folder = self.folder.with_name(f"{self.folder.name}-{paths.PRACTICE}")
        jobs.run(self, lambda: plan.make_practice_ward(folder), self.finished.emit, self._not_made)

    def _not_made(self, error: DeskError) -> None:
        for key in (self.open, self.practice):
            key.setEnabled(True)
        self.practice.setText(_("Vào phường tập huấn") + "  ·  F10")
        self._show(self.steps.currentIndex())
        self.trouble.setText(error.message)
