"""Acts of "4 xin, 4 luôn": words, visits, ratings, weekly cards, desk reports, observations."""

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

import resources
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.office import office_settings
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
from cchc_desk.domain.figures import Origin, Period
from cchc_desk.domain.ledger.facts.courtesy import CardSeen, Observed, Rated, Visited
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.deadlines import notice_deadline
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.store import courtesy as courtesy_store
from cchc_desk.store.dossiers import lists
from cchc_desk.store.dossiers.lists import Codes
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials

SEEN_FIRST = later(
    "Công chức xem phiếu tuần của mình trước; {name} chưa xem phiếu tuần từ {monday}."
)


@dataclass(frozen=True)
class WeeklyCard:
    """One official's week as it stood at `until`, with the supervisor's `observations`."""

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
    """The desk's figures of a period, without names; `observations` counts supervisors' sheets.

    `typed`: ratings that an official typed in, and not the citizen on their own screen.
    """

    first: date
    last: date
    tally: Tally
    observations: int
    typed: int


# --- the eight items and the right words ----------------------------------------------------------


@cache
def _facts() -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(resources.read_text("courtesy/items.json"))
    return facts


@cache
def dispatch_items() -> tuple[Item, ...]:
    """Return the eight items in the wording and order of the dispatch."""
    return tuple(Item(**row) for row in _facts()["items"])


def other_wordings() -> Mapping[str, tuple[str, ...]]:
    """Return other wordings that were seen in use, by the item's key."""
    wordings: dict[str, tuple[str, ...]] = {}
    for row in _facts()["other_wordings"]:
        wordings[row["key"]] = (*wordings.get(row["key"], ()), row["text"])
    return wordings


def source() -> str:
    """Return the source of the eight items."""
    return str(_facts()["source"])


def items(desk: Desk) -> tuple[Item, ...]:
    """Return the eight items as this desk words and orders them, else as the dispatch does."""
    own = [Item(key, text) for key, text in desk.settings["courtesy_items"]]
    return courtesy.checked_items(own, dispatch_items()) if own else dispatch_items()


def keep_items(desk: Desk, items: Iterable[Item]) -> tuple[Item, ...]:
    """Store this desk's wording and order of the eight; none at all restores the dispatch's."""
    chosen = tuple(items)
    wanted = courtesy.checked_items(chosen, dispatch_items()) if chosen else dispatch_items()
    own = [] if wanted == dispatch_items() else [[item.key, item.text] for item in wanted]
    office_settings.change_settings(desk, {"courtesy_items": own})
    return wanted


def words_for(desk: Desk, moment: Moment) -> Words:
    """Return the phrases to use at this moment, and the words to avoid."""
    desk.require(Permission.READ)
    say = tuple(Phrase(**row) for row in _facts()["phrases"][moment.value])
    return Words(moment, say, tuple(Avoided(**row) for row in _facts()["words"]))


# --- the counter ----------------------------------------------------------------------------------


def record_visit(desk: Desk, done: Iterable[str], *, code: str = "", moment: Moment) -> Visit:
    """Store the official's own score of a visit: the keys of the items done, maybe none."""
    me = desk.require(Permission.VISIT)
    with desk.write() as connection:
        visit = Visit(desk.now(), me.id, moment, courtesy.checked_keys(done, items(desk)), code)
        if code:
            visit = replace(visit, code=progress.the_dossier(connection, code).code)
        courtesy_store.add_visit(connection, visit)
        desk.record(connection, Visited(moment.value, tuple(sorted(visit.done))), visit.code)
    return visit


def visits_today(desk: Desk) -> tuple[Visit, ...]:
    """Return today's visits scored by the official logged in, in order."""
    me, now = desk.require(Permission.SEE_CARD), desk.now()
    with desk.read() as connection:
        return courtesy_store.visits(connection, now.date(), now, me.id)


def asks_told(desk: Desk, code: str) -> bool:
    """True when the citizen is asked about notice and apology: only for a late dossier."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        return lateness.is_late(progress.the_dossier(connection, code), desk.now())


def rate(
    desk: Desk, code: str, faces: int, told: bool | None = None, *, typed: bool = True
) -> Rating:
    """Store the citizen's rating, once after acceptance and once after the return.

    A second press within CORRECTABLE corrects the first; later it is refused. `told` answers
    asks_told. `typed`: the official types in what the citizen said; False from the citizen's own
    screen. Raises Refused: "faces", "told-not-late", "rated".
    """
    me, now = desk.require(Permission.RATE), desk.now()
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
        before = courtesy_store.rating_of(connection, dossier.code, _stage(dossier))
        if before and not timedelta() <= now - before.at <= CORRECTABLE:
            raise Refused(
                "rated",
                _(
                    "Công dân đã đánh giá hồ sơ {code} rồi; mỗi lần đến chỉ đánh giá một lần."
                ).format(code=dossier.code),
            )
        fresh = Rating(dossier.code, _stage(dossier), now, me.id, faces, told, typed)
        rating = replace(before, faces=faces, told=told, typed=typed) if before else fresh
        courtesy_store.keep_rating(connection, rating)
        corrected = before.faces if before else None
        stage = rating.stage.value
        rated = Rated(stage=stage, faces=faces, told=told, corrected=corrected, typed=typed)
        desk.record(connection, rated, dossier.code)
    return rating


def _stage(dossier: Dossier) -> Stage:
    return Stage.RETURN if dossier.returned else Stage.INTAKE


# --- the week's card and the desk's report --------------------------------------------------------


def weekly_card(
    desk: Desk,
    official_id: str,
    monday: date,
    keep: Callable[[WeeklyCard], None] | None = None,
) -> WeeklyCard:
    """Return one official's week; a leader sees no more of it than its owner has seen.

    Looking at one's own card stores the moment; `keep` has the card before that, and where it
    raises nothing is stored. Raises Refused: "week", "card-not-yours",
    "unknown-official", "card-not-seen".
    """
    me, now, monday = desk.require(Permission.SEE_CARD), desk.now(), courtesy.monday_of(monday)
    if monday > now.date():
        raise Refused(
            "week", _("Tuần này chưa bắt đầu; hãy chọn tuần đã qua hoặc tuần này."), "week"
        )
    if official_id == me.id:
        return _own_card(desk, me, monday, keep)
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
        until = courtesy_store.seen_until(connection, official_id, monday)
        if until is None:
            raise Refused(
                "card-not-seen",
                _(SEEN_FIRST).format(name=official.name, monday=f"{monday:%d/%m/%Y}"),
                "official",
            )
        card = _card(desk, connection, official, monday, until)
    if keep:
        keep(card)
    return card


def _own_card(
    desk: Desk, me: Official, monday: date, keep: Callable[[WeeklyCard], None] | None
) -> WeeklyCard:
    until = min(desk.now(), _end_of(monday + timedelta(days=6)))
    with desk.write() as connection:
        before = courtesy_store.seen_until(connection, me.id, monday)
        card = _card(desk, connection, me, monday, until)
        if (
            before is None
            or replace(_card(desk, connection, me, monday, before), until=until) != card
        ):
            desk.record(connection, CardSeen(monday))
        courtesy_store.keep_seen(connection, me.id, monday, until)
        if keep:
            keep(card)
    return card


def _card(
    desk: Desk, connection: Connection, official: Official, monday: date, until: datetime
) -> WeeklyCard:
    begin, eight = courtesy.trend_mondays(monday)[0], items(desk)
    visits = courtesy_store.visits(connection, begin, until, official.id)
    ratings = courtesy_store.ratings(connection, begin, until, official.id)
    letters = _letters(
        desk, connection, monday, monday + timedelta(days=6), until, official.id, Codes()
    )
    this_week = courtesy.in_week(visits, monday), courtesy.in_week(ratings, monday)
    return WeeklyCard(
        official=official,
        monday=monday,
        until=until,
        tally=courtesy.tally(*this_week, letters, eight),
        trend=courtesy.trend(monday, visits, ratings, eight),
        observations=courtesy_store.observations(connection, monday, until, official.id),
    )


def _letters(
    desk: Desk,
    connection: Connection,
    first: date,
    last: date,
    until: datetime,
    official: str,
    chosen: Codes,
) -> Share:
    """Return the late dossiers due in the period whose letter came as early as notice must.

    Rule: docs/promise.md.
    """
    days = desk.settings["notice_days"]
    late = courtesy_store.late(connection, Period.of_days(first, last, until), official)
    in_time = [
        dossier.apologised is not None
        and dossier.apologised <= notice_deadline(dossier.due, dossier.limit, desk.calendar, days)
        for dossier in late
        if dossier.code in chosen
    ]
    return Share(sum(in_time), len(in_time))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59))


def desk_report(desk: Desk, first: date, last: date, origin: Origin = Origin.ALL) -> DeskReport:
    """Return the desk's totals of a period, without names. Raises Refused("period").

    Of a visit or a sheet about no dossier the origin is the desk.
    """
    desk.require(Permission.COURTESY_REPORT)
    if last < first:
        raise Refused("period", _("Ngày cuối của kỳ phải từ ngày đầu trở đi."), "to")
    until = min(desk.now(), _end_of(last))
    with desk.read() as connection:
        chosen = lists.of_origin(connection, origin)
        visits, ratings = (
            [one for one in courtesy_store.visits(connection, first, until) if one.code in chosen],
            [one for one in courtesy_store.ratings(connection, first, until) if one.code in chosen],
        )
        letters = _letters(desk, connection, first, last, until, "", chosen)
        sheets = courtesy_store.observations(connection, first, until) if "" in chosen else ()
    found = courtesy.tally(visits, ratings, letters, items(desk))
    return DeskReport(first, last, found, len(sheets), sum(one.typed is True for one in ratings))


# --- the supervisor's observation -----------------------------------------------------------------


def observe(desk: Desk, observation: Observation) -> Observation:
    """Store a supervisor's sheet about one official, who sees it on their card.

    Raises Refused: "observation-marks", "observed-future", "observed-self", "unknown-official".
    """
    me = desk.require(Permission.OBSERVE)
    _check_observation(desk, me, observation)
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
        courtesy_store.add_observation(connection, sheet)
        observed = Observed(
            observation=sheet.id,
            official=sheet.official,
            marks={key: mark.value for key, mark in sheet.marks},
            good=sheet.good,
            better=sheet.better,
        )
        desk.record(connection, observed, event=sheet.at)
    return sheet


def _check_observation(desk: Desk, me: Official, observation: Observation) -> None:
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


def observations(desk: Desk) -> tuple[Observation, ...]:
    """Return the sheets, newest first: all for a leader, one's own for anybody else."""
    me, now = desk.require(Permission.SEE_CARD), desk.now()
    whose = "" if me.role is Role.LEADER else me.id
    with desk.read() as connection:
        return courtesy_store.observations(connection, date.min, now, whose)


def colleagues(desk: Desk) -> tuple[Official, ...]:
    """Return the officials whose cards the one logged in may ask for, oneself first."""
    me = desk.require(Permission.SEE_CARD)
    with desk.read() as connection:
        everyone = officials.all_officials(connection)
    if me.role is not Role.LEADER:
        return (me,)
    return (
        me,
        *(
            official
            for official in everyone
            if official.active and official.id != me.id and official.role is not Role.ADMINISTRATOR
        ),
    )
