"""Receipts pasted from a page of another system: read for certain, watched, or refused."""

import random
import unicodedata
from datetime import datetime
from time import perf_counter

import pytest

from cchc_desk.actions.dossiers import correct, progress
from cchc_desk.actions.intake import intake
from cchc_desk.actions.lists import history, matching, receipts
from cchc_desk.actions.lists.preview import Verdict
from cchc_desk.domain.dossiers.dossier import Status
from cchc_desk.domain.ledger.facts.lists import ReceiptKept
from cchc_desk.domain.lists.watched import Difference
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from cchc_desk.store.ledger import journal
from tests.actions.conftest import become, desk, keep_settings, make_intake, ward

__all__ = ["desk", "ward"]

PAGE = """Trang chủ > Một cửa > Tra cứu
Mã số hồ sơ: {code} - Số phiếu: 26.10229
Công dân/ Tổ chức: LÊ THỊ BƯỞI
Điện thoại: 0905389330, Email:
Địa chỉ: Thôn Thủy Yên Hạ , Thành phố Huế
Tên hồ sơ: Đăng ký khai sinh
Ngày nhận: 10:56 {received}; ngày hẹn trả: 10:56 {due}.
In biên nhận · Đóng"""
CODE = "H57.132-261104-0583"


def page(code: str = CODE, received: str = "04/11/2026", due: str = "01/12/2026") -> str:
    return PAGE.format(code=code, received=received, due=due)


FORM = """GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ
Mã hồ sơ: 000.00.19.H47-261105-0001
(Liên: Lưu/Giao khách hàng)
Bộ phận tiếp nhận và trả kết quả: Xã An Bình
Tiếp nhận hồ sơ của: Lê Thị Bưởi
Địa chỉ: Ấp 2, xã An Bình
Số điện thoại: 0912 345 678 Email: buoi@example.vn
Số CMND/Thẻ căn cước/Hộ chiếu: 092190001234
Nội dung yêu cầu giải quyết: Đăng ký khai sinh có yếu tố nước
ngoài
1. Thành phần hồ sơ nộp gồm:
1. Tờ khai đăng ký khai sinh
2. Số lượng hồ sơ: 1 (bộ)
3. Thời gian giải quyết hồ sơ theo quy định là: 5 ngày làm việc
4. Thời gian nhận hồ sơ: 10 giờ 56 phút, ngày 05 tháng 11 năm 2026
5. Thời gian trả kết quả giải quyết hồ sơ: 16 giờ 30 phút, ngày 12/11/2026
6. Đăng ký nhận kết quả tại: quầy"""
BLOCKS = """Số hồ sơ
H13.31-261120-0007
Tên thủ tục hành chính
Đăng ký kết hôn
Chủ hồ sơ
Trần Văn Bảy
Ngày tiếp nhận\t20/11/2026 08:00:00
Ngày hẹn trả\t25/11/2026 16:00:00
Hạn xử lý toàn quy trình
24/11/2026 16:00:00 - 4 ngày
Trạng thái hồ sơ
Trả kết quả"""


def test_the_three_shipped_pages_are_read_whatever_stands_around_them(desk: Desk) -> None:
    found = receipts.preview_receipt(desk, page())
    (one,) = found.rows
    assert (one.row.code, one.verdict) == (CODE, Verdict.NEW)
    assert (one.row.owner, one.row.phone) == ("LÊ THỊ BƯỞI", "0905389330")
    assert one.row.received == datetime(2026, 11, 4, 10, 56)
    assert one.row.due == datetime(2026, 12, 1, 10, 56)
    assert found.list.reading.layout is not None
    assert found.list.reading.layout.key == "counter-page"
    assert found.list.receipt.startswith("Mã số hồ sơ: H57")
    assert found.list.receipt.endswith("10:56 01/12/2026.")

    (one,) = receipts.preview_receipt(desk, FORM).rows
    assert one.row.procedure == "Đăng ký khai sinh có yếu tố nước ngoài"
    assert one.row.received == datetime(2026, 11, 5, 10, 56)
    assert one.row.due == datetime(2026, 11, 12, 16, 30)

    found = receipts.preview_receipt(desk, BLOCKS)
    (one,) = found.rows
    assert found.list.reading.layout is not None
    assert found.list.reading.layout.system == "VNPT iGate"
    assert (one.row.owner, one.row.status) == ("Trần Văn Bảy", Status.RETURNED)
    assert one.row.due == datetime(2026, 11, 25, 16, 0)
    assert one.row.process_due == datetime(2026, 11, 24, 16, 0)  # another fact, never the promise


@pytest.mark.parametrize(
    "changed",
    [
        unicodedata.normalize("NFD", page()),
        page().replace("\n", "\r\n"),
        page().replace(" ", "\u00a0"),
        page().replace(":", " : ").replace("10 : 56", "10:56"),
        "\n\n".join(f"  • {line}" for line in page().splitlines()),
        page().upper(),
        page().replace("-", "\u2011"),
    ],
)
def test_the_dirt_of_pages_changes_nothing(desk: Desk, changed: str) -> None:
    (one,) = receipts.preview_receipt(desk, changed).rows
    assert one.row.code == CODE
    assert one.row.due == datetime(2026, 12, 1, 10, 56)
    assert one.row.owner.upper() == "LÊ THỊ BƯỞI"


def test_text_of_the_old_encodings_is_read(desk: Desk) -> None:
    from cchc_desk.domain.text.legacy_text import _TCVN3_LETTERS

    back = {letter: sign for sign, letter in _TCVN3_LETTERS.items()}
    old = "".join(back.get(char, char) for char in page().replace("Ư", "ư").lower())
    found = receipts.preview_receipt(desk, old)
    assert found.list.encoding == "TCVN3"
    assert found.rows[0].row.owner == "lê thị bưởi"
    assert found.rows[0].row.due == datetime(2026, 12, 1, 10, 56)


REFUSED = {
    "một bài thơ": "không phải biên nhận",
    "": "không phải biên nhận",
    "x" * 20_001: "quá dài",
    page(due="01/10/2026"): "trước ngày tiếp nhận",
    page(due="31/11/2026"): "không đọc được",
    page(due=""): "không đọc được",
    page(due="01/12/2036"): "quá xa",
    page(received="04/12/2026"): "sau hôm nay",
    page(received="04/03/2026"): "khác hẳn ngày trong mã",
    page(code="Đang cấp mã"): "không có mã hồ sơ",
    page().replace("ngày hẹn trả: 10:56 01/12/2026", ""): "không có ngày hẹn trả",
    page() + "\n" + page(code="H57.132-261104-0584"): "hai mã hồ sơ",
    page() + "\nNgày hẹn trả: 05/12/2026": "hai ngày hẹn trả",
    page() + "\nNgày hẹn trả: theo thông báo sau": "hai ngày hẹn trả",
    page().replace("LÊ THỊ BƯỞI", "04/11/2026"): "bị lẫn",
    BLOCKS.replace("Ngày hẹn trả\t25/11/2026 16:00:00\n", ""): "không có ngày hẹn trả",
    "Mã hồ sơ\tChủ hồ sơ\tNgày nhận\tNgày hẹn trả\nH1.2-261104-1\tAn\t04/11/2026\t05/11/2026": (
        "mã hồ sơ"
    ),
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_certain_is_refused_with_one_sentence_that_says_what_to_do(
    desk: Desk, text: str
) -> None:
    entries = progress.find_dossiers(desk)
    with pytest.raises(Refused) as refused:
        receipts.take_receipt(desk, text)
    assert refused.value.code == "receipt"
    assert REFUSED[text] in refused.value.message
    assert "Hãy" in refused.value.message
    assert progress.find_dossiers(desk) == entries


@pytest.mark.parametrize(
    ("first", "second"),
    [("10:56 01/12/2026", "01/12/2026"), ("01/12/2026", "10:56 01/12/2026")],
)
def test_of_a_promise_named_twice_the_one_with_its_hour_is_kept(
    desk: Desk, first: str, second: str
) -> None:
    text = page().replace("10:56 01/12/2026", first) + f"\nNgày hẹn trả: {second}"
    (row,) = receipts.preview_receipt(desk, text).rows
    assert row.row.due == datetime(2026, 12, 1, 10, 56)


def test_beside_the_first_promise_the_later_one_is_a_reappointment(desk: Desk) -> None:
    text = page() + "\nNgày hẹn trả ban đầu: 10:56 25/11/2026"
    (row,) = receipts.preview_receipt(desk, text).rows
    assert (row.row.due, row.row.next_due) == (
        datetime(2026, 11, 25, 10, 56),
        datetime(2026, 12, 1, 10, 56),
    )


def test_a_day_in_a_note_is_no_promise(desk: Desk) -> None:
    noted = page().replace("; ngày hẹn trả", ". Ghi chú: dân xin đổi ngày hẹn trả")
    with pytest.raises(Refused, match="không có ngày hẹn trả"):
        receipts.preview_receipt(desk, noted)


def test_a_receipt_is_watched_as_a_list_would_watch_it_and_its_text_is_kept(desk: Desk) -> None:
    taken = receipts.take_receipt(desk, page())
    assert taken.taken == 1
    view = progress.show_dossier(desk, CODE)
    assert (view.dossier.system, view.dossier.applicant.name) == ("Trang một cửa", "LÊ THỊ BƯỞI")
    assert view.dossier.due == datetime(2026, 12, 1, 10, 56)
    assert [line.act for line in view.history] == ["watch", "keep-receipt"]
    assert view.history[0].words.startswith("Theo dõi từ biên nhận Trang một cửa: hẹn trả")
    assert "Mã số hồ sơ: H57.132-261104-0583" in view.receipt
    assert "In biên nhận" not in view.receipt  # what stands around it is nobody's business
    assert history.taken_lists(desk) == []  # a receipt is no list
    with pytest.raises(Refused, match="đã có ở đây") as refused:
        receipts.take_receipt(desk, page().replace("\n", "\r\n"))
    assert refused.value.code == "receipt-known"


def test_another_due_moment_is_a_disagreement_and_the_promise_stays(desk: Desk) -> None:
    receipts.take_receipt(desk, page())
    later = page(due="05/12/2026")
    assert receipts.preview_receipt(desk, later).rows[0].verdict is Verdict.DIFFERS
    assert receipts.take_receipt(desk, later).taken == 0
    view = progress.show_dossier(desk, CODE)
    assert view.dossier.due == datetime(2026, 12, 1, 10, 56)
    assert [one.what for one in view.disagreements] == [Difference.DUE]


def test_another_receipt_says_nothing_of_the_one_before(desk: Desk) -> None:
    receipts.take_receipt(desk, page())
    receipts.take_receipt(desk, page(code="H57.132-261104-0584"))
    assert progress.show_dossier(desk, CODE).disagreements == ()


def test_identity_numbers_are_kept_only_where_they_are_wished(desk: Desk) -> None:
    receipts.take_receipt(desk, FORM)
    view = progress.show_dossier(desk, "000.00.19.H47-261105-0001")
    assert view.dossier.applicant.id_number == ""
    assert "092190001234" not in view.receipt
    assert "Số CMND/Thẻ căn cước/Hộ chiếu: •••" in view.receipt
    keep_settings(desk, {"receipt_identity": True})
    receipts.take_receipt(desk, FORM.replace("0001\n(", "0002\n("))
    view = progress.show_dossier(desk, "000.00.19.H47-261105-0002")
    assert view.dossier.applicant.id_number == "092190001234"
    assert "092190001234" in view.receipt


def test_an_identity_number_beside_a_name_is_left_out_and_a_code_of_figures_is_not(
    desk: Desk,
) -> None:
    text = page(code="112233445566").replace("LÊ THỊ BƯỞI", "LÊ THỊ BƯỞI (CCCD 092 190 001 234)")
    found = receipts.preview_receipt(desk, text)
    assert found.rows[0].row.owner == "LÊ THỊ BƯỞI"
    assert "LÊ THỊ BƯỞI (CCCD •••)" in found.list.receipt
    text = text.replace("CCCD 092 190 001 234", "092190001234")
    assert receipts.preview_receipt(desk, text).rows[0].row.owner == "LÊ THỊ BƯỞI"
    assert receipts.form_of(desk, found.list.receipt).code == "112233445566"


def test_what_was_cancelled_as_a_mistake_is_watched_or_taken_in_anew(desk: Desk) -> None:
    receipts.take_receipt(desk, page())
    correct.cancel(desk, CODE, "Dán nhầm")
    assert receipts.preview_receipt(desk, page()).rows[0].verdict is Verdict.SKIPPED
    with pytest.raises(Refused) as refused:
        receipts.take_receipt(desk, page())
    assert refused.value.code == "receipt-cancelled"
    form = receipts.form_of(desk, page(code="H57.132-261104-0590"))
    wanted = make_intake("Lê Thị Bưởi", receipt=form.text)
    for _time in range(2):
        dossier = intake.accept_dossier(desk, wanted)
        correct.cancel(desk, dossier.code, "Nhầm")
    dossier = intake.accept_dossier(desk, wanted)
    assert receipts.form_of(desk, form.text).ours == dossier.code


def test_a_text_full_of_signs_takes_no_time(desk: Desk) -> None:
    begun = perf_counter()
    for text in (": a" * 6_600, "Mã hồ sơ: " * 1_900, "a:\n" * 399, " " * 19_999, "\t" * 19_999):
        with pytest.raises(Refused):
            receipts.preview_receipt(desk, text)
    assert perf_counter() - begun < 5  # seconds, of a busy machine


def test_a_dossier_taken_in_from_a_receipt_is_its_dossier_from_then_on(desk: Desk) -> None:
    form = receipts.form_of(desk, page())
    assert (form.code, form.procedure, form.ours) == (CODE, "1.001193", "")
    assert (form.applicant.name, form.applicant.email) == ("LÊ THỊ BƯỞI", "")
    wanted = make_intake("Lê Thị Bưởi", received=datetime(2026, 11, 4, 10, 56), receipt=form.text)
    (doubt,) = [one for one in intake.warnings_for(desk, wanted) if "hệ thống kia" in one]
    assert "01/12/2026" in doubt
    assert "05/11/2026" in doubt
    dossier = intake.accept_dossier(desk, wanted)
    view = progress.show_dossier(desk, dossier.code)
    assert not view.dossier.watched
    assert view.receipt == form.text
    assert [line.act for line in view.history] == ["accept", "learn-list", "keep-receipt"]
    # Its promise is the desk's own; what is promised there is said beside it.
    assert [one.what for one in view.disagreements] == [Difference.DUE]
    assert receipts.form_of(desk, page()).ours == dossier.code
    with pytest.raises(Refused, match=dossier.code):
        receipts.take_receipt(desk, page(due=f"{dossier.due:%d/%m/%Y}").replace("10:56 ", ""))
    with pytest.raises(Refused) as refused:
        intake.accept_dossier(desk, wanted)
    assert refused.value.code == "receipt-known"
    assert len(progress.find_dossiers(desk, "Lê Thị Bưởi")) == 1


def test_a_receipt_that_is_probably_a_dossier_taken_in_here_is_named(desk: Desk) -> None:
    mine = intake.accept_dossier(desk, make_intake("Lê Thị Bưởi"))
    today = f"{mine.accepted:%d/%m/%Y}"
    text = page(received=today, due="01/12/2026", code="H57.132-261123-0001")
    (likely,) = matching.likely_same(desk, receipts.preview_receipt(desk, text))
    assert likely.ours == mine.code
    assert receipts.take_receipt(desk, text, likely.ours).taken == 0
    assert len(progress.find_dossiers(desk, "Lê Thị Bưởi")) == 1
    assert progress.show_dossier(desk, mine.code).receipt.startswith("Mã số hồ sơ")
    with pytest.raises(Refused, match=mine.code):
        receipts.take_receipt(desk, text, likely.ours)


def test_the_text_goes_with_the_people_it_names(desk: Desk) -> None:
    receipts.take_receipt(desk, page())
    with desk.write() as connection:
        journal.forget_people(connection, CODE, "(đã ẩn danh)")
        kept = [f for _e, f in journal.of_dossier(connection, CODE) if isinstance(f, ReceiptKept)]
    assert [one.text for one in kept] == ["(đã ẩn danh)"]
    assert len(kept[0].sha256) == 64


def test_a_processor_may_not_watch(desk: Desk) -> None:
    become(desk, "binh")
    with pytest.raises(Refused, match="người tiếp nhận"):
        receipts.take_receipt(desk, page())


def test_a_damaged_receipt_ends_in_a_right_reading_or_a_refusal(desk: Desk) -> None:
    """Cut, doubled, mixed and turned: no promise is read that the text does not name."""
    sources = {page(): "01/12", FORM: "12/11", BLOCKS: "25/11"}
    read = 0
    for number in range(400):
        dice = random.Random(f"receipt {number}")
        text = dice.choice(list(sources))
        lines = text.splitlines()
        for _change in range(dice.randrange(1, 4)):
            place = dice.randrange(len(lines))
            match dice.randrange(5):
                case 0:
                    del lines[place : place + dice.randrange(1, 3)]
                case 1:
                    lines.insert(place, dice.choice(lines or [""]))
                case 2:
                    at = dice.randrange(len(lines[place]) + 1)
                    lines[place : place + 1] = [lines[place][:at], lines[place][at:]]
                case 3:
                    lines[place] = " ".join((lines[place], *lines[place + 1 : place + 2]))
                case _:
                    dice.shuffle(lines)
            lines = lines or [""]
        try:
            (one,) = receipts.preview_receipt(desk, "\n".join(lines)).rows
        except Refused as refusal:
            assert "Hãy" in refusal.message  # noqa: PT017 - one of many tries
            continue
        read += 1
        assert one.row.due is not None
        assert f"{one.row.due:%d/%m}" == sources[text], (number, lines)
    assert read > 100
