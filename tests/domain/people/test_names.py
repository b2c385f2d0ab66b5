"""Names as people write them; a name that was meant otherwise stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_desk.domain.people.names import with_capitals
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
