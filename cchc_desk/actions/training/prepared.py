"""What lies ready when a lesson begins: late dossiers, paper receipts, a list of the province."""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.intake import intake, paper_receipts
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.training import province_list
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.time.deadlines import due_moment, notice_deadline, parse_limit
from cchc_desk.i18n import in_vietnamese
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials

_ADDRESS = "45 Hòa Bình, phường Ninh Kiều, thành phố Cần Thơ"
_RECEIVED, _WITHOUT_POWER = time(9, 0), time(15, 20)


def prepare(desk: Desk, acts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Do these acts of resources/practice/lessons.json; return the values that they gave, by name.

    Each is an act of its own, with its own transaction.
    """
    stage = _Stage(desk)
    with in_vietnamese():
        for act in acts:
            _ACTS[act["do"]](stage, act)
    return stage.given


class _Stage:
    """Preparation of a lesson: each act by an official who may do it, by the desk's own clock."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.given: dict[str, str] = {}
        with desk.read() as connection:
            self._officials = [who for who in officials.all_officials(connection) if who.active]

    def as_(self, role: Role) -> Desk:
        """Return the same desk with an official of this role logged in."""
        return replace(self.desk, official=self.one_of(role))

    def one_of(self, role: Role) -> Official:
        fitting = (official for official in self._officials if official.role is role)
        return min(fitting, key=lambda official: official.id)

    def back(self, days: int, at: time = _RECEIVED) -> datetime:
        """Return that hour of the `days`-th working day before today."""
        day = self.desk.now().date()
        for _day in range(days):
            day = self.desk.calendar.previous_working_day(day)
        return datetime.combine(day, at)


def _accept(stage: _Stage, act: Mapping[str, Any]) -> None:
    """Accept a dossier as of some working days ago, as a late entry."""
    desk = stage.as_(Role.CLERK)
    person = Applicant(
        kind=ApplicantKind.PERSON,
        name=act["name"],
        id_number=act["id_number"],
        born=date.fromisoformat(act["born"]),
        sex=act["sex"],
        address=_ADDRESS,
        phone="0912345678",
    )
    received = stage.back(act["back"]) if "back" in act else _due_soon(stage, act["limit"])
    papers = intake.all_papers(desk, act["procedure"])
    wanted = Intake(act["procedure"], person, papers=papers, limit=act["limit"], received=received)
    dossier = intake.accept_dossier(desk, wanted)
    stage.given |= {"code": dossier.code, "due": dossier.due.isoformat(timespec="minutes")}


def _due_soon(stage: _Stage, limit_text: str) -> datetime:
    """Return a moment of acceptance whose notice is still in time, and not for much longer."""
    desk, limit = stage.desk, parse_limit(limit_text)
    for days in (2, 1):
        received = stage.back(days)
        due = due_moment(received, limit, desk.calendar).moment
        if notice_deadline(due, limit, desk.calendar, desk.settings["notice_days"]) > desk.now():
            return received
    return desk.now()


def _hand_over(stage: _Stage, act: Mapping[str, Any]) -> None:
    to = stage.one_of(Role(act["to"]))
    steps.hand_over(stage.as_(Role.CLERK), [stage.given["code"]], to.id)


def _ready(stage: _Stage, _act: Mapping[str, Any]) -> None:
    steps.mark_ready(stage.as_(Role.PROCESSOR), stage.given["code"])


def _apologise(stage: _Stage, act: Mapping[str, Any]) -> None:
    """Sign and hand over the first letter with its one re-appointment."""
    code, leader = stage.given["code"], stage.as_(Role.LEADER)
    letter = letters.draft_and_sign(
        leader, code, act["cause"], letters.propose_new_due(leader, code)
    )
    letters.deliver_letter(leader, letter.id, How.PHONE)
    assert letter.new_due is not None
    stage.given["second_due"] = letter.new_due.isoformat(timespec="minutes")


def _paper_receipt(stage: _Stage, _act: Mapping[str, Any]) -> None:
    """Choose a blank receipt that a colleague has filled in by hand, else print a new one."""
    desk = stage.as_(Role.CLERK)
    received = stage.back(1, _WITHOUT_POWER)
    blank = paper_receipts.reconcile(desk).out
    number = next((receipt.number for receipt in blank if receipt.printed <= received), None)
    if number is None:
        (number, *_rest), _pdf = paper_receipts.print_blank(desk, 1)
        received = desk.now()
    stage.given |= {"receipt": number, "received": received.isoformat(timespec="minutes")}


def _province_list(stage: _Stage, act: Mapping[str, Any]) -> None:
    """Write a list as a province's system gives it out; its late dossier is the lesson's."""
    with stage.desk.read() as connection:
        head = journal.head(connection)
    dice = random.Random(head.seq if head else 0)  # other dossiers each time
    made = province_list.write_list(stage.desk, act["count"], dice, act["name"])
    stage.given |= {
        "code": made.code,
        "due": made.due.isoformat(timespec="minutes"),
        "file": made.file.name,
    }


_ACTS: dict[str, Callable[[_Stage, Mapping[str, Any]], None]] = {
    "accept": _accept,
    "hand_over": _hand_over,
    "ready": _ready,
    "apologise": _apologise,
    "paper_receipt": _paper_receipt,
    "province_list": _province_list,
}
