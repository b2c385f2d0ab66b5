"""Appearance of the window - language, colours, type size - and the keys that change it.

Each official has their own (actions/office/preferences.py). Before anybody has logged in, the
window takes the last one used, which is saved beside the desk in `look.ini`, with the login of who
was here last.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from cchc_desk import owner_only
from cchc_desk.i18n import LANGUAGES, SOURCE, _, language
from ui.look import qt_words, style, texts
from ui.look.tokens import DENSITIES, SIZES, THEMES
from ui.shell import jobs

_LAST_OFFICIAL = "last_official"
_PRACTICE = "practice"


@dataclass(frozen=True)
class Appearance:
    """Language, theme and density by their keys, type size in per cent."""

    language: str
    theme: str
    text_size: int
    density: str = "cosy"

    @classmethod
    def of(cls, preferences: Mapping[str, Any]) -> "Appearance":
        """Appearance among the preferences of an official."""
        return cls(**{key: preferences[key] for key in cls.__dataclass_fields__})


class AppearanceKeys:
    """Keys for larger and smaller type and other colours; each calls `set_preference(key, value)`.

    `current()` is the appearance they start from.
    """

    def __init__(
        self, current: Callable[[], Appearance], set_preference: Callable[[str, Any], None]
    ) -> None:
        self._current, self._set = current, set_preference

    def add_to(self, owner: QWidget) -> None:
        """Makes the keys work wherever in `owner` the focus is."""
        for key, act, words in (
            ("Ctrl+=", self.larger, _("Chữ to hơn")),
            ("Ctrl++", self.larger, ""),
            ("Ctrl+-", self.smaller, _("Chữ nhỏ hơn")),
            ("Ctrl+0", lambda: self._set("text_size", SIZES[0]), _("Cỡ chữ thường")),
            ("Ctrl+D", self.next_theme, _("Đổi màu: sáng, tối, tương phản")),
        ):
            texts.shortcut(owner, key, act, words)

    def larger(self) -> None:
        """The next larger type."""
        now = self._current().text_size
        self._set("text_size", next((size for size in SIZES if size > now), SIZES[-1]))

    def smaller(self) -> None:
        """The next smaller type."""
        now = self._current().text_size
        self._set("text_size", next((size for size in reversed(SIZES) if size < now), SIZES[0]))

    def next_theme(self) -> None:
        """The next colours."""
        self._set("theme", _following(list(THEMES), self._current().theme))


class WindowAppearance:
    """Current appearance of the window: applied to the program, saved beside the desk."""

    def __init__(
        self, window: QWidget, folder: Path, set_preference: Callable[[str, Any], None]
    ) -> None:
        self.folder = folder
        # The practice ward has colours of its own: those of the last time until the desk is open.
        self.practice = _was_practice(folder)
        self.keys = AppearanceKeys(lambda: self.current, set_preference)
        self._window = window
        self._applied: tuple[bool, Appearance] | None = None
        self._set(load(folder))

    def apply(self, appearance: Appearance) -> None:
        """Sets and saves language, colours, type size; texts on the screen keep their language."""
        self._set(appearance)
        folder, practice = self.folder, self.practice
        jobs.run(self._window, lambda: save(folder, appearance, practice), lambda _saved: None)

    @property
    def last_official(self) -> str:
        """Login of who was at this desk last, "" for nobody yet."""
        return str(_file(self.folder).value(_LAST_OFFICIAL, ""))

    def keep_last_official(self, official_id: str) -> None:
        """Save who is at the desk, for the next log-in on this computer."""
        folder = self.folder
        jobs.run(self._window, lambda: _save_official(folder, official_id), lambda _saved: None)

    def _set(self, appearance: Appearance) -> None:
        self.current = appearance
        if self._applied == (self.practice, appearance):
            return  # styling every widget anew takes a second or more on an office PC
        self._applied = self.practice, appearance
        qt_words.set_language(appearance.language)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        style.apply(
            application,
            self.practice,
            appearance.theme,
            appearance.text_size,
            appearance.density,
        )
        self._window.setWindowTitle(_("CCHC Desk – Bàn một cửa"))


def next_language() -> str:
    """Language that Ctrl+T changes to."""
    return _following(list(LANGUAGES), language())


def load(folder: Path) -> Appearance:
    """Last appearance used in `folder`; the ordinary one for what is missing or makes no sense."""
    file = _file(folder)
    name, theme, size, density = (
        str(file.value(key, "")) for key in ("language", "theme", "text_size", "density")
    )
    return Appearance(
        language=name if name in LANGUAGES else SOURCE,
        theme=theme if theme in THEMES else next(iter(THEMES)),
        text_size=next((known for known in SIZES if size == str(known)), SIZES[0]),
        density=density if density in DENSITIES else next(iter(DENSITIES)),
    )


def save(folder: Path, appearance: Appearance, practice: bool = False) -> None:
    """Saves it where there is a desk; in a folder that takes nothing the one before stays."""
    if not folder.is_dir() or (load(folder), _was_practice(folder)) == (appearance, practice):
        return
    file = _file(folder)
    for key, value in asdict(appearance).items():
        file.setValue(key, value)
    file.setValue(_PRACTICE, int(practice))
    _write(file)


def _was_practice(folder: Path) -> bool:
    return str(_file(folder).value(_PRACTICE, "")) == "1"


def _save_official(folder: Path, official_id: str) -> None:
    file = _file(folder)
    if folder.is_dir() and file.value(_LAST_OFFICIAL, "") != official_id:
        file.setValue(_LAST_OFFICIAL, official_id)
        _write(file)


def _write(file: QSettings) -> None:
    """Write it now, and as its user's alone, as all in the folder."""
    file.sync()
    owner_only.narrow(Path(file.fileName()))


def _file(folder: Path) -> QSettings:
    return QSettings(str(folder / "look.ini"), QSettings.Format.IniFormat)


def _following(names: list[str], name: str) -> str:
    return names[(names.index(name) + 1) % len(names)]
