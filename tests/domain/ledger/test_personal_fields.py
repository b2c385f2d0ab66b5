"""The marks on a fact's texts: which of them go when a dossier's people are forgotten."""

import json
from dataclasses import dataclass
from datetime import datetime

import pytest

from cchc_desk.domain.ledger import facts
from cchc_desk.domain.ledger.facts.base import Clear, Facts, Personal, personal_fields
from cchc_desk.domain.ledger.facts.office import SetStep

NOBODY = "(đã ẩn danh)"


@dataclass(frozen=True)
class Marked(Facts):
    name: Personal
    items: tuple[Personal, ...]
    giver: Clear | None
    steps: tuple[SetStep, ...]
    due: datetime


@dataclass(frozen=True)
class Forgotten(Facts):
    giver: Clear
    note: str | None = None


def test_every_text_of_every_act_is_marked() -> None:
    assert personal_fields(Marked) == {"name", "items"}
    with pytest.raises(TypeError, match=r"Forgotten\.note is neither Personal nor Clear"):
        personal_fields(Forgotten)
    for kinds in facts.BY_ACT.values():
        for kind in kinds:
            personal_fields(kind)


def without_people(act: str, **details: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(facts.without_people(act, json.dumps(details), NOBODY))
    return found


def test_people_go_from_an_entry_and_what_is_empty_stays_empty() -> None:
    proofs = {"entry_before": 3, "broken_before": True}
    asked = {"number": "01/HDHS", "reason": "", "items": ["Giấy của bà Lan"]}
    assert without_people("request", **asked, **proofs, seal="ab") == {
        "number": "01/HDHS",
        "reason": "",
        "items": [NOBODY],
        **proofs,
    }


def test_people_go_from_what_an_old_version_wrote_and_from_what_none_did() -> None:
    assert without_people("return", to="Trần Thị Lan", letters_owed=0) == {
        "to": NOBODY,
        "letters_owed": 0,
    }
    assert without_people("ready", remark="bà Lan") == {"remark": NOBODY}
    assert without_people("act of another version", name="bà Lan") == {"name": NOBODY}
    assert facts.without_people("ready", "{bà Lan", NOBODY) == "{}"
