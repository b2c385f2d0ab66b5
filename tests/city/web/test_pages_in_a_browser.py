"""The city's pages in a real Chromium: on a desk's screen and on a phone, light and dark, by
keyboard, by axe-core.
"""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from cchc_desk.actions.city import sending
from cchc_desk.actions.data import doubts, opening
from cchc_desk.city import news, officers
from cchc_desk.city.officers import OfficerRole
from cchc_desk.domain.papers.check_codes import CheckText, scan_of
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become
from tests.city.conftest import OTHER_WARD, WARD, Served, enrol, later_by
from tests.city.test_no_personal_data import fill
from tests.engines import copy_desk, put_back

pytestmark = pytest.mark.sweep

PASSWORD = "một mật khẩu dài"
AXE = Path(__file__).parents[3] / ".venv" / "axe.min.js"
ROADS = ("/", f"/ward/{WARD}", "/strikes", "/alarms", "/desks", "/news", "/papers")
ROADS_OF_NOTHING = (
    f"/ward/{OTHER_WARD}",
    "/?only=tripped",
    "/strikes?period=2025",
    "/?period=2025-q1&order=owed",
)  # looked at once
_TEN = datetime(2026, 11, 23, 10, 0)
UNSIGNED = scan_of(CheckText("receipt", f"{WARD}-261123-0001", "Đào", _TEN, _TEN, "", "An")).text()
SCREENS = ((1366, 768, "light"), (390, 844, "dark"))  # each layout once, each colour once


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, not one that Playwright would download."""
    with sync_playwright() as playwright:
        found = next(
            path
            for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser")
            if Path(path).exists()
        )
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=found, args=sandbox)
        yield opened
        opened.close()


@pytest.fixture
def busy(served: Served, make_desk: Callable[..., Desk], clock: TableClock) -> Served:
    """A city with something on every page: lateness, strikes, a ledger alarm, a ward that never
    sent, a message.
    """
    desk = make_desk()
    enrol(desk, served.city)
    sending.send(desk)
    kept = desk.folder / "kept"
    copy_desk(desk.folder, kept)
    fill(desk, clock)
    later_by(clock, hours=1)
    sending.send(desk)
    desk.close()
    put_back(kept, desk.folder)  # the machine burned, the desk goes on from an old copy
    old = opening.open_desk(desk.folder, clock)
    become(old, "chi")
    sending.send(old)
    doubts.confirm_state(old, "ổ đĩa hỏng, dùng bản sao cũ")
    fill(old, clock)
    sending.send(old)
    old.close()
    officers.keep_officer(served.city, "thu", "Trần Thị Thu", OfficerRole.OFFICER, PASSWORD, "test")
    news.publish(served.city, "message", "Họp giao ban", {"text": "8 giờ thứ Hai"}, "thu")
    return served


def open_page(
    browser: Browser, served: Served, width: int, height: int, scheme: str
) -> tuple[Page, list[str]]:
    """A page in which nobody is logged in, and the list of what its console complains of."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        base_url=served.url,
        bypass_csp=True,  # so that axe may run; no page has a script of its own
    )
    page, complaints = context.new_page(), []
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_default_timeout(10_000)
    return page, complaints


def log_in(page: Page) -> None:
    """By keyboard alone."""
    page.goto("/login")
    page.keyboard.press("Tab")  # past the way to the content
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("thu")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")


def problems(page: Page) -> list[str]:
    """What axe-core finds serious or critical."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then(result => result.violations)")
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


@pytest.mark.usefixtures("read_log")
def test_every_page_on_every_screen(browser: Browser, busy: Served) -> None:
    pictures = os.environ.get("PICTURES")
    for width, height, scheme in SCREENS:
        page, complaints = open_page(browser, busy, width, height, scheme)
        page.goto("/login")
        assert problems(page) == []
        log_in(page)
        for road in (*ROADS, *(ROADS_OF_NOTHING if (width, scheme) == (390, "dark") else ())):
            page.goto(road)
            assert problems(page) == [], f"{road} {width} {scheme}"
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{road} is wider than the screen ({wide} > {width})"
            if pictures:
                name = road.replace("/", "_").replace("?", "_")
                page.screenshot(path=f"{pictures}/{name}-{width}-{scheme}.png", full_page=True)
        assert complaints == []
        page.context.close()


@pytest.mark.usefixtures("read_log")
def test_an_officer_works_by_keyboard(browser: Browser, busy: Served) -> None:
    page, complaints = open_page(browser, busy, 1366, 768, "light")
    log_in(page)
    first = page.locator("tbody tr").first
    assert "Phường Ninh Kiều" in first.inner_text()
    assert "%" in first.inner_text()
    assert "chưa báo lần nào" in page.locator("tbody tr", has_text="Phường Cái Khế").inner_text()
    page.get_by_role("link", name="1 báo động sổ cái chưa xác minh").press("Enter")
    page.locator(".alarms .open", has_text="Sổ cái của quầy ngắn lại").wait_for()
    page.get_by_label("Đã xác minh thế nào").fill("Máy hỏng, quầy khôi phục bản sao ngày 23/11")
    page.keyboard.press("Enter")
    page.locator(".alarms .seen", has_text="Máy hỏng, quầy khôi phục bản sao ngày 23/11").wait_for()
    page.get_by_role("link", name="Xã, phường", exact=True).press("Enter")
    page.get_by_label("Kỳ").select_option("2026-11")
    page.get_by_role("button", name="Xem").press("Enter")
    page.wait_for_url("**period=2026-11**")
    with page.expect_download() as sheet:
        page.get_by_role("link", name="Tải bảng tính").press("Enter")
    assert sheet.value.suggested_filename == "cac-don-vi-2026-11.xlsx"
    page.get_by_role("link", name="Quầy", exact=True).press("Enter")
    with page.expect_download() as invitation:
        page.get_by_role("button", name="Tải tệp mời").press("Enter")
    assert invitation.value.suggested_filename.startswith("moi-H13.")
    page.get_by_role("link", name="Gửi xuống", exact=True).press("Enter")
    page.get_by_label("Tiêu đề").fill("Nhắc báo số liệu")
    page.get_by_label("Nội dung").fill("Đề nghị các quầy kiểm tra đường truyền.")
    page.get_by_role("button", name="Ký và gửi").press("Enter")
    page.locator("tbody tr", has_text="Nhắc báo số liệu").wait_for()
    page.get_by_role("link", name="Kiểm tra giấy", exact=True).press("Enter")
    page.get_by_label("Chữ đọc được từ mã QR").wait_for()
    page.keyboard.type(UNSIGNED)  # as a scanner does: the field has the focus
    page.keyboard.press("Enter")
    page.locator("tbody tr", has_text="Mã kiểm tra").wait_for()
    assert "không có chữ ký" in page.locator("h2").inner_text()
    assert problems(page) == []
    if pictures := os.environ.get("PICTURES"):
        page.screenshot(path=f"{pictures}/_papers-found.png", full_page=True)
    page.get_by_role("button", name="Đăng xuất").press("Enter")
    page.wait_for_url("**/login")
    assert complaints == []
    page.context.close()
