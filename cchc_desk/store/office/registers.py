"""The desk's own rows: settings, preferences, number series, drafts, which days changed, the
city.
"""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import drafts, preferences, settings

_TAKE = (
    "INSERT INTO numbers (series, period, next) VALUES (?, ?, ? + 1) "
    "ON CONFLICT (series, period) DO UPDATE SET next = max(numbers.next + 1, excluded.next) "
    "RETURNING next - 1"
)
# The row of the facts' revision; no paper bears a number of this series.
_REVISION = "SELECT next FROM numbers WHERE series = 'facts' AND period = ''"
_RAISE_REVISION = (
    "INSERT INTO numbers (series, period, next) VALUES ('facts', '', 1) "
    "ON CONFLICT (series, period) DO UPDATE SET next = numbers.next + 1"
)
# The days from the first that an act changes to today, and the day on which its dossier was due:
# there it may be late.
_DAYS_CHANGED = """
WITH RECURSIVE days (day) AS (SELECT :first UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < :today)
INSERT INTO outbox (day) SELECT day FROM days
UNION SELECT substr(first_due, 1, 10) FROM dossiers WHERE code = :code AND first_due < :today
ON CONFLICT (day) DO UPDATE SET changed = 1
"""


def load_settings(connection: Connection) -> dict[str, Any]:
    return {row.key: json.loads(row.value) for row in connection.execute(select(settings))}


def keep_setting(connection: Connection, key: str, value: Any) -> None:
    """Keeps one setting and raises the revision of the facts."""
    text = json.dumps(value, ensure_ascii=False)
    statement = insert(settings).values(key=key, value=text)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": text})
    )
    raise_revision(connection)


def drop_setting(connection: Connection, key: str) -> None:
    """Forgets one setting and raises the revision of the facts."""
    run(connection, "DELETE FROM settings WHERE key = ?", (key,))
    raise_revision(connection)


def revision(connection: Connection) -> int:
    """The revision of settings, calendar and regimes; 0 where nothing has changed them yet."""
    row = run(connection, _REVISION).fetchone()
    return int(row[0]) if row else 0


def raise_revision(connection: Connection) -> None:
    """Has every open desk read settings, calendar and regimes again, once the caller's transaction
    is kept.

    Its row stands among the numbers: the settings are sealed, and this is none of them.
    """
    run(connection, _RAISE_REVISION)


def preferences_of(connection: Connection, official: str) -> dict[str, Any]:
    rows = run(connection, "SELECT key, value FROM preferences WHERE official = ?", (official,))
    return {key: json.loads(value) for key, value in rows}


def keep_preference(connection: Connection, official: str, key: str, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    statement = insert(preferences).values(official=official, key=key, value=text)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["official", "key"], set_={"value": text})
    )


def take_number(connection: Connection, series: str, period: str, first: int) -> int:
    """The next number of `series` in `period`, never given twice; the first one ever is `first`.

    Taken inside the caller's write transaction: what is rolled back was never printed.
    """
    (number,) = run(connection, _TAKE, (series, period, first)).fetchone()
    return int(number)


def days_changed(connection: Connection, first: date, today: date, code: str) -> None:
    """Notes for the city that the figures of every day from `first` on changed, and what it knows
    of a late dossier.
    """
    values = {"first": min(first, today).isoformat(), "today": today.isoformat(), "code": code}
    run(connection, _DAYS_CHANGED, values)


def keep_draft(
    connection: Connection, official: str, form: dict[str, Any], saved: datetime
) -> None:
    values = {
        "form": json.dumps(form, ensure_ascii=False),
        "saved": saved.isoformat(timespec="seconds"),
    }
    statement = insert(drafts).values(official=official, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["official"], set_=values))


def draft_of(connection: Connection, official: str) -> dict[str, Any] | None:
    text = connection.execute(
        select(drafts.c.form).where(drafts.c.official == official)
    ).scalar_one_or_none()
    if text is None:
        return None
    form: dict[str, Any] = json.loads(text)
    return form


def drop_draft(connection: Connection, official: str) -> None:
    run(connection, "DELETE FROM drafts WHERE official = ?", (official,))


def city(connection: Connection) -> dict[str, Any] | None:
    """What the desk knows of its city: None while it never asked to be enrolled."""
    row = run(connection, "SELECT value FROM settings WHERE key = 'city'").fetchone()
    facts: dict[str, Any] | None = json.loads(row[0]) if row else None
    return facts
