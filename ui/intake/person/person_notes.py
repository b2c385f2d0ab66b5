"""Doubts about the owner, and the dossiers they already have here."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLabel

from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.i18n import _, _n
from ui import formatting
from ui.look import texts

_DOSSIERS_SHOWN = 4


class PersonNotes:
    """Two labels, each hidden while it has nothing to say."""

    def __init__(self, short_name: Callable[[str, str], str]) -> None:
        """`short_name` has code and full name of a procedure."""
        self._short_name = short_name
        self._of_card: tuple[str, tuple[str, ...]] = ("", ())  # number on the card, its doubts
        self.warnings: QLabel = texts.words("", "warning")
        self.others: QLabel = texts.words("", "warning")
        self.warnings.hide()
        self.others.hide()

    @property
    def on_card(self) -> str:
        """The number of the card that was read, "" for none."""
        return self._of_card[0]

    def keep_card(self, number: str, doubts: tuple[str, ...]) -> None:
        """Remember the doubts about a card, for as long as its number stands in the field."""
        self._of_card = (number, doubts)

    def forget(self) -> None:
        """Another owner: nothing is known."""
        self._of_card = ("", ())
        self.show_warnings((), "")
        self.show_open_dossiers(())

    def show_warnings(self, sentences: Sequence[str], id_number: str) -> None:
        """Show the doubts about the owner of this number, below those about their card."""
        number, doubts = self._of_card
        of_card = doubts if number == id_number else ()
        lines = [f"⚠ {sentence}" for sentence in dict.fromkeys((*of_card, *sentences))]
        self.warnings.setText("\n".join(lines))
        self.warnings.setVisible(bool(lines))

    def show_open_dossiers(self, rows: Sequence[DossierRow]) -> None:
        """The person's dossiers that are not closed: perhaps it was handed in already."""
        lines = [
            _("⚠ Đang có {code}: {procedure_name} – {state}").format(
                code=row.code,
                procedure_name=self._short_name(row.procedure_code, row.procedure_name),
                state=formatting.state(row),
            )
            for row in rows[:_DOSSIERS_SHOWN]
        ]
        more = len(rows) - _DOSSIERS_SHOWN
        self.others.setText(
            "\n".join(
                [*lines, _n("và {more} hồ sơ nữa", more).format(more=more)] if more > 0 else lines
            )
        )
        self.others.setVisible(bool(lines))
