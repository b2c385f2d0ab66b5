"""Lessons of the practice ward: prepared and begun, judged while they run, finished."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

import resources
from cchc_desk.actions.office.printable import printable_line
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.ledger.facts import known
from cchc_desk.domain.ledger.facts.courtesy import LessonEnded
from cchc_desk.domain.ledger.facts.intake import Accepted
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.domain.training import (
    Check,
    Deed,
    Facts,
    Happening,
    Judgement,
    Lesson,
    LessonRun,
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
from cchc_desk.store import training as training_store
from cchc_desk.store.dossiers import dossiers
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.office import officials, registers

LONGEST_NAME = 100
_MOMENTS = {"due", "second_due", "received"}


@dataclass(frozen=True)
class Look:
    """The running lesson as it stands now; `seconds` since its beginning by the desk's clock.

    `run` differs from one beginning to another.
    """

    run: int
    lesson: Lesson
    trainee: str
    judgement: Judgement
    seconds: int

    @property
    def next_task(self) -> Task | None:
        """The first task that is not done, None when all are."""
        for task, done in zip(self.lesson.tasks, self.judgement.done, strict=True):
            if not done:
                return task
        return None


@dataclass(frozen=True)
class Result:
    """Result of one finished lesson; `passed`: every task was done."""

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
    """Count the lessons."""
    return len(_facts()["lessons"])


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(resources.read_text("practice/lessons.json"))
    return facts


class _Given(dict[str, str]):
    """Prepared values by name; one not known before a lesson begins shows as dots."""

    def __missing__(self, key: str) -> str:
        return "…"


def _lesson(number: int, given: Mapping[str, str]) -> Lesson:
    """Return a lesson in the language in use, with the prepared values in its texts and checks."""
    row, values, shown = _facts()["lessons"][number - 1], _Given(given), _Given(_as_shown(given))

    def filled(text: str) -> str:
        return _(text).format_map(shown)

    def check(wanted: Mapping[str, Any]) -> Check:
        facts = {
            key: value.format_map(values) if isinstance(value, str) else value
            for key, value in wanted.items()
        }
        return Check(facts.pop("name"), facts)

    return Lesson(
        number=number,
        key=row["key"],
        title=filled(row["title"]),
        story=filled(row["story"]),
        minutes=row["minutes"],
        tasks=tuple(
            Task(filled(t["text"]), filled(t["hint"]), _rule(t["rule"]), check(t["check"]))
            for t in row["tasks"]
        ),
        wrong=tuple(
            WrongStep(
                filled(w["said"]),
                _rule(w["rule"]),
                tuple(w.get("codes", ())),
                check(w["check"]) if "check" in w else None,
            )
            for w in row["wrong"]
        ),
        cards=tuple(row.get("cards", ())),
    )


def _as_shown(given: Mapping[str, str]) -> dict[str, str]:
    """Return the values with moments as read in the language in use; stored as ISO 8601."""
    shown = dict(given)
    for key in _MOMENTS & given.keys():
        with suppress(ValueError):  # an earlier version stored the words themselves
            at = datetime.fromisoformat(given[key])
            shown |= {key: moment(at), f"{key}_day": _("Ngày {day}").format(day=f"{at:%d/%m}")}
    return shown


def _rule(key: str) -> Rule:
    return _translated(_facts()["rules"][key])


def _translated(rule: Mapping[str, str]) -> Rule:
    """Return a rule, stored in Vietnamese, in the language in use."""
    text, source = rule["text"], rule["source"]
    return Rule(_(text), _(source), rule["mark"])


def _number_of(key: str) -> int:
    return next(n for n, row in enumerate(_facts()["lessons"], 1) if row["key"] == key)


def list_lessons(desk: Desk, trainee: str = "") -> tuple[Listed, ...]:
    """Return every lesson with its best result, of one trainee or ("") of whoever did best."""
    only_in_practice(desk)
    desk.require(Permission.READ)
    with desk.read() as connection:
        now_running = training_store.running(connection)
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
    """Raise Refused("practice-only") at a real desk."""
    if not desk.practice:
        raise Refused(
            "practice-only",
            _("Bài tập chỉ có trong phường tập huấn; hãy mở phường tập huấn rồi làm."),
        )


# --- beginning ------------------------------------------------------------------------------------


def begin_lesson(desk: Desk, number: int, trainee: str = "") -> Look:
    """Prepare lesson `number` and begin it; one that still runs ends as it stands.

    `trainee`: the learner's name, "" for that of the official logged in. Raises Refused:
    "practice-only", "unknown-lesson", "trainee-name".
    """
    only_in_practice(desk)
    me = desk.require(Permission.READ)
    if not 1 <= number <= how_many():
        raise Refused(
            "unknown-lesson",
            _("Không có bài này; các bài đánh số từ 1 đến {last}.").format(last=how_many()),
        )
    name = tidy_name(trainee) or me.name
    if _running(desk):
        finish(desk)
    row = _facts()["lessons"][number - 1]
    # Imported here: it acts as the desk does, which the strip of a lesson need not hold till then.
    from cchc_desk.actions.training import prepared

    given = prepared.prepare(desk, row.get("prepare", ()))
    with desk.write() as connection:
        head = journal.head(connection)
        training_store.begin(
            connection, row["key"], name, desk.clock(), head.seq if head else 0, given
        )
    look = look_at(desk)
    assert look is not None
    return look


def tidy_name(trainee: str) -> str:
    """Return the name as one clean line.

    Raises Refused("trainee-name") beyond LONGEST_NAME, ("not-printable").
    """
    name = printable_line(trainee, "trainee")
    if len(name) > LONGEST_NAME:
        raise Refused(
            "trainee-name",
            _("Họ tên người học dài quá {most} ký tự.").format(most=LONGEST_NAME),
            "trainee",
        )
    return name


# --- while it runs --------------------------------------------------------------------------------


def look_at(desk: Desk) -> Look | None:
    """Judge the running lesson by the desk's facts now; None when none runs."""
    only_in_practice(desk)
    desk.require(Permission.READ)
    with desk.read() as connection:
        run = training_store.running(connection)
        return _look(desk, connection, run) if run else None


def _running(desk: Desk) -> bool:
    with desk.read() as connection:
        return training_store.running(connection) is not None


def _look(desk: Desk, connection: Connection, run: LessonRun) -> Look:
    lesson = _lesson(_number_of(run.lesson), run.given)
    judgement = judged(lesson, _since(connection, run))
    seconds = max(0, int((desk.clock() - run.began).total_seconds()))
    return Look(run.n, lesson, run.trainee, judgement, seconds)


def _since(connection: Connection, run: LessonRun) -> Facts:
    """Return the facts of ledger and dossiers since the lesson began."""
    deeds = tuple(
        Deed(entry.official, entry.act, entry.code, known(entry.act, details))
        for entry, _salt, details in journal.entries(connection, run.after)
    )
    code = run.given.get("code", "")
    codes = {deed.code for deed in deeds if isinstance(deed.facts, Accepted)} | {code}
    return Facts(
        code=code,
        deeds=deeds,
        dossiers={dossier.code: dossier for dossier in _loaded(connection, codes)},
        notes=run.notes,
        roles={who.id: who.role.value for who in officials.all_officials(connection)},
    )


def _loaded(connection: Connection, codes: Iterable[str]) -> list[Dossier]:
    loaded = (dossiers.load(connection, code) for code in sorted(codes) if code)
    return [dossier for dossier in loaded if dossier]


def note_refusal(desk: Desk, code: str) -> None:
    """Store a refusal for the running lesson, if it asks for this code, whoever is logged in."""
    if desk.practice and _running(desk):
        with desk.write() as connection:
            run = training_store.running(connection)
            if run and code in _codes(_lesson(_number_of(run.lesson), run.given)):
                training_store.note(connection, run, Note(Happening.REFUSED, code))


def _codes(lesson: Lesson) -> set[str]:
    """Return the codes of refusals that this lesson watches for."""
    wanted = {
        code
        for task in lesson.tasks
        if task.check.name == "refused"
        for code in task.check.wanted["codes"]
    }
    return wanted | {code for wrong in lesson.wrong for code in wrong.codes}


def note_reopened(desk: Desk) -> None:
    """Store that the window was opened again, if a lesson runs and the form's draft is there."""
    me = desk.require(Permission.READ)
    if desk.practice and _running(desk):
        with desk.write() as connection:
            run = training_store.running(connection)
            if run and registers.draft_of(connection, me.id):
                training_store.note(connection, run, Note(Happening.REOPENED))


def finish(desk: Desk, seconds: int | None = None) -> Result:
    """End the running lesson as it stands; `seconds`: its length as counted by the window.

    Raises Refused: "practice-only", "no-lesson".
    """
    only_in_practice(desk)
    desk.require(Permission.READ)
    with desk.write() as connection:
        run = training_store.running(connection)
        if run is None:
            raise Refused("no-lesson", _("Không có bài nào đang làm; hãy bắt đầu một bài (F11)."))
        with in_vietnamese():  # the stored result does not depend on the window's language
            look = _look(desk, connection, run)
        took = look.seconds if seconds is None else max(0, seconds)
        judgement = look.judgement
        outcome = {
            "done": sum(judgement.done),
            "score": judgement.score,
            "mistakes": [asdict(mistake) for mistake in judgement.mistakes],
        }
        training_store.end(connection, run, desk.clock(), took, outcome)
        ended = LessonEnded(run.n, run.lesson, judgement.score)
        desk.record(connection, ended, counted=False)
    return results(desk)[-1]


# --- results --------------------------------------------------------------------------------------


def results(desk: Desk, trainee: str = "") -> tuple[Result, ...]:
    """Return every finished lesson, of one trainee or ("") of all, the latest last."""
    only_in_practice(desk)
    desk.require(Permission.READ)
    with desk.read() as connection:
        runs = sorted(training_store.ended(connection), key=lambda run: run.n)
    return tuple(_result(run) for run in runs if clean_line(trainee) in ("", run.trainee))


def _result(run: LessonRun) -> Result:
    assert run.ended is not None
    return Result(
        lesson=_lesson(_number_of(run.lesson), run.given),
        trainee=run.trainee,
        ended=run.ended,
        seconds=run.seconds,
        done=run.outcome["done"],
        score=run.outcome["score"],
        mistakes=tuple(map(_mistake, run.outcome["mistakes"])),
    )


def _mistake(row: Mapping[str, Any]) -> Mistake:
    text = row["said"]
    return Mistake(_(text), _translated(row["rule"]))


def best_of(finished: Iterable[Result]) -> list[Result]:
    """Return the best result of each lesson, by its number; of equals the latest."""
    best: dict[int, Result] = {}
    for result in finished:
        before = best.get(result.lesson.number)
        if before is None or (result.passed, result.score) >= (before.passed, before.score):
            best[result.lesson.number] = result
    return [best[number] for number in sorted(best)]
