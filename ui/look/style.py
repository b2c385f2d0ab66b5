"""The style sheet, made from the tokens, and the bundled font."""

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.look.tokens import BIG, POINT, THEMES, TITLE, Palette

_SHEET = """
* {{ font-family: "Noto Sans"; }}
QMainWindow, QDialog, #page, QScrollArea, #scrolled {{ background: {ground}; color: {ink}; }}
QLabel {{ color: {ink}; background: transparent; }}
#header {{ background: {accent}; }}
#header QLabel {{ color: {on_accent}; }}
#header QPushButton {{ background: {accent_dark}; color: {on_accent}; border: 1px solid {accent_soft}; }}
#practice {{ background: {accent_soft}; color: {accent_dark}; padding: 4px 12px; font-weight: bold; }}
#rail {{ background: {card}; border-right: 1px solid {line}; }}
#rail QPushButton {{ text-align: left; padding: 9px 40px 9px 14px; border: none; border-left: 4px solid transparent;
    border-radius: 0; color: {ink}; background: transparent; }}
#rail QPushButton:hover {{ background: {accent_soft}; }}
#rail QPushButton:checked {{ background: {accent_soft}; border-left-color: {accent}; color: {accent_dark}; }}
#rail QPushButton:focus {{ border: 2px solid {accent}; }}
#card {{ background: {card}; border: 1px solid {line}; border-radius: 6px; }}
#notices {{ background: {card}; border-top: 1px solid {line}; }}
QLabel[role="title"] {{ font-size: {title}pt; font-weight: bold; }}
QLabel[role="section"] {{ font-weight: bold; color: {accent_dark}; }}
QLabel[role="big"] {{ font-size: {big}pt; font-weight: bold; color: {accent_dark}; }}
QLabel[role="quiet"], QLabel[kind="resting"] {{ color: {quiet}; }}
QLabel[role="error"], QLabel[kind="trouble"] {{ color: {late}; font-weight: bold; }}
QLabel[role="warning"], QLabel[kind="warning"] {{ color: {soon}; }}
QLabel[kind="said"] {{ color: {good}; }}
QLineEdit, QPlainTextEdit, QListWidget, QTableView {{
    background: {card}; color: {ink}; border: 1px solid {line}; border-radius: 4px; padding: 4px 6px;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus, QPlainTextEdit:focus, QListWidget:focus, QTableView:focus {{ border: 2px solid {accent}; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit, QAbstractSpinBox QLineEdit:focus, QComboBox QLineEdit:focus {{
    border: none; background: transparent; padding: 0; }}
QLineEdit[wrong="true"] {{ border: 2px solid {late}; }}
QListWidget::item, QTableView::item {{ padding: 4px; }}
QHeaderView::section {{ background: {accent_soft}; color: {accent_dark}; border: none;
    border-right: 1px solid {line}; border-bottom: 1px solid {line}; padding: 5px; font-weight: bold; }}
QPushButton {{ background: {card}; color: {ink}; border: 1px solid {quiet}; border-radius: 4px; padding: 6px 12px; }}
QPushButton:hover {{ background: {accent_soft}; }}
QPushButton:focus {{ border: 2px solid {accent}; }}
QPushButton:disabled {{ color: {disabled}; border-color: {line}; background: {ground}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent}; border-color: {accent_dark};
    font-weight: bold; }}
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:focus {{ background: {accent_dark}; }}
QPushButton[role="primary"]:disabled {{ background: {line}; color: {quiet}; }}
QPushButton[role="small"] {{ padding: 2px 7px; }}
QPushButton[role="small"]:checked {{ background: {accent_soft}; border: 2px solid {accent}; padding: 1px 6px; }}
QPushButton[role="tile"] {{ text-align: left; padding: 10px 14px; font-size: {tile}pt; font-weight: bold; }}
QPushButton[role="tile"]:checked {{ background: {accent_soft}; border: 2px solid {accent}; }}
QScrollArea {{ border: none; }}
"""


_worn: Palette = THEMES["light"][1]
_theme, _size = "light", 100


def apply(application: QApplication, practice: bool, theme: str = "light", size: int = 100) -> None:
    """Palette, style sheet and type size (per cent) for the real ward or the practice ward."""
    global _worn, _theme, _size
    _theme, _size = theme, size
    _words, real, practising = THEMES.get(theme, THEMES["light"])
    _worn = practising if practice else real
    application.setStyle("Fusion")  # the same on every machine: the sheet below is drawn over it
    application.setPalette(_palette(_worn))
    application.setFont(QFont("Noto Sans", _points(POINT, size)))
    big, title, tile = (_points(points, size) for points in (BIG, TITLE, POINT + 2))
    application.setStyleSheet(_SHEET.format(**vars(_worn), title=title, big=big, tile=tile))


def worn() -> Palette:
    """The colours in use, for what is painted by hand."""
    return _worn


def theme() -> str:
    """The theme in use, a key of THEMES."""
    return _theme


def size() -> int:
    """The type size in use, in per cent."""
    return _size


def _points(points: int, size: int) -> int:
    return round(points * size / 100)


def load_fonts(application: QApplication) -> None:
    """The bundled Noto Sans, so that every Vietnamese mark is whole on every machine."""
    for name in ("Regular", "Bold"):
        QFontDatabase.addApplicationFontFromData(resources.read_bytes(f"fonts/NotoSans-{name}.ttf"))
    application.setFont(QFont("Noto Sans", POINT))


def _palette(tokens: Palette) -> QPalette:
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, tokens.ground),
        (QPalette.ColorRole.Button, tokens.card),
        (QPalette.ColorRole.Base, tokens.card),
        (QPalette.ColorRole.Text, tokens.ink),
        (QPalette.ColorRole.WindowText, tokens.ink),
        (QPalette.ColorRole.ButtonText, tokens.ink),
        (QPalette.ColorRole.Highlight, tokens.accent),
        (QPalette.ColorRole.HighlightedText, tokens.on_accent),
        (QPalette.ColorRole.PlaceholderText, tokens.quiet),
    ):
        palette.setColor(role, QColor(colour))
    return palette
