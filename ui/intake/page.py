"""The intake page: card or keys, procedure, papers, the date; read back; one key accepts and prints."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions import intake
from cchc_desk.actions.intake import CardReading, PromisePreview
from cchc_desk.desk import Desk
from cchc_desk.domain.dossier import Dossier
from cchc_desk.domain.listing import DossierRow
from cchc_desk.domain.procedure import Channel
from cchc_desk.errors import DeskError, Refused
from ui import background, notices, words
from ui.intake.form import IntakeForm, from_json, to_intake, to_json
from ui.intake.person_panel import PersonPanel
from ui.intake.procedure_panel import ProcedurePanel
from ui.look import texts
from ui.page import Page
from ui.shell import Shell

DRAFT_MS = 400  # after a pause in typing; at the latest DRAFT_LATEST_MS after the first change
DRAFT_LATEST_MS = 800
PREVIEW_MS = 200
_CHANNELS = {Channel.DIRECT: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POST: "Bưu chính"}


class IntakePage(Page):
    """Three columns read from left to right as the clerk works; the date and the one key stay at the foot."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(desk, shell)
        self.person = PersonPanel(desk.now().year)
        self.procedure = ProcedurePanel(desk)
        self._promise_fields()
        self._foot()
        self._question()
        self._lay_out()
        self._timers()
        self._preview: PromisePreview | None = None
        self._asked = 0
        self._restoring = False
        self._reading_back = False
        self._connect()
        self._load_draft()

    # --- building --------------------------------------------------------------------------------------------------

    def _promise_fields(self) -> None:
        self.channel = QComboBox()
        for channel, name in _CHANNELS.items():
            self.channel.addItem(name, channel.value)
        self.channel.setAccessibleName("Hình thức nộp")
        self.sets = QSpinBox()
        self.sets.setRange(1, intake.MOST_SETS)
        self.sets.setAccessibleName("Số bộ hồ sơ")
        self.note = QPlainTextEdit()
        self.note.setAccessibleName("Ghi chú")
        self.note.setTabChangesFocus(True)
        self.note.setMaximumHeight(70)
        self.received_day = QLineEdit()
        self.received_day.setPlaceholderText("ngày, để trống: hôm nay")
        self.received_day.setAccessibleName("Ngày nhận giấy tờ")
        self.received_time = QLineEdit()
        self.received_time.setPlaceholderText("giờ, ví dụ 14:05")
        self.received_time.setAccessibleName("Giờ nhận giấy tờ")
        self.errors = {name: texts.words("", "error") for name in ("sets", "note", "received")}
        self.walk = QListWidget()
        self.walk.setAccessibleName("Cách tính ngày hẹn")
        self.walk.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.walk.setWordWrap(True)
        self.walk.setMinimumHeight(120)
        self.walk.hide()

    def _foot(self) -> None:
        self.due = texts.words("Chọn thủ tục để có ngày hẹn", "big")
        self.provisional = texts.words("", "warning")
        self.read_back = texts.words("")
        self.accept_button = texts.button("Tiếp nhận và in", self.press_accept, "F9", self, "primary")
        self.explain_button = texts.button("Giải thích ngày", self.toggle_walk, "F8", self)
        self.clear_button = texts.button("Làm trang mới", self.start_anew, "Ctrl+N", self)

    def _question(self) -> None:
        """Asked when a card arrives while somebody else stands on the page: nothing is overwritten silently."""
        self.question = texts.card()
        self.question_text = texts.words("", "warning")
        row = QHBoxLayout(self.question)
        row.addWidget(self.question_text, 1)
        row.addWidget(texts.button("Thay chủ hồ sơ", self._replace_owner, "Alt+1", self))
        row.addWidget(texts.button("Là người nộp thay", self._take_as_submitter, "Alt+2", self))
        row.addWidget(texts.button("Bỏ qua", self._drop_card, "Alt+3", self))
        self.question.hide()
        self._waiting_card: CardReading | None = None

    def _lay_out(self) -> None:
        columns = QWidget()
        row = QHBoxLayout(columns)
        row.setContentsMargins(12, 10, 12, 6)
        row.setSpacing(16)
        row.addWidget(self.person, 10)
        row.addWidget(self.procedure, 13)
        row.addWidget(self._promise_column(), 8)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.question)
        page.addWidget(texts.scrolled(columns), 1)
        page.addWidget(self._foot_card())

    def _promise_column(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(texts.words("3. Hẹn – hình thức, số bộ, ghi chú", "section"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow("Hình thức nộp", self.channel)
        form.addRow("Số bộ", self.sets)
        form.addRow(self.errors["sets"])
        form.addRow("Ghi chú", self.note)
        form.addRow(self.errors["note"])
        form.addRow(texts.words("Nhập muộn (nhận trên giấy trước đó)", "quiet"))
        form.addRow("Ngày nhận", self.received_day)
        form.addRow("Giờ nhận", self.received_time)
        form.addRow(self.errors["received"])
        for label in self.errors.values():
            label.hide()
        column.addLayout(form)
        column.addWidget(self.walk, 1)
        column.addStretch(1)
        return box

    def _foot_card(self) -> QWidget:
        foot = texts.card()
        row = QHBoxLayout(foot)
        row.setContentsMargins(14, 8, 14, 8)
        left = QVBoxLayout()
        left.setSpacing(2)
        for label in (self.due, self.provisional, self.read_back):
            left.addWidget(label)
        self.provisional.hide()
        row.addLayout(left, 1)
        right = QVBoxLayout()
        right.addWidget(self.accept_button)
        small = QHBoxLayout()
        small.addWidget(self.explain_button)
        small.addWidget(self.clear_button)
        right.addLayout(small)
        row.addLayout(right)
        return foot

    def _timers(self) -> None:
        self._draft_soon = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._draft_latest = QTimer(self, singleShot=True, interval=DRAFT_LATEST_MS)
        self._preview_soon = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        for timer in (self._draft_soon, self._draft_latest):
            timer.timeout.connect(self._save_draft)
        self._preview_soon.timeout.connect(self._ask_preview)

    def _connect(self) -> None:
        self.person.edited.connect(self._edited)
        self.person.number_left.connect(self._look_person_up)
        self.procedure.edited.connect(self._edited)
        self.procedure.chosen.connect(self._ask_preview)
        self.channel.currentIndexChanged.connect(self._edited)
        self.sets.valueChanged.connect(self._edited)
        self.note.textChanged.connect(self._edited)
        for field in (self.received_day, self.received_time):
            field.textEdited.connect(self._edited)
            field.returnPressed.connect(self.focusNextChild)
        texts.shortcut(self, "Esc", self._back)

    # --- the page --------------------------------------------------------------------------------------------------

    def shown(self) -> None:
        if self.focusWidget() is None or self.form().is_empty:
            self.person.fields["name"].setFocus()
        self._ask_preview()

    def official_changed(self) -> None:
        """Each clerk types a form of their own: the one before keeps theirs as a draft."""
        self._load_draft()

    def leaving(self) -> None:
        if self._draft_soon.isActive() or self._draft_latest.isActive():
            self._save_draft()

    def form(self) -> IntakeForm:
        """What stands on the page."""
        form = self.procedure.read(self.person.read(IntakeForm()))
        return replace(
            form,
            channel=self.channel.currentData(),
            sets=self.sets.value(),
            note=self.note.toPlainText(),
            received_day=self.received_day.text(),
            received_time=self.received_time.text(),
        )

    def show_form(self, form: IntakeForm) -> None:
        """Puts a form on the page (a draft that came back, or an empty one)."""
        self._restoring = True
        self._stop_reading_back()
        self.person.show_form(form)
        self.channel.setCurrentIndex(self.channel.findData(form.channel))
        self.sets.setValue(form.sets)
        self.note.setPlainText(form.note)
        self.received_day.setText(form.received_day)
        self.received_time.setText(form.received_time)
        self._show_errors(())
        if form.procedure:
            self._show_procedure(form)
        else:
            self.procedure.clear()
        self._restoring = False
        self._ask_preview()

    def _show_procedure(self, form: IntakeForm) -> None:
        from cchc_desk.actions import catalogue

        desk, code = self.desk, form.procedure
        self.procedure.limit.setEditText(form.limit)

        def found(versions: tuple[Any, ...]) -> None:
            if versions:
                self.procedure.set_version(versions[0])
                self.procedure.list.hide()
                self.procedure.papers.ticks.fill(form.ticks)
                self.procedure.limit.setEditText(form.limit)
                self._ask_preview()

        background.run(self, lambda: catalogue.find_procedures(desk, code), found)

    def _edited(self) -> None:
        if self._restoring:
            return
        self._stop_reading_back()
        self._draft_soon.start()
        if not self._draft_latest.isActive():
            self._draft_latest.start()
        self._preview_soon.start()

    # --- the draft -------------------------------------------------------------------------------------------------

    def _save_draft(self) -> None:
        self._draft_soon.stop()
        self._draft_latest.stop()
        desk, form = self.desk, self.form()
        if desk.official is None:
            return
        background.run(self, lambda: intake.save_draft(desk, to_json(form)), lambda _: None)

    def _load_draft(self) -> None:
        desk = self.desk
        background.run(self, lambda: intake.load_draft(desk), self._draft_loaded, lambda _: None)

    def _draft_loaded(self, data: dict[str, Any] | None) -> None:
        form = from_json(data) if data else IntakeForm()
        self.show_form(form)
        if not form.is_empty:
            notices.say("Đã khôi phục phần đang gõ dở.", "Bỏ, làm trang mới", self.start_anew)

    def start_anew(self) -> None:
        """An empty page; what stood there can be brought back."""
        before = self.form()
        self.show_form(IntakeForm())
        self._save_draft()
        self.person.fields["name"].setFocus()
        if not before.is_empty:
            notices.say("Đã làm trang mới.", "Hoàn tác", lambda: self.show_form(before))

    # --- the card --------------------------------------------------------------------------------------------------

    def scanned(self, text: str) -> bool:
        if "|" not in text:
            return False
        desk = self.desk
        background.run(
            self, lambda: intake.read_card(desk, text), self._card_read, lambda no: notices.trouble(no.message)
        )
        return True

    def _card_read(self, reading: CardReading) -> None:
        number, name = (self.person.fields[key].text().strip() for key in ("id_number", "name"))
        same = number == reading.card.id_number
        if same or not (number or name):
            self._take_as_owner(reading)
            return
        self._waiting_card = reading
        self.question_text.setText(f"Vừa quét thẻ của {reading.card.name}. Trang này đang có {name or number}.")
        self.question.show()

    def _take_as_owner(self, reading: CardReading) -> None:
        self.person.fill_from_card(reading)
        if reading.card.born is None and reading.card.born_text:
            self.note.appendPlainText(f"Năm sinh trên thẻ: {reading.card.born_text}")
        self.procedure.search.setFocus()
        self.procedure.search.selectAll()

    def _replace_owner(self) -> None:
        if self._waiting_card:
            self._take_as_owner(self._waiting_card)
        self._drop_card()

    def _take_as_submitter(self) -> None:
        if self._waiting_card:
            self.person.fill_submitter(self._waiting_card)
        self._drop_card()

    def _drop_card(self) -> None:
        self._waiting_card = None
        self.question.hide()

    def _look_person_up(self) -> None:
        desk, number = self.desk, self.person.fields["id_number"].text()
        background.run(self, lambda: intake.open_dossiers_of(desk, number), self._person_known)

    def _person_known(self, rows: tuple[DossierRow, ...]) -> None:
        self.person.show_open_dossiers(rows)

    # --- the date --------------------------------------------------------------------------------------------------

    def _ask_preview(self) -> None:
        form, desk = self.form(), self.desk
        if not form.procedure or desk.official is None:
            self._show_preview(None)
            return
        self._asked += 1
        asked = self._asked
        background.run(
            self,
            lambda: _preview(desk, form),
            lambda preview: self._show_preview(preview) if asked == self._asked else None,
            lambda no: self._no_preview(no) if asked == self._asked else None,
        )

    def _no_preview(self, no: DeskError) -> None:
        self._show_preview(None)
        if isinstance(no, Refused) and no.field:
            self._show_errors([no])

    def _show_preview(self, preview: PromisePreview | None) -> None:
        self._preview = preview
        due = preview.due if preview else None
        if preview:
            self._show_errors(())
            self.procedure.show_preview(preview)
        waiting = "Hãy xác nhận thời hạn để có ngày hẹn" if preview else "Chọn thủ tục để có ngày hẹn"
        self.due.setText(f"Hẹn trả {words.moment_text(due.moment)}" if due else waiting)
        self.provisional.setText(
            "Tạm tính: lịch nghỉ của năm này chưa được công bố." if due and due.provisional else ""
        )
        self.provisional.setVisible(bool(due and due.provisional))
        self.walk.clear()
        for step in due.walk if due else ():
            self.walk.addItem("  ·  ".join(words.walk_line(step)))
        self._show_read_back()

    def toggle_walk(self) -> None:
        """Unfolds the walk that explains the date, or folds it away."""
        self.walk.setVisible(self.walk.isHidden() and self.walk.count() > 0)

    def _show_read_back(self) -> None:
        form = self.form()
        if self._preview is None or self._preview.due is None or not form.name.strip():
            self.read_back.setText("")
            return
        self.read_back.setText(read_back(form, self.procedure.name.text(), words.moment_text(self._preview.due.moment)))

    # --- accepting -------------------------------------------------------------------------------------------------

    def press_accept(self) -> None:
        """F9 once checks and reads back; F9 again accepts. The button waits while the desk writes."""
        try:
            wanted = to_intake(self.form(), self.desk.now())
        except Refused as no:
            self._show_errors([no])
            return
        self.accept_button.setEnabled(False)
        desk = self.desk
        if self._reading_back:
            background.run(self, lambda: intake.accept_dossier(desk, wanted), self._accepted, self._not_accepted)
        else:
            background.run(self, lambda: _checked(desk, wanted), self._checked, self._not_accepted)

    def _checked(self, answer: tuple[tuple[Refused, ...], tuple[str, ...]]) -> None:
        problems, warnings = answer
        self.accept_button.setEnabled(True)
        self._show_errors(problems)
        self.person.show_warnings(warnings)
        if problems:
            return
        self._reading_back = True
        self._show_read_back()
        texts.role(self.read_back, "section")
        self.accept_button.setText("Đúng, tiếp nhận và in  ·  F9")
        self.accept_button.setFocus()
        notices.say("Đọc lại cho công dân nghe, rồi F9 một lần nữa. Esc để sửa.")

    def _stop_reading_back(self) -> None:
        if self._reading_back:
            self._reading_back = False
            texts.role(self.read_back, "")
            self.accept_button.setText("Tiếp nhận và in  ·  F9")

    def _back(self) -> None:
        if self._waiting_card:
            self._drop_card()
        elif self._reading_back:
            self._stop_reading_back()
            self.person.fields["name"].setFocus()
        elif not self.walk.isHidden():
            self.walk.hide()

    def _accepted(self, dossier: Dossier) -> None:
        self.accept_button.setEnabled(True)
        for timer in (self._draft_soon, self._draft_latest, self._preview_soon):
            timer.stop()
        self.show_form(IntakeForm())
        self.person.fields["name"].setFocus()
        notices.say(f"Đã tiếp nhận {dossier.code}, hẹn trả {words.moment_text(dossier.due)}.")
        self.shell.preview(dossier.code, "receipt")

    def _not_accepted(self, error: DeskError) -> None:
        self.accept_button.setEnabled(True)
        self._stop_reading_back()
        if isinstance(error, Refused) and error.field:
            self._show_errors([error])
        else:
            notices.trouble(error.message, self.press_accept)

    def _show_errors(self, problems: Iterable[Refused]) -> None:
        """Each sentence beside its field; the focus goes to the first."""
        by_field = {str(no.field): no.message for no in reversed(list(problems))}
        for name in self.person.fields:
            self.person.show_error(name, by_field.get(name, ""))
        for name in self.procedure.errors:
            self.procedure.show_error(name, by_field.get(name, ""))
        for name, label in self.errors.items():
            label.setText(by_field.get(name, ""))
            label.setVisible(name in by_field)
        places = self._places()
        first = next((places[name] for name in places if name in by_field), None)
        if first is not None:
            first.setFocus()
        for name in by_field.keys() - places.keys():
            notices.trouble(by_field[name])

    def _places(self) -> dict[str, QWidget]:
        """Field name of a refusal -> where it is typed, in reading order."""
        return {
            **self.person.fields,
            "procedure": self.procedure.search,
            "limit": self.procedure.limit,
            "papers": self.procedure.papers,
            "sets": self.sets,
            "note": self.note,
            "received": self.received_time,
        }


def read_back(form: IntakeForm, procedure: str, due: str) -> str:
    """The sentence the clerk reads to the citizen before saving."""
    address = {"Nam": "Ông ", "Nữ": "Bà "}.get(form.sex, "Ông/Bà ") if form.kind == "person" else ""
    papers = sum(tick.ticked for tick in form.ticks)
    by = f" (người nộp: {form.submitter_name})" if form.submitter_name else ""
    return f"{address}{form.name}{by} nộp «{procedure}», {papers} loại giấy tờ, {form.sets} bộ, hẹn trả {due}."


def _preview(desk: Desk, form: IntakeForm) -> PromisePreview:
    wanted = to_intake(replace(form, born=""), desk.now())
    return intake.preview_promise(desk, form.procedure, wanted.channel, wanted.limit, wanted.received)


def _checked(desk: Desk, wanted: intake.Intake) -> tuple[tuple[Refused, ...], tuple[str, ...]]:
    return intake.check_intake(desk, wanted), intake.warnings_for(desk, wanted)
