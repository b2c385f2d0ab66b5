"""The figures that a desk of the ward shows, counted a second time by SQL of its own.

Nothing here uses the program's conditions, or the columns in which it keeps what it has worked out
(status, due moments, lateness): whether a result is ready or given out is read from the ledger, the
due moment from the printed promise, a clock that stands still from the pauses. That is enough on a
day on which all happens in one minute, since no pause has moved a due moment then.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import psycopg

from cchc_desk.actions.data import opening
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lateness import responsibility
from cchc_desk.actions.training import practice
from cchc_desk.domain.people.officials import Official
from cchc_desk.session import Desk

BLAMED = 40  # of the late dossiers, so that strikes have something to count
_DOSSIERS = """
SELECT d.code, p.due,
  EXISTS (SELECT 1 FROM journal j WHERE j.code = d.code AND j.act = 'ready'),
  EXISTS (SELECT 1 FROM journal j WHERE j.code = d.code AND j.act = 'return'),
  EXISTS (SELECT 1 FROM pauses s
          WHERE s.dossier = d.n AND s.stops_clock = 1 AND s.ended IS NULL AND s.undone IS NULL),
  EXISTS (SELECT 1 FROM pauses s
          WHERE s.dossier = d.n AND s.kind = 'supplement' AND s.undone IS NULL
          GROUP BY s.dossier HAVING count(*) > 1)
FROM dossiers d JOIN promises p ON p.dossier = d.n AND p.ordinal = 1 ORDER BY d.code
"""


@dataclass(frozen=True)
class Counted:
    """A dossier as ledger, promise and pauses have it."""

    code: str
    due: datetime
    ready: bool
    returned: bool
    stands: bool
    asked_twice: bool

    def is_late(self, now: datetime) -> bool:
        """Return True where it is open and the last minute of its due day is over."""
        return not self.ready and not self.stands and self.due.date() < now.date()


def differences(url: str, folder: Path, day: datetime) -> Iterator[str]:
    """Yield each figure of the desk in `folder` that is not the recount's.

    They are asked on the `day` itself, on the day on which the most dossiers fall due, and a month
    later, when some officials were found to answer for late ones.
    """
    with psycopg.connect(url) as server:
        dossiers = [
            Counted(code, datetime.fromisoformat(due), ready, returned, stands, twice)
            for code, due, ready, returned, stands, twice in server.execute(_DOSSIERS).fetchall()
        ]
    ((busiest, _count),) = Counter(one.due.date() for one in dossiers).most_common(1)
    later = day + timedelta(days=30)
    for now in (day, datetime.combine(busiest, day.time()), later):
        desk = _opened(folder, now)
        yield from _differ(now, _board(desk), _recounted_board(dossiers, day.date(), now))
        yield from _differ(now, _fuse(desk), _recounted_fuse(dossiers, now))
        desk.close()
    desk = _opened(folder, later)
    found = _blame(desk, [one.code for one in dossiers if one.is_late(later)][:BLAMED])
    yield from _differ(later, _strikes(desk), found)
    desk.close()


def _differ(now: datetime, shown: Counter[str], counted: Counter[str]) -> Iterator[str]:
    for name in sorted({*shown, *counted}):
        if shown[name] != counted[name]:
            yield f"{now:%d/%m}: {name}: the desk shows {shown[name]}, counted {counted[name]}"


def _opened(folder: Path, now: datetime) -> Desk:
    desk = opening.open_desk(folder, lambda: now)
    leader = practice.OFFICIALS[2]
    desk.official = Official(leader.id, leader.name, leader.role, leader.title)
    return desk


def _board(desk: Desk) -> Counter[str]:
    board = progress.day_board(desk)
    return Counter(
        {
            "taken in today": board.counts.taken_in,
            "returned today": board.counts.returned,
            "due today": len(board.due_today),
            "late": len(board.late),
            "letters owed": len(board.letters_owed),
            "damaged": len(board.damaged),
        }
    )


def _recounted_board(dossiers: Sequence[Counted], day: date, now: datetime) -> Counter[str]:
    late = sum(one.is_late(now) for one in dossiers)
    return Counter(
        {
            "taken in today": len(dossiers) if now.date() == day else 0,
            "returned today": sum(one.returned for one in dossiers) if now.date() == day else 0,
            "due today": sum(not one.ready and one.due.date() == now.date() for one in dossiers),
            "late": late,
            "letters owed": late,  # nobody has written one yet
        }
    )


def _fuse(desk: Desk) -> Counter[str]:
    answer = responsibility.fuse(desk, *responsibility.year_to_date(desk.now()))
    return Counter(
        {
            "late of the year": answer.fuse.late,
            "total of the year": answer.fuse.total,
            "late of the year, as the portal counts": answer.portal.late,
            "total of the year, as the portal counts": answer.portal.total,
        }
    )


def _recounted_fuse(dossiers: Sequence[Counted], now: datetime) -> Counter[str]:
    late = [one for one in dossiers if one.is_late(now)]
    twice = [one for one in dossiers if one.asked_twice and not one.is_late(now)]
    return Counter(
        {
            "late of the year": len(late),
            "total of the year": len(late) + sum(one.ready for one in dossiers),
            "late of the year, as the portal counts": len(late) + len(twice),
            "total of the year, as the portal counts": len(dossiers),
        }
    )


def _blame(desk: Desk, codes: Sequence[str]) -> Counter[str]:
    """Let the leader find that officials answer for these, two of three by their own fault.

    Return the strikes of each.
    """
    found: Counter[str] = Counter()
    for number, code in enumerate(codes):
        official, fault = f"nv{number % 2}", number % 3 < 2
        responsibility.fix_responsibility(desk, code, "own-error", official, fault)
        found[f"strikes of {official}"] += fault
    return found


def _strikes(desk: Desk) -> Counter[str]:
    return Counter(
        {
            f"strikes of {row.official.id}": len(row.dossiers)
            for row in responsibility.strikes(desk, desk.now().year)
        }
    )
