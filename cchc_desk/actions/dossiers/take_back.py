"""Taking back the last act on a dossier: a hand-over, its place, a notice, a request or pause."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.dossiers.progress import DossierView
from cchc_desk.actions.dossiers.steps import required_reason
from cchc_desk.domain.dossiers.dossier import Dossier, Status, Step, step
from cchc_desk.domain.ledger.entry import Entry
from cchc_desk.domain.ledger.facts import DossierFacts, Facts
from cchc_desk.domain.ledger.facts.courtesy import Rated, Visited
from cchc_desk.domain.ledger.facts.dossiers import HandedOver, Shelved
from cchc_desk.domain.ledger.facts.lateness import Notified
from cchc_desk.domain.ledger.facts.office import Printed
from cchc_desk.domain.ledger.facts.pauses import Requested, StoodStill
from cchc_desk.domain.ledger.facts.putting_right import Corrected, TakenBack
from cchc_desk.domain.ledger.facts.reminders import Reminded
from cchc_desk.domain.ledger.facts.scans import SCAN_ACTS
from cchc_desk.domain.people.officials import Act, Official
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.pauses import WAITS
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import dossiers, reminders
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.papers.slips import void_slip

# The reason that the ledger keeps for an act taken back by one key, right after it.
JUST_DONE = "Bấm «Hoàn tác» ngay sau khi làm"
# What stands behind an act without anything being built upon it.
_BESIDE = (Printed, Corrected, Visited, Rated, *SCAN_ACTS)
_ENDS = frozenset({Status.READY, Status.RETURNED, Status.WITHDRAWN, Status.STOPPED})
Past = tuple[tuple[Entry, Facts | None], ...]


def undo(desk: Desk, code: str, reason: str) -> DossierView:
    """Take back an end (steps.undo), else the last act on this dossier, of today and one's own.

    Nothing is erased. Raises Refused("reason-missing"), ("undo-other"), ("undo-printed"),
    ("step-not-allowed").
    """
    me = desk.require(Permission.UNDO)
    reason = required_reason(reason, _("Hãy ghi lý do hoàn tác."))
    with desk.read() as connection:
        status = progress.counted_dossier(connection, code).status
    if status in _ENDS:
        return steps.undo(desk, code, reason)
    with desk.write() as connection:
        dossier = progress.counted_dossier(connection, code)
        past = journal.of_dossier(connection, dossier.code)
        last = _last(past, dossier, me, desk.now())
        _TAKE_BACK[type(last)](connection, dossier, past, desk.now())
        desk.record(connection, TakenBack(last.act.value, reason), dossier.code)
    return progress.show_dossier(desk, code)


def _last(past: Past, dossier: Dossier, me: Official, now: datetime) -> DossierFacts:
    """Return the last act, where this official may take it back now."""
    entry, facts = next(
        (one for one in reversed(past) if not isinstance(one[1], _BESIDE)), (None, None)
    )
    if entry is None or not isinstance(facts, DossierFacts) or type(facts) not in _TAKE_BACK:
        step(dossier.status, Step.UNDO, dossier.code)  # refuses, as for every other state
        raise AssertionError("only an end is taken back by its state")
    if entry.official != me.id or entry.at.date() != now.date():
        raise Refused(
            "undo-other",
            _("Chỉ người vừa làm hoàn tác được việc ấy, trong ngày."),
        )
    return facts


# --- one for each act -----------------------------------------------------------------------------


def _hand_over(connection: Connection, dossier: Dossier, past: Past, now: datetime) -> None:
    passed = dossier.hand_overs[-1]
    dossiers.drop_hand_over(connection, dossier.code, passed)
    dossiers.mark(
        connection,
        dossier.code,
        holder=passed.giver,
        status=int(_before(dossier, hand_overs=len(dossier.hand_overs) - 1)),
    )


def _before(dossier: Dossier, hand_overs: int) -> Status:
    """Return the state before the last act: in work once it was handed over or had stood still."""
    if dossier.status not in (Status.PROCESSING, Status.RECEIVED):
        return dossier.status
    pauses = [pause for pause in dossier.pauses if not pause.undone]
    return Status.PROCESSING if hand_overs or pauses else Status.RECEIVED


def _shelve(connection: Connection, dossier: Dossier, past: Past, now: datetime) -> None:
    places = [""]
    for _entry, facts in past:
        if isinstance(facts, Shelved):
            places.append(facts.place)
        elif isinstance(facts, TakenBack) and facts.taken_back == Act.SHELVE.value:
            places.pop()
    dossiers.mark(connection, dossier.code, place=places[-2])


def _notify(connection: Connection, dossier: Dossier, past: Past, now: datetime) -> None:
    dossiers.drop_last_notice(connection, dossier.code)


def _remind(connection: Connection, dossier: Dossier, past: Past, now: datetime) -> None:
    last = reminders.of_dossier(connection, dossier.code)[-1]
    reminders.drop_reminder(connection, last.slip)
    void_slip(connection, last.slip, now)


def _pause(connection: Connection, dossier: Dossier, past: Past, now: datetime) -> None:
    pause, others = dossier.open_pauses[-1], dossier.open_pauses[:-1]
    if pause.slip:
        if pause.told or _printed(past, pause.slip):
            raise Refused(
                "undo-printed",
                _(
                    "Phiếu yêu cầu bổ sung đã in hoặc đã báo công dân nên không hoàn tác được; "
                    "công dân mang giấy tới thì ghi «Dân đã bổ sung»."
                ),
            )
        void_slip(connection, pause.slip, now)
    dossiers.undo_pause(connection, dossier.code, pause, now)
    after = replace(dossier, pauses=tuple(one for one in dossier.pauses if one is not pause))
    status = dossier.status
    if pause.kind not in WAITS or not others:
        stood = any(not one.undone for one in after.pauses)
        status = Status.PROCESSING if dossier.hand_overs or stood else Status.RECEIVED
    dossiers.mark(connection, dossier.code, status=int(status), paused_since=after.paused_since)


def _printed(past: Iterable[tuple[Entry, Facts | None]], slip: str) -> bool:
    return any(isinstance(facts, Printed) and facts.slip == slip for _entry, facts in past)


_TAKE_BACK: dict[type[Facts], Callable[[Connection, Dossier, Past, datetime], None]] = {
    HandedOver: _hand_over,
    Shelved: _shelve,
    Notified: _notify,
    Requested: _pause,
    Reminded: _remind,
    **dict.fromkeys(StoodStill.__subclasses__(), _pause),
}
