"""Verbs of the practice ward's lessons: list, begin, look, end, certificate."""

from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.console.runtime import Answer, NewVerb, Options, count, opened

if TYPE_CHECKING:
    from cchc_desk.actions.training.lessons import Look
    from cchc_desk.domain.training import Mistake


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    listed = verb("lessons", _list, "các bài tập của phường tập huấn")
    begin = verb("lesson-begin", _begin, "bắt đầu một bài tập", number={"type": count})
    verb("lesson-look", _look, "bài đang làm: việc đã xong, việc tiếp theo, bước sai")
    verb("lesson-end", _end, "kết thúc bài đang làm, chấm điểm")
    certificate = verb("certificate", _certificate, "giấy chứng nhận các bài đã xong")
    certificate.add_argument("--out", type=Path, required=True)
    for made in (listed, begin, certificate):
        made.add_argument(
            "--name", default="", help="họ tên người học; không ghi là người đăng nhập"
        )


def _list(options: Options) -> Answer:
    from cchc_desk.actions.training import lessons

    with opened(options) as desk:
        listed = lessons.list_lessons(desk, options.name)
    return {
        "lessons": [
            {
                "number": entry.lesson.number,
                "title": entry.lesson.title,
                "minutes": entry.lesson.minutes,
                "running": entry.is_running,
                "passed": entry.best is not None and entry.best.passed,
                "score": entry.best.score if entry.best else None,
            }
            for entry in listed
        ]
    }


def _begin(options: Options) -> Answer:
    from cchc_desk.actions.training import lessons

    with opened(options) as desk:
        return _shown(lessons.begin_lesson(desk, options.number, options.name))


def _look(options: Options) -> Answer:
    from cchc_desk.actions.training import lessons

    with opened(options) as desk:
        look = lessons.look_at(desk)
    return _shown(look) if look else {"number": None}


def _shown(look: "Look") -> Answer:
    tasks = zip(look.lesson.tasks, look.judgement.done, strict=True)
    return {
        "number": look.lesson.number,
        "title": look.lesson.title,
        "story": look.lesson.story,
        "trainee": look.trainee,
        "minutes": look.lesson.minutes,
        "seconds": look.seconds,
        "cards": list(look.lesson.cards),
        "tasks": [
            {"text": task.text, "done": done, "hint": task.hint, **vars(task.rule)}
            for task, done in tasks
        ],
        "mistakes": [_mistake(mistake) for mistake in look.judgement.mistakes],
    }


def _mistake(mistake: "Mistake") -> Answer:
    return {"said": mistake.said, "rule": mistake.rule.text, "source": mistake.rule.source}


def _end(options: Options) -> Answer:
    from cchc_desk.actions.training import lessons

    with opened(options) as desk:
        result = lessons.finish(desk)
    return {
        "number": result.lesson.number,
        "trainee": result.trainee,
        "passed": result.passed,
        "done": result.done,
        "score": result.score,
        "minutes": result.minutes,
        "mistakes": [_mistake(mistake) for mistake in result.mistakes],
    }


def _certificate(options: Options) -> Answer:
    from cchc_desk.actions.documents.saving import save_pdf
    from cchc_desk.actions.training.certificate import certificate

    with opened(options) as desk:
        pdf = certificate(desk, options.name)
    return {"file": str(options.out), "pages": save_pdf(pdf, options.out)}
