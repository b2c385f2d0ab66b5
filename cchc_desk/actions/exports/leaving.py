"""Personal data that leave the program: who may take them, why, and the log of it."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from cchc_desk.actions.office import printable
from cchc_desk.actions.people import absences
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.ledger.facts.office import Exported
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists
from cchc_desk.store.dossiers.lists import Codes
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials

_LEAST, _MOST = 6, 300  # letters of a reason


@dataclass(frozen=True)
class ExportLine:
    """One time that personal data left: by whom, what, how many lines, why, the file's hash."""

    at: datetime
    official: str
    title: str
    lines: int
    file: str
    reason: str
    sha256: str
    own: bool


def required_reason(desk: Desk, reason: str, permission: Permission = Permission.EXPORT) -> str:
    """Return the reason of an official who may take data of all citizens out.

    Raises Refused("role"), ("reason-missing"), ("reason-long").
    """
    desk.require(permission)
    given = printable.printable_line(reason, "reason")
    if sum(char.isalpha() for char in given) < _LEAST:
        raise Refused(
            "reason-missing",
            _("Dữ liệu cá nhân ra khỏi chương trình phải có lý do; hãy ghi để làm gì, cho ai."),
            "reason",
        )
    if len(given) > _MOST:
        raise Refused(
            "reason-long",
            _("Lý do dài quá {most} ký tự; hãy viết gọn lại.").format(most=_MOST),
            "reason",
        )
    return given


def own_codes(desk: Desk, connection: Connection) -> frozenset[str]:
    """Return the dossiers that whoever is logged in took in, held or handed over."""
    return lists.own_codes(connection, desk.require(Permission.READ).id)


def seen_codes(desk: Desk, connection: Connection, origin: Origin = Origin.ALL) -> Codes:
    """Return the dossiers of this origin that lists may show to whoever is logged in."""
    me, chosen = desk.require(Permission.READ), lists.of_origin(connection, origin)
    if me.role in ALLOWED[Permission.SEE_ALL]:
        return chosen
    cover = absences.cover_within(connection, desk.now().date())
    own = lists.own_codes(connection, me.id, cover.stood_for(me.id))
    return replace(chosen, only=own if chosen.only is None else own & chosen.only)


def note(
    desk: Desk, title: str, lines: int, file: str, content: bytes, reason: str, *, own: bool = False
) -> None:
    """Enter in the ledger what leaves, before it gets its name outside."""
    with desk.write() as connection:
        sha256 = hashlib.sha256(content).hexdigest()
        left = Exported(title, lines, file, reason=reason, sha256=sha256, own=own)
        desk.record(connection, left, counted=False)


def note_copy(desk: Desk, copied: Path, reason: str) -> None:
    """Enter a copy of the whole database; one that cannot be entered does not stay."""
    try:
        with copied.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        with desk.write() as connection:
            lines = journal.dossier_count(connection)
            left = Exported("backup", lines, copied.name, reason=reason, sha256=sha256)
            desk.record(connection, left, counted=False)
    except BaseException:
        copied.unlink(missing_ok=True)
        raise


def export_log(desk: Desk, first: date, last: date) -> tuple[ExportLine, ...]:
    """Return what left in a period, the newest first. Raises Refused("period")."""
    desk.require(Permission.EXPORT_LOG)
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    with desk.read() as connection:
        names = {one.id: one.name for one in officials.all_officials(connection)}
        found = [
            (entry, facts)
            for entry, facts in journal.facts_by(connection, Act.EXPORT.value, first, last)
            if isinstance(facts, Exported)
        ]
    return tuple(
        ExportLine(
            at=entry.at,
            official=names.get(entry.official, entry.official),
            title=facts.title,
            lines=facts.lines,
            file=facts.file,
            reason=facts.reason,
            sha256=facts.sha256,
            own=facts.own,
        )
        for entry, facts in reversed(found)
    )
