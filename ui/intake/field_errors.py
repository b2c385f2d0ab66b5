"""Faults of the intake page, each beside the field that it concerns."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtWidgets import QLabel, QWidget

from cchc_desk.domain.people.applicant import applicant_problems
from cchc_desk.errors import Refused
from ui.intake.form import IntakeForm, to_applicant, to_received
from ui.shell import notices


class Panel(Protocol):
    """A panel with a line for an error under some of its fields."""

    errors: dict[str, QLabel]

    def show_error(self, field: str, message: str) -> None:
        """Shows `message` under `field`; "" hides the line."""


class FieldErrors:
    """Shows faults by `places`: field of a refusal -> where it is typed, in reading order."""

    def __init__(
        self, page: QWidget, panels: Sequence[Panel], places: Mapping[str, QWidget]
    ) -> None:
        self._page, self._panels, self._places = page, panels, places

    def refuse(self, faults: Sequence[Refused]) -> None:
        """Show each fault beside its field and focus the first; others go to the notices."""
        self.mark(faults)
        fields = {fault.field for fault in faults}
        first = next((place for field, place in self._places.items() if field in fields), None)
        if first is not None:
            first.setFocus()
        for fault in faults:
            if fault.field not in self._places:
                notices.trouble(fault.message)

    def mark(self, faults: Iterable[Refused]) -> None:
        """Show the first fault of each field, and none beside the others."""
        messages = {fault.field: fault.message for fault in reversed(list(faults))}
        for field in self._places:
            self.show(field, messages.get(field, ""))

    def show(self, field: str, message: str) -> None:
        for panel in self._panels:
            if field in panel.errors:
                panel.show_error(field, message)

    def check_person(self, form: IntakeForm, field: str, now: datetime) -> None:
        """Show what is wrong with one field of the owner, if anything is typed there."""
        if not getattr(form, field).strip():
            return
        try:
            problems = applicant_problems(to_applicant(form, now), now.date())
        except Refused as unreadable:
            problems = (unreadable,)
        for problem in problems:
            if problem.field == field:
                self.show(field, problem.message)

    def check_received(self, form: IntakeForm, now: datetime) -> None:
        """Show that the hour or day of a late entry cannot be read, where it cannot."""
        try:
            to_received(form, now)
        except Refused as unreadable:
            self.show("received", unreadable.message)

    def is_typing_in(self, field: str) -> bool:
        """Return True if the focus is in `field`."""
        focus, place = self._page.focusWidget(), self._places[field]
        return focus is not None and (focus is place or place.isAncestorOf(focus))
