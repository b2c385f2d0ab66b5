"""The page of the city over a real city on a real socket: enrol, send, a stick, what was refused,
what comes down.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cchc_desk.actions.intake import intake
from cchc_desk.city import enrolment, news, office
from cchc_desk.city.parcels import receive
from cchc_desk.sync import usb_file
from tests.actions.conftest import TableClock, make_intake
from tests.city.conftest import Served, serving
from tests.ui.conftest import MONDAY, MakeWindow, cells_of, press
from tests.ui.rooms import set_appearance
from ui.city.page import CityPage
from ui.shell.window import Window

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
CATALOGUE = """\
code,name,field,effective_from,effective_to,limit_direct,limit_online,limit_post,limit_status,\
fee,fee_exemptions,result,decision,mark,source
1.001193,Thủ tục đăng ký khai sinh,Hộ tịch,2026-12-01,,2 ngày làm việc,2 ngày làm việc,\
2 ngày làm việc,confirmed,,,Giấy khai sinh,QĐ thử,[G],thành phố
"""


@pytest.fixture
def window(make_window: MakeWindow, folder: Path) -> Window:
    """The window with the leader Chi at the desk, on the page of the city."""
    made = make_window(folder, "chi")
    press(made, Qt.Key.Key_F7, CTRL)
    return made


@pytest.fixture
def served(tmp_path: Path, window: Window) -> Iterator[Served]:
    clock = TableClock()
    clock.now = MONDAY
    office.found_city(
        tmp_path / "city", "Thành phố Cần Thơ", "http://127.0.0.1:1", practice=True
    ).database.close()
    city = office.open_city(tmp_path / "city", clock)
    enrolment.add_ward(city, window.desk.settings["unit_code"], "Phường Ninh Kiều", "test")
    with serving(city) as served:
        yield served
    city.database.close()


def page_of(window: Window) -> CityPage:
    page = window.page("city")
    assert isinstance(page, CityPage)
    return page


def cells(page: CityPage) -> list[tuple[str, ...]]:
    return cells_of(page.parcels)


def enrolled(window: Window, served: Served, tmp_path: Path) -> CityPage:
    page = page_of(window)
    file = tmp_path / "exports" / "moi.json"
    usb_file.write_invitation(
        file, enrolment.invite(served.city, window.desk.settings["unit_code"], "test")
    )
    page.enrol(file)
    return page


def test_the_city_stands_on_the_rail_once_it_is_asked_for_or_there_is_one(
    make_window: MakeWindow, folder: Path, served: Served, tmp_path: Path
) -> None:
    window = make_window(folder, "chi")
    tab = window.frame.tabs["city"]
    assert not tab.isVisible()
    press(window, Qt.Key.Key_F7, CTRL)
    assert tab.isVisible()
    enrolled(window, served, tmp_path)
    window.close()
    again = make_window(folder, "an")
    assert again.frame.tabs["city"].isVisible()


def test_before_the_city_has_invited_the_page_says_what_to_do(window: Window) -> None:
    page = page_of(window)
    assert page.where.text() == "Chưa ghi danh với thành phố nào."
    assert "Alt+M" in page.said.text()
    press(window, Qt.Key.Key_F9)
    assert "chưa ghi danh" in window.notices.text
    assert not window.frame.tabs["city"].waiting.isVisible()


def test_enrolling_sends_everything_and_each_parcel_has_its_receipt(
    window: Window, served: Served, tmp_path: Path
) -> None:
    page = enrolled(window, served, tmp_path)
    assert page.where.text() == f"Thành phố Cần Thơ · {served.url}"
    assert page.said.text() == "Thành phố đã có đủ số liệu đến hôm nay."
    assert [state for _made, _days, state, _why in cells(page)] == [
        f"biên nhận số {n}" for n in (3, 2, 1)
    ]
    assert "Thành phố đã nhận, biên nhận số 1, 2, 3." in window.notices.text
    assert page.totals.text().startswith("Cả đơn vị năm 2026 (1 quầy): trễ ")
    press(window, Qt.Key.Key_F9)
    assert "không còn gì phải gửi" in window.notices.text


def test_without_a_line_what_waits_says_why_and_a_stick_takes_it(
    window: Window, served: Served, tmp_path: Path
) -> None:
    page = enrolled(window, served, tmp_path)
    with window.desk.database.write() as connection:
        from cchc_desk.actions.city.replies import city_of
        from cchc_desk.store.office import registers

        city = city_of(connection)
        assert city is not None
        registers.keep_setting(connection, "city", vars(replace(city, url="http://127.0.0.1:1")))
        registers.days_changed(connection, MONDAY.date(), MONDAY.date(), "")
    window.desk.clock = lambda: MONDAY + timedelta(days=1)
    press(window, Qt.Key.Key_F9)
    state, why = cells(page)[0][2:]
    assert state == "đang chờ"
    assert why == "Chưa nối được với thành phố; việc ở quầy vẫn làm như thường, có mạng sẽ tự gửi."
    assert page.said.text() == "2 ngày chờ gửi."
    assert window.frame.tabs["city"].accessibleName() == "Thành phố: 2 ngày chờ gửi thành phố"
    up, down = tmp_path / "exports" / "len.cchc", tmp_path / "exports" / "xuong.cchc"
    page.write_bag(up)
    assert "Đã ghi 1 gói ra len.cchc" in window.notices.text
    served.city.clock.now = MONDAY + timedelta(days=1)  # type: ignore[attr-defined]
    usb_file.write_bag(down, receive.take_file(served.city, usb_file.read_bag(up)).lines)
    page.take_file(down)
    assert cells(page)[0][2] == "biên nhận số 4"
    assert page.said.text() == "Thành phố đã có đủ số liệu đến hôm nay."


def test_what_the_city_refused_waits_for_a_person(
    window: Window, served: Served, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = enrolled(window, served, tmp_path)
    window.desk.clock = lambda: MONDAY + timedelta(days=2)  # the desk's clock runs two days ahead
    press(window, Qt.Key.Key_F9)
    assert cells(page)[0][2] == "bị từ chối"
    assert "Đồng hồ của quầy chạy trước giờ thành phố" in page.why.text()
    caplog.clear()
    caplog.get_records("call").clear()
    window.desk.clock = lambda: MONDAY + timedelta(minutes=5)
    press(window, Qt.Key.Key_H, ALT)
    assert cells(page)[0][2] == "đã thay bằng gói sau"
    press(window, Qt.Key.Key_F9)
    assert page.said.text() == "Thành phố đã có đủ số liệu đến hôm nay."


def test_a_catalogue_shows_what_it_would_change_is_taken_and_taken_back(
    window: Window, served: Served, tmp_path: Path
) -> None:
    page = enrolled(window, served, tmp_path)
    file = tmp_path / "danh-muc.csv"
    file.write_text(CATALOGUE, encoding="utf-8")
    news.publish(
        served.city,
        "catalogue",
        "Danh mục tháng 12",
        news.table_body("catalogue", file, None, ""),
        "test",
    )
    news.publish(
        served.city, "message", "Họp giao ban", {"text": "8 giờ thứ Hai, mời lãnh đạo dự."}, "test"
    )
    press(window, Qt.Key.Key_F9)
    listed = cells_of(page.news)
    assert [(kind, title) for _n, kind, title, _state in listed] == [
        ("tin nhắn", "Họp giao ban"),
        ("danh mục thủ tục", "Danh mục tháng 12"),
    ]
    assert page.body.text() == "8 giờ thứ Hai, mời lãnh đạo dự."
    page.news.setFocus()
    press(window, Qt.Key.Key_Down)
    assert "1.001193 Thủ tục đăng ký khai sinh, từ 01/12/2026" in page.body.text()
    assert "2 ngày làm việc" in page.body.text()
    press(window, Qt.Key.Key_A, ALT)
    assert cells_of(page.news)[1][3] == "đã nhận"
    press(window, Qt.Key.Key_U, ALT)
    assert cells_of(page.news)[1][3] == "đã hoàn tác"


def test_what_came_down_is_read_without_scrolling_sideways(
    window: Window, served: Served, tmp_path: Path
) -> None:
    page = enrolled(window, served, tmp_path)
    file = tmp_path / "danh-muc.csv"
    file.write_text(CATALOGUE, encoding="utf-8")
    body = news.table_body("catalogue", file, None, "")
    news.publish(served.city, "catalogue", "Danh mục thủ tục từ 01/12/2026", body, "test")
    press(window, Qt.Key.Key_F9)
    for size in (100, 112, 150, 200):
        window.resize(1366, 740)
        set_appearance(window, size=size)
        for _time in range(4):
            QApplication.processEvents()
        for table in (page.news, page.parcels):
            assert table.horizontalScrollBar().maximum() == 0
        last = page.news.columnViewportPosition(3) + page.news.columnWidth(3)
        assert last <= page.news.viewport().width()


def test_an_invitation_of_another_ward_is_refused_beside_the_keys(
    window: Window, served: Served, tmp_path: Path
) -> None:
    enrolment.add_ward(served.city, "H13.77", "Phường Khác", "test")
    file = tmp_path / "exports" / "moi.json"
    usb_file.write_invitation(file, enrolment.invite(served.city, "H13.77", "test"))
    page = page_of(window)
    page.enrol(file)
    assert "của đơn vị H13.77" in page.error.text()
    file.write_text("{}")
    page.enrol(file)
    assert "không phải tệp mời" in page.error.text()


def test_new_days_go_by_themselves_when_it_is_time(
    window: Window, served: Served, tmp_path: Path
) -> None:
    page = enrolled(window, served, tmp_path)
    before = len(cells(page))
    window.desk.clock = lambda: MONDAY + timedelta(minutes=20)
    intake.accept_dossier(window.desk, make_intake())
    window.courier.each_minute()
    assert len(cells(page)) == before  # not yet half an hour
    window.desk.clock = lambda: MONDAY + timedelta(minutes=31)
    served.city.clock.now = MONDAY + timedelta(minutes=31)  # type: ignore[attr-defined]
    window.courier.each_minute()
    assert cells(page)[0][1:3] == ("1", "biên nhận số 4")
    window.courier.each_minute()
    assert len(cells(page)) == before + 1
