"""What citizens ask about their own data, by the days of the law and the office's calendar."""

from datetime import date, datetime

import pytest

from cchc_desk.actions.data import personal_data, upkeep
from cchc_desk.actions.data.personal_data import NewRequest
from cchc_desk.actions.exports import leaving
from cchc_desk.actions.papers import personal_data_folder
from cchc_desk.domain.personal_data import CitizenRequest, Outcome
from cchc_desk.errors import Refused
from cchc_desk.session import Desk
from tests.actions.conftest import WHY, TableClock, become
from tests.papers.forms.test_read_back import joined, squeezed

YEAR = date(2026, 1, 1), date(2026, 12, 31)


def asks(desk: Desk, kind: str, **other: object) -> CitizenRequest:
    new = NewRequest(kind, "Võ Thị Em", "0912345678", "Hồ sơ khai sinh", **other)  # type: ignore[arg-type]
    return personal_data.take_request(desk, new)


@pytest.mark.parametrize(
    ("kind", "answer_by"),
    [
        ("see", date(2026, 12, 3)),  # 10 days on from Monday 23 November
        ("copy", date(2026, 12, 3)),
        ("correct", date(2026, 12, 3)),
        ("restrict", date(2026, 12, 8)),  # 15
        ("object", date(2026, 12, 8)),
        ("delete", date(2026, 12, 14)),  # the 20th is a Sunday
    ],
)
def test_a_request_has_the_days_of_the_law_by_the_offices_calendar(
    desk: Desk, kind: str, answer_by: date
) -> None:
    request = asks(desk, kind)  # the 24th is a holiday
    assert (request.acknowledge_by, request.answer_by) == (date(2026, 11, 26), answer_by)
    assert request.number_text == "01/2026-YCDL"


def test_a_request_is_acknowledged_extended_once_and_answered(
    desk: Desk, clock: TableClock
) -> None:
    number = asks(desk, "see").number_text
    assert [one.number_text for one in personal_data.due_requests(desk)] == [number]
    clock.now = datetime(2026, 11, 24, 9, 0)
    personal_data.acknowledge(desk, number)
    assert personal_data.due_requests(desk) == ()  # the answer is nine days away
    with pytest.raises(Refused, match="dành cho"):
        personal_data.answer(desk, number, Outcome.GRANTED, "Đã cho xem")
    become(desk, "chi")
    longer = personal_data.extend(desk, number, "Hồ sơ lưu ở kho")
    assert longer.answer_by == date(2026, 12, 14)  # the 13th is a Sunday
    with pytest.raises(Refused) as refused:
        personal_data.extend(desk, number, "Lại chưa xong")
    assert refused.value.code == "extended-once"
    clock.now = datetime(2026, 12, 11, 9, 0)
    assert personal_data.due_requests(desk) == (longer,)
    done = personal_data.answer(desk, number, Outcome.GRANTED, "Đã cho xem tại quầy")
    assert personal_data.due_requests(desk) == ()
    assert personal_data.requests(desk, *YEAR) == (done,)
    with pytest.raises(Refused) as refused:
        personal_data.answer(desk, number, Outcome.REFUSED, "Thôi")
    assert refused.value.code == "request-done"
    assert upkeep.verify_ledger(desk).ok


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "sell"}, "request-kind"),
        ({"received": datetime(2026, 11, 23, 10, 1)}, "received-future"),
        ({"code": "H13.999-261123-4444"}, "unknown-dossier"),
    ],
)
def test_nonsense_is_refused(desk: Desk, change: dict[str, object], code: str) -> None:
    kind = str(change.pop("kind", "see"))
    with pytest.raises(Refused) as refused:
        asks(desk, kind, **change)
    assert refused.value.code == code
    for number in ("", "x", "1", "01/2026", "99999999999/2026", "٠١/2026"):
        with pytest.raises(Refused):
            personal_data.acknowledge(desk, number)


def test_the_folder_is_one_set_and_leaves_with_a_reason(desk: Desk, clock: TableClock) -> None:
    number = asks(desk, "delete").number_text
    become(desk, "chi")
    personal_data.note_breach(desk, clock.now, "Mất máy tính", "Danh sách", 12, "Đã khóa máy")
    with pytest.raises(Refused) as refused:
        personal_data_folder.folder(desk, *YEAR, "")
    assert refused.value.code == "reason-missing"
    personal_data_folder.folder(desk, *YEAR, WHY)
    told = squeezed(joined(personal_data_folder.folder(desk, *YEAR, WHY)))
    for words in (
        "91/2025/QH15",
        number,
        "Võ Thị Em",
        "Xóa dữ liệu",
        "14/12/2026",
        "Mất máy tính",
        "10:00 ngày 26/11/2026",  # 72 hours on
        "năm sau khi hồ sơ đóng",
        "lãnh đạo, quản trị",
        WHY,  # of the first print, in the export log
    ):
        assert squeezed(words) in told, words
    assert "[G]" not in told
    assert "[I]" not in told
    assert len(leaving.export_log(desk, *YEAR)) == 2
    become(desk, "an")
    with pytest.raises(Refused, match="dành cho"):
        personal_data_folder.folder(desk, *YEAR, WHY)


def test_a_sheet_without_a_breach_is_one_to_fill_in(desk: Desk) -> None:
    become(desk, "dung")
    sheet = squeezed(joined(personal_data_folder.breach_sheet(desk)))
    assert squeezed("báo trong 72 giờ") in sheet
    assert "…" in sheet
