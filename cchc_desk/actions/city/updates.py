"""News of the city compared with the desk's own facts, taken or left by a person, and undone.

A catalogue adds versions of procedures; a calendar is entered as the city gives it and still needs
its second person; law replaces the regimes. Messages and the ward's totals need no decision.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cchc_desk.actions.office import office_calendar, printable
from cchc_desk.domain.city import Arrival
from cchc_desk.domain.law.procedure import ProcedureVersion, procedures_from_rows
from cchc_desk.domain.law.regime import Regime, regimes_from_json
from cchc_desk.domain.ledger.facts.city import NewsDecided
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.time.calendar import KIND_NAMES, SpecialDay, special_days
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.snapshot import REGIMES
from cchc_desk.store.city import outbox
from cchc_desk.store.dossiers import dossiers
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import procedures, registers

KIND_NAMES_OF_NEWS = {
    "catalogue": later("danh mục thủ tục"),
    "calendar": later("lịch làm việc"),
    "law": later("quy định"),
    "totals": later("số liệu chung của đơn vị"),
    "message": later("tin nhắn"),
}
NEEDS_A_WORD = frozenset({"catalogue", "calendar", "law"})


@dataclass(frozen=True)
class Change:
    """One change that taking would make; `before` is "" for an addition, `after` for a removal."""

    what: str
    before: str
    after: str


def changes(desk: Desk, number: int) -> tuple[Change, ...]:
    """Return the changes that taking an arrival would make now; none when all of it is here."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        arrival = _the_arrival(connection, number)
        if arrival.kind == "catalogue":
            return tuple(_catalogue_changes(connection, _versions(arrival)))
        if arrival.kind == "calendar":
            return tuple(_calendar_changes(desk, arrival))
        if arrival.kind == "law":
            return tuple(_law_changes(desk.regimes, _regimes(arrival)))
    return ()


def take(desk: Desk, number: int) -> Arrival:
    """Take an arrival that waits for a decision.

    Raises Refused: "unknown-news", "news-decided", "news-body".
    """
    me = desk.require(Permission.TAKE)
    wanted = _peek(desk, number)
    _check_printable(wanted)
    if wanted.kind == "calendar":
        return _take_calendar(desk, number)
    with desk.write() as connection:
        arrival = _waiting(connection, number)
        if arrival.kind == "catalogue":
            before, tables = _add_versions(connection, _versions(arrival)), ("procedures",)
        else:
            before, tables = _replace_regimes(desk, connection, _regimes(arrival)), ("settings",)
        outbox.decide(connection, number, "taken", desk.now(), me.id, before)
        desk.record(connection, NewsDecided(number, arrival.kind, arrival.title), tables=tables)
        return _the_arrival(connection, number)


def leave(desk: Desk, number: int) -> Arrival:
    """Decide against an arrival that waits; it stays in the list. Raises as take()."""
    me = desk.require(Permission.TAKE)
    with desk.write() as connection:
        arrival = _waiting(connection, number)
        outbox.decide(connection, number, "rejected", desk.now(), me.id)
        desk.record(connection, NewsDecided(number, arrival.kind, arrival.title, left=True))
        return _the_arrival(connection, number)


def undo(desk: Desk, number: int) -> Arrival:
    """Undo an arrival that was taken.

    Raises Refused: "news-calendar", "news-decided", "news-used" (a dossier was accepted under it).
    """
    me = desk.require(Permission.TAKE)
    if _peek(desk, number).kind == "calendar":
        raise Refused(
            "news-calendar",
            _(
                "Lịch đã nhập thì không xóa: chưa xác nhận thì không có hiệu lực, đã xác nhận thì "
                "nhập lại năm ấy."
            ),
        )
    with desk.write() as connection:
        arrival = _the_arrival(connection, number)
        if arrival.state != "taken" or arrival.kind not in NEEDS_A_WORD:
            raise Refused(
                "news-decided",
                _("Mục số {number} không ở trạng thái đã nhận.").format(number=number),
            )
        if arrival.kind == "catalogue":
            tables: tuple[str, ...] = ("procedures",)
            _drop_versions(connection, json.loads(arrival.before))
        else:
            tables = ("settings",)
            _put_regimes(connection, json.loads(arrival.before))
        outbox.decide(connection, number, "undone", desk.now(), me.id)
        undone = NewsDecided(number, arrival.kind, arrival.title, undone=True)
        desk.record(connection, undone, tables=tables)
        return _the_arrival(connection, number)


def _peek(desk: Desk, number: int) -> Arrival:
    with desk.read() as connection:
        return _the_arrival(connection, number)


def _the_arrival(connection: Connection, number: int) -> Arrival:
    arrival = outbox.arrival(connection, number)
    if arrival is None:
        raise Refused(
            "unknown-news", _("Không có mục số {number} nào của thành phố.").format(number=number)
        )
    return arrival


def _waiting(connection: Connection, number: int) -> Arrival:
    arrival = _the_arrival(connection, number)
    if arrival.state != "waiting":
        raise Refused(
            "news-decided", _("Mục số {number} đã được quyết định rồi.").format(number=number)
        )
    return arrival


def _unusable(error: Exception) -> Refused:
    return Refused(
        "news-body",
        _("Nội dung thành phố gửi không dùng được ({error}); hãy báo thành phố.").format(
            error=error
        ),
    )


def _check_printable(arrival: Arrival) -> None:
    """Refuse what would be a box on paper. Raises Refused("news-body")."""
    missing = printable.missing_in("\n".join(printable.texts_in(arrival.body)))
    if missing:
        raise Refused(
            "news-body",
            _("Nội dung thành phố gửi không dùng được ({error}); hãy báo thành phố.").format(
                error=_("giấy tờ không in được {kinds} «{characters}»").format(
                    kinds=missing.kinds, characters=missing.characters
                )
            ),
        )


# --- a catalogue ----------------------------------------------------------------------------------


def _versions(arrival: Arrival) -> tuple[ProcedureVersion, ...]:
    try:
        return procedures_from_rows(arrival.body["rows"], arrival.body.get("papers", {}))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unusable(error) from error


def _fresh(connection: Connection, versions: Iterable[ProcedureVersion]) -> list[ProcedureVersion]:
    return [v for v in versions if not procedures.exact_version(connection, v.code, v.key)]


def _catalogue_changes(
    connection: Connection, versions: Iterable[ProcedureVersion]
) -> Iterable[Change]:
    for version in _fresh(connection, versions):
        what = f"{version.code} {version.name}, {_('từ')} {version.effective_from:%d/%m/%Y}"
        before = procedures.version_on(connection, version.code, version.effective_from)
        yield Change(what, _summary(before) if before else "", _summary(version))


def _summary(version: ProcedureVersion) -> str:
    limits = "; ".join(" / ".join(texts) for texts in version.limits.values() if texts)
    return ". ".join(
        part for part in (version.field, limits or _("chưa rõ thời hạn"), version.fee) if part
    )


def _add_versions(connection: Connection, versions: Iterable[ProcedureVersion]) -> str:
    fresh = _fresh(connection, versions)
    procedures.add_versions(connection, fresh)
    return json.dumps([[version.code, version.key] for version in fresh])


def _drop_versions(connection: Connection, added: list[tuple[str, str]]) -> None:
    for code, key in added:
        if used := dossiers.under_version(connection, code, key):
            raise Refused(
                "news-used",
                _(
                    "Hồ sơ {code} đã nhận theo bản thủ tục này nên không bỏ được; hãy nhận danh "
                    "mục mới hơn."
                ).format(code=used),
            )
        procedures.drop_version(connection, code, key)


# --- a calendar -----------------------------------------------------------------------------------


def _days(arrival: Arrival) -> tuple[SpecialDay, ...]:
    try:
        return special_days(arrival.body["days"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unusable(error) from error


_YEARS = range(2000, 2200)


def _year_and_document(arrival: Arrival) -> tuple[int, str]:
    """Return the year and its document. Raises Refused("news-body") where the city sent none."""
    try:
        year, document = arrival.body["year"], arrival.body["document"]
        if type(year) is not int or year not in _YEARS or not isinstance(document, str):
            raise ValueError("year, document")
    except (KeyError, TypeError, ValueError) as error:
        raise _unusable(error) from error
    return year, document


def _calendar_changes(desk: Desk, arrival: Arrival) -> Iterable[Change]:
    year, _document = _year_and_document(arrival)
    had = {day.day: _day_summary(day) for day in desk.calendar.days_of(year)}
    gets = {day.day: _day_summary(day) for day in _days(arrival)}
    for day in sorted(had.keys() | gets.keys()):
        if had.get(day, "") != gets.get(day, ""):
            yield Change(f"{day:%d/%m/%Y}", had.get(day, ""), gets.get(day, ""))


def _day_summary(day: SpecialDay) -> str:
    return f"{_(KIND_NAMES[day.kind])}: {day.name}"


def _take_calendar(desk: Desk, number: int) -> Arrival:
    """Enter the year; it is in force once a second person has confirmed it."""
    me = desk.require(Permission.TAKE)
    with desk.write() as connection:
        arrival = _waiting(connection, number)
        year, document = _year_and_document(arrival)
        entered = office_calendar.add_year(desk, connection, year, document, _days(arrival))
        outbox.decide(connection, number, "taken", desk.now(), me.id, json.dumps(entered.id))
        taken = NewsDecided(number, arrival.kind, arrival.title, year=entered.id)
        desk.record(connection, taken)
        return _the_arrival(connection, number)


# --- law ------------------------------------------------------------------------------------------


def _regimes(arrival: Arrival) -> tuple[Regime, ...]:
    try:
        return regimes_from_json(json.dumps(arrival.body["regimes"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _unusable(error) from error


def _law_changes(had: Iterable[Regime], gets: Iterable[Regime]) -> Iterable[Change]:
    before = {regime.key: _facts(regime) for regime in had}
    after = {regime.key: _facts(regime) for regime in gets}
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key, {}), after.get(key, {})
        for name in (*old, *(name for name in new if name not in old)):
            if old.get(name, "") != new.get(name, ""):
                yield Change(f"{key}: {name}", old.get(name, ""), new.get(name, ""))


def _facts(regime: Regime) -> dict[str, str]:
    """Return the regime as {name of the fact: value}, both as people read them."""
    return {
        _("nghị định"): regime.decree,
        _("hiệu lực từ"): f"{regime.valid_from:%d/%m/%Y}",
        _("hiệu lực đến"): f"{regime.valid_to:%d/%m/%Y}" if regime.valid_to else "",
        _("bộ mẫu"): "; ".join(
            _("{forms} ({circular}) từ {day}").format(
                forms=forms.form_set.value,
                circular=forms.circular,
                day=f"{forms.valid_from:%d/%m/%Y}",
            )
            for forms in regime.forms
        ),
        _("tên quầy"): regime.desk_title,
        _("đường trễ hẹn"): str(regime.late_share),
        _("số lần trễ thì cảnh báo"): str(regime.strikes_warn),
        _("số lần trễ thì xem xét"): str(regime.strikes_review),
        _("số lần được hẹn lại"): str(regime.reappointments),
    }


def _replace_regimes(desk: Desk, connection: Connection, regimes: tuple[Regime, ...]) -> str:
    lacking = {regime.key for regime in desk.regimes} - {regime.key for regime in regimes}
    if lacking:  # every dossier keeps its own for life
        raise Refused(
            "news-body",
            _("Nội dung thành phố gửi không dùng được ({error}); hãy báo thành phố.").format(
                error=_("thiếu {keys}").format(keys=", ".join(sorted(lacking)))
            ),
        )
    before = registers.load_settings(connection).get(REGIMES)
    _put_regimes(connection, list(_raw(regimes)))
    return json.dumps(before, ensure_ascii=False)


def _raw(regimes: Iterable[Regime]) -> Iterable[Mapping[str, Any]]:
    for regime in regimes:
        yield vars(regime) | {
            "valid_from": regime.valid_from.isoformat(),
            "valid_to": regime.valid_to.isoformat() if regime.valid_to else None,
            "forms": [
                {
                    "form_set": forms.form_set.value,
                    "circular": forms.circular,
                    "valid_from": forms.valid_from.isoformat(),
                }
                for forms in regime.forms
            ],
            "late_share": str(regime.late_share),
            "basis": [
                vars(basis) | {"valid_from": basis.valid_from.isoformat()} for basis in regime.basis
            ],
        }


def _put_regimes(connection: Connection, regimes: list[Any] | None) -> None:
    if regimes is None:
        registers.drop_setting(connection, REGIMES)
    else:
        registers.keep_setting(connection, REGIMES, regimes)
