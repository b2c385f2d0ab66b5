"""The return page: what is highlighted at the left is what stands at the right and is returned."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from cchc_desk.actions.dossiers import progress, steps
from cchc_desk.actions.intake import intake
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.people.applicant import Submitter
from tests.actions.conftest import make_intake
from tests.ui.conftest import press, write
from ui.dossiers.return_page import ReturnPage
from ui.shell.window import Window
from ui.widgets.tables.when_empty import WhenEmpty

COPIES = "2.000815"  # its full name takes five lines


@pytest.fixture
def page(window: Window) -> ReturnPage:
    """Three results wait to be fetched at least."""
    rows = progress.find_dossiers(window.desk, status=frozenset({Status.RECEIVED}))
    for row in rows[:3]:
        steps.mark_ready(window.desk, row.code)
    press(window, Qt.Key.Key_F4)
    shown = window.page("return")
    assert isinstance(shown, ReturnPage)
    return shown


def highlighted(page: ReturnPage) -> list[str]:
    rows = {index.row() for index in page.table.selectedIndexes()}
    return [page.table.dossiers.rows[row].code for row in rows]


def at_the_right(page: ReturnPage) -> list[str]:
    return [page.view.dossier.code] if page.view else []


def test_nothing_is_highlighted_before_somebody_is_chosen(page: ReturnPage) -> None:
    assert (highlighted(page), at_the_right(page)) == ([], [])
    assert not page.give.isEnabled()


def test_the_right_side_follows_the_cursor_by_arrows_and_by_a_click(
    window: Window, page: ReturnPage
) -> None:
    press(window, Qt.Key.Key_Down)
    first = highlighted(page)
    assert len(first) == 1
    assert at_the_right(page) == first
    press(window, Qt.Key.Key_Down)
    assert at_the_right(page) == highlighted(page) != first
    cell = page.table.visualRect(page.table.dossiers.index(0, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert at_the_right(page) == highlighted(page) == first
    assert page.who.text() == page.to_name.text() != ""


def test_after_a_return_the_last_citizen_stands_nowhere(window: Window, page: ReturnPage) -> None:
    press(window, Qt.Key.Key_Down)
    (code,), name = at_the_right(page), page.who.text()
    press(window, Qt.Key.Key_F9)
    assert progress.show_dossier(window.desk, code).dossier.status is Status.RETURNED
    assert (highlighted(page), at_the_right(page)) == ([], [])
    assert name not in page.who.text() + page.about.text() + page.to_name.text()
    press(window, Qt.Key.Key_F9)
    assert "chọn hồ sơ trước" in window.notices.text


def test_a_scan_highlights_its_line(window: Window, page: ReturnPage) -> None:
    press(window, Qt.Key.Key_Down)
    wanted = page.table.dossiers.rows[-1].code
    window.scanned(wanted)
    assert highlighted(page) == at_the_right(page) == [wanted]


def test_the_procedure_has_its_short_name_and_who_brings_the_receipt_their_relation(
    window: Window,
) -> None:
    brought = replace(
        make_intake(procedure=COPIES), submitter=Submitter("Trần Văn Đức", "", "", "con")
    )
    code = intake.accept_dossier(window.desk, brought).code
    steps.mark_ready(window.desk, code)
    press(window, Qt.Key.Key_F4)
    page = window.page("return")
    assert isinstance(page, ReturnPage)
    window.scanned(code)
    lines = page.about.text().splitlines()
    assert "Chứng thực bản sao" in lines
    assert "Người nộp: Trần Văn Đức (con)" in lines
    assert len(page.about.toolTip()) > len("Chứng thực bản sao")


def test_a_list_that_a_search_has_emptied_does_not_say_that_nothing_waits(
    window: Window, page: ReturnPage
) -> None:
    write(page.code, "Nguyễn Văn Không Có")
    press(window, Qt.Key.Key_Return)
    assert not page.table.dossiers.rows
    said = page.table.findChildren(WhenEmpty)[0]
    assert said.isVisible()
    assert "khớp với nội dung vừa gõ" in said.text()
