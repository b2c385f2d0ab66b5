"""Saved layouts of an official's tables; the export of their lines to a file, and on paper."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QWidget

from cchc_desk.errors import Refused
from cchc_desk.i18n import _, _n
from ui.shell import jobs, notices

if TYPE_CHECKING:
    from collections.abc import Callable

    from cchc_desk.domain.table import Listing
    from cchc_desk.session import Desk
    from ui.documents.printing import Paper


class DeskTables:
    """Layouts of one official's tables, loaded at log-in and saved when they change."""

    def __init__(
        self,
        desk: "Desk",
        layouts: dict[str, Any],
        window: QWidget,
        preview: "Callable[[Paper], None]",
        page: "Callable[[], QWidget]",
    ) -> None:
        self._desk, self._layouts, self._window = desk, dict(layouts), window
        self._preview, self._page = preview, page

    def recall(self, table: str) -> dict[str, Any]:
        return dict(self._layouts.get(table, {}))

    def keep(self, table: str, layout: dict[str, Any]) -> None:
        from cchc_desk.actions.office.preferences import keep_preference

        self._layouts[table] = layout
        jobs.run(
            self._window,
            partial(keep_preference, self._desk, "tables", dict(self._layouts)),
            lambda _saved: None,
        )

    def export(self, title: str, listing: "Listing[Any]") -> None:
        """Ask why, where the list is of citizens, and where; then write every line there."""
        self._with_reason(_("Xuất bảng tính"), listing, partial(self._export, title, listing))

    def _with_reason(
        self, act: str, listing: "Listing[Any]", then: "Callable[[str], None]"
    ) -> None:
        from cchc_desk.domain.permissions import Permission
        from ui.shell.export_reason import ask_reason

        if not listing.is_personal:
            then("")
            return
        try:
            self._desk.require(Permission.EXPORT)
        except Refused as refusal:
            notices.warn(refusal.message)
        else:
            ask_reason(self._page(), self._desk, act, then)

    def _export(self, title: str, listing: "Listing[Any]", reason: str) -> None:
        proposed = str(Path.home() / f"{title}.xlsx")
        kinds = _("Bảng tính (*.xlsx);;Văn bản CSV (*.csv)")
        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, _("Xuất danh sách"), proposed, kinds
        )
        if chosen:
            self.write(Path(chosen), title, listing, reason)

    def show_paper(self, title: str, listing: "Listing[Any]") -> None:
        """Show every line on paper, after the same question; `title` is Vietnamese."""
        self._with_reason(_("In danh sách"), listing, partial(self._show, title, listing))

    def _show(self, title: str, listing: "Listing[Any]", reason: str) -> None:
        from cchc_desk.actions.papers.registers import list_paper
        from ui.documents.printing import Paper

        make = partial(list_paper, self._desk, title, listing, reason)
        self._preview(Paper(_(title), title, make))

    def write(self, target: Path, title: str, listing: "Listing[Any]", reason: str = "") -> None:
        from cchc_desk.actions.exports.tables import export_table
        from ui.formatting import (
            number,
        )  # brings the rules along, which the first paint does not wait for

        jobs.run_long(
            self._window,
            _("Xuất danh sách"),
            partial(export_table, self._desk, target, title, listing, reason=reason),
            lambda count: notices.say(
                _n("Đã xuất {n} dòng ra {file}.", count).format(n=number(count), file=target.name)
            ),
        )
