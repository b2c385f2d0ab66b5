"""The desk's own rows: settings, preferences, number series, drafts, changed days, the city."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from cchc_desk.domain.ledger.numbers import TakenNumber, highest
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.tables import drafts, preferences, settings

_TAKE = (
    "INSERT INTO numbers (series, period, next) VALUES (?, ?, ? + 1) "
    "ON CONFLICT (series, period) DO UPDATE SET next = max(numbers.next + 1, excluded.next) "
    "RETURNING next - 1"
)
_NEXT = "SELECT next FROM numbers WHERE series = ? AND period = ?"
# The row of the facts' revision; no paper bears a number of this series.
_REVISION = "SELECT next FROM numbers WHERE series = 'facts' AND period = ''"
_RAISE_REVISION = (
    "INSERT INTO numbers (series, period, next) VALUES ('facts', '', 1) "
    "ON CONFLICT (series, period) DO UPDATE SET next = numbers.next + 1"
)
_TAKEN = "numbers taken"  # of Connection.info: those of the transaction open now
_DAY_CHANGED = (
    "INSERT INTO outbox (day) VALUES (?) "
    "ON CONFLICT (day) DO UPDATE SET changed = 1 WHERE changed = 0"
)
_FIRST_DUE = "SELECT substr(first_due, 1, 10) FROM dossiers WHERE code = ?"


def load_settings(connection: Connection) -> dict[str, Any]:
    """Return the settings that were ever set, by key."""
    return {row.key: json.loads(row.value) for row in connection.execute(select(settings))}


def keep_setting(connection: Connection, key: str, value: Any) -> None:
    """Store one setting and raise the facts' revision; the caller holds the transaction."""
    text = json.dumps(value, ensure_ascii=False)
    statement = insert(settings).values(key=key, value=text)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": text})
    )
    raise_revision(connection)


def drop_setting(connection: Connection, key: str) -> None:
    """Delete one setting and raise the facts' revision; the caller holds the transaction."""
    run(connection, "DELETE FROM settings WHERE key = ?", (key,))
    raise_revision(connection)


def revision(connection: Connection) -> int:
    """Return the revision of settings, calendar and regimes; 0 when none was ever changed."""
    row = run(connection, _REVISION).fetchone()
    return int(row[0]) if row else 0


def raise_revision(connection: Connection) -> None:
    """Make every open desk read settings, calendar and regimes again, once this is committed.

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
    """Return the next number of `series` in `period`, never given twice; the first is `first`.

    Taken inside the caller's write transaction: a number rolled back was never printed.
    """
    (number,) = run(connection, _TAKE, (series, period, first)).fetchone()
    connection.info.setdefault(_TAKEN, []).append(TakenNumber(series, period, int(number)))
    return int(number)


def raise_number(connection: Connection, raised: TakenNumber) -> None:
    """Let a series go on behind a number that was given; it counts as taken here."""
    series, period, number = raised.series, raised.period, raised.number
    sql = (
        "INSERT INTO numbers (series, period, next) VALUES (?, ?, ?) "
        "ON CONFLICT (series, period) DO UPDATE SET next = max(next, excluded.next) "
        "RETURNING next - 1"
    )
    (now,) = run(connection, sql, (series, period, number + 1)).fetchone()
    connection.info.setdefault(_TAKEN, []).append(TakenNumber(series, period, int(now)))


def none_taken(connection: Connection) -> None:
    """Forget the numbers that an earlier transaction took: a new one begins."""
    connection.info.pop(_TAKEN, None)


def taken_numbers(connection: Connection) -> tuple[TakenNumber, ...]:
    """Return the highest number of each series that this transaction took until now."""
    return highest(connection.info.get(_TAKEN, ()))


def all_numbers(connection: Connection) -> tuple[TakenNumber, ...]:
    """Return the highest number given of each series and period, by both."""
    sql = (
        "SELECT series, period, next - 1 FROM numbers WHERE series != 'facts' "
        "ORDER BY series, period"
    )
    return tuple(TakenNumber(*row) for row in run(connection, sql))


def next_number(connection: Connection, series: str, period: str, first: int) -> int:
    """Return the number that take_number() would give, and take none."""
    row = run(connection, _NEXT, (series, period)).fetchone()
    return max(int(row[0]), first) if row else first


def days_changed(connection: Connection, first: date, today: date, code: str) -> None:
    """Mark the days whose figures for the city changed, from `first` to `today`.

    And the day on which the dossier was due: there it may be late.
    """
    for day in range((today - first).days):
        run(connection, _DAY_CHANGED, ((first + timedelta(days=day)).isoformat(),))
    run(connection, _DAY_CHANGED, (today.isoformat(),))
    due = run(connection, _FIRST_DUE, (code,)).fetchone() if code else None
    if due and due[0] < today.isoformat():
        run(connection, _DAY_CHANGED, due)


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
    """Return the desk's facts about its city; None while it never asked to be enrolled."""
    row = run(connection, "SELECT value FROM settings WHERE key = 'city'").fetchone()
    facts: dict[str, Any] | None = json.loads(row[0]) if row else None
    return facts
