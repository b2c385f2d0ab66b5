"""Export of dossiers in the field names of the national exchange, for other systems.

It holds what the dossiers hold, people too: it is handed over by the office itself, never sent by
the program, and the ledger keeps who took it. The names of the fields are data
(resources/exchange/fields.json).
"""

import csv
import io
import json
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import resources
from cchc_desk.actions.exports import leaving
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.law.procedure import Channel
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.output_file import output_file
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists


def export_exchange(
    desk: Desk,
    target: Path,
    first: date,
    last: date,
    reason: str,
    origin: Origin = Origin.ALL,
) -> int:
    """Write the dossiers taken in, done or returned in a period; return their number.

    A .csv file is a table, any other JSON. Raises Refused("period"), and as output_file() and
    leaving.required_reason().
    """
    reason = leaving.required_reason(desk, reason)
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    with desk.read() as connection:
        start, end = f"{first.isoformat()}T00:00", f"{last.isoformat()}T23:59"
        chosen = lists.of_origin(connection, origin)
        rows = [row for row in lists.for_exchange(connection, start, end) if row.code in chosen]
    own = {"unit_name": desk.settings["unit_name"], "unit_code": desk.settings["unit_code"]}
    records = [_record(row._asdict() | own) for row in rows]
    content = _csv(records) if target.suffix.lower() == ".csv" else _json(records)
    with output_file(target) as out:
        out.write(content)
        leaving.note(desk, "exchange", len(records), target.name, content, reason)
    return len(records)


@cache
def _facts() -> Mapping[str, Any]:
    facts: Mapping[str, Any] = json.loads(resources.read_text("exchange/fields.json"))
    return facts


def field_names() -> tuple[str, ...]:
    """Return the names of the fields, in their order."""
    return tuple(field["name"] for field in _facts()["fields"])


def _record(row: Mapping[str, Any]) -> dict[str, str]:
    return {field["name"]: _text(row[field["from"]]) for field in _facts()["fields"]}


def _text(value: Any) -> str:
    """Return a fact as the exchange writes it; "" for none."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime(_facts()["moment"])
    if isinstance(value, Channel):
        return str(_facts()["channels"][value])
    return str(value.value if isinstance(value, Enum) else value)


def _json(records: list[dict[str, str]]) -> bytes:
    return (json.dumps({"HoSo": records}, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(records: list[dict[str, str]]) -> bytes:
    """Return UTF-8 with a mark, for machines: no cell is touched, even one like a formula."""
    text = io.StringIO()
    writer = csv.DictWriter(text, field_names(), lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode("utf-8-sig")
