"""The list of dossiers, one dossier, and the return of its result."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter

from cchc_desk.actions.documents import printing, scans
from cchc_desk.actions.documents.scans import Waiting
from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.lists import receipts
from cchc_desk.domain.time.pauses import PauseKind
from tools.gallery.scenes.day import receipt
from tools.gallery.scenes.intake import fill_in
from tools.gallery.table import scene
from tools.gallery.visitor import Visitor
from tools.gallery.wards import EMPTY, ERROR, FULL, TYPICAL
from ui.documents.scan_preview import ScanDialog


@scene("dossiers", "", EMPTY, TYPICAL, FULL)
def dossiers(v: Visitor) -> None:
    v.page("dossiers")


@scene("dossiers", "nothing", ERROR)
def dossiers_nothing(v: Visitor) -> None:
    page = v.page("dossiers")
    v.type("Nguyễn Văn Không Có", page.search)
    v.look_at()
    page.search.selectAll()
    v.press("Backspace")


@scene("dossiers", "last-digits", TYPICAL, FULL)
def dossiers_last_digits(v: Visitor) -> None:
    page = v.page("dossiers")
    row = page.table.dossiers.rows[0]
    v.type(row.phone[-4:] or row.code[-4:], page.search)
    v.look_at()
    _all_again(v, page)


@scene("dossiers", "many", TYPICAL, FULL)
def dossiers_many(v: Visitor) -> None:
    page = v.page("dossiers")
    page.table.setFocus()
    for _line in range(3):
        v.press("Shift+Down")
    v.look_at()
    v.press("Alt+D")


@scene("dossiers", "filtered", TYPICAL, FULL)
def dossiers_filtered(v: Visitor) -> None:
    v.page("dossiers")
    v.press("Alt+1")
    v.press("Alt+5")
    v.look_at()
    v.press("Alt+5")
    v.press("Alt+1")


@scene("dossiers", "save-filter", TYPICAL)
def dossiers_save_filter(v: Visitor) -> None:
    v.page("dossiers")
    v.press("Alt+1")
    v.panel("Alt+L")
    v.press("Alt+1")


@scene("dossiers", "many-return", TYPICAL, FULL)
def dossiers_many_returned(v: Visitor) -> None:
    """The question about several results at once."""
    _several(v, "return")


@scene("dossiers", "many-hand-over", TYPICAL)
def dossiers_many_handed_over(v: Visitor) -> None:
    _several(v, "hand-over")


@scene("dossiers", "many-print", TYPICAL)
def dossiers_many_printed(v: Visitor) -> None:
    _several(v, "print-receipt")


@scene("dossiers", "export-reason", TYPICAL, who="chi")
def dossiers_export_reason(v: Visitor) -> None:
    v.page("dossiers").table.setFocus()
    v.panel("Ctrl+E", "F9")


def _several(v: Visitor, act: str) -> None:
    page = v.page("dossiers")
    page.table.setFocus()
    for _line in range(3):
        v.press("Shift+Down")
    page.bulk.begin(act)
    v.settle()
    v.look_at()
    v.press("Esc")
    v.press("Alt+D")


def _all_again(v: Visitor, page: Any) -> None:
    """Clear the search, so that the next scene has its lines."""
    page.search.setFocus()
    page.search.selectAll()
    v.press("Backspace")
    v.settle()


@scene("dossier", "", TYPICAL, FULL)
def dossier(v: Visitor) -> None:
    v.window.open_dossier(v.late())


@scene("dossier", "date", TYPICAL, FULL)
def dossier_date(v: Visitor) -> None:
    dossier(v)
    v.press("F8")
    v.look_at()
    v.press("F8")


@scene("dossier", "reasons", TYPICAL, FULL)
def dossier_reasons(v: Visitor) -> None:
    """Several reasons on one pause, and the question which of them is over."""
    _open_one(v)
    page = v.page("dossier")
    steps.pause(v.desk, page.code, PauseKind.OPINION, "Hỏi Công an phường\nHỏi Sở Tư pháp")
    steps.pause(v.desk, page.code, PauseKind.FIELD_CHECK, "Xem nhà")
    page.refresh()
    v.panel("N")
    steps.resume(v.desk, page.code)


@scene("dossier", "copying", TYPICAL, FULL)
def dossier_copying(v: Visitor) -> None:
    """Two facts are copied into another system, the third comes next."""
    dossier(v)
    v.press("Ctrl+J")
    v.settle()
    v.press("Ctrl+J")
    v.settle()
    v.look_at()
    page: Any = v.window.page("dossier")
    page.copying.hide()


@scene("dossier", "pasted", TYPICAL)
def dossier_pasted(v: Visitor) -> None:
    """The text of the receipt from which a dossier is watched."""
    v.window.open_dossier(receipts.take_receipt(v.desk, receipt(v)).preview.rows[0].row.code)
    v.settle()
    v.press("2")


@scene("dossier", "hand-over", TYPICAL, FULL)
def dossier_hand_over(v: Visitor) -> None:
    _open_one(v)
    v.panel("B")


@scene("dossier", "request", TYPICAL)
def dossier_request(v: Visitor) -> None:
    _open_one(v)
    v.panel("Y")


@scene("dossier", "remind", TYPICAL, FULL)
def dossier_remind(v: Visitor) -> None:
    _open_one(v)
    v.panel("Shift+D")


@scene("dossier", "message", TYPICAL, FULL)
def dossier_message(v: Visitor) -> None:
    dossier(v)
    v.panel("M")


@scene("dossier", "stop-reason", ERROR)
def dossier_stop(v: Visitor) -> None:
    _open_one(v, "stop")
    v.panel("W", "F9")


@scene("dossier", "pause-reason", ERROR)
def dossier_pause(v: Visitor) -> None:
    _open_one(v)
    v.panel("P", "F9")


@scene("dossier", "mistake", ERROR, who="chi")
def dossier_no_mistake(v: Visitor) -> None:
    _open_one(v, "mistake")
    v.panel("F", "F9")


@scene("dossier", "leader", TYPICAL, FULL, who="chi")
def dossier_leader(v: Visitor) -> None:
    dossier(v)


@scene("dossier", "responsibility", TYPICAL, FULL, who="chi")
def dossier_responsibility(v: Visitor) -> None:
    dossier(v)
    v.panel("J")


@scene("dossier", "acts", TYPICAL, FULL)
def dossier_acts(v: Visitor) -> None:
    dossier(v)
    v.panel("/")


@scene("dossier", "cancel", TYPICAL)
def dossier_cancel(v: Visitor) -> None:
    """One that was taken in just now."""
    v.page("intake")
    fill_in(v)
    v.press("F9")
    v.press("F9")
    v.settle()
    v.tidy()
    _open_one(v, "cancel")
    v.panel("Shift+Z")


@scene("dossier", "papers", TYPICAL)
def dossier_papers(v: Visitor) -> None:
    dossier(v)
    v.settle()
    v.press("2")
    v.look_at()
    v.press("1")


def _open_one(v: Visitor, act: str = "pause") -> None:
    """A dossier with which this can be done."""
    rows = progress.find_dossiers(v.desk, only="open", order="due", limit=60)
    code = next(
        row.code for row in rows if progress.show_dossier(v.desk, row.code).allowed[act] is None
    )
    v.window.open_dossier(code)
    v.settle()


@scene("return", "", EMPTY, TYPICAL, FULL)
def return_list(v: Visitor) -> None:
    v.page("return")


@scene("return", "one", TYPICAL, FULL)
def return_one(v: Visitor) -> None:
    page = v.page("return")
    page.table.setFocus()
    v.press("Down")
    v.press("Return")


@scene("return", "owed", TYPICAL, FULL)
def return_owed(v: Visitor) -> None:
    v.page("return").open(v.late())


@scene("return", "nothing", ERROR)
def return_nothing(v: Visitor) -> None:
    v.type("Nguyễn Văn Không Có", v.page("return").code)
    v.press("Return")


@scene("return", "nobody", ERROR)
def return_nobody(v: Visitor) -> None:
    page = v.page("return")
    v.write_over("\b", page.code)
    page.code.clear()
    v.press("Return")
    page.table.setFocus()
    v.press("Return")
    page.to_name.setFocus()
    page.to_name.selectAll()
    v.press("Backspace")
    v.press("F9")


@scene("correct", "", TYPICAL, FULL)
def correct(v: Visitor) -> None:
    _correct(v)


@scene("correct", "fault", ERROR)
def correct_fault(v: Visitor) -> None:
    page = _correct(v)
    v.write_over("ngoc", page.person.fields["email"])
    v.write_over("gõ nhầm", page.reason)
    v.press("F9")
    v.look_at()
    v.press("Esc")


def _correct(v: Visitor) -> Any:
    v.window.correct_dossier(progress.find_dossiers(v.desk, only="open", limit=1)[0].code)
    v.settle()
    return v.window.page("correct")


@scene("dossier", "scans", TYPICAL, FULL)
def dossier_scans(v: Visitor) -> None:
    """Show papers that were scanned, and two more that the scanner just made."""
    dossier(v)
    page: Any = v.window.page("dossier")
    kept = scans.list_scans(v.desk, page.code)
    if not kept:
        receipt = printing.paper_pdf(v.desk, page.code, "receipt")
        scans.add_scan(v.desk, page.code, "Giấy hẹn đã ký.pdf", receipt)
        names = ("CCCD mặt trước.jpg", "Giấy chứng sinh của Bệnh viện Phụ sản (bản chính).jpg")
        for name, colour in zip(names, ("#dfe9f0", "#f3ead9"), strict=True):
            scans.add_scan(v.desk, page.code, name, _a_photograph(colour))
    page.refresh()
    v.settle()
    new = [Waiting(Path(f"quet-{number}.pdf"), 1, number) for number in (1, 2)]
    page.scans.waiting = new
    page.scans._offer()
    v.press("4")
    v.look_at()
    page.scans.dismiss()
    v.press("1")


@scene("dossier", "scan-open", TYPICAL)
def dossier_scan_open(v: Visitor) -> None:
    """A photograph in a window of its own."""
    _scans_of(v).list.setCurrentRow(1)
    v.press("Return")
    v.look_at()
    v.window.findChildren(ScanDialog)[-1].reject()
    v.press("1")


@scene("dossier", "scan-remove", TYPICAL)
def dossier_scan_removed(v: Visitor) -> None:
    _scans_of(v).list.setCurrentRow(1)
    v.panel("Del")
    v.press("1")


@scene("dossier", "scans-none", TYPICAL)
def dossier_without_scans(v: Visitor) -> None:
    rows = progress.find_dossiers(v.desk, only="open", limit=60)
    v.window.open_dossier(next(row.code for row in rows if not scans.list_scans(v.desk, row.code)))
    v.settle()
    v.press("4")
    v.look_at()
    v.press("1")


def _scans_of(v: Visitor) -> Any:
    dossier_scans(v)
    v.press("4")
    tab = v.window.page("dossier").scans  # type: ignore[attr-defined]
    tab.list.setFocus()
    return tab


def _a_photograph(colour: str) -> bytes:
    """Return a JPEG of a card with grey lines where its text would stand."""
    image = QImage(860, 540, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    painter = QPainter(image)
    painter.fillRect(40, 60, 200, 260, QColor("#b8c4cc"))
    for line in range(6):
        painter.fillRect(280, 80 + line * 60, 460 - line * 30, 22, QColor("#8a949b"))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
