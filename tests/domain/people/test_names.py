"""Names as people write them; a name that was meant otherwise stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.domain.people.names import (
    citizen_with_capitals,
    organisation_with_capitals,
    with_capitals,
)
from cchc_desk.domain.text.vietnamese import clean_line


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nguyễn thị ánh đào", "Nguyễn Thị Ánh Đào"),
        ("NGUYỄN THỊ ÁNH ĐÀO", "Nguyễn Thị Ánh Đào"),
        ("đặng thị bích ngọc", "Đặng Thị Bích Ngọc"),
        ("Nguyễn thị ánh Đào", "Nguyễn Thị Ánh Đào"),
        ("NGUYỄN Thị Đào", "Nguyễn Thị Đào"),
        ("  lý   ơn ", "Lý Ơn"),
        ("ê ban", "Ê Ban"),
        ("k'brêu", "K'Brêu"),
        ("K’BRÊU", "K’Brêu"),
        ("h'hen niê", "H'Hen Niê"),
        ("hʼyam niê", "HʼYam Niê"),
        ("H`LAN", "H`Lan"),
        ("h´nhơn", "H´Nhơn"),
        ("kʻbrông", "KʻBrông"),
        ("đinh y bih", "Đinh Y Bih"),
        ("y-bih niê kdăm", "Y-Bih Niê Kdăm"),
        ("lê nguyễn hoài-an", "Lê Nguyễn Hoài-An"),
        ("thạch sa rây", "Thạch Sa Rây"),
        ("trần văn a và lê thị b", "Trần Văn A và Lê Thị B"),
    ],
)
def test_small_letters_and_all_capitals_become_a_name(typed: str, name: str) -> None:
    assert with_capitals(typed) == name


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Ánh Đào",
        "Ê Ban",
        "K'Brêu",
        "H'Hen Niê",
        "Đinh Y Bih",
        "McDonald",
        "Y",
        "(x|y) 12a",
        "",
    ],
)
def test_a_name_that_is_right_or_no_plain_word_stays(name: str) -> None:
    assert with_capitals(name) == name


@given(st.text(alphabet="aăâđêôơưÁẾÝbcdhkyHK' -’.1", max_size=30))
def test_only_the_case_changes_and_once_is_enough(typed: str) -> None:
    better = with_capitals(typed)
    assert better.casefold() == clean_line(typed).casefold()
    assert with_capitals(better) == better


# --- organisations --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("công ty tnhh phương nam", "Công ty TNHH Phương Nam"),
        ("công ty tnhh mtv an phú", "Công ty TNHH MTV An Phú"),
        ("cong ty tnhh phuong nam", "Cong ty TNHH Phuong Nam"),
        ("công ty cp thuận phát", "Công ty CP Thuận Phát"),
        ("công ty cổ phần 25/8", "Công ty Cổ phần 25/8"),
        ("tổng công ty lúa vàng", "Tổng công ty Lúa Vàng"),
        (
            "công ty trách nhiệm hữu hạn một thành viên an phú",
            "Công ty Trách nhiệm hữu hạn Một thành viên An Phú",
        ),
        ("công ty TNHH ABC (việt nam)", "Công ty TNHH ABC (Việt Nam)"),
        ("công ty tnhh tm-dv h'hen & k", "Công ty TNHH TM-DV H'Hen & K"),
        ("công ty tnhh thành công an phú", "Công ty TNHH Thành Công An Phú"),
        ("htx rau sạch long tuyền", "HTX Rau Sạch Long Tuyền"),
        ("hợp tác xã  rau sạch", "Hợp tác xã Rau Sạch"),
        ("dntn ngọc lan", "DNTN Ngọc Lan"),
        ("doanh nghiệp tư nhân hai lúa", "Doanh nghiệp tư nhân Hai Lúa"),
        ("hộ kinh doanh nguyễn văn tám", "Hộ kinh doanh Nguyễn Văn Tám"),
        ("chi nhánh công ty tnhh a tại cần thơ", "Chi nhánh Công ty TNHH A tại Cần Thơ"),
        ("văn phòng công chứng ninh kiều", "Văn phòng Công chứng Ninh Kiều"),
        ("văn phòng luật sư lê minh", "Văn phòng Luật Sư Lê Minh"),
        ("ubnd phường ninh kiều", "UBND phường Ninh Kiều"),
        ("hđnd xã phong điền", "HĐND xã Phong Điền"),
        ("ủy ban nhân dân thành phố cần thơ", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("uỷ ban nhân dân xã an hoà", "Uỷ ban nhân dân xã An Hoà"),
        ("trường mầm non hoa sen", "Trường Mầm non Hoa Sen"),
        ("trường tiểu học lê lợi 2", "Trường Tiểu học Lê Lợi 2"),
        ("trường thcs và thpt hoa sen", "Trường THCS và THPT Hoa Sen"),
        ("trạm y tế phường cái khế", "Trạm Y tế phường Cái Khế"),
        ("trường mẫu giáo số 5", "Trường Mẫu giáo số 5"),
    ],
)
def test_an_organisation_has_the_capitals_of_its_kind(typed: str, name: str) -> None:
    assert organisation_with_capitals(typed) == name


@pytest.mark.parametrize(
    "name",
    [
        "Công ty TNHH Phương Nam",
        "Công ty Cấp nước và Môi trường",
        "CÔNG TY TNHH ABC",
        "Hội Cựu chiến binh phường",
        "iPhone Cần Thơ",
        "3A",
        "",
    ],
)
def test_an_organisation_written_on_purpose_stays(name: str) -> None:
    assert organisation_with_capitals(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nguyễn thị ánh đào", "Nguyễn Thị Ánh Đào"),
        ("hợp tác xã lúa vàng", "Hợp tác xã Lúa Vàng"),
        ("Công ty TNHH Lúa Vàng", "Công ty TNHH Lúa Vàng"),
    ],
)
def test_one_who_did_not_say_their_kind_is_an_organisation_by_its_first_words(
    typed: str, name: str
) -> None:
    assert citizen_with_capitals(typed) == name


@given(st.text(alphabet="aăâđêôơưÁẾcdhkytnÔngy -’.1&(", max_size=40))
def test_of_an_organisation_only_the_case_changes_and_once_is_enough(typed: str) -> None:
    better = organisation_with_capitals(typed)
    assert better.casefold() == clean_line(typed).casefold()
    assert organisation_with_capitals(better) == better
