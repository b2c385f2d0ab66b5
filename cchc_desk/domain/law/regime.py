"""Legal regimes: the decree, form set and thresholds in force on a date, with their sources."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from cchc_desk.errors import Refused
from cchc_desk.i18n import Message


class FormSet(Enum):
    """The two sets of forms of the one-stop desk."""

    FORMS_2018 = "2018"
    FORMS_2025 = "2025"


@dataclass(frozen=True)
class Basis:
    """One instrument behind a regime, with the mark of how sure the fact is."""

    name: str
    valid_from: date
    about: str
    mark: str


@dataclass(frozen=True)
class Forms:
    """The forms of a dossier accepted from `valid_from` on, and the circular they stand in."""

    form_set: FormSet
    circular: str
    valid_from: date


@dataclass(frozen=True)
class Regime:
    """The law under which a dossier is accepted, and which it keeps for life.

    `valid_to` is the last day, None while in force. `forms` are by day: a decree may be in force
    before the circular with its forms.
    """

    key: str
    decree: str
    valid_from: date
    valid_to: date | None
    forms: tuple[Forms, ...]
    desk_title: str
    late_share: Fraction
    strikes_warn: int
    strikes_review: int
    reappointments: int
    basis: tuple[Basis, ...]

    def forms_on(self, day: date) -> Forms:
        """Return the forms of a dossier accepted on `day`, the first ones for an earlier day."""
        begun = [forms for forms in self.forms if forms.valid_from <= day]
        return begun[-1] if begun else self.forms[0]


def regime_on(regimes: Iterable[Regime], day: date) -> Regime:
    """Return the regime in force on `day`. Raises Refused("no-regime") for none."""
    for regime in regimes:
        if regime.valid_from <= day and (regime.valid_to is None or day <= regime.valid_to):
            return regime
    raise Refused(
        "no-regime",
        Message(
            "Ngày {day} chưa có quy định một cửa mà chương trình biết; hãy kiểm tra lại ngày.",
            day=f"{day:%d/%m/%Y}",
        ),
        "received",
    )


def regimes_from_json(text: str) -> tuple[Regime, ...]:
    """Read resources/law/regimes.json. Raises ValueError or KeyError when it is wrong."""
    return tuple(_regime(row) for row in json.loads(text))


def _regime(row: Mapping[str, Any]) -> Regime:
    return Regime(
        key=row["key"],
        decree=row["decree"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        forms=tuple(
            Forms(FormSet(f["form_set"]), f["circular"], date.fromisoformat(f["valid_from"]))
            for f in row.get("forms", [row])  # before 0.5.0 one set, from the regime's first day
        ),
        desk_title=row["desk_title"],
        late_share=Fraction(row["late_share"]),
        strikes_warn=row["strikes_warn"],
        strikes_review=row["strikes_review"],
        reappointments=row["reappointments"],
        basis=tuple(
            Basis(b["name"], date.fromisoformat(b["valid_from"]), b["about"], b["mark"])
            for b in row["basis"]
        ),
    )
