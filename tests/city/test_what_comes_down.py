"""What the city sends down: shown against what the desk has, taken or left by a person, and the way
back.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

import resources
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.city import sending, updates
from cchc_desk.actions.data import opening, upkeep
from cchc_desk.actions.intake import intake
from cchc_desk.actions.office import office_calendar
from cchc_desk.city import news
from cchc_desk.city.office import City
from cchc_desk.domain.city import Arrival
from cchc_desk.errors import Refused, Trouble
from cchc_desk.session import Desk
from tests.actions.conftest import TableClock, become, make_intake
from tests.city.conftest import OTHER_WARD, WARD, Served, enrol

HEADER = (
    "code,name,field,effective_from,effective_to,limit_direct,limit_online,limit_post,limit_status,fee,\
fee_exemptions,result,decision,mark,source"
)
ROW = (
    "1.001193,Thủ tục đăng ký khai sinh,Hộ tịch,2026-11-23,,2 ngày làm việc,,,confirmed,,,"
    "Giấy khai sinh,QĐ,[G],thử"
)


@pytest.fixture
def desk(make_desk: Callable[..., Desk], served: Served) -> Desk:
    made = make_desk()
    enrol(made, served.city)
    sending.send(made)
    return made


def come_down(desk: Desk) -> Arrival:
    """The newest thing that came, with the leader at the desk."""
    assert sending.send(desk).trouble == ""
    become(desk, "chi")
    return next(one for one in sending.state(desk).arrivals if one.number)


def csv(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "tep.csv"
    file.write_text(text, encoding="utf-8-sig")
    return file


def test_a_catalogue_holds_from_its_day_and_goes_back_until_it_was_used(
    served: Served, desk: Desk, tmp_path: Path
) -> None:
    body = news.table_body("catalogue", csv(tmp_path, f"{HEADER}\n{ROW}\n"), None, "")
    news.publish(served.city, "catalogue", "Danh mục tháng 11", body, "thu")
    one = come_down(desk)
    (change,) = updates.changes(desk, one.number)
    assert change.what.startswith("1.001193 Thủ tục đăng ký khai sinh, từ 23/11/2026")
    assert "2 ngày làm việc" in change.after
    become(desk, "an")
    with pytest.raises(Refused, match="dành cho"):
        updates.take(desk, one.number)
    become(desk, "chi")
    assert updates.take(desk, one.number).state == "taken"
    assert updates.changes(desk, one.number) == ()
    found = next(v for v in catalogue.find_procedures(desk, "1.001193") if v.code == "1.001193")
    assert found.decision == "QĐ"
    assert updates.undo(desk, one.number).state == "undone"
    assert next(v for v in catalogue.find_procedures(desk, "1.001193")).decision != "QĐ"
    with pytest.raises(Refused, match="đã được quyết định"):
        updates.take(desk, one.number)
    news.publish(served.city, "catalogue", "Danh mục tháng 11, lần hai", body, "thu")
    again = come_down(desk)
    updates.take(desk, again.number)
    code = intake.accept_dossier(desk, make_intake(limit=None)).code
    with pytest.raises(Refused, match=code):
        updates.undo(desk, again.number)


def test_what_no_paper_can_print_is_not_taken_from_the_city(
    served: Served, desk: Desk, tmp_path: Path
) -> None:
    row = ROW.replace("Giấy khai sinh", "Giấy khai sinh 🙂")
    body = news.table_body("catalogue", csv(tmp_path, f"{HEADER}\n{row}\n"), None, "")
    news.publish(served.city, "catalogue", "Danh mục lạ", body, "thu")
    one = come_down(desk)
    with pytest.raises(Refused, match=r"hình biểu cảm.*«🙂».*báo thành phố") as refused:
        updates.take(desk, one.number)
    assert refused.value.code == "news-body"
    assert updates.leave(desk, one.number).state == "rejected"


def test_law_takes_the_place_of_the_regimes_and_goes_back(
    served: Served, desk: Desk, clock: TableClock
) -> None:
    regimes = json.loads(resources.read_text("law/regimes.json"))
    regimes[-1]["late_share"] = "1/50"
    news.publish(served.city, "law", "Đường trễ hẹn mới", {"regimes": regimes}, "thu")
    one = come_down(desk)
    (change,) = updates.changes(desk, one.number)
    assert (change.what, change.before, change.after) == ("2025: đường trễ hẹn", "1/20", "1/50")
    updates.take(desk, one.number)
    assert desk.regime_today().late_share == Fraction(1, 50)
    reopened = opening.open_desk(desk.folder, clock)
    assert reopened.regime_today().late_share == Fraction(1, 50)
    reopened.close()
    updates.undo(desk, one.number)
    assert desk.regime_today().late_share == Fraction(1, 20)
    news.publish(served.city, "law", "Thiếu một chế độ", {"regimes": regimes[1:]}, "thu")
    lacking = come_down(desk)
    with pytest.raises(Refused, match="thiếu 2018"):
        updates.take(desk, lacking.number)
    assert updates.leave(desk, lacking.number).state == "rejected"


def test_a_calendar_still_wants_its_second_person(
    served: Served, desk: Desk, tmp_path: Path
) -> None:
    days = (
        "date,kind,name,document\n2027-01-01,off,Tết Dương lịch,TB\n2027-09-02,off,Quốc khánh,TB\n"
    )
    body = news.table_body("calendar", csv(tmp_path, days), 2027, "Thông báo 1234/TB-BNV")
    news.publish(served.city, "calendar", "Lịch năm 2027", body, "thu")
    one = come_down(desk)
    assert any(
        change.what == "02/09/2027" or change.after == ""
        for change in updates.changes(desk, one.number)
    )
    assert updates.take(desk, one.number).state == "taken"
    (entered,) = [year for year in office_calendar.entered_years(desk) if year.year == 2027]
    assert (entered.confirmed, len(entered.days), entered.document) == (
        None,
        2,
        "Thông báo 1234/TB-BNV",
    )
    with pytest.raises(Refused, match="không xóa"):
        updates.undo(desk, one.number)
    become(desk, "dung")
    office_calendar.confirm_year(desk, entered.id)
    assert 2027 in desk.calendar.confirmed_years


@pytest.mark.one_pc("a trigger put into the file")
def test_a_calendar_is_entered_and_decided_together_or_not_at_all(
    served: Served, desk: Desk, tmp_path: Path
) -> None:
    days = "date,kind,name,document\n2027-01-01,off,Tết Dương lịch,TB\n"
    body = news.table_body("calendar", csv(tmp_path, days), 2027, "Thông báo 1234/TB-BNV")
    news.publish(served.city, "calendar", "Lịch năm 2027", body, "thu")
    one = come_down(desk)
    before = upkeep.verify_ledger(desk)
    with desk.database.write() as connection:  # the file fails where the arrival is decided
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON arrivals BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    with pytest.raises(Trouble, match="full"):
        updates.take(desk, one.number)
    assert [year for year in office_calendar.entered_years(desk) if year.year == 2027] == []
    with desk.database.write() as connection:  # what the program did not make is a finding itself
        connection.exec_driver_sql("DROP TRIGGER full")
    assert upkeep.verify_ledger(desk) == before
    assert updates.take(desk, one.number).state == "taken"
    (entered,) = [year for year in office_calendar.entered_years(desk) if year.year == 2027]
    answer = upkeep.verify_ledger(desk)
    assert (answer.problems, answer.entries) == (before.problems, before.entries + 2)
    assert entered.id == "lich-2027-1"


def test_messages_go_to_their_ward_and_come_once(
    served: Served, desk: Desk, make_desk: Callable[..., Desk], clock: TableClock
) -> None:
    other = make_desk("quay-2", OTHER_WARD)
    enrol(other, served.city)
    news.publish(served.city, "message", "Riêng", {"text": "Chỉ cho Ninh Kiều"}, "thu", WARD)
    news.publish(served.city, "message", "Chung", {"text": "Cho mọi nơi"}, "thu")
    for _time in range(2):
        sending.send(desk)
        sending.send(other)
    titles = [
        [one.title for one in sending.state(each).arrivals if one.kind == "message"]
        for each in (desk, other)
    ]
    assert titles == [["Chung", "Riêng"], ["Chung"]]
    totals = next(one for one in sending.state(desk).arrivals if one.kind == "totals")
    assert totals.body["desks"] == 1
    clock.now += timedelta(days=1)
    sending.send(desk)
    assert sum(one.kind == "totals" for one in sending.state(desk).arrivals) == 1


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("catalogue", {"rows": [{"code": "x"}]}),
        ("catalogue", {}),
        ("calendar", {"year": "2027", "document": "TB", "days": []}),
        ("calendar", {"year": 2027, "document": "TB", "days": [{"date": "ngày nào đó"}]}),
        ("law", {"regimes": [{}]}),
        ("message", {"text": "  "}),
        ("message", {}),
    ],
)
def test_what_no_desk_could_take_is_not_sent(
    city: City, kind: str, body: dict[str, object]
) -> None:
    with pytest.raises(Refused) as refused:
        news.publish(city, kind, "Tiêu đề", body, "thu")
    assert refused.value.code == "news-body"
