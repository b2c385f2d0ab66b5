"""Headings and lines of words on the page of what is done on the spot."""

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cchc_desk.errors import DeskError
from ui.look import texts
from ui.shell import notices


def heading(words: str, field: QWidget, role: str = "section") -> QLabel:
    """Return a heading whose key goes to `field`, no higher than its words."""
    label = texts.words(words, role, wrap=False)
    label.setBuddy(field)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return label


def say(label: QLabel, words: str) -> None:
    """Show these words, or no line where there are none."""
    label.setText(words)
    label.setVisible(bool(words))


def show_trouble(error: DeskError) -> None:
    """Say an error of a job that no field is about."""
    notices.trouble(error.message)
