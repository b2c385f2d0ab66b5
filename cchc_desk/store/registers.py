"""The desk's own rows: settings, preferences, number series, drafts, and which day changed."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from cchc_desk.store.database import run
from cchc_desk.store.tables import drafts, preferences, settings

_TAKE = (
    "INSERT INTO numbers (series, period, next) VALUES (?, ?, ? + 1) "
    "ON CONFLICT (series, period) DO UPDATE SET next = max(numbers.next + 1, excluded.next) RETURNING next - 1"
)
_DAY_CHANGED = (
    "INSERT INTO outbox (day, revision) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET revision = outbox.revision + 1"
)


def load_settings(connection: Connection) -> dict[str, Any]:
    return {row.key: json.loads(row.value) for row in connection.execute(select(settings))}


def keep_setting(connection: Connection, key: str, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    statement = insert(settings).values(key=key, value=text)
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": text}))


def preferences_of(connection: Connection, official: str) -> dict[str, Any]:
    rows = run(connection, "SELECT key, value FROM preferences WHERE official = ?", (official,))
    return {key: json.loads(value) for key, value in rows}


def keep_preference(connection: Connection, official: str, key: str, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    statement = insert(preferences).values(official=official, key=key, value=text)
    connection.execute(statement.on_conflict_do_update(index_elements=["official", "key"], set_={"value": text}))


def take_number(connection: Connection, series: str, period: str, first: int) -> int:
    """The next number of `series` in `period`, never given twice; the first one ever is `first`.

    Taken inside the caller's write transaction: what is rolled back was never printed.
    """
    (number,) = run(connection, _TAKE, (series, period, first)).fetchone()
    return int(number)


def day_changed(connection: Connection, day: date) -> None:
    """Raises the outbox revision of a day whose figures changed; the bytes are made when they are sent."""
    run(connection, _DAY_CHANGED, (day.isoformat(),))


def keep_draft(connection: Connection, official: str, form: dict[str, Any], saved: datetime) -> None:
    values = {"form": json.dumps(form, ensure_ascii=False), "saved": saved.isoformat(timespec="seconds")}
    statement = insert(drafts).values(official=official, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["official"], set_=values))


def draft_of(connection: Connection, official: str) -> dict[str, Any] | None:
    text = connection.execute(select(drafts.c.form).where(drafts.c.official == official)).scalar_one_or_none()
    if text is None:
        return None
    form: dict[str, Any] = json.loads(text)
    return form


def drop_draft(connection: Connection, official: str) -> None:
    run(connection, "DELETE FROM drafts WHERE official = ?", (official,))
