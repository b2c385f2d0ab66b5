"""Acts of one dossier: the next step large, three beside it, every other one folded in groups."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from cchc_desk.actions.dossiers.next_step import NextStep
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.i18n import _, later
from ui.dossiers import acts
from ui.look import texts

_MORE = "/"
APART = frozenset({"correct"})  # acts that the page itself places: beside what they are about
_NOT_YOURS = later("Không có việc nào cho vai trò này.")
_CANCELLED = later("Hồ sơ đã hủy do nhập sai; không còn việc nào.")


class ActPanel(QWidget):
    """Each act is one button with its key, wherever it stands; `do(name)` does it.

    The folded ones keep their keys: what is hidden is what holds them, never the button.
    """

    def __init__(self, page: QWidget, do: Callable[[str], None]) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self._shown: NextStep | None = None
        self.nothing = texts.words(_(_NOT_YOURS), "quiet")
        self.more = texts.button(_("Khác ▾"), self.toggle, _MORE, page)
        self.more.setCheckable(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("tìm việc: gõ vài chữ, Enter làm việc đầu tiên"))
        self.search.setAccessibleName(_("Tìm việc"))
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._do_first)
        self._first, self._beside = QVBoxLayout(), QVBoxLayout()
        self._groups: list[tuple[QWidget, QGridLayout]] = []
        self._cells: dict[str, QWidget] = {}  # what ends an act shares the cell of what begins it
        self._folded = self._make_groups(page, do)
        self._lay_out()

    def _make_groups(self, page: QWidget, do: Callable[[str], None]) -> QWidget:
        folded = QWidget()
        column = QVBoxLayout(folded)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        for group in acts.GROUPS:
            heading, grid = texts.words(_(group.heading), "quiet"), QGridLayout()
            grid.setVerticalSpacing(6)
            for act in group.acts:
                made = texts.button(_(act.words), partial(do, act.name), act.key, page)
                self.buttons[act.name] = made
                if act.name in APART:
                    texts.role(made, "small")
                    continue
                begun_by = acts.ENDS.get(act.name, act.name)
                if begun_by not in self._cells:
                    cell = self._cells[begun_by] = QWidget(folded)
                    QHBoxLayout(cell).setContentsMargins(0, 0, 0, 0)
                _row_of(self._cells[begun_by]).addWidget(made)
            column.addWidget(heading)
            column.addLayout(grid)
            self._groups.append((heading, grid))
        folded.hide()
        return folded

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(texts.words(_("Việc tiếp theo"), "section"))
        column.addLayout(self._first)
        column.addWidget(self.nothing)
        column.addLayout(self._beside)
        column.addWidget(self.more)
        column.addWidget(self._folded)
        column.addStretch(1)

    # --- showing ----------------------------------------------------------------------------------

    def show_acts(self, view: DossierView) -> None:
        """Enable, order and explain the acts as they are allowed now."""
        goes_on = view.next != self._shown and self._has_focus() and self._folded.isHidden()
        for act, made in self.buttons.items():
            texts.allow(made, view.allowed[act])
        self._place(view.next)
        hidden = {end for end in acts.ENDS if view.allowed[end] is not None}
        hidden |= {
            begin
            for end, begin in acts.ENDS.items()
            if end not in hidden and view.allowed[begin] is not None
        }
        for name, made in self.buttons.items():
            made.setVisible(name not in hidden)
        is_cancelled = view.dossier.cancelled is not None
        self.nothing.setText(_(_CANCELLED) if is_cancelled else _(_NOT_YOURS))
        self._filter(self.search.text())
        if goes_on:  # the button that was pressed may be gone
            self.setFocus()

    def _has_focus(self) -> bool:
        return self.isAncestorOf(QApplication.focusWidget() or self)

    def _place(self, step: NextStep) -> None:
        """Move the buttons of this step out of their groups, those of the last one back."""
        if step == self._shown:
            return
        before, self._shown = self._shown, step
        for name in (before.first, *before.beside) if before else ():
            if name:
                texts.role(self.buttons[name], "")
                _row_of(self._cells[acts.ENDS.get(name, name)]).addWidget(self.buttons[name])
        self.nothing.setVisible(step.first is None)
        if step.first:
            texts.role(self.buttons[step.first], "next")
            self._first.addWidget(self.buttons[step.first])
        for name in step.beside:
            self._beside.addWidget(self.buttons[name])
        order = [step.first or "", *step.beside]
        places = [self.buttons[name] for name in order if name]
        for one, following in pairwise([*places, self.more]):
            QWidget.setTabOrder(one, following)
        self.setFocusProxy(places[0] if places else self.more)

    def _filter(self, text: str) -> None:
        """Show the groups' acts whose words hold what is typed, without gaps."""
        wanted = fold(text).split()
        for (heading, grid), group in zip(self._groups, acts.GROUPS, strict=True):
            cells = list(
                dict.fromkeys(
                    self._cells[acts.ENDS.get(a.name, a.name)]
                    for a in group.acts
                    if a.name not in APART
                )
            )
            for cell in cells:
                grid.removeWidget(cell)
            fitting = [cell for cell in cells if self._fits(cell, wanted)]
            for cell in cells:
                cell.setVisible(cell in fitting)
            for number, cell in enumerate(fitting):
                grid.addWidget(cell, number // 2, number % 2)
            for column in range(2):
                grid.setColumnStretch(column, 1)
            heading.setVisible(bool(fitting))

    def _fits(self, cell: QWidget, wanted: list[str]) -> bool:
        shown = [one for one in self._buttons_in(cell) if not one.isHidden()]
        return any(
            all(part in fold(str(one.property("words"))) for part in wanted) for one in shown
        )

    def _buttons_in(self, cell: QWidget) -> list[QPushButton]:
        return [one for one in self.buttons.values() if one.parentWidget() is cell]

    # --- folding ----------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Unfold the other acts and search them, or fold them."""
        if self._folded.isHidden():
            self._folded.show()
            self.more.setChecked(True)
            self.search.setFocus()
        else:
            self.fold()

    def fold(self) -> bool:
        """Fold the other acts; True when they were unfolded."""
        was_open = not self._folded.isHidden()
        had_focus = self._folded.isAncestorOf(self.focusWidget() or self)
        self._folded.hide()
        self.more.setChecked(False)
        self.search.clear()
        if was_open and had_focus:
            self.setFocus()
        return was_open

    def _do_first(self) -> None:
        """Press the first act that shows and is allowed; a refused one says why."""
        cells = [cell for cell in self._cells.values() if cell.isVisible()]
        found = [one for cell in cells for one in self._buttons_in(cell) if not one.isHidden()]
        allowed = [one for one in found if one.isEnabled()]
        if allowed:
            self.fold()
            allowed[0].click()
        elif found:
            texts.signals().refused.emit(found[0].toolTip())


def _row_of(cell: QWidget) -> QHBoxLayout:
    layout = cell.layout()
    assert isinstance(layout, QHBoxLayout), "made with it"
    return layout
