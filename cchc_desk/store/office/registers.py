"""The desk's own rows: settings, preferences, number series, drafts, changed days, the city."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from cchc_desk.domain.ledger.numbers import TakenNumber, highest
from cchc_desk.errors import Trouble
from cchc_desk.i18n import _
from cchc_desk.store.engine.database import UNREADABLE, keep, run, sound
from cchc_desk.store.engine.tables import drafts, preferences, settings, station_settings

# A next number that is none, or that no series ever reaches, is a damaged one: as if it were lost.
_SANE = (
    "CASE WHEN typeof(numbers.next) = 'integer' AND numbers.next BETWEEN 1 AND 1000000 "
    "THEN numbers.next ELSE 0 END"
)
_TAKE = f"""
    INSERT INTO numbers (series, period, next) VALUES (?, ?, ? + 1)
        ON CONFLICT (series, period) DO UPDATE SET next = max({_SANE} + 1, excluded.next)
        RETURNING next - 1"""  # noqa: S608 - our own words
_RAISE = f"""
    INSERT INTO numbers (series, period, next) VALUES (?, ?, ?)
        ON CONFLICT (series, period) DO UPDATE SET next = max({_SANE}, excluded.next)
        RETURNING next - 1"""  # noqa: S608 - our own words
_NEXT = f"SELECT {_SANE} FROM numbers WHERE series = ? AND period = ?"  # noqa: S608
# The row of the facts' revision; no paper bears a number of this series.
_REVISION = "SELECT next FROM numbers WHERE series = 'facts' AND period = ''"
_RAISE_REVISION = (
    "INSERT INTO numbers (series, period, next) VALUES ('facts', '', 1) "
    "ON CONFLICT (series, period) DO UPDATE SET next = numbers.next + 1"
)
# Of Connection.info: what the transaction open now did.
_TAKEN, _RAISED = "numbers taken", "facts raised"
_DAY_CHANGED = (
    "INSERT INTO outbox (day) VALUES (?) "
    "ON CONFLICT (day) DO UPDATE SET changed = 1 WHERE outbox.changed = 0"
)
_FIRST_DUE = "SELECT substr(first_due, 1, 10) FROM dossiers WHERE code = ?"


def load_settings(connection: Connection, station: str = "") -> dict[str, Any]:
    """Return the settings that were ever set, by key; what this station has of its own holds."""
    found = {}
    rows = [*run(connection, "SELECT key, value FROM settings")]
    if station:
        rows += run(
            connection, "SELECT key, value FROM station_settings WHERE station = ?", (station,)
        )
    for key, value in rows:
        try:
            found[key] = json.loads(value)
        except UNREADABLE as error:
            raise damaged_settings(str(key)) from error
    return found


def damaged_settings(key: str) -> Trouble:
    """Return Trouble("damaged") for a setting without which no desk can be opened rightly."""
    return Trouble(
        "damaged",
        _(
            "Cài đặt «{key}» của quầy bị hỏng nên chưa mở được. Hãy giữ nguyên thư mục dữ liệu và "
            "khôi phục bản sao gần nhất (cchc restore)."
        ).format(key=key[:40]),
    )


def keep_setting(connection: Connection, key: str, value: Any, station: str = "") -> None:
    """Store one setting, of this station or of all, and raise the facts' revision.

    The caller holds the transaction.
    """
    text = json.dumps(value, ensure_ascii=False)
    if station:
        keep(connection, station_settings, {"station": station, "key": key, "value": text})
    else:
        keep(connection, settings, {"key": key, "value": text})
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
    connection.info[_RAISED] = True


def facts_changed(connection: Connection) -> bool:
    """Return True where this transaction changed settings, calendar or regimes."""
    return _RAISED in connection.info


def preferences_of(connection: Connection, official: str) -> dict[str, Any]:
    rows = run(connection, "SELECT key, value FROM preferences WHERE official = ?", (official,))
    return dict(sound(connection, "preferences", rows, lambda row: (row[0], json.loads(row[1]))))


def keep_preference(connection: Connection, official: str, key: str, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    keep(connection, preferences, {"official": official, "key": key, "value": text})


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
    (now,) = run(connection, _RAISE, (series, period, number + 1)).fetchone()
    connection.info.setdefault(_TAKEN, []).append(TakenNumber(series, period, int(now)))


def begin(connection: Connection) -> None:
    """Forget what an earlier transaction took and changed: a new one begins."""
    connection.info.pop(_TAKEN, None)
    connection.info.pop(_RAISED, None)


def taken_numbers(connection: Connection) -> tuple[TakenNumber, ...]:
    """Return the highest number of each series that this transaction took until now."""
    return highest(connection.info.get(_TAKEN, ()))


def all_numbers(connection: Connection) -> tuple[TakenNumber, ...]:
    """Return the highest number given of each series and period, by both."""
    sql = (
        "SELECT series, period, next - 1 FROM numbers WHERE series != 'facts' "
        "AND typeof(series) = 'text' AND typeof(period) = 'text' "  # others: no program's
        "ORDER BY series, period"
    )
    return tuple(TakenNumber(*row) for row in run(connection, sql))


# PostgreSQL reads every code of the day for max(code) where its statistics say that they are few.
_HIGHEST_CODE = "SELECT code FROM dossiers WHERE code > ? AND code <= ? ORDER BY code DESC LIMIT 1"


def highest_serial(connection: Connection, day: str, last: str) -> int:
    """Return the highest serial of the codes that begin with `day`, up to code `last`; 0: none."""
    row = run(connection, _HIGHEST_CODE, (day, last)).fetchone()
    serial = str(row[0]).rpartition("-")[2] if row else ""
    return int(serial) if serial.isdecimal() and len(serial) <= 6 else 0


def highest_receipt(connection: Connection, day: str) -> int:
    """Return the highest serial of the receipts printed ahead that begin with `day`; 0: none."""
    sql = "SELECT max(number) FROM paper_receipts WHERE number > ? AND number < ?"
    (number,) = run(connection, sql, (day, f"{day}:")).fetchone()
    serial = str(number or "").rpartition("-")[2]
    return int(serial) if serial.isdecimal() and len(serial) <= 6 else 0


def number_rows(connection: Connection) -> dict[tuple[str, str], object]:
    """Return the next number of each series and period as it lies there."""
    rows = run(connection, "SELECT series, period, next FROM numbers")
    return {(str(series), str(period)): following for series, period, following in rows}


def set_number(connection: Connection, given: TakenNumber) -> None:
    """Let a series go on behind `given`, whatever its row said before; it counts as taken here."""
    sql = (
        "INSERT INTO numbers (series, period, next) VALUES (?, ?, ?) "
        "ON CONFLICT (series, period) DO UPDATE SET next = excluded.next"
    )
    run(connection, sql, (given.series, given.period, given.number + 1))
    connection.info.setdefault(_TAKEN, []).append(given)


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
    text, at = json.dumps(form, ensure_ascii=False), saved.isoformat(timespec="seconds")
    keep(connection, drafts, {"official": official, "form": text, "saved": at})


def draft_of(connection: Connection, official: str) -> dict[str, Any] | None:
    text = connection.execute(
        select(drafts.c.form).where(drafts.c.official == official)
    ).scalar_one_or_none()
    rows = [] if text is None else [text]
    read = sound(connection, "drafts", rows, lambda row: dict(json.loads(row)))
    return read[0] if read else None


def drop_draft(connection: Connection, official: str) -> None:
    run(connection, "DELETE FROM drafts WHERE official = ?", (official,))


def city(connection: Connection) -> dict[str, Any] | None:
    """Return the desk's facts about its city; None while it never asked to be enrolled."""
    row = run(connection, "SELECT value FROM settings WHERE key = 'city'").fetchone()
    try:
        facts: dict[str, Any] | None = dict(json.loads(row[0])) if row else None
    except UNREADABLE as error:
        raise damaged_settings("city") from error
    return facts
