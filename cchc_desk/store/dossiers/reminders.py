"""Reminders on disk, beside their slips."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from cchc_desk.domain.dossiers.dossier import How, number_text
from cchc_desk.domain.dossiers.reminders import Asker, Reminder, ReminderLine
from cchc_desk.store.dossiers.dossiers import moment, number_of
from cchc_desk.store.engine.database import Connection, add, iso, run, sound, stored_moment
from cchc_desk.store.engine.tables import reminders

_NEVER = datetime(2199, 12, 31)  # the lines are not shown
_REMINDERS = """
SELECT r.slip, d.code, r.time, s.number, s.symbol, s.made, s.made_by, r.asker, r.how, s.reason,
       r.holder, r.receiver, r.answer_by, r.answered, r.answered_by, r.answer,
       a.name, d.procedure_name, d.field, h.name, o.name
FROM reminders r JOIN slips s ON s.id = r.slip JOIN dossiers d ON d.n = r.dossier
JOIN applicants a ON a.dossier = d.n
LEFT JOIN officials h ON h.id = r.holder LEFT JOIN officials o ON o.id = r.receiver
"""


def add_reminder(connection: Connection, reminder: Reminder) -> None:
    """Store a reminder whose slip is stored."""
    row = {
        "slip": reminder.slip,
        "dossier": number_of(connection, reminder.code),
        "time": reminder.time,
        "asker": reminder.asker.value,
        "how": reminder.how.value,
        "holder": reminder.holder,
        "receiver": reminder.receiver,
        "answer_by": iso(reminder.answer_by),
    }
    add(connection, reminders, [row])


def answer_open(connection: Connection, code: str, at: datetime, by: str, answer: str) -> None:
    """Store the answer to every open reminder of a dossier."""
    sql = (
        "UPDATE reminders SET answered = ?, answered_by = ?, answer = ? "
        "WHERE answered IS NULL AND dossier = (SELECT n FROM dossiers WHERE code = ?)"
    )
    run(connection, sql, (iso(at), by, answer, code))


def drop_reminder(connection: Connection, slip: str) -> None:
    """Take a reminder out of the dossier; the ledger has it, and its slip is void."""
    run(connection, "DELETE FROM reminders WHERE slip = ?", (slip,))


def of_dossier(connection: Connection, code: str) -> tuple[Reminder, ...]:
    """Return the reminders of a dossier, oldest first."""
    return tuple(line.reminder for line in _lines(connection, "d.code = ?", (code,), _NEVER))


def open_lines(connection: Connection, now: datetime) -> tuple[ReminderLine, ...]:
    """Return the reminders that wait for an answer, the most pressing first.

    About an entry made by mistake nobody waits.
    """
    return _lines(connection, "r.answered IS NULL AND d.cancelled IS NULL", (), now)


def lines_in(
    connection: Connection, first: date, last: date, now: datetime
) -> tuple[ReminderLine, ...]:
    """Return the reminders made in a period, by when they must be answered."""
    days = (first.isoformat(), last.isoformat())
    return _lines(connection, "substr(s.made, 1, 10) BETWEEN ? AND ?", days, now)


def _lines(
    connection: Connection, where: str, values: Sequence[str], now: datetime
) -> tuple[ReminderLine, ...]:
    sql = f"{_REMINDERS} WHERE {where} ORDER BY r.answer_by, d.n, r.time"
    rows = run(connection, sql, values)
    return sound(connection, "reminders", rows, lambda row: _line(row, now))


def _line(row: Any, now: datetime) -> ReminderLine:
    (
        slip, code, time, number, symbol, made, made_by, asker, how, words, holder, receiver,
        answer_by, answered, answered_by, answer, name, procedure, field, holder_name,
        receiver_name,
    ) = row  # fmt: skip
    "".join((words, answer, name, procedure, field, holder_name, receiver_name))
    reminder = Reminder(
        slip=slip,
        code=code,
        time=int(time),
        number_text=number_text(number, symbol),
        made=stored_moment(made),
        made_by=made_by,
        asker=Asker(asker),
        how=How(how),
        words=words,
        holder=holder,
        receiver=receiver,
        answer_by=stored_moment(answer_by),
        answered=moment(answered),
        answered_by=answered_by,
        answer=answer,
    )
    return ReminderLine(reminder, name, procedure, field, holder_name, receiver_name, now)
