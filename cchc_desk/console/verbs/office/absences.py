"""Verbs of absences: who is away, who stands in, the roster for the door."""

from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.console.runtime import Answer, NewVerb, Options, day, opened

if TYPE_CHECKING:
    from cchc_desk.domain.people.absences import Absence


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    absence = verb("absence", _absence, "ghi vắng mặt và người thay")
    absence.add_argument("--from", dest="first", type=day, required=True)
    absence.add_argument("--to", dest="last", type=day, required=True)
    absence.add_argument("--stand-in", default="", help="người thay; không ghi là chưa có")
    absence.add_argument(
        "--official", dest="away", default="", help="người vắng; không ghi là mình"
    )
    absence.add_argument("--reason", default="")
    verb("absence-end", _end, "đã về, hoặc ghi nhầm", number={"type": int})
    verb("absences", _absences, "ai vắng, ai thay, việc nào chưa có người")
    roster = verb("roster", _roster, "bảng phân công người thay để dán cửa, một trang")
    roster.add_argument("--out", type=Path, required=True)


def _shape(absence: "Absence") -> Answer:
    return dict(vars(absence))


def _absence(options: Options) -> Answer:
    from cchc_desk.actions.people import absences
    from cchc_desk.actions.people.absences import NewAbsence

    new = NewAbsence(options.first, options.last, options.stand_in, options.away, options.reason)
    with opened(options) as desk:
        return _shape(absences.enter(desk, new))


def _end(options: Options) -> Answer:
    from cchc_desk.actions.people import absences

    with opened(options) as desk:
        return _shape(absences.end(desk, options.number))


def _absences(options: Options) -> Answer:
    from cchc_desk.actions.people import absences

    with opened(options) as desk:
        found = absences.listed(desk)
        remarks = absences.remarks(desk)
    return {
        "absences": [
            _shape(one.absence) | {"name": one.name, "cover": one.cover_name, "held": one.held}
            for one in found
        ],
        "remarks": list(remarks),
    }


def _roster(options: Options) -> Answer:
    from cchc_desk.actions.boards import roster
    from cchc_desk.actions.documents.saving import pages_of
    from cchc_desk.output_file import output_file

    with opened(options) as desk, output_file(options.out) as out:
        pdf = roster.roster(desk)
        out.write(pdf)
    return {"file": str(options.out), "pages": pages_of(pdf)}
