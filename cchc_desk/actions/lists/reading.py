"""Reading a list that another system gave out; nothing is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cchc_desk.actions.lists.known import shipped
from cchc_desk.domain.lists.columns import NoReading
from cchc_desk.domain.lists.fields import Field
from cchc_desk.domain.lists.reading import ListReading, read_list
from cchc_desk.errors import Refused
from cchc_desk.i18n import _
from cchc_desk.sheets.containers import Container, Limits, Sheet, cut, read_container
from cchc_desk.sheets.read import read_bytes


@dataclass(frozen=True)
class ListFile:
    """A list as it was read: its file's hash, the sheet that holds it, what the sheet says."""

    file: str
    sha256: str
    container: str
    sheet: str
    encoding: str
    reading: ListReading


def read_file(
    file: Path,
    now: datetime,
    *,
    sheet: str = "",
    chosen: Mapping[str, Field] | None = None,
) -> ListFile:
    """Read the list in a file, on the one sheet that holds one or the one named.

    Raises Refused: "sheet-file" (no table), "list" (no list that can be read for certain),
    "list-sheet" (several lists, or no such sheet); Trouble("cannot-read").
    """
    content = read_bytes(file, Limits())
    container = read_container(content)
    if container.is_torn:
        raise cut()
    chosen_sheet, reading = _one_list(container, now, sheet, chosen)
    return ListFile(
        file.name,
        sha256(content).hexdigest(),
        container.kind,
        chosen_sheet.name,
        chosen_sheet.encoding,
        reading,
    )


def _one_list(
    container: Container, now: datetime, name: str, chosen: Mapping[str, Field] | None
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
            read.append((each, read_list(rows, shipped(), now, chosen, widths)))
        except NoReading as refusal:
            if each.rows:
                refusals.append(refusal)
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
