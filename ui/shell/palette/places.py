"""All that Ctrl+K finds beside dossiers, people and procedures, read off where it is declared.

Pages from ui/shell/pages.py, settings and their buttons from the settings page, registers from
ui/registers/books.py, help from its texts: nothing is listed here a second time.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QTabWidget,
    QWidget,
)

from cchc_desk.domain.text.phrase_search import Entry, Index
from cchc_desk.i18n import _, language
from ui.look import texts
from ui.shell import pages

if TYPE_CHECKING:
    from cchc_desk.session import Desk
    from ui.shell.navigation import Opener
    from ui.shell.page import Page

_MARKDOWN = re.compile(r"\*\*|`|^[#>\s]+|^\s*(?:[-*]|\d+\.)\s+")
_SENTENCE = re.compile(r"(?<=[.;:])\s+")
_SHORTEST = 12  # letters of a sentence of the help that says something


@dataclass(frozen=True)
class Choice:
    """One line of the list: what it is, its words, its key if it has one, and what Enter does.

    `also`: other words under which it is found.
    """

    kind: str
    words: str
    run: Callable[[], None]
    key: str = ""
    also: tuple[str, ...] = ()


def commands(rooms: Iterable[QWidget]) -> list[Choice]:
    """Return every key of these widgets that can be pressed now, with the words of its button."""
    by_words: dict[str, Choice] = {}
    for room in rooms:
        for button in room.findChildren(QAbstractButton):
            words = str(button.property("words") or "")
            if button.isVisibleTo(room) and button.isEnabled() and words:
                key = str(button.property("key") or "")
                by_words.setdefault(words, Choice(_("Lệnh"), words, button.click, key))
    return list(by_words.values())


def places(desk: "Desk", shell: "Opener", settings: "Page") -> list[Choice]:
    """Return pages, registers, settings with their buttons, in this order."""
    return [*_pages(desk, shell), *_books(shell), *_controls(shell, settings)]


def index(choices: Iterable[Choice]) -> Index:
    """Return the index of these lines by their words and other words; the former first."""
    return Index(
        [Entry(one.words, synonyms=one.also, rank=rank) for rank, one in enumerate(choices)]
    )


def _pages(desk: "Desk", shell: "Opener") -> Iterator[Choice]:
    for spec in pages.PAGES:
        if (spec.key or spec.also) and (desk.practice or not spec.practice):
            also = _parts(_(spec.also)) if spec.also else ()
            open_it = partial(shell.open_page, spec.name)
            yield Choice(_("Trang"), _(spec.words), open_it, spec.key, also)


def _books(shell: "Opener") -> Iterator[Choice]:
    from ui.registers.books import BOOKS

    for book in BOOKS:
        name = _(book.name)
        also = (_("In sổ {name}").format(name=name),) if book.paper else ()
        yield Choice(_("Sổ"), name, partial(shell.open_register, book.name), also=also)


def _controls(shell: "Opener", settings: "Page") -> Iterator[Choice]:
    """Return every button, those at the foot first, then every field of the settings page; Enter
    goes there.
    """
    kind = _("Cài đặt")
    fields = (QLineEdit, QComboBox, QCheckBox, QAbstractSpinBox)
    buttons = sorted(settings.findChildren(QPushButton), key=lambda one: _above(one) is None)
    named = (one for one in settings.findChildren(QWidget) if isinstance(one, fields))
    listed: set[str] = set()
    for control in (*buttons, *named):
        words = words_of(control)
        if words and words not in listed and not control.isHidden():
            listed.add(words)
            key = str(control.property("key") or "")
            also = _parts(str(control.property("also") or ""))
            yield Choice(kind, words, partial(shell.point_at, "settings", words), key, also)


def _parts(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(",") if part.strip())


def words_of(control: QWidget) -> str:
    """Return the words of a button, the name of a field; "" for a part of another control."""
    if isinstance(control.parentWidget(), (QAbstractSpinBox, QComboBox)):
        return ""
    return str(control.property("words") or "") or control.accessibleName()


def point_at(page: QWidget, words: str) -> None:
    """Bring the control with these words to the front of its tabs, into sight, and focus it."""
    for control in page.findChildren(QWidget):
        if words_of(control) != words:
            continue
        inside, above = control, _above(control) or control.parentWidget()
        while above is not None:
            if isinstance(above, QStackedWidget):
                above.setCurrentWidget(inside)
            if isinstance(above, QTabWidget):
                above.setCurrentIndex(_tab_of(above, control))
            inside, above = above, above.parentWidget()
        control.setFocus()
        texts.into_sight(control)
        return


def _above(control: QWidget) -> QWidget | None:
    """The part of the page that a key at its foot belongs to; None of any other control."""
    foot = control.parentWidget()
    part = foot.property("of") if foot is not None else None
    return part if isinstance(part, QWidget) else None


def _tab_of(tabs: QTabWidget, control: QWidget) -> int:
    parts = enumerate(map(tabs.widget, range(tabs.count())))
    return next(n for n, part in parts if part is not None and part.isAncestorOf(control))


# --- help -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sentence:
    """A sentence of the help: its topic, the words of the topic, its own."""

    topic: str
    title: str
    words: str


@dataclass(frozen=True)
class FoundSentence:
    """A sentence found, and the letters of it that were typed."""

    sentence: Sentence
    spans: tuple[tuple[int, int], ...]


def find_help(desk: "Desk", query: str) -> tuple[FoundSentence, ...]:
    """Return the headings and sentences of this desk's help that fit, the best first."""
    sentences, known = _help(desk.practice, language())
    return tuple(FoundSentence(sentences[hit.place], hit.spans) for hit in known.search(query))


@lru_cache(maxsize=4)
def _help(is_practice: bool, _language: str) -> tuple[tuple[Sentence, ...], Index]:
    from ui.help.window import text_of, topics

    found = tuple(
        Sentence(name, _(title), words)
        for name, title in topics(is_practice)
        for words in _sentences(text_of(name))
    )
    return found, Index([Entry(one.words) for one in found])


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        for sentence in _SENTENCE.split(_MARKDOWN.sub("", line)):
            if len(sentence) >= _SHORTEST or line.startswith("#"):
                yield sentence.strip(" |")
