"""The facts of figures in a desk's tables; `d` is the dossier in every statement.

Moments are ISO text, so SQL compares them as time does.
"""

from cchc_desk.domain.conditions import Condition
from cchc_desk.domain.figures import OF_ORIGIN, Facts, Origin, Period
from cchc_desk.sql import where
from cchc_desk.store.dossiers.dossiers import DECIDED
from cchc_desk.store.engine.database import iso

_ASKED_TWICE = """d.n IN (
  SELECT dossier FROM pauses WHERE kind = 'supplement' AND undone IS NULL
  GROUP BY dossier HAVING count(*) > 1)"""
_COLUMNS = {
    Facts.status: "d.status",
    # The plus keeps SQLite from the index on it: "accepted by now" is nearly every dossier.
    Facts.accepted: "+d.accepted",
    Facts.first_due: "d.first_due",
    Facts.last_minute: "d.last_minute",
    Facts.second_due: "CASE WHEN d.due <> d.first_due THEN d.due END",
    Facts.second_last_minute: "CASE WHEN d.due <> d.first_due "
    "THEN substr(d.due, 1, 10) || 'T23:59' END",
    Facts.due: "d.due",
    Facts.paused_since: "d.paused_since",
    Facts.ready: "d.ready",
    Facts.returned: "d.returned",
    Facts.ended: "d.ended",
    Facts.finished: "coalesce(d.ready, d.ended)",
    Facts.closed: "d.closed",
    Facts.cancelled: "d.cancelled",
    Facts.watched: "d.system <> ''",
    Facts.taken_in: "d.system = ''",
    Facts.forward_by: "d.forward_by",
    Facts.forwarded: "d.forwarded",
    Facts.letters_signed: "(SELECT count(*) FROM letters l WHERE l.dossier = d.n "
    "AND l.signed IS NOT NULL AND l.kind = 'late')",
    Facts.online: "d.channel = 'online'",
    Facts.on_paper: "d.channel <> 'online'",
    Facts.accepted_day: "substr(d.accepted, 1, 10)",
    Facts.ready_day: "substr(d.ready, 1, 10)",
    Facts.finished_day: "substr(coalesce(d.ready, d.ended), 1, 10)",
    Facts.returned_day: "substr(d.returned, 1, 10)",
    Facts.due_day: "substr(d.first_due, 1, 10)",
    Facts.letters_delivered: "(SELECT count(*) FROM letters l WHERE l.dossier = d.n "
    "AND l.delivered IS NOT NULL AND l.kind = 'late')",
    Facts.told_in_time: "EXISTS (SELECT 1 FROM notices n WHERE n.dossier = d.n AND n.in_time = 1)",
    Facts.asked: "d.n IN (SELECT dossier FROM pauses WHERE kind = 'supplement' AND undone IS NULL)",
    Facts.asked_twice: _ASKED_TWICE,
    Facts.disputed: "EXISTS (SELECT 1 FROM disagreements g WHERE g.dossier = d.n)",
    # In statements that join `responsibilities r`; its index is on both columns.
    Facts.own_fault: f"r.own_fault = 1 AND r.official IS NOT NULL AND {DECIDED}",
}


def sql_of(condition: Condition) -> str:
    """Return the condition over `dossiers d`; its bounds are those of bounds()."""
    return where(condition, _COLUMNS)


def origin_sql(origin: Origin) -> str:
    """Return the condition over `dossiers d` that it is of this origin."""
    return sql_of(OF_ORIGIN[origin])


def bounds(within: Period) -> dict[str, str]:
    """Return the parameters of a rendered condition."""
    return {"start": iso(within.start), "end": iso(within.end), "now": iso(within.now)}
