"""The key card, read off the window itself: its shortcuts with their words, and its buttons."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget

from cchc_desk.actions.papers import window_papers
from cchc_desk.domain.key_card import KeyGroup
from cchc_desk.i18n import _
from ui.documents.printing import Paper
from ui.look import texts
from ui.shell import pages
from ui.shell.entry.login import LoginPage
from ui.shell.page import Page

if TYPE_CHECKING:
    from cchc_desk.session import Desk
    from ui.shell.navigation import Shell


def key_card(desk: "Desk", shell: "Shell", window: QWidget) -> Paper:
    """The card as a paper to be previewed and printed."""
    title, groups = _("Thẻ phím"), tuple(_groups(desk, shell, window))
    return Paper(title, "the-phim", partial(window_papers.key_card, desk, title, groups))


def _groups(desk: "Desk", shell: "Shell", window: QWidget) -> Iterator[KeyGroup]:
    yield KeyGroup(_("Ở mọi nơi"), _keys(window, on_page=False))
    yield KeyGroup(
        _("Trong ô và danh sách"),
        (
            ("Enter", _("Đi tiếp; mở dòng đang chọn")),
            ("Esc", _("Quay lại, không mất gì")),
            ("↑ ↓", _("Chọn trong danh sách")),
            ("Tab", _("Ô tiếp theo")),
        ),
    )
    for spec in pages.PAGES:
        if desk.practice or not spec.practice:
            page = spec.make(desk, shell)
            keys = _keys(page, on_page=True)
            page.deleteLater()
            if keys:
                yield KeyGroup(_(spec.words), keys)


def _lies_in(widget: QObject | None, rooms: type[QWidget] | tuple[type[QWidget], ...]) -> bool:
    while widget is not None:
        if isinstance(widget, rooms):
            return True
        widget = widget.parent()
    return False


def _belongs(widget: QObject, *, on_page: bool) -> bool:
    """True for a key of a page, or else for one that works everywhere after the log-in."""
    return _lies_in(widget, Page) if on_page else not _lies_in(widget, (Page, LoginPage))


def _keys(room: QWidget, *, on_page: bool) -> tuple[tuple[str, str], ...]:
    """(key, words) of every button with a key and every shortcut with words, each key once."""
    found = [
        (str(button.property("key") or ""), str(button.property("words")))
        for button in room.findChildren(QAbstractButton)
        if _belongs(button, on_page=on_page)
    ]
    found += [
        (texts.key_text(shortcut.key().toString()), shortcut.whatsThis())
        for shortcut in room.findChildren(QShortcut)
        if shortcut.whatsThis() and _belongs(shortcut, on_page=on_page)
    ]
    words: dict[str, str] = {}
    for key, said in found:
        words.setdefault(key, said.removesuffix(" ▾"))  # a sign of screens, in no letter of papers
    return tuple((key, said) for key, said in words.items() if key)
