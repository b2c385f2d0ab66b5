"""The office's own catalogue: a change makes a new version, and each is kept with its document.

A version is never overwritten: open dossiers keep theirs, and what the office chooses for its
screens (short name, order, hidden) changes no version at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cchc_desk.actions.catalogue.catalogue import vocabulary
from cchc_desk.actions.catalogue.procedure_edit import (
    ProcedureEdit,
    changed_version,
    check_code,
    check_start,
    compared,
    within,
)
from cchc_desk.domain.law.procedure import (
    LimitStatus,
    OfficeChoice,
    ProcedureChange,
    ProcedureVersion,
    match_code,
)
from cchc_desk.domain.law.procedure_search import OfficeOrder, search_procedures
from cchc_desk.domain.ledger.facts.office import (
    PartChanged,
    ProcedureChosen,
    ProcedureConfirmed,
    ProcedureDropped,
    ProcedureSet,
)
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line, sort_key
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials, procedures

MOST_SYNONYMS = 20
LONGEST_WORDS = 80
_AGAIN = "trở lại bản"  # stored as the document of a version that restores an older one


STATUS_WORDS = {
    LimitStatus.CONFIRMED: later("đã xác nhận"),
    LimitStatus.SEVERAL: later("nhiều thời hạn, chọn khi tiếp nhận"),
    LimitStatus.UNVERIFIED: later("chưa kiểm chứng"),
    LimitStatus.UNKNOWN: later("chưa có"),
}


@dataclass(frozen=True)
class ProcedureRow:
    """One procedure of the office's list, with the name that the screens show."""

    version: ProcedureVersion
    choice: OfficeChoice
    short_name: str
    is_waiting: bool  # a change waits for its second person


@dataclass(frozen=True)
class ProcedureView:
    """A procedure as the office sees it: all versions, the newest first, and who made them."""

    row: ProcedureRow
    versions: tuple[ProcedureVersion, ...]
    changes: tuple[ProcedureChange, ...]
    names: Mapping[str, str] = field(default_factory=dict)  # of officials, by log-in name

    @property
    def waiting(self) -> ProcedureChange | None:
        return next((change for change in self.changes if change.is_waiting), None)

    def change_of(self, version: ProcedureVersion) -> ProcedureChange | None:
        """Return the change of this office that made a version; None for one that came with it."""
        return next((change for change in self.changes if change.key == version.key), None)


@dataclass(frozen=True)
class ProcedureSaved:
    """Result of set_procedure(): the version, its change (None: the screens' words only), parts."""

    version: ProcedureVersion
    change: ProcedureChange | None
    changes: tuple[PartChanged, ...]


# --- the office reads it --------------------------------------------------------------------------


def all_procedures(desk: Desk) -> tuple[ProcedureRow, ...]:
    """Return every procedure in force today, hidden ones too: favourites first, then own order."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        waiting = {c.version.code for c in procedures.changes(connection) if c.is_waiting}
        rows = [
            _row(desk, version, version.code in waiting)
            for version in procedures.in_force(connection, desk.now().date())
        ]
    return tuple(sorted(rows, key=_own_order))


def fitting(rows: Sequence[ProcedureRow], query: str) -> tuple[ProcedureRow, ...]:
    """Return the rows that fit what is typed, the best first as at intake; all of them for ""."""
    if not query.strip():
        return tuple(rows)
    words = {row.version.code: (row.short_name, *row.choice.synonyms) for row in rows}
    versions = [row.version for row in rows]
    found = search_procedures(versions, query, vocabulary(), OfficeOrder(synonyms=words))
    by_code = {row.version.code: row for row in rows}
    return tuple(by_code[one.version.code] for one in found)


def _row(desk: Desk, version: ProcedureVersion, is_waiting: bool) -> ProcedureRow:
    choice = desk.snapshot.choices.get(version.code, OfficeChoice())
    return ProcedureRow(version, choice, desk.short_name(version.code, version.name), is_waiting)


def _own_order(row: ProcedureRow) -> tuple[bool, bool, int, int, bytes]:
    choice = row.choice
    return (
        choice.hidden,
        not choice.favourite,
        choice.place or 10_000,
        row.version.frequent or 10_000,
        sort_key(row.short_name),
    )


def show_procedure(desk: Desk, code: str) -> ProcedureView:
    """Return a procedure with its history. Raises Refused("unknown-procedure")."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        versions = procedures.versions_of(connection, clean_line(code))
        if not versions:
            raise _unknown(clean_line(code))
        current = procedures.version_on(connection, versions[0].code, desk.now().date())
        shown = current or versions[0]
        changes = procedures.changes(connection, shown.code)
        names = {one.id: one.name for one in officials.all_officials(connection)}
    waits = any(change.is_waiting for change in changes)
    return ProcedureView(_row(desk, shown, waits), versions, changes, names)


def _unknown(code: str) -> Refused:
    return Refused(
        "unknown-procedure",
        _("Danh mục không có thủ tục «{code}»; hãy xem lại mã.").format(code=code),
        "code",
    )


# --- a new version --------------------------------------------------------------------------------


def set_procedure(
    desk: Desk, edit: ProcedureEdit, choice: OfficeChoice | None = None
) -> ProcedureSaved:
    """Make a new version of a procedure, or a procedure that the catalogue lacks.

    `choice` is stored in the same transaction. With the setting `limits_by_two` a version with
    other limits waits for a second person. Raises Refused: "procedure-code", "procedure-name",
    "procedure-starts", "procedure-ends", "procedure-same" where nothing changes,
    "procedure-waiting", "procedure-document", "limit-unreadable", "limits-many", "papers-many",
    "paper-name", "paper-twice", "paper-count", "text-long", and those of choose().
    """
    me = desk.require(Permission.CATALOGUE)
    with desk.write() as connection:
        base = _base(desk, connection, edit)
        made = numbered(connection, changed_version(desk, me, base, edit))
        changes = compared(base, made)
        chosen = _keep_choice(desk, connection, made.code, choice) if choice else ()
        if not changes and not chosen:
            raise Refused(
                "procedure-same", _("Không có gì đổi so với bản đang áp dụng; chưa ghi gì.")
            )
        if not changes:
            assert base, "a new procedure has parts"
            return ProcedureSaved(base, None, chosen)
        waits = bool(desk.settings["limits_by_two"]) and _sets_limits(changes)
        change = _add_version(desk, connection, made, changes, edit, waits=waits)
    return ProcedureSaved(made, change, changes + chosen)


def restore_version(desk: Desk, code: str, key: str) -> ProcedureSaved:
    """Make a new version, from today on, with the parts of the older version `key`.

    Raises Refused: "unknown-version", "procedure-waiting", "procedure-same".
    """
    desk.require(Permission.CATALOGUE)
    with desk.write() as connection:
        edit = ProcedureEdit(code, document=f"{_AGAIN} {key}")
        base = _base(desk, connection, edit)
        old = procedures.exact_version(connection, match_code(code), key)
        if base is None or old is None:
            raise Refused(
                "unknown-version",
                _("Thủ tục «{code}» không có bản {key}.").format(code=code, key=key),
                "version",
            )
        today = desk.now().date()
        ends = old.effective_to if old.effective_to and old.effective_to >= today else None
        again = replace(old, effective_from=today, effective_to=ends)
        made = numbered(connection, again)
        changes = compared(base, made)
        if not changes:
            raise Refused(
                "procedure-same", _("Không có gì đổi so với bản đang áp dụng; chưa ghi gì.")
            )
        waits = bool(desk.settings["limits_by_two"]) and _sets_limits(changes)
        change = _add_version(desk, connection, made, changes, edit, waits=waits)
    return ProcedureSaved(made, change, changes)


def _sets_limits(changes: Iterable[PartChanged]) -> bool:
    return any(change.what.startswith("limit_") for change in changes)


def _add_version(
    desk: Desk,
    connection: Connection,
    made: ProcedureVersion,
    changes: tuple[PartChanged, ...],
    edit: ProcedureEdit,
    *,
    waits: bool = False,
) -> ProcedureChange:
    """Enter a version and its ledger entry in the caller's write transaction."""
    me = desk.require(Permission.CATALOGUE)
    change = enter_version(connection, made, edit, me, desk.now(), waits=waits)
    done = ProcedureSet(made.code, change.key, change.document, changes, waiting=waits)
    desk.record(connection, done, tables=() if waits else ("procedures",))
    return change


def enter_version(
    connection: Connection,
    made: ProcedureVersion,
    edit: ProcedureEdit,
    by: Official,
    at: datetime,
    *,
    waits: bool = False,
) -> ProcedureChange:
    """Store a version and its change in the caller's write transaction.

    One that `waits` for the second official is not in force yet.
    """
    key, document = "" if waits else made.key, clean_line(edit.document)
    if not waits:
        procedures.add_versions(connection, [made])
    number = procedures.add_change(
        connection,
        made,
        key=key,
        document=document,
        document_day=edit.document_day,
        by=by.id,
        at=at,
    )
    return ProcedureChange(number, key, made, document, edit.document_day, by.id, at)


def _base(desk: Desk, connection: Connection, edit: ProcedureEdit) -> ProcedureVersion | None:
    """Return the version that is changed; None for a procedure that the catalogue lacks."""
    code = check_code(edit.code)
    if any(change.is_waiting for change in procedures.changes(connection, code)):
        raise Refused(
            "procedure-waiting",
            _("Thủ tục này có bản đang chờ người thứ hai; hãy xác nhận hoặc bỏ bản ấy trước."),
            "code",
        )
    starts = check_start(desk, edit)
    known = procedures.versions_of(connection, code)
    return next(
        (one for one in known if one.effective_from <= starts), known[-1] if known else None
    )


def numbered(connection: Connection, version: ProcedureVersion) -> ProcedureVersion:
    """Return the version with its place among those that begin on the same day."""
    known = procedures.versions_of(connection, version.code)
    same_day = (one.ordinal for one in known if one.effective_from == version.effective_from)
    return replace(version, ordinal=1 + max(same_day, default=0))


# --- the second person ----------------------------------------------------------------------------


def confirm_change(desk: Desk, number: int) -> ProcedureChange:
    """Put a waiting change in force as its second person, today at the earliest.

    Raises Refused: "unknown-change", "change-decided", "second-person".
    """
    me, now = desk.require(Permission.CATALOGUE_CONFIRM), desk.now()
    with desk.write() as connection:
        change = _waiting(connection, number)
        if change.entered_by == me.id:
            raise Refused(
                "second-person",
                _("Người nhập không tự xác nhận được; hãy nhờ người thứ hai xác nhận."),
            )
        waited = change.version
        sealed = waited.confirmation and replace(waited.confirmation, second=me.id)
        starts = max(waited.effective_from, now.date())
        made = numbered(connection, replace(waited, effective_from=starts, confirmation=sealed))
        procedures.add_versions(connection, [made])
        procedures.decide_change(connection, number, key=made.key, dropped=False, by=me.id, at=now)
        done = ProcedureConfirmed(made.code, made.key, change.document)
        desk.record(connection, done, tables=("procedures",))
    return replace(change, key=made.key, version=made, decided_by=me.id, decided=now)


def drop_change(desk: Desk, number: int) -> ProcedureChange:
    """Drop a waiting change; it stays in the history. Raises as confirm_change()."""
    me, now = desk.require(Permission.CATALOGUE), desk.now()
    with desk.write() as connection:
        change = _waiting(connection, number)
        procedures.decide_change(connection, number, key="", dropped=True, by=me.id, at=now)
        desk.record(connection, ProcedureDropped(change.version.code, number))
    return replace(change, dropped=True, decided_by=me.id, decided=now)


def _waiting(connection: Connection, number: int) -> ProcedureChange:
    known = procedures.changes(connection)
    change = next((one for one in known if one.id == number), None)
    if change is None:
        raise Refused(
            "unknown-change", _("Không có thay đổi số {number}.").format(number=number), "id"
        )
    if not change.is_waiting:
        raise Refused(
            "change-decided",
            _("Thay đổi số {number} đã được quyết định rồi.").format(number=number),
            "id",
        )
    return change


# --- the office's screens -------------------------------------------------------------------------


def choose(desk: Desk, code: str, choice: OfficeChoice) -> tuple[PartChanged, ...]:
    """Store the words, order and place of a procedure on this office's screens; what changed.

    Raises Refused: "unknown-procedure", "procedure-place", "synonyms-many", "text-long".
    """
    desk.require(Permission.CATALOGUE)
    code = match_code(code)
    with desk.write() as connection:
        if not procedures.versions_of(connection, code):
            raise _unknown(code)
        return _keep_choice(desk, connection, code, choice)


def _keep_choice(
    desk: Desk, connection: Connection, code: str, choice: OfficeChoice
) -> tuple[PartChanged, ...]:
    wanted = _checked_choice(choice)
    changed = compared_choices(code, procedures.choices(connection).get(code), wanted)
    if changed:
        procedures.keep_choice(connection, code, wanted)
        desk.record(connection, ProcedureChosen(changed), counted=False)
    return changed


def compared_choices(
    code: str, before: OfficeChoice | None, after: OfficeChoice
) -> tuple[PartChanged, ...]:
    """Return what differs between two choices of a procedure; None is none at all."""
    parts = zip(_choice_parts(before or OfficeChoice()), _choice_parts(after), strict=True)
    return tuple(
        PartChanged(code, what, had, gets) for (what, had), (_what, gets) in parts if had != gets
    )


def _checked_choice(choice: OfficeChoice) -> OfficeChoice:
    if choice.place is not None and not 1 <= choice.place <= 999:
        raise Refused("procedure-place", _("Thứ tự riêng từ 1 đến 999."), "place")
    synonyms = tuple(dict.fromkeys(filter(None, map(clean_line, choice.synonyms))))
    if len(synonyms) > MOST_SYNONYMS:
        raise Refused(
            "synonyms-many",
            _("Một thủ tục có tối đa {most} từ hay gọi.").format(most=MOST_SYNONYMS),
            "synonyms",
        )
    for words in synonyms:
        within(words, "synonyms", LONGEST_WORDS)
    short = within(clean_line(choice.short_name), "short_name", LONGEST_WORDS)
    return replace(choice, short_name=short, synonyms=synonyms)


def _choice_parts(choice: OfficeChoice) -> Iterator[tuple[str, str]]:
    yield "favourite", "1" if choice.favourite else ""
    yield "place", str(choice.place or "")
    yield "hidden", "1" if choice.hidden else ""
    yield "short_name", choice.short_name
    yield "synonyms", "; ".join(choice.synonyms)
