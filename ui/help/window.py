"""The help window: a text for every page of the program, with a picture of the page."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

import resources
from cchc_desk.domain.people.officials import ROLE_NAMES, Role
from cchc_desk.domain.permissions import ALLOWED, NAMES
from cchc_desk.i18n import SOURCE, _, language, later
from ui.help.pictures import Numbered, picture_of
from ui.look import texts
from ui.shell import pages
from ui.widgets.tables.list_lines import add_line, value_of

if TYPE_CHECKING:
    from cchc_desk.session import Desk
    from ui.shell.navigation import Shell

START, NUMBERS, RIGHTS = "start", "numbers", "rights"
_OWN = (
    (START, later("Bắt đầu")),
    (NUMBERS, later("Các con số được tính thế nào")),
    (RIGHTS, later("Quyền của từng vai trò")),
)
_PICTURE = "here.png"


def topics(is_practice: bool) -> tuple[tuple[str, str], ...]:
    """Return (name, words) of every topic: beginning, pages of this desk, definitions, rights."""
    start, numbers, rights = _OWN
    known = ((spec.name, spec.words) for spec in pages.PAGES if is_practice or not spec.practice)
    return start, *known, numbers, rights


def text_of(name: str) -> str:
    """The topic's text in the language in use, as Markdown."""
    folder = "help" if language() == SOURCE else f"help/{language()}"
    text = resources.read_text(f"{folder}/{name}.md")
    return f"{text}\n{_rights_table()}\n" if name == RIGHTS else text


def _rights_table() -> str:
    """The table of permissions itself, as Markdown: what is shown is what is asked."""
    roles = [_(ROLE_NAMES[role]) for role in Role]
    rows = [
        [_(words), *("✓" if role in ALLOWED[permission] else "–" for role in Role)]
        for permission, words in NAMES.items()
    ]
    lines = [[_("việc"), *roles], ["---", *([":---:"] * len(roles))], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


class HelpWindow(QDialog):
    """Topics at the left, the text at the right; not modal."""

    def __init__(
        self,
        desk: "Desk",
        shell: "Shell",
        made: dict[str, QWidget],
        tour: Callable[[], None],
        parent: QWidget,
    ) -> None:
        """`made`: pages that exist already and are drawn in their present state."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Trợ giúp"))
        self._desk, self._shell, self._made = desk, shell, made
        self.topics = QListWidget()
        self.topics.setAccessibleName(_("Các mục trợ giúp"))
        for name, words in topics(desk.practice):
            add_line(self.topics, _(words), {Qt.ItemDataRole.UserRole: name})
        self.topics.setFixedWidth(self.topics.sizeHintForColumn(0) + 40)
        self.text = _Text()
        self.text.setAccessibleName(_("Nội dung trợ giúp"))
        self.text.setOpenLinks(False)
        self.topics.currentRowChanged.connect(lambda _row: self._show(self.topic()))
        row = QHBoxLayout()
        row.addWidget(self.topics)
        row.addWidget(self.text, 1)
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        keys = QHBoxLayout()
        keys.addStretch(1)
        keys.addWidget(
            texts.button(_("Giới thiệu hai phút"), partial(self._tour, tour), "Alt+G", self)
        )
        keys.addWidget(texts.button(_("Đóng"), self.reject, "Esc"))
        column.addLayout(keys)
        self.resize(texts.room_on_screen(self, 136, 34).boundedTo(parent.size() - QSize(60, 40)))

    def _tour(self, tour: Callable[[], None]) -> None:
        self.reject()
        tour()

    def open_topic(self, name: str) -> None:
        """Shows one topic; the beginning for a name that has none."""
        names = [
            self.topics.item(row).data(Qt.ItemDataRole.UserRole)
            for row in range(self.topics.count())
        ]
        self.topics.setCurrentRow(names.index(name) if name in names else 0)
        self.topics.setFocus()

    def point_at(self, words: str) -> None:
        """Marks these words of the text and scrolls to them."""
        if words and self.text.find(words):
            self.text.ensureCursorVisible()

    def topic(self) -> str:
        """The name of the topic that shows."""
        return str(value_of(self.topics))

    def _show(self, name: str) -> None:
        text = text_of(name)
        picture = self._picture(name)
        if picture is not None and not picture.image.isNull():
            wide = max(320, min(picture.image.width(), self.width() - self.topics.width() - 90))
            self.text.picture = picture.image.scaledToWidth(
                wide, Qt.TransformationMode.SmoothTransformation
            )
            text += f"\n\n![{_('Màn hình')}]({_PICTURE})\n\n{_legend(picture)}"
        self.text.setMarkdown(text)

    def _picture(self, name: str) -> Numbered | None:
        """Picture of the topic's page, which is made where it was never opened."""
        if name not in pages.BY_NAME:
            return None
        if name in self._made:
            return picture_of(self._made[name])
        page = pages.BY_NAME[name].make(self._desk, self._shell)
        page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        page.resize(1180, 640)
        page.show()
        picture = picture_of(page)
        page.deleteLater()
        return picture


class _Text(QTextBrowser):
    """The text, with the one picture that it may show."""

    picture = QImage()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        return (
            self.picture if QUrl(name).toString() == _PICTURE else super().loadResource(kind, name)
        )


def _legend(picture: Numbered) -> str:
    """Meaning of the numbers in the picture as a Markdown list."""
    return "\n".join(
        f"{number}. **{key}** {words}" for number, (key, words) in enumerate(picture.keys, 1)
    )
