"""Preview of a list: what would become of each row, before anything is kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path

from cchc_desk.actions.lists.known import known_lists
from cchc_desk.actions.lists.reading import ListFile, read_file
from cchc_desk.domain.lists.fields import Field
from cchc_desk.domain.lists.rows import CellText, Kind, ListRow
from cchc_desk.domain.lists.watched import same_due
from cchc_desk.domain.permissions import Permission
from cchc_desk.i18n import Message, moment_message
from cchc_desk.long_work import LongWork, seldom_collected
from cchc_desk.session import Desk
from cchc_desk.store.dossiers import listed
from cchc_desk.store.dossiers.listed import KnownPromise, TakenFile


class Verdict(Enum):
    """Verdict on one row; the value is its name on the command line."""

    __hash__ = object.__hash__  # Enum's own is Python code: the rows of a list are counted by it

    NEW = "new"
    NEWER = "newer"
    SAME = "same"
    DIFFERS = "differs"
    UNREADABLE = "unreadable"
    SKIPPED = "skipped"


@dataclass(slots=True)  # as ListRow
class PreviewRow:
    """A row and what would become of it; `ours` is the code of its dossier, where one is here."""

    row: ListRow
    verdict: Verdict
    problems: tuple[Message, ...]
    ours: str = ""

    @property
    def is_apart(self) -> bool:
        """True for a new dossier that something sets apart from the others of its list."""
        return self.verdict is Verdict.NEW and bool(self.row.to_look_at)

    @property
    def is_nameless(self) -> bool:
        return self.verdict is Verdict.NEW and not self.row.owner


_MOST_NAMED = 12  # rows that the preview names in a sentence


@dataclass(frozen=True)
class ListPreview:
    """A list that was read, with the verdict on each of its rows.

    `taken_before` is the list with the very same bytes, where it was taken already.
    """

    list: ListFile
    rows: tuple[PreviewRow, ...]
    taken_before: TakenFile | None = None

    @cached_property
    def _counts(self) -> Counter[Verdict]:
        return Counter(row.verdict for row in self.rows)

    @property
    def doubts(self) -> tuple[Message, ...]:
        """What is doubtful of the whole list, and of which new dossiers."""
        doubts = [*self.list.reading.doubts]
        if apart := [one.row.number for one in self.rows if one.is_apart]:
            doubts.append(
                Message(
                    "{count} hồ sơ mới có ngày hoặc mã khác hẳn các hồ sơ còn lại của tệp: dòng "
                    "{rows}. Hãy xem kỹ những dòng ấy trước khi nhận.",
                    count=len(apart),
                    rows=_named(apart),
                )
            )
        has_names = Field.OWNER in self.list.reading.columns.places
        nameless = [one.row.number for one in self.rows if one.is_nameless]
        if has_names and nameless:
            doubts.append(
                Message(
                    "{count} hồ sơ mới không ghi tên chủ: dòng {rows}. Nhận rồi thì sửa thông tin "
                    "ở từng hồ sơ, trước khi in thư.",
                    count=len(nameless),
                    rows=_named(nameless),
                )
            )
        return tuple(doubts)

    def count(self, verdict: Verdict) -> int:
        """Return how many rows have this verdict."""
        return self._counts[verdict]


def _named(rows: Sequence[int]) -> str:
    """Return the numbers of rows, the first ones of many."""
    more = "…" if len(rows) > _MOST_NAMED else ""
    return ", ".join(map(str, rows[:_MOST_NAMED])) + more


_CANCELLED = Message("Hồ sơ này đã hủy ở đây do nhập sai; mã không dùng lại.")


@seldom_collected()
def preview_list(
    desk: Desk,
    file: Path,
    *,
    sheet: str = "",
    chosen: Mapping[str, Field] | None = None,
    mended: Sequence[CellText] = (),
    work: LongWork | None = None,
) -> ListPreview:
    """Read the list in a file and hold it against the dossiers that the desk knows.

    Nothing is written. Raises as reading.read_file().
    """
    desk.require(Permission.READ)
    work = work or LongWork()
    with desk.read() as connection:
        lists = known_lists(connection)
    found = read_file(
        file, desk.now(), known=lists, sheet=sheet, chosen=chosen, mended=mended, work=work
    )
    rows = found.reading.rows
    with desk.read() as connection:
        known = listed.known_promises(connection, (row.code for row in rows if row.code))
        before = listed.taken_before(connection, found.sha256)
    work.step(0)
    return ListPreview(found, tuple(judge(row, known.get(row.code)) for row in rows), before)


def judge(row: ListRow, known: KnownPromise | None) -> PreviewRow:
    """Return the verdict on a row of a dossier that the desk knows, or not."""
    if row.kind is not Kind.DOSSIER:
        return PreviewRow(row, Verdict(row.kind.value), row.problems)
    if known is not None and known.cancelled:
        return PreviewRow(row, Verdict.SKIPPED, (_CANCELLED,), known.code)
    over: tuple[Message, ...] = ()
    if row.over_without_day and not (known and known.finished):
        over = (Message("Nơi kia ghi «{state}» mà không ghi ngày xong.", state=row.status_text),)
    if known is None:
        return PreviewRow(row, Verdict.NEW, over + row.to_look_at)
    assert row.due is not None, "a dossier's row has a due moment"
    if not same_due(known.due, row.due):
        message = Message(
            "Ngày hẹn khác: ở đây {ours}, trong danh sách {theirs}.",
            ours=moment_message(known.due),
            theirs=moment_message(row.due),
        )
        return PreviewRow(row, Verdict.DIFFERS, (message,), known.code)
    if (row.finished or row.returned) and not known.finished:
        return PreviewRow(row, Verdict.NEWER, (), known.code)
    return PreviewRow(row, Verdict.SAME, over, known.code)
