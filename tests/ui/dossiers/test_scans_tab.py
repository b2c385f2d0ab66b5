"""Scans on a dossier's page: dropped, pasted, offered; opened, saved, put away."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from cchc_desk.actions.documents import scans
from cchc_desk.actions.dossiers import progress
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.dossiers.scans import ScanKind
from tests.actions.conftest import keep_settings
from tests.actions.documents.test_scans import pdf, picture
from tests.ui.conftest import log_in, press
from tests.ui.questions import answer
from ui.documents.scan_preview import ScanDialog, picture_of
from ui.dossiers.dossier_page import DossierPage
from ui.shell.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window: Window) -> DossierPage:
    rows = progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))
    window.open_dossier(next(row.code for row in rows if not row.late))
    shown = window.page("dossier")
    assert isinstance(shown, DossierPage)
    return shown


def drop(page: DossierPage, *files: Path) -> bool:
    """Drag files over the page and let them go; False where the page takes none."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    copy = Qt.DropAction.CopyAction
    over = QDragEnterEvent(QPoint(50, 50), copy, data, button, none)
    over.ignore()
    QApplication.sendEvent(page, over)
    if over.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), copy, data, button, none))
    return over.isAccepted()


def kept(page: DossierPage) -> list[str]:
    return [scan.name for scan in scans.list_scans(page.desk, page.code)]


def shown(page: DossierPage) -> list[str]:
    found = page.scans.list
    return [found.item(row).text().partition("\n")[0] for row in range(found.count())]


def test_dropped_files_are_kept_shown_small_and_counted_and_the_wrong_one_says_why(
    window: Window, page: DossierPage, tmp_path: Path
) -> None:
    for name, content in (("a.jpg", picture()), ("b.pdf", pdf()), ("c.pdf", b"MZ")):
        (tmp_path / name).write_bytes(content)
    assert drop(page, *(tmp_path / name for name in ("a.jpg", "b.pdf", "c.pdf")))
    assert kept(page) == shown(page) == ["a.jpg", "b.pdf"]
    assert page.tabs[3].text() == "Bản chụp (2)  ·  4"
    assert page.scans.isVisible()
    assert not any(page.scans.list.item(row).icon().isNull() for row in range(2))
    assert "không phải PDF" in window.notices.text
    assert not drop(page)


def test_a_picture_is_pasted_and_text_is_not(window: Window, page: DossierPage) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    QApplication.clipboard().setImage(image)
    press(window, Qt.Key.Key_V, CONTROL)
    assert kept(page) == ["ảnh dán.png"]
    QApplication.clipboard().setText("Nguyễn Thị Ánh Đào")
    press(window, Qt.Key.Key_V, CONTROL)
    assert kept(page) == ["ảnh dán.png"]


def test_one_is_chosen_opened_saved_and_put_away_and_taken_back(
    window: Window, page: DossierPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, target = tmp_path / "cccd.jpg", tmp_path / "exports" / "ra.jpg"
    file.write_bytes(picture())
    chosen = ([str(file)], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: chosen)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))
    press(window, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier)
    press(window, Qt.Key.Key_4)
    page.scans.list.setFocus()
    press(window, Qt.Key.Key_Return)
    (dialog,) = window.findChildren(ScanDialog)
    QApplication.processEvents()
    assert dialog.isActiveWindow()
    assert dialog.picture.pixmap().width() == 60
    QTest.keyClick(dialog, Qt.Key.Key_S, CONTROL)
    assert target.read_bytes() == file.read_bytes()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    window.activateWindow()
    QApplication.processEvents()
    page.scans.list.setFocus()
    press(window, Qt.Key.Key_Delete)
    answer(page, "Quét nhầm hồ sơ khác")
    assert kept(page) == shown(page) == []
    press(window, Qt.Key.Key_Z, CONTROL)
    assert kept(page) == shown(page) == ["cccd.jpg"]
    acts = [line.act for line in progress.show_dossier(page.desk, page.code).history]
    assert acts[-4:] == ["add-scan", "save-scan", "remove-scan", "restore-scan"]


def test_what_the_scanner_makes_is_offered_and_never_taken_by_itself(
    window: Window, page: DossierPage, tmp_path: Path
) -> None:
    folder = tmp_path / "scanner"
    folder.mkdir()
    (folder / "before.pdf").write_bytes(pdf())
    keep_settings(page.desk, {"scan_folder": str(folder)})
    page.scans.look()
    (folder / "quet 1.jpg").write_bytes(picture())
    page.scans.look()
    assert not page.scans.waiting  # it may not be written to its end
    (folder / "quet 2.jpg").write_bytes(picture(side=70))
    page.scans.look()
    page.scans.look()
    assert page.scans.offer.text() == "Có 2 tệp mới từ máy quét: quet 1.jpg, quet 2.jpg"
    assert "Có 2 tệp mới" in window.notices.text
    assert kept(page) == []
    press(window, Qt.Key.Key_R, CONTROL)
    assert page.scans.offer_row.isVisible()
    page.scans.take_waiting()
    assert sorted(kept(page)) == ["quet 1.jpg", "quet 2.jpg"]
    assert page.scans.offer_row.isHidden()
    (folder / "quet 3.jpg").write_bytes(picture(side=80))
    page.scans.look()
    page.scans.look()
    page.scans.dismiss()
    page.scans.look()
    assert page.scans.offer_row.isHidden()
    assert len(kept(page)) == 2


def test_an_administrator_sees_that_there_are_scans_but_none_of_them(
    window: Window, page: DossierPage
) -> None:
    scans.add_scan(page.desk, page.code, "a.jpg", picture())
    code = page.code
    page.refresh()
    assert not page.scans.list.item(0).icon().isNull()
    log_in(window, "dung")
    window.open_dossier(code)
    assert shown(page) == ["a.jpg"]
    assert page.scans.list.item(0).icon().isNull()
    assert not page.scans.open_button.isEnabled()
    assert "dành cho" in page.scans.add_button.toolTip()


def test_a_picture_and_a_page_are_drawn_within_the_side(qapp: QApplication) -> None:
    small = picture_of(picture("PNG", 400), ScanKind.PNG, 100)
    assert (small.width(), small.height()) == (100, 100)
    assert picture_of(b"nothing", ScanKind.PDF, 100).isNull()
    page = picture_of(pdf(), ScanKind.PDF, 100)
    assert max(page.width(), page.height()) in (100, 101)
