"""What a person likes of the window - language, colours, type size - and the keys that change it.

A liking is {"language": "vi", "theme": "light", "text_size": 100 (per cent), ...}. Whoever has
logged in has their own (actions/office/preferences.py). Before anybody is known the window wears
what was worn last, stored beside the desk in `look.ini`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from cchc_desk.i18n import LANGUAGES, SOURCE, language
from ui.look import texts
from ui.look.tokens import SIZES, THEMES

Appearance = dict[str, Any]
_LOOK = ("language", "theme", "text_size")


class AppearanceKeys:
    """Larger, smaller, other colours: `like(key, value)` is told what is wanted instead of what
    `now()` says.
    """

    def __init__(
        self, now: Callable[[], Appearance], set_value: Callable[[str, Any], None]
    ) -> None:
        self._now, self._set = now, set_value

    def add_to(self, owner: QWidget) -> None:
        """The keys work wherever in `owner` the focus is."""
        for key, act in (
            ("Ctrl+=", self._larger),
            ("Ctrl++", self._larger),
            ("Ctrl+-", self._smaller),
            ("Ctrl+0", lambda: self._set("text_size", SIZES[0])),
            ("Ctrl+D", lambda: self._set("theme", _following(list(THEMES), self._now()["theme"]))),
        ):
            texts.shortcut(owner, key, act)

    def _larger(self) -> None:
        now = self._now()["text_size"]
        self._set("text_size", next((size for size in SIZES if size > now), SIZES[-1]))

    def _smaller(self) -> None:
        now = self._now()["text_size"]
        self._set("text_size", next((size for size in reversed(SIZES) if size < now), SIZES[0]))


def next_language() -> str:
    """The one that Ctrl+T speaks next."""
    return _following(list(LANGUAGES), language())


def load(folder: Path) -> Appearance:
    """What was worn last at the desk in `folder`; the ordinary look for what was never stored or
    makes no sense.
    """
    stored = _file(folder)
    language_name, theme, size = (str(stored.value(key, "")) for key in _LOOK)
    return {
        "language": language_name if language_name in LANGUAGES else SOURCE,
        "theme": theme if theme in THEMES else next(iter(THEMES)),
        "text_size": next((known for known in SIZES if size == str(known)), SIZES[0]),
    }


def save(folder: Path, appearance: Appearance) -> None:
    """Keeps it where there is a desk. A folder that takes nothing only means the look before, next
    time.
    """
    look = {key: appearance[key] for key in _LOOK}
    if folder.is_dir() and load(folder) != look:
        stored = _file(folder)
        for key, value in look.items():
            stored.setValue(key, value)


def _file(folder: Path) -> QSettings:
    return QSettings(str(folder / "look.ini"), QSettings.Format.IniFormat)


def _following(names: list[str], name: str) -> str:
    return names[(names.index(name) + 1) % len(names)]
