"""What a person likes of the window - language, colours, type size - and the keys that change it.

A liking is {"language": "vi", "theme": "light", "text_size": 100 (per cent), ...}. Whoever has
logged in has their own (actions/office/preferences.py). Before anybody is known the window wears
what was worn last, kept beside the desk in `look.ini`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from cchc_desk.i18n import LANGUAGES, SOURCE, language
from ui.look import texts
from ui.look.tokens import SIZES, THEMES

Liking = dict[str, Any]
_LOOK = ("language", "theme", "text_size")


class LookKeys:
    """Larger, smaller, other colours: `like(key, value)` is told what is wanted instead of what
    `now()` says.
    """

    def __init__(self, now: Callable[[], Liking], like: Callable[[str, Any], None]) -> None:
        self._now, self._like = now, like

    def put_on(self, owner: QWidget) -> None:
        """The keys work wherever in `owner` the focus is."""
        for key, act in (
            ("Ctrl+=", self._larger),
            ("Ctrl++", self._larger),
            ("Ctrl+-", self._smaller),
            ("Ctrl+0", lambda: self._like("text_size", SIZES[0])),
            ("Ctrl+D", lambda: self._like("theme", _following(list(THEMES), self._now()["theme"]))),
        ):
            texts.shortcut(owner, key, act)

    def _larger(self) -> None:
        now = self._now()["text_size"]
        self._like("text_size", next((size for size in SIZES if size > now), SIZES[-1]))

    def _smaller(self) -> None:
        now = self._now()["text_size"]
        self._like("text_size", next((size for size in reversed(SIZES) if size < now), SIZES[0]))


def next_language() -> str:
    """The one that Ctrl+T speaks next."""
    return _following(list(LANGUAGES), language())


def recall(folder: Path) -> Liking:
    """What was worn last at the desk in `folder`; the ordinary look for what was never kept or
    makes no sense.
    """
    kept = _file(folder)
    spoken, theme, size = (str(kept.value(key, "")) for key in _LOOK)
    return {
        "language": spoken if spoken in LANGUAGES else SOURCE,
        "theme": theme if theme in THEMES else next(iter(THEMES)),
        "text_size": next((known for known in SIZES if size == str(known)), SIZES[0]),
    }


def keep(folder: Path, liking: Liking) -> None:
    """Keeps it where there is a desk. A folder that takes nothing only means the look before, next
    time.
    """
    look = {key: liking[key] for key in _LOOK}
    if folder.is_dir() and recall(folder) != look:
        kept = _file(folder)
        for key, value in look.items():
            kept.setValue(key, value)


def _file(folder: Path) -> QSettings:
    return QSettings(str(folder / "look.ini"), QSettings.Format.IniFormat)


def _following(names: list[str], name: str) -> str:
    return names[(names.index(name) + 1) % len(names)]
