"""The one-page history with its check code, and personal details taken away after their time."""

import re
from collections.abc import Callable
from datetime import datetime

import pypdfium2
import pytest

from cchc_desk.actions.data import upkeep
from cchc_desk.actions.documents import printing
from cchc_desk.actions.dossiers import anonymise, progress, steps
from cchc_desk.actions.dossiers.steps import Return
from cchc_desk.actions.intake import before_acceptance, intake
from cchc_desk.actions.lateness import letters
from cchc_desk.actions.papers import one_page_history
from cchc_desk.domain.dossiers.dossier import How
from cchc_desk.errors import Refused
from cchc_desk.papers.layout import codes
from cchc_desk.papers.layout.sheet import Sheet
from cchc_desk.session import Desk
from cchc_desk.store.engine.database import run
from cchc_desk.store.engine.dialects.words import words_of
from cchc_desk.store.engine.tables import metadata
from tests.actions.conftest import TableClock, become, make_intake
from tests.engines import ON_POSTGRESQL, by_hand
from tests.papers.forms.test_read_back import joined, squeezed

Printed = Callable[[], tuple[str, str, bytes]]
LATER = datetime(2032, 1, 5, 9, 0)


@pytest.fixture
def code(desk: Desk, clock: TableClock) -> str:
    """A late dossier, passed on, supplemented, apologised for, returned and closed."""
    code = intake.accept_dossier(desk, make_intake(limit="2 giờ")).code
    steps.hand_over(desk, [code], "binh", note="gửi anh Bình, chị Đào chờ")
    steps.request_supplement(desk, code, "Chị Đào thiếu bản sao", ["Bản sao của chị Đào"])
    steps.supplement_brought(desk, code)
    become(desk, "chi")
    letter = letters.draft_and_sign(
        desk, code, "volume", letters.propose_new_due(desk, code), "Chị Đào nộp đông"
    )
    clock.now = datetime(2026, 11, 26, 9, 0)
    letters.deliver_letter(desk, letter.id, How.COUNTER, "chị Đào")
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, Return("Nguyễn Thị Ánh Đào", authority="ủy quyền của chị Đào"))
    return code


def check_on(pdf: bytes) -> str:
    """The check code as the page shows it."""
    found = re.search(r"\d+(-[0-9A-F]{4}){3}", joined(pdf))
    assert found
    return found[0]


@pytest.fixture
def printed(desk: Desk, code: str, monkeypatch: pytest.MonkeyPatch) -> Printed:
    """Prints the page: its check code, what its QR holds, and the page itself."""
    held: list[str] = []
    draw = codes.qr

    def note(sheet: Sheet, value: str, x: float, y: float, side: float, alt: str) -> None:
        held.append(value)
        draw(sheet, value, x, y, side, alt)

    monkeypatch.setattr(codes, "qr", note)

    def print_it() -> tuple[str, str, bytes]:
        pdf = printing.paper_pdf(desk, code, "history")
        return check_on(pdf), held[-1], pdf

    return print_it


def test_the_page_tells_every_act_by_name_on_one_page(
    desk: Desk, code: str, printed: Printed
) -> None:
    check, _, pdf = printed()
    told = squeezed(joined(pdf))
    for words in (
        "LÝ LỊCH HỒ SƠ", code, "Bàn giao từ Nguyễn Thị Hoài An sang Trần Quốc Bình",
        "Yêu cầu bổ sung số 01/HDHS", "Ký thư xin lỗi số 01/PXL-UBND",
        "Trả kết quả tại quầy cho Nguyễn Thị Ánh Đào", check,
    ):  # fmt: skip
        assert squeezed(words) in told
    assert len(pypdfium2.PdfDocument(pdf)) == 1


def test_the_desk_that_issued_it_checks_by_its_ledger_whatever_came_later(
    desk: Desk,
    code: str,
    printed: Printed,
) -> None:
    check, _, _ = printed()
    printing.log_printed(desk, code, "history")
    steps.undo(desk, code, "trả nhầm người")
    assert one_page_history.check_history(desk, check, code).ledger is True
    wrong = check[:-1] + ("0" if check[-1] != "0" else "1")
    assert not one_page_history.check_history(desk, wrong, code).ok
    assert not one_page_history.check_history(desk, "x", code).ok


def test_another_desk_checks_by_the_qr_alone(
    desk: Desk,
    code: str,
    printed: Printed,
) -> None:
    check, scan, _ = printed()
    with by_hand(desk.folder) as connection:  # another desk: it does not know the dossier
        connection.execute(
            "UPDATE dossiers SET code = 'H13.999-200101-0001' WHERE code = ?", (code,)
        )
    found = one_page_history.check_history(desk, check, scan=scan)
    assert (found.ok, found.ledger, found.code) == (True, None, code)
    assert found.lines[0].startswith(f"{code}|Nguyễn Thị Ánh Đào|")
    assert found.lines[-1].endswith("|Lê Mai Chi")
    assert not one_page_history.check_history(desk, "9-0000-0000-0000", scan=scan).ok
    with pytest.raises(Refused, match="Không có hồ sơ"):
        one_page_history.check_history(desk, check, code)


@pytest.mark.parametrize("scan", ["CCHC1:", "CCHC1:ABC", "CCHC1:MFRGGZDFMZTWQ2LK", "{}", "đ" * 40])
def test_a_qr_of_something_else_is_refused(desk: Desk, scan: str) -> None:
    with pytest.raises(Refused, match="không phải của giấy lý lịch"):
        one_page_history.check_history(desk, "1-0000-0000-0000", scan=scan)


def test_a_life_too_long_for_a_qr_is_still_one_page_and_checked_by_the_ledger(
    desk: Desk,
    printed: Printed,
    code: str,
) -> None:
    for number in range(15):
        steps.shelve(
            desk, code, f"kệ {number}, hộp {number * 7919 % 1000}, phòng lưu trữ tầng {number % 5}"
        )
    pdf = printing.paper_pdf(desk, code, "history")
    assert check_on(pdf).startswith("24-")
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert one_page_history.check_history(desk, check_on(pdf), code).ledger


# --- people taken off -----------------------------------------------------------------------------


def every_text(desk: Desk) -> str:
    """Every text of the database, and how many dossiers its index finds, as one string."""
    tables = {*metadata.tables, *(["row_changes"] if ON_POSTGRESQL else [])} - {"officials"}
    with desk.read() as connection:
        rows = [
            row for table in tables for row in run(connection, f"SELECT * FROM {table}").fetchall()
        ]
        words = words_of(connection)
        asked = {"matching": words.word("folded", "dao"), "limit": 9}
        found = run(connection, words.find, asked).fetchall()
    return f"{rows} found={len(found)}"


def test_people_leave_and_the_ledger_still_holds(desk: Desk, code: str, clock: TableClock) -> None:
    assert "Đào" in every_text(desk)
    assert "found=1" in every_text(desk)
    head = upkeep.verify_ledger(desk).head
    clock.now = LATER
    become(desk, "dung")
    assert anonymise.anonymise(desk, code, "Hết thời hạn lưu trữ").applicant.name == "(đã ẩn danh)"
    left = every_text(desk)
    assert "Đào" not in left
    assert "092190001234" not in left
    assert "found=0" in left
    assert upkeep.verify_ledger(desk, head).problems == ()
    view = progress.show_dossier(desk, code)
    assert view.problems == ()
    assert [line.words for line in view.history if line.act == "anonymise"] == [
        "Ẩn danh thông tin cá nhân: Hết thời hạn lưu trữ"
    ]
    assert view.dossier.first.due == datetime(2026, 11, 23, 13, 30)
    assert printing.paper_pdf(desk, code, "history")


def test_what_stands_in_the_place_of_the_old_details_is_sealed_too(
    desk: Desk, code: str, clock: TableClock
) -> None:
    clock.now = LATER
    become(desk, "dung")
    anonymise.anonymise(desk, code, "Hết thời hạn lưu trữ")
    with by_hand(desk.folder) as connection:
        connection.execute("UPDATE journal_details SET details = '{}' WHERE seq = 3")
    assert (
        upkeep.verify_ledger(desk).problems[0]
        == "Chi tiết của mục số 3 trong sổ cái đã bị sửa hoặc mất."
    )
    assert progress.show_dossier(desk, code).problems


@pytest.mark.parametrize("changed", ['{"dropped_draft": "bà Đào"}', "bà Đào"])
def test_details_that_somebody_changed_lose_their_people_too_and_stay_a_break(
    desk: Desk, code: str, clock: TableClock, changed: str
) -> None:
    with by_hand(desk.folder) as connection:
        connection.execute("UPDATE journal_details SET details = ? WHERE seq = 3", (changed,))
    broken = "Chi tiết của mục số 3 trong sổ cái đã bị sửa hoặc mất."
    assert broken in progress.show_dossier(desk, code).problems
    clock.now = LATER
    become(desk, "dung")
    anonymise.anonymise(desk, code, "Hết thời hạn lưu trữ")
    assert broken in progress.show_dossier(desk, code).problems
    assert broken in upkeep.verify_ledger(desk).problems


def test_what_came_from_the_portal_forgets_its_form_too(desk: Desk, clock: TableClock) -> None:
    before_acceptance.register_online(
        desk, make_intake(limit="2 giờ"), "G22.99-1", datetime(2026, 11, 23, 9, 0)
    )
    code = intake.accept_dossier(desk, make_intake(limit="2 giờ", portal_code="G22.99-1")).code
    steps.mark_ready(desk, code)
    steps.return_result(desk, code, Return("Nguyễn Thị Ánh Đào"))
    clock.now = LATER
    become(desk, "dung")
    anonymise.anonymise(desk, code, "Hết thời hạn lưu trữ")
    assert "Đào" not in every_text(desk)
    assert upkeep.verify_ledger(desk).problems == ()


@pytest.mark.parametrize(
    ("who", "when", "says"),
    [
        ("an", LATER, "dành cho quản trị"),
        ("dung", datetime(2031, 11, 26, 8, 59), "từ 5 năm trở lên"),
    ],
)
def test_not_by_everybody_and_not_before_the_time(
    desk: Desk, code: str, clock: TableClock, who: str, when: datetime, says: str
) -> None:
    clock.now = when
    become(desk, who)
    with pytest.raises(Refused, match=says):
        anonymise.anonymise(desk, code, "Hết thời hạn lưu trữ")


def test_once_is_enough(desk: Desk, code: str, clock: TableClock) -> None:
    clock.now = LATER
    become(desk, "dung")
    anonymise.anonymise(desk, code, "Hết thời hạn lưu trữ")
    with pytest.raises(Refused, match="ẩn danh rồi"):
        anonymise.anonymise(desk, code, "Hết thời hạn lưu trữ")
