"""Copies that still hold a person whom the desk has anonymised: listed, or made again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.data import copies
from cchc_desk.domain.copies import MONTHLY
from cchc_desk.domain.ledger.facts.office import CopiesRenewed
from cchc_desk.domain.people.officials import Act
from cchc_desk.domain.permissions import ALLOWED, Permission
from cchc_desk.errors import Refused
from cchc_desk.i18n import _, _n
from cchc_desk.session import Desk
from cchc_desk.store.engine import copies as stored
from cchc_desk.store.engine.copies import Copy
from cchc_desk.store.ledger import journal


@dataclass(frozen=True)
class HoldingCopy:
    """A copy from before a dossier was anonymised; `gone_by`: the last day on which it is thinned
    out where copies are made each month, None where nothing thins it out.
    """

    file: Path
    made: datetime | None
    gone_by: date | None


def copies_holding(desk: Desk, code: str) -> tuple[HoldingCopy, ...]:
    """Return the copies of this desk, here and in the second place, that hold the person still.

    Copies that were taken elsewhere nobody can list. Raises Refused("not-anonymised").
    """
    desk.require(Permission.ANONYMISE)
    with desk.read() as connection:
        entries = journal.raw_entries_of(connection, code)
        forgotten = [entry.seq for entry in entries if entry.act == _FORGOT]
    if not forgotten:
        raise Refused(
            "not-anonymised", _("Hồ sơ {code} chưa được ẩn danh.").format(code=code), "code"
        )
    return _from_before(desk, forgotten[-1])


def of_anybody(desk: Desk) -> tuple[HoldingCopy, ...]:
    """Return the copies from before the last anonymising; none for who may not renew them."""
    if desk.require(Permission.READ).role not in ALLOWED[Permission.ANONYMISE]:
        return ()
    with desk.read() as connection:
        forgotten = [entry.seq for entry in journal.raw_entries_by(connection, _FORGOT, 0)]
    return _from_before(desk, forgotten[-1]) if forgotten else ()


_FORGOT = Act.ANONYMISE.value


def _from_before(desk: Desk, seq: int) -> tuple[HoldingCopy, ...]:
    return tuple(
        HoldingCopy(copy.file, copy.made, _gone_by(copy))
        for copy in _all_copies(desk)
        if copy.head is None or copy.head.seq < seq
    )


def _all_copies(desk: Desk) -> Iterator[Copy]:
    yield from stored.copies_in(paths.backup_folder(desk.folder))
    place = copies.second_place(desk)
    if place is not None and place.is_there:
        yield from (it for it in stored.copies_in(place.folder) if it.desk == desk.id)


def _gone_by(copy: Copy) -> date | None:
    """A month's last copy is kept so many months; none made before an upgrade goes by itself."""
    if copy.made is None or not copy.is_sound or copy.file.match(stored.BEFORE):
        return None
    month = copy.made.year * 12 + copy.made.month - 1 + MONTHLY + 1
    return date(month // 12, month % 12 + 1, 1) - timedelta(days=1)


def renew_copies(desk: Desk, code: str = "") -> tuple[Path, ...]:
    """Make a copy of now and delete those that hold the person, or anybody who was anonymised;
    return what was deleted.

    The ledger keeps their names: a copy that is missed has been deleted on purpose. Nothing is
    deleted where the new copy is not found sound. Raises as copies_holding() and
    copies.copy_now(); Refused("copy-unsound").
    """
    desk.require(Permission.ANONYMISE)
    holding = copies_holding(desk, code) if code else of_anybody(desk)
    if not holding:
        return ()
    copied = copies.copy_now(desk)
    if not copied.copy.is_sound:
        raise Refused("copy-unsound", copies.told(copied.copy))
    gone = tuple(copy.file for copy in holding if copy.file.exists())
    with desk.write() as connection:
        desk.record(connection, CopiesRenewed(tuple(file.name for file in gone)))
    for file in gone:
        file.unlink(missing_ok=True)
        stored.facts_file(file).unlink(missing_ok=True)
    return gone


def told(holding: tuple[HoldingCopy, ...]) -> str:
    """Return what to tell who has anonymised a dossier; "" where no copy holds the person."""
    if not holding:
        return ""
    text = _n("{n} bản sao làm trước đó còn giữ người này: {names}.", len(holding)).format(
        n=len(holding), names=", ".join(copy.file.name for copy in holding)
    )
    days = [copy.gone_by for copy in holding if copy.gone_by]
    if days:
        text += " " + _("Nếu vẫn sao lưu đều, chúng được thay hết chậm nhất ngày {day}.").format(
            day=f"{max(days):%d/%m/%Y}"
        )
    if len(days) < len(holding):
        text += " " + _("Bản làm trước khi nâng cấp, khôi phục thì không tự xóa.")
    return (
        text
        + " "
        + _(
            "Thay ngay: Cài đặt, Dữ liệu, «Thay bản sao cũ» (hoặc cchc renew-copies). Bản đã chép "
            "đi nơi khác phải tự xóa."
        )
    )
