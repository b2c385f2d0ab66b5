"""A list of procedures in a file: compared with the catalogue, then taken as new versions."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from cchc_desk.actions.catalogue import own_catalogue, procedure_edit
from cchc_desk.actions.catalogue.procedure_edit import ProcedureEdit
from cchc_desk.actions.intake.intake import LONGEST_PAPER
from cchc_desk.domain.law.procedure import (
    Channel,
    LimitStatus,
    PaperLabel,
    ProcedureVersion,
    match_code,
)
from cchc_desk.domain.ledger.facts.office import PartChanged, ProceduresImported
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line, exact_key, fold
from cchc_desk.domain.time.deadlines import parse_limit
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.session import Desk
from cchc_desk.sheets import read
from cchc_desk.sheets.read import SheetRow
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.office import procedures

_HEADING_ROWS = 30  # a banner above the headings is no longer
# Folded headings of the national export and of our own table -> the part of a procedure.
_HEADINGS = {
    "code": ("code", "ma", "ma tthc", "ma so tthc", "ma thu tuc", "ma thu tuc hanh chinh"),
    "name": ("name", "ten", "ten tthc", "ten thu tuc", "ten thu tuc hanh chinh"),
    "field": ("field", "linh vuc"),
    "level": ("level", "cap thuc hien", "cap"),
    "limit": (
        "time limit",
        "limit",
        "limit direct",
        "thoi han",
        "thoi han giai quyet",
        "thoi gian giai quyet",
    ),
    "fee": ("fee", "phi le phi", "phi", "le phi", "muc thu"),
    "fee_exemptions": ("fee exemptions", "mien giam"),
    "papers": ("documents", "papers", "thanh phan ho so", "giay to", "ho so gom"),
    "result": ("result", "ket qua", "ket qua thuc hien"),
    "decision": ("decision", "quyet dinh", "quyet dinh cong bo", "so quyet dinh"),
}
_FIELD_OF = {heading: part for part, headings in _HEADINGS.items() for heading in headings}
_CUT_OFF = ("…", "...")  # at the end of a text that its source cut off


class Verdict(StrEnum):
    """Result of comparing one row with the catalogue."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    SKIPPED = "skipped"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class ImportRow:
    """One row of the list; `problems` are sentences, also on what of a readable row is left out."""

    number: int
    code: str
    name: str
    verdict: Verdict
    changes: tuple[PartChanged, ...] = ()
    problems: tuple[str, ...] = ()
    version: ProcedureVersion | None = None


@dataclass(frozen=True)
class ImportPreview:
    """A list compared with the catalogue; nothing of it is written."""

    file: str
    sha256: str
    rows: tuple[ImportRow, ...]

    def count(self, verdict: Verdict) -> int:
        return sum(row.verdict is verdict for row in self.rows)


def preview_import(
    desk: Desk,
    file: Path,
    document: str = "",
    document_day: date | None = None,
    starts: date | None = None,
) -> ImportPreview:
    """Compare a list with the catalogue and write nothing.

    A limit counts as confirmed where the list comes with its `document`. Raises Refused:
    "sheet-file", "sheet-headings"; Trouble("cannot-read").
    """
    desk.require(Permission.CATALOGUE)
    rows = read.read_rows(file)
    edit = ProcedureEdit("", starts, document, document_day)
    with desk.read() as connection:
        return _compared(desk, connection, file, rows, edit)


def take_import(
    desk: Desk,
    file: Path,
    document: str = "",
    document_day: date | None = None,
    starts: date | None = None,
    without: Iterable[int] = (),
) -> ImportPreview:
    """Take the new and changed rows of a list but for those `without`, all in one transaction.

    Raises as preview_import(), and Refused("import-empty") where nothing is new or changed.
    """
    me, now = desk.require(Permission.CATALOGUE), desk.now()
    rows = read.read_rows(file)
    edit = ProcedureEdit("", starts, document, document_day)
    with desk.write() as connection:
        preview = _compared(desk, connection, file, rows, edit)
        left = set(without)
        taken = [row for row in preview.rows if row.version and row.number not in left]
        if not taken:
            raise Refused(
                "import-empty",
                _("Danh sách không có gì mới so với danh mục đang dùng; chưa ghi gì."),
                "file",
            )
        for row in taken:
            assert row.version, "chosen above"
            version = own_catalogue.numbered(connection, row.version)
            own_catalogue.enter_version(connection, version, edit, me, now)
        facts = ProceduresImported(
            file=preview.file,
            sha256=preview.sha256,
            document=clean_line(document),
            added=sum(row.verdict is Verdict.NEW for row in taken),
            changes=tuple(change for row in taken for change in row.changes),
        )
        desk.record(connection, facts, tables=("procedures",))
    return preview


# --- reading --------------------------------------------------------------------------------------


def _compared(
    desk: Desk, connection: Connection, file: Path, rows: tuple[SheetRow, ...], edit: ProcedureEdit
) -> ImportPreview:
    headings, body = _table(rows)
    known = {
        version.code: version for version in procedures.in_force(connection, desk.now().date())
    }
    waiting = {c.version.code for c in procedures.changes(connection) if c.is_waiting}
    # with two persons a list confirms no limit: each is confirmed by itself
    sure = "" if desk.settings["limits_by_two"] else edit.document
    seen: dict[str, tuple[int, Mapping[str, str]]] = {}
    compared = []
    for row in body:
        cells = {part: row.cells[at] for at, part in headings.items() if at < len(row.cells)}
        if not cells.get("code") and not cells.get("name"):
            continue  # a foot with signatures, a heading of a group
        code = match_code(cells.get("code", ""))
        before = seen.setdefault(code, (row.number, cells))
        if before[0] != row.number:
            compared.append(_repeated(row, code, cells, before))
            continue
        own = replace(edit, code=code, document=sure)
        compared.append(_row(desk, row, cells, own, known.get(code), code in waiting))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return ImportPreview(file.name, digest, tuple(compared))


def _table(rows: tuple[SheetRow, ...]) -> tuple[Mapping[int, str], tuple[SheetRow, ...]]:
    """Return the part of each column by its place, and the rows below the headings."""
    for place, row in enumerate(rows[:_HEADING_ROWS]):
        parts: dict[int, str] = {}
        for at, cell in enumerate(row.cells):
            part = _FIELD_OF.get(fold(cell))
            if part and part not in parts.values():
                parts[at] = part
        if {"code", "name"} <= set(parts.values()):
            return parts, rows[place + 1 :]
    raise Refused(
        "sheet-headings",
        _("Không thấy hàng tiêu đề có «Mã TTHC» và «Tên thủ tục hành chính»; hãy chọn lại tệp."),
        "file",
    )


def _repeated(
    row: SheetRow, code: str, cells: Mapping[str, str], before: tuple[int, Mapping[str, str]]
) -> ImportRow:
    name = clean_line(cells.get("name", ""))
    if cells == before[1]:
        return ImportRow(row.number, code, name, Verdict.SAME)
    why = _("mã này đã có ở dòng {row} với nội dung khác").format(row=before[0])
    return ImportRow(row.number, code, name, Verdict.UNREADABLE, problems=(why,))


def _row(
    desk: Desk,
    row: SheetRow,
    cells: Mapping[str, str],
    edit: ProcedureEdit,
    known: ProcedureVersion | None,
    waits: bool,
) -> ImportRow:
    name = clean_line(cells.get("name", ""))
    level = fold(cells.get("level", ""))
    if level and "xa" not in level.split() and "commune" not in level:
        why = _("không phải thủ tục cấp xã: {level}").format(level=clean_line(cells["level"]))
        return ImportRow(row.number, edit.code, name, Verdict.SKIPPED, problems=(why,))
    problems: list[str] = []
    try:
        procedure_edit.check_start(desk, edit)
        wanted = _edit_of(cells, edit, known, problems)
        made = procedure_edit.changed_version(
            desk, desk.require(Permission.CATALOGUE), known, wanted
        )
    except Refused as refused:
        problems.append(refused.message)
        return ImportRow(row.number, edit.code, name, Verdict.UNREADABLE, problems=tuple(problems))
    changes = procedure_edit.compared(known, made)
    if not changes:
        return ImportRow(row.number, edit.code, name, Verdict.SAME, problems=tuple(problems))
    if waits:
        problems.append(_("có bản đang chờ người thứ hai; hãy quyết định bản ấy trước"))
        return ImportRow(row.number, edit.code, name, Verdict.SKIPPED, (), tuple(problems))
    verdict = Verdict.CHANGED if known else Verdict.NEW
    return ImportRow(row.number, edit.code, name, verdict, changes, tuple(problems), made)


def _edit_of(
    cells: Mapping[str, str],
    edit: ProcedureEdit,
    known: ProcedureVersion | None,
    problems: list[str],
) -> ProcedureEdit:
    """Return what a row states; an empty cell states nothing, as one that says the same."""
    limits = _limits(cells.get("limit", ""), known, bool(edit.document), problems)
    return replace(
        edit,
        name=_stated(cells, "name", known.name if known else None),
        field=_stated(cells, "field", known.field if known else None),
        limits=limits,
        fee=_stated(cells, "fee", known.fee if known else None),
        fee_exemptions=_stated(cells, "fee_exemptions", known.fee_exemptions if known else None),
        papers=_papers(cells.get("papers", ""), known, problems),
        result=_stated(cells, "result", known.result if known else None),
        decision=_stated(cells, "decision", known.decision if known else None),
    )


def _stated(cells: Mapping[str, str], part: str, have: str | None) -> str | None:
    text = clean_line(cells.get(part, "")).rstrip(" .;,")
    same = have is not None and exact_key(text) == exact_key(have)
    return None if not text or same or text.endswith(_CUT_OFF) else text


def _limits(
    text: str, known: ProcedureVersion | None, is_confirmed: bool, problems: list[str]
) -> Mapping[Channel, tuple[str, ...]] | None:
    """Return the limits that a row states for every channel; None where it states none anew."""
    wanted: list[str] = []
    for part in filter(None, map(clean_line, text.replace("\n", ";").split(";"))):
        try:
            wanted.append(parse_limit(part).text)
        except Refused:
            problems.append(_("thời hạn «{text}» không đọc được nên bỏ qua").format(text=part[:60]))
            return None
    limits = tuple(dict.fromkeys(wanted))
    if not limits:
        return None
    if known is not None:
        had = {limit for texts in known.limits.values() for limit in texts}
        sure = known.limit_status in (LimitStatus.CONFIRMED, LimitStatus.SEVERAL)
        if set(limits) <= had and (sure or not is_confirmed):
            return None
    return dict.fromkeys(Channel, limits)


def _papers(
    text: str, known: ProcedureVersion | None, problems: list[str]
) -> tuple[PaperLabel, ...] | None:
    """Return the papers of a row; only where the catalogue has none, and none is cut off."""
    names = [clean_line(part) for part in text.replace("\n", "|").split("|")]
    names = list(dict.fromkeys(name for name in names if name))
    if not names or (known is not None and known.papers):
        return None
    if any(name.endswith(_CUT_OFF) or len(name) > LONGEST_PAPER for name in names):
        problems.append(_("giấy tờ bị cắt cụt hoặc quá dài nên bỏ qua"))
        return None
    return tuple(PaperLabel(name, original=1) for name in names)


def part_words(changes: Iterable[PartChanged]) -> str:
    """Return the names of the parts that change, as a list in the language in use."""
    return ", ".join(_(procedure_edit.PARTS[change.what]) for change in changes)
