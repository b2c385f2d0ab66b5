"""The file looked through, and what is derived made anew: search index, numbers, sums of days, the
days that the city has to hear of again.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from cchc_desk import paths
from cchc_desk.actions.data import upkeep
from cchc_desk.actions.intake.paper_receipts import SERIES
from cchc_desk.domain.copies import Reason
from cchc_desk.domain.dossiers.certifications import CertificationBook
from cchc_desk.domain.ledger.facts.office import Rebuilt
from cchc_desk.domain.ledger.numbers import TakenNumber
from cchc_desk.domain.permissions import Permission
from cchc_desk.i18n import _
from cchc_desk.long_work import LongWork
from cchc_desk.session import Desk
from cchc_desk.store.city import outbox
from cchc_desk.store.dossiers import day_summaries, lists, search
from cchc_desk.store.engine import copies
from cchc_desk.store.engine.database import Connection, run
from cchc_desk.store.office import registers

_MOST = 999_999  # no series gets so far: a number beyond it was never given


@dataclass(frozen=True)
class Health:
    """Problems of the file that stay; what was made anew, in words; dossiers that are damaged."""

    problems: tuple[str, ...]
    rebuilt: tuple[str, ...]
    damaged: tuple[str, ...]


def check_and_rebuild(desk: Desk, work: LongWork | None = None) -> Health:
    """Check the file, and make anew what is derived where it does not hold, after a copy.

    Derived are the search index, the next number of each series, the marks of days that the city
    has and the sums of days; no dossier is touched. `work` stops it until the first change. Raises
    as add_copy() and Database.write().
    """
    from cchc_desk.actions.city import pack  # with the city's own packages

    desk.require(Permission.READ)
    work = work or LongWork()
    with desk.read() as connection:
        damaged = lists.damaged(connection)
        work.step()
        series = _behind(desk, connection)
        work.step()
        days = pack.wrong_days(desk, connection)
        work.step()
        blocks = tuple(day_summaries.differing_blocks(connection))
        spoilt = day_summaries.is_damaged(connection)
    work.step()
    index = _index_is_whole(desk)
    work.step()
    sound = index and not series and not days and not blocks and not spoilt
    rebuilt = (
        ()
        if sound
        else _rebuild(desk, days, blocks, rebuild_index=not index, mend_days=bool(blocks) or spoilt)
    )
    return Health(upkeep.check_database(desk), rebuilt, damaged)


def _index_is_whole(desk: Desk) -> bool:
    with desk.write() as connection:
        return search.is_whole(connection)


def _rebuild(
    desk: Desk,
    days: tuple[date, ...],
    blocks: tuple[int, ...],
    *,
    rebuild_index: bool,
    mend_days: bool,
) -> tuple[str, ...]:
    copy = _copied_before(desk)
    said = []
    with desk.write() as connection:
        if rebuild_index:
            count = search.rebuild(connection)
            said.append(_("Đã lập lại chỉ mục tìm kiếm: {count} hồ sơ.").format(count=count))
        series = _behind(desk, connection)
        for (kind, period), following in series.items():
            registers.set_number(connection, TakenNumber(kind, period, following - 1))
            said.append(
                _("Số của dãy {series} ({period}) đi tiếp từ {number}.").format(
                    series=kind, period=period, number=following
                )
            )
        outbox.pack_again(connection, days)
        if days:
            said.append(_("Gửi lại thành phố {count} ngày.").format(count=len(days)))
        if mend_days:
            day_summaries.mend(connection, blocks)
            said.append(_("Đã cộng lại số liệu theo ngày cho báo cáo."))
        names = tuple(f"{kind} {period}" for kind, period in series)
        done = Rebuilt(rebuild_index, names, copy, days=len(days))
        desk.record(connection, done, counted=False)
    if copy:
        said.append(_("Bản sao trước khi lập lại: {file}.").format(file=copy))
    return tuple(said)


def _copied_before(desk: Desk) -> str:
    """Copy the file before anything is made anew; return the copy's name, "" at a station."""
    if desk.on_server:  # whose server is copied by whoever looks after it
        return ""
    folder = paths.backup_folder(desk.folder)
    return copies.add_copy(desk.database, folder, desk.clock(), Reason.REPAIR).file.name


def _behind(desk: Desk, connection: Connection) -> dict[tuple[str, str], int]:
    """Return the series whose next number was given already or is none, with what it has to be."""
    highest = _highest(desk, connection)
    found = {}
    kept = registers.number_rows(connection)
    for series in {*highest, *kept} - {("facts", "")}:
        following, given = kept.get(series), highest.get(series, 0)
        sane = isinstance(following, int) and 0 < following <= _MOST
        if not sane or (isinstance(following, int) and following <= given):
            found[series] = given + 1
    return dict(sorted(found.items()))


def _highest(desk: Desk, connection: Connection) -> dict[tuple[str, str], int]:
    """Return the highest number that dossiers and papers bear, by series and period."""
    highest: defaultdict[tuple[str, str], int] = defaultdict(int)
    last = desk.settings["block_last"]

    def note(series: str, period: str, number: object) -> None:
        if isinstance(number, int) and 0 < number <= _MOST:
            highest[series, period] = max(highest[series, period], number)

    for (code,) in run(connection, "SELECT code FROM dossiers"):
        _unit, _dash, rest = str(code).partition("-")
        day, _dash, serial = rest.partition("-")
        if serial.isdecimal() and len(serial) <= 6 and int(serial) <= last:
            note("dossier", day, int(serial))
    for table in ("letters", "slips"):
        sql = (
            f"SELECT symbol, year, max(number) FROM {table} WHERE number <= ? "  # noqa: S608 - our own names
            "GROUP BY symbol, year"
        )
        own = (desk.settings["letter_block_last"],)  # others are those of away desks
        for symbol, year, number in run(connection, sql, own):
            if symbol and not desk.settings["letter_by_registrar"]:
                note(str(symbol), str(year), number)
    for (receipt,) in run(connection, "SELECT number FROM paper_receipts"):
        _kind, day, serial = (*str(receipt).split("-"), "", "")[:3]
        if serial.isdecimal() and len(serial) <= 6:
            note(SERIES, day, int(serial))
    sql = "SELECT book, year, max(number) FROM certifications GROUP BY book, year"
    books = {book.value: book.symbol for book in CertificationBook}
    for book, year, number in run(connection, sql):
        if book in books:
            note(books[book], str(year), number)
    return dict(highest)
