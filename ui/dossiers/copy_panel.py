"""Copying a dossier into another system: one key copies the next of its facts, in a shown order."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from cchc_desk.actions.lists import copying
from cchc_desk.actions.office import preferences
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.lists.copying import CopyPart
from cchc_desk.i18n import _
from ui.look import texts
from ui.shell import jobs
from ui.shell.page import Page
from ui.widgets import clipboard
from ui.widgets.fields.boxes import ComboBox
from ui.widgets.layout.flow import Flow

KEY = "Ctrl+J"
_PREFERENCE = "copy_order"
_SHOWN = 60  # letters of what was copied


class CopyPanel(QFrame):
    """The facts as buttons in their order: ✓ was copied, ▶ comes next; any of them copies its own.

    `button` opens it and copies what is next. It is closed until then, and for each new dossier.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setObjectName("card")
        self._page = page
        self._dossier: Dossier | None = None
        self._parts: Sequence[CopyPart] = ()
        self._copied: set[int] = set()
        self._next = 0
        self.button = texts.button(_("Chép lần lượt"), self.copy_next, KEY, page, "small")
        self.button.setToolTip(_("Từng mục một, theo thứ tự của hệ thống khác: sang đó dán"))
        self.said = texts.words()
        self.order = ComboBox()
        self.order.setAccessibleName(_("Thứ tự của hệ thống kia"))
        for order in copying.orders():
            self.order.addItem(order.name, order.key)
        self.order.activated.connect(self._order_chosen)
        self._flow = Flow()
        self.facts: list[QPushButton] = []
        again = texts.button(_("Lại từ đầu"), self.begin_again, kind="small")
        close = texts.button(_("Đóng"), self.hide, kind="small")
        head = QHBoxLayout()
        head.addWidget(texts.narrow(self.order), 1)
        head.addWidget(again)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addLayout(head)
        column.addWidget(self._flow)
        column.addWidget(self.said)
        texts.with_it(self.said, self)
        self.hide()

    def show_dossier(self, dossier: Dossier) -> None:
        """Hold the facts of this dossier; those of another one begin anew, and closed."""
        is_other = self._dossier is None or self._dossier.code != dossier.code
        self._dossier = dossier
        if is_other:
            self.hide()
        self._list(is_other)

    def _list(self, anew: bool) -> None:
        if self._dossier is None:
            return
        order = copying.orders()[self.order.currentIndex()]
        parts = copying.parts_of(self._page.desk, self._dossier, order)
        if parts == self._parts and not anew:
            return
        self._parts, self._copied, self._next = parts, set(), 0
        for fact in self.facts:
            self._flow.remove(fact)
        self.facts = [
            texts.button(part.label, partial(self.copy, place), kind="small")
            for place, part in enumerate(parts)
        ]
        for fact in self.facts:
            self._flow.add(fact)
            fact.show()
        self._say("")

    def copy_next(self) -> None:
        """Copy the next fact; the first key opens the panel with the order chosen last."""
        if self._dossier is None:
            return
        if self.isHidden():
            desk = self._page.desk
            jobs.run(self, lambda: str(preferences.preferences(desk)[_PREFERENCE]), self._open)
        elif self._next < len(self._parts):
            self.copy(self._next)
        else:
            self.begin_again()

    def _open(self, order: str) -> None:
        self.order.setCurrentIndex(max(0, self.order.findData(order)))
        self._list(False)
        self.show()
        self.copy_next()

    def copy(self, place: int) -> None:
        """Copy the fact in this place; the one behind it comes next."""
        part = self._parts[place]
        clipboard.put(part.text)
        self._copied.add(place)
        self._next = place + 1
        short = part.text if len(part.text) <= _SHOWN else f"{part.text[: _SHOWN - 1]}…"
        self._say(_("Đã chép {label}: «{text}».").format(label=part.label, text=short))
        QTimer.singleShot(0, self, lambda: texts.into_sight(self.said))  # once it has its place

    def begin_again(self) -> None:
        """Nothing counts as copied."""
        self._copied, self._next = set(), 0
        self._say("")

    def _say(self, done: str) -> None:
        for place, (fact, part) in enumerate(zip(self.facts, self._parts, strict=True)):
            sign = "▶ " if place == self._next else "✓ " if place in self._copied else ""
            fact.setText(f"{sign}{part.label}")
        if not self._parts:
            words = _("Hồ sơ không có gì để chép theo thứ tự này.")
        elif self._next < len(self._parts):
            words = _("Tiếp: {label} ({key}).").format(label=self._parts[self._next].label, key=KEY)
        else:
            words = _("Đã chép hết; {key} để chép lại từ đầu.").format(key=KEY)
        self.said.setText(f"{done} {words}".strip())

    def _order_chosen(self, _index: int) -> None:
        """Another system asks in another order: it is remembered for who is at the desk."""
        desk, order = self._page.desk, self.order.currentData()
        jobs.run(
            self, lambda: preferences.keep_preference(desk, _PREFERENCE, order), lambda _kept: None
        )
        self._list(True)
