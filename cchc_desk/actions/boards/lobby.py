"""The board of the waiting room: read for the second screen, written as a page for a TV.

Both go on whoever is at the desk, or nobody: nothing of anybody stands on it but codes,
and masked names where a leader or an administrator has set that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.figures import DUE, Period
from cchc_desk.domain.lobby import LobbyBoard, LobbyLine, LobbyPart, masked
from cchc_desk.domain.permissions import Permission
from cchc_desk.output_file import output_file
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists

MOST = 10  # lines of one part: read from the other end of the room


@dataclass(frozen=True)
class WrittenBoard:
    """A board that was written: where, with how many lines."""

    file: Path
    lines: int


def board(desk: Desk) -> LobbyBoard:
    """Return the board as it stands now, the newest results first, then by due moment."""
    now, names = desk.now(), bool(desk.settings["lobby_names"])
    today = Period.of_days(now.date(), now.date(), now)
    with desk.read() as connection:
        ready = lists.rows(connection, now, status=(Status.READY,))
        due = lists.behind(connection, DUE, today)
        late = [row for row in lists.overdue_candidates(connection, now) if _is_late(row)]
    newest = sorted(ready, key=lambda row: row.ready or row.due, reverse=True)
    parts = (
        _lines(LobbyPart.READY, newest, names=names),
        _lines(LobbyPart.TODAY, (row for row in due if not _is_late(row)), names=names),
        _lines(LobbyPart.SORRY, _without_doubles(late, due), names=names),
    )
    return LobbyBoard(
        unit=desk.settings["unit_name"],
        now=now,
        lines=tuple(line for part in parts for line in part[:MOST]),
        more=sum(max(0, len(part) - MOST) for part in parts),
        practice=desk.practice,
    )


def _is_late(row: DossierRow) -> bool:
    return not row.damaged and row.late and row.finished is None


def _without_doubles(late: Iterable[DossierRow], due: Iterable[DossierRow]) -> list[DossierRow]:
    """Return each late dossier once: a re-appointment for today is late all the same."""
    found = {row.code: row for row in (*late, *(row for row in due if _is_late(row)))}
    return sorted(found.values(), key=lambda row: row.due)


def _lines(part: LobbyPart, rows: Iterable[DossierRow], *, names: bool) -> list[LobbyLine]:
    return [
        LobbyLine(
            part=part,
            code=row.code,
            due=row.due if _comes(part, row) else None,
            name=masked(row.name) if names else "",
        )
        for row in rows
        if not row.damaged
    ]


def _comes(part: LobbyPart, row: DossierRow) -> bool:
    """Return True where the due moment is still to come; one put off has a re-appointment."""
    if part is LobbyPart.SORRY:
        return row.second_due is not None and not row.broke_reappointment
    return row.due >= row.now


def write_board(desk: Desk, target: Path) -> WrittenBoard:
    """Write the board as a page for a browser. Raises as output_file()."""
    desk.require(Permission.READ)
    return _written(desk, target)


def _written(desk: Desk, target: Path) -> WrittenBoard:
    from cchc_desk.papers.lobby_page import lobby_page

    found = board(desk)
    with output_file(target, public=True) as out:
        out.write(lobby_page(found))
    return WrittenBoard(target, len(found.lines))


def refresh_board(desk: Desk) -> WrittenBoard | None:
    """Write the board to the file of the settings; None where there is none. Raises as above."""
    file = desk.settings["lobby_file"]
    return _written(desk, Path(file)) if file else None
