"""Absences and stand-ins: entered, ended, shown, and the work that nobody covers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from cchc_desk.actions.office import printable
from cchc_desk.domain.ledger.facts.people import AbsenceEnded, AbsenceEntered
from cchc_desk.domain.people.absences import (
    MOST_DAYS,
    Absence,
    Cover,
    NamedAbsence,
    cover_on,
    may_stand_in,
)
from cchc_desk.domain.people.officials import Official, Role
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import absences, officials

_MOST = 200  # letters of a reason
_OF_ALL = frozenset({Role.LEADER, Role.ADMINISTRATOR})  # enter the absence of anybody


@dataclass(frozen=True)
class NewAbsence:
    """An absence as it is entered; `official` "" is oneself, `stand_in` "" nobody."""

    first: date
    last: date
    stand_in: str = ""
    official: str = ""
    reason: str = ""


def enter(desk: Desk, new: NewAbsence) -> Absence:
    """Enter the days on which an official is away and who stands in; of others a leader does.

    Raises Refused("absence-other"), ("unknown-official"), ("absence-days"), ("absence-known"),
    ("stand-in"), ("stand-in-role"), ("text-long").
    """
    me, now = desk.require(Permission.ABSENCE), desk.now()
    reason = printable.printable_line(new.reason, "reason")
    if len(reason) > _MOST:
        raise Refused("text-long", _("Dài quá {most} ký tự.").format(most=_MOST), "reason")
    official = new.official or me.id
    _check_whose(me, official)
    _check_days(new, now.date())
    with desk.write() as connection:
        away = _official(connection, official, "official")
        if new.stand_in:
            _check_stand_in(away, _official(connection, new.stand_in, "stand_in"))
        for known in absences.absences_in(connection, new.first, new.last):
            if known.official == away.id and known.ended is None:
                raise Refused(
                    "absence-known",
                    _("{name} đã ghi vắng từ {first} đến {last}.").format(
                        name=away.name, first=f"{known.first:%d/%m}", last=f"{known.last:%d/%m}"
                    ),
                    "first",
                )
        absence = Absence(0, away.id, new.first, new.last, new.stand_in, reason, now, me.id)
        number = absences.add_absence(connection, absence)
        entered = AbsenceEntered(number, away.id, new.first, new.last, new.stand_in, reason)
        desk.record(connection, entered, tables=("absences",), counted=False)
    return replace(absence, number=number)


def enters_for_others(me: Official) -> bool:
    """Return True where this official may enter the absence of anybody."""
    return me.role in _OF_ALL


def _check_whose(me: Official, official: str) -> None:
    if official != me.id and not enters_for_others(me):
        raise Refused(
            "absence-other",
            _("Chỉ lãnh đạo, quản trị ghi vắng mặt của người khác."),
            "official",
        )


def _check_days(new: NewAbsence, today: date) -> None:
    if new.last < new.first or new.last < today or (new.last - new.first).days >= MOST_DAYS:
        raise Refused(
            "absence-days",
            _("Ngày cuối phải từ ngày đầu trở đi, chưa qua, và không quá một năm."),
            "last",
        )


def _official(connection: Connection, login: str, field: str) -> Official:
    found = officials.official_of(connection, login)
    if found is None:
        raise Refused(
            "unknown-official",
            _("Không có công chức «{login}» ở quầy này.").format(login=login),
            field,
        )
    return found


def _check_stand_in(away: Official, stand_in: Official) -> None:
    if stand_in.id == away.id:
        raise Refused("stand-in", _("Người thay phải là người khác."), "stand_in")
    if not may_stand_in(stand_in.role, away.role):
        raise Refused(
            "stand-in-role",
            _("{name} không làm được mọi việc của {away}; hãy chọn người cùng vai trò.").format(
                name=stand_in.name, away=away.name
            ),
            "stand_in",
        )


def end(desk: Desk, number: int) -> Absence:
    """Note that somebody is back, or that the absence was entered by mistake.

    Raises Refused("unknown-absence"), ("absence-other").
    """
    me, now = desk.require(Permission.ABSENCE), desk.now()
    with desk.write() as connection:
        known = {
            one.number: one
            for one in absences.absences_from(connection, now.date())
            if one.ended is None
        }
        absence = known.get(number)
        if absence is None:
            raise Refused(
                "unknown-absence",
                _("Không có lần vắng mặt nào còn hiệu lực mang số {number}.").format(number=number),
                "number",
            )
        _check_whose(me, absence.official)
        absences.end_absence(connection, number, now)
        ended = AbsenceEnded(number, absence.official)
        desk.record(connection, ended, tables=("absences",), counted=False)
    return absence


# --- who is away ----------------------------------------------------------------------------------


def cover_within(connection: Connection, day: date) -> Cover:
    """Return who is away on a day and who stands in, in the caller's transaction."""
    return cover_on(absences.absences_from(connection, day), day)


def listed(desk: Desk) -> tuple[NamedAbsence, ...]:
    """Return the absences of today and later that hold, with who stands in."""
    desk.require(Permission.READ)
    today = desk.now().date()
    with desk.read() as connection:
        found = [one for one in absences.absences_from(connection, today) if one.ended is None]
        everybody = {who.id: who for who in officials.all_officials(connection)}
        found = [one for one in found if one.official in everybody]  # unless its row is damaged
        held = officials.open_dossiers_by_holder(connection)
    return tuple(
        NamedAbsence(
            absence=one,
            name=everybody[one.official].name,
            title=everybody[one.official].title,
            role=everybody[one.official].role,
            cover_name=_cover_name(found, one, max(one.first, today), everybody),
            held=held.get(one.official, 0),
        )
        for one in found
    )


def _cover_name(
    found: list[Absence], absence: Absence, day: date, everybody: dict[str, Official]
) -> str:
    by = cover_on(found, day).by_absent.get(absence.official)
    return everybody[by].name if by in everybody else ""


def remarks(desk: Desk) -> tuple[str, ...]:
    """Return sentences on whom the one at the window stands in for, and on what has no cover.

    Of today and the next working day.
    """
    me, today = desk.require(Permission.READ), desk.now().date()
    coming = desk.calendar.next_working_day(today)
    with desk.read() as connection:
        known = absences.absences_from(connection, today)
        if not known:
            return ()
        everybody = officials.all_officials(connection)
        steps = absences.steps_by_official(connection)
        held = officials.open_dossiers_by_holder(connection)
    names = {who.id: who.name for who in everybody}
    said = [
        _n(
            "Bạn đang thay {name}: {count} hồ sơ chưa xong (F3, Của tôi).", held.get(away, 0)
        ).format(name=names.get(away, away), count=held.get(away, 0))
        for away in cover_on(known, today).stood_for(me.id)
    ]
    for day in (today, coming):
        cover = cover_on(known, day)
        on = _("Hôm nay") if day == today else f"{day:%d/%m}"
        said += _uncovered(cover, names, held, steps, on)
        counter = [who for who in everybody if who.active and who.role is Role.CLERK]
        if counter and all(who.id in cover.by_absent for who in counter):
            said += _no_reception(cover, everybody, on)
    return tuple(said)


def _uncovered(
    cover: Cover,
    names: Mapping[str, str],
    held: Mapping[str, int],
    steps: Mapping[str, int],
    on: str,
) -> list[str]:
    """One sentence for each who is away with nobody in their place; `on` names the day."""
    return [
        _(
            "{on}: {name} vắng, chưa có người thay; {held} hồ sơ chưa xong, {steps} bước của quy "
            "trình."
        ).format(
            on=on, name=names.get(away, away), held=held.get(away, 0), steps=steps.get(away, 0)
        )
        for away, by in cover.by_absent.items()
        if by is None
    ]


def _no_reception(cover: Cover, everybody: tuple[Official, ...], on: str) -> list[str]:
    """Return the warning where whoever takes dossiers in is away, each without a stand-in."""
    may = {who.id for who in everybody if who.active and who.role in ALLOWED[Permission.ACCEPT]}
    stand_ins = {by for by in cover.by_absent.values() if by in may}
    if stand_ins:
        return []
    return [_("{on}: không có ai tiếp nhận hồ sơ ở quầy.").format(on=on)]
