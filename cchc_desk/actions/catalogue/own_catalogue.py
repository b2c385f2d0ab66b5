"""The office's own catalogue: a change makes a new version, and each is kept with its document.

A version is never overwritten: open dossiers keep theirs, and what the office chooses for its
screens (short name, order, hidden) changes no version at all.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from cchc_desk.actions.catalogue.catalogue import vocabulary
from cchc_desk.actions.dossiers.steps import line_of
from cchc_desk.actions.intake.intake import LONGEST_PAPER, MOST_OF_A_PAPER, MOST_PAPERS
from cchc_desk.actions.office.printable import printable_line
from cchc_desk.domain.law.fees import FeeRule, fee_words, read_fee
from cchc_desk.domain.law.procedure import (
    Channel,
    Confirmation,
    LimitStatus,
    OfficeChoice,
    PaperLabel,
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
from cchc_desk.domain.time.deadlines import parse_limit
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, later
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import officials, procedures

MOST_SYNONYMS = 20
LONGEST_NAME = 600
LONGEST_WORDS = 80
MOST_LIMITS = 6
NO_END = date.max
_AGAIN = "trở lại bản"  # stored as the document of a version that restores an older one
_FARTHEST = timedelta(days=2 * 366)
_CODE = re.compile(r"[0-9]\.[0-9]{6}")

# The parts of a version by their keys in the ledger and the command line.
PARTS = {
    "name": later("Tên"),
    "field": later("Lĩnh vực"),
    "limit_direct": later("Thời hạn, trực tiếp"),
    "limit_online": later("Thời hạn, trực tuyến"),
    "limit_post": later("Thời hạn, bưu chính"),
    "limit_status": later("Độ chắc của thời hạn"),
    "fee": later("Phí, lệ phí"),
    "fee_exemptions": later("Miễn, giảm"),
    "papers": later("Giấy tờ"),
    "result": later("Kết quả"),
    "decision": later("Quyết định công bố"),
    "effective_to": later("Ngày thôi áp dụng"),
    "favourite": later("Hay dùng"),
    "place": later("Thứ tự riêng"),
    "hidden": later("Ẩn"),
    "short_name": later("Tên ngắn"),
    "synonyms": later("Từ hay gọi"),
}
STATUS_WORDS = {
    LimitStatus.CONFIRMED: later("đã xác nhận"),
    LimitStatus.SEVERAL: later("nhiều thời hạn, chọn khi tiếp nhận"),
    LimitStatus.UNVERIFIED: later("chưa kiểm chứng"),
    LimitStatus.UNKNOWN: later("chưa có"),
}


@dataclass(frozen=True)
class ProcedureEdit:
    """The parts of a procedure that change; None leaves a part as it is.

    `limits` confirms them where it comes with a `document`, the decision that sets them, of
    `document_day`. `fee` is a rule, or words where it cannot be summed. The version begins on
    `starts`, today when None; `ends` is the last day of the procedure itself, NO_END for none.
    """

    code: str
    starts: date | None = None
    document: str = ""
    document_day: date | None = None
    name: str | None = None
    field: str | None = None
    limits: Mapping[Channel, tuple[str, ...]] | None = None
    fee: FeeRule | str | None = None
    fee_exemptions: str | None = None
    papers: tuple[PaperLabel, ...] | None = None
    result: str | None = None
    decision: str | None = None
    ends: date | None = None


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


def check_code(text: str) -> str:
    """Return the national code in a text. Raises Refused("procedure-code")."""
    code = match_code(text)
    if not _CODE.fullmatch(code):
        raise Refused(
            "procedure-code",
            _("Mã thủ tục «{code}» không đúng; mã có dạng 1.001193.").format(
                code=clean_line(text)[:20]
            ),
            "code",
        )
    return code


def check_start(desk: Desk, edit: ProcedureEdit) -> date:
    """Return the day on which the version begins. Raises Refused("procedure-starts")."""
    today = desk.now().date()
    starts = edit.starts or today
    if not today <= starts <= today + _FARTHEST:
        raise Refused(
            "procedure-starts",
            _("Bản mới áp dụng từ hôm nay hoặc một ngày sau đó; hồ sơ đã nhận giữ bản của mình."),
            "starts",
        )
    return starts


def numbered(connection: Connection, version: ProcedureVersion) -> ProcedureVersion:
    """Return the version with its place among those that begin on the same day."""
    known = procedures.versions_of(connection, version.code)
    same_day = (one.ordinal for one in known if one.effective_from == version.effective_from)
    return replace(version, ordinal=1 + max(same_day, default=0))


def changed_version(
    desk: Desk, me: Official, base: ProcedureVersion | None, edit: ProcedureEdit
) -> ProcedureVersion:
    """Return `base` with the parts of `edit`; it is the first of its day.

    Raises Refused("procedure-name"), ("procedure-ends") and those of the edit's parts.
    """
    document = line_of(edit.document, "document")
    starts = edit.starts or desk.now().date()
    before = base or _blank(check_code(edit.code), starts, desk.settings["unit_name"])
    version = replace(
        before,
        effective_from=starts,
        effective_to=_last_day(edit.ends, before.effective_to, starts),
        ordinal=1,
        name=_text(edit.name, before.name, "name", LONGEST_NAME),
        field=_text(edit.field, before.field, "field"),
        fee_exemptions=_text(edit.fee_exemptions, before.fee_exemptions, "fee_exemptions"),
        result=_text(edit.result, before.result, "result"),
        decision=_text(edit.decision, before.decision, "decision"),
        papers=before.papers if edit.papers is None else _checked_papers(edit.papers),
    )
    if not version.name or not version.field:
        raise Refused(
            "procedure-name",
            _("Thủ tục mới cần có tên và lĩnh vực."),
            "field" if version.name else "name",
        )
    if edit.fee is not None:
        version = _with_fee(version, edit.fee)
    if edit.limits is None:
        return version
    return _with_limits(version, edit.limits, _confirmation(desk, me, document, edit))


def _last_day(new: date | None, old: date | None, starts: date) -> date | None:
    ends = old if new is None else new
    if ends is not None and ends < starts:
        raise Refused(
            "procedure-ends",
            _("Ngày thôi áp dụng không thể ở trước ngày bắt đầu của bản mới."),
            "ends",
        )
    return None if ends == NO_END else ends


def _text(new: str | None, old: str, name: str, most: int = 0) -> str:
    if new is None:
        return old
    if not most:
        return line_of(new, name)
    return _within(printable_line(new, name), name, most)


def _within(line: str, name: str, most: int) -> str:
    if len(line) > most:
        raise Refused(
            "text-long",
            _("Nội dung dài quá {most} ký tự; hãy viết gọn lại.").format(most=most),
            name,
        )
    return line


def _blank(code: str, starts: date, office: str) -> ProcedureVersion:
    return ProcedureVersion(
        code=code,
        name="",
        field="",
        effective_from=starts,
        effective_to=None,
        limits=dict.fromkeys(Channel, ()),
        limit_status=LimitStatus.UNKNOWN,
        fee="Chưa rõ mức thu",
        fee_exemptions="",
        result="",
        decision="",
        papers=(),
        frequent=None,
        mark="",
        source=office,
    )


def _with_fee(version: ProcedureVersion, fee: FeeRule | str) -> ProcedureVersion:
    """Return the version with a fee as a rule; words that can be summed become one."""
    if isinstance(fee, FeeRule):
        exemptions = printable_line(fee.exemptions, "fee_exemptions") or version.fee_exemptions
        rule = replace(fee, exemptions=exemptions)
        return replace(version, fee=fee_words(rule), fee_rule=rule, fee_exemptions=exemptions)
    words = line_of(fee, "fee")
    return replace(version, fee=words, fee_rule=read_fee(words))


def _confirmation(
    desk: Desk, me: Official, document: str, edit: ProcedureEdit
) -> Confirmation | None:
    """Return the confirmation of the limits by their document; None where none is named."""
    if not document:
        return None
    if edit.document_day and edit.document_day > desk.now().date():
        raise Refused(
            "procedure-document",
            _("Ngày của văn bản không thể ở sau hôm nay; hãy xem lại."),
            "document_day",
        )
    return Confirmation(document, edit.document_day, me.id, desk.now())


def _with_limits(
    version: ProcedureVersion,
    limits: Mapping[Channel, tuple[str, ...]],
    confirmation: Confirmation | None,
) -> ProcedureVersion:
    """Return the version with limits that every channel reads; certain by their document."""
    wanted = {channel: _checked_limits(limits.get(channel, ())) for channel in Channel}
    counts = [len(texts) for texts in wanted.values()]
    if not any(counts):
        status = LimitStatus.UNKNOWN
    elif max(counts) > 1:
        status = LimitStatus.SEVERAL
    else:
        status = LimitStatus.CONFIRMED if confirmation else LimitStatus.UNVERIFIED
    return replace(
        version,
        limits=wanted,
        limit_status=status,
        confirmation=confirmation if any(counts) else None,
    )


def _checked_limits(texts: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(parse_limit(text).text for text in texts if text.strip()))
    if len(wanted) > MOST_LIMITS:
        raise Refused(
            "limits-many",
            _("Một hình thức nộp có tối đa {most} thời hạn.").format(most=MOST_LIMITS),
            "limit",
        )
    return wanted


def _checked_papers(papers: tuple[PaperLabel, ...]) -> tuple[PaperLabel, ...]:
    if len(papers) > MOST_PAPERS:
        raise Refused(
            "papers-many",
            _("Một hồ sơ ghi tối đa {most} loại giấy tờ.").format(most=MOST_PAPERS),
            "papers",
        )
    wanted = tuple(replace(paper, name=printable_line(paper.name, "papers")) for paper in papers)
    for paper in wanted:
        if not paper.name or len(paper.name) > LONGEST_PAPER:
            raise Refused(
                "paper-name",
                _("Tên giấy tờ cần có và dài không quá {most} ký tự.").format(most=LONGEST_PAPER),
                "papers",
            )
        counts = (paper.original, paper.certified, paper.copy)
        if not all(0 <= count <= MOST_OF_A_PAPER for count in counts):
            raise Refused(
                "paper-count",
                _("Số bản của «{name}» từ 0 đến {most}.").format(
                    name=paper.name, most=MOST_OF_A_PAPER
                ),
                "papers",
            )
    names = [paper.name for paper in wanted]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise Refused(
            "paper-twice",
            _("«{name}» có hai dòng; hãy bỏ một dòng.").format(name=twice),
            "papers",
        )
    return wanted


# --- what changed ---------------------------------------------------------------------------------


def compared(before: ProcedureVersion | None, after: ProcedureVersion) -> tuple[PartChanged, ...]:
    """Return the parts that differ, each before and after; all of a new procedure's."""
    had = dict(_parts(before)) if before else {}
    return tuple(
        PartChanged(after.code, what, had.get(what, ""), text)
        for what, text in _parts(after)
        if had.get(what, "") != text
    )


def _parts(version: ProcedureVersion) -> Iterator[tuple[str, str]]:
    """Yield each part's key (PARTS) and its value in the catalogue's own words."""
    yield "name", version.name
    yield "field", version.field
    for channel in Channel:
        yield f"limit_{channel.value}", "; ".join(version.limits.get(channel, ()))
    confirmed = version.confirmation
    by = f" ({confirmed.document})" if confirmed else ""
    yield "limit_status", f"{version.limit_status.value}{by}"
    yield "fee", version.fee
    yield "fee_exemptions", version.fee_exemptions
    yield "papers", "; ".join(map(paper_words, version.papers))
    yield "result", version.result
    yield "decision", version.decision
    yield "effective_to", version.effective_to.isoformat() if version.effective_to else ""


def paper_words(paper: PaperLabel) -> str:
    """Return a paper with its counts as "name (1/0/2)", and a star where it is required."""
    counts = f"{paper.original}/{paper.certified}/{paper.copy}"
    return f"{paper.name} ({counts}){'*' if paper.required else ''}"


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
        _within(words, "synonyms", LONGEST_WORDS)
    short = _within(clean_line(choice.short_name), "short_name", LONGEST_WORDS)
    return replace(choice, short_name=short, synonyms=synonyms)


def _choice_parts(choice: OfficeChoice) -> Iterator[tuple[str, str]]:
    yield "favourite", "1" if choice.favourite else ""
    yield "place", str(choice.place or "")
    yield "hidden", "1" if choice.hidden else ""
    yield "short_name", choice.short_name
    yield "synonyms", "; ".join(choice.synonyms)
