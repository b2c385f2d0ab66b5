"""Questions that are answered by keys: one of several choices, the channel used, a text."""

from PySide6.QtWidgets import QInputDialog, QPlainTextEdit, QWidget

from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.i18n import _
from ui import formatting
from ui.look import texts


def choose(parent: QWidget, question: str, choices: list[str]) -> str | None:
    """Asks for one of `choices` by keys (arrows, Enter); None when it was left with Esc."""
    dialog = text_dialog(parent, _("Chọn"), question)
    dialog.setComboBoxItems(choices)
    # All choices in sight; and a list keeps its choice while the wheel turns.
    dialog.setOption(QInputDialog.InputDialogOption.UseListViewForComboBoxItems)
    return dialog.textValue() if dialog.exec() else None


def choose_how(parent: QWidget, question: str) -> How | None:
    """Asks for the channel that reached the citizen."""
    names = {_(text): how for how, text in formatting.HOW.items()}
    chosen = choose(parent, question, list(names))
    return names[chosen] if chosen else None


def write(parent: QWidget, question: str, *, lines: bool = False, text: str = "") -> str | None:
    """Ask for a text, of several lines with `lines`; None when it was left with Esc."""
    dialog = text_dialog(parent, _("Ghi"), question, "F9" if lines else "Enter")
    dialog.setOption(QInputDialog.InputDialogOption.UsePlainTextEditForTextInput, lines)
    for many in dialog.findChildren(QPlainTextEdit):
        many.setTabChangesFocus(True)
    dialog.setTextValue(text)
    return dialog.textValue() if dialog.exec() else None


def text_dialog(parent: QWidget, title: str, question: str, key: str = "Enter") -> QInputDialog:
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(question)
    dialog.setOkButtonText(f"{_('Ghi lại')}  ·  {key}")
    dialog.setCancelButtonText(f"{_('Thôi')}  ·  Esc")
    texts.shortcut(dialog, "F9", dialog.accept)
    dialog.setMinimumWidth(460)
    return dialog
