"""Sets of reports on disk, and the bundles that were made of them."""

import json
from datetime import date, datetime
from typing import Any

from cchc_desk.domain.reports.sets import LAST_DAY, Bundle, Every, ReportSet, Schedule
from cchc_desk.store.engine.database import (
    Connection,
    add_numbered,
    iso,
    run,
    sound,
    stored_day,
    stored_moment,
    stored_number,
)
from cchc_desk.store.engine.tables import report_bundles, report_sets

_SETS = (
    "SELECT number, name, receiver, reports, every, closing, due_day, since FROM report_sets "
    "WHERE removed IS NULL ORDER BY number"
)
_BUNDLES = (
    "SELECT number, report_set, name, receiver, first, last, made, made_by, file, sha256, sent, "
    "sent_by, how FROM report_bundles ORDER BY number"
)


def add_set(connection: Connection, new: ReportSet) -> int:
    """Store a set under the next number, which is returned."""
    return add_numbered(connection, report_sets, _row(new))


def change_set(connection: Connection, changed: ReportSet) -> None:
    """Store a set that is there as it is from now on."""
    row = _row(changed)
    names = ", ".join(f"{name} = ?" for name in row)
    run(
        connection,
        f"UPDATE report_sets SET {names} WHERE number = ?",  # noqa: S608 - constants
        (*row.values(), changed.number),
    )


def _row(one: ReportSet) -> dict[str, Any]:
    return {
        "name": one.name,
        "receiver": one.receiver,
        "reports": json.dumps(one.reports),
        "every": one.schedule.every.value,
        "closing": one.schedule.closing,
        "due_day": one.schedule.due_day,
        "since": one.since.isoformat(),
    }


def remove_set(connection: Connection, number: int, at: datetime) -> None:
    """Store when a set was taken away; its bundles stay."""
    run(connection, "UPDATE report_sets SET removed = ? WHERE number = ?", (iso(at), number))


def all_sets(connection: Connection) -> tuple[ReportSet, ...]:
    """Return the sets that are asked for, in the order in which they were added."""
    return sound(connection, "report_sets", run(connection, _SETS), _set)


def _set(row: Any) -> ReportSet:
    number, name, receiver, reports, every, closing, due_day, since = row
    "".join((name, receiver, *json.loads(reports)))
    days = (stored_number(day, LAST_DAY) for day in (closing, due_day))
    schedule = Schedule(Every(every), *(max(1, day) for day in days))
    return ReportSet(
        int(number), name, receiver, tuple(json.loads(reports)), schedule, stored_day(since)
    )


def add_bundle(connection: Connection, bundle: Bundle) -> int:
    """Store a bundle that was just made under the next number, which is returned."""
    row = {
        "report_set": bundle.report_set,
        "name": bundle.name,
        "receiver": bundle.receiver,
        "first": bundle.first.isoformat(),
        "last": bundle.last.isoformat(),
        "made": iso(bundle.made),
        "made_by": bundle.made_by,
        "file": bundle.file,
        "sha256": bundle.sha256,
        "how": "",
    }
    return add_numbered(connection, report_bundles, row)


def mark_sent(connection: Connection, number: int, on: date, official: str, how: str) -> None:
    """Store on which day, by whom and in which way a bundle was sent."""
    run(
        connection,
        "UPDATE report_bundles SET sent = ?, sent_by = ?, how = ? WHERE number = ?",
        (on.isoformat(), official, how, number),
    )


def all_bundles(connection: Connection) -> tuple[Bundle, ...]:
    """Return every bundle, oldest first."""
    return sound(connection, "report_bundles", run(connection, _BUNDLES), _bundle)


def _bundle(row: Any) -> Bundle:
    number, of, name, receiver, first, last, made, made_by, file, sha256, sent, sent_by, how = row
    "".join((name, receiver, made_by, file, sha256, sent_by or "", how))
    return Bundle(
        int(number),
        int(of),
        name,
        receiver,
        stored_day(first),
        stored_day(last),
        stored_moment(made),
        made_by,
        file,
        sha256,
        stored_day(sent) if sent else None,
        sent_by or "",
        how,
    )
