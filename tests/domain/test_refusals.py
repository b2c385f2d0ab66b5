"""A refusal of the rules is translated when it is shown, not when it is raised."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from cchc_desk import i18n
from cchc_desk.domain import courtesy
from cchc_desk.domain.courtesy import Item
from cchc_desk.domain.dossiers.dossier import Status, Step, step
from cchc_desk.domain.law.regime import regime_on
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind, check_applicant
from cchc_desk.domain.people.identity_card import read_card
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import Permission, require
from cchc_desk.domain.time.deadlines import due_moment, parse_limit
from cchc_desk.domain.time.pauses import Pause, PauseKind, items_to_ask
from cchc_desk.errors import Refused
from cchc_desk.i18n import Message, in_vietnamese
from cchc_desk.settings import BY_KEY
from cchc_desk.snapshot import calendar_of

DOMAIN = Path(__file__).parent.parent.parent / "cchc_desk" / "domain"
TODAY = date(2026, 11, 23)
ITEM = Item("greet", "Xin chào")
ASKED = Pause(1, PauseKind.SUPPLEMENT, datetime(2026, 11, 23, 9), None, "thiếu", True, ("A",))
CARD = "092090012345||Nguyễn Thị Ánh|17051990|Nữ|1 Hòa Bình, Cần Thơ|01012021"


def person(**facts: object) -> Applicant:
    return replace(Applicant(ApplicantKind.PERSON, "Lan"), **facts)  # type: ignore[arg-type]


REFUSALS: dict[str, Callable[[], object]] = {
    "name-empty": lambda: check_applicant(person(name=" "), TODAY),
    "name-scan": lambda: check_applicant(person(name="Lan|Nữ"), TODAY),
    "born-in-future": lambda: check_applicant(person(born=date(2030, 1, 1)), TODAY),
    "born-too-early": lambda: check_applicant(person(born=date(1800, 1, 1)), TODAY),
    "email-wrong": lambda: check_applicant(person(email="lan"), TODAY),
    "text-too-long": lambda: check_applicant(person(address="a" * 300), TODAY),
    "card-unreadable": lambda: read_card("xin chào"),
    "card-incomplete": lambda: read_card(CARD.rpartition("|")[0]),
    "card-garbled": lambda: read_card(CARD.replace("17051990", "17Ố51990")),
    "card-encoding": lambda: read_card(CARD.replace("Ánh", "Nguyá»…n")),
    "card-date": lambda: read_card(CARD.replace("17051990", "31021990")),
    "log-in": lambda: require(None, Permission.ACCEPT),
    "role": lambda: require(Official("an", "An", Role.CLERK), Permission.PROCESS),
    "limit-unreadable": lambda: parse_limit("{mai}"),
    "accepted-year": lambda: due_moment(
        datetime(9500, 1, 2), parse_limit("1 ngày"), calendar_of(BY_KEY["office_hours"].default)
    ),
    "supplement-twice": lambda: items_to_ask("H", [ASKED, ASKED], ("A",), unmet=True),
    "supplement-once": lambda: items_to_ask("H", [ASKED], ("A",), unmet=False),
    "supplement-new-demand": lambda: items_to_ask("H", [ASKED], ("B",), unmet=True),
    "no-regime": lambda: regime_on((), TODAY),
    "step-not-allowed": lambda: step(Status.RETURNED, Step.READY, "H"),
    "courtesy-items": lambda: courtesy.checked_items([], [ITEM]),
    "courtesy-text": lambda: courtesy.checked_items([Item("greet", "")], [ITEM]),
    "courtesy-item": lambda: courtesy.checked_keys(["{x}"], [ITEM]),
}


@pytest.fixture(autouse=True)
def vietnamese_again() -> Iterator[None]:
    yield
    i18n.use("vi")


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_reads_in_the_language_in_which_it_is_shown(code: str) -> None:
    i18n.use("en")
    with pytest.raises(Refused) as raised_in_english:
        REFUSALS[code]()
    i18n.use("vi")
    with pytest.raises(Refused) as raised_in_vietnamese:
        REFUSALS[code]()
    assert raised_in_english.value.code == code
    vietnamese = raised_in_vietnamese.value.message
    assert raised_in_english.value.message == vietnamese
    i18n.use("en")
    english = raised_in_english.value.message
    assert raised_in_vietnamese.value.message == str(raised_in_vietnamese.value) == english
    assert english != vietnamese
    with in_vietnamese():
        assert raised_in_english.value.message == vietnamese
    assert "{" not in english.replace("{mai}", "").replace("{x}", "")


def test_a_value_of_a_message_is_translated_with_it() -> None:
    role = Message("Việc này dành cho {who}; hãy nhờ người đó hoặc đổi người dùng (Ctrl+U).")
    assert "{who}" in str(role)
    nested = Message(
        "{label} dài quá {most} ký tự; hãy viết ngắn lại.", label=Message("Địa chỉ"), most=2
    )
    assert str(nested) == "Địa chỉ dài quá 2 ký tự; hãy viết ngắn lại."
    i18n.use("en")
    assert "Địa chỉ" not in str(nested)


def test_no_rule_translates_what_it_refuses() -> None:
    """Only words made to be shown at once use `_`: the history's, a limit's, a column's title."""
    translating = set()
    for file in sorted(DOMAIN.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_", "_n")
            ):
                name = file.relative_to(DOMAIN).as_posix()
                translating.add("ledger/facts" if name.startswith("ledger/facts/") else name)
    assert translating == {  # words made at the moment they are shown (decision 003)
        "dossiers/certifications.py",
        "dossiers/standing.py",
        "law/fees.py",
        "law/procedure.py",
        "ledger/facts",
        "reports/sets.py",
        "table.py",
        "time/deadlines.py",
    }
