"""Reminders: somebody asks again about a dossier; to whom it goes, until when it is answered."""

from dataclasses import dataclass
from datetime import date, datetime

from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.allowed import already_finished
from cchc_desk.actions.dossiers.steps import line_of, new_slip
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.people import absences
from cchc_desk.domain.dossiers.dossier import Dossier, How
from cchc_desk.domain.dossiers.reminders import TO_THE_LEADER, Asker, Reminder, ReminderLine
from cchc_desk.domain.figures import Origin
from cchc_desk.domain.ledger.facts.reminders import Reminded, ReminderAnswered
from cchc_desk.domain.papers.slips import REMINDER
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.deadlines import LimitUnit, TimeLimit, due_moment
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import lists, reminders
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials


@dataclass(frozen=True)
class Coming:
    """The reminder that would be made now: the how-many-th, to whom, answered until when.

    `receivers` are whom it may go to, the usual one first.
    """

    code: str
    time: int
    receivers: tuple[Official, ...]
    holder_name: str
    answer_by: datetime

    @property
    def to_leader(self) -> bool:
        return self.time >= TO_THE_LEADER


def coming(desk: Desk, code: str) -> Coming:
    """Return what a reminder about this dossier would be. Raises as remind()."""
    desk.require(Permission.REMIND)
    with desk.read() as connection:
        return _coming(desk, connection, _unfinished(desk, connection, code))


def remind(
    desk: Desk, code: str, asker: Asker, how: How, words: str = "", to: str = ""
) -> Reminder:
    """Note that somebody asked again, under a numbered slip to the holder (or to `to`).

    The third goes to a leader. Raises Refused("unknown-dossier"), ("already-finished"),
    ("no-receiver"), ("reminder-receiver"), ("text-long"), ("block-full").
    """
    me, words = desk.require(Permission.REMIND), line_of(words, "words")
    with desk.write() as connection:
        dossier = _unfinished(desk, connection, code)
        about = _coming(desk, connection, dossier)
        receiver = _receiver(about, to)
        slip = new_slip(desk, connection, dossier, REMINDER, words, (), again=about.time > 1)
        made = Reminder(
            slip=slip.id,
            code=dossier.code,
            time=about.time,
            number_text=slip.number_text,
            made=slip.made,
            made_by=me.id,
            asker=asker,
            how=how,
            words=words,
            holder=dossier.holder,
            receiver=receiver.id,
            answer_by=about.answer_by,
        )
        reminders.add_reminder(connection, made)
        reminded = Reminded(
            number=made.number_text,
            time=made.time,
            asker=asker.value,
            how=how.value,
            words=words,
            holder=made.holder,
            receiver=made.receiver,
            answer_by=made.answer_by,
        )
        desk.record(connection, reminded, dossier.code, counted=False)
    return made


def _receiver(about: Coming, to: str) -> Official:
    for who in about.receivers:
        if to in ("", who.id):
            return who
    raise Refused(
        "reminder-receiver",
        _("Phiếu đôn đốc lần {time} không gửi được cho «{to}».").format(time=about.time, to=to),
        "to",
    )


def _unfinished(desk: Desk, connection: Connection, code: str) -> Dossier:
    dossier = progress.counted_dossier(connection, code)
    done = already_finished(dossier, desk.now())
    if done:
        raise Refused("already-finished", done, "code")
    return dossier


def _coming(desk: Desk, connection: Connection, dossier: Dossier) -> Coming:
    time = len(reminders.of_dossier(connection, dossier.code)) + 1
    everybody = officials.all_officials(connection)
    names = {who.id: who.name for who in everybody}
    able = [who for who in everybody if who.active and who.role is not Role.ADMINISTRATOR]
    leaders = [who for who in able if who.role is Role.LEADER]
    if time >= TO_THE_LEADER and leaders:
        able = leaders
    cover = absences.cover_within(connection, desk.now().date())
    able = [who for who in able if cover.at_work(who.id) == who.id] or able
    holder = cover.at_work(dossier.holder)
    able.sort(
        key=lambda who: (who.id != holder, who.id in cover.by_absent, who.role is not Role.LEADER)
    )
    if not able:
        raise Refused("no-receiver", _("Quầy không còn ai đang làm việc để nhận phiếu."), "to")
    limit = TimeLimit(LimitUnit.WORKING_MINUTES, 60 * desk.settings["reminder_hours"])
    return Coming(
        code=dossier.code,
        time=time,
        receivers=tuple(able),
        holder_name=names.get(dossier.holder, dossier.holder),
        answer_by=due_moment(desk.now(), limit, desk.calendar).moment,
    )


def answer(desk: Desk, code: str, words: str) -> tuple[Reminder, ...]:
    """Note what those who asked were told: one answer to every open reminder of this dossier.

    Return these as they are now. Raises Refused("unknown-dossier"), ("no-reminder"),
    ("answer-missing"), ("text-long").
    """
    me, words = desk.require(Permission.REMIND), line_of(words, "answer")
    if not words:
        raise Refused("answer-missing", _("Hãy ghi đã trả lời thế nào."), "answer")
    with desk.write() as connection:
        dossier = progress.counted_dossier(connection, code)
        known = reminders.of_dossier(connection, dossier.code)
        still_open = {one.slip: one for one in known if one.answered is None}
        if not still_open:
            raise Refused(
                "no-reminder",
                _("Hồ sơ {code} không có lần đôn đốc nào chờ trả lời.").format(code=dossier.code),
                "code",
            )
        reminders.answer_open(connection, dossier.code, desk.now(), me.id, words)
        answered = ReminderAnswered(
            numbers=tuple(one.number_text for one in still_open.values()),
            answer=words,
            in_time=not any(one.is_overdue(desk.now()) for one in still_open.values()),
        )
        desk.record(connection, answered, dossier.code, counted=False)
        now = reminders.of_dossier(connection, dossier.code)
    return tuple(one for one in now if one.slip in still_open)


def waiting(desk: Desk, origin: Origin = Origin.ALL) -> tuple[ReminderLine, ...]:
    """Return the reminders that wait for an answer, the most pressing first.

    To a processor: of their own dossiers, and what was sent to them.
    """
    desk.require(Permission.READ)
    with desk.read() as connection:
        return _seen(desk, connection, reminders.open_lines(connection, desk.now()), origin)


def register(
    desk: Desk, first: date, last: date, origin: Origin = Origin.ALL
) -> tuple[ReminderLine, ...]:
    """Return the reminders of a period. Raises Refused("period"). To a processor: as waiting()."""
    desk.require(Permission.READ)
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    with desk.read() as connection:
        lines = reminders.lines_in(connection, first, last, desk.now())
        return _seen(desk, connection, lines, origin)


def _seen(
    desk: Desk, connection: Connection, lines: tuple[ReminderLine, ...], origin: Origin
) -> tuple[ReminderLine, ...]:
    me, seen = desk.require(Permission.READ), leaving.seen_codes(desk, connection)
    chosen = lists.of_origin(connection, origin)
    return tuple(
        line
        for line in lines
        if line.reminder.code in chosen
        and (line.reminder.code in seen or line.reminder.receiver == me.id)
    )
