"""What the desk ships as facts: the catalogue, its papers, the communes of 2025, the causes of
lateness.
"""

import csv
import io
import json
import re
import sqlite3
import unicodedata
from collections import Counter
from importlib.metadata import metadata
from importlib.util import find_spec
from pathlib import Path

import pytest

import resources
from cchc_desk.actions.catalogue import catalogue
from cchc_desk.actions.office import places
from cchc_desk.domain.law.procedure import Channel, LimitStatus, ProcedureVersion
from cchc_desk.domain.law.regime import regimes_from_json
from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.domain.time.deadlines import parse_limit

LIMIT = re.compile(r"[1-9][0-9]{0,2} (ngày làm việc|ngày|giờ)|trong ngày")
STARTER = catalogue.starter()
BY_CODE = {version.code: version for version in STARTER}
FREQUENT = sorted((v for v in STARTER if v.frequent), key=lambda v: v.frequent or 0)


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(resources.read_text(name))))


# --- the catalogue --------------------------------------------------------------------------------


def test_the_catalogue_is_sorted_and_every_code_stands_once() -> None:
    codes = [version.code for version in STARTER]
    assert codes == sorted(set(codes))
    assert len(codes) >= 250
    assert all(re.fullmatch(r"[0-9]\.[0-9]{6}", code) for code in codes)


@pytest.mark.parametrize(
    "name",
    [
        "catalogue/procedures.csv",
        "catalogue/papers.json",
        "communes/communes.csv",
        "communes/former.csv",
    ],
)
def test_texts_are_nfc_on_one_line_without_stray_spaces(name: str) -> None:
    text = resources.read_text(name)
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert "  " not in text.replace("\n  ", "\n")
    assert not re.search(r"[\u00a0\u200b\ufeff\t]", text)


def test_every_limit_is_in_the_notation_that_the_desk_reads() -> None:
    limits = [text for version in STARTER for texts in version.limits.values() for text in texts]
    assert all(LIMIT.fullmatch(text) for text in limits)
    assert all(parse_limit(text).text == text for text in limits)


def test_status_and_limits_agree() -> None:
    assert [version.code for version in STARTER if not _agree(version)] == []


def _agree(version: ProcedureVersion) -> bool:
    counts = {len(set(texts)) for texts in version.limits.values() if texts}
    if version.limit_status is LimitStatus.UNKNOWN:
        return not counts
    if version.limit_status is LimitStatus.CONFIRMED:
        return counts == {1}
    return bool(counts) and (version.limit_status is LimitStatus.UNVERIFIED or min(counts) > 1)


def test_general_knowledge_is_marked_and_asks_the_clerk() -> None:
    marked = {version.code for version in STARTER if version.mark == "[G]"}
    assert marked == {
        version.code for version in STARTER if version.limit_status is LimitStatus.UNVERIFIED
    }
    assert all(BY_CODE[code].needs_confirmation(channel) for code in marked for channel in Channel)


def test_no_fee_stands_without_its_exemptions() -> None:
    assert [
        version.code for version in STARTER if not (version.fee and version.fee_exemptions)
    ] == []


def test_sums_are_written_as_people_write_them() -> None:
    foreign = re.compile(r"[0-9],[0-9]{3}|Việt Nam Đồng|VNĐ|USD")
    assert [
        version.code for version in STARTER if foreign.search(version.fee + version.fee_exemptions)
    ] == []


def test_names_and_results_are_clean_titles() -> None:
    assert [version.code for version in STARTER if not version.name] == []
    titles = [title for version in STARTER for title in (version.name, version.result)]
    assert [title for title in titles if title != title.strip(" .;:,-")] == []
    assert [title for title in titles if title.count("(") != title.count(")")] == []
    assert [title for title in titles if "Mã:" in title or "Không có thông tin" in title] == []


def test_every_fact_says_where_it_comes_from() -> None:
    number = re.compile(r"([0-9]{2,4}/QĐ-[A-ZĐ]+(-C[0-9]{2})?)?")
    assert [version.code for version in STARTER if not (version.field and version.source)] == []
    assert [version.code for version in STARTER if version.mark not in ("[V]", "[I]", "[G]")] == []
    assert [version.decision for version in STARTER if not number.fullmatch(version.decision)] == []


def test_a_name_stands_for_one_procedure() -> None:
    """The gathered pages give one provincial title to seventeen codes; such rows are left out
    (docs/decisions/010).
    """
    names = Counter(version.name for version in STARTER)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("1.001193", "đăng ký khai sinh"),
        ("1.000894", "đăng ký kết hôn"),
        ("1.000656", "đăng ký khai tử"),
        ("1.004873", "Giấy xác nhận tình trạng hôn nhân"),
        ("2.000635", "bản sao Trích lục hộ tịch"),
        ("2.000815", "Chứng thực bản sao từ bản chính"),
        ("2.000884", "Chứng thực chữ ký"),
        ("2.001035", "Chứng thực giao dịch"),
        ("1.001776", "trợ cấp xã hội"),
        ("1.010833", "người có công"),
        ("1.001612", "hộ kinh doanh"),
        ("1.004222", "thường trú"),
        ("1.012812", "tranh chấp đất đai"),
    ],
)
def test_what_every_ward_takes_in_each_day_is_there(code: str, words: str) -> None:
    assert words in BY_CODE[code].name
    assert BY_CODE[code].frequent


def test_registrations_whose_fee_the_province_sets_are_not_called_free() -> None:
    """The national page's table says "Miễn phí" while its own text leaves the fee to the provincial
    council.
    """
    for code in ("1.001193", "1.000656", "1.004873", "1.004859", "2.000720"):
        assert BY_CODE[code].fee == "Theo nghị quyết của HĐND tỉnh, thành phố"


def test_limits_that_differ_by_channel_on_the_page_are_cases_for_the_clerk() -> None:
    """The page puts the ordinary limit under one channel and the one for remote areas under
    another.
    """
    assert BY_CODE["1.012812"].limit_status is LimitStatus.SEVERAL
    assert BY_CODE["1.012812"].limits[Channel.DIRECT] == ("30 ngày", "40 ngày")


# --- the papers of the forty most frequent ones ---------------------------------------------------


def test_forty_procedures_are_ranked() -> None:
    assert [version.frequent for version in FREQUENT] == list(range(1, 41))
    assert set(json.loads(resources.read_text("catalogue/papers.json"))) == {
        version.code for version in FREQUENT
    }


def test_the_forty_have_papers() -> None:
    without = [
        version.code for version in FREQUENT if not any(paper.required for paper in version.papers)
    ]
    twice = [v.code for v in FREQUENT if len({paper.name for paper in v.papers}) < len(v.papers)]
    assert (without, twice) == ([], [])


def test_paper_labels_are_short_and_counted() -> None:
    papers = [paper for version in FREQUENT for paper in version.papers]
    assert [paper.name for paper in papers if not 0 < len(paper.name) <= 60] == []
    assert [
        paper.name for paper in papers if not paper.original + paper.certified + paper.copy
    ] == []


def test_a_paper_that_depends_on_the_case_is_not_required() -> None:
    papers = [paper for version in FREQUENT for paper in version.papers]
    assert [paper.name for paper in papers if paper.required and "(nếu" in paper.name] == []


# --- provinces and communes -----------------------------------------------------------------------

# law/codes.md §2 [V]
PORTAL = (
    "An Giang H01 · Bắc Ninh H05 · Cà Mau H12 · Cần Thơ H13 · Cao Bằng H14 · Đắk Lắk H15 · Đà "
    "Nẵng H17 · Điện Biên H18 · Đồng Nai H19 · Đồng Tháp H20 · Gia Lai H21 · Hải Phòng H24 · Hà "
    "Nội H26 · Hà Tĩnh H27 · Hồ Chí Minh H29 · Hưng Yên H31 · Khánh Hòa H32 · Lai Châu H35 · Lâm "
    "Đồng H36 · Lạng Sơn H37 · Lào Cai H38 · Nghệ An H41 · Ninh Bình H42 · Phú Thọ H44 · Quảng "
    "Ngãi H48 · Quảng Ninh H49 · Quảng Trị H50 · Sơn La H52 · Tây Ninh H53 · Thái Nguyên H55 · "
    "Thanh Hóa H56 · Huế H57 · Tuyên Quang H60 · Vĩnh Long H61"
)


def units_of_the_package() -> list[tuple[str, str, str, str]]:
    """(province code, province, commune code, commune) of vietnamadminunits, whose code is not run
    for it.
    """
    spec = find_spec("vietnamadminunits")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    database = Path(spec.submodule_search_locations[0]) / "data" / "dataset.db"
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    try:
        return connection.execute(
            "SELECT provinceCode, province, wardCode, ward FROM admin_units"
        ).fetchall()
    finally:
        connection.close()


def test_the_package_we_compare_with_is_permissively_licensed() -> None:
    assert "License :: OSI Approved :: MIT License" in (
        metadata("vietnamadminunits").get_all("Classifier") or []
    )


def test_provinces_and_communes_are_those_of_2025() -> None:
    theirs = units_of_the_package()
    provinces = {(row["code"], _full(row)) for row in rows_of("communes/provinces.csv")}
    communes = {
        (row["province"], row["code"], _full(row)) for row in rows_of("communes/communes.csv")
    }
    assert provinces == {(code, unicodedata.normalize("NFC", name)) for code, name, _, _ in theirs}
    # Their column of types contradicts their own full names in four rows; the full names are right.
    assert communes == {
        (province, code, unicodedata.normalize("NFC", name)) for province, _, code, name in theirs
    }


def _full(row: dict[str, str]) -> str:
    return f"{row['type'][0].upper()}{row['type'][1:]} {row['name']}"


def test_how_many_there_are() -> None:
    communes = rows_of("communes/communes.csv")
    assert Counter(row["type"] for row in rows_of("communes/provinces.csv")) == {
        "tỉnh": 28,
        "thành phố": 6,
    }
    assert Counter(row["type"] for row in communes) == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert Counter(row["type"] for row in communes if row["province"] == "92") == {
        "xã": 72,
        "phường": 31,
    }


def test_older_communes_went_to_communes_of_today() -> None:
    rows = rows_of("communes/former.csv")
    today = {row["code"]: row["province"] for row in rows_of("communes/communes.csv")}
    assert {today[row["code"]] for row in rows} == {"92"}
    assert rows == sorted(rows, key=lambda row: row["code"])
    assert {row["kind"] for row in rows} == {"phường", "xã", "thị trấn"}
    assert len({tuple(row.values()) for row in rows}) == len(rows)


def test_the_package_we_compare_with_has_the_older_communes_where_we_have_them() -> None:
    """It knows only names without marks, and names of several communes only once."""
    spec = find_spec("vietnamadminunits")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    file = Path(spec.submodule_search_locations[0]) / "data" / "converter_2025.json"
    theirs = json.loads(file.read_text("utf-8"))["DICT_PROVINCE_WARD_NO_DIVIDED"]["thanhphocantho"]
    names = {
        row["code"]: fold(f"{row['type']}{row['name']}").replace(" ", "")
        for row in rows_of("communes/communes.csv")
    }
    ours = {
        (names[row["code"]], fold(f"{row['kind']}{row['name']}").replace(" ", ""))
        for row in rows_of("communes/former.csv")
    }
    missing = {
        (now, old.split("_")[-1])
        for now, olds in theirs.items()
        for old in olds
        if (now, old.split("_")[-1]) not in ours and now != old.split("_")[-1]
    }
    assert missing == set()


def test_the_tables_are_sorted_by_official_code() -> None:
    provinces = [row["code"] for row in rows_of("communes/provinces.csv")]
    communes = [(row["province"], row["code"]) for row in rows_of("communes/communes.csv")]
    assert provinces == sorted(set(provinces))
    assert communes == sorted(set(communes))
    assert all(re.fullmatch(r"[0-9]{5}", code) for _, code in communes)


def test_portal_codes_of_the_provinces() -> None:
    known = {name: code for name, _, code in (pair.rpartition(" ") for pair in PORTAL.split(" · "))}
    assert {row["name"]: row["portal_code"] for row in rows_of("communes/provinces.csv")} == known


def test_the_wizard_offers_can_tho_first() -> None:
    first = places.provinces()[0]
    assert (first.full_name, first.portal_code) == ("thành phố Cần Thơ", "H13")
    assert len(places.communes(first.code)) == 103


# --- law ------------------------------------------------------------------------------------------


def test_the_causes_of_lateness_are_the_codes_of_the_command_line() -> None:
    causes = catalogue.causes()
    assert [cause.code for cause in causes] == [
        "volume",
        "verification",
        "other-agency",
        "system",
        "absence",
        "own-error",
        "force-majeure",
        "other",
    ]
    assert len({cause.label for cause in causes}) == len(causes)
    assert all(cause.label == unicodedata.normalize("NFC", cause.label.strip()) for cause in causes)


def test_the_regimes_can_be_read() -> None:
    assert [
        regime.key for regime in regimes_from_json(resources.read_text("law/regimes.json"))
    ] == ["2018", "2025"]
