"""Values that the program wrote into the fields of a person, and what stood there before."""

from collections.abc import Mapping

from PySide6.QtWidgets import QComboBox, QLineEdit

from cchc_desk.i18n import _
from ui.intake.person.hint import Hint


class FilledIn:
    """The hint says what was filled in and from where; `take_back` takes it out again."""

    def __init__(
        self, fields: Mapping[str, QLineEdit], boxes: Mapping[str, QComboBox], hint: Hint
    ) -> None:
        self._fields, self._boxes, self._hint = fields, boxes, hint
        self._before: dict[str, str] = {}
        self._filled: dict[str, str] = {}
        self._sources: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """Return what stands in a field or a box."""
        box = self._boxes.get(name)
        return str(self._fields[name].text() if box is None else box.currentData())

    def _set(self, name: str, value: str) -> None:
        box = self._boxes.get(name)
        if box is None:
            write(self._fields[name], value)
        else:
            box.setCurrentIndex(box.findData(value))

    def kept(self, values: Mapping[str, str]) -> dict[str, str]:
        """Return those of `values` that have a place: nothing was typed there."""
        return {
            name: value
            for name, value in values.items()
            if value and self.value(name) in ("", self._filled.get(name, ""))
        }

    def fill(self, values: Mapping[str, str], source: str, *, anew: bool = False) -> None:
        """Write `values` and say so; a value that is there already is none of the program's.

        What was filled in before and still stands is taken back together with this, unless this
        begins `anew`.
        """
        changed = {name: value for name, value in values.items() if value != self.value(name)}
        if not changed:
            return
        if anew:
            self.forget()
        standing = {
            name: value for name, value in self._filled.items() if self.value(name) == value
        }
        before = {name: self._before[name] for name in standing}
        self._before = {name: self.value(name) for name in changed} | before
        for name, value in changed.items():
            self._set(name, value)
        self._filled = standing | changed
        self._sources = tuple(dict.fromkeys((*(self._sources if standing else ()), source)))
        self._say()

    def _say(self) -> None:
        shown = [value for name, value in self._filled.items() if value and name != "kind"]
        words = (
            _("Máy điền theo {source}: {values}")
            if len(shown) < 3
            else _("Máy điền theo {source}.")
        )
        self._hint.say(
            words.format(source=", ".join(self._sources), values=" · ".join(shown)) if shown else ""
        )

    def take_back(self) -> None:
        """Take out what was filled in; what was typed since stays."""
        for name, value in self._filled.items():
            if self.value(name) == value:
                self._set(name, self._before[name])
        self.forget()

    def forget(self) -> None:
        """Count what stands in the fields as typed from now on."""
        self._before, self._filled, self._sources = {}, {}, ()
        self._hint.say("")

    def take_over(self, name: str) -> bool:
        """Count this value as typed; return True if the program had filled it in."""
        return bool(self._filled.pop(name, ""))


def put(field: QLineEdit, text: str) -> None:
    """The text from its beginning, where it is longer than the field."""
    field.setText(text)
    _show_head(field)


def write(field: QLineEdit, text: str) -> None:
    """The text in place of what stands there; Ctrl+Z in the field brings that back."""
    field.selectAll()
    field.insert(text)
    _show_head(field)


def _show_head(field: QLineEdit) -> None:
    """A long text from its beginning, but the cursor behind it where it is typed on."""
    if not field.hasFocus():
        field.setCursorPosition(0)
