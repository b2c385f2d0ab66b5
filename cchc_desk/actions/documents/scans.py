"""Scans of papers kept with a dossier: taken in, shown, saved, put away; the watched folder.

They lie in the database, so that copies, encryption and restoring hold them too (decision 082).
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from cchc_desk.actions.documents.saving import save_file
from cchc_desk.actions.dossiers import progress
from cchc_desk.actions.dossiers.steps import required_reason
from cchc_desk.domain.dossiers.scans import Scan, ScanKind, broken, check_scan
from cchc_desk.domain.ledger.facts.scans import ScanAdded, ScanRemoved, ScanRestored, ScanSaved
from cchc_desk.domain.permissions import Permission
from cchc_desk.domain.text.vietnamese import clean_line
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import anonymous
from cchc_desk.store.engine.database import Connection
from cchc_desk.store.ledger import journal
from cchc_desk.store.papers import scans

_MB = 2**20
_LONGEST_NAME = 120
_MOST_LISTED = 5000  # entries of the watched folder
_ENDINGS = (".pdf", ".jpg", ".jpeg", ".png")  # the content is asked when one is taken


def why_not(desk: Desk) -> str | None:
    """Return why who is at the desk may not see and add scans; None where they may."""
    try:
        desk.require(Permission.SCAN)
    except Refused as refused:
        return refused.message
    return None


def read_file(desk: Desk, file: Path) -> bytes:
    """Return what is in a file that somebody chose: a plain one, not too large, not being written.

    Raises Refused("scan-file"), ("scan-size"), ("scan-broken").
    """
    flags = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")  # those that this system has
    try:
        plain = not file.is_symlink()  # Windows has no O_NOFOLLOW
        handle = os.open(file, sum(getattr(os, flag, 0) for flag in flags))
    except OSError as error:
        raise _no_file(file) from error
    before = os.fstat(handle)
    if not plain or not stat.S_ISREG(before.st_mode):
        os.close(handle)
        raise _no_file(file)
    with os.fdopen(handle, "rb") as stream:
        _check_size(desk, before.st_size)
        content = stream.read(desk.settings["scan_most_mb"] * _MB + 1)
        after = os.fstat(handle)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise broken()
    return content


def _no_file(file: Path) -> Refused:
    return Refused(
        "scan-file",
        _("«{file}» không phải tệp thường (thư mục, lối tắt) hoặc không đọc được.").format(
            file=file.name
        ),
        "file",
    )


def _check_size(desk: Desk, size: int) -> None:
    most = desk.settings["scan_most_mb"]
    if size > most * _MB:
        raise Refused(
            "scan-size",
            _("Tệp lớn hơn {most} MB, mức mà quầy nhận (Cài đặt); hãy quét ở 300 dpi.").format(
                most=most
            ),
            "file",
        )


def add_file(desk: Desk, code: str, file: Path) -> Scan:
    """Keep a copy of a file with a dossier; the file stays where it is.

    Raises as read_file() and add_scan().
    """
    desk.require(Permission.SCAN)
    return add_scan(desk, code, file.name, read_file(desk, file))


def add_scan(desk: Desk, code: str, name: str, content: bytes) -> Scan:
    """Keep what a file holds with a dossier.

    Raises Refused("unknown-dossier"), ("cancelled"), ("anonymised"), ("scan-size"), ("scan-count"),
    ("scan-known"), and as check_scan().
    """
    me = desk.require(Permission.SCAN)
    _check_size(desk, len(content))
    kind = check_scan(content)
    if kind is ScanKind.PDF:
        from cchc_desk.papers.pdf import check_pages  # pictures need no PDFium

        check_pages(content)
    sha256 = hashlib.sha256(content).hexdigest()
    name = clean_line(name)[-_LONGEST_NAME:] or f"scan.{kind.value}"
    with desk.write() as connection:
        dossier = progress.counted_dossier(connection, code)
        if dossier.applicant.name == anonymous.NOBODY:
            raise Refused(
                "anonymised", _("Hồ sơ {code} đã được ẩn danh rồi.").format(code=dossier.code)
            )
        here = _kept(connection, dossier.code)
        _check_count(desk, len(here))
        if any(scan.sha256 == sha256 for scan in here):
            raise Refused(
                "scan-known", _("Hồ sơ đã có đúng tệp này («{name}»).").format(name=name), "file"
            )
        scan = Scan(0, dossier.code, name, kind, len(content), sha256, desk.now(), me.id)
        scan = replace(scan, number=scans.add_scan(connection, scan, content))
        scans.drop_contents(connection, _today(desk))
        added = ScanAdded(scan.number, name, kind.value, scan.size, sha256)
        desk.record(connection, added, dossier.code, counted=False)
    return scan


def _check_count(desk: Desk, count: int) -> None:
    most = desk.settings["scan_most_files"]
    if count >= most:
        raise Refused(
            "scan-count",
            _("Hồ sơ đã có {most} bản chụp, mức mà quầy nhận (Cài đặt).").format(most=most),
            "file",
        )


def _kept(connection: Connection, code: str) -> tuple[Scan, ...]:
    return tuple(scan for scan in scans.scans_of(connection, code) if scan.removed is None)


def _today(desk: Desk) -> datetime:
    return desk.now().replace(hour=0, minute=0)


def list_scans(desk: Desk, code: str) -> tuple[Scan, ...]:
    """Return what is known of a dossier's scans, oldest first, removed ones left out."""
    desk.require(Permission.READ)
    with desk.read() as connection:
        return _kept(connection, progress.the_dossier(connection, code).code)


def scan_content(desk: Desk, code: str, number: int) -> bytes:
    """Return what a scan holds. Raises Refused("unknown-scan"), Trouble("scan-altered")."""
    desk.require(Permission.SCAN)
    with desk.read() as connection:
        return _content(connection, _scan(connection, code, number))


def _scan(connection: Connection, code: str, number: int, *, removed: bool = False) -> Scan:
    dossier = progress.the_dossier(connection, code)
    for scan in scans.scans_of(connection, dossier.code):
        if scan.number == number and (scan.removed is not None) is removed:
            return scan
    raise Refused(
        "unknown-scan",
        _("Hồ sơ {code} không có bản chụp số {number}.").format(code=dossier.code, number=number),
        "number",
    )


def _content(connection: Connection, scan: Scan) -> bytes:
    content = scans.content_of(connection, scan.number)
    if content is None or hashlib.sha256(content).hexdigest() != scan.sha256:
        raise Trouble(
            "scan-altered",
            _(
                "Bản chụp số {number} của hồ sơ {code} không còn đúng như khi thêm vào nên không "
                "mở. Hãy kiểm tra sổ cái trong Cài đặt và khôi phục bản sao gần nhất."
            ).format(number=scan.number, code=scan.code),
        )
    return content


def file_name(scan: Scan) -> str:
    """Return the name under which a scan is proposed to be saved; it ends by its content."""
    return f"{scan.code}-{scan.number}.{scan.kind.value}"


def save_scan(desk: Desk, code: str, number: int, target: Path) -> Scan:
    """Write a copy of a scan to `target`, which the ledger knows first.

    Raises as scan_content(), Trouble("cannot-save").
    """
    desk.require(Permission.SCAN)
    with desk.write() as connection:
        scan = _scan(connection, code, number)
        content = _content(connection, scan)
        desk.record(connection, ScanSaved(scan.number), scan.code, counted=False)
    save_file(content, target)
    return scan


def remove_scan(desk: Desk, code: str, number: int, reason: str) -> Scan:
    """Put a scan away: its bytes go after today, until then restore_scan() takes it back.

    Raises Refused("reason-missing"), ("unknown-scan").
    """
    desk.require(Permission.SCAN)
    reason = required_reason(reason, _("Hãy ghi lý do bỏ bản chụp."))
    with desk.write() as connection:
        scan = _scan(connection, code, number)
        scans.mark_removed(connection, scan.number, desk.now())
        scans.drop_contents(connection, _today(desk))
        desk.record(connection, ScanRemoved(scan.number, reason), scan.code, counted=False)
    return replace(scan, removed=desk.now())


def restore_scan(desk: Desk, code: str, number: int) -> Scan:
    """Take back a removal of today and one's own.

    Raises Refused("unknown-scan"), ("undo-other"), ("scan-count").
    """
    me = desk.require(Permission.SCAN)
    with desk.write() as connection:
        scan = _scan(connection, code, number, removed=True)
        past = journal.of_dossier(connection, scan.code)
        removers = [
            entry.official
            for entry, facts in past
            if isinstance(facts, ScanRemoved) and facts.scan == scan.number
        ]
        today = scan.removed is not None and scan.removed >= _today(desk)
        if not today or removers[-1:] != [me.id]:
            raise Refused("undo-other", _("Chỉ người vừa làm hoàn tác được việc ấy, trong ngày."))
        _check_count(desk, len(_kept(connection, scan.code)))
        scans.mark_removed(connection, scan.number, None)
        desk.record(connection, ScanRestored(scan.number), scan.code, counted=False)
    return replace(scan, removed=None)


# --- the folder of the scanner or camera ----------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A file of the watched folder, as it was when it was seen."""

    file: Path
    size: int
    changed: int  # nanoseconds

    @property
    def name(self) -> str:
        return self.file.name


def waiting_files(desk: Desk) -> frozenset[Waiting]:
    """Return the plain files in the watched folder; whoever asks knows which were there before.

    Nothing is opened: what they hold is asked when one is taken. Empty where no folder is set.
    Raises Trouble("scan-folder").
    """
    desk.require(Permission.SCAN)
    folder = desk.settings["scan_folder"]
    if not folder:
        return frozenset()
    try:
        return frozenset(_files(Path(folder)))
    except OSError as error:
        raise Trouble(
            "scan-folder",
            _("Không xem được thư mục máy quét {folder}: {error}.").format(
                folder=folder, error=os_reason(error)
            ),
        ) from error


def _files(folder: Path) -> Iterator[Waiting]:
    with os.scandir(folder) as entries:
        for entry in islice(entries, _MOST_LISTED):
            if not entry.name.lower().endswith(_ENDINGS) or entry.name.startswith("."):
                continue
            if entry.is_file(follow_symlinks=False):  # no link is one
                seen = entry.stat(follow_symlinks=False)
                yield Waiting(Path(entry.path), seen.st_size, seen.st_mtime_ns)
