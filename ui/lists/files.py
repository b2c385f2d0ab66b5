"""Files of the lists' page: the list that is chosen, the sheet of what became of it."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from cchc_desk.actions.lists import result
from cchc_desk.actions.lists.preview import ListPreview
from cchc_desk.i18n import _, _n, later
from cchc_desk.session import Desk
from ui.shell import jobs, notices

_FILES = later("Danh sách (*.xlsx *.xls *.csv *.tsv *.txt *.htm *.html *.mht *.mhtml *.xml *.ods)")
_last = Path.home()  # where the last file was chosen since the program began


def ask_list(page: QWidget, folder: Path | None) -> Path | None:
    """Ask for a list, in `folder` or where the last one was; None where nothing is chosen."""
    global _last
    chosen, _kind = QFileDialog.getOpenFileName(
        page,
        _("Chọn danh sách hồ sơ"),
        str(folder or _last),
        f"{_(_FILES)};;{_('Mọi tệp')} (*)",
    )
    if not chosen:
        return None
    _last = Path(chosen).parent
    return Path(chosen)


def ask_result(page: QWidget, desk: Desk, taken: ListPreview) -> None:
    """Ask where the sheet goes that says of every row what became of it, and write it."""
    stem = Path(taken.list.file).stem
    chosen, _kind = QFileDialog.getSaveFileName(
        page,
        _("Lưu bảng kết quả"),
        str(_last / f"{stem}-ket-qua.xlsx"),
        _("Bảng tính (*.xlsx)"),
    )
    if chosen:
        save_result(page, desk, taken, Path(chosen))


def save_result(page: QWidget, desk: Desk, taken: ListPreview, target: Path) -> None:
    """Write the result sheet to `target`."""
    jobs.run(page, partial(result.save_result, desk, taken, target), partial(_say_saved, target))


def _say_saved(target: Path, count: int) -> None:
    notices.say(
        _n("Đã lưu kết quả của {count} dòng vào {file}.", count).format(
            count=count, file=target.name
        )
    )
