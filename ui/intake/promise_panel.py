"""Hẹn: channel, sets, note, fee, time of a late entry, code of the portal."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.intake.intake import MOST_SETS
from cchc_desk.domain.law.fees import Fee, FeeRule, money
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.i18n import _, _n, later
from ui.intake.form import IntakeForm
from ui.look import texts
from ui.widgets.fields import date_picker
from ui.widgets.fields.boxes import ComboBox, SpinBox
from ui.widgets.fields.date_field import read_day
from ui.widgets.fields.error_row import mark, when_changed
from ui.widgets.layout.optional_fields import OptionalFields

_CHANNELS = {
    Channel.DIRECT: later("Trực tiếp"),
    Channel.ONLINE: later("Trực tuyến"),
    Channel.POST: later("Bưu chính"),
}
_CODE_LETTERS = 23  # a code has 19, most of them wider than the average
_ERRORS = ("sets", "note", "received", "paper_receipt", "portal_code", "for_agency")


class PromisePanel(QWidget):
    """The third column. `edited` after every change, `channel_changed` with another limit."""

    edited = Signal()
    channel_changed = Signal()

    def __init__(self, this_year: int, page: QWidget) -> None:
        super().__init__()
        self.channel = ComboBox()
        for channel, name in _CHANNELS.items():
            self.channel.addItem(_(name), channel.value)
        self.sets = SpinBox()
        texts.spaced(self.sets)
        self.sets.setRange(1, MOST_SETS)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.received_day = QLineEdit()
        date_picker.offer(
            self.received_day,
            lambda: read_day(self.received_day.text(), this_year),
            self._received_picked,
        )
        self.received_day.setPlaceholderText(_("hôm nay"))
        self.received_time = QLineEdit()
        self.received_time.setPlaceholderText(_("ví dụ 14:05"))
        self.paper_receipt = QLineEdit()
        self.paper_receipt.setPlaceholderText(_("GT-…, khi đã đưa giấy in sẵn"))
        self.portal_code = QLineEdit()
        received = {
            "received_time": self.received_time,
            "received_day": self.received_day,
            "paper_receipt": self.paper_receipt,
        }
        self.late = OptionalFields(_("Nhập muộn"), _("Nhận ngay bây giờ"), "Alt+M", page, received)
        self.late.button.setToolTip(_("Giấy tờ đã nhận trên giấy, nay mới nhập"))
        portal = {"portal_code": self.portal_code}
        self.portal = OptionalFields(
            _("Hồ sơ từ Cổng"), _("Không phải của Cổng"), "Alt+C", page, portal
        )
        self.for_agency = QLineEdit()
        self.for_agency.setPlaceholderText(_("ví dụ UBND phường Cái Răng"))
        self.other = OptionalFields(
            _("Nhận thay nơi khác"),
            _("Hồ sơ của cơ quan này"),
            "Alt+X",
            page,
            {"for_agency": self.for_agency},
        )
        self.other.button.setToolTip(_("Thủ tục không phụ thuộc địa giới: nơi khác giải quyết"))
        self.fee = texts.words("", "section")
        self.fee_note = texts.words("", "quiet")
        self.errors = {name: texts.words("", "error") for name in _ERRORS}
        self._name()
        self._lay_out()
        self._connect()

    def _name(self) -> None:
        self.channel.setAccessibleName(_("Hình thức nộp"))
        self.sets.setAccessibleName(_("Số bộ hồ sơ"))
        self.note.setAccessibleName(_("Ghi chú"))
        self.received_day.setAccessibleName(_("Ngày nhận giấy tờ"))
        self.received_time.setAccessibleName(_("Giờ nhận giấy tờ"))
        self.paper_receipt.setAccessibleName(_("Số giấy hẹn in sẵn"))
        self.portal_code.setAccessibleName(_("Mã hồ sơ của Cổng"))
        self.for_agency.setAccessibleName(_("Cơ quan có thẩm quyền"))

    def _lay_out(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(texts.words(_("3. Hẹn – hình thức, số bộ, ghi chú"), "section"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(_("Hình thức"), self.channel)
        form.addRow(_("Số bộ"), self.sets)
        form.addRow(self.errors["sets"])
        form.addRow(_("Ghi chú"), self.note)
        form.addRow(self.errors["note"])
        column.addLayout(form)
        column.addWidget(self.fee)
        column.addWidget(self.fee_note)
        column.addWidget(self.late)
        self.late.form.addRow(_("Giờ nhận"), self.received_time)
        self.late.form.addRow(_("Ngày nhận"), self.received_day)
        self.late.form.addRow(_("Giấy in sẵn"), self.paper_receipt)
        column.addWidget(self.errors["received"])
        column.addWidget(self.errors["paper_receipt"])
        column.addWidget(self.portal)
        # A whole code is read at once, under its words where the column is narrow.
        texts.letters(self.portal_code, _CODE_LETTERS)
        self.portal.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.portal.form.addRow(_("Mã của Cổng"), self.portal_code)
        column.addWidget(self.errors["portal_code"])
        column.addWidget(self.other)
        self.other.form.addRow(_("Cơ quan"), self.for_agency)
        column.addWidget(self.errors["for_agency"])
        column.addStretch(1)
        texts.fitted(
            self.note, lambda: self.note.setMaximumHeight(self.note.fontMetrics().lineSpacing() * 4)
        )
        for hidden in (self.fee, self.fee_note, *self.errors.values()):
            hidden.hide()

    def _connect(self) -> None:
        self.channel.currentIndexChanged.connect(self.channel_changed)
        self.channel.currentIndexChanged.connect(self.edited)
        self.sets.valueChanged.connect(self.edited)
        self.note.textChanged.connect(self.edited)
        self.late.changed.connect(self.edited)
        self.portal.changed.connect(self._portal_folded)
        self.other.changed.connect(self.edited)
        for field in (
            self.received_day,
            self.received_time,
            self.paper_receipt,
            self.portal_code,
            self.for_agency,
        ):
            field.textEdited.connect(self.edited)
        self._places: dict[str, tuple[QWidget, ...]] = {
            "sets": (self.sets,),
            "note": (self.note,),
            "received": (self.received_day, self.received_time),
            "paper_receipt": (self.paper_receipt,),
            "portal_code": (self.portal_code,),
            "for_agency": (self.for_agency,),
        }
        for name, places in self._places.items():
            for place in places:
                when_changed(place, partial(self.show_error, name, ""))

    def put_below(self, widget: QWidget) -> None:
        """`widget` at the foot of the column."""
        self._column.addWidget(widget)

    def _portal_folded(self) -> None:
        """Set the channel: online while the portal's fields are open, else direct."""
        channel = Channel.ONLINE if self.portal.is_open else Channel.DIRECT
        self.channel.setCurrentIndex(self.channel.findData(channel.value))
        self.edited.emit()

    def _received_picked(self, day: date) -> None:
        self.received_day.setText(f"{day:%d/%m/%Y}")
        self.received_day.textEdited.emit(self.received_day.text())
        self.received_day.editingFinished.emit()

    def chosen_channel(self) -> Channel:
        return Channel(self.channel.currentData())

    def read(self, form: IntakeForm) -> IntakeForm:
        """Return `form` with the values of this column."""
        return replace(
            form,
            channel=self.channel.currentData(),
            sets=self.sets.value(),
            note=self.note.toPlainText(),
            received_day=self.received_day.text(),
            received_time=self.received_time.text(),
            paper_receipt=self.paper_receipt.text(),
            portal_code=self.portal_code.text(),
            for_agency=self.for_agency.text(),
        )

    def show_form(self, form: IntakeForm) -> None:
        self.channel.setCurrentIndex(self.channel.findData(form.channel))
        self.sets.setValue(form.sets)
        self.note.setPlainText(form.note)
        self.received_day.setText(form.received_day)
        self.received_time.setText(form.received_time)
        self.paper_receipt.setText(form.paper_receipt)
        self.portal_code.setText(form.portal_code)
        self.portal_code.setCursorPosition(0)  # a code is told by its beginning
        self.late.show_fields()
        self.for_agency.setText(form.for_agency)
        self.portal.show_fields()
        self.other.show_fields()

    def show_fee(self, fee: Fee | None, rule: FeeRule | None, electronic: int = 0) -> None:
        """Show the sum, and its arithmetic below; nothing where the fee is words only.

        `electronic`: copies to be signed electronically, which no rule here prices.
        """
        is_priced = fee is not None and fee.amount > 0
        notes = []
        if fee is not None and fee.words != money(fee.amount):
            notes.append(fee.words)
        if rule is not None and not rule.certain:
            notes.append(_("mức thu chưa kiểm chứng"))
        if electronic:
            count = _n("chưa kể {count} bản điện tử", electronic)
            notes.append(count.format(count=electronic))
        self.fee.setText(_("Thu {sum}").format(sum=money(fee.amount)) if fee and is_priced else "")
        self.fee.setVisible(is_priced)
        self.fee_note.setText("\n".join(notes))
        self.fee_note.setVisible(is_priced and bool(notes))

    def show_error(self, field: str, message: str) -> None:
        self.errors[field].setText(message)
        self.errors[field].setVisible(bool(message))
        for place in self._places[field]:
            mark(place, wrong=bool(message))
        if message and field in ("received", "paper_receipt"):
            self.late.unfold(True)
        if message and field == "portal_code":
            self.portal.unfold(True)
        if message and field == "for_agency":
            self.other.unfold(True)
