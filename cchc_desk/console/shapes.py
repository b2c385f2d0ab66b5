"""JSON shapes of the command line's answers (docs/console.md)."""

from collections.abc import Iterable
from typing import Any

from cchc_desk.actions.boards.forecast import CameTrue, Forecast
from cchc_desk.actions.catalogue.own_catalogue import ProcedureView
from cchc_desk.actions.data.doubts import Compared
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.correct import Change, Value
from cchc_desk.actions.dossiers.supplements import Asked
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.people import Known
from cchc_desk.actions.office.office_calendar import Move
from cchc_desk.domain import courtesy
from cchc_desk.domain.dossiers.certifications import BookLine
from cchc_desk.domain.dossiers.dossier import DueMove, Letter, Promise
from cchc_desk.domain.dossiers.register_rows import CancelledRow
from cchc_desk.domain.dossiers.rows import DossierRow
from cchc_desk.domain.dossiers.segments import Segment
from cchc_desk.domain.forecast import BANDS
from cchc_desk.domain.law import fees
from cchc_desk.domain.law.procedure import (
    Channel,
    ProcedureChange,
    ProcedureVersion,
)
from cchc_desk.domain.papers.frozen_papers import PaperChoice
from cchc_desk.domain.people.applicant import Applicant
from cchc_desk.domain.people.identity_card import Card
from cchc_desk.domain.time.calendar import CalendarYear, SpecialDay
from cchc_desk.domain.time.deadlines import WalkStep
from cchc_desk.domain.time.pauses import Pause

Shape = dict[str, Any]


def walk(steps: Iterable[WalkStep]) -> list[Shape]:
    return [
        {
            "date": s.day,
            "what": s.what.value,
            "name": s.name,
            "counted": s.counted,
            "number": s.number,
            "minutes": s.minutes,
            "at": f"{s.at:%H:%M}" if s.at else None,
        }
        for s in steps
    ]


def card(read: Card) -> Shape:
    return {
        "id_number": read.id_number,
        "old_id": read.old_id,
        "name": read.name,
        "born": read.born and read.born.isoformat(),
        "sex": read.sex,
        "address": read.address,
        "issued": read.issued,
        "warnings": list(intake.card_sentences(read)),
    }


def procedure(version: ProcedureVersion) -> Shape:
    return {
        "code": version.code,
        "name": version.name,
        "field": version.field,
        "limit": next(iter(version.limits.get(Channel.DIRECT, ())), None),
        "limit_status": version.limit_status.value,
        "limits": {channel.value: list(texts) for channel, texts in version.limits.items()},
        "fee": intake.fee_text(version),
        "result": version.result,
        "decision": version.decision,
    }


def procedure_view(view: ProcedureView) -> Shape:
    """Write a procedure with the office's choices, its versions and who made them."""
    version, choice = view.row.version, view.row.choice
    return procedure(version) | {
        "version": version.key,
        "from": version.effective_from,
        "until": version.effective_to,
        "fee_rule": fees.to_json(version.fee_rule) if version.fee_rule else None,
        "papers": [vars(paper) for paper in version.papers],
        "short_name": view.row.short_name,
        "synonyms": list(choice.synonyms),
        "favourite": choice.favourite,
        "order": choice.place,
        "hidden": choice.hidden,
        "confirmation": _confirmation(version),
        "versions": [
            {"version": one.key, "confirmation": _confirmation(one)} for one in view.versions
        ],
        "changes": [_procedure_change(change) for change in view.changes],
    }


def _confirmation(version: ProcedureVersion) -> Shape | None:
    confirmed = version.confirmation
    if confirmed is None:
        return None
    return {
        "document": confirmed.document,
        "document_date": confirmed.day,
        "official": confirmed.official,
        "at": confirmed.at,
        "second": confirmed.second,
    }


def _procedure_change(change: ProcedureChange) -> Shape:
    return {
        "id": change.id,
        "version": change.key or None,
        "waiting": change.is_waiting,
        "dropped": change.dropped,
        "document": change.document,
        "document_date": change.document_day,
        "entered": change.entered,
        "entered_by": change.entered_by,
        "decided": change.decided,
        "decided_by": change.decided_by,
    }


def certification(one: BookLine) -> Shape:
    """Write a line of a certification book."""
    line = one.line
    return {
        "number": line.number,
        "volume": line.volume_text,
        "at": line.at,
        "code": one.code,
        "name": one.name,
        "id_number": one.id_number,
        "paper": line.paper,
        "pages": line.pages,
        "copies": line.copies,
        "fee": line.fee,
        "signer": line.signer,
        "signer_name": one.signer_name,
        "signer_title": line.signer_title,
        "note": line.note,
        "void": one.void,
    }


def row(line: DossierRow) -> Shape:
    if line.damaged:
        return {"code": line.code, "name": line.name, "damaged": True}
    return {
        "code": line.code,
        "name": line.name,
        "procedure": line.procedure_name,
        "accepted": line.accepted,
        "due": line.due,
        "first_due": line.first_due,
        "status": int(line.status),
        "late": line.late,
        "process_late": line.process_late,
        "letters_owed": line.letters_owed,
        "closed": line.closed is not None,
        "cancelled": line.cancelled is not None,
    }


_CHANCE_DIGITS = 4  # more would look surer than it is


def forecast(foreseen: Forecast) -> Shape:
    """Write open dossiers with the chance that each is late, None where the past is too short."""
    return {
        "enough": foreseen.enough,
        "dossiers": [
            {
                "code": line.row.code,
                "procedure": line.row.procedure_name,
                "due": line.row.first_due,
                "chance": _rounded(line.outlook.chance),
                "probable": line.outlook.is_probable,
                "past": line.outlook.past,
                "minutes_left": line.outlook.left,
                "step": line.outlook.step,
                "clock_stands": line.outlook.clock_stands,
            }
            for line in foreseen.rows
        ],
    }


def came_true(looked_back: CameTrue) -> Shape:
    """Write how the forecast of the beginning of a month came true, by bands of the chance."""
    return {
        "month": f"{looked_back.month:%Y-%m}",
        "enough_then": looked_back.enough,
        "deciles": [
            {
                "from": one.band / BANDS,
                "forecast": _rounded(one.forecast),
                "happened": _rounded(float(one.happened)),
                "dossiers": one.dossiers,
            }
            for one in looked_back.deciles
        ],
        "expected_late": _rounded(looked_back.expected),
        "late": looked_back.late,
        "undecided": looked_back.undecided,
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, _CHANCE_DIGITS)


def letter(apology: Letter) -> Shape:
    return {
        "letter": apology.id,
        "due": apology.new_due,
        "code": apology.code,
        "state": apology.state.value,
        "number": apology.number_text,
        "cause": apology.cause,
        "reason": apology.reason,
        "responsible": apology.responsible,
        "own_fault": apology.own_fault,
        "signed": apology.signed,
        "delivered": apology.delivered,
        "delivered_to": apology.delivered_to,
    }


def paper_choice(choice: PaperChoice) -> Shape:
    """Write a paper of a dossier that can be chosen."""
    letter = choice.kind == "apology"
    return {
        "kind": choice.kind,
        "letter": choice.subject if letter and choice.subject else None,
        "slip": choice.subject if not letter and choice.subject else None,
        "paper": choice.paper,
        "number": choice.number,
        "day": choice.day,
        "state": choice.state.value,
        "printed": choice.printed,
        "pdf_sha256": choice.pdf_sha256,
        "program": choice.program,
    }


def asked(request: Asked) -> Shape:
    """Write a dossier that waits for a supplement, or has just got it."""
    return {
        "code": request.row.code,
        "name": request.row.name,
        "number": request.number,
        "items": list(request.items),
        "asked": request.asked,
        "told": request.told,
        "told_how": request.told_how,
        "brought": request.brought,
    }


def special_day(day: SpecialDay) -> Shape:
    return {"date": day.day, "kind": day.kind.value, "name": day.name, "document": day.document}


def calendar_year(entered: CalendarYear) -> Shape:
    """Write a year as entered; `confirmed` is None while it waits for the second official."""
    return {
        "id": entered.id,
        "year": entered.year,
        "document": entered.document,
        "days": [special_day(day) for day in entered.days],
        "entered": entered.entered,
        "entered_by": entered.entered_by,
        "confirmed": entered.confirmed,
        "confirmed_by": entered.confirmed_by,
    }


def move(moved: Move) -> Shape:
    """Write a promise that a change of the calendar moves."""
    return {key: value for key, value in vars(moved).items() if key != "base"}


def known(one: Known) -> Shape:
    """Write an owner of earlier dossiers with the codes of their last procedures."""
    codes = [version.code for version in one.procedures]
    return _person(one.applicant) | {"procedures": codes}


def dossier(view: progress.DossierView) -> Shape:
    """Write a dossier with its promises, pauses, steps, papers, letters and ledger entries."""
    file = view.dossier
    return row(view.row) | {
        "origin": "list" if file.watched else "desk",
        "system": file.system,
        "disagreements": [
            {"what": one.what.value, "ours": one.ours, "theirs": one.theirs, "seen": one.seen}
            for one in view.disagreements
        ],
        "reminders": [
            {
                "number": one.number_text,
                "time": one.time,
                "made": one.made,
                "receiver": one.receiver,
                "answer_by": one.answer_by,
                "answered": one.answered,
                "answer": one.answer,
            }
            for one in view.reminders
        ],
        "procedure_code": file.procedure_code,
        "field": file.field,
        "regime": file.regime,
        "limit": file.limit.text,
        "channel": file.channel.value,
        "sets": file.sets,
        "note": file.note,
        "fee": file.fee,
        "entered": file.entered,
        "applicant": _person(file.applicant),
        "submitter": vars(file.submitter) if file.submitter else None,
        "papers": [vars(paper) for paper in file.papers],
        "promises": [_promise(promise) for promise in file.promises],
        "pauses": [_pause(pause) for pause in file.pauses],
        "moves": [_move(move) for move in file.moves],
        "steps": [_segment(segment) for segment in view.segments],
        "letters": [letter(apology) for apology in file.letters],
        "notices": [{"at": n.at, "how": n.how.value, "in_time": n.in_time} for n in file.notices],
        "responsibility": vars(file.responsibility) if file.responsibility else None,
        "portal_code": file.portal_code,
        "paper_receipt": file.paper_receipt,
        "place": file.place,
        "ready": file.ready,
        "ended": file.ended,
        "returned": file.returned,
        "returned_to": file.returned_to,
        "returned_how": file.returned_how.value if file.returned_how else None,
        "authority": file.authority,
        "papers_back": file.papers_back,
        "originals": file.originals,
        "holder": file.holder,
        "ledger": [
            {
                "at": x.at,
                "entered": x.entered,
                "who": x.official_name,
                "act": x.act,
                "words": x.words,
            }
            for x in view.history
        ],
        "walk": walk(view.walk),
        "internal_day": view.internal,
        "for_agency": file.for_agency,
        "forward_by": file.forward_by,
        "forwarded": file.forwarded,
        "agency_received": file.agency_received,
        "clocks": [
            {
                "clock": clock.kind.value,
                "due": clock.due,
                "late": clock.late,
                "system": clock.system,
                "walk": walk(clock.walk),
            }
            for clock in view.clocks
        ],
        "problems": list(view.problems),
    }


def change(changed: Change) -> Shape:
    """Write one thing that was put right; papers as in the file."""

    def plain(value: Value) -> Any:
        return [vars(paper) for paper in value] if isinstance(value, tuple) else value

    return {"before": plain(changed.before), "after": plain(changed.after)}


def cancelled(line: CancelledRow) -> Shape:
    return vars(line)


def _person(who: Applicant) -> Shape:
    return vars(who) | {"kind": who.kind.value}


def _pause(pause: Pause) -> Shape:
    return vars(pause) | {"kind": pause.kind.value, "items": list(pause.items)}


def _move(move: DueMove) -> Shape:
    return {
        "promise": move.promise,
        "at": move.at,
        "why": move.why,
        "before": move.before,
        "after": move.after,
    }


def _segment(segment: Segment) -> Shape:
    return vars(segment) | {"over": segment.over}


def _promise(promise: Promise) -> Shape:
    return {
        "ordinal": promise.ordinal,
        "made": promise.made,
        "due": promise.due,
        "provisional": promise.provisional,
        "calendar_version": promise.calendar_version,
    }


def courtesy_visit(visit: courtesy.Visit) -> Shape:
    return vars(visit) | {"moment": visit.moment.value, "done": sorted(visit.done)}


def courtesy_rating(rating: courtesy.Rating) -> Shape:
    return vars(rating) | {"stage": rating.stage.value}


def observation(sheet: courtesy.Observation) -> Shape:
    return vars(sheet) | {"marks": {key: mark.value for key, mark in sheet.marks}}


def courtesy_share(share: courtesy.Share) -> Shape:
    """Write a share; `share` is an exact fraction as text, None of nothing."""
    return {
        "done": share.part,
        "of": share.whole,
        "share": str(share.value) if share.value is not None else None,
    }


def citizens_score(score: courtesy.CitizensScore) -> Shape:
    """Write the citizens' ratings; `faces`: counts of 1 to 5, `mean`: an exact fraction or None."""
    mean = str(score.mean) if score.mean is not None else None
    return {
        "faces": list(score.faces),
        "count": score.count,
        "mean": mean,
        "told": courtesy_share(score.told),
    }


def courtesy_tally(tally: courtesy.Tally) -> Shape:
    return {
        "visits": tally.visits,
        "score": courtesy_share(tally.score),
        "items": [
            {"key": item.key, "text": item.text} | courtesy_share(share)
            for item, share in tally.items
        ],
        "citizens": citizens_score(tally.citizens),
        "letters": courtesy_share(tally.letters),
    }


def compared(place: Compared) -> Shape:
    """Return a place outside the file and whether the ledger fits it."""
    return {
        "with": place.outside.value,
        "name": place.name,
        "entry": place.seq,
        "since": place.since,
        "fits": place.fits,
        "seen": place.seen,
    }
