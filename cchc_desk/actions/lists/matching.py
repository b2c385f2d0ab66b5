"""Answers that are given once about lists: whom a name means, which dossier of ours a code is.

The other system's due date can be taken over only as the one re-appointment, with its letter.
"""

from dataclasses import dataclass
from datetime import timedelta

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.lists.preview import ListPreview, Verdict
from cchc_desk.actions.lists.taking import procedure_key
from cchc_desk.domain.dossiers.dossier import Letter
from cchc_desk.domain.ledger.facts.lists import OfficialNamed, OtherDossier, SameDossier
from cchc_desk.domain.lists.watched import at_closing
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line, fold
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers, listed
from cchc_desk.store.office import officials

_SAME_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LikelySame:
    """A new row of a list that is probably a dossier taken in here: same person, matter and day."""

    row: int
    theirs: str  # the code in the list
    ours: str
    name: str


def unknown_officials(desk: Desk, preview: ListPreview) -> tuple[str, ...]:
    """Return the names of officials in a list that nobody at this desk has, in their order."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        known = {fold(one.name) for one in officials.all_officials(connection) if one.active}
        known |= listed.named_officials(connection).keys()
    names = dict.fromkeys(name for one in preview.rows for name in one.row.officials)
    return tuple(name for name in names if fold(name) not in known)


def name_official(desk: Desk, name: str, official: str) -> None:
    """Remember whom a name in lists means. Raises Refused("unknown-official")."""
    desk.require(Permission.TAKE_LIST)
    named = clean_line(name)
    with desk.write() as connection:
        active = {one.id for one in officials.all_officials(connection) if one.active}
        if official not in active or not fold(named):
            raise Refused(
                "unknown-official",
                _("Không có người dùng «{official}» đang làm việc ở quầy.").format(
                    official=official
                ),
                "official",
            )
        listed.keep_official(connection, fold(named), official)
        desk.record(connection, OfficialNamed(named, official), counted=False)


def likely_same(desk: Desk, preview: ListPreview) -> tuple[LikelySame, ...]:
    """Return the new rows that are probably dossiers taken in here, for the clerk to say so."""
    desk.require(Permission.READ)
    new = [one.row for one in preview.rows if one.verdict is Verdict.NEW and one.row.received]
    received = [row.received for row in new if row.received]
    if not received:
        return ()
    with desk.read() as connection:
        own = listed.own_since(connection, min(received) - _SAME_DAY)
    by_facts = {
        (fold(one.name), procedure_key(one.procedure), one.accepted.date()): one for one in own
    }
    return tuple(
        LikelySame(row.number, row.code, ours.code, ours.name)
        for row in new
        if row.received
        and (
            ours := by_facts.get(
                (fold(row.owner), procedure_key(row.procedure), row.received.date())
            )
        )
    )


def join_code(desk: Desk, ours: str, theirs: str) -> None:
    """Remember that a code of another system is this dossier of ours: it is never counted twice.

    Raises Refused("already-watched") for a code that is a dossier here already, and
    progress.the_dossier()'s.
    """
    desk.require(Permission.TAKE_LIST)
    code = clean_line(theirs).upper()
    with desk.write() as connection:
        dossier = progress.the_dossier(connection, ours)
        if dossier.watched or not code or dossiers.load(connection, code) is not None:
            raise Refused(
                "already-watched",
                _("Hồ sơ {code} đã có ở đây; không ghép được với hồ sơ khác.").format(
                    code=dossier.code if dossier.watched else code
                ),
                "code",
            )
        listed.keep_code(connection, code, dossier.code)
        desk.record(connection, SameDossier(code), dossier.code)


def part_code(desk: Desk, ours: str, theirs: str) -> None:
    """Take back that a code of another system is this dossier, before a list with it is taken.

    Raises Refused("list-taken") afterwards, and progress.the_dossier()'s.
    """
    desk.require(Permission.TAKE_LIST)
    code = clean_line(theirs).upper()
    with desk.write() as connection:
        dossier = progress.the_dossier(connection, ours)
        if not listed.forget_code(connection, code, dossier.code):
            raise Refused(
                "list-taken",
                _("Danh sách có hồ sơ {code} đã nhận; không tách ra được nữa.").format(
                    code=dossier.code
                ),
            )
        desk.record(connection, OtherDossier(code), dossier.code)


def accept_their_due(desk: Desk, code: str, cause: str) -> Letter:
    """Draft the letter that makes the other system's due date the one re-appointment.

    Raises Refused("no-other-due") where the last list says nothing else, and as draft_apology().
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        dossier = progress.the_dossier(connection, code)
        due = listed.last_due(connection, dossier.code)
    theirs = at_closing(due, desk.calendar) if due else None
    if theirs is None or theirs <= dossier.due:
        raise Refused(
            "no-other-due",
            _("Danh sách không ghi ngày hẹn nào sau ngày hẹn của hồ sơ {code}.").format(
                code=dossier.code
            ),
        )
    return letters.draft_apology(desk, dossier.code, cause, theirs)
