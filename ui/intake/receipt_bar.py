"""The receipt of another system that the form was filled in from, and the paste that fills it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from textwrap import shorten

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from cchc_desk.actions.lists import receipts
from cchc_desk.actions.lists.receipts import ReceiptForm
from cchc_desk.errors import DeskError, Refused
from cchc_desk.i18n import _
from ui import formatting
from ui.intake.form import IntakeForm, from_receipt
from ui.look import texts
from ui.shell import jobs, notices
from ui.shell.page import Page
from ui.widgets.keys import key_watch

_ONCE = Qt.ConnectionType.SingleShotConnection  # told of no letter while nothing is marked
_LETTERS = 60  # of the name of a procedure that is not in the catalogue


class ReceiptBar(QWidget):
    """A sentence over the form; `filled` brings the form that a receipt makes.

    Ctrl+V in any field of an empty form takes a receipt; `button` does it from everywhere.
    """

    filled = Signal(object)  # IntakeForm

    def __init__(
        self, page: Page, read: Callable[[], IntakeForm], fields: Mapping[str, QLineEdit]
    ) -> None:
        super().__init__()
        self._page, self._desk, self._read, self._fields = page, page.desk, read, fields
        self._text = ""
        self.said = texts.words("", "section")
        self.button = texts.button(_("Dán biên nhận"), self.paste, "Alt+V", page)
        self.button.setToolTip(_("Biên nhận chép từ trang của hệ thống khác điền vào trang này"))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 0)
        column.addWidget(self.said)
        self.hide()
        watch = key_watch.of(_application())
        watch.listen(self._sees, letters=False)
        self.destroyed.connect(partial(watch.leave, self._sees))

    def _sees(self, receiver: QWidget, event: QEvent) -> bool:
        """Ctrl+V in a field of an empty form: the text of a receipt belongs into all of them."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not event.matches(QKeySequence.StandardKey.Paste) or not self._page.isVisible():
            return False
        if not self._page.isAncestorOf(receiver) or not self._read().is_empty:
            return False
        text = QGuiApplication.clipboard().text()
        if not receipts.looks_like_receipt(text):
            return False
        self._fill(text)
        return True

    def paste(self) -> None:
        """Fill the form from the receipt on the clipboard, where nothing is typed yet."""
        if self._read().is_empty:
            self._fill(QGuiApplication.clipboard().text())
        else:
            notices.warn(
                _("Trang này đang gõ dở. Hãy làm trang mới (Ctrl+N) rồi dán; Ctrl+Z lấy lại."),
                _("Trang mới, rồi dán"),
                self.paste_anew,
            )

    def paste_anew(self) -> None:
        """Fill a new page from the receipt on the clipboard."""
        self._fill(QGuiApplication.clipboard().text())

    def _fill(self, text: str) -> None:
        desk = self._desk
        jobs.run(self, lambda: receipts.form_of(desk, text), self._found, _refused)

    def _found(self, found: ReceiptForm) -> None:
        if found.ours:
            notices.warn(
                _("Hồ sơ của biên nhận này đã có ở đây: {code}.").format(code=found.ours),
                _("Mở hồ sơ"),
                partial(self._page.shell.open_dossier, found.ours),
            )
            return
        self.filled.emit(from_receipt(found, self._desk.now()))

    def read(self, form: IntakeForm) -> IntakeForm:
        """Return `form` with the text of the receipt."""
        return replace(form, receipt=self._text)

    def show_form(self, form: IntakeForm) -> None:
        """Say what the form was filled in from, and mark the fields that say what it says."""
        self._text = form.receipt
        for field in self._fields.values():
            _mark(field, False)
        self.setVisible(bool(form.receipt))
        if not form.receipt:
            return
        try:
            found = receipts.facts_of(receipts.read_pasted(self._desk, form.receipt))
        except Refused as refused:  # a draft of long ago: its promise is past by now
            self.said.setText(f"⚠ {refused.message}")
            return
        filled = from_receipt(found, self._desk.now())
        for name, field in self._fields.items():
            if field.text() and field.text() == getattr(filled, name):
                _mark(field, True)
        said = _("Theo biên nhận {code}, ở đó hẹn trả {due}. Hãy soát các ô có vạch.").format(
            code=found.code, due=formatting.moment_text(found.due)
        )
        if found.procedure_name and not form.procedure:
            name = shorten(found.procedure_name, _LETTERS, placeholder="…")
            said += _(" Thủ tục ghi ở đó: {procedure}.").format(procedure=name)
        self.said.setText(said)


def _mark(field: QLineEdit, is_filled: bool, _text: str = "") -> None:
    """Mark a field as filled in from the receipt, until something is typed there."""
    if bool(field.property("filled")) is is_filled:
        return
    if is_filled:
        field.textEdited.connect(partial(_mark, field, False), _ONCE)
    field.setProperty("filled", is_filled)
    field.setAccessibleDescription(_("Điền theo biên nhận") if is_filled else "")
    field.style().polish(field)


def _refused(error: DeskError) -> None:
    notices.warn(error.message) if isinstance(error, Refused) else notices.trouble(error.message)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
