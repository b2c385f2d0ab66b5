"""The key card's content, read off the window itself: what a button says is what the card says."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractButton, QWidget

from cchc_desk.actions.documents import window_papers
from cchc_desk.domain.key_card import KeyGroup
from cchc_desk.i18n import _
from ui.documents.printing import Paper
from ui.shell import pages
from ui.shell.page import Page

if TYPE_CHECKING:
    from cchc_desk.session import Desk
    from ui.shell.navigation import Shell


def key_card(desk: "Desk", shell: "Shell", window: QWidget) -> Paper:
    """The card as a paper to be previewed and printed."""
    title, groups = _("Thẻ phím"), tuple(_groups(desk, shell, window))
    return Paper(title, "the-phim", partial(window_papers.key_card, title, groups))


def _groups(desk: "Desk", shell: "Shell", window: QWidget) -> Iterator[KeyGroup]:
    frame = [button for button in window.findChildren(QAbstractButton) if not _on_a_page(button)]
    yield KeyGroup(_("Ở mọi nơi"), _keys(frame))
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
            keys = _keys(page.findChildren(QAbstractButton))
            page.deleteLater()
            if keys:
                yield KeyGroup(_(spec.words), keys)


def _on_a_page(button: QWidget) -> bool:
    above = button.parentWidget()
    return above is not None and (isinstance(above, Page) or _on_a_page(above))


def _keys(buttons: Iterable[QAbstractButton]) -> tuple[tuple[str, str], ...]:
    """(key, words) of every button that has a key."""
    found = (
        (str(button.property("key") or ""), str(button.property("words"))) for button in buttons
    )
    return tuple(dict.fromkeys(pair for pair in found if pair[0]))
