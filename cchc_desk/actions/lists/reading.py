"""Reading a list that another system gave out; nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cchc_desk.actions.lists.known import shipped
from cchc_desk.domain.lists.columns import NoReading
from cchc_desk.domain.lists.fields import Field
from cchc_desk.domain.lists.headings import KnownLists
from cchc_desk.domain.lists.reading import ListReading, read_list
from cchc_desk.domain.lists.rows import CellText
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.long_work import LongWork
from cchc_desk.sheets.containers import Container, Limits, Sheet, cut, read_container
from cchc_desk.sheets.read import read_bytes


@dataclass(frozen=True)
class ListFile:
    """A list as it was read: its file's hash, the sheet that holds it, what the sheet says.

    `before` is a text of the sheet in its old encoding, `after` the same as it was read; "" where
    its encoding is today's. `receipt` is the text of a receipt that was pasted, "" for a file.
    """

    file: str
    sha256: str
    container: str
    sheet: str
    encoding: str
    reading: ListReading
    before: str = ""
    after: str = ""
    mended: int = 0  # cells that the clerk typed
    receipt: str = ""


def read_file(
    file: Path,
    now: datetime,
    *,
    known: KnownLists | None = None,
    sheet: str = "",
    chosen: Mapping[str, Field] | None = None,
    mended: Sequence[CellText] = (),
    work: LongWork | None = None,
) -> ListFile:
    """Read the list in a file, on the one sheet that holds one or the one named.

    `known` is what is known of lists, else what the program ships; `mended` are cells of unreadable
    rows as the clerk typed them. Raises Refused: "sheet-file" (no table), "list" (no list that can
    be read for certain), "list-sheet" (several lists, or no such sheet); Trouble("cannot-read");
    Stopped when `work` is stopped.
    """
    work = work or LongWork()
    content = read_bytes(file, Limits())
    container = read_container(content, work=work)
    if container.is_torn:
        raise cut()
    work.total += 2 * work.done  # a step for each row of the file, and one for each as it is read
    chosen_sheet, reading = _one_list(
        container, known or shipped(), now, sheet, chosen, mended, work
    )
    return ListFile(
        file.name,
        sha256(content).hexdigest(),
        container.kind,
        chosen_sheet.name,
        chosen_sheet.encoding,
        reading,
        chosen_sheet.before,
        chosen_sheet.after,
        len(mended),
    )


def _one_list(
    container: Container,
    known: KnownLists,
    now: datetime,
    name: str,
    chosen: Mapping[str, Field] | None,
    mended: Sequence[CellText],
    work: LongWork,
) -> tuple[Sheet, ListReading]:
    sheets = [each for each in container.sheets if not name or each.name == name]
    if name and not sheets:
        raise Refused(
            "list-sheet",
            _("Trong tệp không có trang «{name}»; có: {names}.").format(
                name=name, names=", ".join(each.name for each in container.sheets)
            ),
            "sheet",
        )
    read: list[tuple[Sheet, ListReading]] = []
    refusals: list[NoReading] = []
    for each in sheets:
        try:
            rows = [(row.number, row.cells) for row in each.rows]
            widths = {row.number: row.width for row in each.rows if row.width}
            found = read_list(rows, known, now, chosen, widths, mended=mended, work=work)
            read.append((each, found))
        except NoReading as refusal:
            if each.rows:
                refusals.append(refusal)
    return _only(read, refusals)


def _only(
    read: Sequence[tuple[Sheet, ListReading]], refusals: Sequence[NoReading]
) -> tuple[Sheet, ListReading]:
    """Return the one list that was read; refuse where there are several, or none."""
    if len(read) > 1:
        raise Refused(
            "list-sheet",
            _("Tệp có nhiều danh sách hồ sơ: {names}. Hãy chọn một trang.").format(
                names=", ".join(f"«{each.name}»" for each, _reading in read)
            ),
            "sheet",
        )
    if read:
        return read[0]
    message = (
        refusals[0].message
        if refusals
        else _("Tệp không có dòng nào. Hãy xuất lại danh sách rồi chọn lại tệp.")
    )
    raise Refused("list", str(message), "file")
