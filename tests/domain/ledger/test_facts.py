"""The facts of the ledger: each act's sentence from what its entry holds, and entries that hold
something else.
"""

import json
from typing import Any

import pytest

from cchc_desk.domain.ledger.entry import RawEntry
from cchc_desk.domain.ledger.facts import (
    BY_ACT,
    DossierFacts,
    Envelope,
    WrongShape,
    brought_home,
    known_envelope,
    read,
    read_envelope,
)

NAMES = {"an": "Trần Văn An", "binh": "Lê Thị Bình"}
LETTER, SLIP = "thư-1", "phiếu-1"
ACCEPTED = {
    "procedure": "Đăng ký khai sinh",
    "procedure_code": "1.001193",
    "limit": "1 ngày làm việc",
    "due": "2026-11-25T10:00",
    "regime": "61",
    "name": "Nguyễn Thị Đào",
    "id_number": "092190001234",
    "papers": 2,
    "late_entry_minutes": 0,
}
RETURNED = {
    "returned_to": "Nguyễn Thị Đào",
    "returned_how": "post",
    "papers_back": "",
    "letters_owed": 0,
    "authority": "",
    "originals": "",
}
DRAFTED = {
    "letter": LETTER,
    "cause": "K1",
    "reason": "Thiếu người",
    "new_due": "2026-11-26T10:00",
    "responsible": "binh",
    "own_fault": None,
}
HAND_OVER = {"giver": "an", "receiver": "binh", "step": "Thẩm định", "agency": "", "note": ""}
REQUESTED = {"number": "05/PBS-UBND", "reason": "Thiếu", "items": ["Bản sao", "Ảnh"]}
WENT_ON = {"due": "2026-11-27T10:00", "moved": True, "note": ""}
PAUSED = {"kind": "opinion", "reason": "Hỏi Công an", "stops_clock": True}
ENDED = {"reason": "Đổi ý", "number": "", "letters_owed": 0}
FIXED = {"cause": "K1", "step": "Thẩm định", "official": "binh", "own_fault": None, "over": 90}
MOVED = {"calendar": "Lịch năm 2027", "before": "2027-01-04T10:00", "after": "2027-01-05T10:00"}

CORRECTED = {
    "reason": "Gõ thiếu",
    "before": {"name": "Đào", "phone": ""},
    "after": {"name": "Nguyễn Thị Ánh Đào", "phone": "0912345678"},
}
SENTENCES: list[tuple[str, dict[str, Any], str]] = [
    ("accept", ACCEPTED, "Tiếp nhận «Đăng ký khai sinh», hẹn trả 10:00 ngày 25/11/2026"),
    (
        "accept",
        ACCEPTED | {"late_entry_minutes": 40},
        "Tiếp nhận «Đăng ký khai sinh», hẹn trả 10:00 ngày 25/11/2026, nhập muộn",
    ),
    (
        "certify",
        {"volume": "01/2026-SCT/BS", "numbers": [7, 8], "copies": 5, "signer": "binh", "fee": 9000},
        "Chứng thực 5 bản, số 07, 08, quyển số 01/2026-SCT/BS; ký: Lê Thị Bình",
    ),
    ("ready", {}, "Có kết quả"),
    ("ready", {"dropped_draft": LETTER}, "Có kết quả"),
    ("return", RETURNED, "Trả kết quả qua bưu chính cho Nguyễn Thị Đào"),
    (
        "return",
        RETURNED | {"letters_owed": 1},
        "Trả kết quả qua bưu chính cho Nguyễn Thị Đào; còn nợ thư xin lỗi",
    ),
    (  # as schema 1 wrote it
        "return",
        {"to": "Nguyễn Thị Đào", "letters_owed": 0},
        "Trả kết quả cho Nguyễn Thị Đào",
    ),
    (
        "notify",
        {"how": "phone", "in_time": True},
        "Báo trước cho công dân qua điện thoại",
    ),
    (
        "notify",
        {"how": "message", "in_time": False},
        "Báo trước cho công dân bằng tin nhắn (muộn so với quy định báo trước)",
    ),
    ("draft-letter", DRAFTED, "Soạn thư xin lỗi: Thiếu người"),
    ("draft-letter", DRAFTED | {"reason": ""}, "Soạn thư xin lỗi, chưa có lý do"),
    (
        "draft-letter",
        {"dropped_draft": LETTER},
        "Bỏ thư xin lỗi đã soạn, vì hồ sơ xong đúng hẹn",
    ),
    ("sign-letter", {"letter": LETTER, "number": "07/PXL-UBND"}, "Ký thư xin lỗi số 07/PXL-UBND"),
    (
        "sign-letter",
        {"letter": LETTER, "number": "07/PXL-UBND", "new_due": "2026-11-26T10:00"},
        "Ký thư xin lỗi số 07/PXL-UBND, hẹn lại 10:00 ngày 26/11/2026",
    ),
    (
        "sign-letter",
        {"signed_paper": LETTER, "certificate": "Lê Mai Chi", "sha256": "ab" * 32},
        "Ký số văn bản đã ký (chứng thư của Lê Mai Chi)",
    ),
    ("deliver-letter", {"letter": LETTER, "how": "counter"}, "Trao thư xin lỗi tại quầy"),
    ("hand-over", HAND_OVER, "Bàn giao Trần Văn An → Lê Thị Bình: Thẩm định"),
    (  # an official who is no longer in the list keeps the log-in name
        "hand-over",
        HAND_OVER | {"receiver": "giang", "agency": "Công an phường"},
        "Bàn giao Trần Văn An → giang: Thẩm định, gửi Công an phường",
    ),
    ("request", REQUESTED, "Yêu cầu bổ sung số 05/PBS-UBND: Bản sao; Ảnh"),
    (
        "request",
        REQUESTED | {"broken_notice": False},
        "Yêu cầu bổ sung số 05/PBS-UBND: Bản sao; Ảnh",
    ),
    (
        "request",
        REQUESTED | {"broken_notice": True},
        "Yêu cầu bổ sung số 05/PBS-UBND: Bản sao; Ảnh "
        "(yêu cầu lần đầu vào ngày hẹn trả hoặc sau đó)",
    ),
    ("freeze", {"report": "ii-06a"}, "Chốt số liệu báo cáo ii-06a"),
    (
        "remind",
        {"number": "01/PĐĐ", "time": 2, "asker": "citizen", "how": "phone", "words": "Bao giờ?"}
        | {"holder": "an", "receiver": "binh", "answer_by": "2026-11-27T10:00"},
        "Công dân đôn đốc lần 2 qua điện thoại (phiếu 01/PĐĐ), gửi Lê Thị Bình, trả lời trước "
        "10:00 ngày 27/11/2026: Bao giờ?",
    ),
    (
        "answer-reminder",
        {"numbers": ["01/PĐĐ"], "answer": "Mai có", "in_time": False},
        "Trả lời đôn đốc 01/PĐĐ (quá giờ): Mai có",
    ),
    ("tell", {"how": "phone"}, "Báo công dân nội dung cần bổ sung qua điện thoại"),
    (
        "supplement",
        WENT_ON,
        "Công dân đã bổ sung; hạn trả chuyển sang 10:00 ngày 27/11/2026",
    ),
    ("resume", WENT_ON | {"moved": False}, "Hết tạm dừng"),
    (
        "pay",
        WENT_ON,
        "Đã thực hiện nghĩa vụ tài chính; hạn trả chuyển sang 10:00 ngày 27/11/2026",
    ),
    ("pause", PAUSED, "Lấy ý kiến cơ quan khác (dừng tính thời gian): Hỏi Công an"),
    (
        "oblige",
        PAUSED | {"kind": "obligation", "stops_clock": False},
        "Chờ nghĩa vụ tài chính (thời gian vẫn tính): Hỏi Công an",
    ),
    ("withdraw", ENDED, "Công dân rút hồ sơ: Đổi ý"),
    ("withdraw", {"reason": ""}, "Công dân rút hồ sơ"),
    (
        "stop",
        ENDED | {"number": "03/TB-UBND"},
        "Dừng giải quyết (thông báo số 03/TB-UBND): Đổi ý",
    ),
    ("undo", {"reason": "Nhầm", "undone": 9}, "Hoàn tác «đã xử lý xong»: Nhầm"),
    (
        "fix-responsibility",
        FIXED,
        "Xác định trách nhiệm: Lê Thị Bình, bước Thẩm định, quá 90 phút, chưa kết luận lỗi",
    ),
    (
        "fix-responsibility",
        FIXED | {"official": None, "own_fault": False, "over": None},
        "Xác định trách nhiệm: chưa rõ người, bước Thẩm định, không do lỗi cá nhân",
    ),
    (
        "fix-responsibility",
        FIXED | {"own_fault": True, "over": 0},
        "Xác định trách nhiệm: Lê Thị Bình, bước Thẩm định, do lỗi cá nhân",
    ),
    (
        "fix-responsibility",
        FIXED | {"own_fault": True, "over": 0, "document": "CV 5/SNV"},
        "Xác định trách nhiệm: Lê Thị Bình, bước Thẩm định, do lỗi cá nhân; cấp trên quyết định "
        "tại CV 5/SNV",
    ),
    (
        "fix-responsibility",
        {"reported_up": "binh", "cause": "K1"},
        "Báo cấp trên xác định trách nhiệm của Lê Thị Bình",
    ),
    (
        "object",
        {"official": "binh", "objection": "Tôi nghỉ phép"},
        "Ý kiến của Lê Thị Bình: Tôi nghỉ phép",
    ),
    ("shelve", {"place": "Kệ A3"}, "Để hồ sơ tại Kệ A3"),
    ("shelve", {"place": ""}, "Lấy hồ sơ khỏi nơi để"),
    (
        "forward",
        {"agency": "UBND xã Bản A", "forward_by": "2026-11-24T11:30", "in_time": True},
        "Chuyển hồ sơ nhận thay tới UBND xã Bản A",
    ),
    (
        "forward",
        {"agency": "UBND xã Bản A", "forward_by": "2026-11-24T11:30", "in_time": False},
        "Chuyển hồ sơ nhận thay tới UBND xã Bản A (quá hạn chuyển 11:30 ngày 24/11/2026)",
    ),
    (
        "agency-received",
        {"agency": "UBND xã Bản A", "received": "2026-11-24T09:00", "due": "2026-11-27T09:00"},
        "UBND xã Bản A nhận hồ sơ lúc 09:00 ngày 24/11/2026, "
        "hạn của cơ quan ấy 09:00 ngày 27/11/2026",
    ),
    (
        "move-due",
        MOVED,
        "Lịch làm việc đổi (Lịch năm 2027): hạn trả chuyển từ 10:00 ngày 04/01/2027 "
        "sang 10:00 ngày 05/01/2027",
    ),
    ("visit", {"moment": "taking-in", "done": ["hello"]}, "Tự chấm «4 xin, 4 luôn»"),
    (
        "rate",
        {"stage": "return", "faces": 5, "told": None, "corrected": None},
        "Công dân đã đánh giá",
    ),
    (
        "anonymise",
        {"reason": "Công dân yêu cầu", "rewritten": {"3": "0f"}},
        "Ẩn danh thông tin cá nhân: Công dân yêu cầu",
    ),
    (
        "correct",
        CORRECTED,
        "Sửa thông tin: họ tên «Đào» → «Nguyễn Thị Ánh Đào»; điện thoại «trống» → «0912345678». "
        "Lý do: Gõ thiếu",
    ),
    (
        "correct",
        CORRECTED | {"due_before": "2026-11-24T10:00", "due": "2026-11-27T10:00"},
        "Sửa thông tin: họ tên «Đào» → «Nguyễn Thị Ánh Đào»; điện thoại «trống» → «0912345678»; "
        "hẹn trả 10:00 ngày 24/11/2026 → 10:00 ngày 27/11/2026 (chưa in giấy nào). "
        "Lý do: Gõ thiếu",
    ),
    ("cancel", {"reason": "Nhập hai lần"}, "Hủy do nhập sai: Nhập hai lần"),
    (
        "undo",
        {"taken_back": "hand-over", "reason": "Nhầm người"},
        "Hoàn tác «bàn giao»: Nhầm người",
    ),
    (
        "watch",
        {
            "system": "VNPT iGate",
            "sha256": "ab",
            "row": 7,
            "procedure": "Khai sinh",
            "received": "2026-11-20T08:00",
            "due": "2026-11-27T10:00",
            "name": "Đào",
        },
        "Theo dõi từ danh sách VNPT iGate, dòng 7: hẹn trả 10:00 ngày 27/11/2026",
    ),
    (
        "watch",
        {
            "system": "Trang một cửa",
            "sha256": "ab",
            "row": 0,
            "procedure": "Khai sinh",
            "received": "2026-11-20T08:00",
            "due": "2026-11-27T10:00",
            "name": "Đào",
        },
        "Theo dõi từ biên nhận Trang một cửa: hẹn trả 10:00 ngày 27/11/2026",
    ),
    (
        "keep-receipt",
        {"text": "Mã số hồ sơ: H57.132-261104-0583", "sha256": "ab", "system": "Trang một cửa"},
        "Giữ văn bản biên nhận đã dán của Trang một cửa",
    ),
    (
        "learn-list",
        {"theirs": "H57.32-261123-0007"},
        "Cùng một hồ sơ với mã H57.32-261123-0007 trong danh sách của hệ thống khác",
    ),
    (
        "take-list",
        {"sha256": "ab", "row": 7, "finished": "2026-11-26T09:00", "how": "ready"},
        "Danh sách ghi đã có kết quả lúc 09:00 ngày 26/11/2026",
    ),
    ("print", {"kind": "receipt", "times": 2}, "In giấy hẹn lần 2"),
    (
        "add-scan",
        {"scan": 3, "name": "cccd.jpg", "kind": "jpg", "size": 9, "sha256": "0f"},
        "Thêm bản chụp số 3: cccd.jpg",
    ),
    ("remove-scan", {"scan": 3, "reason": "Quét nhầm"}, "Bỏ bản chụp số 3: Quét nhầm"),
    ("restore-scan", {"scan": 3}, "Lấy lại bản chụp số 3 vừa bỏ"),
    ("save-scan", {"scan": 3}, "Lưu bản chụp số 3 ra tệp"),
    ("print", {"kind": "apology", "times": 1, "letter": LETTER}, "In thư xin lỗi lần 1"),
    (
        "away-both",
        {"away": "a", "name": "Ấp 5", "acts": 2},
        "Quầy lưu động Ấp 5 cũng làm hồ sơ này (2 việc); chờ người quyết định",
    ),
    (
        "away-decide",
        {"away": "a", "name": "Ấp 5", "side": "home"},
        "Giữ bản của phường; việc của quầy lưu động Ấp 5 chỉ còn ghi ở đây",
    ),
    (
        "away-decide",
        {"away": "a", "name": "Ấp 5", "side": "away"},
        "Lấy bản của quầy lưu động Ấp 5; bản của phường chỉ còn ghi ở đây",
    ),
]


@pytest.mark.parametrize(("act", "details", "sentence"), SENTENCES)
def test_the_sentence_of_an_act(act: str, details: dict[str, Any], sentence: str) -> None:
    assert read(act, json.dumps(details)).sentence(NAMES) == sentence


def test_every_act_on_a_dossier_stands_in_the_table() -> None:
    of_dossiers = {
        act for act, kinds in BY_ACT.items() if any(issubclass(one, DossierFacts) for one in kinds)
    }
    assert {act for act, _details, _sentence in SENTENCES} == of_dossiers


@pytest.mark.parametrize(
    ("act", "details", "why"),
    [
        ("notify", {"how": "phone"}, "Notified lacks in_time"),
        ("draft-letter", {"cause": "K1"}, "Drafted lacks .*; DraftDropped lacks dropped_draft"),
        ("notify", {"how": "phone", "in_time": 1}, "Notified.in_time is a int"),
        ("undo", {"reason": "Nhầm", "undone": True}, "Undone.undone is a bool"),
        ("shelve", {"place": None}, "Shelved.place is a NoneType"),
        ("request", REQUESTED | {"items": "Bản sao"}, "Requested.items is a str"),
        ("accept", ACCEPTED | {"due": "mai"}, "Accepted.due is no moment"),
        ("accept", ACCEPTED | {"due": 20261125}, "Accepted.due is a int"),
        ("settings", {}, "lacks changes"),
    ],
)
def test_details_that_no_version_wrote(act: str, details: dict[str, Any], why: str) -> None:
    with pytest.raises(WrongShape, match=why):
        read(act, json.dumps(details))


@pytest.mark.parametrize(
    ("act", "details", "why"),
    [
        ("undo", {"reason": "Nhầm", "undone": 99}, "no status 99"),
        ("notify", {"how": "pigeon", "in_time": True}, "no words for pigeon"),
        ("print", {"kind": "poster", "times": 1}, "no words for poster"),
        ("pause", PAUSED | {"kind": "lunch"}, "no words for lunch"),
        # an answer to a registration stands in the portal's history, not in the dossier's
        ("accept", {"portal_code": "H13-1", "dossier": "H13-2"}, "Answered is no act on a dossier"),
        ("away-decide", {"away": "a", "name": "Ấp 5", "side": "nobody"}, "no side nobody"),
    ],
)
def test_facts_that_have_no_sentence(act: str, details: dict[str, Any], why: str) -> None:
    facts = read(act, json.dumps(details))
    with pytest.raises(WrongShape, match=why):
        facts.sentence(NAMES)


@pytest.mark.parametrize("details", ["", "{", "[]", "null", '"text"'])
def test_details_that_are_no_object(details: str) -> None:
    for reader in (read_envelope, lambda text: read("ready", text)):
        with pytest.raises(WrongShape, match="details are no"):
            reader(details)


@pytest.mark.parametrize(
    ("details", "envelope"),
    [
        ({}, Envelope()),
        ({"how": "phone", "entry_before": 0}, Envelope(entry_before=0)),
        (
            {"seal": "0f", "tables": {"dossiers": "1e"}, "broken_before": True},
            Envelope(seal="0f", tables={"dossiers": "1e"}, broken_before=True),
        ),
        ({"broken_tables": ["letters"]}, Envelope(broken_tables=("letters",))),
    ],
)
def test_the_proofs_beside_the_facts(details: dict[str, Any], envelope: Envelope) -> None:
    assert read_envelope(json.dumps(details)) == envelope


@pytest.mark.parametrize(
    "wrong", [{"seal": 5}, {"entry_before": "2"}, {"broken_tables": "letters"}]
)
def test_a_proof_of_a_wrong_type(wrong: dict[str, Any]) -> None:
    with pytest.raises(WrongShape, match="Envelope"):
        read_envelope(json.dumps(wrong))


@pytest.mark.parametrize(("act", "details"), [(act, details) for act, details, _ in SENTENCES])
def test_what_is_written_is_read_again(act: str, details: dict[str, Any]) -> None:
    facts = read(act, json.dumps(details))
    assert read(act, json.dumps(facts.encode())) == facts


@pytest.mark.parametrize("details", ["", "{", "[]", '{"seal": 3}', '{"entry_before": "x"}'])
def test_details_that_are_gone_or_damaged_prove_nothing(details: str) -> None:
    assert known_envelope(details) == Envelope()
    assert known_envelope('{"seal": "0f", "how": "phone"}') == Envelope(seal="0f")


def test_an_entry_that_an_away_desk_brings_home_names_the_entries_of_its_home() -> None:
    details = {"what": "receipt", "drawn_after": 7, "seal": "ab", "taken": [], "entry_before": 6}
    text = json.dumps(details)
    entry = RawEntry(
        9, "d", "2026-11-28T08:00", "e", "an", "print", "260-1", "", "", "h9", "", text
    )
    home = json.loads(brought_home(entry, 41, {7: 42}, with_seal=False))
    assert home == {
        "what": "receipt",
        "drawn_after": 42,
        "entry_before": 41,
        "at_away": {"seq": 9, "hash": "h9"},
    }
    unknown = json.loads(brought_home(entry, 41, {}, with_seal=True))
    assert (unknown["drawn_after"], unknown["seal"]) == (7, "ab")
