"""Verbs of reminders: somebody asks again, is answered; the register with its counts."""

from typing import TYPE_CHECKING

from cchc_desk.console.runtime import HOW, Answer, NewVerb, Options, day, opened, with_origin

if TYPE_CHECKING:
    from cchc_desk.domain.dossiers.reminders import Reminder, ReminderCount, ReminderLine


def add(verb: NewVerb) -> None:
    """Add these verbs to the command line."""
    remind = verb("remind", _remind, "có người đôn đốc hồ sơ", code={})
    remind.add_argument("--asker", default="citizen", choices=("citizen", "city"))
    remind.add_argument("--how", required=True, choices=HOW)
    remind.add_argument("--words", default="", help="người ấy nói gì")
    remind.add_argument("--to", default="", help="phiếu gửi ai; không ghi là người đang giữ")
    answer = verb("answer-reminder", _answer, "đã trả lời người đôn đốc", code={})
    answer.add_argument("--answer", required=True)
    listed = verb("reminders", _reminders, "đôn đốc chưa trả lời; của một kỳ, theo người, lĩnh vực")
    listed.add_argument("--from", dest="first", type=day)
    listed.add_argument("--to", dest="last", type=day)
    with_origin(listed)


def _shape(reminder: "Reminder") -> Answer:
    return vars(reminder) | {
        "number": reminder.number_text,
        "asker": reminder.asker.value,
        "how": reminder.how.value,
    }


def _line(line: "ReminderLine") -> Answer:
    about = {"name": line.name, "procedure": line.procedure, "field": line.field}
    return _shape(line.reminder) | about | {"overdue": line.is_overdue}


def _count(count: "ReminderCount") -> Answer:
    return dict(vars(count))


def _remind(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import reminders
    from cchc_desk.domain.dossiers.dossier import How
    from cchc_desk.domain.dossiers.reminders import Asker

    with opened(options) as desk:
        made = reminders.remind(
            desk, options.code, Asker(options.asker), How(options.how), options.words, options.to
        )
    return _shape(made)


def _answer(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import reminders

    with opened(options) as desk:
        answered = reminders.answer(desk, options.code, options.answer)
    return {"answered": [_shape(one) for one in answered]}


def _reminders(options: Options) -> Answer:
    from cchc_desk.actions.dossiers import reminders
    from cchc_desk.domain.dossiers.reminders import count_by

    with opened(options) as desk:
        if options.first is None and options.last is None:
            return {"reminders": [_line(line) for line in reminders.waiting(desk, options.origin)]}
        today = desk.now().date()
        last = options.last or today
        first = options.first or last.replace(month=1, day=1)
        found = reminders.register(desk, first, last, options.origin)
    by_holder = count_by(found, lambda line: line.reminder.holder)
    return {
        "reminders": [_line(line) for line in found],
        "by_holder": [_count(count) for count in by_holder],
        "by_field": [_count(count) for count in count_by(found, lambda line: line.field)],
    }
