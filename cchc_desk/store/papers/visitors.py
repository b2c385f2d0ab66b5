"""The people behind slips and registrations that have no dossier."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from cchc_desk.store.engine.database import add, readable
from cchc_desk.store.engine.tables import visitors


def keep_visitor(connection: Connection, owner: str, form: Mapping[str, Any]) -> None:
    add(
        connection,
        visitors,
        [{"id": owner, "form": json.dumps(form, ensure_ascii=False, sort_keys=True)}],
    )


def visitor_of(connection: Connection, owner: str) -> dict[str, Any]:
    """Return the form of the person behind a slip or registration; empty when there is none."""
    text = connection.execute(
        select(visitors.c.form).where(visitors.c.id == owner)
    ).scalar_one_or_none()
    with readable(owner):
        form: dict[str, Any] = dict(json.loads(text)) if text else {}
    return form
