"""Going back to a copy: an act that says what is lost, moves nothing away, and is in the ledger.

restore_plan.plan(folder, file)          # what would be lost, and behind which numbers it goes on
restore(folder, file, "dung", password)  # the desk must not be open here

Both need the folder only: the desk in it may be damaged or gone.
"""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cchc_desk import paths
from cchc_desk.actions.data import opening, protection, upkeep
from cchc_desk.actions.data.restore_plan import (
    LostAct,
    Plan,
    Source,
    highest_numbers,
    plan,
    second_place,
)
from cchc_desk.actions.people import accounts
from cchc_desk.domain.copies import Reason
from cchc_desk.domain.ledger.facts.office import KnownHead, Restored
from cchc_desk.domain.ledger.numbers import TakenNumber
from cchc_desk.domain.people.officials import Official
from cchc_desk.domain.permissions import Permission, require
from cchc_desk.errors import Refused, Trouble
from cchc_desk.i18n import _, os_reason
from cchc_desk.long_work import LongWork
from cchc_desk.session import Clock, Desk
from cchc_desk.store.engine import backup, copies
from cchc_desk.store.engine.copies import Copy as Copy
from cchc_desk.store.engine.set_up_lock import alone_in
from cchc_desk.store.ledger import going_back, journal, put_back, witness
from cchc_desk.store.ledger.put_back import NewState
from cchc_desk.store.office import number_series
from cchc_desk.vietnam_time import vietnam_now


@dataclass(frozen=True)
class Done:
    """A copy was put back; what was there before lies in `aside`."""

    copy: Copy
    lost: tuple[LostAct, ...]
    numbers: tuple[TakenNumber, ...]
    aside: Path


# --- in a sandbox ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Inside:
    """A copy as it was seen from inside: how far it goes, and the problems that verify finds."""

    copy: Copy
    dossiers: int
    entries: int
    head: str
    last: datetime | None
    last_codes: tuple[str, ...]
    problems: tuple[str, ...]


@contextmanager
def sandbox(copy: Copy, clock: Clock = vietnam_now) -> Iterator[Desk]:
    """Open a copy of the copy in a temporary folder outside of the data, gone afterwards.

    Raises Trouble as opening.open_desk() and backup.copy_file().
    """
    with tempfile.TemporaryDirectory(prefix="cchc-", ignore_cleanup_errors=True) as name:
        place = Path(name)
        backup.copy_file(copy.file, paths.database_file(place))
        with closing(opening.open_desk(place, clock)) as desk:
            yield desk


def look_inside(copy: Copy, clock: Clock = vietnam_now, work: LongWork | None = None) -> Inside:
    """Open a copy in a sandbox and verify it whole; no file of the desk changes."""
    with sandbox(copy, clock) as desk:
        answer = upkeep.verify_copy(desk, work or LongWork())
        with desk.read() as connection:
            dossiers = journal.dossier_count(connection)
            head = journal.head(connection)
            last_codes = journal.last_codes(connection, 5)
    return Inside(
        copy,
        dossiers,
        answer.entries,
        answer.head,
        head.at if head else None,
        last_codes,
        answer.problems,
    )


# --- the act --------------------------------------------------------------------------------------


def restore(
    folder: Path,
    file: Path | None,
    official: str,
    password: str,
    clock: Clock = vietnam_now,
    work: LongWork | None = None,
) -> Done:
    """Put a copy in the place of the desk's data; what was there is moved aside, never deleted.

    A leader or an administrator does it, with the password that the present file has of them; where
    that cannot be opened, with that of the copy. Raises as plan(), accounts.log_in(),
    alone_in() and require(); Refused("copy-unsound"); Trouble: "database-in-use", "restore-failed".
    """
    planned = plan(folder, file)
    inside = look_inside(planned.copy, clock, work)
    if inside.problems:
        raise Refused(
            "copy-unsound",
            _("Bản sao {name} có lỗi: {problem} Hãy chọn bản khác.").format(
                name=planned.copy.file.name, problem=inside.problems[0]
            ),
            "file",
        )
    who = _proved(folder, planned.copy, official, password, clock)
    with alone_in(folder):  # whoever opens the desk looks for this lock once it is open
        if put_back.in_use(paths.database_file(folder)):
            raise Trouble(
                "database-in-use",
                _(
                    "Dữ liệu của quầy đang mở ở cửa sổ hoặc chương trình khác. Hãy đóng hết rồi "
                    "khôi phục lại; chưa có gì thay đổi."
                ),
            )
        now_lost = plan(folder, planned.copy.file)  # with what came since the first look
        return _put_back(folder, now_lost, who, clock)


_DAMAGE = ("damaged", "row-unreadable", "not-ours")  # of a file that SQLite finds whole


def _proved(folder: Path, copy: Copy, login: str, password: str, clock: Clock) -> Official:
    """Return the official who proved to be one that may; wrong tries count in the present file."""
    database = paths.database_file(folder)
    if database.is_file() and backup.head_in(database) and not backup.problems_of(database):
        try:
            with closing(opening.open_desk(folder, clock)) as desk:
                if any(official.id == login for official in accounts.list_officials(desk)):
                    return require(accounts.log_in(desk, login, password), Permission.RESTORE)
                raise Refused(
                    "wrong-password", _("Tên hoặc mật khẩu không đúng; hãy nhập lại."), "password"
                )
        except Trouble as trouble:
            if trouble.code not in _DAMAGE:
                raise
    # Damaged, if only in one value, or gone: the copy knows its people.
    with sandbox(copy, clock) as desk:
        return require(accounts.log_in(desk, login, password), Permission.RESTORE)


def _put_back(folder: Path, planned: Plan, who: Official, clock: Clock) -> Done:
    now = clock().replace(tzinfo=None)
    aside = f"{paths.ASIDE}-{now:%Y%m%d-%H%M%S}"
    count = 2
    while (folder / aside).exists():
        aside, count = f"{paths.ASIDE}-{now:%Y%m%d-%H%M%S}-{count}", count + 1
    try:
        _copy_of_today(folder, now)
        staging = put_back.stage(folder)
        backup.copy_file(planned.copy.file, paths.database_file(staging))
        if not paths.key_file(folder).exists():
            protection.bring_keys(planned.copy.file, folder)
        state = _staged(folder, staging, planned, who, aside, clock)
        put_back.begin(folder, state)
        put_back.finish(folder)
    except OSError as error:
        raise Trouble(
            "restore-failed",
            _(
                "Chưa khôi phục xong ({error}). Không có gì mất: hãy xem chỗ trống và quyền ghi "
                "của {folder} rồi làm lại."
            ).format(error=os_reason(error), folder=folder),
        ) from error
    return Done(planned.copy, planned.lost, planned.numbers, folder / aside)


def go_on_behind(staging: Path, file: Path) -> None:
    """Bring a desk that comes from another computer up to the numbers that lie beside its file.

    `staging` holds its copy. Raises as opening.open_desk().
    """
    copy = copies.read_copy(file, whole=False)
    planned = Plan(copy, (), Source.NONE, highest_numbers(file.parent, copy), ())
    _staged(file.parent, staging, planned, None, "", vietnam_now)


def _copy_of_today(folder: Path, now: datetime) -> None:
    """A checked copy of what is there, where it can be read; the files themselves go aside too."""
    database = paths.database_file(folder)
    if database.is_file() and backup.head_in(database) and not backup.problems_of(database):
        copies.add_copy_of_file(database, paths.backup_folder(folder), now, Reason.RESTORE)


def _staged(
    folder: Path, staging: Path, planned: Plan, who: Official | None, aside: str, clock: Clock
) -> NewState:
    """Bring the staged file up to today: its schema, its numbers, its entry of the ledger."""
    lost_heads = tuple(_lost_heads(folder, planned.copy))
    revision = number_series.revision_in(paths.database_file(folder))
    with closing(opening.open_desk(staging, clock)) as desk:
        desk.official = _as_the_copy_knows(desk, who)
        with desk.write() as connection:
            number_series.raise_numbers(connection, planned.numbers, revision)
            restored = Restored(
                copy=planned.copy.file.name,
                head=upkeep.head_text(planned.copy.head),
                lost={lost.act: lost.count for lost in planned.lost},
                lost_heads=lost_heads,
                series=len(planned.numbers),
                aside=aside,
                by=who.id if who else "",
            )
            desk.record(connection, restored)
        with desk.read() as connection:
            head = journal.head(connection)
        state = NewState(
            head.seq if head else 0,
            head.hash if head else "",
            desk.id,
            desk.machine,
            desk.now(),
            aside,
        )
    file = paths.database_file(staging)
    going_back.finish_file(file)
    problems = backup.problems_of(file)
    if problems:
        raise Trouble(
            "restore-failed", _("Bản sao chép về bị lỗi: {problem}.").format(problem=problems[0])
        )
    return state


def _as_the_copy_knows(desk: Desk, who: Official | None) -> Official | None:
    """Return the official where the copy has them in the same role: only then may they write."""
    known = {(official.id, official.role) for official in accounts.list_officials(desk)}
    return who if who and (who.id, who.role) in known else None


def _lost_heads(folder: Path, copy: Copy) -> Iterator[KnownHead]:
    """Yield the heads kept here of entries that the copy does not have: verify knows why."""
    heads = [
        other.head
        for place in (paths.backup_folder(folder), *second_place(folder, copy.file))
        for other in copies.copies_in(place, copy.desk)
        if other.is_sound and other.head
    ]
    today = backup.head_in(paths.database_file(folder))
    heads += [today] if today else []
    kept = [(head.seq, head.hash) for head in heads]
    last = witness.last_line(folder)
    kept += [(last.seq, last.head)] if last and last.desk == copy.desk else []
    for seq, hash_ in sorted(set(kept)):
        if going_back.hash_in(copy.file, seq) != hash_:
            yield KnownHead(seq, hash_)
