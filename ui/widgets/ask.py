"""A question in a dialog of its own, answered by keys."""

from PySide6.QtWidgets import QInputDialog, QWidget

from cchc_desk.i18n import _
from ui.look import texts


def choose(parent: QWidget, question: str, choices: list[str]) -> str | None:
    """Asks for one of `choices` by keys (arrows, Enter); None when it was left with Esc."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(_("Chọn"))
    dialog.setLabelText(question)
    dialog.setComboBoxItems(choices)
    # All choices in sight; and a list keeps its choice while the wheel turns.
    dialog.setOption(QInputDialog.InputDialogOption.UseListViewForComboBoxItems)
    dialog.setOkButtonText(f"{_('Ghi lại')}  ·  Enter")
    dialog.setCancelButtonText(f"{_('Thôi')}  ·  Esc")
    texts.shortcut(dialog, "F9", dialog.accept)
    dialog.setMinimumWidth(460)
    return dialog.textValue() if dialog.exec() else None
