"""Changes of the window's language, theme and type size while it is in use."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from cchc_desk.i18n import _
from ui.shell import jobs
from ui.shell.busy_sign import busy_sign
from ui.shell.preferences.appearance import Appearance, next_language
from ui.shell.screens import Screens

if TYPE_CHECKING:
    from cchc_desk.session import Desk


class PreferenceControl(QObject):
    """Applies a preference at once and saves it for the official at the desk."""

    rebuilt = Signal(str, str)  # page that was in front, and its showing()

    def __init__(self, screens: Screens, parent: QObject) -> None:
        super().__init__(parent)
        self._screens = screens

    def set(self, key: str, value: Any) -> None:
        """Sets "language", "theme", "text_size" or "density".

        On the log-in page it holds until somebody logs in. A locked window keeps its language:
        its pages wait behind the lock.
        """
        screens, appearance = self._screens, self._screens.appearance
        chosen = replace(appearance.current, **{key: value})
        if key == "language":
            if screens.at_work:
                self.save(key, value, partial(self._rebuild, chosen))
            elif not screens.has_frame:
                appearance.apply(chosen)
                screens.rebuild_first()
            return
        words = _("Đang đổi cỡ chữ…") if key == "text_size" else _("Đang đổi màu nền…")
        with busy_sign(screens.window(), words):
            appearance.apply(chosen)
            if screens.at_work:
                screens.frame.appearance_changed()
        if screens.at_work:
            self.save(key, value)

    def set_next_language(self) -> None:
        self.set("language", next_language())

    def save(self, key: str, value: Any, then: Callable[[], None] = lambda: None) -> None:
        """Saves one preference of the official at the desk, then calls `then`."""
        desk = self._screens.desk
        jobs.run(self, lambda: _save(desk, key, value), lambda _saved: then())

    def _rebuild(self, appearance: Appearance) -> None:
        """Makes log-in page and frame anew; who is at the desk and what was typed stay."""
        before = self._screens.frame
        current, name = before.current, before.who.text()
        showing = before.pages[current].showing()
        with busy_sign(self._screens.window(), _("Đang đổi ngôn ngữ…")):
            before.leave()
            self._screens.appearance.apply(appearance)
            self._screens.rebuild()
            self._screens.frame.who.setText(name)
            self._screens.show_frame()
            self.rebuilt.emit(current, showing)


def _save(desk: "Desk", key: str, value: Any) -> None:
    from cchc_desk.actions.office.preferences import keep_preference

    keep_preference(desk, key, value)
