"""Lessons in the practice ward: begun with a dossier prepared for them, looked at while they run,
certified.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time
from functools import cache
from typing import Any

import resources
from cchc_desk.actions.dossiers import steps
from cchc_desk.actions.intake import intake
from cchc_desk.actions.intake.intake import Intake
from cchc_desk.actions.lateness import overdue
from cchc_desk.domain.dossiers.dossier import Dossier, How
from cchc_desk.domain.ledger.facts import known
from cchc_desk.domain.ledger.facts.intake import Accepted
from cchc_desk.domain.people.applicant import Applicant, ApplicantKind
from cchc_desk.domain.people.officials import Act, Official, Role
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.domain.time.deadlines import due_moment, notice_deadline, parse_limit
from cchc_desk.domain.training import (
    Check,
    Deed,
    Facts,
    Happening,
    Judgement,
    Lesson,
    Mistake,
    Note,
    Rule,
    Task,
    WrongStep,
    judged,
)
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, in_vietnamese, moment
from cchc_desk.session import Desk
from cchc_desk.store import training as kept
from cchc_desk.store.dossiers import dossiers
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials, registers
from cchc_desk.store.training import Run

LONGEST_NAME = 100
_ADDRESS = "45 Hòa Bình, phường Ninh Kiều, thành phố Cần Thơ"
_RECEIVED, _WITHOUT_POWER = time(9, 0), time(15, 20)
_MOMENTS = {"due", "second_due", "received"}


@dataclass(frozen=True)
class Look:
    """The lesson that runs, as it stands now. `seconds` since it was begun, by the desk's clock.

    `run` tells one beginning from another.
    """

    run: int
    lesson: Lesson
    trainee: str
    judgement: Judgement
    seconds: int

    @property
    def next_task(self) -> Task | None:
        """The first task that is not done, None when all are."""
        open_ones = (
            t for t, done in zip(self.lesson.tasks, self.judgement.done, strict=True) if not done
        )
        return next(open_ones, None)


@dataclass(frozen=True)
class Result:
    """What a lesson came to. `passed`: every task was done."""

    lesson: Lesson
    trainee: str
    ended: datetime
    seconds: int
    done: int
    score: int
    mistakes: tuple[Mistake, ...]

    @property
    def passed(self) -> bool:
        return self.done == len(self.lesson.tasks)

    @property
    def minutes(self) -> int:
        """Minutes begun, one at least."""
        return max(1, -(-self.seconds // 60))


@dataclass(frozen=True)
class Listed:
    """A lesson in the list, with the best result so far."""

    lesson: Lesson
    is_running: bool
    best: Result | None


# --- the lessons as data --------------------------------------------------------------------------


def how_many() -> int:
    """How many lessons there are."""
    return len(_facts()["lessons"])


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(resources.read_text("practice/lessons.json"))
    return facts


class _Given(dict[str, str]):
    """What was prepared; what is not known before a lesson begins shows as dots."""

    def __missing__(self, key: str) -> str:
        return "…"


def _lesson(number: int, given: Mapping[str, str]) -> Lesson:
    """A lesson in the language in use, with what was prepared for it in its sentences and its
    checks.
    """
    row, known, read = _facts()["lessons"][number - 1], _Given(given), _Given(_as_read(given))

    def said(text: str) -> str:
        return _(text).format_map(read)

    def check(wanted: Mapping[str, Any]) -> Check:
        filled = {
            key: one.format_map(known) if isinstance(one, str) else one
            for key, one in wanted.items()
        }
        return Check(filled.pop("name"), filled)

    return Lesson(
        number=number,
        key=row["key"],
        title=said(row["title"]),
        story=said(row["story"]),
        minutes=row["minutes"],
        tasks=tuple(
            Task(said(t["text"]), said(t["hint"]), _rule(t["rule"]), check(t["check"]))
            for t in row["tasks"]
        ),
        wrong=tuple(
            WrongStep(
                said(w["said"]),
                _rule(w["rule"]),
                tuple(w.get("codes", ())),
                check(w["check"]) if "check" in w else None,
            )
            for w in row["wrong"]
        ),
        cards=tuple(row.get("cards", ())),
    )


def _as_read(given: Mapping[str, str]) -> dict[str, str]:
    """Moments as they are read in the language in use; they are kept as ISO 8601."""
    read = dict(given)
    for key in _MOMENTS & given.keys():
        with suppress(ValueError):  # a lesson begun by an earlier version kept the words themselves
            at = datetime.fromisoformat(given[key])
            read |= {key: moment(at), f"{key}_day": _("Ngày {day}").format(day=f"{at:%d/%m}")}
    return read


def _rule(key: str) -> Rule:
    return _told(_facts()["rules"][key])


def _told(rule: Mapping[str, str]) -> Rule:
    """A rule, which lies in Vietnamese, in the language in use."""
    text, source = rule["text"], rule["source"]
    return Rule(_(text), _(source), rule["mark"])


def _number_of(key: str) -> int:
    return next(n for n, row in enumerate(_facts()["lessons"], 1) if row["key"] == key)


def list_lessons(desk: Desk, trainee: str = "") -> tuple[Listed, ...]:
    """Every lesson with how it stands, for one trainee or ("") for whoever did best."""
    only_in_practice(desk)
    desk.require(Act.READ)
    with desk.read() as connection:
        now_running = kept.running(connection)
    best = {result.lesson.number: result for result in best_of(results(desk, trainee))}
    return tuple(
        Listed(
            _lesson(n, {}),
            now_running is not None and now_running.lesson == row["key"],
            best.get(n),
        )
        for n, row in enumerate(_facts()["lessons"], 1)
    )


def only_in_practice(desk: Desk) -> None:
    """Refused ("practice-only") at a real desk."""
    if not desk.practice:
        raise Refused(
            "practice-only",
            _("Bài tập chỉ có trong phường tập huấn; hãy mở phường tập huấn rồi làm."),
        )


# --- beginning ------------------------------------------------------------------------------------


def begin_lesson(desk: Desk, number: int, trainee: str = "") -> Look:
    """Prepares lesson `number` and begins it; one that still runs ends as it stands.

    `trainee` is who learns, "" for the name of who is logged in.
    """
    only_in_practice(desk)
    me = desk.require(Act.READ)
    if not 1 <= number <= how_many():
        raise Refused(
            "unknown-lesson",
            _("Không có bài này; các bài đánh số từ 1 đến {last}.").format(last=how_many()),
        )
    name = tidy_name(trainee) or me.name
    if _running(desk):
        finish(desk)
    row = _facts()["lessons"][number - 1]
    stage = _Stage(desk)
    with in_vietnamese():
        for act in row.get("prepare", ()):
            _PREPARE[act["do"]](stage, act)
    with desk.write() as connection:
        head = journal.head(connection)
        kept.begin(connection, row["key"], name, desk.clock(), head.seq if head else 0, stage.given)
    look = look_at(desk)
    assert look is not None
    return look


def tidy_name(trainee: str) -> str:
    """One clean line; Refused ("trainee-name") when it is too long for the certificate."""
    name = clean_line(trainee)
    if len(name) > LONGEST_NAME:
        raise Refused(
            "trainee-name",
            _("Họ tên người học dài quá {most} ký tự.").format(most=LONGEST_NAME),
            "trainee",
        )
    return name


class _Stage:
    """What is put in place before a lesson: each act by an official whose act it is, under the
    desk's own clock.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.given: dict[str, str] = {}
        with desk.read() as connection:
            self._officials = [who for who in officials.all_officials(connection) if who.active]

    def as_(self, role: Role) -> Desk:
        """The same desk with somebody of this role at it."""
        return replace(self.desk, official=self.one_of(role))

    def one_of(self, role: Role) -> Official:
        return min((who for who in self._officials if who.role is role), key=lambda who: who.id)

    def back(self, days: int, at: time = _RECEIVED) -> datetime:
        """That hour of the `days`-th working day before today."""
        day = self.desk.now().date()
        for _day in range(days):
            day = self.desk.calendar.previous_working_day(day)
        return datetime.combine(day, at)


def _accept(stage: _Stage, act: Mapping[str, Any]) -> None:
    """Takes a dossier in as of some working days ago, in the only honest way: entered late."""
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
    """Received so long ago that the citizen can still be told in time, and not much longer."""
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
    """The first letter with its one re-appointment, signed and handed over."""
    code, leader = stage.given["code"], stage.as_(Role.LEADER)
    letter = overdue.draft_and_sign(
        leader, code, act["cause"], overdue.propose_new_due(leader, code)
    )
    overdue.deliver_letter(leader, letter.id, How.PHONE)
    assert letter.new_due is not None
    stage.given["second_due"] = letter.new_due.isoformat(timespec="minutes")


def _paper_receipt(stage: _Stage, _act: Mapping[str, Any]) -> None:
    """A receipt printed beforehand that a colleague filled in by hand; one of the ward's, else one
    of this minute.
    """
    from cchc_desk.actions.intake import (
        paper_receipts,
    )  # draws papers, which the strip of a lesson need not wait for

    desk = stage.as_(Role.CLERK)
    received = stage.back(1, _WITHOUT_POWER)
    old = [one.number for one in paper_receipts.reconcile(desk).out if one.printed <= received]
    if not old:
        (number, *_rest), _pdf = paper_receipts.print_blank(desk, 1)
        old, received = [number], desk.now()
    stage.given |= {"receipt": old[0], "received": received.isoformat(timespec="minutes")}


_PREPARE: dict[str, Callable[[_Stage, Mapping[str, Any]], None]] = {
    "accept": _accept,
    "hand_over": _hand_over,
    "ready": _ready,
    "apologise": _apologise,
    "paper_receipt": _paper_receipt,
}


# --- while it runs --------------------------------------------------------------------------------


def look_at(desk: Desk) -> Look | None:
    """The lesson that runs, judged by what the desk shows now; None when none does."""
    only_in_practice(desk)
    desk.require(Act.READ)
    with desk.read() as connection:
        one = kept.running(connection)
        return _look(desk, connection, one) if one else None


def _running(desk: Desk) -> bool:
    with desk.read() as connection:
        return kept.running(connection) is not None


def _look(desk: Desk, connection: Connection, one: Run) -> Look:
    lesson = _lesson(_number_of(one.lesson), one.given)
    judgement = judged(lesson, _since(connection, one))
    return Look(
        one.n,
        lesson,
        one.trainee,
        judgement,
        max(0, int((desk.clock() - one.began).total_seconds())),
    )


def _since(connection: Connection, one: Run) -> Facts:
    """What ledger and dossiers show since the lesson began."""
    deeds = tuple(
        Deed(entry.official, entry.act, entry.code, known(entry.act, details))
        for entry, _salt, details in journal.entries(connection, one.after)
    )
    code = one.given.get("code", "")
    codes = {deed.code for deed in deeds if isinstance(deed.facts, Accepted)} | {code}
    return Facts(
        code=code,
        deeds=deeds,
        dossiers={dossier.code: dossier for dossier in _loaded(connection, codes)},
        notes=one.notes,
        roles={who.id: who.role.value for who in officials.all_officials(connection)},
    )


def _loaded(connection: Connection, codes: Iterable[str]) -> list[Dossier]:
    found = [dossiers.load(connection, code) for code in sorted(codes) if code]
    return [dossier for dossier in found if dossier]


def note_refusal(desk: Desk, code: str) -> None:
    """The desk said no while a lesson runs: kept where the lesson cares for this code, whoever is
    logged in.
    """
    if desk.practice and _running(desk):
        with desk.write() as connection:
            one = kept.running(connection)
            if one and code in _codes(_lesson(_number_of(one.lesson), one.given)):
                kept.note(connection, one, Note(Happening.REFUSED, code))


def _codes(lesson: Lesson) -> set[str]:
    """The refusals that this lesson has an eye on."""
    wanted = {
        code
        for task in lesson.tasks
        if task.check.name == "refused"
        for code in task.check.wanted["codes"]
    }
    return wanted | {code for wrong in lesson.wrong for code in wrong.codes}


def note_reopened(desk: Desk) -> None:
    """The window was opened again: kept where a lesson runs and what was being typed is still
    there.
    """
    me = desk.require(Act.READ)
    if desk.practice and _running(desk):
        with desk.write() as connection:
            one = kept.running(connection)
            if one and registers.draft_of(connection, me.id):
                kept.note(connection, one, Note(Happening.REOPENED))


def finish(desk: Desk, seconds: int | None = None) -> Result:
    """Ends the lesson that runs, as it stands. `seconds`: how long it took, where the window
    counted them itself.
    """
    only_in_practice(desk)
    desk.require(Act.READ)
    with desk.write() as connection:
        one = kept.running(connection)
        if one is None:
            raise Refused("no-lesson", _("Không có bài nào đang làm; hãy bắt đầu một bài (F11)."))
        with in_vietnamese():  # what is kept does not depend on the window
            look = _look(desk, connection, one)
        took = look.seconds if seconds is None else max(0, seconds)
        judgement = look.judgement
        outcome = {
            "done": sum(judgement.done),
            "score": judgement.score,
            "mistakes": [asdict(mistake) for mistake in judgement.mistakes],
        }
        kept.end(connection, one, desk.clock(), took, outcome)
    return results(desk)[-1]


# --- results --------------------------------------------------------------------------------------


def results(desk: Desk, trainee: str = "") -> tuple[Result, ...]:
    """Every lesson that has ended, of one trainee or ("") of all, the latest last."""
    only_in_practice(desk)
    desk.require(Act.READ)
    with desk.read() as connection:
        runs = sorted(kept.ended(connection), key=lambda one: one.n)
    return tuple(_result(one) for one in runs if clean_line(trainee) in ("", one.trainee))


def _result(one: Run) -> Result:
    assert one.ended is not None
    return Result(
        lesson=_lesson(_number_of(one.lesson), one.given),
        trainee=one.trainee,
        ended=one.ended,
        seconds=one.seconds,
        done=one.outcome["done"],
        score=one.outcome["score"],
        mistakes=tuple(map(_mistake, one.outcome["mistakes"])),
    )


def _mistake(row: Mapping[str, Any]) -> Mistake:
    said = row["said"]
    return Mistake(_(said), _told(row["rule"]))


def best_of(every: Iterable[Result]) -> list[Result]:
    """The best result of each lesson, by its number; of equals the latest."""
    best: dict[int, Result] = {}
    for result in every:
        before = best.get(result.lesson.number)
        if before is None or (result.passed, result.score) >= (before.passed, before.score):
            best[result.lesson.number] = result
    return [best[number] for number in sorted(best)]
