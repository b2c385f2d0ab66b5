"""The style sheet, made from the tokens, and the bundled font."""

import re

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from ui.look.tokens import BIG, DENSITIES, POINT, THEMES, TITLE, Palette

# In the colours of tokens.py. `6u` is six points at the ordinary type size and a little more at a
# larger one: type grows faster than the space around it, or a page at 200 % would be all space.
_SHEET = """
* {{ font-family: "Noto Sans"; }}
QMainWindow, QDialog {{ background: {ground}; color: {ink}; }}
QLabel {{ color: {ink}; background: transparent; }}
QToolTip {{ background: {card}; color: {ink}; border: 1px solid {edge}; padding: 3u; }}
#header {{ background: {header}; }}
#header QLabel {{ color: {on_header}; }}
#header QPushButton {{ background: {header_key}; color: {on_header};
    border: 1px solid {on_header}; }}
#header QPushButton:hover, #header QPushButton:pressed {{ background: {header}; }}
#header QPushButton:focus {{ background: {header}; border: 3px solid {on_header};
    padding: 6u-2 12u-2; }}
#practice {{ background: {accent_soft}; color: {accent_dark}; padding: 4u 14u; font-weight: bold; }}
QLabel#practice {{ padding-left: 10u; }}
#railed, #rail {{ background: {card}; border: none; }}
#railed {{ border-right: 1px solid {line}; }}
#rail QPushButton {{ text-align: left; padding: 9u 12u 9u 12u; border: none;
    border-left: 4px solid transparent;
    border-radius: 0; color: {ink}; background: transparent; icon-size: 24t; }}
#rail QPushButton:hover {{ background: {accent_soft}; }}
#rail QPushButton:checked {{ background: {accent_soft}; border-left-color: {accent};
    color: {accent_dark};
    font-weight: bold; }}
#rail QPushButton:focus {{ border: 2px solid {accent}; padding: 9u-2 12u-2 9u-2 12u; }}
QLabel[role="count"], QLabel[role="count-late"] {{ background: {accent_soft}; color: {accent_dark};
    border: 1px solid {line}; border-radius: 8u; padding: 0 6u; font-weight: bold; }}
QLabel[role="count-late"] {{ color: {late}; border-color: {late}; }}
#card {{ background: {card}; border: 1px solid {line}; border-radius: 6px; }}
#question {{ background: {ground}; border: 1px solid {edge}; border-radius: 8px; }}
#card:focus {{ border: 2px solid {accent}; }}
#pointer {{ background: transparent; border: 3px solid {ring}; border-radius: 6px; }}
#notices {{ background: {card}; border-top: 1px solid {line}; }}
QLabel[role="title"] {{ font-size: {title}pt; font-weight: bold; }}
QLabel[role="strong"] {{ font-weight: bold; }}
QLabel[role="section"] {{ font-weight: bold; color: {accent_dark}; }}
QLabel[role="big"] {{ font-size: {big}pt; font-weight: bold; color: {accent_dark}; }}
QLineEdit[role="secret"] {{ font-size: {title}pt; font-weight: bold; padding: 10u; }}
QLabel[role="tile"] {{ font-weight: bold; }}
QLabel[role="figure-plain"], QLabel[role="figure-soon"], QLabel[role="figure-late"],
QLabel[role="figure-none"] {{
    font-size: {big}pt; font-weight: bold; color: {ink}; }}
QLabel[role="figure-late"] {{ color: {late}; }}
QLabel[role="figure-soon"] {{ color: {soon}; }}
QLabel[role="figure-none"] {{ color: {quiet}; font-weight: normal; }}
QLabel[role="empty"] {{ color: {quiet}; padding: 24u; }}
QLabel[role="quiet"], QLabel[kind="resting"] {{ color: {quiet}; }}
QLabel[role="error"], QLabel[kind="trouble"] {{ color: {late}; font-weight: bold; }}
QLabel[role="warning"], QLabel[kind="warning"] {{ color: {soon}; }}
QLabel[kind="said"] {{ color: {good}; }}
QLineEdit, QPlainTextEdit, QTextBrowser, QListWidget, QTableView, QComboBox, QAbstractSpinBox {{
    background: {card}; color: {ink}; border: 1px solid {edge}; border-radius: 4px; padding: 4u 6u;
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit, QPlainTextEdit {{ background: {card}; placeholder-text-color: {quiet}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextBrowser:focus, QListWidget:focus, QTableView:focus,
    QComboBox:focus,
QAbstractSpinBox:focus {{ border: 2px solid {accent}; padding: 4u-1 6u-1; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled {{
    background: {ground}; color: {disabled}; border-color: {line}; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit, QAbstractSpinBox QLineEdit:focus,
    QComboBox QLineEdit:focus {{
    border: none; background: transparent; padding: 0; }}
QLineEdit[filled="true"] {{ border-left: 5px solid {accent}; padding-left: 6u-4; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QListWidget[wrong="true"],
QAbstractSpinBox[wrong="true"], QComboBox[wrong="true"] {{
    border: 2px solid {late}; padding: 4u-1 6u-1; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: none; width: 20t; }}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {{ image: url("{pictures}/down-{marks}.svg");
    width: 12t;
    height: 12t; }}
QComboBox QAbstractItemView {{ background: {card}; color: {ink}; border: 1px solid {edge};
    selection-background-color: {accent}; selection-color: {on_accent}; }}
QAbstractSpinBox::up-button {{ subcontrol-origin: border; subcontrol-position: top right;
    border: none; width: 18t; }}
QAbstractSpinBox::down-button {{ subcontrol-origin: border; subcontrol-position: bottom right;
    border: none;
    width: 18t; }}
QAbstractSpinBox::up-arrow {{ image: url("{pictures}/up-{marks}.svg"); width: 10t; height: 10t; }}
QAbstractSpinBox::down-arrow {{ image: url("{pictures}/down-{marks}.svg"); width: 10t;
    height: 10t; }}
QCheckBox, QRadioButton {{ color: {ink}; background: transparent; border: 2px solid transparent;
    border-radius: 4px;
    padding: 2u; spacing: 7u; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {disabled}; }}
QCheckBox::indicator, QListWidget::indicator, QTableView::indicator, QRadioButton::indicator {{
    width: 14t; height: 14t; border: 1px solid {edge}; border-radius: 3px; background: {card}; }}
QCheckBox::indicator:checked, QListWidget::indicator:checked, QTableView::indicator:checked,
QRadioButton::indicator:checked {{ background: {accent}; border-color: {accent_dark};
    image: url("{pictures}/check-{on_accent_marks}.svg"); }}
QListWidget[role="plain"] {{ background: {ground}; border: 2px solid transparent; padding: 0; }}
QListWidget[role="plain"]:focus {{ border: 2px solid {accent}; padding: 0; }}
QListWidget::item, QTableView::item {{ padding: 4u; }}
QHeaderView::section {{ background: {accent_soft}; color: {accent_dark}; border: none;
    border-right: 1px solid {line}; border-bottom: 1px solid {line}; padding: 5u;
    font-weight: bold; }}
QPushButton {{ background: {card}; color: {ink}; border: 1px solid {edge}; border-radius: 4px;
    padding: 6u 12u;
    icon-size: 22t; }}
QPushButton:hover {{ background: {accent_soft}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 6u-1 12u-1; }}
QPushButton:disabled {{ color: {disabled}; border-color: {line}; background: {ground}; }}
QPushButton[role="primary"] {{ background: {accent}; color: {on_accent};
    border-color: {accent_dark};
    font-weight: bold; }}
QPushButton[role="primary"]:hover {{ background: {accent_dark}; }}
QPushButton[role="primary"]:focus {{ background: {accent_dark}; border: 3px solid {ring};
    padding: 6u-2 12u-2; }}
QPushButton[role="primary"]:disabled {{ background: {ground}; color: {disabled};
    border-color: {line}; }}
QPushButton[role="next"] {{ background: {accent}; color: {on_accent};
    border-color: {accent_dark}; font-size: {title}pt; font-weight: bold; padding: 11u 12u; }}
QPushButton[role="next"]:hover {{ background: {accent_dark}; }}
QPushButton[role="next"]:focus {{ background: {accent_dark}; border: 3px solid {ring};
    padding: 11u-2 12u-2; }}
QPushButton[role="next"]:disabled {{ background: {ground}; color: {disabled};
    border-color: {line}; }}
QPushButton[role="tab"] {{ background: transparent; border: 1px solid transparent;
    border-radius: 0; padding: 5u 10u; color: {quiet}; font-weight: bold; }}
QPushButton[role="tab"]:checked {{ border-bottom: 3px solid {accent}; color: {accent_dark}; }}
QPushButton[role="tab"]:hover {{ background: {accent_soft}; }}
QPushButton[role="tab"]:focus {{ border: 2px solid {accent}; padding: 5u-1 10u-1; }}
QPushButton[role="small"] {{ padding: 2u 7u; }}
QPushButton[role="small"]:checked {{ background: {accent_soft}; border: 2px solid {accent};
    padding: 2u-1 7u-1; }}
QToolButton[role="more"] {{ background: {accent_soft}; color: {accent_dark}; border: none;
    font-weight: bold; }}
QToolButton[role="clear"] {{ background: transparent; border: none; }}
QToolButton[role="more"]:hover {{ background: {accent}; color: {on_accent}; }}
QPushButton[role="tile"] {{ border-color: {line}; border-radius: 6px; padding: 0; }}
QPushButton[role="tile"]:checked {{ background: {accent_soft}; border: 2px solid {accent}; }}
QPushButton[role="tile"]:focus {{ border: 3px solid {accent_dark}; }}
QScrollArea {{ border: none; }}
QScrollBar {{ background: {ground}; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 14px; }}
QScrollBar:horizontal {{ height: 14px; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; margin: 3px; }}
QScrollBar::handle:vertical {{ min-height: 30px; }}
QScrollBar::handle:horizontal {{ min-width: 30px; }}
QScrollBar::handle:hover {{ background: {accent}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
"""
_LENGTH = re.compile(r"(\d+)([ut])(?:-(\d))?\b")


# Properties of the application: whether it has its fonts, and what it looks like.
_FONTS, _LOOK = "fonts", "look"

_worn: Palette = THEMES["light"][1]
_theme, _size, _density = "light", 100, "cosy"


def apply(
    application: QApplication,
    practice: bool,
    theme: str = "light",
    size: int = 100,
    density: str = "cosy",
) -> None:
    """Palette, style sheet and type size (per cent) for the real ward or the practice ward.

    Nothing is done where the application looks so already: all its widgets would be styled anew.
    """
    global _worn, _theme, _size, _density
    _theme, _size, _density = theme, size, density
    _words, real, practising = THEMES.get(theme, THEMES["light"])
    _worn = practising if practice else real
    _set_font(application, _points(POINT, size))
    before, look = application.property(_LOOK), f"{_worn} {size} {density}"
    if look == before:
        return
    if before is None:
        # the same on every machine: the sheet below is drawn over it
        application.setStyle("Fusion")
    application.setPalette(_palette(_worn))
    application.setStyleSheet(sheet(_worn, size, density))
    application.setProperty(_LOOK, look)


def sheet(palette: Palette, size: int = 100, density: str = "cosy") -> str:
    """The style sheet in these colours, for type of `size` per cent."""
    big, title = _points(BIG, size), _points(TITLE, size)
    marks = resources.path("icons/marks").as_posix()
    coloured = _SHEET.format(**vars(palette), title=title, big=big, pictures=marks)
    _words, room = DENSITIES.get(density, DENSITIES["cosy"])
    return _LENGTH.sub(lambda match: _length(match, size, room), coloured)


def _length(match: re.Match[str], size: int, room: float) -> str:
    """Return a length: `6u` a space, `12t` a sign that grows with the type, less 2 for `-2`."""
    number, kind, less = match.groups()
    grown = int(number) * (size if kind == "t" else room * (100 + (size - 100) / 3)) / 100
    return f"{max(0, round(grown) - int(less or 0))}px"


def worn() -> Palette:
    """Return the colours in use, for own painting."""
    return _worn


def theme() -> str:
    """The theme in use, a key of THEMES."""
    return _theme


def size() -> int:
    """The type size in use, in per cent."""
    return _size


def room(points: int) -> int:
    """Return so many points around words, as the size and the density in use have it."""
    _words, part = DENSITIES.get(_density, DENSITIES["cosy"])
    return round(points * part * (100 + (_size - 100) / 3) / 100)


def density() -> str:
    """The density in use, a key of DENSITIES."""
    return _density


def _points(points: int, size: int) -> int:
    return round(points * size / 100)


def load_fonts(application: QApplication) -> None:
    """The bundled Noto Sans, so that every Vietnamese mark is whole on every machine."""
    if not application.property(_FONTS):
        for name in ("Regular", "Bold"):
            font = resources.read_bytes(f"fonts/NotoSans-{name}.ttf")
            QFontDatabase.addApplicationFontFromData(font)
        application.setProperty(_FONTS, True)
    _set_font(application, POINT)


def _set_font(application: QApplication, points: int) -> None:
    font = QFont("Noto Sans", points)
    if application.font() != font:
        application.setFont(font)


def _palette(tokens: Palette) -> QPalette:
    """Return the palette for what Qt draws without the sheet: links, scroll bars, own painting."""
    palette, roles = QPalette(), QPalette.ColorRole
    for role, colour in (
        (roles.Window, tokens.ground),
        (roles.Button, tokens.card),
        (roles.Base, tokens.card),
        (roles.AlternateBase, tokens.ground),
        (roles.Text, tokens.ink),
        (roles.WindowText, tokens.ink),
        (roles.ButtonText, tokens.ink),
        (roles.ToolTipBase, tokens.card),
        (roles.ToolTipText, tokens.ink),
        (roles.Link, tokens.accent_dark),
        (roles.LinkVisited, tokens.accent_dark),
        (roles.Highlight, tokens.accent),
        (roles.HighlightedText, tokens.on_accent),
        (roles.PlaceholderText, tokens.quiet),
    ):
        palette.setColor(role, QColor(colour))
    for faint in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, faint, QColor(tokens.disabled))
    return palette
