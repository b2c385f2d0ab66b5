"""Asks a leader for the key with which the paper in the preview is signed."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.documents import digital_signature
from cchc_desk.actions.documents.digital_signature import SignedPaper
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _
from ui.look import texts
from ui.shell import jobs
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.fields.error_row import when_changed
from ui.widgets.fields.password_field import PasswordField

FILE, TOKEN = "file", "token"


class SignDialog(QDialog):
    """A key in a file, or in a token behind its PKCS#11 library; F9 or Enter signs, Esc leaves.

    What was chosen is proposed again until the program ends; a password never is.
    """

    signed = Signal(SignedPaper)
    chosen: ClassVar[dict[str, str]] = {}  # by the name of its field

    def __init__(self, pdf: bytes, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Ký số"))
        self.pdf = pdf
        self.way = ComboBox()
        self.way.addItem(_("Tệp khóa (.p12, .pfx)"), FILE)
        self.way.addItem(_("Thiết bị ký số (USB Token)"), TOKEN)
        self.key, self.module, self.image = (QLineEdit() for _field in range(3))
        self.token, self.pin = QLineEdit(), PasswordField()
        self.error = texts.words("", "error")
        self._fields = {
            "way": self.way,
            "p12": self.key,
            "pkcs11": self.module,
            "token": self.token,
            "pin": self.pin,
            "image": self.image,
        }
        self._lay_out()
        for name, field in self._remembered():
            field.setText(SignDialog.chosen.get(name, ""))
        self.way.setCurrentIndex(self.way.findData(SignDialog.chosen.get("way", FILE)))
        self.way.currentIndexChanged.connect(self._show_way)
        self._show_way()
        if SignDialog.chosen:
            self.pin.setFocus()  # the rest is as it was the last time

    def _lay_out(self) -> None:
        self.form = form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        keys, libraries = _("Tệp khóa (*.p12 *.pfx)"), _("Thư viện PKCS#11 (*.so *.dll)")
        texts.row(form, _("Ký bằng"), self.way)
        self.key_row = self._with_button(self.key, keys, "Alt+C")
        self.module_row = self._with_button(self.module, libraries, "Alt+T")
        texts.row(form, _("Tệp khóa"), self.key_row)
        texts.row(form, _("Thư viện của thiết bị"), self.module_row)
        texts.row(form, _("Nhãn của thiết bị"), self.token)
        texts.row(form, _("Mật khẩu, mã PIN"), self.pin)
        texts.row(
            form,
            _("Ảnh chữ ký (PNG, không bắt buộc)"),
            self._with_button(self.image, "PNG (*.png)", "Alt+H"),
        )
        for name, words in (
            ("way", _("Ký bằng")),
            ("p12", _("Tệp khóa")),
            ("pkcs11", _("Thư viện của thiết bị")),
            ("token", _("Nhãn của thiết bị")),
            ("pin", _("Mật khẩu, mã PIN")),
            ("image", _("Ảnh chữ ký (PNG, không bắt buộc)")),
        ):
            self._fields[name].setAccessibleName(words)
            when_changed(self._fields[name], self.error.clear)
        self.pin.warned.connect(self.error.setText)
        self.sign_button = texts.button(_("Ký số"), self.sign, "F9", self, "primary")
        self.sign_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.sign_button)
        buttons.addStretch(1)
        buttons.addWidget(texts.button(_("Thôi"), self.reject, "Esc"))
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.error)
        column.addLayout(buttons)
        self.resize(texts.room_on_screen(self, 72, 12))

    def _remembered(self) -> tuple[tuple[str, QLineEdit], ...]:
        return (
            ("p12", self.key),
            ("pkcs11", self.module),
            ("token", self.token),
            ("image", self.image),
        )

    def _show_way(self) -> None:
        by_token = self.way.currentData() == TOKEN
        self.form.setRowVisible(self.key_row, not by_token)
        self.form.setRowVisible(self.module_row, by_token)
        self.form.setRowVisible(self.token, by_token)
        self.error.clear()

    def _with_button(self, field: QLineEdit, files: str, key: str) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field, 1)
        row.addWidget(texts.button(_("Chọn tệp"), partial(self._choose, field, files), key, self))
        both.setFocusProxy(field)
        return both

    def _choose(self, field: QLineEdit, files: str) -> None:
        if not field.isVisible():  # of the other way to sign
            return
        begin = field.text() or str(Path.home())
        chosen, _filter = QFileDialog.getOpenFileName(self, field.accessibleName(), begin, files)
        if chosen:
            field.setText(chosen)

    def sign(self) -> None:
        """Sign beside the worker: a token may take its time."""
        SignDialog.chosen = {
            "way": self.way.currentData(),
            **{name: field.text() for name, field in self._remembered()},
        }
        image = Path(self.image.text()) if self.image.text() else None
        pdf, pin = self.pdf, self.pin.text()
        if self.way.currentData() == FILE:
            key = Path(self.key.text())
            act = partial(digital_signature.sign_with_file, pdf, key, pin, image)
        else:
            module, token = Path(self.module.text()), self.token.text()
            act = partial(digital_signature.sign_with_token, pdf, module, token, pin, image)
        self.sign_button.setEnabled(False)
        jobs.run_outside(self, act, self._done, self._refused)

    def _done(self, signed: SignedPaper) -> None:
        self.accept()
        self.signed.emit(signed)

    def _refused(self, error: DeskError) -> None:
        self.sign_button.setEnabled(True)
        self.error.setText(error.message)
        field = self._fields.get(error.field or "") if isinstance(error, Refused) else None
        (field or self.pin).setFocus()
