"""Procedures: read from the catalogue's rows, the right version on a day, local codes, when the
clerk must confirm.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

import resources
from cchc_desk.domain.law.procedure import (
    FEE_UNKNOWN,
    Channel,
    LimitStatus,
    PaperLabel,
    ProcedureVersion,
    ProcessStep,
    fee_for_citizen,
    match_code,
    planned_step,
    procedures_from_rows,
    version_on,
)

ROW = {
    "code": "1.004222",
    "name": "Đăng ký thường trú",
    "field": "Đăng ký, quản lý cư trú",
    "effective_from": "2026-07-17",
    "effective_to": "",
    "limit_direct": "7 ngày làm việc",
    "limit_online": "7 ngày làm việc",
    "limit_post": "",
    "limit_status": "confirmed",
    "fee": "20.000 đồng/lần",
    "fee_exemptions": "miễn: đối tượng tại Điều 4 Thông tư 75/2022/TT-BTC",
    "result": "Cập nhật thông tin",
    "decision": "1523/QĐ-BCA-C06",
    "mark": "[V]",
    "source": "Cổng Dịch vụ công quốc gia, 2026-07-17",
}
FORM = {
    "name": "Tờ khai thay đổi thông tin cư trú (CT01)",
    "original": 1,
    "certified": 0,
    "copy": 0,
    "required": True,
}
PAPERS: Mapping[str, Mapping[str, object]] = {"1.004222": {"frequent": 10, "papers": [FORM]}}


def read(papers: Mapping[str, Mapping[str, object]] = PAPERS, **other: str) -> ProcedureVersion:
    return procedures_from_rows([ROW | other], papers)[0]


def test_a_row_and_its_papers_become_a_version() -> None:
    version = read()
    assert (version.code, version.name) == ("1.004222", "Đăng ký thường trú")
    assert (version.effective_from, version.effective_to) == (date(2026, 7, 17), None)
    assert version.limits[Channel.DIRECT] == ("7 ngày làm việc",)
    assert version.limits[Channel.POST] == ()
    assert version.papers == (PaperLabel("Tờ khai thay đổi thông tin cư trú (CT01)", original=1),)
    assert version.frequent == 10


def test_a_procedure_without_papers_is_not_a_frequent_one() -> None:
    version = read(papers={})
    assert version.papers == ()
    assert version.frequent is None


def test_several_limits_of_a_channel_keep_their_order() -> None:
    version = read(limit_direct="2 ngày làm việc; 30 ngày", limit_status="several")
    assert version.limits[Channel.DIRECT] == ("2 ngày làm việc", "30 ngày")


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("code", "1.00422"),
        ("code", "1.004222.H13"),
        ("code", "١.٠٠٤٢٢٢"),
        ("effective_from", "17/07/2026"),
        ("effective_to", "mai"),
        ("limit_status", "maybe"),
    ],
)
def test_a_wrong_row_is_named(column: str, text: str) -> None:
    with pytest.raises(
        ValueError, match=f"catalogue row {text if column == 'code' else '1.004222'}"
    ):
        procedures_from_rows([ROW | {column: text}], {})


def test_a_missing_column_is_named() -> None:
    row = {key: text for key, text in ROW.items() if key != "fee_exemptions"}
    with pytest.raises(ValueError, match=r"1\.004222: 'fee_exemptions'"):
        procedures_from_rows([row], {})


@pytest.mark.parametrize(
    "known",
    [
        {"papers": "Tờ khai"},
        {"papers": [{"label": "Tờ khai"}]},
        {"papers": [FORM], "frequent": "10"},
        {"papers": [FORM], "pauses": "opinion"},
        {"papers": [FORM], "pauses": ["lunch"]},
    ],
)
def test_wrong_papers_are_named(known: Mapping[str, object]) -> None:
    with pytest.raises(ValueError, match=r"catalogue row 1\.004222"):
        read(papers={"1.004222": known})


@pytest.mark.parametrize(
    ("status", "direct", "asks"),
    [
        ("confirmed", "7 ngày làm việc", False),
        ("confirmed", "", True),  # nothing is known of this channel
        ("several", "2 ngày làm việc; 30 ngày", True),
        ("several", "30 ngày", True),
        ("unverified", "trong ngày", True),
        ("unknown", "", True),
    ],
)
def test_only_one_certain_limit_needs_no_confirmation(status: str, direct: str, asks: bool) -> None:
    assert read(limit_status=status, limit_direct=direct).needs_confirmation(Channel.DIRECT) is asks


def test_confirmation_is_asked_for_per_channel() -> None:
    version = read()
    assert not version.needs_confirmation(Channel.ONLINE)
    assert version.needs_confirmation(Channel.POST)


OLD = replace(
    read(), effective_from=date(2024, 1, 1), effective_to=date(2026, 6, 30), decision="cũ"
)
NEW = replace(read(), effective_from=date(2026, 7, 1), effective_to=None, decision="mới")
ENDED = replace(NEW, effective_to=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("versions", "day", "expected"),
    [
        ([OLD, NEW], date(2026, 6, 30), OLD),
        ([OLD, NEW], date(2026, 7, 1), NEW),
        ([NEW, OLD], date(2026, 7, 1), NEW),  # whatever their order
        ([NEW, OLD], date(2020, 8, 3), OLD),  # before all of them: the oldest known
        ([OLD, ENDED], date(2026, 12, 31), ENDED),
        ([OLD, ENDED], date(2027, 1, 1), None),  # abolished
        ([], date(2026, 7, 1), None),
    ],
)
def test_version_on_a_day(
    versions: list[ProcedureVersion], day: date, expected: ProcedureVersion | None
) -> None:
    assert version_on(versions, day) == expected


def test_a_version_that_ended_early_leaves_a_gap() -> None:
    later = replace(NEW, effective_from=date(2026, 9, 1))
    assert version_on([OLD, later], date(2026, 8, 1)) is None


@pytest.mark.parametrize(
    "text",
    ["1.001193", "1.001193.000.00.00.H56", " 1.001193.H13 ", "1.001193.000.00.00.H55.02"],
)
def test_local_variants_match_the_national_code(text: str) -> None:
    assert match_code(text) == "1.001193"


def test_national_numbers_of_the_channels() -> None:
    assert [(channel.value, channel.number) for channel in Channel] == [
        ("direct", 1),
        ("online", 2),
        ("post", 3),
    ]


def test_limit_status_words_are_the_catalogues() -> None:
    assert {status.value for status in LimitStatus} == {
        "confirmed",
        "several",
        "unverified",
        "unknown",
    }


@pytest.mark.parametrize(
    ("fee", "exemptions", "printed"),
    [
        ("Chưa rõ mức thu", "tra quyết định công bố thủ tục và nghị quyết của HĐND", FEE_UNKNOWN),
        (
            "8.000 đồng",
            "đơn vị tính và miễn, giảm: chưa rõ, xem Thông tư 281/2016/TT-BTC",
            "8.000 đồng",
        ),
        ("Miễn phí", "theo Cổng Dịch vụ công quốc gia", "Miễn phí"),
        (
            "Miễn phí",
            "theo Cổng Dịch vụ công quốc gia; bản sao thu riêng",
            "Miễn phí (bản sao thu riêng)",
        ),
        (
            "Theo nghị quyết",
            "miễn: hộ nghèo (chưa kiểm chứng); bản sao thu riêng",
            "Theo nghị quyết (bản sao thu riêng)",
        ),
        ("50.000 đồng", "miễn: hộ nghèo", "50.000 đồng (miễn: hộ nghèo)"),
        ("Không thu lệ phí", "", "Không thu lệ phí"),
    ],
)
def test_a_citizen_reads_what_is_certain_of_the_fee(
    fee: str, exemptions: str, printed: str
) -> None:
    assert fee_for_citizen(fee, exemptions) == printed


def test_no_remark_of_the_shipped_catalogue_reaches_a_citizen() -> None:
    rows = csv.DictReader(io.StringIO(resources.read_text("catalogue/procedures.csv")))
    printed = {fee_for_citizen(row["fee"], row["fee_exemptions"]).lower() for row in rows}
    assert len(printed) > 15
    for remark in ("chưa", "kiểm chứng", "tra ", "xem ", "cổng"):
        assert not [fee for fee in printed if remark in fee]


# --- which step of the process a hand-over begins -------------------------------------------------

TAKE_IN = ProcessStep("Tiếp nhận", "clerk", minutes=30)
EXAMINE = ProcessStep("Thẩm định", "processor", "binh", 120)
VERIFY = ProcessStep("Xác minh", "processor", agency="Công an phường", minutes=480)
SIGN = ProcessStep("Ký", "leader", minutes=60)
WHOLE = (TAKE_IN, EXAMINE, VERIFY, SIGN)


@pytest.mark.parametrize(
    ("process", "passed", "receiver", "role", "named", "begins"),
    [
        (WHOLE, (), "binh", "processor", "", EXAMINE),  # acceptance was the first step
        (WHOLE[1:], (), "binh", "processor", "", EXAMINE),
        (WHOLE, ("Thẩm định",), "em", "processor", "", VERIFY),
        (WHOLE, ("Thẩm định",), "an", "clerk", "", TAKE_IN),  # sent back: never the agency's step
        (WHOLE, ("Thẩm định", "Tiếp nhận"), "binh", "processor", "", EXAMINE),
        (WHOLE, ("Thẩm định",), "chi", "leader", "", SIGN),  # a step left out
        (WHOLE, ("Thẩm định", "Xác minh"), "chi", "leader", "", SIGN),
        (WHOLE, ("Ký",), "binh", "processor", "", VERIFY),
        (WHOLE, (), "dung", "administrator", "", None),
        (WHOLE, ("việc khác",), "binh", "processor", "", EXAMINE),
        (WHOLE, (), "chi", "leader", "Xác minh", VERIFY),
        (WHOLE, (), "chi", "leader", "việc khác", None),
        ((), (), "binh", "processor", "", None),
    ],
)
def test_the_step_a_hand_over_begins(
    process: tuple[ProcessStep, ...],
    passed: tuple[str, ...],
    receiver: str,
    role: str,
    named: str,
    begins: ProcessStep | None,
) -> None:
    assert planned_step(process, passed, receiver, role, named) == begins
