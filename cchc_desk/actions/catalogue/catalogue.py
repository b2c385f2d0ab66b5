"""The catalogue of procedures, the promise that a limit makes, the causes of lateness."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

import resources
from cchc_desk.domain.law import fees, procedure_search
from cchc_desk.domain.law.fees import FeeRule
from cchc_desk.domain.law.forwarding import ForwardingRule, forward_by, rule_on, rules_from_json
from cchc_desk.domain.law.local_orders import LocalOrder, order_of, orders_from_json
from cchc_desk.domain.law.procedure import (
    OfficeChoice,
    ProcedureVersion,
    procedures_from_rows,
)
from cchc_desk.domain.law.procedure_search import (
    NO_ORDER,
    FoundProcedure,
    OfficeOrder,
    Vocabulary,
)
from cchc_desk.domain.text.vietnamese import sort_key
from cchc_desk.domain.time.deadlines import Due, TimeLimit, due_moment, parse_limit
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.settings import BY_KEY
from cchc_desk.snapshot import calendar_of
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import procedures

_OF_THE_ROW = ("law", "seen_at", "seen", "mark")  # of the table of fees, no parts of a rule


@dataclass(frozen=True)
class Cause:
    """A cause of lateness; `sentence` says it to a citizen, "" where no sentence can be known."""

    code: str
    label: str
    sentence: str


def find_procedures(
    desk: Desk, query: str = "", field: str | None = None, limit: int = 50
) -> tuple[ProcedureVersion, ...]:
    """Return at most `limit` procedures in force today that fit what is typed, the best first."""
    return tuple(found.version for found in search_procedures(desk, query, field, limit))


def search_procedures(
    desk: Desk, query: str, field: str | None = None, limit: int = 50
) -> tuple[FoundProcedure, ...]:
    """Return the same with the letters that were typed, to be shown."""
    with desk.read() as connection:
        versions = procedures.in_force(connection, desk.now().date())
    found = procedure_search.search_procedures(
        versions, query, vocabulary(), _office_order(desk.snapshot.choices, query)
    )
    return tuple(one for one in found if field in (None, one.version.field))[:limit]


def _office_order(choices: Mapping[str, OfficeChoice], query: str) -> OfficeOrder:
    """Return the office's words and order; a hidden procedure is found by its code alone."""
    if not choices:
        return NO_ORDER
    placed = [code for code, choice in choices.items() if choice.favourite or choice.place]
    placed.sort(key=lambda code: (not choices[code].favourite, choices[code].place or 1000, code))
    hidden = (code for code, choice in choices.items() if choice.hidden)
    return OfficeOrder(
        synonyms={code: _own_words(choice) for code, choice in choices.items()},
        favourites=tuple(placed),
        hidden=frozenset(() if query.strip()[:1].isdigit() else hidden),
    )


def _own_words(choice: OfficeChoice) -> tuple[str, ...]:
    return (choice.short_name, *choice.synonyms) if choice.short_name else choice.synonyms


def find_in_starter(query: str = "") -> tuple[ProcedureVersion, ...]:
    """Search the shipped catalogue in the same way, when no desk is set up."""
    found = procedure_search.search_procedures(starter(), query, vocabulary())
    return tuple(one.version for one in found)


@cache
def vocabulary() -> Vocabulary:
    """Return the shipped synonyms, and the words that are typed around a name."""
    shipped = json.loads(resources.read_text("catalogue/synonyms.json"))
    synonyms: dict[str, tuple[str, ...]] = {}
    for row in shipped["synonyms"]:
        synonyms[row["code"]] = (*synonyms.get(row["code"], ()), row["words"])
    return Vocabulary(synonyms, tuple(shipped["fillers"]))


def fields(desk: Desk) -> tuple[str, ...]:
    """Return every field of the catalogue in force today, in Vietnamese order."""
    with desk.read() as connection:
        versions = procedures.in_force(connection, desk.now().date())
    return tuple(sorted({version.field for version in versions}, key=sort_key))


def deadline(desk: Desk, accepted: datetime, limit_text: str) -> Due:
    """Return the promise for a limit on this desk's calendar, with its walk.

    Raises Refused("limit-unreadable"), Refused("accepted-year").
    """
    with desk.read():
        return promise(desk, accepted, parse_limit(limit_text))


def shipped_deadline(accepted: datetime, limit_text: str) -> Due:
    """Return the same on the shipped calendar and usual office hours, without a desk."""
    return due_moment(
        accepted, parse_limit(limit_text), calendar_of(BY_KEY["office_hours"].default)
    )


def promise(desk: Desk, accepted: datetime, limit: TimeLimit) -> Due:
    """Return the due moment by this desk's calendar and its setting `due_at_closing`."""
    return due_moment(accepted, limit, desk.calendar, at_closing=desk.settings["due_at_closing"])


@cache
def _forwarding_rules() -> tuple[ForwardingRule, ...]:
    return rules_from_json(resources.read_text("law/forwarding.json"))


def forward_until(desk: Desk, received: datetime) -> datetime:
    """Return until when papers taken in for another agency are to be with it.

    Raises Refused("forwarding-rule", field "for_agency") before the first rule.
    """
    rule = rule_on(_forwarding_rules(), received.date())
    if rule is None:
        raise Refused(
            "forwarding-rule",
            _("Ngày {day:%d/%m/%Y} chưa có quy định nhận hồ sơ thay cơ quan khác.").format(
                day=received
            ),
            "for_agency",
        )
    return forward_by(received, rule.cut_off, desk.calendar)


@cache
def causes() -> tuple[Cause, ...]:
    """Return the structured causes of lateness, in their order."""
    return tuple(
        Cause(row["code"], row["label"], row["sentence"])
        for row in json.loads(resources.read_text("law/causes.json"))
    )


def cause_label(code: str) -> str:
    """Return the label of a cause. Raises Refused("cause") for an unknown code."""
    return cause_of(code).label


def cause_of(code: str) -> Cause:
    """Return a cause of lateness. Raises Refused("cause") for an unknown code."""
    for cause in causes():
        if cause.code == code:
            return cause
    known = ", ".join(cause.code for cause in causes())
    raise Refused(
        "cause",
        _("Không có nguyên nhân «{code}»; hãy chọn một trong: {known}.").format(
            code=code, known=known
        ),
        "cause",
    )


@cache
def starter() -> tuple[ProcedureVersion, ...]:
    """Return the catalogue that the program ships."""
    rows = csv.DictReader(io.StringIO(resources.read_text("catalogue/procedures.csv")))
    known = json.loads(resources.read_text("catalogue/papers.json"))
    pauses = json.loads(resources.read_text("catalogue/pauses.json"))["fields"]
    priced = json.loads(resources.read_text("catalogue/fees.json"))
    return tuple(
        replace(
            version,
            pauses=tuple(pauses.get(version.field, {}).get("pauses", version.pauses)),
            fee_rule=_fee_rule(version, priced.get(version.code)),
        )
        for version in procedures_from_rows(rows, known)
    )


def _fee_rule(version: ProcedureVersion, row: Mapping[str, Any] | None) -> FeeRule | None:
    """Return the fee of the table of fees, with the law that sets it, else that of the words."""
    if row is None:
        return version.fee_rule
    facts = {key: value for key, value in row.items() if key not in _OF_THE_ROW}
    source = "; ".join(part for part in (row["law"], row["seen_at"], row["seen"]) if part)
    rule = fees.from_json(facts)
    return replace(
        rule, exemptions=version.fee_exemptions, source=source, certain=row["mark"] == "[V]"
    )


def load_starter(connection: Connection) -> None:
    """Add the shipped catalogue to a desk; the caller holds the write transaction."""
    procedures.add_versions(connection, starter())


# --- orders of a province -------------------------------------------------------------------------


@cache
def _orders() -> tuple[LocalOrder, ...]:
    return orders_from_json(resources.read_text("law/local_orders.json"))


def local_order(desk: Desk) -> LocalOrder:
    """Return the order about lateness that this office cites; empty where none is known."""
    return order_of(_orders(), desk.settings["unit_code"], desk.settings["local_order"])
