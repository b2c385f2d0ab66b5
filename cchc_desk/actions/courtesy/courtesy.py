""" "4 xin, 4 luôn": the right words, a visit scored, a citizen's rating, the week's card, the
desk's report.
"""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import resources
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.office import accounts
from cchc_desk.domain import courtesy, lateness
from cchc_desk.domain.courtesy import (
    CORRECTABLE,
    FACES,
    Avoided,
    Item,
    Moment,
    Observation,
    Phrase,
    Rating,
    Share,
    Stage,
    Tally,
    Visit,
    WeekPoint,
    Words,
)
from cchc_desk.domain.dossiers.dossier import Dossier
from cchc_desk.domain.figures import Period
from cchc_desk.domain.people.officials import Act, Official, Role
from cchc_desk.domain.time.deadlines import notice_deadline
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.store import courtesy as kept
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials

SEEN_FIRST = later(
    "Công chức xem phiếu tuần của mình trước; {name} chưa xem phiếu tuần từ {monday}."
)


@dataclass(frozen=True)
class WeeklyCard:
    """One official's week. `until`: what happened up to then is on it; `observations`: the
    supervisor's sheets.
    """

    official: Official
    monday: date
    until: datetime
    tally: Tally
    trend: tuple[WeekPoint, ...]
    observations: tuple[Observation, ...]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


@dataclass(frozen=True)
class DeskReport:
    """The desk's figures of a period; it names nobody. `observations`: how many sheets supervisors
    filled.
    """

    first: date
    last: date
    tally: Tally
    observations: int


# --- the eight items and the right words ----------------------------------------------------------


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(resources.read_text("courtesy/items.json"))
    return facts


@cache
def dispatch_items() -> tuple[Item, ...]:
    """The eight in the wording and order of the dispatch."""
    return tuple(Item(**row) for row in _facts()["items"])


def other_wordings() -> Mapping[str, tuple[str, ...]]:
    """Other wordings that were seen in use, by the item's key."""
    rows = _facts()["other_wordings"]
    return {
        row["key"]: tuple(one["text"] for one in rows if one["key"] == row["key"]) for row in rows
    }


def source() -> str:
    """Where the eight come from."""
    return str(_facts()["source"])


def items(desk: Desk) -> tuple[Item, ...]:
    """The eight as this desk words and orders them; the dispatch's where it never said
    otherwise.
    """
    own = [Item(key, text) for key, text in desk.settings["courtesy_items"]]
    return courtesy.checked_items(own, dispatch_items()) if own else dispatch_items()


def keep_items(desk: Desk, items: Iterable[Item]) -> tuple[Item, ...]:
    """Keeps this desk's wording and order of the eight; none at all goes back to the dispatch's."""
    chosen = tuple(items)
    wanted = courtesy.checked_items(chosen, dispatch_items()) if chosen else dispatch_items()
    own = [] if wanted == dispatch_items() else [[item.key, item.text] for item in wanted]
    accounts.change_settings(desk, {"courtesy_items": own})
    return wanted


def words_for(desk: Desk, moment: Moment) -> Words:
    """What to say at this moment, and which words to leave out."""
    desk.require(Act.READ)
    say = tuple(Phrase(**row) for row in _facts()["phrases"][moment.value])
    return Words(moment, say, tuple(Avoided(**row) for row in _facts()["words"]))


# --- the counter ----------------------------------------------------------------------------------


def record_visit(desk: Desk, done: Iterable[str], *, code: str = "", moment: Moment) -> Visit:
    """Keeps how who is logged in scores the visit that just was: the keys of the items done, maybe
    none.
    """
    me = desk.require(Act.VISIT)
    with desk.write() as connection:
        visit = Visit(desk.now(), me.id, moment, courtesy.checked_keys(done, items(desk)), code)
        if code:
            visit = replace(visit, code=progress.the_dossier(connection, code).code)
        kept.add_visit(connection, visit)
        desk.record(connection, Act.VISIT, visit.code, moment=moment.value, done=sorted(visit.done))
    return visit


def visits_today(desk: Desk) -> tuple[Visit, ...]:
    """The visits of today that who is logged in scored, in order."""
    me, now = desk.require(Act.SEE_CARD), desk.now()
    with desk.read() as connection:
        return kept.visits(connection, now.date(), now, me.id)


def asks_told(desk: Desk, code: str) -> bool:
    """Whether the citizen is asked if the delay was announced and apologised for: only where the
    dossier is late.
    """
    desk.require(Act.READ)
    with desk.read() as connection:
        return lateness.is_late(progress.the_dossier(connection, code), desk.now())


def rate(desk: Desk, code: str, faces: int, told: bool | None = None) -> Rating:
    """Keeps what the citizen pressed, once as the dossier is taken in and once after its return.

    A second press within CORRECTABLE puts the first right; later it is refused. `told` answers
    asks_told.
    """
    me, now = desk.require(Act.RATE), desk.now()
    if faces not in FACES:
        raise Refused("faces", _("Đánh giá là một trong năm mức, từ 1 đến 5."), "faces")
    with desk.write() as connection:
        dossier = progress.the_dossier(connection, code)
        if told is not None and not lateness.is_late(dossier, now):
            raise Refused(
                "told-not-late",
                _("Hồ sơ {code} không trễ hẹn; không hỏi về việc xin lỗi.").format(
                    code=dossier.code
                ),
                "told",
            )
        before = kept.rating_of(connection, dossier.code, _stage(dossier))
        if before and not timedelta() <= now - before.at <= CORRECTABLE:
            raise Refused(
                "rated",
                _(
                    "Công dân đã đánh giá hồ sơ {code} rồi; mỗi lần đến chỉ đánh giá một lần."
                ).format(code=dossier.code),
            )
        fresh = Rating(dossier.code, _stage(dossier), now, me.id, faces, told)
        rating = replace(before, faces=faces, told=told) if before else fresh
        kept.keep_rating(connection, rating)
        corrected = before.faces if before else None
        desk.record(
            connection,
            Act.RATE,
            dossier.code,
            stage=rating.stage.value,
            faces=faces,
            told=told,
            corrected=corrected,
        )
    return rating


def _stage(dossier: Dossier) -> Stage:
    return Stage.RETURN if dossier.returned else Stage.INTAKE


# --- the week's card and the desk's report --------------------------------------------------------


def weekly_card(desk: Desk, official_id: str, monday: date) -> WeeklyCard:
    """The week of `monday` of one official, who sees it first: a leader sees no more of it than its
    owner has seen.

    Looking at one's own card keeps until when it was seen. Refused: another's card, or one its
    owner has not seen.
    """
    me, now, monday = desk.require(Act.SEE_CARD), desk.now(), courtesy.monday_of(monday)
    if monday > now.date():
        raise Refused(
            "week", _("Tuần này chưa bắt đầu; hãy chọn tuần đã qua hoặc tuần này."), "week"
        )
    if official_id == me.id:
        return _own_card(desk, me, monday)
    if me.role is not Role.LEADER:
        raise Refused("card-not-yours", _("Mỗi công chức chỉ xem phiếu tuần của mình."), "official")
    with desk.read() as connection:
        official = officials.official_of(connection, official_id)
        if official is None:
            raise Refused(
                "unknown-official",
                _("Không có công chức «{login}» ở quầy này.").format(login=official_id),
                "official",
            )
        until = kept.seen_until(connection, official_id, monday)
        if until is None:
            raise Refused(
                "card-not-seen",
                _(SEEN_FIRST).format(name=official.name, monday=f"{monday:%d/%m/%Y}"),
                "official",
            )
        return _card(desk, connection, official, monday, until)


def _own_card(desk: Desk, me: Official, monday: date) -> WeeklyCard:
    until = min(desk.now(), _end_of(monday + timedelta(days=6)))
    with desk.write() as connection:
        before = kept.seen_until(connection, me.id, monday)
        card = _card(desk, connection, me, monday, until)
        if (
            before is None
            or replace(_card(desk, connection, me, monday, before), until=until) != card
        ):
            desk.record(connection, Act.SEE_CARD, monday=monday.isoformat())
        kept.keep_seen(connection, me.id, monday, until)
    return card


def _card(
    desk: Desk, connection: Connection, official: Official, monday: date, until: datetime
) -> WeeklyCard:
    begin, eight = courtesy.trend_mondays(monday)[0], items(desk)
    visits = kept.visits(connection, begin, until, official.id)
    ratings = kept.ratings(connection, begin, until, official.id)
    letters = _letters(desk, connection, monday, monday + timedelta(days=6), until, official.id)
    this_week = courtesy.in_week(visits, monday), courtesy.in_week(ratings, monday)
    return WeeklyCard(
        official=official,
        monday=monday,
        until=until,
        tally=courtesy.tally(*this_week, letters, eight),
        trend=courtesy.trend(monday, visits, ratings, eight),
        observations=kept.observations(connection, monday, until, official.id),
    )


def _letters(
    desk: Desk, connection: Connection, first: date, last: date, until: datetime, official: str
) -> Share:
    """Of the late dossiers due in the period, those whose letter came as early as notice must
    (docs/promise.md).
    """
    days = desk.settings["notice_days"]
    found = kept.late(connection, Period.of_days(first, last, until), official)
    in_time = [
        one.apologised is not None
        and one.apologised <= notice_deadline(one.due, one.limit, desk.calendar, days)
        for one in found
    ]
    return Share(sum(in_time), len(in_time))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59))


def desk_report(desk: Desk, first: date, last: date) -> DeskReport:
    """The desk's totals of a period, for its leader; nobody is named in it."""
    desk.require(Act.COURTESY_REPORT)
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    until = min(desk.now(), _end_of(last))
    with desk.read() as connection:
        visits, ratings = (
            kept.visits(connection, first, until),
            kept.ratings(connection, first, until),
        )
        letters = _letters(desk, connection, first, last, until, "")
        sheets = len(kept.observations(connection, first, until))
    return DeskReport(first, last, courtesy.tally(visits, ratings, letters, items(desk)), sheets)


# --- the supervisor's observation -----------------------------------------------------------------


def observe(desk: Desk, observation: Observation) -> Observation:
    """Keeps a supervisor's sheet about one official; it is shown to them on their card."""
    me = desk.require(Act.OBSERVE)
    eight = items(desk)
    courtesy.checked_keys((key for key, _mark in observation.marks), eight)
    if len(dict(observation.marks)) != len(eight):
        raise Refused(
            "observation-marks",
            _("Hãy đánh dấu đủ tám điều (đã làm, cần làm tốt hơn, chưa có dịp)."),
            "marks",
        )
    if observation.at > desk.now():
        raise Refused("observed-future", _("Lúc quan sát không thể sau bây giờ."), "at")
    if observation.official == me.id:
        raise Refused(
            "observed-self",
            _("Phiếu quan sát do người khác ghi; hãy dùng phiếu tự chấm cho mình."),
            "official",
        )
    sheet = replace(
        observation,
        id=str(uuid.uuid4()),
        observer=me.id,
        good=steps.line_of(observation.good, "good"),
        better=steps.line_of(observation.better, "better"),
    )
    with desk.write() as connection:
        if officials.official_of(connection, sheet.official) is None:
            raise Refused(
                "unknown-official",
                _("Không có công chức «{login}» ở quầy này.").format(login=sheet.official),
                "official",
            )
        kept.add_observation(connection, sheet)
        desk.record(
            connection,
            Act.OBSERVE,
            event=sheet.at,
            observation=sheet.id,
            official=sheet.official,
            marks={key: mark.value for key, mark in sheet.marks},
            good=sheet.good,
            better=sheet.better,
        )
    return sheet


def observations(desk: Desk) -> tuple[Observation, ...]:
    """The sheets, newest first: a leader's are those of the whole desk, anybody else's those about
    themselves.
    """
    me, now = desk.require(Act.SEE_CARD), desk.now()
    whose = "" if me.role is Role.LEADER else me.id
    with desk.read() as connection:
        return kept.observations(connection, date.min, now, whose)


def colleagues(desk: Desk) -> tuple[Official, ...]:
    """The officials whose cards who is logged in may ask for, oneself first."""
    me = desk.require(Act.SEE_CARD)
    with desk.read() as connection:
        found = officials.all_officials(connection)
    others = [
        one
        for one in found
        if one.active and one.id != me.id and one.role is not Role.ADMINISTRATOR
    ]
    return (me, *(others if me.role is Role.LEADER else ()))
